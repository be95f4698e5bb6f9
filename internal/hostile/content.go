package hostile

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"samur/internal/news"
)

// good are feeds as they should be: what is hostile must not cost them.
func good() []Case {
	russian := rss(item("Мост через Самур открыт"), item("Поезда пойдут в мае"))
	azeri := rss(item("Samur körpüsü açıldı"), item("Qatarlar mayda işləyəcək"))
	cyrillic, _ := charmap.Windows1251.NewEncoder().String(strings.Replace(russian, "UTF-8", "windows-1251", 1)) // it has all these letters
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(russian, "UTF-8", "UTF-16", 1))
	zip := zipped([]byte(sound()))
	return grouped(Good, []Case{
		{Name: "good-rss", Entries: 3, handler: xml(sound())},
		{Name: "good-atom", Entries: 1, handler: answer("application/atom+xml", atom(`<entry><title>One</title><id>urn:1</id><link href="https://wire.example/1"/><updated>2026-03-08T04:00:00Z</updated></entry>`))},
		{Name: "good-json", Entries: 1, handler: json(`{"version":"https://jsonfeed.org/version/1.1","title":"Wire","items":[{"id":"1","url":"https://wire.example/1","content_text":"The bridge is open."}]}`)},
		{Name: "good-russian", Entries: 2, handler: xml(russian)},
		{Name: "good-russian-1251", Entries: 2, handler: answer("text/xml", cyrillic)},
		{Name: "good-russian-utf-16", Entries: 2, handler: xml(wide)},
		{Name: "good-azerbaijani", Entries: 2, handler: xml(azeri)},
		{Name: "good-as-html", Entries: 3, handler: answer("text/html; charset=utf-8", sound())},
		{Name: "good-without-type", Entries: 3, wire: write("HTTP/1.1 200 OK\r\n\r\n" + sound())},
		{Name: "good-gzip", Entries: 3, handler: encoded("gzip", zip)},
		{Name: "good-deflate", Entries: 3, handler: encoded("deflate", deflated([]byte(sound())))},
		{Name: "good-http-1.0", Entries: 3, wire: write("HTTP/1.0 200 OK\r\nContent-Type: application/xml\r\n\r\n" + sound())},
		{Name: "good-chunked", Entries: 3, handler: func(_ *Lab, w http.ResponseWriter, _ *http.Request) {
			for _, c := range sound() {
				_, _ = io.WriteString(w, string(c))
				w.(http.Flusher).Flush()
			}
		}},
		{Name: "good-http-2", Entries: 3, handler: xml(sound()), secure: security{http2: true}},
		{Name: "good-moved", Entries: 1, handler: away(http.StatusMovedPermanently, "", "/")},
		{Name: "good-not-modified", Held: true, Same: true, handler: held},
		{Name: "good-empty-channel", handler: xml(rss())},
	})
}

