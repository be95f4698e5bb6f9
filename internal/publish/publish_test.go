package publish_test

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samur/internal/classify"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/store"
	"samur/seeds"
)

// reader is the lexicon of the seeds, read once for all tests.
var reader = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load(seeds.FS) })

// outlet is a channel with two recipients, one of which can be made to fail.
type outlet struct {
	broken bool
	whole  bool // the text behind the subject
}

func (o outlet) Recipients() []string { return []string{"a@example.org", "b@example.org"} }

func (o outlet) Compose(e news.Edition, to news.Recipient) ([]byte, string, error) {
	if o.broken {
		return nil, "", errors.New("no ink")
	}
	if o.whole {
		return []byte(to.ID + " " + e.Subject + "\n" + string(e.Text)), "text/plain", nil
	}
	return []byte(to.ID + " " + e.Subject), "text/plain", nil
}

// world is a store with a publisher, and a clock that the test moves.
type world struct {
	tb    testing.TB
	store *store.Store
	p     *publish.Publisher
	now   time.Time
	n     int         // items made
	title string      // of items, "" for one of their own
	text  string      // of items, "" for one of their own
	pages string      // public address of the pages
	feeds []news.Feed // that are configured
	event *news.Event // that items state, nil for none
}

// fataler is the part of rapid.T and testing.T that a world needs.
type fataler interface {
	Fatalf(format string, args ...any)
}

func newWorld(tb testing.TB, dir string) *world {
	tb.Helper()
	w := &world{tb: tb, now: time.Date(2026, 3, 7, 3, 0, 0, 0, time.UTC)}
	st, err := store.Open(store.Options{Path: filepath.Join(dir, "samur.db"), Now: func() time.Time { return w.now }})
	if err != nil {
		tb.Fatal(err)
	}
	w.store = st
	w.publisher(outlet{})
	return w
}

