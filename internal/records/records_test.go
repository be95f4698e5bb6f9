package records

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/coverage"
	"samur/internal/figures"
	"samur/internal/news"
)

var at = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

// TestEmptyIsNotNull: programs go through lists without asking whether they are there.
func TestEmptyIsNotNull(t *testing.T) {
	for name, v := range map[string]any{
		"item": ItemOf(news.Item{}), "item in full": ItemInFullOf(news.Item{}, nil),
		"story": StoryOf(coverage.Input{}, news.Course{}), "story in full": Dossier{}.Record(),
		"a side's values": Dossier{Cover: news.Coverage{Figures: []news.SideFigure{{}}}}.Record(),
		"feed":            FeedOf(news.Feed{}, false, news.FeedState{}), "delivery": DeliveryOf(news.Delivery{}), "digest": DigestOf(news.Digest{}),
		"occasion": OccasionOf(news.Occasion{Day: "2026-03-08"}, strings.ToUpper),
	} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "null") {
			t.Errorf("%s of nothing is %s, want no null", name, b)
		}
		if name == "feed" && strings.Contains(string(b), "0001-") {
			t.Errorf("%s of nothing is %s, want no time that never was", name, b)
		}
	}
}

func TestFeedOf(t *testing.T) {
	f := news.Feed{Name: "wire", URL: "https://wire.example/rss"}
	tests := []struct {
		name     string
		disabled bool
		st       news.FeedState
		want     string
		says     string
	}{
		{"never polled", false, news.FeedState{}, "not polled yet", ""},
		{"good", false, news.FeedState{URL: f.URL, LastAttempt: at}, "good", ""},
		{"failing", false, news.FeedState{URL: f.URL, LastAttempt: at, Cause: news.CauseDNS, Error: "no such host"}, "dns", "no such host"},
		{"ailing", false, news.FeedState{URL: f.URL, LastAttempt: at, Ailment: news.CauseStale}, "stale", ""},
		{"of another address", false, news.FeedState{URL: "https://old.example/", LastAttempt: at, Cause: news.CauseDNS, Error: "no such host"}, "not polled yet", ""},
		{"disabled", true, news.FeedState{URL: f.URL, LastAttempt: at}, "disabled", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FeedOf(f, tt.disabled, tt.st); got.State != tt.want || got.Error != tt.says {
				t.Errorf("FeedOf = %q, error %q; want %q, %q", got.State, got.Error, tt.want, tt.says)
			}
		})
	}
}

func TestPointOf(t *testing.T) {
	fig := news.Figure{Indicator: "trade-turnover", Value: 3, Unit: "bn USD", Period: "2025", Sentence: "It is 3 bn."}
	later := fig
	later.Value = 4
	got, err := json.Marshal(PointOf(figures.Point{
		FigurePoint: news.FigurePoint{Item: "i1", Outlet: "Wire", URL: "https://wire.example/1", Published: at, Figure: fig}, RevisedTo: &later,
	}))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"indicator":"trade-turnover","value":3,"unit":"bn USD","period":"2025","sentence":"It is 3 bn.",` +
		`"outlet":"Wire","url":"https://wire.example/1","published":"2026-03-08T04:00:00Z","item":"i1","revised_to":4}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("PointOf (-want +got):\n%s", diff)
	}
}

func TestTopicsOf(t *testing.T) {
	of := func(slugs ...string) news.Item {
		var it news.Item
		for _, s := range slugs {
			it.Verdict.Matches = append(it.Verdict.Matches, news.Match{Topic: s})
		}
		return it
	}
	got := TopicsOf([]news.Item{of("trade"), of("energy", "culture"), of("energy")})
	if diff := cmp.Diff([]string{"energy", "culture", "trade"}, got); diff != "" {
		t.Errorf("TopicsOf (-want +got):\n%s", diff)
	}
}

// A time that there is none of is left out, not told as the year 1.
func TestFeedWithoutTimes(t *testing.T) {
	b, err := json.Marshal(FeedOf(news.Feed{Name: "a", URL: "https://a.example/"}, false, news.FeedState{URL: "https://a.example/", LastAttempt: time.Unix(1, 0), Gone: true, Cause: news.CauseGone}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"feed":"a","outlet":"","side":"","url":"https://a.example/","state":"gone","cause":"gone","failures":0}`
	if diff := cmp.Diff(want, string(b)); diff != "" {
		t.Errorf("FeedOf (-want +got):\n%s", diff)
	}
}
