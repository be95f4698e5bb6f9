package records

import (
	"errors"
	"slices"

	"samur/internal/coverage"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/store"
)

// Restated adds to points those that stand in the place of some of them since: the
// numbers of the last wording of an item, published when that was first seen. Few items
// are ever reworded: names is asked when one is.
func Restated(st *store.Store, names func() (*lexicon.Lexicon, error), ps []news.FigurePoint) ([]news.FigurePoint, error) {
	var added []news.FigurePoint
	done := map[string]bool{}
	for _, p := range ps {
		if key := p.Item + " " + p.Figure.Indicator; !done[key] {
			done[key] = true
			since, err := restated(st, names, p)
			if err != nil {
				return nil, err
			}
			added = append(added, since...)
		}
	}
	return slices.Concat(ps, added), nil
}

// restated returns what the item of p states of its indicator since it was reworded.
func restated(st *store.Store, names func() (*lexicon.Lexicon, error), p news.FigurePoint) ([]news.FigurePoint, error) {
	revisions, err := st.Revisions(p.Item)
	if err != nil || len(revisions) == 0 {
		return nil, err
	}
	it, err := st.Item(p.Item)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil // pruned: its figures outlive it
	}
	if err != nil {
		return nil, err
	}
	lx, err := names()
	if err != nil {
		return nil, err
	}
	var out []news.FigurePoint
	for _, k := range coverage.Restate(lx, it, revisions) {
		if k.Old.Indicator == p.Figure.Indicator {
			out = append(out, news.FigurePoint{Item: it.ID, Outlet: it.Outlet, URL: it.URL, Published: k.At, Figure: k.New, Restates: &k.Old})
		}
	}
	return out, nil
}

// AsRestated returns a story whose corrected items state the numbers of their last
// wording.
func AsRestated(st *store.Store, in coverage.Input, corrections []news.Correction) (coverage.Input, error) {
	in.Items = slices.Clone(in.Items)
	for i := range in.Items {
		it := &in.Items[i]
		if len(it.Figures) == 0 || !slices.ContainsFunc(corrections, func(k news.Correction) bool { return k.Item == it.ID }) {
			continue
		}
		revisions, err := st.Revisions(it.ID)
		if err != nil {
			return in, err
		}
		it.Figures = coverage.AsRestated(in.Lexicon, *it, revisions)
	}
	return in, nil
}
