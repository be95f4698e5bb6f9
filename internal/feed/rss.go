package feed

import (
	"net/url"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// readRSS makes a Document of a repaired RSS document.
func readRSS(rep repaired) (Document, error) {
	f, err := (&rss.Parser{}).Parse(strings.NewReader(rep.xml))
	if err != nil {
		return Document{}, parserError(err)
	}
	rep.texts.fetchAll(&f.Title, &f.Description)
	rep.texts.fetchEach(f.Links)
	x := extensions(f.Extensions)
	doc := Document{
		Title:     first(f.Title, x.get("dc", "title"), x.get("atom", "title"), f.Description),
		Language:  spoken(declaredLanguage(f.Language), declaredLanguage(x.get("dc", "language")), rep.lang),
		SkipHours: hours(f.SkipHours),
		SkipDays:  days(f.SkipDays),
	}
	doc.URL = first(lastAddress(f.Links), webAddress(x.link()))
	pace(&doc, f.TTL, x.get("sy", "updatePeriod"), x.get("sy", "updateFrequency"))
	doc.Entries = make([]Entry, 0, len(f.Items))
	for i, it := range f.Items {
		at := place{}
		if i < len(rep.places) {
			at = rep.places[i]
		}
		rep.texts.fetchItem(it)
		e := rssEntry(it, at, doc.Language)
		if it.Source != nil {
			e.from(doc, it.Source.Title, it.Source.URL)
		}
		doc.Entries = append(doc.Entries, e)
	}
	return doc, nil
}

// rssTexts are the elements of an RSS item that the library has no field for and that
// are texts.
var rssTexts = []string{"summary", "encoded", "content", "body", "fulltext", "full-text", "fullitem", "text", "abstract"}

// fetchItem puts the texts of an item in the place of their tickets.
func (c cloakroom) fetchItem(it *rss.Item) {
	c.fetchAll(&it.Title, &it.Description, &it.Content, &it.Author)
	c.fetchEach(it.Links)
	for _, name := range rssTexts {
		if ticket, ok := it.Custom[name]; ok {
			it.Custom[name] = c.fetch(ticket)
		}
	}
}

// rssEntry makes an Entry of an RSS item.
func rssEntry(it *rss.Item, at place, lang string) Entry {
	x := extensions(it.Extensions)
	own := it.Custom
	e := Entry{
		Title:    first(it.Title, x.get("dc", "title"), x.get("atom", "title"), x.get("media", "title"), x.get("itunes", "title")),
		Summary:  first(it.Description, own["summary"], own["abstract"], x.get("dc", "description"), x.get("dcterms", "abstract"), x.get("atom", "summary"), x.get("itunes", "summary"), x.get("itunes", "subtitle"), x.get("media", "description")),
		Content:  first(it.Content, own["encoded"], own["content"], x.get("atom", "content"), x.get("xhtml", "body"), x.get("xhtml", "div"), own["body"], own["fulltext"], own["full-text"], own["fullitem"], own["text"]),
		Author:   first(it.Author, x.get("dc", "creator"), x.get("dc", "author"), x.get("itunes", "author")),
		Language: spoken(declaredLanguage(x.get("dc", "language")), at.lang, lang),
	}
	if e.Content == "" && it.Description != "" { // two texts: the longer tells the story
		e.Summary, e.Content = shorter(it.Description, own["summary"])
	}
	if it.GUID != nil {
		e.GUID = strings.TrimSpace(it.GUID.Value)
		e.Permalink = it.GUID.IsPermalink != "false"
	}
	if e.GUID == "" {
		e.GUID = first(x.get("atom", "id"), own["id"], x.get("dc", "identifier"))
		e.Permalink = false
	}
	e.Link = rssLink(it, x, e, at.base)
	e.Published = anyDate(it.PubDate, x.get("atom", "published"), x.get("atom", "issued"), own["published"], own["issued"],
		x.get("dcterms", "issued"), x.get("dc", "date"), own["date"], x.get("dcterms", "created"), own["created"], x.get("atom", "created"))
	e.Updated = anyDate(x.get("atom", "updated"), x.get("atom", "modified"), x.get("dcterms", "modified"), own["updated"], own["modified"])
	for _, c := range it.Categories {
		e.Categories = appendNew(e.Categories, c.Value)
	}
	for _, c := range x["dc"]["subject"] {
		e.Categories = appendNew(e.Categories, c.Value)
	}
	return e
}

// rssLink picks the address of an item's page: the one behind a counting service,
// its link, Atom's link, the guid that says it is one, a guid that looks like one,
// and last what the item encloses.
func rssLink(it *rss.Item, x extensions, e Entry, base *url.URL) string {
	if l := first(x.origin(), lastAddress(it.Links)); l != "" { // nearly all have one
		return l
	}
	if l := first(webAddress(x.link()), webAddress(e.GUID)); l != "" {
		return l
	}
	if e.Permalink && strings.HasPrefix(e.GUID, "/") {
		return webAddress(resolve(base, e.GUID))
	}
	for _, l := range x["atom"]["link"] {
		if a := webAddress(l.Attrs[hrefAttr]); a != "" && pageBy(strings.ToLower(l.Attrs["rel"]), l.Attrs["type"]) {
			return a
		}
	}
	for _, c := range it.Enclosures {
		if l := webAddress(c.URL); l != "" && tells(c.Type) {
			return l
		}
	}
	for _, l := range x["atom"]["link"] {
		if strings.EqualFold(l.Attrs["rel"], "enclosure") && tells(l.Attrs["type"]) {
			return webAddress(l.Attrs[hrefAttr])
		}
	}
	return ""
}

// tells reports whether an enclosure of that type can be what an entry is about: a
// recording or a document, while a picture goes with a text.
func tells(mediaType string) bool {
	return !strings.HasPrefix(strings.ToLower(strings.TrimSpace(mediaType)), "image/")
}

// lastAddress returns the last of several addresses that is one: writers put the
// one that holds behind one that was there before.
func lastAddress(links []string) string {
	for i := len(links) - 1; i >= 0; i-- {
		if l := webAddress(links[i]); l != "" {
			return l
		}
	}
	return ""
}

// shorter returns two texts, the shorter one first.
func shorter(a, b string) (short, long string) {
	if b == "" || a == b {
		return a, ""
	}
	if len(a) > len(b) {
		return b, a
	}
	return a, b
}

// appendNew appends a name that is not there yet.
func appendNew(names []string, name string) []string {
	name = strings.TrimSpace(name)
	if name == "" || len(names) >= 100 {
		return names
	}
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}

// extensions is gofeed's map of the elements of other namespaces.
type extensions map[string]map[string][]ext.Extension

// get returns the first value of an element that has one.
func (x extensions) get(space, name string) string {
	elements := x[space][name]
	if elements == nil {
		elements = x[space][strings.ToLower(name)]
	}
	for _, e := range elements {
		if v := strings.TrimSpace(e.Value); v != "" {
			return v
		}
	}
	return ""
}

// origin returns the address that a service that counts readers has put its own in
// front of.
func (x extensions) origin() string { return webAddress(x.get("feedburner", "origlink")) }

// link returns the address of an Atom link to a page.
func (x extensions) link() string {
	for _, l := range x["atom"]["link"] {
		if rel := strings.ToLower(l.Attrs["rel"]); rel == "" || rel == "alternate" {
			return l.Attrs[hrefAttr]
		}
	}
	return ""
}
