package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// TestReindexGoesOn stops in each partition, and holds that the next call begins behind
// what is done, unless the rules are others, and that all is indexed by the end.
func TestReindexGoesOn(t *testing.T) {
	const n = 2*partitionSize + 300
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	save(t, s, batch("trend", 0, n))
	run := func(rules uint64, stopAt int) Reindexed {
		t.Helper()
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		read := 0
		r, err := s.Reindex(ctx, rules, func(news.Item) Retaken {
			if read++; read == stopAt {
				stop()
			}
			return Retaken{Terms: terms("anew")}
		})
		if stopped := read >= stopAt; stopped != errors.Is(err, context.Canceled) || read > stopAt {
			t.Fatalf("Reindex = %+v, %v after %d items, want it stopped at %d", r, err, read, stopAt)
		}
		return r
	}
	const all, none, first, second = n + 1, 0, partitionSize - 1, 2*partitionSize - 1
	tests := []struct {
		name   string
		rules  uint64
		stopAt int
		want   Reindexed
	}{
		{"stopped at once", 1, 1, Reindexed{Last: n}},
		{"stopped in the second partition", 1, first + 10, Reindexed{Upto: first, Last: n, Items: first}},
		{"stopped in the second again", 1, 10, Reindexed{From: first, Upto: first, Last: n}},
		{"by other rules", 2, first + 10, Reindexed{Upto: first, Last: n, Items: first}},
		{"stopped in the last", 2, partitionSize + 10, Reindexed{From: first, Upto: second, Last: n, Items: partitionSize}},
		{"to the end", 2, all, Reindexed{From: second, Upto: n, Last: n, Items: n - second}},
		{"after the end", 2, all, Reindexed{Upto: n, Last: n, Items: n}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, run(tt.rules, tt.stopAt)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	found, err := s.Search(Query{Groups: [][]news.IndexTerm{terms("anew")}, Limit: all})
	if err != nil || len(found) != n {
		t.Errorf("%d items found by their new word, %v, want %d", len(found), err, n)
	}
	if err := errors.Join(s.Close(), Check(t.Context(), path)); err != nil {
		t.Error(err)
	}
}

// TestStopped holds that what takes long on a large store ends with its context, leaves
// everything as it was, and no file beside it.
func TestStopped(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "samur.db"), filepath.Join(dir, "copy.db")
	s := openAt(t, path)
	save(t, s, batch("trend", 0, 500))
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	want := files(t, dir)
	for name, do := range map[string]func(context.Context) error{
		"Compact": s.Compact,
		"Backup":  func(ctx context.Context) error { return s.Backup(ctx, filepath.Join(dir, "b.db")) },
		"Check":   func(ctx context.Context) error { return Check(ctx, copied) },
		"Restore": func(ctx context.Context) error {
			_, err := Restore(ctx, copied, filepath.Join(dir, "c.db"))
			return err
		},
		"Rebuild": func(ctx context.Context) error {
			return Rebuild(ctx, Options{Path: filepath.Join(dir, "d.db")}, func(*Builder) error { return nil })
		},
	} {
		if err := do(gone); !errors.Is(err, context.Canceled) {
			t.Errorf("%s = %v, want it stopped", name, err)
		}
		if diff := cmp.Diff(want, files(t, dir)); diff != "" {
			t.Errorf("files after %s (-want +got):\n%s", name, diff)
		}
	}
	if err := errors.Join(s.Close(), Check(t.Context(), path)); err != nil {
		t.Error(err)
	}
}

// files lists the names in dir.
func files(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}
