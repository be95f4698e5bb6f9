package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/deliver"
	"samur/internal/news"
)

// post is a channel to a host whose recipients behave each in its own way.
type post struct {
	host string
	does map[string]func(ctx context.Context) error // by recipient; nil takes the message

	mu   sync.Mutex
	sent []string // ids, in the order in which they were begun
	now  int      // deliveries under way
	most int      // the most that ever were
}

func (c *post) Host() string { return c.host }

func (*post) Recipients() []string { return nil }

func (*post) Compose(news.Edition, news.Recipient) ([]byte, string, error) { return nil, "", nil }

func (c *post) Send(ctx context.Context, d news.Delivery) (string, error) {
	c.mu.Lock()
	c.sent = append(c.sent, d.ID)
	c.now++
	c.most = max(c.most, c.now)
	c.mu.Unlock()
	defer func() { c.mu.Lock(); c.now--; c.mu.Unlock() }()
	if f := c.does[d.Recipient]; f != nil {
		return "", f(ctx)
	}
	return "taken", nil
}

func (c *post) begun() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.sent)
}

func hang(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func refuse(context.Context) error { return errors.New("451") }

// owed is a delivery to a recipient that was made as the n-th.
func owed(channel, to string, n int) news.Delivery {
	d := pending(fmt.Sprintf("%s-%s-%d", channel, to, n), channel)
	d.Recipient, d.Slot = to, news.Slot{Digest: "daily", At: d.Created.Add(time.Duration(n) * time.Hour)}
	d.Next = d.Created
	d.Created = d.Created.Add(time.Duration(n)) // by which the outbox of these tests sorts
	return d
}

// TestRecipientsAreIndependent has one recipient of a channel hang and one refuse: the
// others get theirs at once, the one that refused is tried again by its own plan, and
// nobody gets anything twice.
func TestRecipientsAreIndependent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox()
		for i, to := range []string{"hangs", "refuses", "a", "b", "c"} {
			d := owed("mail", to, i)
			b.rows[d.ID] = d
		}
		ch := &post{host: "mx", does: map[string]func(context.Context) error{"hangs": hang, "refuses": refuse}}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		time.Sleep(time.Second)
		synctest.Wait()
		for i, to := range []string{"a", "b", "c"} {
			if got := b.get(fmt.Sprintf("mail-%s-%d", to, i+2)); got.State != news.DeliverySent || len(got.Attempts) != 1 {
				t.Errorf("%s: %s after %d attempts, want sent at once", to, got.State, len(got.Attempts))
			}
		}
		time.Sleep(90 * time.Second)
		synctest.Wait()
		if got := b.get("mail-refuses-1"); got.State != news.DeliveryPending || len(got.Attempts) != 2 {
			t.Errorf("refused: %s after %d attempts, want pending after 2", got.State, len(got.Attempts))
		}
		if got := b.get("mail-hangs-0"); got.State != news.DeliverySending {
			t.Errorf("hanging: %s, want sending", got.State)
		}
		if n := len(ch.begun()); n != 6 {
			t.Errorf("sent %d times, want 6: %q", n, ch.begun())
		}
	})
}

// TestHostIsBounded has two channels of one host with ten recipients that hang: four go
// at once, the next when one has ended, and another host waits for none of them.
func TestHostIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox()
		put := func(d news.Delivery) { b.rows[d.ID] = d }
		does := map[string]func(context.Context) error{}
		for i := range 10 {
			to := fmt.Sprintf("r%d", i)
			does[to] = hang
			put(owed([]string{"mail", "again"}[i%2], to, i))
		}
		put(owed("other", "someone", 11))
		mail, again, other := &post{host: "mx", does: does}, &post{host: "mx", does: does}, &post{host: "mx2"}
		run(t, b, map[string]deliver.Channel{"mail": mail, "again": again, "other": other})
		time.Sleep(time.Second)
		synctest.Wait()
		if n := len(mail.begun()) + len(again.begun()); n != 4 {
			t.Errorf("%d are under way to one host, want 4", n)
		}
		if n := len(other.begun()); n != 1 {
			t.Errorf("another host got %d, want 1", n)
		}
		for i, id := range []string{"mail-r0-0", "mail-r2-2"} {
			if !slices.Contains(mail.begun(), id) {
				t.Errorf("%s, made %d-th, did not go first: %q", id, i, mail.begun())
			}
		}
		time.Sleep(6 * time.Minute) // three times the timeout
		synctest.Wait()
		for _, ch := range []*post{mail, again} {
			if ch.most > 4 || len(ch.begun()) < 5 {
				t.Errorf("%d at once, %d in all, want at most 4 and each once", ch.most, len(ch.begun()))
			}
		}
	})
}

