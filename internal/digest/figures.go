package digest

import (
	"slices"

	"samur/internal/figures"
	"samur/internal/news"
)

// points returns the figures of the fresh items, in order of arrival. Copies count
// only when there is nothing else: their numbers are those of the text they repeat.
func (c *candidate) points() []news.FigurePoint {
	from := c.originals()
	if len(from) == 0 {
		from = c.stored(c.fresh, false)
		from = from[:min(len(from), readItems)]
	}
	return pointsOf(from)
}

// reports returns the figures of every original in view: what the sources of the
// story can disagree on.
func (c *candidate) reports() []news.FigurePoint {
	return pointsOf(slices.Concat(c.old, c.tell))
}

func pointsOf(items []*news.Item) []news.FigurePoint {
	var out []news.FigurePoint
	for _, it := range items {
		for _, f := range it.Figures {
			out = append(out, news.FigurePoint{Item: it.ID, Outlet: it.Outlet, URL: it.URL, Published: it.Published, Figure: f})
		}
	}
	return out
}

func figuresOf(ps []news.FigurePoint) []news.Figure {
	var out []news.Figure
	for _, p := range ps {
		out = append(out, p.Figure)
	}
	return out
}

// maxFigures bounds the figures of one entry.
const maxFigures = 40

// distinct returns the points without those that state a figure again. Of two
// statements the more precise stays, then the one that names the period.
func distinct(ps []news.FigurePoint) []news.FigurePoint {
	var out []news.FigurePoint
next:
	for _, p := range ps {
		for i, o := range out {
			if !figures.Same(o.Figure, p.Figure) {
				continue
			}
			if better(p.Figure, o.Figure) {
				out[i] = p
			}
			continue next
		}
		if len(out) < maxFigures {
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
	return figures.Measure(f).Step < figures.Measure(g).Step
}

// stated reports whether one of fs states f.
func stated(fs []news.Figure, f news.Figure) bool {
	return slices.ContainsFunc(fs, func(g news.Figure) bool { return figures.Same(g, f) })
}

// claim is what one outlet says of an indicator and period.
type claim struct {
	outlet  string
	figures []news.Figure
}

// claimsOf sorts points by outlet, in the order in which the outlets come.
func claimsOf(ps []news.FigurePoint) []claim {
	var out []claim
	for _, p := range ps {
		i := slices.IndexFunc(out, func(c claim) bool { return c.outlet == p.Outlet })
		if i < 0 {
			i = len(out)
			out = append(out, claim{outlet: p.Outlet})
		}
		out[i].figures = append(out[i].figures, p.Figure)
	}
	return out
}

// against reports whether two outlets disagree: no value of the one can stand
// beside any of the other. An outlet that gives both values contradicts nobody.
func (c claim) against(d claim) bool {
	return len(c.figures) > 0 && len(d.figures) > 0 && !c.anyPair(d, figures.Compatible)
}

// anyPair reports whether ok holds of a figure of c and one of d.
func (c claim) anyPair(d claim, ok func(f, g news.Figure) bool) bool {
	return slices.ContainsFunc(c.figures, func(f news.Figure) bool {
		return slices.ContainsFunc(d.figures, func(g news.Figure) bool { return ok(f, g) })
	})
}

// contested reports whether another outlet's claim of cs stands against c. Between
// stories the values must also be near: the trade of a country and that of one of
// its regions have one indicator and period, and do not contradict each other.
func (c claim) contested(cs []claim, oneStory bool) bool {
	return slices.ContainsFunc(cs, func(d claim) bool {
		return d.outlet != c.outlet && c.against(d) && (oneStory || c.anyPair(d, figures.Near))
	})
}

// subject is what figures must share to be held against each other.
type subject struct{ indicator, period, unit string }

func subjectOf(f news.Figure) subject { return subject{f.Indicator, f.Period, figures.Measure(f).Unit} }

// bySubject sorts points by subject, in the order in which the subjects come.
func bySubject(ps []news.FigurePoint) [][]news.FigurePoint {
	index := map[subject]int{}
	var out [][]news.FigurePoint
	for _, p := range ps {
		k := subjectOf(p.Figure)
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

// differences returns the numbers on which outlets disagree.
func differences(ps []news.FigurePoint) []news.Difference {
	var out []news.Difference
	for _, group := range bySubject(ps) {
		claims := claimsOf(group)
		if !slices.ContainsFunc(claims, func(c claim) bool { return c.contested(claims, true) }) {
			continue
		}
		f := group[0].Figure
		out = append(out, news.Difference{Indicator: f.Indicator, Period: f.Period, Values: distinct(group)})
	}
	return out
}

// disputed reports whether f is one of the numbers on which outlets disagree.
func disputed(ds []news.Difference, f news.Figure) bool {
	return slices.ContainsFunc(ds, func(d news.Difference) bool {
		return slices.ContainsFunc(d.Values, func(p news.FigurePoint) bool {
			return subjectOf(p.Figure) == subjectOf(f)
		})
	})
}
