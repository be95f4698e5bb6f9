package figures

import (
	"samur/internal/news"
	"samur/internal/pattern"
)

// indicator returns the cue that tells what quantity i of sentence n measures.
func (r *reader) indicator(n, i int, before string) (found, bool) {
	rd := &r.sentences[n]
	q := rd.qs[i]
	c, ok := choose(rd.s, rd.qs, i, rd.cues, before)
	if c.indicator == "same" {
		c, ok = r.same(n, q)
	}
	if q.class == region && rd.s.says(r.g.gathering) && (!ok || q.base() < leastTied) {
		c, ok = found{from: -1, indicator: "regions", classes: q.class}, true
	}
	if q.class == money && (!ok || c.goods()) && (r.ventures(rd) || ok && r.titled("investment")) {
		c, ok = found{from: -1, indicator: "investment", classes: q.class}, true
	}
	if ok && q.class == money && c.goods() && !r.traded(rd) {
		ok = false
	}
	if !ok {
		c, ok = r.unnamed(n, q)
	}
	c.indicator = r.resolve(rd, i, c)
	return c, ok
}

// unnamed returns what a quantity measures when no word of its sentence says so: what the
// load is, what the sentence before and the title speak of, or what its unit alone tells.
func (r *reader) unnamed(n int, q quantity) (found, bool) {
	rd := &r.sentences[n]
	name := ""
	switch {
	case q.class == mass && q.base() <= mostConsigned && r.relief(rd):
		name = "aid"
	case q.class == mass && (r.about().oil || r.about().transit && !names(rd.cues, "transit-volume") && !r.goesOn("freight-volume")):
		name = "transit-volume"
	}
	if name == "" {
		if c, ok := r.elsewhere(n, q); ok {
			return c, true
		}
		name = byClass[q.class]
	}
	if q.class == volume && !r.about().gas && q.scale.factor < 1e6 {
		name = ""
	} else if name == "" {
		name = r.byContext(rd, q)
	}
	return found{from: -1, indicator: name, classes: q.class}, name != ""
}

// goesOn reports whether the figure before was one of the indicator.
func (r *reader) goesOn(indicator string) bool {
	return len(r.out) > 0 && r.out[len(r.out)-1].Indicator == indicator
}

// byContext guesses from what else the sentence speaks of.
func (r *reader) byContext(rd *reading, q quantity) string {
	switch q.class {
	case persons:
		if q.base() >= leastTravel && rd.s.says(ours()) && !rd.s.says(r.g.dwell) {
			return "tourists"
		}
	case company:
		if rd.s.says(ours()) || r.sentences[0].s.says(ours()) {
			return "companies"
		}
	case mass:
		if rd.s.says(r.g.carrying) {
			return "freight-volume"
		}
		if rd.s.says(goodsNamed()) {
			return "goods"
		}
	case money:
		if rd.s.way() != noWay && rd.s.says(goodsNamed()) {
			return "goods"
		}
	}
	return ""
}

// leastTravel is the least number of people that, if no word says what they did, have
// travelled.
const leastTravel = 10_000

// traded reports whether a sentence, or the title, names goods or trade, without which money
// that was given or came is none of it: a payout, a fee.
func (r *reader) traded(rd *reading) bool {
	for _, s := range []*reading{rd, &r.sentences[0]} {
		if s.s.says(payout()) {
			return false
		}
	}
	for _, s := range []*reading{rd, &r.sentences[0]} {
		if s.s.way() != noWay || s.s.says(goodsNamed()) || names(s.cues, "exports") || names(s.cues, "imports") || names(s.cues, "trade-turnover") {
			return true
		}
	}
	return false
}

// payout holds the words of money that is owed.
var payout = pattern.Lazy(`(?:^|[ ])(?:insur\S*|compensat\S*|payouts?|damages|famil(?:y|ies)|страхов\S*|компенсац\S*|выплат\S*|выплач\S*|семь\S*|sigorta\S*|kompensasiya\S*|tezminat\S*|zerercek\S*|zererceken\S*) `)

// goodsNamed holds what the two countries send each other.
var goodsNamed = pattern.Lazy(`(?:^|[ ])(?:` + goodsEn + `|` + goodsRu + `|` + goodsAz + `) `)

// same returns what the last figure before sentence n's end measured: "this figure".
func (r *reader) same(n int, q quantity) (found, bool) {
	if len(r.out) > 0 {
		last := r.out[len(r.out)-1]
		if Measure(last).Unit == q.unit {
			return found{from: -1, indicator: last.Indicator, classes: q.class}, true
		}
	}
	return r.elsewhere(n, q)
}

// leastTied is the least number of regions that is rather one of ties than of a meeting.
const leastTied = 50

