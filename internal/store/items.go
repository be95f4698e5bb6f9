package store

import (
	"encoding/binary"
	"fmt"
	"net/url"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Seen is what the store knows of an identity.
type Seen struct {
	Item     string // id of the item that had it last
	Seq      uint64
	TextHash uint64 // of the wording last seen
}

// Groups of the hash indexes. Ids begin with four digits that stand for their feed.
func idGroup(id string) uint64 { return hash64(id[:min(4, len(id))]) }

func urlGroup(raw string) uint64 {
	u, err := url.Parse(raw)
	if err != nil {
		return 0 // a URL without a readable host has a group of its own
	}
	return hash64(u.Hostname())
}

// Seen tells which of the identities of a feed are known.
func (s *Store) Seen(feed string, keys []news.Key) (map[news.Key]Seen, error) {
	hashes := make([]uint64, len(keys))
	for i, k := range keys {
		hashes[i] = k.Hash
	}
	var out map[news.Key]Seen // nil while nothing is known, as of a new feed
	err := s.view(func(tx *bbolt.Tx) error {
		err := index(tx, "seen").find(hash64(feed), hashes, func(en entry, first int) {
			k := news.Key{Kind: news.KeyKind(en.tag), Hash: en.hash}
			if !slices.Contains(keys[first:], k) {
				return
			}
			if out == nil {
				out = make(map[news.Key]Seen, len(keys))
			}
			out[k] = Seen{Seq: en.seq} // a later item with the same identity wins
		})
		if err != nil || out == nil {
			return err
		}
		return resolve(tx, out)
	})
	if err != nil {
		return nil, fmt.Errorf("look up %d identities of feed %q: %w", len(keys), feed, err)
	}
	return out, nil
}

// resolve reads the items that identities lead to, each once.
func resolve(tx *bbolt.Tx, out map[news.Key]Seen) error {
	items := in(tx, "items")
	heads := make(map[uint64]Seen, len(out)/3) // most items are asked for under some keys
	for k, found := range out {
		seq := found.Seq
		seen, ok := heads[seq]
		if !ok {
			rec, err := items.must(k64(seq))
			if err != nil {
				return err
			}
			d := newDecoder(rec[:min(len(rec), 64)]) // id and hash stand first
			seen = Seen{Item: d.str(), TextHash: d.fixed(), Seq: seq}
			if d.err != nil {
				return items.damaged(k64(seq), d.err.Error())
			}
			heads[seq] = seen
		}
		out[k] = seen
	}
	return nil
}

// must is get for a record that an index says is there.
func (t table) must(key []byte) ([]byte, error) {
	rec, err := t.get(key)
	if err == nil && rec == nil {
		err = t.damaged(key, "the index leads to a record that is not there")
	}
	return rec, err
}

// seqOf finds the item with an id; 0 when there is none.
func seqOf(tx *bbolt.Tx, id string) (uint64, error) {
	var found []uint64
	err := index(tx, "ids").find(idGroup(id), []uint64{hash64(id)}, func(en entry, _ int) { found = append(found, en.seq) })
	if err != nil {
		return 0, err
	}
	for i := len(found) - 1; i >= 0; i-- {
		rec, err := in(tx, "items").must(k64(found[i]))
		if err != nil {
			return 0, err
		}
		h, _, err := decodeHead(rec)
		if err != nil {
			return 0, err
		}
		if h.ID == id {
			return found[i], nil
		}
	}
	return 0, nil
}

// itemAt reads the item at seq.
func itemAt(tx *bbolt.Tx, seq uint64) (news.Item, error) {
	t := in(tx, "items")
	rec, err := t.must(k64(seq))
	if err != nil {
		return news.Item{}, err
	}
	return decodeItem(rec, seq)
}

// itemByID reads the item with an id; news.ErrNotFound when there is none.
func itemByID(tx *bbolt.Tx, id string) (news.Item, error) {
	seq, err := seqOf(tx, id)
	if err != nil {
		return news.Item{}, err
	}
	if seq == 0 {
		return news.Item{}, news.ErrNotFound
	}
	return itemAt(tx, seq)
}

// Item returns the item with an id, or news.ErrNotFound.
func (s *Store) Item(id string) (it news.Item, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		it, err = itemByID(tx, id)
		return err
	})
	if err != nil {
		return news.Item{}, fmt.Errorf("read item %q: %w", id, err)
	}
	return it, nil
}

