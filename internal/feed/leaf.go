package feed

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// piece is a part of an element's inside.
type piece struct {
	kind kind
	text string // raw
}

// inside is what stands between an element's tags.
type inside struct {
	pieces   []piece
	children bool
	closed   bool // by its own end tag
}

// verbatim reports whether a part of the inside is a CDATA section.
func (in inside) verbatim() bool {
	for _, p := range in.pieces {
		if p.kind == tokCDATA {
			return true
		}
	}
	return false
}

// size returns how many bytes stand between the tags.
func (in inside) size() int {
	n := 0
	for _, p := range in.pieces {
		n += len(p.text)
	}
	return n
}

// identities are the elements by which an entry says who it is.
var identities = map[string]bool{"guid": true, "id": true, "atom:id": true, idElement: true}

// leaf reads an element whose inside is a value, or that is skipped, and writes
// it. t's attributes are used up before the next token is read.
func (r *repairer) leaf(t token, f frame, k string) error {
	attrs := append([]attr(nil), t.attrs...)
	var in inside
	if !t.selfClosed {
		var err error
		if in, err = r.inside(t.name, f); err != nil {
			return err
		}
		r.pieces = in.pieces
	}
	if r.pos >= len(r.s) && !in.closed && !t.selfClosed {
		r.cut = true // inside this value: no value
		return nil
	}
	if f.use != useSkip && in.size() > maxValue {
		r.note(fmt.Sprintf("%s of more than %d MB left out", k, maxValue>>20))
		return nil
	}
	switch f.use {
	case useSkip:
	case useText:
		r.textLang(k, f.lang)
		r.writeText(k, r.textValue(k, attrs, in, f.scope))
	case usePlain:
		v := strings.TrimSpace(r.plainValue(in))
		r.guid = r.guid || v != "" && identities[k]
		if v == "" {
			return nil
		}
		r.write(k, plainAttrs(k, attrs, f), v)
	case useURL:
		r.writeURL(k, attrs, in, f)
	case useEmpty:
		r.writeEmpty(k, attrs, in, f)
	}
	return nil
}

// plainAttrs are what of the attributes of an element with a plain value is kept.
func plainAttrs(k string, attrs []attr, f frame) []attr {
	switch k {
	case "guid":
		if p := attribute(attrs, "isPermaLink"); p != "" {
			return []attr{{"isPermaLink", strings.ToLower(strings.TrimSpace(p))}}
		}
	case "source":
		if u := attribute(attrs, "url"); u != "" {
			return []attr{{"url", resolve(f.base, u)}}
		}
	}
	return nil
}

// textLang lets the language of an entry's text stand for the entry: the content
// says more than the summary, and that more than the title.
func (r *repairer) textLang(k, lang string) {
	if r.begun < 0 && k == "title" && r.lang == "" { // the feed's, where it declares none
		r.lang = lang
	}
	if r.begun < 0 || lang == "" {
		return
	}
	rank := 2
	switch k {
	case "title", "atom:title":
		rank = 1
	case "content", "content:encoded", "atom:content":
		rank = 3
	}
	if rank > r.langFrom {
		r.places[len(r.places)-1].lang, r.langFrom = lang, rank
	}
}

// writeURL writes an element whose inside is an address, resolved.
func (r *repairer) writeURL(k string, attrs []attr, in inside, f frame) {
	v := spell(r.plainValue(in))
	if v == "" && k == "link" && r.begun >= 0 && len(attrs) == 0 && len(in.pieces) == 0 {
		v = r.addressBehind()
	}
	if v == "" {
		switch strings.ToLower(attribute(attrs, "rel")) {
		case "", "alternate":
			v = spell(attribute(attrs, "href"))
		}
	}
	if v != "" {
		r.writeText(k, resolve(f.base, v))
	}
	if k == "link" && r.begun < 0 {
		r.anchor(v)
	}
}

