package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

// Bounds of the page of a day.
const (
	maxEntries = 120 // stories of one edition
	maxHeld    = 60  // stories told in a line
	maxSources = 12  // of one story
	maxSince   = 25  // stories since the edition
	maxMonth   = 200 // editions of a month of one digest
)

// todayPage is a day: one of its editions, the others, and what has come since.
type todayPage struct {
	Date     string // 2026-03-08, in the reader's zone
	Heading  string
	Today    bool
	Prev     string // address of the day before with an edition, "" for none
	Next     string
	Editions []editionLink // of this day, more than one
	Digest   *digestView   // nil when no edition was made on this day
	Calendar calendar
	Since    []storyRow // stories since the newest edition, on today's page
	SinceAll bool       // those are all
	Due      []digestRow
}

// editionLink leads to one of several editions of a day.
type editionLink struct {
	URL, Name string
	At        time.Time
	Current   bool
}

// digestView is a digest in the reader's words.
type digestView struct {
	Slot      news.Slot
	URL       string // of the edition as it was sent
	Title     string
	Lang      news.Lang
	From, To  time.Time
	Made      time.Time
	Late      bool
	Sections  []sectionView
	More      int // stories left out
	Held      []lineView
	HeldMore  int // lines left out
	Figures   []figureView
	AheadHead string
	Ahead     []render.Box // what is planned
	SideHead  string
	Sides     []render.Line // what each side reported
	Account   []render.Line
	Ledger    news.Ledger
	upto      uint64 // Seq of the last item before its end
}

type sectionView struct {
	Heading, Topic string
	Entries        []entryView
}

// entryView is one story of a digest.
type entryView struct {
	news.Entry
	URL      string // of the story
	Headline quoteView
	Quotes   []quoteView
	Topics   []topicLink
	Sources  []news.Source
	More     int // sources left out
	Figures  []string
	Differs  []differsView
	Why      []news.Evidence
	Lines    []render.Line // why it is told again, what was reworded, how the sides tell it
	Rank     []rankTerm
}

// rankTerm is a part of a rank in words.
type rankTerm struct {
	Name   string
	Points float64
}

// quoteView is a quote that can be shown.
type quoteView struct {
	Text, Link, Outlet string
	Lang               news.Lang
	Item               string // address of the item's page
}

type topicLink struct{ URL, Name string }

type lineView struct {
	URL      string
	Headline quoteView
}

// differsView is a number on which sources disagree.
type differsView struct {
	Subject string
	Values  []valueView
}

type valueView struct {
	Value, Outlet, Link string
	Sentence            string
}

// figureView is a line of the box of figures.
type figureView struct {
	URL      string // of the indicator
	Subject  string
	Value    string
	Change   string
	Previous string
	Conflict bool
	Quote    quoteView
}

// today shows the newest edition, and what has come since.
func (s *server) today(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	slots, err := s.slots(time.Time{}, time.Time{}, 1)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	date := v.dayOf(v.now)
	if len(slots) > 0 {
		date = v.dayOf(slots[0].At)
	}
	s.showDay(w, r, v, date, true)
}

// day shows the editions of a day.
func (s *server) day(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	if _, err := time.Parse(time.DateOnly, r.PathValue("date")); err != nil {
		s.missing(w, v, v.W.DayWritten)
		return
	}
	s.showDay(w, r, v, r.PathValue("date"), false)
}

func (s *server) showDay(w http.ResponseWriter, r *http.Request, v *view, date string, today bool) {
	page, err := s.dayPage(v, date, r.URL.Query().Get("edition"))
	if err == nil && today {
		err = s.addSince(v, page)
	}
	if err != nil {
		s.fail(w, v, err)
		return
	}
	title := page.Heading
	if page.Today = today; today {
		title = v.W.Today
	}
	s.render(w, v, "today", title, page)
}

// slots are the slots with an edition of all configured digests, newest first, in a
// stretch of time; at most limit of each.
func (s *server) slots(from, to time.Time, limit int) ([]news.Slot, error) {
	var all []news.Slot
	for _, d := range s.schedules() {
		slots, err := s.o.Store.Slots(d.Name, from, to, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, slots...)
	}
	slices.SortStableFunc(all, func(a, b news.Slot) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Digest, b.Digest))
	})
	return all, nil
}

