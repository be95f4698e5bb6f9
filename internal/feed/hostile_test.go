package feed

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samur/internal/news"
)

// A costly document is made to cost as much as it can. size is roughly how many
// bytes it has; cause is why it is refused, "" for one that is large and is read.
type costly struct {
	name  string
	cause news.Cause
	make  func(size int) string
}

// hostile are the documents that are cheap to refuse or to read when small.
var hostile = []costly{
	{"entity bomb", "", func(int) string {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">`)
		for i := range 30 {
			fmt.Fprintf(&b, `<!ENTITY e%d "&e%d;&e%d;&e%d;&e%d;">`, i+1, i, i, i, i)
		}
		return b.String() + `]><rss><channel><item><title>&e30;</title></item></channel></rss>`
	}},
	{"entity blowup", news.CauseTooLarge, func(size int) string {
		return `<!DOCTYPE rss [<!ENTITY e "` + strings.Repeat("x", 250) + `">]><rss><channel><item><title>` + strings.Repeat("&e;", size/3) + `</title></item></channel></rss>`
	}},
	{"entity blowup in small values", news.CauseTooLarge, func(size int) string {
		return `<!DOCTYPE rss [<!ENTITY e "` + strings.Repeat("x", 250) + `">]><rss><channel>` + strings.Repeat("<item><title>&e;&e;&e;&e;&e;&e;&e;&e;&e;</title></item>", size/55) + `</channel></rss>`
	}},
	{"nested elements", news.CauseTooLarge, func(size int) string { return "<rss><channel><item>" + strings.Repeat("<a>", size/3) }},
	{"nested groups", news.CauseTooLarge, func(size int) string { return "<rss><channel><item>" + strings.Repeat("<media:group>", size/13) }},
	{"nested channels", news.CauseTooLarge, func(size int) string { return "<rss>" + strings.Repeat("<channel>", size/9) }},
	{"attributes", news.CauseTooLarge, func(size int) string {
		return "<rss><channel><item><link " + strings.Repeat("a ", size/2) + "/></item></channel></rss>"
	}},
	{"attributes of the root", news.CauseTooLarge, func(size int) string { return "<rss " + strings.Repeat("a=b ", size/4) + "></rss>" }},
	{"namespaces", news.CauseTooLarge, func(size int) string {
		var b strings.Builder
		b.WriteString("<rss")
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, ` xmlns:n%d="urn:%d"`, i, i)
		}
		return b.String() + "><channel/></rss>"
	}},
	{"one tag", news.CauseTooLarge, func(int) string { return "<rss" + strings.Repeat(" ", maxBytes) + "><channel/></rss>" }},
	{"one name", news.CauseNotFeed, func(size int) string { return "<" + strings.Repeat("x", size) + ">" }},
	{"one title", "", func(size int) string {
		return "<rss><channel><item><title>" + strings.Repeat("слово ", size/11) + "</title></item></channel></rss>"
	}},
	{"quotes in an address", "", func(size int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href='` + strings.Repeat(`"`, size) + `'/></entry></feed>`
	}},
	{"long base under many links", "", func(size int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/` + strings.Repeat("x", size/2) + `/"><entry>` + strings.Repeat(`<link href="a"/>`, min(size/32, 90_000)) + `</entry></feed>`
	}},
	{"middling base under many links", news.CauseTooLarge, func(size int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.org/` + strings.Repeat("x", 1000) + `/"><entry>` + strings.Repeat(`<link href="a"/>`, size/16) + `</entry></feed>`
	}},
	{"empty items", news.CauseTooLarge, func(size int) string {
		return "<rss><channel>" + strings.Repeat("<item/>", max(size/7, maxEntries+1)) + "</channel></rss>"
	}},
	{"categories", news.CauseTooLarge, func(size int) string {
		return "<rss><channel><item>" + strings.Repeat("<category>c</category>", max(size/22, maxLeaves+1)) + "</item></channel></rss>"
	}},
	{"instructions", news.CauseTooLarge, func(size int) string { return "<rss><channel>" + strings.Repeat("<?a>", max(size/4, maxTokens)) }},
	{"comments", news.CauseTooLarge, func(size int) string { return "<rss><channel>" + strings.Repeat("<!---->", max(size/7, maxTokens)) }},
	{"brackets", "", func(size int) string {
		return "<rss><channel><item><title>" + strings.Repeat("< ", size/2) + "</title></item></channel></rss>"
	}},
	{"unclosed titles", news.CauseTooLarge, func(size int) string {
		return "<rss><channel>" + strings.Repeat("<title>x<link>", size/14) + "</channel></rss>"
	}},
	{"unclosed title before brackets", "", func(size int) string {
		return "<rss><channel>" + strings.Repeat("<title>x<link>", 40) + strings.Repeat("< ", size/2) + "</channel></rss>"
	}},
	{"unclosed quote", news.CauseBotWall, func(size int) string { return strings.Repeat(`<a b="`, size/12) + strings.Repeat(`<a b='`, size/12) }},
	{"declarations", news.CauseNotFeed, func(size int) string { return strings.Repeat("<!A", size/3) }},
	{"bad bytes", news.CauseNotFeed, func(size int) string {
		return strings.Repeat("\xff\xd0", size/2) + strings.Repeat("яя", size/4) + "<a>"
	}},
	{"letters of two bytes", "", func(size int) string {
		return "<rss><channel><item><title>" + strings.Repeat("\xb0\xcd", min(size, maxValue)/3) + "</title></item></channel></rss>"
	}},
	{"letters of Thailand", "", func(size int) string {
		return "<rss><channel><item><title>" + strings.Repeat("\xba\xd2", min(size, maxValue)/7) + "</title></item></channel></rss>"
	}},
	{"page around a feed of nothing", news.CauseBotWall, func(size int) string {
		return "<html><body><rss><channel>" + strings.Repeat("<link rel='alternate'/>", size/24) + "</channel></rss></body></html>"
	}},
	{"JSON nested", news.CauseTooLarge, func(size int) string { return `{"items":` + strings.Repeat("[", size) }},
	{"JSON of empty items", news.CauseTooLarge, func(size int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[` + strings.Repeat("{},", max(size/3, maxElements)) + `{}]}`
	}},
	{"JSON of markup", "", func(size int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"` + strings.Repeat("<", size) + `"}]}`
	}},
	{"JSON of line breaks", "", func(size int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"` + strings.Repeat("\n", size) + `"}]}`
	}},
	{"JSON of many members", "", func(size int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1",` + strings.Repeat(`"a":[],`, min(size/7, 90_000)) + `"title":"t"}]}`
	}},
	{"text encoded twice", "", func(size int) string {
		return "<rss><channel>" + strings.Repeat("<item><title>"+strings.Repeat("Ð¯", 500)+"</title></item>", size/2028) + "</channel></rss>"
	}},
	{"text nearly encoded twice", "", func(size int) string {
		return "<rss><channel><item><title>" + strings.Repeat("Ð¯", 10) + "</title></item><item>" + strings.Repeat("Ð¯", size/4) + "я</item></channel></rss>"
	}},
	{"blanks", news.CauseNotFeed, func(size int) string { return strings.Repeat(" ", size) }},
}

