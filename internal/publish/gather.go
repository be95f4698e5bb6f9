package publish

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"samur/internal/coverage"
	"samur/internal/digest"
	"samur/internal/news"
	"samur/internal/schedule"
	"samur/internal/store"
)

// gather reads from the store everything that the edition of slot is made from.
func (p *Publisher) gather(plan Plan, slot news.Slot, now time.Time) (digest.Input, error) {
	last, err := p.lastEditions(plan.Name)
	if err != nil {
		return digest.Input{}, err
	}
	w, err := p.window(plan, slot, last, now)
	if err != nil {
		return digest.Input{}, err
	}
	in := digest.Input{
		Options: p.options(plan), Slot: slot, Now: now, Window: w, Lexicon: p.o.Lexicon,
		Missed: missed(plan, slot, last), Quoted: last.quoted(),
	}
	in.Options.Page = p.page(slot)
	if in.Polls, in.Ledger, err = p.polls(w); err != nil {
		return digest.Input{}, err
	}
	stories, err := p.windowItems(w, &in.Ledger)
	if err != nil {
		return digest.Input{}, err
	}
	for _, id := range stories {
		st, err := p.story(id)
		if err != nil {
			return digest.Input{}, err
		}
		in.Stories = append(in.Stories, st)
	}
	if err := p.part(&in, plan, last); err != nil {
		return digest.Input{}, err
	}
	if err := p.correct(&in, plan, last); err != nil {
		return digest.Input{}, err
	}
	if err := p.restate(in.Stories, w); err != nil {
		return digest.Input{}, err
	}
	last.list(in.Stories)
	if in.Ahead, err = p.ahead(plan, w); err != nil {
		return digest.Input{}, err
	}
	in.Known, err = p.known(in.Stories, w)
	return in, err
}

func (p *Publisher) options(plan Plan) digest.Options {
	o := digest.Options{
		Lang: plan.Lang, Title: plan.Title, MaxStories: plan.MaxStories, MaxPerTopic: plan.MaxPerTopic,
		LateAfter: plan.LateAfter, Other: len(plan.Topics) == 0,
	}
	for _, t := range p.o.Topics {
		if len(plan.Topics) == 0 || slices.Contains(plan.Topics, t.Slug) {
			o.Topics = append(o.Topics, digest.Topic{Slug: t.Slug, Name: cmp.Or(t.Names[plan.Lang], t.Names[news.En], t.Slug)})
		}
	}
	return o
}

// page is where the pages show the edition of slot, "" when nobody outside sees them.
func (p *Publisher) page(slot news.Slot) string {
	if p.o.Pages == "" {
		return ""
	}
	return strings.TrimRight(p.o.Pages, "/") + "/digests/" + url.PathEscape(slot.String())
}

// window returns what slot is to report: everything since the last edition of its
// digest. When a later slot is due as well, what came after this slot is left to it.
func (p *Publisher) window(plan Plan, slot news.Slot, last editions, now time.Time) (news.Window, error) {
	w := news.Window{End: now, Zone: plan.Zone}
	switch {
	case len(last) == 0:
		if err := p.firstWindow(plan, slot, &w); err != nil {
			return w, fmt.Errorf("find window of digest %s: %w", slot, err)
		}
	case !slot.At.After(last[0].Slot.At):
		return w, fmt.Errorf("digest %q has an edition of %s: what came before it was told there; name a later slot", plan.Name, last[0].Slot.At.Format(time.RFC3339))
	default:
		w.From, w.Start = last[0].Window.To, last[0].Window.End
	}
	next, err := schedule.Next(plan.At, plan.Zone, slot.At)
	if err != nil {
		return w, err
	}
	if next.After(now) {
		w.To, err = p.o.Store.Cursor()
	} else {
		w.To, err = p.o.Store.CursorAt(slot.At)
		w.End = slot.At
	}
	if err != nil {
		return w, fmt.Errorf("find end of window: %w", err)
	}
	// The clock may have been set back between the two: places only go forward.
	w.To.Item, w.To.Pass = max(w.To.Item, w.From.Item), max(w.To.Pass, w.From.Pass)
	return w, nil
}

