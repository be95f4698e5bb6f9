// Package publish makes the edition of a slot: it reads the window from the store,
// has the digest built and rendered, and saves digest and deliveries in one
// transaction. It is a straight line, like ingest.
//
// The invariants: a slot is made once (store answers news.ErrExists for the second
// try); the windows of a digest join end to end, because each begins at the cursor
// where the last one ended; and nothing is sent from here — deliveries carry their
// final bytes and wait in the outbox.
//
// Read Publisher.Make first, then gather.
package publish

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"samur/internal/classify"
	"samur/internal/deliver"
	"samur/internal/digest"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/schedule"
	"samur/internal/store"
)

// Composer turns an edition into the bytes for its recipients. Every
// deliver.Channel is one.
type Composer interface {
	Recipients() []string
	Compose(e news.Edition, to news.Recipient) (payload []byte, mediaType string, err error)
}

// Plan is what the config says about one digest.
type Plan struct {
	Name        string
	At          string // cron spec
	Zone        string
	Lang        news.Lang
	Topics      []string // slugs to tell; all when empty
	Title       string
	MaxStories  int
	MaxPerTopic int
	Quiet       bool // makes nothing when there is nothing to tell
	Merge       bool // several missed slots become one edition
	LateAfter   time.Duration
	Question    bool     // ask about one item that was rejected by little
	To          []string // names of channels
}

// Options configure a Publisher. All but Feeds and Pages are required.
type Options struct {
	Store    *store.Store
	Settle   func(now time.Time) error // merges stories before they are told
	Lexicon  *lexicon.Lexicon
	Topics   []classify.Topic
	Channels map[string]Composer
	Feeds    []news.Feed // those configured: a side is called silent by them
	Pages    string      // public address of the pages, "" when they have none
	Logger   *slog.Logger
}

// Publisher makes editions.
type Publisher struct{ o Options }

// New returns a Publisher.
func New(o Options) (*Publisher, error) {
	if o.Store == nil || o.Settle == nil || o.Lexicon == nil || o.Channels == nil || o.Logger == nil {
		return nil, errors.New("publish: store, settle, lexicon, channels and logger are required")
	}
	return &Publisher{o}, nil
}

// Due returns the slots of a plan that are due at now and not made yet, oldest
// first. A digest that was never made owes nothing from before begun. With
// plan.Merge several missed slots are owed as one, the last.
func Due(st *store.Store, plan Plan, begun, now time.Time) ([]news.Slot, error) {
	after := begun
	last, err := st.LastDigest(plan.Name)
	switch {
	case err == nil && last.Slot.At.After(after):
		after = last.Slot.At
	case err != nil && !errors.Is(err, news.ErrNotFound):
		return nil, fmt.Errorf("read last digest %q: %w", plan.Name, err)
	}
	times := schedule.Slots(plan.At, plan.Zone, after, now)
	if plan.Merge && len(times) > 1 {
		times = times[len(times)-1:]
	}
	slots := make([]news.Slot, len(times))
	for i, at := range times {
		slots[i] = news.Slot{Digest: plan.Name, At: at}
	}
	return slots, nil
}

// Make makes the edition of slot and saves it with its deliveries. A slot that was
// made before is news.ErrExists, and the edition is left as it was. An edition that
// another one of its digest has overtaken is made again.
func (p *Publisher) Make(plan Plan, slot news.Slot, now time.Time) (news.Edition, error) {
	for try := 1; ; try++ {
		e, err := p.make(plan, slot, now)
		if try < 3 && errors.Is(err, news.ErrStale) {
			continue
		}
		return e, err
	}
}

func (p *Publisher) make(plan Plan, slot news.Slot, now time.Time) (news.Edition, error) {
	if _, err := p.o.Store.Digest(slot); err == nil {
		return news.Edition{}, fmt.Errorf("make digest %s: %w", slot, news.ErrExists)
	}
	if err := p.o.Settle(now); err != nil {
		return news.Edition{}, fmt.Errorf("settle stories: %w", err)
	}
	e, err := p.Build(plan, slot, now)
	if err != nil {
		return news.Edition{}, err
	}
	to := plan.To
	if plan.Quiet && e.Digest.Ledger.Stories == 0 {
		to = nil // there is nothing to tell
	}
	ds, err := p.deliveries(to, e, now)
	if err != nil {
		return news.Edition{}, err
	}
	if err := p.o.Store.SaveEdition(e, ds); err != nil {
		return news.Edition{}, fmt.Errorf("save digest %s: %w", slot, err)
	}
	p.o.Logger.Info("edition saved", "edition", slot.String(), "stories", e.Digest.Ledger.Stories, "deliveries", len(ds))
	return e, nil
}

// Build makes the edition of slot as it would be at now, and writes nothing.
func (p *Publisher) Build(plan Plan, slot news.Slot, now time.Time) (news.Edition, error) {
	in, err := p.gather(plan, slot, now.UTC())
	if err != nil {
		return news.Edition{}, err
	}
	d := digest.Build(in)
	if plan.Question && (!plan.Quiet || d.Ledger.Stories > 0) { // who gets nothing is asked nothing
		if d.Question, err = p.question(in.Window); err != nil {
			return news.Edition{}, fmt.Errorf("choose the question of digest %s: %w", slot, err)
		}
	}
	return render.Edition(d)
}

// deliveries composes one delivery of e per recipient of the channels in to.
func (p *Publisher) deliveries(to []string, e news.Edition, now time.Time) ([]news.Delivery, error) {
	var ds []news.Delivery
	for _, name := range to {
		ch, ok := p.o.Channels[name]
		if !ok {
			return nil, fmt.Errorf("%s goes to channel %q, which does not exist", e.Digest.Slot, name)
		}
		for _, recipient := range ch.Recipients() {
			d, err := compose(ch, e, name, recipient, now)
			if err != nil {
				return nil, err
			}
			ds = append(ds, d)
		}
	}
	return ds, nil
}

// compose makes the delivery of e to one recipient of the channel called name.
func compose(ch Composer, e news.Edition, name, to string, now time.Time) (news.Delivery, error) {
	slot := e.Digest.Slot
	r := news.Recipient{ID: deliver.ID(slot, name, to), Channel: name, To: to, Made: e.Digest.Made}
	payload, mediaType, err := ch.Compose(e, r)
	if err != nil {
		return news.Delivery{}, fmt.Errorf("compose %s for channel %q: %w", slot, name, err)
	}
	return news.Delivery{
		ID: r.ID, Slot: slot, Channel: name, Recipient: to, State: news.DeliveryPending,
		Payload: payload, MediaType: mediaType, Created: now.UTC(), Next: now.UTC(),
	}, nil
}
