package figures

import (
	"strings"

	"samur/internal/news"
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
	percent  bool // a rate or share
	fold     bool // a multiple: "2.3 times"
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
	for i := 0; i < len(s.toks) && len(out) < maxQuantities; {
		if s.toks[i].kind != numberToken || inTime(times, s.toks[i].at) {
			i++
			continue
		}
		q, next := g.readQuantity(s, i, times)
		out = append(out, q)
		i = next
	}
	for i := range out {
		g.countedNoun(s, &out[i])
		if q := &out[i]; q.class == 0 && !q.percent && !q.fold && i > 0 && q.scale.factor > 0 {
			borrowUnit(q, out[i-1])
		}
	}
	return out
}

// countedNoun gives a bare number the noun of "number of": "the number of
// visitors rose to 628,100".
func (g *grammar) countedNoun(s *sentence, q *quantity) {
	if q.class != 0 || q.percent || q.fold || q.base() < 100 {
		return
	}
	locs := g.numberOf.FindAllStringSubmatchIndex(s.norm[:q.from], -1)
	if len(locs) == 0 {
		return
	}
	loc := locs[len(locs)-1]
	u, size := g.nearestUnit(s.norm[loc[4]:q.from])
	if size > 0 && u.class&(learners|guests|persons|school|company|trips) != 0 {
		q.unit, q.class = u.unit, u.class
	}
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

// borrowUnit gives q, which has a scale but no unit, the unit of near.
func borrowUnit(q *quantity, near quantity) {
	const measured = money | mass | volume | boxes | barrels
	if near.class&measured != 0 {
		q.class, q.unit = near.class, near.unit
	}
}

// signs are currencies written before or after a number.
var signs = map[string]string{
	"$": "USD", "€": "EUR", "₽": "RUB", "₼": "AZN", "£": "GBP",
	"usd": "USD", "eur": "EUR", "rub": "RUB", "azn": "AZN",
}

// readQuantity reads the quantity whose number is token i, and returns the index
// of the token after it.
func (g *grammar) readQuantity(s *sentence, i int, times []when) (quantity, int) {
	t := s.toks[i]
	q := quantity{s: s, from: t.at, start: t.start, value: t.value}
	if i > 0 {
		if iso, ok := signs[s.toks[i-1].norm]; ok {
			q.unit, q.class = iso, money
			q.from, q.start = s.toks[i-1].at, s.toks[i-1].start
		}
	}
	next := i + 1
	if n := rangeEnd(s.toks, next); n > 0 && s.toks[n-1].value > q.value {
		q.high = s.toks[n-1].value
		next = n
	}
	if next < len(s.toks) && g.lang == news.Az && strings.HasPrefix(s.toks[next].norm, "-") && len(s.toks[next].norm) > 1 && s.toks[next].norm != "-ci" {
		next++ // a case ending: 1300-dən çox
	}
	next = g.readScale(s, &q, next)
	next = g.readUnit(s, &q, next, times)
	last := s.toks[next-1]
	q.to, q.end = last.at+len(last.norm), last.end
	q.approx = g.approximation(s, q)
	return q, next
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

// readScale reads a scale, the full stop of its abbreviation, and a second
// number of a sum: "3 млрд 350 млн".
func (g *grammar) readScale(s *sentence, q *quantity, next int) int {
	sc, n := scaleAt(s.toks, next, g)
	if n == 0 {
		return next
	}
	q.scale = sc
	next += n
	if next+1 < len(s.toks) && s.toks[next].kind == numberToken {
		if small, m := scaleAt(s.toks, next+1, g); m > 0 && small.factor < sc.factor && s.toks[next].value < 1000 {
			q.value += s.toks[next].value * small.factor / sc.factor
			next += 1 + m
		}
	}
	if sc2, n2 := scaleAt(s.toks, next, g); n2 > 0 && sc2.factor > 1e3 && sc.factor == 1e3 {
		q.value *= 1e3 // "тысяч миллионов" does not occur, "yüz min milyon" does
		q.scale = sc2
		next += n2
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
	if i+1 < len(toks) && toks[i+1].norm == "." && toks[i+1].start == toks[i].end {
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
	if iso, ok := signs[s.toks[next].norm]; ok {
		q.unit, q.class = iso, money
		return next + 1
	}
	u, size := g.nearestUnit(beforeTime(s, s.toks[next].at, times))
	if size == 0 {
		return next
	}
	q.unit, q.class = u.unit, u.class
	if u.scale != "" {
		q.scale, _ = scaleOf(u.scale, news.En)
	}
	if u.class&(school|company|paper|region|learners|guests|persons|other) != 0 {
		return next // the noun is named, but not part of the number
	}
	return s.tokenAt(s.toks[next].at+size-1) + 1
}

// nearestUnit returns the unit that rest begins with, skipping the fewest words,
// and how many bytes it takes.
func (g *grammar) nearestUnit(rest string) (unitRule, int) {
	best, size := unitRule{}, 0
	for _, u := range g.units {
		if loc := u.re.FindStringIndex(rest); loc != nil && (size == 0 || loc[1] < size) {
			best, size = u, loc[1]
		}
	}
	return best, size
}

// beforeTime returns norm from at up to the next expression of time.
func beforeTime(s *sentence, at int, times []when) string {
	for _, w := range times {
		if w.from >= at {
			return s.norm[at:w.from]
		}
	}
	return s.norm[at:]
}

// approximation returns the hedge that stands before or behind q. "up to" after
// a verb of growth is where the growth arrived, not a limit.
func (g *grammar) approximation(s *sentence, q quantity) string {
	head := lastBytes(s.norm[:q.from], 200)
	for _, h := range g.before {
		if h.re.MatchString(lastBytes(head, 60)) {
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
	for _, h := range g.after {
		if h.re.MatchString(tail) {
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
