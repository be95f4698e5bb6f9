package feed

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"

	"samur/internal/news"
)

// mendJSON rewrites what writers that glue strings together get wrong and a
// strict reader refuses the whole document for: line breaks and other controls
// within strings, escapes that there are not, commas behind the last value. An
// escape of half a letter is dropped and counted, for it would become U+FFFD. On
// the way it refuses what is too deep or too much, before anything is built.
func mendJSON(text string) (mended string, dropped int, err error) {
	m := jsonMender{s: text}
	depth, values, inString := 0, 0, false
	for i := 0; i < len(text); {
		n := 1
		switch c := text[i]; {
		case c == '"':
			inString = !inString
		case inString && c == '\\':
			n = m.escape(i)
		case inString && c < ' ':
			m.replace(i, 1, controls[c])
		case inString:
		case c < ' ':
			if !blank(c) || c == '\f' {
				m.replace(i, 1, " ")
			}
		case c == '{' || c == '[':
			depth++
			values++
		case c == '}' || c == ']':
			depth--
		case c == ',':
			values++
			if closes(text[i+1:]) {
				m.replace(i, 1, "")
			}
		}
		if depth > maxDepth || values > maxElements {
			return "", 0, &Error{Cause: news.CauseTooLarge, Line: line(text, i), Err: errors.New("JSON nested too deep or with too many values")}
		}
		i += n
	}
	return m.done(), m.dropped, nil
}

// controls are the controls within a string as JSON writes them; those that mean
// nothing are missing and leave nothing.
var controls = map[byte]string{'\n': `\n`, '\r': `\r`, '\t': `\t`, '\v': " ", '\f': " "}

// jsonMender collects a text of which some parts are replaced.
type jsonMender struct {
	s       string
	b       strings.Builder
	from    int // up to here the text is in b
	dropped int // halves of letters
}

// replace puts other text for the n bytes at i.
func (m *jsonMender) replace(i, n int, with string) {
	if m.from == 0 { // nothing grows but controls, by one byte at most
		m.b.Grow(len(m.s) + countControls(m.s))
	}
	m.b.WriteString(m.s[m.from:i])
	m.b.WriteString(with)
	m.from = i + n
}

func countControls(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < ' ' {
			n++
		}
	}
	return n
}

// done returns the whole text.
func (m *jsonMender) done() string {
	if m.from == 0 {
		return m.s
	}
	m.b.WriteString(m.s[m.from:])
	return m.b.String()
}

// escape reads the escape at i and returns its length.
func (m *jsonMender) escape(i int) int {
	if i+1 >= len(m.s) {
		return 1
	}
	switch m.s[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
	default: // "\'" and the like
		m.replace(i, 1, "")
		return 1
	}
	first, ok := unit(m.s[i:])
	switch {
	case !ok: // not four digits: the reader will say where
		return 2
	case first < ' ' && controls[byte(first)] == "":
		m.replace(i, 6, "")
	case !utf16.IsSurrogate(first):
	default:
		if second, ok := unit(m.s[i+6:]); ok && utf16.DecodeRune(first, second) != '\ufffd' {
			return 12
		}
		m.replace(i, 6, "")
		m.dropped++
	}
	return 6
}

// unit reads "\u1234" at the start of s.
func unit(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}

// closes reports whether a bracket closes before anything else stands.
func closes(s string) bool {
	for i := range len(s) {
		if !blank(s[i]) {
			return s[i] == '}' || s[i] == ']'
		}
	}
	return false
}
