package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"samur/internal/fetch"
	"samur/internal/news"
	"samur/internal/store"
)

// written is an entry as a publisher wrote it.
type written struct {
	guid, link, title, text string
	at                      time.Time
}

// paper is a feed's document as it stands at a time.
type paper struct {
	format  string
	title   string
	lang    string
	base    string
	entries []written
}

// document writes the paper. Where plain is false it says the same in a way that does
// not let its entries be told apart.
func (p paper) document(plain bool) string {
	odd := map[bool]string{false: map[string]string{"rss": "<!-- -->", "atom": "<!-- -->", "json": ","}[p.format]}[plain]
	var entries []string
	for _, e := range p.entries {
		entries = append(entries, e.document(p.format))
	}
	switch p.format {
	case "rss":
		return fmt.Sprintf("<rss version=\"2.0\" xml:base=%q><channel><title>%s</title><language>%s</language>\n%s%s</channel></rss>",
			p.base, p.title, p.lang, strings.Join(entries, "\n"), odd)
	case "atom":
		return fmt.Sprintf("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=%q xml:lang=%q><title>%s</title>%s%s</feed>",
			p.base, p.lang, p.title, strings.Join(entries, ""), odd)
	}
	return fmt.Sprintf(`{"version": "https://jsonfeed.org/version/1.1", "title": %q, "language": %q, "items": [%s%s]}`, p.title, p.lang, strings.Join(entries, ", "), odd)
}