// dayPage gathers a day. asked is the slot that the reader wants to see, "" for the
// newest of the day.
func (s *server) dayPage(v *view, date, asked string) (*todayPage, error) {
	start, err := time.ParseInLocation(time.DateOnly, date, v.tongue.Location())
	if err != nil {
		return nil, err
	}
	end := start.AddDate(0, 0, 1)
	p := &todayPage{Date: date, Heading: v.tongue.Weekday(start)}
	slots, err := s.slots(start, end, maxMonth)
	if err != nil {
		return nil, err
	}
	if p.Calendar, err = s.calendar(v, start); err != nil {
		return nil, err
	}
	if err := s.addNeighbours(v, p, start, end); err != nil {
		return nil, err
	}
	if len(slots) == 0 {
		return p, nil
	}
	shown := slots[0]
	for _, slot := range slots {
		if slot.String() == asked {
			shown = slot
		}
	}
	for _, slot := range slots {
		if len(slots) > 1 {
			p.Editions = append(p.Editions, editionLink{
				"/day/" + date + "?edition=" + url.QueryEscape(slot.String()), render.Tidy(slot.Digest, 60), slot.At, slot == shown,
			})
		}
	}
	d, err := s.o.Store.Digest(shown)
	if errors.Is(err, news.ErrNotFound) {
		return p, nil // it was pruned between two readings
	}
	if err == nil {
		p.Digest = v.digest(d)
	}
	return p, err
}

// addNeighbours finds the days before and after that have an edition.
func (s *server) addNeighbours(v *view, p *todayPage, start, end time.Time) error {
	before, err := s.slots(time.Time{}, start, 1)
	if err != nil {
		return err
	}
	if len(before) > 0 {
		p.Prev = "/day/" + v.dayOf(before[0].At)
	}
	for _, d := range s.schedules() {
		// The first one after a time has no key to seek by; a year of them is small.
		after, err := s.o.Store.Slots(d.Name, end, time.Time{}, 0)
		if err != nil {
			return err
		}
		if n := len(after); n > 0 {
			if next := "/day/" + v.dayOf(after[n-1].At); p.Next == "" || next < p.Next {
				p.Next = next
			}
		}
	}
	return nil
}

// addSince adds what has come since the newest edition, and when the next ones are made.
func (s *server) addSince(v *view, p *todayPage) error {
	var from uint64
	if p.Digest != nil {
		from = p.Digest.upto
	}
	found, err := s.o.Store.Stories(store.StoryQuery{From: from, Limit: maxSince + 1})
	if err != nil {
		return err
	}
	p.SinceAll = len(found) <= maxSince
	for _, st := range found[:min(len(found), maxSince)] {
		row, err := s.storyRow(v, st)
		if err != nil {
			return err
		}
		p.Since = append(p.Since, row)
	}
	for _, d := range s.schedules() {
		p.Due = append(p.Due, digestRow{Name: render.Tidy(d.Name, 60), Next: d.Next})
	}
	return nil
}

// digest puts a digest into the reader's words.
func (v *view) digest(d news.Digest) *digestView {
	out := &digestView{
		Slot: d.Slot, URL: digestURL(d.Slot), Title: render.Tidy(d.Title, 120), Lang: d.Lang, From: d.Window.Start, To: d.Window.End,
		Made: d.Made, Late: d.Late, Account: v.tongue.Account(d), Ledger: d.Ledger, upto: d.Window.To.Item,
	}
	out.AheadHead, out.Ahead = v.tongue.Ahead(d)
	out.SideHead, out.Sides = v.tongue.Sides(d)
	n := 0
	for _, sec := range d.Sections {
		sv := sectionView{Topic: sec.Topic}
		switch {
		case sec.Topic == news.SectionTop || sec.Topic == news.SectionOther:
			sv.Heading, sv.Topic = v.tongue.Heading(sec.Topic), ""
		case v.Lang == d.Lang && sec.Heading != "":
			sv.Heading = render.Tidy(sec.Heading, 120)
		default:
			sv.Heading = v.Topic(sec.Topic)
		}
		for _, e := range sec.Entries {
			if n++; n > maxEntries {
				out.More++
				continue
			}
			sv.Entries = append(sv.Entries, v.entry(d, e))
		}
		if len(sv.Entries) > 0 {
			out.Sections = append(out.Sections, sv)
		}
	}
	held, more := bounded(d.Held, maxHeld)
	out.HeldMore = more
	for _, l := range held {
		out.Held = append(out.Held, lineView{storyURL(l.Story), v.quote(l.Headline, 300)})
	}
	for _, l := range d.Figures {
		out.Figures = append(out.Figures, v.figure(l))
	}
	return out
}

func (v *view) entry(d news.Digest, e news.Entry) entryView {
	out := entryView{Entry: e, URL: storyURL(e.Story), Headline: v.quote(e.Headline, 400), Why: strongest(e.Why, 6)}
	for _, q := range e.Quotes {
		out.Quotes = append(out.Quotes, v.quote(q, 1200))
	}
	for _, slug := range e.Topics {
		out.Topics = append(out.Topics, topicLink{topicURL(slug), v.Topic(slug)})
	}
	out.Sources, out.More = bounded(e.Sources, maxSources)
	for _, f := range e.Figures {
		out.Figures = append(out.Figures, v.tongue.Subject(f.Indicator, f.Period)+": "+v.tongue.Value(f))
	}
	for _, d := range e.Differs {
		out.Differs = append(out.Differs, v.differs(d))
	}
	out.Lines = v.tongue.Lines(d, e)
	for _, t := range e.Rank {
		if t.Points == 0 {
			continue
		}
		out.Rank = append(out.Rank, rankTerm{v.tongue.Rank(t.Name), t.Points})
	}
	return out
}

