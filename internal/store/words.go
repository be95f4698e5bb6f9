package store

import (
	"encoding/binary"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// The index of words. A poll appends its items' words, as hashes, to "pending": one
// or two pages, however large the archive. When the items of a partition, 4,096 in
// order of arrival, are complete, their words are turned into postings and never
// touched again. A question looks into every partition and scans what is pending.
//
// Entering each word of each item into one great list instead would dirty a page per
// word: some 1,500 pages for a poll that brings 30 items.

const (
	partitionBits = 12 // 4,096 items a partition
	partitionSize = 1 << partitionBits
	shardBits     = 10 // 1,024 records a partition, about 1 KB each
	wordBits      = news.IndexTermBits
	wordBytes     = wordBits / 8
	restBits      = wordBits - shardBits
	restBytes     = 5 // hold restBits
)

func partitionOf(seq uint64) uint64 { return seq >> partitionBits }

// encodeWords makes a pending record: the terms in order, each once.
func encodeWords(terms []news.IndexTerm) []byte {
	e := newEncoder(recordV1, len(terms)*wordBytes)
	e.words(terms)
	return e.b
}

func (e *encoder) words(terms []news.IndexTerm) {
	if !slices.IsSorted(terms) { // the caller's, and mostly they are
		terms = slices.Clone(terms)
		slices.Sort(terms)
	}
	for i, w := range terms {
		if i > 0 && w == terms[i-1] {
			continue
		}
		e.b = binary.BigEndian.AppendUint16(e.b, uint16(w>>32))
		e.b = binary.BigEndian.AppendUint32(e.b, uint32(w))
	}
}

// firstWord reads the word that a pending record goes on with.
func firstWord(p []byte) uint64 {
	return uint64(binary.BigEndian.Uint16(p))<<32 | uint64(binary.BigEndian.Uint32(p[2:]))
}

func shardKey(partition, shard uint64) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(partition))
	return binary.BigEndian.AppendUint16(b, uint16(shard))
}

// postings are the words of one partition's items on their way into its shards. A word
// and the place of an item that has it make a pair: the word << partitionBits | the place.
type postings struct {
	items []itemWords
	pairs []uint64 // of words that were added by themselves
}

// itemWords is a pending record, which has its words in order, and how far it was read.
type itemWords struct {
	rec         []byte
	place, next uint32
}

func (p *postings) add(seq, w uint64) {
	p.pairs = append(p.pairs, w<<partitionBits|seq&(partitionSize-1))
}

// addItem adds the words of a pending record, which must stay as it is until they are
// written.
func (p *postings) addItem(seq uint64, rec []byte) {
	p.items = append(p.items, itemWords{rec: rec, place: uint32(seq & (partitionSize - 1)), next: 1})
}

// len returns how many pairs there are.
func (p *postings) len() int {
	n := len(p.pairs)
	for _, it := range p.items {
		n += len(it.rec) / wordBytes
	}
	return n
}

// take moves the pairs of all words below limit to the end of to.
func (p *postings) take(limit uint64, to []uint64) []uint64 {
	for i := range p.items {
		it := &p.items[i]
		for rec := it.rec[it.next:]; len(rec) >= wordBytes; rec = rec[wordBytes:] {
			w := firstWord(rec)
			if w >= limit {
				break
			}
			to = append(to, w<<partitionBits|uint64(it.place))
			it.next += wordBytes
		}
	}
	n, _ := slices.BinarySearch(p.pairs, limit<<partitionBits)
	to, p.pairs = append(to, p.pairs[:n]...), p.pairs[n:]
	return to
}

// Pairs are sorted a span of shards at a time, for which some 300 KB are enough: all of a
// partition take 4 MB. They are dealt out by the leading bits in which they differ, and
// what then lies together is a handful, or a frequent word's places in order.
const (
	spanBits  = 5
	dealBits  = spanBits + 8
	dealShift = partitionBits + restBits + spanBits - dealBits
)

