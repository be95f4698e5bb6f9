package figures

import (
	"regexp"
	"strings"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// way is the direction in which goods go between the two countries.
type way byte

const (
	noWay  way = iota
	fromAz     // from Azerbaijan to Russia
	toAz       // from Russia to Azerbaijan
)

// scope is what the item as a whole says about the ties between the two sides.
type scope struct {
	transit bool // goods cross one of the two countries
	onward  bool // … on their way to Armenia
	way     way
	ours    bool // the title names the Russian side, or there is none
	gas     bool // gas is spoken of: cubic metres are of gas
}

var (
	transitWords = regexp.MustCompile(`(?:^|[ ])(?:transit\S*|tranzit\S*|транзит\S*|(?:through|across|via) (?:the territory of )?azerbaijan|через (?:территорию )?азербайджан\S*|azerbaycan (?:erazisi )?(?:uzerinden|vasitesile|erazisinden)) `)
	oilTransit   = regexp.MustCompile(`(?:novorossi[iy]y?sk|новороссийск)`)
	gasWords     = regexp.MustCompile(`(?:^|[ ])(?:gas\S*|gazprom\S*|mcm|bcm|газ\S*|qaz\S*) `)
)

// goodsWords are what the two countries send each other.
const (
	goodsEn = `(?:persimmons?|tomato\S*|apples?|fruits?|vegetables?|dates|hazelnuts?|cherr\S+|grapes?|pomegranates?|potato\S*|goods|produce|products|wine|cotton|wheat|grain|flour|timber|oil|gas|barley|corn|sugar|metals?|fertili[sz]ers?|exports?|deliveries|sales|supplies|shipments)`
	goodsRu = `(?:томат\S*|помидор\S*|яблок\S*|хурм\S*|фрукт\S*|овощ\S*|орех\S*|фундук\S*|черешн\S*|виноград\S*|гранат\S*|товар\S*|продукц\S*|плодоовощн\S*|вин[ао]|хлоп\S+|пшениц\S*|зерн\S*|мук[аиу]|лес\S*|нефт\S*|газ\S*|лук\S*|картоф\S*|масл\S*|сахар\S*|металл\S*|удобрени\S*|экспорт\S*|поставк\S*)`
	goodsAz = `(?:pomidor\S*|xurma\S*|alma\S*|findiq\S*|meyve\S*|terevez\S*|nar|narini|mal|mallar\S*|mehsul\S*|taxil\S*|bugda\S*|un|kartof\S*|sogan\S*|neft\S*|qaz\S*|sarab\S*|gubre\S*)`
)

// Where goods come from tells the way best, then where they go to, then whose they are.
var ways = []struct {
	re  *regexp.Regexp
	way way
}{
	{regexp.MustCompile(`(?:^|[ ])(?:from azerbaijan|из азербайджана|из республики|azerbaycandan|olkemizden) `), fromAz},
	{regexp.MustCompile(`(?:^|[ ])(?:from russia|из россии|из рф|rusiyadan) `), toAz},
	{regexp.MustCompile(`(?:^|[ ])(?:to russia|into russia|в россию|в рф|на российский рынок|rusiyaya|rusiya bazarina) `), fromAz},
	{regexp.MustCompile(`(?:^|[ ])(?:to azerbaijan|to baku|into azerbaijan|to the republic|в азербайджан|в республику|azerbaycana|olkemize|olkeye) `), toAz},
	{regexp.MustCompile(`(?:^|[ ])(?:azerbaijani (?:\S+ ){0,2}?` + goodsEn + `|азербайджанск\S+ (?:\S+ ){0,2}?` + goodsRu + `|azerbaycan (?:\S+ ){0,1}?` + goodsAz + `) `), fromAz},
	{regexp.MustCompile(`(?:^|[ ])(?:russian (?:\S+ ){0,2}?` + goodsEn + `|российск\S+ (?:\S+ ){0,2}?` + goodsRu + `|rusiya (?:\S+ ){0,1}?` + goodsAz + `) `), toAz},
}

// wayOf returns the way that norm speaks of.
func wayOf(norm string) way {
	for _, w := range ways {
		if w.re.MatchString(norm) {
			return w.way
		}
	}
	return noWay
}

// scopeOf reads the scope of d.
func scopeOf(d *lexicon.Doc, g *grammar) scope {
	var b strings.Builder
	titleEnd := 0
	for i, raw := range []string{d.Title.Raw, d.Body.Raw} {
		if i == 1 {
			titleEnd = b.Len()
		}
		for f := range strings.FieldsSeq(upto(raw, maxScope)) {
			b.WriteString(plain(strings.Trim(f, `.,:;!?«»"“”()`), g.lang))
			b.WriteByte(' ')
		}
	}
	text := b.String()
	titled := d.Title.Raw == "" || saysOurs(text[:titleEnd])
	transit := transitWords.MatchString(text)
	return scope{transit: transit, onward: transit && toArmenia.MatchString(text), ours: titled, way: wayOf(text), gas: gasWords.MatchString(text)}
}

// maxScope is how much of a field tells what an item is about, in bytes.
const maxScope = 4000

// about returns the scope of the item, which most items need not be read for.
func (r *reader) about() *scope {
	if r.doc == nil {
		sc := scopeOf(r.item, r.g)
		r.doc = &sc
	}
	return r.doc
}

// indicator returns the cue that tells what quantity i of sentence n measures.
func (r *reader) indicator(n, i int, before string) (found, bool) {
	rd := &r.sentences[n]
	q := rd.qs[i]
	c, ok := choose(rd.s, rd.qs, i, rd.cues, before)
	if !ok && q.class == mass && r.about().transit && !names(rd.cues, "transit-volume") {
		c, ok = found{from: -1, indicator: "transit-volume", classes: q.class}, true
	}
	if !ok {
		c, ok = r.elsewhere(n, q)
	}
	if !ok {
		name := byClass[q.class]
		if q.class == volume && !r.about().gas {
			name = ""
		}
		c, ok = found{from: -1, indicator: name, classes: q.class}, name != ""
	}
	c.indicator = r.resolve(rd, i, c)
	return c, ok
}

// byClass is what a quantity measures when its noun alone says so.
var byClass = map[class]string{guests: "tourists", learners: "students", volume: "gas-volume", doses: "aid", trips: "tourists"}

// resolve turns a cue into the indicator, by what else the sentence says: aid is aid
// however it is carried, goods that cross a country are transit, and a delivery is an
// export, or by the books of Baku an import when it comes from Russia.
func (r *reader) resolve(rd *reading, i int, c found) string {
	q := &rd.qs[i]
	switch {
	case c.indicator == "" || q.class&(mass|money|boxes) == 0:
		return c.indicator
	case r.isAid(rd, q, c):
		return "aid"
	case r.transits(rd, q, c):
		return "transit-volume"
	case c.goods():
		return r.flow(rd, c)
	case c.indicator == "imports" && q.class == mass && r.wayIn(rd) == fromAz:
		return "exports"
	}
	return c.indicator
}

// isAid reports whether goods or money are given, and not traded.
func (r *reader) isAid(rd *reading, q *quantity, c found) bool {
	switch q.class {
	case mass:
		return c.indicator != "aid" && (names(rd.cues, "aid") || r.titled("aid"))
	case money:
		return c.goods() && r.titled("aid")
	}
	return false
}

// transits reports whether a load only crosses the country.
func (r *reader) transits(rd *reading, q *quantity, c found) bool {
	oil := q.class == mass && oilTransit.MatchString(rd.s.norm)
	switch c.indicator {
	case "freight-volume":
		return oil || names(rd.cues, "transit-volume") || r.about().onward
	case "goods", "bought":
		return oil || q.class == mass && r.about().transit && r.crossing(rd)
	case "exports", "imports":
		return oil
	}
	return false
}

// titled reports whether the title has a cue of the indicator.
func (r *reader) titled(indicator string) bool {
	for i := range r.sentences {
		if rd := &r.sentences[i]; rd.s.field == news.FieldTitle && names(rd.cues, indicator) {
			return true
		}
	}
	return false
}

// names reports whether cues hold one of the indicator.
func names(cues []found, indicator string) bool {
	for _, c := range cues {
		if c.indicator == indicator {
			return true
		}
	}
	return false
}

// crossing reports whether a sentence of an item about transit speaks of goods that cross:
// it says so, or names no way of its own between the two.
func (r *reader) crossing(rd *reading) bool {
	return transitWords.MatchString(rd.s.norm) || wayOf(rd.s.norm) == noWay || armenia.MatchString(rd.s.norm)
}

var toArmenia = regexp.MustCompile(`(?:^|[ ])(?:armenia|армению|ermenistana) `)

var armenia = regexp.MustCompile(`(?:^|[ ])(?:armenia\S*|iran\S*|india\S*|армени\S+|иран\S*|инди\S+|ermenistan\S*|hindistan\S*) `)

// wayIn returns the way of a sentence, or of the item.
func (r *reader) wayIn(rd *reading) way {
	if w := wayOf(rd.s.norm); w != noWay {
		return w
	}
	return r.about().way
}

// flow is what a delivery or a purchase counts as. Who sells one thing and buys another
// imports the other.
func (r *reader) flow(rd *reading, c found) string {
	if names(rd.cues, "goods") && names(rd.cues, "bought") {
		if c.indicator == "bought" || behindPurchase(rd.cues, c) {
			return "imports"
		}
		return "exports"
	}
	if r.g.lang == news.Az && r.wayIn(rd) == toAz {
		return "imports"
	}
	return "exports"
}

// behindPurchase reports whether c names the goods of a purchase: "bought Russian goods
// for".
func behindPurchase(cues []found, c found) bool {
	const words = 20 // bytes for a word or two
	for _, o := range cues {
		if o.indicator == "bought" && o.to <= c.from && c.from-o.to <= words {
			return true
		}
	}
	return false
}

// elsewhere looks for the indicator in the sentence before and in the title.
func (r *reader) elsewhere(n int, q quantity) (found, bool) {
	if r.sentences[n].s.field == news.FieldTitle {
		return found{}, false
	}
	for _, k := range []int{n - 1, 0} {
		if k < 0 || k == n {
			continue
		}
		cues := r.sentences[k].cues
		for m := len(cues) - 1; m >= 0; m-- {
			if c := cues[m]; c.classes&q.class != 0 && (q.class != money || !c.goods()) {
				return found{from: -1, indicator: c.indicator, classes: c.classes}, c.indicator != ""
			}
		}
	}
	return found{}, false
}

// leastMoney is the smallest sum that is a matter of two countries' statistics:
// below are tickets, fines and prices.
const leastMoney = 100_000

// least holds the smallest counts that are statistics and not an episode: seven firms that
// may sell tomatoes, two men.
var least = map[string]float64{"companies": 8, "students": 20, "tourists": 100, "regions": 5}

// excluded reports whether the sentence says that quantity i is none of the
// ties' own: a rate per day, an increment, a part of a total just given, what was stopped
// at the border, made at home or could be carried one day, or another country's.
func (r *reader) excluded(rd *reading, i int, indicator string) bool {
	g, s, q := r.g, rd.s, rd.qs[i]
	z := zoneOf(s, rd.qs, i)
	head, tail := s.norm[z.from:q.from], s.norm[q.to:z.to]
	rest := s.norm[min(q.to+1, len(s.norm)):]
	switch {
	case q.class == money && q.base() < leastMoney, q.base() < least[indicator],
		g.byAmount.MatchString(lastBytes(s.norm[:q.from], 100)),
		g.bars.more.MatchString(rest), g.bars.ofThem.MatchString(rest),
		g.bars.skip.MatchString(head), g.bars.skip.MatchString(upto(tail, 40)),
		i > 0 && g.bars.subset.MatchString(head):
		return true
	}
	return r.aTotal(rd, i, z) || r.barred(rd, i, z) || r.othersOwn(rd, i, z, indicator)
}

// aTotal reports whether a quantity is the whole of which the ties are a part: all routes,
// all that a country exports, sums of which the next number is the part of ours. Money
// that people send home, and what is sold at home, is no trade either.
func (r *reader) aTotal(rd *reading, i int, z zone) bool {
	s, q := rd.s, rd.qs[i]
	goods := q.class&(mass|money|volume) != 0
	switch {
	case wholeOf.MatchString(lastBytes(s.norm[:q.from], 60)),
		q.class&(mass|boxes) != 0 && wholeRoute.MatchString(s.norm),
		q.class&(mass|volume) != 0 && atHome.MatchString(s.norm[z.from:z.to]),
		q.class == money && containsAny(s.norm, remittances):
		return true
	case !goods || i+1 == len(rd.qs) || rd.qs[i+1].class != q.class:
		return false
	}
	return r.g.bars.partOf.MatchString(s.norm[min(rd.qs[i+1].to+1, len(s.norm)):])
}

// barred reports whether words of its sentence keep a quantity of its class from being a
// figure.
func (r *reader) barred(rd *reading, i int, z zone) bool {
	g, s, q := r.g, rd.s, rd.qs[i]
	seg := segment(s, z, q)
	switch {
	case q.class&(mass|volume|boxes) != 0:
		if q.class == mass && g.bars.incident.MatchString(s.norm) || g.bars.able.MatchString(s.norm[seg.from:seg.to]) {
			return true
		}
		return g.bars.made.MatchString(s.norm[z.from:z.to]) && !flows(rd.cues, z)
	case q.class == company:
		return g.bars.notFirms.MatchString(s.norm)
	case q.class&(guests|persons|trips) != 0:
		return g.bars.foreign.MatchString(s.norm[seg.from:seg.to]) && !saysOurs(s.norm[seg.from:seg.to])
	}
	return false
}

// flows reports whether a zone has a cue of goods that go abroad.
func flows(cues []found, z zone) bool {
	for _, c := range cues {
		if c.from >= z.from && c.from < z.to && (c.goods() || c.indicator == "exports" || c.indicator == "imports") {
			return true
		}
	}
	return false
}

// othersOwn reports whether a quantity is of the ties with a third country, or with all.
func (r *reader) othersOwn(rd *reading, i int, z zone, indicator string) bool {
	s, q := rd.s, rd.qs[i]
	zone := s.norm[z.from:z.to]
	if q.class == volume && !saysOurs(s.norm) && !r.about().ours {
		return true
	}
	if !saysOurs(zone) && tradeFlow[indicator] && allCountries.MatchString(s.norm) {
		return true
	}
	if saysOurs(zone) {
		seg := segment(s, z, q)
		part := s.norm[seg.from:seg.to]
		return thirdCountry.MatchString(part) && !saysOurs(part) && !crosses[indicator] && rivals.MatchString(part)
	}
	if foreignTrade.MatchString(s.norm[:q.from]) {
		return true
	}
	tail, _, _ := strings.Cut(upto(s.norm[q.to:z.to], 70), ",")
	near := lastBytes(s.norm[z.from:q.from], 90) + tail
	return !crosses[indicator] && thirdCountry.MatchString(near)
}

// crosses holds the indicators of what goes on to third countries.
var crosses = map[string]bool{"transit-volume": true, "freight-volume": true}

// upto cuts s after n bytes, at a clause if one ends before.
func upto(s string, n int) string {
	if k := strings.IndexAny(s[:min(n, len(s))], ":;("); k >= 0 && n < maxScope {
		s = s[:k]
	}
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}

// ours are parts of the names of the Russian side: its towns, regions, companies.
var ours = []string{"russia", "moscow", "росси", " рф ", "москв", "rusiya", "moskva", "gazprom", "газпром", "qazprom", "lukoil", "лукойл", "kremlin", "tatar", "татар", "dagestan", "дагестан", "stavropol", "ставропол", "astrakhan", "астрахан", "saratov", "саратов", "rosselkhoz", "россельхоз", "rosselxoz", "novorossi", "новоросс"}

// remittances are parts of the words for money that people send home.
var remittances = []string{"remit", "money transfer", "individuals sent", "денежн", "физлиц", "pul kocurme", "pul baratlar"}

// saysOurs reports whether norm names the Russian side.
func saysOurs(norm string) bool { return containsAny(norm, ours) || strings.HasPrefix(norm, "рф ") }

func containsAny(norm string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(norm, p) {
			return true
		}
	}
	return false
}

