package store

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Query asks for items. An item is found when it has one term of every group and
// passes every filter that is set. No groups select all items.
type Query struct {
	Groups   [][]news.IndexTerm
	Topic    string
	Outlet   string
	Feed     string
	Side     news.Side
	Lang     news.Lang
	From, To time.Time // by publication: From <= Published < To
	Relevant bool      // relevant items only
	After    uint64    // items after this Seq only
	Before   uint64    // items before this Seq only, to read on from the last one found
	Limit    int       // 50 when 0
	Most     int       // looks at no more items than about so many; 0 is no bound
}

// Found is one answer.
type Found struct {
	Item news.Item
}

// takes reports whether an item with head h passes the filters.
func (q Query) takes(h itemHead) bool {
	return (q.Outlet == "" || q.Outlet == h.Outlet) &&
		(q.Feed == "" || q.Feed == h.Feed) &&
		(q.Side == "" || q.Side == h.Side) &&
		(q.Lang == "" || q.Lang == h.Lang) &&
		(q.Topic == "" || slices.Contains(h.Topics, q.Topic)) &&
		(!q.Relevant || h.Relevant) &&
		!h.Published.Before(q.From) &&
		(q.To.IsZero() || h.Published.Before(q.To))
}

// clampSlack is by how much an item may be published after it was first seen.
const clampSlack = 2 * time.Hour

// Search returns what q asks for, the newest arrival first.
func (s *Store) Search(q Query) ([]Found, error) {
	found, _, err := s.SearchOn(q)
	return found, err
}

// SearchOn is Search for who reads on: on is the Before of the next question, 0 when the
// whole archive was looked at. With Most there can be more although nothing was found.
func (s *Store) SearchOn(q Query) (found []Found, on uint64, err error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	f := finder{q: q, groups: q.groups()}
	f.found = func(_ itemHead, rec []byte) error {
		it, err := decodeItem(rec, f.at)
		found = append(found, Found{Item: it})
		return err
	}
	if err := s.find(&f); err != nil {
		return nil, 0, fmt.Errorf("search: %w", err)
	}
	if f.done() {
		on = f.at
	}
	return found, on, nil
}

// Traits are what an item is filtered and counted by.
type Traits struct {
	Seq       uint64
	Outlet    string
	Side      news.Side
	Lang      news.Lang
	Published time.Time
	Topics    []string
	Archived  bool
}

// Traits calls fn with the traits of every item that q selects, the newest arrival
// first, whatever q says of a limit. It reads no texts: to count a year of relevant items
// takes a fraction of a second. fn must not use the store.
func (s *Store) Traits(q Query, fn func(Traits)) error {
	q.Limit, q.Most = math.MaxInt, 0
	f := finder{q: q, groups: q.groups()}
	f.found = func(h itemHead, _ []byte) error {
		fn(Traits{f.at, h.Outlet, h.Side, h.Lang, h.Published, h.Topics, h.Archived})
		return nil
	}
	if err := s.find(&f); err != nil {
		return fmt.Errorf("read traits of items: %w", err)
	}
	return nil
}

// TraitsAt returns the traits of the items at these places in the order of arrival; of one
// that has no text any more there are none.
func (s *Store) TraitsAt(seqs []uint64) ([]Traits, error) {
	var out []Traits
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "items")
		for _, seq := range seqs {
			h, ok, err := textHead(t, seq)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, Traits{seq, h.Outlet, h.Side, h.Lang, h.Published, h.Topics, h.Archived})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read traits of %d items: %w", len(seqs), err)
	}
	return out, nil
}

// find walks the partitions, the newest first, in a transaction each: a long question
// must not hold up the polls.
func (s *Store) find(f *finder) error {
	first, last, err := s.extent(f.q)
	for p := int64(last); err == nil && p >= int64(first) && !f.done(); p-- {
		err = s.view(func(tx *bbolt.Tx) error { return f.partition(tx, uint64(p)) })
	}
	return err
}

// extent returns the first and the last partition that can hold what q asks for.
func (s *Store) extent(q Query) (first, last uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		items := in(tx, "items")
		first, last = partitionOf(q.After), partitionOf(items.b.Sequence())
		if q.Before > 0 {
			last = min(last, partitionOf(q.Before))
		}
		if q.From.IsZero() {
			return nil
		}
		// Nothing is published long after it was first seen.
		from, err := before(items, q.From.Add(-clampSlack), firstSeenOf)
		first = max(first, partitionOf(from))
		return err
	})
	return first, last, err
}

