package ingest

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"samur/internal/cluster"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/store"
)

// cluster gives every relevant new item its story. touched holds the stories that this
// pass and those written with it change. The caller holds the lock.
func (in *Ingester) cluster(p *pass, reduced []cluster.Reduced, touched map[string]*news.Story) error {
	if !p.anyTold() {
		return nil
	}
	if err := in.loadStories(p.now); err != nil {
		return err
	}
	for i := range p.batch.Items {
		it := &p.batch.Items[i]
		if !tellable(*it) {
			continue
		}
		if err := in.join(it, reduced[i], touched); err != nil {
			return err
		}
	}
	return nil
}

// tellable reports whether an item can become part of a story.
func tellable(it news.Item) bool { return it.Verdict.Relevant && !it.Archived }

// join adds it to the story that the index decides on.
func (in *Ingester) join(it *news.Item, reduced cluster.Reduced, touched map[string]*news.Story) error {
	d := in.stories.Assign(reduced)
	it.Story, it.CopyOf = d.Story, d.CopyOf
	in.stories.Add(reduced, d.Story, d.CopyOf)
	st, ok := touched[d.Story]
	if !ok {
		var err error
		if st, err = in.story(d); err != nil {
			return err
		}
		touched[d.Story] = st
	}
	st.Members = append(st.Members, member(*it, d))
	span(st)
	return in.serialise(st, d.Series, touched)
}

func (in *Ingester) story(d cluster.Decision) (*news.Story, error) {
	if d.New {
		return &news.Story{ID: d.Story}, nil
	}
	return in.standing(d.Story)
}

// serialise notes that st is one of a series, unless it is known already, with the story
// before it: the latest that began earlier.
func (in *Ingester) serialise(st *news.Story, series string, touched map[string]*news.Story) error {
	if st.Series != "" || series == "" {
		return nil
	}
	st.Series = series
	previous, err := in.previous(st, touched)
	if err != nil {
		return err
	}
	st.Previous = previous
	return nil
}

// previous returns the id of the story before st in its series, "" when there is none: of
// those that began earlier the one that began last. touched stand as they will be stored.
func (in *Ingester) previous(st *news.Story, touched map[string]*news.Story) (id string, err error) {
	var first time.Time
	later := func(other string, at time.Time) bool {
		return at.Before(st.First) && (at.After(first) || at.Equal(first) && other < id)
	}
	for _, o := range touched {
		if o.Series == st.Series && o.ID != st.ID && len(o.Members) > 0 && later(o.ID, o.First) {
			id, first = o.ID, o.First
		}
	}
	err = in.store.InSeries(st.Series, st.First, func(other string, at time.Time) bool {
		if at.Before(first) {
			return false
		}
		if _, changes := touched[other]; !changes && other != st.ID && later(other, at) {
			id, first = other, at
		}
		return true
	})
	return id, err
}

// standing reads a story that the index knows. One that the store does not have
// under this very id, because it was merged away or pruned, begins anew.
func (in *Ingester) standing(id string) (*news.Story, error) {
	st, err := in.store.Story(id)
	if errors.Is(err, news.ErrNotFound) || err == nil && st.ID != id {
		return &news.Story{ID: id}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read story %q: %w", id, err)
	}
	return &st, nil
}

func member(it news.Item, d cluster.Decision) news.Member {
	return news.Member{
		Item: it.ID, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang,
		FirstSeen: it.FirstSeen, CopyOf: it.CopyOf, Why: d.Why, Score: d.Score,
	}
}

// loadStories sees to it that the index holds the relevant items of the last days. The
// caller holds the lock, under which it takes over what prepare has read and adds what
// has come since.
func (in *Ingester) loadStories(now time.Time) error {
	lx, _, err := in.understand()
	if err != nil {
		return err
	}
	if in.stories != nil && in.with == lx {
		in.stories.Prune(now.Add(-in.Window()))
		return nil
	}
	d := in.prepared.Swap(nil)
	if !in.fits(d, lx) {
		d = &draft{with: lx, ix: cluster.New(cluster.Options{Window: in.Window(), Most: maxStoried})}
	}
	if err := in.fill(d, now); err != nil {
		return err
	}
	in.stories, in.with = d.ix, lx
	in.filled.Store(lx)
	return nil
}

// draft is an index that is being filled.
type draft struct {
	ix    *cluster.Index
	with  *lexicon.Lexicon
	upto  uint64 // Seq of the last item that was looked at
	round uint64 // Shared.round when it was begun
}

// prepare reads the recent stories without the lock, when that is still to be done: to
// read the texts of a week anew takes seconds, and passes that bring nothing to tell
// need not wait for it. Those that do wait for the one that reads.
func (in *Ingester) prepare(now time.Time) error {
	lx, _, err := in.understand()
	if err != nil || in.filled.Load() == lx {
		return err
	}
	in.preparing.Lock()
	defer in.preparing.Unlock()
	if in.filled.Load() == lx || in.fits(in.prepared.Load(), lx) {
		return nil
	}
	d := &draft{with: lx, ix: cluster.New(cluster.Options{Window: in.Window(), Most: maxStoried}), round: in.round.Load()}
	if err := in.fill(d, now); err != nil {
		return err
	}
	if in.prepared.Store(d); in.filled.Load() == lx {
		in.prepared.Store(nil) // somebody who had the lock was faster
	}
	return nil
}

