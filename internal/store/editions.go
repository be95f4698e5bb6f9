package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// timeKey is an instant as a key: later instants sort later, whatever the year.
func timeKey(t time.Time) []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(t.Unix())^1<<63)
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

// keyTime reads what timeKey wrote; ok is false for what is none of it.
func keyTime(k []byte) (t time.Time, ok bool) {
	if len(k) != 12 {
		return t, false
	}
	return time.Unix(int64(binary.BigEndian.Uint64(k)^1<<63), int64(binary.BigEndian.Uint32(k[8:]))).UTC(), true
}

func slotKey(slot news.Slot) []byte {
	return join([]byte(slot.Digest), []byte{0}, timeKey(slot.At))
}

// putJSON stores a record that is written seldom and must be readable for years.
func (t table) putJSON(key []byte, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode record of bucket %q: %w", t.name, err)
	}
	return t.put(key, append([]byte{recordV1}, b...))
}

func (t table) decodeJSON(key, rec []byte, v any) error {
	if rec[0] != recordV1 {
		return fmt.Errorf("%w: record version %d in bucket %q; install the newer samur", ErrNewer, rec[0], t.name)
	}
	if err := json.Unmarshal(rec[1:], v); err != nil {
		return t.damaged(key, err.Error())
	}
	return nil
}

// SaveDigest stores a digest with its deliveries and marks its stories told, in one
// transaction. A slot that has a digest keeps it: the error is news.ErrExists. A digest
// whose window does not begin where that of the last one of its name ended is refused
// with news.ErrStale: two that were made side by side would tell the same.
func (s *Store) SaveDigest(d news.Digest, deliveries []news.Delivery) error {
	return s.SaveEdition(news.Edition{Digest: d}, deliveries)
}

// SaveEdition is SaveDigest with the forms that the digest is shown in.
func (s *Store) SaveEdition(e news.Edition, deliveries []news.Delivery) error {
	slot := e.Digest.Slot
	if slot.Digest == "" || strings.Contains(slot.Digest, "\x00") {
		return fmt.Errorf("save digest: %q is no name of a digest", slot.Digest)
	}
	err := s.update(func(tx *bbolt.Tx) error {
		t := in(tx, "digests")
		if old, err := t.get(slotKey(slot)); err != nil {
			return err
		} else if old != nil {
			return news.ErrExists
		}
		if err := joins(tx, e.Digest); err != nil {
			return err
		}
		if err := t.putJSON(slotKey(slot), e.Digest); err != nil {
			return err
		}
		if err := putForms(tx, e); err != nil {
			return err
		}
		for _, d := range deliveries {
			if err := newDelivery(tx, d); err != nil {
				return err
			}
		}
		if err := markAsked(tx, e.Digest); err != nil {
			return err
		}
		return markTold(tx, e.Digest)
	})
	if err != nil {
		return fmt.Errorf("save digest %s: %w", slot, err)
	}
	return nil
}

// joins checks that the window of d begins where the last one of its name ended.
func joins(tx *bbolt.Tx, d news.Digest) error {
	t := in(tx, "digests")
	prefix := join([]byte(d.Slot.Digest), []byte{0})
	k, v := lastOf(t.b.Cursor(), prefix)
	if k == nil || !bytes.HasPrefix(k, prefix) {
		return nil
	}
	rec, err := t.open(k, v)
	if err != nil {
		return err
	}
	var last news.Digest
	if err := t.decodeJSON(k, rec, &last); err != nil {
		return err
	}
	if last.Window.To != d.Window.From || last.Slot.At.After(d.Slot.At) {
		return fmt.Errorf("%w: digest %s has been saved meanwhile", news.ErrStale, last.Slot)
	}
	return nil
}

// forms lists the parts of an edition that are kept beside its digest.
func forms(e *news.Edition) map[string]*[]byte {
	return map[string]*[]byte{"text": &e.Text, "flowed": &e.Flowed, "html": &e.HTML, "page": &e.Page, "markdown": &e.Markdown, "json": &e.JSON}
}

const formSubject = "subject"

func putForms(tx *bbolt.Tx, e news.Edition) error {
	t := in(tx, "forms")
	put := func(form string, body []byte) error {
		if len(body) == 0 {
			return nil
		}
		return t.put(join(slotKey(e.Digest.Slot), []byte(form)), append([]byte{recordV1}, body...))
	}
	for form, body := range forms(&e) {
		if err := put(form, *body); err != nil {
			return err
		}
	}
	return put(formSubject, []byte(e.Subject))
}

