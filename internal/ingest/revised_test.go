package ingest

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/store"
)

// wordings are how five entries may read: the first two of each are no news for us, the
// others are, and no two entries tell of one event.
var wordings = [][]string{
	{"Bakery opens in Lyon|Bread is sold from six.", "Bakery in Lyon moves|The new oven is larger.", "Russia and Azerbaijan sign a grain deal|Moscow and Baku agreed on wheat for the winter.", "Moscow and Baku put off the grain deal|Azerbaijan and Russia will meet on wheat in May."},
	{"Choir wins a prize in Oslo|Forty singers took part.", "Choir returns from Oslo|The singers rest.", "Russia summons the ambassador of Azerbaijan|The foreign ministry in Moscow handed Baku a note.", "Azerbaijan recalls its envoy from Russia|Baku answers the note of the foreign ministry in Moscow."},
	{"Lake level rises in Kenya|Rains were heavy.", "Kenya builds a dam|Work takes four years.", "Azerbaijan and Russia open a bridge over the Samur|Trucks cross from Dagestan to Baku.", "Russia closes the Samur bridge to Azerbaijan|Repairs last a week, Baku was told."},
	{"Museum shows old maps of Peru|Entry is free.", "Museum of maps closes|The roof leaks.", "Azerbaijani gas flows to Russia through a new pipe|SOCAR and Gazprom named no price.", "Gazprom and SOCAR end the gas contract|Russia and Azerbaijan had traded gas for a decade."},
	{"Chess club meets on Mondays|Beginners are welcome.", "Chess club meets on Fridays|Bring a board.", "Doctors of Russia and Azerbaijan sign a pact on vaccines|Moscow sends doses to Baku.", "Vaccines from Russia reach Azerbaijan|Baku thanks Moscow for the doses."},
}

func relevantWording(w int) bool { return w >= 2 }

// history is a feed whose entries are reworded, and the editions made of it.
type history struct {
	*bench
	p    *publish.Publisher
	now  time.Time
	says []int          // wording of each entry, -1 while it is not listed
	ever []bool         // a poll saw a relevant wording of it
	told map[string]int // by item id
}

