package timeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// Merge joins the mentions of one event, in whatever language, state and item, into one
// Occasion. It gives the same for any order of ms; mentions of the same place in the same
// item count once. Occasions come by day, those without one by when they were told of.
//
// Two mentions are of one event when they are of one kind, their days can be the same, no
// place speaks against it, and those who are in them are: two in common are enough, one
// with nobody else to speak against it when the day, the place or the story is the same,
// none only in one item or story, or at one place on one day. The holder of an office is the
// office.
// Those with an exact day are joined first, so that what names none finds the event it can
// best be. Nothing is joined to what stands next to it in time alone: of two calls in one
// week each has its day.
func Merge(ms []news.Mention) []news.Occasion {
	m := merger{byKey: map[string][]*group{}}
	xs := prepare(ms)
	for _, pass := range []bool{true, false} {
		for _, x := range xs {
			if x.exact == pass {
				m.take(x)
			}
		}
	}
	out := make([]news.Occasion, 0, len(m.groups))
	for _, g := range m.groups {
		out = append(out, g.occasion())
	}
	slices.SortFunc(out, func(a, b news.Occasion) int {
		return cmp.Or(strings.Compare(sortDay(a), sortDay(b)), strings.Compare(a.ID, b.ID))
	})
	return out
}

// sortDay is the first day of an occasion, or that on which it was first told of.
func sortDay(o news.Occasion) string {
	if first, _, ok := news.DaySpan(o.Day); ok {
		return first.Format(time.DateOnly)
	}
	return o.Mentions[0].Published.UTC().Format(time.DateOnly)
}

// Days are counted from 1970.
type daySpan struct{ first, last int }

func (a daySpan) meets(b daySpan, slack int) bool {
	return a.first-slack <= b.last && b.first-slack <= a.last
}

func (a daySpan) with(b daySpan) daySpan {
	return daySpan{min(a.first, b.first), max(a.last, b.last)}
}

func dayOf(t time.Time) int { return int(t.Unix() / 86400) }

// exactDays is how many days a span may have to be exact.
const exactDays = 4

// How far from publication an event may lie whose day is not said: who tells of one that
// is over does so on the day or the next, within a story a little later; what is to come
// may be weeks ahead.
const (
	heldLag   = 1
	storyLag  = 4
	aheadLag  = 45
	sameStory = 1 // days by which two reports of one story may differ
)

// mention is one made ready.
type mention struct {
	m     news.Mention
	actor []string // canonical ids of who is in it, countries left out
	span  daySpan  // when it can be
	said  bool     // … by its own words
	was   daySpan  // of what was put off
	moved bool     // was is known
	reach daySpan  // all days on which it may find its event
	exact bool
}

// prepare sorts mentions and drops those that are there twice.
func prepare(ms []news.Mention) []mention {
	sorted := slices.Clone(ms)
	slices.SortFunc(sorted, inOrder)
	sorted = slices.CompactFunc(sorted, func(a, b news.Mention) bool { return a.Item == b.Item && mentionID(a) == mentionID(b) })
	out := make([]mention, 0, len(sorted))
	for _, m := range sorted {
		out = append(out, mentionOf(m))
	}
	slices.SortStableFunc(out, func(a, b mention) int { return cmp.Compare(a.span.first, b.span.first) })
	return out
}

// inOrder compares mentions by publication, those of one item by their place in it. Items
// of one time stand by their ids.
func inOrder(a, b news.Mention) int {
	return cmp.Or(
		a.Published.Compare(b.Published), strings.Compare(a.Item, b.Item),
		-strings.Compare(string(a.Event.Field), string(b.Event.Field)), // the title before the text
		cmp.Compare(a.Event.Start, b.Event.Start),
	)
}

// mentionID names a mention by its item and its place there.
func mentionID(m news.Mention) string {
	return fmt.Sprintf("o%s.%s%d", m.Item, m.Event.Field, m.Event.Start)
}

