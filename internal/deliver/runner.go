package deliver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"samur/internal/news"
)

// Outbox is the part of the store that the Runner works on.
type Outbox interface {
	// Due returns pending deliveries whose time has come, oldest slot first. Their
	// payloads may be left out.
	Due(now time.Time) ([]news.Delivery, error)
	// Unfinished returns deliveries that were being sent when the program last ended.
	// Their payloads may be left out.
	Unfinished() ([]news.Delivery, error)
	// NextDue returns the time of the next pending delivery, false when there is none.
	NextDue() (time.Time, bool, error)
	// ChangeDelivery lets change see a delivery as it stands now, saves what it made of
	// it when it returns true, and returns the delivery as it stands then, with its
	// payload, or news.ErrNotFound. Nobody else changes it in between.
	ChangeDelivery(id string, change func(d *news.Delivery) bool) (news.Delivery, error)
	// Closure returns why a channel is closed, false when it is not.
	Closure(channel string) (news.Closure, bool, error)
	SaveClosure(c news.Closure) error
	DropClosure(channel string) error
}

// Options configure a Runner. Outbox and Channels are required.
type Options struct {
	Outbox   Outbox
	Channels map[string]Channel
	Timeout  time.Duration    // of one attempt; 2 minutes when 0
	Now      func() time.Time // time.Now when nil
	Logger   *slog.Logger
	Observe  func(d news.Delivery, err error) // told of every attempt; may be nil
}

// Runner drains the outbox.
type Runner struct {
	outbox  Outbox
	timeout time.Duration
	now     func() time.Time
	lg      *slog.Logger
	observe func(news.Delivery, error)
	kick    chan struct{}
	lanes   *lanes

	mu       sync.Mutex
	channels map[string]Channel
	unsaved  map[string]change // by delivery: what the outbox could not be told
}

// change makes of a delivery what it has become. It reports false where that is not to
// be saved: the delivery stands elsewhere by now.
type change = func(d *news.Delivery) bool

// New returns a Runner; it does nothing until Run or Drain.
func New(o Options) (*Runner, error) {
	if o.Outbox == nil || o.Channels == nil || o.Logger == nil {
		return nil, fmt.Errorf("deliver: outbox, channels and logger are required")
	}
	r := &Runner{
		outbox: o.Outbox, channels: o.Channels, timeout: o.Timeout, now: o.Now, lg: o.Logger,
		observe: o.Observe, kick: make(chan struct{}, 1), lanes: newLanes(), unsaved: map[string]change{},
	}
	if r.timeout == 0 {
		r.timeout = 2 * time.Minute
	}
	if r.now == nil {
		r.now = time.Now
	}
	return r, nil
}

// Use replaces the channels, for a reload. Attempts under way end with the old ones.
func (r *Runner) Use(channels map[string]Channel) {
	r.mu.Lock()
	r.channels = channels
	r.mu.Unlock()
	r.Kick()
}

// Kick makes Run look at the outbox now instead of at the next due time.
func (r *Runner) Kick() {
	select {
	case r.kick <- struct{}{}:
	default: // one is waiting already
	}
}

// idleLook bounds how long Run sleeps without looking at the outbox, so that a
// stepped clock or a delivery added from outside is seen.
const idleLook = time.Minute

// brokenLook is the pause while the outbox cannot be written.
const brokenLook = 15 * time.Second

// errNotMarked reports an attempt that was not begun because the outbox could not
// be written.
var errNotMarked = errors.New("outbox cannot be written")

// errNotDue reports a delivery that was sent or given up meanwhile.
var errNotDue = errors.New("delivery is not due any more")

// Run drains the outbox until ctx ends, then waits for attempts under way, which
// end with ctx too. It fails only when the outbox does at the start.
func (r *Runner) Run(ctx context.Context) error {
	if err := r.recover(); err != nil {
		return err
	}
	var workers sync.WaitGroup
	defer workers.Wait()
	tell := func(err error) {
		if err != nil && !errors.Is(err, errNotMarked) && !errors.Is(err, errNotDue) {
			r.Kick() // it may be due again before anything else is
		}
	}
	for ctx.Err() == nil {
		r.saveOutcomes()
		due, err := r.outbox.Due(r.now())
		if err != nil {
			r.lg.Error("outbox unreadable", "err", err)
		}
		r.start(ctx, &workers, due, tell)
		timer := time.NewTimer(r.untilNext())
		select {
		case <-ctx.Done():
		case <-r.kick:
		case <-timer.C:
		}
		timer.Stop()
	}
	return nil
}

