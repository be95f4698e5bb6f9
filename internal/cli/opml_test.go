package cli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"samur/internal/config"
	"samur/internal/news"
)

const (
	opmlHead = `<?xml version="1.0" encoding="%s"?><opml version="2.0"><head><title>x</title></head><body>`
	opmlTail = `</body></opml>`
)

// opmlOf is an OPML file of outlines that says it is in a charset.
func opmlOf(charset, outlines string) string {
	return fmt.Sprintf(opmlHead, charset) + outlines + opmlTail
}

func TestImportedFeeds(t *testing.T) {
	const a = "https://example.org/a"
	news51, err := charmap.Windows1251.NewEncoder().String(opmlOf("windows-1251", `<outline text="Лента" title="Волга" side="ru" xmlUrl="https://example.org/a"/>`))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(opmlOf("utf-16", `<outline text="wide" xmlUrl="https://example.org/a"/>`))
	if err != nil {
		t.Fatal(err)
	}
	one := func(name string) []config.Feed { return []config.Feed{{Name: name, URL: a, Side: news.SideOther}} }
	tests := []struct {
		name, text string
		want       []config.Feed
	}{
		{"windows-1251", news51, []config.Feed{{Name: "example.org", URL: a, Outlet: "Волга", Side: news.SideRu}}},
		{"utf-16", wide, one("wide")},
		{"byte order mark", "\xef\xbb\xbf" + opmlOf("utf-8", `<outline text="A" xmlUrl="`+a+`"/>`), one("a")},
		{
			"attributes in other letters", opmlOf("utf-8", `<outline TEXT="A" XMLURL="`+a+`"/><outline text="B" xmlurl="https://example.org/b"/>`),
			append(one("a"), config.Feed{Name: "b", URL: "https://example.org/b", Side: news.SideOther}),
		},
		{"no text but a title", opmlOf("utf-8", `<outline text="" title="Only Title" xmlUrl="`+a+`"/>`), one("only-title")},
		{
			"neither text nor title", opmlOf("utf-8", `<outline xmlUrl="https://www.example.org/a"/>`),
			[]config.Feed{{Name: "example.org", URL: "https://www.example.org/a", Side: news.SideOther}},
		},
		{
			"names in other letters", opmlOf("utf-8", `<outline text="Вести дня" xmlUrl="`+a+`"/><outline text="Xəbərlər" xmlUrl="https://example.org/b"/>`),
			append(one("example.org"), config.Feed{Name: "example.org-2", URL: "https://example.org/b", Side: news.SideOther}),
		},
		{"a name that begins with a dot", opmlOf("utf-8", `<outline text=".net news." xmlUrl="`+a+`"/>`), one("net-news")},
		{"the title of another program is no outlet", opmlOf("utf-8", `<outline text="A" title="A - politics" xmlUrl="`+a+`"/>`), one("a")},
		{"one feed in several spellings", opmlOf("utf-8", `<outline text="A" xmlUrl=" `+a+`
"/><outline text="A" xmlUrl="HTTP://Example.org:80/a#top"/><outline text="A" xmlUrl="feed:`+a+`"/>`), one("a")},
		{
			"the scheme of readers", opmlOf("utf-8", `<outline text="A" xmlUrl="feed://example.org/a"/>`),
			[]config.Feed{{Name: "a", URL: "http://example.org/a", Side: news.SideOther}},
		},
		{"one that the config has", opmlOf("utf-8", `<outline text="A" xmlUrl="http://have.example.org/"/>`), nil},
		{
			"bare ampersands, entities, control characters", opmlOf("utf-8", "<outline text=\"A & B&nbsp;\x07&eacute;c\" title=\"Q &mdash;\nR\" side=\"az\" xmlUrl=\"https://example.org/a?x=1&y=2\"/>"),
			[]config.Feed{{Name: "example.org", URL: "https://example.org/a?x=1&y=2", Outlet: "Q — R", Side: news.SideAz}},
		},
		{
			"folders", opmlOf("utf-8", `<outline text="f" side="az" language="az-AZ"><outline text="g"><outline text="A" disabled="yes" xmlUrl="`+a+`"/></outline></outline><outline text="B" disabled="true" xmlUrl="https://example.org/b"/>`),
			[]config.Feed{{Name: "a", URL: a, Side: news.SideAz, Language: news.Az, Group: "f.g"}, {Name: "b", URL: "https://example.org/b", Side: news.SideOther, Disabled: true}},
		},
		{
			"outlet", opmlOf("utf-8", `<outline text="A" title="A" side="az" xmlUrl="`+a+`"/><outline text="B" title="x" outlet="B" side="az" xmlUrl="https://example.org/b"/>`),
			[]config.Feed{{Name: "a", URL: a, Side: news.SideAz}, {Name: "b", URL: "https://example.org/b", Outlet: "B", Side: news.SideAz}},
		},
		{"a namespace", `<opml xmlns="http://example.org/ns"><body><outline text="A" xmlUrl="` + a + `"/></body></opml>`, one("a")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			outlines, err := readOPML([]byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			got := imported(&grouper{cfg: &config.Config{Feeds: []config.Feed{{Name: "have", URL: "https://have.example.org"}}}}, outlines)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(config.Access{}, config.Secret{})); diff != "" {
				t.Errorf("imported (-want +got):\n%s", diff)
			}
		})
	}
}