func (w *world) publisher(ch publish.Composer) {
	lx, err := reader()
	if err != nil {
		w.tb.Fatal(err)
	}
	w.p, err = publish.New(publish.Options{
		Store: w.store, Settle: func(time.Time) error { return nil }, Lexicon: lx,
		Topics: []classify.Topic{
			{Slug: "trade", Names: map[news.Lang]string{news.En: "Trade"}},
			{Slug: "energy", Names: map[news.Lang]string{news.En: "Energy"}},
		},
		Channels: map[string]publish.Composer{"desk": ch}, Pages: w.pages, Feeds: w.feeds, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		w.tb.Fatal(err)
	}
}

func daily() publish.Plan {
	return publish.Plan{
		Name: "daily", At: "0 8 * * *", Zone: "Asia/Baku", Lang: news.En,
		MaxStories: 30, MaxPerTopic: 10, LateAfter: 15 * time.Minute, To: []string{"desk"},
	}
}

// poll stores one poll: repeated entries, rejected items, and items on a topic, each
// of which opens a story or joins the one named.
type poll struct {
	feed               string
	repeated, rejected int
	near               []float64 // scores of items that are rejected below 2.2
	topics             []string
	joins              []string // stories
}

func (w *world) poll(t fataler, p poll) (stories []string) {
	b := store.Batch{
		State: news.FeedState{Feed: p.feed, LastSuccess: w.now, LastNew: w.now},
		Attempt: news.Attempt{
			Feed: p.feed, At: w.now, Status: 200, Repeated: p.repeated, New: p.rejected + len(p.near) + len(p.topics) + len(p.joins),
		},
	}
	b.Attempt.Entries = b.Attempt.Repeated + b.Attempt.New
	for range p.rejected {
		b.Items = append(b.Items, w.item(p.feed))
	}
	for _, score := range p.near {
		it := w.item(p.feed)
		it.Verdict = news.Verdict{Score: score, Threshold: 2.2, Missing: "nothing ties them together"}
		b.Items = append(b.Items, it)
	}
	for _, topic := range p.topics {
		it := w.item(p.feed)
		it.Verdict = news.Verdict{Relevant: true, Score: 3, Matches: []news.Match{{Topic: topic, Score: 2}}}
		it.Story = "s" + it.ID
		b.Items = append(b.Items, it)
		b.Stories = append(b.Stories, w.story(news.Story{ID: it.Story}, it))
		stories = append(stories, it.Story)
	}
	for _, id := range p.joins {
		st, err := w.store.Story(id)
		if err != nil {
			t.Fatalf("Story(%q) = %v", id, err)
		}
		it := w.item(p.feed)
		it.Verdict = news.Verdict{Relevant: true, Score: 3, Matches: []news.Match{{Topic: "trade", Score: 2}}}
		it.Story = id
		b.Items = append(b.Items, it)
		b.Stories = append(b.Stories, w.story(st, it))
	}
	if err := w.store.SaveBatch(&b); err != nil {
		t.Fatalf("SaveBatch = %v", err)
	}
	return stories
}

func (w *world) item(feed string) news.Item {
	w.n++
	it := news.Item{
		ID: fmt.Sprintf("%016x", w.n), Feed: feed, Outlet: feed, Side: news.SideAz, Lang: news.En,
		URL:   fmt.Sprintf("https://%s.example.org/%d", feed, w.n),
		Title: cmp.Or(w.title, fmt.Sprintf("Russia and Azerbaijan agree on item %d", w.n)), Text: cmp.Or(w.text, fmt.Sprintf("The ministers named %d wagons.", w.n)),
		Published: w.now, Dated: news.DatedFeed, FirstSeen: w.now,
	}
	if w.event != nil {
		it.Events = []news.Event{*w.event}
	}
	return it
}

func (w *world) story(st news.Story, it news.Item) news.Story {
	st.Members = append(st.Members, news.Member{Item: it.ID, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen})
	if st.First.IsZero() {
		st.First = it.FirstSeen
	}
	st.Last = it.FirstSeen
	return st
}

func (w *world) make(t fataler, plan publish.Plan, at time.Time) news.Digest {
	e, err := w.p.Make(plan, news.Slot{Digest: plan.Name, At: at}, w.now)
	if err != nil {
		t.Fatalf("Make(%v) = %v", at, err)
	}
	faults, err := publish.Verify(w.store, e.Digest)
	if err != nil || len(faults) > 0 {
		t.Fatalf("Verify(%v) = %q, %v; want no fault", at, faults, err)
	}
	return e.Digest
}

func open(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, t.TempDir())
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func TestMakeSavesDigestAndDeliveriesOnce(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", repeated: 2, rejected: 3, topics: []string{"trade"}})
	w.now = w.now.Add(2 * time.Hour)
	slot := news.Slot{Digest: "daily", At: time.Date(2026, 3, 7, 4, 0, 0, 0, time.UTC)}
	d := w.make(t, daily(), slot.At)
	if got, want := d.Ledger, (news.Ledger{
		FeedsRead: 1, FeedsFailed: []news.FeedFault{}, Gaps: []news.FeedFault{},
		Polls: 1, Seen: 6, Told: 1, Repeated: 2, Rejected: 3, Stories: 1,
	}); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("ledger\n%+v, want\n%+v", got, want)
	}
	if !d.Late {
		t.Error("an edition made an hour after its slot is not marked late")
	}
	if _, err := w.p.Make(daily(), slot, w.now); !errors.Is(err, news.ErrExists) {
		t.Errorf("second Make = %v, want news.ErrExists", err)
	}
	ds, err := w.store.Deliveries(store.DeliveryQuery{Slot: slot})
	if err != nil || len(ds) != 2 || ds[0].ID == ds[1].ID {
		t.Fatalf("deliveries %v, %v; want one for each of two recipients", ds, err)
	}
	e, err := w.store.Edition(slot)
	if err != nil || len(e.Text) == 0 || len(e.HTML) == 0 || len(e.Markdown) == 0 || len(e.JSON) == 0 || e.Subject == "" {
		t.Errorf("the stored edition lacks a form: %v", err)
	}
}

func TestMakeLeavesNothingBehindWhenItFails(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	w.publisher(outlet{broken: true})
	slot := news.Slot{Digest: "daily", At: w.now}
	if _, err := w.p.Make(daily(), slot, w.now); err == nil || !strings.Contains(err.Error(), "no ink") {
		t.Fatalf("Make = %v, want the composer's error", err)
	}
	if _, err := w.store.Digest(slot); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Digest = %v, want news.ErrNotFound", err)
	}
	plan := daily()
	plan.To = []string{"nowhere"}
	if _, err := w.p.Make(plan, slot, w.now); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("Make to a missing channel = %v, want its name", err)
	}
	w.publisher(outlet{})
	if d := w.make(t, daily(), slot.At); d.Ledger.Told != 1 {
		t.Errorf("told %d after the failure, want the 1 item of before", d.Ledger.Told)
	}
}

