package figures

import (
	"strings"

	"samur/internal/news"
	"samur/internal/pattern"
)

// found is a cue in a sentence.
type found struct {
	from, to  int // in norm
	indicator string
	classes   class
	unit      string // when it is not that of the quantity: "killed", "USD/t"
}

// goods reports whether the cue is a verb of delivery or of purchase, which is an
// indicator only by who delivers to whom.
func (c *found) goods() bool { return c.indicator == "goods" || c.indicator == "bought" }

// built reports whether the cue names what is built: a sum is an investment in it only
// when it stands right before, "a $74 million plant".
func (c *found) built() bool { return c.indicator == "built" }

// plain is the cue with an indicator of ours.
func (c *found) plain() found {
	out := *c
	if c.built() {
		out.indicator = "investment"
	}
	return out
}

// findCues returns the cues of s for quantities of some classes, in order. Words under a hide
// rule are no cues.
func (g *grammar) findCues(s *sentence, wanted class) []found {
	var out []found
	hidden := make([]bool, len(s.norm)+1)
	for i := range g.cues {
		c := &g.cues[i]
		if !c.hide && c.classes&wanted == 0 || !c.omens.good(s) {
			continue
		}
		for from := 0; from < len(s.norm); {
			loc := next(c.re, &c.omens.open, s.norm, from)
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
				out = append(out, found{from: a, to: b, indicator: c.indicator, classes: c.classes})
			}
		}
	}
	out = outer(out)
	for i := range out {
		for k := i; k > 0 && out[k].from < out[k-1].from; k-- {
			out[k], out[k-1] = out[k-1], out[k]
		}
	}
	return out
}

