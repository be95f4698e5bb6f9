// Opens every page in both themes, on a phone and on a desk, and in three languages.
// Called by run.sh as: node pages.js BASE [--short] [DIRECTORY FOR PICTURES]
//
// A page is asked for once a language: its theme and width change under it. As many
// pages are looked at side by side as there are cores. --short looks at each page once,
// the looks taken by turns.
const { chromium } = require('playwright-core');
const fs = require('fs');
const os = require('os');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [base, ...rest] = process.argv.slice(2);
const short = rest[0] === '--short';
const shots = rest[short ? 1 : 0];
const faults = [];
let looks = 0;

const looksOfEnglish = [[360, 'light'], [360, 'dark'], [1200, 'dark'], [1200, 'light']];

// visits lists what is to be seen of each page: a language, and the looks at it.
function visits(all) {
  return Object.entries(all).flatMap(([name, path], i) => {
    const visit = (lang, looks) => ({
      name: lang === 'en' ? name : `${name}-${lang}`, path: `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, looks,
    });
    if (short) return [visit(['en', 'ru', 'az'][i % 3], [looksOfEnglish[i % 4]])];
    return [visit('en', looksOfEnglish), visit('ru', [[360, 'light']]), visit('az', [[360, 'light']])];
  });
}

// paths finds one page of every kind by its links.
async function paths(page) {
  const first = async (path, selector) => {
    await page.goto(base + path);
    return page.getAttribute(selector, 'href');
  };
  const story = await first('/stories', '.rows .headline');
  return {
    today: '/', day: '/day/2026-03-08', empty: '/day/2026-03-01', stories: '/stories', story,
    item: await first(story, '.reports h3 a'), search: '/search?q=gas', topics: '/topics', topic: '/topics/trade',
    figures: '/figures', figure: '/figures/trade-turnover', timeline: '/timeline', feeds: '/feeds', feed: await first('/feeds', '.feeds th a'),
    deliveries: '/deliveries', whynot: '/whynot', status: '/status', digests: '/digests', missing: '/nothing',
  };
}

// visit opens a page and notes what is wrong with it, whatever its looks.
async function visit(page, { name, path, looks: all }) {
  const fault = what => faults.push(`${path}: ${what}`);
  const foreign = r => { if (!r.url().startsWith(base)) fault(`asks for ${r.url()}`); };
  page.on('request', foreign);
  const answer = await page.goto(base + path);
  const size = (await answer.body()).length;
  if (size > 200_000) fault(`${size} bytes`);
  if (answer.status() !== (name.startsWith('missing') ? 404 : 200)) fault(`status ${answer.status()}`);
  const policy = answer.headers()['content-security-policy'] || '';
  if (!policy.includes("default-src 'none'") || /unsafe|script-src/.test(policy)) fault(`policy ${policy}`);
  const seen = await page.evaluate(() => {
    document.querySelectorAll('details').forEach(d => { d.open = true; });
    return {
      inline: document.querySelectorAll('script, [style], [onclick]').length,
      outside: [...document.querySelectorAll('a[href^="http"]')].filter(a => a.origin !== location.origin && !/noreferrer/.test(a.rel)).length,
    };
  });
  if (seen.inline) fault(`${seen.inline} scripts or inline styles`);
  if (seen.outside) fault(`${seen.outside} links tell where the reader came from`);
  await page.evaluate(axe);
  for (const [width, theme] of all) await look(page, name, `${path} at ${width}, ${theme}`, width, theme);
  page.off('request', foreign);
}

// look notes what is wrong with an open page at one width and in one theme.
async function look(page, name, where, width, theme) {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme: theme });
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push(`${where}: wider than the screen`);
  const found = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  for (const v of found.violations) faults.push(`${where}: ${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
  if (shots) await page.screenshot({ path: `${shots}/${name}-${width}-${theme}.png`, fullPage: true });
  looks++;
}

// keys walks a page by keyboard: the first stop leads past the navigation.
async function keys(page) {
  await page.goto(base + '/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const at = await page.evaluate(() => document.activeElement.id);
  if (at !== 'main') faults.push(`keyboard: the first stop leads to ${at}, not to the content`);
}

(async () => {
  const began = Date.now();
  const minutes = short ? 4 : 20;
  setTimeout(() => { console.error(`the pages were not looked at within ${minutes} minutes`); process.exit(1); }, minutes * 60_000).unref();
  const browser = await chromium.launch({
    timeout: 120_000,
    executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  // The policy of the pages forbids the script that looks at them.
  const context = await browser.newContext({ bypassCSP: true });
  context.setDefaultTimeout(90_000);
  const first = await context.newPage();
  const all = await paths(first);
  await keys(first);
  await first.close();
  const left = visits(all);
  await Promise.all(Array.from({ length: Math.min(os.availableParallelism(), 4) }, async () => {
    const page = await context.newPage();
    for (let v = left.shift(); v; v = left.shift()) await visit(page, v);
  }));
  await browser.close();
  faults.forEach(f => console.error(f));
  console.log(`${looks} looks at ${Object.keys(all).length} pages in ${Math.round((Date.now() - began) / 1000)} s, ${faults.length} faults`);
  process.exit(faults.length ? 1 : 0);
})();
