package ingest

import (
	"context"
	"sync"
	"time"

	"samur/internal/news"
)

// Round is polls of many feeds one after the other. Most answers say that nothing is
// new, and what is kept of such a poll need not be on the disk before the next feed of
// its host is asked: they are written together, some hundreds in a transaction. Were each
// waited for, two thousand feeds with nothing new would take eighty transactions in place
// of ten, and a tenth more time on a quick disk. A crash repeats the polls that were not
// written, and loses nothing.
type Round struct {
	Again bool // ask feeds that are gone too: the keeper has named them. Set before Feed

	in    *Ingester
	done  func(news.Feed, news.Attempt, error)
	aside chan quietPass
	wg    sync.WaitGroup
}

// quietPass is a pass that waits to be written with others.
type quietPass struct {
	turn  *turn
	leave func()
}

// How long a pass waits at most for others to be written with, and for how many.
const (
	together = 100 * time.Millisecond
	company  = 256
)

// Round begins a round; End ends it. done is told of each poll when it is stored, or why
// it is not, by any goroutine.
func (in *Ingester) Round(done func(news.Feed, news.Attempt, error)) *Round {
	r := &Round{in: in, done: done, aside: make(chan quietPass, company/4)}
	r.wg.Go(r.run)
	return r
}

// Feed polls f as Ingester.Feed does. When it returns, the next feed of its host may be
// asked; done may be told of this one later.
func (r *Round) Feed(ctx context.Context, f news.Feed, now time.Time) {
	leave, err := r.in.enter(ctx, f.Name)
	if err != nil {
		r.done(f, news.Attempt{}, err)
		return
	}
	waits := false
	a, err := r.in.poll(ctx, f, now, r.Again, func(p *pass) bool {
		p.close(r.in.policy)
		p.entries, p.sketches, p.places = nil, nil, nil // some hundreds of passes wait
		r.aside <- quietPass{&turn{in: r.in, pass: p}, leave}
		waits = true
		return true
	})
	if waits {
		return
	}
	leave()
	r.done(f, a, err)
}

// End returns when all polls of the round are stored. No Feed may be under way.
func (r *Round) End() {
	close(r.aside)
	r.wg.Wait()
}

// run writes what is set aside.
func (r *Round) run() {
	for first := range r.aside {
		r.write(r.gather(first))
	}
}

// gather returns first and the passes that are set aside after it, when they are enough
// or it has waited long enough.
func (r *Round) gather(first quietPass) []quietPass {
	waiting := []quietPass{first}
	timer := time.NewTimer(together)
	defer timer.Stop()
	for len(waiting) < company {
		select {
		case q, ok := <-r.aside:
			if !ok {
				return waiting
			}
			waiting = append(waiting, q)
		case <-timer.C:
			return waiting
		}
	}
	return waiting
}

// write writes passes that waited.
func (r *Round) write(waiting []quietPass) {
	turns := make([]*turn, len(waiting))
	for i, q := range waiting {
		turns[i] = q.turn
	}
	r.in.write(turns...)
	for _, q := range waiting {
		p, err := q.turn.pass, q.turn.err
		q.leave()
		if err != nil {
			r.done(p.feed, news.Attempt{}, passErr(p, err))
			continue
		}
		r.in.written(p)
		r.done(p.feed, p.batch.Attempt, nil)
	}
}
