package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// eventKey places a mention at the first day of its event, or at the day on which it was
// published when the item names none.
func eventKey(m news.Mention, seq uint64, n int) []byte {
	first, _, ok := news.DaySpan(m.Event.Day)
	if !ok {
		first = m.Published
	}
	key := join([]byte(first.UTC().Format(time.DateOnly)), k64(seq))
	return binary.BigEndian.AppendUint16(key, uint16(n))
}

// dayLen is the length of a day in a key.
const dayLen = len(time.DateOnly)

func saveEvents(tx *bbolt.Tx, p *prepared) error {
	t := in(tx, "events")
	for _, it := range p.b.Items {
		if err := putEvents(t, it); err != nil {
			return err
		}
	}
	return nil
}

// putEvents enters the events of an item.
func putEvents(t table, it news.Item) error {
	for n, m := range news.MentionsOf(it) {
		if err := t.put(eventKey(m, it.Seq, n), encodeMention(m)); err != nil {
			return err
		}
	}
	return nil
}

// longestEvent is the longest span that an event's day can be: a year.
const longestEvent = 366 * 24 * time.Hour

// Mentions returns the events of which a day lies from the one to the other, both as
// 2026-03-08 and included, in order of their first day and of arrival. What names no day
// counts for that of its publication; "" is no bound. Story is the one that the item
// belongs to now, whatever was merged since.
func (s *Store) Mentions(from, to string) ([]news.Mention, error) {
	var start string
	if first, err := time.Parse(time.DateOnly, from); err == nil {
		start = first.Add(-longestEvent).Format(time.DateOnly)
	} else if from != "" {
		return nil, fmt.Errorf("read events from %q: not a day; write 2026-03-08", from)
	}
	var out []news.Mention
	stories := map[string]string{} // that an item was put into -> where it is told now
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "events")
		c := t.b.Cursor()
		for k, v := c.Seek([]byte(start)); k != nil; k, v = c.Next() {
			if to != "" && string(k[:dayLen]) > to {
				return nil
			}
			rec, err := t.open(k, v)
			if err != nil {
				return err
			}
			m, err := decodeMention(rec)
			if err != nil {
				return err
			}
			if _, last, ok := news.DaySpan(m.Event.Day); ok && last.Format(time.DateOnly) < from || !ok && string(k[:dayLen]) < from {
				continue
			}
			if m.Story, err = storyNow(tx, k, m.Story, stories); err != nil {
				return err
			}
			out = append(out, m)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	return out, nil
}

// storyNow returns the story that the item of an event's key belongs to: where it was
// moved, or what that was merged into.
func storyNow(tx *bbolt.Tx, key []byte, saved string, known map[string]string) (string, error) {
	rec, err := in(tx, "items").get(key[len(key)-10 : len(key)-2])
	if err != nil {
		return "", err
	}
	if rec != nil { // a stub tells as well
		h, _, err := decodeHead(rec)
		if err != nil {
			return "", err
		}
		saved = h.Story
	}
	if now, ok := known[saved]; ok {
		return now, nil
	}
	st, ok, err := finalStory(tx, saved)
	if err != nil {
		return "", err
	}
	known[saved] = saved
	if ok {
		known[saved] = st.ID
	}
	return known[saved], nil
}

func sameEvent(a, b news.Event) bool {
	return slices.Equal(a.Who, b.Who) && a.Kind == b.Kind && a.State == b.State && a.Where == b.Where && a.Day == b.Day &&
		a.Was == b.Was && a.Document == b.Document && a.Sentence == b.Sentence && a.Field == b.Field && a.Start == b.Start && a.End == b.End
}

// replaceEvents gives items other events. One whose text was pruned meanwhile keeps its own.
func replaceEvents(tx *bbolt.Tx, events map[uint64][]news.Event) error {
	items, t := in(tx, "items"), in(tx, "events")
	for seq, es := range events {
		rec, err := items.get(k64(seq))
		if err != nil {
			return err
		}
		if rec == nil {
			continue
		}
		it, err := decodeItem(rec, seq)
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		for n, m := range news.MentionsOf(it) {
			if err := t.delete(eventKey(m, seq, n)); err != nil {
				return err
			}
		}
		it.Events = es
		if err := items.put(k64(seq), encodeItem(it)); err != nil {
			return err
		}
		if err := putEvents(t, it); err != nil {
			return err
		}
	}
	return nil
}
