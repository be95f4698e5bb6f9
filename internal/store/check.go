package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Check reads every record of the store file at path, which must not be open for
// writing, and returns an ErrDamaged for the first that is not what was written, or
// when records and indexes do not agree. It gives up with ctx.
func Check(ctx context.Context, path string) error {
	switch info, err := inPlace(path); {
	case err != nil:
		return fmt.Errorf("check store %q: %w", path, advise(path, err))
	case info.Size() == 0:
		return fmt.Errorf("check store %q: %w", path, errEmptied)
	}
	o := withDefaults(Options{Path: path, ReadOnly: true, Timeout: time.Second, check: true})
	db, file, err := attach(o, path)
	if err != nil {
		return fmt.Errorf("check store %q: %w", path, advise(path, err))
	}
	err = contain(path, func() error { return db.View(checking(ctx)) })
	if contain(path, db.Close) != nil {
		_ = letGo(file) // the check failed before
	}
	if err != nil {
		return fmt.Errorf("check store %q: %w", path, err)
	}
	return nil
}

// fingerprint sums what stands in records and in an index over them; equal sums
// mean equal sets, whatever their order, without keeping either in memory.
type fingerprint struct{ records, index uint64 }

func mix(parts ...uint64) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, p := range parts {
		h = (h ^ p) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	return h
}

// checker holds the fingerprints of a walk over all buckets.
type checker struct {
	tx                               *bbolt.Tx
	seen, ids, urls, recent, payload fingerprint
	series, moved, refused, listed   fingerprint
	open                             fingerprint
}

// checking is checkTx for db.View.
func checking(ctx context.Context) func(*bbolt.Tx) error {
	return func(tx *bbolt.Tx) error { return checkTx(ctx, tx) }
}

func checkTx(ctx context.Context, tx *bbolt.Tx) error {
	m, err := readSchema(tx)
	if err != nil {
		return err
	}
	if m.Schema > len(migrations)+1 {
		return fmt.Errorf("%w: it has schema %d; install the newer samur", ErrNewer, m.Schema)
	}
	c := &checker{tx: tx}
	for _, name := range bucketsAt(m.Schema) {
		if tx.Bucket([]byte(name)) == nil {
			return fmt.Errorf("%w: bucket %q is missing", ErrDamaged, name)
		}
		if err := c.walk(ctx, name); err != nil {
			return err
		}
	}
	if err := c.agree(); err != nil {
		return err
	}
	return pagesAgree(tx)
}

// pagesAgree compares the pages that buckets lead to with those that are not listed
// as free: a page that is both would be written over by the next poll.
func pagesAgree(tx *bbolt.Tx) error {
	st := tx.Cursor().Bucket().Stats() // of all buckets
	led := st.BranchPageN + st.BranchOverflowN + st.LeafPageN + st.LeafOverflowN
	used := 0
	for id := 2; ; id++ { // 0 and 1 are the two roots
		p, err := tx.Page(id)
		if err != nil {
			return err
		}
		if p == nil {
			break
		}
		switch p.Type {
		case "free":
			continue
		case "freelist":
		default:
			used += 1 + p.OverflowCount
		}
		id += p.OverflowCount
	}
	if led != used {
		return fmt.Errorf("%w: %d pages are in use and %d are not listed as free; restore a backup with: samur restore", ErrDamaged, led, used)
	}
	return nil
}

// walk verifies every record of a bucket and that keys ascend: a page that leads
// back to one before would be read for ever.
func (c *checker) walk(ctx context.Context, name string) error {
	t := in(c.tx, name)
	one := c.checks()[name]
	var last []byte
	cur := t.b.Cursor()
	for k, v := cur.First(); k != nil; k, v = cur.Next() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if last != nil && bytes.Compare(last, k) >= 0 {
			return t.damaged(k, "keys are out of order")
		}
		last = append(last[:0], k...)
		rec, err := t.open(k, v)
		if err != nil {
			return err
		}
		if one == nil {
			continue
		}
		if err := one(t, k, rec); err != nil {
			return fmt.Errorf("bucket %q key %s: %w", name, printable(k), err)
		}
	}
	if (name == "items" || name == "attempts" || name == "answers") && last != nil && binary.BigEndian.Uint64(last) > t.b.Sequence() {
		return t.damaged(last, "it is beyond the count of records")
	}
	return nil
}

