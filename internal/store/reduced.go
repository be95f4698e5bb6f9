package store

import (
	"encoding/binary"
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

// StoriedQuery says which items that are part of a story are wanted.
type StoriedQuery struct {
	After uint64    // a place in the order of arrival that they are behind
	Since time.Time // they were first seen then or later
	Most  int       // only the latest so many; 0 is no bound
	Rules uint64    // a name for what must have made what is kept of them
}

// Storied calls fn with the items that are asked for, in order of arrival, until fn
// returns false. What is kept of them comes with them, if it was made by the rules. It
// returns the place up to which it looked. fn runs outside any transaction.
//
// It looks for them from the last one back: of a hundred thousand in stories an index
// takes twenty thousand, and the others need not be looked at.
func (s *Store) Storied(q StoriedQuery, fn func(Storied) bool) (uint64, error) {
	last, err := s.storied(q, fn)
	if err != nil {
		return q.After, fmt.Errorf("read items in stories since %s: %w", q.Since.Format(time.RFC3339), err)
	}
	return last, nil
}

func (s *Store) storied(q StoriedQuery, fn func(Storied) bool) (last uint64, err error) {
	first, last, err := s.placesSince(q.Since)
	if err != nil {
		return 0, err
	}
	young := heads(func(h itemHead) bool { return h.Story != "" && !h.FirstSeen.Before(q.Since) })
	seqs, err := s.latest(max(first, q.After), last, q.Most, func(rec []byte) (bool, error) {
		if storyless(rec) {
			return false, nil
		}
		return young(rec)
	})
	if err != nil {
		return 0, err
	}
	for some := range slices.Chunk(seqs, chunk) {
		var batch []Storied
		err := s.view(func(tx *bbolt.Tx) (err error) {
			batch, err = storiedOf(tx, some, q.Rules)
			return err
		})
		if err != nil {
			return 0, err
		}
		for _, st := range batch {
			if !fn(st) {
				return last, nil
			}
		}
	}
	return last, nil
}

// latest returns the places of the last items in (from, to] that are wanted, at most so
// many, oldest first.
func (s *Store) latest(from, to uint64, most int, wanted filter) ([]uint64, error) {
	var seqs []uint64
	for to > from && (most == 0 || len(seqs) < most) {
		err := s.view(func(tx *bbolt.Tx) (err error) {
			seqs, to, err = latestChunk(tx, seqs, from, to, wanted)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if most > 0 && len(seqs) > most {
		seqs = seqs[:most]
	}
	slices.Reverse(seqs)
	return seqs, nil
}

// latestChunk adds the places of the next items that are wanted to seqs, last first, and
// returns the place from which on it looked: from when there are no more.
func latestChunk(tx *bbolt.Tx, seqs []uint64, from, to uint64, wanted filter) ([]uint64, uint64, error) {
	t := in(tx, "items")
	c := t.b.Cursor()
	back := c.Prev
	if k, _ := c.Seek(k64(to + 1)); k == nil {
		back = c.Last
	}
	k, v := back()
	for seen := 0; k != nil; k, v = c.Prev() {
		seq := binary.BigEndian.Uint64(k)
		if seq <= from {
			break
		}
		if seen++; seen > chunkSeen {
			return seqs, to, nil
		}
		rec, err := t.open(k, v)
		if err != nil {
			return nil, to, err
		}
		if seq > to {
			return nil, to, t.damaged(k, "keys are out of order")
		}
		to = seq - 1
		if ok, err := wanted(rec); err != nil {
			return nil, to, err
		} else if ok {
			seqs = append(seqs, seq)
		}
	}
	return seqs, from, nil
}

// storiedOf reads items by their places; those that have lost their text meanwhile are
// left out.
func storiedOf(tx *bbolt.Tx, seqs []uint64, rules uint64) ([]Storied, error) {
	items, out := in(tx, "items"), make([]Storied, 0, len(seqs))
	for _, seq := range seqs {
		rec, err := items.get(k64(seq))
		if err != nil {
			return nil, err
		}
		if rec == nil || rec[0] == itemStub {
			continue
		}
		var st Storied
		if st.Kept, err = keptOf(tx, seq, rules); err != nil {
			return nil, err
		}
		if st.Kept == nil {
			st.Item, err = decodeItem(rec, seq)
		} else {
			st.Item, err = decodeOrigin(rec, seq)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, st)
	}
	return out, nil
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
