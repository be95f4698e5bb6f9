package feed

import (
	"fmt"
	"testing"
)

// TestLinks reads the links of an item as feeds write them.
func TestLinks(t *testing.T) {
	tests := []struct{ name, item, want string }{
		{"relative to the feed", "<link>/news/1</link>", "https://feed.example/news/1"},
		{"relative to xml:base", `<link xml:base="https://base.example/az/">news/1</link>`, "https://base.example/az/news/1"},
		{"a query alone", "<link>?id=5</link>", "https://feed.example/dir/rss.xml?id=5"},
		{"protocol-relative", "<link>//cdn.example/a</link>", "https://cdn.example/a"},
		{"no scheme", "<link>www.news.example/a</link>", "https://www.news.example/a"},
		{"no scheme, host of the feed", "<link>feed.example/a</link>", "https://feed.example/a"},
		{"a folder with a point", "<link>v1.2/a</link>", "https://feed.example/dir/v1.2/a"},
		{"two schemes", "<link>http://https://news.example/a</link>", "https://news.example/a"},
		{"an address within", "<link>https://archive.example/http://news.example/a</link>", "https://archive.example/http://news.example/a"},
		{"blanks", "<link>https://news.example/two words</link>", "https://news.example/two%20words"},
		{"blanks, relative", "<link>/two words</link>", "https://feed.example/two%20words"},
		{"blanks before it", "<link> \n https://news.example/a \n</link>", "https://news.example/a"},
		{"broken in two lines", "<link>https://news.example/a-\n      b</link>", "https://news.example/a-b"},
		{"backslashes", `<link>https:\\news.example\a?b=\c</link>`, `https://news.example/a?b=\c`},
		{"backslashes, relative", `<link>\news\1</link>`, "https://feed.example/news/1"},
		{"cyrillic", "<link>https://news.example/новости/баку</link>", "https://news.example/новости/баку"},
		{"a percent sign beside escapes", "<link>https://news.example/100%-%D0%B0</link>", "https://news.example/100%25-%D0%B0"},
		{"a percent sign, relative", "<link>/100%-artim</link>", "https://feed.example/100%25-artim"},
		{"mail before an address", "<link>mailto:a@news.example</link><guid>https://news.example/g</guid>", "https://news.example/g"},
		{"script", "<link>javascript:alert(1)</link>", ""},
		{"empty, guid is the link", `<link></link><guid isPermaLink="true">/g/1</guid>`, "https://feed.example/g/1"},
		{"nothing", "<link/>", ""},
		{"the feed itself is no page", `<atom:link rel="self" href="/self"/><atom:link rel="alternate" href="/page"/>`, "https://feed.example/page"},
		{"a port that is none", "<link>https://news.example:abc/a</link>", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse(string(fmt.Appendf(nil, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>t</title><link>https://site.example/</link><item><title>q</title>%s</item></channel></rss>`, tt.item)),
				"text/xml; charset=utf-8", "https://feed.example/dir/rss.xml")
			if err != nil || len(doc.Entries) != 1 {
				t.Fatalf("Parse = %+v, %v", doc, err)
			}
			if got := doc.Entries[0].Link; got != tt.want {
				t.Errorf("Link = %q, want %q", got, tt.want)
			}
		})
	}
}
