package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/bits"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cespare/xxhash/v2"
)

const (
	// nap is the longest the runner sleeps: a clock that was set, or a machine
	// that was asleep, is noticed within it.
	nap = time.Minute
	// breath is the least time between two runs of a job, so that one whose Next
	// does not move on cannot spin.
	breath = time.Second
	// leap is the difference between the wall clock and the running clock from
	// which on every job is asked for its time again.
	leap = 5 * time.Second
)

// Job is something to be done again and again. Exactly one of Every and Next is set.
type Job struct {
	Name string // unique within the runner
	Key  string // jobs of one key run one at a time, for instance one host's feeds; "" for none
	Pace string // jobs of one pace start Options.Apart from each other's start and end; "" for none

	// Place, unless it is nil, tells Key and Pace of a job for which they change. It is
	// asked whenever Next is, after it; a run under way keeps those it began with.
	Place func() (key, pace string)

	// Every is the distance between two starts. The first start is put off by a
	// share of Jitter that depends on Name alone, so that jobs keep their places
	// beside each other over restarts.
	Every  time.Duration
	Jitter time.Duration

	// Next tells when the job is due, given the present; zero means not until
	// Wake. It is asked at Start, after every run, on Wake and when the clock was
	// set, always from one goroutine at a time, and must not block.
	Next func(now time.Time) time.Time

	// Run does the work. Its context ends when the runner stops. A panic is
	// logged and the job runs again at its next time.
	Run func(ctx context.Context)
}

// Options configure a Runner.
type Options struct {
	Logger *slog.Logger
	Limit  int              // jobs at once; 0 means 64
	Apart  time.Duration    // between jobs of one pace
	Now    func() time.Time // nil means time.Now; a test may set the clock
}

// Runner runs jobs at their times. Its methods may be called by several
// goroutines at once.
type Runner struct {
	log   *slog.Logger
	limit int
	apart time.Duration
	now   func() time.Time

	mu      sync.Mutex
	jobs    map[string]*entry
	ready   []*entry             // due, waiting for their key, their pace or for room
	keys    map[string]bool      // keys of running jobs
	free    map[string]time.Time // when the next job of a pace may start, on the running clock
	names   map[string]bool      // names of running jobs, removed ones included
	active  int
	started bool
	ctx     context.Context
	cancel  context.CancelFunc
	kick    chan struct{}  // buffered by one: something changed
	loop    sync.WaitGroup // the dispatcher
	running sync.WaitGroup // the jobs
}

// entry is a job and where it stands.
type entry struct {
	Job
	due     time.Time // zero: not until woken
	queued  bool      // in ready
	running bool
	woken   bool // Wake came while it ran
	gone    bool // removed
}

// New returns a Runner without jobs.
func New(o Options) *Runner {
	r := &Runner{
		log:   o.Logger,
		limit: o.Limit,
		apart: o.Apart,
		now:   o.Now,
		jobs:  map[string]*entry{},
		keys:  map[string]bool{},
		free:  map[string]time.Time{},
		names: map[string]bool{},
		kick:  make(chan struct{}, 1),
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if r.limit <= 0 {
		r.limit = 64
	}
	if r.now == nil {
		r.now = time.Now
	}
	return r
}

// Add takes a job on, before or after Start.
func (r *Runner) Add(j Job) error {
	switch {
	case j.Name == "" || j.Run == nil:
		return errors.New("add job: it needs a name and something to run")
	case (j.Every > 0) == (j.Next != nil):
		return fmt.Errorf("add job %q: give either a distance or a next time", j.Name)
	case j.Place != nil && j.Next == nil:
		return fmt.Errorf("add job %q: a place that changes needs a next time", j.Name)
	case j.Every > 0 && j.Every < breath:
		return fmt.Errorf("add job %q: every %v is too often; give %v or more", j.Name, j.Every, breath)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.jobs[j.Name]; ok {
		return fmt.Errorf("add job %q: the name is taken", j.Name)
	}
	e := &entry{Job: j}
	r.jobs[j.Name] = e
	if r.started {
		r.plan(e, r.now())
	}
	r.poke()
	return nil
}

// Remove takes the job out; a run under way goes on to its end. It reports
// whether there was such a job.
func (r *Runner) Remove(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.jobs[name]
	if ok {
		e.gone = true
		delete(r.jobs, name)
		r.ready = slices.DeleteFunc(r.ready, func(x *entry) bool { return x == e })
	}
	return ok
}

// Wake asks the job for its time again, because something it depends on has
// changed. A job with a distance is run at once. A job that is running is asked
// when it ends.
func (r *Runner) Wake(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.jobs[name]
	if !ok {
		return false
	}
	if e.running {
		e.woken = true
		return true
	}
	r.awake(e)
	r.poke()
	return true
}

// awake sets the due time of a job that was woken.
func (r *Runner) awake(e *entry) {
	if e.Next == nil {
		e.due = r.now()
		return
	}
	e.due = r.ask(e, r.now())
}

// ask calls the job's Next and Place. One that panics is asked again in an hour.
func (r *Runner) ask(e *entry, now time.Time) (due time.Time) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("next time of job panicked", "job", e.Name, "err", fmt.Sprint(p))
			due = now.Add(time.Hour)
		}
	}()
	due = e.Next(now)
	if e.Place != nil {
		e.Key, e.Pace = e.Place()
	}
	return due
}

// Start begins to run jobs, until ctx ends or Stop is called. A Runner starts once.
func (r *Runner) Start(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.started {
		return errors.New("start runner: it was started before")
	}
	r.started = true
	r.ctx, r.cancel = context.WithCancel(ctx)
	now := r.now()
	for _, e := range r.jobs {
		r.plan(e, now)
	}
	r.loop.Go(r.dispatch)
	return nil
}

