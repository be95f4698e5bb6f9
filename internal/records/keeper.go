package records

import (
	"cmp"
	"time"

	"samur/internal/news"
	"samur/internal/render"
)

// Feed is how a feed does.
type Feed struct {
	Feed        string     `json:"feed"`
	Outlet      string     `json:"outlet"`
	Side        news.Side  `json:"side"`
	URL         string     `json:"url"`
	Disabled    bool       `json:"disabled,omitempty"`
	State       string     `json:"state"` // good, not polled yet, disabled, or the cause of what is wrong
	Cause       news.Cause `json:"cause,omitempty"`
	Error       string     `json:"error,omitempty"`
	Failures    int        `json:"failures"` // polls since the last good one
	Since       time.Time  `json:"trouble_since,omitzero"`
	LastSuccess time.Time  `json:"last_success,omitzero"`
	LastNew     time.Time  `json:"last_new,omitzero"`
	Rhythm      string     `json:"rhythm,omitempty"`  // usual distance between two items
	NextDue     time.Time  `json:"next_due,omitzero"` // none of one that is gone
	HeldUntil   time.Time  `json:"held_until,omitzero"`
	AskedAt     string     `json:"asked_at,omitempty"` // where it moved to
	Advice      string     `json:"advice,omitempty"`
}

// FeedOf is how a configured feed does.
func FeedOf(f news.Feed, disabled bool, st news.FeedState) Feed {
	o := Feed{
		Feed: f.Name, Outlet: f.Outlet, Side: f.Side, URL: f.URL, Disabled: disabled, Cause: st.Cause, Error: st.Error,
		Failures: st.Failures, Since: st.TroubleSince, LastSuccess: st.LastSuccess, LastNew: st.LastNew, NextDue: st.NextDue,
		HeldUntil: st.HeldUntil, AskedAt: st.Adopted, Advice: render.English(st.Advice),
	}
	if r := st.Rhythm(); r > 0 {
		o.Rhythm = r.Round(time.Second).String()
	}
	if st.URL != f.URL { // what is known is of another address
		o.Cause, o.Error, o.Advice, o.AskedAt = "", "", "", ""
	}
	switch {
	case disabled:
		o.State = "disabled"
	case st.LastAttempt.IsZero(), st.URL != f.URL:
		o.State = "not polled yet"
	default:
		o.State = string(cmp.Or(st.Cause, st.Ailment, "good"))
	}
	return o
}

// Delivery is an edition on its way to one recipient.
type Delivery struct {
	ID        string             `json:"id,omitempty"` // made of the recipient too; the API leaves both out
	Digest    string             `json:"digest"`
	Slot      time.Time          `json:"slot"`
	Channel   string             `json:"channel"`
	Recipient string             `json:"recipient,omitempty"`
	State     news.DeliveryState `json:"state"`
	Next      *time.Time         `json:"next,omitempty"`  // attempt, not before this
	Taken     int                `json:"taken,omitempty"` // messages, of a delivery that is several
	Attempts  []Try              `json:"attempts"`
}

// Try is one attempt of a delivery.
type Try struct {
	At    time.Time `json:"at"`
	Reply string    `json:"reply,omitempty"` // of the receiver
	Error string    `json:"error,omitempty"`
}

// DeliveryOf is a delivery without what is sent.
func DeliveryOf(d news.Delivery) Delivery {
	o := Delivery{
		ID: d.ID, Digest: d.Slot.Digest, Slot: d.Slot.At, Channel: d.Channel, Recipient: d.Recipient, State: d.State,
		Taken: d.Taken, Attempts: []Try{},
	}
	if !d.Next.IsZero() {
		o.Next = &d.Next
	}
	for _, t := range d.Attempts {
		o.Attempts = append(o.Attempts, Try{t.At, t.Reply, t.Error})
	}
	return o
}

// Digest is an edition as it is listed.
type Digest struct {
	Digest  string    `json:"digest"`
	Slot    time.Time `json:"slot"`
	Made    time.Time `json:"made"`
	Late    bool      `json:"late,omitempty"`
	Stories int       `json:"stories"`
	Told    int       `json:"told"` // items
	Held    int       `json:"held"` // items kept for a later edition
	Seen    int       `json:"seen"` // items looked at
}

// DigestOf is an edition as it is listed.
func DigestOf(d news.Digest) Digest {
	l := d.Ledger
	return Digest{d.Slot.Digest, d.Slot.At, d.Made, d.Late, l.Stories, l.Told, l.Held, l.Seen}
}
