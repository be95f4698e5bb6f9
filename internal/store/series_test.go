package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// monthly is a story of a series that began so many days after the first.
func monthly(id string, days int, series string) news.Story {
	at := day.AddDate(0, 0, days)
	return news.Story{ID: id, Series: series, First: at, Last: at, Members: []news.Member{{Item: "item of " + id, Seq: 1, FirstSeen: at}}}
}

// inSeries lists the stories of a series that began before the given day.
func inSeries(t *testing.T, s *Store, series string, days int) (ids []string) {
	t.Helper()
	err := s.InSeries(series, day.AddDate(0, 0, days), func(id string, first time.Time) bool {
		ids = append(ids, fmt.Sprint(id, " ", first.Sub(day).Hours()/24))
		return len(ids) < 3
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestInSeries follows stories of two series through changes of the store, and through the
// migration of a store that has no index of them.
func TestInSeries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	steps := []struct {
		name   string
		change []news.Story
		want   []string
	}{
		{"none", nil, nil},
		{"alone", []news.Story{monthly("b", 30, "trade"), monthly("x", 20, "visits"), monthly("y", 10, "")}, []string{"b 30"}},
		{"latest first", []news.Story{monthly("a", 0, "trade"), monthly("c", 60, "trade"), monthly("d", 60, "trade")}, []string{"d 60", "c 60", "b 30"}},
		{"begins later", []news.Story{monthly("b", 70, "trade")}, []string{"b 70", "d 60", "c 60"}},
		{"merged away", []news.Story{{ID: "b", Into: "c", Series: "trade"}}, []string{"d 60", "c 60", "a 0"}},
		{"of another series", []news.Story{monthly("d", 60, "visits")}, []string{"c 60", "a 0"}},
		{"beyond", []news.Story{monthly("e", 90, "trade")}, []string{"c 60", "a 0"}},
	}
	for _, step := range steps {
		if err := s.SaveStories(step.change, nil); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if diff := cmp.Diff(step.want, inSeries(t, s, "trade", 90)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	err := s.write(func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("series")), putSchema(tx, metaSchema{Schema: cameWith["series"] - 1}))
	})
	if err := errors.Join(err, s.Close(), Check(t.Context(), path)); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	if diff := cmp.Diff([]string{"c 60", "a 0"}, inSeries(t, s, "trade", 90)); diff != "" {
		t.Errorf("after the migration (-want +got):\n%s", diff)
	}
	if _, err := s.Prune(Keep{Items: day.AddDate(0, 0, 30)}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"c 60"}, inSeries(t, s, "trade", 90)); diff != "" {
		t.Errorf("after Prune (-want +got):\n%s", diff)
	}
	if err := errors.Join(s.Close(), Check(t.Context(), path)); err != nil {
		t.Error(err)
	}
}
