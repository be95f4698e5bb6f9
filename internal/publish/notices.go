package publish

import (
	"slices"
	"time"

	"samur/internal/news"
	"samur/internal/render"
)

// Keeper is who looks after samur, as the config says it.
type Keeper struct {
	To   []string // names of channels
	Lang news.Lang
	Zone string
}

// Notices sends the keeper word of the feeds that broke, healed or moved since they
// last got it, all in one message for each recipient of their channels. feeds are those
// that are polled: of others nobody wants to hear. It returns how many notices are on
// their way.
func (p *Publisher) Notices(k Keeper, feeds []news.FeedState, now time.Time) (int, error) {
	ns, err := p.o.Store.PendingNotices(now)
	if err != nil {
		return 0, err
	}
	broken := 0
	polled := make(map[string]bool, len(feeds))
	for _, f := range feeds {
		polled[f.Feed] = true
		if f.Trouble() != news.CauseNone {
			broken++
		}
	}
	ns = slices.DeleteFunc(ns, func(n news.Notice) bool { return !polled[n.Feed] })
	if len(ns) == 0 {
		return 0, nil
	}
	e, err := render.Notices(render.Report{At: now.UTC(), Lang: k.Lang, Zone: k.Zone, Notices: ns, Feeds: len(feeds), Broken: broken})
	if err != nil {
		return 0, err
	}
	ds, err := p.deliveries(k.To, e, now)
	if err != nil {
		return 0, err
	}
	if err := p.o.Store.SaveNotices(ns, ds); err != nil {
		return 0, err
	}
	p.o.Logger.Info("notices saved", "feeds", len(ns), "deliveries", len(ds))
	return len(ns), nil
}
