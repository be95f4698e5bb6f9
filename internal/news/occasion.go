package news

import "time"

// Event is something that happens at a time, as one item states it: a meeting, a
// visit, a call, the signing of a document.
type Event struct {
	Kind     EventKind
	State    EventState
	Who      []string // ids of concepts, those who act first
	Where    string   // id of a concept, "" when not said
	Day      string   // "2026-03-08", or a Period when no day is said: "2026-03", "2026-Q2"; "" when nothing is
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

// Occasion is one entry of the timeline: all mentions of one event, whatever state they
// knew it in. A planned meeting that was held is one Occasion.
type Occasion struct {
	ID       string // "o" and the id of the item that spoke of it first, with its place there
	Kind     EventKind
	State    EventState // as last stated
	Who      []string   // ids of concepts, by how often they are named
	Where    string
	Day      string
	Document string
	Mentions []Mention // earliest first
}
