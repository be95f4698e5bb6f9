package ingest

import (
	"testing"
	"time"

	"samur/internal/news"
)

// hourly is the policy of these tests.
var hourly = Policy{Every: time.Hour, Min: 10 * time.Minute, Max: 6 * time.Hour}

// paced is a feed that brings an item at each distance, in documents of n entries.
func paced(distance time.Duration, n int) news.FeedState {
	return news.FeedState{Arrived: 100, Over: 100 * distance, Entries: n}
}

func TestNextDue(t *testing.T) {
	failing := func(n int) news.FeedState { return news.FeedState{Failures: n} }
	stated := func(d time.Duration) news.FeedState { return news.FeedState{Stated: d} }
	tests := []struct {
		name  string
		every time.Duration
		st    news.FeedState
		w     wait
		gap   bool
		want  time.Duration // before jitter
	}{
		{name: "policy", want: time.Hour},
		{name: "own wish", every: 30 * time.Minute, want: 30 * time.Minute},
		{name: "wish below the least", every: time.Minute, want: 10 * time.Minute},
		{name: "publisher asks for more", st: stated(3 * time.Hour), w: wait{fresh: 2 * time.Hour}, want: 3 * time.Hour},
		{name: "publisher asks for less", st: stated(time.Minute), want: time.Hour},
		{name: "publisher asks for too much", st: stated(time.Minute), w: wait{fresh: 48 * time.Hour}, want: 6 * time.Hour},
		{name: "wish above what a publisher may ask", every: 12 * time.Hour, st: stated(48 * time.Hour), want: 12 * time.Hour},
		{name: "gap", st: stated(3 * time.Hour), gap: true, want: 30 * time.Minute},
		{name: "gap of a feed polled often", every: 12 * time.Minute, gap: true, want: 10 * time.Minute},
		{name: "one failure", st: failing(1), want: time.Hour},
		{name: "three failures", st: failing(3), want: 4 * time.Hour},
		{name: "many failures", st: failing(1000), want: 24 * time.Hour},
		{name: "failing, asked to wait", st: failing(1), w: wait{retry: 5 * time.Hour}, want: 5 * time.Hour},
		{name: "failing, asked to wait for ever", st: failing(1), w: wait{retry: 500 * time.Hour}, want: 24 * time.Hour},
		{name: "failing feed of a slow kind", every: 72 * time.Hour, st: failing(1000), want: 72 * time.Hour},

		{name: "busy feed", st: paced(10*time.Minute, 30), want: time.Hour},
		{name: "slow feed", st: paced(10*time.Hour, 30), want: 150 * time.Minute},
		{name: "feed of once a week", st: paced(7*24*time.Hour, 30), want: 4 * time.Hour},
		{name: "slow feed with a wish of its own", every: 20 * time.Minute, st: paced(10*time.Hour, 30), want: 20 * time.Minute},
		{name: "document that turns over", st: paced(5*time.Minute, 20), want: 25 * time.Minute},
		{name: "document that turns over too fast", st: paced(time.Minute, 10), want: 10 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := news.Feed{Name: "trend", Every: tt.every}
			got := nextDue(f, hourly, tt.st, tt.w, tt.gap, day).Sub(day)
			if got < tt.want || got > tt.want+tt.want/10 {
				t.Errorf("nextDue is in %v, want %v and up to a tenth more", got, tt.want)
			}
			if again := nextDue(f, hourly, tt.st, tt.w, tt.gap, day).Sub(day); again != got {
				t.Errorf("asked again it is in %v, was %v", again, got)
			}
		})
	}
}

// What a document says about silent hours and days puts a poll off, within Max.
func TestNextDueInSilence(t *testing.T) {
	at := time.Date(2026, 3, 6, 20, 30, 0, 0, time.UTC) // a Friday
	hours := func(from, to int) (mask uint32) {
		for h := from; h < to; h++ {
			mask |= 1 << h
		}
		return mask
	}
	tests := []struct {
		name     string
		st       news.FeedState
		least    time.Time
		headroom time.Duration
	}{
		{"awake", news.FeedState{SkipHours: hours(0, 5)}, at.Add(time.Hour), 6 * time.Minute},
		{"silent for some hours", news.FeedState{SkipHours: hours(21, 24)}, time.Date(2026, 3, 7, 0, 0, 0, 0, time.UTC), 6 * time.Minute},
		{"silent for longer than Max", news.FeedState{SkipHours: hours(21, 24) | hours(0, 12)}, at.Add(6 * time.Hour), 0},
		{"silent at weekends", news.FeedState{SkipHours: hours(21, 24), SkipDays: 1<<time.Saturday | 1<<time.Sunday}, at.Add(6 * time.Hour), 0},
		{"silent always", news.FeedState{SkipHours: hours(0, 24)}, at.Add(time.Hour), 6 * time.Minute},
		{"failing", news.FeedState{SkipHours: hours(21, 24), Failures: 1}, at.Add(time.Hour), 6 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := nextDue(news.Feed{Name: "trend"}, hourly, tt.st, wait{}, false, at)
			if got.Before(tt.least) || got.After(tt.least.Add(tt.headroom)) {
				t.Errorf("nextDue = %v, want %v and up to %v more", got, tt.least, tt.headroom)
			}
			other := nextDue(news.Feed{Name: "apa"}, hourly, tt.st, wait{}, false, at)
			if tt.headroom > 0 && other.Equal(got) {
				t.Errorf("two feeds come in step, at %v", got)
			}
		})
	}
}