// Stop ends the contexts of the jobs and waits for them, at most until ctx ends;
// it then names those that are still running. A second Stop waits as the first.
func (r *Runner) Stop(ctx context.Context) error {
	r.mu.Lock()
	started := r.started
	r.started = true // one that never started never will
	if r.cancel != nil {
		r.cancel()
	}
	r.mu.Unlock()
	if !started {
		return nil
	}
	done := make(chan struct{})
	go func() { // ends when the last job does
		r.loop.Wait()
		r.running.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop runner: still running %s: %w", strings.Join(r.Running(), ", "), ctx.Err())
	}
}

// Running names the jobs that run at this moment, sorted.
func (r *Runner) Running() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.names))
}

// Due returns the time at which the job is to run next, zero when it waits to
// be woken or does not exist.
func (r *Runner) Due(name string) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.jobs[name]; ok {
		return e.due
	}
	return time.Time{}
}

// plan sets the first due time of a job.
func (r *Runner) plan(e *entry, now time.Time) {
	if e.Next != nil {
		e.due = r.ask(e, now)
		return
	}
	e.due = now.Add(Phase(e.Name, e.Jitter))
}

// Phase returns the share of jitter that belongs to name, always the same.
func Phase(name string, jitter time.Duration) time.Duration {
	if jitter <= 0 {
		return 0
	}
	sum := xxhash.Sum64String(name)             // FNV leaves names that differ in their last letter at even steps
	share, _ := bits.Mul64(sum, uint64(jitter)) // the same part of any jitter
	return time.Duration(share)
}

// poke makes the dispatcher look again.
func (r *Runner) poke() {
	select {
	case r.kick <- struct{}{}:
	default: // it will look anyway
	}
}

// dispatch starts what is due until the context ends.
func (r *Runner) dispatch() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	last, lastRun := r.now().Round(0), time.Now()
	for {
		select {
		case <-r.ctx.Done():
			return
		case <-timer.C:
		case <-r.kick:
		}
		now, run := r.now().Round(0), time.Now()
		if drift := now.Sub(last) - run.Sub(lastRun); drift.Abs() >= leap {
			r.clockSet(now, drift)
		}
		last, lastRun = now, run
		timer.Reset(r.step(now))
	}
}

// clockSet asks every job again after the wall clock was moved. Jobs with a
// distance keep their distance from the present.
func (r *Runner) clockSet(now time.Time, by time.Duration) {
	r.log.Info("clock was set", "dur", by)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.jobs {
		switch {
		case e.running:
		case e.Next != nil:
			e.due = r.ask(e, now)
		case by < 0 || e.due.Sub(now) > e.Every:
			e.due = e.due.Add(by)
		}
	}
}

// step queues what is due at now, starts what may start, and returns how long to sleep.
func (r *Runner) step(now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	sleep := nap
	var due []*entry
	for _, e := range r.jobs {
		if e.queued || e.running || e.due.IsZero() {
			continue
		}
		if wait := e.due.Sub(now); wait > 0 {
			sleep = min(sleep, wait)
			continue
		}
		due = append(due, e)
	}
	slices.SortFunc(due, func(a, b *entry) int {
		if c := a.due.Compare(b.due); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, e := range due {
		e.queued = true
		r.ready = append(r.ready, e)
	}
	r.ready = slices.DeleteFunc(r.ready, r.start)
	return min(sleep, r.paced())
}

// paced returns how long the first of the jobs that wait for their pace has to, nap
// when none does. It forgets the paces that hold nobody back any more.
func (r *Runner) paced() time.Duration {
	first, now := nap, time.Now()
	maps.DeleteFunc(r.free, func(_ string, at time.Time) bool { return !at.After(now) })
	for _, e := range r.ready {
		if at, ok := r.free[e.Pace]; ok {
			first = min(first, at.Sub(now))
		}
	}
	return first
}

// pace keeps the next job of e's pace away from this moment.
func (r *Runner) pace(e *entry) {
	if e.Pace != "" && r.apart > 0 {
		r.free[e.Pace] = time.Now().Add(r.apart)
	}
}

// start runs the job unless its key is busy or there is no room, and reports
// whether it did.
func (r *Runner) start(e *entry) bool {
	if r.active >= r.limit || r.keys[e.Key] || r.names[e.Name] || time.Now().Before(r.free[e.Pace]) || r.ctx.Err() != nil {
		return false
	}
	r.pace(e)
	if e.Key != "" {
		r.keys[e.Key] = true
	}
	r.names[e.Name] = true
	r.active++
	e.queued, e.running = false, true
	r.running.Go(func() {
		r.run(e)
		r.finish(e)
	})
	return true
}

// run does the job's work; a panic ends here.
func (r *Runner) run(e *entry) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("job panicked", "job", e.Name, "err", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	e.Run(r.ctx)
}

// finish gives back the job's place and sets its next time.
func (r *Runner) finish(e *entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active--
	r.pace(e)
	delete(r.keys, e.Key)
	delete(r.names, e.Name)
	e.running = false
	if e.gone {
		r.poke()
		return
	}
	now := r.now()
	switch {
	case e.Next != nil:
		e.due = r.ask(e, now)
	case e.woken:
		e.due = now
	default:
		e.due = e.due.Add(e.Every)
		if late := now.Sub(e.due); late >= 0 { // what was missed is not made up
			e.due = e.due.Add((late/e.Every + 1) * e.Every)
		}
	}
	e.woken = false
	if soonest := now.Add(breath); !e.due.IsZero() && e.due.Before(soonest) {
		e.due = soonest
	}
	r.poke()
}
