package figures

import (
	"strings"

	"samur/internal/news"
	"samur/internal/pattern"
)

// quantity is a number with its scale and unit, or a rate, found in a sentence.
type quantity struct {
	s        *sentence
	from, to int // bytes in norm
	start    int // bytes in the field
	end      int
	value    float64
	high     float64
	scale    scaleWord
	unit     string
	class    class
	approx   string
	per      string // what a sum is the price of: "t", "barrel"
	percent  bool   // a rate or share
	fold     bool   // a multiple: "2.3 times"
	earlier  bool   // from which the next one rose or fell
	part     bool   // of the count before it, whose noun it does not name again
	whole    bool   // of which the number before it is a part: "20 of 27 thousand tons"
}

// base is the value in the unit itself, without scale.
func (q *quantity) base() float64 {
	if q.scale.factor == 0 {
		return q.value
	}
	return q.value * q.scale.factor
}

// findQuantities returns the quantities of s in order, expressions of time left
// out. A number without a unit borrows that of its neighbour: "against 70
// million", "two billion".
func (g *grammar) findQuantities(s *sentence, times []when) []quantity {
	var out []quantity
	free := 0 // the first token that no quantity has taken
	for i := 0; i < len(s.toks) && len(out) < maxQuantities; {
		if s.toks[i].kind != numberToken || inTime(times, s.toks[i].at) {
			i++
			continue
		}
		q, next := g.readQuantity(s, free, i, times)
		i = max(next, i+1)
		free = i
		if n := len(out); n > 0 && (g.smallChange(s, &out[n-1], q) || saidAgain(s, &out[n-1], &q)) {
			continue
		}
		out = append(out, q)
	}
	out = g.lend(s, out)
	g.pricesBefore(s, out)
	for i := range out {
		if out[i].class == volume && g.wood.MatchString(s.norm) {
			out[i].class = mass // goods, and no gas
		}
	}
	return out
}

// saidAgain reports whether q is the number before it once more: "six (6) documents".
func saidAgain(s *sentence, p, q *quantity) bool {
	if q.base() != p.base() || s.norm[p.to:q.from] != " ( " || !strings.HasPrefix(s.norm[q.to:], " ) ") {
		return false
	}
	return q.unit == p.unit
}

// maxQuantities bounds the work on one sentence: more numbers are a table.
const maxQuantities = 40

func inTime(times []when, at int) bool {
	for _, w := range times {
		if at >= w.from && at < w.to {
			return true
		}
	}
	return false
}

// smallChange adds cents to the sum before them: "20 dollars and 43 cents".
func (g *grammar) smallChange(s *sentence, sum *quantity, q quantity) bool {
	if sum.class != money || minor[sum.unit] || sum.scale.factor != 0 || q.value >= 100 || q.percent || !joined().MatchString(s.norm[sum.to:q.from]) {
		return false
	}
	if !minor[q.unit] && (q.class != 0 || q.to+3 < len(s.norm)) {
		return false
	}
	sum.value += q.value / 100
	sum.to, sum.end = q.to, q.end
	return true
}

var joined = pattern.Lazy(`^ (?:and |и )?$`)

// minor holds the hundredths of currencies.
var minor = map[string]bool{"cents": true, "pence": true, "kopecks": true, "qapik": true}

// readQuantity reads the quantity whose number is token i, and returns the index
// of the token after it. Tokens before free belong to the quantity before.
func (g *grammar) readQuantity(s *sentence, free, i int, times []when) (quantity, int) {
	t := s.toks[i]
	q := quantity{s: s, from: t.at, start: t.start, value: t.value}
	if i > free {
		if iso := s.sign(i - 1); iso != "" {
			q.unit, q.class = iso, money
			q.from, q.start = s.toks[i-1].at, s.toks[i-1].start
		}
	}
	next := i + 1
	if n := rangeEnd(s.toks, next); n > 0 && s.toks[n-1].value > q.value {
		q.high = s.toks[n-1].value
		next = n
	}
	next = g.skipEnding(s.toks, next)
	next = g.readScale(s, &q, next)
	next = g.readUnit(s, &q, next, times)
	if q.class == money && q.scale.factor == 0 {
		next = g.readScale(s, &q, next) // 75 USD million
	}
	next = g.readPrice(s, &q, next)
	if q.class == 0 && !q.percent && !q.fold && i > free {
		if u, n := g.unitAt(s.norm[s.toks[i-1].at:]); u.class == money && n == len(s.toks[i-1].norm)+1 {
			q.unit, q.class = u.unit, money // "dollars 22.5 million"
			q.from, q.start = s.toks[i-1].at, s.toks[i-1].start
		}
	}
	last := s.toks[next-1]
	q.to, q.end = last.at+len(last.norm), last.end
	q.approx = g.approximation(s, q)
	return q, next
}

