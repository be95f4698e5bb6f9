package digest

import (
	"slices"

	"samur/internal/figures"
	"samur/internal/news"
)

// points returns the figures of the items that c is told from, in order of arrival.
// Copies count only when there is nothing else: their numbers are those of the text
// they repeat.
func (c *candidate) points() []news.FigurePoint {
	from := c.tell
	if len(from) == 0 {
		from = c.stored(c.fresh, false)
		from = from[:min(len(from), readItems)]
	}
	return figures.PointsOf(from)
}

// reports returns the figures of every original in view: what the sources of the
// story can disagree on.
func (c *candidate) reports() []news.FigurePoint {
	return figures.PointsOf(slices.Concat(c.old, c.tell))
}

func figuresOf(ps []news.FigurePoint) []news.Figure {
	var out []news.Figure
	for _, p := range ps {
		out = append(out, p.Figure)
	}
	return out
}

// disputed reports whether f is one of the numbers on which outlets disagree.
func disputed(ds []news.Difference, f news.Figure) bool {
	return slices.ContainsFunc(ds, func(d news.Difference) bool {
		return slices.ContainsFunc(d.Values, func(p news.FigurePoint) bool {
			return figures.SubjectOf(p.Figure) == figures.SubjectOf(f)
		})
	})
}
