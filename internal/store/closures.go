package store

import (
	"fmt"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

func closureKey(channel string) []byte { return join([]byte("closed"), []byte{0}, []byte(channel)) }

// Closure returns why a channel is closed, false when it is not.
func (s *Store) Closure(channel string) (c news.Closure, closed bool, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "meta")
		rec, err := t.get(closureKey(channel))
		if err != nil || rec == nil {
			return err
		}
		closed = true
		return t.decodeJSON(closureKey(channel), rec, &c)
	})
	if err != nil {
		return news.Closure{}, false, fmt.Errorf("read whether channel %q is closed: %w", channel, err)
	}
	return c, closed, nil
}

// Closures returns the channels that their receivers closed, by name.
func (s *Store) Closures() ([]news.Closure, error) {
	var out []news.Closure
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "meta")
		return t.prefixed(closureKey(""), func(key, rec []byte) error {
			var c news.Closure
			if err := t.decodeJSON(key, rec, &c); err != nil {
				return err
			}
			out = append(out, c)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read closed channels: %w", err)
	}
	return out, nil
}

// SaveClosure closes a channel.
func (s *Store) SaveClosure(c news.Closure) error {
	err := s.update(func(tx *bbolt.Tx) error { return in(tx, "meta").putJSON(closureKey(c.Channel), c) })
	if err != nil {
		return fmt.Errorf("close channel %q: %w", c.Channel, err)
	}
	return nil
}

// DropClosure opens a channel again.
func (s *Store) DropClosure(channel string) error {
	err := s.update(func(tx *bbolt.Tx) error { return in(tx, "meta").delete(closureKey(channel)) })
	if err != nil {
		return fmt.Errorf("open channel %q: %w", channel, err)
	}
	return nil
}
