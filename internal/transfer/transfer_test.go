package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/store"
	"samur/internal/transfer"
)

var day = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

func open(t testing.TB, path string) *store.Store {
	t.Helper()
	st, err := store.Open(store.Options{Path: path, Version: "test", Now: func() time.Time { return day }})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

func terms(it news.Item) []news.IndexTerm {
	var out []news.IndexTerm
	for _, w := range strings.Fields(it.Title) {
		out = append(out, news.IndexTermOf(w))
	}
	return out
}

func export(t testing.TB, st *store.Store, f transfer.Filter) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := transfer.Export(t.Context(), st, f, &b); err != nil {
		t.Fatalf("Export: %v", err)
	}
	return b.Bytes()
}

// draws makes values of whatever a store may hold.
type draws struct{ *rand.Rand }

func (d draws) n(most int) int { return d.IntN(most + 1) }
func (d draws) yes() bool      { return d.IntN(2) == 0 }

func (d draws) text() string {
	texts := []string{"", "Gas <b>& oil", "Əliyev \"dedi\"", "поставки\nгаза", "\u2028line", "x"}
	return texts[d.IntN(len(texts))]
}

func (d draws) time() time.Time { return day.Add(time.Duration(d.Int64N(2e15) - 1e15)) }
func (d draws) hash() uint64    { return d.Uint64() | 1 }
func (d draws) float() float64  { return d.NormFloat64() * 1e3 }

func (d draws) verdict(title, text string) news.Verdict {
	v := news.Verdict{Relevant: d.yes(), Score: d.float(), Threshold: 2.5, Missing: news.Ground(d.text()), Version: d.text()}
	for range d.n(3) {
		v.Evidence = append(v.Evidence, news.Evidence{
			Field: news.FieldTitle, End: len(title), Form: title, Concept: d.text(), Points: d.float(), Why: news.Ground(d.text()),
		})
		v.Matches = append(v.Matches, news.Match{Topic: d.text(), Score: d.float(), Evidence: v.Evidence})
	}
	return v
}

func (d draws) figures() (out []news.Figure) {
	for range d.n(3) {
		f := news.Figure{Indicator: "gas-volume", Value: d.float(), High: d.float(), Unit: d.text(), Period: "2026", Sentence: d.text(), Field: news.FieldText}
		if d.yes() {
			f.Change = &news.Change{Direction: "up", Percent: d.float(), Base: d.text()}
		}
		out = append(out, f)
	}
	return out
}

func (d draws) events() (out []news.Event) {
	for range d.n(3) {
		out = append(out, news.Event{Kind: news.EventVisit, State: news.EventPlanned, Who: []string{"person/a"}, Day: "2026-03", Sentence: d.text(), End: d.n(9)})
	}
	return out
}

// feed saves a poll of a feed with some items, which it returns.
func (d draws) feed(t *testing.T, st *store.Store, name string, round int) []news.Item {
	b := &store.Batch{
		State: news.FeedState{
			Feed: name, URL: d.text(), Adopted: d.text(), ETag: "not exported", NextDue: d.time(), Failures: d.n(9), Cause: news.CauseDNS, Listed: true,
			Arrived: d.float(), Over: time.Duration(d.n(1e9)), SkipDays: uint8(d.n(127)), GUIDs: news.GUIDStable, Gone: d.yes(),
		},
		Listed:  []uint64{d.hash()},
		Attempt: news.Attempt{At: d.time(), Took: time.Duration(d.n(1e9)), Status: d.n(599), Error: d.text(), Gap: d.yes()},
		Terms:   map[string][]news.IndexTerm{},
	}
	if d.yes() {
		b.Hold = news.Hold{Host: name + ".example", Until: d.time()}
	}
	for i := range d.n(9) {
		title, text := d.text(), d.text()
		it := news.Item{
			ID: fmt.Sprintf("%s%010d%02d", name, round, i), Keys: []news.Key{{Kind: news.KeyGUID, Hash: d.hash()}, {Kind: news.KeyShared, Hash: d.hash()}},
			Feed: name, Outlet: d.text(), Side: news.SideAz, Lang: news.Ru, URL: d.text(), Link: d.text(), GUID: d.text(), Title: title, Text: text,
			Aside: d.text(), Via: d.text(), Published: d.time(), Dated: news.DatedFeed, FirstSeen: d.time(), Archived: d.yes(), TextHash: d.hash(),
			Verdict: d.verdict(title, text), Figures: d.figures(), Events: d.events(), CopyOf: d.text(), Revises: d.text(),
		}
		b.Terms[it.ID] = terms(it)
		b.Items = append(b.Items, it)
		for range d.n(3) {
			b.Revisions = append(b.Revisions, news.Revision{Item: it.ID, At: d.time(), Title: d.text(), TextHash: d.hash(), Verdict: d.verdict("", ""), Became: d.text()})
		}
	}
	if err := st.SaveBatch(b); err != nil {
		t.Fatalf("SaveBatch: %v", err)
	}
	return b.Items
}

