package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Rebuild makes a store at o.Path of what fill puts into it, all or nothing: it is
// written beside the place, verified like a backup, and only then gets its name. A store
// that is there already must be bare and not in use; it is replaced. Made by root the
// store belongs to whom the one before, or its directory, belonged.
func Rebuild(ctx context.Context, o Options, fill func(*Builder) error) error {
	o = withDefaults(o)
	if err := rebuild(ctx, o, fill); err != nil {
		return fmt.Errorf("make store %q: %w", o.Path, advise(o.Path, err))
	}
	return nil
}

func rebuild(ctx context.Context, o Options, fill func(*Builder) error) error {
	if err := MakeDir(filepath.Dir(o.Path)); err != nil {
		return err
	}
	unlock, err := holdBare(o)
	if err != nil {
		return err
	}
	defer unlock()
	tmp := fmt.Sprintf("%s.new-%d", o.Path, os.Getpid()) // one that a killed process left is removed by Open
	defer os.Remove(tmp)
	if err := build(o, tmp, fill); err != nil {
		return err
	}
	if err := Check(ctx, tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, o.Path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(o.Path))
}

// holdBare takes the lock of the store that is at the place, if any, and refuses one that
// was used.
func holdBare(o Options) (unlock func(), err error) {
	if _, err := os.Stat(o.Path); errors.Is(err, os.ErrNotExist) {
		return func() {}, nil
	}
	db, _, err := attach(o, o.Path)
	if err != nil {
		return nil, err
	}
	unlock = func() { _ = db.Close() } // nothing was written
	if err := db.View(bare); err != nil {
		unlock()
		if errors.Is(err, errHasSome) {
			return nil, fmt.Errorf("%w: it is not empty", news.ErrExists)
		}
		return nil, err
	}
	return unlock, nil
}

