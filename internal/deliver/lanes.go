package deliver

import (
	"context"
	"errors"
	"sync"

	"samur/internal/news"
)

// Hosted is a Channel that says which host it sends to. Channels of one host share its
// bound; one that is not Hosted has a bound of its own.
type Hosted interface {
	Host() string
}

// perHost bounds how many deliveries go to one host at once: few enough for a small mail
// server, and enough that the recipients behind one that hangs do not wait for it.
const perHost = 4

// lane is what one recipient of a channel is owed. Its deliveries go one after another,
// oldest slot first; lanes go side by side.
type lane struct{ channel, recipient string }

// lanes is who is owed what and who is at work on it. A delivery is listed from when it
// is found due until its attempt has ended.
type lanes struct {
	mu     sync.Mutex
	listed map[string]bool   // ids
	owed   map[lane][]string // ids in their order
	hosts  map[string]*host
}

// host is the lanes that wait for one host, in the order in which they were found due.
// One that is being worked on is not among them.
type host struct {
	queue   []lane
	workers int
}

func newLanes() *lanes {
	return &lanes{listed: map[string]bool{}, owed: map[lane][]string{}, hosts: map[string]*host{}}
}

// add lists what is not listed yet and returns the hosts that want a worker more, each as
// often as it wants one. hostOf names the host of a channel.
func (l *lanes) add(due []news.Delivery, hostOf func(channel string) string) (wanted []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range due {
		if l.listed[d.ID] {
			continue
		}
		l.listed[d.ID] = true
		to := lane{d.Channel, d.Recipient}
		l.owed[to] = append(l.owed[to], d.ID)
		if len(l.owed[to]) > 1 {
			continue // whoever works on the lane comes to it
		}
		name := hostOf(d.Channel)
		h := l.hosts[name]
		if h == nil {
			h = &host{}
			l.hosts[name] = h
		}
		h.queue = append(h.queue, to)
		if h.workers < perHost {
			h.workers++
			wanted = append(wanted, name)
		}
	}
	return wanted
}

// next takes the first lane off a host's queue and returns the delivery that it is owed
// first. It reports false, and counts the worker as gone, when nothing waits.
func (l *lanes) next(name string) (to lane, id string, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.hosts[name]
	if len(h.queue) == 0 {
		if h.workers--; h.workers == 0 {
			delete(l.hosts, name)
		}
		return lane{}, "", false
	}
	to, h.queue = h.queue[0], h.queue[1:]
	return to, l.owed[to][0], true
}

// done takes a delivery off its lane, which goes to the end of its host's queue when it
// is owed more: a recipient with a backlog lets the others by.
func (l *lanes) done(name string, to lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ids := l.owed[to]
	delete(l.listed, ids[0])
	if len(ids) == 1 {
		delete(l.owed, to)
		return
	}
	l.owed[to] = ids[1:]
	h := l.hosts[name]
	h.queue = append(h.queue, to)
}

// drop forgets what waits for a host: it is found due again.
func (l *lanes) drop(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.hosts[name]
	for _, to := range h.queue {
		for _, id := range l.owed[to] {
			delete(l.listed, id)
		}
		delete(l.owed, to)
	}
	h.queue = nil
}

// start lists what is due and starts the workers that it wants. Each attempt's outcome
// is told to tell, by several goroutines at once.
func (r *Runner) start(ctx context.Context, workers *sync.WaitGroup, due []news.Delivery, tell func(error)) {
	for _, host := range r.lanes.add(due, r.hostOf) {
		workers.Go(func() { r.work(ctx, host, tell) })
	}
}

// work tries what waits for a host until nothing does. It forgets the rest when ctx ends
// and when the outbox cannot be written: what cannot be marked is not sent.
func (r *Runner) work(ctx context.Context, host string, tell func(error)) {
	for {
		to, id, ok := r.lanes.next(host)
		if !ok {
			return
		}
		err := ctx.Err()
		if err == nil {
			err = r.attempt(ctx, id)
			tell(err)
		}
		r.lanes.done(host, to)
		if ctx.Err() != nil || errors.Is(err, errNotMarked) {
			r.lanes.drop(host)
		}
	}
}

// hostOf names the host of a channel.
func (r *Runner) hostOf(channel string) string {
	if h, ok := r.channel(channel).(Hosted); ok {
		return "host " + h.Host()
	}
	return "channel " + channel
}
