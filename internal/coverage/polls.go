package coverage

import (
	"time"

	"samur/internal/news"
)

// What it takes for a side to be called silent.
const (
	// Patience is how long after a story's first report a feed must have been read and
	// still brought nothing. In a working day the other side's agencies follow within
	// two or three hours when they follow at all; at night it takes until the morning.
	Patience = 6 * time.Hour

	// Horizon is how long the feeds are looked at: who was silent for two days was
	// silent, and what is asked of a story a week old stays cheap.
	Horizon = 48 * time.Hour

	// Lookback is how long before the first report a feed must have been read for the
	// polls after it to join on: the first document of a feed may not reach back.
	Lookback = 24 * time.Hour
)

// Polls is how feeds were read, from Lookback before a story's first report to Horizon
// after it: what tells a silent side from one that was not heard. The zero value knows no
// feed.
type Polls struct {
	outlets map[news.Side]map[string][]string // names of feeds
	deaf    map[string]bool                   // feeds that are read and bring nothing
	read    map[string][]poll
}

// poll is one attempt on a feed that was read.
type poll struct {
	at  time.Time
	gap bool
}

// NewPolls knows the configured feeds and their states, in any order, and no polls yet.
func NewPolls(feeds []news.Feed, states []news.FeedState, now time.Time) *Polls {
	p := &Polls{outlets: map[news.Side]map[string][]string{}, deaf: map[string]bool{}, read: map[string][]poll{}}
	for _, f := range feeds {
		if p.outlets[f.Side] == nil {
			p.outlets[f.Side] = map[string][]string{}
		}
		p.outlets[f.Side][f.Outlet] = append(p.outlets[f.Side][f.Outlet], f.Name)
		p.read[f.Name] = nil
	}
	for _, st := range states {
		p.deaf[st.Feed] = st.Ailment == news.CauseEmpty || st.Stale(now)
	}
	return p
}

// Add takes note of a poll. It always returns true, so that a store's walk over polls
// goes on.
func (p *Polls) Add(a news.Attempt) bool {
	if _, configured := p.read[a.Feed]; configured && a.Cause == news.CauseNone {
		p.read[a.Feed] = append(p.read[a.Feed], poll{a.At, a.Gap})
	}
	return true
}

// silence reports whether a side that told nothing of a story first reported at since
// was read all the time: at least half of its outlets must have been.
func (p *Polls) silence(side news.Side, since, now time.Time) (news.Silence, bool) {
	s := news.Silence{Side: side, Configured: len(p.outlets[side]), Since: since}
	for _, feeds := range p.outlets[side] {
		heard := true
		for _, f := range feeds {
			heard = heard && p.heard(f, since, now)
		}
		if heard {
			s.Outlets++
		}
	}
	return s, s.Outlets > 0 && 2*s.Outlets >= s.Configured
}

// heard reports whether nothing that a feed published in the time after since can have
// been missed: it was read before, the polls after join on, and the last of them came late
// enough. A poll that failed does not matter when a later one joined on.
func (p *Polls) heard(feed string, since, now time.Time) bool {
	end := since.Add(Horizon)
	if now.Before(end) {
		end = now
	}
	before, patient := false, false
	for _, r := range p.read[feed] {
		switch {
		case r.at.After(end):
		case !r.at.After(since):
			before = before || since.Sub(r.at) <= Lookback
		case r.gap:
			return false
		case r.at.Sub(since) >= Patience:
			patient = true
		}
	}
	return before && patient && !p.deaf[feed]
}
