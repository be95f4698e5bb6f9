package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestSlots(t *testing.T) {
	s := tempStore(t)
	at := func(days int) time.Time { return day.AddDate(0, 0, days) }
	for _, slot := range []news.Slot{{Digest: "daily", At: at(0)}, {Digest: "daily", At: at(1)}, {Digest: "daily", At: at(2)}, {Digest: "dailyish", At: at(1)}, {Digest: "a", At: at(1)}} {
		if err := s.SaveDigest(news.Digest{Slot: slot}, nil); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name     string
		from, to time.Time
		limit    int
		want     []time.Time
	}{
		{"all", time.Time{}, time.Time{}, 0, []time.Time{at(2), at(1), at(0)}},
		{"newest", time.Time{}, time.Time{}, 1, []time.Time{at(2)}},
		{"from", at(1), time.Time{}, 0, []time.Time{at(2), at(1)}},
		{"to is not part of it", time.Time{}, at(2), 0, []time.Time{at(1), at(0)}},
		{"between", at(1), at(2), 0, []time.Time{at(1)}},
		{"before all", time.Time{}, at(-1), 0, nil},
		{"long after all", time.Time{}, at(9000), 1, []time.Time{at(2)}},
	}
	for _, tt := range tests {
		slots, err := s.Slots("daily", tt.from, tt.to, tt.limit)
		if err != nil {
			t.Fatal(err)
		}
		var got []time.Time
		for _, slot := range slots {
			got = append(got, slot.At)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Reading stories on by the newest member of the last one gives each once.
func TestStoriesBefore(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 9)
	for n := range 3 { // members 1, 4, 7; 2, 5, 8; 3, 6, 9
		st := news.Story{ID: "s" + b.Items[n].ID, First: day, Last: day}
		for k := n; k < 9; k += 3 {
			st.Members = append(st.Members, news.Member{Item: b.Items[k].ID})
		}
		b.Stories = append(b.Stories, st)
	}
	save(t, s, b)
	var got []string
	var before uint64
	for range 4 {
		found, err := s.Stories(StoryQuery{Before: before, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			break
		}
		got, before = append(got, found[0].ID), Newest(found[0])
	}
	if diff := cmp.Diff([]string{b.Stories[2].ID, b.Stories[1].ID, b.Stories[0].ID}, got); diff != "" {
		t.Errorf("stories read one by one (-want +got):\n%s", diff)
	}
}

// With a bound on what is looked at, reading on finds all that a question without one does.
func TestSearchOn(t *testing.T) {
	s := tempStore(t)
	save(t, s, batch("trend", 0, 100))
	q := Query{Relevant: true, Limit: 1000}
	all, on, err := s.SearchOn(q)
	if err != nil || on != 0 || len(all) != 50 {
		t.Fatalf("SearchOn without a bound = %d items, %d, %v; want 50 and nothing further", len(all), on, err)
	}
	q.Most = 7
	var got []Found
	for asked := 0; ; asked++ {
		found, on, err := s.SearchOn(q)
		if err != nil || len(found) > 4 || asked > 20 {
			t.Fatalf("SearchOn = %d items of at most 7 looked at, %v, question %d", len(found), err, asked)
		}
		got, q.Before = append(got, found...), on
		if on <= 1 {
			break
		}
	}
	if diff := cmp.Diff(all, got); diff != "" {
		t.Errorf("read on (-want +got):\n%s", diff)
	}
	none, err := s.Search(Query{From: day.AddDate(1, 0, 0)})
	if err != nil || len(none) != 0 {
		t.Errorf("Search after all items = %d, %v", len(none), err)
	}
}