// Drain tries everything that is due now once and waits for it: the form for
// commands. It returns how many deliveries were taken and how many were not.
func (r *Runner) Drain(ctx context.Context) (sent, failed int, err error) {
	r.saveOutcomes()
	if err := r.recover(); err != nil {
		return 0, 0, err
	}
	due, err := r.outbox.Due(r.now())
	if err != nil {
		return 0, 0, fmt.Errorf("read outbox: %w", err)
	}
	var workers sync.WaitGroup
	var mu sync.Mutex
	r.start(ctx, &workers, due, func(err error) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			sent++
		case !errors.Is(err, errNotDue):
			failed++
		}
	})
	workers.Wait()
	return sent, failed, ctx.Err()
}

// recover turns deliveries that a dead process left in Sending into pending ones,
// with a record that their outcome is unknown. One whose outcome only waits to be saved
// is not among them: it may have been taken, and sending it again would tell it twice.
func (r *Runner) recover() error {
	cut, err := r.outbox.Unfinished()
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	now := r.now().UTC()
	for _, d := range cut {
		if r.knows(d.ID) {
			continue
		}
		_, err := r.outbox.ChangeDelivery(d.ID, func(d *news.Delivery) bool {
			d.State, d.Next = news.DeliveryPending, now
			d.Attempts = append(d.Attempts, news.DeliveryAttempt{At: now, Error: "cut off before the answer; sent again under the same id"})
			return true
		})
		if err != nil {
			return fmt.Errorf("take up what was cut off: %w", err)
		}
		r.lg.Warn("delivery was cut off", "channel", d.Channel, "delivery", d.ID)
	}
	return nil
}

// saveOutcomes tells the outbox what it could not be told when it happened: what was sent
// while the disk was full is not sent again once it has room. A process that dies before
// finds the mark that it was being sent.
func (r *Runner) saveOutcomes() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, become := range r.unsaved {
		d, err := r.outbox.ChangeDelivery(id, become)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return // the others would fare no better
		}
		delete(r.unsaved, id)
		r.lg.Info("delivery outcome saved", "channel", d.Channel, "delivery", id)
	}
}

// later has saveOutcomes save a change.
func (r *Runner) later(id string, become change) {
	r.mu.Lock()
	r.unsaved[id] = become
	r.mu.Unlock()
}

// knows reports whether the outcome of a delivery is known here and to be saved yet.
func (r *Runner) knows(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ok := r.unsaved[id]
	return ok
}

func (r *Runner) untilNext() time.Duration {
	longest := idleLook
	r.mu.Lock()
	if len(r.unsaved) > 0 {
		longest = brokenLook
	}
	r.mu.Unlock()
	next, ok, err := r.outbox.NextDue()
	if err != nil || !ok {
		return longest
	}
	// What is due already waits for its turn, or could not be marked: a look every
	// quarter of a minute is soon enough for that.
	if wait := next.Sub(r.now()); wait > 0 {
		return min(longest, wait)
	}
	return brokenLook
}

// begin marks a delivery as being sent, if it is due still: since the list of what is due
// was made it may have been sent, or dropped by a person.
func (r *Runner) begin(id string, now time.Time) (news.Delivery, error) {
	if r.knows(id) {
		return news.Delivery{}, errNotMarked // what became of it last time is to be saved first
	}
	begun := false
	d, err := r.outbox.ChangeDelivery(id, func(d *news.Delivery) bool {
		begun = d.State == news.DeliveryPending && !d.Next.After(now)
		if begun {
			d.State = news.DeliverySending
		}
		return begun
	})
	switch {
	case errors.Is(err, news.ErrNotFound):
		return d, errNotDue
	case err != nil:
		r.later(id, notBegun) // a sync that fails leaves the mark there, or not
		return d, fmt.Errorf("%w: %w", errNotMarked, err)
	case !begun:
		return d, errNotDue
	}
	return d, nil
}

