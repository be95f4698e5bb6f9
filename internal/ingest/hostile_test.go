package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// TestLargeDocumentIsTakenInParts holds that a document with more new items than one part
// takes is stored whole in one poll, each item once, and that the last of its old items is
// archived as the first is.
func TestLargeDocumentIsTakenInParts(t *testing.T) {
	b := newBench(t, store.Options{})
	b.most.items = 50
	entries := list(0, 120)
	for i := range entries {
		if i%2 == 1 {
			entries[i].at = day.Add(-48 * time.Hour)
		}
	}
	b.site.put("trend", answer{body: rss(entries...), etag: `"1"`})
	a := b.poll("trend", day)
	if a.Cause != "" || a.New != 120 || a.Entries != 120 || a.Repeated != 0 || a.Archived != 60 || a.Gap {
		t.Errorf("poll = %+v, want 120 new items, 60 of them archived", a)
	}
	parts, err := b.store.Attempts("trend", 9)
	if err != nil || len(parts) != 3 {
		t.Errorf("%d parts, %v, want 3", len(parts), err)
	}
	for _, p := range parts {
		if p.New > 50 || p.Entries != p.New+p.Repeated {
			t.Errorf("part = %+v", p)
		}
	}
	if n := len(b.items()); n != 120 {
		t.Errorf("%d items are stored, want 120", n)
	}
	b.poll("trend", day.Add(2*time.Hour))
	if held := b.site.last().Get("If-None-Match"); held != `"1"` {
		t.Errorf("the next poll was made with validator %q, want that of the document which is stored whole", held)
	}
}

// TestTooMuchToTellWaits holds that a document with more to tell than a poll may cluster
// is read again by the next, which is sooner, until it is stored whole.
func TestTooMuchToTellWaits(t *testing.T) {
	b := newBench(t, store.Options{})
	b.most.items = 4
	var entries []entry
	for n := range 10 {
		e := meeting
		e.guid, e.path, e.title = fmt.Sprint("m", n), fmt.Sprint("m/", n), fmt.Sprintf("%s (%d)", meeting.title, n)
		entries = append(entries, e)
	}
	b.site.put("trend", answer{body: rss(entries...), etag: `"1"`})
	now := day
	var got []int
	for range 4 {
		a := b.poll("trend", now)
		got = append(got, a.New)
		if wait := a.NextDue.Sub(now); len(got) < 3 && wait > 40*time.Minute {
			t.Errorf("poll %d: the next is in %v, want it sooner than usual", len(got), wait)
		}
		if whole := b.state("trend").ETag != ""; whole != (len(got) >= 3) {
			t.Errorf("poll %d: validators are kept: %v", len(got), whole)
		}
		now = a.NextDue
	}
	if want := []int{4, 4, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("new items of each poll = %v, want %v", got, want)
	}
}

// TestLongTextsAreTakenInParts holds that the length of texts counts too, and that a text
// longer than the limit alone does not stop a feed.
func TestLongTextsAreTakenInParts(t *testing.T) {
	b := newBench(t, store.Options{})
	b.most.text = 1000
	entries := list(0, 6)
	for i := range entries {
		entries[i].text = entries[i].title + strings.Repeat(" quay", 90)
	}
	entries[3].text += strings.Repeat(" quay", 300)
	b.site.put("trend", answer{body: rss(entries...)})
	if a := b.poll("trend", day); a.New != 6 {
		t.Errorf("poll = %+v, want six new items", a)
	}
	parts, err := b.store.Attempts("trend", 9)
	if err != nil || len(parts) != 4 { // two, one, the long one, two
		t.Errorf("%d parts, %v, want 4", len(parts), err)
	}
}

func TestRoomIsForOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r room
		one, two := r.visit(), r.visit()
		if err := one.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Minute, errors.New("no patience"))
		defer cancel()
		begun := time.Now()
		if err := two.enter(ctx); err == nil || err.Error() != "no patience" || time.Since(begun) != time.Minute {
			t.Errorf("enter = %v after %v, want the end of the context", err, time.Since(begun))
		}
		two.leave() // it was not in
		time.AfterFunc(time.Second, func() {
			one.leave()
			one.leave()
		})
		if err := two.enter(t.Context()); err != nil || time.Since(begun) != time.Minute+time.Second {
			t.Errorf("enter = %v after %v, want it when the first has left", err, time.Since(begun))
		}
		two.leave()
	})
}

