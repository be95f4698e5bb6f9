package render_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	_ "time/tzdata" // the zones of the fixtures, on any machine
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/render"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var languages = []news.Lang{news.En, news.Ru, news.Az}

// edition makes d into an edition.
func edition(t testing.TB, d news.Digest) news.Edition {
	t.Helper()
	e, err := render.Edition(d)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// forms makes every form of d by the ending of its file.
func forms(t testing.TB, d news.Digest) map[string][]byte {
	t.Helper()
	e := edition(t, d)
	atom, err := render.Atom([]news.Digest{quiet(d.Lang), d}, "https://samur.example/feeds/daily.atom", "https://samur.example/")
	if err != nil {
		t.Fatalf("Atom: %v", err)
	}
	stories, err := render.Stories([]news.Digest{quiet(d.Lang), d, d}, "https://samur.example/stories.atom", "https://samur.example/")
	if err != nil {
		t.Fatalf("Stories: %v", err)
	}
	return map[string][]byte{
		"stories.xml": stories, "txt": e.Text, "flowed.txt": e.Flowed, "html": e.HTML, "md": e.Markdown, "json": e.JSON, "xml": atom,
		"subject": []byte(e.Subject + "\n"),
	}
}

func TestGolden(t *testing.T) {
	digests := map[string]news.Digest{"hostile.en": hostile()}
	for _, l := range languages {
		digests["rich."+string(l)] = rich(l)
		digests["quiet."+string(l)] = quiet(l)
	}
	for name, d := range digests {
		t.Run(name, func(t *testing.T) {
			for ext, got := range forms(t, d) {
				golden(t, filepath.Join("testdata", "golden", name+"."+ext), got)
			}
		})
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got), rewrite it with -update if that is meant:\n%s", path, diff)
	}
}

func TestSubject(t *testing.T) {
	long := rich(news.En)
	long.Late = false
	long.Sections[0].Entries[0].Headline.Text = strings.Repeat("ünbelievably ", 30)
	several := rich(news.Ru)
	several.Late = false
	several.Window.Start = at(5, 4, 0)
	twice := rich(news.En)
	twice.Sections = append(twice.Sections, news.Section{Topic: "transport", Entries: []news.Entry{corridor()}})
	titled := quiet(news.Az)
	titled.Title = "Dəhliz\r\nBcc: x@example.org"
	for _, tc := range []struct {
		name string
		d    news.Digest
		want string
	}{
		{"quiet", quiet(news.En), "Russia–Azerbaijan brief · 9 March 2026 · nothing new"},
		{"headline cut at a word", long, "Russia–Azerbaijan brief · 8 March 2026 · 5 stories: ünbelievably ünbelievably ünbelievably ünbelievably ünbelievably…"},
		{"several days", several, "Россия — Азербайджан: сводка · 5–8 марта 2026 · 5 сюжетов: Rusiya ilə ticarət dövriyyəsi ilin ilk iki ayında 12 faiz…"},
		{"a story in two sections counts once", twice, "Russia–Azerbaijan brief · 8 March 2026 · late · 5 stories: Rusiya ilə ticarət dövriyyəsi ilin ilk iki ayında 12 faiz…"},
		{"own title, no line break", titled, "Dəhliz Bcc: x@example.org · 9 mart 2026 · yenilik yoxdur"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := render.Subject(tc.d); got != tc.want {
				t.Errorf("Subject = %q, want %q", got, tc.want)
			}
		})
	}
}

// TestPage holds that what a mail leaves out stands on the page that it leads to.
func TestPage(t *testing.T) {
	d := crowded(90, 100, 300)
	d.Page = "https://samur.example/digests/daily@2026-03-08T04:00:00Z"
	e := edition(t, d)
	mail, whole := e.HTML, e.Page
	if want := `on the page of this edition:</strong> <a href="` + d.Page + `"`; !strings.Contains(string(mail), want) {
		t.Errorf("the mail does not lead to the page: want %q", want)
	}
	for what, n := range map[string]int{"told-in-full": 90, "told-in-line": 100, "sentence-of-figure": 300, "left out here": 0} {
		if got := strings.Count(string(whole), what); got != n {
			t.Errorf("the page has %q %d times, want %d", what, got, n)
		}
	}
	if whole := edition(t, rich(news.En)).Page; whole != nil {
		t.Errorf("a page of %d bytes beside a mail that has it all", len(whole))
	}
}