// pages are documents that are no feed and come with status 200.
func pages() []Case {
	html := func(s string) handler { return answer("text/html; charset=utf-8", s) }
	const v = `{"version":"https://jsonfeed.org/version/1.1","title":"t",`
	return grouped(NotFeed, []Case{
		{Name: "page-empty", Cause: news.CauseNotFeed, handler: xml("")},
		{Name: "page-blanks", Cause: news.CauseNotFeed, handler: xml(strings.Repeat(" \r\n", 1000))},
		{Name: "page-error", Cause: news.CauseBotWall, handler: html("<html><head><title>502</title></head><body><h1>502 Bad Gateway</h1></body></html>")},
		{Name: "page-as-xml", Cause: news.CauseBotWall, handler: xml("<!DOCTYPE html><html><body>Soon back.</body></html>")},
		{Name: "page-bot-wall", Cause: news.CauseBotWall, handler: html(`<!DOCTYPE html><html><head><title>One moment</title></head><body><noscript>Turn on JavaScript</noscript><script>if ("<rss>") {}</script></body></html>`)},
		{Name: "page-script-alone", Cause: news.CauseBotWall, handler: html(`<script>location.href="/feed?"+Math.random()</script>`)},
		{Name: "page-login", Cause: news.CauseBotWall, handler: html(`<html><body><form action="/login"><input type="password"></form></body></html>`)},
		{Name: "page-parked", Cause: news.CauseBotWall, handler: html(`<html><frameset><frame src="https://park.example/"></frameset></html>`)},
		{Name: "page-names-a-feed", Cause: news.CauseBotWall, handler: html("<html><head><link rel=alternate type=application/rss+xml href='/\u202e\x1b[31mfeed?a=\u202e' title='\u202e'></head></html>")},
		{Name: "page-names-a-bad-feed", Cause: news.CauseBotWall, handler: html(`<html><head><link rel=alternate type=application/rss+xml href="javascript:alert(1)"></head></html>`)},
		{Name: "page-of-words", Cause: news.CauseNotFeed, handler: xml("Access denied \x1b[31m")},
		{Name: "page-sitemap", Cause: news.CauseNotFeed, handler: xml(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://wire.example/</loc></url></urlset>`)},
		{Name: "page-opml", Cause: news.CauseNotFeed, handler: xml(`<opml version="2.0"><body><outline xmlUrl="https://wire.example/feed"/></body></opml>`)},
		{Name: "page-other-xml", Cause: news.CauseNotFeed, handler: xml("<x\u202e\x1b[31m><y/></x>")},
		{Name: "page-picture", Cause: news.CauseNotFeed, handler: answer("image/png", "\x89PNG\r\n\x1a\n<rss><channel/></rss>")},
		{Name: "page-picture-as-xml", Cause: news.CauseNotFeed, handler: xml("\xff\xd8\xff\xe0<rss><channel><item/></channel></rss>")},
		{Name: "page-pdf", Cause: news.CauseNotFeed, handler: answer("application/pdf", "%PDF-1.7\n<rss>")},
		{Name: "page-archive", Cause: news.CauseNotFeed, handler: xml("PK\x03\x04<rss>")},
		{Name: "page-noise", Cause: news.CauseNotFeed, handler: xml(noise(64 << 10))},
		{Name: "page-prolog-alone", Cause: news.CauseNotFeed, handler: xml(`<?xml version="1.0"?>`)},
		{Name: "page-cut", Cause: news.CauseParse, handler: xml(rssHead + "<item><title>Fir")},
		{Name: "json-error", Cause: news.CauseNotFeed, handler: json(`{"error":{"code":429,"message":"slow down"}}`)},
		{Name: "json-items-of-others", Cause: news.CauseNotFeed, handler: json(`{"items":[{"sku":"1","price":5}]}`)},
		{Name: "json-array", Cause: news.CauseNotFeed, handler: json(`[{"id":"1","title":"t"}]`)},
		{Name: "json-null", Cause: news.CauseNotFeed, handler: json(`null`)},
		{Name: "json-number", Cause: news.CauseNotFeed, handler: json(`1e999999`)},
		{Name: "json-nothing", Cause: news.CauseNotFeed, handler: json(`{}`)},
		{Name: "json-null-items", handler: json(v + `"items":null}`)},
		{Name: "json-null-item", Entries: 1, handler: json(v + `"items":[null,{"id":"1","title":"t"}]}`)},
		{Name: "json-null-authors", Entries: 1, handler: json(v + `"authors":[null],"items":[{"id":"1","title":"t","authors":[null],"author":null,"tags":[null],"attachments":[null]}]}`)},
		{Name: "json-wrong-types", Entries: 1, handler: json(v + `"items":[{"id":{"a":1},"url":["x"],"title":true,"content_text":"t","date_published":12,"tags":"x","authors":"y"}]}`)},
		{Name: "json-huge-numbers", Entries: 1, handler: json(v + `"items":[{"id":` + strings.Repeat("9", 5000) + `,"title":"t","date_published":1e99999}]}`)},
		{Name: "json-names-twice", Entries: 1, handler: json(v + `"items":[],"items":[{"id":"1","title":"a","title":"b"}]}`)},
		{Name: "json-cut", Entries: 1, handler: json(v + `"items":[{"id":"1","title":"t"},{"id":"2","ti`)},
		{Name: "json-cut-early", Cause: news.CauseParse, handler: json(v + `"items":[{"id":"1`)},
		{Name: "json-items-an-object", handler: json(v + `"items":{"0":{"id":"1","title":"t"}}}`)},
		{Name: "json-two-documents", Entries: 1, handler: json(v + `"items":[{"id":"1","title":"t"}]}{"items":[`)},
	})
}

// noise returns n bytes without a pattern, the same every time.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(2463534242)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = byte(x)
	}
	return string(b)
}

