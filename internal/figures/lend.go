package figures

import (
	"strings"

	"samur/internal/news"
	"samur/internal/pattern"
)

// lend gives the numbers that stand without a unit that of a neighbour: "against 70
// million", "two billion", "from 1.5 to 2 bcm", "of 1,742 firms 1,247 are active".
func (g *grammar) lend(s *sentence, qs []quantity) []quantity {
	out := g.spans(s, qs)
	for i := range out {
		g.partOfNext(s, out, i)
		g.listed(s, out, i)
		g.countedNoun(s, out, i)
		g.headless(s, out, i)
		if q := &out[i]; q.bare() && q.scale.factor > 0 {
			for k := i - 1; k >= 0 && q.bare(); k-- { // a share between them has no unit
				borrowUnit(q, out[k])
				if !out[k].percent && !out[k].fold {
					break
				}
			}
		}
	}
	g.partsOfFirst(s, out)
	g.fromTo(s, out)
	for i := 1; i < len(out); i++ {
		g.compared(s, &out[i], out[i-1])
	}
	g.listOf(s, out)
	// A list names the unit once, at its end: "2,2 milyard, ixrac 742 milyon dollar".
	for i := len(out) - 2; i >= 0; i-- {
		if q := &out[i]; q.bare() && !s.endsAt(q.to) && (q.scale.factor >= 1e6 || q.scale.factor >= 1e3 && g.pairs.item.MatchString(s.norm[q.to:out[i+1].from])) {
			borrowUnit(q, out[i+1])
		}
	}
	return out
}

// fromTo marks the first of two values of which the Azerbaijani case endings say that one
// became the other: "106 min tondan 116,2 min tona yüksəlib".
func (g *grammar) fromTo(s *sentence, qs []quantity) {
	if g.lang != news.Az {
		return
	}
	for i := 0; i+1 < len(qs); i++ {
		q, n := &qs[i], &qs[i+1]
		if q.class != 0 && q.class == n.class && azAblative().MatchString(s.norm[q.from:q.to]+" ") && azDative().MatchString(s.norm[n.from:n.to]+" ") && strings.TrimSpace(s.norm[q.to:n.from]) == "" {
			q.earlier = true
		}
	}
}

var (
	azAblative = pattern.Lazy(`(?:dan|den) $`)
	azDative   = pattern.Lazy(`[^ ][ae] $`)
)

// bare reports whether a quantity is a number without a unit.
func (q *quantity) bare() bool { return q.class == 0 && !q.percent && !q.fold }

// partOfNext gives a bare number the unit of the whole behind it: "20.9 of 21.7 thousand
// tons", "76 of the 85 subjects".
func (g *grammar) partOfNext(s *sentence, qs []quantity, i int) {
	q := &qs[i]
	if !q.bare() || i+1 == len(qs) || !g.pairs.outOf.MatchString(s.norm[q.to:qs[i+1].from]) {
		return
	}
	n := &qs[i+1]
	if n.class == 0 || n.class == other {
		return
	}
	q.unit, q.class, n.whole = n.unit, n.class, true
	if q.scale.factor == 0 && q.value <= n.value {
		q.scale = n.scale
	}
}

// partsOfFirst gives bare numbers the unit of the whole that the sentence opens with: "of
// the 2.6 million people who came … 811,000 held Russian passports".
func (g *grammar) partsOfFirst(s *sentence, qs []quantity) {
	const parted = persons | guests | mass | boxes | trips
	if len(qs) < 2 || qs[0].class&parted == 0 || !wholeFirst().MatchString(lastBytes(s.norm[:qs[0].from], 40)) {
		return
	}
	const least = 100
	for i := range qs[1:] {
		if q := &qs[i+1]; q.bare() && q.base() >= least && q.base() < qs[0].base() {
			q.unit, q.class = qs[0].unit, qs[0].class
		}
	}
}

// wholeFirst precedes the whole that a sentence opens with.
var wholeFirst = pattern.Lazy(`(?:^|[ ])(?:of|из)(?: (?:the|all|этих|всех))? (?:[$] )?$`)

// listOf gives the bare numbers of a list of countries the noun that the sentence counts, or
// that the last of them names: "visitors from Türkiye (312,000), Russia (303,900)".
func (g *grammar) listOf(s *sentence, qs []quantity) {
	const people = persons | guests | trips
	for i := len(qs) - 1; i >= 0; i-- {
		q := &qs[i]
		if !q.bare() || q.base() < 1000 {
			continue
		}
		if i+1 < len(qs) && qs[i+1].class&people != 0 && g.pairs.item.MatchString(s.norm[q.to:qs[i+1].from]) {
			q.unit, q.class = qs[i+1].unit, qs[i+1].class
			continue
		}
		if !strings.HasSuffix(s.norm[:q.from], "( ") {
			continue
		}
		if u, ok := g.lastCounted(s.norm[:q.from]); ok && u.class&people != 0 {
			q.unit, q.class = u.unit, u.class
		}
	}
}

// listed gives the first of two counts the noun of the second: "21 Russian and 5
// Azerbaijani regions".
func (g *grammar) listed(s *sentence, qs []quantity, i int) {
	q := &qs[i]
	if !q.bare() || i+1 == len(qs) || qs[i+1].class&(company|region|paper) == 0 || q.value < 2 {
		return
	}
	if g.pairs.also.MatchString(s.norm[q.to:qs[i+1].from]) {
		q.unit, q.class = qs[i+1].unit, qs[i+1].class
	}
}

// nouns are the classes of which a number may stand for some without naming them again.
const nouns = company | region | learners | school | boxes | folk

