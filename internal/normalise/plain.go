package normalise

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// Nearly all markup of feeds is written plainly: a name in each tag, and attributes in
// double quotes. What is so is read here, a piece at a time; the tokenizer of HTML, which
// takes a byte at a time and four kilobytes of memory for a text, reads the rest. Both
// find the same, which TestPlain holds them to.

// rawText are the elements whose inside holds no tags.
var rawText = map[atom.Atom]bool{
	atom.Iframe: true, atom.Noembed: true, atom.Noframes: true, atom.Noscript: true, atom.Plaintext: true, atom.Script: true, atom.Style: true,
	atom.Textarea: true, atom.Title: true, atom.Xmp: true,
}

// plain is tokens for markup that is written plainly, and false for any other.
func (st *stripper) plain(s string) (plain bool) {
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		if i > 0 && st.skip == 0 {
			st.text(html.UnescapeString(s[:i]))
		}
		if s = s[i:]; s == "" {
			break
		}
		t, n := readPlainTag(s)
		if n == 0 || rawText[t.element] {
			return false
		}
		if t.ends {
			st.end(t.element)
		} else {
			st.start(t.element, !t.closed && !void[t.element], t.hidden)
		}
		s = s[n:]
	}
	return true
}

// plainTag is a tag that is written plainly.
type plainTag struct {
	element atom.Atom
	ends    bool // "</p>"
	closed  bool // "<br/>"
	hidden  bool // its attributes keep the element from being seen
}

// readPlainTag returns the tag that s begins with and its length, 0 where it is not
// written plainly.
func readPlainTag(s string) (t plainTag, n int) {
	n = 1
	if strings.HasPrefix(s, "</") {
		t.ends, n = true, 2
	}
	from := n
	for n < len(s) && isWord(s[n]) {
		n++
	}
	if n == from || s[from] <= '9' {
		return t, 0
	}
	t.element = atom.Lookup([]byte(strings.ToLower(s[from:n])))
	styled := false
	for {
		rest := strings.TrimLeft(s[n:], spaces)
		parted := len(rest) < len(s)-n
		switch n = len(s) - len(rest); {
		case strings.HasPrefix(rest, ">"):
			return t, n + 1
		case strings.HasPrefix(rest, "/>"):
			t.closed = true
			return t, n + 2
		case !parted:
			return t, 0
		}
		key, value, size := plainAttribute(rest)
		if size == 0 || key == "style" && (styled || strings.ContainsAny(value, "&\r")) {
			return t, 0
		}
		n, styled, t.hidden = n+size, styled || key == "style", t.hidden || hiddenBy(key, value)
	}
}

// plainAttribute returns the attribute that s begins with, its name in lower case, and
// its length, 0 where it is not written plainly.
func plainAttribute(s string) (key, value string, n int) {
	for n < len(s) && (isWord(s[n]) || s[n] == '-' || s[n] == ':' || s[n] == '_') {
		n++
	}
	rest, ok := strings.CutPrefix(s[n:], `="`)
	end := strings.IndexByte(rest, '"')
	if n == 0 || !ok || end < 0 {
		return "", "", 0
	}
	return strings.ToLower(s[:n]), rest[:end], n + len(`="`) + end + len(`"`)
}