// rivals are the words by which a third country's number is set beside Russia's.
var rivals = regexp.MustCompile(`(?:^|[ ])(?:with|led|leads|first|second|third|followed|ahead|показател\S+|мест\S+|лидир\S+|опере\S+|yer\S*|dayanir|liderdir|sonra) `)

const thirdNames = `turk\S+|t\S rkiye|iran\S*|georgia\S*|armenia\S*|kazakh\S+|chin(?:a|ese)|ukrain\S+|ital\S+|israel\S*|pakistan\S*|india\S*|belarus\S*|uzbek\S+|turkmen\S+|german\S*|eu|europe\S*|britain|british|france|french|swiss|switzerland|japan\S*|korea\S*|bulgaria\S*|serbia\S*|greece|hungar\S+|moldova\S*|tajik\S*|kyrgyz\S*|uae|saudi|morocco|egypt\S*|syria\S*|vietnam\S*|марокк\S*|егип\S+|сири[яиюей]+|вьетнам\S*|misir\S*|suriya\S*|vyetnam\S*|astrazeneca|sinovac|coronavac|pfizer\S*|biontech|moderna|poland|spain|afghanistan|iraq|` +
	`турци\S+|турецк\S+|иран\S*|грузи\S+|армени\S+|казахстан\S*|кита\S+|украин\S+|итали\S+|израил\S+|пакистан\S*|инди(?:я|и|ю|ей|йск\S+)|белорусси\S+|беларус\S+|узбекистан\S*|туркмени\S+|германи\S+|евросоюз\S*|ес|европ\S+|сша|великобритани\S+|франци\S+|швейцари\S+|япони\S+|болгари\S+|серби\S+|греци\S+|венгри\S+|молдав\S+|таджики\S+|киргизи\S+|польш\S+|испани\S+|` +
	`turkiye\S*|gurcustan\S*|ermenistan\S*|qazaxistan\S*|cin|cine|cinden|cinle|ukrayna\S*|italiya\S*|israil\S*|hindistan\S*|ozbekistan\S*|almaniya\S*|ai|avropa\S*|abs-dan|abs-a|boyuk britaniya|fransa\S*|isvecre\S*|yaponiya\S*|bolqar\S+|serbiya\S*|yunanistan\S*|macaristan\S*|polsa\S*|ispaniya\S*`

