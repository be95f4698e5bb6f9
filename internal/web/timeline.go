package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/timeline"
)

// Bounds of the timeline.
const (
	maxOccasions = 80
	maxMentions  = 8  // reports of one event
	spanDays     = 60 // shown at once
)

// timelinePage is the events of some weeks, by day.
type timelinePage struct {
	From, To  string
	Before    string // address of the weeks before
	After     string
	Person    string // who was asked for, as names
	Asked     string // as it was typed, or a name for an id
	Unknown   bool   // nobody goes by that name
	Near      []topicLink
	People    []string
	Kinds     []choice
	Occasions []occasionRow
	More      int
}

// occasionRow is one event with what became of it.
type occasionRow struct {
	Day, Kind, State string
	Who              []topicLink // names, each with the address of its own timeline
	Where            string
	Document         string
	History          []historyRow
	Mentions         []mentionRow
	More             int
}

// historyRow is a state that an event went through.
type historyRow struct {
	State string
	At    time.Time
	By    string
}

// mentionRow is one report of an event.
type mentionRow struct {
	Side  news.Side
	Quote quoteView
	At    time.Time
	Story string
}

// timeline shows meetings, visits, calls and signings.
func (s *server) timeline(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	lx, _, err := s.read()
	if err != nil {
		s.fail(w, v, err)
		return
	}
	p, err := s.timelinePage(v, lx)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	title := v.W.Timeline
	if p.Person != "" {
		title += ": " + p.Person
	}
	s.render(w, v, "timeline", title, p)
}

func (s *server) timelinePage(v *view, lx *lexicon.Lexicon) (timelinePage, error) {
	to := v.now.In(v.tongue.Location()).AddDate(0, 0, 14)
	if t := v.date(v.query.Get("to")); !t.IsZero() && t.Year() > 1990 && t.Year() < 2200 {
		to = t
	}
	from := to.AddDate(0, 0, -spanDays)
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	c := timeline.Choice{From: day(from), To: day(to), Kind: news.EventKind(v.query.Get("kind"))}
	p := timelinePage{From: c.From, To: c.To, Before: v.Change("to", day(from.AddDate(0, 0, -1))), After: v.Change("to", day(to.AddDate(0, 0, spanDays+1)))}
	p.Kinds = []choice{{Name: v.W.Any}}
	for _, k := range news.EventKinds() {
		p.Kinds = append(p.Kinds, choice{string(k), v.tongue.Event(k), k == c.Kind})
	}
	if !slices.Contains(news.EventKinds(), c.Kind) {
		c.Kind = ""
	}
	v.person(lx, &p, &c)
	if p.Unknown {
		return p, nil
	}
	ms, err := s.o.Store.Mentions(c.Around())
	if err != nil {
		return p, err
	}
	all := timeline.Merge(ms)
	p.People = v.people(lx, all)
	found := slices.DeleteFunc(all, func(o news.Occasion) bool { return !c.Takes(o) })
	slices.Reverse(found) // what is to come and what was last stand first
	found, p.More = bounded(found, maxOccasions)
	for _, o := range found {
		p.Occasions = append(p.Occasions, v.occasion(lx, o))
	}
	return p, nil
}

// maxPeople bounds how many people can be chosen from.
const maxPeople = 40

// person finds who is asked for: by any name in any language and form, or by an id, as
// the links of the page have it.
func (v *view) person(lx *lexicon.Lexicon, p *timelinePage, c *timeline.Choice) {
	p.Asked = render.Tidy(cmp.Or(v.query.Get("who"), v.query.Get("person")), 80)
	if p.Asked == "" {
		return
	}
	c.Who = timeline.Who(lx, p.Asked)
	var names []string
	for _, id := range c.Who[:min(len(c.Who), 5)] {
		names = append(names, v.concept(lx, id))
	}
	p.Person = strings.Join(names, ", ")
	if len(c.Who) == 1 && c.Who[0] == p.Asked {
		p.Asked = p.Person
	}
	if p.Unknown = len(c.Who) == 0; p.Unknown {
		for _, x := range timeline.Near(lx, p.Asked) {
			p.Near = append(p.Near, topicLink{personURL(x.ID), v.concept(lx, x.ID)})
		}
	}
}

// personURL is the timeline of a concept.
func personURL(id string) string { return "/timeline?who=" + url.QueryEscape(id) }

// people are the names of those in the most events.
func (v *view) people(lx *lexicon.Lexicon, os []news.Occasion) []string {
	n := map[string]int{}
	for _, o := range os {
		for _, id := range o.Who {
			if c, ok := lx.Concept(id); ok && (c.Kind == lexicon.Person || c.Kind == lexicon.Office) {
				n[id]++
			}
		}
	}
	var ids []string
	for id := range n {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		if n[a] != n[b] {
			return n[b] - n[a]
		}
		return strings.Compare(a, b)
	})
	var out []string
	for _, id := range ids[:min(len(ids), maxPeople)] {
		out = append(out, v.concept(lx, id))
	}
	return out
}

// concept is the name of a concept.
func (v *view) concept(lx *lexicon.Lexicon, id string) string {
	if c, ok := lx.Concept(id); ok {
		return render.Tidy(c.Name(v.Lang), 80)
	}
	return render.Tidy(id, 80)
}

func (v *view) occasion(lx *lexicon.Lexicon, o news.Occasion) occasionRow {
	row := occasionRow{Day: v.tongue.Day(o.Day), Kind: v.tongue.Event(o.Kind), State: v.tongue.EventState(o.State), Document: render.Tidy(o.Document, 300)}
	if o.Day == "" {
		row.Day = v.Say(v.W.DayNotSaid, v.tongue.Date(o.Mentions[0].Published))
	}
	if o.Where != "" {
		row.Where = v.concept(lx, o.Where)
	}
	for _, id := range o.Who[:min(len(o.Who), 12)] {
		row.Who = append(row.Who, topicLink{personURL(id), v.concept(lx, id)})
	}
	for _, m := range o.History() {
		row.History = append(row.History, historyRow{v.tongue.EventState(m.Event.State), m.Published, render.Tidy(m.Outlet, 80)})
	}
	ms, more := bounded(o.Mentions, maxMentions)
	row.More = more
	for _, m := range ms {
		x := mentionRow{Side: m.Side, At: m.Published, Quote: v.quote(news.Quote{Text: m.Event.Sentence, Item: m.Item, URL: m.URL, Outlet: m.Outlet, Lang: m.Lang}, 500)}
		if m.Story != "" {
			x.Story = storyURL(m.Story)
		}
		row.Mentions = append(row.Mentions, x)
	}
	return row
}
