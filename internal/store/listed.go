package store

import (
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// The identities that the last document of a feed listed are more than all else that is
// known of the feed, and what nearly every poll brings is no document: they stand beside
// its state, which is read and written by each, and FeedState.Listed says that they do.

// putListed keeps the identities of a feed's last document as r leaves them: those that it
// has, if any, else those of before, unless they are to be forgotten.
func putListed(tx *bbolt.Tx, before, r feedRecord) error {
	switch key := []byte(r.state.Feed); {
	case len(r.listed) > 0:
		return in(tx, "listed").put(key, encodeListed(r.listed))
	case before.state.Listed && !r.state.Listed:
		return in(tx, "listed").delete(key)
	}
	return nil
}

// listedBy returns the identities that the last document of a feed listed.
func listedBy(tx *bbolt.Tx, st news.FeedState) ([]uint64, error) {
	if !st.Listed {
		return nil, nil
	}
	rec, err := in(tx, "listed").must([]byte(st.Feed))
	if err != nil {
		return nil, err
	}
	return decodeListed(rec)
}

// fillListed takes the identities out of the states of a store that has them there.
func fillListed(tx *bbolt.Tx) error {
	if err := createBuckets(tx, "listed"); err != nil {
		return err
	}
	var old []feedRecord
	feeds, listed := in(tx, "feeds"), in(tx, "listed")
	err := feeds.prefixed(nil, func(_, rec []byte) error {
		r, err := decodeFeed(rec)
		if rec[0] < feedV3 {
			old = append(old, r)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range old { // not within the walk, which may lose its place by what is put
		key := []byte(r.state.Feed)
		if err := feeds.put(key, encodeFeed(r)); err != nil {
			return err
		}
		if len(r.listed) == 0 {
			continue
		}
		if err := listed.put(key, encodeListed(r.listed)); err != nil {
			return err
		}
	}
	return nil
}
