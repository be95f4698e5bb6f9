package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

// Bounds of the pages of feeds.
const (
	maxFeeds    = 200 // rows of a page of the list
	maxTrouble  = 50
	maxAttempts = 60 // polls of one feed
	maxLast     = 25 // items of one feed
	maxLookedAt = 30_000
)

// condition is how a feed is, as a closed list that the words are keyed by.
type condition string

const (
	conditionNew     condition = "new"     // not polled yet
	conditionMoved   condition = "moved"   // the configured address is another one than was polled
	conditionGone    condition = "gone"    // answered 410
	conditionBusy    condition = "busy"    // told to wait
	conditionFailing condition = "failing" // no poll has been good since some time
	conditionAils    condition = "ails"    // it is read, and not well
	conditionAdvice  condition = "advice"  // it is well, and something might be done
	conditionWell    condition = "well"
)

// feedRow is one feed in a table.
type feedRow struct {
	Name, URL, Link, Outlet string
	Side                    news.Side
	State                   string
	Trouble                 bool
	Cause                   string // in words
	Error                   string
	Advice                  string
	Failures                int
	Since                   time.Time
	Success, Attempt        time.Time
	Next                    string // what the next poll will do
	NextAt                  time.Time
	Rhythm                  string
	New                     string // at the last poll
}

// feedsPage is the list of feeds, those that need a look first.
type feedsPage struct {
	Trouble     []feedRow
	TroubleMore int
	Feeds       []feedRow
	More        string // address of the next page, "" for none
	Later       bool   // not the first page
}

// feedsKnown returns the feeds by name, and what is known of each.
func (s *server) feedsKnown() ([]news.Feed, map[string]news.FeedState, error) {
	states, err := s.o.Store.FeedStates()
	if err != nil {
		return nil, nil, err
	}
	byName := make(map[string]news.FeedState, len(states))
	var feeds []news.Feed
	for _, st := range states {
		byName[st.Feed] = st
		feeds = append(feeds, news.Feed{Name: st.Feed, URL: st.URL})
	}
	if s.o.Feeds != nil {
		feeds = slices.Clone(s.o.Feeds())
	}
	slices.SortFunc(feeds, func(a, b news.Feed) int { return cmp.Compare(a.Name, b.Name) })
	return feeds, byName, nil
}

// feeds lists the feeds.
func (s *server) feeds(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	feeds, states, err := s.feedsKnown()
	if err != nil {
		s.fail(w, v, err)
		return
	}
	p, err := s.feedsPage(v, feeds, states)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	s.render(w, v, "feeds", v.W.Feeds, p)
}

// feedsPage gathers a page of the list: the feeds behind the one that the question names,
// and on the first page those in trouble, most failures first.
func (s *server) feedsPage(v *view, feeds []news.Feed, states map[string]news.FeedState) (feedsPage, error) {
	after := v.query.Get("after")
	p := feedsPage{Later: after != ""}
	var ill, shown []news.Feed
	for _, f := range feeds {
		if _, trouble := health(f, states[f.Name]); trouble && after == "" {
			ill = append(ill, f)
		}
		if f.Name > after || after == "" {
			shown = append(shown, f)
		}
	}
	slices.SortStableFunc(ill, func(a, b news.Feed) int { return cmp.Compare(states[b.Name].Failures, states[a.Name].Failures) })
	ill, p.TroubleMore = bounded(ill, maxTrouble)
	if len(shown) > maxFeeds {
		shown = shown[:maxFeeds]
		p.More = v.Change("after", shown[maxFeeds-1].Name)
	}
	for _, part := range []struct {
		feeds []news.Feed
		rows  *[]feedRow
	}{{ill, &p.Trouble}, {shown, &p.Feeds}} {
		for _, f := range part.feeds {
			row, err := s.rowOfFeed(v, f, states[f.Name])
			if err != nil {
				return p, err
			}
			*part.rows = append(*part.rows, row)
		}
	}
	return p, nil
}

func (s *server) rowOfFeed(v *view, f news.Feed, st news.FeedState) (feedRow, error) {
	how, trouble := health(f, st)
	row := feedRow{
		Name: render.Tidy(f.Name, 60), URL: feedURL(f.Name), Outlet: render.Tidy(f.Outlet, 60), Side: f.Side, Trouble: trouble,
		State: v.W.Conditions[how], Error: mailbox().ReplaceAllString(render.Tidy(st.Error, 200), "…@"), Advice: v.Because(st.Advice), Failures: st.Failures,
		Since: st.TroubleSince, Success: st.LastSuccess, Attempt: st.LastAttempt, NextAt: st.NextDue, Next: v.nextPoll(f, st), New: "–",
	}
	if !f.Secretive() {
		row.Link = render.Link(f.URL)
	}
	if c := cmp.Or(st.Cause, st.Ailment); c != news.CauseNone {
		row.Cause = v.tongue.Cause(c)
	}
	if d := st.Rhythm(); d > 0 {
		row.Rhythm = v.Span(d)
	}
	last, err := s.o.Store.Attempts(f.Name, 1)
	if err == nil && len(last) > 0 {
		row.New = v.Num(last[0].New)
	}
	return row, err
}