// checks lists what is verified in the records of each bucket beside the checksum.
func (c *checker) checks() map[string]func(t table, k, rec []byte) error {
	return map[string]func(t table, k, rec []byte) error{
		"items":     c.item,
		"seen":      func(t table, k, rec []byte) error { return c.block(&c.seen, t, k, rec) },
		"ids":       func(t table, k, rec []byte) error { return c.block(&c.ids, t, k, rec) },
		"urls":      func(t table, k, rec []byte) error { return c.block(&c.urls, t, k, rec) },
		"revisions": func(_ table, _, rec []byte) error { _, err := decodeRevision(rec); return err },
		"stories":   c.story,
		"recent": func(_ table, k, _ []byte) error {
			c.recent.index += mix(binary.BigEndian.Uint64(k), hash64(string(k[8:])))
			return nil
		},
		"series": func(t table, k, _ []byte) error {
			_, _, err := placeInSeries(t, k)
			c.series.index += seriesMark(k)
			return err
		},
		"figures": func(_ table, _, rec []byte) error { _, err := decodePoint(rec); return err },
		"events":  func(_ table, _, rec []byte) error { _, err := decodeMention(rec); return err },
		"feeds":   c.feed,
		"refused": func(_ table, k, _ []byte) error { c.refused.index += mix(hash64(string(k))); return nil },
		"moved":   func(_ table, k, _ []byte) error { c.moved.index += mix(hash64(string(k))); return nil },
		"listed": func(_ table, k, rec []byte) error {
			c.listed.index += mix(hash64(string(k)))
			_, err := decodeListed(rec)
			return err
		},
		"listings": func(_ table, _, rec []byte) error { _, err := decodeListing(rec); return err },
		"attempts": func(_ table, _, rec []byte) error { _, err := decodeAttempt(rec, 0); return err },
		"digests":  func(t table, k, rec []byte) error { return t.decodeJSON(k, rec, &news.Digest{}) },
		"outbox":   c.delivery,
		"answers":  func(t table, k, _ []byte) error { _, err := answerOf(t, k, t.b.Get(k)); return err },
		"asked":    func(t table, k, rec []byte) error { return t.decodeJSON(k, rec, &news.Slot{}) },
		"payloads": func(_ table, k, _ []byte) error { c.payload.index += mix(hash64(string(k))); return nil },
		"open":     func(_ table, k, _ []byte) error { c.open.index += mix(hash64(string(k))); return nil },
		"reduced":  c.reduced,
	}
}

func (c *checker) item(_ table, k, rec []byte) error {
	seq := binary.BigEndian.Uint64(k)
	h, stub, err := decodeHead(rec)
	if err != nil {
		return err
	}
	c.ids.records += mix(idGroup(h.ID), hash64(h.ID), 0, seq)
	for _, key := range h.Keys {
		c.seen.records += mix(hash64(h.Feed), key.Hash, uint64(key.Kind), seq)
	}
	if stub {
		return nil
	}
	it, err := decodeItem(rec, seq)
	if err == nil && it.URL != "" {
		c.urls.records += mix(urlGroup(it.URL), hash64(it.URL), 0, seq)
	}
	return err
}

func (c *checker) feed(_ table, k, rec []byte) error {
	r, err := decodeFeed(rec)
	if err == nil && r.state.Adopted != "" && c.tx.Bucket([]byte("moved")) != nil {
		c.moved.records += mix(hash64(string(k)))
	}
	if err == nil && r.state.Listed && c.tx.Bucket([]byte("listed")) != nil {
		c.listed.records += mix(hash64(string(k)))
	}
	return err
}

func (c *checker) block(f *fingerprint, t table, k, rec []byte) error {
	if _, err := (hashIndex{t}).shape(k, rec); err != nil {
		return err
	}
	for i := range (len(rec) - 1) / entrySize {
		en := entryAt(rec, i)
		f.index += mix(binary.BigEndian.Uint64(k), en.hash, uint64(en.tag), en.seq)
	}
	return nil
}

func (c *checker) story(_ table, _, rec []byte) error {
	st, err := decodeStory(rec)
	if err == nil && len(st.Members) > 0 {
		c.recent.records += mix(newest(st), hash64(st.ID))
	}
	if key := seriesKey(st); key != nil && c.tx.Bucket([]byte("series")) != nil {
		c.series.records += seriesMark(key)
	}
	return err
}

func (c *checker) delivery(t table, k, rec []byte) error {
	var d news.Delivery
	if err := t.decodeJSON(k, rec, &d); err != nil {
		return err
	}
	c.payload.records += mix(hash64(d.ID))
	if d.State == news.DeliveryFailed && c.tx.Bucket([]byte("refused")) != nil {
		c.refused.records += mix(hash64(d.ID))
	}
	if openStates[d.State] != 0 {
		c.open.records += mix(hash64(string(openKey(d))))
	}
	return nil
}

func (c *checker) agree() error {
	for _, f := range []struct {
		name string
		fingerprint
	}{{"seen", c.seen}, {"ids", c.ids}, {"urls", c.urls}, {"recent", c.recent}, {"series", c.series}, {"moved", c.moved}, {"refused", c.refused}, {"listed", c.listed}, {"payloads", c.payload}, {"open", c.open}} {
		if f.records != f.index {
			return fmt.Errorf("%w: index %q does not agree with its records; restore a backup with: samur restore", ErrDamaged, f.name)
		}
	}
	return nil
}
