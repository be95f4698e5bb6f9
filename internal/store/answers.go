package store

import (
	"encoding/binary"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// maxAnswerText bounds the wording that an answer keeps: several times what the
// classifier reads.
const maxAnswerText = 32 << 10

// SaveAnswer stores what a person said of an item, with the item's wording and what
// was decided of it. It gives a its Seq. Prune leaves answers alone.
func (s *Store) SaveAnswer(a news.Answer) (news.Answer, error) {
	if a.Item == "" || len(a.Marks) == 0 {
		return a, fmt.Errorf("save answer: it names no item or says nothing of it")
	}
	if len(a.Text) > maxAnswerText {
		a.Text = strings.ToValidUTF8(a.Text[:maxAnswerText], "")
	}
	a.At = a.At.UTC().Round(0)
	err := s.update(func(tx *bbolt.Tx) (err error) {
		t := in(tx, "answers")
		if a.Seq, err = t.b.NextSequence(); err != nil {
			return err
		}
		return t.putJSON(k64(a.Seq), a)
	})
	if err != nil {
		return a, fmt.Errorf("save answer on item %q: %w", a.Item, err)
	}
	s.answered.Add(1)
	return a, nil
}

// DeleteAnswer takes back the last answer on an item, or the last of all when item is
// "", and returns it. It is news.ErrNotFound when there is none.
func (s *Store) DeleteAnswer(item string) (a news.Answer, err error) {
	err = s.update(func(tx *bbolt.Tx) error {
		t := in(tx, "answers")
		c := t.b.Cursor()
		for k, v := c.Last(); k != nil; k, v = c.Prev() {
			if a, err = answerOf(t, k, v); err != nil {
				return err
			}
			if item == "" || a.Item == item {
				return t.delete(k64(a.Seq))
			}
		}
		return news.ErrNotFound
	})
	if err != nil {
		return news.Answer{}, fmt.Errorf("take back answer: %w", err)
	}
	s.answered.Add(1)
	return a, nil
}

// Answers returns all answers in the order in which they were given.
func (s *Store) Answers() ([]news.Answer, error) {
	var out []news.Answer
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "answers")
		c := t.b.Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			a, err := answerOf(t, k, v)
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	return out, nil
}

// AnswersChanged returns a number that is another one after every SaveAnswer and
// DeleteAnswer: who has learnt from the answers need not read them again while it stays.
func (s *Store) AnswersChanged() uint64 { return s.answered.Load() }

func answerOf(t table, k, v []byte) (a news.Answer, err error) {
	rec, err := t.open(k, v)
	if err != nil {
		return a, err
	}
	if err := t.decodeJSON(k, rec, &a); err != nil {
		return a, err
	}
	if len(k) != 8 || a.Seq != binary.BigEndian.Uint64(k) {
		return a, t.damaged(k, "the answer is of another place")
	}
	return a, nil
}

// markAsked notes that d asks about an item. One that another digest has asked about
// meanwhile makes d stale: nobody is asked twice.
func markAsked(tx *bbolt.Tx, d news.Digest) error {
	if d.Question == nil {
		return nil
	}
	t, key := in(tx, "asked"), []byte(d.Question.Headline.Item)
	if len(key) == 0 {
		return fmt.Errorf("the question of digest %s names no item", d.Slot)
	}
	rec, err := t.get(key)
	switch {
	case err != nil:
		return err
	case rec != nil:
		return fmt.Errorf("%w: item %s has been asked about meanwhile", news.ErrStale, key)
	}
	return t.putJSON(key, d.Slot)
}

// Asked returns the items that were asked about, each with the slot that did.
func (s *Store) Asked() (map[string]news.Slot, error) {
	out := map[string]news.Slot{}
	err := s.view(func(tx *bbolt.Tx) error {
		t := in(tx, "asked")
		return t.prefixed(nil, func(key, rec []byte) error {
			var slot news.Slot
			err := t.decodeJSON(key, rec, &slot)
			out[string(key)] = slot
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read what was asked: %w", err)
	}
	return out, nil
}
