package store

import (
	"context"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Retaken is what is read of an item anew.
type Retaken struct {
	Terms  []news.IndexTerm
	Events []news.Event // counts for relevant items alone
}

// Reindexed is what Reindex did.
type Reindexed struct {
	From    uint64 // the place behind which it began, 0 for the beginning
	Upto    uint64 // the place up to which it came
	Last    uint64 // the place of the last item
	Items   int    // that were indexed
	Changed int    // of which the events are others now
}

// Reindex builds the index of words, and the events of every relevant item that has its
// text, anew from the stored items, a partition at a time, while the store is in use.
// Stopped by ctx it keeps what is done, and the next call goes on behind it, unless it
// brings other rules. read is called outside any transaction.
func (s *Store) Reindex(ctx context.Context, rules uint64, read func(news.Item) Retaken) (Reindexed, error) {
	r, err := s.reindexBegun(rules)
	if err != nil {
		return r, fmt.Errorf("index the archive: %w", err)
	}
	r.Upto = r.From
	for p := partitionOf(r.From + 1); p <= partitionOf(r.Last); p++ {
		if err := s.reindexPartition(ctx, p, rules, &r, read); err != nil {
			return r, fmt.Errorf("index items from %d: %w", r.Upto+1, err)
		}
	}
	return r, nil
}

var reindexKey = []byte("reindex")

// reindexBegun reads where a call with the same rules was stopped.
func (s *Store) reindexBegun(rules uint64) (r Reindexed, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		r.Last = in(tx, "items").b.Sequence()
		rec, err := in(tx, "meta").get(reindexKey)
		if err != nil || rec == nil {
			return err
		}
		return decode(rec, "reindex", func(d *decoder) {
			if by, upto := d.fixed(), d.uint(); by == rules {
				r.From = min(upto, r.Last)
			}
		})
	})
	return r, err
}

// reindexPartition reads the items of a partition and writes, in one transaction, what
// that gives and how far it has come.
func (s *Store) reindexPartition(ctx context.Context, p, rules uint64, r *Reindexed, read func(news.Item) Retaken) error {
	words, events := map[uint64][]byte{}, map[uint64][]news.Event{}
	upto := min((p+1)<<partitionBits-1, r.Last)
	err := s.ItemsBetween(max(p<<partitionBits, 1)-1, upto, func(it news.Item) bool { // bounds are (from, to]
		if ctx.Err() != nil {
			return false
		}
		got := read(it)
		words[it.Seq] = encodeWords(got.Terms)
		if it.Verdict.Relevant && !slices.EqualFunc(got.Events, it.Events, sameEvent) {
			events[it.Seq] = got.Events
		}
		return true
	})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	err = s.update(func(tx *bbolt.Tx) error {
		replace := func() error { return replacePartition(tx, p, words) }
		if partitionOf(in(tx, "items").b.Sequence()) == p {
			replace = func() error { return replacePending(tx, words) }
		}
		if err := replace(); err != nil {
			return err
		}
		if err := replaceEvents(tx, events); err != nil {
			return err
		}
		return noteReindex(tx, rules, upto, upto == r.Last)
	})
	if err == nil {
		r.Upto, r.Items, r.Changed = upto, r.Items+len(words), r.Changed+len(events)
	}
	return err
}

// noteReindex keeps how far Reindex has come, and nothing when it is done.
func noteReindex(tx *bbolt.Tx, rules, upto uint64, done bool) error {
	if done {
		return in(tx, "meta").delete(reindexKey)
	}
	e := newEncoder(recordV1, 24)
	e.fixed(rules)
	e.uint(upto)
	return in(tx, "meta").put(reindexKey, e.b)
}
