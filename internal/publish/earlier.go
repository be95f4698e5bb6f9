package publish

import (
	"fmt"
	"slices"
	"time"

	"samur/internal/digest"
	"samur/internal/news"
	"samur/internal/schedule"
)

// remembered is how many editions a digest remembers: a week of a daily one.
const remembered = 7

// editions are the last ones of a digest, newest first.
type editions []news.Digest

func (p *Publisher) lastEditions(name string) (editions, error) {
	ds, err := p.o.Store.Digests(name, remembered)
	if err != nil {
		return nil, fmt.Errorf("read last editions of digest %q: %w", name, err)
	}
	return ds, nil
}

// missed counts the slots between the last edition and this one. They have no edition
// and, since time does not go back, never will: this one stands in for them.
func missed(plan Plan, slot news.Slot, last editions) int {
	if len(last) == 0 {
		return 0
	}
	between := schedule.Slots(plan.At, plan.Zone, last[0].Slot.At, slot.At)
	return len(slices.DeleteFunc(between, func(at time.Time) bool { return !at.Before(slot.At) }))
}

// quoted returns what the editions quote below their headlines.
func (es editions) quoted() []news.Quote {
	var out []news.Quote
	for _, e := range es.entries() {
		out = append(out, e.Quotes...)
	}
	return out
}

func (es editions) entries() []news.Entry {
	var out []news.Entry
	for _, d := range es {
		for _, s := range d.Sections {
			out = append(out, s.Entries...)
		}
	}
	return out
}

// list notes in stories when an edition last gave them a line alone.
func (es editions) list(stories []digest.Story) {
	at := map[string]time.Time{}
	for _, d := range slices.Backward(es) {
		for _, l := range d.Held {
			at[l.Story] = d.Slot.At
		}
	}
	for i := range stories {
		stories[i].Listed = at[stories[i].ID]
	}
}

// corrected returns the corrections that the editions have shown.
func (es editions) corrected() map[news.Correction]bool {
	out := map[news.Correction]bool{}
	for _, e := range es.entries() {
		for _, k := range e.Corrections {
			out[plainly(k)] = true
		}
	}
	return out
}

// plainly is a correction as far as it says which one it is, whatever zone its time is
// read in.
func plainly(k news.Correction) news.Correction {
	return news.Correction{Item: k.Item, At: k.At.UTC().Round(0), Old: k.Old, New: k.New}
}
