package store

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// A year of editions to many recipients leaves hundreds of thousands of deliveries. What
// is asked every few seconds, how many wait or were refused, is answered from "open" and
// "refused" alone.

// markRefused keeps the list of refused deliveries as d leaves it.
func markRefused(tx *bbolt.Tx, d, old news.Delivery) error {
	t := in(tx, "refused")
	switch refused := d.State == news.DeliveryFailed; {
	case refused == (old.State == news.DeliveryFailed):
		return nil
	case refused:
		return t.mark([]byte(d.ID))
	default:
		return t.delete([]byte(d.ID))
	}
}

// fillRefused lists the refused deliveries of a store from before there was a list.
func fillRefused(tx *bbolt.Tx) error {
	if err := createBuckets(tx, "refused"); err != nil {
		return err
	}
	outbox := in(tx, "outbox")
	return outbox.prefixed(nil, func(key, rec []byte) error {
		var d deliveryHead
		if err := outbox.decodeJSON(key, rec, &d); err != nil || d.State != news.DeliveryFailed {
			return err
		}
		return in(tx, "refused").mark(key)
	})
}

// deliveryHead is the part of a delivery that it is chosen by.
type deliveryHead struct {
	ID      string
	Slot    news.Slot
	Channel string
	State   news.DeliveryState
}

// newestSlot orders deliveries as they are listed.
func newestSlot(a, b deliveryHead) int {
	return cmp.Or(b.Slot.At.Compare(a.Slot.At), cmp.Compare(a.ID, b.ID))
}

// chosen lists the deliveries that q selects, in order and at most as many as it asks for,
// which is all that it keeps in memory.
func (q DeliveryQuery) chosen(tx *bbolt.Tx) ([]deliveryHead, error) {
	var out []deliveryHead
	var oldest time.Time // of those that are full in number: what is older is not asked for
	cut := func(most int) {
		if q.Limit > 0 && len(out) > most {
			slices.SortFunc(out, newestSlot)
			out = out[:q.Limit]
			oldest = out[q.Limit-1].Slot.At
		}
	}
	err := q.candidates(tx, func(key, rec []byte) error {
		if at, ok := slotTime(rec); ok && at.Before(oldest) {
			return nil
		}
		var d deliveryHead
		if err := in(tx, "outbox").decodeJSON(key, rec, &d); err != nil {
			return err
		}
		if q.takes(d) {
			out = append(out, d)
			cut(2 * q.Limit)
		}
		return nil
	})
	slices.SortFunc(out, newestSlot)
	cut(q.Limit)
	return out, err
}

// slotTime reads the time of its slot from the record of a delivery without decoding it:
// the first "At" there is. A quote in a name before it is escaped.
func slotTime(rec []byte) (time.Time, bool) {
	_, rest, _ := bytes.Cut(rec, []byte(`"At":"`))
	text, _, ok := bytes.Cut(rest, []byte(`"`))
	if !ok {
		return time.Time{}, false
	}
	at, err := time.Parse(time.RFC3339Nano, string(text))
	return at, err == nil
}

// candidates calls fn with the records that q can select: by a list where there is one of
// every state that it asks for, else all.
func (q DeliveryQuery) candidates(tx *bbolt.Tx, fn func(key, rec []byte) error) error {
	outbox := in(tx, "outbox")
	if len(q.States) == 0 || slices.ContainsFunc(q.States, func(st news.DeliveryState) bool {
		return openStates[st] == 0 && st != news.DeliveryFailed
	}) {
		return outbox.prefixed(nil, fn)
	}
	listed := func(t table, prefix []byte, head int) error {
		return t.prefixed(prefix, func(key, _ []byte) error {
			rec, err := outbox.get(key[head:])
			if err != nil {
				return err
			}
			if rec == nil {
				return t.damaged(key, "the index leads to a delivery that is not there")
			}
			return fn(key[head:], rec)
		})
	}
	for _, st := range q.States {
		t, prefix, head := in(tx, "refused"), []byte(nil), 0
		if openStates[st] != 0 {
			t, prefix, head = in(tx, "open"), []byte{openStates[st]}, openHead
		}
		if err := listed(t, prefix, head); err != nil {
			return err
		}
	}
	return nil
}