func mentionOf(m news.Mention) mention {
	x := mention{m: m}
	pub := dayOf(m.Published)
	for _, w := range m.Event.Who {
		if !strings.HasPrefix(w, "country/") {
			x.actor = append(x.actor, holder(w, m.Published))
		}
	}
	first, last, ok := news.DaySpan(m.Event.Day)
	switch {
	case ok:
		x.said, x.span = true, daySpan{dayOf(first), dayOf(last)}
		x.exact = x.span.last-x.span.first < exactDays
	case m.Event.State == news.EventHeld:
		x.span = daySpan{pub - heldLag, pub}
	default:
		x.span = daySpan{pub - heldLag, pub + aheadLag}
	}
	x.reach = daySpan{x.span.first - storyLag, x.span.last + sameStory}
	if first, last, ok := news.DaySpan(m.Event.Was); ok {
		x.moved, x.was = true, daySpan{dayOf(first), dayOf(last)}
		x.reach = x.reach.with(x.was)
	}
	return x
}

// group is an occasion while its mentions are gathered.
type group struct {
	ms      []mention
	actors  map[string]bool
	spans   []daySpan       // that its mentions said
	span    daySpan         // when it can be
	all     daySpan         // from the first to the last day of any of these
	stories map[string]bool // and items
	wheres  map[string]bool
	held    int // last day of it as held, 0 when it was not
}

type merger struct {
	groups []*group
	byKey  map[string][]*group
}

// take joins x to the entry that it fits best, or opens one.
func (m *merger) take(x mention) {
	var best *group
	most := 0
	for _, key := range keysOf(x) {
		for _, g := range m.byKey[key] {
			if !x.reach.meets(g.all, 0) && !g.tells(x) {
				continue
			}
			if p := g.fits(x); p > most {
				best, most = g, p
			}
		}
	}
	if best == nil {
		best = &group{actors: map[string]bool{}, stories: map[string]bool{}, wheres: map[string]bool{}, span: x.span, all: x.span}
		m.groups = append(m.groups, best)
	}
	for _, key := range keysOf(x) {
		if !best.actors[key] {
			best.actors[key] = true
			m.byKey[key] = append(m.byKey[key], best)
		}
	}
	best.add(x)
}

// keysOf are what entries that x may belong to are found by.
func keysOf(x mention) []string {
	keys := make([]string, 0, len(x.actor)+2)
	for _, a := range x.actor {
		keys = append(keys, string(x.m.Event.Kind)+a)
	}
	for _, s := range storiesOf(x) {
		keys = append(keys, string(x.m.Event.Kind)+"story "+s)
	}
	if x.m.Event.Where != "" {
		keys = append(keys, string(x.m.Event.Kind)+"where "+x.m.Event.Where)
	}
	return keys
}

// storiesOf are what x is told in: its item, and the story of that.
func storiesOf(x mention) []string {
	if x.m.Story == "" {
		return []string{x.m.Item}
	}
	return []string{x.m.Item, x.m.Story}
}

// tells reports whether g has a mention in the item or story of x.
func (g *group) tells(x mention) bool {
	return g.stories[x.m.Item] || x.m.Story != "" && g.stories[x.m.Story]
}

func (g *group) add(x mention) {
	g.ms = append(g.ms, x)
	g.all = g.all.with(x.span)
	switch {
	case g.span.meets(x.span, 0): // what they have in common
		g.span = daySpan{max(g.span.first, x.span.first), min(g.span.last, x.span.last)}
	case x.said:
		g.span = x.span
	}
	if x.said {
		g.say(x.span)
	}
	if x.moved {
		g.say(x.was)
	}
	for _, s := range storiesOf(x) {
		g.stories[s] = true
	}
	if w := x.m.Event.Where; w != "" {
		g.wheres[w] = true
	}
	if x.m.Event.State == news.EventHeld {
		g.held = x.span.last
	}
}

// say notes days that a mention said.
func (g *group) say(s daySpan) {
	g.all = g.all.with(s)
	if !slices.Contains(g.spans, s) {
		g.spans = append(g.spans, s)
	}
}

// The points of a fit. It takes at least one to join.
const (
	storyPoints = 8
	actorPoints = 3
	placePoints = 2
	dayPoints   = 2
)

