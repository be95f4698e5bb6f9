package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/cespare/xxhash/v2"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/news"
	"samur/internal/schedule"
	"samur/internal/search"
	"samur/internal/store"
)

// fill makes the store of dir as months of polling would: a round of all feeds at a
// time, each on its day. The first and the last are samur's own passes; those between
// are copies of the first, with identities and times of their own, for to read a million
// entries takes a quarter of an hour.
func (d *driver) fill(dir string) error {
	cfg, err := config.Load(filepath.Join(dir, "samur.yaml"), config.Options{CheckCron: schedule.Check})
	if err != nil {
		return err
	}
	each := d.feeds * d.items
	rounds := (d.archive + each - 1) / each
	read := func(k int) error {
		if err := d.server.turn(round{-k * d.items, false, d.longAgo(k)}); err != nil {
			return err
		}
		added, err := pollAt(cfg, d.longAgo(k))
		if err != nil || added != each {
			return fmt.Errorf("archive %d items: %d stored: %w", each, added, err)
		}
		return nil
	}
	if err := read(rounds); err != nil || rounds == 1 {
		return err
	}
	if err := d.repeat(cfg, rounds); err != nil {
		return err
	}
	return read(1)
}

// longAgo is when the round was that is k rounds before the first one.
func (d *driver) longAgo(k int) time.Time {
	return d.begun.Add(-time.Duration(k) * d.server.press.gap)
}

// repeat stores copies of the only round in the store, down to the second.
func (d *driver) repeat(cfg *config.Config, rounds int) (err error) {
	core, err := app.Open(app.Options{Config: cfg, Version: "bench", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	first, err := readRound(core)
	if err != nil {
		return err
	}
	for k := rounds - 1; k > 1; k-- {
		if err := first.at(rounds-k, d.longAgo(k).Sub(d.longAgo(rounds))).save(core.Store); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "archived %s, %d rounds to go\n", d.longAgo(k).Format(time.DateOnly), k-1)
	}
	return nil
}

// stored is a round as it is stored.
type stored struct {
	batches []*store.Batch
	stories []news.Story
}

// readRound reads the only round in the store.
func readRound(core *app.Core) (stored, error) {
	line, err := core.Line()
	if err != nil {
		return stored{}, err
	}
	r, byFeed, terms := stored{}, map[string]*store.Batch{}, search.NewTermer()
	err = core.Store.AttemptsBetween(0, 1<<62, func(a news.Attempt) bool {
		b := &store.Batch{Attempt: a, Terms: map[string][]news.IndexTerm{}}
		byFeed[a.Feed], r.batches = b, append(r.batches, b)
		return true
	})
	if err != nil {
		return r, err
	}
	for _, b := range r.batches {
		if b.State, err = core.Store.FeedState(b.Attempt.Feed); err != nil {
			return r, err
		}
	}
	err = core.Store.ItemsSince(time.Time{}, func(it news.Item) bool {
		b := byFeed[it.Feed]
		b.Terms[it.ID] = terms.Terms(line.Lexicon.Analyse(it.Title, it.Text, it.Lang))
		b.Items = append(b.Items, it)
		return true
	})
	if err != nil {
		return r, err
	}
	r.stories, err = core.Store.Stories(store.StoryQuery{})
	return r, err
}

// save stores a round, as many feeds at a time as passes are written together: large
// transactions leave a store with free pages that polls never would.
func (r stored) save(s *store.Store) error {
	seqs := map[string]uint64{}
	for group := range slices.Chunk(r.batches, 16) {
		if err := s.SaveBatches(group); err != nil {
			return err
		}
		for _, b := range group {
			for _, it := range b.Items {
				seqs[it.ID] = it.Seq
			}
		}
	}
	for _, st := range r.stories {
		for i := range st.Members {
			st.Members[i].Seq = seqs[st.Members[i].Item]
		}
	}
	return s.SaveStories(r.stories, nil)
}

// at returns the n-th copy of a round, later by so much.
func (r stored) at(n int, later time.Duration) stored {
	name := func(id string) string { // the first digits of an id are its feed's
		if id == "" {
			return ""
		}
		at := len(id) - 12
		return fmt.Sprintf("%s%012x", id[:at], xxhash.Sum64String(fmt.Sprint(id, n))>>16)
	}
	var out stored
	for _, b := range r.batches {
		c := &store.Batch{State: b.State, Attempt: b.Attempt, Terms: map[string][]news.IndexTerm{}}
		c.Attempt.At = b.Attempt.At.Add(later)
		for _, it := range b.Items {
			terms := b.Terms[it.ID]
			it.ID, it.Story, it.CopyOf, it.Seq = name(it.ID), name(it.Story), name(it.CopyOf), 0
			it.FirstSeen, it.Published = it.FirstSeen.Add(later), it.Published.Add(later)
			it.URL, it.Link, it.GUID = fmt.Sprint(it.URL, "/", n), fmt.Sprint(it.Link, "/", n), fmt.Sprint(it.GUID, "/", n)
			it.Keys = slices.Clone(it.Keys)
			for i := range it.Keys {
				it.Keys[i].Hash = xxhash.Sum64String(fmt.Sprint(it.Keys[i].Hash, n))
			}
			c.Items, c.Terms[it.ID] = append(c.Items, it), terms
		}
		out.batches = append(out.batches, c)
	}
	for _, st := range r.stories {
		st.ID, st.First, st.Last = name(st.ID), st.First.Add(later), st.Last.Add(later)
		st.Members = slices.Clone(st.Members)
		for i := range st.Members {
			m := &st.Members[i]
			m.Item, m.CopyOf, m.Seq, m.FirstSeen = name(m.Item), name(m.CopyOf), 0, m.FirstSeen.Add(later)
		}
		out.stories = append(out.stories, st)
	}
	return out
}

// pollAt polls all feeds once as if it were a time long past.
func pollAt(cfg *config.Config, at time.Time) (added int, err error) {
	core, err := app.Open(app.Options{Config: cfg, Version: "bench", Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return at }})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	err = core.Poll(context.Background(), nil, func(a news.Attempt) { added += a.New })
	return added, err
}

