package deliver_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/deliver"
	"samur/internal/news"
)

// outbox is an Outbox in memory.
type outbox struct {
	mu     sync.Mutex
	rows   map[string]news.Delivery
	closed map[string]news.Closure
	fail   error // SaveDelivery answers this when set

	refused int // answers of fail
}

func newOutbox(ds ...news.Delivery) *outbox {
	b := &outbox{rows: map[string]news.Delivery{}, closed: map[string]news.Closure{}}
	for _, d := range ds {
		b.rows[d.ID] = d
	}
	return b
}

func (b *outbox) pick(ok func(news.Delivery) bool) []news.Delivery {
	b.mu.Lock()
	defer b.mu.Unlock()
	var ds []news.Delivery
	for _, d := range b.rows {
		if ok(d) {
			d.Attempts = slices.Clone(d.Attempts)
			ds = append(ds, d)
		}
	}
	slices.SortFunc(ds, func(a, c news.Delivery) int { return a.Created.Compare(c.Created) })
	return ds
}

func (b *outbox) Due(now time.Time) ([]news.Delivery, error) {
	return b.pick(func(d news.Delivery) bool { return d.State == news.DeliveryPending && !d.Next.After(now) }), nil
}

func (b *outbox) Unfinished() ([]news.Delivery, error) {
	return b.pick(func(d news.Delivery) bool { return d.State == news.DeliverySending }), nil
}

func (b *outbox) NextDue() (time.Time, bool, error) {
	var next time.Time
	for _, d := range b.pick(func(d news.Delivery) bool { return d.State == news.DeliveryPending }) {
		if next.IsZero() || d.Next.Before(next) {
			next = d.Next
		}
	}
	return next, !next.IsZero(), nil
}

func (b *outbox) ChangeDelivery(id string, change func(*news.Delivery) bool) (news.Delivery, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d, ok := b.rows[id]
	if !ok {
		return d, news.ErrNotFound
	}
	old := d
	d.Attempts = slices.Clone(d.Attempts)
	switch {
	case !change(&d):
		return old, nil
	case b.fail != nil:
		b.refused++
		return old, b.fail
	}
	b.rows[id] = d
	return d, nil
}

func (b *outbox) Closure(channel string) (news.Closure, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.closed[channel]
	return c, ok, nil
}

func (b *outbox) SaveClosure(c news.Closure) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed[c.Channel] = c
	return nil
}

func (b *outbox) DropClosure(channel string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.closed, channel)
	return nil
}

func (b *outbox) get(id string) news.Delivery {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rows[id]
}

// channel answers with what answer returns for the n-th send (from 1).
type channel struct {
	mu     sync.Mutex
	sent   []news.Delivery
	answer func(ctx context.Context, n int) error
}

func (*channel) Recipients() []string { return []string{"someone"} }

func (*channel) Compose(news.Edition, news.Recipient) ([]byte, string, error) { return nil, "", nil }

func (c *channel) Send(ctx context.Context, d news.Delivery) (string, error) {
	c.mu.Lock()
	c.sent = append(c.sent, d)
	n := len(c.sent)
	c.mu.Unlock()
	if c.answer == nil {
		return "ok", nil
	}
	return "", c.answer(ctx, n)
}

func (c *channel) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sent)
}

func pending(id, ch string) news.Delivery {
	return news.Delivery{ID: id, Channel: ch, State: news.DeliveryPending, Payload: []byte("bytes"), Created: time.Now().UTC()}
}

func run(t *testing.T, b *outbox, channels map[string]deliver.Channel) {
	t.Helper()
	r, err := deliver.New(deliver.Options{Outbox: b, Channels: channels, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := r.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(func() { cancel(); wg.Wait() })
}

func TestServerDownForADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(pending("a", "mail"))
		up := time.Now().Add(24 * time.Hour)
		var tries []time.Time
		ch := &channel{answer: func(context.Context, int) error {
			tries = append(tries, time.Now())
			if time.Now().Before(up) {
				return errors.New("connection refused")
			}
			return nil
		}}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		time.Sleep(25 * time.Hour)
		synctest.Wait()
		if got := b.get("a"); got.State != news.DeliverySent || len(got.Attempts) != len(tries) {
			t.Errorf("state %q after %d recorded attempts of %d", got.State, len(got.Attempts), len(tries))
		}
		for i := 1; i < len(tries); i++ {
			if gap := tries[i].Sub(tries[i-1]); gap > 17*time.Minute || gap < time.Minute {
				t.Errorf("pause %d = %v, want 1 to 17 minutes", i, gap)
			}
		}
		if n := len(tries); n < 90 || n > 120 {
			t.Errorf("%d tries in a day, want about 100", n)
		}
	})
}

func TestGivesUpAfterFiveDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(pending("a", "mail"))
		ch := &channel{answer: func(context.Context, int) error { return errors.New("down") }}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		time.Sleep(4 * 24 * time.Hour)
		if got := b.get("a").State; got != news.DeliveryPending {
			t.Errorf("state after 4 days = %q, want pending", got)
		}
		time.Sleep(2 * 24 * time.Hour)
		if got := b.get("a").State; got != news.DeliveryFailed {
			t.Errorf("state after 6 days = %q, want failed", got)
		}
	})
}

func TestOutcomes(t *testing.T) {
	tests := []struct {
		name   string
		answer func(context.Context, int) error
		state  news.DeliveryState
		sends  int // within ten minutes
	}{
		{"taken", nil, news.DeliverySent, 1},
		{"refused for good", func(context.Context, int) error { return deliver.Permanent(errors.New("550")) }, news.DeliveryFailed, 1},
		{"asked to wait an hour", func(context.Context, int) error { return deliver.Later(errors.New("429"), time.Hour) }, news.DeliveryPending, 1},
		{"panics once", func(_ context.Context, n int) error {
			if n == 1 {
				panic("bug")
			}
			return nil
		}, news.DeliverySent, 2},
		{"fails once", func(_ context.Context, n int) error {
			if n == 1 {
				return errors.New("451")
			}
			return nil
		}, news.DeliverySent, 2},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			b := newOutbox(pending("a", "mail"))
			ch := &channel{answer: tt.answer}
			run(t, b, map[string]deliver.Channel{"mail": ch})
			time.Sleep(10 * time.Minute)
			synctest.Wait()
			if got := b.get("a").State; got != tt.state || ch.count() != tt.sends {
				t.Errorf("%s: state %q after %d sends, want %q after %d", tt.name, got, ch.count(), tt.state, tt.sends)
			}
		})
	}
}

func TestChannelsAreIndependent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(pending("a", "hangs"), pending("b", "works"))
		hangs := &channel{answer: func(ctx context.Context, _ int) error { <-ctx.Done(); return ctx.Err() }}
		works := &channel{}
		run(t, b, map[string]deliver.Channel{"hangs": hangs, "works": works})
		time.Sleep(time.Second)
		synctest.Wait()
		if got := b.get("b").State; got != news.DeliverySent {
			t.Errorf("state beside a hanging channel = %q, want sent", got)
		}
		if got := b.get("a").State; got != news.DeliverySending {
			t.Errorf("state of the hanging one = %q, want sending", got)
		}
	})
}

func TestCutOffIsSentAgainUnderTheSameID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := pending("a", "mail")
		d.State = news.DeliverySending
		b := newOutbox(d)
		ch := &channel{}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		synctest.Wait()
		if ch.count() != 1 || ch.sent[0].ID != "a" || string(ch.sent[0].Payload) != "bytes" {
			t.Fatalf("sent %+v, want the same delivery once", ch.sent)
		}
		if got := b.get("a"); got.State != news.DeliverySent || len(got.Attempts) != 2 {
			t.Errorf("got %+v, want sent with the cut-off attempt recorded", got)
		}
	})
}

// slowList is an outbox whose list of what is due takes a while to reach the Runner.
type slowList struct {
	*outbox
	meanwhile func()
}

func (b *slowList) Due(now time.Time) ([]news.Delivery, error) {
	ds, err := b.outbox.Due(now)
	b.meanwhile()
	return ds, err
}

func TestListThatIsOutOfDateSendsNothingTwice(t *testing.T) {
	for _, tt := range []struct {
		name  string
		state news.DeliveryState // of the second delivery, set while the first is sent
		sends int
	}{
		{"sent by the round before", news.DeliveryPending, 2},
		{"dropped by a person", news.DeliveryDropped, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := &slowList{newOutbox(pending("a", "mail"), pending("b", "mail")), func() {}}
			held := make(chan struct{})
			ch := &channel{answer: func(_ context.Context, n int) error {
				if n == 1 {
					<-held
				}
				return nil
			}}
			r, err := deliver.New(deliver.Options{Outbox: b, Channels: map[string]deliver.Channel{"mail": ch}, Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			var wg sync.WaitGroup
			wg.Go(func() { _ = r.Run(ctx) }) // what it sends is what counts
			synctest.Wait()
			waiting := b.pick(func(d news.Delivery) bool { return d.State == news.DeliveryPending })[0]
			_, err = b.ChangeDelivery(waiting.ID, func(d *news.Delivery) bool { d.State = tt.state; return true })
			if err != nil {
				t.Fatal(err)
			}
			b.meanwhile = func() { // the list is read, then the round under way ends
				b.meanwhile = func() {}
				close(held)
				time.Sleep(time.Second)
			}
			r.Kick()
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if got := ch.count(); got != tt.sends {
				t.Errorf("%s: sent %d times, want %d", tt.name, got, tt.sends)
			}
			cancel()
			wg.Wait()
		})
	}
}

func TestNothingIsSentThatCannotBeMarked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(pending("a", "mail"))
		b.fail = errors.New("disk full")
		ch := &channel{}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		time.Sleep(time.Minute)
		synctest.Wait()
		if ch.count() != 0 {
			t.Errorf("sent %d times without a mark in the outbox", ch.count())
		}
	})
}

func TestStopEndsAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(pending("a", "mail"))
		ch := &channel{answer: func(ctx context.Context, _ int) error { <-ctx.Done(); return ctx.Err() }}
		r, err := deliver.New(deliver.Options{Outbox: b, Channels: map[string]deliver.Channel{"mail": ch}, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if err := r.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if got := b.get("a"); got.State != news.DeliveryPending || got.Next.After(time.Now()) {
			t.Errorf("after stop: %+v, want pending and due at once", got)
		}
	})
}

// failing is an outbox whose n-th save fails where the n-th bit of fails is set. With
// written, what failed to be saved is there all the same, as after a sync that failed.
type failing struct {
	*outbox
	fails   uint
	written bool
	saves   int
}

func (b *failing) ChangeDelivery(id string, change func(*news.Delivery) bool) (news.Delivery, error) {
	changed := false
	fails := b.fails>>b.saves&1 == 1
	d, err := b.outbox.ChangeDelivery(id, func(d *news.Delivery) bool {
		changed = change(d)
		return changed && (!fails || b.written)
	})
	if err != nil || !changed {
		return d, err
	}
	if b.saves++; fails {
		return d, errors.New("input/output error")
	}
	return d, nil
}

// TestSavesThatFailSendNothingTwice has every choice of the first eight saves fail. A
// Runner that lives on knows what it has sent; where a new one takes over after some
// rounds a message goes out again only with a record that it was cut off.
func TestSavesThatFailSendNothingTwice(t *testing.T) {
	const first, rounds = 8, 14
	for _, written := range []bool{false, true} {
		for fails := range uint(1 << first) {
			for dies := range 4 { // before that round, 0 for never
				b := &failing{outbox: newOutbox(pending("a", "mail")), fails: fails, written: written}
				ch := &channel{}
				c := &clock{at: time.Now()}
				var r *deliver.Runner
				for round := range rounds {
					if round == 0 || round == dies {
						r = runner(t, b, ch, c)
					}
					_, _, _ = r.Drain(t.Context()) // the next round finds what is left
					c.set(c.now().Add(time.Hour))
				}
				got := b.get("a")
				if got.State != news.DeliverySent {
					t.Fatalf("fails %08b, written %v, dies %d: delivery is %s, want sent", fails, written, dies, got.State)
				}
				cut := len(got.Attempts) - 1
				if n := ch.count(); n < 1 || n > 1+cut || dies == 0 && n != 1 {
					t.Fatalf("fails %08b, written %v, dies %d: sent %d times, with %d attempts cut off", fails, written, dies, n, cut)
				}
			}
		}
	}
}

func runner(t *testing.T, b deliver.Outbox, ch deliver.Channel, c *clock) *deliver.Runner {
	t.Helper()
	r, err := deliver.New(deliver.Options{
		Outbox: b, Channels: map[string]deliver.Channel{"mail": ch}, Now: c.now, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestMarkThatStayedIsTakenBack has the mark of a delivery fail to be saved and be there
// all the same, as a failed sync leaves it: the daemon sends it once the disk is well.
func TestMarkThatStayedIsTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &failing{outbox: newOutbox(pending("a", "mail")), fails: 1, written: true}
		ch := &channel{}
		r := runner(t, b, ch, &clock{at: time.Now()})
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { _ = r.Run(ctx) }) // what it sends is what counts
		synctest.Wait()
		if got := b.get("a").State; got != news.DeliverySending || ch.count() != 0 {
			t.Errorf("after the failed save: %s, sent %d times, want the mark and nothing sent", got, ch.count())
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := b.get("a").State; got != news.DeliverySent || ch.count() != 1 {
			t.Errorf("a minute later: %s, sent %d times, want sent once", got, ch.count())
		}
		cancel()
		wg.Wait()
	})
}

// TestDroppedWhileBeingSent keeps a person's word when the attempt under way ends, unless
// the receiver took it.
func TestDroppedWhileBeingSent(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer error
		want   news.DeliveryState
	}{
		{"refused", errors.New("451"), news.DeliveryDropped},
		{"taken", nil, news.DeliverySent},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := newOutbox(pending("a", "mail"))
			ch := &channel{answer: func(context.Context, int) error {
				_, err := b.ChangeDelivery("a", func(d *news.Delivery) bool { d.State = news.DeliveryDropped; return true })
				return errors.Join(err, tt.answer)
			}}
			run(t, b, map[string]deliver.Channel{"mail": ch})
			time.Sleep(24 * time.Hour)
			synctest.Wait()
			if got := b.get("a"); got.State != tt.want || len(got.Attempts) != 1 || ch.count() != 1 {
				t.Errorf("%s: %s after %d attempts, sent %d times, want %s after one", tt.name, got.State, len(got.Attempts), ch.count(), tt.want)
			}
		})
	}
}
