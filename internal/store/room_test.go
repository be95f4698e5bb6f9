package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// Saves of all sizes that go on at the same time, and some that fail among them, take
// nothing from each other: what is read is what was saved.
func TestSavesSideBySide(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	const savers, saves = 6, 12
	var wg sync.WaitGroup
	saved := make([][]*Batch, savers)
	for f := range savers {
		wg.Go(func() {
			for n := range saves {
				b := batch(fmt.Sprint("feed-", f), 100*n, 100*n+1+97*(n%2))
				for i := range b.Items {
					b.Items[i].Text = strings.Repeat(fmt.Sprint(f, n, i, " "), 1+i*i/(1+f)) // 40 KB and less
				}
				b.Stories = []news.Story{{ID: fmt.Sprint("s", f, n), First: day, Last: day, Members: []news.Member{{Item: b.Items[0].ID, FirstSeen: day}}}}
				if err := s.SaveBatch(b); err != nil {
					t.Error(err)
				}
				if err := s.SaveBatch(batch(b.State.Feed, 100*n, 100*n+1)); !errors.Is(err, news.ErrExists) {
					t.Errorf("a poll that brings an item again = %v, want %v", err, news.ErrExists)
				}
				saved[f] = append(saved[f], b)
			}
		})
	}
	wg.Wait()
	for _, bs := range saved {
		for _, b := range bs {
			for _, want := range b.Items {
				if got, err := s.Item(want.ID); err != nil || !cmp.Equal(got, want) {
					t.Fatalf("item %q is not as it was saved (%v):\n%s", want.ID, err, cmp.Diff(want, got))
				}
			}
			if got, err := s.Story(b.Stories[0].ID); err != nil || !cmp.Equal(got, b.Stories[0]) {
				t.Errorf("story (-want +got):\n%s%v", cmp.Diff(b.Stories[0], got), err)
			}
		}
	}
	save(t, s, batch("last", 0, 1))
	if r := s.spare.Load(); r == nil || len(r.blocks) > roomBlocks || cap(r.enc.b) > roomBlock {
		t.Error("a room keeps more than it may, or none was left")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Error(err)
	}
}
