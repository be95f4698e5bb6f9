package feed

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
)

// parseXML reads a document that is markup of some kind. before is how many lines
// were cut off in front of it.
func parseXML(text, base string, before int) (Document, error) {
	root, doctype, pos, err := findRoot(text)
	if err != nil {
		return Document{}, hinted(err, text, base)
	}
	rep, err := repair(text, base, doctype, root, pos)
	if err != nil {
		var e *Error
		if errors.As(err, &e) && e.Line > 0 {
			e.Line += before
		}
		return Document{}, err
	}
	var doc Document
	if rep.atom {
		doc, err = readAtom(rep)
	} else {
		doc, err = readRSS(rep)
	}
	if err != nil {
		return Document{}, err
	}
	if len(doc.Entries) == 0 && inPage(text[:root.start]) {
		return Document{}, hinted(pageError(), text, base)
	}
	doc.Format, doc.Self, doc.Notes = rep.format, webAddress(rep.self), rep.notes
	return doc, nil
}

// hinted adds to why a document is no feed the feeds that it names.
func hinted(err error, text, base string) error {
	var e *Error
	if errors.As(err, &e) && e.Hint == "" {
		e.Hint = alternates(text, base)
	}
	return err
}

// pageError returns the Error for an HTML page.
func pageError() *Error {
	return &Error{Cause: news.CauseBotWall, Err: errors.New("an HTML page where a feed should be")}
}

// inPage reports whether what stands before a root element begins an HTML page.
func inPage(before string) bool {
	before = strings.ToLower(before)
	return strings.Contains(before, "<html") || strings.Contains(before, "<body")
}

// reach is how far into a document its root element may stand. Error messages
// that a server's scripts print in front of it are shorter.
const reach = 64 << 10

// findRoot looks for the root element of a feed. A page gives an Error.
func findRoot(text string) (root token, doctype string, pos int, err error) {
	x := scanner{s: text}
	first, within := "", false // the first element; in an HTML page
	for {
		t := x.next()
		if t.kind == tokEOF || t.start > reach {
			break
		}
		if t.kind == tokOther && strings.HasPrefix(strings.ToUpper(t.text[:min(len(t.text), 8)]), "!DOCTYPE") {
			doctype = t.text
			if kind := strings.Fields(strings.ToLower(t.text[:min(len(t.text), 40)])); len(kind) > 1 && kind[1] == "html" {
				first = "html"
			}
		}
		if t.kind != tokStart {
			continue
		}
		local := strings.ToLower(t.name[strings.IndexByte(t.name, ':')+1:])
		if roots(local, first, within) || within && local == "feed" && speaksAtom(t) {
			t.attrs = append([]attr(nil), t.attrs...)
			return t, doctype, x.pos, nil
		}
		if first == "" {
			first = local
		}
		within = within || local == "html" || local == "body"
	}
	if pageElements[first] {
		return root, "", 0, pageError()
	}
	switch first {
	case "":
		return root, "", 0, notFeed("no element in the document")
	case "opml":
		return root, "", 0, &Error{Cause: news.CauseNotFeed, Err: errors.New("an OPML list of feeds, not a feed"), Hint: "import it with: samur feeds import"}
	case "urlset", "sitemapindex":
		return root, "", 0, notFeed("a sitemap, not a feed")
	}
	return root, "", 0, notFeed("XML with the root element %q, not a feed", printableName(first))
}

// roots reports whether an element of that name, behind a first one, is the root of a
// feed. Within an HTML page, which browsers and those who drive them put around what
// they were sent, it takes a name that no page has.
func roots(local, first string, within bool) bool {
	switch local {
	case "rss":
		return true
	case "rdf", "feed":
		return !within
	case "channel", "entry":
		return first == ""
	}
	return false
}

// speaksAtom reports whether a root element declares the namespace of Atom.
func speaksAtom(root token) bool {
	for _, a := range root.attrs {
		if strings.HasPrefix(a.name, "xmlns") && spaceOf(a.value) == "atom" {
			return true
		}
	}
	return false
}

// pageElements are what HTML pages begin with, the careless ones included.
var pageElements = map[string]bool{
	"html": true, "head": true, "body": true, "title": true, "meta": true, "script": true, "noscript": true, "style": true, "link": true,
	"base": true, "div": true, "span": true, "p": true, "a": true, "b": true, "br": true, "hr": true, "h1": true, "h2": true, "h3": true,
	"img": true, "svg": true, "center": true, "font": true, "form": true, "iframe": true, "table": true, "main": true, "section": true,
	"header": true, "pre": true, "strong": true, "ul": true,
}

// atomVersion names the version of an Atom root element.
func atomVersion(root token) string {
	if v := attribute(root.attrs, "version"); v != "" {
		return v
	}
	for _, a := range root.attrs {
		if strings.HasPrefix(a.name, "xmlns") && strings.EqualFold(strings.TrimSpace(a.value), "http://purl.org/atom/ns#") {
			return "0.3"
		}
	}
	return "1.0"
}

// speaksRSS reports whether an RDF root element declares a namespace of RSS.
func speaksRSS(root token) bool {
	for _, a := range root.attrs {
		if strings.HasPrefix(a.name, "xmlns") && a.value != "" && spaceOf(a.value) == "" {
			return true
		}
	}
	return false
}

// rdfVersion names the version of an RDF root element.
func rdfVersion(root token) string {
	for _, a := range root.attrs {
		if strings.Contains(strings.ToLower(a.value), "netscape.com/rdf/simple") {
			return "0.9"
		}
	}
	return "1.0"
}

// pace reads what a feed says of its own rhythm.
func pace(doc *Document, ttl, period, frequency string) {
	if n, err := strconv.Atoi(strings.TrimSpace(ttl)); err == nil && n > 0 && n < 60*24*366 {
		doc.TTL = time.Duration(n) * time.Minute
	}
	var every time.Duration
	switch strings.ToLower(strings.TrimSpace(period)) {
	case "hourly":
		every = time.Hour
	case "daily":
		every = 24 * time.Hour
	case "weekly":
		every = 7 * 24 * time.Hour
	case "monthly":
		every = 30 * 24 * time.Hour
	case "yearly":
		every = 365 * 24 * time.Hour
	}
	if n, err := strconv.Atoi(strings.TrimSpace(frequency)); err == nil && n > 1 && every > 0 {
		every /= time.Duration(n)
	}
	doc.UpdateEvery = every
}

// hours reads skipHours. RSS 2.0 counts 0 to 23, older writers 1 to 24.
func hours(raw []string) []int {
	var out []int
	for _, s := range raw {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n >= 0 && n <= 24 {
			out = append(out, n%24)
		}
	}
	return out
}

// days reads skipDays.
func days(raw []string) []time.Weekday {
	var out []time.Weekday
	for _, s := range raw {
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.EqualFold(strings.TrimSpace(s), d.String()) {
				out = append(out, d)
			}
		}
	}
	return out
}

// first returns the first of its arguments that is not empty.
func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// parserError is for a document that gofeed refuses although it was repaired.
func parserError(err error) error {
	return &Error{Cause: news.CauseParse, Err: fmt.Errorf("read repaired document: %w", err)}
}
