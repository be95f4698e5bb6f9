package timeline

import (
	"strings"
	"testing"

	"samur/internal/news"
)

func TestChoice(t *testing.T) {
	os := Merge([]news.Mention{
		saying(1, "2026-03-05", news.EventVisit, news.EventPlanned, "2026-03-10/2026-03-12", baku, "", lavrov),
		saying(2, "2026-03-08", news.EventCall, news.EventHeld, "2026-03-08", "", "", presRu, aliyev),
		saying(3, "2026-03-20", news.EventMeeting, news.EventHeld, "", moscow, "", lavrov, bayramov),
	})
	tests := []struct {
		name   string
		choice Choice
		want   string
	}{
		{"all", Choice{}, "2 1 3"},
		{"a person", Choice{Who: []string{lavrov}}, "1 3"},
		{"the holder of an office", Choice{Who: []string{putin}}, "2"},
		{"one of several", Choice{Who: []string{overchuk, bayramov}}, "3"},
		{"a place", Choice{Where: []string{baku, "city/ganja"}}, "1"},
		{"a kind", Choice{Kind: news.EventCall}, "2"},
		{"from within a run of days", Choice{From: "2026-03-11"}, "1 3"},
		{"up to a day", Choice{To: "2026-03-10"}, "2 1"},
		{"between", Choice{From: "2026-03-13", To: "2026-03-19"}, ""},
		{"without a day, by the report", Choice{From: "2026-03-20", To: "2026-03-20"}, "3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, o := range os {
				if tt.choice.Takes(o) {
					got = append(got, strings.TrimLeft(o.Mentions[0].Item, "0"))
				}
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("%+v takes %q, want %q", tt.choice, got, tt.want)
			}
		})
	}
}

func TestAround(t *testing.T) {
	for _, tt := range []struct {
		choice   Choice
		from, to string
	}{
		{Choice{}, "", ""},
		{Choice{From: "2026-03-08"}, "2025-11-08", ""},
		{Choice{From: "2026-03-08", To: "2026-03-10"}, "2025-11-08", "2026-07-08"},
	} {
		if from, to := tt.choice.Around(); from != tt.from || to != tt.to {
			t.Errorf("%+v.Around() = %q, %q; want %q, %q", tt.choice, from, to, tt.from, tt.to)
		}
	}
}
