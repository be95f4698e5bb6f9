package ingest

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

// told polls the feed at each distance and returns what the keeper is told, each as
// "hours since the start: kind cause".
type told struct {
	*bench
	log *strings.Builder
	out []string
}

// poll polls trend and takes down the notices of that poll.
func (k *told) pollAt(hours float64) news.FeedState {
	k.t.Helper()
	k.log.Reset()
	k.bench.poll("trend", day.Add(time.Duration(hours*float64(time.Hour))))
	for _, kind := range []string{"feed broke", "feed healed", "feed moved"} {
		for range strings.Count(k.log.String(), `msg="`+kind) {
			k.out = append(k.out, fmt.Sprintf("%v: %s", hours, kind))
		}
	}
	return k.state("trend")
}

func (k *told) want(want ...string) {
	k.t.Helper()
	if diff := cmp.Diff(want, k.out); diff != "" {
		k.t.Errorf("told (-want +got):\n%s", diff)
	}
}

// The keeper is told once when a feed breaks and once when it heals, not of what passes.
func TestBrokeAndHealed(t *testing.T) {
	k := newTold(t)
	good := answer{body: rss(list(0, 3)...)}
	k.site.put("trend", good)
	k.pollAt(0)
	k.site.put("trend", answer{status: 500})
	k.pollAt(1)
	k.pollAt(2)
	k.site.put("trend", good)
	if st := k.pollAt(3); st.Notified != "" || !st.TroubleSince.IsZero() {
		t.Errorf("after a hiccup state = %+v", st)
	}
	k.want()

	k.site.put("trend", answer{status: 404})
	k.pollAt(4)
	k.pollAt(5)
	st := k.pollAt(6)
	if st.Notified != news.CauseStatus || !st.TroubleSince.Equal(day.Add(4*time.Hour)) || !strings.Contains(render.English(st.Advice), "samur feeds discover") {
		t.Errorf("broken state = %+v", st)
	}
	k.site.put("trend", answer{status: 200, body: "<html><body>Checking your browser</body></html>"})
	k.pollAt(7) // another cause of the same trouble
	k.want("6: feed broke")
	k.site.put("trend", good)
	k.pollAt(8)
	k.pollAt(9)
	k.want("6: feed broke", "8: feed healed")
}

// A publisher that is busy is no broken feed, unless it is so for a day.
func TestBusyIsNotBroken(t *testing.T) {
	k := newTold(t)
	k.site.put("trend", answer{status: 429})
	for h := range 24 {
		k.pollAt(float64(h))
	}
	k.want()
	k.pollAt(24)
	k.pollAt(25)
	k.want("24: feed broke")
}

func TestGoneIsToldAtOnce(t *testing.T) {
	k := newTold(t)
	k.site.put("trend", answer{status: 410})
	if st := k.pollAt(0); !st.Gone || !strings.Contains(render.English(st.Advice), "not asked any more") {
		t.Errorf("state = %+v", st)
	}
	if log := k.log.String(); strings.Contains(log, "next_at") {
		t.Errorf("a feed that is not polled any more has a next time in the log:\n%s", log)
	}
	k.want("0: feed broke")
}

// A feed that was gone and is read again, because the keeper had it polled by hand, is
// polled by the clock again.
func TestGoneAndBack(t *testing.T) {
	k := newTold(t)
	k.site.put("trend", answer{status: 410})
	k.pollAt(0)
	k.site.put("trend", answer{body: rss(list(0, 3)...)})
	if st := k.pollAt(1); st.Gone || !st.NextDue.After(day.Add(time.Hour)) {
		t.Errorf("state = %+v, want a next poll", st)
	}
	k.want("0: feed broke", "1: feed healed")
}

