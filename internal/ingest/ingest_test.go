package ingest

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/article"
	"samur/internal/classify"
	"samur/internal/fetch"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
	"samur/seeds"
)

var day = time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC)

// understand reads the seeds once for all tests.
func understand() (*lexicon.Lexicon, *classify.Classifier, error) {
	u, err := understanding()
	return u.lexicon, u.classifier, err
}

type read struct {
	lexicon    *lexicon.Lexicon
	classifier *classify.Classifier
}

var understanding = sync.OnceValues(func() (u read, err error) {
	sources := []fs.FS{seeds.FS}
	if u.lexicon, err = lexicon.Load(sources...); err == nil {
		u.classifier, err = classify.New(classify.Options{Lexicon: u.lexicon, Seeds: sources})
	}
	return u, err
})

// bench is an Ingester on a store and a server of its own.
type bench struct {
	*Ingester
	t     *testing.T
	store *store.Store
	site  *site
	pages []string // what came of pages, as Options.Page was told

	version string // of the program, from the next start on
}

// newBench starts one. o may set how the store is opened.
func newBench(t *testing.T, o store.Options) *bench {
	t.Helper()
	if o.Path == "" {
		o.Path = filepath.Join(t.TempDir(), "samur.db")
	}
	st, err := store.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	b := &bench{t: t, store: st, site: newSite(t)}
	b.restart()
	return b
}

// restart replaces the Ingester, as a new start of the program does.
func (b *bench) restart() {
	b.t.Helper()
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Now: func() time.Time { return day }})
	b.t.Cleanup(client.Close)
	var err error
	b.Ingester, err = New(Options{
		Store: b.store, Fetch: client, Understand: understand, Logger: slog.New(slog.DiscardHandler), Version: b.version,
		Policy:   Policy{Every: time.Hour, Min: 5 * time.Minute, Max: 6 * time.Hour, FirstAge: 24 * time.Hour},
		Articles: article.New(article.Options{Fetch: client}), Page: func(_, result string) { b.pages = append(b.pages, result) },
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) feed(name string) news.Feed {
	return news.Feed{Name: name, URL: b.site.URL + "/" + name, Outlet: name + " news", Side: news.SideAz}
}

// poll polls a feed of the site, which must not fail.
func (b *bench) poll(name string, at time.Time) news.Attempt {
	b.t.Helper()
	a, err := b.Feed(b.t.Context(), b.feed(name), at)
	if err != nil {
		b.t.Fatalf("Feed(%q): %v", name, err)
	}
	return a
}

// items returns everything stored, oldest first.
func (b *bench) items() []news.Item {
	b.t.Helper()
	cur, err := b.store.Cursor()
	if err != nil {
		b.t.Fatal(err)
	}
	var all []news.Item
	if err := b.store.ItemsBetween(0, cur.Item, func(it news.Item) bool { all = append(all, it); return true }); err != nil {
		b.t.Fatal(err)
	}
	return all
}

func (b *bench) state(name string) news.FeedState {
	b.t.Helper()
	st, err := b.store.FeedState(name)
	if err != nil {
		b.t.Fatal(err)
	}
	return st
}

// site serves documents that a test changes between polls.
type site struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]answer // by path
	asked   []http.Header
}

// answer is what stands at a path. A body is served with its ETag and answered with
// 304 to who has it.
type answer struct {
	status int // 200 when 0
	header map[string]string
	body   string
	etag   string
	hold   chan struct{} // the answer waits until it is closed; nil for no wait
	began  func()        // called before it waits; may be nil
}

func newSite(t *testing.T) *site {
	s := &site{answers: map[string]answer{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) put(name string, a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers["/"+name] = a
}

// requests returns how many there were.
func (s *site) requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.asked)
}

// last returns the header of the last request.
func (s *site) last() http.Header {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[len(s.asked)-1]
}

// ServeHTTP answers with what was put.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.Header)
	a, ok := s.answers[r.URL.Path]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	if a.began != nil {
		a.began()
	}
	if a.hold != nil {
		select {
		case <-a.hold:
		case <-r.Context().Done():
		}
	}
	for k, v := range a.header {
		w.Header().Set(k, v)
	}
	if a.etag != "" {
		w.Header().Set("Etag", a.etag)
		if r.Header.Get("If-None-Match") == a.etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	fmt.Fprint(w, a.body)
}

// entry is an entry of a document of the tests.
type entry struct {
	guid, path, title, text string
	at                      time.Time
}

