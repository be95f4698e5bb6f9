package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"
)

// A hash index answers "which items have this identity" within a group: a feed, a
// host, an id prefix. A group's entries lie packed in blocks, in order of arrival;
// adding appends to the last block and a question reads them all. A B+tree entry
// per identity would dirty a page for each; this dirties one page per poll and
// still answers in microseconds: a scan of 15,000 entries (a feed with 5,000 items)
// takes some 20 µs, BenchmarkSeen measures it.

// entry says that the item at seq has an identity. Where two items share one, the
// later entry stands later.
type entry struct {
	group uint64 // of one that is added
	hash  uint64
	tag   byte
	seq   uint64
}

const (
	entrySize    = 8 + 1 + 6
	blockEntries = 84 // a block and its key take a third of a page
	blockSize    = 1 + blockEntries*entrySize + checksumSize
)

type hashIndex struct{ t table }

func index(tx *bbolt.Tx, name string) hashIndex { return hashIndex{in(tx, name)} }

func blockKey(group uint64, block uint32) []byte {
	return binary.BigEndian.AppendUint32(k64(group), block)
}

// add appends entries to their groups. It puts them in order of these, and takes space for
// the blocks from the room.
func (x hashIndex) add(entries []entry, r *room) error {
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.group, b.group) })
	for len(entries) > 0 {
		group := entries[0].group
		n := 1
		for n < len(entries) && entries[n].group == group {
			n++
		}
		if err := x.addTo(group, entries[:n], r); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

func (x hashIndex) addTo(group uint64, entries []entry, r *room) error {
	block, rec, err := x.last(group, r)
	if err != nil {
		return err
	}
	for _, en := range entries {
		if len(rec) >= 1+blockEntries*entrySize {
			if err := x.t.put(blockKey(group, block), rec); err != nil {
				return err
			}
			block, rec = block+1, nil
		}
		if rec == nil {
			rec = append(r.space(blockSize)[:0], recordV1)
		}
		rec = appendEntry(rec, en)
	}
	return x.t.put(blockKey(group, block), rec)
}

// last returns a copy of the group's last block, nil and 0 for an empty group.
func (x hashIndex) last(group uint64, r *room) (uint32, []byte, error) {
	c := x.t.b.Cursor()
	top := blockKey(group, 1<<32-1)
	k, v := c.Seek(top)
	if k == nil {
		k, v = c.Last()
	} else if !bytes.Equal(k, top) {
		k, v = c.Prev()
	}
	if k == nil || !bytes.HasPrefix(k, k64(group)) {
		return 0, nil, nil
	}
	rec, err := x.open(k, v)
	if err != nil {
		return 0, nil, err
	}
	return binary.BigEndian.Uint32(k[8:]), append(r.space(blockSize)[:0], rec...), nil
}

func (x hashIndex) open(k, v []byte) ([]byte, error) {
	rec, err := x.t.open(k, v)
	if err != nil {
		return nil, err
	}
	return x.shape(k, rec)
}

// shape checks that rec can be a block.
func (x hashIndex) shape(k, rec []byte) ([]byte, error) {
	if rec[0] != recordV1 {
		return nil, fmt.Errorf("%w: index %q version %d; install the newer samur", ErrNewer, x.t.name, rec[0])
	}
	if len(k) != 12 || (len(rec)-1)%entrySize != 0 {
		return nil, x.t.damaged(k, "block has a wrong length")
	}
	return rec, nil
}

func appendEntry(b []byte, en entry) []byte {
	b = binary.LittleEndian.AppendUint64(b, en.hash)
	b = append(b, en.tag)
	b = binary.LittleEndian.AppendUint32(b, uint32(en.seq))
	return binary.LittleEndian.AppendUint16(b, uint16(en.seq>>32))
}

func entryAt(rec []byte, i int) entry {
	p := rec[1+i*entrySize:]
	return entry{
		hash: binary.LittleEndian.Uint64(p), tag: p[8],
		seq: uint64(binary.LittleEndian.Uint32(p[9:])) | uint64(binary.LittleEndian.Uint16(p[13:]))<<32,
	}
}

// sieve passes every hash it holds and few others: most entries of a scan are
// dismissed by one look at 1 KB.
type sieve [128]uint64

func (s *sieve) put(h uint64) { s[h>>6&127] |= 1 << (h & 63) }

func (s *sieve) has(h uint64) bool { return s[h>>6&127]&(1<<(h&63)) != 0 }

// find calls hit for every entry of the group whose hash is among hashes, in order
// of arrival, and says where that stands first.
func (x hashIndex) find(group uint64, hashes []uint64, hit func(en entry, first int)) error {
	var s sieve
	for _, h := range hashes {
		s.put(h)
	}
	return x.blocks(group, func(_, rec []byte) error {
		for p := 1; p < len(rec); p += entrySize {
			h := binary.LittleEndian.Uint64(rec[p:])
			if !s.has(h) {
				continue
			}
			for first, want := range hashes {
				if want == h {
					hit(entryAt(rec, (p-1)/entrySize), first)
					break
				}
			}
		}
		return nil
	})
}

// blocks calls fn with every block of the group.
func (x hashIndex) blocks(group uint64, fn func(key, rec []byte) error) error {
	c := x.t.b.Cursor()
	prefix := k64(group)
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		rec, err := x.open(k, v)
		if err != nil {
			return err
		}
		if err := fn(k, rec); err != nil {
			return err
		}
	}
	return nil
}
