package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

var day = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

// tempStore opens a store in a directory of the test.
func tempStore(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "samur.db"))
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(Options{Path: path, Version: "test", Now: func() time.Time { return day }})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// item makes the n-th item of a feed.
func item(feed string, n int) news.Item {
	text := fmt.Sprintf("Gas supplies to the north rose by %d percent, the ministry said.\nMore is expected in the spring.", n)
	return news.Item{
		ID:   fmt.Sprintf("%04x%012x", uint16(hash64(feed)), n),
		Keys: []news.Key{{Kind: news.KeyGUID, Hash: mix(hash64(feed), uint64(n), 1)}, {Kind: news.KeyURL, Hash: mix(hash64(feed), uint64(n), 2)}},
		Feed: feed, Outlet: feed + " news", Side: news.SideAz, GUID: fmt.Sprint(n),
		URL: fmt.Sprintf("https://%s.example/%d", feed, n), Title: fmt.Sprintf("Supplies rise again (%d)", n), Text: text,
		Lang: news.En, Published: day.Add(time.Duration(n) * time.Minute), FirstSeen: day.Add(time.Duration(n) * time.Minute),
		Dated: news.DatedFeed, TextHash: uint64(n) + 1,
		Verdict: news.Verdict{Relevant: n%2 == 0, Score: 1.5, Evidence: []news.Evidence{
			{Field: news.FieldText, Start: 0, End: 3, Form: "Gas", Concept: "gas", Points: 1.5, Why: "concept"},
		}, Matches: []news.Match{{Topic: "energy", Score: 1}}},
	}
}

// batch makes a poll of a feed that brings items from to up to, without to.
func batch(feed string, from, to int) *Batch {
	b := &Batch{
		State:   news.FeedState{Feed: feed, ETag: fmt.Sprint(to), LastAttempt: day},
		Attempt: news.Attempt{At: day, Status: 200, Entries: to - from, New: to - from},
		Terms:   map[string][]news.IndexTerm{},
	}
	for n := from; n < to; n++ {
		it := item(feed, n)
		b.Items = append(b.Items, it)
		b.Terms[it.ID] = terms("gas", "supply", fmt.Sprintf("n%d", n), feed)
	}
	return b
}

func terms(words ...string) (out []news.IndexTerm) {
	for _, w := range words {
		out = append(out, news.IndexTermOf(w))
	}
	return out
}

func save(t testing.TB, s *Store, b *Batch) {
	t.Helper()
	if err := s.SaveBatch(b); err != nil {
		t.Fatalf("SaveBatch: %v", err)
	}
}

func TestSaveBatchRoundTrip(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 30)
	b.Stories = []news.Story{{ID: "s" + b.Items[0].ID, Members: []news.Member{{Item: b.Items[0].ID}, {Item: b.Items[2].ID}}, First: day, Last: day}}
	save(t, s, b)

	for i, want := range b.Items {
		if want.Seq != uint64(i)+1 {
			t.Fatalf("item %d has Seq %d", i, want.Seq)
		}
		got, err := s.Item(want.ID)
		if err != nil {
			t.Fatalf("Item: %v", err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("Item (-want +got):\n%s", diff)
		}
		if got, err = s.ItemByURL(want.URL); err != nil || got.ID != want.ID {
			t.Fatalf("ItemByURL(%q) = %q, %v", want.URL, got.ID, err)
		}
	}
	if b.Attempt.Pass != 1 || b.Stories[0].Members[1].Seq != 3 {
		t.Errorf("Pass %d, member Seq %d; want 1 and 3", b.Attempt.Pass, b.Stories[0].Members[1].Seq)
	}
	st, err := s.FeedState("trend")
	if diff := cmp.Diff(b.State, st); diff != "" || err != nil {
		t.Errorf("FeedState: %v (-want +got):\n%s", err, diff)
	}
	attempts, err := s.Attempts("trend", 10)
	if diff := cmp.Diff([]news.Attempt{b.Attempt}, attempts); diff != "" || err != nil {
		t.Errorf("Attempts: %v (-want +got):\n%s", err, diff)
	}
	story, err := s.Story(b.Stories[0].ID)
	if diff := cmp.Diff(b.Stories[0], story); diff != "" || err != nil {
		t.Errorf("Story: %v (-want +got):\n%s", err, diff)
	}
}

func TestSeen(t *testing.T) {
	s := tempStore(t)
	a, b := batch("trend", 0, 100), batch("apa", 0, 100)
	save(t, s, a)
	save(t, s, b)
	keys := []news.Key{a.Items[7].Keys[0], a.Items[99].Keys[1], {Kind: news.KeyText, Hash: a.Items[7].Keys[0].Hash}, b.Items[1].Keys[0]}
	got, err := s.Seen("trend", keys)
	if err != nil {
		t.Fatal(err)
	}
	want := map[news.Key]Seen{
		keys[0]: {Item: a.Items[7].ID, Seq: 8, TextHash: 8},
		keys[1]: {Item: a.Items[99].ID, Seq: 100, TextHash: 100},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Seen (-want +got):\n%s", diff)
	}
}

