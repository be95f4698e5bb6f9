package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/pattern"
)

// What is the period of a figure depends on what kind of thing is counted:
//
//   - A flow (trade, freight, transit, gas, tourists) has the time said of it: in its clause, or
//     once for the sentence, the headline, or the sentence behind the dateline. What it is
//     compared with has its own, "a year earlier" that of the flow a year back. The next
//     sentence goes on with it. A flow that no words date has none, but in a review of the year.
//   - A stock (companies, schools, regions with ties, invested capital, students) has none, not
//     that of the report either, unless a time stands with it: "now" and "this year" are the
//     year, "since 1995" runs to the report.
//   - An act (papers signed, aid sent, a train, a first batch, regions at a forum, people harmed
//     or held, a fine) is of the day named, else of the month of the report, if that tells it as
//     news. All that were ever signed or given have none.
//   - A contract is "annual" when it says so, of the months that it runs, else of none; a ceiling
//     of so much a year has none.
//   - "This year" is the year to date, but the whole year for what is to come; a forecast is of
//     the year or month that it names, a month without a year being the next one.

// stocks are indicators whose value is a state and not a flow: a year said of
// something else in the sentence is not theirs.
var stocks = map[string]bool{
	"investment": true, "students": true, "schools": true, "companies": true, "regions": true, "flights": true, "gas-volume": false,
}

// happenings are indicators of what takes place on a day: a day is their month.
var happenings = map[string]bool{"agreements": true, "aid": true, "fines": true, "casualties": true, "arrests": true, "transit-volume": false}

// period returns the period of quantity i of sentence n.
func (r *reader) period(n, i int, c found, borrowed bool) string {
	rd := &r.sentences[n]
	q := rd.qs[i]
	happening := happenings[c.indicator] || q.class == pieces || q.class == mass && q.base() <= mostConsigned || r.atForum(n, c.indicator)
	times := r.usable(rd.s, rd.times, c.indicator, happening)
	if c.unit == "arrested" {
		times = slices.DeleteFunc(slices.Clone(times), func(w when) bool { return w.kind == spanFirst && !within().MatchString(rd.s.norm[:w.to]) })
	}
	w := periodFor(rd, i, c.from, times, c.indicator)
	if b := bracketed(rd, i); b != nil {
		w = b
	}
	switch {
	case q.earlier && c.indicator == "flights":
		return "" // a timetable that is no more
	case q.earlier && i+1 < len(rd.qs) && (w == nil || w.from < q.from || !close(rd.s.norm[q.to:max(q.to, w.from)])):
		return shiftYear(r.period(n, i+1, c, borrowed), -1)
	case r.isBase(rd, i, w):
		return r.yearsOn(n, i, c, -1)
	}
	if w == nil && countsRate(c.unit) {
		w = rd.since()
	}
	if w == nil && countsRate(c.unit) && r.sentences[0].s.field == news.FieldTitle {
		w = r.sentences[0].since()
	}
	if w == nil && !stocks[c.indicator] {
		w = r.periodElsewhere(n, q, c.indicator, happening, borrowed)
	}
	if w == nil && c.indicator == "investment" {
		w = parallel(rd)
	}
	if w == nil {
		return r.unsaid(n, i, c.indicator)
	}
	return r.spelledOut(n, i, c, *w, happening)
}

// spelledOut is the period that an expression of time is for quantity i of sentence n.
func (r *reader) spelledOut(n, i int, c found, w when, happening bool) string {
	rd := &r.sentences[n]
	stock := stocks[c.indicator]
	switch w.kind {
	case spanAgo, spanYearsAgo, spanLater:
		return r.fromBase(n, i, c, w)
	case spanThatYear:
		return r.thatYear(n, w.from)
	case spanSince:
		if p, ok := r.begun(rd.qs[i], c, w); ok {
			return p
		}
	case spanToday:
		if stock && !r.pub.IsZero() {
			return strconv.Itoa(r.pub.Year())
		}
	case spanAsOf:
		if !stock && w.month > 1 {
			return r.upTo(w)
		}
	case spanYears:
		if !stock && r.g.direction(rd.s.norm[:rd.qs[i].from]) != "" {
			return strconv.Itoa(w.year2) // "from 2021 to 2023 turnover grew to reach …"
		}
	case spanYear:
		if w.year == 0 && w.rel == 0 {
			return r.thisYear(rd, c.indicator, w)
		}
	case spanMonth:
		if w.due && !stock {
			return r.untilMonth(n, &w)
		}
		if w.year == 0 && !w.hasRel && r.toCome(n, i) {
			return r.nextMonth(w.month)
		}
	}
	p := w.period(r.pub, happening)
	if rd.yearBefore(&w) {
		p = shiftYear(p, -1)
	}
	if p == "annual" && rd.qs[i].approx == "up-to" && c.indicator == "gas-volume" {
		return "" // a ceiling is no yearly value
	}
	return p
}

