package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// Summary is what a file has.
type Summary struct {
	Whole bool           // it is an export that left nothing out
	Lines int            // all of them
	Of    map[string]int // by kind
}

// Check reads a file to its end, and returns what it has. Its error is a *LineError for
// the first line that cannot be imported, or that of ctx.
func Check(ctx context.Context, r io.Reader) (Summary, error) {
	s := Summary{Of: map[string]int{}}
	err := read(ctx, r, func(n int, v line) error {
		s.add(n, v)
		return nil
	})
	return s, err
}

func (s *Summary) add(n int, v line) {
	s.Lines = n
	s.Of[v.kind()]++
	if l, ok := v.(*storeLine); ok {
		s.Whole = l.Whole
	}
}

// Terms returns the terms under which an item is found.
type Terms func(news.Item) []news.IndexTerm

// Made is what Rebuild made.
type Made struct {
	Summary
	Untold  map[string]int // by digest: items that came after its last edition
	Waiting int            // deliveries that are still to be sent
	last    map[string]uint64
	count   uint64
}

// Rebuild makes a store of a whole export, all or nothing. It goes on where the exported
// one stopped: what no digest had told there is told here, and what had not been sent
// there is sent from here. With ctx it is given up, and nothing was made.
func Rebuild(ctx context.Context, r io.Reader, o store.Options, terms Terms) (Made, error) {
	m := Made{Summary: Summary{Of: map[string]int{}}, Untold: map[string]int{}, last: map[string]uint64{}}
	err := store.Rebuild(ctx, o, func(b *store.Builder) error {
		var counters store.Counters
		err := read(ctx, r, func(n int, v line) error {
			if l, ok := v.(*storeLine); ok {
				counters = l.counters()
			}
			m.add(n, v)
			if n == 1 && !m.Whole {
				return errors.New("it is no whole export, and only such a one can become a store; give --archive to take items and answers")
			}
			m.note(v)
			return put(b, v, terms)
		})
		if err != nil {
			return err
		}
		if m.Lines > 0 && m.Of["end"] == 0 {
			return errCut
		}
		return b.Counters(counters)
	})
	for digest, upto := range m.last {
		m.Untold[digest] = int(m.count - min(upto, m.count))
	}
	return m, err
}

// note looks at what goes on in the new store.
func (m *Made) note(v line) {
	switch l := v.(type) {
	case *storeLine:
		m.count = l.Items
	case *editionLine:
		e, err := l.edition()
		if err == nil { // it was checked
			d := e.Digest
			m.last[d.Slot.Digest] = max(m.last[d.Slot.Digest], d.Window.To.Item)
		}
	case *deliveryLine:
		if l.State == news.DeliveryPending || l.State == news.DeliverySending {
			m.Waiting++
		}
	}
}

// put puts one line into a new store.
func put(b *store.Builder, v line, terms Terms) error {
	switch l := v.(type) {
	case *feedLine:
		return b.Feed(l.kept())
	case *pollLine:
		return b.Poll(l.kept())
	case *itemLine:
		k := l.kept()
		if k.Textless {
			return b.Item(k, nil)
		}
		return b.Item(k, terms(k.Item))
	case *figureLine:
		return b.Point(l.kept())
	case *eventLine:
		return b.Mention(l.kept())
	case *storyLine:
		return b.Story(l.story())
	case *editionLine:
		e, err := l.edition()
		if err != nil {
			return err
		}
		return b.Edition(e)
	case *deliveryLine:
		return b.Delivery(l.delivery())
	case *answerLine:
		return b.Answer(l.answer())
	}
	return putMark(b, v)
}

// putMark is put for what is no more than a mark.
func putMark(b *store.Builder, v line) error {
	switch l := v.(type) {
	case *alertLine:
		return b.WentOut(store.WentOut{Rule: l.Rule, Story: l.Story, At: l.At})
	case *closureLine:
		return b.Closure(news.Closure{Channel: l.Channel, Settings: l.Settings, Since: l.Since, Reason: l.Reason})
	case *begunLine:
		return b.Beginning(store.Beginning{Digest: l.Digest, At: l.At})
	case *holdLine:
		return b.Hold(news.Hold{Host: l.Host, Until: l.Until})
	case *partedLine:
		return b.Parted(store.Parted{Item: l.Item, Seq: l.Seq})
	}
	return nil // the first line and the last
}

// Added is what Add added.
type Added struct {
	Summary
	Items   int // new here
	Known   int // items that were there already
	Bare    int // items without text: left out
	Answers int // new here
	Again   int // answers that were there already
	Left    int // lines of other kinds, which belong to the life of another store
}

// addStep is how many items come into the store in one transaction.
const addStep = 500

