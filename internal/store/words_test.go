package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Every word of a partition's items leads to those that have it and to no others, whether
// its items were pending or it was added by itself.
func TestPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	want := map[uint64]places{}
	var p postings
	for at := range uint64(partitionSize) {
		var ts []news.IndexTerm
		for range r.IntN(60) {
			ts = append(ts, news.IndexTermOf(fmt.Sprint(int(r.ExpFloat64()*500))))
		}
		p.addItem(7*partitionSize+at, encodeWords(ts))
		if at%3 == 0 {
			ts = append(ts, news.IndexTerm(at%2<<wordBits-at%2)) // the first and the last that can be
			p.add(at, uint64(ts[len(ts)-1]))
		}
		for _, w := range ts {
			set := want[uint64(w)]
			set.set(at)
			want[uint64(w)] = set
		}
	}
	s, undo := tempStore(t), errors.New("undo")
	err := s.write(func(tx *bbolt.Tx) error {
		if err := p.write(tx, 7); err != nil {
			return err
		}
		for w, set := range want {
			var got places
			if err := lookUp(in(tx, "words"), 7, w, &got); err != nil {
				return err
			}
			if !slices.Equal(got[:], set[:]) {
				t.Errorf("word %x leads to other items than those that have it", w)
			}
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
}
