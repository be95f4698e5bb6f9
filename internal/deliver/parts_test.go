package deliver_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/deliver"
	"samur/internal/news"
)

// parted is a channel of deliveries of several messages, one a byte of the payload.
type parted struct {
	taken  []string // "id:part"
	answer func(part int, n int) error
	n      int
}

func (*parted) Recipients() []string { return []string{"room"} }

func (*parted) Compose(news.Edition, news.Recipient) ([]byte, string, error) {
	return []byte("123"), "", nil
}

func (*parted) Parts(d news.Delivery) int { return len(d.Payload) }

func (*parted) Settings() string { return "settings" }

func (c *parted) Send(_ context.Context, d news.Delivery) (string, error) {
	c.n++
	if c.answer != nil {
		if err := c.answer(d.Taken+1, c.n); err != nil {
			return "", err
		}
	}
	c.taken = append(c.taken, fmt.Sprintf("%s:%d", d.ID, d.Taken+1))
	return "ok", nil
}

func inParts(id string) news.Delivery {
	d := pending(id, "chat")
	d.Payload = []byte("123")
	return d
}

func TestOnlyTheMissingMessagesAreSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(inParts("a"))
		ch := &parted{answer: func(_, n int) error {
			if n == 2 || n == 4 {
				return errors.New("503")
			}
			return nil
		}}
		run(t, b, map[string]deliver.Channel{"chat": ch})
		time.Sleep(time.Hour)
		synctest.Wait()
		if want := []string{"a:1", "a:2", "a:3"}; !slices.Equal(ch.taken, want) {
			t.Errorf("taken %q, want %q", ch.taken, want)
		}
		got := b.get("a")
		if got.State != news.DeliverySent || got.Taken != 3 || len(got.Attempts) != 3 {
			t.Errorf("delivery = %+v, want sent, 3 taken, 3 attempts", got)
		}
		if want := "message 2 of 3: 503"; got.Attempts[0].Error != want {
			t.Errorf("first attempt = %q, want %q", got.Attempts[0].Error, want)
		}
	})
}

// TestKilledBetweenMessages ends the process after each save of the outbox in turn, and
// starts it again from what was saved: no message but the one whose answer was not yet
// noted may be sent twice, and all arrive.
func TestKilledBetweenMessages(t *testing.T) {
	for kill := 1; kill <= 5; kill++ {
		b := newOutbox(inParts("a"))
		ch := &parted{}
		dying := &dies{outbox: b, at: kill}
		drain := func(box deliver.Outbox) {
			r, err := deliver.New(deliver.Options{Outbox: box, Channels: map[string]deliver.Channel{"chat": ch}, Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := r.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if drain(dying); dying.saves < kill && kill <= 4 {
			t.Fatalf("kill %d: lived", kill)
		}
		drain(b)
		times := map[string]int{}
		twice := 0
		for _, m := range ch.taken {
			if times[m]++; times[m] > 1 {
				twice++
			}
		}
		if len(times) != 3 || twice > 1 || b.get("a").State != news.DeliverySent {
			t.Errorf("kill %d: taken %q, state %q", kill, ch.taken, b.get("a").State)
		}
	}
}

func TestDroppedBetweenItsMessages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(inParts("a"))
		ch := &parted{answer: func(_, n int) error {
			if n < 2 {
				return nil
			}
			_, err := b.ChangeDelivery("a", func(d *news.Delivery) bool { d.State = news.DeliveryDropped; return true })
			return err
		}}
		run(t, b, map[string]deliver.Channel{"chat": ch})
		time.Sleep(time.Hour)
		synctest.Wait()
		got := b.get("a")
		if want := []string{"a:1", "a:2"}; !slices.Equal(ch.taken, want) || got.State != news.DeliveryDropped || got.Taken != 2 {
			t.Errorf("taken %q, delivery = %+v, want %q and dropped with 2 taken", ch.taken, got, want)
		}
	})
}

// dies is an outbox whose process is killed when it saves for the at-th time: whoever
// saved does nothing more.
type dies struct {
	*outbox
	at, saves int
}

func (b *dies) ChangeDelivery(id string, change func(*news.Delivery) bool) (news.Delivery, error) {
	if b.saves++; b.saves == b.at {
		runtime.Goexit()
	}
	return b.outbox.ChangeDelivery(id, change)
}

func TestGoneClosesTheChannel(t *testing.T) {
	b := newOutbox(inParts("a"), inParts("b"))
	ch := &parted{answer: func(int, int) error { return deliver.Gone(errors.New("410 Gone")) }}
	r, err := deliver.New(deliver.Options{Outbox: b, Channels: map[string]deliver.Channel{"chat": ch}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if _, failed, err := r.Drain(t.Context()); err != nil || failed != 2 {
		t.Fatalf("Drain = %d failed, %v, want 2", failed, err)
	}
	if ch.n != 1 {
		t.Errorf("the receiver was asked %d times, want once", ch.n)
	}
	for _, id := range []string{"a", "b"} {
		d := b.get(id)
		if d.State != news.DeliveryFailed || !bytes.Contains([]byte(d.Attempts[0].Error), []byte("410 Gone")) {
			t.Errorf("delivery %s = %+v, want failed with the receiver's words", id, d)
		}
	}
	if c := b.closed["chat"]; c.Settings != "settings" {
		t.Errorf("closure = %+v", c)
	}

	// Other settings open it, and so does a test message that is taken.
	ch.answer = nil
	out, err := r.Test(t.Context(), "chat", news.Edition{Digest: news.Digest{Slot: news.Slot{Digest: "test"}}})
	if err != nil || len(out) != 1 || out[0].Err != nil {
		t.Fatalf("Test = %+v, %v", out, err)
	}
	if len(b.closed) != 0 || len(ch.taken) != 3 {
		t.Errorf("after the test message: closed %v, taken %q", b.closed, ch.taken)
	}
	if _, err := r.Test(t.Context(), "nobody", news.Edition{}); err == nil {
		t.Error("Test of an unknown channel succeeded")
	}
}
