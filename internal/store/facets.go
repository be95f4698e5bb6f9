package store

import (
	"encoding/binary"
	"math"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// What questions are filtered by lies beside the words. The outlet, feed, side,
// language, topics and relevance of an item are terms among the postings of its
// partition, under names that no word has; "dates" holds when each item of a partition
// was published. A filter that few items pass so costs some lookups a partition, not a
// look at every item: of a million items those that are read are those that are found.
//
// None of it can be wrong in a way that shows. An item is found when its own record says
// so; what lies here only says which records are worth reading. A partition that has no
// dates, being the newest or from before there were any, is read item by item.

// facet is the term of what an item has of a kind.
func facet(kind, value string) news.IndexTerm {
	return news.IndexTermOf("\x00" + kind + "\x00" + value)
}

// usualFacets is how many facets most items have at most.
const usualFacets = 8

// faceter reads the facets of items out of their records, without a copy of their heads,
// and remembers the terms of those that it met: thousands of items share some dozens.
type faceter struct {
	skimmer
	terms map[string]news.IndexTerm
	key   []byte // of the facet that is looked up in terms
}

// read calls fn with each facet of an item, whose record is no stub, and returns when it
// was published.
func (f *faceter) read(rec []byte, fn func(news.IndexTerm)) (published time.Time, err error) {
	if err := itemVersion(rec); err != nil {
		return published, err
	}
	f.reset(rec)
	f.str()   // the id
	f.skip(8) // hash of the text
	f.time()  // first seen
	published = f.time()
	for _, kind := range []string{"feed", "outlet", "side", "lang"} {
		fn(f.term(kind, f.sym()))
	}
	if f.uint() == 1 {
		fn(f.term("relevant", nil))
	}
	f.uint() // archived
	f.sym()  // the story
	for n := f.uint(); n > 0 && !f.short; n-- {
		fn(f.term("topic", f.sym()))
	}
	if f.short {
		_, _, err = decodeHead(rec) // it knows what is wrong
	}
	return published, err
}

// term is facet for one that was met before.
func (f *faceter) term(kind string, value []byte) news.IndexTerm {
	f.key = append(append(append(append(f.key[:0], 0), kind...), 0), value...)
	term, ok := f.terms[string(f.key)]
	if !ok {
		term = news.IndexTermOf(string(f.key))
		f.terms[string(f.key)] = term
	}
	return term
}

// facets lists what an item must have to pass the filters of q, the rarest first as far
// as can be said.
func (q Query) facets() []news.IndexTerm {
	var out []news.IndexTerm
	for _, f := range []struct{ kind, value string }{
		{"feed", q.Feed}, {"outlet", q.Outlet}, {"topic", q.Topic}, {"side", string(q.Side)}, {"lang", string(q.Lang)},
	} {
		if f.value != "" {
			out = append(out, facet(f.kind, f.value))
		}
	}
	if q.Relevant {
		out = append(out, facet("relevant", ""))
	}
	return out
}

// minuteBytes is the size of a date in a record of "dates": minutes since 1970, in the
// order of the partition's places.
const minuteBytes = 4

// textlessRecord stands in "dates" for a partition of which no text is kept.
var textlessRecord = []byte{recordV1}

func datesKey(partition uint64) []byte { return shardKey(partition, 0)[:4] }

// minuteOf is the minute of a date, the nearest that can be said for one out of reach.
func minuteOf(t time.Time) uint32 {
	return uint32(min(max(t.Unix()/60, 0), math.MaxUint32))
}

// dated leaves those places in set that were published from from up to and with to, to
// the minute; a zero time is no bound.
func dated(t table, key, rec []byte, from, to time.Time, set *places) error {
	if len(rec) != 1+partitionSize*minuteBytes {
		return t.damaged(key, "dates have a wrong length")
	}
	first, last := uint32(0), uint32(math.MaxUint32)
	if !from.IsZero() {
		first = minuteOf(from)
	}
	if !to.IsZero() {
		last = minuteOf(to)
	}
	for p, i := rec[1:], uint64(0); len(p) > 0; p, i = p[minuteBytes:], i+1 {
		if m := binary.BigEndian.Uint32(p); m < first || m > last {
			set.clear(i)
		}
	}
	return nil
}

// addFacets adds what the items of a partition are filtered by to its postings, and
// writes their dates.
func (p *postings) addFacets(tx *bbolt.Tx, partition uint64) error {
	rec := make([]byte, 1+partitionSize*minuteBytes, 1+partitionSize*minuteBytes+checksumSize)
	rec[0] = recordV1
	texts := 0
	f := faceter{terms: map[string]news.IndexTerm{}}
	err := textsIn(tx, partition, func(seq uint64, item []byte) error {
		texts++
		published, err := f.read(item, func(term news.IndexTerm) { p.add(seq, uint64(term)) })
		binary.BigEndian.PutUint32(rec[1+minuteBytes*(seq&(partitionSize-1)):], minuteOf(published))
		return err
	})
	if err != nil {
		return err
	}
	if texts == 0 {
		rec = slices.Clone(textlessRecord)
	}
	return in(tx, "dates").put(datesKey(partition), rec)
}

// textsIn calls fn with the record of every item of a partition whose text is kept.
func textsIn(tx *bbolt.Tx, partition uint64, fn func(seq uint64, rec []byte) error) error {
	t := in(tx, "items")
	c := t.b.Cursor()
	for k, v := c.Seek(k64(partition << partitionBits)); k != nil; k, v = c.Next() {
		seq := binary.BigEndian.Uint64(k)
		if partitionOf(seq) != partition {
			return nil
		}
		rec, err := t.open(k, v)
		if err != nil {
			return err
		}
		if rec[0] == itemStub {
			continue
		}
		if err := fn(seq, rec); err != nil {
			return err
		}
	}
	return nil
}

// enterFacets gives facets to a partition that was indexed before there were any.
func enterFacets(tx *bbolt.Tx, partition uint64) error {
	var p postings
	if err := p.load(in(tx, "words"), partition); err != nil {
		return err
	}
	if err := p.addFacets(tx, partition); err != nil {
		return err
	}
	return p.write(tx, partition)
}

// bareFrom returns the newest partition at or below p that has no facets; ok is false
// when there is none.
func bareFrom(tx *bbolt.Tx, p int64) (bare int64, ok bool) {
	t := in(tx, "dates")
	for ; p >= 0; p-- {
		if t.b.Get(datesKey(uint64(p))) == nil {
			return p, true
		}
	}
	return 0, false
}

// indexOlder gives facets to one partition that has none, of a store that was written
// before there were any: a migration of all of them would take minutes, and a question
// is answered without. It is called behind polls, so that the work is done in the time
// of some hundred of them.
func (s *Store) indexOlder() error {
	if s.faceted.Load() {
		return nil
	}
	return s.update(func(tx *bbolt.Tx) error {
		last := int64(partitionOf(in(tx, "items").b.Sequence())) - 1 // the newest one is not complete
		p, ok := bareFrom(tx, last)
		if !ok {
			s.faceted.Store(true) // flush gives them to all that come
			return nil
		}
		return enterFacets(tx, uint64(p))
	})
}