// A feed that is read can be ill all the same.
func TestAilments(t *testing.T) {
	undated := func(n int) entry { e := numbered(n); e.at = time.Time{}; return e }
	t.Run("empty", func(t *testing.T) {
		k := newTold(t)
		k.site.put("trend", answer{body: rss(), etag: `"0"`})
		if st := k.pollAt(0); st.Ailment != news.CauseEmpty || st.Advice == "" {
			t.Errorf("state = %+v, want empty", st)
		}
		if st := k.pollAt(1); st.Ailment != news.CauseEmpty { // a 304
			t.Errorf("after a 304 state = %+v, want empty", st)
		}
		k.want()
		k.pollAt(25)
		k.site.put("trend", answer{body: rss(list(0, 3)...)})
		if st := k.pollAt(26); st.Ailment != "" || st.Advice != "" {
			t.Errorf("state = %+v, want none", st)
		}
		k.want("25: feed broke", "26: feed healed")
	})
	t.Run("undated", func(t *testing.T) {
		k := newTold(t)
		k.site.put("trend", answer{body: rss(undated(0), undated(1)), etag: `"1"`})
		k.pollAt(0)
		if st := k.pollAt(1); st.Ailment != news.CauseUndated {
			t.Errorf("state = %+v, want undated", st)
		}
		k.site.put("trend", answer{body: rss(undated(0), undated(1), numbered(2))})
		if st := k.pollAt(2); st.Ailment != "" {
			t.Errorf("with a date state = %+v, want none", st)
		}
		k.want()
	})
	t.Run("stale", func(t *testing.T) {
		k := newTold(t)
		var es []entry
		for n := range 20 { // one every two hours
			e := numbered(n)
			e.at = day.Add(-2 * time.Hour * time.Duration(20-n))
			es = append(es, e)
		}
		k.site.put("trend", answer{body: rss(es...)})
		if st := k.pollAt(0); st.Rhythm() != 2*time.Hour {
			t.Errorf("rhythm %v, want 2h0m0s", st.Rhythm())
		}
		k.pollAt(72)
		if st := k.pollAt(73); st.Ailment != news.CauseStale {
			t.Errorf("state = %+v, want stale", st)
		}
		e := numbered(99)
		e.at = day.Add(73 * time.Hour)
		k.site.put("trend", answer{body: rss(append(es, e)...)})
		k.pollAt(74)
		k.want("73: feed broke", "74: feed healed")
	})
}

func newTold(t *testing.T) *told {
	b := newBench(t, store.Options{})
	log := &strings.Builder{}
	b.lg = slog.New(slog.NewTextHandler(log, nil))
	return &told{bench: b, log: log}
}

// A permanent move that was answered three times is followed, told once, and the feed is
// then asked at its new address alone.
func TestMovedForGood(t *testing.T) {
	k := newTold(t)
	k.site.put("new", answer{body: rss(list(0, 2)...), etag: `"1"`})
	k.site.put("trend", answer{status: 301, header: map[string]string{"Location": "/new"}})
	for n := range 2 {
		if st := k.pollAt(float64(n)); st.Adopted != "" {
			t.Errorf("after %d polls Adopted = %q", n+1, st.Adopted)
		}
	}
	if st := k.pollAt(2); st.Address() != k.site.URL+"/new" || st.URL != k.site.URL+"/trend" || !strings.Contains(render.English(st.Advice), k.site.URL+"/new") || st.Ailment != news.CauseMoved {
		t.Errorf("state = %+v", st)
	}
	k.site.put("trend", answer{status: 500}) // nobody asks there any more
	if st := k.pollAt(3); st.Failures != 0 || !strings.Contains(render.English(st.Advice), k.site.URL+"/new") {
		t.Errorf("asked at the new address state = %+v", st)
	}
	k.want("2: feed moved")

	k.site.put("new", answer{status: 502}) // which is of the moment
	for n := range adoptAfter {
		if st := k.pollAt(3.5 + float64(n)/8); st.Address() != k.site.URL+"/new" {
			t.Errorf("after %d errors of the server it is asked at %q", n+1, st.Address())
		}
	}
	k.site.put("new", answer{body: rss(list(0, 2)...)})
	k.pollAt(3.875)
	k.want("2: feed moved", "3.75: feed broke", "3.875: feed healed")
	k.out = nil

	k.site.put("new", answer{status: 404})
	k.site.put("trend", answer{body: rss(list(0, 3)...)})
	for n := range 3 {
		k.pollAt(float64(4 + n))
	}
	st := k.pollAt(7)
	if st.Adopted != "" || st.Failures != 0 || st.Address() != k.site.URL+"/trend" {
		t.Errorf("back at the old address state = %+v", st)
	}
	k.want("6: feed broke", "7: feed healed")
}

