package render

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Lengths in runes beyond which words from outside are shortened, with "…". The
// digest keeps far below them; they bound what a hostile feed can do to a page.
const (
	maxTitle    = 120
	maxHeadline = 400
	maxQuote    = 1200
	maxName     = 80
	maxNote     = 120
	maxLink     = 2000 // bytes; a longer address is no link
	maxMarks    = 3    // combining marks on one letter
)

// clean makes words from outside fit to stand in a line of ours: valid UTF-8, no
// control characters, nothing invisible or that turns the direction of what
// follows, single spaces. No-break spaces stay, they hold numbers to their units.
func clean(s string) string {
	var b strings.Builder
	b.Grow(min(len(s), 4*maxQuote))
	space, marks := false, 0
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '\u00A0' || r == '\u202F':
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			space = b.Len() > 0
			continue
		case !printed(r):
			continue
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// printed reports whether r may be shown. Joiners stay: Persian and some emoji
// need them.
func printed(r rune) bool {
	switch {
	case r >= ' ' && r < 0x7F, r == '\u200C', r == '\u200D':
		return true
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
		return false
	case r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF:
		return false
	}
	return true
}

// clip shortens s to at most n runes, at a word where there is one in the second
// half, and marks the cut.
func clip(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	rs := []rune(s)[:max(n-1, 0)]
	for i := len(rs) - 1; i > len(rs)/2; i-- {
		if rs[i] == ' ' {
			rs = rs[:i]
			break
		}
	}
	return strings.TrimRight(string(rs), " ,;:–—-") + "…"
}

// words from outside, cleaned and bounded.
func tidy(s string, n int) string { return clip(clean(s), n) }

// link returns raw as an address that can be followed, or "": only http and https,
// with a host and without a login, which could make one host look like another.
func link(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	for _, r := range u.Host {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-:[]_", r) {
			return ""
		}
	}
	rest := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, Fragment: u.Fragment, RawFragment: u.RawFragment}
	s := u.Scheme + "://" + u.Host + armour(rest.String())
	if len(s) > maxLink {
		return ""
	}
	return s
}

// armour percent-encodes what would end an address in running text, in HTML or in
// Markdown.
func armour(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c > 0x20 && c < 0x7F && !strings.ContainsRune("\"'<>\\^`{|}", rune(c)) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// columns is how many columns of a terminal s takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.Is(unicode.M, r) || r == '\u200C' || r == '\u200D':
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
