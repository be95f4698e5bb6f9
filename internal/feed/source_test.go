package feed

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// plainRSS, plainRDF, plainAtom and plainJSON are documents whose entries can be told apart.
const (
	plainRSS = `<?xml version="1.0"?><!-- x --><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel xml:lang="az"><title>T</title><language>az</language>
<item><title>a</title><link>http://e.org/a</link><description><![CDATA[<p>x</p></item>]]></description></item>
<item rdf:about="b"><title>b</title><!-- c --><link>http://e.org/b</link><dc:date>2026-03-08</dc:date></item>
<item><title>c &amp; d</title><guid isPermaLink="false">c</guid></item>
</channel></rss>`
	plainRDF = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="http://e.org/"><title>T</title></channel>
<item rdf:about="http://e.org/a"><title>a</title></item><item rdf:about="http://e.org/b"><title>b</title></item></rdf:RDF>`
	plainAtom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://e.org/x/" xml:lang="ru"><title>T</title><entry><title>a</title><id>a</id><link href="a"/></entry>
<entry xml:lang="en"><title>b</title><id>b</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x<br/>y</p></div></content></entry></feed>`
	plainJSON = `{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [ {"id": "a", "title": "x ] } \" y"}, {"id": "b", "tags": ["t", {"items": []}]} , {"id":"c"}], "language": "az"}`
)

func TestSpans(t *testing.T) {
	for _, tt := range []struct {
		name, doc string
		want      int
	}{
		{"rss", plainRSS, 3},
		{"rdf", plainRDF, 2},
		{"atom", plainAtom, 2},
		{"json", plainJSON, 3},
		{"garbage in front", "Warning: <b>x</b>\n" + plainRSS, 3},
		{"blanks and line breaks", strings.ReplaceAll(plainAtom, "</entry>", "</entry>\r\n\t"), 2},

		{"document type", strings.Replace(plainRSS, "<!-- x -->", `<!DOCTYPE rss [<!ENTITY a "b">]>`, 1), 0},
		{"text between entries", strings.Replace(plainRSS, "<item rdf", "text <item rdf", 1), 0},
		{"comment between entries", strings.Replace(plainRSS, "<item rdf", "<!-- <item> --><item rdf", 1), 0},
		{"element between entries", strings.Replace(plainRSS, "<item rdf", "<ttl>5</ttl><item rdf", 1), 0},
		{"element behind entries", strings.Replace(plainRSS, "</channel>", "<language>ru</language></channel>", 1), 0},
		{"entry in an entry", strings.Replace(plainRSS, "<title>b</title>", "<item><title>b</title></item>", 1), 0},
		{"entry of another prefix", strings.Replace(plainRSS, "<item rdf", "<atom:entry></atom:entry><item rdf", 1), 0},
		{"entry in capitals", strings.Replace(plainRSS, `<item rdf:about="b">`, "<ITEM>", 1), 0},
		{"tag not closed", strings.Replace(plainRSS, "<title>b</title>", "<title>b", 1), 0},
		{"tags crossed", strings.Replace(plainRSS, "<title>b</title>", "<title><b>b</title></b>", 1), 0},
		{"bare html", strings.Replace(plainRSS, "<title>b</title>", "<title>b<br></title>", 1), 0},
		{"tag without its bracket", strings.Replace(plainRSS, "<title>b</title>", "<title <b>b</b></title>", 1), 0},
		{"two channels", strings.Replace(plainRSS, "</channel>", "</channel><channel></channel>", 1), 0},
		{"entry out of the channel", strings.Replace(plainRSS, "</channel>", "</channel><item></item>", 1), 0},
		{"cut", plainRSS[:len(plainRSS)-8], 0},
		{"cdata not closed", strings.Replace(plainRSS, "]]>", "", 1), 0},
		{"something behind", plainRSS + "<p>", 0},
		{"no entries", "<rss><channel><title>T</title></channel></rss>", 0},
		{"letters mended", strings.Replace(plainRSS, "a</title>", "a\xff\xfe</title>", 1), 0},
		{"json with null", strings.Replace(plainJSON, `{"id":"c"}`, "null", 1), 0},
		{"json with two lists", strings.Replace(plainJSON, `"language"`, `"items": [], "language"`, 1), 0},
		{"json cut", plainJSON[:len(plainJSON)-1], 0},
		{"json with a comma too many", strings.Replace(plainJSON, `{"id":"c"}`, `{"id":"c"},`, 1), 0},
		{"json array", "[" + plainJSON + "]", 0},
	} {
		s, err := Open(tt.doc, "")
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if got := len(s.Spans()); got != tt.want {
			t.Errorf("%s: %d spans, want %d", tt.name, got, tt.want)
		}
	}
}

// TestFrame changes what encloses the entries, and what does not.
func TestFrame(t *testing.T) {
	frame := func(doc string) uint64 {
		s, err := Open(doc, "")
		if err != nil || s.Spans() == nil {
			t.Fatalf("Open(%q): %v", doc, err)
		}
		return s.Frame()
	}
	for _, tt := range []struct {
		name, doc, old, text string
		same                 bool
	}{
		{"title", plainRSS, "<title>T</title>", "<title>U</title>", true},
		{"entries", plainRSS, "<title>a</title>", "<title>z</title>", true},
		{"xml:lang of the channel", plainRSS, `xml:lang="az"`, `xml:lang="ru"`, false},
		{"namespace", plainRSS, "dc/elements", "dc/terms", false},
		{"xml:base", plainAtom, "http://e.org/x/", "http://e.org/y/", false},
	} {
		changed := strings.Replace(tt.doc, tt.old, tt.text, 1)
		if changed == tt.doc {
			t.Fatalf("%s: nothing changed", tt.name)
		}
		if same := frame(changed) == frame(tt.doc); same != tt.same {
			t.Errorf("%s: same frame is %v, want %v", tt.name, same, tt.same)
		}
	}
}