// fits returns how well x fits e, 0 when it does not.
func (g *group) fits(x mention) int {
	story := g.tells(x)
	day, ok := g.dayFits(x, story)
	if !ok {
		return 0
	}
	place, ok := g.placeFits(x.m.Event.Where)
	if !ok {
		return 0
	}
	common, ok := g.actorsFit(x)
	switch {
	case !ok:
		return 0
	case common >= 2, story:
	case common == 1 && (day > 0 || place > 0 || x.off()):
	case common == 0 && day > 0 && place > 0 && x.exact:
	default:
		return 0
	}
	points := 1 + common*actorPoints + place + day
	if story {
		points += storyPoints
	}
	return points
}

// off reports whether x tells that something will not be as planned: it is of whatever was.
func (x mention) off() bool {
	return x.m.Event.State == news.EventCancelled || x.m.Event.State == news.EventPostponed
}

// dayFits reports whether x can be on e's day, with points when both say so.
func (g *group) dayFits(x mention, story bool) (int, bool) {
	slack := 0
	if story {
		slack = sameStory
	}
	if g.held != 0 && x.m.Event.State != news.EventHeld && dayOf(x.m.Published) > g.held+1 && !x.exact {
		return 0, false // the next one is planned
	}
	if !x.said {
		s := x.span
		if story && x.m.Event.State == news.EventHeld {
			s.first = s.last - storyLag
		}
		if x.moved && g.meetsSaid(x.was, 0) {
			return dayPoints, true
		}
		return 0, s.meets(g.span, 0)
	}
	switch {
	case g.meetsSaid(x.span, slack), x.moved && g.meetsSaid(x.was, slack):
		return dayPoints, true
	case len(g.spans) > 0:
		return 0, g.open() && story
	}
	return 0, x.span.meets(g.span, 0)
}

// meetsSaid reports whether some mention said a day of s.
func (g *group) meetsSaid(s daySpan, slack int) bool {
	return slices.ContainsFunc(g.spans, func(o daySpan) bool { return o.meets(s, slack) })
}

// open reports whether e was put off with no new day set.
func (g *group) open() bool {
	last := g.ms[len(g.ms)-1].m.Event
	return last.State == news.EventPostponed && last.Day == ""
}

// placeFits reports whether a place can be e's, with points when it is. A city is in its
// country; an unnamed place can be any.
func (g *group) placeFits(where string) (int, bool) {
	if where == "" || len(g.wheres) == 0 {
		return 0, true
	}
	if g.wheres[where] {
		return placePoints, true
	}
	for w := range g.wheres {
		if strings.HasPrefix(w, "country/") || strings.HasPrefix(where, "country/") || strings.HasPrefix(w, "institution/") || strings.HasPrefix(where, "institution/") {
			return 0, true
		}
	}
	return 0, false
}

// actorsFit counts those in common. Others on both sides speak against it: who met
// Lavrov and who met Overchuk did not meet the same man.
func (g *group) actorsFit(x mention) (common int, ok bool) {
	kind := string(x.m.Event.Kind)
	var mine []string
	for _, a := range x.actor {
		if g.actors[kind+a] {
			common++
		} else {
			mine = append(mine, a)
		}
	}
	if common >= 2 || len(mine) == 0 {
		return common, true
	}
	for key := range g.actors {
		a, ok := strings.CutPrefix(key, kind)
		if !ok || slices.Contains(x.actor, a) || !strings.Contains(a, "/") || strings.Contains(a, " ") {
			continue
		}
		if slices.ContainsFunc(mine, func(b string) bool { return kindOf(a) == kindOf(b) && kindOf(a) != "office" }) {
			return 0, false
		}
	}
	return common, true
}

func kindOf(id string) string {
	kind, _, _ := strings.Cut(id, "/")
	return kind
}

