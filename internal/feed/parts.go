package feed

import (
	"strings"

	"github.com/cespare/xxhash/v2"
)

// What follows finds entries in documents that are written as a program writes them,
// and says of every other that it is not plain: cutting must never change what the
// rest is read as. A document is plain when each tag of it is closed by its own, in
// order; when entries are neighbours with nothing but blanks between them, none within
// another; and when it declares no type of its own. The repairer, whatever it makes of
// the inside of such an entry, stands behind it as it stood before.

// The limits of documents whose entries are told apart. They lie far below those of
// reading, so that a document that is refused whole is not read in part.
const (
	maxPlain       = 2 << 20 // bytes
	maxPlainSpans  = 1_000
	maxPlainTokens = 100_000
	maxPlainAttrs  = 100
	maxPlainDepth  = 50
)

// xmlParts finds the entries of an XML document.
func xmlParts(text string) parts {
	root, doctype, pos, err := findRoot(text)
	if err != nil || doctype != "" || root.selfClosed || root.cut || len(root.attrs) > maxPlainAttrs {
		return parts{}
	}
	w := plainWalk{scanner: scanner{s: text, pos: pos}, open: []string{root.name}, level: 1, entry: "item"}
	w.frame.WriteString(text[root.start:root.end])
	switch root.name {
	case "feed":
		w.entry = "entry"
	case "rss":
		w.level = 2
	case "rdf:RDF":
	default:
		return parts{}
	}
	for len(w.open) > 0 {
		if t := w.next(); !w.take(t) || w.tokens > maxPlainTokens || len(w.spans) > maxPlainSpans {
			return parts{}
		}
	}
	if len(w.spans) == 0 || strings.TrimSpace(text[w.pos:]) != "" {
		return parts{}
	}
	return parts{spans: w.spans, join: "\n", frame: w.frame.Sum64()}
}

// plainWalk goes through a document as long as it is plain.
type plainWalk struct {
	scanner
	entry  string // name of an entry
	level  int    // how many elements enclose one
	open   []string
	spans  []span
	within bool // in an entry: the last span is not complete
	frame  xxhash.Digest
}

// between reports whether nothing but entries may stand here.
func (w *plainWalk) between() bool { return len(w.spans) > 0 && !w.within }

// take goes over a token and reports whether the document is plain so far.
func (w *plainWalk) take(t token) bool {
	switch {
	case t.cut || t.kind == tokEOF:
		return false
	case t.kind == tokStart:
		return w.start(t)
	case t.kind == tokEnd:
		return w.end(t)
	case t.kind == tokText:
		return !w.between() || strings.TrimSpace(t.text) == ""
	case t.kind == tokOther && strings.HasPrefix(t.text, "!"): // a declaration
		return false
	}
	return !w.between()
}

// enclosing are names of elements that have a say in what is an entry, in any prefix.
var enclosing = map[string]bool{"rss": true, "rdf": true, "feed": true, "channel": true, "item": true, "entry": true}

// start goes over a start tag.
func (w *plainWalk) start(t token) bool {
	if len(t.attrs) > maxPlainAttrs || len(w.open) > maxPlainDepth || w.s[t.end-1] != '>' {
		return false
	}
	local := strings.ToLower(t.name[strings.IndexByte(t.name, ':')+1:])
	switch {
	case t.name == w.entry && len(w.open) == w.level && !w.within:
		if t.selfClosed || w.level == 2 && w.open[1] != "channel" {
			return false
		}
		w.spans, w.within = append(w.spans, span{from: t.start}), true
	case w.between():
		return false
	case t.name == "channel" && len(w.open) == 1 && w.entry == "item" && !w.within:
		w.frame.WriteString(w.s[t.start:t.end])
	case enclosing[local]:
		return false
	}
	if !t.selfClosed {
		w.open = append(w.open, t.name)
	}
	return true
}

// end goes over an end tag.
func (w *plainWalk) end(t token) bool {
	top := len(w.open) - 1
	if t.name != w.open[top] || w.s[t.end-1] != '>' {
		return false
	}
	w.open = w.open[:top]
	if w.within && top == w.level {
		w.spans[len(w.spans)-1].to, w.within = t.end, false
	}
	return true
}

// jsonParts finds the items of a JSON Feed.
func jsonParts(text string) parts {
	w := jsonWalk{s: text}
	if !w.skip('{') {
		return parts{}
	}
	for {
		from := w.pos
		if !w.value() {
			return parts{}
		}
		name := w.s[from:w.pos]
		switch {
		case !w.skip(':') || strings.Contains(name, `\`):
			return parts{}
		case name != `"items"`:
			if !w.value() {
				return parts{}
			}
		case w.spans != nil || !w.items():
			return parts{}
		}
		if !w.skip(',') {
			break
		}
	}
	if len(w.spans) == 0 || !w.skip('}') || w.pos < len(text) {
		return parts{}
	}
	return parts{spans: w.spans, join: ","}
}

// jsonWalk goes over the values of a JSON document without reading them.
type jsonWalk struct {
	s     string
	pos   int
	spans []span
}

func (w *jsonWalk) blanks() {
	w.pos = skipBlanks(w.s, w.pos)
}

// skip goes over blanks, c and the blanks behind it; it reports false where there is no c.
func (w *jsonWalk) skip(c byte) bool {
	w.blanks()
	if w.pos >= len(w.s) || w.s[w.pos] != c {
		return false
	}
	w.pos++
	w.blanks()
	return true
}

// items goes over the list of items, which must all be objects.
func (w *jsonWalk) items() bool {
	if !w.skip('[') {
		return false
	}
	for {
		from := w.pos
		if w.pos >= len(w.s) || w.s[w.pos] != '{' || !w.value() || len(w.spans) >= maxPlainSpans {
			return false
		}
		w.spans = append(w.spans, span{from, w.pos})
		if !w.skip(',') {
			return w.skip(']')
		}
	}
}

// value goes over a value: a string, brackets with all that is in them, or a word.
func (w *jsonWalk) value() bool {
	depth := 0
	for from := w.pos; w.pos < len(w.s); {
		switch c := w.s[w.pos]; c {
		case '"':
			if !w.text() {
				return false
			}
		case '{', '[':
			depth++
			w.pos++
		case '}', ']':
			if depth == 0 {
				return w.pos > from
			}
			depth--
			w.pos++
		case ',', ':', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return w.pos > from
			}
			w.pos++
			continue
		default:
			w.pos++
			continue
		}
		if depth == 0 {
			return true
		}
		if depth > maxPlainDepth {
			return false
		}
	}
	return false
}

// text goes over a string.
func (w *jsonWalk) text() bool {
	for w.pos++; w.pos < len(w.s); w.pos++ {
		switch w.s[w.pos] {
		case '\\':
			w.pos++
		case '"':
			w.pos++
			return true
		}
	}
	return false
}