// ventures reports whether a sentence tells that something is built or bought, and it or the
// title what: "is to build a terminal for 3.7 billion rubles".
func (r *reader) ventures(rd *reading) bool {
	if !rd.s.says(r.g.spending) || rd.s.says(r.g.publicWork) {
		return false
	}
	return rd.s.says(r.g.venture) || r.sentences[0].s.says(r.g.venture)
}

// byClass is what a quantity measures when its noun alone says so.
var byClass = map[class]string{guests: "tourists", learners: "students", volume: "gas-volume", doses: "aid", trips: "tourists", pieces: "exports", boxes: "freight-volume", region: "regions"}

// resolve turns a cue into the indicator, by what else the sentence says: aid is aid
// however it is carried, goods that cross a country are transit, and a delivery is an
// export, or by the books of Baku an import when it comes from Russia.
func (r *reader) resolve(rd *reading, i int, c found) string {
	q := &rd.qs[i]
	switch {
	case c.indicator == "" || q.class&(mass|money|boxes|pieces) == 0:
		return c.indicator
	case r.isAid(rd, q, c):
		return "aid"
	case r.transits(rd, q, c):
		return "transit-volume"
	case q.class == mass && sellsGoods(c) && r.isOil(rd, i):
		return "oil"
	case c.goods():
		return r.flow(rd, c)
	case c.indicator == "imports" && q.class == mass && r.wayIn(rd) == fromAz:
		return "exports"
	}
	return c.indicator
}

// sellsGoods reports whether a cue is one of goods that are sold, or carried to a buyer.
func sellsGoods(c found) bool {
	return c.goods() || c.indicator == "exports" || c.indicator == "imports"
}

// isAid reports whether goods or money are given, and not traded.
func (r *reader) isAid(rd *reading, q *quantity, c found) bool {
	switch q.class {
	case mass:
		return c.indicator != "aid" && (names(rd.cues, "aid") || r.titled("aid") || q.base() <= mostConsigned && (c.goods() || c.indicator == "freight-volume" || c.indicator == "transit-volume") && r.relief(rd))
	case money:
		return c.goods() && r.titled("aid")
	}
	return false
}

// relief reports whether what a sentence carries is medicine or the like, or the item speaks
// of aid in some other sentence.
func (r *reader) relief(rd *reading) bool {
	if rd.s.says(r.g.medicine) || r.sentences[0].s.says(r.g.medicine) {
		return true
	}
	for i := range r.sentences {
		if names(r.sentences[i].cues, "aid") {
			return !names(rd.cues, "exports") && !names(rd.cues, "imports")
		}
	}
	return false
}

// transits reports whether a load only crosses the country.
func (r *reader) transits(rd *reading, q *quantity, c found) bool {
	oil := q.class == mass && (rd.s.says(oilTransit()) || r.about().oil && !names(rd.cues, "imports"))
	switch c.indicator {
	case "freight-volume":
		return oil || q.class == boxes && corridor().MatchString(r.sentences[0].s.norm+rd.s.norm) || names(rd.cues, "transit-volume") || r.about().onward || r.titled("transit-volume") || rd.s.says(transitWords()) && beyond().MatchString(r.sentences[0].s.norm+rd.s.norm)
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
	return rd.s.says(transitWords()) || rd.s.way() == noWay || rd.s.says(armenia())
}

var toArmenia = pattern.Lazy(`(?:^|[ ])(?:armenia|армению|ermenistana) `)

// corridor holds the names of the way through Azerbaijan to Iran: what is counted in containers
// there crosses the country.
var corridor = pattern.Lazy(`(?:^|[ ])(?:north-south|astara\S*|север|астар\S*|simal-cenub\S*) `)

// beyond holds where goods go that cross a country.
var beyond = pattern.Lazy(`(?:^|[ ])(?:iran\S*|india\S*|persian gulf|armenia\S*|georgia\S*|turk\S+|иран\S*|инди[юяи]\S*|персидск\S+|армени\S+|грузи\S+|hindistan\S*|fars korfez\S*|ermenistan\S*|gurcustan\S*) `)

var armenia = pattern.Lazy(`(?:^|[ ])(?:armenia\S*|iran\S*|india\S*|армени\S+|иран\S*|инди\S+|ermenistan\S*|hindistan\S*) `)

// wayIn returns the way of a sentence, or of the item.
func (r *reader) wayIn(rd *reading) way {
	if w := rd.s.way(); w != noWay {
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
			if c := cues[m]; c.classes&q.class != 0 && (q.class != money || !c.goods() || k == 0 && r.sentences[0].s.way() != noWay) {
				if tradeFlow[c.indicator] && names(cues, "trade-turnover") {
					c.indicator = "trade-turnover" // of which that sentence also told the parts
				}
				return found{from: -1, indicator: c.indicator, classes: c.classes}, c.indicator != ""
			}
		}
	}
	return found{}, false
}
