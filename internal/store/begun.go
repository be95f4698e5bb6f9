package store

import (
	"encoding/binary"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

func begunKey(digest string) []byte { return join([]byte("begun"), []byte{0}, []byte(digest)) }

// Begun returns when a digest was first known of. The first call stores now, later
// ones return what was stored: a digest that was never made owes nothing from before.
func (s *Store) Begun(digest string, now time.Time) (time.Time, error) {
	var at time.Time
	err := s.view(func(tx *bbolt.Tx) (err error) {
		at, err = begunAt(tx, digest)
		return err
	})
	if err == nil && at.IsZero() {
		err = s.update(func(tx *bbolt.Tx) (err error) {
			if at, err = begunAt(tx, digest); err != nil || !at.IsZero() {
				return err // another caller was faster
			}
			at = now.UTC().Round(0)
			e := newEncoder(recordV1, 16)
			e.time(at)
			return in(tx, "meta").put(begunKey(digest), e.b)
		})
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read beginning of digest %q: %w", digest, err)
	}
	return at, nil
}

// begunAt returns the zero time for a digest that was never asked for.
func begunAt(tx *bbolt.Tx, digest string) (at time.Time, err error) {
	rec, err := in(tx, "meta").get(begunKey(digest))
	if err != nil || rec == nil {
		return at, err
	}
	err = decode(rec, "beginning", func(d *decoder) { at = d.time() })
	return at, err
}

// CursorAt returns the place before the first item first seen, and before the first
// poll made, at t or later; the place after everything when there is none. It never
// parts a poll from its items: where the clock was set back between them, those of a
// poll behind the place are behind it too, whatever time they bear.
func (s *Store) CursorAt(t time.Time) (cur news.Cursor, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		if cur.Item, err = before(in(tx, "items"), t, firstSeenOf); err != nil {
			return err
		}
		if cur.Pass, err = before(in(tx, "attempts"), t, polledAt); err != nil {
			return err
		}
		with, err := itemsWith(tx, cur.Pass)
		if cur.Pass > 0 || with < cur.Item {
			cur.Item = with // a clock set back must not part a poll from its items
		}
		return err
	})
	if err != nil {
		return news.Cursor{}, fmt.Errorf("find place of %s: %w", t.UTC().Format(time.RFC3339), err)
	}
	return cur, nil
}

// CursorAfter returns the place behind the poll numbered pass and its items, whether that
// poll is still kept or not.
func (s *Store) CursorAfter(pass uint64) (news.Cursor, error) {
	cur := news.Cursor{Pass: pass}
	err := s.view(func(tx *bbolt.Tx) (err error) {
		cur.Item, err = itemsWith(tx, pass)
		return err
	})
	if err != nil {
		return news.Cursor{}, fmt.Errorf("find place after poll %d: %w", pass, err)
	}
	return cur, nil
}

// PassAt is CursorAt for who asks of polls alone.
func (s *Store) PassAt(t time.Time) (pass uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		pass, err = before(in(tx, "attempts"), t, polledAt)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("find first poll at %s: %w", t.UTC().Format(time.RFC3339), err)
	}
	return pass, nil
}

// itemsWith counts the items that came with the polls up to pass: what the next poll
// counted, without its own. Polls from before there was a count are added up.
func itemsWith(tx *bbolt.Tx, pass uint64) (uint64, error) {
	t, all := in(tx, "attempts"), in(tx, "items").b.Sequence()
	c := t.b.Cursor()
	later := uint64(0)
	for k, v := c.Seek(k64(pass + 1)); k != nil; k, v = c.Next() {
		rec, err := t.open(k, v)
		if err != nil {
			return 0, err
		}
		a, err := decodeAttempt(rec, 0)
		if err != nil {
			return 0, err
		}
		later += uint64(a.attempt.New)
		if a.counted {
			all = a.items
			break
		}
	}
	return all - min(later, all), nil
}

func firstSeenOf(rec []byte) (time.Time, error) {
	h, _, err := decodeHead(rec)
	return h.FirstSeen, err
}

func polledAt(rec []byte) (time.Time, error) {
	a, err := decodeAttempt(rec, 0)
	return a.attempt.At, err
}

// clockSlack is how many records in a row must be too old before it is believed
// that no younger one stands before them: a stepped clock puts single polls out of
// order, not thousands of items.
const clockSlack = 2000

// before returns the sequence number before the first record of t whose time is at
// or after when. It halves its way to where the times pass when, as if the clock had
// never been set back, and from there looks at the records before for some that are
// younger all the same.
func before(t table, when time.Time, timeOf func(rec []byte) (time.Time, error)) (uint64, error) {
	c := t.b.Cursor()
	lo, hi := uint64(1), t.b.Sequence()+1
	for lo < hi {
		mid := lo + (hi-lo)/2
		k, v := c.Seek(k64(mid))
		if k == nil || binary.BigEndian.Uint64(k) >= hi {
			hi = mid // nothing is left between the two
			continue
		}
		old, err := older(t, k, v, when, timeOf)
		if err != nil {
			return 0, err
		}
		if old {
			lo = binary.BigEndian.Uint64(k) + 1
		} else {
			hi = mid
		}
	}
	first := lo
	k, v := c.Seek(k64(lo))
	if k == nil {
		k, v = c.Last()
	}
	for n := 0; k != nil && n < clockSlack; k, v = c.Prev() {
		old, err := older(t, k, v, when, timeOf)
		if err != nil {
			return 0, err
		}
		if n++; !old {
			first, n = min(first, binary.BigEndian.Uint64(k)), 0
		}
	}
	return first - 1, nil
}

func older(t table, k, v []byte, when time.Time, timeOf func(rec []byte) (time.Time, error)) (bool, error) {
	rec, err := t.open(k, v)
	if err != nil {
		return false, err
	}
	at, err := timeOf(rec)
	return at.Before(when), err
}
