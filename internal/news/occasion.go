package news

import (
	"strings"
	"time"
)

// Event is something that happens at a time, as one item states it: a meeting, a
// visit, a call, the signing of a document.
type Event struct {
	Kind     EventKind
	State    EventState
	Who      []string // ids of concepts, those who act first
	Where    string   // id of a concept, "" when not said
	Day      string   // see DaySpan; "" when the item names none, of what was postponed when no new one is set
	Was      string   // when what was postponed had been to happen, as Day; "" when not said
	Document string   // what is signed, verbatim; "" when it has no name
	Sentence string   // verbatim
	Field    Field
	Start    int // byte offset in the field of the words that name it
	End      int
}

// EventKind says what happens.
type EventKind string

// The kinds.
const (
	EventMeeting EventKind = "meeting" // also talks and sessions of a commission
	EventCall    EventKind = "call"
	EventVisit   EventKind = "visit"
	EventSigning EventKind = "signing"
)

// EventKinds returns every kind.
func EventKinds() []EventKind {
	return []EventKind{EventMeeting, EventCall, EventVisit, EventSigning}
}

// EventState says how far it has come.
type EventState string

// The states.
const (
	EventPlanned   EventState = "planned"
	EventHeld      EventState = "held"
	EventPostponed EventState = "postponed"
	EventCancelled EventState = "cancelled"
)

// Mention is one Event with the item that states it. It outlives the item's text.
type Mention struct {
	Item      string
	Story     string
	Outlet    string
	Side      Side
	Lang      Lang
	URL       string
	Published time.Time
	Event     Event
}

// MentionsOf returns the events of it as mentions.
func MentionsOf(it Item) []Mention {
	ms := make([]Mention, 0, len(it.Events))
	for _, e := range it.Events {
		ms = append(ms, Mention{it.ID, it.Story, it.Outlet, it.Side, it.Lang, it.URL, it.Published, e})
	}
	return ms
}

// Occasion is one entry of the timeline: all mentions of one event, whatever state they
// knew it in. A planned meeting that was held is one Occasion.
type Occasion struct {
	ID       string // "o" and the id of the item that spoke of it first, with its place there
	Kind     EventKind
	State    EventState // as last stated
	Who      []string   // ids of concepts, by how often they are named
	Where    string
	Day      string // as most exactly stated; that of the last postponement when there was one
	Document string
	Mentions []Mention // earliest first
}

// History returns, of each state that o went through, the mention that told of it
// first, in the order in which they were told.
func (o Occasion) History() []Mention {
	var out []Mention
	for _, m := range o.Mentions {
		if len(out) == 0 || out[len(out)-1].Event.State != m.Event.State && follows(out, m.Event) {
			out = append(out, m)
		}
	}
	return out
}

// follows reports whether a state is news after those told: what was held is no more
// said to be planned, whoever still writes so.
func follows(told []Mention, e Event) bool {
	for _, m := range told {
		if m.Event.State == e.State && m.Event.Day == e.Day || m.Event.State == EventHeld {
			return false
		}
	}
	return true
}

// DaySpan returns the first and the last day of what an Event's Day says: one day,
// "2026-03-08", a month, "2026-03", a quarter, "2026-Q2", a year, "2026", or a run of days,
// "2026-03-09/2026-03-15". ok is false for anything else.
func DaySpan(day string) (first, last time.Time, ok bool) {
	if from, to, run := strings.Cut(day, "/"); run {
		first, err := time.Parse(time.DateOnly, from)
		last, err2 := time.Parse(time.DateOnly, to)
		return first, last, err == nil && err2 == nil && !last.Before(first)
	}
	if year, q, quarter := strings.Cut(day, "-Q"); quarter {
		first, err := time.Parse("2006", year)
		if err != nil || len(q) != 1 || q < "1" || q > "4" {
			return first, last, false
		}
		first = first.AddDate(0, 3*int(q[0]-'1'), 0)
		return first, first.AddDate(0, 3, -1), true
	}
	for _, form := range []struct {
		layout        string
		years, months int
		days          int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if first, err := time.Parse(form.layout, day); err == nil {
			return first, first.AddDate(form.years, form.months, form.days-1), true
		}
	}
	return time.Time{}, time.Time{}, false
}