// grown measures samur with a store of many older items, and prints how it compares
// with the same of one that had none.
func (d *driver) grown() error {
	dir := filepath.Join(d.dir, "archive")
	if err := d.settle(dir); err != nil {
		return err
	}
	begun := time.Now()
	if err := d.fill(dir); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "archived %d items in %s\n", d.archive, time.Since(begun).Round(time.Second))
	for _, sc := range d.play() {
		if err := d.server.turn(sc.round); err != nil {
			return err
		}
		for range sc.times {
			if err := d.poll(dir, "archive", sc); err != nil {
				return fmt.Errorf("%s: %w", sc.name, err)
			}
		}
	}
	fmt.Printf("\nthe same behind %d older items; what was cold is beside warm\n\n%-20s | %22s | %6s %6s %6s\n", d.archive, "", "samur: wall, cpu, anon", "wall", "cpu", "anon")
	for _, sc := range d.play() {
		name := sc.name
		if sc.name == "cold, all new" { // no first poll: what compares is a store that has some items
			name = "warm, all new"
		}
		a, s := d.needed["archive "+sc.name], d.needed["samur "+name]
		fmt.Printf("%-20s | %6.2fs %6.2fs %4d MB | %5.2fx %5.2fx %5.2fx\n", sc.name, median(a, wallOf).Seconds(), median(a, cpuOf).Seconds(), median(a, anonOf)>>20,
			ratio(a, s, wallOf), ratio(a, s, cpuOf), ratio(a, s, anonOf))
	}
	if !d.pages {
		return nil
	}
	if err := d.served(dir); err != nil {
		return err
	}
	return d.keeping(dir)
}

// ratio compares the medians of what two programs needed.
func ratio[T int64 | time.Duration](a, b []usage, of func(usage) T) float64 {
	return float64(median(a, of)) / float64(max(median(b, of), 1))
}