// headless gives a number that no noun follows that of the count before it: "12,500
// students, 480 of them …", "with about 80 regions and agreements with nearly 20".
func (g *grammar) headless(s *sentence, qs []quantity, i int) {
	q := &qs[i]
	if !q.bare() || i == 0 || q.value < 2 || q.high != 0 {
		return
	}
	p := &qs[i-1]
	if p.class&nouns == 0 || q.base() >= p.base() || !g.endsNoun(s, q) || g.pairs.named.MatchString(lastBytes(s.norm[:q.from], 30)) {
		return
	}
	q.unit, q.class, q.part = p.unit, p.class, true
}

// endsNoun reports whether no noun follows a number, which in Azerbaijani its ending tells.
func (g *grammar) endsNoun(s *sentence, q *quantity) bool {
	rest := s.norm[min(q.to+1, len(s.norm)):]
	if last := lastToken(s.norm[:q.to] + " "); last[0] == '-' {
		rest = last + rest
	}
	return g.pairs.noNoun.MatchString(rest)
}

// compared gives a bare number the unit of the one that it is set against: "1.05 million
// tons against 700,000 a year ago".
func (g *grammar) compared(s *sentence, q *quantity, p quantity) {
	const measured = money | mass | volume | boxes | persons | guests | trips | learners
	if !q.bare() || p.class&measured == 0 || !g.pairs.against.MatchString(lastBytes(s.norm[:q.from], 50)) && !g.pairs.base.MatchString(lastBytes(s.norm[:q.from], 50)) {
		return
	}
	q.unit, q.class = p.unit, p.class
	if q.scale.factor == 0 && q.value < 1000 {
		q.scale = p.scale
	}
}

// spans joins "from 1.5 to 2 billion" to a range, and gives the first number of "rose
// from 18.2 to 31.2 thousand tons" the unit of the second.
func (g *grammar) spans(s *sentence, qs []quantity) []quantity {
	out := qs[:0]
	for i := 0; i < len(qs); i++ {
		q := qs[i]
		if i+1 < len(qs) && qs[i+1].from >= q.to && q.scale.factor == 0 && (q.class == 0 || q.class == money) && !q.percent && !q.fold && q.high == 0 {
			n := qs[i+1]
			between := s.norm[q.to:n.from]
			rises := g.pairs.risesFrom.MatchString(lastBytes(s.norm[:q.from], 20))
			switch {
			case n.high != 0 || n.class == 0 && n.scale.factor == 0 && !n.percent || !g.pairs.spanTo.MatchString(between):
			case rises || n.percent:
				q.scale, q.unit, q.class, q.percent, q.earlier = n.scale, n.unit, n.class, n.percent, rises
			case n.value > q.value && (between != " and " || g.pairs.spanFrom.MatchString(lastBytes(s.norm[:q.from], 20))):
				n.high, n.value = n.value, q.value
				n.from, n.start = q.from, q.start
				n.approx = q.approx
				out = append(out, n)
				i++
				continue
			}
		}
		out = append(out, q)
	}
	return out
}

// countedNoun gives a bare number the noun of "number of", or the counted noun that is
// the subject of its clause: "the number of visitors rose to 628,100", "arrivals from
// Russia totalled 541,000". A bare number after a count of companies or regions may be of
// the same: "of 1,742 firms 1,247 are active".
func (g *grammar) countedNoun(s *sentence, qs []quantity, i int) {
	q := &qs[i]
	if !q.bare() {
		return
	}
	head := s.norm[:q.from]
	rest := s.norm[min(q.to+1, len(s.norm)):]
	if i > 0 && g.bars.partOf.MatchString(rest) {
		if p := qs[i-1]; p.class != other && q.base() < p.base() {
			q.unit, q.class = p.unit, p.class
			return
		}
	}
	if i > 0 {
		if p := &qs[i-1]; p.class&(company|region) != 0 && q.value >= 2 && q.base() < p.base() && g.pairs.alike.MatchString(s.norm[p.to:q.from]+"0 "+upto(rest, 40)) {
			q.unit, q.class = p.unit, p.class
			return
		}
		head = s.norm[qs[i-1].to:q.from]
	}
	if q.base() < 100 && !g.per.weekly.MatchString(s.norm) {
		return
	}
	if loc := g.numberOf.FindAllStringSubmatchIndex(s.norm[:q.from], -1); len(loc) > 0 {
		last := loc[len(loc)-1]
		if u, ok := g.lastCounted(s.norm[last[4]:q.from]); ok && (q.base() >= 100 || u.class == flight) {
			q.unit, q.class = u.unit, u.class
			return
		}
	}
	if q.base() >= 1000 && g.amounts.MatchString(head) {
		if u, ok := g.lastCounted(head); ok {
			q.unit, q.class = u.unit, u.class
		}
	}
}

// lastCounted returns the first of the counted nouns in norm.
func (g *grammar) lastCounted(norm string) (unitRule, bool) {
	for at := 0; at < len(norm); {
		if u, n := g.unitAt(norm[at:]); n > 0 && u.class&(learners|guests|persons|school|company|trips|flight|passenger) != 0 {
			return u, true
		}
		next := strings.IndexByte(norm[at:], ' ')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return unitRule{}, false
}

// borrowUnit gives q, which has a scale but no unit, the unit of near.
func borrowUnit(q *quantity, near quantity) {
	const measured = money | mass | volume | boxes | doses | barrels
	if near.class&measured != 0 {
		q.class, q.unit = near.class, near.unit
	}
}