func TestListing(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "samur.db"))
	l := news.Listing{Frame: 1, Entries: []news.Listed{
		{Span: 2, Sketch: news.Sketch{
			TextHash: 3, TitleHash: 8, Dayless: 9, Dated: news.DatedFeed, Published: day, Telling: true, Rich: true, FrontPage: true,
			Keys: []news.Key{{Kind: news.KeyURL, Hash: 4}, {Kind: news.KeyText, Hash: 5}},
		}},
		{Span: 6, Sketch: news.Sketch{TextHash: 7, Dated: news.DatedAbsent}},
	}}
	for _, tt := range []struct {
		name        string
		write, want *news.Listing
	}{
		{"first", &l, &l},
		{"a poll that read nothing", nil, &l},
		{"a document that is not plain", &news.Listing{}, &news.Listing{}},
		{"again", &l, &l},
	} {
		if err := s.SaveBatch(&Batch{State: news.FeedState{Feed: "trend"}, Listing: tt.write}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Listing("trend")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(*tt.want, got); diff != "" {
			t.Errorf("%s: Listing (-want +got):\n%s", tt.name, diff)
		}
	}
	if got, err := s.Listing("other"); err != nil || got.Entries != nil {
		t.Errorf("Listing of a feed never polled = %+v, %v", got, err)
	}
}

func TestRevisionUpdatesTextHash(t *testing.T) {
	s := tempStore(t)
	save(t, s, batch("trend", 0, 3))
	it := item("trend", 1)
	var want []news.Revision
	for n := range 3 {
		r := news.Revision{Item: it.ID, At: day.Add(time.Duration(n) * time.Hour), Title: fmt.Sprint("v", n), Text: "new", TextHash: 1000 + uint64(n)}
		want = append(want, r)
		b := batch("trend", 0, 0)
		b.Revisions = []news.Revision{r}
		b.Aliases = map[string][]news.Key{it.ID: {{Kind: news.KeyText, Hash: 5 + uint64(n)}}}
		save(t, s, b)
	}
	got, err := s.Revisions(it.ID)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Revisions: %v (-want +got):\n%s", err, diff)
	}
	seen, err := s.Seen("trend", []news.Key{it.Keys[0], {Kind: news.KeyText, Hash: 6}})
	if err != nil || seen[it.Keys[0]].TextHash != 1002 || seen[news.Key{Kind: news.KeyText, Hash: 6}].Item != it.ID {
		t.Errorf("Seen = %v, %v", seen, err)
	}
}

// TestRevisionsAreBounded holds that an item which changes at every poll keeps its first
// wordings and its latest, and that the store stays sound.
func TestRevisionsAreBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	save(t, s, batch("trend", 0, 1))
	it := item("trend", 0)
	for n := range maxRevisions + 10 {
		b := batch("trend", 0, 0)
		b.Revisions = []news.Revision{{Item: it.ID, At: day, Title: fmt.Sprint("v", n), TextHash: 1000 + uint64(n)}}
		save(t, s, b)
	}
	got, err := s.Revisions(it.ID)
	if err != nil || len(got) != maxRevisions || got[0].Title != "v0" || got[maxRevisions-1].Title != fmt.Sprint("v", maxRevisions+9) {
		t.Errorf("%d revisions are kept, the last is %q, %v", len(got), got[len(got)-1].Title, err)
	}
	seen, err := s.Seen("trend", it.Keys[:1])
	if err != nil || seen[it.Keys[0]].TextHash != 1000+maxRevisions+9 {
		t.Errorf("Seen = %v, %v, want the hash of the latest", seen, err)
	}
	if err := errors.Join(s.Close(), Check(t.Context(), path)); err != nil {
		t.Error(err)
	}
}

