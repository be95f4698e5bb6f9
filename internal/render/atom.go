package render

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// Atom returns an Atom feed (RFC 4287) of ds, newest first. self is the feed's own
// address and base that of the pages: the page of an edition is
// base/digests/<slot>, with the slot as Slot.String writes it. Ids are tag URIs under
// base's host: an entry's is its slot, so that it stays when pages move; the feed's
// is the path of self, so that two feeds of one host differ.
func Atom(ds []news.Digest, self, base string) ([]byte, error) {
	ds = slices.Clone(ds)
	slices.SortStableFunc(ds, func(a, b news.Digest) int { return b.Slot.At.Compare(a.Slot.At) })
	base = strings.TrimRight(base, "/")
	who := authority(base, self)
	feed := newFeed(ds, self, base, who)
	for _, d := range ds {
		e, err := atomEntryOf(d, who, base)
		if err != nil {
			return nil, fmt.Errorf("enter digest %s into the Atom feed: %w", d.Slot, err)
		}
		feed.add(e)
	}
	return feed.encode()
}

// newFeed returns a feed without entries, in the language of the newest edition.
func newFeed(ds []news.Digest, self, base, who string) *atomFeed {
	feed := &atomFeed{
		Lang:      string(english.code),
		Title:     english.title,
		ID:        "tag:" + who + ",2026:samur" + armour(pathOf(self)),
		Updated:   rfc3339(time.Unix(0, 0)), // of a feed that has nothing yet
		Author:    "samur",
		Generator: "samur",
		Links:     []atomLink{{Rel: "self", Type: "application/atom+xml", Href: self}},
	}
	if base != "" {
		feed.Links = append(feed.Links, atomLink{Rel: "alternate", Type: "text/html", Href: base + "/"})
	}
	if len(ds) > 0 {
		f := newFrame(ds[0])
		feed.Lang, feed.Title = string(f.w.code), f.title()
	}
	return feed
}

func (f *atomFeed) add(e atomEntry) {
	f.Updated = max(f.Updated, e.Updated)
	f.Entries = append(f.Entries, e)
}

func (f *atomFeed) encode() ([]byte, error) {
	b, err := xml.MarshalIndent(f, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode Atom feed: %w", err)
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr"`
	Title     string      `xml:"title"`
	ID        string      `xml:"id"`
	Updated   string      `xml:"updated"`
	Author    string      `xml:"author>name"`
	Generator string      `xml:"generator"`
	Links     []atomLink  `xml:"link"`
	Entries   []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang      string      `xml:"xml:lang,attr"`
	Title     string      `xml:"title"`
	ID        string      `xml:"id"`
	Updated   string      `xml:"updated"`
	Published string      `xml:"published"`
	Links     []atomLink  `xml:"link"`
	Topics    []atomTopic `xml:"category"`
	Content   atomContent `xml:"content"`
}

type atomTopic struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

func atomEntryOf(d news.Digest, who, base string) (atomEntry, error) {
	f := newFrame(d)
	body, _, err := f.page().html("edition", f) // without the document around it
	if err != nil {
		return atomEntry{}, err
	}
	slot := url.PathEscape(d.Slot.String())
	e := atomEntry{
		Lang: string(f.w.code), Title: Subject(d),
		ID:      "tag:" + who + "," + d.Slot.At.UTC().Format(time.DateOnly) + ":" + slot,
		Updated: rfc3339(madeAt(d)), Published: rfc3339(d.Slot.At),
		Content: atomContent{Type: "html", Body: string(body)},
	}
	if base != "" {
		e.Links = []atomLink{{Rel: "alternate", Type: "text/html", Href: base + "/digests/" + slot}}
	}
	return e, nil
}

func madeAt(d news.Digest) time.Time {
	if d.Made.IsZero() {
		return d.Slot.At
	}
	return d.Made
}

func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// authority is the host that ids are made under: that of the first address with one.
func authority(addresses ...string) string {
	for _, a := range addresses {
		if u, err := url.Parse(a); err == nil && u.Hostname() != "" {
			return armour(strings.ReplaceAll(u.Hostname(), ":", ".")) // an IPv6 address has colons
		}
	}
	return "samur.invalid" // RFC 2606: nobody's
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.EscapedPath()
}
