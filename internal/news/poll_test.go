package news

import (
	"testing"
	"time"
)

// day is a moment; these tests have no other.
var day = time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC)

func TestRhythm(t *testing.T) {
	tests := []struct {
		name   string
		arrive func(st *FeedState)
		want   time.Duration
	}{
		{"nothing known", func(*FeedState) {}, 0},
		{"one item says nothing", func(st *FeedState) { st.Arrive(1, time.Hour) }, 0},
		{"steady", func(st *FeedState) {
			for range 1000 {
				st.Arrive(2, time.Hour)
			}
		}, 30 * time.Minute},
		{"busy days, silent nights", func(st *FeedState) {
			for range 30 {
				st.Arrive(1, 12*time.Hour)
				for range 11 {
					st.Arrive(1, time.Hour+5*time.Minute)
				}
			}
		}, 2 * time.Hour},
		{"a clock that ran backwards", func(st *FeedState) { st.Arrive(5, time.Hour); st.Arrive(5, -time.Hour) }, 12 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var st FeedState
			tt.arrive(&st)
			if got := st.Rhythm(); (got - tt.want).Abs() > tt.want/20 {
				t.Errorf("Rhythm = %v, want %v", got, tt.want)
			}
		})
	}
}

// A feed that changes its rhythm is known by the new one after some weeks.
func TestRhythmFollows(t *testing.T) {
	var st FeedState
	for range 1000 {
		st.Arrive(1, time.Hour)
	}
	for range 28 {
		st.Arrive(1, 24*time.Hour)
	}
	if got := st.Rhythm(); got < 12*time.Hour {
		t.Errorf("four weeks after an hourly feed became a daily one its rhythm is %v", got)
	}
}

func TestStale(t *testing.T) {
	every := func(d time.Duration) FeedState { return FeedState{LastNew: day, Arrived: 100, Over: 100 * d} }
	tests := []struct {
		name  string
		st    FeedState
		after time.Duration
		want  bool
	}{
		{"never brought anything", FeedState{}, 1000 * time.Hour, false},
		{"busy feed, weekend", every(time.Minute), 71 * time.Hour, false},
		{"busy feed, silent for longer", every(time.Minute), 73 * time.Hour, true},
		{"daily feed", every(24 * time.Hour), 11 * 24 * time.Hour, false},
		{"daily feed, silent", every(24 * time.Hour), 13 * 24 * time.Hour, true},
		{"rhythm unknown", FeedState{LastNew: day}, 59 * 24 * time.Hour, false},
		{"yearly", every(365 * 24 * time.Hour), 61 * 24 * time.Hour, true},
	}
	for _, tt := range tests {
		if got := tt.st.Stale(day.Add(tt.after)); got != tt.want {
			t.Errorf("%s: Stale = %v, want %v", tt.name, got, tt.want)
		}
	}
}
