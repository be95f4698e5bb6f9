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

// newest returns the Seq of a story's newest member, its place in "recent".
func newest(st news.Story) uint64 {
	var seq uint64
	for _, m := range st.Members {
		seq = max(seq, m.Seq)
	}
	return seq
}

func recentKey(st news.Story) []byte { return join(k64(newest(st)), []byte(st.ID)) }

// storyRecord reads a story as it is stored; ok is false when there is none.
func storyRecord(tx *bbolt.Tx, id string) (st news.Story, ok bool, err error) {
	if id == "" {
		return st, false, nil
	}
	rec, err := in(tx, "stories").get([]byte(id))
	if err != nil || rec == nil {
		return st, false, err
	}
	st, err = decodeStory(rec)
	return st, err == nil, err
}

// putStory writes a story and its places among the recent ones and in its series.
func putStory(tx *bbolt.Tx, st news.Story) error { return putStoryAs(tx, st, encodeStory(st)) }

// putStoryAs is putStory for a story that was encoded.
func putStoryAs(tx *bbolt.Tx, st news.Story, rec []byte) error {
	if st.ID == "" {
		return fmt.Errorf("story has no id")
	}
	stories, recent := in(tx, "stories"), in(tx, "recent")
	var old news.Story
	before, err := stories.get([]byte(st.ID))
	if err == nil && before != nil {
		old, err = storyPlaces(before, st.ID)
	}
	if err != nil {
		return err
	}
	if len(old.Members) > 0 {
		if err := recent.delete(recentKey(old)); err != nil {
			return err
		}
	}
	if len(st.Members) > 0 {
		if err := recent.mark(recentKey(st)); err != nil {
			return err
		}
	}
	if err := putInSeries(tx, old, st); err != nil {
		return err
	}
	return stories.put([]byte(st.ID), rec)
}

// finalStory follows redirects from id. A circle, which SaveStories refuses to
// write, ends at the story where it was noticed.
func finalStory(tx *bbolt.Tx, id string) (news.Story, bool, error) {
	passed := map[string]bool{}
	for {
		st, ok, err := storyRecord(tx, id)
		if err != nil || !ok || st.Into == "" || passed[st.Into] {
			return st, ok, err
		}
		passed[id] = true
		id = st.Into
	}
}

// Story returns the story with an id, or the one it was merged into; else
// news.ErrNotFound.
func (s *Store) Story(id string) (st news.Story, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		var ok bool
		st, ok, err = finalStory(tx, id)
		if err == nil && !ok {
			err = news.ErrNotFound
		}
		return err
	})
	if err != nil {
		return news.Story{}, fmt.Errorf("read story %q: %w", id, err)
	}
	return st, nil
}

// StoryQuery selects stories. The zero value selects all that were not merged away.
type StoryQuery struct {
	From, To uint64    // with a member whose Seq is in (From, To]; To 0 is no bound
	Since    time.Time // with a member first seen at this time or later
	Before   uint64    // whose newest member's Seq is below this, to read on; 0 is no bound
	Limit    int       // 0 is no limit
}

// takes reports whether a member of st is asked for.
func (q StoryQuery) takes(st news.Story) bool {
	return slices.ContainsFunc(st.Members, func(m news.Member) bool {
		return m.Seq > q.From && (q.To == 0 || m.Seq <= q.To) && !m.FirstSeen.Before(q.Since)
	})
}