// outer drops the cues that lie within a longer one: the deliveries of "mutual
// deliveries".
func outer(cues []found) []found {
	kept := cues[:0:0]
	for i, c := range cues {
		within := false
		for k, o := range cues {
			within = within || k != i && o.from <= c.from && o.to >= c.to && o.to-o.from > c.to-c.from && o.classes&c.classes != 0
		}
		if !within {
			kept = append(kept, c)
		}
	}
	return kept
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

// segment is the part of a zone between the nearest commas, colons, brackets and dashes
// around quantity i.
func segment(s *sentence, z zone, q quantity) zone {
	if k := strings.LastIndexAny(s.norm[z.from:q.from], ",:;()"); k >= 0 {
		z.from += k + 1
	}
	if k := strings.LastIndex(s.norm[z.from:q.from], " . "); k >= 0 {
		z.from += k + 2
	}
	if k := strings.IndexAny(s.norm[q.to:z.to], ",:;()"); k >= 0 {
		z.to = q.to + k
	}
	if k := strings.Index(s.norm[q.to:z.to], " . "); k >= 0 {
		z.to = q.to + k
	}
	return z
}

// choose returns the cue that governs quantity i of s: one that follows it at
// once ("$1.3 billion of imports"), else the nearest before it in its clause,
// else one that follows, in an Azerbaijani sentence even behind the next quantity,
// else what the quantity before it was, else any before. ok is false when none does.
func choose(s *sentence, qs []quantity, i int, cues []found, before string) (c found, ok bool) {
	at := place{s: s, q: &qs[i], zone: zoneOf(s, qs, i)}
	at.clause = strings.LastIndex(s.norm[:at.q.from], " ; ") + 1
	var of candidates
	for k := range cues {
		if cues[k].classes&at.q.class == 0 {
			continue
		}
		if c := of.take(&at, &cues[k]); c != nil {
			return *c, true
		}
	}
	switch c := of.best(&at); {
	case c != nil:
		return *c, true
	case before != "":
		return found{indicator: before, classes: at.q.class}, true
	case of.far != nil:
		return *of.far, true
	}
	return found{}, false
}

// place is where a quantity stands in its sentence.
type place struct {
	s      *sentence
	q      *quantity
	zone   zone
	clause int // where its clause begins
}

// candidates are the cues that a quantity may belong to, by where they stand.
type candidates struct {
	near  *found // before it, in its clause
	later *found // behind it, within reach
	last  *found // behind that
	far   *found // before its clause
}

// take files a cue under where it stands, or returns it when it settles the matter.
func (of *candidates) take(at *place, c *found) *found {
	norm, q := at.s.norm, at.q
	behind := c.from >= q.to
	switch {
	case behind && c.from < at.zone.to:
		if direct(norm[q.to:c.from]) {
			plain := c.plain()
			return &plain
		}
		if !c.built() && of.later == nil && !stops().MatchString(norm[q.to:c.from]) {
			of.later = c
		}
	case c.built():
	case c.from >= at.zone.to && of.last == nil && !breaks().MatchString(norm[q.to:c.from]):
		of.last = c
	case c.from >= at.zone.to && of.last == nil && at.s.lang == news.Az && !stops().MatchString(norm[q.to:c.from]):
		of.last = c // the verb of the whole list
	case c.from < q.from && c.to > q.from: // "put … into" around the quantity
		return c
	case c.from < q.from && c.from >= at.clause:
		of.near = stronger(at.s, of.near, c, at.zone, *q)
	case c.from < q.from:
		of.far = c
	}
	return nil
}

// best returns the cue that a quantity belongs to when none settled it: Azerbaijani puts
// the verb, and what it governs, behind.
func (of *candidates) best(at *place) *found {
	verbLast := at.s.lang == news.Az && of.later != nil && of.near != nil && of.near.from < at.zone.from
	switch {
	case of.near != nil && !verbLast:
		return of.near
	case of.later != nil:
		return of.later
	}
	return of.last
}

// stops and breaks hold the signs that end what a word behind a quantity may govern.
// Decimal points are none of them.
var (
	stops  = pattern.Lazy(`(?:^|[ ])[:;.](?:[ ]|$)`)
	breaks = pattern.Lazy(`(?:^|[ ])[,:;.()](?:[ ]|$)`)
)

// stronger returns the later of two cues, but a verb of delivery or a word for
// freight yields to a plainer word in the same zone.
func stronger(s *sentence, a, b *found, z zone, q quantity) *found {
	if a == nil {
		return b
	}
	if a.indicator == "fines" && a.from >= z.from {
		return a // "fined the importer 1.2 million"
	}
	weak := b.goods() || b.indicator == "freight-volume" && a.indicator == "transit-volume"
	if weak && b.to < q.from && accounts().MatchString(s.norm[b.to:q.from]) {
		return b
	}
	if weak && a.from >= z.from && a.indicator != "" && !a.goods() && (a.to >= b.from || !strings.Contains(s.norm[a.to:b.from], " , ")) {
		return a
	}
	return b
}

// accounts is what stands between a part and its number.
var accounts = pattern.Lazy(`^ ?(?:accounted for|account for|made up|comprised|пришл\S+|приход\S+|составил\S*) (?:\S+ )?$`)

// linking holds the words that may stand between a quantity and a cue that
// belongs to it.
var linking = pattern.Lazy(`^ ?(?:[.] )?(?:(?:of|in|worth|as|for|w[eo]nt|was|were|has|have|been|is|accounted|by|fell|to|пришл\S+|приход\S+|в|во|из|на|составил\S*|direct|mutual|the|total|russian|azerbaijani|прям\S+|взаимн\S+|российск\S+|азербайджанск\S+|birbasa|qarsiliqli|hecminde|meblegde|mebleginde|deyerinde|umumi) ){0,4}$`)

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
var azNouns = pattern.Lazy(`^(?:[a-z]*(?:yuk|taxil|bugda|pomidor|meyve|terevez|mehsul|neft|mal)[a-z]* ){1,2}$`)

// periodFor returns the expression of time that quantity i is tied to, nil when
// there is none. cueAt is where the governing cue stands. A stock (investment,
// companies, students …) takes only a time that stands with it; a flow (trade,
// freight …) also one said earlier in the sentence.
func periodFor(rd *reading, i, cueAt int, times []when, indicator string) *when {
	stock := stocks[indicator]
	s, q := rd.s, rd.qs[i]
	near, prior, next := timesAround(rd, i, times, indicator)
	switch {
	case near != nil && next != nil && strings.TrimSpace(s.norm[near.to:q.from]) == "" && rd.anotherBehind(i, next):
		return near // "2022-ci ildəki 3,7 milyard dollardan 2023-cü ildə 4,4 milyarda"
	case next != nil && close(s.norm[q.to:next.from]):
		return next
	case near != nil && (!stock || cueAt < 0 || near.from > cueAt || !clauseBetween(s.norm[near.to:cueAt])):
		return near
	case next != nil && !stock:
		return next
	case prior != nil && !stock:
		return prior
	case !stock:
		return onlyTime(rd, i, times)
	}
	return nil
}

// onlyTime returns the one time of a sentence that can be all its figures': "rose to 9,300
// tons, worth $10 million, in January–April".
func onlyTime(rd *reading, i int, times []when) *when {
	var only *when
	for k := range times {
		if w := &times[k]; w.total() && !w.base {
			if only != nil {
				return nil
			}
			only = w
		}
	}
	for k := i + 1; only != nil && k < len(rd.qs) && rd.qs[k].from < only.from; k++ {
		if rd.qs[k].class&rd.qs[i].class != 0 {
			return nil // the time of a part, or of another year's value
		}
	}
	return only
}

// timesAround returns the expressions of time that quantity i may take: the last before
// it in its zone, the last before that zone, and the first after it in the zone that no
// other indicator claims.
func timesAround(rd *reading, i int, times []when, indicator string) (near, prior, next *when) {
	q, z := rd.qs[i], zoneOf(rd.s, rd.qs, i)
	for k := range times {
		w := &times[k]
		if w.base || !w.dates(indicator) {
			continue
		}
		switch {
		case w.from >= q.to && w.from < z.to:
			if next == nil && !cueBetween(rd.cues, q.to, w.from, indicator) && !rd.opensNext(i, w) {
				next = w
			}
		case w.from < q.from && w.from >= z.from && !claimed(rd, i, w):
			near = w
		case w.from < q.from && w.kind != spanAgo && w.kind != spanYearsAgo && w.kind != spanLater: // these are of one value only
			prior = w
		}
	}
	return near, prior, next
}

// anotherBehind reports whether a quantity of the class of i stands behind a time.
func (rd *reading) anotherBehind(i int, w *when) bool {
	for k := i + 1; k < len(rd.qs); k++ {
		if rd.qs[k].class == rd.qs[i].class && rd.qs[k].from > w.to {
			return true
		}
	}
	return false
}

// opensNext reports whether a time behind quantity i opens the clause of the next one of its
// class: "120,000 tons this autumn, last year it was 136,000".
func (rd *reading) opensNext(i int, w *when) bool {
	if !strings.Contains(rd.s.norm[rd.qs[i].to:w.from], " , ") {
		return false
	}
	for k := i + 1; k < len(rd.qs); k++ {
		if rd.qs[k].class == rd.qs[i].class {
			return rd.qs[k].from > w.from
		}
	}
	return false
}

// dates reports whether a time can be the period of an indicator.
func (w *when) dates(indicator string) bool {
	stock := stocks[indicator]
	switch w.kind {
	case spanDuration:
		return false
	case spanNow:
		return stock
	case spanAnnual:
		return !stock || indicator == "students"
	case spanPastYear, spanPastQuarter:
		return !stock
	}
	return !stock || !w.due || !w.ahead && w.month != 0
}

// claimed reports whether a time before quantity i stands right behind the quantity before
// it, and so is that one's own: "$2.8 billion in 2014 shrank to $1.5 billion by 2016".
func claimed(rd *reading, i int, w *when) bool {
	if w.to > rd.qs[i].from {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		if c := rd.qs[k].class; c != 0 && c != other {
			return w.from >= rd.qs[k].to && close(rd.s.norm[rd.qs[k].to:w.from]) && rd.s.norm[w.to:rd.qs[i].from] != " "
		}
	}
	return false
}

// cueBetween reports whether another indicator is named between two places: what
// follows it belongs to that one.
func cueBetween(cues []found, from, to int, indicator string) bool {
	for _, c := range cues {
		if c.from >= from && c.to <= to && c.indicator != "" && c.indicator != indicator && !c.goods() && c.classes&(money|mass|volume) != 0 {
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
