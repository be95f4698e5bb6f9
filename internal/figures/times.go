package figures

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/pattern"
)

// span is what kind of time an expression names.
type span byte

const (
	spanYear        span = iota
	spanYears            // 2024–2026
	spanMonth            // May 2024
	spanMonths           // January–May
	spanDay              // 2 May: the month, and only for what happens on a day
	spanHalf             // first half
	spanQuarter          // first quarter
	spanFirst            // nine months
	spanYTD              // since the start of the year
	spanSince            // since November
	spanNow              // currently
	spanAgo              // a year earlier
	spanLater            // a year later
	spanPubDay           // on Sunday: the day of the report, or one just before
	spanAnnual           // a year, as a rate
	spanDuration         // for five years: no period, but no number either
	spanLastMonth        // last month
	spanSeason           // this season: a time, but no period of the calendar
	spanThatYear         // that year: the one named last
	spanBetween          // from November 2022 to March 2023
	spanYearsAgo         // three years ago
	spanThisMonth        // this month
	spanPastQuarter      // in the quarter: the last that is over
	spanPastYear         // over a year, told when one is just over
	spanDays             // from 1 January to 20 August
	spanEnding           // the six months to June
	spanAsOf             // as of 1 July: of what there is, else from January up to it
	spanToday            // today: a day, and "now" of what there is
)

// timeRule recognises expressions of time. Named groups: y and y2 years in digits, ref a
// word like "last" before "year", m and m2 months, d and d2 days, n a number, o an ordinal.
type timeRule struct {
	re    *regexp.Regexp
	omens omens
	kind  span
	due   bool // a date by which something is to be
	month bool // nothing that it matches is without a month
}

// when is an expression of time found in a sentence.
type when struct {
	from, to int // in norm
	kind     span
	due      bool
	ahead    bool // its sentence speaks of what is to come
	base     bool // what something is compared with: "9% more than in 2023"
	year     int  // 0 when not said
	rel      int  // years to add to the year of publication when year is 0 and rel is set
	hasRel   bool
	month    int
	month2   int
	n        int
	day      int // of a spanDay; the first of spanDays
	day2     int
	year2    int
}

// timeRules compiles rules for a language: M stands for a month and Y for a year,
// see the Y of each language.
func timeRules(months []string, year string, rules ...timePattern) []timeRule {
	var alts []string
	for _, stems := range months {
		for stem := range strings.SplitSeq(stems, "|") {
			if exact, ok := strings.CutSuffix(stem, "!"); ok {
				alts = append(alts, exact)
			} else {
				alts = append(alts, stem+`[^ ]*`)
			}
		}
	}
	m := `(?:` + strings.Join(alts, "|") + `)`
	var out []timeRule
	for _, r := range rules {
		p := strings.ReplaceAll(r.p, "M2", `(?P<m2>`+m+`)`)
		p = strings.ReplaceAll(p, "M", `(?P<m>`+m+`)`)
		p = strings.ReplaceAll(p, "Y", year)
		re := regexp.MustCompile(atToken + `(?P<all>` + p + `) `)
		out = append(out, timeRule{re: re, omens: omensOf(re), kind: r.kind, due: r.due, month: needsMonth(r.p)})
	}
	return out
}

// needsMonth reports whether every alternative of a pattern has a month that is not optional.
func needsMonth(p string) bool {
	for optionalPart().MatchString(p) {
		p = optionalPart().ReplaceAllString(p, "")
	}
	depth, from := 0, 0
	var alternatives []string
	for i, r := range p {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == '|' && depth == 0:
			alternatives = append(alternatives, p[from:i])
			from = i + 1
		}
	}
	for _, a := range append(alternatives, p[from:]) {
		if !strings.Contains(a, "M") {
			return false
		}
	}
	return true
}

// optionalPart is an innermost group that may be missing.
var optionalPart = pattern.Lazy(`\(\?[^()]*\)\?`)

// namesMonth reports whether a sentence has the name of a month.
func (g *grammar) namesMonth(s *sentence) bool {
	for i := range s.toks {
		if t := &s.toks[i]; t.kind == wordToken && monthOf(strings.TrimPrefix(t.norm, "mid-"), g.lang) > 0 {
			return true
		}
	}
	return false
}

