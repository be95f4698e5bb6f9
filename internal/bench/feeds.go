package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"html"
	"math/rand/v2"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// press writes the documents of the synthetic feeds: seven in ten RSS, two Atom, one
// JSON Feed, in three languages. The same feed and head always give the same bytes.
type press struct {
	items    int           // entries of a document
	relevant int           // of a hundred entries, those about Russia and Azerbaijan
	base     time.Time     // when entry 0 was published
	gap      time.Duration // between archived rounds
	tongues  []tongue
}

func newPress(items, relevant int, now time.Time) *press {
	return &press{
		items: items, relevant: relevant, tongues: tongues(), gap: 8 * 24 * time.Hour,
		base: now.UTC().Truncate(time.Minute).Add(-4 * time.Hour),
	}
}

// entry is one entry, as text without markup.
type entry struct {
	title, link, author, category string
	paragraphs                    []string
	at                            time.Time
}

// document returns the document of feed i that begins with entry head+items-1, the
// newest, and ends with entry head, and its media type. Two heads that differ by one
// give documents that differ by one entry. stamp is what the head says of its making.
func (p *press) document(i, head int, stamp time.Time) (body []byte, contentType string) {
	t := p.tongues[i%len(p.tongues)]
	entries := make([]entry, p.items)
	for n := range entries {
		entries[n] = p.entry(t, i, head+p.items-1-n)
	}
	switch i % 10 {
	case 7, 8:
		return atomDocument(t, i, entries, stamp), "application/atom+xml; charset=utf-8"
	case 9:
		return jsonDocument(t, i, entries, stamp), "application/feed+json"
	}
	return rssDocument(t, i, entries, stamp), "application/rss+xml; charset=utf-8"
}

// published is when entry n came out: a minute after the one before, and the archived
// ones, below zero, a round at a time, each farther back than stories reach.
func (p *press) published(n int) time.Time {
	at := p.base.Add(time.Duration(n) * time.Minute)
	if n < 0 {
		at = at.Add(-time.Duration((-n+p.items-1)/p.items) * p.gap)
	}
	return at
}

// seeded is a source of chance that always gives the same for the same words.
func seeded(words ...any) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintln(h, words...)
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}

// entry writes entry n of feed i. Of the relevant ones five feeds or so tell the same
// event, in their own words.
func (p *press) entry(t tongue, i, n int) entry {
	r := seeded("entry", i, n)
	e := entry{
		link: fmt.Sprintf("https://outlet%d.example/%s/2026/story-%d.html", i, t.code, 1_000_000+n), at: p.published(n),
		author: t.name(r), category: t.plain[r.IntN(len(t.plain))],
	}
	e.title = t.sentence(r, 7+r.IntN(4))
	left := 60 + r.IntN(61)
	if r.IntN(100) < p.relevant {
		event := seeded("event", i/5, n)
		say := t.actors[event.IntN(len(t.actors))] + " " + t.deeds[event.IntN(len(t.deeds))]
		e.title = say
		e.paragraphs = append(e.paragraphs, say+". "+t.sentence(event, 12)+" "+t.name(event)+".")
		left -= 30
	}
	for left > 0 {
		var b strings.Builder
		for range 3 {
			n := 8 + r.IntN(9)
			b.WriteString(t.sentence(r, n) + " ")
			left -= n
		}
		e.paragraphs = append(e.paragraphs, strings.TrimSpace(b.String()))
	}
	return e
}

// sentence puts n words together, here and there a name or a number among them.
func (t tongue) sentence(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		switch r.IntN(12) {
		case 0:
			words[i] = t.name(r)
		case 1:
			words[i] = fmt.Sprint(2 + r.IntN(900))
		default:
			words[i] = t.plain[r.IntN(len(t.plain))]
		}
	}
	first, size := utf8.DecodeRuneInString(words[0])
	words[0] = string(unicode.ToUpper(first)) + words[0][size:]
	return strings.Join(words, " ") + "."
}

// name makes a name up.
func (t tongue) name(r *rand.Rand) string {
	return t.names[r.IntN(len(t.names))] + strings.ToLower(t.names[r.IntN(len(t.names))]) + t.ends[r.IntN(len(t.ends))]
}

func rssDocument(t tongue, i int, entries []entry, stamp time.Time) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?>`+"\n"+`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>`+"\n"+
		"<title>Outlet %d</title><link>https://outlet%d.example/</link><description>%s</description><language>%s</language><lastBuildDate>%s</lastBuildDate>\n",
		i, i, t.plain[i%len(t.plain)], t.code, stamp.Format(time.RFC1123Z))
	for _, e := range entries {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><guid isPermaLink=\"true\">%s</guid><pubDate>%s</pubDate><category>%s</category><dc:creator>%s</dc:creator>"+
			"<description><![CDATA[<p>%s</p>]]></description></item>\n",
			html.EscapeString(e.title), e.link, e.link, e.at.Format(time.RFC1123Z), e.category, e.author, strings.Join(e.paragraphs, "</p><p>"))
	}
	b.WriteString("</channel></rss>\n")
	return []byte(b.String())
}

func atomDocument(t tongue, i int, entries []entry, stamp time.Time) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?>`+"\n"+`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s">`+"\n"+
		"<title>Outlet %d</title><id>tag:outlet%d.example,2026:feed</id><link href=\"https://outlet%d.example/\"/><updated>%s</updated>\n",
		t.code, i, i, i, stamp.Format(time.RFC3339))
	for _, e := range entries {
		fmt.Fprintf(&b, "<entry><title>%s</title><id>%s</id><link rel=\"alternate\" href=\"%s\"/><published>%s</published><updated>%s</updated>"+
			"<author><name>%s</name></author><category term=\"%s\"/><summary type=\"html\">%s</summary></entry>\n",
			html.EscapeString(e.title), e.link, e.link, e.at.Format(time.RFC3339), e.at.Format(time.RFC3339), e.author, e.category,
			html.EscapeString("<p>"+strings.Join(e.paragraphs, "</p><p>")+"</p>"))
	}
	b.WriteString("</feed>\n")
	return []byte(b.String())
}

// jsonEntry and jsonHead are the members of a JSON Feed that are written.
type jsonEntry struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	HTML      string   `json:"content_html"`
	Published string   `json:"date_published"`
	Tags      []string `json:"tags"`
}

type jsonHead struct {
	Version string      `json:"version"`
	Title   string      `json:"title"`
	Home    string      `json:"home_page_url"`
	Lang    string      `json:"language"`
	About   string      `json:"description"`
	Items   []jsonEntry `json:"items"`
}

func jsonDocument(t tongue, i int, entries []entry, stamp time.Time) []byte {
	h := jsonHead{
		Version: "https://jsonfeed.org/version/1.1", Title: fmt.Sprintf("Outlet %d", i), Home: fmt.Sprintf("https://outlet%d.example/", i),
		Lang: t.code, About: "made " + stamp.Format(time.RFC3339),
	}
	for _, e := range entries {
		h.Items = append(h.Items, jsonEntry{
			ID: e.link, URL: e.link, Title: e.title, HTML: "<p>" + strings.Join(e.paragraphs, "</p><p>") + "</p>",
			Published: e.at.Format(time.RFC3339), Tags: []string{e.category},
		})
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(h) // strings into a Builder
	return []byte(b.String())
}