// notBegun takes back the mark of a delivery that was not sent.
func notBegun(d *news.Delivery) bool {
	marked := d.State == news.DeliverySending
	if marked {
		d.State = news.DeliveryPending
	}
	return marked
}

// attempt tries a delivery once, if it is due still, and records the outcome.
func (r *Runner) attempt(ctx context.Context, id string) error {
	start := r.now().UTC()
	d, err := r.begin(id, start)
	if errors.Is(err, errNotMarked) {
		r.lg.Error("delivery not begun", "delivery", id, "err", err)
	}
	if err != nil {
		return err
	}
	reply, err := r.sendAll(ctx, &d)
	try := news.DeliveryAttempt{At: start, Took: r.now().Sub(start), Reply: reply}
	if err != nil {
		try.Error = err.Error()
	}
	d.Attempts = append(d.Attempts, try)
	r.settle(&d, err, ctx.Err() != nil)
	become := outcome(d)
	if saved, saveErr := r.outbox.ChangeDelivery(d.ID, become); saveErr != nil {
		r.lg.Error("delivery outcome not saved", "channel", d.Channel, "delivery", d.ID, "err", saveErr)
		r.later(d.ID, become)
	} else {
		d = saved
	}
	r.report(d, err)
	if r.observe != nil {
		r.observe(d, err)
	}
	return err
}

// outcome is the change that the attempt made which left a delivery as d. One that a
// person dropped meanwhile stays dropped, unless it was taken all the same.
func outcome(d news.Delivery) change {
	return func(cur *news.Delivery) bool {
		if len(cur.Attempts) >= len(d.Attempts) {
			return false // it is there: the save that failed was one that did not
		}
		cur.Attempts, cur.Taken = d.Attempts, d.Taken
		if cur.State == news.DeliverySending || d.State == news.DeliverySent {
			cur.State, cur.Next = d.State, d.Next
		}
		return true
	}
}

// settle decides what becomes of d after an attempt that ended in err.
func (r *Runner) settle(d *news.Delivery, err error, stopping bool) {
	now := r.now().UTC()
	age := now.Sub(d.Created)
	switch {
	case err == nil:
		d.State, d.Next = news.DeliverySent, time.Time{}
	case stopping && !IsPermanent(err):
		// We cut it off ourselves: first thing after the restart.
		d.State, d.Next = news.DeliveryPending, now
	case IsPermanent(err) || age > giveUpAfter:
		d.State, d.Next = news.DeliveryFailed, time.Time{}
	default:
		d.State, d.Next = news.DeliveryPending, now.Add(pause(d.ID, len(d.Attempts), age, err))
	}
}

// sendAll sends the messages of d that have not been taken. Each is noted in the outbox
// before the next is begun, so that only the one whose answer was lost can be sent twice.
func (r *Runner) sendAll(ctx context.Context, d *news.Delivery) (reply string, err error) {
	ch, err := r.open(*d)
	if err != nil {
		return "", err
	}
	parts := partsOf(ch, *d)
	for {
		reply, err = r.send(ctx, ch, *d)
		switch {
		case err != nil && parts > 1:
			err = fmt.Errorf("message %d of %d: %w", d.Taken+1, parts, err)
		case err == nil && parts > 1:
			d.Taken++
		}
		if err != nil || d.Taken >= parts || parts < 2 {
			r.note(*d, ch, err)
			return reply, err
		}
		taken := d.Taken
		now, err := r.outbox.ChangeDelivery(d.ID, func(d *news.Delivery) bool {
			d.Taken = taken
			return true
		})
		switch {
		case err != nil:
			return reply, fmt.Errorf("%w: %w", errNotMarked, err)
		case now.State != news.DeliverySending:
			return reply, fmt.Errorf("message %d of %d is the last that was sent: %w", taken, parts, errNotDue)
		}
	}
}