func (v *view) differs(d news.Difference) differsView {
	out := differsView{Subject: v.tongue.Subject(d.Indicator, d.Period)}
	for _, p := range d.Values {
		out.Values = append(out.Values, valueView{
			v.tongue.Value(p.Figure), render.Tidy(p.Outlet, 80), render.Link(p.URL), render.Tidy(p.Figure.Sentence, 500),
		})
	}
	return out
}

func (v *view) quote(q news.Quote, n int) quoteView {
	out := quoteView{Text: cmp.Or(render.Tidy(q.Text, n), v.W.Untitled), Link: render.Link(q.URL), Outlet: render.Tidy(q.Outlet, 80), Lang: q.Lang}
	if q.Item != "" {
		out.Item = itemURL(q.Item)
	}
	return out
}

func (v *view) figure(l news.FigureLine) figureView {
	f := figureView{
		URL: figureURL(l.Figure.Indicator), Subject: v.tongue.Subject(l.Figure.Indicator, l.Figure.Period), Value: v.tongue.Value(l.Figure),
		Change: v.tongue.Change(l.Figure.Change), Conflict: l.Conflict,
		Quote: v.quote(news.Quote{Text: l.Figure.Sentence, URL: l.Source.URL, Outlet: l.Source.Outlet, Lang: l.Source.Lang, Item: l.Source.Item}, 600),
	}
	if l.Previous != nil {
		f.Previous = v.tongue.Value(*l.Previous)
		if p := v.tongue.Period(l.Previous.Period); p != "" {
			f.Previous += " (" + p + ")"
		}
	}
	return f
}

// strongest returns the n reasons that speak for something most, each wording once.
func strongest(es []news.Evidence, n int) []news.Evidence {
	es = slices.Clone(es)
	slices.SortStableFunc(es, func(a, b news.Evidence) int { return cmp.Compare(b.Points, a.Points) })
	var out []news.Evidence
	said := map[string]bool{}
	for _, e := range es {
		if e.Form = render.Tidy(e.Form, 60); e.Points > 0 && e.Form != "" && !said[e.Form] && len(out) < n {
			said[e.Form] = true
			out = append(out, e)
		}
	}
	return out
}

// The addresses of pages about one thing.
func storyURL(id string) string  { return "/stories/" + url.PathEscape(id) }
func itemURL(id string) string   { return "/items/" + url.PathEscape(id) }
func topicURL(s string) string   { return "/topics/" + url.PathEscape(s) }
func figureURL(id string) string { return "/figures/" + url.PathEscape(id) }
func feedURL(name string) string { return "/feeds/" + url.PathEscape(name) }

// calendar is a month of days, those with an edition as links.
type calendar struct {
	Name     string
	Weekdays []weekday
	Weeks    [][]calendarDay
	Prev     string // address of the last edition of an earlier month, "" for none
	Next     string
}

type weekday struct{ Short, Name string }

// calendarDay is a day of a calendar; N is 0 for one of another month.
type calendarDay struct {
	N       int
	URL     string // "" for a day without an edition
	Name    string
	Current bool
}

// calendar is the month of a day.
func (s *server) calendar(v *view, day time.Time) (calendar, error) {
	first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, day.Location())
	last := first.AddDate(0, 1, 0)
	c := calendar{Name: v.tongue.Month(first)}
	slots, err := s.slots(first, last, maxMonth)
	if err != nil {
		return c, err
	}
	made := map[string]bool{}
	for _, slot := range slots {
		made[v.dayOf(slot.At)] = true
	}
	for i := range 7 {
		name := v.tongue.WeekdayName(time.Weekday((i + 1) % 7)) // the week begins on Monday
		c.Weekdays = append(c.Weekdays, weekday{v.W.WeekdayShort[(i+1)%7], name})
	}
	week := make([]calendarDay, (int(first.Weekday())+6)%7)
	for d := first; d.Before(last); d = d.AddDate(0, 0, 1) {
		x := calendarDay{N: d.Day(), Name: v.tongue.Date(d), Current: d.Day() == day.Day()}
		if date := d.Format(time.DateOnly); made[date] {
			x.URL = "/day/" + date
		}
		if week = append(week, x); len(week) == 7 {
			c.Weeks, week = append(c.Weeks, week), nil
		}
	}
	if len(week) > 0 {
		c.Weeks = append(c.Weeks, append(week, make([]calendarDay, 7-len(week))...))
	}
	before, err := s.slots(time.Time{}, first, 1)
	if err != nil {
		return c, err
	}
	if len(before) > 0 {
		c.Prev = "/day/" + v.dayOf(before[0].At)
	}
	after, err := s.slots(last, time.Time{}, 1)
	if err == nil && len(after) > 0 {
		c.Next = "/day/" + last.Format(time.DateOnly)
	}
	return c, err
}
