package web

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

// statusPage is what the status page shows: the whole in one sentence, and where to
// look further.
type statusPage struct {
	Verdict  string
	Well     bool
	NotReady string
	Trouble  int // feeds that need a look
	Feeds    int
	Pending  int // deliveries
	Failed   int
	Closed   []string // channels that their receivers closed
	Digests  []digestRow
	Facts    []fact
}

// digestRow is one configured digest.
type digestRow struct {
	Name string
	Last *editionRow // nil when none was made
	Next time.Time
}

// fact is a line of the list of the store's figures.
type fact struct{ Name, Value string }

// status shows how feeds, digests, outbox and store are.
func (s *server) status(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	var page statusPage
	for _, part := range []func(*view, *statusPage) error{s.countFeeds, s.addDigests, s.countOutbox, s.addStore} {
		if err := part(v, &page); err != nil {
			s.fail(w, v, err)
			return
		}
	}
	if err := s.ready(); err != nil {
		page.NotReady = render.Tidy(err.Error(), 300)
	}
	page.Well, page.Verdict = v.verdict(page)
	s.render(w, v, "status", v.W.Status, page)
}

// verdict sums the page up.
func (v *view) verdict(p statusPage) (well bool, words string) {
	var wrong []string
	if p.NotReady != "" {
		wrong = append(wrong, fmt.Sprintf(v.W.NotReady, p.NotReady))
	}
	if p.Trouble > 0 {
		wrong = append(wrong, fmt.Sprintf(v.W.TroubleOf, v.Num(p.Trouble), v.Num(p.Feeds)))
	}
	if p.Failed > 0 {
		wrong = append(wrong, fmt.Sprintf(v.W.FailedForGood, v.Num(p.Failed)))
	}
	if len(p.Closed) > 0 {
		wrong = append(wrong, fmt.Sprintf(v.W.ChannelsClosed, strings.Join(p.Closed, ", ")))
	}
	switch {
	case len(wrong) > 0:
		return false, strings.Join(wrong, " ")
	case p.Feeds == 0:
		return true, v.W.NoFeeds
	}
	return true, v.W.AllWell
}

// countFeeds counts the feeds and those of them in trouble.
func (s *server) countFeeds(_ *view, p *statusPage) error {
	feeds, states, err := s.feedsKnown()
	if err != nil {
		return err
	}
	p.Feeds = len(feeds)
	for _, f := range feeds {
		if _, trouble := health(f, states[f.Name]); trouble {
			p.Trouble++
		}
	}
	return nil
}

// addDigests adds the configured digests with their newest edition.
func (s *server) addDigests(v *view, p *statusPage) error {
	for _, d := range s.schedules() {
		row := digestRow{Name: render.Tidy(d.Name, 60), Next: d.Next}
		last, err := s.o.Store.LastDigest(d.Name)
		switch {
		case err == nil:
			e := rowOf(v, last)
			row.Last = &e
		case !errors.Is(err, news.ErrNotFound):
			return err
		}
		p.Digests = append(p.Digests, row)
	}
	return nil
}

// countOutbox counts what waits and what failed for good.
func (s *server) countOutbox(_ *view, p *statusPage) error {
	ds, err := s.o.Store.Deliveries(store.DeliveryQuery{
		States: []news.DeliveryState{news.DeliveryPending, news.DeliverySending, news.DeliveryFailed},
	})
	for _, d := range ds {
		if d.State == news.DeliveryFailed {
			p.Failed++
		} else {
			p.Pending++
		}
	}
	if err != nil {
		return err
	}
	closed, err := s.o.Store.Closures()
	for _, c := range closed {
		p.Closed = append(p.Closed, render.Tidy(c.Channel, 60))
	}
	return err
}

// addStore adds the figures of the store.
func (s *server) addStore(v *view, p *statusPage) error {
	st, err := s.o.Store.Stats()
	if err != nil {
		return err
	}
	answers, err := s.o.Store.Answers()
	if err != nil {
		return err
	}
	rec := news.RecordOf(answers, news.RecordSize)
	n := func(n uint64) string { return v.Num(int(n)) }
	p.Facts = []fact{
		{v.W.ItemsWord, fmt.Sprintf(v.W.OfThemRelevant, n(st.Items), n(st.Relevant))},
		{v.W.LaterWordingsWord, n(st.Revisions)},
		{v.W.AnswersWord, v.Answers(len(answers), rec)},
		{v.W.PollsWord, fmt.Sprintf(v.W.OfThemFailed, n(st.Polls), n(st.Failed))},
		{v.W.TextDropped, n(st.Pruned)},
		{v.W.FileWord, fmt.Sprintf(v.W.FreeInIt, v.Size(st.FileBytes), v.Size(max(st.FreeBytes, 0)))},
		{v.W.Begun, v.At(st.Created).Text},
		{v.W.Schema, fmt.Sprint(st.Schema)},
	}
	return nil
}

// Answers says how many answers people gave, and how many of the last are followed.
func (v *view) Answers(n int, rec news.Record) string {
	if n == 0 {
		return v.W.NoAnswersYet
	}
	return fmt.Sprintf(v.W.AnswersAgreed, v.Num(n), v.Num(rec.Agreed), v.Num(rec.Answered))
}

// Size is a number of bytes in words.
func (v *view) Size(n int64) string {
	units, f := strings.Fields(v.W.Bytes), float64(n)
	for f >= 1<<10 && len(units) > 1 {
		f, units = f/(1<<10), units[1:]
	}
	return v.tongue.Number(math.Round(10*f)/10) + " " + units[0]
}

// Took is how long something took.
func (v *view) Took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf(v.W.Millis, v.Num(int(d.Milliseconds())))
	}
	return fmt.Sprintf(v.W.Seconds, v.tongue.Number(math.Round(10*d.Seconds())/10))
}

// bounded returns the first n of list and how many are left.
func bounded[T any](list []T, n int) ([]T, int) {
	if len(list) <= n {
		return list, 0
	}
	return list[:n], len(list) - n
}