// partsOf returns how many messages d is.
func partsOf(ch Channel, d news.Delivery) int {
	if p, ok := ch.(Parted); ok {
		return p.Parts(d)
	}
	return 1
}

// open returns the channel of d. One that its receiver closed stays so until its
// settings are other ones.
func (r *Runner) open(d news.Delivery) (Channel, error) {
	ch := r.channel(d.Channel)
	if ch == nil {
		return nil, fmt.Errorf("channel %q is not in the config any more; put it back or drop the delivery with: samur outbox drop %s", d.Channel, d.ID)
	}
	c, closed, err := r.outbox.Closure(d.Channel)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	if known, ok := ch.(Closable); closed && ok && known.Settings() == c.Settings {
		return nil, Permanent(fmt.Errorf("not sent: channel %q is closed since %s: %s; change its settings, or open it with: samur outbox test %s",
			d.Channel, c.Since.Format(time.DateTime+" UTC"), c.Reason, d.Channel))
	}
	return ch, nil
}

func (r *Runner) channel(name string) Channel {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.channels[name]
}

// note closes a channel whose receiver is gone, and opens one that took something.
func (r *Runner) note(d news.Delivery, ch Channel, err error) {
	known, ok := ch.(Closable)
	switch {
	case !ok:
	case err == nil:
		if _, closed, readErr := r.outbox.Closure(d.Channel); readErr != nil || !closed {
			return // it is asked again at the next delivery
		}
		if err := r.outbox.DropClosure(d.Channel); err != nil {
			r.lg.Error("channel not opened again", "channel", d.Channel, "err", err)
		}
	case IsGone(err):
		c := news.Closure{Channel: d.Channel, Settings: known.Settings(), Since: r.now().UTC(), Reason: err.Error()}
		if err := r.outbox.SaveClosure(c); err != nil {
			r.lg.Error("channel not closed", "channel", d.Channel, "err", err)
			return
		}
		r.lg.Error("channel closed by its receiver", "channel", d.Channel, "err", err)
	}
}

func (r *Runner) send(ctx context.Context, ch Channel, d news.Delivery) (reply string, err error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("channel %q panicked: %v", d.Channel, p)
		}
	}()
	return ch.Send(ctx, d)
}

// Outcome is what became of one test message.
type Outcome struct {
	Recipient string
	Reply     string
	Err       error
}

// Test sends e through the named channel at once, to each of its recipients, and keeps
// no delivery of it. A channel that was closed is open again when it takes the message.
func (r *Runner) Test(ctx context.Context, name string, e news.Edition) ([]Outcome, error) {
	ch := r.channel(name)
	if ch == nil {
		return nil, fmt.Errorf("no channel is called %q", name)
	}
	var out []Outcome
	for _, to := range ch.Recipients() {
		d := news.Delivery{ID: ID(e.Digest.Slot, name, to), Slot: e.Digest.Slot, Channel: name, Recipient: to, Created: r.now().UTC()}
		o := Outcome{Recipient: to}
		d.Payload, d.MediaType, o.Err = ch.Compose(e, news.Recipient{ID: d.ID, Channel: name, To: to, Made: e.Digest.Made})
		for n := partsOf(ch, d); o.Err == nil && d.Taken < n; d.Taken++ {
			o.Reply, o.Err = r.send(ctx, ch, d)
		}
		r.note(d, ch, o.Err)
		out = append(out, o)
	}
	return out, nil
}

func (r *Runner) report(d news.Delivery, err error) {
	lg := r.lg.With("channel", d.Channel, "edition", d.Slot.String(), "attempt", len(d.Attempts))
	switch d.State {
	case news.DeliverySent:
		lg.Info("edition delivered", "status", d.Attempts[len(d.Attempts)-1].Reply)
	case news.DeliveryFailed:
		lg.Error("edition refused for good", "err", err, "advice", "put right what the receiver says, then: samur outbox retry "+d.ID)
	case news.DeliveryDropped:
		lg.Info("edition dropped", "err", err)
	default:
		lg.Warn("edition not delivered yet", "err", err, "next_at", d.Next.Truncate(time.Second))
	}
}
