package figures

import (
	"slices"

	"samur/internal/news"
)

// PointsOf returns the figures of items, in the order of the items.
func PointsOf(items []*news.Item) []news.FigurePoint {
	var out []news.FigurePoint
	for _, it := range items {
		for _, f := range it.Figures {
			out = append(out, news.FigurePoint{Item: it.ID, Outlet: it.Outlet, URL: it.URL, Published: it.Published, Figure: f})
		}
	}
	return out
}

// Stated reports whether one of fs states f.
func Stated(fs []news.Figure, f news.Figure) bool {
	return slices.ContainsFunc(fs, func(g news.Figure) bool { return Same(g, f) })
}

// maxDistinct bounds what Distinct returns.
const maxDistinct = 40

// Distinct returns the points without those that state a figure again. Of two
// statements the more precise stays, then the one that names the period.
func Distinct(ps []news.FigurePoint) []news.FigurePoint {
	var out []news.FigurePoint
next:
	for _, p := range ps {
		for i, o := range out {
			if !Same(o.Figure, p.Figure) {
				continue
			}
			if better(p.Figure, o.Figure) {
				out[i] = p
			}
			continue next
		}
		if len(out) < maxDistinct {
			out = append(out, p)
		}
	}
	return out
}

// better reports whether f says more than g, which states the same.
func better(f, g news.Figure) bool {
	if (f.Period == "") != (g.Period == "") {
		return f.Period != ""
	}
	return Measure(f).Step < Measure(g).Step
}

// Subject is what figures must share to be held against each other.
type Subject struct{ Indicator, Period, Unit string }

// SubjectOf returns the subject of a figure.
func SubjectOf(f news.Figure) Subject { return Subject{f.Indicator, f.Period, Measure(f).Unit} }

// BySubject sorts points by subject, in the order in which the subjects come.
func BySubject(ps []news.FigurePoint) [][]news.FigurePoint {
	index := map[Subject]int{}
	var out [][]news.FigurePoint
	for _, p := range ps {
		k := SubjectOf(p.Figure)
		i, ok := index[k]
		if !ok {
			i = len(out)
			index[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], p)
	}
	return out
}

// Claim is what one party, an outlet or a side, says of a subject.
type Claim struct {
	By      string
	Figures []news.Figure
}

// ClaimsOf sorts the points of a subject by outlet, in the order in which the outlets
// come.
func ClaimsOf(ps []news.FigurePoint) []Claim {
	var out []Claim
	for _, p := range ps {
		i := slices.IndexFunc(out, func(c Claim) bool { return c.By == p.Outlet })
		if i < 0 {
			i = len(out)
			out = append(out, Claim{By: p.Outlet})
		}
		out[i].Figures = append(out[i].Figures, p.Figure)
	}
	return out
}

// Against reports whether two parties disagree: no value of the one can stand beside
// any of the other. One that gives both values contradicts nobody.
func (c Claim) Against(d Claim) bool {
	return len(c.Figures) > 0 && len(d.Figures) > 0 && !c.anyPair(d, Compatible)
}

// anyPair reports whether ok holds of a figure of c and one of d.
func (c Claim) anyPair(d Claim, ok func(f, g news.Figure) bool) bool {
	return slices.ContainsFunc(c.Figures, func(f news.Figure) bool {
		return slices.ContainsFunc(d.Figures, func(g news.Figure) bool { return ok(f, g) })
	})
}

// Contested reports whether another party's claim of cs stands against c. Between
// stories the values must also be near and count the same: the trade of a country and that
// of one of its regions, or of two kinds of goods, have one indicator and period, and do not
// contradict each other.
func (c Claim) Contested(cs []Claim, oneStory bool) bool {
	same := func(f, g news.Figure) bool { return Near(f, g) && alike(f, g) }
	return slices.ContainsFunc(cs, func(d Claim) bool {
		return d.By != c.By && c.Against(d) && (oneStory || c.anyPair(d, same))
	})
}

// Differences returns the numbers on which the outlets that report one story disagree.
func Differences(ps []news.FigurePoint) []news.Difference {
	var out []news.Difference
	for _, group := range BySubject(ps) {
		claims := ClaimsOf(group)
		if !slices.ContainsFunc(claims, func(c Claim) bool { return c.Contested(claims, true) }) {
			continue
		}
		f := group[0].Figure
		out = append(out, news.Difference{Indicator: f.Indicator, Period: f.Period, Values: Distinct(group)})
	}
	return out
}
