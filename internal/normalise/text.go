package normalise

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// dropped are the elements whose inside nobody reads.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Head: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true,
	atom.Svg: true, atom.Math: true, atom.Audio: true, atom.Video: true, atom.Canvas: true, atom.Select: true, atom.Textarea: true, atom.Button: true,
}

// apart are the elements that stand on lines of their own.
var apart = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Hr: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Blockquote: true, atom.Pre: true, atom.Table: true,
	atom.Tr: true, atom.Section: true, atom.Article: true, atom.Aside: true, atom.Header: true, atom.Footer: true, atom.Figure: true, atom.Figcaption: true,
	atom.Address: true, atom.Form: true, atom.Main: true, atom.Nav: true, atom.Center: true, atom.Caption: true, atom.Body: true, atom.Details: true, atom.Summary: true,
}

// again tells text that is markup once more: feeds escape twice.
var again = regexp.MustCompile(`(?i)</(?:p|div|b|i|a|em|strong|span|br|li|ul|h[1-6]|font|blockquote)\s*>|<(?:br|p|img|hr|a)(?:\s[^<>]*)?/?>|&(?:amp|nbsp|quot|lt|gt|apos|laquo|raquo|mdash|ndash|hellip|[lr][sd]quo|#\d{2,6}|#x[0-9a-f]{2,6});`)

// PlainText returns what a reader sees of markup: entities decoded, also those
// that were escaped twice, scripts and styles gone, paragraphs on lines of their
// own, in NFC and without characters that steer a terminal or the direction of
// text. It works on tokens and not on a tree, which bounds its memory and depth.
func PlainText(markup string) string {
	if len(markup) > 4*maxText {
		markup = clip(markup, 4*maxText)
	}
	s := markup
	for range 3 {
		if !strings.ContainsAny(s, "<&") {
			break
		}
		s = strip(s)
		if !strings.ContainsAny(s, "<&") || !again.MatchString(s) {
			break
		}
	}
	return clip(clean(s), maxText)
}

// Title is PlainText on one line, for titles and names.
func Title(markup string) string {
	return clip(strings.TrimSpace(strings.ReplaceAll(PlainText(markup), "\n", " ")), maxTitle)
}

// strip removes one layer of markup.
func strip(s string) string {
	if strings.Contains(s, "<![CDATA[") || strings.Contains(s, "]]") {
		s = strings.NewReplacer("<![CDATA[", "", "]]>", "", "]]&gt;", "").Replace(s)
	}
	if !strings.Contains(s, "<") {
		return html.UnescapeString(s)
	}
	z := xhtml.NewTokenizer(strings.NewReader(s))
	t := stripper{}
	t.Grow(len(s))
	for pos := 0; ; {
		typ := z.Next()
		pos += len(z.Raw())
		switch typ {
		case xhtml.ErrorToken:
			return t.String()
		case xhtml.CommentToken:
			if rest, ok := unclosedComment(string(z.Raw())); ok && t.skip == 0 {
				return t.String() + strip(rest)
			}
		case xhtml.TextToken:
			if t.skip == 0 {
				t.WriteString(html.UnescapeString(string(z.Raw())))
			}
		case xhtml.StartTagToken:
			name, _ := z.TagName()
			t.start(atom.Lookup(name), s[pos:])
		case xhtml.EndTagToken:
			name, _ := z.TagName()
			t.end(atom.Lookup(name))
		case xhtml.SelfClosingTagToken:
			name, _ := z.TagName()
			if t.skip == 0 {
				part(&t.Builder, atom.Lookup(name))
			}
		}
	}
}

// stripper collects the text between tags.
type stripper struct {
	strings.Builder
	skip    atom.Atom // inside this element nothing is read
	depth   int       // how many of it are open
	endless map[atom.Atom]bool
}

// start goes over a start tag; rest is what stands behind it.
func (t *stripper) start(a atom.Atom, rest string) {
	switch {
	case t.skip != 0:
		if a == t.skip {
			t.depth++
		}
	case dropped[a] && t.closes(a, rest):
		t.skip, t.depth = a, 1
	default:
		part(&t.Builder, a)
	}
}

// end goes over an end tag.
func (t *stripper) end(a atom.Atom) {
	if t.skip == 0 {
		part(&t.Builder, a)
	} else if a == t.skip {
		if t.depth--; t.depth == 0 {
			t.skip = 0
		}
	}
}

// closes reports whether a dropped element ends. One whose end tag is missing would
// take all the rest of the text for its inside, which is right only for code.
func (t *stripper) closes(a atom.Atom, rest string) bool {
	switch a {
	case atom.Script, atom.Style, atom.Head, atom.Template:
		return true
	}
	if t.endless[a] {
		return false
	}
	name := a.String()
	for {
		i := strings.Index(rest, "</")
		if i < 0 {
			break
		}
		rest = rest[i+2:]
		if len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return true
		}
	}
	if t.endless == nil {
		t.endless = map[atom.Atom]bool{}
	}
	t.endless[a] = true
	return false
}

// unclosedComment returns what stands behind a comment that only the end of the text
// ends: it ends at its first bracket then, as all that begin behind it do, and what is
// read is not lost.
func unclosedComment(raw string) (rest string, ok bool) {
	if !strings.HasPrefix(raw, "<!--") || strings.HasSuffix(raw, "-->") || strings.HasSuffix(raw, "--!>") {
		return "", false
	}
	_, rest, _ = strings.Cut(raw, ">")
	return strings.ReplaceAll(rest, "<!--", "<!"), true
}

// part keeps apart what an element keeps apart.
func part(b *strings.Builder, a atom.Atom) {
	switch {
	case apart[a]:
		b.WriteByte('\n')
	case a == atom.Td || a == atom.Th || a == atom.Img:
		b.WriteByte(' ')
	}
}

// ansi matches the sequences that steer a terminal.
var ansi = regexp.MustCompile("\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-_])?")

// clean brings text into the form that every package expects: valid UTF-8 in NFC,
// blanks single, lines trimmed and not empty, no character that is not printed.
func clean(s string) string {
	if plainASCII(s) {
		return s
	}
	if strings.IndexByte(s, 0x1b) >= 0 {
		s = ansi.ReplaceAllString(s, "")
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
	var b strings.Builder
	b.Grow(len(s))
	blank, lines, marks := false, false, 0
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
			continue
		}
		if r >= 0x300 && unicode.Is(unicode.Mn, r) {
			if marks++; marks > 3 { // towers of accents
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
	return b.String()
}

// plainASCII reports whether clean would return s as it is.
func plainASCII(s string) bool {
	prev := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && prev == ' ' {
			return false
		}
		prev = c
	}
	return s == "" || prev != ' '
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
