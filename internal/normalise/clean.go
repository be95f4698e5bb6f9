package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"samur/internal/pattern"
)

// ansi matches the sequences that steer a terminal.
var ansi = pattern.Lazy("\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-_])?")

// clean brings text into the form that every package expects: valid UTF-8 in NFC,
// blanks single, lines trimmed and not empty, no character that is not printed.
func clean(s string) string {
	if text, ok := cleanPlain(s); ok {
		return text
	}
	if strings.IndexByte(s, 0x1b) >= 0 {
		s = ansi().ReplaceAllString(s, "")
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
	var b strings.Builder
	b.Grow(len(s))
	blank, lines, gone, marks := false, false, false, 0
	for _, r := range s {
		switch {
		case r > ' ' && r <= '~' || r >= 'А' && r <= 'џ': // most are
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			lines = true
			continue
		case unicode.IsSpace(r) || r == '\u00a0' || r == '\u3000':
			blank = true
			continue
		case unprinted(r):
			gone = true
			continue
		}
		if r >= 0x300 && unicode.Is(unicode.Mn, r) {
			if marks++; marks > 3 { // towers of accents
				gone = true
				continue
			}
		} else {
			marks = 0
		}
		if b.Len() > 0 && lines {
			b.WriteByte('\n')
		} else if b.Len() > 0 && blank {
			b.WriteByte(' ')
		}
		blank, lines = false, false
		b.WriteRune(r)
	}
	if gone { // an accent may have come to stand behind its letter
		return norm.NFC.String(b.String())
	}
	return b.String()
}

// cleanPlain is clean for texts of nothing but plain characters; ok is false for any
// other. It copies what stands between two gaps, and nothing where all are single.
func cleanPlain(s string) (text string, ok bool) {
	var b strings.Builder
	from := 0 // what stands before it is in b
	for i := 0; i < len(s); {
		if end := printedTo(s, i); end > i {
			i = end
			continue
		}
		if i > 0 && s[i] == ' ' {
			if end := printedTo(s, i+1); end > i+1 { // one blank between two words
				i = end
				continue
			}
		}
		n, gap := plainAt(s, i)
		if n == 0 {
			return "", false
		}
		end := i + n
		if gap == 0 {
			i = end
			continue
		}
		for end < len(s) {
			n, next := plainAt(s, end)
			if next == 0 {
				break
			}
			end, gap = end+n, min(gap, next)
		}
		if i > 0 && end == i+1 && s[i] == gap && end < len(s) {
			i = end
			continue
		}
		if from == 0 {
			b.Grow(len(s))
		}
		b.WriteString(s[from:i])
		if b.Len() > 0 && end < len(s) {
			b.WriteByte(gap)
		}
		from, i = end, end
	}
	if from == 0 {
		return s, true
	}
	b.WriteString(s[from:])
	return b.String(), true
}

// printedTo returns where the signs of ASCII and the letters from À to ʿ and А to џ end
// that stand at byte i of s: the plain characters that nearly all texts are made of.
func printedTo(s string, i int) int {
	for i < len(s) {
		switch c := s[i]; {
		case c > ' ' && c <= '~':
			i++
			continue
		case c < utf8.RuneSelf || i+1 == len(s):
			return i
		case c == 0xd0 && s[i+1] >= 0x90, c == 0xd1 && s[i+1] <= 0x9f, c >= 0xc3 && c <= 0xca:
			if s[i+1]&0xc0 == 0x80 {
				i += 2
				continue
			}
		}
		return i
	}
	return i
}

// plainAt tells of the character at byte i of s how many bytes it has, 0 when it is not
// plain, and what it parts: lines, words, or nothing, which is 0. Plain are letters and
// signs of Latin and Cyrillic, which are in NFC by themselves and printed, and gaps.
func plainAt(s string, i int) (n int, gap byte) {
	switch c := s[i]; {
	case c > ' ' && c <= '~':
		return 1, 0
	case c == '\n' || c == '\r':
		return 1, '\n'
	case c == ' ' || c == '\t' || c == '\v' || c == '\f':
		return 1, ' '
	case c < utf8.RuneSelf:
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case r >= 'А' && r <= 'џ', r > '\u00a0' && r <= '\u02c1' && r != '\u00ad', r >= '\u2010' && r <= '\u2027', r >= '\u2030' && r <= '\u205e',
		r >= 'Ѐ' && r <= '\u0482', r >= '\u048a' && r <= '\u052f', r >= '\u20a0' && r <= '\u20c0', r == '№':
		return n, 0
	case r == '\u00a0':
		return n, ' '
	}
	return 0, 0
}

// unprinted reports whether r is a character that does something instead of being
// read: control, direction, width zero, soft hyphen, tags, noncharacters. The two
// joiners stay: Persian is written with them.
func unprinted(r rune) bool {
	switch {
	case r == '\u200c' || r == '\u200d':
		return false
	case r == '\u00ad' || r == '\ufeff' || r == '\u061c' || r == '\u180e':
		return true
	case r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u206f':
		return true
	case r >= 0xe0000 && r <= 0xe0fff || r >= 0xfff0 && r <= 0xfffb || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe:
		return true
	}
	return unicode.Is(unicode.Cc, r)
}

// clip cuts s to at most n bytes without cutting a letter.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimSpace(s[:n])
}
