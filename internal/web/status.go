package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// Bounds of the lists on the status page.
const (
	maxFeeds   = 500
	maxTrouble = 50
	maxFailed  = 20
)

// statusPage is what the status page shows.
type statusPage struct {
	Verdict  string // the whole in one sentence
	Well     bool
	NotReady string

	Trouble     []feedRow // those that need a look, most failures first
	TroubleMore int
	Feeds       []feedRow // all, by name
	FeedsMore   int
	Digests     []digestRow
	Pending     int
	Failed      []failedRow
	FailedCount int
	Closed      []string // channels that their receivers closed
	Facts       []fact
	Now         string
}

// feedRow is one feed in a table.
type feedRow struct {
	Name, URL, Outlet string
	State             string
	Trouble           bool
	Cause             string // in words
	Error             string
	Advice            string
	Failures          int
	Success, Attempt  string
	Next              string
	New               string // at the last poll
}

// digestRow is one configured digest.
type digestRow struct {
	Name string
	Last *editionRow // nil when none was made
	Next string
	In   string // how far Next is
}

// failedRow is one delivery that failed for good.
type failedRow struct {
	Edition, Channel, Error, At string
}

// fact is a line of the list of the store's figures.
type fact struct{ Name, Value string }

// status shows how feeds, digests, outbox and store are.
func (s *server) status(w http.ResponseWriter, r *http.Request) {
	now := s.o.Now()
	page := statusPage{Now: utc(now)}
	for _, part := range []func(*statusPage, time.Time) error{s.addFeeds, s.addDigests, s.addOutbox, s.addStore} {
		if err := part(&page, now); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	if err := s.ready(); err != nil {
		page.NotReady = clean(err.Error(), 300)
	}
	page.Well, page.Verdict = verdict(page)
	s.render(w, r, http.StatusOK, "status", "Status", page)
}

// verdict sums the page up.
func verdict(p statusPage) (well bool, words string) {
	var wrong []string
	if p.NotReady != "" {
		wrong = append(wrong, "Not ready: "+p.NotReady+".")
	}
	if n := len(p.Trouble) + p.TroubleMore; n > 0 {
		wrong = append(wrong, fmt.Sprintf("Feeds that need a look: %d of %d.", n, len(p.Feeds)+p.FeedsMore))
	}
	if p.FailedCount > 0 {
		wrong = append(wrong, fmt.Sprintf("Deliveries that failed for good: %d.", p.FailedCount))
	}
	if len(p.Closed) > 0 {
		wrong = append(wrong, "Channels closed by their receivers: "+strings.Join(p.Closed, ", ")+".")
	}
	if len(wrong) > 0 {
		return false, strings.Join(wrong, " ")
	}
	if len(p.Feeds) == 0 {
		return true, "No feed is configured yet."
	}
	return true, "All is well."
}

// addFeeds adds the feeds and those of them in trouble.
func (s *server) addFeeds(p *statusPage, now time.Time) error {
	states, err := s.o.Store.FeedStates()
	if err != nil {
		return err
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
	for _, f := range feeds {
		row, err := s.rowOfFeed(f, byName[f.Name], now)
		if err != nil {
			return err
		}
		p.Feeds = append(p.Feeds, row)
		if row.Trouble {
			p.Trouble = append(p.Trouble, row)
		}
	}
	slices.SortStableFunc(p.Trouble, func(a, b feedRow) int { return cmp.Compare(b.Failures, a.Failures) })
	p.Trouble, p.TroubleMore = bounded(p.Trouble, maxTrouble)
	p.Feeds, p.FeedsMore = bounded(p.Feeds, maxFeeds)
	return nil
}

// bounded returns the first n of list and how many are left.
func bounded[T any](list []T, n int) ([]T, int) {
	if len(list) <= n {
		return list, 0
	}
	return list[:n], len(list) - n
}

func (s *server) rowOfFeed(f news.Feed, st news.FeedState, now time.Time) (feedRow, error) {
	row := feedRow{
		Name: clean(f.Name, 60), URL: link(f.URL), Outlet: clean(f.Outlet, 60),
		Cause: causeWords(cmp.Or(st.Cause, st.Ailment)), Error: clean(st.Error, 200), Advice: clean(st.Advice, 200), Failures: st.Failures,
		Success: utc(st.LastSuccess), Attempt: utc(st.LastAttempt), Next: nextPoll(f, st, now), New: "–",
	}
	row.State, row.Trouble = health(f, st)
	last, err := s.o.Store.Attempts(f.Name, 1)
	if err != nil {
		return row, err
	}
	if len(last) > 0 {
		row.New = fmt.Sprint(last[0].New)
	}
	return row, nil
}

// health is how a feed is, in a word or two, and whether it is in trouble. What is
// known of another address than the configured one says nothing of this one.
func health(f news.Feed, st news.FeedState) (words string, trouble bool) {
	switch {
	case st.LastAttempt.IsZero():
		return "not polled yet", false
	case st.URL != f.URL:
		return "new address, not polled yet", false
	case st.Gone:
		return "gone", true
	case st.Failures > 0 && st.Cause == news.CauseBusy:
		return "told to wait", true
	case st.Failures > 0:
		return "failing", true
	case st.Trouble() != news.CauseNone:
		return string(st.Ailment), true
	case st.Advice != "":
		return "see advice", true
	}
	return "well", false
}

func nextPoll(f news.Feed, st news.FeedState, now time.Time) string {
	switch {
	case st.Gone && st.URL == f.URL:
		return "not any more"
	case st.NextDue.Before(now) || st.URL != f.URL:
		return "now"
	}
	return utc(st.NextDue)
}

// addDigests adds the configured digests with their newest edition.
func (s *server) addDigests(p *statusPage, now time.Time) error {
	for _, d := range s.schedules() {
		row := digestRow{Name: clean(d.Name, 60), Next: local(d.Next, d.Zone), In: distance(d.Next, now)}
		last, err := s.o.Store.LastDigest(d.Name)
		switch {
		case err == nil:
			e := rowOf(last)
			row.Last = &e
		case !errors.Is(err, news.ErrNotFound):
			return err
		}
		p.Digests = append(p.Digests, row)
	}
	return nil
}

// addOutbox adds what waits and what failed for good. Recipients are left out: the
// page is read by more people than the keeper.
func (s *server) addOutbox(p *statusPage, _ time.Time) error {
	ds, err := s.o.Store.Deliveries(store.DeliveryQuery{
		States: []news.DeliveryState{news.DeliveryPending, news.DeliverySending, news.DeliveryFailed},
	})
	if err != nil {
		return err
	}
	for _, d := range ds {
		if d.State != news.DeliveryFailed {
			p.Pending++
			continue
		}
		if p.FailedCount++; len(p.Failed) < maxFailed {
			p.Failed = append(p.Failed, failedOf(d))
		}
	}
	closed, err := s.o.Store.Closures()
	for _, c := range closed {
		p.Closed = append(p.Closed, clean(c.Channel, 60))
	}
	return err
}

// mailbox is the part of an address that names a person: servers like to repeat it.
var mailbox = regexp.MustCompile(`[^\s<>"':;,]+@`)

func failedOf(d news.Delivery) failedRow {
	row := failedRow{Edition: clean(d.Slot.String(), 100), Channel: clean(d.Channel, 60)}
	if n := len(d.Attempts); n > 0 {
		answer := mailbox.ReplaceAllString(d.Attempts[n-1].Error, "…@")
		row.Error, row.At = clean(answer, 200), utc(d.Attempts[n-1].At)
	}
	return row
}

// addStore adds the figures of the store.
func (s *server) addStore(p *statusPage, _ time.Time) error {
	st, err := s.o.Store.Stats()
	if err != nil {
		return err
	}
	answers, err := s.o.Store.Answers()
	if err != nil {
		return err
	}
	p.Facts = []fact{
		{"Items", fmt.Sprintf("%d, of them %d relevant", st.Items, st.Relevant)},
		{"Later wordings", fmt.Sprint(st.Revisions)},
		{"Answers", fmt.Sprintf("%d in force; %s", len(answers), news.RecordOf(answers, news.RecordSize))},
		{"Polls", fmt.Sprintf("%d, of them %d failed", st.Polls, st.Failed)},
		{"Text dropped", fmt.Sprintf("of %d items", st.Pruned)},
		{"File", size(st.FileBytes) + ", free in it " + size(max(st.FreeBytes, 0))},
		{"Begun", utc(st.Created) + " UTC"},
		{"Schema", fmt.Sprint(st.Schema)},
	}
	return nil
}