// TestRoomIsTight holds that the process is kept small for a document of megabytes, until
// it leaves, and for no other: many feeds are large, and to collect for each costs more
// than to read it.
func TestRoomIsTight(t *testing.T) {
	usual := debug.SetMemoryLimit(-1)
	tests := []struct {
		name  string
		size  int
		enter bool
		tight bool
	}{
		{"never in", tightFrom + 1, false, false},
		{"large", tightFrom, true, false},
		{"megabytes", tightFrom + 1, true, true},
	}
	for _, tt := range tests {
		var r room
		v := r.visit()
		if tt.enter {
			if err := v.enter(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		v.brings(tt.size)
		if tight := debug.SetMemoryLimit(-1) != usual; tight != tt.tight {
			t.Errorf("%s: the process is kept small: %v, want %v", tt.name, tight, tt.tight)
		}
		if v.leave(); debug.SetMemoryLimit(-1) != usual {
			t.Errorf("%s: the process is kept small when the room is free", tt.name)
		}
	}
}

// TestWeekOfFailures holds that a feed which fails for a week is asked at most once a day
// in the end, that one which is gone is not asked again, that none else is given up, and
// that each is read again when it heals.
func TestWeekOfFailures(t *testing.T) {
	const week = 7 * 24 * time.Hour
	tests := []struct {
		name   string
		answer answer
		cause  news.Cause
		most   int // polls in the week
	}{
		{"status 404", answer{status: http.StatusNotFound}, news.CauseStatus, 12},
		{"status 403", answer{status: http.StatusForbidden}, news.CauseStatus, 12},
		{"status 500", answer{status: http.StatusInternalServerError}, news.CauseStatus, 12},
		{"status 503", answer{status: http.StatusServiceUnavailable}, news.CauseBusy, 12},
		{"status 429", answer{status: http.StatusTooManyRequests}, news.CauseBusy, 12},
		{"status 429, soon", answer{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "1"}}, news.CauseBusy, 12},
		{"status 429, in years", answer{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "99999999999"}}, news.CauseBusy, 8},
		{"status 410", answer{status: http.StatusGone}, news.CauseGone, 1},
		{"a page", answer{body: "<html><body>Soon back</body></html>"}, news.CauseBotWall, 12},
		{"an empty document", answer{body: ""}, news.CauseNotFeed, 12},
		{"a bomb", answer{body: "<rss>" + strings.Repeat("<channel>", 1000)}, news.CauseTooLarge, 12},
		{"redirects in a circle", answer{status: http.StatusFound, header: map[string]string{"Location": "/feed"}}, news.CauseRedirect, 12},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, store.Options{})
			b.site.put("feed", tt.answer)
			var asked []time.Time
			now := day
			for now.Before(day.Add(week)) && !b.state("feed").Gone {
				a := b.poll("feed", now)
				if a.Cause != tt.cause {
					t.Fatalf("poll = %+v, want cause %q", a, tt.cause)
				}
				asked = append(asked, now)
				if !a.NextDue.After(now) && a.Cause != news.CauseGone {
					t.Fatalf("next poll at %v, after one at %v", a.NextDue, now)
				}
				now = a.NextDue
			}
			if len(asked) > tt.most {
				t.Errorf("asked %d times in a week, want at most %d", len(asked), tt.most)
			}
			if gone := b.state("feed").Gone; gone != (tt.cause == news.CauseGone) {
				t.Errorf("given up = %v", gone)
			}
			if tt.cause == news.CauseGone {
				return
			}
			for i, at := range asked {
				if i > 0 && at.After(day.Add(2*24*time.Hour)) && at.Sub(asked[i-1]) < 24*time.Hour {
					t.Errorf("asked at %v and at %v", asked[i-1], at)
				}
			}
			if last := asked[len(asked)-1]; last.Before(day.Add(week - 27*time.Hour)) {
				t.Errorf("last asked at %v, want it once a day to the end", last)
			}
			b.site.put("feed", answer{body: rss(list(0, 3)...)})
			if a := b.poll("feed", now); a.New != 3 || a.NextDue.Sub(now) > 70*time.Minute {
				t.Errorf("when it has healed, poll = %+v, want 3 new items and the usual distance", a)
			}
		})
	}
}

// TestStopWithinALargePass holds that a pass which is stopped in the middle of its work
// ends soon and leaves nothing behind.
func TestStopWithinALargePass(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("trend", answer{body: rss(append(list(0, 400), meeting)...), etag: `"1"`})
	resp, err := b.fetch.Get(t.Context(), request(b.feed("trend"), news.FeedState{URL: b.feed("trend").URL}))
	if err != nil {
		t.Fatal(err)
	}
	ctx := &countdown{Context: t.Context(), left: 100}
	if _, err := b.parts(ctx, newPass(b.feed("trend"), news.FeedState{}, day), resp, nil, func(*pass) bool { return false }); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped among the new items, parts = %v, want the end of the context", err)
	}
	if n, st := len(b.items()), b.state("trend"); n != 0 || st.BodyHash != 0 || st.ETag != "" {
		t.Errorf("a pass that was stopped left %d items and %+v", n, st)
	}
	if a := b.poll("trend", day); a.New != 401 {
		t.Errorf("poll after it = %+v, want all 401 new", a)
	}
}

// countdown is a context that ends when it was asked so often.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}
