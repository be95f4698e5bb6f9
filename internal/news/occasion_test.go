package news

import (
	"testing"
	"time"
)

func TestDaySpan(t *testing.T) {
	tests := []struct {
		day, first, last string // first "" for no span
	}{
		{"2026-03-08", "2026-03-08", "2026-03-08"},
		{"2026-02", "2026-02-01", "2026-02-28"},
		{"2026-Q2", "2026-04-01", "2026-06-30"},
		{"2026-Q4", "2026-10-01", "2026-12-31"},
		{"2026", "2026-01-01", "2026-12-31"},
		{"2026-03-09/2026-03-15", "2026-03-09", "2026-03-15"},
		{"", "", ""},
		{"2026-Q5", "", ""},
		{"2026-13", "", ""},
		{"2026-03-15/2026-03-09", "", ""},
		{"March", "", ""},
	}
	for _, tt := range tests {
		first, last, ok := DaySpan(tt.day)
		if !ok {
			if tt.first != "" {
				t.Errorf("DaySpan(%q) = nothing, want %s to %s", tt.day, tt.first, tt.last)
			}
			continue
		}
		if f, l := first.Format(time.DateOnly), last.Format(time.DateOnly); f != tt.first || l != tt.last {
			t.Errorf("DaySpan(%q) = %s to %s, want %s to %s", tt.day, f, l, tt.first, tt.last)
		}
	}
}

func TestHistory(t *testing.T) {
	mention := func(item string, s EventState, day string) Mention {
		return Mention{Item: item, Event: Event{State: s, Day: day}}
	}
	o := Occasion{Mentions: []Mention{
		mention("a", EventPlanned, "2026-03-05"),
		mention("b", EventPlanned, "2026-03-05"),
		mention("c", EventPostponed, "2026-03-20"),
		mention("d", EventPlanned, "2026-03-20"), // planned again, for another day
		mention("e", EventHeld, "2026-03-20"),
		mention("f", EventPlanned, "2026-03-20"), // who has not heard
		mention("g", EventHeld, "2026-03-20"),
	}}
	got := ""
	for _, m := range o.History() {
		got += m.Item
	}
	if want := "acde"; got != want {
		t.Errorf("History = %q, want %q", got, want)
	}
	if got := (Occasion{}).History(); got != nil {
		t.Errorf("History of nothing = %v, want none", got)
	}
}