func TestQuietDay(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", rejected: 1})
	w.now = w.now.Add(time.Hour)
	plan := daily()
	plan.Quiet = true
	d := w.make(t, plan, w.now)
	ds, err := w.store.Deliveries(store.DeliveryQuery{Slot: d.Slot})
	if err != nil || len(ds) != 0 {
		t.Errorf("a quiet digest has %d deliveries, %v; want none", len(ds), err)
	}
	w.now = w.now.Add(24 * time.Hour)
	d = w.make(t, daily(), w.now)
	if ds, err = w.store.Deliveries(store.DeliveryQuery{Slot: d.Slot}); err != nil || len(ds) != 2 {
		t.Errorf("a digest with a note has %d deliveries, %v; want 2", len(ds), err)
	}
}

func TestDue(t *testing.T) {
	begun := time.Date(2026, 3, 7, 3, 0, 0, 0, time.UTC)
	slots := []time.Time{ // 08:00 in Baku
		time.Date(2026, 3, 7, 4, 0, 0, 0, time.UTC), time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC), time.Date(2026, 3, 9, 4, 0, 0, 0, time.UTC),
	}
	for _, c := range []struct {
		name  string
		begun time.Time
		made  int // of slots, before
		merge bool
		now   time.Time
		want  []time.Time
	}{
		{"nothing before its time", begun, 0, false, slots[0].Add(-time.Second), nil},
		{"at its time", begun, 0, false, slots[0], slots[:1]},
		{"missed ones each", begun, 0, false, slots[2].Add(time.Hour), slots},
		{"missed ones merged", begun, 0, true, slots[2].Add(time.Hour), slots[2:]},
		{"only what is not made", begun, 1, false, slots[2].Add(time.Hour), slots[1:]},
		{"nothing again", begun, 3, false, slots[2].Add(time.Hour), nil},
		{"nothing when the clock is set back", begun, 3, false, slots[0].Add(time.Hour), nil},
		{"nothing from before it began", slots[1].Add(time.Minute), 0, false, slots[2], slots[2:]},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t)
			for _, at := range slots[:c.made] {
				w.now = at
				w.make(t, daily(), at)
			}
			plan := daily()
			plan.Merge = c.merge
			got, err := publish.Due(w.store, plan, c.begun, c.now)
			if err != nil {
				t.Fatal(err)
			}
			var at []time.Time
			for _, s := range got {
				at = append(at, s.At)
			}
			if fmt.Sprint(at) != fmt.Sprint(c.want) {
				t.Errorf("Due = %v, want %v", at, c.want)
			}
		})
	}
}

func TestWindowOfAMissedSlot(t *testing.T) {
	w := open(t)
	first := time.Date(2026, 3, 7, 4, 0, 0, 0, time.UTC)
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}}) // before the first slot
	w.now = first.Add(12 * time.Hour)
	w.poll(t, poll{feed: "kura", topics: []string{"trade", "energy"}}) // after it
	w.now = first.Add(25 * time.Hour)
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}}) // after the second
	one := w.make(t, daily(), first)
	two := w.make(t, daily(), first.Add(24*time.Hour))
	if one.Ledger.Told != 1 || two.Ledger.Told != 3 {
		t.Errorf("told %d and %d; want 1 up to the first slot, and the rest in the last that is due", one.Ledger.Told, two.Ledger.Told)
	}
	if one.Window.To != two.Window.From || !one.Window.End.Equal(two.Window.Start) {
		t.Errorf("the windows %v and %v do not join", one.Window, two.Window)
	}
	if _, err := w.p.Make(daily(), news.Slot{Digest: "daily", At: first.Add(-24 * time.Hour)}, w.now); err == nil {
		t.Error("an edition from before the last one was made; what it could tell is told")
	}
}