// fromBase is the period of a time that is so far from another: that of the figure before, or
// for "three years ago" without one, the report.
func (r *reader) fromBase(n, i int, c found, w when) string {
	switch {
	case w.kind == spanLater:
		return r.yearsOn(n, i, c, 1)
	case w.kind == spanYearsAgo:
		if base := r.yearsOn(n, i, c, -w.n); base != "" {
			return base
		}
		return w.period(r.pub, false)
	case w.year != 0: // "the same months of 2021"
		base := r.yearsOn(n, i, c, 0)
		return shiftYear(base, w.year-lastYearOf(base))
	}
	return r.yearsOn(n, i, c, -1)
}

// begun is the period of what began at a time and is not counted over the time since: a
// timetable, a custody, all papers that there are.
func (r *reader) begun(q quantity, c found, w when) (string, bool) {
	switch c.indicator {
	case "agreements":
		return "", w.month == 0 || q.base() >= leastInForce
	case "arrests", "fines":
		if w.month == 0 || w.year == 0 && r.pub.IsZero() {
			return "", false
		}
		return monthString(r.lastly(w), w.month), true
	}
	if countsRate(c.unit) {
		return r.asOf(w), true
	}
	return "", false
}

// lastly is the year of w's month: the last such month before the report, if none is said.
func (r *reader) lastly(w when) int {
	return lately(cmp.Or(w.year, r.pub.Year()+w.rel), w.month, w.year != 0 || w.hasRel, r.pub)
}

// upTo is the year up to the day that a count of what flows is made on.
func (r *reader) upTo(w when) string {
	switch {
	case w.year == 0 && r.pub.IsZero():
		return ""
	case w.day == 1:
		return monthsString(r.lastly(w), 1, w.month-1)
	}
	return fmt.Sprintf("%d YTD", r.lastly(w))
}

// toCome reports whether what is said of quantity i is yet to be.
func (r *reader) toCome(n, i int) bool {
	rd := &r.sentences[n]
	z := zoneOf(rd.s, rd.qs, i)
	return !r.pub.IsZero() && r.g.future.MatchString(rd.s.norm[z.from:z.to])
}

// nextMonth is the next month of a number, which that of the report may be.
func (r *reader) nextMonth(month int) string {
	year := r.pub.Year()
	if month < int(r.pub.Month()) {
		year++
	}
	return monthString(year, month)
}

// yearBefore reports whether "a year earlier" stands right before a time without a year, or
// behind it: "a year earlier, in January–May".
func (rd *reading) yearBefore(w *when) bool {
	if w.year != 0 || w.hasRel || !w.total() {
		return false
	}
	for k := range rd.times {
		o := &rd.times[k]
		if o.kind == spanAgo && (o.to <= w.from && strings.Trim(rd.s.norm[o.to:w.from], " ,") == "" || w.to <= o.from && strings.TrimSpace(rd.s.norm[w.to:o.from]) == "") {
			return true
		}
	}
	return false
}

// thatYear is the last year named before a place in sentence n.
func (r *reader) thatYear(n, at int) string {
	for k := n; k >= max(0, n-1); k-- {
		rd := &r.sentences[k]
		for m := len(rd.times) - 1; m >= 0; m-- {
			w := &rd.times[m]
			if years := yearIn().FindAllString(rd.s.norm[w.from:w.to], -1); len(years) > 0 && (k < n || w.from < at) {
				return years[len(years)-1]
			}
		}
	}
	return ""
}

