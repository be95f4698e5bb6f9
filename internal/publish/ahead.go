package publish

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"samur/internal/news"
	"samur/internal/timeline"
)

// aheadDays is how far what is to come is looked for, as timeline.Ahead tells it.
const aheadDays = 14

// ahead returns what is planned at the end of a window, soonest first, as far as it was
// told of by then and concerns a topic of the plan.
func (p *Publisher) ahead(plan Plan, w news.Window) ([]news.Occasion, error) {
	loc, err := time.LoadLocation(w.Zone)
	if err != nil {
		return nil, fmt.Errorf("find the day in zone %q: %w", w.Zone, err)
	}
	// What was said long before of these days is read too: a meeting that was set in winter
	// and put off in spring without a day is not told as one of next week.
	day := w.End.In(loc)
	near := timeline.Choice{From: day.Format(time.DateOnly), To: day.AddDate(0, 0, aheadDays).Format(time.DateOnly)}
	ms, err := p.o.Store.Mentions(near.Around())
	if err != nil {
		return nil, fmt.Errorf("read what is planned: %w", err)
	}
	ms = slices.DeleteFunc(ms, func(m news.Mention) bool { return m.Published.After(w.End) })
	os := timeline.Ahead(timeline.Merge(ms), day)
	if len(plan.Topics) == 0 {
		return os, nil
	}
	var out []news.Occasion
	for _, o := range os {
		ok, err := p.concerns(o, plan.Topics)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, o)
		}
	}
	return out, nil
}

// concerns reports whether one of the reports of an occasion is on one of some topics.
func (p *Publisher) concerns(o news.Occasion, topics []string) (bool, error) {
	for _, m := range o.Mentions {
		it, err := p.o.Store.Item(m.Item)
		if errors.Is(err, news.ErrNotFound) {
			continue // its text was let go
		}
		if err != nil {
			return false, fmt.Errorf("read what is planned: %w", err)
		}
		if slices.ContainsFunc(it.Verdict.Matches, func(k news.Match) bool { return slices.Contains(topics, k.Topic) }) {
			return true, nil
		}
	}
	return false, nil
}
