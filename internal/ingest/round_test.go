package ingest

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// roundSays collects what a round says of its polls.
type roundSays struct {
	attempts chan news.Attempt
	failed   chan error
}

func newRoundSays() roundSays { return roundSays{make(chan news.Attempt, 100), make(chan error, 100)} }

func (s roundSays) done(f news.Feed, a news.Attempt, err error) {
	if err != nil {
		s.failed <- err
		return
	}
	s.attempts <- a
}

// quietBench has feeds that were polled and have nothing new: of trend the server says
// so, ports comes in the same bytes again.
func quietBench(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{body: rss(reportEn), etag: `"1"`})
	b.site.put("ports", answer{body: rss(list(0, 3)...)})
	b.poll("trend", day)
	b.poll("ports", day)
	return b
}

// A round asks a feed that is gone no more, unless the keeper has named it.
func TestRoundLeavesWhatIsGone(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{status: http.StatusGone})
	b.poll("trend", day)
	for _, again := range []bool{false, true} {
		asked := len(b.site.asked)
		var got news.Attempt
		r := b.Round(func(_ news.Feed, a news.Attempt, _ error) { got = a })
		r.Again = again
		r.Feed(t.Context(), b.feed("trend"), day.Add(time.Hour))
		r.End()
		if got.Cause != news.CauseGone || got.Error == "" || (len(b.site.asked) > asked) != again {
			t.Errorf("again %v: Feed = %+v after %d requests", again, got, len(b.site.asked)-asked)
		}
	}
}

// TestRoundGoesOn holds the store shut: a poll that brought nothing must not keep its
// host's next feed waiting, and is stored in the end; one that brought something waits.
func TestRoundGoesOn(t *testing.T) {
	b := quietBench(t)
	b.site.put("report", answer{body: rss(otherEn)})
	said, later := newRoundSays(), day.Add(time.Hour)
	r := b.Round(said.done)

	b.mu.Lock()
	r.Feed(t.Context(), b.feed("trend"), later)
	r.Feed(t.Context(), b.feed("ports"), later)
	brought := make(chan struct{})
	go func() {
		defer close(brought)
		r.Feed(t.Context(), b.feed("report"), later)
	}()
	if len(said.attempts) > 0 {
		t.Error("a poll is said to be done that is not stored")
	}
	b.mu.Unlock()
	<-brought
	if b.state("report").LastSuccess.IsZero() {
		t.Error("Feed returned before what is new was stored")
	}
	r.End()

	byFeed := map[string]int{}
	for range 3 {
		select {
		case a := <-said.attempts:
			byFeed[a.Feed] = a.New
		default:
		}
	}
	if len(byFeed) != 3 || byFeed["report"] != 1 || byFeed["trend"] != 0 || byFeed["ports"] != 0 {
		t.Errorf("new by feed = %v, want one of report, none of trend and ports", byFeed)
	}
	for _, name := range []string{"trend", "ports"} {
		if st := b.state(name); !st.LastAttempt.Equal(later) || st.Status == 0 {
			t.Errorf("state of %s is of %v, status %d; the poll is not stored", name, st.LastAttempt, st.Status)
		}
		if as, err := b.store.Attempts(name, 10); err != nil || len(as) != 2 {
			t.Errorf("%d polls of %s are stored, %v, want 2", len(as), name, err)
		}
	}
}

// TestRoundFails has a pass that the store does not take, among others that it does, and
// feeds that cannot be asked.
func TestRoundFails(t *testing.T) {
	b := quietBench(t)
	b.site.put("gone", answer{status: 404})
	said := newRoundSays()
	r := b.Round(said.done)
	r.Feed(t.Context(), b.feed("trend"), day.Add(time.Hour))
	p := newPass(news.Feed{}, news.FeedState{}, day)
	r.aside <- quietPass{&turn{in: b.Ingester, pass: p}, func() {}}
	r.Feed(t.Context(), b.feed("ports"), day.Add(time.Hour))
	r.Feed(t.Context(), b.feed("gone"), day.Add(time.Hour))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	r.Feed(ended, b.feed("report"), day.Add(time.Hour))
	r.End()

	if len(said.attempts) != 3 {
		t.Errorf("%d polls are done, want trend, ports and gone", len(said.attempts))
	}
	if len(said.failed) != 2 {
		t.Fatalf("%d polls failed, want the one without a feed and the one that was stopped", len(said.failed))
	}
	if a, b := <-said.failed, <-said.failed; errors.Is(a, context.Canceled) == errors.Is(b, context.Canceled) {
		t.Errorf("failed: %v; %v; want one by its context", a, b)
	}
	if got := b.state("gone"); got.Failures != 1 || got.Cause == news.CauseNone {
		t.Errorf("state of a feed that is not there = %+v", got)
	}
}

// TestRoundAgain polls a feed twice in a round: the second poll begins when the first is
// stored.
func TestRoundAgain(t *testing.T) {
	b := quietBench(t)
	said := newRoundSays()
	r := b.Round(said.done)
	r.Feed(t.Context(), b.feed("trend"), day.Add(time.Hour))
	r.Feed(t.Context(), b.feed("trend"), day.Add(2*time.Hour))
	r.End()
	if as, err := b.store.Attempts("trend", 10); err != nil || len(as) != 3 || len(said.attempts) != 2 {
		t.Errorf("%d polls are stored and %d told, %v, want 3 and 2", len(as), len(said.attempts), err)
	}
}

// TestRoundGathers holds how long passes wait for company.
func TestRoundGathers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &Round{aside: make(chan quietPass, 2*company)}
		begun := time.Now()
		go func() {
			time.Sleep(together / 2)
			r.aside <- quietPass{}
		}()
		if got, took := len(r.gather(quietPass{})), time.Since(begun); got != 2 || took != together {
			t.Errorf("%d passes after %v, want 2 after %v", got, took, together)
		}
		for range company + 1 {
			r.aside <- quietPass{}
		}
		begun = time.Now()
		if got, took := len(r.gather(<-r.aside)), time.Since(begun); got != company || took != 0 {
			t.Errorf("%d passes after %v, want %d at once", got, took, company)
		}
		close(r.aside)
		if got := len(r.gather(<-r.aside)); got != 1 {
			t.Errorf("%d passes at the end, want 1", got)
		}
	})
}