// Standing is how an item stands, whether or not its text is still kept.
type Standing struct {
	Relevant bool
	Archived bool
	Story    string // "" when it is in none
	Keys     []news.Key
}

// Standings returns how the items with these ids stand; one that is missing is left out.
func (s *Store) Standings(ids []string) (map[string]Standing, error) {
	out := make(map[string]Standing, len(ids))
	err := s.view(func(tx *bbolt.Tx) error {
		for _, id := range ids {
			seq, err := seqOf(tx, id)
			if err != nil {
				return err
			}
			if seq == 0 {
				continue
			}
			rec, err := in(tx, "items").must(k64(seq))
			if err != nil {
				return err
			}
			h, _, err := decodeHead(rec)
			if err != nil {
				return err
			}
			out[id] = Standing{h.Relevant, h.Archived, h.Story, h.Keys}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read how %d items stand: %w", len(ids), err)
	}
	return out, nil
}

// Items returns the items with these ids, in the order asked. One that is missing,
// or whose text was pruned, is news.ErrNotFound.
func (s *Store) Items(ids []string) ([]news.Item, error) {
	out := make([]news.Item, 0, len(ids))
	err := s.view(func(tx *bbolt.Tx) error {
		for _, id := range ids {
			it, err := itemByID(tx, id)
			if err != nil {
				return fmt.Errorf("read item %q: %w", id, err)
			}
			out = append(out, it)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// ItemByURL returns the newest item with this canonical URL, or news.ErrNotFound.
func (s *Store) ItemByURL(raw string) (it news.Item, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		var seqs []uint64
		err := index(tx, "urls").find(urlGroup(raw), []uint64{hash64(raw)}, func(en entry, _ int) { seqs = append(seqs, en.seq) })
		for i := len(seqs) - 1; i >= 0 && err == nil; i-- {
			if it, err = itemAt(tx, seqs[i]); err == nil && it.URL == raw {
				return nil
			}
		}
		if err == nil {
			err = news.ErrNotFound
		}
		return err
	})
	if err != nil {
		return news.Item{}, fmt.Errorf("read item of %q: %w", raw, err)
	}
	return it, nil
}

// chunk is how many records are read in one transaction before they are handed
// out: enough to make the transaction cheap, few enough to keep it short. Of those that
// are only looked at it may be some more.
const (
	chunk     = 256
	chunkSeen = 8 * chunk
)

// ItemsBetween calls fn with every item whose Seq is in (from, to], oldest first,
// until fn returns false. fn runs outside any transaction and may use the store.
func (s *Store) ItemsBetween(from, to uint64, fn func(news.Item) bool) error {
	return s.itemsBetween(from, to, heads(func(itemHead) bool { return true }), fn)
}

// StandingsBetween calls fn with how every item in (from, to] stands whose text is kept,
// oldest first: what is asked of thousands to find the hundreds that matter. fn must not
// use the store.
func (s *Store) StandingsBetween(from, to uint64, fn func(Standing)) error {
	return s.itemsBetween(from, to, heads(func(h itemHead) bool {
		fn(Standing{h.Relevant, h.Archived, h.Story, h.Keys})
		return false
	}), nil)
}

// textHead reads the head of an item from the table of items, and false where there is
// none or its text is not kept.
func textHead(items table, seq uint64) (h itemHead, ok bool, err error) {
	rec, err := items.get(k64(seq))
	if err != nil || rec == nil {
		return h, false, err
	}
	h, stub, err := decodeHead(rec)
	return h, err == nil && !stub, err
}

// filter says of the record of an item or stub whether it is wanted, which no stub is.
type filter func(rec []byte) (bool, error)

// heads is a filter by the heads of items.
func heads(wanted func(itemHead) bool) filter {
	return func(rec []byte) (bool, error) {
		h, stub, err := decodeHead(rec)
		return err == nil && !stub && wanted(h), err
	}
}

// itemsBetween is ItemsBetween for the items that are wanted.
func (s *Store) itemsBetween(from, to uint64, wanted filter, fn func(news.Item) bool) error {
	for from < to {
		var batch []news.Item
		err := s.view(func(tx *bbolt.Tx) (err error) {
			batch, from, err = itemChunk(tx, from, to, wanted)
			return err
		})
		if err != nil {
			return fmt.Errorf("read items after %d: %w", from, err)
		}
		for _, it := range batch {
			if !fn(it) {
				return nil
			}
		}
	}
	return nil
}

// itemChunk reads the next wanted items in (from, to], and returns the place up to which
// it looked: to when there are no more.
func itemChunk(tx *bbolt.Tx, from, to uint64, wanted filter) (batch []news.Item, at uint64, err error) {
	t := in(tx, "items")
	c := t.b.Cursor()
	seen := 0
	for k, v := c.Seek(k64(from + 1)); k != nil; k, v = c.Next() {
		seq := binary.BigEndian.Uint64(k)
		if seq > to {
			break
		}
		if len(batch) == chunk || seen == chunkSeen {
			return batch, from, nil
		}
		rec, err := t.open(k, v)
		if err != nil {
			return nil, from, err
		}
		if seq <= from {
			return nil, from, t.damaged(k, "keys are out of order")
		}
		from = seq
		seen++
		if ok, err := wanted(rec); err != nil {
			return nil, from, err
		} else if !ok {
			continue
		}
		it, err := decodeItem(rec, seq)
		if err != nil {
			return nil, from, err
		}
		batch = append(batch, it)
	}
	return batch, to, nil
}

// ItemsSince calls fn with the items first seen at t or later, in order of arrival,
// until fn returns false. fn may use the store.
func (s *Store) ItemsSince(t time.Time, fn func(news.Item) bool) error {
	from, last, err := s.placesSince(t)
	if err != nil {
		return fmt.Errorf("read items since %s: %w", t.Format(time.RFC3339), err)
	}
	return s.itemsBetween(from, last, heads(func(h itemHead) bool { return !h.FirstSeen.Before(t) }), fn)
}

// placesSince returns places in the order of arrival: behind first, and not behind last,
// are all items first seen at t or later.
func (s *Store) placesSince(t time.Time) (first, last uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) (err error) {
		items := in(tx, "items")
		last = items.b.Sequence()
		first, err = before(items, t, firstSeenOf)
		return err
	})
	return first, last, err
}

// Revisions returns the later wordings of an item, oldest first.
func (s *Store) Revisions(item string) ([]news.Revision, error) {
	var out []news.Revision
	err := s.view(func(tx *bbolt.Tx) error {
		seq, err := seqOf(tx, item)
		if err != nil || seq == 0 {
			return err
		}
		return in(tx, "revisions").prefixed(k64(seq), func(_, rec []byte) error {
			r, err := decodeRevision(rec)
			out = append(out, r)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read revisions of item %q: %w", item, err)
	}
	return out, nil
}

// Reworded returns the ids of the items behind a place in the order of arrival that have
// a wording first seen at t or later, in order of arrival.
func (s *Store) Reworded(after uint64, t time.Time) ([]string, error) {
	var out []string
	err := s.view(func(tx *bbolt.Tx) error {
		b := in(tx, "revisions")
		c := b.b.Cursor()
		for k, v := c.Seek(k64(after + 1)); k != nil; k, v = c.Next() {
			rec, err := b.open(k, v)
			if err != nil {
				return err
			}
			r, err := decodeRevision(rec)
			if err != nil {
				return err
			}
			if !r.At.Before(t) && (len(out) == 0 || out[len(out)-1] != r.Item) {
				out = append(out, r.Item)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read items reworded since %s: %w", t.Format(time.RFC3339), err)
	}
	return out, nil
}

// Cursor returns the place after everything stored so far.
func (s *Store) Cursor() (cur news.Cursor, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		cur = news.Cursor{Item: in(tx, "items").b.Sequence(), Pass: in(tx, "attempts").b.Sequence()}
		return nil
	})
	return cur, err
}
