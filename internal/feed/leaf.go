package feed

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
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
	}
	if r.pos >= len(r.s) && !in.closed && !t.selfClosed {
		return nil // cut inside this value: no value
	}
	switch f.use {
	case useSkip:
	case useText:
		r.textLang(k, f.lang)
		r.write(k, nil, r.textValue(k, attrs, in, f.scope))
	case usePlain:
		v := strings.TrimSpace(r.plainValue(in))
		if k == "guid" || k == "id" || k == "atom:id" {
			r.guid = r.guid || v != ""
		}
		if v == "" {
			return nil
		}
		if p := attribute(attrs, "isPermaLink"); k == "guid" && p != "" {
			attrs = []attr{{"isPermaLink", strings.ToLower(strings.TrimSpace(p))}}
		} else {
			attrs = nil
		}
		r.write(k, attrs, v)
	case useURL:
		r.writeURL(k, attrs, in, f)
	case useEmpty:
		r.writeEmpty(k, attrs, in, f)
	}
	return nil
}

// textLang lets the language of an entry's text stand for the entry: the content
// says more than the summary, and that more than the title.
func (r *repairer) textLang(k, lang string) {
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
	v := squeeze(r.plainValue(in))
	if v == "" {
		switch strings.ToLower(attribute(attrs, "rel")) {
		case "", "alternate":
			v = squeeze(attribute(attrs, "href"))
		}
	}
	if v != "" {
		r.write(k, nil, resolve(f.base, v))
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
			v = squeeze(r.plainValue(in)) // written as in RSS
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
	}
	r.write(k, kept, "")
}

// inside reads up to the end of the element. An element that is never closed ends
// where a sibling begins; it is found out at the end of the parent and read again.
func (r *repairer) inside(name string, f frame) (inside, error) {
	var in inside
	var nested []string
	sibling, siblingPieces := -1, 0 // where the first sibling's name came up
	for {
		t := r.next()
		switch t.kind {
		case tokEOF:
			return in, nil
		case tokText, tokCDATA:
			if t.cut && t.kind == tokCDATA {
				r.cut = true
			}
			in.pieces = append(in.pieces, piece{t.kind, t.text})
		case tokStart:
			r.elements++
			if err := r.limits(len(r.stack)+len(nested), len(t.attrs), f.spaces, t.start); err != nil {
				return in, err
			}
			space, local := r.name(f.scope, t.name)
			known := f.uses[key(space, local)]
			if known == useItem {
				r.pos = t.start
				return in, nil
			}
			if known != useSkip && sibling < 0 && len(nested) == 0 && local != "link" && local != "content" && local != "body" && local != "div" {
				sibling, siblingPieces = t.start, len(in.pieces)
			}
			in.children = true
			in.pieces = append(in.pieces, piece{tokStart, r.s[t.start:t.end]})
			nested = push(nested, t)
		case tokEnd:
			i := matching(nested, t.name)
			switch {
			case i >= 0:
				nested = nested[:i]
				in.pieces = append(in.pieces, piece{tokEnd, r.s[t.start:t.end]})
			case strings.EqualFold(t.name, name):
				in.closed = true
				return in, nil
			case r.encloses(t.name):
				r.pos = t.start
				if sibling >= 0 && r.rewinds < maxRewinds {
					r.rewinds++
					r.pos = sibling
					in.pieces = in.pieces[:siblingPieces]
					in.children = false
				}
				in.closed = true
				r.note("element " + printableName(name) + " is not closed")
				return in, nil
			}
		}
	}
}

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
func printableName(s string) string { return s[:min(len(s), 40)] }

// textValue returns an element's inside as markup.
func (r *repairer) textValue(k string, attrs []attr, in inside, s *scope) string {
	construct := r.atom && !strings.Contains(k, ":") || strings.HasPrefix(k, "atom:")
	typ := strings.ToLower(strings.TrimSpace(attribute(attrs, "type")))
	mode := strings.ToLower(strings.TrimSpace(attribute(attrs, "mode")))
	if !construct {
		if k == "media:title" || k == "media:description" {
			if typ != "html" && !in.children {
				return escape(strings.TrimSpace(r.plainValue(in)))
			}
		}
		if in.children || strings.HasPrefix(k, "xhtml:") {
			return strings.TrimSpace(r.markup(in, s, false))
		}
		return strings.TrimSpace(r.plainValue(in))
	}
	xhtml := strings.Contains(typ, "xhtml")
	if in.children || xhtml {
		return strings.TrimSpace(r.markup(in, s, xhtml))
	}
	v := strings.TrimSpace(r.plainValue(in))
	if mode == "base64" || binary(typ) {
		raw, err := base64.StdEncoding.DecodeString(squeeze(v))
		if err == nil && utf8.Valid(raw) {
			v = string(raw)
		} else if binary(typ) {
			return ""
		}
	}
	if typ == "html" || typ == "text/html" || strings.HasSuffix(typ, "+xml") || strings.HasSuffix(typ, "/xml") {
		return v
	}
	return escape(v)
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
		return plain(in.pieces[0].text, in.pieces[0].kind, r.entities)
	}
	var b strings.Builder
	for _, p := range in.pieces {
		b.WriteString(plain(p.text, p.kind, r.entities))
	}
	return b.String()
}

// plain decodes a piece of text.
func plain(s string, k kind, entities map[string]string) string {
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
	for _, p := range in.pieces {
		switch p.kind {
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

// expand puts the document's own entities into text that stays markup.
func expand(s string, entities map[string]string) string {
	if len(entities) == 0 || !strings.Contains(s, "&") {
		return s
	}
	return escape(decodeEntities(s, entities))
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

// write puts an element into the output.
func (r *repairer) write(name string, attrs []attr, value string) {
	if len(r.stack) > 0 {
		r.top().filled = true
	}
	b := r.out()
	b.WriteString("<" + name)
	for _, a := range attrs {
		b.WriteString(" " + a.name + `="`)
		b.WriteString(attrEscaper.Replace(legal(a.value)))
		b.WriteString(`"`)
	}
	b.WriteString(">")
	if value != "" {
		b.WriteString("<![CDATA[")
		b.WriteString(strings.ReplaceAll(legal(value), "]]>", "]]]]><![CDATA[>"))
		b.WriteString("]]>")
	}
	b.WriteString("</" + name + ">")
}

var attrEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// legal drops the characters that XML cannot hold: control characters and the
// two that Unicode keeps for nobody.
func legal(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xef {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xfffe || c == 0xffff {
			return -1
		}
		return c
	}, s)
}

// squeeze drops all white space: an address has none, whatever the line breaks
// its writer put into it.
func squeeze(s string) string {
	if !strings.ContainsAny(s, " \t\r\n\u00a0") {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}
