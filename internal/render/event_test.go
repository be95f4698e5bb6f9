package render

import (
	"testing"
	"time"

	"samur/internal/news"
)

func TestDayOf(t *testing.T) {
	west := time.FixedZone("west", -5*3600)
	for day, want := range map[string]string{
		"2026-03-08":            "Sunday, 8 March 2026",
		"2026-03-09/2026-03-15": "9–15 March 2026",
		"2026-03-30/2026-04-02": "30 March – 2 April 2026",
		"2026-12-30/2027-01-02": "30 December 2026 – 2 January 2027",
		"2026-03":               "March 2026",
		"2026":                  "2026",
	} {
		if got := (frame{w: &english, loc: west}).dayOf(day); got != want {
			t.Errorf("dayOf(%q) = %q, want %q", day, got, want)
		}
	}
}

func TestEventWords(t *testing.T) {
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		for _, k := range news.EventKinds() {
			if got := EventName(k, l); got == "" || l != news.En && got == string(k) {
				t.Errorf("EventName(%q, %q) = %q, want a word of the language", k, l, got)
			}
		}
		for _, s := range []news.EventState{news.EventPlanned, news.EventHeld, news.EventPostponed, news.EventCancelled} {
			if got := StateName(s, l); got == "" || l != news.En && got == string(s) {
				t.Errorf("StateName(%q, %q) = %q, want a word of the language", s, l, got)
			}
		}
	}
	now := time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]string{now: "8 марта", now.AddDate(-1, 0, 0): "8 марта 2025"} {
		if got := DayName(at, now, news.Ru); got != want {
			t.Errorf("DayName(%s) = %q, want %q", at, got, want)
		}
	}
}