// addressBehind returns the address that stands behind a link without an inside: to HTML,
// by whose rules some programs print feeds, a link has none.
func (r *repairer) addressBehind() string {
	behind, _, _ := strings.Cut(r.s[r.pos:min(len(r.s), r.pos+maxAddress)], "<")
	return webAddress(decodeEntities(behind, r.entities))
}

// anchor takes an address of the feed itself for the one that links are relative to,
// in a document of which no one knows where it came from.
func (r *repairer) anchor(raw string) {
	if r.top().base != nil {
		return
	}
	base, err := url.Parse(webAddress(raw))
	if err != nil || base.Host == "" {
		return
	}
	for i := range r.stack {
		if r.stack[i].base == nil {
			r.stack[i].base = base
		}
	}
}

// linkAttrs are the attributes of an empty element that are read.
var linkAttrs = []string{"rel", "href", "type", "hreflang", "term", "label", "url", "length"}

// writeEmpty writes an element whose attributes are the value.
func (r *repairer) writeEmpty(k string, attrs []attr, in inside, f frame) {
	var kept []attr
	for _, name := range linkAttrs {
		v := strings.TrimSpace(attribute(attrs, name))
		if name == "href" && v == "" && (k == "link" || k == "atom:link") {
			v = spell(r.plainValue(in)) // written as in RSS
		}
		if name == "href" || name == "url" {
			v = resolve(f.base, v)
		}
		if name == "term" && v == "" && k == "category" {
			v = strings.TrimSpace(r.plainValue(in))
		}
		if v != "" {
			kept = append(kept, attr{name, v})
		}
	}
	if rel := strings.ToLower(attribute(kept, "rel")); rel == "self" && r.begun < 0 && r.self == "" {
		r.self = attribute(kept, "href")
		r.anchor(r.self)
	}
	for i := range kept {
		if kept[i].name == "href" {
			kept[i].name = hrefAttr
		}
	}
	r.write(k, kept, "")
}

// inside reads up to the end of the element; it is good until the next is read. An element that is never closed ends
// where a sibling begins; it is found out at the end of the parent and read again.
func (r *repairer) inside(name string, f frame) (inside, error) {
	l := leafReader{repairer: r, tag: name, f: f, sibling: -1, in: inside{pieces: r.pieces[:0]}}
	l.prose = f.use == useText && !strings.HasSuffix(strings.ToLower(name), "title")
	for {
		done, err := false, error(nil)
		switch t := r.next(); t.kind {
		case tokEOF:
			return l.in, nil
		case tokText, tokCDATA:
			r.cut = r.cut || t.cut && t.kind == tokCDATA
			l.in.pieces = append(l.in.pieces, piece{t.kind, t.text})
		case tokStart:
			done, err = l.start(t)
		case tokEnd:
			done = l.end(t)
		}
		if done || err != nil {
			return l.in, err
		}
	}
}

// leafReader is an element whose inside is being read.
type leafReader struct {
	*repairer
	tag           string
	f             frame
	prose         bool // its inside may be HTML
	in            inside
	nested        []string // open children
	sibling       int      // where an element came up that may be a sibling, -1 for none
	siblingPieces int      // how many pieces there were then
}

// start takes a start tag, and reports whether the element ended before it.
func (l *leafReader) start(t token) (done bool, err error) {
	l.elements++
	if err := l.limits(len(l.stack)+len(l.nested), len(t.attrs), l.f.spaces, t.start); err != nil {
		return true, err
	}
	space, local := l.name(l.f.scope, t.name)
	known := l.f.uses[key(space, local)]
	if known == useItem {
		l.unclosed(t.start)
		return true, nil
	}
	if known != useSkip && l.sibling < 0 && len(l.nested) == 0 && !(l.prose && inProse[local]) {
		l.sibling, l.siblingPieces = t.start, len(l.in.pieces)
	}
	l.in.children = true
	l.in.pieces = append(l.in.pieces, piece{tokStart, l.s[t.start:t.end]})
	l.nested = push(l.nested, t)
	return false, nil
}

