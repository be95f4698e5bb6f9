package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/cluster"
	"samur/internal/coverage"
	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/reading"
	"samur/internal/store"
	"samur/seeds"
)

// dossier is all that is known of a story.
type dossier struct {
	coverage.Input
	cover   news.Coverage
	course  news.Course
	told    []toldOut
	figures []trackedFigure
	akin    map[string]cluster.Explanation // by item, with the earlier report that it is most like
}

// trackedFigure is a figure of the story with the value that was known before.
type trackedFigure struct {
	news.FigurePoint
	before *news.FigurePoint // nil when there is none
}

func newStoriesShow(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "show ID", Short: "show a story: every report, how the sides told it, how it went on", Args: takes(1, 1),
		Long: `Shows a story as a journalist would ask for it: its state; which side reported first and
how far behind the others were; which of Baku and Moscow stayed silent although its feeds
were read without fault; numbers and key words in which the two differ; figures with the
value known before; what each report added; where it was told and why; what was reworded
since, with the old and the new wording, and whether the publisher said so; and every
report in the order of publication, copies below their original, with the earlier report
that it is most like, what the two share and what speaks against, in points that add up;
for reports of more than some days ago, with what was noted when they came.

With --json it is one object: that of "stories list" (id, first_seen, last_seen, state,
state_since, voices, sides, topics, series, title, told, members) and
  silent         [{side, outlets, configured, since}]
  figures_differ [{indicator, period, values: [{side, …a figure with its source}]}]
  words_differ   [{side, concept, form, voices, quote}]
  figures        [{…a figure with its source, previous}]
  course         [{at, item, outlet, side, lang, first_of_side, sentence, figures, actors}]
  corrections    [{item, outlet, side, url, at, kind, old, new, silent}]
and for its members
  because        {with, shared: [{name, points}], parts, margin, likelihood, line, veto, together}
Times are UTC; a quote is {text, item, outlet, lang, url}.`,
		Example: "  samur stories show s0123456789abcdef",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withLine(func(c *app.Core, line *app.Line) error {
			d := dossiers{core: c, line: line, now: s.now()}
			x, err := d.open(args[0])
			if err != nil {
				return err
			}
			if x.Story.ID != args[0] {
				say(cmd.ErrOrStderr(), "%s was merged into %s", args[0], x.Story.ID)
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(x.out())
			}
			x.print(cmd.OutOrStdout())
			return nil
		})
	})
}

// open gathers what is known of the story with an id.
func (d dossiers) open(id string) (dossier, error) {
	s, err := d.core.Store.Story(id)
	if errors.Is(err, news.ErrNotFound) {
		return dossier{}, fmt.Errorf("no story is called %q; see: samur stories list", id)
	}
	if err != nil {
		return dossier{}, err
	}
	in, corrections, err := d.read(s)
	if err != nil {
		return dossier{}, err
	}
	if in.Polls, err = d.polls(in); err != nil {
		return dossier{}, err
	}
	in.Reader = reading.New(in.Lexicon, reading.Lead)
	x := dossier{Input: in, cover: coverage.Of(in), course: coverage.StateOf(in, corrections)}
	if x.told, err = toldWhy(d.core.Store, s); err != nil {
		return x, err
	}
	if x.figures, err = d.track(in); err != nil {
		return x, err
	}
	x.akin, err = d.line.Ingester.Akin(originals(in), d.now)
	return x, err
}

// originals returns the members with words of their own, in order of publication.
func originals(in coverage.Input) []string {
	var out []string
	for _, m := range coverage.InOrder(in) {
		if m.CopyOf == "" {
			out = append(out, m.Item)
		}
	}
	return out
}

// toldWhy returns where a story was told, and the reason where it came again.
func toldWhy(st *store.Store, s news.Story) ([]toldOut, error) {
	told := tellings(s)
	for i, t := range s.Told {
		d, err := st.Digest(news.Slot{Digest: t.Digest, At: t.Slot})
		if errors.Is(err, news.ErrNotFound) {
			continue // retention let it go
		}
		if err != nil {
			return nil, err
		}
		for _, sec := range d.Sections {
			for _, e := range sec.Entries {
				if e.Story == s.ID {
					told[i].Reason = e.Reason
				}
			}
		}
	}
	return told, nil
}