// firstWindow begins at the schedule's last time before slot, and at least a day
// before it: what a store held before the digest was thought of is not its news.
func (p *Publisher) firstWindow(plan Plan, slot news.Slot, w *news.Window) (err error) {
	w.Start = slot.At.AddDate(0, 0, -1)
	before := schedule.Slots(plan.At, plan.Zone, slot.At.AddDate(0, 0, -32), slot.At.Add(-time.Second))
	if n := len(before); n > 0 && before[n-1].Before(w.Start) {
		w.Start = before[n-1]
	}
	if w.From, err = p.o.Store.CursorAt(w.Start); err != nil {
		return err
	}
	return p.fromFirstPoll(w)
}

// fromFirstPoll moves the beginning of a first window to its first poll where retention
// has let go of earlier ones: their items would be told, but not counted as seen.
func (p *Publisher) fromFirstPoll(w *news.Window) error {
	from, err := p.o.Store.CursorAfter(w.From.Pass)
	if err != nil {
		return err
	}
	start := w.End
	err = p.o.Store.AttemptsBetween(w.From.Pass, math.MaxUint64, func(a news.Attempt) bool {
		start = a.At
		return false
	})
	if err != nil {
		return err
	}
	if from.Item > w.From.Item {
		w.From, w.Start = from, start
	}
	return nil
}

// polls accounts for the polls of a window, and returns them for the question who was
// silent: with those of some hours before, for reports that were found after a while.
func (p *Publisher) polls(w news.Window) (*coverage.Polls, news.Ledger, error) {
	states, err := p.o.Store.FeedStates()
	if err != nil {
		return nil, news.Ledger{}, fmt.Errorf("read feeds: %w", err)
	}
	polls := coverage.NewPolls(p.o.Feeds, states, w.End)
	before, err := p.o.Store.CursorAt(w.Start.Add(-coverage.Patience))
	if err != nil {
		return nil, news.Ledger{}, fmt.Errorf("read polls before the window: %w", err)
	}
	if err := p.o.Store.AttemptsBetween(before.Pass, w.From.Pass, polls.Add); err != nil {
		return nil, news.Ledger{}, fmt.Errorf("read polls before the window: %w", err)
	}
	asked := map[string]bool{}
	l, err := pollLedger(p.o.Store, w, func(a news.Attempt) bool {
		asked[a.Feed] = asked[a.Feed] || a.Cause != news.CauseImport
		return polls.Add(a)
	})
	if err != nil {
		return nil, news.Ledger{}, err
	}
	l.FeedsFailed = p.withUnasked(l.FeedsFailed, states, asked)
	return polls, l, nil
}

// withUnasked adds the feeds that are configured and fail, and of which no poll of the
// window speaks: the last one put the next off beyond it, or their publisher has taken
// them away.
func (p *Publisher) withUnasked(failed []news.FeedFault, states []news.FeedState, asked map[string]bool) []news.FeedFault {
	urls := make(map[string]string, len(p.o.Feeds))
	for _, f := range p.o.Feeds {
		urls[f.Name] = f.URL
	}
	for _, st := range states {
		if st.Cause != news.CauseNone && !asked[st.Feed] && urls[st.Feed] == st.URL {
			failed = append(failed, news.FeedFault{Feed: st.Feed, Cause: st.Cause, Note: st.Error, Since: st.TroubleSince})
		}
	}
	slices.SortFunc(failed, byFeed)
	return failed
}

