package figures

import (
	"regexp"
	"strings"

	"samur/internal/pattern"
)

// perWords are the patterns of what a number is of, or for: a barrel, a week.
type perWords struct {
	after   *regexp.Regexp // behind a sum of money, what it is the price of
	before  *regexp.Regexp // before it, likewise
	daily   *regexp.Regexp // beside a number: so much a day
	weekly  *regexp.Regexp
	monthly *regexp.Regexp
	air     *regexp.Regexp // a sentence about flying
	noAir   *regexp.Regexp // one of other ways to go, or of flights that are none
}

// measures are the names that the units of prices have.
var measures = []struct {
	re   func() *regexp.Regexp
	name string
}{
	{pattern.Lazy(`^(?:1 )?(?:thousand|1000|тыс\S*(?: [.])?|min) (?:cubic|cu|куб|м3|m3|kub)`), "thousand m3"},
	{pattern.Lazy(`^(?:cubic|cu |куб|м3|m3|kub)`), "m3"},
	{pattern.Lazy(`^(?:metric )?(?:ton|тонн|т )`), "t"},
	{pattern.Lazy(`^(?:t$|т$)`), "t"},
	{pattern.Lazy(`^(?:bar|барр|bbl)`), "barrel"},
	{pattern.Lazy(`^(?:k|к)(?:ilo|ило|g|г|q)`), "kg"},
	{pattern.Lazy(`^(?:lit|лит)`), "litre"},
	{pattern.Lazy(`^(?:cont|конт|kont|teu)`), "container"},
	{pattern.Lazy(`^(?:kwh|kilowatt|квт|киловатт|kvt)`), "kWh"},
	{pattern.Lazy(`^(?:mwh|мвт|mvt)`), "MWh"},
}

// measureOf returns the name of the unit that a price is for.
func measureOf(words string) string {
	for _, m := range measures {
		if m.re().MatchString(words) {
			return m.name
		}
	}
	return ""
}

// readPrice makes a sum of money a price when what it is paid for stands behind it, and
// returns the index of the token after that.
func (g *grammar) readPrice(s *sentence, q *quantity, next int) int {
	if q.class != money || next >= len(s.toks) {
		return next
	}
	m := g.per.after.FindStringSubmatchIndex(s.norm[s.toks[next].at:])
	if m == nil {
		return next
	}
	at := s.toks[next].at
	q.per = measureOf(s.norm[at+m[2] : at+m[3]])
	if q.per == "" {
		return next
	}
	return s.tokenAt(at+m[1]-2) + 1
}

// pricesBefore makes prices of the sums before which the text says for what: "buğdanın tonu
// 235 dollara". The number of the measure itself, one or a thousand, is none of its own.
func (g *grammar) pricesBefore(s *sentence, qs []quantity) {
	for i := range qs {
		q := &qs[i]
		if q.class != money || q.per != "" {
			continue
		}
		head := lastBytes(s.norm[:q.from], 90)
		m := g.per.before.FindStringSubmatchIndex(head)
		if p := i - 1; m == nil && p >= 0 && qs[p].per != "" && qs[p].unit == q.unit && g.pairs.base.MatchString(lastBytes(s.norm[:q.from], 50)) {
			q.per = qs[p].per // "$228 a tonne, down from $290"
		}
		if m == nil {
			continue
		}
		at := q.from - len(head)
		q.per = measured(s, qs[:i], at+m[2], at+m[3])
	}
}

// measured returns what a price is for by the measure between two places of the norm, "" when
// its number, if it has one, is that of a load: "500 tonu 2 milyon dollara".
func measured(s *sentence, before []quantity, from, to int) string {
	for k := range before {
		n := &before[k]
		if n.from >= to || n.to < from {
			continue
		}
		if n.base() != 1 && (n.base() != 1000 || n.class != volume) {
			return ""
		}
		per := measureOf(s.norm[n.from:to])
		if per != "" {
			n.class, n.unit = other, ""
		}
		return per
	}
	return measureOf(s.norm[from:to])
}

// mostPriced is the greatest sum that is the price of one measure.
const mostPriced = 1e6

// priced reports whether quantity i of sentence n is the price of what one of the two sells
// the other, or carries for it.
func (r *reader) priced(n, i int) bool {
	rd := &r.sentences[n]
	q := &rd.qs[i]
	norm := rd.s.norm
	if q.per == "" || q.base() > mostPriced || !r.tied(n) || atMarket().MatchString(norm) {
		return false
	}
	sold := names(rd.cues, "goods") || names(rd.cues, "bought") || names(rd.cues, "exports") || names(rd.cues, "imports")
	if q.per == "barrel" {
		return sold
	}
	return sold || goodsNamed().MatchString(norm) || r.sentences[0].s.says(goodsNamed()) || carriage().MatchString(norm) || gasWords().MatchString(norm)
}

var (
	// atMarket holds the words of prices that are all the world's, or the shops'.
	atMarket = pattern.Lazy(`(?:^|[ ])(?:brent|azeri|exchange|tickets?|shops?|supermarkets?|retail|stock|бирж\S*|билет\S*|магазин\S*|розничн\S*|birja\S*|bilet\S*|magaza\S*|perakende\S*) `)

	// carriage holds those of carrying goods for money.
	carriage = pattern.Lazy(`(?:^|[ ])(?:tariffs?|transit\S*|freight|haulage|rates?|тариф\S*|транзит\S*|ставк\S*|перевоз\S*|tarif\S*|tranzit\S*|dasi\S*) `)

	// crudeGoods holds oil and what is made of it.
	crudeGoods = pattern.Lazy(`(?:^|[ ])(?:crude|oil|petrol|gasoline|diesel|fuel oil|jet fuel|petroleum|urals|naphtha|нефт[ьиею]\S*|нефтепродукт\S*|дизел\S*|дизтоплив\S*|бензин\S*|мазут\S*|керосин\S*|neft|nefti\S*|nefte|nefteni|neft-\S+|dizel\S*|benzin\S*|mazut\S*|kerosin\S*) `)
	edible     = pattern.Lazy(`(?:^|[ ])(?:sunflower|vegetable|olive|palm|essential|corn|rapeseed) oil `)
)

