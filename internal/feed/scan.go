package feed

import (
	"strings"
	"unicode/utf8"
)

// kind is what a token is.
type kind byte

const (
	tokText kind = iota
	tokCDATA
	tokStart
	tokEnd
	tokOther // comment, processing instruction, declaration
	tokEOF
)

// token is a piece of markup. text is the raw inside of text, CDATA and others.
type token struct {
	kind       kind
	name       string // of a tag, as written, with prefix
	attrs      []attr
	selfClosed bool
	text       string
	start, end int
	cut        bool // the document ended inside it
}

// attr is an attribute; value is decoded.
type attr struct{ name, value string }

// scanner cuts a document into tokens. Nothing is an error to it: what cannot be
// markup is text.
type scanner struct {
	s      string
	pos    int
	attrs  []attr // reused between tokens
	tokens int    // so far, what was read twice counted twice
}

// spent reports whether the scanner gave up, for nothing that has so many tokens
// is a feed.
func (x *scanner) spent() bool { return x.tokens > maxTokens }

// next returns the token at the scanner's place and moves behind it.
func (x *scanner) next() token {
	start := x.pos
	x.tokens++
	if start >= len(x.s) || x.spent() {
		return token{kind: tokEOF, start: start, end: start}
	}
	if x.s[start] == '<' {
		if t, ok := x.markup(start); ok {
			t.start, t.end = start, x.pos
			return t
		}
		x.pos++
	}
	for {
		i := strings.IndexByte(x.s[x.pos:], '<')
		if i < 0 {
			x.pos = len(x.s)
			break
		}
		x.pos += i
		if x.opens(x.pos) {
			break
		}
		x.pos++
	}
	return token{kind: tokText, text: x.s[start:x.pos], start: start, end: x.pos}
}

// opens reports whether the bracket at i begins markup.
func (x *scanner) opens(i int) bool {
	rest := x.s[i+1:]
	if rest == "" {
		return false
	}
	if rest[0] == '/' {
		return len(rest) > 1 && nameStart(rest[1:])
	}
	return rest[0] == '?' || rest[0] == '!' && len(rest) > 1 && (rest[1] == '-' || rest[1] == '[' || asciiLetter(rest[1])) || nameStart(rest)
}

// markup reads the markup at i. It reports false when there is none.
func (x *scanner) markup(i int) (token, bool) {
	if !x.opens(i) {
		return token{}, false
	}
	rest := x.s[i:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return x.upto(i, 4, "-->", tokOther), true
	case len(rest) >= 9 && strings.EqualFold(rest[:9], "<![CDATA["):
		return x.upto(i, 9, "]]>", tokCDATA), true
	case rest[1] == '?':
		return x.instruction(i), true
	case rest[1] == '!':
		return x.declaration(i), true
	case rest[1] == '/':
		return x.endTag(i), true
	}
	return x.startTag(i), true
}

// upto reads a token that ends in mark.
func (x *scanner) upto(i, skip int, mark string, k kind) token {
	from := i + skip
	j := strings.Index(x.s[from:], mark)
	if j < 0 {
		x.pos = len(x.s)
		return token{kind: k, text: x.s[from:], cut: true}
	}
	x.pos = from + j + len(mark)
	return token{kind: k, text: x.s[from : from+j]}
}

// instruction reads "<?name …?>". For some writers it ends at any bracket, so it
// is not looked for beyond the next tag.
func (x *scanner) instruction(i int) token {
	from := i + 2
	end := strings.IndexByte(x.s[from:], '>')
	if end < 0 {
		x.pos = len(x.s)
		return token{kind: tokOther, text: x.s[from:], cut: true}
	}
	near := x.s[from:]
	if next := strings.IndexByte(near[end:], '<'); next >= 0 {
		near = near[:end+next]
	}
	if j := strings.Index(near, "?>"); j >= 0 {
		x.pos = from + j + 2
		return token{kind: tokOther, text: near[:j]}
	}
	x.pos = from + end + 1
	return token{kind: tokOther, text: near[:end]}
}

