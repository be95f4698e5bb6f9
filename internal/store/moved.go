package store

import (
	"fmt"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// putFeed writes what is known of a feed, which was as before says, and keeps beside it what
// its last document listed and the list of feeds that are asked elsewhere than the config
// says.
func putFeed(tx *bbolt.Tx, before, r feedRecord) error {
	r.state.Listed = len(r.listed) > 0 || r.state.Listed && before.state.Listed
	key := []byte(r.state.Feed)
	if err := in(tx, "feeds").put(key, encodeFeed(r)); err != nil {
		return err
	}
	if err := putListed(tx, before, r); err != nil {
		return err
	}
	switch moved := r.state.Adopted != ""; {
	case moved == (before.state.Adopted != ""):
		return nil
	case moved:
		return in(tx, "moved").put(key, []byte{recordV1})
	}
	return in(tx, "moved").delete(key)
}

// fillMoved lists the feeds of a store that has no list yet.
func fillMoved(tx *bbolt.Tx) error {
	if err := createBuckets(tx, "moved"); err != nil {
		return err
	}
	return in(tx, "feeds").prefixed(nil, func(key, rec []byte) error {
		r, err := readFeed(rec, false)
		if err != nil || r.state.Adopted == "" {
			return err
		}
		return in(tx, "moved").put(key, []byte{recordV1})
	})
}

// Moved returns the states of the feeds that moved for good, by name. It reads no other
// feed.
func (s *Store) Moved() (sts []news.FeedState, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		return in(tx, "moved").prefixed(nil, func(key, _ []byte) error {
			r, err := feedRecordOf(tx, string(key), true)
			sts = append(sts, r.state)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read which feeds moved: %w", err)
	}
	return sts, nil
}