// health is how a feed is, and whether it is in trouble. What is known of another
// address than the configured one says nothing of this one.
func health(f news.Feed, st news.FeedState) (how condition, trouble bool) {
	switch {
	case st.LastAttempt.IsZero():
		return conditionNew, false
	case st.URL != f.URL:
		return conditionMoved, false
	case st.Gone:
		return conditionGone, true
	case st.Failures > 0 && st.Cause == news.CauseBusy:
		return conditionBusy, true
	case st.Failures > 0:
		return conditionFailing, true
	case st.Trouble() != news.CauseNone:
		return conditionAils, true
	case st.Advice != "":
		return conditionAdvice, true
	}
	return conditionWell, false
}

// nextPoll says what happens next.
func (v *view) nextPoll(f news.Feed, st news.FeedState) string {
	switch {
	case st.Gone && st.URL == f.URL:
		return v.W.NotAnyMore
	case st.NextDue.Before(v.now) || st.URL != f.URL:
		return v.W.Now
	}
	return v.Distance(st.NextDue)
}

// feedPage is one feed with its history.
type feedPage struct {
	feedRow
	Address   string // where it is asked since it moved, "" for where it is configured
	Title     string
	Every     string
	Plan      []string // what the next poll will do
	Attempts  []attemptRow
	Items     []foundRow
	ItemsMore string
}

// attemptRow is one poll.
type attemptRow struct {
	At                              time.Time
	Status                          int
	Took, Cause, Error              string
	Entries, New, Repeated, Revised int
	Bytes                           string
	Gap                             bool
}

// feed shows one feed.
func (s *server) feed(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	name := r.PathValue("name")
	feeds, states, err := s.feedsKnown()
	if err != nil {
		s.fail(w, v, err)
		return
	}
	i := slices.IndexFunc(feeds, func(f news.Feed) bool { return f.Name == name })
	f := news.Feed{Name: name}
	switch st, polled := states[name]; {
	case i >= 0:
		f = feeds[i]
	case polled:
		f.URL = st.URL
	default:
		s.missing(w, v, v.W.NoSuchFeed)
		return
	}
	p, err := s.feedPage(v, f, states[name])
	if err != nil {
		s.fail(w, v, err)
		return
	}
	s.render(w, v, "feed", p.Name, p)
}

func (s *server) feedPage(v *view, f news.Feed, st news.FeedState) (feedPage, error) {
	row, err := s.rowOfFeed(v, f, st)
	if err != nil {
		return feedPage{}, err
	}
	p := feedPage{feedRow: row, Title: render.Tidy(st.Title, 120), Plan: v.plan(f, st)}
	if !f.Secretive() {
		p.Address = render.Link(st.Adopted)
	}
	polls, err := s.o.Store.Attempts(f.Name, maxAttempts)
	if err != nil {
		return p, err
	}
	for _, a := range polls {
		x := attemptRow{
			At: a.At, Took: v.Took(a.Took), Status: a.Status, Error: mailbox().ReplaceAllString(render.Tidy(a.Error, 160), "…@"),
			Entries: a.Entries, New: a.New, Repeated: a.Repeated, Revised: a.Revised, Bytes: v.Size(a.Bytes), Gap: a.Gap,
		}
		if a.Cause != news.CauseNone {
			x.Cause = v.tongue.Cause(a.Cause)
		}
		p.Attempts = append(p.Attempts, x)
	}
	found, _, err := s.o.Store.SearchOn(store.Query{Feed: f.Name, Limit: maxLast, Most: maxLookedAt})
	for _, x := range found {
		p.Items = append(p.Items, v.found(x.Item))
	}
	slices.SortStableFunc(p.Items, func(a, b foundRow) int { return b.Published.Compare(a.Published) })
	return p, err
}

// plan says what the next poll will do, in the order in which it is decided.
func (v *view) plan(f news.Feed, st news.FeedState) []string {
	if st.Gone && st.URL == f.URL {
		return []string{v.W.PlanGone}
	}
	var out []string
	if !st.HeldUntil.IsZero() && st.HeldUntil.After(v.now) {
		out = append(out, v.Say(v.W.PlanHeld, v.At(st.HeldUntil).Text))
	}
	switch {
	case st.ETag != "" || st.LastModified != "":
		out = append(out, v.W.PlanConditional)
	case !st.LastSuccess.IsZero():
		out = append(out, v.W.PlanWhole)
	}
	if st.Adopted != "" {
		out = append(out, v.W.PlanAdopted)
	}
	if f.FullText {
		out = append(out, v.W.PlanFullText)
	}
	if st.Failures > 0 {
		out = append(out, v.Say(v.W.PlanFailing, v.Num(st.Failures)))
	}
	return out
}
