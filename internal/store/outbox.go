package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// openStates are the states that "open" lists, with the byte they sort under.
var openStates = map[news.DeliveryState]byte{news.DeliveryPending: 'p', news.DeliverySending: 's'}

// openHead is how many bytes of a key of "open" stand before the id.
const openHead = 1 + 12

func openKey(d news.Delivery) []byte {
	return join([]byte{openStates[d.State]}, timeKey(d.Next), []byte(d.ID))
}

// newDelivery stores a delivery that must not be there yet.
func newDelivery(tx *bbolt.Tx, d news.Delivery) error {
	if d.ID == "" {
		return fmt.Errorf("delivery to %q has no id", d.Recipient)
	}
	old, err := in(tx, "outbox").get([]byte(d.ID))
	if err != nil {
		return err
	}
	if old != nil {
		return fmt.Errorf("delivery %q: %w", d.ID, news.ErrExists)
	}
	if err := in(tx, "payloads").put([]byte(d.ID), append([]byte{recordV1}, d.Payload...)); err != nil {
		return err
	}
	return putDelivery(tx, d, news.Delivery{})
}

// putDelivery writes d without its payload and moves it in "open" from where old stood.
func putDelivery(tx *bbolt.Tx, d, old news.Delivery) error {
	due := in(tx, "open")
	if openStates[old.State] != 0 {
		if err := due.delete(openKey(old)); err != nil {
			return err
		}
	}
	if openStates[d.State] != 0 {
		if err := due.mark(openKey(d)); err != nil {
			return err
		}
	}
	if err := markRefused(tx, d, old); err != nil {
		return err
	}
	d.Payload = nil
	return in(tx, "outbox").putJSON([]byte(d.ID), d)
}

// ChangeDelivery lets change see a delivery as it stands, its payload included, and saves
// what it made of it when it returns true: nobody else changes it in between. It returns
// the delivery as it stands then, or news.ErrNotFound. The payload is fixed: a change that
// alters it fails. Change may be called again when others' writes in the same transaction
// fail, and must then come to the same.
func (s *Store) ChangeDelivery(id string, change func(d *news.Delivery) bool) (d news.Delivery, err error) {
	err = s.update(func(tx *bbolt.Tx) error {
		if d, err = wholeDelivery(tx, id); err != nil {
			return err
		}
		old, body := d, d.Payload
		if !change(&d) {
			d = old
			return nil
		}
		if d.ID != id || !bytes.Equal(d.Payload, body) {
			return fmt.Errorf("its id and payload are fixed and cannot be changed")
		}
		return putDelivery(tx, d, old)
	})
	if err != nil {
		return news.Delivery{}, fmt.Errorf("change delivery %q: %w", id, err)
	}
	return d, nil
}

// deliveryOf reads a delivery without its payload; one without id when there is none.
func deliveryOf(tx *bbolt.Tx, id string) (d news.Delivery, err error) {
	if id == "" {
		return d, nil
	}
	t := in(tx, "outbox")
	rec, err := t.get([]byte(id))
	if err != nil || rec == nil {
		return d, err
	}
	return d, t.decodeJSON([]byte(id), rec, &d)
}

func payloadOf(tx *bbolt.Tx, id string) ([]byte, error) {
	rec, err := in(tx, "payloads").must([]byte(id))
	if err != nil {
		return nil, err
	}
	return bytes.Clone(rec[1:]), nil
}

// wholeDelivery reads a delivery with its payload, or news.ErrNotFound.
func wholeDelivery(tx *bbolt.Tx, id string) (news.Delivery, error) {
	d, err := deliveryOf(tx, id)
	switch {
	case err != nil:
		return d, err
	case d.ID == "":
		return d, news.ErrNotFound
	}
	d.Payload, err = payloadOf(tx, id)
	return d, err
}

// Delivery returns a delivery with its payload, or news.ErrNotFound.
func (s *Store) Delivery(id string) (d news.Delivery, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		d, err = wholeDelivery(tx, id)
		return err
	})
	if err != nil {
		return news.Delivery{}, fmt.Errorf("read delivery %q: %w", id, err)
	}
	return d, nil
}

// DeliveryQuery selects deliveries; empty fields select all.
type DeliveryQuery struct {
	States  []news.DeliveryState
	Slot    news.Slot
	Channel string
	Limit   int
}

func (q DeliveryQuery) takes(d deliveryHead) bool {
	return (len(q.States) == 0 || slices.Contains(q.States, d.State)) &&
		(q.Slot.Digest == "" || q.Slot.Digest == d.Slot.Digest) &&
		(q.Slot.At.IsZero() || q.Slot.At.Equal(d.Slot.At)) &&
		(q.Channel == "" || q.Channel == d.Channel)
}

// Deliveries returns the deliveries that q selects, newest slot first, without
// their payloads.
func (s *Store) Deliveries(q DeliveryQuery) ([]news.Delivery, error) {
	var out []news.Delivery
	err := s.view(func(tx *bbolt.Tx) error {
		heads, err := q.chosen(tx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			d, err := deliveryOf(tx, h.ID)
			if err != nil {
				return err
			}
			out = append(out, d)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return out, nil
}

// Due returns the pending deliveries whose time has come, oldest slot first, without
// their payloads: a thousand recipients of one digest are a thousand copies of it.
func (s *Store) Due(now time.Time) ([]news.Delivery, error) {
	return s.openDeliveries(news.DeliveryPending, now)
}

// Unfinished returns deliveries marked as being sent. At start they are those that
// the last process was cut off from. They come without their payloads.
func (s *Store) Unfinished() ([]news.Delivery, error) {
	return s.openDeliveries(news.DeliverySending, farFuture)
}

var farFuture = time.Unix(1<<62, 0)

func (s *Store) openDeliveries(state news.DeliveryState, until time.Time) ([]news.Delivery, error) {
	var out []news.Delivery
	end := timeKey(until)
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "open")
		c := t.b.Cursor()
		prefix := []byte{openStates[state]}
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && bytes.Compare(k[1:openHead], end) <= 0; k, v = c.Next() {
			if _, err := t.open(k, v); err != nil {
				return err
			}
			d, err := deliveryOf(tx, string(k[openHead:]))
			if err != nil {
				return err
			}
			if d.ID == "" {
				return t.damaged(k, "the index leads to a delivery that is not there")
			}
			out = append(out, d)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	slices.SortStableFunc(out, func(a, b news.Delivery) int { return a.Slot.At.Compare(b.Slot.At) })
	return out, nil
}

// NextDue returns when the next pending delivery is due, false when none is pending.
func (s *Store) NextDue() (at time.Time, ok bool, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "open")
		k, v := t.b.Cursor().Seek([]byte{'p'})
		if k == nil || k[0] != 'p' {
			return nil
		}
		if _, err := t.open(k, v); err != nil {
			return err
		}
		sec := int64(binary.BigEndian.Uint64(k[1:]) ^ 1<<63)
		at, ok = time.Unix(sec, int64(binary.BigEndian.Uint32(k[9:]))).UTC(), true
		return nil
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("read outbox: %w", err)
	}
	return at, ok, nil
}