// write stores the postings as records of the partition.
func (p *postings) write(tx *bbolt.Tx, partition uint64) error {
	const spans = 1 << (shardBits - spanBits)
	t := appending(tx, "words")
	slices.Sort(p.pairs)
	room := p.len() / spans * 3 / 2
	dealt, sorted := make([]uint64, 0, room), make([]uint64, 0, room)
	var ends [1 << dealBits]uint32
	var rec []byte
	for span := range uint64(spans) {
		dealt = p.take((span+1)<<(restBits+spanBits), dealt[:0])
		sorted = slices.Grow(sorted[:0], len(dealt))[:len(dealt)]
		sortPairs(dealt, sorted, &ends)
		for rest := sorted; len(rest) > 0; {
			shard := shardOf(rest[0])
			rec, rest = appendShard(append(rec[:0], recordV1), rest)
			whole := append(make([]byte, 0, len(rec)+checksumSize), rec...)
			if err := t.put(shardKey(partition, shard), whole); err != nil {
				return err
			}
		}
	}
	return nil
}

// sortPairs sorts the pairs of a span of shards into to. ends is room to work in.
func sortPairs(pairs, to []uint64, ends *[1 << dealBits]uint32) {
	clear(ends[:])
	for _, pair := range pairs {
		ends[pair>>dealShift&(1<<dealBits-1)]++
	}
	at := uint32(0)
	for i, n := range ends {
		ends[i], at = at, at+n
	}
	for _, pair := range pairs {
		end := &ends[pair>>dealShift&(1<<dealBits-1)]
		to[*end] = pair
		*end++
	}
	at = 0
	for _, end := range ends {
		if end > at+1 {
			slices.Sort(to[at:end])
		}
		at = end
	}
}

func shardOf(pair uint64) uint64 { return pair >> (partitionBits + restBits) }

// appendShard writes the pairs that are of the same shard as the first, and returns the
// others.
func appendShard(rec []byte, pairs []uint64) (_ []byte, rest []uint64) {
	i := 0
	for shard := shardOf(pairs[0]); i < len(pairs) && shardOf(pairs[i]) == shard; {
		rec, i = appendPosting(rec, pairs, i)
	}
	return rec, pairs[i:]
}

// appendPosting writes the rest of the word at pairs[i], how many items have it, and the
// distances between them; it returns the place after the word's pairs.
func appendPosting(rec []byte, pairs []uint64, i int) ([]byte, int) {
	w := pairs[i] >> partitionBits
	end := i
	for end < len(pairs) && pairs[end]>>partitionBits == w {
		end++
	}
	rec = append(rec, byte(w&(1<<restBits-1)>>32))
	rec = binary.BigEndian.AppendUint32(rec, uint32(w))
	rec = binary.AppendUvarint(rec, uint64(end-i))
	last := uint64(0)
	for ; i < end; i++ {
		at := pairs[i] & (partitionSize - 1)
		rec = binary.AppendUvarint(rec, at-last)
		last = at
	}
	return rec, end
}

// load collects the postings that are stored of a partition.
func (p *postings) load(t table, partition uint64) error {
	return t.prefixed(datesKey(partition), func(key, rec []byte) error {
		shard := uint64(binary.BigEndian.Uint16(key[4:])) << restBits
		for rec = rec[1:]; len(rec) > restBytes; {
			w := shard | uint64(rec[0])<<32 | uint64(binary.BigEndian.Uint32(rec[1:]))
			n, used := binary.Uvarint(rec[restBytes:])
			rec = rec[restBytes+max(used, 1):]
			at := uint64(0)
			for range n {
				gap, used := binary.Uvarint(rec)
				if used <= 0 {
					return t.damaged(key, "posting ends too early")
				}
				rec = rec[used:]
				at += gap
				p.add(at, w)
			}
		}
		return nil
	})
}

// places is a set of a partition's items.
type places [partitionSize / 64]uint64

func (p *places) set(at uint64)      { p[at>>6&(partitionSize/64-1)] |= 1 << (at & 63) }
func (p *places) clear(at uint64)    { p[at>>6&(partitionSize/64-1)] &^= 1 << (at & 63) }
func (p *places) has(at uint64) bool { return p[at>>6&(partitionSize/64-1)]&(1<<(at&63)) != 0 }

// and leaves what is in q too, and reports whether that is anything.
func (p *places) and(q *places) bool {
	any := uint64(0)
	for i := range p {
		p[i] &= q[i]
		any |= p[i]
	}
	return any != 0
}

// everywhere is the set of all places.
func everywhere() (p places) {
	for i := range p {
		p[i] = ^uint64(0)
	}
	return p
}

