package schedule

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// In these tests time is the bubble's: it moves only while every goroutine of
// the test sleeps.

// tally counts runs and how many were under way at once.
type tally struct {
	mu       sync.Mutex
	runs     int
	now, top int
	at       []time.Time
}

// run returns a job's Run that takes d and is counted.
func (c *tally) run(d time.Duration) func(context.Context) {
	return func(ctx context.Context) {
		c.mu.Lock()
		c.runs++
		c.now++
		c.top = max(c.top, c.now)
		c.at = append(c.at, time.Now())
		c.mu.Unlock()
		select {
		case <-time.After(d):
		case <-ctx.Done():
		}
		c.mu.Lock()
		c.now--
		c.mu.Unlock()
	}
}

// pass lets d of the bubble's time go by and everything due in it settle.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// count returns how often the job has run so far.
func (c *tally) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.runs
}

func mustAdd(t *testing.T, r *Runner, jobs ...Job) {
	t.Helper()
	for _, j := range jobs {
		if err := r.Add(j); err != nil {
			t.Fatal(err)
		}
	}
}

func mustStart(t *testing.T, r *Runner) {
	t.Helper()
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func mustStop(t *testing.T, r *Runner) {
	t.Helper()
	if err := r.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestRunnerEvery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c tally
		r := New(Options{})
		mustAdd(t, r, Job{Name: "a", Every: 15 * time.Minute, Run: c.run(time.Minute)})
		mustStart(t, r)
		pass(24*time.Hour - time.Second)
		mustStop(t, r)
		if c.runs != 96 {
			t.Errorf("ran %d times in a day, want 96", c.runs)
		}
	})
}

func TestRunnerSlowJobDoesNotOverlap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c tally
		r := New(Options{})
		mustAdd(t, r, Job{Name: "a", Every: time.Minute, Run: c.run(150 * time.Second)})
		mustStart(t, r)
		pass(30*time.Minute - time.Second)
		mustStop(t, r)
		if c.top != 1 || c.runs != 10 {
			t.Errorf("ran %d times, %d at once; want 10 and 1", c.runs, c.top)
		}
	})
}

func TestRunnerKeyAndLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var host, all tally
		both := func(ctx context.Context) {
			var wg sync.WaitGroup
			wg.Go(func() { host.run(time.Second)(ctx) })
			all.run(time.Second)(ctx)
			wg.Wait()
		}
		r := New(Options{Limit: 3})
		for _, name := range []string{"a", "b", "c", "d"} {
			mustAdd(t, r, Job{Name: name, Key: "host", Every: time.Hour, Run: both})
		}
		for _, name := range []string{"e", "f", "g", "h", "i", "j"} {
			mustAdd(t, r, Job{Name: name, Key: name, Every: time.Hour, Run: all.run(time.Second)})
		}
		mustStart(t, r)
		pass(time.Minute)
		mustStop(t, r)
		if host.top != 1 || host.runs != 4 {
			t.Errorf("key: ran %d times, %d at once; want 4 and 1", host.runs, host.top)
		}
		if all.top != 3 || all.runs != 10 {
			t.Errorf("limit: ran %d times, %d at once; want 10 and 3", all.runs, all.top)
		}
	})
}

// Jobs of one pace keep their distance from each other's start and end, whatever
// their keys; while they wait they take no room from others.
func TestRunnerPace(t *testing.T) {
	tests := []struct {
		name string
		each time.Duration // how long one takes
		want []time.Duration
	}{
		{"short jobs", time.Second, []time.Duration{0, 3 * time.Second, 6 * time.Second}},
		{"long jobs", 30 * time.Second, []time.Duration{0, 2 * time.Second, 4 * time.Second}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var paced, other tally
				r := New(Options{Limit: 4, Apart: 2 * time.Second})
				for _, name := range []string{"a", "b", "c"} {
					mustAdd(t, r, Job{Name: name, Key: name, Pace: "site", Every: time.Hour, Run: paced.run(tt.each)})
				}
				for _, name := range []string{"d", "e", "f", "g"} {
					mustAdd(t, r, Job{Name: name, Every: time.Hour, Run: other.run(0)})
				}
				start := time.Now()
				mustStart(t, r)
				pass(time.Minute)
				mustStop(t, r)
				var got []time.Duration
				for _, at := range paced.at {
					got = append(got, at.Sub(start))
				}
				if !slices.Equal(got, tt.want) {
					t.Errorf("jobs of one pace started after %v, want %v", got, tt.want)
				}
				if other.runs != 4 || other.at[3].After(start) {
					t.Errorf("jobs without a pace ran %d times, the last after %v; want 4 at once", other.runs, other.at[3].Sub(start))
				}
			})
		})
	}
}

