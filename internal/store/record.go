package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"

	"go.etcd.io/bbolt"
)

// A record is a version byte, a payload and a checksum over bucket, key, version
// and payload. Binding the key makes a page that was written to the wrong place as
// visible as a flipped bit.

const checksumSize = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(bucket string, key, rec []byte) uint32 {
	sum := ^uint32(0)
	for i := range len(bucket) { // as crc32.Update, which has it copied
		sum = castagnoli[byte(sum)^bucket[i]] ^ sum>>8
	}
	sum = crc32.Update(^sum, castagnoli, key)
	return crc32.Update(sum, castagnoli, rec)
}

// table is a bucket whose values are records.
type table struct {
	name string
	b    *bbolt.Bucket
}

func in(tx *bbolt.Tx, name string) table {
	return table{name, tx.Bucket([]byte(name))}
}

// appending is in for buckets that only grow at the end: their pages are filled
// whole instead of half.
func appending(tx *bbolt.Tx, name string) table {
	t := in(tx, name)
	t.b.FillPercent = 1
	return t
}

// get returns the version and payload stored under key, nil when there is nothing.
// The payload belongs to the transaction.
func (t table) get(key []byte) (rec []byte, err error) {
	v := t.b.Get(key)
	if v == nil {
		return nil, nil
	}
	return t.open(key, v)
}

// open checks a value read by a cursor and returns its version and payload.
func (t table) open(key, v []byte) ([]byte, error) {
	if len(v) < 1+checksumSize {
		return nil, t.damaged(key, "value is cut short")
	}
	n := len(v) - checksumSize
	if binary.LittleEndian.Uint32(v[n:]) != checksum(t.name, key, v[:n]) {
		return nil, t.damaged(key, "checksum does not match")
	}
	return v[:n:n], nil
}

// put stores rec, a version byte and a payload, under key. It takes rec over.
func (t table) put(key, rec []byte) error {
	rec = binary.LittleEndian.AppendUint32(rec, checksum(t.name, key, rec))
	if err := t.b.Put(key, rec); err != nil {
		return fmt.Errorf("write bucket %q: %w", t.name, err)
	}
	return nil
}

// append stores records under the bucket's next numbers and returns the first of them.
// No record may have one: after damage to the count a new record would take the place of
// an old one.
func (t table) append(recs ...[]byte) (first uint64, err error) {
	first = t.b.Sequence() + 1
	last := first + uint64(len(recs)) - 1
	if k, _ := t.b.Cursor().Seek(k64(first)); k != nil && bytes.Compare(k, k64(last)) <= 0 {
		return 0, t.damaged(k, "the next number is taken")
	}
	if err := t.b.SetSequence(last); err != nil {
		return 0, fmt.Errorf("number record of bucket %q: %w", t.name, err)
	}
	for i, rec := range recs {
		if err := t.put(k64(first+uint64(i)), rec); err != nil {
			return 0, err
		}
	}
	return first, nil
}

// mark stores a record without content: the key says it all.
func (t table) mark(key []byte) error { return t.put(key, []byte{1}) }

func (t table) delete(key []byte) error {
	if err := t.b.Delete(key); err != nil {
		return fmt.Errorf("delete from bucket %q: %w", t.name, err)
	}
	return nil
}

func (t table) damaged(key []byte, what string) error {
	return fmt.Errorf("%w: bucket %q key %s: %s; restore a backup with: samur restore", ErrDamaged, t.name, printable(key), what)
}

// printable shows text keys as text and others in hex.
func printable(key []byte) string {
	for _, c := range key {
		if c < ' ' || c > '~' {
			return fmt.Sprintf("%x", key)
		}
	}
	return fmt.Sprintf("%q", key)
}

// k64 is the key of a sequence number.
func k64(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// join concatenates parts of a key.
func join(parts ...[]byte) []byte { return slices.Concat(parts...) }

// hash64 is FNV-1a. It is part of the file format.
func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	return h
}

// prefixed calls fn with every record whose key begins with prefix, in key order.
// Key and record belong to the transaction.
func (t table) prefixed(prefix []byte, fn func(key, rec []byte) error) error {
	c := t.b.Cursor()
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		rec, err := t.open(k, v)
		if err != nil {
			return err
		}
		if err := fn(k, rec); err != nil {
			return err
		}
	}
	return nil
}

// cutZero splits a key at its first zero byte.
func cutZero(key []byte) (before string, after []byte, ok bool) {
	a, b, ok := bytes.Cut(key, []byte{0})
	return string(a), b, ok
}