var (
	thirdCountry = regexp.MustCompile(`(?:^|[ ])(?:` + thirdNames + `) `)
	allCountries = regexp.MustCompile(`(?:^|[ ])(?:(?:[3-9]|[0-9]{2,}) (?:countries|states|стран\S*|государств\S*|olke\S*)|(?:total|overall|non-oil|country 's|country's) exports|worldwide|elsewhere|the country exports|all russian imports|(?:всего|в целом) россия|общ\S+ (?:объем\S* )?(?:экспорт|импорт)\S*|ненефт\S+ экспорт\S*|umumi (?:ixrac|idxal)\S*|qeyri-neft \S+) `)
	wholeRoute   = regexp.MustCompile(`(?:^|[ ])(?:(?:the )?(?:whole|entire) (?:corridor|route)|all (?:corridors|routes|modes)|(?:весь|всему|всем) (?:коридор|маршрут|видам)\S*|butun (?:dehliz|marsrut|neqliyyat)\S*|всего россия|in all russia|rusiya umumilikde) `)
	wholeOf      = regexp.MustCompile(`(?:(?:% |percent |per cent )of (?:the |its |all )*|of a total (?:of )?|out of (?:the )?|из (?:общих|всех|экспортированн\S+) )(?:[$] )?$`)
	atHome       = regexp.MustCompile(`(?:^|[ ])(?:domestic (?:market|consumers?)|home market|внутренн\S+ рын\S+|daxili bazar\S*) `)
	foreignTrade = regexp.MustCompile(`(?:^|[ ])(?:foreign trade|foreign turnover|внешнеторгов\S+|внешней торговле|внешней торговли|xarici ticaret\S*) `)
)