type timePattern struct {
	p    string
	kind span
	due  bool
}

// findTimes returns the expressions of time in s in order, none overlapping.
func (g *grammar) findTimes(s *sentence) []when {
	var out []when
	var taken []bool // of the bytes of the norm, when one is
	month := g.namesMonth(s)
	for i := range g.times {
		r := &g.times[i]
		if r.month && !month || !r.omens.good(s) {
			continue
		}
		for from := 0; from < len(s.norm); {
			loc := next(r.re, &r.omens.open, s.norm, from)
			if loc == nil {
				break
			}
			w, ok := g.readTime(s, *r, loc, from)
			if !ok || overlaps(taken, w) {
				from += loc[0] + 1
				continue
			}
			if taken == nil {
				taken = make([]bool, len(s.norm))
			}
			for i := w.from; i < w.to; i++ {
				taken[i] = true
			}
			out = append(out, w)
			from = w.to
		}
	}
	sortTimes(out)
	ahead := len(out) > 0 && g.future.MatchString(s.norm)
	for i := range out {
		w := &out[i]
		w.ahead = ahead
		rate := w.kind == spanAgo && g.rateBefore.MatchString(lastBytes(s.norm[:w.from], 80))
		w.base = rate || g.baseFrom.MatchString(lastToken(s.norm[:w.to]+" ")+s.norm[min(w.to+1, len(s.norm)):]) || g.baseBefore.MatchString(lastBytes(s.norm[:w.from], 40)) || g.baseAfter.MatchString(s.norm[min(w.to+1, len(s.norm)):])
	}
	return out
}

func overlaps(taken []bool, w when) bool {
	return taken != nil && slices.Contains(taken[w.from:w.to], true)
}

func sortTimes(ws []when) {
	for i := range ws {
		for k := i; k > 0 && ws[k].from < ws[k-1].from; k-- {
			ws[k], ws[k-1] = ws[k-1], ws[k]
		}
	}
}

// readTime fills a when from a match of r at loc, which is relative to from.
func (g *grammar) readTime(s *sentence, r timeRule, loc []int, from int) (when, bool) {
	w := when{kind: r.kind, due: r.due}
	for i, name := range r.re.SubexpNames() {
		if name == "" || loc[2*i] < 0 {
			continue
		}
		a, b := from+loc[2*i], from+loc[2*i+1]
		text := s.norm[a:b]
		switch {
		case name == "all":
			w.from, w.to = a, b
		case name == "m" && !g.plainlyMonth(s, a, text), (name == "y" || name == "y2") && !g.plainlyYear(s, a, b):
			return w, false
		case !w.fill(name, text, g.lang):
			return w, false
		}
	}
	if w.kind == spanHalf && w.n == 0 {
		w.n = 1 // "half a year", "полгода"
	}
	return w, w.likely()
}

// fill sets the part of w that a group of a rule's pattern names. It reports false
// for text that cannot be that part.
func (w *when) fill(group, text string, l news.Lang) bool {
	switch group {
	case "y":
		w.year, _ = strconv.Atoi(text) // four digits by the pattern
	case "y2":
		w.year2, _ = strconv.Atoi(text)
		if w.year2 < 100 { // 2023/24
			w.year2 += w.year / 100 * 100
		}
	case "ref":
		w.rel, w.hasRel = relative(text), true
	case "m":
		w.month = monthOf(text, l)
	case "m2":
		w.month2 = monthOf(text, l)
	case "d":
		w.day, _ = strconv.Atoi(text) // one or two digits by the pattern
	case "d2":
		w.day2, _ = strconv.Atoi(text) // likewise
	case "n":
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return false
		}
		w.n = int(v)
	case "o":
		w.n = ordinalOf(text)
	}
	return true
}

// likely refuses "the first 12 months", a plain year, and numbers that only look like
// the year of a report.
func (w *when) likely() bool {
	switch w.kind {
	case spanFirst:
		return w.n >= 2 && w.n <= 11
	case spanYear:
		return w.year == 0 || w.year >= 1980 && w.year <= 2079
	case spanYears:
		return w.year2 > w.year
	case spanYearsAgo:
		return w.n >= 2 && w.n <= 40
	case spanEnding:
		return w.n >= 2 && w.n <= 12
	case spanDays:
		return w.month <= w.month2
	}
	return true
}

