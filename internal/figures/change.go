package figures

import (
	"regexp"
	"strconv"
	"strings"

	"samur/internal/news"
)

// stocks are indicators whose value is a state and not a flow: a year said of
// something else in the sentence is not theirs.
var stocks = map[string]bool{
	"investment": true, "students": true, "schools": true, "companies": true, "regions": true, "gas-volume": false,
}

// happenings are indicators of what takes place on a day: a day is their month.
var happenings = map[string]bool{"agreements": true, "aid": true, "transit-volume": false}

// period returns the period of quantity i of sentence n.
func (r *reader) period(n, i int, c found, borrowed bool) string {
	rd := &r.sentences[n]
	q := rd.qs[i]
	happening := happenings[c.indicator] || q.class == mass && q.base() <= mostConsigned
	w := periodFor(rd, i, c.from, r.usable(rd.times, happening), c.indicator)
	if w == nil && !stocks[c.indicator] {
		w = r.periodElsewhere(n, c.indicator, happening, borrowed)
	}
	if w == nil {
		return r.unsaid(n, q, c.indicator)
	}
	switch w.kind {
	case spanAgo:
		return r.yearsOn(n, i, c, -1)
	case spanLater:
		return r.yearsOn(n, i, c, 1)
	}
	if w.due && w.kind == spanMonth {
		return r.untilMonth(rd, w)
	}
	if w.kind == spanYears && !stocks[c.indicator] && r.g.direction(rd.s.norm[:q.from]) != "" {
		return strconv.Itoa(w.year2) // "from 2021 to 2023 turnover grew to reach …"
	}
	if w.kind == spanYear && w.year == 0 && w.rel == 0 && r.g.future.MatchString(rd.s.norm) {
		w.due = true // of all the year, not of what has passed of it
	}
	p := w.period(r.pub, happening)
	if p == "annual" && q.approx == "up-to" {
		return "" // a ceiling is no yearly value
	}
	return p
}

// untilMonth is the period up to a month without a year, which only a month said
// before it in the sentence can begin: "a contract of November 2022 … by March".
func (r *reader) untilMonth(rd *reading, w *when) string {
	for k := range rd.times {
		from := &rd.times[k]
		if from.kind != spanMonth || from.due || from.from > w.from || from.year == 0 {
			continue
		}
		year := from.year
		if w.month <= from.month {
			year++
		}
		return monthString(from.year, from.month) + "/" + monthString(year, w.month)
	}
	return ""
}

// usable leaves out the times that cannot be a period of the indicator.
func (r *reader) usable(times []when, happening bool) []when {
	if happening {
		return times
	}
	var out []when
	for _, w := range times {
		if w.kind != spanDay && w.kind != spanPubDay {
			out = append(out, w)
		}
	}
	return out
}

// periodElsewhere takes the period from the title, when it speaks of the same
// indicator, or from the sentence before when the unit came from there or its
// time runs on to now.
func (r *reader) periodElsewhere(n int, indicator string, happening, borrowed bool) *when {
	if r.sentences[n].s.field == news.FieldTitle {
		return r.datedBelow(n)
	}
	if prev := n - 1; prev > 0 {
		for k := len(r.sentences[prev].times) - 1; k >= 0; k-- {
			w := &r.sentences[prev].times[k]
			if w.kind == spanSince && happeningNow(r.sentences[n]) || borrowed && w.kind == spanAnnual || happening && w.kind == spanDay {
				return w
			}
		}
	}
	for t := range r.sentences {
		rd := &r.sentences[t]
		if rd.s.field != news.FieldTitle {
			break
		}
		if w := rd.onlyTotal(); w != nil && (speaksOf(rd, indicator) || rd.bare()) {
			return w
		}
	}
	if prev := n - 1; prev >= 0 && r.sentences[prev].s.field == news.FieldText && r.sentences[prev].bare() {
		return r.sentences[prev].onlyTotal()
	}
	return nil
}

// bare reports whether a sentence states no quantity of its own: its time can be that of
// its neighbours.
func (rd *reading) bare() bool {
	for k := range rd.qs {
		if rd.qs[k].class&^other != 0 {
			return false
		}
	}
	return true
}