// lookUp adds the items of a partition that have the word w.
func lookUp(t table, partition, w uint64, out *places) error {
	key := shardKey(partition, w>>restBits)
	rec, err := t.get(key)
	if err != nil || rec == nil {
		return err
	}
	rest := w & (1<<restBits - 1)
	for p := rec[1:]; len(p) > restBytes; {
		found := uint64(p[0])<<32 | uint64(binary.BigEndian.Uint32(p[1:]))
		if found > rest {
			return nil
		}
		n, used := binary.Uvarint(p[restBytes:])
		p = p[restBytes+max(used, 1):]
		at := uint64(0)
		for range n {
			gap, used := binary.Uvarint(p)
			if used <= 0 {
				return t.damaged(key, "posting ends too early")
			}
			p = p[used:]
			if at += gap; found == rest {
				out.set(at)
			}
		}
	}
	return nil
}

// indexWords turns pending words into postings when a partition is complete. The
// items are stored and can be found already, so a failure is only noted; the next
// poll tries again.
func (s *Store) indexWords() {
	first, ready, err := s.readyPartition()
	switch {
	case err != nil:
		return // an unreadable store is reported by whoever asks it something
	case !ready:
		err = s.indexOlder()
	default:
		err = s.update(func(tx *bbolt.Tx) error {
			// Another caller may have done it meanwhile.
			if now, ready, err := completePartition(tx); err != nil || !ready || now != first {
				return err
			}
			return flush(tx, first)
		})
	}
	if err != nil {
		s.lg.Warn("words not indexed yet", "err", err)
	}
}

func (s *Store) readyPartition() (p uint64, ready bool, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		p, ready, err = completePartition(tx)
		return err
	})
	return p, ready, err
}

// completePartition returns the partition of the oldest pending item and whether
// all items of it have arrived.
func completePartition(tx *bbolt.Tx) (uint64, bool, error) {
	k, _ := in(tx, "pending").b.Cursor().First()
	if k == nil {
		return 0, false, nil
	}
	p := partitionOf(binary.BigEndian.Uint64(k))
	return p, partitionOf(in(tx, "items").b.Sequence()) > p, nil
}

// flush moves the pending words of a partition into postings, and enters what its items
// are filtered by.
func flush(tx *bbolt.Tx, partition uint64) error {
	pending := in(tx, "pending")
	p := &postings{items: make([]itemWords, 0, partitionSize), pairs: make([]uint64, 0, usualFacets*partitionSize)}
	var keys [][]byte // they belong to the transaction, as the records do
	c := pending.b.Cursor()
	for k, v := c.First(); k != nil && partitionOf(binary.BigEndian.Uint64(k)) == partition; k, v = c.Next() {
		rec, err := pending.open(k, v)
		if err != nil {
			return err
		}
		p.addItem(binary.BigEndian.Uint64(k), rec)
		keys = append(keys, k)
	}
	if err := p.addFacets(tx, partition); err != nil {
		return err
	}
	if err := p.write(tx, partition); err != nil {
		return err
	}
	for _, key := range keys {
		c.Seek(key)
		if err := c.Delete(); err != nil {
			return fmt.Errorf("delete from bucket %q: %w", pending.name, err)
		}
	}
	return nil
}

// replacePending writes the words of items whose partition is not complete. Items
// that arrived meanwhile keep theirs.
func replacePending(tx *bbolt.Tx, words map[uint64][]byte) error {
	t := in(tx, "pending")
	for seq, rec := range words {
		if err := t.put(k64(seq), slices.Clone(rec)); err != nil {
			return err
		}
	}
	return nil
}

func replacePartition(tx *bbolt.Tx, p uint64, words map[uint64][]byte) error {
	pending := in(tx, "pending")
	if err := dropPartition(tx, p); err != nil {
		return err
	}
	var all postings
	for seq, rec := range words {
		all.addItem(seq, rec)
		if err := pending.delete(k64(seq)); err != nil {
			return err
		}
	}
	if err := all.addFacets(tx, p); err != nil {
		return err
	}
	return all.write(tx, p)
}

// dropPartition deletes the postings of a partition.
func dropPartition(tx *bbolt.Tx, p uint64) error {
	return in(tx, "words").deletePrefix(datesKey(p))
}
