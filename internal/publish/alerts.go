package publish

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"samur/internal/alert"
	"samur/internal/digest"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

// fresh is how old the first and how long ago the newest report of a story may be for it
// to go out at once. It is longer than any quiet hours, so that what is held by them
// goes out at their end if it still stands then.
const fresh = 24 * time.Hour

// found is a story that a rule takes.
type found struct {
	alert news.Alert
	rank  float64
}

// Alert sends the stories that a rule takes and that have not gone out by it, each at
// once through every channel of the rule, those of highest rank first while the day has
// room. A story is noted as gone out together with its deliveries, so that a crash
// neither loses nor repeats one. What was stored before the rule was first known of is
// not its news. It returns how many stories are on their way.
func (p *Publisher) Alert(r alert.Rule, now time.Time) (sent int, err error) {
	begun, err := BeginAlert(p.o.Store, r.Name, now)
	if err != nil {
		return 0, err
	}
	if r.Quiet(now) {
		return 0, nil
	}
	gone, err := p.o.Store.AlertsSince(r.Name, now.Add(-fresh))
	if err != nil || gone >= r.MostPerDay {
		return 0, err
	}
	m := alert.New(r, p.o.Lexicon)
	taken, err := p.taken(m, begun, now)
	if err != nil || len(taken) == 0 {
		return 0, err
	}
	// Before anything leaves, two stories that are one are made one.
	if err := p.o.Settle(now); err != nil {
		return 0, fmt.Errorf("settle stories: %w", err)
	}
	if taken, err = p.taken(m, begun, now); err != nil {
		return 0, err
	}
	for _, f := range taken[:min(len(taken), r.MostPerDay-gone)] {
		switch err := p.send(r, f.alert, now); {
		case errors.Is(err, news.ErrExists): // it went out meanwhile
		case err != nil:
			return sent, err
		default:
			sent++
		}
	}
	return sent, nil
}

// BeginAlert returns since when a rule is known. It is asked before the first poll of a
// daemon, so that what that brings is the rule's news already.
func BeginAlert(st *store.Store, rule string, now time.Time) (time.Time, error) {
	return st.Begun("alert "+rule, now) // no digest has a blank in its name
}

// taken returns the stories that m takes and that have not gone out, by rank.
func (p *Publisher) taken(m *alert.Matcher, begun, now time.Time) ([]found, error) {
	cur, err := p.o.Store.CursorAt(now.Add(-fresh))
	if err != nil {
		return nil, fmt.Errorf("find fresh stories: %w", err)
	}
	stories, err := p.o.Store.Stories(store.StoryQuery{From: cur.Item})
	if err != nil {
		return nil, err
	}
	var out []found
	for _, st := range stories {
		if st.First.Before(begun) || !m.Worth(st) {
			continue
		}
		if gone, err := p.o.Store.Alerted(m.Name, st); err != nil || gone {
			if err != nil {
				return nil, err
			}
			continue
		}
		f, ok, err := p.hold(m, st, now)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.alert.Entry.Story, b.alert.Entry.Story))
	})
	return out, nil
}

// hold holds one story against m, as a digest would tell it now.
func (p *Publisher) hold(m *alert.Matcher, st news.Story, now time.Time) (f found, ok bool, err error) {
	s, err := p.story(st.ID)
	if err != nil || len(s.Items) == 0 || s.Items[0].Published.Before(now.Add(-fresh)) {
		return f, false, err
	}
	to, err := p.o.Store.Cursor()
	if err != nil {
		return f, false, err
	}
	w := news.Window{To: to, End: now, Zone: m.Zone.String()}
	in := digest.Input{
		Options: p.options(Plan{Lang: m.Lang}), Slot: news.Slot{Digest: m.Name, At: now}, Now: now, Window: w,
		Stories: []digest.Story{s}, Lexicon: p.o.Lexicon,
	}
	if in.Known, err = p.known(in.Stories, w); err != nil {
		return f, false, err
	}
	d := digest.Build(in)
	if len(d.Sections) == 0 {
		return f, false, nil // it has nothing that could be told
	}
	e := d.Sections[0].Entries[0]
	why, ok := m.Takes(s.Story, s.Items, e)
	for _, t := range e.Rank {
		f.rank += t.Points
	}
	f.alert = news.Alert{Rule: m.Name, Made: now.UTC(), Lang: m.Lang, Zone: m.Zone.String(), Entry: e, Why: why}
	return f, ok, nil
}

// send saves an alert with its deliveries.
func (p *Publisher) send(r alert.Rule, a news.Alert, now time.Time) error {
	e, err := render.Alert(a)
	if err != nil {
		return err
	}
	ds, err := p.deliveries(r.To, e, now)
	if err != nil {
		return err
	}
	if err := p.o.Store.SaveAlert(a, ds); err != nil {
		return err
	}
	p.o.Logger.Info("alert saved", "edition", a.Slot().String(), "story", a.Entry.Story, "deliveries", len(ds))
	return nil
}
