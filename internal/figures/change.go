package figures

import (
	"strings"

	"samur/internal/news"
	"samur/internal/pattern"
)

// change returns the movement that the sentence states of quantity i: a rate, or
// a verb that is one, in its zone.
func (r *reader) change(rd *reading, i int, period string) *news.Change {
	z := zoneOf(rd.s, rd.qs, i)
	zone := rd.s.norm[z.from:z.to]
	direction := r.g.direction(zone)
	if direction == "" {
		return nil
	}
	c := &news.Change{Direction: direction}
	for _, w := range rd.times {
		if w.kind == spanAgo && w.from >= z.from && w.to <= z.to {
			c.Base = shiftYear(period, -1)
		}
	}
	for k := range rd.qs {
		q := &rd.qs[k]
		if q.from < z.from || q.from >= z.to {
			continue
		}
		if q.percent && c.Percent == 0 {
			c.Percent = q.value
		}
		if q.fold && c.Times == 0 {
			c.Times = q.value
		}
	}
	if m := r.g.times2.FindStringSubmatch(zone); m != nil && c.Times == 0 && c.Percent == 0 {
		c.Times = multiple(m[1])
	}
	if c.Percent == 0 && c.Times == 0 && direction != "flat" {
		return nil
	}
	return c
}

// direction tells which way the first verb of movement in norm points.
func (g *grammar) direction(norm string) string {
	best, name := len(norm)+1, ""
	if loc := g.rise.FindStringIndex(norm); loc != nil {
		best, name = loc[0], "up"
	}
	if loc := g.fall.FindStringIndex(norm); loc != nil && loc[0] < best {
		best, name = loc[0], "down"
	}
	if loc := g.times2.FindStringIndex(norm); loc != nil && name == "" {
		best, name = loc[0], "up"
	}
	if loc := g.flat.FindStringIndex(norm); loc != nil && loc[0] < best {
		name = "flat"
	}
	return name
}

// multiples are the verbs and adverbs that are a factor by themselves.
var multiples = []struct {
	stems  string
	factor float64
}{
	{"doubl|twofold|удвои|вдвое|в два|ikiqat|iki defe", 2},
	{"trebl|tripl|threefold|утрои|втрое|в три|ucqat|uc defe", 3},
	{"fourfold|вчетверо", 4},
	{"fivefold|впятеро", 5},
	{"sixfold", 6},
	{"sevenfold", 7},
	{"eightfold", 8},
	{"ninefold", 9},
	{"tenfold", 10},
}

func multiple(w string) float64 {
	for _, m := range multiples {
		for stem := range strings.SplitSeq(m.stems, "|") {
			if strings.HasPrefix(w, stem) {
				return m.factor
			}
		}
	}
	return 0
}

// otherSays finds where a clause or a sentence ends within what is taken for one, as behind
// an abbreviated "млрд.".
var otherSays = pattern.Lazy(`;|\p{Ll}{3,}\. +\p{Lu}`)

// anotherSays reports whether between two places of a sentence somebody else may have
// begun to speak.
func anotherSays(s *sentence, a, b int) bool {
	from, to := s.tokenAt(min(a, b)), s.tokenAt(max(a, b))
	return from < to && to < len(s.toks) && otherSays().MatchString(s.raw[s.toks[from].start:s.toks[to].start])
}

// counter returns who counted, as the sentence words it: "по данным ФТС",
// "Moscow counts". "" when it does not say, or says it of another number.
func (g *grammar) counter(s *sentence, q *quantity) string {
	for _, re := range g.counted {
		for _, loc := range re.FindAllStringSubmatchIndex(s.norm, -1) {
			first, last := s.tokenAt(loc[4]), s.tokenAt(loc[5]-1) // group 2; 1 is the whole
			if last >= len(s.toks) || !s.toks[first].capital || anotherSays(s, loc[4], q.from) {
				continue
			}
			return s.raw[s.toks[first].start:s.toks[last].end]
		}
	}
	return ""
}
