package web

import (
	"encoding/xml"
	"net/http"
	"time"

	"samur/internal/render"
)

// The Atom feed (RFC 4287) of a question: whoever follows it hears of new items that
// the same question would find.
type foundFeed struct {
	XMLName xml.Name     `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string       `xml:"xml:lang,attr"`
	Title   string       `xml:"title"`
	ID      string       `xml:"id"`
	Updated string       `xml:"updated"`
	Author  string       `xml:"author>name"`
	Links   []foundLink  `xml:"link"`
	Entries []foundEntry `xml:"entry"`
}

type foundLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type foundEntry struct {
	Title     string      `xml:"title"`
	ID        string      `xml:"id"`
	Updated   string      `xml:"updated"`
	Published string      `xml:"published"`
	Author    string      `xml:"author>name"`
	Links     []foundLink `xml:"link"`
	Summary   string      `xml:"summary,omitempty"`
}

// searchAtom is the feed of a question.
func (s *server) searchAtom(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	q, asked, err := s.question(v)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	if !asked {
		s.missing(w, v, v.W.AskSomething)
		return
	}
	q.Limit, q.Most, q.Before = searchAtom, maxLooked, 0
	found, err := s.o.Store.Search(q)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	base, self := s.baseOf(r), searchAtomURL(v.query)
	feed := foundFeed{
		Lang: string(v.Lang), Title: "samur: " + render.Tidy(v.query.Get("q"), 120), ID: base + self, Updated: time.Unix(0, 0).UTC().Format(time.RFC3339), Author: "samur",
		Links: []foundLink{{"self", "application/atom+xml", base + self}, {"alternate", "text/html", base + "/search?" + self[len("/search.atom?"):]}},
	}
	for _, f := range found {
		row := v.found(f.Item)
		e := foundEntry{
			Title: row.Title, ID: base + row.URL, Updated: f.Item.FirstSeen.UTC().Format(time.RFC3339), Published: row.Published.UTC().Format(time.RFC3339),
			Author: row.Outlet, Summary: row.Snippet, Links: []foundLink{{"alternate", "text/html", base + row.URL}},
		}
		if row.Link != "" {
			e.Links = append(e.Links, foundLink{"via", "", row.Link})
		}
		feed.Updated = max(feed.Updated, e.Updated)
		feed.Entries = append(feed.Entries, e)
	}
	body, err := xml.MarshalIndent(feed, "", "  ")
	if err != nil {
		s.fail(w, v, err)
		return
	}
	sendIfNew(w, r, "application/atom+xml; charset=utf-8", append([]byte(xml.Header), append(body, '\n')...), asking, time.Time{})
}