// stories tells the items in stories, of which one was merged.
func (d draws) stories(t *testing.T, st *store.Store, items []news.Item) {
	var all []news.Story
	moves := map[string]string{}
	for _, it := range items {
		x := news.Story{
			ID: "s" + it.ID, First: d.time(), Last: d.time(), Series: d.text(), Previous: d.text(),
			Members: []news.Member{{Item: it.ID, Seq: it.Seq, Outlet: d.text(), FirstSeen: d.time(), Why: news.Ground(d.text()), Score: d.float()}},
		}
		if d.yes() {
			x.Told = []news.Told{{Digest: "daily", Slot: d.time(), Upto: it.Seq}}
		}
		moves[it.ID] = x.ID
		all = append(all, x)
	}
	if n := len(all); n > 1 && d.yes() {
		all[0].Into, all[0].Members, moves[items[0].ID] = all[n-1].ID, nil, all[n-1].ID
	}
	var parted []store.Parted
	for _, it := range items {
		if d.yes() {
			parted = append(parted, store.Parted{Item: it.ID, Seq: it.Seq})
		}
	}
	if err := st.SaveStories(all, moves, parted...); err != nil {
		t.Fatalf("SaveStories: %v", err)
	}
}

// output makes editions, deliveries and marks.
func (d draws) output(t *testing.T, st *store.Store, items []news.Item) {
	slot := news.Slot{Digest: "daily", At: day}
	cur, err := st.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	e := news.Edition{Digest: news.Digest{Slot: slot, Made: d.time(), Title: d.text(), Window: news.Window{To: cur}}, Subject: d.text(), Text: []byte(d.text())}
	if d.yes() {
		e.HTML = []byte{'<', 0xff, '>'}
	}
	if len(items) > 0 && d.yes() {
		e.Digest.Question = &news.Question{Headline: news.Quote{Item: items[0].ID}, Score: d.float()}
	}
	ds := []news.Delivery{{ID: "d1", Slot: slot, Channel: "desk", State: news.DeliveryPending, Payload: []byte(d.text()), Created: d.time(), Next: d.time()}}
	if d.yes() {
		ds = append(ds, news.Delivery{
			ID: "d2", Slot: slot, Channel: "desk", Recipient: d.text(), State: news.DeliverySent, Payload: []byte{0xfe}, MediaType: "text/plain",
			Attempts: []news.DeliveryAttempt{{At: d.time(), Took: 1, Reply: d.text()}},
		})
	}
	if err := st.SaveEdition(e, ds); err != nil {
		t.Fatalf("SaveEdition: %v", err)
	}
	for range d.n(3) {
		a := news.Answer{Item: "x", Who: d.text(), At: d.time(), Marks: []news.Mark{{Topic: d.text(), Yes: d.yes()}}, Title: d.text(), Verdict: d.verdict("", "")}
		if _, err := st.SaveAnswer(a); err != nil {
			t.Fatalf("SaveAnswer: %v", err)
		}
	}
	if d.yes() {
		_, _ = st.DeleteAnswer("") // there may be none
	}
	if err := st.SaveSettled(cur.Item); err != nil {
		t.Fatal(err)
	}
	if err := st.SaveClosure(news.Closure{Channel: "desk", Settings: d.text(), Since: d.time(), Reason: d.text()}); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Begun("daily", d.time()); err != nil {
		t.Fatal(err)
	}
	if len(items) > 0 {
		a := news.Alert{Rule: "now", Made: d.time(), Entry: news.Entry{Story: "s" + items[len(items)-1].ID}}
		if err := st.SaveAlert(a, nil); err != nil {
			t.Fatalf("SaveAlert: %v", err)
		}
	}
}