func TestNextDueByCron(t *testing.T) {
	at := time.Date(2026, 3, 6, 8, 1, 0, 0, time.UTC)
	clock := func(h, m int) time.Time { return time.Date(2026, 3, 6, h, m, 0, 0, time.UTC) }
	tests := []struct {
		name, spec, zone string
		st               news.FeedState
		w                wait
		want             time.Time
	}{
		{"quarter of an hour", "*/15 * * * *", "", news.FeedState{}, wait{}, clock(8, 15)},
		{"in its zone", "0 13 * * *", "Asia/Baku", news.FeedState{}, wait{}, clock(9, 0)},
		{"publisher's wishes do not count", "*/15 * * * *", "", news.FeedState{Stated: 5 * time.Hour}, wait{fresh: time.Hour}, clock(8, 15)},
		{"once a day, failed", "0 8 * * *", "", news.FeedState{Failures: 1}, wait{}, clock(9, 1)},
		{"often, failed", "*/15 * * * *", "", news.FeedState{Failures: 1}, wait{}, clock(9, 15)},
		{"often, fails on", "*/15 * * * *", "", news.FeedState{Failures: 4}, wait{}, clock(16, 15)},
		{"often, asked to wait", "*/15 * * * *", "", news.FeedState{Failures: 1}, wait{retry: 100 * time.Minute}, clock(9, 45)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := news.Feed{Name: "trend", At: tt.spec, Zone: tt.zone}
			got := nextDue(f, hourly, tt.st, tt.w, false, at)
			if late := got.Sub(tt.want); late < 0 || late > 6*time.Minute {
				t.Errorf("nextDue = %v, want %v and a few minutes", got, tt.want)
			}
		})
	}
}

// Due holds what was decided against the present.
func TestDue(t *testing.T) {
	const url = "https://trend.example/rss"
	known := news.FeedState{URL: url, LastAttempt: day, NextDue: day.Add(time.Hour)}
	with := func(change func(*news.FeedState)) news.FeedState {
		st := known
		change(&st)
		return st
	}
	tests := []struct {
		name string
		feed news.Feed
		st   news.FeedState
		now  time.Time
		want time.Time
	}{
		{"never polled", news.Feed{URL: url}, news.FeedState{}, day, day},
		{"not due", news.Feed{URL: url}, known, day.Add(time.Minute), day.Add(time.Hour)},
		{"late", news.Feed{URL: url}, known, day.Add(9 * time.Hour), day.Add(time.Hour)},
		{"another address", news.Feed{URL: url + "2"}, known, day.Add(time.Minute), day.Add(time.Minute)},
		{"gone", news.Feed{URL: url}, with(func(st *news.FeedState) { st.Gone = true }), day, time.Time{}},
		{"gone, and another address", news.Feed{URL: url + "2"}, with(func(st *news.FeedState) { st.Gone = true }), day, day},
		{"clock was set back by years", news.Feed{URL: url}, known, day.AddDate(-4, 0, 0), day.AddDate(-4, 0, 0).Add(time.Hour)},
		{
			"polled once a week",
			news.Feed{URL: url, Every: 7 * 24 * time.Hour},
			with(func(st *news.FeedState) { st.NextDue = day.AddDate(0, 0, 7) }), day.Add(time.Minute), day.AddDate(0, 0, 7),
		},
		{
			"once a week no longer",
			news.Feed{URL: url},
			with(func(st *news.FeedState) { st.NextDue = day.AddDate(0, 0, 7) }), day.Add(time.Minute), day.Add(396 * time.Minute),
		},
		{
			"fails, once a day",
			news.Feed{URL: url},
			with(func(st *news.FeedState) { st.Failures, st.NextDue = 9, day.Add(26*time.Hour) }), day.Add(time.Minute), day.Add(26 * time.Hour),
		},
		{
			"at one hour of the month",
			news.Feed{URL: url, At: "0 5 1 * *"},
			with(func(st *news.FeedState) { st.NextDue = time.Date(2026, 4, 1, 5, 0, 0, 0, time.UTC) }), day.Add(time.Minute), time.Date(2026, 4, 1, 5, 0, 0, 0, time.UTC),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Due(tt.feed, hourly, tt.st, tt.now); !got.Equal(tt.want) {
				t.Errorf("Due = %v, want %v", got, tt.want)
			}
		})
	}
}