// TestLaneKeepsItsOrder owes one recipient three editions and others one each: hers come
// in their order, an older one that is refused holds no later one up, and she holds up
// nobody.
func TestLaneKeepsItsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox()
		put := func(d news.Delivery) { b.rows[d.ID] = d }
		for n := range 3 {
			put(owed("mail", "her", n))
		}
		first := true
		slow := func(context.Context) error {
			time.Sleep(time.Second)
			if first {
				first = false
				return errors.New("451")
			}
			return nil
		}
		for n := range 6 {
			put(owed("mail", fmt.Sprintf("x%d", n), 10+n))
		}
		ch := &post{host: "mx", does: map[string]func(context.Context) error{"her": slow}}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		var hers []string
		for _, id := range ch.begun() {
			if strings.Contains(id, "her") {
				hers = append(hers, id)
			}
		}
		if want := []string{"mail-her-0", "mail-her-1", "mail-her-2", "mail-her-0"}; !slices.Equal(hers, want) {
			t.Errorf("hers went %q, want %q", hers, want)
		}
		if i := slices.Index(ch.begun(), "mail-her-1"); i < 7 {
			t.Errorf("her second went as number %d, before others had their first: %q", i, ch.begun())
		}
		for id, d := range b.rows {
			if d.State != news.DeliverySent {
				t.Errorf("%s is %s", id, d.State)
			}
		}
	})
}

// TestHangingServer has a real mail server fall silent for one of three recipients until
// the others have their mail: no clock is needed to see that they did not wait.
func TestHangingServer(t *testing.T) {
	s := serveMail(t)
	held := make(chan struct{})
	arrived := make(chan string, 3)
	s.arrive = func(to string) {
		arrived <- to
		if to == "a@example.org" {
			<-held
		}
	}
	ch := mailTo(t, s.port, patience, "a@example.org", "b@example.org", "c@example.org")
	b, c := mails(t, ch, started), &clock{at: started}
	r, err := deliver.New(deliver.Options{Outbox: b, Channels: map[string]deliver.Channel{"test": ch}, Now: c.now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var sent, failed int
	wg.Go(func() { sent, failed, err = r.Drain(t.Context()) })
	for range 3 {
		<-arrived // b and c arrive while a is held
	}
	close(held)
	wg.Wait()
	if sent != 3 || failed != 0 || err != nil {
		t.Errorf("Drain = %d, %d, %v, want 3 sent", sent, failed, err)
	}
	for to, box := range s.boxes {
		if len(box) != 1 {
			t.Errorf("%s got %d copies", to, len(box))
		}
	}
}

// TestOutboxThatCannotBeWritten leaves off at the first mark that is refused, and takes
// up where it left off once the disk has room again.
func TestOutboxThatCannotBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox()
		for i := range 20 {
			d := owed("mail", fmt.Sprintf("r%02d", i), i)
			b.rows[d.ID] = d
		}
		b.fail = errors.New("disk full")
		ch := &post{host: "mx"}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := len(ch.begun()); n != 0 {
			t.Errorf("%d were sent without a mark", n)
		}
		b.mu.Lock()
		tried := b.refused
		b.fail = nil
		b.mu.Unlock()
		if tried > 4*60*4+4 {
			t.Errorf("the outbox was tried %d times in an hour, want at most 4 every quarter of a minute", tried)
		}
		time.Sleep(16 * time.Second)
		synctest.Wait()
		if n := len(ch.begun()); n != 20 {
			t.Errorf("%d were sent once the disk was free, want 20", n)
		}
	})
}

// TestDiskFullAfterSending has the disk fill up while a message is on its way: once there
// is room, what was taken is noted and not sent again, and what was refused is tried again.
func TestDiskFullAfterSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(owed("mail", "taken", 1), owed("mail", "refused", 2))
		full := func(err error) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.fail = err
		}
		refusals := 0
		ch := &post{host: "mx", does: map[string]func(context.Context) error{
			"taken": func(context.Context) error {
				time.Sleep(time.Second) // both are marked by then
				full(errors.New("no space left on device"))
				return nil
			},
			"refused": func(context.Context) error {
				time.Sleep(2 * time.Second)
				if refusals++; refusals == 1 {
					return errors.New("451")
				}
				return nil
			},
		}}
		run(t, b, map[string]deliver.Channel{"mail": ch})
		time.Sleep(time.Hour)
		for _, id := range []string{"mail-taken-1", "mail-refused-2"} {
			if got := b.get(id).State; got != news.DeliverySending {
				t.Errorf("%s is %s on a full disk, want sending", id, got)
			}
		}
		full(nil)
		time.Sleep(30 * time.Second)
		synctest.Wait()
		for id, attempts := range map[string]int{"mail-taken-1": 1, "mail-refused-2": 2} {
			if got := b.get(id); got.State != news.DeliverySent || len(got.Attempts) != attempts {
				t.Errorf("%s is %s after %d attempts once the disk has room, want sent after %d", id, got.State, len(got.Attempts), attempts)
			}
		}
		if n := len(ch.begun()); n != 3 {
			t.Errorf("sent %d times, want 3: %q", n, ch.begun())
		}
	})
}