// track returns the figures of a story's originals, each once, with the last value that
// the seeds or the archive had before.
func (d dossiers) track(in coverage.Input) ([]trackedFigure, error) {
	var items []*news.Item
	own := map[string]bool{}
	for _, m := range coverage.InOrder(in) {
		own[m.Item] = true
		i := slices.IndexFunc(in.Items, func(it news.Item) bool { return it.ID == m.Item })
		if i >= 0 && m.CopyOf == "" {
			items = append(items, &in.Items[i])
		}
	}
	points := figures.Distinct(figures.PointsOf(items))
	if len(points) == 0 {
		return nil, nil
	}
	docs, err := app.Documents(d.core.Config.Seeds.Dir)
	if err != nil {
		return nil, misuse{err}
	}
	known := seeds.Points(docs)
	read := map[string]bool{}
	for _, p := range points {
		if read[p.Figure.Indicator] {
			continue
		}
		read[p.Figure.Indicator] = true
		ps, err := d.core.Store.FigurePoints(p.Figure.Indicator)
		if err != nil {
			return nil, err
		}
		known = append(known, slices.DeleteFunc(ps, func(q news.FigurePoint) bool { return own[q.Item] })...)
	}
	slices.SortFunc(known, figures.Earlier)
	out := make([]trackedFigure, len(points))
	for i, p := range points {
		out[i] = trackedFigure{p, figures.Previous(known, p)}
	}
	return out, nil
}

// dossierOut is a story with all that is known of it as printed.
type dossierOut struct {
	storyOut
	Silent        []silenceOut     `json:"silent"`
	FiguresDiffer []contestOut     `json:"figures_differ"`
	WordsDiffer   []wordingOut     `json:"words_differ"`
	Figures       []trackedOut     `json:"figures"`
	Course        []developmentOut `json:"course"`
	Corrections   []correctionOut  `json:"corrections"`
}

// becauseOut is why a report and an earlier one are one story: shared adds up to the first
// of parts, parts to margin, and from a margin of 0 on the two go together.
type becauseOut struct {
	With       string      `json:"with"`
	Shared     []pointsOut `json:"shared"`
	Parts      []pointsOut `json:"parts"`
	Margin     float64     `json:"margin"`
	Likelihood float64     `json:"likelihood"`
	Line       float64     `json:"line"`
	Veto       string      `json:"veto,omitempty"`
	Together   bool        `json:"together"`
}

// pointsOut is one term of a sum.
type pointsOut struct {
	Name   string  `json:"name"`
	Points float64 `json:"points"`
}

type silenceOut struct {
	Side       news.Side `json:"side"`
	Outlets    int       `json:"outlets"`
	Configured int       `json:"configured"`
	Since      time.Time `json:"since"`
}

type contestOut struct {
	Indicator string         `json:"indicator"`
	Period    string         `json:"period"`
	Values    []sideValueOut `json:"values"`
}

type sideValueOut struct {
	Side news.Side `json:"side"`
	pointOut
}

type wordingOut struct {
	Side    news.Side `json:"side"`
	Concept string    `json:"concept,omitempty"`
	Form    string    `json:"form"`
	Voices  int       `json:"voices"`
	Quote   quoteOut  `json:"quote"`
}

type quoteOut struct {
	Text   string    `json:"text"`
	Item   string    `json:"item"`
	Outlet string    `json:"outlet"`
	Lang   news.Lang `json:"lang"`
	URL    string    `json:"url"`
}

type trackedOut struct {
	pointOut
	Previous *pointOut `json:"previous,omitempty"`
}

