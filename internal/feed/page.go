package feed

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// feedTypes are the media types by which a page names its feeds.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/rdf+xml": true, "application/feed+json": true,
	"application/x-rss+xml": true, "text/rss+xml": true, "application/xml": true, "text/xml": true,
}

// Link is a feed that a page names.
type Link struct {
	URL   string // absolute
	Title string
	Type  string
}

// Discover returns the feeds that an HTML page names in its links, in order and
// each once. base is the page's address.
func Discover(page []byte, contentType, base string) []Link {
	text, _, _ := decode(page, contentType)
	return discover(text, base)
}

// discover is Discover on decoded text.
func discover(text, base string) []Link {
	at, err := url.Parse(base)
	if err != nil || base == "" {
		at = nil
	}
	z := html.NewTokenizer(strings.NewReader(text[:min(len(text), 1<<20)]))
	z.SetMaxBuf(256 << 10)
	var found []Link
	for len(found) < 50 {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			if !more || tag != "link" && tag != "base" {
				continue
			}
			attrs := map[string]string{}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				attrs[string(k)] = string(v)
			}
			if tag == "base" {
				at = join(at, attrs["href"])
				continue
			}
			if l, ok := feedLink(attrs, at); ok {
				found = appendLink(found, l)
			}
		}
	}
	return found
}

// feedLink reads one link element.
func feedLink(attrs map[string]string, at *url.URL) (Link, bool) {
	rels := strings.Fields(strings.ToLower(attrs["rel"]))
	alternate := false
	for _, rel := range rels {
		alternate = alternate || rel == "alternate" || rel == "feed"
	}
	typ, _, _ := strings.Cut(strings.ToLower(attrs["type"]), ";")
	typ = strings.TrimSpace(typ)
	address := webAddress(resolve(at, attrs["href"]))
	return Link{URL: address, Title: strings.TrimSpace(attrs["title"]), Type: typ}, alternate && feedTypes[typ] && address != ""
}

// appendLink appends a link whose address is not there yet.
func appendLink(links []Link, l Link) []Link {
	for _, have := range links {
		if have.URL == l.URL {
			return links
		}
	}
	return append(links, l)
}

// alternates puts the feeds that a page names into a hint, "" when it names none.
func alternates(text, base string) string {
	links := discover(text, base)
	if len(links) == 0 {
		return ""
	}
	urls := make([]string, 0, 3)
	for _, l := range links[:min(len(links), 3)] {
		urls = append(urls, l.URL)
	}
	return "it names the feed " + strings.Join(urls, " and ")
}