// TestRebuildIsExact holds that a store made of an export gives that very export, whatever
// stood in it: what was pruned, merged, answered and taken back, polled and sent.
func TestRebuildIsExact(t *testing.T) {
	met := map[string]int{}
	for seed := range uint64(6) {
		st := open(t, filepath.Join(t.TempDir(), "a.db"))
		d := draws{rand.New(rand.NewPCG(seed, 1))}
		var items []news.Item
		for round := range 5 {
			items = append(items, d.feed(t, st, []string{"aaaa", "bbbb"}[d.n(1)], round)...)
		}
		d.stories(t, st, items)
		d.output(t, st, items)
		if seed%2 == 1 {
			if _, err := st.Prune(store.Keep{Items: d.time(), Attempts: d.time(), Forms: d.time(), Deliveries: d.time()}); err != nil {
				t.Fatalf("seed %d: Prune: %v", seed, err)
			}
		}
		was := export(t, st, transfer.Filter{})
		path := filepath.Join(t.TempDir(), "b.db")
		if _, err := transfer.Rebuild(t.Context(), bytes.NewReader(was), store.Options{Path: path}, terms); err != nil {
			t.Fatalf("seed %d: Rebuild: %v\n%s", seed, err, was)
		}
		made := open(t, path)
		if diff := cmp.Diff(string(was), string(export(t, made, transfer.Filter{}))); diff != "" {
			t.Fatalf("seed %d: another export (-first +second):\n%s", seed, diff)
		}
		for range 20 {
			at := d.time()
			a, errA := st.CursorAt(at)
			b, errB := made.CursorAt(at)
			if a != b || errA != nil || errB != nil {
				t.Errorf("seed %d: a window begins at %v, %v there and at %v, %v here", seed, a, errA, b, errB)
			}
		}
		sum, err := transfer.Check(t.Context(), bytes.NewReader(was))
		if err != nil {
			t.Fatalf("seed %d: Check: %v", seed, err)
		}
		for kind, n := range sum.Of {
			met[kind] += n
		}
	}
	for _, kind := range transfer.Kinds() {
		if met[kind] == 0 {
			t.Errorf("no store had a line of kind %q; the test does not try it", kind)
		}
	}
}

// item is the n-th of a feed.
func item(n int) news.Item {
	return news.Item{
		ID: fmt.Sprintf("aaaa%012d", n), Keys: []news.Key{{Kind: news.KeyGUID, Hash: uint64(n) + 1}}, Feed: "aaaa", Outlet: "Wire", Side: news.SideAz,
		URL: fmt.Sprintf("https://wire.example/%d", n), Title: fmt.Sprintf("gas n%d", n), Text: "text", TextHash: 7, Lang: news.En,
		Published: day.AddDate(-1, 0, 0), FirstSeen: day.AddDate(-1, 0, n), Verdict: news.Verdict{Relevant: true, Score: 3},
		Figures: []news.Figure{{Indicator: "gas-volume", Value: 1, Sentence: "text"}},
	}
}

// filled has items from to up to, without to, each in a story, and an answer.
func filled(t testing.TB, st *store.Store, from, to int) {
	t.Helper()
	b := &store.Batch{State: news.FeedState{Feed: "aaaa", ETag: "e"}, Attempt: news.Attempt{At: day, Entries: to - from, New: to - from}, Terms: map[string][]news.IndexTerm{}}
	for n := from; n < to; n++ {
		it := item(n)
		it.Story = "s" + it.ID
		b.Items = append(b.Items, it)
		b.Terms[it.ID] = terms(it)
		b.Stories = append(b.Stories, news.Story{ID: it.Story, First: it.FirstSeen, Last: it.FirstSeen, Members: []news.Member{{Item: it.ID}}})
	}
	b.Revisions = []news.Revision{{Item: item(from).ID, At: day, Title: "gas later", TextHash: 8}}
	if err := st.SaveBatch(b); err != nil {
		t.Fatal(err)
	}
	if _, err := st.SaveAnswer(news.Answer{Item: item(from).ID, Who: "anna", At: day, Marks: []news.Mark{{Yes: true}}}); err != nil {
		t.Fatal(err)
	}
}

