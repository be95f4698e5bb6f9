// Package delivertest is the suite that every deliver.Channel passes, run against
// a receiver that the adapter's own test provides. It checks the promises that the
// outbox builds on: the same edition composes to the same bytes, a second send
// carries the same id and bytes, a refusal for good is Permanent and a passing one
// is not, and Send ends when its context does.
//
// Read Harness, then Run.
package delivertest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"samur/internal/deliver"
	"samur/internal/news"
)

// Mode is how a receiver behaves.
type Mode int

// The modes a harness can be asked for.
const (
	Accept  Mode = iota // takes everything
	Busy                // refuses for the moment
	Refuse              // refuses for good
	Hang                // never answers
	Dropped             // takes the message and drops the connection before saying so
)

// Received is one message as the receiver got it.
type Received struct {
	ID   string // Message-ID or webhook-id; "" where the form has none
	Body []byte
}

// Harness is a channel with its receiver.
type Harness struct {
	Channel  deliver.Channel
	Set      func(Mode)        // how the receiver behaves from now on
	Received func() []Received // what it took so far
	Modes    []Mode            // the modes it can play besides Accept
}

// Edition is a small edition with text in all three languages and hostile words.
func Edition() news.Edition {
	slot := news.Slot{Digest: "daily", At: time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)}
	return news.Edition{
		Digest:   news.Digest{Slot: slot, Title: "Daily"},
		Subject:  "Азербайджан – Russia: Bakı görüşü\r\nBcc: victim@example.org",
		Text:     []byte("Əliyev, Путин, Baku\n.\nFrom here on\n"),
		HTML:     []byte("<p>Əliyev, Путин, Baku</p>\n"),
		Markdown: []byte("# Daily\n"),
		JSON:     []byte(`{"version":1}`),
	}
}

// Compose makes the delivery of e to the channel's first recipient, as publish does.
func Compose(t *testing.T, c deliver.Channel, e news.Edition) news.Delivery {
	t.Helper()
	to := c.Recipients()[0]
	made := time.Date(2026, 3, 8, 4, 0, 1, 0, time.UTC)
	id := deliver.ID(e.Digest.Slot, "test", to)
	payload, mediaType, err := c.Compose(e, news.Recipient{ID: id, Channel: "test", To: to, Made: made})
	if err != nil {
		t.Fatalf("Compose: %v", err)
	}
	return news.Delivery{ID: id, Slot: e.Digest.Slot, Channel: "test", Recipient: to, Payload: payload, MediaType: mediaType, Created: made}
}

// Run checks a channel made by open, a new one for each check.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	t.Run("same bytes every time", func(t *testing.T) {
		h := open(t)
		a, b := Compose(t, h.Channel, Edition()), Compose(t, h.Channel, Edition())
		if !bytes.Equal(a.Payload, b.Payload) {
			t.Errorf("Compose twice gave different bytes:\n%s\n%s", a.Payload, b.Payload)
		}
	})
	t.Run("second send is the same message", func(t *testing.T) {
		h := open(t)
		d := Compose(t, h.Channel, Edition())
		for range 2 {
			reply, err := h.Channel.Send(t.Context(), d)
			if err != nil || reply == "" {
				t.Fatalf("Send = %q, %v, want a reply", reply, err)
			}
		}
		got := h.Received()
		if len(got) == 0 {
			t.Fatal("receiver got nothing")
		}
		last := got[len(got)-1]
		if !bytes.Equal(got[0].Body, last.Body) || got[0].ID != last.ID {
			t.Errorf("second message differs: %q %q", got[0].ID, last.ID)
		}
	})
	t.Run("outcomes", func(t *testing.T) { outcomes(t, open) })
}

func outcomes(t *testing.T, open func(t *testing.T) Harness) {
	for _, mode := range open(t).Modes {
		h := open(t)
		h.Set(mode)
		d := Compose(t, h.Channel, Edition())
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		if mode != Hang {
			ctx = t.Context()
		}
		_, err := h.Channel.Send(ctx, d)
		cancel()
		switch {
		case err == nil:
			t.Errorf("mode %d: Send succeeded", mode)
		case mode == Refuse && !deliver.IsPermanent(err):
			t.Errorf("mode %d: Send = %v, want permanent", mode, err)
		case mode != Refuse && deliver.IsPermanent(err):
			t.Errorf("mode %d: Send = %v, want one to retry", mode, err)
		case mode == Hang && errors.Is(err, context.Canceled) && t.Context().Err() != nil:
			t.Errorf("mode %d: the test's own context ended", mode)
		}
	}
}