// TestSaveBatches writes two polls with one story, first with one of them at fault.
func TestSaveBatches(t *testing.T) {
	s := tempStore(t)
	a, b := batch("trend", 0, 2), batch("report", 0, 2)
	b.Stories = []news.Story{{ID: "s", Members: []news.Member{{Item: a.Items[0].ID}, {Item: b.Items[1].ID}}}}
	b.Revisions = []news.Revision{{Item: "nobody"}}
	if err := s.SaveBatches([]*Batch{a, b}); !errors.Is(err, news.ErrNotFound) || a.Items[0].Seq != 0 || a.Attempt.Pass != 0 {
		t.Errorf("SaveBatches with a fault = %v and Seq %d, want %v and nothing written", err, a.Items[0].Seq, news.ErrNotFound)
	}
	if cur, err := s.Cursor(); err != nil || cur.Item != 0 || cur.Pass != 0 {
		t.Errorf("Cursor = %+v, %v, want nothing stored", cur, err)
	}
	b.Revisions = nil
	if err := s.SaveBatches([]*Batch{a, b}); err != nil {
		t.Fatal(err)
	}
	st, err := s.Story("s")
	if err != nil || st.Members[0].Seq != a.Items[0].Seq || st.Members[1].Seq != b.Items[1].Seq || b.Items[1].Seq != 4 {
		t.Errorf("Story = %+v, %v, want members at the places of the items of both polls", st, err)
	}
}

func TestSaveBatchRefusals(t *testing.T) {
	s := tempStore(t)
	save(t, s, batch("trend", 0, 3))
	tests := []struct {
		name  string
		spoil func(b *Batch)
		is    error
	}{
		{"no feed", func(b *Batch) { b.State.Feed = "" }, nil},
		{"item of another feed", func(b *Batch) { b.Items[0].Feed = "apa" }, nil},
		{"no text hash", func(b *Batch) { b.Items[1].TextHash = 0 }, nil},
		{"no id", func(b *Batch) { b.Items[1].ID = "" }, nil},
		{"id is there", func(b *Batch) { b.Items[1].ID = item("trend", 2).ID }, news.ErrExists},
		{"id twice", func(b *Batch) { b.Items[1].ID = b.Items[0].ID }, news.ErrExists},
		{"revision of nothing", func(b *Batch) { b.Revisions = []news.Revision{{Item: "x"}} }, news.ErrNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := batch("trend", 10, 13)
			tt.spoil(b)
			err := s.SaveBatch(b)
			if err == nil || (tt.is != nil && !errors.Is(err, tt.is)) {
				t.Fatalf("SaveBatch = %v, want %v", err, tt.is)
			}
			for _, it := range b.Items {
				if it.Seq != 0 {
					t.Errorf("item has Seq %d after an error", it.Seq)
				}
			}
			if cur, err := s.Cursor(); err != nil || cur != (news.Cursor{Item: 3, Pass: 1}) {
				t.Errorf("Cursor = %v, %v", cur, err)
			}
		})
	}
}

func TestItemsBetweenAndSince(t *testing.T) {
	s := tempStore(t)
	for n := 0; n < 1000; n += 100 {
		save(t, s, batch("trend", n, n+100))
	}
	var got []uint64
	err := s.ItemsBetween(100, 700, func(it news.Item) bool {
		if _, err := s.Cursor(); err != nil { // the store may be used inside
			t.Fatal(err)
		}
		got = append(got, it.Seq)
		return it.Seq < 650
	})
	if err != nil || len(got) != 550 || got[0] != 101 || got[549] != 650 {
		t.Errorf("ItemsBetween gave %d items, %v", len(got), err)
	}
	n := 0
	err = s.ItemsSince(day.Add(900*time.Minute), func(news.Item) bool { n++; return true })
	if err != nil || n != 100 {
		t.Errorf("ItemsSince gave %d items, %v; want 100", n, err)
	}
	n = 0
	err = s.AttemptsBetween(2, 9, func(a news.Attempt) bool { n += int(a.Pass); return true })
	if err != nil || n != 3+4+5+6+7+8+9 {
		t.Errorf("AttemptsBetween: sum of passes %d, %v", n, err)
	}
}

func TestOpenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "dir", "samur.db")
	s := openAt(t, path)
	save(t, s, batch("trend", 0, 30))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Item("x"); err == nil || errors.Is(err, news.ErrNotFound) {
		t.Errorf("Item after Close: %v", err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Errorf("Check: %v", err)
	}
	s = openAt(t, path)
	if it, err := s.Item(item("trend", 29).ID); err != nil || it.Seq != 30 {
		t.Errorf("Item = %d, %v", it.Seq, err)
	}
}

