package records

import (
	"time"

	"samur/internal/news"
)

// Occasion is a meeting, visit, call or signing with what became of it.
type Occasion struct {
	ID       string            `json:"id"`
	Day      *string           `json:"day"` // null when no report names one
	Kind     news.EventKind    `json:"kind"`
	State    news.EventState   `json:"state"`
	Who      []Named           `json:"who"`
	Where    *Named            `json:"where,omitempty"`
	Document string            `json:"document,omitempty"`
	History  []news.EventState `json:"history"`
	Mentions []Mention         `json:"mentions"` // earliest first
}

// Named is a concept of the lexicon with its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Mention is one report of an occasion.
type Mention struct {
	State     news.EventState `json:"state"`
	Day       string          `json:"day,omitempty"`
	Was       string          `json:"was,omitempty"` // day that it was moved from
	Sentence  string          `json:"sentence"`
	Outlet    string          `json:"outlet"`
	Side      news.Side       `json:"side"`
	Lang      news.Lang       `json:"lang"`
	Published time.Time       `json:"published"`
	URL       string          `json:"url"`
	Item      string          `json:"item"`
	Story     string          `json:"story,omitempty"`
}

// OccasionOf is an occasion with the names that name gives of concepts.
func OccasionOf(o news.Occasion, name func(id string) string) Occasion {
	x := Occasion{ID: o.ID, Kind: o.Kind, State: o.State, Document: o.Document, Who: []Named{}, History: []news.EventState{}, Mentions: []Mention{}}
	if o.Day != "" {
		x.Day = &o.Day
	}
	for _, id := range o.Who {
		x.Who = append(x.Who, Named{id, name(id)})
	}
	if o.Where != "" {
		x.Where = &Named{o.Where, name(o.Where)}
	}
	for _, m := range o.History() {
		x.History = append(x.History, m.Event.State)
	}
	for _, m := range o.Mentions {
		e := m.Event
		x.Mentions = append(x.Mentions, Mention{
			e.State, e.Day, e.Was, e.Sentence, m.Outlet, m.Side, m.Lang, m.Published, m.URL, m.Item, m.Story,
		})
	}
	return x
}
