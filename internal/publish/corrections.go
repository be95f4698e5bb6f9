package publish

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"samur/internal/coverage"
	"samur/internal/digest"
	"samur/internal/news"
)

const (
	// correctedFor is for how long after it was first seen a report is watched for
	// corrections.
	correctedFor = 14 * 24 * time.Hour

	// slack is how far before a window a rewording is looked for. Rewordings have a time
	// and no place in the order of arrival, and a clock may be set back; what an edition
	// has shown is known by itself.
	slack = 24 * time.Hour
)

// correct adds to the stories the corrections of their reports that this digest has not
// shown, and to the input the stories that it has told and that nothing but a correction
// brings back.
func (p *Publisher) correct(in *digest.Input, plan Plan, last editions) error {
	w := in.Window
	from, err := p.o.Store.CursorAt(w.Start.Add(-correctedFor))
	if err != nil {
		return fmt.Errorf("look for corrections: %w", err)
	}
	ids, err := p.o.Store.Reworded(from.Item, w.Start.Add(-slack))
	if err != nil {
		return fmt.Errorf("look for corrections: %w", err)
	}
	place := map[string]int{}
	for i, s := range in.Stories {
		place[s.ID] = i
	}
	shown := last.corrected()
	for _, id := range ids {
		it, err := p.o.Store.Item(id)
		if errors.Is(err, news.ErrNotFound) || it.Story == "" || it.Seq > w.To.Item {
			continue // let go, or of no story
		}
		if err != nil {
			return fmt.Errorf("look for corrections: %w", err)
		}
		ks, err := p.corrections(it, w, shown)
		if err != nil {
			return err
		}
		if len(ks) > 0 {
			if err := p.addCorrections(in, plan, place, it.Story, ks); err != nil {
				return err
			}
		}
	}
	return nil
}

// corrections returns the corrections of an item that belong to a window.
func (p *Publisher) corrections(it news.Item, w news.Window, shown map[news.Correction]bool) ([]news.Correction, error) {
	rs, err := p.o.Store.Revisions(it.ID)
	if err != nil {
		return nil, err
	}
	rs = slices.DeleteFunc(rs, func(r news.Revision) bool { return r.At.After(w.End) })
	ks := coverage.Corrections(p.o.Lexicon, it, rs)
	return slices.DeleteFunc(ks, func(k news.Correction) bool {
		return k.At.Before(w.Start.Add(-slack)) || shown[plainly(k)]
	}), nil
}

// addCorrections gives the story called id its corrections. A story without anything new
// is read for them when this digest has told it.
func (p *Publisher) addCorrections(in *digest.Input, plan Plan, place map[string]int, id string, ks []news.Correction) error {
	i, known := place[id]
	if !known {
		st, err := p.story(id)
		if err != nil {
			return err
		}
		if _, told := st.ToldIn(plan.Name); !told {
			return nil // who has not heard of it need not hear that it was wrong
		}
		if i, known = place[st.ID]; !known { // else id was merged into it
			i = len(in.Stories)
			place[st.ID] = i
			in.Stories = append(in.Stories, st)
		}
	}
	in.Stories[i].Corrections = append(in.Stories[i].Corrections, ks...)
	return nil
}

// restate puts the numbers of last wordings in the place of those that publishers have
// changed: what an outlet has taken back it does not differ in from another.
func (p *Publisher) restate(stories []digest.Story, w news.Window) error {
	first := uint64(math.MaxUint64)
	for _, s := range stories {
		for _, it := range s.Items {
			first = min(first, it.Seq)
		}
	}
	if first == math.MaxUint64 {
		return nil
	}
	ids, err := p.o.Store.Reworded(max(first, 1)-1, time.Time{})
	if err != nil {
		return fmt.Errorf("look for changed numbers: %w", err)
	}
	reworded := make(map[string]bool, len(ids))
	for _, id := range ids {
		reworded[id] = true
	}
	for _, s := range stories {
		for i := range s.Items {
			it := &s.Items[i]
			if len(it.Figures) == 0 || !reworded[it.ID] {
				continue
			}
			rs, err := p.o.Store.Revisions(it.ID)
			if err != nil {
				return err
			}
			rs = slices.DeleteFunc(rs, func(r news.Revision) bool { return r.At.After(w.End) })
			it.Figures = coverage.AsRestated(p.o.Lexicon, *it, rs)
		}
	}
	return nil
}
