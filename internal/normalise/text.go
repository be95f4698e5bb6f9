package normalise

import (
	"html"
	"strings"
	"unicode"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"samur/internal/pattern"
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
	atom.Title: true, atom.Option: true, atom.Legend: true, atom.Fieldset: true, atom.Dialog: true, atom.Menu: true, atom.Listing: true, atom.Xmp: true,
}

// code are the elements among dropped whose inside is nothing to read even where their
// end tag is missing.
var code = map[atom.Atom]bool{atom.Script: true, atom.Style: true}

// markedUp reports whether a text is markup once more: feeds escape twice. A tag that
// is spoken of ("the <b> tag") is none; it takes one that ends an element, or one that
// has no end.
func markedUp(s string) bool {
	bracket := 0 // the next one from there on, as far as it was looked for
	for at := 0; ; {
		i := strings.IndexAny(s[at:], "<&")
		if i < 0 {
			return false
		}
		at += i + 1
		name, rest := tagName(strings.TrimPrefix(s[at:], "/"))
		switch {
		case name == "" || len(name) > 10:
		case s[at] == '/':
			if ended[name] && strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), ">") {
				return true
			}
		case strings.HasPrefix(rest, ";"):
			if entities[name] || name[0] == '#' && len(name) > 2 {
				return true
			}
		case endless[name]:
			begin := len(s) - len(rest)
			if bracket < begin {
				bracket = begin + indexAny(rest, "<>")
			}
			if bracket < len(s) && s[bracket] == '>' && strings.IndexByte(" \t\r\n/>", rest[0]) >= 0 {
				return true
			}
		}
	}
}

// indexAny is strings.IndexAny that returns the length of s where none of chars is in it.
func indexAny(s, chars string) int {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return i
	}
	return len(s)
}

// tagName returns the name of a tag or an entity that s begins with, in lower case.
func tagName(s string) (name, rest string) {
	n := 0
	for n < len(s) && n <= 10 && (isWord(s[n]) || s[n] == '#') {
		n++
	}
	return strings.ToLower(s[:n]), s[n:]
}

// The names that markedUp and hasBlocks go by.
var (
	blocks   = nameSet("p br div li h1 h2 h3 h4 h5 h6 tr")
	ended    = nameSet("p div b i a em strong span br li ul ol h1 h2 h3 h4 h5 h6 font blockquote script style iframe table td tr figure section article")
	endless  = nameSet("br p img hr a")
	entities = nameSet("amp nbsp quot lt gt apos laquo raquo mdash ndash hellip lsquo rsquo ldquo rdquo")
)

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// shortcodes are the commands of WordPress that reach a feed where the plugin is gone
// that knew them: those of its own, and of others what has an underscore in its name or a
// value in quotes behind it. "The [anti-war] rally" is none.
var shortcodes = pattern.Lazy(`\[/?(?:(?:caption|gallery|embed|video|audio|playlist|youtube)(?:\s[^\]\n]{0,300})?|[a-z][a-z0-9]*_[a-z0-9_]+(?:\s[^\]\n]{0,300})?|[a-z][a-z0-9\-]+\s+[a-z_\-]+="[^\]\n]{0,300})/?\]`)

// PlainText returns what a reader sees of markup: entities decoded, also those
// that were escaped twice, scripts, styles and what is hidden gone, paragraphs on lines
// of their own, in NFC and without characters that steer a terminal or the direction of
// text. What is said of a picture in its place is not seen, and gone too. It works on
// tokens and not on a tree, which bounds its memory and depth.
func PlainText(markup string) string {
	if len(markup) > 4*maxText {
		markup = clip(markup, 4*maxText)
	}
	s := markup
	for layer := range 3 {
		if !strings.ContainsAny(s, "<&") {
			break
		}
		s = strip(s, layer > 0)
		if !markedUp(s) {
			break
		}
	}
	if strings.Contains(s, "[") {
		s = shortcodes().ReplaceAllString(s, "\n")
	}
	return clip(clean(s), maxText)
}

// Title is PlainText on one line, for titles and names.
func Title(markup string) string {
	return clip(oneLine(PlainText(markup)), maxTitle)
}

// oneLine puts the lines of a text side by side.
func oneLine(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\n", " ")) }

// strip removes one layer of markup; again says that it is not the first.
func strip(s string, again bool) string {
	if strings.Contains(s, "<![CDATA[") || strings.Contains(s, "]]") {
		if strings.HasPrefix(s, "<![CDATA[") {
			s = strings.TrimSuffix(s, "]]") // its bracket ended the section about it
		}
		s = strings.NewReplacer("<![CDATA[", "", "&lt;![CDATA[", "", "]]>", "", "]]&gt;", "").Replace(s)
	}
	if !strings.Contains(s, "<") {
		return html.UnescapeString(s)
	}
	s = unspoken(s, again)
	st := stripper{wrapped: hasBlocks(s), again: again}
	if text, ok := st.strip(s); ok {
		return text
	}
	st.all = true // what was to be dropped has no end: better too much than nothing
	text, _ := st.strip(s)
	return text
}

// hasBlocks tells markup whose lines are paragraphs by elements: a line break in its text
// is a blank.
func hasBlocks(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return false
		}
		name, rest := tagName(s[i+1:])
		if blocks[name] && rest != "" && strings.IndexByte(spaces+"/>", rest[0]) >= 0 {
			return true
		}
		s = s[i+1:]
	}
}