// pollLedger accounts for the polls of a window: what was read and what was known. each
// is called with every poll.
func pollLedger(st *store.Store, w news.Window, each func(news.Attempt) bool) (news.Ledger, error) {
	var l news.Ledger
	read, gaps, failed := map[string]bool{}, map[string]news.FeedFault{}, map[string]news.FeedFault{}
	err := st.AttemptsBetween(w.From.Pass, w.To.Pass, func(a news.Attempt) bool {
		each(a)
		l.Polls++
		l.Seen += a.Entries
		l.Repeated += a.Repeated
		if a.Cause == news.CauseImport {
			return true // the feed was not asked
		}
		if a.Gap {
			gaps[a.Feed] = news.FeedFault{Feed: a.Feed, Since: a.At}
		}
		if a.Cause == news.CauseNone {
			read[a.Feed] = true
			return true
		}
		f := failed[a.Feed]
		failed[a.Feed] = news.FeedFault{Feed: a.Feed, Cause: a.Cause, Note: a.Error, Since: earliest(f.Since, a.At)}
		return true
	})
	if err != nil {
		return l, fmt.Errorf("read polls of the window: %w", err)
	}
	for feed := range read {
		delete(failed, feed) // it was read in between: nothing was missed for good
	}
	states, err := st.FeedStates()
	if err != nil {
		return l, fmt.Errorf("read feeds: %w", err)
	}
	for _, f := range states {
		if fault, ok := failed[f.Feed]; ok && !f.TroubleSince.IsZero() {
			fault.Since = earliest(f.TroubleSince, fault.Since) // before the window, when it has lasted for longer
			failed[f.Feed] = fault
		}
		if read[f.Feed] && f.Stale(w.End) {
			l.FeedsStale = append(l.FeedsStale, news.FeedFault{Feed: f.Feed, Since: f.LastNew})
		}
	}
	l.FeedsRead, l.FeedsFailed, l.Gaps = len(read), sorted(failed), sorted(gaps)
	return l, nil
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

func sorted(faults map[string]news.FeedFault) []news.FeedFault {
	fs := make([]news.FeedFault, 0, len(faults))
	for _, f := range faults {
		fs = append(fs, f)
	}
	slices.SortFunc(fs, byFeed)
	return fs
}

func byFeed(a, b news.FeedFault) int { return cmp.Compare(a.Feed, b.Feed) }

// windowItems counts the new items that are in no story and returns the ids of the
// stories that the others are in, in order of arrival.
func (p *Publisher) windowItems(w news.Window, l *news.Ledger) ([]string, error) {
	var stories []string
	seen := map[string]bool{}
	err := p.o.Store.StandingsBetween(w.From.Item, w.To.Item, func(it store.Standing) {
		switch {
		case it.Story == "":
			l.Rejected++
			if it.Archived {
				l.Archived++
			}
		case !seen[it.Story]:
			seen[it.Story] = true
			stories = append(stories, it.Story)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read items of the window: %w", err)
	}
	return stories, nil
}

// story reads a story with those of its items whose text is still kept.
func (p *Publisher) story(id string) (digest.Story, error) {
	st, err := p.o.Store.Story(id)
	if err != nil {
		return digest.Story{}, fmt.Errorf("read story of the window: %w", err)
	}
	s := digest.Story{Story: st}
	if s.Items, err = p.o.Store.Members(st.Members); err != nil {
		return s, fmt.Errorf("read story %q: %w", id, err)
	}
	slices.SortFunc(s.Items, func(a, b news.Item) int { return cmp.Compare(a.Seq, b.Seq) })
	return s, nil
}

// known returns the earlier values of the indicators that the stories give values of.
func (p *Publisher) known(stories []digest.Story, w news.Window) ([]news.FigurePoint, error) {
	fresh, indicators := map[string]bool{}, map[string]bool{}
	for _, s := range stories {
		for _, it := range s.Items {
			if it.Seq <= w.From.Item {
				continue
			}
			fresh[it.ID] = true
			for _, f := range it.Figures {
				indicators[f.Indicator] = true
			}
		}
	}
	var points []news.FigurePoint
	for indicator := range indicators {
		ps, err := p.o.Store.FigurePoints(indicator)
		if err != nil {
			return nil, err
		}
		points = append(points, slices.DeleteFunc(ps, func(pt news.FigurePoint) bool { return fresh[pt.Item] })...)
	}
	return points, nil
}