// end takes an end tag, and reports whether the element ended with it or before it.
func (l *leafReader) end(t token) (done bool) {
	i := matching(l.nested, t.name)
	switch {
	case i >= 0:
		l.nested = l.nested[:i]
		l.in.pieces = append(l.in.pieces, piece{tokEnd, l.s[t.start:t.end]})
	case strings.EqualFold(t.name, l.tag):
		l.in.closed = true
		return true
	case l.encloses(t.name):
		l.unclosed(t.start)
		return true
	}
	return false
}

// unclosed ends an element whose end tag is missing, at its first sibling where
// there is one and at the given place otherwise.
func (l *leafReader) unclosed(at int) {
	l.pos = at
	if l.sibling >= 0 && l.reread+at-l.sibling <= maxReread*len(l.s) {
		l.reread += at - l.sibling
		l.pos = l.sibling
		l.in.pieces = l.in.pieces[:l.siblingPieces]
		l.in.children = false
	}
	l.in.closed = true
	l.note("element " + printableName(l.tag) + " is not closed")
}

// inProse are the elements that HTML within a text has in common with feeds: they
// do not show that the text's own end tag is missing.
var inProse = map[string]bool{"link": true, "content": true, "body": true, "div": true}

// push opens a child element. Those that HTML leaves unclosed do not nest in
// themselves.
func push(nested []string, t token) []string {
	name := strings.ToLower(t.name)
	if t.selfClosed || void[name] {
		return nested
	}
	if n := len(nested); n > 0 && strings.EqualFold(nested[n-1], name) {
		switch name {
		case "p", "li", "dt", "dd", "tr", "td", "option":
			nested = nested[:n-1]
		}
	}
	return append(nested, t.name)
}

// matching returns the place of the innermost open child of that name, -1 for none.
func matching(nested []string, name string) int {
	for i := len(nested) - 1; i >= 0; i-- {
		if strings.EqualFold(nested[i], name) {
			return i
		}
	}
	return -1
}

// encloses reports whether an element of the structure with that name is open.
func (r *repairer) encloses(name string) bool {
	for i := range r.stack {
		if strings.EqualFold(r.stack[i].qname, name) {
			return true
		}
	}
	return false
}

// printableName bounds a name for a note.
func printableName(s string) string { return printable(s[:min(len(s), 40)]) }

// textValue returns an element's inside as markup.
func (r *repairer) textValue(k string, attrs []attr, in inside, s *scope) string {
	typ := strings.ToLower(strings.TrimSpace(attribute(attrs, "type")))
	if r.atom && !strings.Contains(k, ":") || strings.HasPrefix(k, "atom:") {
		mode := strings.ToLower(strings.TrimSpace(attribute(attrs, "mode")))
		return r.atomText(strings.HasSuffix(k, "content"), typ, mode, in, s)
	}
	media := k == "media:title" || k == "media:description"
	switch {
	case media && typ != "html" && !in.children:
		return escape(strings.TrimSpace(r.plainValue(in)))
	case in.children || strings.HasPrefix(k, "xhtml:"):
		return strings.TrimSpace(r.markup(in, s, false))
	}
	return strings.TrimSpace(r.plainValue(in))
}

// atomText returns the inside of one of Atom's text constructs, or of its content,
// as markup. typ and mode are its attributes, in lower case; mode is Atom 0.3's.
func (r *repairer) atomText(content bool, typ, mode string, in inside, s *scope) string {
	xhtml := strings.Contains(typ, "xhtml")
	if in.children || xhtml && in.verbatim() {
		return strings.TrimSpace(r.markup(in, s, xhtml))
	}
	v := strings.TrimSpace(r.plainValue(in))
	if mode == "base64" || binary(typ) {
		raw, err := base64.StdEncoding.DecodeString(squeeze(v))
		if err == nil && utf8.Valid(raw) {
			v = string(raw)
		} else if binary(typ) && content { // in a title nothing but text can be meant
			return ""
		}
	}
	if xhtml || holdsMarkup(typ) { // XHTML is an element with all in it: escaped, it is HTML by a wrong name
		return v
	}
	return escape(v)
}

