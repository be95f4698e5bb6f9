package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// migration brings a file from one schema to the next. It runs in the transaction
// that also writes the new schema number.
type migration func(tx *bbolt.Tx) error

// migrations holds, at place n, the step from schema n+1 to n+2. A release that
// changes keys or buckets appends one; old ones are never changed. Records carry
// versions of their own and need none.
var migrations = []migration{
	func(tx *bbolt.Tx) error { return createBuckets(tx, "listings") },
	func(tx *bbolt.Tx) error { return createBuckets(tx, "answers", "asked") },
	func(tx *bbolt.Tx) error { return createBuckets(tx, "events") },
	func(tx *bbolt.Tx) error { return fillSeries(tx) },
	func(tx *bbolt.Tx) error { return createBuckets(tx, "dates") },   // filled behind polls, facets.go
	func(tx *bbolt.Tx) error { return createBuckets(tx, "reduced") }, // filled by who clusters, reduced.go
	func(tx *bbolt.Tx) error { return fillMoved(tx) },
	func(tx *bbolt.Tx) error { return fillRefused(tx) },
	func(tx *bbolt.Tx) error { return fillListed(tx) },
}

func createBuckets(tx *bbolt.Tx, names ...string) error {
	for _, name := range names {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("create bucket %q: %w", name, err)
		}
	}
	return nil
}

// cameWith says with which schema a bucket came, where that is not the first.
var cameWith = map[string]int{"listings": 2, "answers": 3, "asked": 3, "events": 4, "series": 5, "dates": 6, "reduced": 7, "moved": 8, "refused": 9, "listed": 10}

// bucketsAt lists the buckets that a store of a schema has.
func bucketsAt(schema int) []string {
	return slices.DeleteFunc(slices.Clone(buckets), func(name string) bool { return cameWith[name] > schema })
}

// buckets lists every bucket; a store of the present schema has all of them.
var buckets = []string{
	"meta", "items", "seen", "ids", "urls", "revisions", "stories", "recent", "figures", "feeds", "listings",
	"attempts", "pending", "words", "digests", "forms", "outbox", "payloads", "open",
	"answers", "asked", "events", "series", "dates", "reduced", "moved", "refused", "listed",
}

// metaSchema is the record that says what kind of file this is. It stays JSON for
// ever, so that any version can read any version's.
type metaSchema struct {
	Schema  int       `json:"schema"`
	Created time.Time `json:"created"`
	Program string    `json:"program"` // that wrote this schema
}

func createSchema(tx *bbolt.Tx, o Options) error {
	if err := createBuckets(tx, buckets...); err != nil {
		return err
	}
	return putSchema(tx, metaSchema{Schema: len(o.migrations) + 1, Created: o.Now().UTC(), Program: o.Version})
}

func putSchema(tx *bbolt.Tx, m metaSchema) error {
	return in(tx, "meta").putJSON([]byte("schema"), m)
}

func readSchema(tx *bbolt.Tx) (m metaSchema, err error) {
	t := in(tx, "meta")
	if t.b == nil {
		return m, fmt.Errorf("%w: it is no store of samur", ErrDamaged)
	}
	rec, err := t.must([]byte("schema"))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(rec[1:], &m); err != nil {
		return m, t.damaged([]byte("schema"), err.Error())
	}
	return m, nil
}

// migrate brings the file to the program's schema, all steps in one transaction,
// after putting a verified copy beside it.
func (s *Store) migrate() error {
	var m metaSchema
	empty := false
	err := s.view(func(tx *bbolt.Tx) (err error) {
		if k, _ := tx.Cursor().First(); k == nil {
			empty = true
			return nil
		}
		m, err = readSchema(tx)
		return err
	})
	if err != nil {
		return err
	}
	if empty && !s.opt.ReadOnly { // an empty file, made by someone else
		return s.write(func(tx *bbolt.Tx) error { return createSchema(tx, s.opt) })
	}
	want := len(s.opt.migrations) + 1
	switch {
	case m.Schema > want:
		return fmt.Errorf("%w: it has schema %d, written by samur %s; this program reads up to %d: install that version, or restore %s.before-v%d",
			ErrNewer, m.Schema, m.Program, want, s.opt.Path, m.Schema)
	case m.Schema < 1:
		return fmt.Errorf("%w: it has schema %d", ErrDamaged, m.Schema)
	case m.Schema == want:
		return s.complete()
	case s.opt.ReadOnly:
		return fmt.Errorf("it has schema %d and must be migrated to %d first; start samur once", m.Schema, want)
	}
	return s.migrateFrom(m)
}

func (s *Store) migrateFrom(m metaSchema) error {
	want := len(s.opt.migrations) + 1
	backup := fmt.Sprintf("%s.before-v%d", s.opt.Path, want)
	// One that is there may be of an earlier migration, undone since: it is replaced.
	if err := s.copyTo(context.Background(), backup); err != nil {
		return fmt.Errorf("copy before migration: %w", err)
	}
	from := m.Schema
	err := s.write(func(tx *bbolt.Tx) error {
		for n := from; n < want; n++ {
			if err := s.opt.migrations[n-1](tx); err != nil {
				return fmt.Errorf("migrate schema %d to %d: %w", n, n+1, err)
			}
		}
		m.Schema, m.Program = want, s.opt.Version
		return putSchema(tx, m)
	})
	if err != nil {
		return err
	}
	s.lg.Info("store migrated", "schema", want, "path", backup)
	return s.complete()
}

// complete refuses a file that lacks a bucket.
func (s *Store) complete() error {
	return s.view(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if tx.Bucket([]byte(name)) == nil {
				return fmt.Errorf("%w: bucket %q is missing; restore a backup with: samur restore", ErrDamaged, name)
			}
		}
		return nil
	})
}
