package web

import (
	"slices"
	"time"

	"samur/internal/coverage"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
)

// Bounds of what is read to tell how a story went on.
const (
	maxWeighed = 16     // reports whose words are weighed against each other
	maxPolls   = 20_000 // polls looked at for a side's silence
	maxSteps   = 20
)

// addCoverage adds how the sides told a story and how it went on.
func (s *server) addCoverage(v *view, p *storyPage, st news.Story, items []news.Item) error {
	if s.o.Read == nil {
		return nil
	}
	lx, _, err := s.o.Read()
	if err != nil {
		return err
	}
	items = slices.DeleteFunc(slices.Clone(items), func(it news.Item) bool { return it.ID == "" })
	items = items[:min(len(items), maxWeighed)]
	in := coverage.Input{Story: st, Items: items, Now: v.now, Lexicon: lx}
	in.Story.Members = slices.DeleteFunc(slices.Clone(st.Members), func(m news.Member) bool {
		return !slices.ContainsFunc(items, func(it news.Item) bool { return it.ID == m.Item })
	})
	if len(in.Story.Members) == 0 {
		return nil
	}
	if in.Polls, err = s.polls(v, st.First); err != nil {
		return err
	}
	var corrections []news.Correction
	for _, it := range items {
		later, err := s.o.Store.Revisions(it.ID)
		if err != nil {
			return err
		}
		corrections = append(corrections, coverage.Corrections(lx, it, later)...)
	}
	now, err := records.AsRestated(s.o.Store, in, corrections)
	if err != nil {
		return err
	}
	p.Tells = v.tongue.Coverage(coverage.Of(now))
	course := coverage.StateOf(in, corrections)
	p.State, p.Since = v.W.StoryStates[course.State], course.Since
	for _, d := range course.Steps[:min(len(course.Steps), maxSteps)] {
		p.Course = append(p.Course, v.step(lx, d))
	}
	for _, k := range corrections {
		p.correct(v, k)
	}
	return nil
}

// polls is how the feeds were read while a story could be told.
func (s *server) polls(v *view, first time.Time) (*coverage.Polls, error) {
	from, err := s.o.Store.PassAt(first)
	if err != nil {
		return nil, err
	}
	to, err := s.o.Store.PassAt(first.Add(coverage.Horizon))
	if err != nil {
		return nil, err
	}
	if to-from > maxPolls {
		return nil, nil // more than can be looked at for a page: no side is called silent
	}
	feeds, states, err := s.feedsKnown()
	if err != nil {
		return nil, err
	}
	var all []news.FeedState
	for _, st := range states {
		all = append(all, st)
	}
	polls := coverage.NewPolls(feeds, all, v.now)
	return polls, s.o.Store.AttemptsBetween(from, to, polls.Add)
}

// step is a development in the reader's words.
func (v *view) step(lx *lexicon.Lexicon, d news.Development) step {
	out := step{At: d.At, Source: d.Source, FirstSide: d.FirstSide}
	if d.Sentence.Text != "" {
		out.Sentence = v.quote(d.Sentence, 600)
	}
	for _, f := range d.Figures[:min(len(d.Figures), 5)] {
		out.Figures = append(out.Figures, v.tongue.Subject(f.Indicator, f.Period)+": "+v.tongue.Value(f))
	}
	for _, id := range d.Actors[:min(len(d.Actors), 6)] {
		name := id
		if c, ok := lx.Concept(id); ok {
			name = c.Name(v.Lang)
		}
		out.Actors = append(out.Actors, render.Tidy(name, 80))
	}
	return out
}

// correct marks the wording that a correction is of.
func (p *storyPage) correct(v *view, k news.Correction) {
	for _, r := range p.Reports {
		for i := range r.Later {
			if r.ID == k.Item && r.Later[i].At.Equal(k.At) {
				r.Later[i].Says, r.Later[i].Silent = v.W.Corrections[k.Kind], k.Silent
			}
		}
	}
}