// holdsMarkup reports whether text of Atom's type typ is markup once it is decoded.
func holdsMarkup(typ string) bool {
	return typ == "html" || typ == "text/html" || strings.HasSuffix(typ, "+xml") || strings.HasSuffix(typ, "/xml")
}

// binary reports whether a media type says that Atom content is base64.
func binary(typ string) bool {
	for _, p := range []string{"image/", "audio/", "video/", "application/"} {
		if strings.HasPrefix(typ, p) {
			return !strings.HasSuffix(typ, "xml") && !strings.Contains(typ, "json")
		}
	}
	return false
}

// plainValue returns the text of an element's inside, decoded, without tags.
func (r *repairer) plainValue(in inside) string {
	if len(in.pieces) == 1 {
		return unwrap(plain(in.pieces[0].text, in.pieces[0].kind, r.entities))
	}
	var b strings.Builder
	for _, p := range in.pieces {
		b.WriteString(plain(p.text, p.kind, r.entities))
	}
	return unwrap(b.String())
}

// unwrap takes off a CDATA section that was escaped with the text in it, as
// qafqazinfo.az sends it: HTML would take its beginning for a comment and with it
// the text up to the first tag.
func unwrap(s string) string {
	for _, w := range []struct{ start, end string }{{"<![CDATA[", "]]>"}, {"&lt;![CDATA[", "]]&gt;"}} {
		rest, ok := strings.CutPrefix(strings.TrimSpace(s), w.start)
		if !ok {
			continue
		}
		if !strings.Contains(rest, w.end) { // its bracket ended the section about it
			rest = strings.TrimSuffix(rest, strings.TrimSuffix(strings.TrimSuffix(w.end, ">"), "&gt;"))
		}
		rest = strings.Replace(rest, w.end, "", 1)
		if w.start[0] == '&' {
			rest = decodeEntities(rest, nil)
		}
		return rest
	}
	return s
}

// plain decodes a piece of text.
func plain(s string, k kind, entities *entities) string {
	switch k {
	case tokText:
		return decodeEntities(s, entities)
	case tokCDATA:
		return s
	}
	return ""
}

// markup returns an element's inside as HTML. In XHTML a CDATA section is text;
// elsewhere it is markup that the writer put beside other markup.
func (r *repairer) markup(in inside, s *scope, xhtml bool) string {
	var b strings.Builder
	own := 0 // prefixes that the markup declares itself
	for _, p := range in.pieces {
		switch p.kind {
		case tokStart:
			if own < maxPrefixes && strings.Contains(p.text, "xmlns:") {
				s = xhtmlScope(p.text, s)
				own++
			}
			b.WriteString(openTag(r.bareTag(p.text, s)))
		case tokText:
			b.WriteString(expand(p.text, r.entities))
		case tokCDATA:
			if xhtml {
				b.WriteString(escape(p.text))
			} else {
				b.WriteString(p.text)
			}
		default:
			b.WriteString(r.bareTag(p.text, s))
		}
	}
	return b.String()
}

// maxPrefixes is how many tags of one text may declare prefixes.
const maxPrefixes = 20

// xhtmlScope adds the prefixes for XHTML that a tag declares to those in force.
func xhtmlScope(tag string, s *scope) *scope {
	x := scanner{s: tag}
	for _, a := range x.next().attrs {
		if prefix, ok := strings.CutPrefix(a.name, "xmlns:"); ok && spaceOf(a.value) == "xhtml" {
			s = &scope{prefix: prefix, space: "xhtml", outer: s}
		}
	}
	return s
}

// expand puts the document's own entities into text that stays markup.
func expand(s string, entities *entities) string {
	if entities == nil || !strings.Contains(s, "&") {
		return s
	}
	return escape(decodeEntities(s, entities))
}

