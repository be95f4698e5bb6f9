package store

import (
	"path/filepath"
	"testing"
	"time"

	"samur/internal/news"
)

func TestPrune(t *testing.T) {
	old := day.Add(-300 * 24 * time.Hour)
	tests := []struct {
		name   string
		keep   Keep
		texts  int // items that keep their text, of 6 old and 3 young ones
		known  int // items that are known to Seen
		member int // of the story that has one old and one young item
		polls  int
		want   Pruned
	}{
		{"nothing", Keep{}, 9, 9, 2, 3, Pruned{}},
		{"texts", Keep{Items: day}, 3, 9, 1, 3, Pruned{Items: 6, Stories: 1}},
		{"identities too", Keep{Items: day, Identities: day}, 3, 4, 1, 3, Pruned{Items: 6, Identities: 5, Stories: 1}},
		{"untold", Keep{Items: day, Identities: day, Untold: 4}, 6, 6, 1, 3, Pruned{Items: 3, Identities: 3, Stories: 1}},
		{"all untold", Keep{Items: day, Identities: day, Untold: 1}, 9, 9, 2, 3, Pruned{}},
		{"untold is young", Keep{Items: day, Untold: 8}, 3, 9, 1, 3, Pruned{Items: 6, Stories: 1}},
		{"polls", Keep{Attempts: day}, 9, 9, 2, 1, Pruned{Attempts: 2}},
		{"polls of an open window", Keep{Attempts: day, Open: 2}, 9, 9, 2, 2, Pruned{Attempts: 1}},
		{"all polls are of one", Keep{Attempts: day, Open: 1}, 9, 9, 2, 3, Pruned{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samur.db")
			s := openAt(t, path)
			fillForPrune(t, s, old)
			got, err := s.Prune(tt.keep)
			if err != nil || got != tt.want {
				t.Errorf("Prune = %+v, %v, want %+v", got, err, tt.want)
			}
			checkPruned(t, s, tt.texts, tt.known, tt.member, tt.polls)
			if again, err := s.Prune(tt.keep); err != nil || again != (Pruned{}) {
				t.Errorf("Prune again = %+v, %v, want nothing", again, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if err := Check(t.Context(), path); err != nil {
				t.Error(err)
			}
		})
	}
}

// fillForPrune stores 6 old items and 3 young ones; a story of item 0 alone and one
// of items 1 and 8. The feed still lists item 5.
func fillForPrune(t *testing.T, s *Store, old time.Time) {
	poll(t, s, old, 0, 3)
	poll(t, s, old.Add(time.Hour), 3, 6)
	b := batch("trend", 6, 9)
	b.Listed = []uint64{item("trend", 5).Keys[1].Hash}
	member := func(n int, seen time.Time) news.Member {
		return news.Member{Item: item("trend", n).ID, Seq: uint64(n) + 1, FirstSeen: seen}
	}
	b.Stories = []news.Story{
		{ID: "alone", Members: []news.Member{member(0, old)}, First: old, Last: old},
		{ID: "both", Members: []news.Member{member(1, old), member(8, day.Add(time.Hour))}, First: old, Last: day.Add(time.Hour)},
	}
	save(t, s, b)
}

func checkPruned(t *testing.T, s *Store, texts, known, member, polls int) {
	t.Helper()
	var keys []news.Key
	n := 0
	for i := range 9 {
		it := item("trend", i)
		keys = append(keys, it.Keys[0])
		if _, err := s.ItemByURL(it.URL); err == nil {
			n++
		}
	}
	if n != texts {
		t.Errorf("%d items keep their text, want %d", n, texts)
	}
	seen, err := s.Seen("trend", keys)
	if err != nil || len(seen) != known {
		t.Errorf("Seen knows %d items, %v, want %d", len(seen), err, known)
	}
	st, err := s.Story("both")
	if err != nil || len(st.Members) != member {
		t.Errorf("story has %d members, %v, want %d", len(st.Members), err, member)
	}
	if found, err := s.Search(Query{Groups: [][]news.IndexTerm{terms("gas")}}); err != nil || len(found) != texts {
		t.Errorf("Search found %d, %v, want %d", len(found), err, texts)
	}
	if as, err := s.Attempts("trend", 9); err != nil || len(as) != polls {
		t.Errorf("%d attempts, %v, want %d", len(as), err, polls)
	}
}

// TestPruneManySteps prunes more than one transaction does, stories included.
func TestPruneManySteps(t *testing.T) {
	s := tempStore(t)
	old := day.Add(-300 * 24 * time.Hour)
	for n := 0; n < 3*pruneStep; n += pruneStep {
		b := batch("trend", n, n+pruneStep)
		for i := range b.Items {
			it := &b.Items[i]
			it.FirstSeen = old
			b.Stories = append(b.Stories, news.Story{ID: "s" + it.ID, Members: []news.Member{{Item: it.ID, FirstSeen: old}}, First: old, Last: old})
		}
		save(t, s, b)
	}
	poll(t, s, day, 9000, 9001)
	got, err := s.Prune(Keep{Items: day, Identities: day, Attempts: day})
	if want := (Pruned{Items: 3 * pruneStep, Identities: 3 * pruneStep, Stories: 3 * pruneStep, Attempts: 0}); err != nil || got != want {
		t.Errorf("Prune = %+v, %v, want %+v", got, err, want)
	}
	if list, err := s.Stories(StoryQuery{}); err != nil || len(list) != 0 {
		t.Errorf("%d stories are left, %v", len(list), err)
	}
}
