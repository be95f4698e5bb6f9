package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	gojson "github.com/mmcdole/gofeed/json"

	"samur/internal/news"
)

// parseJSON reads a JSON Feed. What the library would panic on (null items) or
// refuse the whole feed for (a number where text belongs) is taken out first.
func parseJSON(text, base string) (Document, error) {
	text, dropped, err := mendJSON(text)
	if err != nil {
		return Document{}, err
	}
	feed, notes, err := jsonObject(text)
	if err != nil {
		return Document{}, err
	}
	if dropped > 0 {
		notes = append(notes, fmt.Sprintf("halves of letters dropped: %d", dropped))
	}
	version, _ := feed["version"].(string)
	items, _ := feed["items"].([]any)
	if !strings.Contains(version, "jsonfeed.org") && !likeEntries(items) {
		return Document{}, notFeed("a JSON document that is no JSON Feed")
	}
	doc, err := readJSON(texts(feed, "version", "title", "home_page_url", "feed_url", "language"), items, base)
	doc.Notes = append(notes, doc.Notes...)
	return doc, err
}

// likeEntries reports whether the items of a document that does not call itself a
// JSON Feed are entries of one: some answers of other services have items too, but
// none of them has the names of JSON Feed for a text.
func likeEntries(items []any) bool {
	for _, it := range items {
		m, _ := it.(map[string]any)
		if len(texts(m, "content_html", "content_text")) > 0 {
			return true
		}
		place := texts(m, "id", "url", "external_url")
		told := texts(m, "title", "summary")
		if len(place) > 0 && len(told) > 0 {
			return true
		}
	}
	return false
}

// jsonObject reads the top level. Of a document that was cut the whole items are
// kept.
func jsonObject(text string) (feed map[string]any, notes []string, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	feed = map[string]any{}
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, nil, notFeed("JSON that is no object")
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return jsonCut(feed, text, d, err)
		}
		name, ok := t.(string)
		if !ok {
			return jsonCut(feed, text, d, errors.New("a name is missing"))
		}
		var v any
		if name == "items" {
			v, err = jsonItems(d)
		} else {
			err = d.Decode(&v)
		}
		if v != nil {
			feed[name] = v
		}
		if err != nil {
			return jsonCut(feed, text, d, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return jsonCut(feed, text, d, err)
	}
	return feed, nil, nil
}

// jsonItems reads the list of items as far as it goes.
func jsonItems(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil || t != json.Delim('[') {
		return nil, err
	}
	items := []any{}
	for d.More() {
		var v any
		if err := d.Decode(&v); err != nil {
			return items, err
		}
		items = append(items, v)
	}
	_, err = d.Token()
	return items, err
}

// jsonCut is the answer for a document with a fault: an error, or the items
// before the fault when there are any.
func jsonCut(feed map[string]any, text string, d *json.Decoder, err error) (map[string]any, []string, error) {
	if items, _ := feed["items"].([]any); len(items) > 0 {
		return feed, []string{"document was cut; whole entries kept"}, nil
	}
	at := int(d.InputOffset())
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, &Error{Cause: news.CauseParse, Line: line(text, at), Err: errors.New("JSON ends before its first whole item")}
	}
	return nil, nil, &Error{Cause: news.CauseParse, Line: line(text, at), Err: fmt.Errorf("JSON: %w", err)}
}

// texts returns the members of m that are text, or a number written as text.
// Text beyond all measure is left out.
func texts(m map[string]any, names ...string) map[string]any {
	out := map[string]any{}
	for _, name := range names {
		switch v := m[name].(type) {
		case string:
			if len(v) <= maxValue {
				out[name] = legal(v)
			}
		case json.Number:
			out[name] = v.String()
		}
	}
	return out
}