func TestFirstWindowLeavesOldItemsAlone(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	w.now = w.now.AddDate(0, 0, 40)
	w.poll(t, poll{feed: "kura", topics: []string{"energy"}})
	d := w.make(t, daily(), w.now)
	if d.Ledger.Told != 1 || d.Ledger.Seen != 1 {
		t.Errorf("the first edition told %d of %d; want only what came since the slot before it", d.Ledger.Told, d.Ledger.Seen)
	}
}

// interloper makes another edition while the first is being composed.
type interloper struct {
	outlet
	came *bool // it did so already
	do   func()
}

func (i interloper) Compose(e news.Edition, to news.Recipient) ([]byte, string, error) {
	if !*i.came {
		*i.came = true
		i.do()
	}
	return i.outlet.Compose(e, to)
}

func TestEditionsSideBySide(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	early, late := w.now.Add(time.Minute), w.now.Add(2*time.Minute)
	w.now = late
	var first news.Digest
	w.publisher(interloper{came: new(bool), do: func() { first = w.make(t, daily(), early) }})
	second := w.make(t, daily(), late)
	if first.Ledger.Told != 1 || second.Ledger.Told != 0 {
		t.Errorf("told %d and %d; want the item told once, by the edition that was saved first", first.Ledger.Told, second.Ledger.Told)
	}
	if first.Window.To != second.Window.From {
		t.Errorf("the windows %v and %v do not join", first.Window, second.Window)
	}
}

func TestTopicsOfThePlan(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", topics: []string{"trade", "energy"}})
	plan := daily()
	plan.Topics = []string{"energy"}
	d := w.make(t, plan, w.now.Add(time.Minute))
	if d.Ledger.Told != 1 || d.Ledger.Rejected != 1 {
		t.Errorf("told %d, rejected %d; want the one topic told", d.Ledger.Told, d.Ledger.Rejected)
	}
}