// plainlyYear refuses numbers that are written or counted as no year is: "1 984 tonnes",
// "2000 people".
func (g *grammar) plainlyYear(s *sentence, from, to int) bool {
	if t := s.toks[s.tokenAt(from)]; t.end-t.start > 4 && t.kind == numberToken {
		return false
	}
	if to+1 >= len(s.norm) {
		return true
	}
	u, _ := g.unitAt(s.norm[to+1:])
	return u.class == 0 || u.class == other
}

// plainlyMonth refuses the English verbs "may" and "march".
func (g *grammar) plainlyMonth(s *sentence, at int, text string) bool {
	if text != "may" && text != "march" && text != "mar" {
		return true
	}
	t := s.toks[s.tokenAt(at)]
	return t.capital || g.lang != news.En
}

var (
	lastYear  = pattern.Lazy(`^(?:last|previous|past|прошл|прошедш|минувш|предыдущ|предшеств|oten|kecen|evvelki)`)
	nextYear  = pattern.Lazy(`^(?:next|coming|following|следующ|будущ|предстоящ|грядущ|наступающ|gelen|novbeti|qarsidaki)`)
	ordinals  = []string{"first|1st|1-ci|перв|ilk|birinci|i|1", "second|2nd|2-ci|втор|ikinci|ii|2", "third|3rd|3-ci|трет|ucuncu|iii|3", "fourth|last|4th|4-ci|четверт|dorduncu|iv|4"}
	shortOnes = 3
)

// relative returns how many years a word like "last" goes back.
func relative(w string) int {
	switch {
	case strings.HasPrefix(w, "позапрошл"), strings.HasPrefix(w, "year before last"):
		return -2
	case lastYear().MatchString(w):
		return -1
	case nextYear().MatchString(w):
		return 1
	}
	return 0
}

// ordinalOf returns 1 to 4 for an ordinal.
func ordinalOf(w string) int {
	for i, alts := range ordinals {
		for alt := range strings.SplitSeq(alts, "|") {
			if w == alt || len(alt) > shortOnes && strings.HasPrefix(w, alt) {
				return i + 1
			}
		}
	}
	return 0
}

// period returns w as a period by the date of publication, "" when it cannot be
// told. happening says that what is measured takes place on a day.
func (w when) period(pub time.Time, happening bool) string {
	year := w.year
	if year == 0 {
		if pub.IsZero() {
			return ""
		}
		year = pub.Year() + w.rel
	}
	said := w.year != 0 || w.hasRel
	switch w.kind {
	case spanYear, spanNow:
		if w.kind == spanYear && w.year == 0 && w.rel == 0 && !w.due {
			return fmt.Sprintf("%d YTD", year)
		}
		return strconv.Itoa(year)
	case spanYears:
		return fmt.Sprintf("%d/%d", w.year, w.year2)
	case spanMonth:
		return monthString(lately(year, w.month, said, pub), w.month)
	case spanDay:
		if !happening {
			return ""
		}
		return monthString(lately(year, w.month, said, pub), w.month)
	case spanPubDay:
		if !happening || pub.IsZero() {
			return ""
		}
		return monthString(pub.Year(), int(pub.Month()))
	case spanMonths:
		return monthsString(lately(year, w.month2, said, pub), w.month, w.month2)
	case spanHalf:
		return monthsString(lately(year, 6*w.n, said, pub), 6*w.n-5, 6*w.n)
	case spanQuarter:
		return monthsString(lately(year, 3*w.n, said, pub), 3*w.n-2, 3*w.n)
	case spanFirst:
		return monthsString(lately(year, w.n, said, pub), 1, w.n)
	case spanBetween:
		return w.between()
	case spanYTD:
		return fmt.Sprintf("%d YTD", year)
	case spanSince:
		return w.since(year, said, pub)
	case spanAnnual:
		return "annual"
	}
	return w.beside(pub, happening)
}