// cleanItem returns what is read of an item, with the types that the library expects and
// its texts checked in.
func cleanItem(m map[string]any, room *cloakroom) map[string]any {
	out := texts(m, "id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published", "date_modified", "language")
	for _, name := range []string{"title", "content_html", "content_text", "summary"} {
		if s, ok := out[name].(string); ok {
			out[name] = room.check(s)
		}
	}
	var authors []any
	all, _ := m["authors"].([]any)
	for _, a := range append([]any{m["author"]}, all...) {
		switch a := a.(type) {
		case map[string]any:
			authors = append(authors, texts(a, "name"))
		case string:
			authors = append(authors, map[string]any{"name": legal(a)})
		}
	}
	if authors != nil {
		out["authors"] = authors
	}
	var tags []any
	list, _ := m["tags"].([]any)
	for _, t := range list {
		if s, ok := t.(string); ok {
			tags = append(tags, legal(s))
		}
	}
	if tags != nil {
		out["tags"] = tags
	}
	return out
}

// readJSON makes a Document of the head and the items of a feed. gofeed is given
// one item at a time: the whole would be in memory four times.
func readJSON(head map[string]any, items []any, base string) (Document, error) {
	at, err := url.Parse(base)
	if err != nil || base == "" {
		at = nil
	}
	f, err := goJSON(head)
	if err != nil {
		return Document{}, err
	}
	if at == nil { // a file: links are relative to the page, as those of RSS
		at = pageOf(f.FeedURL, f.HomePageURL)
	}
	doc := Document{
		Format:   strings.TrimSpace("json feed " + f.Version[strings.LastIndex(f.Version, "/")+1:]),
		Title:    escape(f.Title),
		URL:      webAddress(resolve(at, f.HomePageURL)),
		Self:     webAddress(resolve(at, f.FeedURL)),
		Language: declaredLanguage(f.Language),
		Entries:  make([]Entry, 0, min(len(items), maxEntries)),
	}
	if len(items) > maxEntries {
		return Document{}, &Error{Cause: news.CauseTooLarge, Err: fmt.Errorf("more than %d entries", maxEntries)}
	}
	odd := 0
	for i, it := range items {
		m, ok := it.(map[string]any)
		if !ok {
			odd++
			continue
		}
		var room cloakroom
		f, err := goJSON(map[string]any{"items": []any{cleanItem(m, &room)}})
		if err != nil {
			return Document{}, err
		}
		read := f.Items[0]
		room.fetchAll(&read.Title, &read.ContentHTML, &read.ContentText, &read.Summary)
		doc.Entries = append(doc.Entries, jsonEntry(read, at, doc.Language))
		items[i] = nil
	}
	if odd > 0 {
		doc.Notes = append(doc.Notes, fmt.Sprintf("items that are no objects: %d", odd))
	}
	return doc, nil
}

// pageOf returns the first of the addresses that is one, nil where none is.
func pageOf(addresses ...string) *url.URL {
	for _, a := range addresses {
		if u, err := url.Parse(webAddress(a)); err == nil && u.Host != "" {
			return u
		}
	}
	return nil
}

// goJSON passes values through gofeed's model.
func goJSON(v map[string]any) (*gojson.Feed, error) {
	var raw bytes.Buffer
	enc := json.NewEncoder(&raw)
	enc.SetEscapeHTML(false) // markup would grow sixfold
	if err := enc.Encode(v); err != nil {
		return nil, parserError(err)
	}
	f, err := (&gojson.Parser{}).Parse(&raw)
	if err != nil {
		return nil, parserError(err)
	}
	return f, nil
}

// jsonEntry makes an Entry of an item.
func jsonEntry(it *gojson.Item, at *url.URL, lang string) Entry {
	e := Entry{
		GUID:      it.ID,
		Title:     escape(it.Title),
		Summary:   escape(it.Summary),
		Content:   first(it.ContentHTML, escape(it.ContentText)),
		Published: anyDate(it.DatePublished),
		Updated:   anyDate(it.DateModified),
		Language:  first(declaredLanguage(it.Language), lang),
	}
	if e.Link = webAddress(resolve(at, it.URL)); e.Link == "" {
		e.Link = first(webAddress(resolve(at, it.ExternalURL)), webAddress(it.ID))
	}
	for _, a := range it.Authors {
		e.Author = first(e.Author, a.Name)
	}
	for _, t := range it.Tags {
		e.Categories = appendNew(e.Categories, t)
	}
	return e
}
