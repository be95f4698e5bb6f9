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
// outlets where it names one, and of the others those that have what they need.
func (m marked) heads() (out []*regexp.Regexp) {
	first, _ := utf8.DecodeRuneInString(m.text)
	capital, blanks := unicode.IsUpper(first), dateWithin+1 // before the first digit
	if at := strings.IndexAny(m.text, "0123456789"); at >= 0 {
		blanks = strings.Count(m.text[:at], " ")
	}
	dated := blanks <= dateWithin
	line, _, _ := strings.Cut(m.text, "\n")
	when := strings.Contains(line, ":") || strings.Contains(line, "20") || strings.Count(line, ".") > 1 // more than a day of the year
	for i, may := range []bool{capital && dated, blanks <= 1 && when, strings.HasPrefix(m.text, "By ")} {
		if may {
			out = append(out, headPatterns()[i])
		}
	}
	if len(m.marks) == 0 {
		return out
	}
	out = append(out, outletHeadPatterns()...)
	name := m.marks[0].marked
	if capital && dated && name > 0 && (m.text[name-1] == '/' || m.text[name-1] == '(' || m.text[name-1] == ' ') && strings.ContainsAny(m.text[:name], "/(") {
		out = append(out, reInBrackets())
	}
	if capital && name > 2 && m.text[name-2:name] == ", " {
		out = append(out, rePlaceOutlet())
	}
	if name <= nameWithin {
		out = append(out, nameHeadPatterns()...)
	}
	return out
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
