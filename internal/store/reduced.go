package store

import (
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// What clustering keeps of an item spares a start the reading of its texts. It can always
// be made again: it is in no export, it goes when it is older than any story can be
// joined, and an item of an older store has none before it is first asked for.

// Reduced is what clustering keeps of an item. The store knows nothing of what is in it.
type Reduced struct {
	Rules uint64 // a name for what it was made by
	Kept  []byte
}

// Storied is an item that is part of a story.
type Storied struct {
	Item news.Item // without texts, reasons, figures and events where there is something kept
	Kept []byte    // nil when nothing is, or other rules have made it
}

// StoriedSince calls fn with the items behind a place in the order of arrival that are
// part of a story and were first seen at t or later, oldest first, until fn returns false.
// What is kept of them comes with them, if it was made by rules. It returns the place up
// to which it looked. fn runs outside any transaction.
func (s *Store) StoriedSince(after uint64, t time.Time, rules uint64, fn func(Storied) bool) (uint64, error) {
	young := heads(func(h itemHead) bool { return h.Story != "" && !h.FirstSeen.Before(t) })
	wanted := func(rec []byte) (bool, error) {
		if storyless(rec) {
			return false, nil
		}
		return young(rec)
	}
	return itemsSince(s, after, t, wanted, func(tx *bbolt.Tx, rec []byte, seq uint64) (st Storied, err error) {
		if st.Kept, err = keptOf(tx, seq, rules); err != nil {
			return st, err
		}
		if st.Kept == nil {
			st.Item, err = decodeItem(rec, seq)
			return st, err
		}
		st.Item, err = decodeOrigin(rec, seq)
		return st, err
	}, fn)
}

// keptOf copies what is kept of an item, nil when that was not made by rules.
func keptOf(tx *bbolt.Tx, seq, rules uint64) ([]byte, error) {
	t := in(tx, "reduced")
	rec, err := t.get(k64(seq))
	if err != nil || rec == nil {
		return nil, err
	}
	r, _, err := decodeReduced(rec)
	if err != nil || r.Rules != rules {
		return nil, err
	}
	return slices.Clone(r.Kept), nil
}

// KeepReduced keeps what was made of items stored before, by their Seq. It leaves out
// those that have lost their text meanwhile.
func (s *Store) KeepReduced(all map[uint64]Reduced) error {
	err := s.update(func(tx *bbolt.Tx) error {
		items, reduced := in(tx, "items"), in(tx, "reduced")
		for seq, r := range all {
			h, ok, err := textHead(items, seq)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := reduced.put(k64(seq), encodeReduced(r, h.FirstSeen)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep what was made of %d items: %w", len(all), err)
	}
	return nil
}

// encodeReduced makes the record of what is kept of an item first seen at a time, of which
// the second is enough.
func encodeReduced(r Reduced, at time.Time) []byte {
	e := newEncoder(recordV1, reducedHead+len(r.Kept))
	e.fixed(r.Rules)
	e.fixed(uint64(at.Unix()))
	e.b = append(e.b, r.Kept...)
	return e.b
}

// reducedHead is how many bytes stand before what is kept.
const reducedHead = 1 + 8 + 8

// decodeReduced reads a record of encodeReduced, of which what is kept is a part.
func decodeReduced(rec []byte) (r Reduced, at time.Time, err error) {
	err = decode(rec[:min(len(rec), reducedHead)], "reduced item", func(d *decoder) {
		r.Rules, at = d.fixed(), time.Unix(int64(d.fixed()), 0).UTC()
	})
	if err != nil {
		return Reduced{}, time.Time{}, err
	}
	r.Kept = rec[reducedHead:]
	return r, at, nil
}

// pruneReduced drops what is older than any start needs. Behind the first that is young
// there are old ones only where a clock was stepped, and their turn comes.
func (s *Store) pruneReduced(k *Keep, _ *Pruned) error {
	if k.Reduced.IsZero() {
		return nil
	}
	_, err := s.sweep("reduced", func(_, rec []byte) (fate, error) {
		_, at, err := decodeReduced(rec)
		if err == nil && at.Before(k.Reduced) {
			return goes, nil
		}
		return ends, err
	}, alone)
	return err
}

// reduced holds that what is kept is of an item that has its text.
func (c *checker) reduced(t table, k, rec []byte) error {
	if _, _, err := decodeReduced(rec); err != nil {
		return err
	}
	item, err := in(c.tx, "items").must(slices.Clone(k))
	if err == nil && item[0] == itemStub {
		err = t.damaged(k, "it is of an item without a text")
	}
	return err
}