// declaration reads "<!DOCTYPE …>", its subset in brackets included.
func (x *scanner) declaration(i int) token {
	depth := 0
	for j := i + 2; j < len(x.s); j++ {
		switch x.s[j] {
		case '[':
			depth++
		case ']':
			depth--
		case '>':
			if depth <= 0 {
				x.pos = j + 1
				return token{kind: tokOther, text: x.s[i+1 : j]}
			}
		}
	}
	x.pos = len(x.s)
	return token{kind: tokOther, text: x.s[i+1:], cut: true}
}

// endTag reads "</name …>".
func (x *scanner) endTag(i int) token {
	j := i + 2
	for j < len(x.s) && !tagBreak(x.s[j]) {
		j++
	}
	t := token{kind: tokEnd, name: x.s[i+2 : j]}
	for j < len(x.s) && x.s[j] != '>' && x.s[j] != '<' {
		j++
	}
	if j >= len(x.s) {
		t.cut = true
	} else if x.s[j] == '>' {
		j++
	}
	x.pos = j
	return t
}

// startTag reads "<name attr=value …>".
func (x *scanner) startTag(i int) token {
	s, j := x.s, i+1
	for j < len(s) && !tagBreak(s[j]) {
		j++
	}
	t := token{kind: tokStart, name: s[i+1 : j]}
	x.attrs = x.attrs[:0]
	for {
		for j < len(s) && (blank(s[j]) || s[j] == '/' && (j+1 >= len(s) || s[j+1] != '>')) {
			j++
		}
		switch {
		case j >= len(s):
			t.cut = true
		case s[j] == '>':
			j++
		case s[j] == '/':
			t.selfClosed = true
			j += 2
		case s[j] == '<': // never closed: the next tag begins
		case len(x.attrs) > maxAttrs: // refused for it by the caller
		default:
			j = x.attribute(j)
			continue
		}
		break
	}
	t.attrs = x.attrs
	x.pos = j
	return t
}

// attribute reads one attribute at j and returns the place behind it.
func (x *scanner) attribute(j int) int {
	s, from := x.s, j
	for j < len(s) && s[j] != '=' && !tagBreak(s[j]) {
		j++
	}
	if j == from { // "=" without a name
		return j + 1
	}
	name := s[from:j]
	j = skipBlanks(s, j)
	if j >= len(s) || s[j] != '=' {
		x.attrs = append(x.attrs, attr{name: name})
		return j
	}
	j = skipBlanks(s, j+1)
	if j >= len(s) {
		return j
	}
	value, end := attributeValue(s, j)
	x.attrs = append(x.attrs, attr{name, decodeEntities(value, nil)})
	return end
}

// attributeValue returns the raw value at j, in quotes or without, and the place
// behind it.
func attributeValue(s string, j int) (value string, end int) {
	if q := s[j]; q == '"' || q == '\'' {
		j++
		if n := strings.IndexByte(s[j:], q); n >= 0 {
			return s[j : j+n], j + n + 1
		}
		// The quote is never closed: the value ends where the tag does.
	}
	end = j
	for end < len(s) && !blank(s[end]) && s[end] != '>' && s[end] != '<' {
		end++
	}
	value = s[j:end]
	if end < len(s) && s[end] == '>' && strings.HasSuffix(value, "/") && !strings.Contains(value, "://") {
		return value[:len(value)-1], end - 1 // the slash closes the tag
	}
	return value, end
}

// skipBlanks returns the place of the first byte from j that is not white space.
func skipBlanks(s string, j int) int {
	for j < len(s) && blank(s[j]) {
		j++
	}
	return j
}

// tagBreak reports whether c ends a name inside a tag.
func tagBreak(c byte) bool { return blank(c) || c == '>' || c == '/' || c == '<' }

// blank reports whether c is white space in markup.
func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// asciiLetter reports whether c is one.
func asciiLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// nameStart reports whether s begins with a letter that a name may begin with.
func nameStart(s string) bool {
	if s == "" {
		return false
	}
	c := s[0]
	if c < utf8.RuneSelf {
		return asciiLetter(c) || c == '_' || c == ':'
	}
	return false // names of the formats read here are ASCII; "<Ə" is text
}