func TestDigestAndOutbox(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 10)
	id := "s" + b.Items[0].ID
	b.Stories = []news.Story{{ID: id, Members: []news.Member{{Item: b.Items[0].ID}, {Item: b.Items[9].ID}}, First: day, Last: day}}
	save(t, s, b)
	slot := news.Slot{Digest: "daily", At: day}
	d := news.Digest{Slot: slot, Made: day, Title: "t", Window: news.Window{To: news.Cursor{Item: 5, Pass: 1}}, Sections: []news.Section{{Topic: "top", Entries: []news.Entry{{Story: id}}}}}
	ds := []news.Delivery{
		{ID: "a", Slot: slot, Channel: "email", State: news.DeliveryPending, Payload: []byte("A"), Created: day, Next: day.Add(time.Hour)},
		{ID: "b", Slot: slot, Channel: "file", State: news.DeliveryPending, Payload: []byte("B"), Created: day},
	}
	if _, err := s.LastDigest("daily"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("LastDigest before = %v", err)
	}
	e := news.Edition{Digest: d, Subject: "S", Text: []byte("text"), HTML: []byte("html")}
	if err := s.SaveEdition(e, ds); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDigest(d, nil); !errors.Is(err, news.ErrExists) {
		t.Errorf("second SaveDigest = %v", err)
	}
	if got, err := s.Edition(slot); err != nil || cmp.Diff(e, got) != "" {
		t.Errorf("Edition: %v %s", err, cmp.Diff(e, got))
	}
	if got, err := s.LastDigest("daily"); err != nil || cmp.Diff(d, got) != "" {
		t.Errorf("LastDigest: %v %s", err, cmp.Diff(d, got))
	}
	st, err := s.Story(id)
	if told, ok := st.ToldIn("daily"); err != nil || !ok || told.Upto != 1 {
		t.Errorf("story told = %v %v %v", told, ok, err)
	}
	due, err := s.Due(day)
	if err != nil || len(due) != 1 || due[0].ID != "b" || due[0].Payload != nil {
		t.Errorf("Due = %+v, %v, want b without its payload", due, err)
	}
	become := func(st news.DeliveryState) func(*news.Delivery) bool {
		return func(d *news.Delivery) bool { d.State = st; return true }
	}
	if d, err := s.ChangeDelivery("b", become(news.DeliverySending)); err != nil || d.State != news.DeliverySending || string(d.Payload) != "B" {
		t.Fatalf("ChangeDelivery = %+v, %v", d, err)
	}
	if at, ok, err := s.NextDue(); err != nil || !ok || !at.Equal(day.Add(time.Hour)) {
		t.Errorf("NextDue = %v %v %v", at, ok, err)
	}
	cut, err := s.Unfinished()
	if err != nil || len(cut) != 1 || cut[0].ID != "b" || cut[0].Payload != nil {
		t.Errorf("Unfinished = %v %v", cut, err)
	}
	if _, err := s.ChangeDelivery("b", func(d *news.Delivery) bool { d.Payload = []byte("other"); return true }); err == nil {
		t.Error("ChangeDelivery changed a payload")
	}
	if d, err := s.ChangeDelivery("b", func(d *news.Delivery) bool { d.State = news.DeliveryDropped; return false }); err != nil || d.State != news.DeliverySending {
		t.Errorf("a change that is not to be saved: %+v, %v", d, err)
	}
	if _, err := s.ChangeDelivery("c", become(news.DeliverySent)); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("ChangeDelivery of none = %v, want %v", err, news.ErrNotFound)
	}
	if _, err := s.ChangeDelivery("b", become(news.DeliverySent)); err != nil {
		t.Error(err)
	}
	got, err := s.Deliveries(DeliveryQuery{States: []news.DeliveryState{news.DeliverySent}, Slot: slot})
	if err != nil || len(got) != 1 || got[0].ID != "b" {
		t.Errorf("Deliveries = %v %v", got, err)
	}
}

func TestStories(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 4)
	for i := range 4 {
		id := b.Items[i].ID
		b.Items[i].Story = "s" + id
		b.Stories = append(b.Stories, news.Story{ID: "s" + id, Members: []news.Member{{Item: id, FirstSeen: b.Items[i].FirstSeen}}, Last: day})
	}
	save(t, s, b)
	st := b.Stories
	from, into := st[3], st[1]
	into.Members = append(into.Members, from.Members...)
	from.Members, from.Into = nil, into.ID
	if err := s.SaveStories([]news.Story{from, into}, map[string]string{b.Items[3].ID: into.ID}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Story(from.ID)
	if err != nil || cmp.Diff(into, got) != "" {
		t.Errorf("Story follows: %v %s", err, cmp.Diff(into, got))
	}
	if it, err := s.Item(b.Items[3].ID); err != nil || it.Story != into.ID {
		t.Errorf("moved item is in %q, %v", it.Story, err)
	}
	list, err := s.Stories(StoryQuery{From: 2})
	if err != nil || len(list) != 2 || list[0].ID != into.ID || list[1].ID != st[2].ID {
		t.Errorf("Stories = %v, %v", list, err)
	}
	into.Into = from.ID
	if err := s.SaveStories([]news.Story{into}, nil); err == nil {
		t.Error("SaveStories took a circle")
	}
	if got, err := s.Story(from.ID); err != nil || got.Into != "" {
		t.Errorf("after a refused circle: %v, %v", got.Into, err)
	}
}
