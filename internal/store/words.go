package store

import (
	"encoding/binary"
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
	ws := slices.Clone(terms)
	slices.Sort(ws)
	ws = slices.Compact(ws)
	b := append(make([]byte, 0, 1+len(ws)*wordBytes+checksumSize), recordV1)
	for _, w := range ws {
		b = binary.BigEndian.AppendUint16(b, uint16(w>>32))
		b = binary.BigEndian.AppendUint32(b, uint32(w))
	}
	return b
}

// wordsIn lists the hashes of a pending record.
func wordsIn(rec []byte, fn func(w uint64)) {
	for p := rec[1:]; len(p) >= wordBytes; p = p[wordBytes:] {
		fn(uint64(binary.BigEndian.Uint16(p))<<32 | uint64(binary.BigEndian.Uint32(p[2:])))
	}
}

func shardKey(partition, shard uint64) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(partition))
	return binary.BigEndian.AppendUint16(b, uint16(shard))
}

// postings collects the words of one partition's items by the shard that they will lie
// in: to sort some hundred words a thousand times takes a third of sorting them all.
type postings struct {
	shards [1 << shardBits][]uint64 // rest of the word << partitionBits | place of the item in the partition
	room   int                      // of a shard to begin with
}

// newPostings returns postings with room for about so many words.
func newPostings(words int) *postings {
	return &postings{room: words >> shardBits * 9 / 8}
}

func (p *postings) add(seq, w uint64) {
	shard := &p.shards[w>>restBits&(1<<shardBits-1)]
	if *shard == nil {
		*shard = make([]uint64, 0, p.room)
	}
	*shard = append(*shard, w&(1<<restBits-1)<<partitionBits|seq&(partitionSize-1))
}

// write stores the postings as records of the partition.
func (p *postings) write(tx *bbolt.Tx, partition uint64) error {
	t := appending(tx, "words")
	var rec []byte
	for shard, pairs := range &p.shards {
		if len(pairs) == 0 {
			continue
		}
		slices.Sort(pairs)
		rec = append(rec[:0], recordV1)
		for i := 0; i < len(pairs); {
			rec, i = appendPosting(rec, pairs, i)
		}
		whole := append(make([]byte, 0, len(rec)+checksumSize), rec...)
		if err := t.put(shardKey(partition, uint64(shard)), whole); err != nil {
			return err
		}
	}
	return nil
}

// appendPosting writes the rest of the word at pairs[i], how many items have it, and the
// distances between them; it returns the place after the word's pairs.
func appendPosting(rec []byte, pairs []uint64, i int) ([]byte, int) {
	w := pairs[i] >> partitionBits
	end := i
	for end < len(pairs) && pairs[end]>>partitionBits == w {
		end++
	}
	rec = append(rec, byte(w>>32))
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
	var seqs []uint64
	var recs [][]byte // they belong to the transaction
	size := 0
	c := pending.b.Cursor()
	for k, v := c.First(); k != nil && partitionOf(binary.BigEndian.Uint64(k)) == partition; k, v = c.Next() {
		rec, err := pending.open(k, v)
		if err != nil {
			return err
		}
		seqs, recs, size = append(seqs, binary.BigEndian.Uint64(k)), append(recs, rec), size+len(rec)
	}
	p := newPostings(size / wordBytes)
	for i, rec := range recs {
		wordsIn(rec, func(w uint64) { p.add(seqs[i], w) })
	}
	if err := p.addFacets(tx, partition); err != nil {
		return err
	}
	if err := p.write(tx, partition); err != nil {
		return err
	}
	for _, seq := range seqs {
		if err := pending.delete(k64(seq)); err != nil {
			return err
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
	all := newPostings(0)
	for seq, rec := range words {
		wordsIn(rec, func(w uint64) { all.add(seq, w) })
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
