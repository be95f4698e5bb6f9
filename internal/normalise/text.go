package normalise

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

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
	for {
		i := strings.IndexAny(s, "<&")
		if i < 0 {
			return false
		}
		s = s[i+1:]
		name, rest := tagName(strings.TrimPrefix(s, "/"))
		switch {
		case name == "" || len(name) > 10:
		case s[0] == '/':
			if ended[name] && strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), ">") {
				return true
			}
		case strings.HasPrefix(rest, ";"):
			if entities[name] || name[0] == '#' && len(name) > 2 {
				return true
			}
		case endless[name]:
			if end := strings.IndexAny(rest, "<>"); end >= 0 && rest[end] == '>' && strings.IndexByte(" \t\r\n/>", rest[0]) >= 0 {
				return true
			}
		}
	}
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
