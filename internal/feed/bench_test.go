package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// typicalRSS is a feed of n entries as outlets in the field write them.
func typicalRSS(n int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Xəbərlər</title><link>https://example.az/</link>`)
	at := time.Date(2026, 3, 8, 7, 0, 0, 0, time.FixedZone("", 4*3600))
	for i := range n {
		fmt.Fprintf(&b, `<item><title>Bakı ilə Moskva arasında yük daşınması artır &amp; %d</title><link>https://example.az/xeber/%d.html</link>`+
			`<guid isPermaLink="true">https://example.az/xeber/%d.html</guid><pubDate>%s</pubDate><category>İqtisadiyyat</category><dc:creator>Redaksiya</dc:creator>`+
			`<description><![CDATA[<p>%s</p>]]></description><media:content url="https://example.az/img/%d.jpg" type="image/jpeg"/></item>`,
			i, i, i, at.Add(-time.Duration(i)*time.Minute).Format(time.RFC1123Z), strings.Repeat("Yük dövriyyəsi ötən illə müqayisədə artıb. ", 12), i)
	}
	return b.String() + "</channel></rss>"
}

// typicalAtom is the same in Atom, in Russian, with XHTML.
func typicalAtom(n int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Новости</title><link href="https://example.ru/"/>`)
	at := time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(&b, `<entry><title type="html">Перевозки выросли &amp;laquo;вдвое&amp;raquo; %d</title><id>tag:example.ru,2026:%d</id><link rel="alternate" href="/n/%d"/>`+
			`<updated>%s</updated><author><name>Редакция</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>%s</p><br/></div></content></entry>`,
			i, i, i, at.Add(-time.Duration(i)*time.Minute).Format(time.RFC3339), strings.Repeat("Грузооборот между двумя странами вырос. ", 12))
	}
	return b.String() + "</feed>"
}

// typicalJSON is the same as a JSON Feed, in English.
func typicalJSON(n int) string {
	var b strings.Builder
	b.WriteString(`{"version":"https://jsonfeed.org/version/1.1","title":"News","home_page_url":"https://example.org/","language":"en","items":[`)
	at := time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id":"https://example.org/n/%d","url":"https://example.org/n/%d","title":"Trade grows \u0026 grows %d","content_html":"<p>%s</p>","date_published":"%s","tags":["economy"]}`,
			i, i, i, strings.Repeat("The turnover between the two countries grew again. ", 12), at.Add(-time.Duration(i)*time.Minute).Format(time.RFC3339))
	}
	return b.String() + "]}"
}

func BenchmarkParse(b *testing.B) {
	for _, bb := range []struct{ name, doc string }{{"rss", typicalRSS(100)}, {"atom", typicalAtom(100)}, {"json", typicalJSON(100)}} {
		b.Run(bb.name, func(b *testing.B) {
			body := bb.doc
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				doc, err := Parse(body, "application/xml", "https://example.org/feed")
				if err != nil || len(doc.Entries) != 100 {
					b.Fatalf("Parse = %d entries, %v", len(doc.Entries), err)
				}
			}
		})
	}
}
