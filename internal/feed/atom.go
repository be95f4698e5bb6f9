package feed

import (
	"strings"

	"github.com/mmcdole/gofeed/atom"
)

// readAtom makes a Document of a repaired Atom document.
func readAtom(rep repaired) (Document, error) {
	f, err := (&atom.Parser{}).Parse(strings.NewReader(rep.xml))
	if err != nil {
		return Document{}, parserError(err)
	}
	rep.texts.fetchAll(&f.Title, &f.Subtitle)
	x := extensions(f.Extensions)
	doc := Document{
		Title:    first(f.Title, x.get("dc", "title"), f.Subtitle),
		Language: spoken(rep.lang, declaredLanguage(x.get("dc", "language"))),
		URL:      first(webAddress(atomLink(f.Links)), webAddress(f.Rights)),
	}
	pace(&doc, "", x.get("sy", "updatePeriod"), x.get("sy", "updateFrequency"))
	doc.Entries = make([]Entry, 0, len(f.Entries))
	for i, it := range f.Entries {
		at := place{}
		if i < len(rep.places) {
			at = rep.places[i]
		}
		rep.texts.fetchAll(&it.Title, &it.Summary)
		if it.Content != nil {
			rep.texts.fetchAll(&it.Content.Value)
		}
		e := atomEntryOf(it, at, doc.Language)
		if it.Source != nil {
			e.from(doc, it.Source.Title, atomLink(it.Source.Links))
		}
		doc.Entries = append(doc.Entries, e)
	}
	return doc, nil
}

// atomEntryOf makes an Entry of an Atom entry.
func atomEntryOf(it *atom.Entry, at place, lang string) Entry {
	x := extensions(it.Extensions)
	e := Entry{
		GUID:      first(strings.TrimSpace(it.Rights), x.get("dc", "identifier")),
		Title:     first(it.Title, x.get("dc", "title"), x.get("media", "title")),
		Summary:   first(it.Summary, x.get("dc", "description"), x.get("media", "description")),
		Link:      first(x.origin(), webAddress(atomLink(it.Links))),
		Published: anyDate(it.Published, x.get("dcterms", "issued"), x.get("dc", "date"), x.get("dcterms", "created")),
		Updated:   anyDate(it.Updated, x.get("dcterms", "modified")),
		Language:  spoken(declaredLanguage(x.get("dc", "language")), at.lang, lang),
	}
	if it.Content != nil {
		e.Content = it.Content.Value
	}
	e.Content = first(e.Content, x.get("content", "encoded"), x.get("xhtml", "body"), x.get("xhtml", "div"))
	if e.Link == "" {
		e.Link = first(webAddress(e.GUID), enclosed(it.Links))
	}
	for _, p := range it.Authors {
		if e.Author = strings.TrimSpace(first(p.Name, p.Email)); e.Author != "" {
			break
		}
	}
	e.Author = first(e.Author, x.get("dc", "creator"))
	for _, c := range it.Categories {
		e.Categories = appendNew(e.Categories, first(c.Label, c.Term))
	}
	return e
}

// enclosed returns the address of what an entry encloses, for one without a page.
func enclosed(links []*atom.Link) string {
	for _, l := range links {
		if strings.EqualFold(l.Rel, "enclosure") && tells(l.Type) {
			return webAddress(l.Title)
		}
	}
	return ""
}

// pageBy reports whether a link whose relation somebody made up, which is an address
// then, leads to a page.
func pageBy(rel, typ string) bool {
	return strings.Contains(rel, "://") && strings.Contains(strings.ToLower(typ), "html")
}

// atomLink picks the link to the page: an alternate that says it is HTML before one
// that says nothing, that before another alternate, and any of them before a link
// that is not a service of the feed.
func atomLink(links []*atom.Link) string {
	best, bestRank := "", 0
	for _, l := range links {
		rank := 0
		switch rel := strings.ToLower(l.Rel); {
		case l.Title == "":
		case rel == "" || rel == "alternate" || rel == "http://www.iana.org/assignments/relation/alternate":
			rank = 2
			switch typ := strings.ToLower(l.Type); {
			case strings.Contains(typ, "html"):
				rank = 4
			case typ == "":
				rank = 3
			}
		case rel == "canonical" || rel == "bookmark":
			rank = 2
		case rel == "related" || rel == "via" || pageBy(rel, l.Type):
			rank = 1
		}
		if rank > bestRank {
			best, bestRank = l.Title, rank
		}
	}
	return best
}
