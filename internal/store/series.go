package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// seriesKey is a story's place in its series: by when it began. It is nil for a story of
// none, and for one without members.
func seriesKey(st news.Story) []byte {
	if st.Series == "" || len(st.Members) == 0 {
		return nil
	}
	return join(seriesPrefix(st.Series), timeKey(st.First), []byte(st.ID))
}

// seriesPrefix begins the keys of a series. The name is hashed: it may be of any length.
func seriesPrefix(name string) []byte { return k64(hash64(name)) }

// putInSeries moves a story from the place in its series that it had to the one it has.
func putInSeries(tx *bbolt.Tx, old, st news.Story) error {
	was, is := seriesKey(old), seriesKey(st)
	if bytes.Equal(was, is) {
		return nil
	}
	t := in(tx, "series")
	if was != nil {
		if err := t.delete(was); err != nil {
			return err
		}
	}
	if is == nil {
		return nil
	}
	return t.mark(is)
}

// fillSeries makes the index of series in a store that had none.
func fillSeries(tx *bbolt.Tx) error {
	if err := createBuckets(tx, "series"); err != nil {
		return err
	}
	return in(tx, "stories").prefixed(nil, func(_, rec []byte) error {
		st, err := decodeStory(rec)
		if err != nil {
			return err
		}
		return putInSeries(tx, news.Story{}, st)
	})
}

// InSeries calls fn with the stories of a series that began before a time, the one that
// began last first, and of those that began together the one with the greater id first,
// until fn returns false. It reads no story, so that what it costs does not grow with the
// archive. fn must not use the store.
func (s *Store) InSeries(series string, before time.Time, fn func(id string, first time.Time) bool) error {
	err := s.view(func(tx *bbolt.Tx) error {
		t, prefix := in(tx, "series"), seriesPrefix(series)
		c := t.b.Cursor()
		for k, v := lastBefore(c, join(prefix, timeKey(before))); bytes.HasPrefix(k, prefix); k, v = c.Prev() {
			if _, err := t.open(k, v); err != nil {
				return err
			}
			first, id, err := placeInSeries(t, k)
			if err != nil {
				return err
			}
			if !fn(id, first) {
				return nil
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read stories of series %q: %w", series, err)
	}
	return nil
}

// placeInSeries takes a key apart.
func placeInSeries(t table, key []byte) (first time.Time, id string, err error) {
	if len(key) > 20 {
		if first, ok := keyTime(key[8:20]); ok {
			return first, string(key[20:]), nil
		}
	}
	return first, "", t.damaged(key, "it is no place in a series")
}

// seriesMark is what the check of a store sums of a place in a series.
func seriesMark(key []byte) uint64 {
	return mix(binary.BigEndian.Uint64(key), hash64(string(key[8:])))
}