func newHistory(t *testing.T, path string) *history {
	t.Helper()
	h := &history{now: day, says: []int{-1, -1, -1, -1, -1}, ever: make([]bool, len(wordings)), told: map[string]int{}}
	h.bench = newBench(t, store.Options{Path: path})
	lx, cl, err := understand()
	if err != nil {
		t.Fatal(err)
	}
	h.p, err = publish.New(publish.Options{
		Store: h.store, Settle: func(now time.Time) error { return h.Settle(now) }, Lexicon: lx, Topics: cl.Topics(),
		Channels: map[string]publish.Composer{}, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// read lets the feed be polled as it now is.
func (h *history) read(rt *rapid.T) {
	var b strings.Builder
	n := 0
	for i, w := range h.says {
		if w < 0 {
			continue
		}
		n++
		title, text, _ := strings.Cut(wordings[i][w], "|")
		fmt.Fprintf(&b, "<item><guid>entry-%d</guid><link>https://kura.example/%d</link><pubDate>%s</pubDate><title>%s</title><description>%s</description></item>",
			i, i, day.Format(time.RFC1123Z), title, text)
		h.ever[i] = h.ever[i] || relevantWording(w)
	}
	h.site.put("kura", answer{body: "<rss version=\"2.0\"><channel><title>Kura</title>" + b.String() + "</channel></rss>"})
	h.now = h.now.Add(time.Minute)
	a := h.poll("kura", h.now)
	if a.Cause != news.CauseNone && n > 0 {
		rt.Fatalf("poll failed: %s %s", a.Cause, a.Error)
	}
	if a.Entries > 0 && (a.Entries != n || a.New+a.Repeated != n || a.Revised > a.Repeated) {
		rt.Fatalf("attempt %+v of %d entries does not add up", a, n)
	}
}

// edition makes an edition and counts what it tells.
func (h *history) edition(rt *rapid.T) {
	h.now = h.now.Add(time.Hour)
	plan := publish.Plan{Name: "daily", At: "0 8 * * *", Zone: "UTC", Lang: news.En}
	e, err := h.p.Make(plan, news.Slot{Digest: "daily", At: h.now}, h.now)
	if err != nil {
		rt.Fatalf("Make = %v", err)
	}
	faults, err := publish.Verify(h.store, e.Digest)
	if err != nil || len(faults) > 0 {
		rt.Fatalf("Verify = %q, %v", faults, err)
	}
	for _, s := range e.Digest.Sections {
		for _, en := range s.Entries {
			for _, id := range en.Items {
				h.told[id]++
			}
		}
	}
}

// check holds that every entry that was ever seen to be relevant became one relevant item
// and was told once, by itself or with the story that it was found to belong to, and that
// no other entry was.
func (h *history) check(rt *rapid.T) {
	relevant := map[string]int{} // by address
	for _, it := range h.items() {
		want := 0
		if it.Verdict.Relevant {
			relevant[it.URL]++
			want = 1
			if st, err := h.store.Story(it.Story); err != nil || len(st.Told) == 0 {
				rt.Fatalf("item %s %q is in story %q, which was not told: %v", it.ID, it.Title, it.Story, err)
			} else if st.Members[0].Item != it.ID {
				want = h.told[it.ID] // the story may have been told without it
			}
		}
		if h.told[it.ID] != want || want > 1 {
			rt.Fatalf("item %s %q was told %d times, want %d", it.ID, it.Title, h.told[it.ID], want)
		}
	}
	for i, ever := range h.ever {
		if got := relevant[fmt.Sprintf("https://kura.example/%d", i)]; (got == 1) != ever || got > 1 {
			rt.Fatalf("entry %d is %d relevant items; it was relevant at some poll: %v", i, got, ever)
		}
	}
}

// TestAnyRevisions lets entries come, go and be reworded in any order, with polls,
// restarts and editions in between: what was ever relevant is told once, as new, and the
// account of every edition adds up.
func TestAnyRevisions(t *testing.T) {
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		h := newHistory(t, filepath.Join(dir, fmt.Sprint(run, ".db")))
		defer h.store.Close()
		steps := rapid.IntRange(2, 9).Draw(rt, "steps")
		for range steps {
			i := rapid.IntRange(0, len(wordings)-1).Draw(rt, "entry")
			h.says[i] = rapid.IntRange(-1, len(wordings[i])-1).Draw(rt, "wording")
			switch rapid.IntRange(0, 6).Draw(rt, "then") {
			case 0, 1, 2:
				h.read(rt)
			case 3:
				h.read(rt)
				h.edition(rt)
			case 4:
				h.restart()
			}
		}
		h.read(rt)
		h.edition(rt)
		h.check(rt)
	})
}

// A publisher's wordings are judged one by one, and each says what it would be.
func TestRevisionsAreJudged(t *testing.T) {
	b := newBench(t, store.Options{})
	list := func(title, text string) string {
		return fmt.Sprintf("<rss version=\"2.0\"><channel><title>Kura</title><item><guid>1</guid><link>https://kura.example/1</link><title>%s</title><description>%s</description></item></channel></rss>", title, text)
	}
	at := day
	poll := func(w string) news.Attempt {
		title, text, _ := strings.Cut(w, "|")
		b.site.put("kura", answer{body: list(title, text)})
		at = at.Add(time.Hour)
		return b.poll("kura", at)
	}
	poll(wordings[0][0])
	first := b.items()[0]
	if a := poll(wordings[0][2]); a.New != 1 || a.Repeated != 0 || a.Revised != 0 || a.Entries != 1 {
		t.Errorf("an entry that became relevant: %+v, want it new", a)
	}
	items := b.items()
	if len(items) != 2 || !items[1].Verdict.Relevant || items[1].Revises != first.ID || items[1].Story == "" || !items[1].FirstSeen.Equal(at) {
		t.Fatalf("items %+v, want the later wording as one of its own, in a story", items)
	}
	if a := poll(wordings[0][1]); a.New != 0 || a.Revised != 1 {
		t.Errorf("an entry that is taken back: %+v, want it revised", a)
	}
	if a := poll(wordings[0][3]); a.New != 0 || a.Revised != 1 {
		t.Errorf("an entry that was told before: %+v, want it revised", a)
	}
	old, err := b.store.Revisions(first.ID)
	if err != nil || len(old) != 1 || old[0].Became != items[1].ID || !old[0].Verdict.Relevant {
		t.Errorf("revisions of the first wording: %+v, %v", old, err)
	}
	later, err := b.store.Revisions(items[1].ID)
	if err != nil || len(later) != 2 || later[0].Verdict.Relevant || later[0].Verdict.Missing == "" || !later[1].Verdict.Relevant || later[1].Became != "" {
		t.Errorf("revisions of what it became: %+v, %v", later, err)
	}
	if it, err := b.store.ItemByURL("https://kura.example/1"); err != nil || it.ID != items[1].ID {
		t.Errorf("ItemByURL = %s, %v, want the relevant item", it.ID, err)
	}
}

// An entry that was too old when its feed was first read is not told for a new wording,
// unless that has a date of its own.
func TestOldRevisions(t *testing.T) {
	for _, c := range []struct {
		name string
		date time.Time
		want int
	}{{"of the old date", day.AddDate(0, -2, 0), 1}, {"of today", day.Add(time.Hour), 2}} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, store.Options{})
			list := func(w string, at time.Time) answer {
				title, text, _ := strings.Cut(w, "|")
				return answer{body: fmt.Sprintf("<rss version=\"2.0\"><channel><title>Kura</title><item><guid>1</guid><link>https://kura.example/1</link><pubDate>%s</pubDate><title>%s</title><description>%s</description></item></channel></rss>", at.Format(time.RFC1123Z), title, text)}
			}
			b.site.put("kura", list(wordings[0][0], day.AddDate(0, -2, 0)))
			b.poll("kura", day)
			b.site.put("kura", list(wordings[0][2], c.date))
			b.poll("kura", day.Add(2*time.Hour))
			if got := b.items(); len(got) != c.want {
				t.Errorf("%d items, want %d: %+v", len(got), c.want, got)
			}
		})
	}
}