// skipEnding steps over a case ending that a hyphen ties to a numeral: 1300-dən çox.
func (g *grammar) skipEnding(toks []token, next int) int {
	if next >= len(toks) || len(toks[next].norm) < 2 || toks[next].norm[0] != '-' || toks[next].norm == "-ci" {
		return next
	}
	if g.lang == news.Az || g.lang == news.En && toks[next].norm == "-plus" {
		return next + 1
	}
	return next
}

// rangeEnd returns the index after the upper end of a range that begins at from.
func rangeEnd(toks []token, from int) int {
	if from >= len(toks) || toks[from].norm != "~" {
		return 0
	}
	from++
	if from < len(toks) && signs[toks[from].norm] != "" {
		from++
	}
	if from < len(toks) && toks[from].kind == numberToken {
		return from + 1
	}
	return 0
}

// readScale reads a scale, the full stop of its abbreviation, a half after it, and the
// smaller parts of a sum: "3 млрд 350 млн", "üç milyard yarım", "2 million 86 thousand".
func (g *grammar) readScale(s *sentence, q *quantity, next int) int {
	sc, n := scaleAt(s.toks, next, g)
	if n == 0 {
		return next
	}
	q.scale = sc
	next += n
	if frac, m := g.fraction(s.toks[next:]); m > 0 {
		q.value += frac
		next += m
	}
	for smaller := sc.factor; next < len(s.toks); {
		at := next
		if g.conjoins(s.toks[at].norm) && at+1 < len(s.toks) && s.toks[at+1].spelled {
			at++
		}
		if s.toks[at].kind != numberToken || s.toks[at].value >= 1000 {
			break
		}
		part, m := scaleAt(s.toks, at+1, g)
		switch {
		case m > 0 && part.factor < smaller:
			q.value += s.toks[at].value * part.factor / sc.factor
		case m == 0 && g.remainder(s, at, smaller):
			q.value += s.toks[at].value / sc.factor
		default:
			return g.higherScale(s, q, next)
		}
		smaller = part.factor
		next = at + 1 + m
		if m == 0 {
			break
		}
	}
	return g.higherScale(s, q, next)
}

// remainder reports whether the number at token i is what is left over thousands, or over
// more in words: "6 min 558", "a million and twelve".
func (g *grammar) remainder(s *sentence, i int, over float64) bool {
	t := s.toks[i]
	if i+1 < len(s.toks) && g.percent.MatchString(s.norm[s.toks[i+1].at:]) {
		return false
	}
	if t.spelled {
		return s.toks[i-1].start < t.start
	}
	return over == 1e3 && t.value == float64(int(t.value)) && t.start-s.toks[i-1].end <= 2
}

// higherScale reads a scale of a thousand or a hundred of them: "yüz min milyon".
func (g *grammar) higherScale(s *sentence, q *quantity, next int) int {
	if sc, n := scaleAt(s.toks, next, g); n > 0 && sc.factor > 1e5 && (q.scale.factor == 1e3 || q.scale.factor == 1e5) {
		q.value *= q.scale.factor
		q.scale = sc
		next += n
	}
	return next
}

func scaleAt(toks []token, i int, g *grammar) (scaleWord, int) {
	if i >= len(toks) || toks[i].kind != wordToken {
		return scaleWord{}, 0
	}
	sc, ok := scaleOf(strings.TrimPrefix(toks[i].norm, "-"), g.lang)
	if !ok {
		return scaleWord{}, 0
	}
	if i+1 < len(toks) && toks[i+1].norm == "." && toks[i+1].start == toks[i].end && (i+2 >= len(toks) || !toks[i+2].capital || g.lang == news.Az) {
		return sc, 2
	}
	return sc, 1
}

// readUnit reads the unit, or that the number is a rate.
func (g *grammar) readUnit(s *sentence, q *quantity, next int, times []when) int {
	if next >= len(s.toks) {
		return next
	}
	rest := s.norm[s.toks[next].at:]
	switch {
	case g.percent.MatchString(rest):
		q.percent = true
		return next
	case g.fold.MatchString(rest):
		q.fold = true
		return next
	case q.class == money:
		return next
	}
	if iso := s.sign(next); iso != "" {
		q.unit, q.class = iso, money
		return next + 1
	}
	u, at, size := g.nounAfter(s, next, times)
	if size == 0 {
		return next
	}
	q.unit, q.class = u.unit, u.class
	if u.scale != "" {
		q.scale, _ = scaleOf(u.scale, news.En)
	}
	if u.class&(school|company|paper|region|learners|guests|persons|folk|flight|passenger|other) != 0 {
		return next // the noun is named, but not part of the number
	}
	return s.tokenAt(at+size-1) + 1
}

// maxNounGap is how many words may stand between a number and the noun that it counts:
// "1742 Russian commercial joint-stock companies".
const maxNounGap = 4