// rss writes a document.
func rss(entries ...entry) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title>`)
	tag := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "<%s>%s</%s>", name, html.EscapeString(text), name)
		}
	}
	for _, e := range entries {
		b.WriteString("<item>")
		tag("guid", e.guid)
		if e.path != "" {
			tag("link", "https://news.example/"+e.path)
		}
		tag("title", e.title)
		tag("description", e.text)
		if !e.at.IsZero() {
			tag("pubDate", e.at.Format(time.RFC1123Z))
		}
		b.WriteString("</item>")
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// numbered makes the n-th of many entries.
func numbered(n int) entry {
	return entry{guid: fmt.Sprint("g", n), path: fmt.Sprint("n/", n), title: fmt.Sprintf("Notice number %d of the harbour office", n), at: day.Add(-time.Hour)}
}

func list(from, to int) []entry {
	var out []entry
	for n := from; n < to; n++ {
		out = append(out, numbered(n))
	}
	return out
}

var meeting = entry{
	guid: "m", path: "m", at: day.Add(-2 * time.Hour),
	title: "Russia and Azerbaijan agree to raise gas transit in 2026",
	text:  "Deputy Prime Ministers Alexei Overchuk and Shahin Mustafayev signed the agreement in Baku. Trade between Russia and Azerbaijan reached 4.9 billion dollars in 2025, up 12.4 percent.",
}

func TestFirstPollArchivesOldItems(t *testing.T) {
	b := newBench(t, store.Options{})
	old := meeting
	old.guid, old.path, old.at = "o", "o", day.Add(-25*time.Hour)
	undated := numbered(1)
	undated.at = time.Time{}
	b.site.put("trend", answer{body: rss(old, meeting, undated)})
	got := b.poll("trend", day)
	want := news.Attempt{Feed: "trend", Pass: 1, At: day, Status: 200, Bytes: got.Bytes, Took: got.Took, Entries: 3, New: 3, Archived: 1, NextDue: got.NextDue}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Attempt (-want +got):\n%s", diff)
	}
	items := b.items()
	if len(items) != 3 {
		t.Fatalf("%d items are stored, want 3", len(items))
	}
	for i, want := range []struct{ archived, relevant, story bool }{{true, true, false}, {false, true, true}, {false, false, false}} {
		it := items[i]
		if it.Archived != want.archived || it.Verdict.Relevant != want.relevant || (it.Story != "") != want.story {
			t.Errorf("item %q: archived %v relevant %v story %q, want %+v", it.GUID, it.Archived, it.Verdict.Relevant, it.Story, want)
		}
	}
	if len(items[1].Figures) == 0 {
		t.Error("the relevant item has no figures")
	}
	late := old
	late.guid, late.path, late.title = "p", "p", "Azerbaijan and Russia discuss rail transit in Baku"
	b.site.put("trend", answer{body: rss(late, meeting)})
	if a := b.poll("trend", day.Add(time.Hour)); a.New != 1 || a.Archived != 0 {
		t.Errorf("second poll: %d new, %d archived, want an old item that comes late to be told", a.New, a.Archived)
	}
}

func TestUnchangedFeed(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{body: rss(list(0, 3)...), etag: `"1"`})
	b.poll("trend", day)
	if a := b.poll("trend", day.Add(time.Hour)); a.Status != http.StatusNotModified || a.Cause != "" || a.New+a.Repeated != 0 {
		t.Errorf("second poll = %+v, want a 304", a)
	}
	if got := b.site.last().Get("If-None-Match"); got != `"1"` {
		t.Errorf("If-None-Match = %q, want the validator stored", got)
	}
	// A server without validators: the same bytes are not parsed again.
	b.site.put("apa", answer{body: rss(list(0, 3)...)})
	b.poll("apa", day)
	if a := b.poll("apa", day.Add(time.Hour)); a.Status != 200 || a.Entries != 0 || a.Bytes == 0 {
		t.Errorf("second poll of the same bytes = %+v, want no entries", a)
	}
	st := b.state("apa")
	if !st.LastSuccess.Equal(day.Add(time.Hour)) || !st.LastNew.Equal(day) || !st.Listed {
		t.Errorf("state = %+v", st)
	}
}

func TestKnownAgain(t *testing.T) {
	first := numbered(1)
	changed := first
	changed.title += ", corrected"
	moved := first
	moved.path = "moved/1"
	tests := []struct {
		name    string
		now     []entry
		new     int
		revised int
	}{
		{"the same beside another", []entry{first, numbered(2)}, 1, 0},
		{"changed words", []entry{changed}, 0, 1},
		{"changed address", []entry{moved}, 0, 0},
		{"the same and changed words in one document", []entry{first, changed}, 0, 0},
		{"changed words and the same in one document", []entry{changed, first}, 0, 1},
		{"a new one twice", []entry{first, numbered(2), numbered(2)}, 1, 0},
		{"an empty entry", []entry{first, {at: day}}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, store.Options{})
			b.site.put("trend", answer{body: rss(first)})
			b.poll("trend", day)
			b.site.put("trend", answer{body: rss(tt.now...)})
			a := b.poll("trend", day.Add(time.Hour))
			if a.New != tt.new || a.Revised != tt.revised || a.Entries != a.New+a.Repeated || a.Gap {
				t.Errorf("Attempt = %+v, want %d new, %d revised", a, tt.new, tt.revised)
			}
			revs, err := b.store.Revisions(b.items()[0].ID)
			if err != nil || len(revs) != tt.revised {
				t.Errorf("%d revisions, %v, want %d", len(revs), err, tt.revised)
			}
			// What was taken note of is known now.
			b.site.put("trend", answer{body: rss(tt.now...) + " "})
			if a := b.poll("trend", day.Add(2*time.Hour)); a.New != 0 || tt.revised == 1 && a.Revised != 0 && len(tt.now) == 1 {
				t.Errorf("polled again = %+v, want nothing new", a)
			}
		})
	}
}

// TestAliasIsRemembered meets an item under its new address alone, after a poll
// brought old guid and new address together.
func TestAliasIsRemembered(t *testing.T) {
	b := newBench(t, store.Options{})
	e := numbered(1)
	b.site.put("trend", answer{body: rss(e)})
	b.poll("trend", day)
	e.path = "moved/1"
	b.site.put("trend", answer{body: rss(e)})
	b.poll("trend", day.Add(time.Hour))
	e.guid, e.title = "other", "The harbour office withdraws its notice"
	b.site.put("trend", answer{body: rss(e)})
	if a := b.poll("trend", day.Add(2*time.Hour)); a.New != 0 || a.Revised != 1 {
		t.Errorf("third poll = %+v, want a revision", a)
	}
}

// TestDatesStay polls items without a usable date again, in other words and when the
// day has come that they were dated ahead to.
func TestDatesStay(t *testing.T) {
	b := newBench(t, store.Options{})
	undated := entry{path: "u/1", title: "Notice without a date of the harbour office"}
	ahead := entry{title: "Notice of tomorrow from the harbour office", at: day.Add(30 * time.Hour)}
	b.site.put("trend", answer{body: rss(undated, ahead)})
	b.poll("trend", day)
	undated.title += ", corrected"
	b.site.put("trend", answer{body: rss(undated, ahead)})
	if a := b.poll("trend", day.Add(31*time.Hour)); a.New != 0 || a.Revised != 1 {
		t.Errorf("second poll = %+v, want one revision and nothing new", a)
	}
	for i, want := range []news.Dated{news.DatedAbsent, news.DatedFuture} {
		if it := b.items()[i]; it.Dated != want || !it.Published.Equal(day) || !it.FirstSeen.Equal(day) {
			t.Errorf("%q is of %v %s, first seen %v, want %v %s", it.Title, it.Published, it.Dated, it.FirstSeen, day, want)
		}
	}
}

func TestOneGUIDOnAllItems(t *testing.T) {
	b := newBench(t, store.Options{})
	entries := append(list(0, 4), entry{title: "Weather"}, entry{title: "Rates"})
	for i := range entries {
		entries[i].guid = "same"
	}
	b.site.put("trend", answer{body: rss(entries...)})
	if a := b.poll("trend", day); a.New != 6 {
		t.Errorf("first poll = %+v, want 6 new", a)
	}
	more := numbered(9)
	more.guid = "same"
	b.site.put("trend", answer{body: rss(append(entries, more)...)})
	if a := b.poll("trend", day.Add(time.Hour)); a.New != 1 || a.Repeated != 6 || a.Revised != 0 {
		t.Errorf("second poll = %+v, want 1 new, 6 repeated", a)
	}
	if got := b.state("trend").GUIDs; got != news.GUIDShared {
		t.Errorf("GUIDs = %q, want %q", got, news.GUIDShared)
	}
}

// TestValidatorsStandWithTheirItems fails the save of a body: the next poll must ask
// as if that body had never come.
func TestValidatorsStandWithTheirItems(t *testing.T) {
	b := newBench(t, store.Options{MaxSize: 256 << 10})
	b.site.put("trend", answer{body: rss(list(0, 3)...), etag: `"1"`})
	b.poll("trend", day)
	before := b.state("trend")

	huge := list(10, 20)
	for i := range huge {
		huge[i].text = strings.Repeat("0123456789abcdef", 12<<10)
	}
	b.site.put("trend", answer{body: rss(append([]entry{meeting}, huge...)...), etag: `"2"`})
	if _, err := b.Feed(t.Context(), b.feed("trend"), day.Add(time.Hour)); err == nil {
		t.Fatal("Feed stored more than the store may hold")
	}
	if diff := cmp.Diff(before, b.state("trend")); diff != "" {
		t.Errorf("state after a failed save (-want +got):\n%s", diff)
	}
	b.site.put("trend", answer{body: rss(append(list(3, 5), meeting)...), etag: `"3"`})
	a := b.poll("trend", day.Add(2*time.Hour))
	if got := b.site.last().Get("If-None-Match"); got != `"1"` {
		t.Errorf("If-None-Match = %q, want the validator of the stored body", got)
	}
	if a.New != 3 || len(b.items()) != 6 {
		t.Errorf("%d new, %d stored, want 3 and 6", a.New, len(b.items()))
	}
	// The index of stories had seen the lost item: it must not have stayed there.
	it := b.items()[5]
	if st, err := b.store.Story(it.Story); err != nil || len(st.Members) != 1 || st.ID != "s"+it.ID {
		t.Errorf("story of the item = %+v, %v, want one of its own", st, err)
	}
}

// TestUnreadableBodyIsReadAgain serves a body that is no feed with validators: they
// must not be kept, nor its hash.
func TestUnreadableBodyIsReadAgain(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{body: rss(list(0, 2)...), etag: `"good"`})
	b.poll("trend", day)
	before := b.state("trend")
	page := `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>maintenance</body></html>`
	b.site.put("trend", answer{body: page, etag: `"page"`})
	for n := range 2 {
		a := b.poll("trend", day.Add(time.Duration(n+1)*time.Hour))
		if a.Cause != news.CauseNotFeed && a.Cause != news.CauseBotWall || a.Status != 200 || a.Bytes == 0 {
			t.Errorf("poll %d of a page = %+v", n, a)
		}
		if got := b.site.last().Get("If-None-Match"); got != `"good"` {
			t.Errorf("If-None-Match = %q, want the one of the stored body", got)
		}
	}
	st := b.state("trend")
	if st.ETag != before.ETag || st.BodyHash != before.BodyHash || st.Failures != 2 || !st.LastSuccess.Equal(day) {
		t.Errorf("state = %+v, want validators of the stored body", st)
	}
	if !strings.Contains(st.Error, b.site.URL+"/feed.xml") || !strings.Contains(render.English(st.Advice), "that it names") {
		t.Errorf("Error = %q, Advice = %q, want the feed that the page names", st.Error, st.Advice)
	}
	b.site.put("trend", answer{body: rss(list(0, 2)...), etag: `"good"`})
	if a := b.poll("trend", day.Add(5*time.Hour)); a.Cause != "" || a.Status != http.StatusNotModified {
		t.Errorf("poll of the mended feed = %+v", a)
	}
	if st := b.state("trend"); st.Failures != 0 || st.Cause != "" || st.Advice != "" || st.Error != "" {
		t.Errorf("state = %+v, want a clean one", st)
	}
}

func TestFeedDown(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{status: 500})
	var last time.Duration
	for n := range 8 {
		at := day.Add(time.Duration(n) * 48 * time.Hour)
		a := b.poll("trend", at)
		if a.Cause != news.CauseStatus || a.Status != 500 || a.Error == "" || a.New != 0 {
			t.Fatalf("poll %d = %+v", n, a)
		}
		wait := a.NextDue.Sub(at)
		if wait < last || wait > backoffCap+backoffCap/10 || n > 0 && n < 4 && wait < 2*last {
			t.Errorf("after %d failures the next poll is in %v, before it was %v", n+1, wait, last)
		}
		last = wait
	}
	if last < backoffCap {
		t.Errorf("after 8 failures the next poll is in %v, want a day", last)
	}
	if st := b.state("trend"); st.Failures != 8 || st.Cause != news.CauseStatus || !st.LastSuccess.IsZero() {
		t.Errorf("state = %+v", st)
	}
	as, err := b.store.Attempts("trend", 100)
	if err != nil || len(as) != 8 || as[0].Took <= 0 {
		t.Errorf("%d attempts are stored, %v, want 8, each with the time it took", len(as), err)
	}
	b.site.put("trend", answer{status: 410})
	if b.poll("trend", day); !b.state("trend").Gone {
		t.Error("a feed that answered 410 is not gone")
	}
	b.Close()
	if a, err := b.Feed(t.Context(), news.Feed{Name: "trend", URL: "http://127.0.0.1:1/"}, day); err != nil || a.Cause != news.CauseConnect || b.state("trend").Gone {
		t.Errorf("poll of another address = %+v, %v", a, err)
	}
}

// Close ends the site.
func (b *bench) Close() { b.site.Server.Close() }

func TestRetryAfter(t *testing.T) {
	tests := []struct {
		name   string
		answer answer
		atMost time.Duration // with a tenth of jitter
		least  time.Duration
	}{
		{"busy", answer{status: 429, header: map[string]string{"Retry-After": "7200"}}, 132 * time.Minute, 2 * time.Hour},
		{"busy for long", answer{status: 503, header: map[string]string{"Retry-After": "9999999"}}, 27 * time.Hour, 24 * time.Hour},
		{"busy, says nothing", answer{status: 503}, 66 * time.Minute, time.Hour},
		{"good, wants time", answer{body: rss(), header: map[string]string{"Retry-After": "7200"}}, 132 * time.Minute, 2 * time.Hour},
		{"good, stays fresh", answer{body: rss(), header: map[string]string{"Cache-Control": "max-age=10800"}}, 198 * time.Minute, 3 * time.Hour},
		{"good, fresh for ever", answer{body: rss(), header: map[string]string{"Cache-Control": "max-age=31536000"}}, 396 * time.Minute, 6 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, store.Options{})
			b.site.put("trend", tt.answer)
			a := b.poll("trend", day)
			if wait := a.NextDue.Sub(day); wait < tt.least || wait > tt.atMost {
				t.Errorf("next poll in %v, want %v to %v (%+v)", wait, tt.least, tt.atMost, a)
			}
			if st := b.state("trend"); !st.NextDue.Equal(a.NextDue) {
				t.Errorf("NextDue = %v, want that of the attempt, %v", st.NextDue, a.NextDue)
			}
		})
	}
}

func TestGap(t *testing.T) {
	b := newBench(t, store.Options{})
	steps := []struct {
		name     string
		from, to int
		gap      bool
	}{
		{"first", 0, 5, false},
		{"overlaps by one", 4, 9, false},
		{"all new", 9, 14, true},
		{"same again", 9, 14, false},
		{"nothing in it", 0, 0, false},
		{"all new after nothing", 20, 25, true},
	}
	for n, tt := range steps {
		at := day.Add(time.Duration(n) * time.Hour)
		b.site.put("trend", answer{body: rss(list(tt.from, tt.to)...) + strings.Repeat(" ", n)})
		a := b.poll("trend", at)
		if a.Gap != tt.gap {
			t.Errorf("%s: Gap = %v, want %v", tt.name, a.Gap, tt.gap)
		}
		if limit := 40 * time.Minute; tt.gap && a.NextDue.Sub(at) > limit {
			t.Errorf("%s: next poll in %v, want it sooner than %v", tt.name, a.NextDue.Sub(at), limit)
		}
	}
	b.site.put("trend", answer{body: rss(list(30, 35)...)})
	f := b.feed("trend")
	f.URL += "?elsewhere"
	if a, err := b.Feed(b.t.Context(), f, day.AddDate(0, 0, 1)); a.New != 5 || a.Gap || err != nil {
		t.Errorf("all new at another address = %+v, %v, want no gap", a, err)
	}
}

func TestCancelledPollLeavesNothing(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{body: rss(meeting), hold: make(chan struct{})})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := b.Feed(ctx, b.feed("trend"), day)
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Feed = %v, want %v", err, context.Canceled)
	}
	if cur, err := b.store.Cursor(); err != nil || cur != (news.Cursor{}) {
		t.Errorf("Cursor = %v, %v, want nothing stored", cur, err)
	}
	if diff := cmp.Diff(news.FeedState{Feed: "trend"}, b.state("trend")); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
}

// TestTwoPassesOfOneFeed polls a feed from two sides at once.
func TestTwoPassesOfOneFeed(t *testing.T) {
	b := newBench(t, store.Options{})
	hold := make(chan struct{})
	b.site.put("trend", answer{body: rss(list(0, 5)...), hold: hold})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if _, err := b.Feed(t.Context(), b.feed("trend"), day); err != nil {
				t.Errorf("Feed: %v", err)
			}
		})
	}
	close(hold)
	wg.Wait()
	if n := len(b.items()); n != 5 {
		t.Errorf("%d items are stored, want 5", n)
	}
	as, err := b.store.Attempts("trend", 9)
	if err != nil || len(as) != 3 {
		t.Errorf("%d attempts, %v, want 3", len(as), err)
	}
}