// TestAnyHistory lets polls, imports, joins, clock steps, retention of polls and editions
// follow in any order, the polls of digests that were never made left unprotected: the
// account of every edition adds up and agrees with the store, windows join, and no
// item is told twice.
func TestAnyHistory(t *testing.T) {
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		w := newWorld(t, filepath.Join(dir, fmt.Sprint(run)))
		defer func() {
			if err := w.store.Close(); err != nil {
				rt.Fatalf("Close = %v", err)
			}
		}()
		plan := daily()
		plan.MaxStories = rapid.IntRange(1, 4).Draw(rt, "max stories")
		plan.MaxPerTopic = rapid.IntRange(1, 3).Draw(rt, "max per topic")
		plan.Question = rapid.Bool().Draw(rt, "question")
		other := plan // another digest at the same hour
		other.Name, other.Question = "evening", true
		plan.Merge = rapid.Bool().Draw(rt, "merge")
		asked := map[string]bool{}
		shown := map[string]bool{} // corrections
		var stories, items []string
		told := map[string]bool{}
		rt.Repeat(map[string]func(*rapid.T){
			"poll": func(rt *rapid.T) {
				p := poll{
					feed:     rapid.SampledFrom([]string{"kura", "araz", "terek"}).Draw(rt, "feed"),
					repeated: rapid.IntRange(0, 3).Draw(rt, "repeated"), rejected: rapid.IntRange(0, 3).Draw(rt, "rejected"),
					near:   rapid.SliceOfN(rapid.SampledFrom([]float64{1.0, 1.8, 2.1}), 0, 2).Draw(rt, "near"),
					topics: rapid.SliceOfN(rapid.SampledFrom([]string{"trade", "energy", "none"}), 0, 3).Draw(rt, "topics"),
				}
				if len(stories) > 0 && rapid.Bool().Draw(rt, "joins") {
					p.joins = []string{rapid.SampledFrom(stories).Draw(rt, "story")}
				}
				stories = append(stories, w.poll(rt, p)...)
			},
			"reword": func(rt *rapid.T) {
				if len(items) == 0 {
					return
				}
				id := rapid.SampledFrom(items).Draw(rt, "item")
				w.reword(rt, id, "Russia and Azerbaijan agree on item "+id, fmt.Sprintf("The ministers named %d wagons.", rapid.IntRange(1000, 9999).Draw(rt, "wagons")))
			},
			"clock": func(rt *rapid.T) {
				w.now = w.now.Add(time.Duration(rapid.IntRange(-3, 30).Draw(rt, "hours")) * time.Hour)
			},
			"import": func(rt *rapid.T) {
				b := store.Batch{
					State: news.FeedState{Feed: "kura"}, Attempt: news.Attempt{Feed: "kura", At: w.now, Cause: news.CauseImport}, Foreign: true,
				}
				for range rapid.IntRange(1, 3).Draw(rt, "imported") {
					it := w.item("kura")
					it.Archived = true
					b.Items = append(b.Items, it)
				}
				b.Attempt.Entries, b.Attempt.New, b.Attempt.Archived = len(b.Items), len(b.Items), len(b.Items)
				if err := w.store.SaveBatch(&b); err != nil {
					rt.Fatalf("SaveBatch = %v", err)
				}
			},
			"retention": func(rt *rapid.T) {
				keep := store.Keep{Attempts: w.now.AddDate(0, 0, -rapid.IntRange(0, 3).Draw(rt, "days"))}
				for _, name := range []string{plan.Name, other.Name} {
					last, err := w.store.LastDigest(name)
					if err != nil && !errors.Is(err, news.ErrNotFound) {
						rt.Fatalf("LastDigest = %v", err)
					}
					if open := last.Window.To.Pass + 1; err == nil && (keep.Open == 0 || open < keep.Open) {
						keep.Open = open
					}
				}
				if _, err := w.store.Prune(keep); err != nil {
					rt.Fatalf("Prune = %v", err)
				}
			},
			"other": func(rt *rapid.T) {
				slots, err := publish.Due(w.store, other, time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC), w.now)
				if err != nil {
					rt.Fatalf("Due = %v", err)
				}
				for _, s := range slots {
					askedOnce(rt, w.store, w.make(rt, other, s.At), asked)
				}
			},
			"edition": func(rt *rapid.T) {
				slots, err := publish.Due(w.store, plan, time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC), w.now)
				if err != nil {
					rt.Fatalf("Due = %v", err)
				}
				for _, s := range slots {
					d := w.make(rt, plan, s.At)
					askedOnce(rt, w.store, d, asked)
					for _, sec := range d.Sections {
						for _, e := range sec.Entries {
							items = append(items, e.Items...)
							for _, k := range e.Corrections {
								if name := fmt.Sprint(k.Item, k.At, k.Old, k.New); shown[name] {
									rt.Fatalf("correction %+v is shown twice", k)
								} else {
									shown[name] = true
								}
							}
							if len(e.Items) == 0 && e.Reason != news.ReasonCorrected {
								rt.Fatalf("story %s is told for %q without a new item", e.Story, e.Reason)
							}
							for _, id := range e.Items {
								if told[id] {
									rt.Fatalf("item %s is told twice", id)
								}
								told[id] = true
							}
						}
					}
				}
			},
		})
	})
}

// askedOnce holds that no digest asks about an item that was asked about before, or
// that is far from the line.
func askedOnce(t fataler, st *store.Store, d news.Digest, asked map[string]bool) {
	if d.Question == nil {
		return
	}
	id := d.Question.Headline.Item
	it, err := st.Item(id)
	if err != nil || it.Verdict.Relevant || it.Verdict.Score < 1.7 || asked[id] {
		t.Fatalf("digest %s asks about %s (%+v, asked before: %v), %v", d.Slot, id, it.Verdict, asked[id], err)
	}
	asked[id] = true
}