// TestAdd takes a whole export into a store that has half of it: what is new is archive,
// what was there stays, the poll of its feed as well, and a second time adds nothing.
func TestAdd(t *testing.T) {
	from, to := open(t, filepath.Join(t.TempDir(), "a.db")), open(t, filepath.Join(t.TempDir(), "b.db"))
	filled(t, from, 0, 1200)
	filled(t, to, 600, 900)
	raw := export(t, from, transfer.Filter{})
	later := day.Add(time.Hour)
	got, err := transfer.Add(t.Context(), bytes.NewReader(raw), to, later, terms)
	if err != nil {
		t.Fatal(err)
	}
	if got.Items != 900 || got.Known != 300 || got.Answers != 1 || got.Again != 0 || got.Left != 1202 {
		t.Errorf("added %d items, knew %d; %d answers, knew %d, left %d; want 900, 300, 1, 0, 1202", got.Items, got.Known, got.Answers, got.Again, got.Left)
	}
	it, err := to.Item(item(0).ID)
	want := item(0)
	want.Seq, want.Archived, want.FirstSeen, want.TextHash = 301, true, later, 8
	if diff := cmp.Diff(want, it); diff != "" || err != nil {
		t.Errorf("an imported item: %v (-want +got):\n%s", err, diff)
	}
	if revs, err := to.Revisions(it.ID); err != nil || len(revs) != 1 {
		t.Errorf("its later wordings: %v, %v; want one", revs, err)
	}
	if old, err := to.Item(item(700).ID); err != nil || old.Archived || old.Story == "" {
		t.Errorf("an item that was there: %+v, %v; want it as it was", old, err)
	}
	state, err := to.FeedState("aaaa")
	if err != nil || state.ETag != "e" {
		t.Errorf("the feed's state: %+v, %v; want it as it was", state, err)
	}
	found, err := to.Search(store.Query{Groups: [][]news.IndexTerm{{news.IndexTermOf("n1100")}}})
	if err != nil || len(found) != 1 {
		t.Errorf("search for an imported item: %v, %v; want it found", found, err)
	}
	points, err := to.FigurePoints("gas-volume")
	if err != nil || len(points) != 1200 {
		t.Errorf("%d figures, %v; want 1200", len(points), err)
	}
	balance(t, to, 301)
	was := export(t, to, transfer.Filter{})
	again, err := transfer.Add(t.Context(), bytes.NewReader(raw), to, later.Add(time.Hour), terms)
	if err != nil || again.Items != 0 || again.Answers != 0 || again.Again != 1 {
		t.Errorf("a second time: %+v, %v; want nothing added", again, err)
	}
	if diff := cmp.Diff(string(was), string(export(t, to, transfer.Filter{}))); diff != "" {
		t.Errorf("a second time changed the store:\n%s", diff)
	}
}

// balance holds that what was imported from a place on was accounted for as read and as
// too old to be told, of a feed that was not asked.
func balance(t *testing.T, st *store.Store, from uint64) {
	t.Helper()
	cur, err := st.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	entries, items := 0, 0
	if err := st.AttemptsBetween(1, cur.Pass, func(a news.Attempt) bool {
		if a.Cause == news.CauseImport {
			entries += a.Entries
		}
		return true
	}); err != nil {
		t.Fatal(err)
	}
	if err := st.StandingsBetween(from-1, cur.Item, func(s store.Standing) {
		if s.Archived && s.Story == "" {
			items++
		}
	}); err != nil {
		t.Fatal(err)
	}
	if entries != 900 || items != 900 {
		t.Errorf("%d entries were read, %d items cannot be told; want 900 of both", entries, items)
	}
	if stats, err := st.Stats(); err != nil || stats.Failed != 0 {
		t.Errorf("%d polls failed, %v; an import is none", stats.Failed, err)
	}
}

// TestAddKnowsByIdentity meets an entry that is there under another id.
func TestAddKnowsByIdentity(t *testing.T) {
	from, to := open(t, filepath.Join(t.TempDir(), "a.db")), open(t, filepath.Join(t.TempDir(), "b.db"))
	filled(t, from, 0, 1)
	it := item(0)
	it.ID = "aaaa9"
	if err := to.SaveBatch(&store.Batch{State: news.FeedState{Feed: "aaaa"}, Items: []news.Item{it}}); err != nil {
		t.Fatal(err)
	}
	got, err := transfer.Add(t.Context(), bytes.NewReader(export(t, from, transfer.Filter{Kinds: []string{"item"}})), to, day, terms)
	if err != nil || got.Items != 0 || got.Known != 1 {
		t.Errorf("Add = %+v, %v; want the item known", got, err)
	}
}