// nounAfter finds the unit or counted noun of a number in the words from token next on:
// the nearest one, behind adjectives and names at most. A verb, a preposition, a sign or
// a time ends the search; before a measure only one word may stand.
func (g *grammar) nounAfter(s *sentence, next int, times []when) (u unitRule, at, size int) {
	gap := 0
	for i := next; i < len(s.toks) && gap <= maxNounGap; i++ {
		t := s.toks[i]
		if inTime(times, t.at) || t.kind == numberToken {
			break
		}
		if t.kind == markToken {
			if quotes[t.norm] || unicodeUnit[t.norm] {
				continue
			}
			if t.norm == "-" && i == next { // 340 тысяч — граждане России
				gap++
				continue
			}
			break
		}
		if i > next && s.opensSum(i) {
			break
		}
		if u, size := g.unitAt(s.norm[t.at:]); size > 0 && (gap <= 1 || u.class&(money|mass|volume|other) == 0) {
			return u, t.at, size
		}
		if g.gap.degree.MatchString(t.norm) {
			continue
		}
		if g.conjunction(s, i, next) {
			i++
			continue
		}
		if g.gap.ends.MatchString(t.norm) && !(i == next && g.gap.copula.MatchString(t.norm)) {
			break
		}
		gap++
	}
	return unitRule{}, 0, 0
}

// opensSum reports whether the sign of a currency before a number stands at token i, or with
// an "a" before it: "in 2011 exceeds a $4 billion".
func (s *sentence) opensSum(i int) bool {
	if s.toks[i].norm == "a" {
		i++
	}
	return i+1 < len(s.toks) && signs[s.toks[i].norm] != "" && s.toks[i+1].kind == numberToken
}

// conjunction reports whether token i is the "and" between two adjectives of a number's
// noun: "230 intergovernmental and intercompany documents".
func (g *grammar) conjunction(s *sentence, i, next int) bool {
	if i == next || i+2 >= len(s.toks) || !andWord[s.toks[i].norm] || s.toks[i+1].kind != wordToken {
		return false
	}
	u, _ := g.unitAt(s.norm[s.toks[i+2].at:])
	return u.class&(paper|company|region|learners|school) != 0
}

var andWord = map[string]bool{"and": true, "и": true, "ve": true}

// quotes are marks that may stand between a number and its noun.
var quotes = map[string]bool{"«": true, "»": true, "“": true, "”": true, "\"": true, "„": true}

// unicodeUnit holds signs that are part of no noun but do not end one.
var unicodeUnit = map[string]bool{"'": true, "’": true}

// unitAt returns the unit that norm begins with, the longest that fits, and how many
// bytes it takes.
func (g *grammar) unitAt(norm string) (unitRule, int) {
	best, size := unitRule{}, 0
	first, second, third := firstThree(norm)
	for i := range g.units {
		u := &g.units[i]
		if !u.open.has(first, second, third) {
			continue
		}
		if loc := u.re.FindStringIndex(norm); loc != nil && loc[1] > size {
			best, size = *u, loc[1]
		}
	}
	return best, size
}

// approximation returns the hedge that stands before or behind q. "up to" after
// a verb of growth is where the growth arrived, not a limit.
func (g *grammar) approximation(s *sentence, q quantity) string {
	head := lastBytes(s.norm[:q.from], 200)
	near := lastBytes(head, 60)
	open := openingsIn(near)
	for i := range g.before {
		if h := &g.before[i]; h.open.meet(&open) && h.re.MatchString(near) {
			if h.name == "up-to" && (g.rise.MatchString(head) || g.fall.MatchString(head)) {
				return ""
			}
			return h.name
		}
	}
	tail := ""
	if q.to+1 <= len(s.norm) {
		tail = s.norm[q.to+1:]
	}
	first, second := firstLetters(tail)
	for i := range g.after {
		if h := &g.after[i]; h.open.has(first, second) && h.re.MatchString(tail) {
			return h.name
		}
	}
	if g.lang == news.Az {
		last := s.norm[strings.LastIndexByte(s.norm[:q.to], ' ')+1 : q.to]
		if strings.HasSuffix(last, "adek") || strings.HasSuffix(last, "edek") {
			return "up-to"
		}
	}
	return ""
}

// lastBytes returns the last n bytes of s, or a few less: it begins at a space.
func lastBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	return s[max(0, strings.IndexByte(s, ' ')):]
}

// unitName is the value with its unit and scale: 4.8 "bn USD". Counted things
// take their scale into the value, 7 тыс. граждан are 7000, and so does the
// Russian and Azerbaijani word for a thousand, which is a part of the number:
// 20 тыс. тонн are 20000 t, where English has 31.2 thousand t.
func (q *quantity) unitName() (value, high float64, unit string) {
	value, high, unit = q.value, q.high, q.unit
	if q.per != "" || q.class&(folk|flight|passenger) != 0 {
		return round(q.base()), round(high * max(q.scale.factor, 1)), unit
	}
	if q.scale.factor == 0 {
		return value, high, unit
	}
	if q.scale.factor == 1e3 && q.class != money && q.s.lang != news.En {
		return round(value * 1e3), round(high * 1e3), unit
	}
	switch q.unit {
	case "count", "persons", "trips", "doses", "containers":
		return round(value * q.scale.factor), round(high * q.scale.factor), unit
	}
	return round(value), round(high), q.scale.name + " " + unit
}
