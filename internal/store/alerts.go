package store

import (
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// alertMemory is how long it is known that a story went out by an alert. Stories that
// are not fresh are not looked at, so a month is more than enough.
const alertMemory = 30 * 24 * time.Hour

func alertKey(rule, story string) []byte {
	return join([]byte("alerted"), []byte{0}, []byte(rule), []byte{0}, []byte(story))
}

// Alerted reports whether st went out by the alert called rule, under its present id or
// that of a story that was merged into it: a story has the id of its earliest member, so
// those are the ids that its members give.
func (s *Store) Alerted(rule string, st news.Story) (bool, error) {
	var found bool
	err := s.view(func(tx *bbolt.Tx) (err error) {
		found, err = alerted(tx, rule, st)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("read alerts %q: %w", rule, err)
	}
	return found, nil
}

func alerted(tx *bbolt.Tx, rule string, st news.Story) (bool, error) {
	ids := []string{st.ID}
	for _, m := range st.Members {
		ids = append(ids, "s"+m.Item)
	}
	for _, id := range ids {
		if rec, err := in(tx, "meta").get(alertKey(rule, id)); err != nil || rec != nil {
			return rec != nil, err
		}
	}
	return false, nil
}

// AlertsSince counts the stories that went out by an alert at t or later.
func (s *Store) AlertsSince(rule string, t time.Time) (n int, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		return in(tx, "meta").prefixed(alertKey(rule, ""), func(_, rec []byte) error {
			at, err := decodeAlertTime(rec)
			if !at.Before(t) {
				n++
			}
			return err
		})
	})
	if err != nil {
		return 0, fmt.Errorf("count alerts %q: %w", rule, err)
	}
	return n, nil
}

// SaveAlert notes that the story of a goes out by its rule and adds the deliveries that
// carry it, in one transaction. One that went out before is news.ErrExists.
func (s *Store) SaveAlert(a news.Alert, deliveries []news.Delivery) error {
	err := s.update(func(tx *bbolt.Tx) error {
		st, ok, err := finalStory(tx, a.Entry.Story)
		if err != nil {
			return err
		}
		if !ok {
			return news.ErrNotFound
		}
		if found, err := alerted(tx, a.Rule, st); err != nil || found {
			return orExists(err)
		}
		if err := forgetAlerts(tx, a.Rule, a.Made.Add(-alertMemory)); err != nil {
			return err
		}
		e := newEncoder(recordV1, 16)
		e.time(a.Made.UTC())
		if err := in(tx, "meta").put(alertKey(a.Rule, st.ID), e.b); err != nil {
			return err
		}
		for _, d := range deliveries {
			if err := newDelivery(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save alert %q of story %q: %w", a.Rule, a.Entry.Story, err)
	}
	return nil
}

func orExists(err error) error {
	if err == nil {
		return news.ErrExists
	}
	return err
}

// forgetAlerts drops what is known of the alerts of a rule from before t.
func forgetAlerts(tx *bbolt.Tx, rule string, t time.Time) error {
	var old [][]byte
	err := in(tx, "meta").prefixed(alertKey(rule, ""), func(key, rec []byte) error {
		at, err := decodeAlertTime(rec)
		if at.Before(t) {
			old = append(old, append([]byte{}, key...))
		}
		return err
	})
	for _, key := range old {
		if err != nil {
			break
		}
		err = in(tx, "meta").delete(key)
	}
	return err
}

func decodeAlertTime(rec []byte) (at time.Time, err error) {
	err = decode(rec, "alert", func(d *decoder) { at = d.time() })
	return at, err
}