func TestFilter(t *testing.T) {
	st := open(t, filepath.Join(t.TempDir(), "a.db"))
	filled(t, st, 0, 5)
	for _, tt := range []struct {
		name  string
		f     transfer.Filter
		whole bool
		want  map[string]int
	}{
		{"everything", transfer.Filter{}, true, map[string]int{"feed": 1, "poll": 1, "item": 5, "story": 5, "answer": 1}},
		{"a kind", transfer.Filter{Kinds: []string{"item"}}, false, map[string]int{"item": 5}},
		{"days", transfer.Filter{From: day.AddDate(-1, 0, 1), To: day.AddDate(-1, 0, 3)}, false, map[string]int{"item": 2, "story": 2}},
		{"a feed", transfer.Filter{Feeds: []string{"aaaa"}}, false, map[string]int{"feed": 1, "poll": 1, "item": 5}},
		{"another feed", transfer.Filter{Feeds: []string{"bbbb"}}, false, map[string]int{}},
	} {
		tt.want["store"], tt.want["end"] = 1, 1
		sum, err := transfer.Check(t.Context(), bytes.NewReader(export(t, st, tt.f)))
		if diff := cmp.Diff(tt.want, sum.Of); diff != "" || err != nil || sum.Whole != tt.whole {
			t.Errorf("%s: whole %v, want %v; %v (-want +got):\n%s", tt.name, sum.Whole, tt.whole, err, diff)
		}
	}
}

// TestExportEnds holds that a store which is to be closed need not wait for an export.
func TestExportEnds(t *testing.T) {
	st := open(t, filepath.Join(t.TempDir(), "a.db"))
	filled(t, st, 0, 5)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if n, err := transfer.Export(ctx, st, transfer.Filter{}, io.Discard); !errors.Is(err, context.Canceled) || n > 0 {
		t.Errorf("Export = %d lines, %v; want %v", n, err, context.Canceled)
	}
}

func TestBadLines(t *testing.T) {
	const first = `{"kind":"store","version":1,"whole":true,"last_item":0,"last_poll":0,"last_answer":0,"totals":{"items":0,"relevant":0,"revisions":0,"polls":0,"polls_failed":0,"items_without_text":0}}` + "\n"
	const poll = `{"kind":"poll","version":1,"poll":1,"feed":"a","at":"2026-03-08T04:00:00Z"}` + "\n"
	for _, tt := range []struct {
		name, text string
		line       int
		want       string
	}{
		{"no JSON", first + "gas\n", 2, "it is not JSON as it was exported"},
		{"empty line", first + "\n", 2, "it is empty; remove it"},
		{"no kind", `{"id":"x"}`, 1, `it has no "kind"`},
		{"a newer kind", first + `{"kind":"rumour","version":1}`, 2, "a newer samur wrote it: install that version"},
		{"a newer version", first + `{"kind":"poll","version":2}`, 2, "a newer samur wrote it: install that version"},
		{"no version", `{"kind":"poll"}`, 1, "has no version"},
		{"an unknown field", `{"kind":"poll","version":1,"mood":"good"}`, 1, `unknown field "mood"`},
		{"a field missing", `{"kind":"poll","version":1,"poll":1}`, 1, `it has no "feed"`},
		{"a wrong type", `{"kind":"poll","version":1,"poll":"one"}`, 1, "cannot unmarshal string"},
		{"two objects", strings.TrimSpace(poll) + ` {}`, 1, "more stands behind the object"},
		{"a bad hash", `{"kind":"item","version":1,"id":"abcdef","feed":"a","text_hash":"xyz"}`, 1, `"xyz" is not 16 hex digits`},
		{"a bad identity", `{"kind":"item","version":1,"id":"abcdef","feed":"a","keys":["guid"]}`, 1, `"guid" is no identity`},
		{"cut off", first + poll, 2, "it was cut off; export it again"},
		{"cut off in a line", first + poll[:30], 2, "it is not JSON"},
		{"lines lost", first + `{"kind":"end","version":1,"lines":7}`, 2, "7 lines should stand above it, there are 1"},
		{"two exports", first + first, 2, "a second export begins here"},
		{"behind the end", first + `{"kind":"end","version":1,"lines":1}` + "\n" + poll, 3, `it comes after the line of kind "end"`},
		{"an edition of another slot", `{"kind":"edition","version":1,"slot":"daily@2026-03-08T04:00:00Z","digest":{"Slot":{"Digest":"weekly","At":"2026-03-08T04:00:00Z"}}}`, 1, "its digest is of slot weekly@"},
	} {
		_, err := transfer.Check(t.Context(), strings.NewReader(tt.text))
		bad, ok := errors.AsType[*transfer.LineError](err)
		if !ok || bad.Line != tt.line || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Check = %v, want line %d: …%s…", tt.name, err, tt.line, tt.want)
		}
	}
	if _, err := transfer.Check(t.Context(), strings.NewReader("")); err == nil || !strings.Contains(err.Error(), "the file is empty") {
		t.Errorf("an empty file: %v, want it refused", err)
	}
	if sum, err := transfer.Check(t.Context(), strings.NewReader(poll+poll)); err != nil || sum.Lines != 2 || sum.Whole {
		t.Errorf("lines picked out of an export: %+v, %v; want 2 and no whole", sum, err)
	}
}

