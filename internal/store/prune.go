package store

import (
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Keep says what Prune leaves. A zero time keeps everything of its kind.
type Keep struct {
	// Items first seen before this lose their text, revisions and place in stories,
	// search and ItemByURL. What digests quote from them stays in the digests, and
	// their figures and events stay.
	Items time.Time
	// Untold is the Seq of the first item that some digest has still to tell, or may
	// have; 0 when there is none. That item and all later ones keep what Items would
	// take, however old they are: a digest that could not be made for a month must
	// still find them.
	Untold uint64
	// Identities of items pruned by Items are forgotten too when the item was first
	// seen before this and its feed's last document did not list it. It must not be later
	// than 180 days before now: a feed that brings old entries back would be told again.
	Identities time.Time
	Reduced    time.Time // what clustering keeps of items first seen before this
	Attempts   time.Time // polls before this
	// Open is the Pass of the first poll that some digest has still to account for, 0 when
	// there is none. That poll and all later ones stay, whatever time they bear.
	Open       uint64
	Forms      time.Time // rendered forms of digests before this; digests themselves stay
	Deliveries time.Time // deliveries created before this that are sent, failed or dropped
}

// Pruned counts what Prune removed.
type Pruned struct {
	Items, Identities, Stories, Attempts, Forms, Deliveries int
}

// spares reports whether the item at seq keeps its text.
func (k Keep) spares(seq uint64, firstSeen time.Time) bool {
	return !firstSeen.Before(k.Items) || k.Untold != 0 && seq >= k.Untold
}

const identityFloor = 180 * 24 * time.Hour

// pruneStep is how many records a transaction of Prune looks at or removes: a poll
// waits no longer than one of them takes.
const pruneStep = 500

// Prune removes what k does not keep, in many short transactions. One that is cut
// off has removed part of it and can be run again. Space is used again; the file
// shrinks at the next Compact. It writes only where there is something to remove: what
// it keeps, which is nearly all of an archive, is looked at while others write, and of
// items and polls no more than those that are old.
func (s *Store) Prune(k Keep) (Pruned, error) {
	var n Pruned
	if now := s.opt.Now(); k.Identities.After(now.Add(-identityFloor)) {
		k.Identities = now.Add(-identityFloor)
	}
	for _, step := range []func(*Keep, *Pruned) error{
		s.pruneStories, s.pruneItems, s.pruneReduced, s.pruneWords, s.pruneAttempts, s.pruneForms, s.pruneDeliveries,
	} {
		if err := step(&k, &n); err != nil {
			return n, fmt.Errorf("prune store: %w", err)
		}
	}
	return n, nil
}

// listed returns the identities that feeds list now.
func listed(tx *bbolt.Tx) (map[uint64]bool, error) {
	keys := map[uint64]bool{}
	err := in(tx, "listed").prefixed(nil, func(_, rec []byte) error {
		of, err := decodeListed(rec)
		for _, k := range of {
			keys[k] = true
		}
		return err
	})
	return keys, err
}

// doomed is what one transaction of pruneItems does to items.
type doomed struct {
	stub, forget []uint64
	heads        map[uint64]itemHead
	urls         map[uint64]string
	next         uint64 // where the next transaction goes on, 0 at the end
}

func (s *Store) pruneItems(k *Keep, n *Pruned) error {
	if k.Items.IsZero() {
		return nil
	}
	var keys map[uint64]bool
	if err := s.view(func(tx *bbolt.Tx) (err error) { keys, err = listed(tx); return err }); err != nil {
		return err
	}
	end, err := s.oldItems(k)
	if err != nil {
		return err
	}
	for from := uint64(1); from != 0; {
		var d doomed
		find := func(tx *bbolt.Tx) (err error) {
			d, err = findDoomed(tx, k, keys, from, end)
			return err
		}
		if err := s.view(find); err != nil {
			return err
		}
		if len(d.heads) > 0 {
			err := s.update(func(tx *bbolt.Tx) error { // others may have written meanwhile
				if err := find(tx); err != nil {
					return err
				}
				return d.remove(tx)
			})
			if err != nil {
				return err
			}
		}
		n.Items += len(d.urls)
		n.Identities += len(d.forget)
		from = d.next
	}
	return nil
}

// oldItems returns the Seq of the last item that k can take something from: those behind
// it are younger, but for some that a stepped clock put there, whose turn comes with that
// of the items around them.
func (s *Store) oldItems(k *Keep) (end uint64, err error) {
	young := k.Items
	if k.Identities.After(young) {
		young = k.Identities
	}
	err = s.view(func(tx *bbolt.Tx) error {
		end, err = before(in(tx, "items"), young, firstSeenOf)
		return err
	})
	return end, err
}

// findDoomed looks at the next items from seq on, up to the one at end.
func findDoomed(tx *bbolt.Tx, k *Keep, keys map[uint64]bool, from, end uint64) (doomed, error) {
	d := doomed{heads: map[uint64]itemHead{}, urls: map[uint64]string{}}
	t := in(tx, "items")
	c, looked := t.b.Cursor(), 0
	for key, v := c.Seek(k64(from)); key != nil; key, v = c.Next() {
		seq := binary.BigEndian.Uint64(key)
		if seq > end {
			break
		}
		if looked++; looked > pruneStep {
			d.next = seq
			break
		}
		rec, err := t.open(key, v)
		if err != nil {
			return d, err
		}
		h, stub, err := decodeHead(rec)
		if err != nil {
			return d, err
		}
		if k.spares(seq, h.FirstSeen) {
			continue // not the end: a stepped clock leaves items out of order
		}
		forget := h.FirstSeen.Before(k.Identities) && !slices.ContainsFunc(h.Keys, func(k news.Key) bool { return keys[k.Hash] })
		if stub && !forget {
			continue
		}
		d.heads[seq] = h
		if !stub {
			it, err := decodeItem(rec, seq)
			if err != nil {
				return d, err
			}
			d.urls[seq] = it.URL
		}
		if forget {
			d.forget = append(d.forget, seq)
		} else {
			d.stub = append(d.stub, seq)
		}
	}
	return d, nil
}

// remove prunes the items found.
func (d *doomed) remove(tx *bbolt.Tx) error {
	items := in(tx, "items")
	for _, seq := range d.stub {
		if err := items.put(k64(seq), encodeStub(d.heads[seq])); err != nil {
			return err
		}
	}
	for _, seq := range d.forget {
		if err := items.delete(k64(seq)); err != nil {
			return err
		}
	}
	for seq := range d.urls {
		if err := in(tx, "revisions").deletePrefix(k64(seq)); err != nil {
			return err
		}
		for _, name := range []string{"pending", "reduced"} {
			if err := in(tx, name).delete(k64(seq)); err != nil {
				return err
			}
		}
	}
	if err := d.unindex(tx); err != nil {
		return err
	}
	return addTotals(tx, func(c *Totals) { c.Pruned += uint64(len(d.urls)) })
}

// unindex takes the items' entries out of the hash indexes.
func (d *doomed) unindex(tx *bbolt.Tx) error {
	urls, ids, seen := map[uint64]bool{}, map[uint64]bool{}, map[uint64]bool{}
	for _, u := range d.urls {
		if u != "" {
			urls[urlGroup(u)] = true
		}
	}
	for _, seq := range d.forget {
		h := d.heads[seq]
		ids[idGroup(h.ID)] = true
		seen[hash64(h.Feed)] = true
	}
	forgotten := func(seq uint64) bool { return slices.Contains(d.forget, seq) }
	textless := func(seq uint64) bool { _, ok := d.urls[seq]; return ok }
	for _, x := range []struct {
		name   string
		groups map[uint64]bool
		gone   func(uint64) bool
	}{{"urls", urls, textless}, {"ids", ids, forgotten}, {"seen", seen, forgotten}} {
		for g := range x.groups {
			if err := index(tx, x.name).drop(g, x.gone); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop removes the entries of items that are gone from a group.
func (x hashIndex) drop(group uint64, gone func(seq uint64) bool) error {
	changed := map[string][]byte{} // by key: what is left of the block
	err := x.blocks(group, func(key, rec []byte) error {
		left := append(make([]byte, 0, len(rec)+checksumSize), recordV1)
		for i := range (len(rec) - 1) / entrySize {
			if en := entryAt(rec, i); !gone(en.seq) {
				left = appendEntry(left, en)
			}
		}
		if len(left) != len(rec) {
			changed[string(key)] = left
		}
		return nil
	})
	if err != nil {
		return err
	}
	for key, left := range changed {
		if len(left) == 1 {
			err = x.t.delete([]byte(key))
		} else {
			err = x.t.put([]byte(key), left)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// pruneStories deletes stories all of whose members lose their text, and takes
// those members out of the stories that go on. It comes before pruneItems, so that
// no story leads to a text that is gone.
func (s *Store) pruneStories(k *Keep, n *Pruned) error {
	if k.Items.IsZero() {
		return nil
	}
	removed, err := s.sweep("stories", func(_, rec []byte) (fate, error) {
		st, err := decodeStory(rec)
		if err != nil {
			return keeps, err
		}
		if len(st.Members) == 0 {
			if st.Last.Before(k.Items) {
				return goes, nil
			}
			return keeps, nil
		}
		switch left := k.left(st); len(left) {
		case 0:
			return goes, nil
		case len(st.Members):
			return keeps, nil
		}
		return changes, nil
	}, func(tx *bbolt.Tx, f fate, _, rec []byte) error {
		st, err := decodeStory(rec)
		switch {
		case err != nil:
			return err
		case f == changes:
			st.Members = k.left(st)
			return putStory(tx, st)
		case len(st.Members) > 0:
			if err := in(tx, "recent").delete(recentKey(st)); err != nil {
				return err
			}
			return putInSeries(tx, st, news.Story{})
		}
		return nil
	})
	n.Stories = removed
	return err
}

// left returns the members of a story that keep their text.
func (k Keep) left(st news.Story) []news.Member {
	return slices.DeleteFunc(slices.Clone(st.Members), func(m news.Member) bool { return !k.spares(m.Seq, m.FirstSeen) })
}

func (s *Store) pruneAttempts(k *Keep, n *Pruned) error {
	if k.Attempts.IsZero() {
		return nil
	}
	var end uint64 // as in oldItems
	err := s.view(func(tx *bbolt.Tx) (err error) {
		end, err = before(in(tx, "attempts"), k.Attempts, polledAt)
		return err
	})
	if err != nil {
		return err
	}
	if k.Open != 0 {
		end = min(end, k.Open-1)
	}
	n.Attempts, err = s.sweep("attempts", func(key, rec []byte) (fate, error) {
		if binary.BigEndian.Uint64(key) > end {
			return ends, nil
		}
		a, err := decodeAttempt(rec, 0)
		if err == nil && a.attempt.At.Before(k.Attempts) {
			return goes, nil
		}
		return keeps, err
	}, alone)
	return err
}

func (s *Store) pruneForms(k *Keep, n *Pruned) error {
	if k.Forms.IsZero() {
		return nil
	}
	limit := timeKey(k.Forms)
	removed, err := s.sweep("forms", func(key, _ []byte) (fate, error) {
		_, rest, ok := cutZero(key)
		if ok && len(rest) >= len(limit) && string(rest[:len(limit)]) < string(limit) {
			return goes, nil
		}
		return keeps, nil
	}, alone)
	n.Forms = removed
	return err
}

func (s *Store) pruneDeliveries(k *Keep, n *Pruned) error {
	if k.Deliveries.IsZero() {
		return nil
	}
	removed, err := s.sweep("outbox", func(key, rec []byte) (fate, error) {
		var d news.Delivery
		if err := (table{name: "outbox"}).decodeJSON(key, rec, &d); err != nil {
			return keeps, err
		}
		if openStates[d.State] != 0 || !d.Created.Before(k.Deliveries) {
			return keeps, nil
		}
		return goes, nil
	}, func(tx *bbolt.Tx, _ fate, key, _ []byte) error {
		if err := in(tx, "refused").delete(key); err != nil {
			return err
		}
		return in(tx, "payloads").delete(key)
	})
	n.Deliveries = removed
	return err
}

// fate is what Prune does to a record.
type fate int

const (
	keeps   fate = iota
	changes      // it stays, with less in it
	goes
	ends // it stays, as do all that come after it
)

// alone is the change of a sweep over records that nothing else belongs to.
func alone(*bbolt.Tx, fate, []byte, []byte) error { return nil }

// sweep walks a bucket in steps and deletes the records that go, after change has removed
// what belongs to them elsewhere; of those that change, it writes what is left. of decides
// by the record alone: it is asked while others write, and again in the transaction that
// makes an end of it.
func (s *Store) sweep(name string, of func(key, rec []byte) (fate, error), change func(tx *bbolt.Tx, f fate, key, rec []byte) error) (int, error) {
	removed := 0
	for from := []byte{}; from != nil; {
		var keys [][]byte
		err := s.view(func(tx *bbolt.Tx) (err error) {
			keys, from, err = stepKeys(in(tx, name), from, of)
			return err
		})
		if err != nil {
			return removed, err
		}
		if len(keys) == 0 {
			continue
		}
		n := 0
		err = s.update(func(tx *bbolt.Tx) (err error) {
			n, err = sweepKeys(tx, name, keys, of, change)
			return err
		})
		if err != nil {
			return removed, err
		}
		removed += n
	}
	return removed, nil
}

// stepKeys copies the keys of one step from a place on whose records do not stay as they
// are, and the key where the next step begins, nil at the end.
func stepKeys(t table, from []byte, of func(key, rec []byte) (fate, error)) (keys [][]byte, next []byte, err error) {
	c, looked := t.b.Cursor(), 0
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		if looked++; looked > pruneStep {
			return keys, slices.Clone(k), nil
		}
		rec, err := t.open(k, v)
		if err != nil {
			return nil, nil, err
		}
		switch f, err := of(k, rec); {
		case err != nil:
			return nil, nil, err
		case f == ends:
			return keys, nil, nil
		case f != keeps:
			keys = append(keys, slices.Clone(k))
		}
	}
	return keys, nil, nil
}

func sweepKeys(tx *bbolt.Tx, name string, keys [][]byte, of func(key, rec []byte) (fate, error), change func(tx *bbolt.Tx, f fate, key, rec []byte) error) (int, error) {
	t, n := in(tx, name), 0
	for _, k := range keys {
		rec, err := t.get(k)
		if err != nil {
			return n, err
		}
		if rec == nil {
			continue // it went meanwhile
		}
		f, err := of(k, rec)
		if err != nil {
			return n, err
		}
		if f != goes && f != changes {
			continue
		}
		if err := change(tx, f, k, rec); err != nil {
			return n, err
		}
		if f == changes {
			continue
		}
		if err := t.delete(k); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// deletePrefix deletes every record whose key begins with prefix.
func (t table) deletePrefix(prefix []byte) error {
	var keys [][]byte
	if err := t.prefixed(prefix, func(key, _ []byte) error {
		keys = append(keys, slices.Clone(key))
		return nil
	}); err != nil {
		return err
	}
	for _, k := range keys {
		if err := t.delete(k); err != nil {
			return err
		}
	}
	return nil
}

// pruneWords drops the postings of partitions that no item with text is left in.
func (s *Store) pruneWords(k *Keep, _ *Pruned) error {
	if k.Items.IsZero() {
		return nil
	}
	for {
		dropped := false
		err := s.update(func(tx *bbolt.Tx) error {
			dropped = false
			key, _ := in(tx, "words").b.Cursor().First()
			if key == nil {
				return nil
			}
			p := uint64(binary.BigEndian.Uint32(key))
			empty, err := textless(tx, p)
			if err != nil || !empty {
				return err
			}
			dropped = true
			if err := in(tx, "dates").put(datesKey(p), slices.Clone(textlessRecord)); err != nil {
				return err
			}
			return dropPartition(tx, p)
		})
		if err != nil || !dropped {
			return err
		}
	}
}

// textless reports whether no item of a partition has a text.
func textless(tx *bbolt.Tx, p uint64) (bool, error) {
	t := in(tx, "items")
	c := t.b.Cursor()
	for k, v := c.Seek(k64(p << partitionBits)); k != nil && partitionOf(binary.BigEndian.Uint64(k)) == p; k, v = c.Next() {
		rec, err := t.open(k, v)
		if err != nil {
			return false, err
		}
		if rec[0] != itemStub {
			return false, nil
		}
	}
	return true, nil
}