func TestQuestion(t *testing.T) {
	w := open(t)
	plan := daily()
	plan.Question = true
	next := func(p poll) string { // the score of the item that the next edition asks about
		t.Helper()
		p.feed = "kura"
		w.poll(t, p)
		w.now = w.now.Add(time.Hour)
		at := w.now
		first, err := w.p.Build(plan, news.Slot{Digest: "daily", At: at}, w.now)
		if err != nil {
			t.Fatal(err)
		}
		d := w.make(t, plan, at)
		if fmt.Sprint(d.Question) != fmt.Sprint(first.Digest.Question) && (d.Question == nil || *d.Question != *first.Digest.Question) {
			t.Errorf("the question %+v is another one when it is asked again: %+v", first.Digest.Question, d.Question)
		}
		if d.Question == nil {
			return ""
		}
		q := d.Question
		if q.Yes != "samur judge "+q.Headline.Item+" yes" || q.No != "samur judge "+q.Headline.Item+" no" || q.Missing == "" || q.Threshold != 2.2 {
			t.Errorf("question %+v", q)
		}
		return fmt.Sprint(q.Score, " ", q.Headline.Item)
	}
	last := func() string { return fmt.Sprintf("%016x", w.n) }
	if got := next(poll{near: []float64{1.5, 1.75, 2.1, 1.9}, rejected: 2, topics: []string{"trade"}}); got != "2.1 0000000000000005" {
		t.Errorf("asked about %q, want the item nearest to the line", got)
	}
	if got := next(poll{near: []float64{1.5, 2.2, 2.4}}); got != "" {
		t.Errorf("asked about %q, want no question on what is far from the line, or above it", got)
	}
	if got := next(poll{near: []float64{2, 2}}); got != fmt.Sprintf("2 %016x", w.n-1) {
		t.Errorf("asked about %q, want the first of two that are as near", got)
	}
	w.poll(t, poll{feed: "kura", near: []float64{2}})
	if _, err := w.store.SaveAnswer(news.Answer{Item: last(), Who: "anna", Marks: []news.Mark{{}}}); err != nil {
		t.Fatal(err)
	}
	if got := next(poll{}); got != "" {
		t.Errorf("asked about %q, which has an answer", got)
	}
	w.title = "RUSSIA AND AZERBAIJAN AGREE ON ITEM 5" // which was asked about
	if got := next(poll{near: []float64{2}}); got != "" {
		t.Errorf("asked about %q, which has been asked about in another outlet's print", got)
	}
	w.title = ""
	plan.Quiet = true
	if got := next(poll{near: []float64{2}}); got != "" {
		t.Errorf("asked about %q in an edition that nobody gets", got)
	}
	plan.Question = false
	if got := next(poll{near: []float64{2}, topics: []string{"trade"}}); got != "" {
		t.Errorf("asked about %q without being told to", got)
	}
}

func TestVerifyFindsWhatDoesNotAgree(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", repeated: 1, rejected: 1, topics: []string{"trade", "energy"}})
	d := w.make(t, daily(), w.now.Add(time.Hour))
	for _, c := range []struct {
		name   string
		change func(d *news.Digest)
		want   string
	}{
		{"sum", func(d *news.Digest) { d.Ledger.Repeated++ }, "seen 4 is not"},
		{"entries", func(d *news.Digest) { d.Ledger.Seen++; d.Ledger.Repeated++ }, "the ledger says 1 and 5"},
		{"rejected", func(d *news.Digest) { d.Ledger.Rejected--; d.Ledger.Repeated++ }, "in no story"},
		{"told", func(d *news.Digest) { d.Ledger.Told++; d.Ledger.Rejected-- }, "tells 2 items"},
		{"twice", func(d *news.Digest) { d.Held = []news.Line{{Story: "x", Items: entry(d).Items}} }, "is told in story"},
		{"question", func(d *news.Digest) { d.Question = &news.Question{Headline: entry(d).Headline} }, "the question"},
		{"correction", func(d *news.Digest) {
			entry(d).Corrections = []news.Correction{{Item: entry(d).Items[0], Old: entry(d).Headline.Text, New: "Nobody says this now"}}
		}, "does not say so"},
		{"words", func(d *news.Digest) { entry(d).Headline.Text = "Nobody said this" }, "does not say so"},
	} {
		t.Run(c.name, func(t *testing.T) {
			altered := d
			altered.Sections = nil
			for _, s := range d.Sections {
				s.Entries = append([]news.Entry{}, s.Entries...)
				altered.Sections = append(altered.Sections, s)
			}
			c.change(&altered)
			faults, err := publish.Verify(w.store, altered)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(faults, "\n"); !strings.Contains(got, c.want) {
				t.Errorf("Verify = %q, want a fault with %q", got, c.want)
			}
		})
	}
}

func entry(d *news.Digest) *news.Entry { return &d.Sections[0].Entries[0] }

