package records

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"samur/internal/coverage"
	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
	"samur/internal/store"
)

// Reader gathers what the store and the feeds know of stories.
type Reader struct {
	Store   *store.Store
	Lexicon *lexicon.Lexicon
	Feeds   []news.Feed                        // those that are read
	Seeds   func() ([]news.FigurePoint, error) // figures of the seed documents; nil is none
	Now     time.Time

	Members int    // reads no more members of a story than so many, the earliest; 0 is all
	Polls   uint64 // looks at no more polls: beyond them no side is called silent; 0 is all
}

// Dossier is all that is known of a story.
type Dossier struct {
	coverage.Input
	Cover   news.Coverage
	Course  news.Course
	Told    []Told
	Figures []TrackedFigure
	LeftOut int // members beyond those that were read
}

// TrackedFigure is a figure of a story with the value that was known before.
type TrackedFigure struct {
	news.FigurePoint
	Before *news.FigurePoint // nil when there is none
}

// Story returns a story with its items and what was corrected in them.
func (r Reader) Story(s news.Story) (in coverage.Input, corrections []news.Correction, leftOut int, err error) {
	if n := len(s.Members); r.Members > 0 && n > r.Members {
		s.Members, leftOut = s.Members[:r.Members:r.Members], n-r.Members
	}
	in = coverage.Input{Story: s, Now: r.Now, Lexicon: r.Lexicon}
	for _, m := range s.Members {
		it, err := r.Store.Item(m.Item)
		if errors.Is(err, news.ErrNotFound) {
			continue // pruned: old news of a story that goes on
		}
		if err != nil {
			return in, nil, 0, err
		}
		in.Items = append(in.Items, it)
		revisions, err := r.Store.Revisions(m.Item)
		if err != nil {
			return in, nil, 0, err
		}
		corrections = append(corrections, coverage.Corrections(r.Lexicon, it, revisions)...)
	}
	return in, corrections, leftOut, nil
}

// Listed returns a story as it is listed.
func (r Reader) Listed(s news.Story) (Story, error) {
	in, corrections, leftOut, err := r.Story(s)
	if err != nil {
		return Story{}, err
	}
	o := StoryOf(in, coverage.StateOf(in, corrections))
	o.LeftOut, o.Voices = leftOut, s.Voices()
	return o, nil
}

// Dossier gathers what is known of a story.
func (r Reader) Dossier(s news.Story) (Dossier, error) {
	in, corrections, leftOut, err := r.Story(s)
	if err != nil {
		return Dossier{}, err
	}
	if in.Polls, err = r.polls(in); err != nil {
		return Dossier{}, err
	}
	in.Reader = reading.New(in.Lexicon, reading.Lead)
	now, err := AsRestated(r.Store, in, corrections)
	if err != nil {
		return Dossier{}, err
	}
	x := Dossier{Input: in, Cover: coverage.Of(now), Course: coverage.StateOf(in, corrections), LeftOut: leftOut}
	if x.Told, err = r.told(s); err != nil {
		return x, err
	}
	x.Figures, err = r.track(now)
	return x, err
}

// polls reads how the feeds were polled while it mattered to the story: three days
// at most, however old it is.
func (r Reader) polls(in coverage.Input) (*coverage.Polls, error) {
	first := coverage.Began(in)
	from, err := r.Store.PassAt(first.Add(-coverage.Lookback))
	if err != nil {
		return nil, err
	}
	to, err := r.Store.PassAt(first.Add(coverage.Horizon))
	if err != nil {
		return nil, err
	}
	if r.Polls > 0 && to-from > r.Polls {
		return nil, nil // too many to look at: then no side is called silent
	}
	states, err := r.Store.FeedStates()
	if err != nil {
		return nil, err
	}
	p := coverage.NewPolls(r.Feeds, states, r.Now)
	if err := r.Store.AttemptsBetween(from, to, p.Add); err != nil {
		return nil, fmt.Errorf("read polls since the story began: %w", err)
	}
	return p, nil
}

// told returns where a story was told, and the reason where it came again.
func (r Reader) told(s news.Story) ([]Told, error) {
	told := TellingsOf(s)
	for i, t := range s.Told {
		d, err := r.Store.Digest(news.Slot{Digest: t.Digest, At: t.Slot})
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
func (r Reader) track(in coverage.Input) ([]TrackedFigure, error) {
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
	known, err := r.known(points, own)
	if err != nil {
		return nil, err
	}
	out := make([]TrackedFigure, len(points))
	for i, p := range points {
		out[i] = TrackedFigure{p, figures.Previous(known, p)}
	}
	return out, nil
}

// maxKnown is how many values of one period are looked at, the last that came: of a story
// of long ago the value before one without a period may be out of reach.
const maxKnown = 500

// known returns the values that seeds and archive have of what points are of, those of
// the story's own items left out, earliest first.
func (r Reader) known(points []news.FigurePoint, own map[string]bool) ([]news.FigurePoint, error) {
	var known []news.FigurePoint
	if r.Seeds != nil {
		seeds, err := r.Seeds()
		if err != nil {
			return nil, err
		}
		known = slices.Clone(seeds)
	}
	read := map[string]bool{}
	for _, p := range points {
		if read[p.Figure.Indicator] {
			continue
		}
		read[p.Figure.Indicator] = true
		ps, _, err := r.Store.NewestPoints(p.Figure.Indicator, maxKnown)
		if err != nil {
			return nil, err
		}
		known = append(known, slices.DeleteFunc(ps, func(q news.FigurePoint) bool { return own[q.Item] })...)
	}
	slices.SortFunc(known, figures.Earlier)
	return known, nil
}