// adder adds the items and answers of a file to a store.
type adder struct {
	st    *store.Store
	terms Terms
	now   time.Time
	out   Added
	items []store.Kept // to be added next
	ids   map[string]bool
	said  map[said]bool
}

// said tells answers apart.
type said struct {
	item, who string
	at        int64
}

// Add takes items and answers over into a store that is in use, as archive: an item that
// is not known there becomes known, is found by search, and is told by no digest. For the
// store's order it is first seen now, as of which it is kept. What is there already stays
// as it is, so that one that was stopped by ctx can be begun again.
func Add(ctx context.Context, r io.Reader, st *store.Store, now time.Time, terms Terms) (Added, error) {
	a := &adder{st: st, terms: terms, now: now.UTC(), out: Added{Summary: Summary{Of: map[string]int{}}}, ids: map[string]bool{}, said: map[said]bool{}}
	answers, err := st.Answers()
	if err != nil {
		return a.out, err
	}
	for _, x := range answers {
		a.said[saidIn(x)] = true
	}
	err = read(ctx, r, func(n int, v line) error {
		a.out.add(n, v)
		switch l := v.(type) {
		case *itemLine:
			return a.item(l.kept())
		case *answerLine:
			return a.answer(l.answer())
		case *storeLine, *endLine:
			return nil
		}
		a.out.Left++
		return nil
	})
	return a.out, errors.Join(err, a.flush()) // what stands before a bad line, or an end, is good
}

func saidIn(a news.Answer) said { return said{a.Item, a.Who, a.At.UnixNano()} }

func (a *adder) answer(x news.Answer) error {
	if a.said[saidIn(x)] {
		a.out.Again++
		return nil
	}
	if _, err := a.st.SaveAnswer(x); err != nil {
		return err
	}
	a.said[saidIn(x)] = true
	a.out.Answers++
	return nil
}

// item lines up one item, unless it is there already.
func (a *adder) item(k store.Kept) error {
	if k.Textless {
		a.out.Bare++
		return nil
	}
	known, err := a.known(k.Item)
	if err != nil {
		return err
	}
	if known || a.ids[k.Item.ID] {
		a.out.Known++
		return nil
	}
	a.ids[k.Item.ID] = true
	if a.items = append(a.items, k); len(a.items) < addStep {
		return nil
	}
	return a.flush()
}

// known reports whether an item is there already, under its id or any of its identities.
// One that is the later wording of another has that one's identities, and only an id of
// its own.
func (a *adder) known(it news.Item) (bool, error) {
	standing, err := a.st.Standings([]string{it.ID})
	if err != nil || len(standing) > 0 || it.Revises != "" {
		return len(standing) > 0, err
	}
	own := slices.DeleteFunc(slices.Clone(it.Keys), func(k news.Key) bool { return k.Kind == news.KeyShared })
	seen, err := a.st.Seen(it.Feed, own)
	return len(seen) > 0, err
}

// flush writes the items that are lined up. One that a poll has brought meanwhile is left
// to it.
func (a *adder) flush() error {
	for len(a.items) > 0 {
		err := a.st.SaveBatches(a.batches())
		if err == nil {
			a.out.Items += len(a.items)
			break
		}
		if !errors.Is(err, news.ErrExists) {
			return fmt.Errorf("import items: %w", err)
		}
		left := a.items[:0]
		for _, k := range a.items {
			known, err := a.known(k.Item)
			if err != nil {
				return err
			}
			if !known {
				left = append(left, k)
			}
		}
		if len(left) == len(a.items) {
			return fmt.Errorf("import items: %w", err)
		}
		a.out.Known += len(a.items) - len(left)
		a.items = left
	}
	a.items, a.ids = a.items[:0], map[string]bool{}
	return nil
}

// batches makes a batch for each feed of the items that are lined up. It is accounted for
// as a poll would be, whose items are all too old to be told: so the ledger of the next
// edition adds up.
func (a *adder) batches() []*store.Batch {
	var out []*store.Batch
	of := map[string]*store.Batch{}
	for _, k := range a.items {
		b := of[k.Item.Feed]
		if b == nil {
			b = &store.Batch{
				State: news.FeedState{Feed: k.Item.Feed}, Attempt: news.Attempt{At: a.now, Cause: news.CauseImport},
				Foreign: true, Terms: map[string][]news.IndexTerm{},
			}
			of[k.Item.Feed], out = b, append(out, b)
		}
		it := k.Item
		it.Seq, it.Story, it.Archived, it.FirstSeen = 0, "", true, a.now
		b.Items = append(b.Items, it)
		b.Terms[it.ID] = a.terms(it)
		b.Revisions = append(b.Revisions, k.Revisions...)
		b.Attempt.Entries, b.Attempt.New, b.Attempt.Archived = len(b.Items), len(b.Items), len(b.Items)
	}
	return out
}
