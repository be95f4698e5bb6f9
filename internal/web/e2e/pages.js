// Opens every page in both themes, on a phone and on a desk, and in three languages.
// Called by run.sh as: node pages.js BASE [DIRECTORY FOR PICTURES]
const { chromium } = require('playwright-core');
const fs = require('fs');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [base, shots] = process.argv.slice(2);
const faults = [];

// paths finds one page of every kind by its links.
async function paths(browser) {
  const page = await browser.newPage();
  const first = async (path, selector) => {
    await page.goto(base + path);
    return page.getAttribute(selector, 'href');
  };
  const story = await first('/stories', '.rows .headline');
  const found = {
    today: '/', day: '/day/2026-03-08', empty: '/day/2026-03-01', stories: '/stories', story,
    item: await first(story, '.reports h3 a'), search: '/search?q=gas', topics: '/topics', topic: '/topics/trade',
    figures: '/figures', figure: '/figures/trade-turnover', timeline: '/timeline', feeds: '/feeds', feed: await first('/feeds', '.feeds th a'),
    deliveries: '/deliveries', whynot: '/whynot', status: '/status', digests: '/digests', missing: '/nothing',
  };
  await page.close();
  return found;
}

// look opens a page once and notes what is wrong with it.
async function look(browser, name, path, width, theme) {
  const where = `${path} at ${width}, ${theme}`;
  // The policy of the pages forbids the script that looks at them.
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: theme, bypassCSP: true });
  const page = await context.newPage();
  page.on('request', r => { if (!r.url().startsWith(base)) faults.push(`${where}: asks for ${r.url()}`); });
  const answer = await page.goto(base + path);
  const size = (await answer.body()).length;
  if (size > 200_000) faults.push(`${where}: ${size} bytes`);
  if (answer.status() !== (name.startsWith('missing') ? 404 : 200)) faults.push(`${where}: status ${answer.status()}`);
  const policy = answer.headers()['content-security-policy'] || '';
  if (!policy.includes("default-src 'none'") || /unsafe|script-src/.test(policy)) faults.push(`${where}: policy ${policy}`);
  const seen = await page.evaluate(() => {
    document.querySelectorAll('details').forEach(d => { d.open = true; });
    return {
      wide: document.documentElement.scrollWidth > innerWidth,
      inline: document.querySelectorAll('script, [style], [onclick]').length,
      outside: [...document.querySelectorAll('a[href^="http"]')].filter(a => a.origin !== location.origin && !/noreferrer/.test(a.rel)).length,
    };
  });
  if (seen.wide) faults.push(`${where}: wider than the screen`);
  if (seen.inline) faults.push(`${where}: ${seen.inline} scripts or inline styles`);
  if (seen.outside) faults.push(`${where}: ${seen.outside} links tell where the reader came from`);
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run());
  for (const v of result.violations) faults.push(`${where}: ${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
  if (shots) await page.screenshot({ path: `${shots}/${name}-${width}-${theme}.png`, fullPage: true });
  await context.close();
}

// keys walks a page by keyboard: the first stop leads past the navigation.
async function keys(browser) {
  const page = await browser.newPage();
  await page.goto(base + '/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const at = await page.evaluate(() => document.activeElement.id);
  if (at !== 'main') faults.push(`keyboard: the first stop leads to ${at}, not to the content`);
  await page.close();
}

(async () => {
  const launch = () => chromium.launch({
    executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  let browser = await launch();
  const all = await paths(browser);
  await keys(browser);
  let looks = 0;
  for (const [name, path] of Object.entries(all)) {
    for (const [width, theme] of [[360, 'light'], [360, 'dark'], [1200, 'light'], [1200, 'dark']]) {
      await look(browser, name, path, width, theme);
      looks++;
    }
    for (const lang of ['ru', 'az']) {
      await look(browser, `${name}-${lang}`, path + (path.includes('?') ? '&' : '?') + 'lang=' + lang, 360, 'light');
      looks++;
    }
    await browser.close(); // a browser that opened many pages is not to be trusted
    browser = await launch();
  }
  await browser.close();
  faults.forEach(f => console.error(f));
  console.log(`${looks} looks at ${Object.keys(all).length} pages, ${faults.length} faults`);
  process.exit(faults.length ? 1 : 0);
})();