// occasion makes the entry of the timeline.
func (g *group) occasion() news.Occasion {
	slices.SortStableFunc(g.ms, func(a, b mention) int {
		return inOrder(a.m, b.m)
	})
	o := news.Occasion{ID: mentionID(g.ms[0].m), Kind: g.ms[0].m.Event.Kind}
	for _, x := range g.ms {
		o.Mentions = append(o.Mentions, x.m)
	}
	h := o.History()
	o.State = h[len(h)-1].Event.State
	o.Who = mostly(o.Mentions, func(ev news.Event) []string { return ev.Who })
	o.Who = plainly(o.Who, g.ms[0].m.Published)
	o.Where = placeOf(mostly(o.Mentions, func(ev news.Event) []string { return []string{ev.Where} }))
	if ds := mostly(o.Mentions, func(ev news.Event) []string { return []string{ev.Document} }); len(ds) > 0 {
		o.Document = ds[0]
	}
	o.Day = g.day(o)
	return o
}

// day is the day of o: as those say who tell that it was held, else as the last who moved
// it, else as most exactly stated.
func (g *group) day(o news.Occasion) string {
	from := 0
	for i, m := range o.Mentions {
		if m.Event.State == news.EventPostponed {
			from = i
		}
	}
	var held, said []string
	for i, m := range o.Mentions {
		switch {
		case m.Event.Day == "":
		case m.Event.State == news.EventHeld:
			held = append(held, m.Event.Day)
		case i >= from:
			said = append(said, m.Event.Day)
		}
	}
	if o.State == news.EventHeld && len(held) > 0 {
		return narrowest(held)
	}
	return narrowest(said)
}

// narrowest returns the day of the shortest span, of several the one said most often.
func narrowest(days []string) string {
	count := map[string]int{}
	for _, d := range days {
		count[d]++
	}
	width := func(d string) int {
		first, last, _ := news.DaySpan(d)
		return dayOf(last) - dayOf(first)
	}
	best := ""
	for _, d := range slices.Sorted(maps.Keys(count)) {
		if best == "" || width(d) < width(best) || width(d) == width(best) && count[d] > count[best] {
			best = d
		}
	}
	return best
}

// mostly lists what mentions say, most often said first, of those said equally often the
// one said first.
func mostly(ms []news.Mention, of func(news.Event) []string) []string {
	var out []string
	count := map[string]int{}
	for _, m := range ms {
		for _, s := range of(m.Event) {
			if s == "" {
				continue
			}
			if count[s] == 0 {
				out = append(out, s)
			}
			count[s]++
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return out
}

// placeOf is the place that says most: a city before a country.
func placeOf(places []string) string {
	for _, p := range places {
		if !strings.HasPrefix(p, "country/") {
			return p
		}
	}
	if len(places) > 0 {
		return places[0]
	}
	return ""
}

// plainly leaves out the office of a holder who is named, countries where at least two
// others are, and offices where at least two persons are.
func plainly(who []string, at time.Time) []string {
	persons, others := 0, 0
	for _, w := range who {
		switch kindOf(w) {
		case "person":
			persons++
			others++
		case "country":
		default:
			others++
		}
	}
	return slices.DeleteFunc(who, func(w string) bool {
		if h := holder(w, at); h != w && slices.Contains(who, h) {
			return true
		}
		return others >= 2 && kindOf(w) == "country" || persons >= 2 && kindOf(w) == "office"
	})
}

// aheadFor is how far Ahead looks.
const aheadFor = 14 * 24 * time.Hour

// Ahead returns the occasions of os that are to come within two weeks from the day of now:
// planned or put off to a day, and not called off. What is set for a span longer than a
// week is left out.
func Ahead(os []news.Occasion, now time.Time) []news.Occasion {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	var out []news.Occasion
	for _, o := range os {
		first, last, ok := news.DaySpan(o.Day)
		if !ok || o.State != news.EventPlanned && o.State != news.EventPostponed {
			continue
		}
		if last.Before(today) || first.After(today.Add(aheadFor)) || last.Sub(first) >= 7*24*time.Hour {
			continue
		}
		out = append(out, o)
	}
	slices.SortStableFunc(out, func(a, b news.Occasion) int { return strings.Compare(sortDay(a), sortDay(b)) })
	return out
}