// thisYear is the period of "this year", or of "the end of the year".
func (r *reader) thisYear(rd *reading, indicator string, w when) string {
	future := rd.s.says(r.g.future)
	switch {
	case r.pub.IsZero():
		return ""
	case w.due && r.pub.Month() == time.January && r.g.review.MatchString(rd.s.norm[w.from:w.to]+" "):
		return strconv.Itoa(r.pub.Year() - 1) // "the year's total may be …", told before it is counted
	case indicator == "students", future:
		w.due = true // of all the year, not of what has passed of it
	case w.due && r.pub.Month() <= lastReview:
		return strconv.Itoa(r.pub.Year() - 1) // "… by the end of the year", told in January
	}
	return w.period(r.pub, false)
}

// parallel returns the time that a sentence opens with and that all its sums share.
func parallel(rd *reading) *when {
	for k := range rd.times {
		w := &rd.times[k]
		if w.total() && !w.base && w.from < rd.qs[0].from && w.from <= len("in the course of") && !rd.s.says(heaped()) {
			return w
		}
	}
	return nil
}

// heaped holds the words of sums that grew over the years.
var heaped = pattern.Lazy(`(?:^|[ ])(?:total\S*|accumulated|cumulative|накоплен\S*|всего|общ\S+|umumi\S*|yigil\S*) `)

// bracketed returns the time that a value in brackets explains: "seven times less than in
// 2013 (1.4 billion)".
func bracketed(rd *reading, i int) *when {
	from := rd.qs[i].from
	if !strings.HasSuffix(strings.TrimSuffix(rd.s.norm[:from], "$ "), " ( ") {
		return nil
	}
	for k := range rd.times {
		if w := &rd.times[k]; w.base && w.to < from && close(rd.s.norm[w.to:strings.LastIndexByte(rd.s.norm[:from], '(')]) {
			return w
		}
	}
	return nil
}

// isBase reports whether quantity i is what another of its sentence is compared with, and
// has no time of its own, which w is when it has: "up from 305,000", "with 280 last year" is
// none.
func (r *reader) isBase(rd *reading, i int, w *when) bool {
	if i == 0 || rd.qs[i-1].class&rd.qs[i].class == 0 || !r.g.pairs.base.MatchString(lastBytes(rd.s.norm[:rd.qs[i].from], 50)) {
		return false
	}
	return w == nil || w.from < rd.qs[i-1].to || claimed(rd, i, w) || w.from > rd.qs[i].to && !close(rd.s.norm[rd.qs[i].to:w.from])
}

// atForum reports whether regions are those that met: their count is one of that month, and
// not of all that have ties.
func (r *reader) atForum(n int, indicator string) bool {
	if indicator != "regions" {
		return false
	}
	rd := &r.sentences[n]
	return rd.s.says(r.g.gathering) || n > 0 && r.sentences[0].s.says(r.g.gathering) && !names(rd.cues, "regions")
}

// untilMonth is the period up to a month, from one that the sentence names beside it or the
// one before it, else, if it is to come, from the report: "a contract of November 2022 … by
// March".
func (r *reader) untilMonth(n int, w *when) string {
	if r.pub.IsZero() && w.year == 0 {
		return ""
	}
	begin := ""
	const soon = 6 // months: "by February", told in March, is over
	ahead := w.month - int(r.pub.Month())
	if !r.pub.IsZero() && (r.sentences[n].s.says(r.g.future) || r.sentences[0].s.says(r.g.future) || ahead > 0 && ahead <= soon || ahead+12 <= soon) {
		begin = monthString(r.pub.Year(), int(r.pub.Month()))
	}
	for k := n; k >= max(0, n-1); k-- {
		for _, from := range r.sentences[k].times {
			if from.month != 0 && !from.due && from.from != w.from && from.kind != spanPubDay && from.kind != spanSeason {
				begin = from.period(r.pub, true)
			}
		}
	}
	if len(begin) != len("2006-01") {
		return ""
	}
	year, _ := strconv.Atoi(begin[:4]) // four digits: monthString made them
	end := monthString(year, w.month)
	switch {
	case w.year != 0:
		end = monthString(w.year, w.month)
	case end < begin:
		end = monthString(year+1, w.month)
	}
	if end <= begin {
		return end
	}
	return begin + "/" + end
}

