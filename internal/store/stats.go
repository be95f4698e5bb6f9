package store

import (
	"fmt"
	"os"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Totals are counts since the store was created; pruning does not lower them.
type Totals struct {
	Items     uint64
	Relevant  uint64
	Revisions uint64
	Polls     uint64
	Failed    uint64 // of Polls
	Pruned    uint64 // of Items: their text is gone
}

// Stats describes the store.
type Stats struct {
	Totals
	Schema    int
	Created   time.Time
	Program   string // version that wrote the schema
	FileBytes int64
	FreeBytes int64 // of FileBytes: to be used again
}

func encodeTotals(c Totals) []byte {
	e := newEncoder(recordV1, 48)
	for _, n := range []uint64{c.Items, c.Relevant, c.Revisions, c.Polls, c.Failed, c.Pruned} {
		e.uint(n)
	}
	return e.b
}

func totalsOf(tx *bbolt.Tx) (c Totals, err error) {
	rec, err := in(tx, "meta").get([]byte("totals"))
	if err != nil || rec == nil {
		return c, err
	}
	err = decode(rec, "totals", func(d *decoder) {
		c = Totals{Items: d.uint(), Relevant: d.uint(), Revisions: d.uint(), Polls: d.uint(), Failed: d.uint(), Pruned: d.uint()}
	})
	return c, err
}

// addTotals changes the running counts.
func addTotals(tx *bbolt.Tx, change func(*Totals)) error {
	c, err := totalsOf(tx)
	if err != nil {
		return err
	}
	change(&c)
	return in(tx, "meta").put([]byte("totals"), encodeTotals(c))
}

// count adds polls to the running counts.
func count(tx *bbolt.Tx, ps []*prepared) error {
	return addTotals(tx, func(c *Totals) {
		for _, p := range ps {
			c.add(p.b)
		}
	})
}

func (c *Totals) add(b *Batch) {
	c.Items += uint64(len(b.Items))
	c.Revisions += uint64(len(b.Revisions))
	c.Polls++
	if b.Attempt.Cause != news.CauseNone && !b.Foreign {
		c.Failed++
	}
	for _, it := range b.Items {
		if it.Verdict.Relevant {
			c.Relevant++
		}
	}
}

// Stats returns counts and sizes. It reads two records and the file's size.
func (s *Store) Stats() (st Stats, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		m, err := readSchema(tx)
		if err != nil {
			return err
		}
		st.Schema, st.Created, st.Program = m.Schema, m.Created, m.Program
		if st.Totals, err = totalsOf(tx); err != nil {
			return err
		}
		info, err := os.Stat(s.opt.Path)
		if err != nil {
			return err
		}
		st.FileBytes = info.Size()
		free := s.db.Stats()
		used := tx.Size() - int64(free.FreePageN+free.PendingPageN)*int64(s.db.Info().PageSize)
		st.FreeBytes = st.FileBytes - used
		return nil
	})
	if err != nil {
		return Stats{}, fmt.Errorf("read store statistics: %w", err)
	}
	return st, nil
}