// TestRebuildRefuses holds that nothing is left of a store that could not be made, and
// that one that was used stays.
func TestRebuildRefuses(t *testing.T) {
	src := open(t, filepath.Join(t.TempDir(), "a.db"))
	filled(t, src, 0, 3)
	whole := string(export(t, src, transfer.Filter{}))
	lines := strings.SplitAfter(whole, "\n")
	for _, tt := range []struct{ name, text, want string }{
		{"a part", string(export(t, src, transfer.Filter{Kinds: []string{"item"}})), "line 1: it is no whole export"},
		{"picked lines", strings.Join(lines[1:3], ""), "line 1: it is no whole export"},
		{"cut off", strings.Join(lines[:4], ""), "line 4: the file ends before"},
		{"an item twice", strings.Join(lines[:4], "") + lines[3], "line 5: place 1 comes after place 1"},
		{"a story without its item", lines[0] + lines[6], "line 2: item \"aaaa000000000000\" of story"},
	} {
		dir := t.TempDir()
		_, err := transfer.Rebuild(t.Context(), strings.NewReader(tt.text), store.Options{Path: filepath.Join(dir, "b.db")}, terms)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Rebuild = %v, want …%s…", tt.name, err, tt.want)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: %v is left, %v; want nothing", tt.name, left, err)
		}
	}
	path := filepath.Join(t.TempDir(), "b.db")
	used := open(t, path)
	filled(t, used, 7, 8)
	if err := used.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := transfer.Rebuild(t.Context(), strings.NewReader(whole), store.Options{Path: path}, terms); !errors.Is(err, news.ErrExists) {
		t.Errorf("over a store that was used: %v, want %v", err, news.ErrExists)
	}
	if _, err := open(t, path).Item(item(7).ID); err != nil {
		t.Errorf("what was there: %v, want it still there", err)
	}
}

// TestRebuildOverBare replaces a store that was opened and never used, and not one that is
// open.
func TestRebuildOverBare(t *testing.T) {
	src := open(t, filepath.Join(t.TempDir(), "a.db"))
	filled(t, src, 0, 3)
	whole := export(t, src, transfer.Filter{})
	path := filepath.Join(t.TempDir(), "b.db")
	bare := open(t, path)
	o := store.Options{Path: path, Timeout: time.Millisecond}
	if _, err := transfer.Rebuild(t.Context(), bytes.NewReader(whole), o, terms); !errors.Is(err, store.ErrLocked) {
		t.Errorf("while it is open: %v, want %v", err, store.ErrLocked)
	}
	if err := bare.Close(); err != nil {
		t.Fatal(err)
	}
	m, err := transfer.Rebuild(t.Context(), bytes.NewReader(whole), o, terms)
	if err != nil || m.Lines != bytes.Count(whole, []byte("\n")) {
		t.Errorf("Rebuild = %+v, %v; want every line", m, err)
	}
	if diff := cmp.Diff(string(whole), string(export(t, open(t, path), transfer.Filter{}))); diff != "" {
		t.Errorf("another export (-first +second):\n%s", diff)
	}
}

// TestStopped holds that reading a file ends with its context, and makes nothing.
func TestStopped(t *testing.T) {
	const poll = `{"kind":"poll","version":1,"poll":1,"feed":"a","at":"2026-03-08T04:00:00Z"}` + "\n"
	gone, stop := context.WithCancel(t.Context())
	stop()
	path := filepath.Join(t.TempDir(), "samur.db")
	_, checked := transfer.Check(gone, strings.NewReader(poll))
	_, rebuilt := transfer.Rebuild(gone, strings.NewReader(poll), store.Options{Path: path}, terms)
	for name, err := range map[string]error{"Check": checked, "Rebuild": rebuilt} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s = %v, want it stopped", name, err)
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a store after Rebuild was stopped: %v, want none", err)
	}
}