// build fills a new file.
func build(o Options, path string, fill func(*Builder) error) (err error) {
	o.OpenFile = adopting(o.OpenFile, o.Path)
	db, _, err := attach(o, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.NoSync = true // nobody is told of the file before it is whole
	b := &Builder{db: db}
	err = contain(path, func() error {
		if err := db.Update(func(tx *bbolt.Tx) error { return createSchema(tx, o) }); err != nil {
			return err
		}
		if err := fill(b); err != nil {
			return errors.Join(err, b.drop())
		}
		return b.commit()
	})
	if err != nil {
		return err
	}
	return db.Sync()
}

// Builder fills a store that is being rebuilt. Its methods put one record each, at the
// place that it had; polls, items and answers in the order of their places. After an
// error it is of no more use.
type Builder struct {
	db   *bbolt.DB
	tx   *bbolt.Tx
	puts int
}

// buildStep is how many records a transaction of a Builder has: it bounds what is kept
// in memory.
const buildStep = 2000

// put runs fn in the transaction that is open.
func (b *Builder) put(fn func(tx *bbolt.Tx) error) (err error) {
	if b.tx == nil {
		if b.tx, err = b.db.Begin(true); err != nil {
			return err
		}
	}
	if err := fn(b.tx); err != nil {
		return err
	}
	if b.puts++; b.puts%buildStep == 0 {
		return b.commit()
	}
	return nil
}

func (b *Builder) commit() error {
	if b.tx == nil {
		return nil
	}
	for {
		p, ready, err := completePartition(b.tx)
		if err != nil {
			return err
		}
		if !ready {
			break
		}
		if err := flush(b.tx, p); err != nil {
			return err
		}
	}
	tx := b.tx
	b.tx = nil
	return tx.Commit()
}

func (b *Builder) drop() error {
	if b.tx == nil {
		return nil
	}
	return b.tx.Rollback()
}

// number gives the next record the number that it had. Numbers only go up.
func number(t table, seq uint64) error {
	if seq <= t.b.Sequence() {
		return fmt.Errorf("place %d comes after place %d", seq, t.b.Sequence())
	}
	return t.b.SetSequence(seq)
}

// Counters puts the counters, after all records.
func (b *Builder) Counters(c Counters) error {
	return b.put(func(tx *bbolt.Tx) error {
		for name, n := range map[string]uint64{"items": c.Items, "attempts": c.Polls, "answers": c.Answers} {
			t := in(tx, name)
			if n < t.b.Sequence() {
				return fmt.Errorf("there are more %s than the %d that were counted", name, n)
			}
			if err := t.b.SetSequence(n); err != nil {
				return err
			}
		}
		if c.Settled > 0 {
			if err := putSettled(tx, c.Settled); err != nil {
				return err
			}
		}
		return in(tx, "meta").put([]byte("totals"), encodeTotals(c.Totals))
	})
}

// Feed puts a feed's state, before its polls.
func (b *Builder) Feed(f KeptFeed) error {
	return b.put(func(tx *bbolt.Tx) error {
		return putFeed(tx, feedRecord{}, feedRecord{state: f.State, listed: f.Listed, sent: f.Sent, sentSince: f.SentSince, sentMove: f.SentMove})
	})
}

// Poll puts a poll.
func (b *Builder) Poll(a KeptPoll) error {
	return b.put(func(tx *bbolt.Tx) error {
		t := appending(tx, "attempts")
		if err := number(t, a.Pass); err != nil {
			return err
		}
		r, err := feedRecordOf(tx, a.Feed, true)
		if err != nil {
			return err
		}
		if err := t.put(k64(a.Pass), encodeAttempt(attemptRecord{before: r.last, attempt: a.Attempt, items: a.Items, counted: a.Counted})); err != nil {
			return err
		}
		r.last = a.Pass
		return putFeed(tx, r, r)
	})
}

// Item puts an item, which is found under terms.
func (b *Builder) Item(k Kept, terms []news.IndexTerm) error {
	return b.put(func(tx *bbolt.Tx) error {
		t := appending(tx, "items")
		if err := number(t, k.Item.Seq); err != nil {
			return err
		}
		if known, err := seqOf(tx, k.Item.ID); err != nil || known != 0 {
			return errors.Join(err, news.ErrExists)
		}
		rec := encodeItem(k.Item)
		if k.Textless {
			rec = encodeStub(headOf(k.Item))
		}
		if err := t.put(k64(k.Item.Seq), rec); err != nil {
			return err
		}
		p := &prepared{b: &Batch{Items: []news.Item{k.Item}}}
		if k.Textless {
			return indexItems(tx, p)
		}
		for _, step := range []func(*bbolt.Tx, *prepared) error{indexItems, saveFigures, saveEvents} {
			if err := step(tx, p); err != nil {
				return err
			}
		}
		if words := encodeWords(terms); len(words) > 1 {
			if err := appending(tx, "pending").put(k64(k.Item.Seq), words); err != nil {
				return err
			}
		}
		for n, r := range k.Revisions {
			key := binary.BigEndian.AppendUint32(k64(k.Item.Seq), uint32(n))
			if err := in(tx, "revisions").put(key, encodeRevision(r)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Point puts a figure whose item has no text.
func (b *Builder) Point(p KeptPoint) error {
	return b.put(func(tx *bbolt.Tx) error {
		return in(tx, "figures").put(figureKey(p.Figure, p.Seq, p.N), encodePoint(p.FigurePoint))
	})
}

// Mention puts an event whose item has no text.
func (b *Builder) Mention(m KeptMention) error {
	return b.put(func(tx *bbolt.Tx) error {
		return in(tx, "events").put(eventKey(m.Mention, m.Seq, m.N), encodeMention(m.Mention))
	})
}

// Story puts a story, after the items of its members.
func (b *Builder) Story(st news.Story) error {
	return b.put(func(tx *bbolt.Tx) error {
		for _, m := range st.Members {
			if seq, err := seqOf(tx, m.Item); err != nil {
				return err
			} else if seq != m.Seq {
				return fmt.Errorf("item %q of story %q is not at place %d", m.Item, st.ID, m.Seq)
			}
		}
		return putStory(tx, st)
	})
}

// Edition puts an edition, and notes what it asks about.
func (b *Builder) Edition(e news.Edition) error {
	return b.put(func(tx *bbolt.Tx) error {
		if err := in(tx, "digests").putJSON(slotKey(e.Digest.Slot), e.Digest); err != nil {
			return err
		}
		if err := markAsked(tx, e.Digest); err != nil {
			return err
		}
		return putForms(tx, e)
	})
}

// Delivery puts a delivery with its payload.
func (b *Builder) Delivery(d news.Delivery) error {
	return b.put(func(tx *bbolt.Tx) error { return newDelivery(tx, d) })
}

// Answer puts an answer.
func (b *Builder) Answer(a news.Answer) error {
	return b.put(func(tx *bbolt.Tx) error {
		t := in(tx, "answers")
		if err := number(t, a.Seq); err != nil {
			return err
		}
		return t.putJSON(k64(a.Seq), a)
	})
}

// WentOut notes that a story went out by an alert.
func (b *Builder) WentOut(w WentOut) error {
	return b.put(func(tx *bbolt.Tx) error {
		e := newEncoder(recordV1, 16)
		e.time(w.At.UTC())
		return in(tx, "meta").put(alertKey(w.Rule, w.Story), e.b)
	})
}

// Closure closes a channel.
func (b *Builder) Closure(c news.Closure) error {
	return b.put(func(tx *bbolt.Tx) error { return in(tx, "meta").putJSON(closureKey(c.Channel), c) })
}

// Beginning notes when a digest was first known of.
func (b *Builder) Beginning(g Beginning) error {
	return b.put(func(tx *bbolt.Tx) error {
		e := newEncoder(recordV1, 16)
		e.time(g.At.UTC())
		return in(tx, "meta").put(begunKey(g.Digest), e.b)
	})
}

// Hold notes which host wants to be left alone.
func (b *Builder) Hold(h news.Hold) error {
	return b.put(func(tx *bbolt.Tx) error { return putHold(tx, h) })
}

// Parted notes that an item left a story told without it.
func (b *Builder) Parted(p Parted) error {
	return b.put(func(tx *bbolt.Tx) error { return addParted(tx, []Parted{p}) })
}