// usable leaves out the times that cannot be a period of the indicator.
func (r *reader) usable(s *sentence, times []when, indicator string, happening bool) []when {
	if happening {
		return times
	}
	var out []when
	for _, w := range times {
		if w.kind != spanDay && w.kind != spanPubDay && w.kind != spanToday || w.kind == spanToday && stocks[indicator] && !r.said(s, w) {
			out = append(out, w)
		}
	}
	return out
}

// said reports whether "today" is when something was said, and not when it is so.
func (r *reader) said(s *sentence, w when) bool {
	return saying().MatchString(lastBytes(s.norm[:w.from], 30)) || saying().MatchString(upto(s.norm[w.to:], 30))
}

var saying = pattern.Lazy(`(?:^|[ ])(?:said|says|told|announced|reported|noted|recalled|stated|заяви\S+|сообщи\S+|сказал\S*|отмети\S+|рассказал\S*|напомни\S+|bildir\S+|deyib|soyleyib|aciqla\S+|qeyd ed\S+) `)

// within ends with some months in which something was done, and not for which someone is held.
var within = pattern.Lazy(`(?:^|[ ])(?:(?:in|over|during) (?:the )?(?:first )?[0-9]+ (?:full )?months|the first [0-9]+ months|за (?:перв\S+ )?[0-9]+ мес\S*|[0-9]+ ay(?:da|inda)(?: erzinde)?)(?: \S+){0,4}$`)

// since returns the time that a sentence says something goes on from.
func (rd *reading) since() *when {
	for k := range rd.times {
		if rd.times[k].kind == spanSince {
			return &rd.times[k]
		}
	}
	return nil
}

// periodElsewhere takes the period from the title, when it speaks of the same
// indicator, or from the sentence before when the unit came from there or its
// time runs on to now, or else from the sentences beside.
func (r *reader) periodElsewhere(n int, q quantity, indicator string, happening, borrowed bool) *when {
	if r.sentences[n].s.field == news.FieldTitle {
		return r.datedBelow(n, indicator)
	}
	if befalls[indicator] && len(r.sentences[n].times) > 0 {
		return nil // it has a time of its own, "in summer"
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
		if w := rd.onlyTotal(); w != nil && (speaksOf(rd, indicator) || rd.bare() || rd.counts(q.class)) {
			return w
		}
	}
	if befalls[indicator] {
		return nil
	}
	return r.periodBeside(n, indicator, happening)
}

// periodBeside takes the period from the sentence before when that gives no number, or for the
// first figure from the next one, when that gives the whole.
func (r *reader) periodBeside(n int, indicator string, happening bool) *when {
	if prev := n - 1; prev >= 0 && r.sentences[prev].s.field == news.FieldText && r.sentences[prev].bare() {
		return r.sentences[prev].onlyTotal()
	}
	if next := n + 1; next < len(r.sentences) && len(r.out) == 0 && !happening && r.sentences[next].s.says(wholes()) {
		return r.sentences[next].opening(indicator)
	}
	return nil
}

// wholes is how a sentence begins that gives the whole of which the one before it gave a part.
var wholes = pattern.Lazy(`^(?:in (?:all|total)|all in all|overall|altogether|the total|всего|в целом|общ\S+|umumi\S*|umumilikde|butovlukde|cemi) `)

// counts reports whether a sentence has a quantity of a class, or of people where that is
// one of people.
func (rd *reading) counts(c class) bool {
	const people = persons | guests | trips
	if c&people != 0 {
		c |= people
	}
	for k := range rd.qs {
		if rd.qs[k].class&c != 0 {
			return true
		}
	}
	return false
}