// markTold notes in every story of d that d carried it, up to its newest member
// within the window. A story that is not stored any more cannot be told again and
// needs no mark.
func markTold(tx *bbolt.Tx, d news.Digest) error {
	done := map[string]bool{}
	for _, sec := range d.Sections {
		for _, en := range sec.Entries {
			st, ok, err := finalStory(tx, en.Story)
			if err != nil {
				return err
			}
			if !ok || done[st.ID] {
				continue
			}
			done[st.ID] = true
			told := news.Told{Digest: d.Slot.Digest, Slot: d.Slot.At}
			for _, m := range st.Members {
				if m.Seq <= d.Window.To.Item {
					told.Upto = max(told.Upto, m.Seq)
				}
			}
			st.Told = append(st.Told, told)
			if err := putStory(tx, st); err != nil {
				return err
			}
		}
	}
	return nil
}

// Digest returns the digest of a slot, or news.ErrNotFound.
func (s *Store) Digest(slot news.Slot) (d news.Digest, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		d, err = digestOf(tx, slot)
		return err
	})
	if err != nil {
		return news.Digest{}, fmt.Errorf("read digest %s: %w", slot, err)
	}
	return d, nil
}

func digestOf(tx *bbolt.Tx, slot news.Slot) (d news.Digest, err error) {
	t := in(tx, "digests")
	rec, err := t.get(slotKey(slot))
	if err != nil {
		return d, err
	}
	if rec == nil {
		return d, news.ErrNotFound
	}
	return d, t.decodeJSON(slotKey(slot), rec, &d)
}

// Edition returns the digest of a slot with its forms, or news.ErrNotFound. Forms
// that were never stored, or pruned, are empty.
func (s *Store) Edition(slot news.Slot) (e news.Edition, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		if e.Digest, err = digestOf(tx, slot); err != nil {
			return err
		}
		return readForms(tx, &e)
	})
	if err != nil {
		return news.Edition{}, fmt.Errorf("read edition %s: %w", slot, err)
	}
	return e, nil
}

// Digests returns the last digests of a name, newest first; of all names, each
// newest first, when name is "". A limit of 0 is none.
func (s *Store) Digests(name string, limit int) ([]news.Digest, error) {
	var out []news.Digest
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "digests")
		prefix := []byte{}
		if name != "" {
			prefix = join([]byte(name), []byte{0})
		}
		c := t.b.Cursor()
		for k, v := lastOf(c, prefix); k != nil && bytes.HasPrefix(k, prefix) && (limit <= 0 || len(out) < limit); k, v = c.Prev() {
			rec, err := t.open(k, v)
			if err != nil {
				return err
			}
			var d news.Digest
			if err := t.decodeJSON(k, rec, &d); err != nil {
				return err
			}
			out = append(out, d)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read digests %q: %w", name, err)
	}
	return out, nil
}

// lastOf moves c to the last key that can begin with prefix, which ends in a zero
// byte or is empty.
func lastOf(c *bbolt.Cursor, prefix []byte) (k, v []byte) {
	if len(prefix) == 0 {
		return c.Last()
	}
	next := bytes.Clone(prefix)
	next[len(next)-1]++
	return lastBefore(c, next)
}

// Slots returns the slots for which there is a digest of a name, newest first, from
// from up to but without to; a zero to is no bound. It reads their keys alone.
func (s *Store) Slots(name string, from, to time.Time, limit int) ([]news.Slot, error) {
	var out []news.Slot
	err := s.view(func(tx *bbolt.Tx) error {
		prefix := join([]byte(name), []byte{0})
		c := in(tx, "digests").b.Cursor()
		k, _ := lastOf(c, prefix)
		if !to.IsZero() {
			k, _ = lastBefore(c, slotKey(news.Slot{Digest: name, At: to}))
		}
		for ; k != nil && bytes.HasPrefix(k, prefix) && (limit <= 0 || len(out) < limit); k, _ = c.Prev() {
			at, ok := keyTime(k[len(prefix):])
			if !ok || at.Before(from) {
				return nil
			}
			out = append(out, news.Slot{Digest: name, At: at})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read slots of %q: %w", name, err)
	}
	return out, nil
}

// LastDigest returns the newest digest of a name, or news.ErrNotFound.
func (s *Store) LastDigest(name string) (news.Digest, error) {
	if name == "" {
		return news.Digest{}, fmt.Errorf("read last digest: %w", news.ErrNotFound)
	}
	ds, err := s.Digests(name, 1)
	if err != nil {
		return news.Digest{}, err
	}
	if len(ds) == 0 {
		return news.Digest{}, fmt.Errorf("read last digest %q: %w", name, news.ErrNotFound)
	}
	return ds[0], nil
}