// Folders of other programs become groups, or lead to those that the config has.
func TestImportedGroups(t *testing.T) {
	feed := func(n int) string { return fmt.Sprintf(`<outline text="f" xmlUrl="https://example.org/%d"/>`, n) }
	in := func(folder, of string) string { return `<outline text="` + folder + `">` + of + `</outline>` }
	have := []config.Group{{Name: "Slow"}, {Name: "partners", Access: config.Access{Username: "samur"}}}
	tests := []struct {
		name, outlines string
		poll           string
		want           []string
		made           []string
	}{
		{"none", feed(1), "", []string{""}, nil},
		{"a new one", in("World News", feed(1)+feed(2)), "", []string{"world-news", "world-news"}, []string{"world-news"}},
		{"Russian and Azerbaijani", in("Южный Кавказ", feed(1)) + in("İqtisadiyyat və ŞƏRH", feed(2)), "", []string{"yuzhnyy-kavkaz", "iqtisadiyyat-ve-serh"}, []string{"yuzhnyy-kavkaz", "iqtisadiyyat-ve-serh"}},
		{"letters of which nothing is left", in("新聞", feed(1)), "", []string{""}, nil},
		{"nested", in("Russia", in("Economy", feed(1))) + in("Azerbaijan", in("Economy", feed(2))+feed(3)), "", []string{"russia.economy", "azerbaijan.economy", "azerbaijan"}, []string{"russia.economy", "azerbaijan.economy", "azerbaijan"}},
		{"nested too deep for a name", in(strings.Repeat("outer", 11), in("Inner", feed(1))), "", []string{"inner"}, []string{"inner"}},
		{"one of the config", in("slow", feed(1)) + in("SLOW", in("deep", feed(2))), "", []string{"Slow", "Slow"}, nil},
		{"one with a login", in("Partners", feed(1)), "", []string{""}, nil},
		{"the word for none", in("None", feed(1)), "", []string{""}, nil},
		{"a feed in two", in("a", feed(1)) + in("b", feed(1)+feed(2)), "", []string{"a", "b"}, []string{"a", "b"}},
		{"where poll.group speaks for new ones", in("a", feed(1)) + in("slow", feed(2)), "Slow", []string{"", "Slow"}, nil},
		{"a category", `<outline text="f" category="/World/Asia,/other" xmlUrl="https://example.org/1"/>`, "", []string{"world.asia"}, []string{"world.asia"}},
		{"a category in a folder", in("a", `<outline text="f" category="/b" xmlUrl="https://example.org/1"/>`), "", []string{"a"}, []string{"a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			outlines, err := readOPML([]byte(opmlOf("utf-8", tt.outlines)))
			if err != nil {
				t.Fatal(err)
			}
			g := &grouper{cfg: &config.Config{Groups: have, Poll: config.Poll{Group: tt.poll}}}
			var got []string
			for _, f := range imported(g, outlines) {
				got = append(got, f.Group)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("groups (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.made, g.made); diff != "" {
				t.Errorf("made (-want +got):\n%s", diff)
			}
			if _, err := config.AddGroups(nil, g.made...); err != nil {
				t.Errorf("AddGroups: %v", err)
			}
		})
	}
}

func TestNoOPML(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "", "is empty"},
		{"a page", "<!DOCTYPE html><html><body>hello</body></html>", "begins with <html>"},
		{"words", "not a list", "no XML"},
		{"cut", opmlOf("utf-8", `<outline text="A" xmlUrl="https://example.org/a"/>`)[:140], "unexpected EOF"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := readOPML([]byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("readOPML = %v, %v; want an error that says %q", got, err, tt.want)
			}
		})
	}
}

// A title of any length makes a name that the config takes, and of many alike each its own.
func TestImportedNames(t *testing.T) {
	var b strings.Builder
	const n = 2000
	for i := range n {
		fmt.Fprintf(&b, `<outline text="%s" xmlUrl="https://example.org/%d"/>`, strings.Repeat("word ", 50), i)
	}
	outlines, err := readOPML([]byte(opmlOf("utf-8", b.String())))
	if err != nil {
		t.Fatal(err)
	}
	fs := imported(&grouper{cfg: &config.Config{}}, outlines)
	text, err := config.AddFeeds(nil, fs...)
	if err != nil || strings.Count(string(text), "- name: ") != n {
		t.Errorf("AddFeeds of %d feeds = %d lines, %v", len(fs), strings.Count(string(text), "\n"), err)
	}
}
