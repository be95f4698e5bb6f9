package cli

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/records"
)

// A feed whose host asked to be left alone waits for it, whatever feed of it was told so.
func TestListedFeedWaitsForItsHost(t *testing.T) {
	now := time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC)
	soon, later := now.Add(time.Minute), now.Add(time.Hour)
	tests := []struct {
		name     string
		feed     records.Feed
		until    time.Time
		due      time.Time
		held     time.Time
		noteWant string
	}{
		{"never polled", records.Feed{State: "not polled yet"}, later, later, later, "its host wants to be left alone until 2026-03-08 07:00:00Z"},
		{"due before", records.Feed{State: "good", NextDue: soon}, later, later, later, "its host wants to be left alone until 2026-03-08 07:00:00Z"},
		{"due after, and busy itself", records.Feed{State: "busy", NextDue: later, Error: "status 429"}, soon, later, soon, "status 429"},
		{"over", records.Feed{State: "good", NextDue: soon}, now, soon, time.Time{}, ""},
		{"gone", records.Feed{State: "gone", Error: "status 410"}, later, time.Time{}, time.Time{}, "status 410"},
		{"disabled", records.Feed{State: "disabled", Disabled: true}, later, time.Time{}, time.Time{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := awaiting(tt.feed, tt.until, now)
			want := tt.feed
			want.NextDue, want.HeldUntil, want.Error = tt.due, tt.held, tt.noteWant
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("awaiting (-want +got):\n%s", diff)
			}
		})
	}
}