// fits reports whether a draft can be taken over.
func (s *Shared) fits(d *draft, lx *lexicon.Lexicon) bool {
	return d != nil && d.with == lx && d.round == s.round.Load()
}

// dropStories lets go of an index that may not be what is stored. The caller holds the
// lock.
func (s *Shared) dropStories() {
	s.stories = nil
	s.round.Add(1)
	s.filled.Store(nil)
}

// fill adds the items of the last days that a draft has not looked at yet. Those that
// Settle has looked at before the last stop need not be looked at again.
func (in *Ingester) fill(d *draft, now time.Time) error {
	settled, err := in.store.Settled()
	if err != nil {
		return err
	}
	since, rules := now.Add(-in.Window()), in.rules(d.with)
	var some []store.Storied // a week of texts need not stand in memory at once
	add := func() error {
		reduced, err := in.reduceAll(d.with, rules, some)
		for i, r := range reduced {
			if it := some[i].Item; it.Seq <= settled {
				d.ix.AddSettled(r, it.Story, it.CopyOf)
			} else {
				d.ix.Add(r, it.Story, it.CopyOf)
			}
		}
		d.ix.Prune(since)
		some = some[:0]
		return err
	}
	var failed error
	query := store.StoriedQuery{After: d.upto, Since: since, Most: maxStoried, Rules: rules} // older ones would be forgotten at once
	d.upto, err = in.store.Storied(query, func(st store.Storied) bool {
		if some = append(some, st); len(some) == maxSome {
			failed = add()
		}
		return failed == nil
	})
	if err == nil && failed == nil {
		failed = add()
	}
	if err = errors.Join(err, failed); err != nil {
		return fmt.Errorf("read recent items: %w", err)
	}
	return nil
}

// maxStoried bounds the items that the index holds, some fifty megabytes: a week of the
// field has some thousands, a feed that wants to fill it has five hundred a poll.
const maxStoried = 20_000

// maxSome is how many items are read before they are reduced.
const maxSome = 256

// reduceAll recalls items, and reduces those of which nothing is kept, on all processors:
// every pass waits for the index.
func (in *Ingester) reduceAll(lx *lexicon.Lexicon, rules uint64, items []store.Storied) ([]cluster.Reduced, error) {
	out := make([]cluster.Reduced, len(items))
	var all errgroup.Group
	for part, parts := 0, runtime.GOMAXPROCS(0); part < parts; part++ {
		all.Go(func() (err error) {
			for i := part; i < len(items) && err == nil; i += parts {
				out[i], err = in.reduced(lx, &items[i])
			}
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	in.keep(rules, items, out)
	return out, nil
}

// reduced recalls an item or reduces it. What cannot be recalled is nothing kept.
func (in *Ingester) reduced(lx *lexicon.Lexicon, st *store.Storied) (cluster.Reduced, error) {
	if st.Kept != nil {
		r, err := cluster.Recall(st.Item, st.Kept)
		if err == nil {
			return r, nil
		}
		in.lg.Warn("text is read again", "item", st.Item.ID, "err", err)
		if st.Item, err = in.store.Item(st.Item.ID); err != nil {
			return cluster.Reduced{}, err
		}
		st.Kept = nil
	}
	return cluster.Reduce(st.Item, lx.Read(st.Item)), nil
}

// keep keeps what was made of items of which nothing was kept: those of an older store, or
// of before a change of the lexicon. That it cannot be kept is no harm but to the next
// start.
func (in *Ingester) keep(rules uint64, items []store.Storied, reduced []cluster.Reduced) {
	made := map[uint64]store.Reduced{}
	for i, st := range items {
		if st.Kept == nil {
			made[st.Item.Seq] = store.Reduced{Rules: rules, Kept: reduced[i].Kept()}
		}
	}
	if len(made) == 0 {
		return
	}
	if err := in.store.KeepReduced(made); err != nil {
		in.lg.Warn("texts will be read again at the next start", "items", len(made), "err", err)
	}
}

// rules names what items are reduced by, this version of the program included: what
// another one has kept is made anew.
func (in *Ingester) rules(lx *lexicon.Lexicon) uint64 {
	if known := in.named.Load(); known != nil && known.of == lx {
		return known.rules
	}
	n := &named{of: lx, rules: cluster.Rules(lx) ^ xxhash.Sum64String(in.version)}
	in.named.Store(n)
	return n.rules
}

// named is the name of what items are reduced by with a lexicon.
type named struct {
	of    *lexicon.Lexicon
	rules uint64
}

// Window is how long a story can be joined: of older items nothing need be kept for it.
func (in *Ingester) Window() time.Duration {
	return time.Duration(in.policy.StoryDays) * 24 * time.Hour
}
