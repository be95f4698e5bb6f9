package render_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
	"golang.org/x/text/width"

	"samur/internal/news"
	"samur/internal/render"
)

// allowed is every element of our HTML with the attributes it may have.
var allowed = map[string][]string{
	"html": {"lang", "dir"}, "head": nil, "meta": {"charset", "name", "content"}, "title": nil, "style": nil,
	"body": {"class", "style"}, "table": {"role", "class", "width", "cellpadding", "cellspacing", "border", "style"},
	"tbody": nil, "tr": nil, "td": {"class", "align", "style"}, "div": {"role", "class", "style"},
	"h1": {"style", "dir"}, "h2": {"class", "style", "dir"}, "h3": {"style"}, "p": {"class", "style"},
	"a": {"href", "rel", "style", "lang", "dir"}, "span": {"class", "style", "lang", "dir"}, "strong": nil,
	"blockquote": {"class", "style"}, "ul": {"style"}, "li": {"style"},
}

// checkHTML parses doc as a browser does and fails for anything that is not ours.
func checkHTML(t *testing.T, doc []byte) {
	t.Helper()
	if len(doc) > 100_000 || !utf8.Valid(doc) {
		t.Fatalf("HTML has %d bytes, valid UTF-8: %v", len(doc), utf8.Valid(doc))
	}
	root, err := html.Parse(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	styles := 0
	var comments []string
	for n := range root.Descendants() {
		switch n.Type {
		case html.CommentNode:
			comments = append(comments, n.Data)
		case html.TextNode:
			checkPrinted(t, "HTML text", n.Data)
		case html.ElementNode:
			if n.Data == "style" {
				styles++
			}
			checkElement(t, n)
		}
	}
	// Ours for Outlook, a style and a table that is opened and closed, or none in a part of
	// a page.
	ours := []string{
		"[if mso]><style>* { font-family: Arial, Helvetica, sans-serif; mso-line-height-rule: exactly; }</style><![endif]",
		`[if mso]><table role="presentation" width="640" align="center" cellpadding="0" cellspacing="0" border="0" style="width:640px;table-layout:fixed"><tr><td width="640" style="width:640px"><![endif]`,
		"[if mso]></td></tr></table><![endif]",
	}
	if len(comments) > 0 && !slices.Equal(comments, ours) {
		t.Errorf("HTML has comments %q", comments)
	}
	checkBalanced(t, doc)
	if styles > 1 {
		t.Errorf("HTML has %d style elements, want ours alone", styles)
	}
}

// checkBalanced fails for an element that is not closed where it was opened: parsers mend
// that in silence, each in its own way.
func checkBalanced(t *testing.T, doc []byte) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(bytes.NewReader(doc))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		name, _ := z.TagName()
		switch {
		case kind == html.StartTagToken && !slices.Contains([]string{"meta", "br"}, string(name)):
			open = append(open, string(name))
		case kind == html.EndTagToken && (len(open) == 0 || open[len(open)-1] != string(name)):
			t.Fatalf("HTML closes %q where %q is open", name, open)
		case kind == html.EndTagToken:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("HTML does not close %q", open)
	}
}

// checkForWord fails for a style that Outlook for Windows passes over where it matters:
// its div, p and span know no padding and no bars.
func checkForWord(t *testing.T, n *html.Node, style string) {
	t.Helper()
	switch n.Data {
	case "div", "p", "span":
		if strings.Contains(style, "padding") || strings.Contains(style, "border") {
			t.Errorf("%s has the style %q, which Outlook does not know there", n.Data, style)
		}
	}
}

func checkElement(t *testing.T, n *html.Node) {
	t.Helper()
	attrs, ok := allowed[n.Data]
	if !ok {
		t.Errorf("HTML has an element %q", n.Data)
	}
	for _, a := range n.Attr {
		if !slices.Contains(attrs, a.Key) {
			t.Errorf("%s has an attribute %s=%q", n.Data, a.Key, a.Val)
		}
		checkPrinted(t, "attribute "+a.Key, a.Val)
		switch a.Key {
		case "style":
			checkForWord(t, n, a.Val)
			if strings.ContainsAny(a.Val, "()@\\") {
				t.Errorf("%s has the style %q", n.Data, a.Val)
			}
		case "href":
			u, err := url.Parse(a.Val)
			if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
				t.Errorf("link to %q, want http or https with a host and no login", a.Val)
			}
		}
	}
}

