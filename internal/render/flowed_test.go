package render_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"samur/internal/news"
	"samur/internal/render"
)

// unflow reads format=flowed, delsp=no, as RFC 3676 section 4.2 says: it returns the
// paragraphs, and fails for what a generator must not write.
func unflow(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	open := false
	for l := range strings.Lines(text) {
		l = strings.TrimSuffix(l, "\n")
		if strings.HasPrefix(l, ">") || strings.HasPrefix(l, "From ") {
			t.Errorf("line %q is taken for a quote or the head of a mailbox entry", l)
		}
		if l == "-- " {
			t.Error("a line is the signature's mark")
		}
		soft := strings.HasSuffix(l, " ")
		l = strings.TrimPrefix(l, " ") // space-stuffing
		if open {
			out[len(out)-1] += l
		} else {
			out = append(out, l)
		}
		open = soft
	}
	if open {
		t.Error("the last line goes on")
	}
	return out
}

// TestFlowed reads the flowed text back: it has the words of the plain one, no run of
// spaces within a paragraph, and lines that a client which knows nothing of it can show.
func TestFlowed(t *testing.T) {
	for name, d := range map[string]news.Digest{
		"rich": rich(news.En), "russian": rich(news.Ru), "quiet": quiet(news.Az), "hostile": hostile(), "crowded": crowded(90, 50, 50),
	} {
		t.Run(name, func(t *testing.T) {
			plain, flowed := string(edition(t, d).Text), string(edition(t, d).Flowed)
			paragraphs := unflow(t, flowed)
			for _, p := range paragraphs {
				if strings.Contains(strings.TrimLeft(p, " "), "  ") || strings.HasSuffix(p, " ") {
					t.Errorf("paragraph %q has spaces that nobody wrote", p)
				}
			}
			if name != "hostile" { // whose words are longer than a line, and broken in the plain text alone
				got, want := wordsOf(strings.Join(paragraphs, "\n")), wordsOf(plain)
				if !slices.Equal(got, want) {
					t.Errorf("flowed text has other words than the plain text:\n%q\n%q", got, want)
				}
				for l := range strings.Lines(flowed) {
					if n := cells(strings.TrimRight(l, " \n")); n > 74 && !strings.Contains(l, "://") {
						t.Errorf("line of %d columns: %q", n, l)
					}
				}
			}
		})
	}
}

// words are those of a text without the lines under its headings, whose length follows
// that of the line above.
func wordsOf(text string) []string {
	return slices.DeleteFunc(strings.Fields(text), func(w string) bool { return strings.Trim(w, "=-") == "" })
}

// TestStories reads the feed of stories as a feed reader does.
func TestStories(t *testing.T) {
	const self, base = "https://samur.example/stories.atom", "https://samur.example"
	later := rich(news.En)
	later.Slot.At, later.Made = at(9, 4, 0), at(9, 4, 1)
	later.Sections = later.Sections[:1]
	later.Sections[0].Entries = later.Sections[0].Entries[:1]
	b, err := render.Stories([]news.Digest{rich(news.En), later}, self, base)
	if err != nil {
		t.Fatal(err)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 5 {
		t.Fatalf("%d entries, want each of 5 stories once", len(feed.Items))
	}
	for _, tc := range []struct{ what, got, want string }{
		{"first entry", feed.Items[0].GUID, "tag:samur.example,2026:samur/daily/s01"},
		{"its title", feed.Items[0].Title, later.Sections[0].Entries[0].Headline.Text},
		{"its link", feed.Items[0].Link, "https://xezer.example/az/iqtisadiyyat/70112"},
		{"its update", feed.Items[0].Updated, "2026-03-09T04:01:00Z"},
		{"its publication", feed.Items[0].Published, "2026-03-08T04:00:00Z"},
		{"its topics", strings.Join(feed.Items[0].Categories, " "), "Trade Finance and customs"},
		{"second entry", feed.Items[1].GUID, "tag:samur.example,2026:samur/daily/s02"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s = %q, want %q", tc.what, tc.got, tc.want)
		}
	}
	if !strings.Contains(string(b), `rel="related" type="text/html" href="https://samur.example/digests/daily@2026-03-09T04:00:00Z"`) {
		t.Error("the first entry does not lead to its edition")
	}
	for _, it := range feed.Items {
		checkHTML(t, []byte(it.Content))
	}
}

// TestStoriesBound holds that a feed of very many stories stays a feed of some.
func TestStoriesBound(t *testing.T) {
	b, err := render.Stories([]news.Digest{crowded(150, 0, 0)}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("<entry ")); n != 100 {
		t.Errorf("%d entries, want 100", n)
	}
}

func TestExplained(t *testing.T) {
	for l, want := range map[news.Lang]string{
		news.En: "Weight: 5.17 · independent outlets 3.17 · told by both sides 2\n",
		news.Ru: "Вес: 5,17 · независимые издания 3,17 · сообщают обе стороны 2\n",
		news.Az: "Çəki: 5,17 · müstəqil nəşrlər 3,17 · hər iki tərəf yazır 2\n",
	} {
		if got := strings.ReplaceAll(string(render.Explained(rich(l))), "\u00A0", " "); !strings.Contains(got, want) {
			t.Errorf("explained in %s:\n%s\nwant in it %q", l, got, want)
		}
		if strings.Contains(string(edition(t, rich(l)).Text), strings.SplitN(want, ":", 2)[0]+":") {
			t.Errorf("the text in %s explains ranks, which nobody asked for", l)
		}
	}
}
