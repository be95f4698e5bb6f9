package records

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"samur/internal/cluster"
	"samur/internal/coverage"
	"samur/internal/news"
	"samur/internal/render"
)

// Story is a story as it is listed.
type Story struct {
	ID      string          `json:"id"`
	First   time.Time       `json:"first_seen"`
	Last    time.Time       `json:"last_seen"`
	State   news.StoryState `json:"state"`
	Since   time.Time       `json:"state_since"`
	Voices  int             `json:"voices"` // outlets with words of their own
	Sides   []SideTold      `json:"sides"`  // in the order in which they reported
	Topics  []string        `json:"topics"` // slugs, that of most reports first
	Series  string          `json:"series,omitempty"`
	Title   string          `json:"title"`
	Told    []Told          `json:"told,omitempty"`
	Members []Member        `json:"members"`            // in order of publication
	LeftOut int             `json:"left_out,omitempty"` // members beyond those that were read
}

// Told is an edition that told a story.
type Told struct {
	Digest string      `json:"digest"`
	Slot   time.Time   `json:"slot"`
	Reason news.Reason `json:"reason,omitempty"` // why it returned there
}

// SideTold is what one side told of a story.
type SideTold struct {
	Side   news.Side `json:"side"`
	Outlet string    `json:"outlet"` // that was first
	Item   string    `json:"item"`
	At     time.Time `json:"at"`
	Lag    int64     `json:"lag_seconds"` // behind the story's first report
	Items  int       `json:"items"`
	Voices int       `json:"voices"`
}

// Member is a report of a story.
type Member struct {
	Item   string    `json:"item"`
	Outlet string    `json:"outlet"`
	Side   news.Side `json:"side"`
	Lang   news.Lang `json:"lang"`
	At     time.Time `json:"at"` // published, as far as that can be trusted
	Seen   time.Time `json:"first_seen"`
	Title  string    `json:"title"`
	URL    string    `json:"url"`
	CopyOf string    `json:"copy_of,omitempty"` // item whose text it repeats
	Why    string    `json:"why,omitempty"`

	Because *Because `json:"because,omitempty"` // of one story alone, by samur stories show
}

// TellingsOf are the editions that told a story, without the reasons.
func TellingsOf(story news.Story) []Told {
	told := make([]Told, 0, len(story.Told))
	for _, t := range story.Told {
		told = append(told, Told{Digest: t.Digest, Slot: t.Slot})
	}
	return told
}

// TopicsOf returns the topics of items, the one that most of them have first.
func TopicsOf(items []news.Item) []string {
	n := map[string]int{}
	topics := []string{}
	for _, it := range items {
		for _, m := range it.Verdict.Matches {
			if n[m.Topic]++; n[m.Topic] == 1 {
				topics = append(topics, m.Topic)
			}
		}
	}
	slices.SortFunc(topics, func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), strings.Compare(a, b)) })
	return topics
}

// StoryOf is a story as it is listed.
func StoryOf(in coverage.Input, c news.Course) Story {
	s := in.Story
	o := Story{
		ID: s.ID, First: s.First, Last: s.Last, State: c.State, Since: c.Since, Voices: s.Voices(), Series: s.Series,
		Told: TellingsOf(s), Topics: TopicsOf(in.Items), Sides: []SideTold{}, Members: []Member{},
	}
	for _, x := range coverage.SidesOf(in) {
		o.Sides = append(o.Sides, SideTold{x.Side, x.First.Outlet, x.First.Item, x.At, int64(x.Lag.Seconds()), x.Items, x.Voices})
	}
	items := map[string]*news.Item{}
	for i := range in.Items {
		items[in.Items[i].ID] = &in.Items[i]
	}
	for _, m := range coverage.InOrder(in) {
		it := items[m.Item]
		src := m.Source(it)
		o.Members = append(o.Members, Member{
			Item: m.Item, Outlet: m.Outlet, Side: m.Side, Lang: m.Lang, At: coverage.PublishedAt(m, it), Seen: m.FirstSeen,
			Title: src.Title, URL: src.URL, CopyOf: m.CopyOf, Why: render.English(m.Why),
		})
		o.Title = cmp.Or(o.Title, src.Title)
	}
	return o
}

// StoryInFull is a story with all that is known of it.
type StoryInFull struct {
	Story
	Silent        []Silence     `json:"silent"` // sides that told nothing, though their feeds were read without fault
	FiguresDiffer []Contest     `json:"figures_differ"`
	WordsDiffer   []Wording     `json:"words_differ"`
	Figures       []Tracked     `json:"figures"`
	Course        []Development `json:"course"` // what each report added
	Corrections   []Correction  `json:"corrections"`
}

// Because is why a report and an earlier one are one story: shared adds up to the first
// of parts, parts to margin, and from a margin of 0 on the two go together.
type Because struct {
	With       string   `json:"with"`
	Shared     []Points `json:"shared"`
	Parts      []Points `json:"parts"`
	Margin     float64  `json:"margin"`
	Likelihood float64  `json:"likelihood"`
	Line       float64  `json:"line"`
	Veto       string   `json:"veto,omitempty"`
	Together   bool     `json:"together"`
}