type developmentOut struct {
	At        time.Time   `json:"at"`
	Item      string      `json:"item"`
	Outlet    string      `json:"outlet"`
	Side      news.Side   `json:"side"`
	Lang      news.Lang   `json:"lang"`
	FirstSide bool        `json:"first_of_side,omitempty"`
	Sentence  string      `json:"sentence,omitempty"`
	Figures   []figureOut `json:"figures,omitempty"`
	Actors    []string    `json:"actors,omitempty"`
}

type correctionOut struct {
	Item   string              `json:"item"`
	Outlet string              `json:"outlet"`
	Side   news.Side           `json:"side"`
	URL    string              `json:"url"`
	At     time.Time           `json:"at"`
	Kind   news.CorrectionKind `json:"kind"`
	Old    string              `json:"old"`
	New    string              `json:"new"`
	Silent bool                `json:"silent"`
}

func (x dossier) out() dossierOut {
	o := dossierOut{
		storyOut: listed(x.Input, x.course), Silent: []silenceOut{}, FiguresDiffer: []contestOut{}, WordsDiffer: []wordingOut{},
		Figures: []trackedOut{}, Course: []developmentOut{}, Corrections: []correctionOut{},
	}
	o.Told = x.told
	for i, m := range o.Members {
		if e, ok := x.akin[m.Item]; ok {
			o.Members[i].Because = becauseOf(e)
		}
	}
	for _, s := range x.cover.Silent {
		o.Silent = append(o.Silent, silenceOut(s))
	}
	for _, f := range x.cover.Figures {
		c := contestOut{Indicator: f.Indicator, Period: f.Period}
		for _, v := range f.Values {
			c.Values = append(c.Values, sideValueOut{v.Side, sourced(v.Point)})
		}
		o.FiguresDiffer = append(o.FiguresDiffer, c)
	}
	for _, w := range x.cover.Words {
		q := quoteOut{w.Quote.Text, w.Quote.Item, w.Quote.Outlet, w.Quote.Lang, w.Quote.URL}
		o.WordsDiffer = append(o.WordsDiffer, wordingOut{w.Side, w.Concept, w.Form, w.Voices, q})
	}
	for _, f := range x.figures {
		t := trackedOut{pointOut: sourced(f.FigurePoint)}
		if f.before != nil {
			p := sourced(*f.before)
			t.Previous = &p
		}
		o.Figures = append(o.Figures, t)
	}
	for _, d := range x.course.Steps {
		o.Course = append(o.Course, developmentOf(d))
	}
	for _, c := range x.course.Corrections {
		o.Corrections = append(o.Corrections, correctionOut(c))
	}
	return o
}

// becauseOf is a comparison as printed.
func becauseOf(e cluster.Explanation) *becauseOut {
	o := becauseOut{With: e.B, Shared: []pointsOut{}, Parts: []pointsOut{}, Margin: e.Margin, Likelihood: e.Likelihood, Line: e.Line, Veto: e.Veto, Together: e.Together}
	for _, t := range e.Shared {
		o.Shared = append(o.Shared, pointsOut{t.Name, t.Points})
	}
	for _, t := range e.Parts {
		o.Parts = append(o.Parts, pointsOut{t.Name, t.Points})
	}
	return &o
}

func sourced(p news.FigurePoint) pointOut { return pointOf(figures.Point{FigurePoint: p}) }

func developmentOf(d news.Development) developmentOut {
	o := developmentOut{
		At: d.At, Item: d.Source.Item, Outlet: d.Source.Outlet, Side: d.Source.Side, Lang: d.Source.Lang,
		FirstSide: d.FirstSide, Sentence: d.Sentence.Text, Actors: d.Actors,
	}
	for _, f := range d.Figures {
		o.Figures = append(o.Figures, figureOf(f))
	}
	return o
}

// actorNames returns the names of concepts in English, for people to read.
func (x dossier) actorNames(ids []string) []string {
	var out []string
	for _, id := range ids {
		name := id
		if c, ok := x.Lexicon.Concept(id); ok {
			name = cmp.Or(c.Name(news.En), id)
		}
		out = append(out, name)
	}
	return out
}
