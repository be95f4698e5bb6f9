package store

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// TestMoved follows feeds that move, move on, come home and are written of by others,
// and a store from before there was a list of them.
func TestMoved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	steps := []struct {
		name, feed, adopted string
		foreign             bool
		want                map[string]string
	}{
		{"where it was", "apa", "", false, map[string]string{}},
		{"moved", "trend", "https://b.example/rss", false, map[string]string{"trend": "https://b.example/rss"}},
		{"moved on", "trend", "https://c.example/rss", false, map[string]string{"trend": "https://c.example/rss"}},
		{"another one", "apa", "https://d.example/", false, map[string]string{"apa": "https://d.example/", "trend": "https://c.example/rss"}},
		{"not polled", "trend", "", true, map[string]string{"apa": "https://d.example/", "trend": "https://c.example/rss"}},
		{"come home", "apa", "", false, map[string]string{"trend": "https://c.example/rss"}},
	}
	look := func(name string, want map[string]string) {
		t.Helper()
		sts, err := s.Moved()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := map[string]string{}
		for _, st := range sts {
			got[st.Feed] = st.Adopted
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, step := range steps {
		b := &Batch{State: news.FeedState{Feed: step.feed, Adopted: step.adopted}, Attempt: news.Attempt{At: day}, Foreign: step.foreign}
		if err := s.SaveBatch(b); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		look(step.name, step.want)
	}
	if err := s.SaveNotices([]news.Notice{{Kind: news.NoticeMoved, Feed: "trend"}}, nil); err != nil {
		t.Fatal(err)
	}
	want := steps[len(steps)-1].want
	look("the keeper was told", want)
	err := s.write(func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("moved")), putSchema(tx, metaSchema{Schema: cameWith["moved"] - 1}))
	})
	if err := errors.Join(err, s.Close(), Check(t.Context(), path)); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	look("after the migration", want)
	err = s.write(func(tx *bbolt.Tx) error { return in(tx, "moved").delete([]byte("trend")) })
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); !errors.Is(err, ErrDamaged) {
		t.Errorf("Check of a store whose list lacks a feed = %v, want %v", err, ErrDamaged)
	}
}