// openTag returns a tag as HTML has it. "<iframe/>" is an empty element to XML and
// the beginning of one to HTML, which would take all the rest for its inside.
func openTag(raw string) string {
	if !strings.HasSuffix(raw, "/>") || strings.HasPrefix(raw, "</") {
		return raw
	}
	end := 1
	for !tagBreak(raw[end]) {
		end++
	}
	if name := raw[1:end]; !void[strings.ToLower(name)] {
		return raw[:len(raw)-2] + "></" + name + ">"
	}
	return raw
}

// bareTag returns a tag of XHTML without its prefix, which HTML does not know.
func (r *repairer) bareTag(raw string, s *scope) string {
	lead := 1
	if strings.HasPrefix(raw, "</") {
		lead = 2
	}
	end := lead
	for end < len(raw) && !tagBreak(raw[end]) {
		end++
	}
	prefix := prefixOf(raw[lead:end])
	if prefix == "" {
		return raw
	}
	if space, _ := s.resolve(prefix); space != "xhtml" {
		return raw
	}
	return raw[:lead] + raw[lead+len(prefix)+1:]
}

// writeText puts an element into the output whose value is a text. Those of other
// namespaces gofeed trims, and must be given; a ticket stands for the others.
func (r *repairer) writeText(name, text string) {
	if strings.Contains(name, ":") && (name != "content:encoded" || r.atom) {
		r.write(name, nil, text)
		return
	}
	text = legal(text)
	ticket := r.texts.check(text)
	r.out().spared += len(text) - len(ticket)
	r.write(name, nil, ticket)
}

// write puts an element into the output.
func (r *repairer) write(name string, attrs []attr, value string) {
	if len(r.stack) > 0 {
		r.top().filled = true
	}
	r.leaves++
	b := r.out()
	size := len(value) + len("]]><![CDATA[")*strings.Count(value, "]]>")
	for _, a := range attrs {
		size += len(a.value)
	}
	if b.Len()+b.spared+size > maxGrowth*len(r.s)+growth {
		r.swollen = true
		return
	}
	b.WriteByte('<')
	b.WriteString(name)
	for _, a := range attrs {
		b.WriteByte(' ')
		b.WriteString(a.name)
		b.WriteString(`="`)
		b.WriteString(attrEscaper.Replace(legal(a.value)))
		b.WriteByte('"')
	}
	b.WriteByte('>')
	b.value(legal(value))
	b.WriteString("</")
	b.WriteString(name)
	b.WriteByte('>')
}

// value writes the value of an element, bare where the library reads it the same so and
// in less time.
func (b *output) value(v string) {
	if !strings.ContainsAny(v, "&<>\r") && v == strings.TrimSpace(v) {
		b.WriteString(v)
		return
	}
	b.WriteString("<![CDATA[")
	b.WriteString(strings.ReplaceAll(v, "]]>", "]]]]><![CDATA[>"))
	b.WriteString("]]>")
}

var attrEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// legal drops the characters that XML cannot hold: control characters and the
// two that Unicode keeps for nobody. Those that part words leave a blank, and
// those that are windows-1252 taken for Latin-1 on the way are what was meant.
func legal(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xef || c == 0xc2 {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t' || c == '\n' || c == '\r':
			return c
		case c == '\v' || c == '\f':
			return ' '
		case c < ' ' || c == 0xfffe || c == 0xffff:
			return -1
		case c >= 0x80 && c < 0xa0:
			return windows1252(byte(c))
		}
		return c
	}, s)
}

// windows1252 returns the letter of a byte from 0x80, -1 for none.
func windows1252(c byte) rune {
	if r := charmap.Windows1252.DecodeByte(c); r >= 0xa0 && r != utf8.RuneError {
		return r
	}
	return -1
}

// squeeze drops all white space: an address has none, whatever the line breaks
// its writer put into it.
func squeeze(s string) string {
	if !strings.ContainsAny(s, " \t\r\n\u00a0") {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}