// stripper removes one layer of markup.
type stripper struct {
	wrapped bool // line breaks in the text are blanks
	all     bool // nothing is dropped but what is no text
	again   bool // what looks like a tag may be one that the text speaks of
	b       strings.Builder
	skip    atom.Atom // inside this element nothing is read
	depth   int       // of elements of that name within it
	pre     int
}

// drops reports whether the inside of an element is dropped even where its end tag is
// missing. "Beware of <script> in mail" is a text, once its brackets were escaped.
func (st *stripper) drops(a atom.Atom) bool { return code[a] && !st.again }

// strip returns the text of s, and false where it ended within an element that was to
// be dropped and is no code.
func (st *stripper) strip(s string) (text string, whole bool) {
	st.reset(len(s))
	if !st.plain(s) {
		st.reset(len(s))
		if rest, ok := st.tokens(s); ok {
			return st.b.String() + strip(rest, st.again), true
		}
	}
	return st.b.String(), st.skip == 0 || st.drops(st.skip)
}

// reset makes the stripper ready for a text of that many bytes.
func (st *stripper) reset(size int) {
	st.b.Reset()
	st.b.Grow(size)
	st.skip, st.depth, st.pre = 0, 0, 0
}

// tokens reads s, and returns what it did not read, which follows a comment without end.
func (st *stripper) tokens(s string) (rest string, unread bool) {
	z := xhtml.NewTokenizer(strings.NewReader(s))
	for {
		switch typ := z.Next(); typ {
		case xhtml.ErrorToken:
			if raw := string(z.Raw()); st.skip == 0 && wordAtEnd(raw) {
				st.text(html.UnescapeString(raw))
			}
			return "", false
		case xhtml.CommentToken:
			if rest, ok := unclosedComment(string(z.Raw())); ok && st.skip == 0 {
				return rest, true
			}
		case xhtml.TextToken:
			if st.skip == 0 {
				st.text(html.UnescapeString(string(z.Raw())))
			}
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			name, more := z.TagName()
			a := atom.Lookup(name)
			st.start(a, typ == xhtml.StartTagToken && !void[a], more && hides(z))
		case xhtml.EndTagToken:
			name, _ := z.TagName()
			st.end(atom.Lookup(name))
		}
	}
}

// void are the elements that have no inside.
var void = map[atom.Atom]bool{
	atom.Br: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Wbr: true, atom.Source: true, atom.Embed: true, atom.Col: true, atom.Link: true, atom.Meta: true,
}

// start notes a tag that begins an element; open says that the element has an inside.
func (st *stripper) start(a atom.Atom, open, hidden bool) {
	switch {
	case st.skip == atom.P && a == atom.P: // the next paragraph ends this one
		st.skip = 0
		st.start(a, open, hidden)
	case st.skip != 0:
		if a == st.skip && open {
			st.depth++
		}
	case open && a != 0 && (dropped[a] && (st.drops(a) || !st.all) || hidden && !st.all):
		st.skip, st.depth = a, 1
		part(&st.b, a)
	default:
		if a == atom.Pre && open {
			st.pre++
		}
		part(&st.b, a)
	}
}

// end notes a tag that ends an element.
func (st *stripper) end(a atom.Atom) {
	switch {
	case st.skip == 0:
		if a == atom.Pre && st.pre > 0 {
			st.pre--
		}
		part(&st.b, a)
	case a == st.skip:
		if st.depth--; st.depth == 0 {
			st.skip = 0
			part(&st.b, a)
		}
	}
}

// text writes the text between two tags. Where elements part the paragraphs a single
// line break is a blank, and an empty line a paragraph still.
func (st *stripper) text(s string) {
	if !st.wrapped || st.pre > 0 || !strings.ContainsAny(s, "\r\n") {
		st.b.WriteString(s)
		return
	}
	breaks := 0
	for _, r := range s {
		switch {
		case r == '\r':
			continue
		case r == '\n':
			breaks++
			continue
		case unicode.IsSpace(r) && breaks > 0:
			continue
		case breaks > 1:
			st.b.WriteByte('\n')
		case breaks == 1:
			st.b.WriteByte(' ')
		}
		breaks = 0
		st.b.WriteRune(r)
	}
	if breaks > 0 {
		st.b.WriteByte(' ')
	}
}

// hides reports whether the attributes of the tag that was just read keep its element
// from being seen.
func hides(z *xhtml.Tokenizer) bool {
	for more := true; more; {
		var k, v []byte
		if k, v, more = z.TagAttr(); hiddenBy(string(k), string(v)) {
			return true
		}
	}
	return false
}

// wordAtEnd reports whether a bracket that nothing closes before the end of a text,
// with all behind it, is a part of the text: a tag that was cut has an attribute, or
// the name of an element or its beginning.
func wordAtEnd(raw string) bool {
	if !strings.HasPrefix(raw, "<") || strings.Contains(raw, "=") {
		return false
	}
	name, _ := tagName(raw[1:])
	if name == "" || atom.Lookup([]byte(name)) != 0 {
		return false
	}
	for element := range ended {
		if strings.HasPrefix(element, name) {
			return false
		}
	}
	return true
}

// hiddenBy reports whether an attribute keeps its element from being seen.
func hiddenBy(key, value string) bool {
	switch key {
	case "hidden":
		return true
	case "style":
		style := strings.ReplaceAll(strings.ToLower(value), " ", "")
		return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
	}
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