// beside is the period of a time that is named by its distance from the report, or by days.
func (w when) beside(pub time.Time, happening bool) string {
	year := w.year
	said := year != 0 || w.hasRel
	if year == 0 {
		year = pub.Year() + w.rel
	}
	switch w.kind {
	case spanLastMonth:
		return monthBack(pub, 1)
	case spanThisMonth:
		return monthBack(pub, 0)
	case spanToday:
		if !happening {
			return ""
		}
		return monthBack(pub, 0)
	case spanYearsAgo:
		return strconv.Itoa(pub.Year() - w.n)
	case spanPastQuarter:
		past := pub.AddDate(0, -3, 1-pub.Day())
		last := (int(past.Month()) + 2) / 3 * 3
		return monthsString(past.Year(), last-2, last)
	case spanPastYear:
		if pub.Month() > lastReview+2 {
			return ""
		}
		return strconv.Itoa(pub.Year() - 1)
	case spanDays:
		year = lately(year, w.month2, said, pub)
		if w.month == 1 && w.day == 1 && w.day2 < leastMonthEnd {
			return fmt.Sprintf("%d YTD", year)
		}
		return monthsString(year, w.month, w.month2)
	case spanAsOf:
		return monthString(lately(year, w.month, said, pub), w.month)
	case spanEnding:
		return w.ending(lately(year, w.month, said, pub))
	}
	return ""
}

// leastMonthEnd is the first day that may be the last of a month.
const leastMonthEnd = 28

// ending is the period of some months that end with one.
func (w when) ending(year int) string {
	from := w.month - w.n + 1
	if from >= 1 {
		return monthsString(year, from, w.month)
	}
	return monthString(year-1, from+12) + "/" + monthString(year, w.month)
}

// between is the period from a month to one of a year that is said.
func (w when) between() string {
	from := w.year
	if from == 0 {
		from = w.year2
		if w.month > w.month2 {
			from--
		}
	}
	if from == w.year2 {
		return monthsString(from, w.month, w.month2)
	}
	return monthString(from, w.month) + "/" + monthString(w.year2, w.month2)
}

// monthBack is the month that is some before that of pub.
func monthBack(pub time.Time, by int) string {
	m := time.Date(pub.Year(), pub.Month()-time.Month(by), 1, 0, 0, 0, 0, time.UTC)
	return monthString(m.Year(), int(m.Month()))
}

// total reports whether w can be the time of all that a report tells.
func (w when) total() bool {
	switch w.kind {
	case spanDay, spanPubDay, spanToday, spanDuration, spanNow, spanAgo, spanYearsAgo, spanLater, spanAnnual:
		return false
	}
	return !w.due
}

// since is the period from w's month, or year, up to publication.
func (w when) since(year int, said bool, pub time.Time) string {
	if w.month == 0 {
		if !pub.IsZero() && year == pub.Year() {
			return fmt.Sprintf("%d YTD", year)
		}
		if pub.IsZero() || year > pub.Year() {
			return strconv.Itoa(year)
		}
		return fmt.Sprintf("%d/%d", year, pub.Year())
	}
	year = lately(year, w.month, said, pub)
	if pub.IsZero() {
		return ""
	}
	from, to := monthString(year, w.month), monthString(pub.Year(), int(pub.Month()))
	switch {
	case w.month == 1 && year == pub.Year():
		return fmt.Sprintf("%d YTD", year)
	case from >= to:
		return from
	}
	return from + "/" + to
}

// lately moves a month without a year back to its last occurrence before pub.
func lately(year, month int, said bool, pub time.Time) int {
	if !said && month > int(pub.Month()) {
		return year - 1
	}
	return year
}

func monthString(year, month int) string { return fmt.Sprintf("%04d-%02d", year, month) }

// monthsString writes the months from one to the other: as NM when they begin a
// year, as the year when they fill it.
func monthsString(year, from, to int) string {
	switch {
	case from < 1 || to > 12 || from > 12 || to < 1:
		return ""
	case from == 1 && to == 12:
		return strconv.Itoa(year)
	case from == 1 && to > 1:
		return fmt.Sprintf("%dM%d", to, year)
	case from == to:
		return monthString(year, from)
	case from > to:
		return monthString(year-1, from) + "/" + monthString(year, to)
	}
	return monthString(year, from) + "/" + monthString(year, to)
}
