package ingest

import (
	"runtime"
	"slices"

	"samur/internal/cluster"
	"samur/internal/news"
	"samur/internal/store"
)

// turn is a pass that is ready to be written.
type turn struct {
	in      *Ingester
	pass    *pass
	reduced []cluster.Reduced // its new items, empty where they cannot become part of a story
	done    bool              // guarded by Shared.mu, as is err
	err     error
}

// maxTurns is how many passes are written in one transaction at most, and with it how
// many are written again, one by one, when one of them cannot be. Of those with items,
// which must be clustered again, no more wait than are polled at once.
const maxTurns = 1000

// While fewer than fewTurns passes are ready, others may run patience times before these are
// written. Each transaction rewrites pages that the next one needs again, and costs two
// fsyncs; half of those that may be read at once are read while the others are written.
const (
	fewTurns = maxRead / 2
	patience = 8
)

// write clusters and stores passes, and returns when all are on the disk or have an err.
// While one transaction is written others wait for the lock; the first that gets it
// writes them all in the next: one fsync for them, and no waiting when there is only one.
// Each pass still stands or falls as a whole.
func (s *Shared) write(ts ...*turn) {
	s.turnsMu.Lock()
	s.turns = append(s.turns, ts...)
	s.turnsMu.Unlock()

	s.mu.Lock()
	defer s.mu.Unlock()
	for slices.ContainsFunc(ts, func(t *turn) bool { return !t.done }) {
		for n := 0; n < patience && s.waiting() < fewTurns; n++ {
			runtime.Gosched() // passes that are all but ready come along
		}
		group := s.next()
		if len(group) > 1 && s.commit(group) == nil {
			continue
		}
		for i, t := range group { // one of them may be at fault, and must not fail the others
			t.err = s.commit(group[i : i+1])
		}
	}
}

// waiting returns how many passes wait to be written.
func (s *Shared) waiting() int {
	s.turnsMu.Lock()
	defer s.turnsMu.Unlock()
	return len(s.turns)
}

// next takes the passes that come next, all of one Ingester: another one may read items
// in another way. The caller holds the lock.
func (s *Shared) next() []*turn {
	s.turnsMu.Lock()
	defer s.turnsMu.Unlock()
	n := 1
	for n < min(len(s.turns), maxTurns) && s.turns[n].in == s.turns[0].in {
		n++
	}
	group := s.turns[:n:n]
	s.turns = s.turns[n:]
	for _, t := range group {
		t.done = true
	}
	return group
}

// commit clusters and writes passes, all or none.
func (s *Shared) commit(group []*turn) error {
	in := group[0].in
	touched := map[string]*news.Story{}
	batches := make([]*store.Batch, len(group))
	for i, t := range group {
		batches[i] = &t.pass.batch
		batches[i].Stories = nil
		if err := in.cluster(t.pass, t.reduced, touched); err != nil {
			s.dropStories() // it may hold stories that are not written
			return err
		}
	}
	batches[len(group)-1].Stories = sorted(touched)
	err := in.store.SaveBatches(batches)
	if err != nil {
		s.dropStories()
	}
	return err
}
