package hostile

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"

	"samur/internal/news"
)

// large is the size of documents that stay just below what a reader takes by default.
const large = 10_000_000 - 4_000

// bombs are documents that are small to send and large to read, or deep.
func bombs() []Case {
	many := func(f string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, f, i)
		}
		return b.String()
	}
	laughs := func(op string) string {
		b := strings.Builder{}
		b.WriteString(`<!DOCTYPE rss [<!ENTITY a0 "ha">`)
		for i := range 20 {
			fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("%sa%d;", op, i), 10))
		}
		return b.String() + "]>"
	}
	const titled = `<item><title>%s</title><link>https://wire.example/1</link></item>`
	doctype := func(subset, title string) handler {
		return xml("<!DOCTYPE rss " + subset + "><rss version='2.0'><channel>" + fmt.Sprintf(titled, title) + "</channel></rss>")
	}
	return grouped(Bomb, []Case{
		{Name: "billion-laughs", Entries: 1, handler: xml(laughs("&") + "<rss version='2.0'><channel>" + fmt.Sprintf(titled, "&a20;") + "</channel></rss>")},
		{Name: "parameter-entity-laughs", Entries: 1, handler: xml(laughs("%") + "<rss version='2.0'><channel>" + fmt.Sprintf(titled, "&a20;") + "</channel></rss>")},
		{Name: "entity-of-itself", Entries: 1, handler: doctype(`[<!ENTITY a "&b;"><!ENTITY b "&a;">]`, "&a;")},
		{Name: "quadratic-entity", Cause: news.CauseTooLarge, handler: repeated(`<!DOCTYPE rss [<!ENTITY e "`+strings.Repeat("x", 250)+`">]><rss><channel><item><title>`, "&e;", 300_000, `</title></item></channel></rss>`)},
		{Name: "entity-file", Entries: 1, handler: doctype(`[<!ENTITY x SYSTEM "file:///etc/passwd">]`, "&x;")},
		{Name: "entity-address", Entries: 1, handler: func(l *Lab, w http.ResponseWriter, r *http.Request) {
			doctype(`[<!ENTITY x SYSTEM "http://`+l.canary+`/xxe">]`, "&x;")(l, w, r)
		}},
		{Name: "doctype-address", Entries: 1, handler: func(l *Lab, w http.ResponseWriter, r *http.Request) {
			doctype(`SYSTEM "http://`+l.canary+`/dtd"`, "t")(l, w, r)
		}},
		{Name: "parameter-entity-address", Entries: 1, handler: func(l *Lab, w http.ResponseWriter, r *http.Request) {
			doctype(`[<!ENTITY % p SYSTEM "http://`+l.canary+`/p"> %p;]`, "t")(l, w, r)
		}},
		{Name: "stylesheet-address", Entries: 3, handler: func(l *Lab, w http.ResponseWriter, r *http.Request) {
			xml(`<?xml-stylesheet href="http://`+l.canary+`/s.xsl" type="text/xsl"?>`+strings.TrimPrefix(sound(), `<?xml version="1.0" encoding="UTF-8"?>`))(l, w, r)
		}},
		{Name: "xinclude-address", Entries: 1, handler: func(l *Lab, w http.ResponseWriter, r *http.Request) {
			xml(rss(item("One"), `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://`+l.canary+`/x"/>`))(l, w, r)
		}},
		{Name: "nested-extensions", Heavy: true, Cause: news.CauseTooLarge, handler: filled(rssHead+`<item>`, "<x:a>", large, "")},
		{Name: "nested-elements-closed", Heavy: true, Cause: news.CauseTooLarge, handler: func(_ *Lab, w http.ResponseWriter, r *http.Request) {
			pour(w, r, rssHead+"<item>", "<a>", 1_400_000, "")
			pour(w, r, "", "</a>", 1_400_000, "</item>"+rssTail)
		}},
		{Name: "nested-markup-in-text", Entries: 1, Heavy: true, handler: filled(rssHead+"<item><title>t</title><description><![CDATA[", "<div>", large, "]]></description></item>"+rssTail)},
		{Name: "nested-escaped-markup", Heavy: true, Entries: 1, handler: filled(rssHead+"<item><title>t</title><description>", "&lt;b&gt;", large, "</description></item>"+rssTail)},
		{Name: "nested-xhtml", Cause: news.CauseTooLarge, handler: xml(atom(`<entry><title>t</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">` + strings.Repeat("<div>", 5_000) + strings.Repeat("</div>", 5_000) + `</div></content></entry>`))},
		{Name: "namespaces", Heavy: true, Cause: news.CauseTooLarge, handler: made(func() handler {
			return xml("<rss" + many(` xmlns:n%[1]d="urn:n%[1]d"`, 200_000) + "><channel/></rss>")
		})},
		{Name: "namespaces-nested", Cause: news.CauseTooLarge, handler: xml(rss("<item>" + many(`<a xmlns:n%d="urn:n">`, 5_000) + "</item>"))},
		{Name: "attributes", Heavy: true, Cause: news.CauseTooLarge, handler: made(func() handler {
			return xml("<rss><channel><item " + many(` a%d="1"`, 700_000) + "/></channel></rss>")
		})},
		{Name: "attribute-of-megabytes", Heavy: true, Entries: 1, handler: filled(rssHead+`<item><title>t</title><enclosure url="https://wire.example/`, "x", large, `"/></item>`+rssTail)},
		{Name: "processing-instructions", Heavy: true, Cause: news.CauseTooLarge, handler: filled(rssHead, "<?a?>", large, rssTail)},
		{Name: "comments", Heavy: true, Cause: news.CauseTooLarge, handler: filled(rssHead, "<!---->", large, rssTail)},
		{Name: "comment-never-closed", Heavy: true, Entries: 1, handler: filled(rssHead+item("One")+"<!--", "<item>", large, "")},
		{Name: "declarations", Heavy: true, Cause: news.CauseNotFeed, handler: filled("", "<!A", large, "")},
		{Name: "unclosed-elements", Heavy: true, Cause: news.CauseTooLarge, handler: filled(rssHead, "<title>x<link>", large, "")},
		{Name: "unclosed-quotes", Heavy: true, Cause: news.CauseBotWall, handler: filled("", `<x:a b="`, large, "")},
		{Name: "long-base", Heavy: true, Cause: news.CauseTooLarge, handler: filled(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://wire.example/`+strings.Repeat("x", 1000)+`/"><entry>`, `<link href="a"/>`, large, `</entry></feed>`)},
		{Name: "json-deep-arrays", Heavy: true, Cause: news.CauseTooLarge, handler: filled(`{"items":`, "[", large, "")},
		{Name: "json-deep-objects", Heavy: true, Cause: news.CauseTooLarge, handler: filled("", `{"items":`, large, "")},
		{Name: "json-many-members", Heavy: true, Cause: news.CauseTooLarge, handler: filled(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"`, `,"a":1`, large, "}]}")},
		{Name: "json-escapes", Heavy: true, Entries: 1, handler: filled(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"`, `\u0416`, large, `"}]}`)},
	})
}

// sizes are answers of more than anybody reads.
func sizes() []Case {
	const entry = "<item><title>t</title><link>https://wire.example/1</link></item>"
	bomb := func(times, kilobytes int) handler { // blanks, compressed that often
		return func(_ *Lab, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", strings.TrimSuffix(strings.Repeat("gzip,", times), ","))
			var out io.WriteCloser = unclosed{w}
			var stages []io.Closer
			for range times {
				z := gzip.NewWriter(out)
				stages = append([]io.Closer{z}, stages...)
				out = z
			}
			pour(out, r, rssHead, strings.Repeat(" ", 1024), kilobytes, rssTail)
			for _, z := range stages {
				_ = z.Close() // the reader has gone
			}
		}
	}
	return grouped(Size, []Case{
		{Name: "million-items", Heavy: true, Cause: news.CauseTooLarge, handler: repeated(rssHead, "<item/>", 1_000_000, rssTail)},
		{Name: "items-without-end", Heavy: true, Cause: news.CauseTooLarge, handler: repeated(rssHead, entry, -1, "")},
		{Name: "as-many-items-as-fit", Heavy: true, Cause: news.CauseTooLarge, handler: filled(rssHead, entry, large, rssTail)},
		{Name: "categories", Heavy: true, Cause: news.CauseTooLarge, handler: filled(rssHead+"<item>", "<category>c</category>", large, "</item>"+rssTail)},
		{Name: "cdata-of-100-megabytes", Heavy: true, Cause: news.CauseTooLarge, handler: repeated(rssHead+"<item><title>t</title><description><![CDATA[", strings.Repeat("word ", 20), 1<<20, "]]></description></item>"+rssTail)},
		{Name: "title-of-megabytes", Heavy: true, Entries: 1, handler: filled(rssHead+"<item><link>https://wire.example/1</link><title>", "слово ", 3<<20, "</title></item>"+rssTail)},
		{Name: "text-of-megabytes", Heavy: true, Entries: 1, handler: filled(rssHead+"<item><title>t</title><description>", "слово ", large, "</description></item>"+rssTail)},
		{Name: "text-of-one-word", Heavy: true, Entries: 1, handler: filled(rssHead+"<item><title>t</title><description>", "x", 3<<20, "</description></item>"+rssTail)},
		{Name: "text-of-marks", Heavy: true, Entries: 1, handler: filled(rssHead+"<item><title>t</title><description>a", "\u0301", 3<<20, "</description></item>"+rssTail)},
		{Name: "text-of-ampersands", Heavy: true, Entries: 1, handler: filled(rssHead+"<item><title>t</title><description>", "&amp;amp;", 3<<20, "</description></item>"+rssTail)},
		{Name: "most-items-that-are-read", Heavy: true, Entries: 5_000, handler: flow(5_000, func(w io.Writer, i int) {
			_, _ = fmt.Fprintf(w, "<item><title>Baku and Moscow sign agreement No. %[1]d</title><link>https://wire.example/%[1]d</link><description>Azerbaijan and Russia agreed on %[1]d. %[2]s</description></item>",
				i, prose(uint32(i), 1_800))
		})},
		{Name: "longest-texts-that-are-read", Heavy: true, Entries: 48, handler: flow(48, func(w io.Writer, i int) {
			_, _ = fmt.Fprintf(w, "<item><title>Baku and Moscow sign agreement No. %[1]d</title><link>https://wire.example/%[1]d</link><description>Azerbaijan and Russia agreed on %[1]d. %[2]s</description></item>",
				i, prose(uint32(i), 190_000))
		})},
		{Name: "texts-of-joined-words", Heavy: true, Entries: 12, handler: telling("A-B-")},
		{Name: "texts-of-lines", Heavy: true, Entries: 12, handler: telling("Putin \n")},
		{Name: "texts-of-amounts", Heavy: true, Entries: 12, handler: telling("$1 ")},
		{Name: "texts-of-one-word", Heavy: true, Entries: 12, handler: telling("a")},
		{Name: "addresses-of-kilobytes", Heavy: true, Entries: 2_000, handler: flow(2_000, func(w io.Writer, i int) {
			_, _ = fmt.Fprintf(w, "<item><title>t %d</title><link>https://wire.example/%d?%s</link></item>", i, i, strings.Repeat("a=b&amp;", 500))
		})},
		{Name: "gzip-bomb", Heavy: true, Cause: news.CauseTooLarge, handler: bomb(1, 1<<20)},
		{Name: "gzip-bomb-in-gzip", Heavy: true, Cause: news.CauseNotFeed, handler: bomb(2, 64<<10)},
		{Name: "gzip-of-empty-blocks", Heavy: true, Cause: news.CauseTooLarge, handler: func(_ *Lab, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			pour(w, r, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", "\x00\x00\x00\xff\xff", -1, "")
		}},
		{Name: "gzip-members-without-end", Heavy: true, Cause: news.CauseTooLarge, handler: func(_ *Lab, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			pour(w, r, "", string(zipped(nil)), -1, "")
		}},
		{Name: "deflate-bomb", Heavy: true, Cause: news.CauseTooLarge, handler: made(func() handler {
			return encoded("deflate", deflated([]byte(rssHead+strings.Repeat(" ", 16<<20)+rssTail)))
		})},
		{Name: "length-of-terabytes", Cause: news.CauseTooLarge, wire: write("HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n" + sound())},
		{Name: "length-beyond-numbers", Cause: news.CauseConnect, wire: write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n" + sound())},
		{Name: "windows-1251-that-triples", Heavy: true, Cause: news.CauseTooLarge, handler: filled(`<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>`, "\x84", large, "</title></item></channel></rss>")},
		{Name: "json-of-empty-items", Heavy: true, Cause: news.CauseTooLarge, handler: filled(`{"version":"https://jsonfeed.org/version/1.1","items":[{}`, ",{}", large, "]}")},
	})
}

// flow serves a document of n entries, each written as it comes.
func flow(n int, entry func(w io.Writer, i int)) handler {
	return func(_ *Lab, w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, rssHead) // a reader may leave
		for i := range n {
			entry(w, i)
		}
		_, _ = io.WriteString(w, rssTail)
	}
}

// telling serves entries as long as are read that are about Russia and Azerbaijan, and of
// which the rest is the same over and over.
func telling(again string) handler {
	const entries, size = 12, 190_000
	return flow(entries, func(w io.Writer, i int) {
		_, _ = fmt.Fprintf(w, "<item><title>Baku and Moscow sign agreement No. %[1]d</title><link>https://wire.example/%[1]d</link><description>Azerbaijan and Russia agreed on %[1]d. %[2]s</description></item>",
			i, strings.Repeat(again, size/len(again)))
	})
}

// prose returns about n bytes of sentences that no other text has, the same for a seed,
// in words of a language of 20,000. Each ends in a quote, which has readers look for more.
func prose(seed uint32, n int) string {
	var b strings.Builder
	x := 2463534242 + seed*2654435761 | 1
	for b.Len() < n {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		for i := x % 20_000; i > 0; i /= 70 {
			b.WriteByte("bdfghjklmnprst"[i%14])
			b.WriteByte("aeiou"[i/14%5])
		}
		if b.WriteByte(' '); x>>28 == 0 {
			b.WriteString("». ")
		}
	}
	return b.String()
}

// unclosed is a writer whose Close does nothing.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// grouped puts cases into a group.
func grouped(group string, cases []Case) []Case {
	for i := range cases {
		cases[i].Group = group
	}
	return cases
}