// TestHTMLBudget fills a digest until it cannot fit: what is left out is counted to
// the story, and the text form has them all.
func TestHTMLBudget(t *testing.T) {
	for _, tc := range []struct {
		name                   string
		stories, held, figures int
	}{
		{"stories alone", 90, 0, 0},
		{"stories and held lines", 90, 100, 3},
		{"held lines alone", 0, 400, 3},
		{"figures alone", 0, 0, 300},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := crowded(tc.stories, tc.held, tc.figures)
			e := edition(t, d)
			html := e.HTML
			if len(html) > 100_000 {
				t.Errorf("HTML has %d bytes, want at most 100000", len(html))
			}
			if len(html) < 90_000 {
				t.Errorf("HTML has %d bytes: more was cut than had to be", len(html))
			}
			doc, text := string(html), string(e.Text)
			shown := strings.Count(doc, "told-in-full") + strings.Count(doc, "told-in-line")
			if left := tc.stories + tc.held - shown; left > 0 {
				if want := fmt.Sprintf("%d more stories are left out", left); !strings.Contains(doc, want) {
					t.Errorf("HTML shows %d stories and does not say %q", shown, want)
				}
			}
			if left := tc.figures - strings.Count(doc, "sentence-of-figure"); left > 0 {
				if want := fmt.Sprintf("%d more figures stand", left); !strings.Contains(doc, want) {
					t.Errorf("HTML does not say %q", want)
				}
			}
			if got, want := strings.Count(text, "told-in-full")+strings.Count(text, "told-in-line"), tc.stories+tc.held; got != want {
				t.Errorf("Text has %d stories, want all %d", got, want)
			}
			if !strings.Contains(doc, "Account of this edition") {
				t.Error("HTML lost its ledger")
			}
		})
	}
}

// crowded has as many stories as asked for, each with a word to count it by.
func crowded(stories, held, figures int) news.Digest {
	d := quiet(news.En)
	for _, topic := range []string{news.SectionTop, "trade", "energy"} {
		s := news.Section{Topic: topic}
		for i := range stories / 3 {
			e := turnover()
			e.Story = fmt.Sprintf("%s%d", topic, i)
			e.Headline.Text = "told-in-full" + e.Headline.Text
			s.Entries = append(s.Entries, e)
		}
		d.Sections = append(d.Sections, s)
	}
	for range held {
		d.Held = append(d.Held, news.Line{Headline: news.Quote{Text: "told-in-line" + strings.Repeat("words ", 20), URL: "https://caspian-wire.example/", Outlet: "Caspian Wire"}})
	}
	for range figures {
		l := boxOfFigures()[0]
		l.Figure.Sentence = "sentence-of-figure" + l.Figure.Sentence
		d.Figures = append(d.Figures, l)
	}
	return d
}

// TestHTMLNamesFewFeeds holds the ledger short in HTML and complete in text.
func TestHTMLNamesFewFeeds(t *testing.T) {
	d := quiet(news.En)
	for i := range 25 {
		d.Ledger.FeedsFailed = append(d.Ledger.FeedsFailed, news.FeedFault{Feed: fmt.Sprintf("feed-%02d", i), Cause: news.CauseDNS})
	}
	e := edition(t, d)
	html := e.HTML
	if n := strings.Count(string(html), "feed-"); n != 20 || !strings.Contains(string(html), "and 5 more") {
		t.Errorf("HTML names %d failed feeds, want 20 and the other 5 counted", n)
	}
	if n := strings.Count(string(e.Text), "feed-"); n != 25 {
		t.Errorf("Text names %d failed feeds, want all 25", n)
	}
}

// TestJSONRoundTrip decodes every digest into the documented struct, strictly.
func TestJSONRoundTrip(t *testing.T) {
	for name, d := range map[string]news.Digest{"rich": rich(news.Ru), "quiet": quiet(news.Az), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			b, err := render.JSON(d)
			if err != nil {
				t.Fatal(err)
			}
			dec := json.NewDecoder(bytes.NewReader(b))
			dec.DisallowUnknownFields()
			var got render.Document
			if err := dec.Decode(&got); err != nil {
				t.Fatalf("decode: %v", err)
			}
			if diff := cmp.Diff(render.NewDocument(d), got); diff != "" {
				t.Errorf("document changed on its way through JSON (-want +got):\n%s", diff)
			}
			if bytes.Contains(b, []byte("null")) {
				t.Error("JSON has a null, want empty lists")
			}
		})
	}
}

// TestSame holds the forms to the same bytes for the same digest: they are stored
// and sent again.
func TestSame(t *testing.T) {
	a, b := forms(t, rich(news.Az)), forms(t, rich(news.Az))
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("two renderings differ:\n%s", diff)
	}
}

// TestEmpty renders the zero Digest: no form may panic or be empty.
func TestEmpty(t *testing.T) {
	for ext, b := range forms(t, news.Digest{}) {
		if len(b) == 0 || !utf8.Valid(b) {
			t.Errorf("%s of an empty digest is %q", ext, b)
		}
	}
}

// TestUnbalancedLedgerSaysSo: numbers that do not add up are not hidden.
func TestUnbalancedLedgerSaysSo(t *testing.T) {
	d := quiet(news.En)
	d.Ledger.Seen++
	for ext, b := range forms(t, d) {
		if said := strings.Contains(string(b), "add up to 9,801"); !said && ext != "json" && ext != "subject" && ext != "stories.xml" {
			t.Errorf("%s does not say that the ledger is wrong", ext)
		}
	}
}

func TestDaylightSaving(t *testing.T) {
	d := quiet(news.En)
	d.Window = news.Window{Start: at(28, 7, 0), End: at(29, 6, 0), Zone: "Europe/Berlin"}
	d.Slot.At = at(29, 6, 0)
	want := "From 28 March 2026, 08:00 (Europe/Berlin time, UTC+1) to 29 March 2026,\n08:00 (Europe/Berlin time, UTC+2)\n"
	if got := string(edition(t, d).Text); !strings.Contains(got, want) {
		t.Errorf("Text =\n%s\nwant in it\n%s", got, want)
	}
}
