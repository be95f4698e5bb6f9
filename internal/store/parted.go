package store

import (
	"cmp"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"
)

// Parted is an item that left a story which was told before it came: an edition that saw
// it there took it for a repetition, and its story of now may be told nowhere.
type Parted struct {
	Item string
	Seq  uint64
}

// mostParted bounds the items that are kept as parted, the newest. A busy week has some
// hundreds.
const mostParted = 2000

var partedKey = []byte("parted")

// Parted returns the last items that left a story told without them, in order of arrival.
func (s *Store) Parted() (ps []Parted, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		ps, err = partedOf(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read items that left their story: %w", err)
	}
	return ps, nil
}

func partedOf(tx *bbolt.Tx) (ps []Parted, err error) {
	rec, err := in(tx, "meta").get(partedKey)
	if err != nil || rec == nil {
		return nil, err
	}
	err = decode(rec, "parted", func(d *decoder) {
		ps = decodeList(d, func() Parted { return Parted{Item: d.str(), Seq: d.uint()} })
	})
	return ps, err
}

func addParted(tx *bbolt.Tx, more []Parted) error {
	if len(more) == 0 {
		return nil
	}
	ps, err := partedOf(tx)
	if err != nil {
		return err
	}
	ps = append(ps, more...)
	slices.SortFunc(ps, func(a, b Parted) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Item, b.Item)) })
	ps = slices.Compact(ps)
	ps = ps[max(0, len(ps)-mostParted):]
	e := newEncoder(recordV1, 32*len(ps))
	encodeList(e, ps, func(p Parted) { e.str(p.Item); e.uint(p.Seq) })
	return in(tx, "meta").put(partedKey, e.b)
}
