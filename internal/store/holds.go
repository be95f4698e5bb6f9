package store

import (
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

func holdKey(host string) []byte { return join([]byte("held"), []byte{0}, []byte(host)) }

// Holds returns which hosts asked to be left alone, by host. Some of them may be over.
func (s *Store) Holds() (hs []news.Hold, err error) {
	err = s.view(func(tx *bbolt.Tx) (err error) {
		hs, err = holdsOf(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read which hosts are held: %w", err)
	}
	return hs, nil
}

func holdsOf(tx *bbolt.Tx) (hs []news.Hold, err error) {
	all := holdKey("")
	err = in(tx, "meta").prefixed(all, func(key, rec []byte) error {
		h := news.Hold{Host: string(key[len(all):])}
		err := decode(rec, "hold", func(d *decoder) { h.Until = d.time() })
		hs = append(hs, h)
		return err
	})
	return hs, err
}

// saveHold notes what a poll of now has learned about a host, and forgets what is over.
// There are never many: who asks to be left alone is few, and not for long.
func saveHold(tx *bbolt.Tx, h news.Hold, now time.Time) error {
	if h.Host == "" {
		return nil
	}
	known, err := holdsOf(tx)
	if err != nil {
		return err
	}
	meta := in(tx, "meta")
	for _, k := range known {
		switch {
		case k.Until.Before(now):
			if err := meta.delete(holdKey(k.Host)); err != nil {
				return err
			}
		case k.Host == h.Host && k.Until.After(h.Until):
			h.Until = k.Until
		}
	}
	return putHold(tx, h)
}

func putHold(tx *bbolt.Tx, h news.Hold) error {
	e := newEncoder(recordV1, 16)
	e.time(h.Until.UTC())
	return in(tx, "meta").put(holdKey(h.Host), e.b)
}
