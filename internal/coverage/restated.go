package coverage

import (
	"slices"
	"time"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Restated is a number that an item was first read with and the one that its last wording
// has in its place.
type Restated struct {
	Old, New news.Figure
	At       time.Time // when that wording was first seen
}

// Restate finds the numbers of an item that its publisher has changed: those that the last
// wording does not state, while it states another of the same indicator, period and unit.
// A number that is only gone, as from a text cut short, still stands. revisions may come
// in any order.
func Restate(x *lexicon.Lexicon, it news.Item, revisions []news.Revision) []Restated {
	if len(revisions) == 0 || len(it.Figures) == 0 {
		return nil
	}
	last := slices.MaxFunc(revisions, func(a, b news.Revision) int { return a.At.Compare(b.At) })
	stated := figures.Extract(x.Analyse(last.Title, last.Text, it.Lang), it.Published)
	now := slices.DeleteFunc(slices.Clone(stated), func(f news.Figure) bool { return figures.Stated(it.Figures, f) })
	var out []Restated
	for _, old := range it.Figures {
		if figures.Stated(stated, old) {
			continue
		}
		i := slices.IndexFunc(now, func(f news.Figure) bool { return figures.SubjectOf(f) == figures.SubjectOf(old) })
		if i >= 0 {
			out = append(out, Restated{old, now[i], last.At})
			now = slices.Delete(now, i, i+1)
		}
	}
	return out
}

// AsRestated returns the figures of an item with those of its last wording in the place of
// the ones that it changed.
func AsRestated(x *lexicon.Lexicon, it news.Item, revisions []news.Revision) []news.Figure {
	out := slices.Clone(it.Figures)
	for _, r := range Restate(x, it, revisions) {
		for i := range out {
			if figures.Same(out[i], r.Old) && out[i].Sentence == r.Old.Sentence {
				out[i] = r.New
			}
		}
	}
	return out
}
