// Package feed turns the bytes of a feed document into entries, whatever format,
// charset and state they are in: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed.
//
// A document goes through four steps. charset.go decides what the bytes mean,
// before any parser sees them. repair.go walks the tokens once, refuses what would
// cost more than 150 MB or some seconds (BenchmarkHostile measures it), and writes the
// parts that are read as well-formed UTF-8 XML; this is where bare ampersands, unclosed
// tags, cut ends, xml:base and xml:lang are dealt with, and where longer texts are left
// in a cloakroom. gofeed's format parsers, under recover, turn the rest into their
// models, and rss.go, atom.go and jsonfeed.go those into a Document. Dates are read by
// dates.go, because a guessed zone moves an item to another day.
//
// The invariant: Title, Summary and Content of an Entry are markup, whatever the
// source said they were; normalise makes plain text of them. No letter is dropped
// without a note. A date that cannot be read for certain has its words and no
// time. The package refuses pages that are no feed and says which feed they name.
//
// Of a document that is written as plainly as programs write, Source tells the entries
// apart before they are read, so that those of the last poll need not be read again.
//
// It is the only package that imports gofeed. Read Parse and Entry first.
package feed

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"samur/internal/news"
)

// Document is a feed as it was read.
type Document struct {
	Format   string // "rss 2.0", "atom 1.0", "json feed 1.1" …
	Title    string // markup
	URL      string // the page the feed belongs to, absolute
	Self     string // the feed's own address as it says, "" when it does not
	Language string // as declared: "az", "ru-RU", "" when not
	Charset  string // what the bytes were read as
	Entries  []Entry

	TTL         time.Duration // how long the feed may be kept without asking again
	SkipHours   []int         // hours of the day, UTC, in which nothing comes
	SkipDays    []time.Weekday
	UpdateEvery time.Duration // sy:updatePeriod over sy:updateFrequency

	Notes []string // what had to be repaired, in words
}

// Entry is one entry as it was read. Title, Summary and Content are markup.
type Entry struct {
	GUID       string
	Permalink  bool   // the GUID is an address by the feed's own word
	Link       string // absolute http or https, "" when there is none
	Title      string
	Summary    string
	Content    string
	Published  Date
	Updated    Date
	Author     string
	Categories []string
	Source     string // markup: the outlet that it is taken from by its own word, "" for none or the feed itself
	SourceURL  string // absolute, of that outlet or its feed; "" when not said
	Language   string // declared for the entry, else for the feed
}

// Text returns the longer telling: the content, or the summary where the content
// says less.
func (e Entry) Text() string {
	if len(e.Content) > len(e.Summary) {
		return e.Content
	}
	return e.Summary
}

// from notes what an entry of doc says it is taken from.
func (e *Entry) from(doc Document, name, address string) {
	if name = strings.TrimSpace(name); name == "" || name == strings.TrimSpace(doc.Title) {
		return
	}
	e.Source, e.SourceURL = name, webAddress(address)
}

// Time returns when the entry was published, or last changed where that alone is
// told, as in most of Atom; zero when neither can be read.
func (e Entry) Time() time.Time {
	if e.Published.Time.IsZero() {
		return e.Updated.Time
	}
	return e.Published.Time
}

// Date is a date as written and, where it can be read for certain, as time.
type Date struct {
	Raw    string
	Time   time.Time // UTC; zero when Raw is empty or cannot be read
	NoZone bool      // none was written, UTC was taken
}

// Error is why a document could not be read.
type Error struct {
	Cause news.Cause // not-a-feed, bot-wall, parse or too-large
	Line  int        // where, 0 when it is no place
	Hint  string     // what to do, for instance the address of the feed a page names
	Err   error
}

// Error says what is wrong, where, and what to do.
func (e *Error) Error() string {
	msg := printable(e.Err.Error())
	if e.Line > 0 {
		msg = fmt.Sprintf("line %d: %s", e.Line, msg)
	}
	if e.Hint != "" {
		msg += "; " + e.Hint
	}
	return msg
}

// printable replaces what a document may have put into an error's text to reach a
// terminal or break a log line, and bounds it.
func printable(s string) string {
	if len(s) > 500 {
		s = s[:500] + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return '?'
	}, strings.ToValidUTF8(s, "?"))
}

// Unwrap returns the error underneath.
func (e *Error) Unwrap() error { return e.Err }

// maxBytes bounds a document, as it comes and as UTF-8. One of this size costs less than 150 MB to read
// whatever is in it; BenchmarkHostile measures it.
const maxBytes = 12 << 20

// tooLong returns the Error for a document of n bytes.
func tooLong(n int) *Error {
	return &Error{Cause: news.CauseTooLarge, Err: fmt.Errorf("document of %d bytes, the limit is %d", n, maxBytes)}
}

// binaryKind names a file that is no text, "" for what may be some. Pictures and
// documents hold markup of their own, RDF above all.
func binaryKind(body string) string {
	for _, k := range []struct{ magic, kind string }{
		{"\x89PNG", "a picture"},
		{"\xff\xd8\xff", "a picture"},
		{"GIF8", "a picture"},
		{"icns", "a picture"},
		{"\x00\x00\x01\x00", "a picture"},
		{"RIFF", "a media file"},
		{"ID3", "a media file"},
		{"OggS", "a media file"},
		{"%PDF", "a PDF"},
		{"PK\x03\x04", "an archive"},
		{"\x1f\x8b", "compressed data"},
		{"\x28\xb5\x2f\xfd", "compressed data"},
	} {
		if strings.HasPrefix(body, k.magic) {
			return k.kind
		}
	}
	return ""
}

// notFeed returns an Error for a document that is none.
func notFeed(format string, args ...any) *Error {
	return &Error{Cause: news.CauseNotFeed, Err: fmt.Errorf(format, args...)}
}

// Parse reads body. contentType is the header it came with, base the address it
// came from after redirects; both may be empty. The error is always an *Error.
func Parse(body string, contentType, base string) (Document, error) {
	s, err := Open(body, contentType)
	if err != nil {
		return Document{}, err
	}
	return s.Read(base, nil)
}