// A job whose place changes with a run keeps the old key busy to its end, and waits for
// the new one from then on.
func TestRunnerPlaceChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var before, after tally
		key, runs := "old", 0
		hourly := func(now time.Time) time.Time { return now.Truncate(time.Hour).Add(time.Hour) }
		r := New(Options{Limit: 8, Apart: time.Minute})
		mustAdd(t, r, Job{
			Name: "moves", Next: hourly, Place: func() (string, string) { return key, key },
			Run: func(ctx context.Context) {
				c := &after
				if runs++; runs == 1 {
					key, c = "new", &before
				}
				c.run(time.Second)(ctx)
			},
		})
		mustAdd(t, r, Job{Name: "stays", Key: "old", Pace: "old", Next: hourly, Run: before.run(time.Second)})
		mustAdd(t, r, Job{Name: "there", Key: "new", Pace: "new", Next: hourly, Run: after.run(time.Second)})
		mustStart(t, r)
		pass(3*time.Hour + 30*time.Minute)
		mustStop(t, r)
		for name, c := range map[string]*tally{"old": &before, "new": &after} {
			if c.top != 1 {
				t.Errorf("%s: %d jobs at once, want 1", name, c.top)
			}
			for i := 1; i < len(c.at); i++ {
				if apart := c.at[i].Sub(c.at[i-1]); apart < time.Minute {
					t.Errorf("%s: two jobs %v apart, want a minute or more", name, apart)
				}
			}
		}
		if before.runs != 4 || after.runs != 5 {
			t.Errorf("old ran %d jobs and new %d, want 4 and 5", before.runs, after.runs)
		}
	})
}

func TestRunnerPanicIsContained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		runs := 0
		r := New(Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
		mustAdd(t, r, Job{Name: "bad", Every: time.Minute, Run: func(context.Context) {
			runs++
			panic("boom")
		}})
		mustStart(t, r)
		pass(4*time.Minute - time.Second)
		mustStop(t, r)
		if runs != 4 {
			t.Errorf("ran %d times, want 4", runs)
		}
		if !strings.Contains(log.String(), "job=bad") || !strings.Contains(log.String(), "err=boom") {
			t.Errorf("log = %s, want the job and the panic named", log.String())
		}
	})
}

func TestRunnerNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c tally
		start := time.Now()
		var due atomic.Pointer[time.Time]
		set := func(v time.Time) { due.Store(&v) }
		set(start.Add(10 * time.Minute))
		r := New(Options{})
		mustAdd(t, r, Job{Name: "a", Next: func(time.Time) time.Time { return *due.Load() }, Run: func(ctx context.Context) {
			set(time.Time{}) // until woken
			c.run(0)(ctx)
		}})
		mustStart(t, r)
		pass(time.Hour)
		if n := c.count(); n != 1 {
			t.Fatalf("ran %d times, want once", n)
		}
		set(time.Now().Add(5 * time.Minute))
		if !r.Wake("a") {
			t.Fatal("Wake did not find the job")
		}
		pass(time.Hour)
		mustStop(t, r)
		if c.runs != 2 || c.at[0].Sub(start) != 10*time.Minute || c.at[1].Sub(start) != 65*time.Minute {
			t.Errorf("ran at %v, want after 10m and 65m", c.at)
		}
	})
}

func TestRunnerNextThatDoesNotMoveCannotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c tally
		r := New(Options{})
		mustAdd(t, r, Job{Name: "a", Next: func(now time.Time) time.Time { return now.Add(-time.Hour) }, Run: c.run(0)})
		mustStart(t, r)
		pass(10*time.Second - time.Millisecond)
		mustStop(t, r)
		if c.runs != 10 {
			t.Errorf("ran %d times in 10 s, want 10", c.runs)
		}
	})
}

func TestRunnerStopCancelsAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := false
		r := New(Options{})
		mustAdd(t, r, Job{Name: "a", Every: time.Hour, Run: func(ctx context.Context) {
			<-ctx.Done()
			<-time.After(5 * time.Second) // tidies up
			ended = true
		}})
		mustStart(t, r)
		pass(time.Minute)
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := r.Stop(short); err == nil || !strings.Contains(err.Error(), "still running a") {
			t.Errorf("Stop within a second = %v, want it to name the job", err)
		}
		mustStop(t, r)
		if !ended {
			t.Error("Stop came back before the job had ended")
		}
	})
}

func TestRunnerRemoveWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var old, fresh tally
		r := New(Options{})
		mustAdd(t, r, Job{Name: "a", Every: time.Hour, Run: old.run(time.Minute)})
		mustStart(t, r)
		pass(time.Second)
		if !r.Remove("a") {
			t.Fatal("Remove did not find the job")
		}
		mustAdd(t, r, Job{Name: "a", Every: time.Hour, Run: fresh.run(time.Minute)})
		pass(10 * time.Second)
		if fresh.count() != 0 {
			t.Error("the new job of a name ran beside the old one")
		}
		pass(2 * time.Minute)
		mustStop(t, r)
		if old.runs != 1 || fresh.runs != 1 {
			t.Errorf("old ran %d times and new %d, want once each", old.runs, fresh.runs)
		}
	})
}

func TestRunnerNoticesClockStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var offset time.Duration
		now := func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return time.Now().Round(0).Add(offset)
		}
		var c tally
		start := now()
		r := New(Options{Now: now})
		mustAdd(t, r, Job{Name: "a", Next: func(now time.Time) time.Time { return now.Truncate(24 * time.Hour).Add(24 * time.Hour) }, Run: c.run(0)})
		mustStart(t, r)
		pass(time.Hour)
		mu.Lock()
		offset = -24 * time.Hour
		mu.Unlock()
		pass(2 * time.Minute)
		if want := start.Truncate(24 * time.Hour); !r.Due("a").Equal(want) {
			t.Errorf("due %v after the clock went back, want %v", r.Due("a"), want)
		}
		mustStop(t, r)
	})
}

// Feeds that are called alike are spread as others: ten numbered ones do not come within
// a tenth of the time, whatever it is.
func TestPhaseSpreadsNamesAlike(t *testing.T) {
	for jitter := 10 * time.Second; jitter < time.Hour; jitter += 5 * time.Second {
		first, last := jitter, time.Duration(0)
		for n := range 10 {
			at := Phase(fmt.Sprintf("wire-%d", n), jitter)
			first, last = min(first, at), max(last, at)
		}
		if last-first < jitter/3 {
			t.Errorf("ten names come within %v of %v", last-first, jitter)
		}
	}
}

func TestRunnerJitterIsStable(t *testing.T) {
	a, b := Phase("feed a", time.Hour), Phase("feed b", time.Hour)
	if a == b || a != Phase("feed a", time.Hour) || a < 0 || a >= time.Hour {
		t.Errorf("phase = %v and %v, want two stable places within the hour", a, b)
	}
}

func TestRunnerRefuses(t *testing.T) {
	r := New(Options{})
	run := func(context.Context) {}
	mustAdd(t, r, Job{Name: "a", Every: time.Hour, Run: run})
	for _, j := range []Job{
		{Name: "a", Every: time.Hour, Run: run},
		{Name: "", Every: time.Hour, Run: run},
		{Name: "b", Run: run},
		{Name: "b", Every: time.Millisecond, Run: run},
		{Name: "b", Every: time.Hour},
	} {
		if err := r.Add(j); err == nil {
			t.Errorf("Add(%q every %v) = nil, want an error", j.Name, j.Every)
		}
	}
	mustStart(t, r)
	if err := r.Start(t.Context()); err == nil {
		t.Error("second Start = nil, want an error")
	}
	mustStop(t, r)
	mustStop(t, r)
}
