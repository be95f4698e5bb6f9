package feed

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cespare/xxhash/v2"

	"samur/internal/news"
)

// Source is a document whose letters are known and whose entries are not read yet.
// Where it is plain how they lie in it, they can be told apart by Spans, and those
// that were read before be left out of Read: reading is most of what a poll costs,
// and of most documents one entry is new.
type Source struct {
	text    string // UTF-8, from the first sign that is none of blanks
	before  int    // lines that were cut off in front of it
	charset string
	notes   []string
	parts   parts
}

// parts says how the entries lie in a document. Everything but the spans is kept when
// some of them are left out. The zero value is of a document that is not plain.
type parts struct {
	spans []span
	join  string // what stands between two spans when others were left out
	frame uint64 // of the elements that enclose the entries
}

// span is the place of an entry in the text, from its first sign to its last.
type span struct{ from, to int }

// guard turns a panic of a parser into an error.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = &Error{Cause: news.CauseParse, Err: fmt.Errorf("parser gave up: %v", p)}
	}
}

// Open decides the charset of a body and finds its entries. contentType is the header
// that it came with, "" for none. The error is always an *Error.
func Open(body string, contentType string) (s *Source, err error) {
	defer guard(&err)
	if len(body) > maxBytes {
		return nil, tooLong(len(body))
	}
	if kind := binaryKind(body); kind != "" {
		return nil, notFeed("%s where a feed should be", kind)
	}
	text, name, notes := decode(body, contentType)
	if len(text) > maxBytes { // a byte of windows-1251 is up to three of UTF-8
		return nil, tooLong(len(text))
	}
	trimmed := strings.TrimLeft(text, " \t\r\n\f\v\u0085\u00a0\u200b\ufeff\u2028\x00")
	s = &Source{text: trimmed, before: strings.Count(text[:len(text)-len(trimmed)], "\n"), charset: name, notes: notes}
	switch {
	case trimmed == "":
		return nil, notFeed("empty document")
	case len(notes) > 0 || len(trimmed) > maxPlain:
	case s.json():
		s.parts = jsonParts(trimmed)
	default:
		s.parts = xmlParts(trimmed)
	}
	return s, nil
}

// json reports whether the document is JSON if it is anything.
func (s *Source) json() bool { return s.text[0] == '{' || s.text[0] == '[' }

// Spans returns a name for each entry, in the order of the document: entries written
// in the same bytes have the same. It is nil where it is not plain how the entries lie.
func (s *Source) Spans() []uint64 {
	if len(s.parts.spans) == 0 {
		return nil
	}
	out := make([]uint64, len(s.parts.spans))
	for i, sp := range s.parts.spans {
		out[i] = xxhash.Sum64String(s.text[sp.from:sp.to])
	}
	return out
}

// Frame names what encloses the entries and has a say in how they are read: charset,
// namespaces, xml:base and xml:lang. The language that the head declares as text has
// one too; it is Document.Language.
func (s *Source) Frame() uint64 {
	return xxhash.Sum64String(fmt.Sprintf("%s %x", s.charset, s.parts.frame))
}

// Read reads the entries, all of them when without is nil. Otherwise those of Spans
// are left out that without is true for, as if the document did not have them; the
// limits then apply to what is left. base is the address that the document came from
// after redirects, "" for none. The error is always an *Error.
func (s *Source) Read(base string, without []bool) (doc Document, err error) {
	defer func() {
		if err != nil {
			doc = Document{}
		}
	}()
	defer guard(&err)
	text := s.text
	if without != nil {
		text = s.rest(without)
	}
	switch {
	case s.json():
		doc, err = parseJSON(text, base)
	case strings.Contains(text, "<"):
		doc, err = parseXML(text, base, s.before)
	default:
		err = notFeed("plain text, neither XML nor JSON")
	}
	if err != nil {
		var e *Error
		if !errors.As(err, &e) {
			err = &Error{Cause: news.CauseParse, Err: err}
		}
		return doc, err
	}
	doc.Charset = s.charset
	doc.Notes = append(s.notes[:len(s.notes):len(s.notes)], doc.Notes...)
	return doc, nil
}

// rest is the text without some of its entries.
func (s *Source) rest(without []bool) string {
	spans := s.parts.spans
	var b strings.Builder
	b.WriteString(s.text[:spans[0].from])
	joint := ""
	for i, sp := range spans {
		if without[i] {
			continue
		}
		b.WriteString(joint)
		b.WriteString(s.text[sp.from:sp.to])
		joint = s.parts.join
	}
	b.WriteString(s.text[spans[len(spans)-1].to:])
	return b.String()
}