// encodings are documents with bytes that are no text.
func encodings() []Case {
	titled := func(s string) handler {
		return xml(rssHead + "<item><title>Bridge " + s + " open</title><link>https://wire.example/1</link></item>" + item("Second") + rssTail)
	}
	return grouped(Bytes, []Case{
		{Name: "byte-bad", Entries: 2, handler: titled("\xff")},
		{Name: "byte-overlong", Entries: 2, handler: titled("\xc0\xbcscript\xc0\xbe \xe0\x80\xaf \xf0\x80\x80\xaf")},
		{Name: "byte-overlong-escape", Entries: 2, handler: titled("\xc0\x9b[31m")},
		{Name: "byte-surrogate", Entries: 2, handler: titled("\xed\xa0\x80 \xed\xb0\x80")},
		{Name: "byte-beyond-unicode", Entries: 2, handler: titled("\xf4\x90\x80\x80 \xf8\x88\x80\x80\x80")},
		{Name: "byte-letter-cut", Entries: 2, handler: titled("\xd0")},
		{Name: "byte-zero", Entries: 2, handler: titled("\x00")},
		{Name: "byte-zeros-before", Entries: 3, handler: xml("\x00\x00\x00\x00" + sound())},
		{Name: "byte-controls", Entries: 2, handler: titled("\x01\x02\x07\x08\x0b\x0c\x0e\x1b[31m\x7f")},
		{Name: "byte-high-controls", Entries: 2, handler: titled("\u0085\u009b31m\u0090")},
		{Name: "byte-no-characters", Entries: 2, handler: titled("\ufffe\uffff\ufdd0\U0001ffff")},
		{Name: "byte-references", Entries: 2, handler: titled("&#0;&#27;[31m&#x1b;&#xd800;&#x110000;&#155;&#99999999999;&#-1;&#x202e;")},
		{Name: "byte-reference-in-name", Entries: 2, handler: titled("&\u202e; &\x1b;")},
		{Name: "byte-nul-in-tag", Entries: 1, handler: xml(rssHead + "<it\x00em><title>t</title></it\x00em>" + item("One") + rssTail)},
		{Name: "byte-utf-16-odd", Entries: 1, handler: xml("\xff\xfe" + wide(rss(item("One"))) + "\x00")},
		{Name: "byte-utf-16-surrogates", Entries: 1, handler: xml("\xff\xfe" + wide(rssHead+"<item><title>t") + "\x00\xd8\x00\xd8" + wide("</title></item>"+rssTail))},
		{Name: "byte-utf-16-named", Entries: 3, handler: answer("application/xml; charset=utf-16", sound())},
		{Name: "byte-utf-32", Entries: 0, Cause: news.CauseNotFeed, handler: xml("\xff\xfe\x00\x00\xff\xff\xff\xff")},
		{Name: "byte-utf-7", Entries: 3, handler: answer("application/xml; charset=utf-7", sound())},
		{Name: "byte-charset-nonsense", Entries: 3, handler: answer("application/xml; charset=\"\u202e\\", sound())},
		{Name: "byte-charset-hides", Entries: 3, handler: answer("application/xml; charset=iso-2022-kr", sound())},
		{Name: "byte-json-surrogates", Entries: 1, handler: json(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a \ud800 b \udc00\ud800 c"}]}`)},
		{Name: "byte-json-controls", Entries: 1, handler: json("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"title\":\"a \x00\x1b[31m\\u001b[31m\\u009b\\u202e b\"}]}")},
		{Name: "byte-names-with-escapes", Entries: 2, handler: xml(rss("<item><title>t</title><x:\x1b[31m\u202e>", item("Second")))},
		{Name: "byte-cdata-ends", Entries: 2, handler: titled("<![CDATA[a]]>]]><![CDATA[b]]]]><![CDATA[>]]>")},
	})
}

// wide returns ASCII as UTF-16.
func wide(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		b.WriteByte(0)
	}
	return b.String()
}

// dated are entries with times that are none.
func dated() []Case {
	var cases []Case
	for i, date := range []string{
		"", "never", "Sun, 08 Mar 2026 04:00:00 XYZ", "31 Feb 2026 10:00:00 +0400", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z",
		"292277026596-12-04T15:30:08Z", "-0001-01-01T00:00:00Z", "1e99", "99999999999999999999", "Sun, 08 Mar 2026 25:61:61 GMT",
		"08/03/2026", "2026-03-08T04:00:00+99:99", "\u202eSun, 08 Mar 2026", "Вс, 08 мар 2026 08:00:00 +0400", strings.Repeat("1", 100_000),
		"Sun, 08 Mar 2026 04:00:00 " + strings.Repeat("(", 50_000),
	} {
		cases = append(cases, Case{
			Name: fmt.Sprintf("date-%d", i+1), Entries: 1,
			handler: xml(rss("<item><title>t</title><link>https://wire.example/1</link><pubDate>" + date + "</pubDate></item>")),
		})
	}
	return grouped(Dates, cases)
}

// identities are entries that are hard to know again.
func identities() []Case {
	entry := func(guid, link, title string) string {
		return "<item><guid>" + guid + "</guid><link>" + link + "</link><title>" + title + "</title></item>"
	}
	const a, b = "https://wire.example/a", "https://wire.example/b"
	return grouped(Identity, []Case{
		{Name: "identity-shared-guid", Entries: 2, handler: xml(rss(entry("same", a, "A"), entry("same", b, "B")))},
		{Name: "identity-shared-link", Entries: 2, handler: xml(rss(entry("1", a, "A"), entry("2", a, "B")))},
		{Name: "identity-all-the-same", Entries: 2, handler: xml(rss(entry("1", a, "A"), entry("1", a, "A")))},
		{Name: "identity-none", Entries: 1, handler: xml(rss("<item><title>Only a title</title></item>"))},
		{Name: "identity-nothing-at-all", Entries: 2, handler: xml(rss("<item/>", "<item><title> </title></item>"))},
		{Name: "identity-guid-changes", Entries: 1, handler: func(_ *Lab, w http.ResponseWriter, r *http.Request) {
			xml(rss(entry(fmt.Sprint(&r), a, "A")))(nil, w, r)
		}},
		{Name: "identity-guid-of-kilobytes", Entries: 2, handler: xml(rss(entry(strings.Repeat("x", 100<<10)+"1", a, "A"), entry(strings.Repeat("x", 100<<10)+"2", b, "B")))},
		{Name: "identity-guid-of-escapes", Entries: 2, handler: xml(rss(entry("\u202e1\x1b[31m", a, "A"), entry("\u202e2\x1b[31m", b, "B")))},
		{Name: "identity-guids-without-letters", Entries: 2, handler: xml(rss(entry("\u200b", a, "A"), entry("\u200b\u200b", b, "B")))},
		{Name: "identity-link-is-base", Entries: 2, handler: xml(rss(entry("1", "https://wire.example/", "A"), entry("2", "https://wire.example/", "B")))},
		{Name: "identity-link-differs-in-case", Entries: 2, handler: xml(rss(entry("", a, "A"), entry("", strings.ToUpper(a), "B")))},
		{Name: "identity-link-of-dots", Entries: 1, handler: xml(rss(entry("1", "https://wire.example/../../../../a/./b/..", "A")))},
		{Name: "identity-titles-alike", Entries: 2, handler: xml(rss("<item><title>Погода</title></item>", "<item><title>погода!</title></item>"))},
	})
}
