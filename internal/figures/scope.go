package figures

import (
	"strings"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// scope is what the item as a whole says about the ties between the two sides.
type scope struct {
	transit bool // goods cross one of the two countries
	fromAz  bool // goods go from Azerbaijan to Russia
	gas     bool // gas is spoken of: cubic metres are of gas
}

var (
	transitWords = compiled(`(?:^|[ ])(?:transit\S*|tranzit\S*|транзит\S*) `)
	gasWords     = compiled(`(?:^|[ ])(?:gas\S*|gazprom\S*|mcm|bcm|газ\S*|qaz\S*) `)
	fromAzWords  = compiled(`(?:^|[ ])(?:from azerbaijan|azerbaijani (?:persimmons?|tomato\S*|apples?|fruit\S*|vegetables?|dates|hazelnuts?|cherr\S+|grapes?|potato\S*|goods|produce|products|wine|cotton)|to russia|из азербайджана|азербайджанск\S+ (?:\S+ ){0,2}?(?:томат\S*|помидор\S*|яблок\S*|хурм\S*|фрукт\S*|овощ\S*|орех\S*|фундук\S*|черешн\S*|виноград\S*|товар\S*|продукц\S*)|в (?:рф|россию)|azerbaycandan|rusiyaya) `)
)

// scopeOf reads the scope of d.
func scopeOf(d *lexicon.Doc, g *grammar) scope {
	var b strings.Builder
	for _, t := range []struct {
		raw string
	}{{d.Title.Raw}, {d.Body.Raw}} {
		for _, f := range strings.Fields(t.raw) {
			b.WriteString(plain(strings.Trim(f, `.,:;!?«»"“”()`), g.lang))
			b.WriteByte(' ')
		}
	}
	text := b.String()
	return scope{
		transit: transitWords().MatchString(text),
		fromAz:  fromAzWords().MatchString(text),
		gas:     gasWords().MatchString(text),
	}
}

// indicator returns the cue that tells what quantity i of sentence n measures.
func (r *reader) indicator(n, i int, before string) (found, bool) {
	rd := &r.sentences[n]
	q := rd.qs[i]
	c, ok := choose(rd.s, rd.qs, i, rd.cues, before)
	if !ok {
		c, ok = r.elsewhere(n, q)
	}
	if !ok {
		name := byClass[q.class]
		if q.class == volume && !r.doc.gas {
			name = ""
		}
		c, ok = found{from: -1, indicator: name, classes: q.class}, name != ""
	}
	if c.indicator == "goods" {
		c.indicator = r.flow(q)
	}
	if c.indicator == "imports" && q.class == mass && r.doc.fromAz {
		c.indicator = "exports"
	}
	return c, ok
}

// byClass is what a quantity measures when its noun alone says so.
var byClass = map[class]string{guests: "tourists", learners: "students", volume: "gas-volume", doses: "aid"}

// flow is what a delivery counts as: transit when the item speaks of transit,
// else an export by whoever delivers.
func (r *reader) flow(q quantity) string {
	if q.class == money {
		return "trade-turnover"
	}
	if r.doc.transit {
		return "transit-volume"
	}
	return "exports"
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
			if c := cues[m]; c.classes&q.class != 0 {
				return found{from: -1, indicator: c.indicator, classes: c.classes}, c.indicator != ""
			}
		}
	}
	return found{}, false
}

// leastMoney is the smallest sum that is a matter of two countries' statistics:
// below are tickets, fines and prices.
const leastMoney = 100_000

// excluded reports whether the sentence says that quantity i is none of the
// ties' own: a rate per day, a goal, an increment, a part of a total just given,
// or another country's.
func (r *reader) excluded(rd *reading, i int) bool {
	q := rd.qs[i]
	z := zoneOf(rd.s, rd.qs, i)
	head, tail := rd.s.norm[z.from:q.from], rd.s.norm[q.to:z.to]
	if q.class == money && q.base() < leastMoney {
		return true
	}
	if r.g.byAmount.MatchString(lastBytes(rd.s.norm[:q.from], 100)) {
		return true
	}
	if r.g.skip.MatchString(head) || r.g.skip.MatchString(upto(tail, 40)) {
		return true
	}
	if i > 0 && r.g.subset.MatchString(head) {
		return true
	}
	if foreignTrade().MatchString(head) && !ownCountry().MatchString(head+tail) {
		return true // with all countries
	}
	return thirdParty(head, upto(tail, 60))
}

// upto cuts s after n bytes, at a clause if one ends before.
func upto(s string, n int) string {
	if k := strings.IndexAny(s, ":;("); k >= 0 {
		s = s[:k]
	}
	if len(s) > n {
		s = s[:n]
	}
	return s
}

var (
	thirdCountry = compiled(`(?:^|[ ])(?:(?:with|to|from|of|and) (?:turk\S+|iran|georgia|armenia|kazakhstan|china|ukraine|italy|israel|pakistan|india|belarus|uzbekistan|turkmenistan|germany|the (?:eu|us|uk)|europe)|(?:с|со|из|в) (?:турци\S+|иран\S*|грузи\S+|армени\S+|казахстан\S*|кита\S+|украин\S+|итали\S+|израил\S+|пакистан\S*|инди\S+|белорусси\S+|беларус\S+|узбекистан\S*|туркмени\S+|германи\S+|евросоюз\S*|ес|сша)|(?:turkiye|iran|gurcustan|ermenistan|qazaxistan|cin|ukrayna|italiya|israil|pakistan|hindistan|belarus|ozbekistan|turkmenistan|almaniya|avropa ittifaqi)(?:\S{0,4})) `)
	foreignTrade = compiled(`(?:^|[ ])(?:foreign trade|foreign turnover|внешнеторгов\S+|внешней торговли|xarici ticaret\S*) `)
	ownCountry   = compiled(`(?:^|[ ])\S*(?:russia|moscow|росси|рф|москв|rusiya|moskva)`)
)

// thirdParty reports whether the words around a quantity name a third country
// and not Russia.
func thirdParty(head, tail string) bool {
	near := lastBytes(head, 80) + tail
	return thirdCountry().MatchString(near) && !ownCountry().MatchString(head+tail)
}