// bare reports whether a sentence states no quantity of its own: its time can be that of
// its neighbours.
func (rd *reading) bare() bool {
	for k := range rd.qs {
		if rd.qs[k].class&^other != 0 || rd.qs[k].scale.factor >= 1e6 {
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

// datedBelow returns the time of a title that has none: that of the sentences of the text
// before any that says something in numbers, if it is the first or speaks of the same.
func (r *reader) datedBelow(n int, indicator string) *when {
	if len(r.sentences[n].times) > 0 {
		return nil
	}
	told := false
	for i := n + 1; i < len(r.sentences); i++ {
		rd := &r.sentences[i]
		if rd.s.field == news.FieldTitle {
			continue
		}
		if !rd.bare() {
			return rd.opening(indicator)
		}
		if w := rd.onlyTotal(); w != nil && (speaksOf(rd, indicator) || !told) {
			return w
		}
		told = told || !rd.dateline()
	}
	return nil
}

// dateline reports whether a sentence is one of those that an agency opens with, and tells
// nothing: "БАКУ, 13 октября." "By Leman Mammadova."
func (rd *reading) dateline() bool {
	const most = 6
	return len(rd.cues) == 0 && strings.Count(rd.s.norm, " ") <= most
}

// opening returns the time that a sentence with numbers opens with, if it speaks of the
// indicator and has no other: it is that of the headline above too.
func (rd *reading) opening(indicator string) *when {
	w := rd.onlyTotal()
	if w == nil || w.kind == spanSince || !speaksOf(rd, indicator) || w.from > rd.firstOfOurs() {
		return nil
	}
	for k := range rd.times {
		if o := &rd.times[k]; o != w && o.total() && !o.base {
			return nil
		}
	}
	return w
}

// firstOfOurs is where the first quantity of a sentence stands that can be a figure.
func (rd *reading) firstOfOurs() int {
	for k := range rd.qs {
		if rd.qs[k].class&^other != 0 {
			return rd.qs[k].from
		}
	}
	return len(rd.s.norm)
}

var untilNow = pattern.Lazy(`(?:^|[ ])(?:all in all|in total|за все время|so far|to date|to this day|until now|bu gunedek|indiyedek|bugunedek|к настоящему времени|на сегодня|до сих пор|всего) `)

// cumulative holds the words of all that was ever sent.
var cumulative = pattern.Lazy(`(?:^|[ ])(?:so far|to date|all in all|in total|already (?:got|received)|за все время|уже получил\S*|indiyedek|bu gunedek|к настоящему времени) `)

func happeningNow(rd reading) bool { return rd.s.says(untilNow()) }

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

// unsaid is the period of a figure that the text dates nowhere: that of the flow in the
// sentence before, the year just over for what a review of it says, and the month of the
// report for what was signed or sent now.
func (r *reader) unsaid(n, i int, indicator string) string {
	rd := &r.sentences[n]
	q := &rd.qs[i]
	if len(r.out) > 0 {
		last := &r.out[len(r.out)-1]
		same := last.Sentence == rd.s.text()
		near := same || n > 0 && last.Sentence == r.sentences[n-1].s.text()
		kin := tradeFlow[last.Indicator] && tradeFlow[indicator] || last.Indicator == indicator && !stocks[indicator] && same
		switch {
		case !kin || !near || last.Field != rd.s.field:
		case same && i > 0 && rd.qs[i-1].earlier:
			return shiftYear(last.Period, 1)
		default:
			return r.latest(last, same)
		}
	}
	if q.part && len(r.out) > 0 && r.out[len(r.out)-1].Sentence == rd.s.text() {
		return r.out[len(r.out)-1].Period
	}
	if r.pub.IsZero() {
		return ""
	}
	switch {
	case r.happensNow(n, i, indicator):
		return monthString(r.pub.Year(), int(r.pub.Month()))
	case !stocks[indicator] && !happenings[indicator] && r.reviews(n):
		return strconv.Itoa(r.pub.AddDate(0, -lastReview, 0).Year())
	}
	return ""
}

// latest is the period that a figure takes over from the one before it: in the next sentence
// not that of what was only compared with.
func (r *reader) latest(last *news.Figure, same bool) string {
	period := last.Period
	for k := len(r.out) - 1; !same && k >= 0 && r.out[k].Sentence == last.Sentence; k-- {
		if p := r.out[k].Period; stretchOf(p).end > stretchOf(period).end {
			period = p
		}
	}
	return period
}

// lastReview is until which month a year is reviewed.
const lastReview = 4

// reviews reports whether the sentence or the title speaks of a year as a whole that is just
// over, or about to be.
func (r *reader) reviews(n int) bool {
	m := int(r.pub.Month())
	if m > lastReview && m < 12 {
		return false
	}
	if m < lastReview && r.sentences[n].compares() && r.sentences[n].s.says(r.g.reached) && !r.sentences[n].s.says(r.g.future) {
		return true
	}
	return r.sentences[n].s.says(r.g.review) || r.sentences[0].s.says(r.g.review)
}

// compares reports whether a sentence sets a value against that of a year before. "Trade
// reached 3.6 billion" alone may be of any time.
func (rd *reading) compares() bool {
	return slices.ContainsFunc(rd.times, func(w when) bool { return w.base || w.kind == spanAgo }) ||
		slices.ContainsFunc(rd.qs, func(q quantity) bool { return q.earlier })
}

// dated reports whether a zone has a time that can be the period of its quantity.
func (rd *reading) dated(z zone) bool {
	for _, w := range rd.times {
		if w.from >= z.from && w.to <= z.to && w.total() && w.kind != spanSeason && !w.base {
			return true
		}
	}
	return false
}

// happensNow reports whether what is counted took place just before the report: papers
// signed, aid sent, a train or a first batch on its way, regions at a forum.
func (r *reader) happensNow(n, i int, indicator string) bool {
	rd := &r.sentences[n]
	q := &rd.qs[i]
	if indicator == "aid" && rd.s.says(cumulative()) {
		return false
	}
	z := zoneOf(rd.s, rd.qs, i)
	if rd.dated(z) && !befalls[indicator] {
		return false
	}
	load := q.class == pieces || q.class == mass && q.base() <= mostConsigned
	switch indicator {
	case "agreements":
		return q.base() < leastInForce && !rd.s.says(r.g.inForce) && (names(rd.cues, "agreements") || r.titled("agreements"))
	case "aid":
		return q.class != doses || !r.g.future.MatchString(rd.s.norm[z.from:z.to]) && !names(rd.cues, "bought") && !r.titled("bought")
	case "transit-volume":
		return (load || q.class == boxes && q.base() <= mostConsigned) && !happeningNow(*rd)
	case "exports", "imports":
		return load && r.g.batch.MatchString(rd.s.norm+r.sentences[0].s.norm)
	case "regions":
		return r.atForum(n, indicator)
	case "fines", "casualties", "arrests":
		return r.justNow(n, indicator)
	}
	return false
}

// leastInForce is the least number of papers that is that of all there are: no visit brings
// as many.
const leastInForce = 40

// tradeFlow holds the indicators that are told together: turnover and its two parts.
var tradeFlow = map[string]bool{"trade-turnover": true, "exports": true, "imports": true}

// yearsOn shifts the period of the figure before quantity i by some years.
func (r *reader) yearsOn(n, i int, c found, by int) string {
	base := ""
	if len(r.out) > 0 && (r.out[len(r.out)-1].Sentence == r.sentences[n].s.text() || r.out[len(r.out)-1].Indicator == c.indicator) {
		base = r.out[len(r.out)-1].Period
	} else if w := r.periodElsewhere(n, r.sentences[n].qs[i], c.indicator, false, false); w != nil {
		base = w.period(r.pub, false)
	}
	return shiftYear(base, by)
}

// lastYearOf is the last year that a period names, 0 when it names none.
func lastYearOf(period string) int {
	years := yearIn().FindAllString(period, -1)
	if len(years) == 0 {
		return 0
	}
	y, _ := strconv.Atoi(years[len(years)-1]) // four digits by the pattern
	return y
}

var yearIn = pattern.Lazy(`(?:19|20)\d\d`)

// shiftYear moves every year in a period.
func shiftYear(period string, by int) string {
	return yearIn().ReplaceAllStringFunc(period, func(y string) string {
		n := 0
		for _, r := range y {
			n = n*10 + int(r-'0')
		}
		n += by
		return string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
	})
}
