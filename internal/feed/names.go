package feed

import "strings"

// spaces maps namespace addresses to the prefix they are written with after
// repair. Addresses are compared without case, trailing slash and blanks.
var spaces = map[string]string{
	"http://www.w3.org/2005/atom":                   "atom",
	"http://purl.org/atom/ns#":                      "atom",
	"http://purl.org/net/atom/ns#":                  "atom",
	"http://example.com/newformat#":                 "atom",
	"http://example.com/necho":                      "atom",
	"http://purl.org/echo":                          "atom",
	"uri/of/echo/namespace#":                        "atom",
	"http://purl.org/pie":                           "atom",
	"http://purl.org/atom/app":                      "other",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns":    "rdf",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#":   "rdf",
	"http://purl.org/rss/1.0":                       "",
	"http://my.netscape.com/rdf/simple/0.9":         "",
	"http://channel.netscape.com/rdf/simple/0.9":    "",
	"http://backend.userland.com/rss":               "",
	"http://backend.userland.com/rss2":              "",
	"http://blogs.law.harvard.edu/tech/rss":         "",
	"http://purl.org/rss/1.0/modules/rss091":        "",
	"http://purl.org/rss/1.0/modules/rss091#":       "",
	"http://news.yandex.ru":                         "", // full-text: how Russian outlets hand the whole article on
	"http://turbo.yandex.ru":                        "", // content: likewise
	"http://news.rambler.ru":                        "",
	"http://news.mail.ru":                           "",
	"http://purl.org/dc/elements/1.1":               "dc",
	"http://purl.org/dc/elements/1.0":               "dc",
	"http://purl.org/dc/terms":                      "dcterms",
	"http://purl.org/rss/1.0/modules/content":       "content",
	"http://purl.org/rss/1.0/modules/syndication":   "sy",
	"http://search.yahoo.com/mrss":                  "media",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":    "itunes",
	"http://example.com/dtds/podcast-1.0.dtd":       "itunes",
	"http://www.w3.org/1999/xhtml":                  "xhtml",
	"http://www.w3.org/xml/1998/namespace":          "xml",
	"http://prismstandard.org/namespaces/1.2/basic": "other",
	"http://rssnamespace.org/feedburner/ext/1.0":    "feedburner",
}

// usual maps prefixes that a document uses without declaring them.
var usual = map[string]string{
	"dc": "dc", "dcterms": "dcterms", "content": "content", "sy": "sy", "media": "media", "itunes": "itunes",
	"atom": "atom", "atom10": "atom", "a10": "atom", "xhtml": "xhtml", "rdf": "rdf", "xml": "xml", "rss": "", "yandex": "", "turbo": "", "rambler": "", "mailru": "", "feedburner": "feedburner",
}

// use says what becomes of an element.
type use byte

const (
	useSkip    use = iota // with all that is in it
	useText               // its inside is the value, as markup
	usePlain              // its inside is the value, as plain text: dates, names, numbers
	useURL                // its inside is an address
	useEmpty              // its attributes are the value: Atom links, categories, enclosures
	useInto               // nothing itself; what is in it counts: media:group
	usePerson             // Atom author: name, email, uri inside, or the name alone
	useSource             // Atom source: what the head of another feed says of it
	useHours              // skipHours, skipDays: the numbers or names inside
	useItem               // an entry
	useChannel            // the channel of RSS
)

// rssChannel says which elements of an RSS channel are read.
var rssChannel = map[string]use{
	"title": useText, "link": useURL, "language": usePlain, "ttl": usePlain, "skiphours": useHours, "skipdays": useHours,
	"description": useText, "tagline": useText, "item": useItem, "channel": useChannel, "items": useInto,
	"dc:title": useText, "dc:language": usePlain, "sy:updateperiod": usePlain, "sy:updatefrequency": usePlain,
	"atom:link": useEmpty, "atom:title": useText, "atom:entry": useItem, "entry": useItem, "pubdate": usePlain, "lastbuilddate": usePlain,
}