// Points is one term of a sum.
type Points struct {
	Name   string  `json:"name"`
	Points float64 `json:"points"`
}

// BecauseOf is a comparison.
func BecauseOf(e cluster.Explanation) *Because {
	o := Because{With: e.B, Shared: []Points{}, Parts: []Points{}, Margin: e.Margin, Likelihood: e.Likelihood, Line: e.Line, Veto: render.English(e.Veto), Together: e.Together}
	for _, t := range e.Shared {
		o.Shared = append(o.Shared, Points{t.Name, t.Points})
	}
	for _, t := range e.Parts {
		o.Parts = append(o.Parts, Points{t.Name, t.Points})
	}
	return &o
}

// Silence is a side that told nothing of a story.
type Silence struct {
	Side       news.Side `json:"side"`
	Outlets    int       `json:"outlets"` // read without fault
	Configured int       `json:"configured"`
	Since      time.Time `json:"since"`
}

// Contest is a figure of which the sides give values that cannot all be true.
type Contest struct {
	Indicator string      `json:"indicator"`
	Period    string      `json:"period"`
	Values    []SideValue `json:"values"`
}

// SideValue is the value that one side gives.
type SideValue struct {
	Side news.Side `json:"side"`
	Point
}

// Wording is a word that one side alone uses.
type Wording struct {
	Side    news.Side `json:"side"`
	Concept string    `json:"concept,omitempty"`
	Form    string    `json:"form"`
	Voices  int       `json:"voices"`
	Quote   Quote     `json:"quote"`
}

// Quote is a sentence of a report.
type Quote struct {
	Text   string    `json:"text"`
	Item   string    `json:"item"`
	Outlet string    `json:"outlet"`
	Lang   news.Lang `json:"lang"`
	URL    string    `json:"url"`
}

// Tracked is a figure of a story with the value that was known before.
type Tracked struct {
	Point
	Previous *Point `json:"previous,omitempty"`
}

// Development is what one report added to a story.
type Development struct {
	At        time.Time `json:"at"`
	Item      string    `json:"item"`
	Outlet    string    `json:"outlet"`
	Side      news.Side `json:"side"`
	Lang      news.Lang `json:"lang"`
	FirstSide bool      `json:"first_of_side,omitempty"`
	Sentence  string    `json:"sentence,omitempty"`
	Figures   []Figure  `json:"figures,omitempty"`
	Actors    []string  `json:"actors,omitempty"` // ids of concepts
}

// Correction is a sentence of a report that says something else since.
type Correction struct {
	Item   string              `json:"item"`
	Outlet string              `json:"outlet"`
	Side   news.Side           `json:"side"`
	URL    string              `json:"url"`
	At     time.Time           `json:"at"`
	Kind   news.CorrectionKind `json:"kind"`
	Old    string              `json:"old"`
	New    string              `json:"new"`
	Silent bool                `json:"silent"` // the publisher did not say so
}

// Record is the dossier as it is given to programs.
func (x Dossier) Record() StoryInFull {
	o := StoryInFull{
		Story: StoryOf(x.Input, x.Course), Silent: []Silence{}, FiguresDiffer: []Contest{}, WordsDiffer: []Wording{},
		Figures: []Tracked{}, Course: []Development{}, Corrections: []Correction{},
	}
	o.Told, o.LeftOut = x.Told, x.LeftOut
	for _, s := range x.Cover.Silent {
		o.Silent = append(o.Silent, Silence(s))
	}
	for _, f := range x.Cover.Figures {
		c := Contest{Indicator: f.Indicator, Period: f.Period, Values: []SideValue{}}
		for _, v := range f.Values {
			c.Values = append(c.Values, SideValue{v.Side, sourced(v.Point)})
		}
		o.FiguresDiffer = append(o.FiguresDiffer, c)
	}
	for _, w := range x.Cover.Words {
		q := Quote{w.Quote.Text, w.Quote.Item, w.Quote.Outlet, w.Quote.Lang, w.Quote.URL}
		o.WordsDiffer = append(o.WordsDiffer, Wording{w.Side, w.Concept, w.Form, w.Voices, q})
	}
	for _, f := range x.Figures {
		t := Tracked{Point: sourced(f.FigurePoint)}
		if f.Before != nil {
			p := sourced(*f.Before)
			t.Previous = &p
		}
		o.Figures = append(o.Figures, t)
	}
	for _, d := range x.Course.Steps {
		o.Course = append(o.Course, developmentOf(d))
	}
	for _, c := range x.Course.Corrections {
		o.Corrections = append(o.Corrections, Correction(c))
	}
	return o
}

func developmentOf(d news.Development) Development {
	o := Development{
		At: d.At, Item: d.Source.Item, Outlet: d.Source.Outlet, Side: d.Source.Side, Lang: d.Source.Lang,
		FirstSide: d.FirstSide, Sentence: d.Sentence.Text, Actors: d.Actors,
	}
	for _, f := range d.Figures {
		o.Figures = append(o.Figures, FigureOf(f))
	}
	return o
}