// onlyTotal returns the one time of a sentence that can be that of all it tells.
func (rd *reading) onlyTotal() *when {
	var only *when
	for k := range rd.times {
		if w := &rd.times[k]; w.total() && !w.base {
			if only != nil {
				return only
			}
			only = w
		}
	}
	return only
}

// datedBelow returns the time of a title that has none: that of the first sentence of
// the text, when it says nothing in numbers itself.
func (r *reader) datedBelow(n int) *when {
	if len(r.sentences[n].times) > 0 {
		return nil
	}
	for i := n + 1; i < len(r.sentences); i++ {
		rd := &r.sentences[i]
		if rd.s.field == news.FieldTitle {
			continue
		}
		if !rd.bare() {
			return nil
		}
		return rd.onlyTotal()
	}
	return nil
}

var untilNow = regexp.MustCompile(`(?:^|[ ])(?:so far|to date|to this day|until now|bu gunedek|indiyedek|bugunedek|к настоящему времени|на сегодня|до сих пор|всего) `)

func happeningNow(rd reading) bool { return untilNow.MatchString(rd.s.norm) }

// speaksOf reports whether a sentence has a cue of the indicator, or one of
// deliveries, which can stand for it.
func speaksOf(rd *reading, indicator string) bool {
	for _, c := range rd.cues {
		switch {
		case c.indicator == indicator:
			return true
		case (indicator == "exports" || indicator == "imports") && (c.goods() || tradeFlow[c.indicator]):
			return true
		}
	}
	return false
}

// mostConsigned is the largest load, in tonnes, that is taken for one train or ship.
const mostConsigned = 10_000

// unsaid is the period of a figure that the text dates nowhere: that of the trade figure
// in the sentence before, and for a train that is on its way, or aid that came, the month of the
// report.
func (r *reader) unsaid(n int, q quantity, indicator string) string {
	rd := &r.sentences[n]
	if tradeFlow[indicator] && len(r.out) > 0 {
		last := &r.out[len(r.out)-1]
		same := last.Sentence == rd.s.text()
		if tradeFlow[last.Indicator] && last.Field == rd.s.field && (same || n > 0 && last.Sentence == r.sentences[n-1].s.text()) {
			return last.Period
		}
	}
	load := indicator == "transit-volume" && q.class == mass && q.base() <= mostConsigned
	came := indicator == "aid" && r.g.arrived.MatchString(rd.s.norm)
	if (load || came) && len(rd.times) == 0 && !r.pub.IsZero() {
		return monthString(r.pub.Year(), int(r.pub.Month()))
	}
	return ""
}

// tradeFlow holds the indicators that are told together: turnover and its two parts.
var tradeFlow = map[string]bool{"trade-turnover": true, "exports": true, "imports": true}

// yearsOn shifts the period of the figure before quantity i by some years.
func (r *reader) yearsOn(n, i int, c found, by int) string {
	base := ""
	if len(r.out) > 0 && r.out[len(r.out)-1].Sentence == r.sentences[n].s.text() {
		base = r.out[len(r.out)-1].Period
	} else if w := r.periodElsewhere(n, c.indicator, false, false); w != nil {
		base = w.period(r.pub, false)
	}
	return shiftYear(base, by)
}

var yearIn = regexp.MustCompile(`(?:19|20)\d\d`)

// shiftYear moves every year in a period.
func shiftYear(period string, by int) string {
	return yearIn.ReplaceAllStringFunc(period, func(y string) string {
		n := 0
		for _, r := range y {
			n = n*10 + int(r-'0')
		}
		n += by
		return string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
	})
}

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

// counter returns who counted, as the sentence words it: "по данным ФТС",
// "Moscow counts". "" when it does not say.
func (g *grammar) counter(s *sentence, q *quantity) string {
	for _, re := range g.counted {
		for _, loc := range re.FindAllStringSubmatchIndex(s.norm, -1) {
			first, last := s.tokenAt(loc[4]), s.tokenAt(loc[5]-1) // group 2; 1 is the whole
			if last >= len(s.toks) || !s.toks[first].capital {
				continue
			}
			return s.raw[s.toks[first].start:s.toks[last].end]
		}
	}
	return ""
}
