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
	Type  string // media type, "" for a link in the text
}

// maxLinks bounds the feeds of one page.
const maxLinks = 50

// Discover returns the feeds that an HTML page names in its head, in order and each
// once. A page that names none there is searched for links whose address or words are
// those of a feed: many sites have such a link at the foot and no other. base is the
// page's address.
func Discover(page string, contentType, base string) []Link {
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
	s := pageSearch{at: at}
	for len(s.named) < maxLinks {
		switch z.Next() {
		case html.ErrorToken:
			return s.found()
		case html.TextToken:
			s.words(z)
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "a" {
				s.closeAnchor()
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			s.element(z)
		}
	}
	return s.found()
}

// pageSearch is what a page has given away so far.
type pageSearch struct {
	at     *url.URL
	named  []Link // by link elements
	linked []Link // by anchors
	anchor Link   // the one that is open
	inside bool
}

func (s *pageSearch) found() []Link {
	s.closeAnchor()
	if len(s.named) > 0 {
		return s.named
	}
	return s.linked
}

// element reads one start tag.
func (s *pageSearch) element(z *html.Tokenizer) {
	name, more := z.TagName()
	tag := string(name)
	if !more || tag != "link" && tag != "base" && tag != "a" {
		return
	}
	attrs := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		attrs[string(k)] = string(v)
	}
	switch tag {
	case "base":
		s.at = join(s.at, attrs["href"])
	case "a":
		s.closeAnchor()
		s.anchor, s.inside = Link{URL: webAddress(resolve(s.at, attrs["href"])), Title: attrs["title"], Type: mediaType(attrs["type"])}, true
	case "link":
		if l, ok := feedLink(attrs, s.at); ok {
			s.named = appendLink(s.named, l)
		}
	}
}

// words adds to the title of the open anchor.
func (s *pageSearch) words(z *html.Tokenizer) {
	if s.inside && len(s.anchor.Title) < 200 {
		s.anchor.Title += " " + string(z.Text())
	}
}

// closeAnchor takes the open anchor when it leads to a feed by all appearances.
func (s *pageSearch) closeAnchor() {
	l := s.anchor
	s.anchor, s.inside = Link{}, false
	l.Title = strings.Join(strings.Fields(html.UnescapeString(l.Title)), " ")
	if l.URL != "" && len(s.linked) < maxLinks && (feedTypes[l.Type] || feedAddress(l.URL) || feedWords(l.Title)) {
		s.linked = appendLink(s.linked, l)
	}
}

// feedAddress reports whether an address looks like a feed's: by a part of its path that
// is the word for one, or by the end of its name.
func feedAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := strings.ToLower(strings.Trim(u.Path, "/"))
	for part := range strings.SplitSeq(path, "/") {
		stem, ext, _ := strings.Cut(part, ".")
		switch {
		case ext == "rss" || ext == "atom" || ext == "rdf":
			return true
		case (ext == "" || ext == "xml" || ext == "php" || ext == "json" || ext == "aspx") &&
			(stem == "rss" || stem == "rss2" || stem == "feed" || stem == "feeds" || stem == "atom"):
			return true
		}
	}
	return u.Query().Has("feed") || u.Query().Get("format") == "rss" || u.Query().Get("format") == "atom"
}

// feedWords reports whether the words of a link are those of a link to a feed.
func feedWords(title string) bool {
	switch strings.ToLower(strings.Trim(title, " .:»›>()[]")) {
	case "rss", "rss feed", "rss 2.0", "atom", "atom feed", "rss-лента", "лента rss", "rss лента", "rss lenti", "rss xəbərlər", "xml":
		return true
	}
	return false
}

func mediaType(s string) string {
	typ, _, _ := strings.Cut(strings.ToLower(s), ";")
	return strings.TrimSpace(typ)
}

// feedLink reads one link element.
func feedLink(attrs map[string]string, at *url.URL) (Link, bool) {
	rels := strings.Fields(strings.ToLower(attrs["rel"]))
	alternate := false
	for _, rel := range rels {
		alternate = alternate || rel == "alternate" || rel == "feed"
	}
	typ := mediaType(attrs["type"])
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