// isOil reports whether the goods that quantity i measures are oil.
func (r *reader) isOil(rd *reading, i int) bool {
	own := rd.clauseOf(i, zoneOf(rd.s, rd.qs, i))
	seg := rd.s.norm[own.from:own.to]
	switch {
	case edible().MatchString(seg):
		return false
	case crudeGoods().MatchString(seg):
		return true
	}
	return !rd.s.says(goodsNamed()) && r.sentences[0].s.says(crudeGoods()) && !r.sentences[0].s.says(edible())
}

// oilSold reports whether quantity i, in barrels, is oil that one of the two sells the other.
func (r *reader) oilSold(n, i int) bool {
	rd := &r.sentences[n]
	z := zoneOf(rd.s, rd.qs, i)
	if !r.tied(n) && !r.bothNamed() || rd.s.says(oilTransit()) || r.about().oil {
		return false
	}
	zone := rd.s.norm[z.from:z.to]
	return !r.g.bars.able.MatchString(zone) && !r.g.bars.made.MatchString(zone) && !pipe().MatchString(zone)
}

// pipe holds the words of a line's capacity.
var pipe = pattern.Lazy(`(?:^|[ ])(?:\S*-(?:kilometer|kilometre|mile)|capacity|pipeline|трубопровод\S*|мощност\S*|boru kemeri\S*) `)

// flying returns what a number of flights, of passengers or of times a week is of the
// connection between the two.
func (r *reader) flying(n, i int) (found, bool) {
	rd := &r.sentences[n]
	q := &rd.qs[i]
	norm := rd.s.norm
	times := q.fold && r.g.per.air.MatchString(norm)
	if q.class&(flight|passenger) == 0 && !times || !r.tied(n) || r.g.per.noAir.MatchString(norm) || strings.HasSuffix(norm, "? ") {
		return found{}, false
	}
	if who, own := rd.partyOf(i); own && who == thirds {
		return found{}, false
	}
	c := found{from: -1, indicator: "flown", classes: q.class, unit: "flights"}
	z := zoneOf(rd.s, rd.qs, i)
	if i+1 < len(rd.qs) && rd.qs[i+1].class == flight && (q.earlier || r.g.pairs.risesFrom.MatchString(lastBytes(norm[:q.from], 20))) {
		z.to, q.earlier = zoneOf(rd.s, rd.qs, i+1).to, true
	}
	if p := i - 1; p >= 0 && rd.qs[p].earlier && rd.qs[p].class == flight {
		z.from = zoneOf(rd.s, rd.qs, p).from // "weekly flights will grow from 7 to 10"
	}
	seg := rd.s.norm[z.from:z.to]
	switch {
	case q.class == passenger:
		c.unit = "passengers"
		return c, q.base() >= leastPassengers && (r.g.per.air.MatchString(norm) || r.sentences[0].s.says(r.g.per.air))
	case r.g.per.weekly.MatchString(seg):
		c.indicator, c.unit = "flights", "flights/week"
	case r.g.per.daily.MatchString(seg):
		c.indicator, c.unit = "flights", "flights/day"
	case r.g.per.monthly.MatchString(seg):
		c.indicator, c.unit = "flights", "flights/month"
	}
	return c, c.indicator == "flights" || !times && q.base() >= leastBefallen
}

// leastPassengers is the smallest number that is not of one aeroplane.
const leastPassengers = 500

// apart returns what quantity i measures where its own words tell, whatever the sentence
// trades in: people who were harmed or held, flights, prices, oil by the barrel.
func (r *reader) apart(n, i int) (found, bool) {
	rd := &r.sentences[n]
	q := &rd.qs[i]
	if q.percent || q.value == 0 {
		return found{}, false
	}
	switch {
	case q.per != "":
		return found{from: -1, indicator: "prices", classes: q.class, unit: q.unit + "/" + q.per}, r.priced(n, i)
	case q.class == barrels:
		c := found{from: -1, indicator: "oil", classes: q.class, unit: q.unit}
		z := zoneOf(rd.s, rd.qs, i)
		if r.g.per.daily.MatchString(rd.s.norm[z.from:z.to]) {
			c.unit = "barrels/day"
		}
		return c, r.oilSold(n, i)
	case q.class&(flight|passenger) != 0 || q.fold:
		return r.flying(n, i)
	}
	return r.befallen(n, i)
}

// shown is the name under which the figures of an indicator are kept. Flights flown and
// passengers have the time in which they were, a timetable has none; both are flights.
func shown(indicator string) string {
	if indicator == "flown" {
		return "flights"
	}
	return indicator
}

// asOf is the period of something that goes on at a rate from a time on: the month of its
// beginning.
func (r *reader) asOf(w when) string {
	if w.month == 0 {
		return w.period(r.pub, true)
	}
	year := w.year
	if year == 0 {
		year = nearestYear(w.month, max(w.day, 1), r.pub)
	}
	return monthString(year, w.month)
}

// countsRate reports whether a unit is of a rate: barrels a day, flights a week.
func countsRate(unit string) bool {
	return strings.Contains(unit, "/day") || strings.Contains(unit, "/week") || strings.Contains(unit, "/month")
}
