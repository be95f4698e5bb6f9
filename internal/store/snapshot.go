package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Counters are how many items, polls and answers a store ever numbered, and its totals.
// Windows and marks speak of those numbers, so that they go with what is moved.
type Counters struct {
	Items, Polls, Answers uint64
	Settled               uint64 // the last item that stories were settled with
	Totals                Totals
}

// Kept is an item as it is kept, with the later wordings of its text.
type Kept struct {
	Item      news.Item // of one without text only what stands in the head of its record
	Textless  bool      // its text was pruned: only its identities are known
	Revisions []news.Revision
}

// KeptPoll is a poll with how many items there were by its end, pruned ones included.
type KeptPoll struct {
	news.Attempt
	Items   uint64
	Counted bool // Items is known; of old polls it is not
}

// KeptFeed is a feed's state with an identity of each entry of its last document, and what
// its keeper was sent word of.
type KeptFeed struct {
	State     news.FeedState
	Listed    []uint64
	Sent      news.Cause // the trouble that the keeper was sent word of, "" when none lasts
	SentSince time.Time
	SentMove  string // the address it moved to, as far as the keeper was sent word of it
}

// KeptPoint is a figure whose item has no text any more, at the item's place.
type KeptPoint struct {
	Seq uint64
	N   int // of the item's figures
	news.FigurePoint
}

// KeptMention is likewise an event.
type KeptMention struct {
	Seq uint64
	N   int
	news.Mention
}

// WentOut says that a story went out by an alert.
type WentOut struct {
	Rule, Story string
	At          time.Time
}

// Beginning says when a digest was first known of.
type Beginning struct {
	Digest string
	At     time.Time
}

// Snapshot reads the whole store as it was at one moment. It is valid within the call
// that it was made for. Its methods call fn with one record after the other, in the order
// of the store, and end with the first error of fn.
type Snapshot struct{ tx *bbolt.Tx }

// Snapshot calls fn with the store as it is now. Others read and write meanwhile, but the
// file grows with what they write: fn must not wait for anybody.
func (s *Store) Snapshot(fn func(*Snapshot) error) error {
	return s.view(func(tx *bbolt.Tx) error { return fn(&Snapshot{tx}) })
}

// each calls fn with every record of a bucket.
func each(tx *bbolt.Tx, bucket string, fn func(key, rec []byte) error) error {
	if err := in(tx, bucket).prefixed(nil, fn); err != nil {
		return fmt.Errorf("read bucket %q: %w", bucket, err)
	}
	return nil
}

// Counters returns the counters.
func (sn *Snapshot) Counters() (c Counters, err error) {
	c.Items, c.Polls = in(sn.tx, "items").b.Sequence(), in(sn.tx, "attempts").b.Sequence()
	c.Answers = in(sn.tx, "answers").b.Sequence()
	if c.Settled, err = settledOf(sn.tx); err != nil {
		return c, err
	}
	c.Totals, err = totalsOf(sn.tx)
	return c, err
}

// Feeds reads the states of all feeds ever polled, by name.
func (sn *Snapshot) Feeds(fn func(KeptFeed) error) error {
	return each(sn.tx, "feeds", func(_, rec []byte) error {
		r, err := decodeFeed(rec)
		if err != nil {
			return err
		}
		keys, err := listedBy(sn.tx, r.state)
		if err != nil {
			return err
		}
		return fn(KeptFeed{r.state, keys, r.sent, r.sentSince, r.sentMove})
	})
}

// Polls reads all polls.
func (sn *Snapshot) Polls(fn func(KeptPoll) error) error {
	return each(sn.tx, "attempts", func(key, rec []byte) error {
		a, err := decodeAttempt(rec, binary.BigEndian.Uint64(key))
		if err != nil {
			return err
		}
		return fn(KeptPoll{a.attempt, a.items, a.counted})
	})
}

// Items reads all items, those without text among them.
func (sn *Snapshot) Items(fn func(Kept) error) error {
	return each(sn.tx, "items", func(key, rec []byte) error {
		seq := binary.BigEndian.Uint64(key)
		h, stub, err := decodeHead(rec)
		if err != nil {
			return err
		}
		if stub {
			return fn(Kept{Item: h.item(seq), Textless: true})
		}
		var k Kept
		if k.Item, err = decodeItem(rec, seq); err != nil {
			return err
		}
		err = in(sn.tx, "revisions").prefixed(key, func(_, rec []byte) error {
			r, err := decodeRevision(rec)
			k.Revisions = append(k.Revisions, r)
			return err
		})
		if err != nil {
			return err
		}
		return fn(k)
	})
}

// item is what a head knows of an item.
func (h itemHead) item(seq uint64) news.Item {
	it := news.Item{
		ID: h.ID, Seq: seq, Keys: h.Keys, Feed: h.Feed, Outlet: h.Outlet, Side: h.Side, Lang: h.Lang, Published: h.Published,
		FirstSeen: h.FirstSeen, Archived: h.Archived, TextHash: h.TextHash, Story: h.Story, Verdict: news.Verdict{Relevant: h.Relevant},
	}
	for _, t := range h.Topics {
		it.Verdict.Matches = append(it.Verdict.Matches, news.Match{Topic: t})
	}
	return it
}

// placeOf reads the place of an item, and the number there, from the end of a key.
func placeOf(key []byte) (seq uint64, n int) {
	tail := key[len(key)-10:]
	return binary.BigEndian.Uint64(tail), int(binary.BigEndian.Uint16(tail[8:]))
}

// textless reports whether there is no text at a place any more.
func (sn *Snapshot) textless(seq uint64) (bool, error) {
	rec, err := in(sn.tx, "items").get(k64(seq))
	return err == nil && (rec == nil || rec[0] == itemStub), err
}