// atLimit are documents that come as near to a limit as they can, or reach it late.
var atLimit = []costly{
	{"one title of ampersands", news.CauseTooLarge, func(size int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>` + strings.Repeat("&", min(size, maxValue-1)) + `</title></entry></feed>`
	}},
	{"ends of CDATA", news.CauseTooLarge, func(size int) string {
		return "<rss><channel><item><title>" + strings.Repeat("]]>", min(size, maxValue)/3) + "</title></item></channel></rss>"
	}},
	{"namespaces in every element", news.CauseTooLarge, func(size int) string {
		head := "<rss"
		for i := range 990 {
			head += fmt.Sprintf(` xmlns:n%d="urn:%d"`, i, i)
		}
		return head + "><channel><item>" + strings.Repeat("<q:z/>", max(size/6, maxElements)) + "</item></channel></rss>"
	}},
	{"as many items as may be", "", func(size int) string {
		item := "<item><title>t</title><link>http://example.org/</link><guid>g</guid><pubDate>Sun, 08 Mar 2026 07:00:00 GMT</pubDate><description>"
		item += strings.Repeat("д", max(1, (size/maxEntries-len(item)-22)/2)) + "</description></item>"
		return "<rss><channel>" + strings.Repeat(item, min(maxEntries, size/len(item))) + "</channel></rss>"
	}},
	{"as many extensions as may be", "", func(int) string {
		return "<rss><channel><item>" + strings.Repeat("<dc:subject>s</dc:subject>", maxLeaves-1) + "</item></channel></rss>"
	}},
	{"as many extensions in items", "", func(int) string {
		return "<rss><channel>" + strings.Repeat("<item>"+strings.Repeat("<dc:subject>s</dc:subject>", 5)+"</item>", maxEntries-1) + "</channel></rss>"
	}},
	{"windows-1251 that triples", news.CauseTooLarge, func(int) string {
		return "<rss><channel><item><title>" + strings.Repeat("\x84", maxBytes-64) + "</title></item></channel></rss>"
	}},
	{"end tags", news.CauseTooLarge, func(size int) string {
		return "<rss><channel><item><title>" + strings.Repeat("<b>", 90) + strings.Repeat("</a>", max(size/4, maxTokens))
	}},
}

// TestHostile holds that small forms of the documents end as they should. The
// full size, and those at the limit, are for BenchmarkHostile.
func TestHostile(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			doc, err := Parse(h.make(256<<10), "", "http://example.org/feed")
			var e *Error
			switch {
			case h.cause == "" && err != nil:
				t.Errorf("Parse = %v, want it read", err)
			case h.cause != "" && (!errors.As(err, &e) || e.Cause != h.cause):
				t.Errorf("Parse = %d entries, %v, want cause %q", len(doc.Entries), err, h.cause)
			}
		})
	}
}

// BenchmarkHostile reports the time and the highest heap that each document costs
// at the size that is let through at most. How each ends is held by TestHostile: at
// this size another limit may come first.
func BenchmarkHostile(b *testing.B) {
	for _, h := range slices.Concat(hostile, atLimit) {
		b.Run(h.name, func(b *testing.B) {
			body := []byte(h.make(maxBytes - 64<<10))
			var peak uint64
			for b.Loop() {
				peak = max(peak, heapPeak(func() {
					var e *Error
					if _, err := Parse(string(body), "", "http://example.org/feed"); err != nil && !errors.As(err, &e) {
						b.Errorf("Parse = %v, want an Error", err)
					}
				}))
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		})
	}
}

// heapPeak runs f and returns how high the heap went meanwhile.
func heapPeak(f func()) uint64 {
	var peak atomic.Uint64
	done := make(chan struct{})
	gone := make(chan struct{})
	look := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak.Store(max(peak.Load(), m.HeapInuse))
	}
	runtime.GC()
	go func() {
		defer close(gone)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				look()
			}
		}
	}()
	f()
	look()
	close(done)
	<-gone
	return peak.Load()
}

// TestAddressesAreHarmless holds that an address is a web page's and shows all of itself.
func TestAddressesAreHarmless(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"https://example.org/Баку?q=Самур", "https://example.org/Баку?q=Самур"},
		{"https://example.org/%e2%80%ae", "https://example.org/%e2%80%ae"},
		{"https://example.org/\u202egnp.exe?a=\u2066#\u200b", "https://example.org/%E2%80%AEgnp.exe?a=%E2%81%A6#%E2%80%8B"},
		{"https://example.org/a b", "https://example.org/a%20b"},
		{"https://example.org/100%?a=\u202e", "https://example.org/100%25?a=%E2%80%AE"},
		{"javascript:alert(1)//https://example.org/", ""},
		{"java\nscript:alert(1)", ""},
		{"data:text/html,x", ""},
		{"https:/\u202e/example.org/", ""},
	}
	for _, tt := range tests {
		if got := webAddress(tt.raw); got != tt.want {
			t.Errorf("webAddress(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}

func TestDeclaredLanguage(t *testing.T) {
	tests := []struct{ raw, want string }{
		{" az-AZ\n", "az-AZ"},
		{"ru_RU.UTF-8", "ru_RU.UTF-8"},
		{"русский", "русский"},
		{"en, fr", "en, fr"},
		{"\u202een", ""},
		{"en\r\nBcc: x@example.org", ""},
		{"<b>en</b>", ""},
		{strings.Repeat("a", maxLanguage+1), ""},
	}
	for _, tt := range tests {
		if got := declaredLanguage(tt.raw); got != tt.want {
			t.Errorf("declaredLanguage(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}

// TestErrorIsOnePrintableLine holds that no document reaches the terminal through the
// words of why it was refused.
func TestErrorIsOnePrintableLine(t *testing.T) {
	e := &Error{Cause: news.CauseParse, Line: 3, Hint: "look there", Err: errors.New("bad \x1b[31m\nname \u202e\xff" + strings.Repeat("x", 1000))}
	want := "line 3: bad ?[31m?name ??" + strings.Repeat("x", 500-len("bad \x1b[31m\nname \u202e\xff")) + "…; look there"
	if got := e.Error(); got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}

// TestCutBeforeTheFirstEntry holds that a document which stops in its head is none, while
// one that is whole and lists nothing is.
func TestCutBeforeTheFirstEntry(t *testing.T) {
	tests := []struct {
		name, doc string
		ok        bool
	}{
		{"in an address", "<rss><channel><title>t</title><link>https://exam", false},
		{"in a title", "<rss><channel><title>New", false},
		{"nothing listed", "<rss><channel><title>t</title></channel></rss>", true},
		{"end tags missing", "<rss><channel><title>t</title>", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.doc, "", "")
			if ok := err == nil; ok != tt.ok {
				t.Errorf("Parse = %v, want it read: %v", err, tt.ok)
			}
		})
	}
}