// sameWithout holds that leaving entries out changes nothing about the others.
func sameWithout(t interface {
	Helper()
	Errorf(string, ...any)
}, doc []byte, leaveOut func(i int) bool,
) {
	t.Helper()
	s, err := Open(string(doc), "")
	if err != nil || s.Spans() == nil {
		return
	}
	whole, err := s.Read("http://e.org/feed", nil)
	if err != nil || len(whole.Entries) != len(s.Spans()) {
		return // then nothing is left out of it, or of a later one
	}
	without := make([]bool, len(whole.Entries))
	var want []Entry
	for i, e := range whole.Entries {
		if without[i] = leaveOut(i); !without[i] {
			want = append(want, e)
		}
	}
	rest, err := s.Read("http://e.org/feed", without)
	if err != nil {
		if len(want) > 0 && !s.json() { // some documents are known for a feed by their entries alone
			t.Errorf("rest of %q: %v", doc, err)
		}
		return
	}
	got := rest.Entries
	rest.Entries, whole.Entries, rest.Notes, whole.Notes = nil, nil, nil, nil
	if len(got)+len(want) > 0 {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("entries of %q without %v (-want +got):\n%s", doc, without, diff)
		}
	}
	if diff := cmp.Diff(whole, rest); diff != "" {
		t.Errorf("head of %q (-whole +rest):\n%s", doc, diff)
	}
}

// whole and torn are what documents are put together from; those of torn tags alone
// are hardly ever plain.
var (
	whole = []string{
		"<title>x</title>", "<title>x<b>y</b></title>", "<link>http://e.org/a</link>", "<link href='b'/>", "<guid>g</guid>", "<id>i</id>", "<p><p>q</p></p>", "<br/>", "<br></br>",
		"<li>a<li>b</li></li>", "<author><name>n</name></author>", "<author>n<link>l</link></author>", "<link>a<link>b</link></link>", "<![CDATA[<item>]]>", "<!-- <item> -->", "<?php ?>", "&amp;", "&", "text",
		"<media:group><media:title>m</media:title></media:group>", "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>d</div></content>", "<description><p>a<p>b</p></p><title>t</title></description>",
		"<language>az</language>", "<dc:language>ru</dc:language>", "<image><title>i</title><link>l</link></image>", "<skipHours><hour>1</hour></skipHours>", "<x a='>' b=\"</item>\"></x>",
		"<source>a<source>b</source><title>t</title></source>", "<category term='t'/>", "<title>x<link>y</title>z</link>", "<updated>2026-03-08T07:00:00Z</updated>", "<ttl>5</ttl>", "<a:b xmlns:a='u'><a:title>t</a:title></a:b>",
	}
	torn = []string{
		"<rss>", "</rss>", "<channel>", "</channel>", "</feed>", "<item>", "</item>", "<item/>", "<entry xml:lang='ru'>", "</entry>", "<title>", "</title>", "<link>", "</link>",
		"<description>", "</description>", "<p>", "</p>", "<br>", "</br>", "<author>", "</author>", "<![CDATA[", "]]>", "<!-- ", " -->", "<?x", "<", ">", "\"", "'", "<x <y>",
	}
)

// TestRestIsTheSame leaves random entries out of documents that are nearly plain.
func TestRestIsTheSame(t *testing.T) {
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.Custom(func(t *rapid.T) string {
			if rapid.IntRange(0, 19).Draw(t, "torn") == 0 {
				return rapid.SampledFrom(torn).Draw(t, "piece")
			}
			return rapid.SampledFrom(whole).Draw(t, "piece")
		})
		inside := rapid.SliceOfN(piece, 0, 4)
		entry, head, tail := "item", "<rss><channel>", "</channel></rss>"
		if rapid.Bool().Draw(t, "atom") {
			entry, head, tail = "entry", "<feed xmlns='http://www.w3.org/2005/Atom'>", "</feed>"
		}
		var b strings.Builder
		b.WriteString(head + strings.Join(inside.Draw(t, "head"), ""))
		for i := range rapid.IntRange(1, 5).Draw(t, "entries") {
			fmt.Fprintf(&b, "<%s><title>%d</title>%s</%s>", entry, i, strings.Join(inside.Draw(t, "inside"), ""), entry)
			if rapid.IntRange(0, 9).Draw(t, "gap") == 0 {
				b.WriteString(piece.Draw(t, "between"))
			}
		}
		b.WriteString(tail)
		doc := []byte(b.String())
		if s, err := Open(string(doc), ""); err == nil && s.Spans() != nil {
			told++
		}
		sameWithout(t, doc, func(int) bool { return rapid.Bool().Draw(t, "without") })
	})
	if told < 10 {
		t.Errorf("of the documents %d were plain; the others test nothing", told)
	}
}

// FuzzSource holds the same of any bytes.
func FuzzSource(f *testing.F) {
	for _, doc := range []string{plainRSS, plainRDF, plainAtom, plainJSON, typicalRSS(3), typicalAtom(3)} {
		f.Add([]byte(doc), uint64(5))
		f.Add([]byte(doc), uint64(1<<20-1))
	}
	f.Fuzz(func(t *testing.T, doc []byte, without uint64) {
		sameWithout(t, doc, func(i int) bool { return without>>(i&63)&1 == 1 })
	})
}