// Points reads the figures of items that have no text any more. Those of the others are
// part of them.
func (sn *Snapshot) Points(fn func(KeptPoint) error) error {
	return each(sn.tx, "figures", func(key, rec []byte) error {
		seq, n := placeOf(key)
		if gone, err := sn.textless(seq); err != nil || !gone {
			return err
		}
		p, err := decodePoint(rec)
		if err != nil {
			return err
		}
		return fn(KeptPoint{seq, n, p})
	})
}

// Mentions reads the events of items that have no text any more.
func (sn *Snapshot) Mentions(fn func(KeptMention) error) error {
	return each(sn.tx, "events", func(key, rec []byte) error {
		seq, n := placeOf(key)
		if gone, err := sn.textless(seq); err != nil || !gone {
			return err
		}
		m, err := decodeMention(rec)
		if err != nil {
			return err
		}
		return fn(KeptMention{seq, n, m})
	})
}

// Stories reads all stories, those that were merged into others among them.
func (sn *Snapshot) Stories(fn func(news.Story) error) error {
	return each(sn.tx, "stories", func(_, rec []byte) error {
		st, err := decodeStory(rec)
		if err != nil {
			return err
		}
		return fn(st)
	})
}

// Editions reads all editions with their forms.
func (sn *Snapshot) Editions(fn func(news.Edition) error) error {
	t := in(sn.tx, "digests")
	return each(sn.tx, "digests", func(key, rec []byte) error {
		var e news.Edition
		if err := t.decodeJSON(key, rec, &e.Digest); err != nil {
			return err
		}
		if err := readForms(sn.tx, &e); err != nil {
			return err
		}
		return fn(e)
	})
}

// readForms reads the forms of an edition.
func readForms(tx *bbolt.Tx, e *news.Edition) error {
	parts := forms(e)
	prefix := slotKey(e.Digest.Slot)
	return in(tx, "forms").prefixed(prefix, func(key, rec []byte) error {
		form := string(key[len(prefix):])
		if form == formSubject {
			e.Subject = string(rec[1:])
		} else if body, ok := parts[form]; ok {
			*body = bytes.Clone(rec[1:])
		}
		return nil
	})
}

// Deliveries reads all deliveries with their payloads.
func (sn *Snapshot) Deliveries(fn func(news.Delivery) error) error {
	t := in(sn.tx, "outbox")
	return each(sn.tx, "outbox", func(key, rec []byte) error {
		var d news.Delivery
		if err := t.decodeJSON(key, rec, &d); err != nil {
			return err
		}
		var err error
		if d.Payload, err = payloadOf(sn.tx, d.ID); err != nil {
			return err
		}
		return fn(d)
	})
}

// Answers reads all answers.
func (sn *Snapshot) Answers(fn func(news.Answer) error) error {
	t := in(sn.tx, "answers")
	return each(sn.tx, "answers", func(key, rec []byte) error {
		var a news.Answer
		if err := t.decodeJSON(key, rec, &a); err != nil {
			return err
		}
		return fn(a)
	})
}

// WentOut reads which stories went out by an alert.
func (sn *Snapshot) WentOut(fn func(WentOut) error) error {
	return in(sn.tx, "meta").prefixed(join([]byte("alerted"), []byte{0}), func(key, rec []byte) error {
		at, err := decodeAlertTime(rec)
		if err != nil {
			return err
		}
		words := strings.Split(string(key), "\x00")
		if len(words) != 3 {
			return in(sn.tx, "meta").damaged(key, "it names no rule and story")
		}
		return fn(WentOut{words[1], words[2], at})
	})
}

// Closures reads the channels that their receivers closed.
func (sn *Snapshot) Closures(fn func(news.Closure) error) error {
	t := in(sn.tx, "meta")
	return t.prefixed(closureKey(""), func(key, rec []byte) error {
		var c news.Closure
		if err := t.decodeJSON(key, rec, &c); err != nil {
			return err
		}
		return fn(c)
	})
}

// Beginnings reads when digests were first known of.
func (sn *Snapshot) Beginnings(fn func(Beginning) error) error {
	return in(sn.tx, "meta").prefixed(begunKey(""), func(key, _ []byte) error {
		name := string(key[len(begunKey("")):])
		at, err := begunAt(sn.tx, name)
		if err != nil {
			return err
		}
		return fn(Beginning{name, at})
	})
}

// Holds reads which hosts want to be left alone, by host.
func (sn *Snapshot) Holds(fn func(news.Hold) error) error {
	hs, err := holdsOf(sn.tx)
	for _, h := range hs {
		if err == nil {
			err = fn(h)
		}
	}
	return err
}

// Parted reads the last items that left a story told without them, in order of arrival.
func (sn *Snapshot) Parted(fn func(Parted) error) error {
	ps, err := partedOf(sn.tx)
	for _, p := range ps {
		if err == nil {
			err = fn(p)
		}
	}
	return err
}

// errHasSome ends a walk at its first record.
var errHasSome = errors.New("it has some")

// Bare reports whether the store has neither items nor polls nor editions: it was made
// and never used.
func (s *Store) Bare() (bool, error) {
	err := s.view(bare)
	if errors.Is(err, errHasSome) {
		return false, nil
	}
	return err == nil, err
}

// bare is errHasSome for a store that was used.
func bare(tx *bbolt.Tx) error {
	for _, name := range []string{"items", "attempts", "digests", "answers"} {
		if k, _ := in(tx, name).b.Cursor().First(); k != nil || in(tx, name).b.Sequence() > 0 {
			return errHasSome
		}
	}
	return nil
}
