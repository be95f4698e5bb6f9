package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// told is an item with one event on a day.
func told(i int, day string) news.Item {
	it := item("trend", i)
	it.Verdict.Relevant = true
	it.Story = "s" + it.ID
	it.Events = []news.Event{{
		Kind: news.EventVisit, State: news.EventPlanned, Who: []string{"person/a", "person/b"}, Where: "city/baku", Day: day,
		Was: "2026-02", Document: "a roadmap", Sentence: it.Title, Field: news.FieldTitle, Start: 1, End: 3,
	}}
	return it
}

func TestMentions(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 0)
	for i, day := range []string{"2026-03-08", "2026-03", "", "2026-04-01/2026-04-03", "2026"} {
		it := told(i, day)
		it.Published = time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
		b.Items = append(b.Items, it)
		b.Stories = append(b.Stories, news.Story{ID: it.Story, Members: []news.Member{{Item: it.ID}}, First: day0(), Last: day0()})
	}
	save(t, s, b)
	got, err := s.Item(b.Items[0].ID)
	if diff := cmp.Diff(b.Items[0], got); diff != "" || err != nil {
		t.Errorf("Item: %v (-want +got):\n%s", err, diff)
	}
	tests := []struct{ from, to, want string }{
		{"", "", "4 1 0 2 3"}, // by first day
		{"2026-03-08", "2026-03-08", "4 1 0"},
		{"2026-03-09", "2026-03-19", "4 1"},
		{"2026-03-20", "2026-04-01", "4 1 2 3"},
		{"2026-04-03", "", "4 3"},
		{"", "2025-12-31", ""},
		{"2027-01-01", "", ""},
	}
	place := map[string]string{}
	for i, it := range b.Items {
		place[it.ID] = string(rune('0' + i))
	}
	for _, tt := range tests {
		ms, err := s.Mentions(tt.from, tt.to)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range ms {
			got = append(got, place[m.Item])
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("Mentions(%q, %q) = %s, want %s", tt.from, tt.to, got, tt.want)
		}
	}
	if _, err := s.Mentions("March", ""); err == nil {
		t.Error("Mentions takes a word for a day")
	}
}

func day0() time.Time { return time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC) }

// TestMentionsFollow holds that a mention is of the story that its item is now in, and
// outlives the item's text.
func TestMentionsFollow(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 0)
	for i := range 2 {
		it := told(i, "2026-03-08")
		b.Items = append(b.Items, it)
		b.Stories = append(b.Stories, news.Story{ID: it.Story, Members: []news.Member{{Item: it.ID}}, First: day0(), Last: day0()})
	}
	save(t, s, b)
	first, second := b.Stories[0].ID, b.Stories[1].ID
	stories := func(want ...string) {
		t.Helper()
		ms, err := s.Mentions("", "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range ms {
			got = append(got, m.Story)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("stories of the mentions (-want +got):\n%s", diff)
		}
	}
	stories(first, second)
	merged := news.Story{ID: second, Into: first}
	if err := s.SaveStories([]news.Story{merged}, nil); err != nil {
		t.Fatal(err)
	}
	stories(first, first)
	if err := s.SaveStories([]news.Story{{ID: "sx", Members: []news.Member{{Item: b.Items[0].ID, Seq: 1}}}}, map[string]string{b.Items[0].ID: "sx", b.Items[1].ID: first}); err != nil {
		t.Fatal(err)
	}
	stories("sx", first)
	if n, err := s.Prune(Keep{Items: day.AddDate(1, 0, 0)}); err != nil || n.Items != 2 {
		t.Fatalf("Prune = %+v, %v, want two items", n, err)
	}
	stories("sx", first)
}

func TestReindexEvents(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 0)
	for i := range 3 {
		b.Items = append(b.Items, told(i, "2026-03-08"))
	}
	b.Items[2].Verdict.Relevant = false
	save(t, s, b)
	again := func(it news.Item) []news.Event {
		if it.Verdict.Relevant && it.ID == b.Items[1].ID {
			return append(told(1, "2026-05").Events, told(1, "2026-06-01").Events...)
		}
		return told(0, "2026-03-08").Events[:len(it.Events)]
	}
	read := func(it news.Item) Retaken {
		es := again(it)
		for i := range es {
			es[i].Sentence = it.Title
		}
		return Retaken{Events: es}
	}
	for _, want := range []int{1, 0} { // the second time nothing is other
		if got, err := s.Reindex(t.Context(), 1, read); got.Changed != want || err != nil {
			t.Errorf("Reindex = %+v, %v, want %d changed", got, err, want)
		}
	}
	ms, err := s.Mentions("", "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range ms {
		got = append(got, m.Event.Day)
	}
	if diff := cmp.Diff([]string{"2026-03-08", "2026-03-08", "2026-05", "2026-06-01"}, got); diff != "" {
		t.Errorf("days of the mentions (-want +got):\n%s", diff)
	}
	got = nil
	it, err := s.Item(b.Items[1].ID)
	for _, e := range it.Events {
		got = append(got, e.Day)
	}
	if diff := cmp.Diff([]string{"2026-05", "2026-06-01"}, got); diff != "" || err != nil {
		t.Errorf("days of the item: %v (-want +got):\n%s", err, diff)
	}
}

// BenchmarkMentions reads the events of 120 days, 40 a day, among those of a year.
func BenchmarkMentions(b *testing.B) {
	s := tempStore(b)
	for d := range 365 {
		p := batch("trend", 0, 0)
		for i := range 40 {
			p.Items = append(p.Items, told(40*d+i, day0().AddDate(0, 0, d).Format(time.DateOnly)))
		}
		save(b, s, p)
	}
	from, to := day0().AddDate(0, 0, 100).Format(time.DateOnly), day0().AddDate(0, 0, 219).Format(time.DateOnly)
	for b.Loop() {
		ms, err := s.Mentions(from, to)
		if err != nil || len(ms) != 4800 {
			b.Fatalf("Mentions = %d, %v, want 4800", len(ms), err)
		}
	}
}