// rssItem says which elements of an RSS item are read.
var rssItem = map[string]use{
	"title": useText, "link": useURL, "description": useText, "guid": usePlain, "pubdate": usePlain, "author": useText,
	"category": usePlain, "enclosure": useEmpty, "content": useText, "summary": useText, "id": usePlain, "body": useText,
	"date": usePlain, "published": usePlain, "updated": usePlain, "issued": usePlain, "created": usePlain, "modified": usePlain,
	"source": usePlain, "comments": useURL, "encoded": useText, "text": useText, "abstract": useText, "fulltext": useText, "full-text": useText, "fullitem": useText,
	"dc:title": useText, "dc:description": useText, "dc:date": usePlain, "dc:creator": useText, "dc:author": useText,
	"dc:subject": usePlain, "dc:language": usePlain, "dc:identifier": usePlain,
	"dcterms:created": usePlain, "dcterms:issued": usePlain, "dcterms:modified": usePlain, "dcterms:abstract": useText,
	"content:encoded": useText, "xhtml:body": useText, "xhtml:div": useText,
	"atom:title": useText, "atom:summary": useText, "atom:content": useText, "atom:link": useEmpty, "atom:id": usePlain,
	"atom:published": usePlain, "atom:issued": usePlain, "atom:updated": usePlain, "atom:modified": usePlain, "atom:created": usePlain,
	"media:group": useInto, "media:content": useInto, "media:title": useText, "media:description": useText,
	"itunes:title": useText, "itunes:summary": useText, "itunes:subtitle": useText, "itunes:author": usePlain, "feedburner:origlink": useURL,
	"item": useItem,
}

// atomFeed says which elements of an Atom feed are read.
var atomFeed = map[string]use{
	"title": useText, idElement: usePlain, "link": useEmpty, "updated": usePlain, "modified": usePlain, "subtitle": useText, "tagline": useText,
	"entry": useItem, "item": useItem, "language": usePlain, "dc:title": useText, "dc:language": usePlain, "sy:updateperiod": usePlain, "sy:updatefrequency": usePlain,
}

// atomEntry says which elements of an Atom entry are read.
var atomEntry = map[string]use{
	"title": useText, idElement: usePlain, "link": useEmpty, "summary": useText, "content": useText, "published": usePlain, "issued": usePlain,
	"updated": usePlain, "modified": usePlain, "author": usePerson, "category": useEmpty, "entry": useItem, "source": useSource,
	"dc:title": useText, "dc:description": useText, "dc:date": usePlain, "dc:creator": useText, "dc:subject": usePlain, "dc:language": usePlain,
	"dc:identifier": usePlain, "dcterms:created": usePlain, "dcterms:issued": usePlain, "dcterms:modified": usePlain, "content:encoded": useText,
	"xhtml:body": useText, "xhtml:div": useText, "feedburner:origlink": useURL,
	"media:group": useInto, "media:content": useInto, "media:title": useText, "media:description": useText,
}

// atomPerson says which elements of an Atom person are read.
var atomPerson = map[string]use{"name": usePlain, "email": usePlain, "uri": usePlain}

// atomSource says which elements of an Atom source are read.
var atomSource = map[string]use{"title": usePlain, "link": useEmpty}

// hourOrDay says which elements of skipHours and skipDays are read.
var hourOrDay = map[string]use{"hour": usePlain, "day": usePlain}

// withinUse says which elements are read within those of a use.
var withinUse = map[use]map[string]use{usePerson: atomPerson, useHours: hourOrDay, useSource: atomSource}

// void are the HTML elements that have no end tag.
var void = map[string]bool{
	"br": true, "img": true, "hr": true, "input": true, "meta": true, "link": true, "area": true, "base": true, "col": true,
	"embed": true, "source": true, "track": true, "wbr": true, "param": true,
}

// scope is a namespace declaration in force; the innermost comes first.
type scope struct {
	prefix, space string
	outer         *scope
}

// resolve returns the written prefix of a namespace prefix in force, and whether
// it is one that is known.
func (n *scope) resolve(prefix string) (space string, known bool) {
	for d := n; d != nil; d = d.outer {
		if d.prefix == prefix {
			return d.space, d.space != "other"
		}
	}
	if prefix == "" {
		return "", true
	}
	space, known = usual[strings.ToLower(prefix)]
	return space, known
}

// adopt lets a namespace prefix stand for another than what it is declared as.
func (n *scope) adopt(prefix, space string) {
	for d := n; d != nil; d = d.outer {
		if d.prefix == prefix {
			d.space = space
			return
		}
	}
}

// spaceOf returns the written prefix for a namespace address, "other" for those
// that are not read.
func spaceOf(address string) string {
	address = strings.ToLower(strings.TrimSpace(address))
	if rest, ok := strings.CutPrefix(address, "https://"); ok { // a name, not an address: none has it
		address = "http://" + rest
	}
	if space, ok := spaces[address]; ok {
		return space
	}
	if space, ok := spaces[strings.TrimRight(address, "/")]; ok {
		return space
	}
	return "other"
}