// A redirect does not get the login of a feed by being permanent.
func TestSecretsDoNotMove(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("new", answer{body: rss(list(0, 2)...)})
	b.site.put("trend", answer{status: 308, header: map[string]string{"Location": "/new"}})
	f := b.feed("trend")
	f.Header = map[string]string{"Authorization": "Bearer 1234"}
	for n := range 5 {
		if _, err := b.Feed(t.Context(), f, day.Add(time.Duration(n)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if st := b.state("trend"); st.Adopted != "" || !strings.Contains(render.English(st.Advice), "/new") {
		t.Errorf("state = %+v, want the move told and not made", st)
	}
}

// A login that a feed is given after it has moved goes to its own address all the same.
func TestSecretGivenAfterAMove(t *testing.T) {
	b := newBench(t, store.Options{})
	other := newSite(t)
	other.put("new", answer{body: rss(list(0, 2)...), etag: `"1"`})
	b.site.put("trend", answer{status: 308, header: map[string]string{"Location": other.URL + "/new"}})
	for n := range adoptAfter {
		b.poll("trend", day.Add(time.Duration(n)*time.Hour))
	}
	f, st := b.feed("trend"), b.state("trend")
	if got := Address(f, st); got != other.URL+"/new" {
		t.Errorf("Address = %q, want where it moved to", got)
	}
	f.Username, f.Password = "keeper", "1234"
	if got := Address(f, st); got != f.URL {
		t.Errorf("Address with a login = %q, want %q", got, f.URL)
	}
	if _, err := b.Feed(t.Context(), f, day.Add(4*time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, h := range other.asked {
		if h.Get("Authorization") != "" {
			t.Error("the login was sent to where the feed moved to")
		}
	}
	if user, _, _ := (&http.Request{Header: b.site.last()}).BasicAuth(); user != "keeper" {
		t.Errorf("the feed's own address was asked as %q, want keeper", user)
	}
	if st := b.state("trend"); st.Adopted != "" {
		t.Errorf("Adopted = %q, want none", st.Adopted)
	}
}

// A keeper who writes down where a feed has moved to does not have it read anew.
func TestMoveWrittenDown(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("new", answer{body: rss(list(0, 2)...), etag: `"1"`})
	b.site.put("trend", answer{status: 301, header: map[string]string{"Location": "/new"}})
	for n := range adoptAfter {
		b.poll("trend", day.Add(time.Duration(n)*time.Hour))
	}
	f := b.feed("trend")
	f.URL = b.site.URL + "/new"
	a, err := b.Feed(t.Context(), f, day.Add(4*time.Hour))
	if err != nil || a.Status != http.StatusNotModified {
		t.Errorf("Feed = status %d, %v, want %d", a.Status, err, http.StatusNotModified)
	}
	if st := b.state("trend"); st.URL != f.URL || st.Adopted != "" || st.Ailment != news.CauseNone || st.Advice != "" {
		t.Errorf("state = %+v, want nothing left of the move", st)
	}
}

// What a feed's new address redirects to for once is neither followed for good nor told.
func TestMovedOnceMore(t *testing.T) {
	k := newTold(t)
	k.site.put("further", answer{body: rss(list(0, 2)...)})
	k.site.put("trend", answer{status: 301, header: map[string]string{"Location": "/new"}})
	for n := range 10 {
		k.site.put("new", answer{body: rss(list(0, 2)...)})
		if n > adoptAfter && n%2 == 0 {
			k.site.put("new", answer{status: 301, header: map[string]string{"Location": "/further"}})
		}
		st := k.pollAt(float64(n))
		if advice := render.English(st.Advice); n > adoptAfter && (st.Adopted != k.site.URL+"/new" || !strings.Contains(advice, "/new")) {
			t.Errorf("poll %d: Adopted = %q, advice = %q", n, st.Adopted, advice)
		}
	}
	k.want("2: feed moved")
}

// Retry-After speaks for the host, outlives a restart, and ends.
func TestHostIsLeftAlone(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{status: 429, header: map[string]string{"Retry-After": "7200"}})
	b.site.put("apa", answer{body: rss(list(0, 2)...)})
	b.poll("trend", day)
	asked := len(b.site.asked)

	for range 2 {
		a := b.poll("apa", day.Add(time.Hour))
		if a.Cause != news.CauseBusy || !a.NextDue.Equal(day.Add(2*time.Hour)) {
			t.Errorf("Feed = %+v, want busy until two hours have passed", a)
		}
		b.restart()
	}
	if len(b.site.asked) != asked {
		t.Error("the host was asked although it wants to be left alone")
	}
	if st := b.state("apa"); !st.LastAttempt.IsZero() {
		t.Errorf("a poll that was not made left %+v", st)
	}
	if a := b.poll("apa", day.Add(2*time.Hour)); a.New != 2 {
		t.Errorf("after the time Feed = %+v, want two items", a)
	}
}

// Where a feed is redirected to a host that is busy, that host is left alone and not the
// one that sent us there; that too outlives a restart.
func TestHostBehindARedirectIsLeftAlone(t *testing.T) {
	b := newBench(t, store.Options{})
	other := newSite(t)
	other.put("far", answer{status: 429, header: map[string]string{"Retry-After": "7200"}})
	for _, name := range []string{"trend", "apa"} {
		b.site.put(name, answer{status: http.StatusFound, header: map[string]string{"Location": other.URL + "/far"}})
	}
	b.site.put("turan", answer{body: rss(list(0, 2)...)})
	if a := b.poll("trend", day); a.Cause != news.CauseBusy || a.NextDue.Before(day.Add(2*time.Hour)) {
		t.Errorf("Feed = %+v, want busy for two hours", a)
	}
	if a := b.poll("turan", day.Add(time.Minute)); a.New != 2 {
		t.Errorf("Feed of the host that redirects = %+v, want two items", a)
	}
	b.restart()
	a := b.poll("apa", day.Add(time.Hour))
	if a.Cause != news.CauseBusy || a.NextDue.Before(day.Add(2*time.Hour)) || !strings.Contains(a.Error, "left alone until") {
		t.Errorf("Feed of another redirect = %+v, want busy for an hour", a)
	}
	if len(other.asked) != 1 {
		t.Errorf("the busy host was asked %d times, want once", len(other.asked))
	}
	other.put("far", answer{body: rss(list(5, 7)...)})
	if a := b.poll("apa", day.Add(3*time.Hour)); a.New != 2 {
		t.Errorf("after the time Feed = %+v, want two items", a)
	}
}

// Whoever waits for the host behind a redirect is told of its wish as soon as it has
// answered, though nothing of the poll that asked it is stored yet.
func TestWishIsHeardAtOnce(t *testing.T) {
	b := newBench(t, store.Options{})
	other := newSite(t)
	other.put("far", answer{status: 429, header: map[string]string{"Retry-After": "7200"}})
	b.site.put("trend", answer{status: http.StatusFound, header: map[string]string{"Location": other.URL + "/far"}})
	b.mu.Lock()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = b.Feed(t.Context(), b.feed("trend"), day)
	}()
	var until time.Time
	for limit := time.Now().Add(10 * time.Second); until.IsZero() && time.Now().Before(limit); runtime.Gosched() {
		var err error
		if until, err = b.Held(b.store, other.URL, day); err != nil {
			t.Error(err)
			break
		}
	}
	b.mu.Unlock()
	<-done
	if !until.Equal(day.Add(2 * time.Hour)) {
		t.Errorf("before the poll is stored, its host is held until %v, want two hours", until)
	}
}

// What a clock that was far ahead took down does not hold a host for years.
func TestHoldOfAnotherClock(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{status: 429, header: map[string]string{"Retry-After": "7200"}})
	b.site.put("apa", answer{body: rss(list(0, 2)...)})
	b.poll("trend", day.AddDate(1, 0, 0))
	if a := b.poll("apa", day); a.New != 2 {
		t.Errorf("Feed = %+v, want two items", a)
	}
}

func TestAdvice(t *testing.T) {
	tests := []struct {
		name, hint string
		st         news.FeedState
		want       string
	}{
		{"well", "", news.FeedState{}, ""},
		{"page that names its feed", "it names the feed https://a.example/rss", news.FeedState{Cause: news.CauseNotFeed}, "that it names"},
		{"login", "", news.FeedState{Cause: news.CauseStatus, Status: 401}, "auth_file"},
		{"forbidden", "", news.FeedState{Cause: news.CauseStatus, Status: 403}, "user_agent"},
		{"not found", "", news.FeedState{URL: "https://a.example/rss", Cause: news.CauseStatus, Status: 404}, "feeds discover https://a.example/"},
		{"http behind https", "", news.FeedState{Cause: news.CauseProtocol}, "try http:// in url"},
		{"server error passes", "", news.FeedState{Cause: news.CauseStatus, Status: 500}, "lasts a day"},
		{"timeout passes", "", news.FeedState{Cause: news.CauseTimeout}, "lasts a day"},
		{"no connection", "", news.FeedState{Cause: news.CauseConnect}, "lasts a day"},
		{"failing goes before ailing", "", news.FeedState{Cause: news.CauseDNS, Ailment: news.CauseStale}, "misspelt"},
		{"stale", "", news.FeedState{Ailment: news.CauseStale}, "nothing new"},
		{"moved", "", news.FeedState{Ailment: news.CauseMoved, Adopted: "https://b.example/", MovedTo: "https://b.example/"}, "set url to https://b.example/"},
	}
	for _, tt := range tests {
		if got := render.English(advice(tt.st, tt.hint)); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("%s: advice = %q, want %q in it", tt.name, got, tt.want)
		}
	}
}