// checkPrinted fails for what turns, hides or drives what is shown.
func checkPrinted(t *testing.T, where, s string) {
	t.Helper()
	for _, r := range s {
		if r != '\n' && unicode.IsControl(r) || r == '\u2028' || r == '\u2029' ||
			r != '\u200C' && r != '\u200D' && unicode.Is(unicode.Cf, r) {
			t.Errorf("%s has %U in %q", where, r, s)
			return
		}
	}
}

var address = regexp.MustCompile(`^ *https?://[!-~\pL\pN]+$`)

// checkText fails for a line that is too long, unless it is an address and nothing
// else, and for blanks at its end.
func checkText(t *testing.T, text []byte) {
	t.Helper()
	if !utf8.Valid(text) {
		t.Fatal("text is not UTF-8")
	}
	checkPrinted(t, "text", string(text))
	for l := range strings.Lines(string(text)) {
		l = strings.TrimSuffix(l, "\n")
		if strings.HasSuffix(l, " ") {
			t.Errorf("line ends in a blank: %q", l)
		}
		if n := cells(l); n > 72 && !address.MatchString(l) {
			t.Errorf("line has %d columns: %q", n, l)
		}
	}
}

// cells counts columns apart from the code under test.
func cells(s string) (n int) {
	for _, r := range s {
		switch k := width.LookupRune(r).Kind(); {
		case unicode.Is(unicode.M, r), r == '\u200C', r == '\u200D':
		case k == width.EastAsianWide, k == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// checkXML reads the whole document strictly.
func checkXML(t *testing.T, b []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("Atom is no XML: %v", err)
		}
	}
}

// spoilt puts words from a feed wherever a feed can put words.
func spoilt(s string, value float64) news.Digest {
	q := news.Quote{Text: s, Item: s, URL: s, Outlet: s, Lang: news.Lang(s)}
	linked := q
	linked.URL = "https://a.example/" + s
	g := news.Figure{
		Indicator: s, Value: value, High: value / 3, Unit: s, Period: s, Approx: "about", Counter: s, Sentence: s,
		Change: &news.Change{Direction: "down", Percent: value, Base: s},
	}
	src := news.Source{Item: s, Outlet: s, Lang: news.Lang(s), URL: "http://" + s, Title: s, Published: at(7, 5, 0)}
	entry := news.Entry{
		Story: s, Headline: q, Quotes: []news.Quote{linked, q}, Topics: []string{s}, Actors: []string{s}, Voices: int(int8(len(s))),
		Sources: []news.Source{src}, Figures: []news.Figure{g}, Why: []news.Evidence{{Form: s, Points: 1}}, Reason: news.Reason(s),
		Differs: []news.Difference{{Indicator: s, Period: s, Values: []news.FigurePoint{{Outlet: s, URL: s, Figure: g}}}},
	}
	d := news.Digest{
		Slot: news.Slot{Digest: s, At: at(8, 4, 0)}, Made: at(8, 4, 0), Lang: news.Ru, Title: s,
		Window:   news.Window{Start: at(7, 4, 0), End: at(8, 4, 0), Zone: s},
		Sections: []news.Section{{Topic: s, Heading: s, Entries: []news.Entry{entry, entry}}, {Topic: s, Entries: []news.Entry{entry}}},
		Held:     []news.Line{{Headline: linked}},
		Figures:  []news.FigureLine{{Figure: g, Source: src, Previous: &g, Conflict: true}},
		Question: &news.Question{Headline: linked, Score: value, Threshold: value, Missing: news.Ground(s), Yes: s, No: s},
	}
	for range 22 {
		d.Ledger.FeedsFailed = append(d.Ledger.FeedsFailed, news.FeedFault{Feed: s, Cause: news.Cause(s), Note: s, Since: at(5, 1, 1)})
	}
	return d
}

func FuzzForms(f *testing.F) {
	for _, s := range []string{
		"", nasty, "a", "«Ёлка» — İıə", strings.Repeat("字", 200), strings.Repeat("&<>\"'+ ", 200), "\xff\xfe\x00", "\u202E\u2066\u200F\uFEFF",
		"](javascript:alert(1))", "{{.Title}}", "]]>", "</style><style>", "Europe/Moscow", strings.Repeat("a\u0301\u0302\u0303\u0304", 50), "2024-13/2025",
	} {
		f.Add(s, 4.4)
	}
	f.Add("x", math.MaxFloat64)
	f.Add("x", -math.MaxFloat64)
	f.Fuzz(func(t *testing.T, s string, value float64) {
		if len(s) > 4000 {
			t.Skip("lengths are bounded long before")
		}
		if math.IsInf(value, 0) || math.IsNaN(value) {
			t.Skip("no text states such a number, and JSON has none")
		}
		d := spoilt(s, value)
		e := edition(t, d)
		checkHTML(t, e.HTML)
		checkText(t, e.Text)
		if md := e.Markdown; !utf8.Valid(md) {
			t.Error("Markdown is not UTF-8")
		} else {
			checkPrinted(t, "Markdown", string(md))
			checkEscaped(t, string(md))
		}
		subject := e.Subject
		checkPrinted(t, "subject", subject)
		if n := utf8.RuneCountInString(subject); n > 120 || strings.ContainsAny(subject, "\r\n") || !utf8.ValidString(subject) {
			t.Errorf("subject of %d runes: %q", n, subject)
		}
		atom, err := render.Atom([]news.Digest{d}, "https://samur.example/feed", "https://samur.example")
		if err != nil {
			t.Fatal(err)
		}
		checkXML(t, atom)
	})
}

var ownLink = regexp.MustCompile(`\]\(<https?://[^<>\s]*>\)`)

// checkEscaped fails for a sign in Markdown that opens something and is not ours.
func checkEscaped(t *testing.T, md string) {
	t.Helper()
	links := len(ownLink.FindAllString(md, -1))
	md = ownLink.ReplaceAllString(md, "")
	md = regexp.MustCompile(`\\[!-/:-@\[-`+"`"+`{-~]`).ReplaceAllString(md, "")
	if n := strings.Count(md, "["); n != links {
		t.Errorf("Markdown has %d open brackets for %d links", n, links)
	}
	for l := range strings.Lines(md) {
		rest := strings.TrimLeft(l, "#>- ") // our own headings, quotes, lists
		rest = strings.ReplaceAll(rest, "**", "")
		if i := strings.IndexAny(rest, "`<>|*_~$&]#@"); i >= 0 {
			t.Errorf("Markdown has a bare %q in %q", rest[i], l)
		}
	}
}

// TestForms holds the fixtures to what the fuzz target checks.
func TestForms(t *testing.T) {
	for name, d := range map[string]news.Digest{
		"rich": rich(news.En), "quiet": quiet(news.Az), "hostile": hostile(), "crowded": crowded(90, 50, 50), "empty": {},
	} {
		t.Run(name, func(t *testing.T) {
			all := forms(t, d)
			checkHTML(t, all["html"])
			checkText(t, all["txt"])
			checkXML(t, all["xml"])
			checkXML(t, all["stories.xml"])
			checkEscaped(t, string(all["md"]))
		})
	}
}

// TestAtom reads the feed as a feed reader does.
func TestAtom(t *testing.T) {
	const self, base = "https://samur.example/feeds/daily.atom", "https://samur.example/"
	b, err := render.Atom([]news.Digest{rich(news.Ru), quiet(news.Ru)}, self, base)
	if err != nil {
		t.Fatal(err)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ what, got, want string }{
		{"type", feed.FeedType, "atom"},
		{"title", feed.Title, "Россия — Азербайджан: сводка"},
		{"self link", feed.FeedLink, self},
		{"link", feed.Link, base},
		{"updated", feed.Updated, "2026-03-09T04:00:00Z"},
		{"language", feed.Language, "ru"},
		{"newest entry", feed.Items[0].GUID, "tag:samur.example,2026-03-09:daily@2026-03-09T04:00:00Z"},
		{"older entry", feed.Items[1].GUID, "tag:samur.example,2026-03-08:daily@2026-03-08T04:00:00Z"},
		{"entry link", feed.Items[1].Link, "https://samur.example/digests/daily@2026-03-08T04:00:00Z"},
		{"entry published", feed.Items[1].Published, "2026-03-08T04:00:00Z"},
		{"entry updated", feed.Items[1].Updated, "2026-03-08T13:20:00Z"},
		{"entry title", feed.Items[1].Title, render.Subject(rich(news.Ru))},
	} {
		if tc.got != tc.want {
			t.Errorf("%s = %q, want %q", tc.what, tc.got, tc.want)
		}
	}
	if body := feed.Items[1].Content; !strings.HasPrefix(body, "<table") || strings.Contains(body, "<style") {
		t.Errorf("content begins %.60q, want the edition without a document around it", body)
	}
	checkHTML(t, []byte(feed.Items[1].Content))
}

// TestAtomEmpty: a feed of nothing is still a feed.
func TestAtomEmpty(t *testing.T) {
	b, err := render.Atom(nil, "", "")
	if err != nil {
		t.Fatal(err)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if feed.Updated == "" || len(feed.Items) != 0 {
		t.Errorf("updated = %q with %d entries, want a date and none", feed.Updated, len(feed.Items))
	}
}