// groups are those of the question, with the filters among them: an item has one term
// of each.
func (q Query) groups() [][]news.IndexTerm {
	var rare, common [][]news.IndexTerm
	for i, f := range q.facets() {
		if i == 0 && q.Feed+q.Outlet != "" {
			rare = append(rare, []news.IndexTerm{f})
		} else {
			common = append(common, []news.IndexTerm{f})
		}
	}
	return slices.Concat(rare, q.Groups, common)
}

// finder is a question under way.
type finder struct {
	q      Query
	groups [][]news.IndexTerm // of the question, filters included
	found  func(h itemHead, rec []byte) error
	n      int    // found
	seen   int    // read
	at     uint64 // Seq of the item looked at last
}

func (f *finder) done() bool {
	return f.n >= f.q.Limit || f.q.Most > 0 && f.seen >= f.q.Most
}

// partition adds what a partition holds, newest first.
func (f *finder) partition(tx *bbolt.Tx, p uint64) error {
	set, err := f.places(tx, p)
	if err != nil {
		return err
	}
	t := in(tx, "items")
	for i := len(set) - 1; i >= 0; i-- {
		for w := set[i]; w != 0 && !f.done(); {
			bit := 63 - bits.LeadingZeros64(w)
			w &^= 1 << bit
			seq := p<<partitionBits | uint64(i)<<6 | uint64(bit)
			if seq <= f.q.After || f.q.Before > 0 && seq >= f.q.Before {
				continue
			}
			if err := f.take(t, seq); err != nil {
				return err
			}
		}
	}
	return nil
}

// take adds the item at seq if it is there and passes the filters.
func (f *finder) take(t table, seq uint64) error {
	f.at = seq
	rec, err := t.get(k64(seq))
	if err != nil || rec == nil {
		return err
	}
	if f.seen++; rec[0] == itemStub {
		return nil
	}
	h, _, err := decodeHead(rec)
	if err != nil || !f.q.takes(h) {
		return err
	}
	f.n++
	return f.found(h, rec)
}

// places returns the items of a partition that are worth reading.
func (f *finder) places(tx *bbolt.Tx, p uint64) (places, error) {
	t := in(tx, "dates")
	key := datesKey(p)
	rec, err := t.get(key)
	switch {
	case err != nil:
		return places{}, err
	case rec == nil:
		return f.unfiltered(tx, p)
	case len(rec) == len(textlessRecord):
		return places{}, nil
	}
	set := everywhere()
	if !f.q.From.IsZero() || !f.q.To.IsZero() {
		if err := dated(t, key, rec, f.q.From, f.q.To, &set); err != nil {
			return set, err
		}
	}
	words := in(tx, "words")
	for _, g := range f.groups {
		var some places
		for _, w := range g {
			if err := lookUp(words, p, uint64(w), &some); err != nil {
				return set, err
			}
		}
		if !set.and(&some) {
			break
		}
	}
	return set, nil
}

// unfiltered returns the items of a partition without facets that have a term of every
// group of the question.
func (f *finder) unfiltered(tx *bbolt.Tx, p uint64) (places, error) {
	all := everywhere()
	if len(f.q.Groups) == 0 {
		return all, nil
	}
	each := make([]places, len(f.q.Groups))
	t := in(tx, "words")
	for i, g := range f.q.Groups {
		for _, w := range g {
			if err := lookUp(t, p, uint64(w), &each[i]); err != nil {
				return all, err
			}
		}
	}
	if err := f.pending(tx, p, each); err != nil {
		return all, err
	}
	for i := range each {
		all.and(&each[i])
	}
	return all, nil
}

// pending adds the items of a partition whose words are not in postings yet.
func (f *finder) pending(tx *bbolt.Tx, p uint64, each []places) error {
	t := in(tx, "pending")
	c := t.b.Cursor()
	for k, v := c.Seek(k64(p << partitionBits)); k != nil; k, v = c.Next() {
		seq := binary.BigEndian.Uint64(k)
		if partitionOf(seq) != p {
			return nil
		}
		rec, err := t.open(k, v)
		if err != nil {
			return err
		}
		for i, g := range f.q.Groups {
			if slices.ContainsFunc(g, func(w news.IndexTerm) bool { return hasWord(rec, uint64(w)) }) {
				each[i].set(seq & (partitionSize - 1))
			}
		}
	}
	return nil
}

// hasWord searches a pending record, whose words are in order.
func hasWord(rec []byte, w uint64) bool {
	lo, hi := 0, (len(rec)-1)/wordBytes
	for lo < hi {
		mid := (lo + hi) / 2
		p := rec[1+mid*wordBytes:]
		got := uint64(binary.BigEndian.Uint16(p))<<32 | uint64(binary.BigEndian.Uint32(p[2:]))
		switch {
		case got == w:
			return true
		case got < w:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return false
}
