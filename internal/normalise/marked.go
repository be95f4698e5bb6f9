package normalise

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// marked is a text in which each name of an outlet is one letter: what looks for the
// places of names then need not know the names.
type marked struct {
	text  string
	marks []offset
}

// offset says where a byte of a marked text stands in the text.
type offset struct{ marked, text int }

// The letters that stand for names, of the private use area: for an outlet, and for
// one whose name is a word too.
const (
	named     = '\ue000'
	namedWord = '\ue001'
)

// markLetters puts another letter of the private use area in the place of those.
var markLetters = strings.NewReplacer(string(named), "\ue002", string(namedWord), "\ue002")

func (a *aside) mark(s string) marked {
	var b strings.Builder
	m := marked{}
	from := 0
	if strings.Contains(s, "\xee\x80") { // what all of them begin with
		s = markLetters.Replace(s)
	}
	names := a.mentions(s)
	if len(names) == 0 {
		return marked{text: s}
	}
	for _, name := range names {
		b.WriteString(s[from:name.start])
		m.marks = append(m.marks, offset{b.Len(), name.start})
		if name.word {
			b.WriteRune(namedWord)
		} else {
			b.WriteRune(named)
		}
		m.marks = append(m.marks, offset{b.Len(), name.end})
		from = name.end
	}
	b.WriteString(s[from:])
	m.text = b.String()
	return m
}

// heads are the patterns that may match what the marked text begins with: those of
// outlets where it names one, and of all those that have what they need.
func (m marked) heads() (out []*regexp.Regexp) {
	h := m.look()
	for i, may := range []bool{h.dateline, h.dated, strings.HasPrefix(m.text, "By ")} {
		if may {
			out = append(out, headPatterns()[i])
		}
	}
	if len(m.marks) == 0 {
		return out
	}
	name := m.marks[0].marked
	before, behind := m.text[:name], m.text[m.marks[1].marked:]
	by, slashed := strings.HasPrefix(strings.TrimPrefix(m.text, "/"), "By "), strings.Contains(before, "/")
	for i, may := range []bool{
		h.dateline, h.dateline, h.capital && strings.ContainsAny(before, "/("), strings.HasPrefix(before, "("), by, h.capital && slashed,
		strings.HasPrefix(strings.TrimLeft(behind, "/"+spaces), ":"), slashed, h.capital && strings.ContainsAny(before, "-–—"), h.dayFirst, by,
		strings.HasPrefix(m.text, "Как ") || strings.HasPrefix(m.text, "как "),
	} {
		if may {
			out = append(out, outletHeadPatterns()[i])
		}
	}
	if h.dateline && name > 0 && (m.text[name-1] == '/' || m.text[name-1] == '(' || m.text[name-1] == ' ') && strings.ContainsAny(before, "/(") {
		out = append(out, reInBrackets())
	}
	if h.capital && strings.HasSuffix(before, ", ") {
		out = append(out, rePlaceOutlet())
	}
	if name <= nameWithin {
		out = append(out, nameHeadPatterns()...)
	}
	return out
}

// headLook is what a look at the beginning of a marked text tells of it.
type headLook struct {
	capital  bool // it begins with one
	dateline bool // it may begin with a place and a date
	dayFirst bool // it may begin with a date or a clock
	dated    bool // it may begin with both
}

// look looks at the beginning of a marked text.
func (m marked) look() (h headLook) {
	first, _ := utf8.DecodeRuneInString(m.text)
	h.capital = unicode.IsUpper(first)
	h.dayFirst = datedAt(m.text, 0)
	if !h.capital && !h.dayFirst {
		return h
	}
	blanks := dateWithin + 1 // before the first digit
	if at := strings.IndexAny(m.text, "0123456789"); at >= 0 {
		blanks = strings.Count(m.text[:at], " ")
	}
	line, _, _ := strings.Cut(m.text, "\n")
	h.dateline = h.capital && blanks <= dateWithin && m.placed()
	h.dated = h.dayFirst && blanks <= 1 && (strings.Contains(line, ":") || strings.Contains(line, "20") || strings.Count(line, ".") > 1) // more than a day of the year
	return h
}

// placed reports whether the first word of a marked text may be of a place that a date
// stands behind: where a blank follows it, a capital or the date is next.
func (m marked) placed() bool {
	behind := strings.TrimLeftFunc(m.text, func(r rune) bool { return unicode.IsLetter(r) || strings.ContainsRune("'’-", r) })
	if !strings.HasPrefix(behind, " ") {
		return true
	}
	next, _ := utf8.DecodeRuneInString(behind[1:])
	return unicode.IsUpper(next) || datedAt(behind, 1)
}

// datedAt reports whether a date may begin at byte i of s: with a digit or a month.
func datedAt(s string, i int) bool {
	return i < len(s) && s[i] >= '0' && s[i] <= '9' || openMonths().at(s, i) || oddCase(s)
}

// dateWithin is how many blanks stand before the first digit of a dateline at most: in
// "St. A B C, D E, month 5".
const dateWithin = 7

// origin returns where byte i of the marked text stands in the text.
func (m marked) origin(i int) int {
	n := sort.Search(len(m.marks), func(n int) bool { return m.marks[n].marked > i })
	if n == 0 {
		return i
	}
	return m.marks[n-1].text + i - m.marks[n-1].marked
}

// begins reports whether news can begin at byte i of the marked text: behind "Report
// xəbər verir ki," with any letter, behind a mark only with a capital. "ТАСС — агентство"
// is no dateline.
func (m marked) begins(i int) bool {
	before := strings.TrimRightFunc(m.text[:i], unicode.IsSpace)
	if r, _ := utf8.DecodeLastRuneInString(before); !strings.ContainsRune(".:–—-/)", r) && r != named && r != namedWord {
		return true
	}
	r, _ := utf8.DecodeRuneInString(m.text[i:])
	return i == len(m.text) || !unicode.IsLower(r)
}