// TestFirstWindowAfterRetention adds a digest to a store that has let go of the polls of
// its first days: the window begins with the first poll that is left, so that the items of
// those that are gone are not counted without them.
func TestFirstWindowAfterRetention(t *testing.T) {
	for name, keep := range map[string]time.Duration{"some polls are gone": -30 * time.Hour, "all are": time.Hour} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, t.TempDir())
			for range 5 {
				w.poll(t, poll{feed: "apa", rejected: 2, topics: []string{"trade"}})
				w.now = w.now.Add(24 * time.Hour)
			}
			if _, err := w.store.Prune(store.Keep{Attempts: w.now.Add(keep)}); err != nil {
				t.Fatal(err)
			}
			plan := daily()
			plan.At = "0 8 * * 1"
			slot := news.Slot{Digest: plan.Name, At: w.now}
			e, err := w.p.Make(plan, slot, w.now)
			if err != nil {
				t.Fatal(err)
			}
			if l := e.Digest.Ledger; !l.Balances() {
				t.Errorf("seen %d is not told %d + held %d + repeated %d + rejected %d", l.Seen, l.Told, l.Held, l.Repeated, l.Rejected)
			}
			if faults, err := publish.Verify(w.store, e.Digest); err != nil || len(faults) > 0 {
				t.Errorf("Verify = %q, %v", faults, err)
			}
		})
	}
}

// Word to the keeper is sent once for each change that lasts, in one message to each
// recipient, and never of feeds that are not polled any more.
func TestNotices(t *testing.T) {
	w := newWorld(t, t.TempDir())
	w.publisher(outlet{whole: true})
	state := func(name string, change func(*news.FeedState)) news.FeedState {
		t.Helper()
		st, err := w.store.FeedState(name)
		if err != nil {
			t.Fatal(err)
		}
		change(&st)
		if err := w.store.SaveBatch(&store.Batch{State: st, Attempt: news.Attempt{At: w.now}}); err != nil {
			t.Fatal(err)
		}
		return st
	}
	broke := func(st *news.FeedState) {
		st.Cause, st.Notified, st.Error, st.TroubleSince = news.CauseDNS, news.CauseDNS, "no such host", w.now
	}
	heal := func(st *news.FeedState) { st.Cause, st.Notified = "", "" }
	send := func(want int, feeds ...news.FeedState) {
		t.Helper()
		w.now = w.now.Add(15 * time.Minute)
		if n, err := w.p.Notices(publish.Keeper{To: []string{"desk"}, Lang: news.Ru}, feeds, w.now); n != want || err != nil {
			t.Errorf("Notices = %d, %v, want %d", n, err, want)
		}
	}
	apa := state("apa", broke)
	state("removed", broke)
	send(1, apa)
	send(0, apa)
	apa = state("apa", func(st *news.FeedState) { st.Error = "another" }) // a poll in between
	send(0, apa)
	state("apa", heal)
	apa = state("apa", broke) // healed and broken again before anybody looked
	send(0, apa)
	apa = state("apa", func(st *news.FeedState) { heal(st); st.Adopted = "https://new.example/" })
	late := state("late", func(st *news.FeedState) { st.Cause = news.CauseTimeout }) // not for long enough to be told
	send(2, apa, late)
	send(0, apa, late)

	ds, err := w.store.Deliveries(store.DeliveryQuery{Slot: news.Slot{Digest: news.NoticesName}})
	if err != nil || len(ds) != 4 {
		t.Fatalf("%d deliveries, %v, want two messages to two recipients", len(ds), err)
	}
	d, err := w.store.Delivery(ds[0].ID)
	if err != nil || d.State != news.DeliveryPending || !strings.Contains(string(d.Payload), "1 лента снова в порядке, 1 лента переехала") {
		t.Errorf("delivery = %+v, %v", d, err)
	}
	if want := "Лент в порядке: 1 из 2"; !strings.Contains(string(d.Payload), want) {
		t.Errorf("delivery = %s, want it to say %q: one is not read", d.Payload, want)
	}
	w.publisher(outlet{broken: true})
	if _, err := w.p.Notices(publish.Keeper{To: []string{"desk"}}, []news.FeedState{state("apa", broke)}, w.now); err == nil {
		t.Error("a message that cannot be composed gave no error")
	}
	w.publisher(outlet{})
	send(1, apa)
}
