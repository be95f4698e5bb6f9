// Package records has the shapes in which the archive is given to programs: what the
// commands print with --json and what the pages' API answers, so that a program that
// reads one reads the other. A shape is a struct with its JSON names; the function beside
// it, named after it, makes it of the types of package news.
//
// The shapes promise: a list that is empty is [], never null; times are RFC 3339 in UTC;
// what is always there has no "omitempty", and the API's schema (internal/web/genapi)
// calls it required. Nothing is escaped or shortened here: who prints to a terminal, or
// gives what a feed said to strangers, sees to that.
//
// Reader gathers what a story's record needs from the store. Read Item first, then
// Reader.
package records

import (
	"time"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/render"
)

// Item is an item as it is listed.
type Item struct {
	ID        string    `json:"id"`
	FirstSeen time.Time `json:"first_seen"`
	Published time.Time `json:"published"` // as the feed says, first_seen when it says nothing usable
	Feed      string    `json:"feed"`
	Outlet    string    `json:"outlet"`
	Side      news.Side `json:"side"`
	Lang      news.Lang `json:"lang"`
	Title     string    `json:"title"`
	URL       string    `json:"url"`
	Relevant  bool      `json:"relevant"`
	Score     float64   `json:"score"`
	Topics    []string  `json:"topics"` // slugs
	Story     string    `json:"story,omitempty"`
	Figures   []Figure  `json:"figures,omitempty"`
}

// ItemOf is an item as it is listed.
func ItemOf(it news.Item) Item {
	o := Item{
		ID: it.ID, FirstSeen: it.FirstSeen, Published: it.Published, Feed: it.Feed, Outlet: it.Outlet, Side: it.Side,
		Lang: it.Lang, Title: it.Title, URL: it.URL, Relevant: it.Verdict.Relevant, Score: it.Verdict.Score,
		Topics: []string{}, Story: it.Story,
	}
	for _, m := range it.Verdict.Matches {
		o.Topics = append(o.Topics, m.Topic)
	}
	for _, f := range it.Figures {
		o.Figures = append(o.Figures, FigureOf(f))
	}
	return o
}

// ItemInFull is an item with its text and every reason for what became of it.
type ItemInFull struct {
	Item
	Text     string     `json:"text"`               // plain; paragraphs end in a line break
	DatedBy  string     `json:"dated_by"`           // where published comes from
	Via      string     `json:"via,omitempty"`      // outlet that it credits as its source
	CopyOf   string     `json:"copy_of,omitempty"`  // item whose text it repeats
	Revises  string     `json:"revises,omitempty"`  // rejected item whose later wording it is
	Archived bool       `json:"archived,omitempty"` // older than the first poll's limit: known, never told
	Verdict  Verdict    `json:"verdict"`
	Later    []Revision `json:"later_wordings,omitempty"` // oldest first
}

// Revision is a later wording of an item.
type Revision struct {
	At     time.Time `json:"at"`
	Title  string    `json:"title"`
	Text   string    `json:"text"`
	Became string    `json:"became,omitempty"` // item that it is since
}

// ItemInFullOf is an item with its later wordings.
func ItemInFullOf(it news.Item, later []news.Revision) ItemInFull {
	o := ItemInFull{
		Item: ItemOf(it), Text: it.Text, DatedBy: string(it.Dated), Via: it.Via, CopyOf: it.CopyOf, Revises: it.Revises, Archived: it.Archived,
		Verdict: VerdictOf(it.ID, it),
	}
	for _, r := range later {
		o.Later = append(o.Later, Revision{r.At, r.Title, r.Text, r.Became})
	}
	return o
}

// Evidence is one reason of a verdict. Offsets count bytes of the title or text.
type Evidence struct {
	Field   news.Field `json:"field,omitempty"` // where it stands, none for what no word stands for
	Start   int        `json:"start"`
	End     int        `json:"end"`
	Form    string     `json:"form,omitempty"` // as it stands there
	Concept string     `json:"concept,omitempty"`
	Points  float64    `json:"points"`
	Why     string     `json:"why"`
}

// EvidenceOf is a list of reasons.
func EvidenceOf(es []news.Evidence) []Evidence {
	out := make([]Evidence, 0, len(es))
	for _, e := range es {
		out = append(out, Evidence{e.Field, e.Start, e.End, e.Form, e.Concept, e.Points, render.English(e.Why)})
	}
	return out
}