func (e written) document(format string) string {
	at := ""
	if !e.at.IsZero() {
		at = e.at.Format(time.RFC3339)
	}
	esc := html.EscapeString
	switch format {
	case "rss":
		return fmt.Sprintf("<item><guid>%s</guid><link>%s</link><title>%s</title><description>%s</description><pubDate>%s</pubDate></item>",
			esc(e.guid), esc(e.link), esc(e.title), esc(e.text), at)
	case "atom":
		return fmt.Sprintf("<entry><id>%s</id><link href=\"%s\"/><title>%s</title><summary>%s</summary><updated>%s</updated></entry>",
			esc(e.guid), esc(e.link), esc(e.title), esc(e.text), at)
	}
	b, err := json.Marshal(map[string]string{"id": e.guid, "url": e.link, "title": e.title, "content_text": e.text, "date_published": at})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// some draws an entry. Its parts are of few kinds, so that entries have them in common.
func some(t *rapid.T) written {
	n := rapid.IntRange(0, 6)
	e := written{
		guid:  fmt.Sprint("guid-", n.Draw(t, "guid")),
		link:  fmt.Sprint("/news/", n.Draw(t, "link")),
		title: []string{"", "Погода", "Baku and Moscow sign a gas deal", "Əliyev Putinlə görüşdü", "Council opens bridge", "Another title", "One more"}[n.Draw(t, "title")],
		text:  strings.Repeat("word ", n.Draw(t, "words")) + fmt.Sprint(n.Draw(t, "text")),
	}
	if n.Draw(t, "has guid") == 0 {
		e.guid = ""
	}
	if n.Draw(t, "has link") == 0 {
		e.link = ""
	}
	if k := n.Draw(t, "day"); k > 0 {
		e.at = day.Add(time.Duration(k-5) * 24 * time.Hour) // the last is to come
	}
	return e
}

// fresh draws an entry that has nothing in common with others.
func fresh(t *rapid.T) written {
	n := rapid.IntRange(100, 1<<30).Draw(t, "fresh")
	return written{fmt.Sprint("guid-", n), fmt.Sprint("/news/", n), fmt.Sprint("Headline about number ", n), fmt.Sprint("A text of some words about ", n), day.Add(-time.Hour)}
}

// edit changes the paper as publishers do.
func (p *paper) edit(t *rapid.T) {
	at := func() int { return rapid.IntRange(0, len(p.entries)-1).Draw(t, "at") }
	switch what := rapid.IntRange(0, 11).Draw(t, "what"); {
	case what <= 3 || len(p.entries) == 0:
		p.entries = append([]written{fresh(t)}, p.entries...)
	case what == 4:
		p.entries = append([]written{some(t)}, p.entries...)
	case what == 5:
		i := at()
		p.entries = append(p.entries[:i:i], p.entries[i+1:]...)
	case what == 6:
		i := at()
		p.entries = append([]written{p.entries[i]}, append(p.entries[:i:i], p.entries[i+1:]...)...)
	case what == 7:
		p.entries = append(p.entries, p.entries[at()])
	case what == 8:
		p.entries[at()].text += " and more"
	case what == 9:
		p.entries[at()].guid = some(t).guid
	case what == 10:
		p.entries[at()].link = some(t).link
	case what == 11:
		p.title, p.lang = fmt.Sprint(p.title, "!"), rapid.SampledFrom([]string{"en", "ru", "az"}).Draw(t, "lang")
	}
}

// reader is a store with an Ingester, which reads documents without fetching them.
type reader struct {
	*bench
	stood int // entries that stood in for themselves
}

// read takes a document in and returns what a poll of it came to.
func (d *reader) read(t *rapid.T, f news.Feed, doc, base string, now time.Time) news.Attempt {
	state, err := d.Ingester.state(f)
	if err != nil {
		t.Fatal(err)
	}
	p := newPass(f, state, now)
	if err := d.begin(p, &fetch.Response{Status: 200, Body: doc, URL: base}, nil); err != nil {
		t.Fatal(err)
	}
	for _, e := range p.entries {
		if e.item == nil {
			d.stood++
		}
	}
	if err := d.part(d.bench.t.Context(), p); err != nil {
		t.Fatal(err)
	}
	return p.batch.Attempt
}

// kept is all that a store holds of a feed.
type kept struct {
	State     news.FeedState
	Listed    []uint64
	Items     []news.Item
	Revisions [][]news.Revision
}

func (d *reader) kept(t *rapid.T, f news.Feed, from uint64) kept {
	k := kept{State: d.state(f.Name)}
	err := d.store.Snapshot(func(sn *store.Snapshot) error {
		return sn.Feeds(func(of store.KeptFeed) error {
			if of.State.Feed == f.Name {
				k.Listed = of.Listed
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	cur, err := d.store.Cursor()
	if err == nil {
		err = d.store.ItemsBetween(from, cur.Item, func(it news.Item) bool { k.Items = append(k.Items, it); return true })
	}
	for _, it := range k.Items {
		rs, readErr := d.store.Revisions(it.ID)
		err = errors.Join(err, readErr)
		k.Revisions = append(k.Revisions, rs)
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestKnownOrRead polls documents that change from poll to poll, once as they are and
// once written so that every entry is read each time. Stores and attempts must be the
// same.
func TestKnownOrRead(t *testing.T) {
	dir, err := os.MkdirTemp("/dev/shm", "samur-test-") // a memory disk: hundreds of polls, and no crash
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	plain := &reader{bench: newBench(t, store.Options{Path: filepath.Join(dir, "plain.db")})}
	whole := &reader{bench: newBench(t, store.Options{Path: filepath.Join(dir, "whole.db")})}
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		f := news.Feed{Name: fmt.Sprint("feed", cases), URL: "http://e.org/feed", Outlet: "e"}
		cur, err := plain.store.Cursor()
		if err != nil {
			t.Fatal(err)
		}
		p := paper{format: rapid.SampledFrom([]string{"rss", "atom", "json"}).Draw(t, "format"), title: "T", lang: "en", base: "http://e.org/"}
		for range 4 {
			p.entries = append(p.entries, fresh(t))
		}
		now := day
		for range rapid.IntRange(2, 5).Draw(t, "polls") {
			for range rapid.IntRange(0, 3).Draw(t, "edits") {
				p.edit(t)
			}
			base := rapid.SampledFrom([]string{"http://e.org/feed", "http://e.org/feed", "http://e.org/feed", "http://f.org/feed"}).Draw(t, "base")
			got := plain.read(t, f, p.document(true), base, now)
			want := whole.read(t, f, p.document(false), base, now)
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(news.Attempt{}, "Bytes")); diff != "" {
				t.Fatalf("attempt (-all read +some known):\n%s\n%s", diff, p.document(true))
			}
			now = now.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "hours")) * time.Hour)
		}
		if diff := cmp.Diff(whole.kept(t, f, cur.Item), plain.kept(t, f, cur.Item), cmpopts.IgnoreFields(news.FeedState{}, "BodyHash")); diff != "" {
			t.Fatalf("store (-all read +some known):\n%s\n%s", diff, p.document(true))
		}
	})
	if plain.stood < cases || whole.stood > 0 {
		t.Errorf("%d and %d entries stood in for themselves in %d cases, want many and none", plain.stood, whole.stood, cases)
	}
}
