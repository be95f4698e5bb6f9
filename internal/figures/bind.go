package figures

import (
	"strings"
)

// found is a cue in a sentence.
type found struct {
	from, to  int // in norm
	indicator string
	classes   class
}

// findCues returns the cues of s in order. Words under a hide rule are no cues.
func (g *grammar) findCues(s *sentence) []found {
	var out []found
	hidden := make([]bool, len(s.norm)+1)
	for _, c := range g.cues {
		if !c.open.meet(&s.open) {
			continue
		}
		for from := 0; from < len(s.norm); {
			loc := c.re.FindStringSubmatchIndex(s.norm[from:])
			if loc == nil {
				break
			}
			a, b := from+loc[2], from+loc[3]-1
			from = a + 1
			switch {
			case c.hide:
				for i := a; i < b; i++ {
					hidden[i] = true
				}
			case !hidden[a] || c.classes&(money|mass|volume|boxes) == 0:
				out = append(out, found{a, b, c.indicator, c.classes})
			}
		}
	}
	for i := range out {
		for k := i; k > 0 && out[k].from < out[k-1].from; k-- {
			out[k], out[k-1] = out[k-1], out[k]
		}
	}
	return out
}

// zone is the part of a sentence that speaks of one quantity: from the quantity
// before to the quantity after it, and not across a semicolon.
type zone struct{ from, to int }

func zoneOf(s *sentence, qs []quantity, i int) zone {
	z := zone{0, len(s.norm)}
	for k := range qs {
		if qs[k].class == 0 || qs[k].class == other {
			continue // a rate, or a number of no unit of ours
		}
		if k < i {
			z.from = qs[k].to
		}
		if k > i {
			z.to = qs[k].from
			break
		}
	}
	if c := strings.LastIndex(s.norm[z.from:qs[i].from], " ; "); c >= 0 {
		z.from += c + 2
	}
	if c := strings.Index(s.norm[qs[i].to:z.to], " ; "); c >= 0 {
		z.to = qs[i].to + c + 1
	}
	return z
}

// choose returns the cue that governs quantity i of s: one that follows it at
// once ("$1.3 billion of imports"), else the nearest before it in its clause,
// else one that follows, else what the quantity before it was, else any before.
// ok is false when none does.
func choose(s *sentence, qs []quantity, i int, cues []found, before string) (c found, ok bool) {
	q := qs[i]
	z := zoneOf(s, qs, i)
	clause := strings.LastIndex(s.norm[:q.from], " ; ") + 1
	var near, later, far *found
	for k := range cues {
		c := &cues[k]
		if c.classes&q.class == 0 {
			continue
		}
		switch {
		case c.from >= q.to && c.from < z.to:
			if direct(s.norm[q.to:c.from]) {
				return *c, true
			}
			if later == nil && !strings.ContainsAny(s.norm[q.to:c.from], ":;.") {
				later = c
			}
		case c.from < q.from && c.to > q.from: // "put … into" around the quantity
			return *c, true
		case c.from < q.from && c.from >= clause:
			near = stronger(near, c, z)
		case c.from < q.from:
			far = c
		}
	}
	switch {
	case near != nil:
		return *near, true
	case later != nil:
		return *later, true
	case before != "":
		return found{indicator: before, classes: q.class}, true
	case far != nil:
		return *far, true
	}
	return found{}, false
}

// stronger returns the later of two cues, but a verb of delivery or a word for
// freight yields to a plainer word in the same zone.
func stronger(a, b *found, z zone) *found {
	if a == nil {
		return b
	}
	weak := b.indicator == "goods" || b.indicator == "freight-volume" && a.indicator == "transit-volume"
	if weak && a.from >= z.from && a.indicator != "" && a.indicator != "goods" {
		return a
	}
	return b
}

// linking holds the words that may stand between a quantity and a cue that
// belongs to it.
var linking = compiled(`^ ?(?:[.] )?(?:(?:of|in|worth|as|for|w[eo]nt|was|were|has|have|been|is|в|во|из|на|составил\S*|direct|mutual|the|total|russian|azerbaijani|прям\S+|взаимн\S+|российск\S+|азербайджанск\S+|birbasa|qarsiliqli|hecminde|meblegde|mebleginde|deyerinde|umumi) ){0,4}$`)

// direct reports whether only linking words, or up to two nouns as in "min ton
// taxıl ixrac", stand between a quantity and a cue.
func direct(between string) bool {
	between = strings.TrimPrefix(between, " ")
	if linking().MatchString(between) {
		return true
	}
	return azNouns().MatchString(between)
}

// azNouns lets an Azerbaijani or Russian noun stand between number and verb.
var azNouns = compiled(`^(?:[a-z]*(?:yuk|taxil|bugda|pomidor|meyve|terevez|mehsul|neft|mal)[a-z]* ){1,2}$`)

// periodFor returns the expression of time that quantity i is tied to, nil when
// there is none. cueAt is where the governing cue stands. A stock (investment,
// companies, students …) takes only a time that stands with it; a flow (trade,
// freight …) also one said earlier in the sentence.
func periodFor(rd *reading, i, cueAt int, times []when, indicator string) *when {
	stock := stocks[indicator]
	s, q := rd.s, rd.qs[i]
	near, prior, next := timesAround(rd, i, times, indicator)
	switch {
	case next != nil && close(s.norm[q.to:next.from]):
		return next
	case near != nil && (!stock || cueAt < 0 || near.from > cueAt || !clauseBetween(s.norm[near.to:cueAt])):
		return near
	case next != nil:
		return next
	case prior != nil && !stock:
		return prior
	}
	return nil
}

// timesAround returns the expressions of time that quantity i may take: the last before
// it in its zone, the last before that zone, and the first after it in the zone that no
// other indicator claims.
func timesAround(rd *reading, i int, times []when, indicator string) (near, prior, next *when) {
	q, z := rd.qs[i], zoneOf(rd.s, rd.qs, i)
	for k := range times {
		w := &times[k]
		if w.kind == spanDuration || stocks[indicator] && w.due {
			continue
		}
		switch {
		case w.from >= q.to && w.from < z.to:
			if next == nil && !cueBetween(rd.cues, q.to, w.from, indicator) {
				next = w
			}
		case w.from < q.from && w.from >= z.from:
			near = w
		case w.from < q.from:
			prior = w
		}
	}
	return near, prior, next
}

// cueBetween reports whether another indicator is named between two places: what
// follows it belongs to that one.
func cueBetween(cues []found, from, to int, indicator string) bool {
	for _, c := range cues {
		if c.from >= from && c.to <= to && c.indicator != "" && c.indicator != indicator && c.indicator != "goods" && c.classes&(money|mass|volume) != 0 {
			return true
		}
	}
	return false
}

// close reports whether so little stands between a quantity and a time that the
// time is the quantity's own.
func close(between string) bool {
	return strings.Count(between, " ") <= 4 && !strings.ContainsAny(between, ",:;(")
}

// clauseBetween reports whether another clause begins between a time and a cue.
func clauseBetween(between string) bool {
	return strings.Contains(between, " , ") || strings.Contains(between, ";")
}