// Stories returns the stories that q selects, the one with the newest member first.
// Members outside the bounds are part of a story that is selected.
func (s *Store) Stories(q StoryQuery) ([]news.Story, error) {
	var out []news.Story
	err := s.view(func(tx *bbolt.Tx) error {
		recent := in(tx, "recent")
		c := recent.b.Cursor()
		k, v := c.Last()
		if q.Before > 0 {
			k, v = lastBefore(c, k64(q.Before))
		}
		for ; k != nil && (q.Limit == 0 || len(out) < q.Limit); k, v = c.Prev() {
			if _, err := recent.open(k, v); err != nil {
				return err
			}
			if binary.BigEndian.Uint64(k) <= q.From {
				break
			}
			st, ok, err := storyRecord(tx, string(k[8:]))
			if err != nil {
				return err
			}
			if !ok {
				return recent.damaged(k, "the index leads to a story that is not there")
			}
			if q.takes(st) {
				out = append(out, st)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read stories: %w", err)
	}
	return out, nil
}

// Newest returns the Seq of a story's newest member: what StoryQuery.Before counts from.
func Newest(st news.Story) uint64 { return newest(st) }

// lastBefore moves c to the last key below key.
func lastBefore(c *bbolt.Cursor, key []byte) (k, v []byte) {
	if k, _ := c.Seek(key); k == nil {
		return c.Last()
	}
	return c.Prev()
}

// SaveStories writes stories as they now are, redirects included, and moves items
// to other stories, in one transaction. moves is by item id, and parted are those of
// the moved items that no digest may have told yet. It refuses redirects that lead round
// in a circle.
func (s *Store) SaveStories(stories []news.Story, moves map[string]string, parted ...Parted) error {
	err := s.update(func(tx *bbolt.Tx) error {
		for _, st := range stories {
			if err := putStory(tx, st); err != nil {
				return err
			}
		}
		for _, st := range stories {
			if last, ok, err := finalStory(tx, st.ID); err != nil {
				return err
			} else if !ok || last.Into != "" {
				return fmt.Errorf("story %q is merged into %q, which leads back to it or nowhere", st.ID, st.Into)
			}
		}
		for id, story := range moves {
			seq, err := seqOf(tx, id)
			if err != nil {
				return err
			}
			if seq == 0 {
				return fmt.Errorf("move item %q to story %q: %w", id, story, news.ErrNotFound)
			}
			if err := rewriteHead(tx, seq, func(it *itemHead) { it.Story = story }); err != nil {
				return err
			}
		}
		return addParted(tx, parted)
	})
	if err != nil {
		return fmt.Errorf("save %d stories: %w", len(stories), err)
	}
	return nil
}

var settledKey = []byte("settled")

// Settled returns the Seq of the last item that stories were settled with; 0 when they
// never were.
func (s *Store) Settled() (seq uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		seq, err = settledOf(tx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("read up to where stories are settled: %w", err)
	}
	return seq, nil
}

func settledOf(tx *bbolt.Tx) (seq uint64, err error) {
	rec, err := in(tx, "meta").get(settledKey)
	if err != nil || rec == nil {
		return 0, err
	}
	err = decode(rec, "settled", func(d *decoder) { seq = d.uint() })
	return seq, err
}

// SaveSettled notes that stories were settled with all items up to seq. It writes nothing
// when that is known.
func (s *Store) SaveSettled(seq uint64) error {
	if old, err := s.Settled(); err != nil || old == seq {
		return err
	}
	if err := s.update(func(tx *bbolt.Tx) error { return putSettled(tx, seq) }); err != nil {
		return fmt.Errorf("note up to where stories are settled: %w", err)
	}
	return nil
}

func putSettled(tx *bbolt.Tx, seq uint64) error {
	e := newEncoder(recordV1, 16)
	e.uint(seq)
	return in(tx, "meta").put(settledKey, e.b)
}

// FigurePoints returns all figures of an indicator, by period and order of arrival.
func (s *Store) FigurePoints(indicator string) ([]news.FigurePoint, error) {
	var out []news.FigurePoint
	err := s.view(func(tx *bbolt.Tx) error {
		return in(tx, "figures").prefixed(join([]byte(indicator), []byte{0}), func(_, rec []byte) error {
			p, err := decodePoint(rec)
			out = append(out, p)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read figures %q: %w", indicator, err)
	}
	return out, nil
}

// NewestPoints returns of every period of an indicator the figures that came last, at most
// so many, in the order of FigurePoints, and how many figures there are in all. A period
// that everybody writes of has thousands, of which no page shows more than some.
func (s *Store) NewestPoints(indicator string, each int) (ps []news.FigurePoint, all int, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "figures")
		prefix := join([]byte(indicator), []byte{0})
		c := t.b.Cursor()
		type pair struct{ k, v []byte }
		var last []pair // of one period
		take := func() error {
			for _, x := range last[max(0, len(last)-each):] {
				rec, err := t.open(x.k, x.v)
				if err != nil {
					return err
				}
				p, err := decodePoint(rec)
				if err != nil {
					return err
				}
				ps = append(ps, p)
			}
			last = last[:0]
			return nil
		}
		for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			if len(last) > 0 && !samePeriod(last[0].k, k) {
				if err := take(); err != nil {
					return err
				}
			}
			last = append(last, pair{k, v})
			all++
		}
		return take()
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read newest figures %q: %w", indicator, err)
	}
	return ps, all, nil
}

// samePeriod reports whether two keys of "figures" are of one indicator and period.
func samePeriod(a, b []byte) bool {
	const place = 8 + 2 // Seq and number, which end a key
	return len(a) >= place && len(a) == len(b) && bytes.Equal(a[:len(a)-place], b[:len(b)-place])
}

// Indicators lists the indicators that have figures, by name.
func (s *Store) Indicators() ([]string, error) {
	var out []string
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "figures")
		c := t.b.Cursor()
		for k, v := c.First(); k != nil; {
			if _, err := t.open(k, v); err != nil {
				return err // the key is covered too
			}
			name, _, _ := cutZero(k)
			out = append(out, name)
			k, v = c.Seek(join([]byte(name), []byte{1})) // past everything of this one
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list indicators: %w", err)
	}
	return out, nil
}
