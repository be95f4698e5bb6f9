package app_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/store"
)

// TestKeepLeavesOpenWindows drops old records every day, with the shortest retention of
// polls, while a window is open that is longer: that of a weekly digest which was never
// made, and one after which the clock was set back. What every edition says it saw is what
// became of it.
func TestKeepLeavesOpenWindows(t *testing.T) {
	dir := t.TempDir()
	writeConfig(t, dir, "  - {name: apa, url: \"http://127.0.0.1:1/\"}\nretention: {attempts: 1d}\n")
	cfg := loadConfig(t, dir)
	cfg.Digests[0].At = "0 8 * * 1"
	now := time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC) // a Tuesday
	core, err := app.Open(app.Options{Config: cfg, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := core.Close(); err != nil {
			t.Error(err)
		}
	})
	plan, err := core.Plan("")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	day := func() {
		t.Helper()
		if _, err := core.Due(plan, now); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			n++
			it := news.Item{ID: fmt.Sprintf("%016x", n), Feed: "apa", URL: fmt.Sprintf("https://apa.az/%d", n), Title: "Rain", FirstSeen: now}
			b := store.Batch{
				State:   news.FeedState{Feed: "apa", LastSuccess: now, LastNew: now},
				Attempt: news.Attempt{Feed: "apa", At: now, Status: 200, Entries: 1, New: 1}, Items: []news.Item{it},
			}
			if err := core.Store.SaveBatch(&b); err != nil {
				t.Fatal(err)
			}
			now = now.Add(8 * time.Hour)
		}
		if err := core.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	edition := func(days int) {
		t.Helper()
		for range days {
			day()
		}
		if err := core.MakeDue(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
		d, err := core.Store.LastDigest(plan.Name)
		if err != nil {
			t.Fatal(err)
		}
		faults, err := publish.Verify(core.Store, d)
		if err != nil || len(faults) > 0 || d.Ledger.Seen != 3*days {
			t.Errorf("edition of %v: seen %d, want %d; Verify = %q, %v", d.Slot.At, d.Ledger.Seen, 3*days, faults, err)
		}
	}
	edition(6)
	now = now.Add(-6 * time.Hour) // somebody sets the clock right
	edition(8)
}