// Match is a topic that an item belongs to.
type Match struct {
	Slug     string     `json:"slug"`
	Score    float64    `json:"score"`
	Evidence []Evidence `json:"evidence"` // points add up to score
}

// Verdict is what was decided of an item, and why.
type Verdict struct {
	ID        string     `json:"id"` // of the item
	Lang      news.Lang  `json:"lang"`
	Relevant  bool       `json:"relevant"`
	Score     float64    `json:"score"`
	Threshold float64    `json:"threshold"` // score from which an item is relevant
	Topics    []Match    `json:"topics"`
	Evidence  []Evidence `json:"evidence"` // points add up to score
	Missing   string     `json:"missing,omitempty"`
}

// VerdictOf is the verdict on an item that goes by an id of the caller's.
func VerdictOf(id string, it news.Item) Verdict {
	v := Verdict{
		ID: id, Lang: it.Lang, Relevant: it.Verdict.Relevant, Score: it.Verdict.Score, Threshold: it.Verdict.Threshold,
		Topics: []Match{}, Evidence: EvidenceOf(it.Verdict.Evidence), Missing: render.English(it.Verdict.Missing),
	}
	for _, m := range it.Verdict.Matches {
		v.Topics = append(v.Topics, Match{m.Topic, m.Score, EvidenceOf(m.Evidence)})
	}
	return v
}

// Change is how a figure moved.
type Change struct {
	Direction string  `json:"direction,omitempty"` // up or down
	Percent   float64 `json:"percent,omitempty"`
	Times     float64 `json:"times,omitempty"`
	Base      string  `json:"base,omitempty"` // period compared with
}

// Figure is a number that an item states.
type Figure struct {
	Indicator string  `json:"indicator"`
	Value     float64 `json:"value"`
	High      float64 `json:"high,omitempty"` // of a range from value to high
	Unit      string  `json:"unit"`
	Period    *string `json:"period"` // null when none is stated
	Change    *Change `json:"change,omitempty"`
	Approx    string  `json:"approx,omitempty"` // about, more-than …
	Counter   string  `json:"counted_by,omitempty"`
	Sentence  string  `json:"sentence"`
}

// FigureOf is a figure.
func FigureOf(f news.Figure) Figure {
	o := Figure{Indicator: f.Indicator, Value: f.Value, High: f.High, Unit: f.Unit, Approx: f.Approx, Counter: f.Counter, Sentence: f.Sentence}
	if f.Period != "" {
		o.Period = &f.Period
	}
	if f.Change != nil {
		c := Change(*f.Change)
		o.Change = &c
	}
	return o
}

// Point is a figure with its source.
type Point struct {
	Figure
	Outlet    string    `json:"outlet"`
	URL       string    `json:"url"`
	Published time.Time `json:"published,omitzero"`
	Item      string    `json:"item"`                 // of a figure of the seed documents, the place there: seed:…
	RevisedTo *float64  `json:"revised_to,omitempty"` // by a later count of the same by the same counter, or by its publisher
	Revises   *float64  `json:"revises,omitempty"`    // earlier count that it takes the place of, or what its publisher said before
	Disputed  bool      `json:"disputed,omitempty"`   // another source gives a value that cannot be true beside it
}

// PointOf is a point of a series.
func PointOf(p figures.Point) Point {
	o := Point{
		Figure: FigureOf(p.FigurePoint.Figure), Outlet: p.Outlet, URL: p.URL, Published: p.Published, Item: p.Item, Disputed: p.Disputed,
	}
	if p.RevisedTo != nil {
		o.RevisedTo = &p.RevisedTo.Value
	}
	if p.Revises != nil {
		o.Revises = &p.Revises.Value
	}
	return o
}

// sourced is a figure that is no part of a series.
func sourced(p news.FigurePoint) Point { return PointOf(figures.Point{FigurePoint: p}) }

// Indicator is a series of figures as it is listed.
type Indicator struct {
	Indicator string `json:"indicator"`
	Values    int    `json:"values"`
	Last      Point  `json:"last"` // published last
}

// IndicatorOf is a series, which has points.
func IndicatorOf(name string, ps []figures.Point) Indicator {
	return Indicator{name, len(ps), PointOf(Latest(ps))}
}

// Latest returns the point published last, of several the one with the latest period.
func Latest(ps []figures.Point) figures.Point {
	last := ps[0]
	for _, p := range ps {
		if !p.Published.Before(last.Published) {
			last = p
		}
	}
	return last
}
