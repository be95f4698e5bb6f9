package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

func TestMigrate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "samur.db")
	fill(t, path)
	note := []byte("note")
	step := func(tx *bbolt.Tx) error { return in(tx, "meta").put(note, []byte{recordV1}) }
	now := len(migrations) + 1
	open := func(o Options, more ...migration) error {
		ms := append(slices.Clone(migrations), more...)
		o.Path, o.migrations = path, ms
		s, err := Open(o)
		if err != nil {
			return err
		}
		if st, err := s.Stats(); err != nil || st.Schema != len(ms)+1 || st.Items != 100 {
			t.Errorf("Stats = %+v, %v, want schema %d and 100 items", st, err, len(ms)+1)
		}
		return s.Close()
	}
	broken := errors.New("broken")
	if err := open(Options{}, func(tx *bbolt.Tx) error { return errors.Join(step(tx), broken) }); !errors.Is(err, broken) {
		t.Errorf("Open with a failing migration = %v, want %v", err, broken)
	}
	if err := open(Options{ReadOnly: true}, step); err == nil {
		t.Error("a store of an older schema was opened read-only")
	}
	if err := open(Options{}); err != nil {
		t.Errorf("after a failed migration: %v", err)
	}
	copied := fmt.Sprintf("%s.before-v%d", path, now+1)
	if err := os.WriteFile(copied, []byte("of an earlier migration"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := open(Options{}, step); err != nil {
		t.Errorf("Open with a migration = %v", err)
	}
	if err := Check(t.Context(), copied); err != nil {
		t.Errorf("the copy made before: %v", err)
	}
	if s := openAt(t, copied); s != nil {
		if st, err := s.Stats(); err != nil || st.Schema != now || st.Items != 100 {
			t.Errorf("the copy made before has %+v, %v", st, err)
		}
	}
	for name, err := range map[string]error{"Open": open(Options{}), "Check": Check(t.Context(), path)} {
		if !errors.Is(err, ErrNewer) {
			t.Errorf("%s of a newer schema = %v, want %v", name, err, ErrNewer)
		}
	}
}

// TestMigrateFromFirst opens a store of the first schema, which had no listings and
// knew of no answers.
func TestMigrateFromFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	fill(t, path)
	s := openAt(t, path)
	err := s.write(func(tx *bbolt.Tx) error {
		return errors.Join(
			tx.DeleteBucket([]byte("listings")), tx.DeleteBucket([]byte("answers")), tx.DeleteBucket([]byte("asked")),
			putSchema(tx, metaSchema{Schema: 1}))
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Errorf("Check of the first schema: %v", err)
	}
	s = openAt(t, path)
	if st, err := s.Stats(); err != nil || st.Schema != len(migrations)+1 || st.Items != 100 {
		t.Errorf("Stats = %+v, %v, want schema %d and 100 items", st, err, len(migrations)+1)
	}
	if l, err := s.Listing("trend"); err != nil || len(l.Entries) > 0 {
		t.Errorf("Listing = %+v, %v, want none", l, err)
	}
	if as, err := s.Answers(); err != nil || len(as) > 0 {
		t.Errorf("Answers = %+v, %v, want none", as, err)
	}
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	for name, try := range map[string]func() error{
		"Open": func() error { _, err := Open(Options{Path: path, Timeout: time.Millisecond}); return err },
		"Open read-only": func() error {
			_, err := Open(Options{Path: path, Timeout: time.Millisecond, ReadOnly: true})
			return err
		},
	} {
		err := try()
		if who := fmt.Sprintf("pid %d (store.test)", os.Getpid()); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), who) {
			t.Errorf("%s = %v, want %v by %s", name, err, ErrLocked, who)
		}
	}
	if err := s.Backup(t.Context(), path); err == nil {
		t.Error("Backup took the store's own name")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openAt(t, path)
}

// TestCompactAndBackupWhileWriting rewrites and copies the file under four writers.
func TestCompactAndBackupWhileWriting(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "samur.db")
	s := openAt(t, path)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for n := range 10 {
				if err := s.SaveBatch(batch(fmt.Sprint("feed", w), 5*n, 5*n+5)); err != nil {
					t.Errorf("SaveBatch: %v", err)
				}
			}
		})
	}
	wg.Go(func() {
		for range 3 {
			if err := s.Compact(t.Context()); err != nil {
				t.Errorf("Compact: %v", err)
			}
		}
	})
	copies := []string{filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")}
	wg.Go(func() {
		for _, to := range copies {
			if err := s.Backup(t.Context(), to); err != nil {
				t.Errorf("Backup: %v", err)
			}
		}
	})
	wg.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, p := range append(copies, path) {
		if err := Check(t.Context(), p); err != nil {
			t.Error(err)
		}
		c := openAt(t, p)
		cur, err := c.Cursor()
		if err != nil || cur.Item != 5*cur.Pass || p == path && cur.Pass != 40 {
			t.Errorf("%s: Cursor = %v, %v, want whole batches of five", filepath.Base(p), cur, err)
		}
	}
}

// TestAliasesAreBounded brings an item under a new identity a hundred times.
func TestAliasesAreBounded(t *testing.T) {
	s := tempStore(t)
	save(t, s, batch("trend", 0, 1))
	id := item("trend", 0).ID
	for n := range 100 {
		b := batch("trend", 0, 0)
		b.Aliases = map[string][]news.Key{id: {{Kind: news.KeyURL, Hash: uint64(n % 50)}}}
		save(t, s, b)
	}
	if it, err := s.Item(id); err != nil || len(it.Keys) != maxKeys {
		t.Errorf("item has %d identities, %v, want %d", len(it.Keys), err, maxKeys)
	}
}
