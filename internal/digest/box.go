package digest

import (
	"slices"

	"samur/internal/figures"
	"samur/internal/news"
)

// maxBox bounds the box of figures.
const maxBox = 20

// knownPoints are the earlier points, ready to be looked up.
type knownPoints struct {
	byItem    map[string][]news.Figure
	bySubject map[figures.Subject][]news.FigurePoint
	byUnit    map[unitKey][]news.FigurePoint // in order of period, then publication
}

// unitKey is what two points of a series share.
type unitKey struct{ indicator, unit string }

// indexKnown reads the known points. Those of items that arrived in the window are
// not earlier and are left out.
func indexKnown(in Input) knownPoints {
	arrived := map[string]bool{}
	for _, s := range in.Stories {
		for _, m := range s.Members {
			if m.Seq > in.Window.From.Item {
				arrived[m.Item] = true
			}
		}
	}
	all := slices.Clone(in.Known)
	slices.SortFunc(all, figures.Earlier)
	k := knownPoints{map[string][]news.Figure{}, map[figures.Subject][]news.FigurePoint{}, map[unitKey][]news.FigurePoint{}}
	for _, p := range all {
		if arrived[p.Item] {
			continue
		}
		f := p.Figure
		k.byItem[p.Item] = append(k.byItem[p.Item], f)
		k.bySubject[figures.SubjectOf(f)] = append(k.bySubject[figures.SubjectOf(f)], p)
		k.byUnit[unitKey{f.Indicator, f.Unit}] = append(k.byUnit[unitKey{f.Indicator, f.Unit}], p)
	}
	return k
}

// previous returns the last value known before p, nil when there is none.
func (k knownPoints) previous(p news.FigurePoint) *news.FigurePoint {
	return figures.Previous(k.byUnit[unitKey{p.Figure.Indicator, p.Figure.Unit}], p)
}

// boxed is a figure of a told story.
type boxed struct {
	point    news.FigurePoint
	source   news.Source
	disputed bool // within its story
}

// box returns the figures of the told stories, those of the first stories first,
// with all values of one indicator and period together. A subject that no longer
// fits is left to its entry.
func (b *builder) box(told []*candidate) []news.FigureLine {
	type key struct {
		figures.Subject
		story string // where another story's number is another matter
	}
	groups := map[key][]boxed{}
	var order []key
	for _, c := range told {
		for _, p := range c.figures {
			k := key{Subject: figures.SubjectOf(p.Figure)}
			if p.Figure.Period == "" || figures.Befalls(p.Figure.Indicator) {
				k.story = c.story.ID
			}
			if _, ok := groups[k]; !ok {
				order = append(order, k)
			}
			groups[k] = append(groups[k], boxed{p, c.sourceOf(p.Item), disputed(c.differs, p.Figure)})
		}
	}
	var out []news.FigureLine
	for _, k := range order {
		var others []news.FigurePoint
		if k.story == "" {
			others = b.known.bySubject[k.Subject]
		}
		if lines := b.lines(groups[k], others); len(out)+len(lines) <= maxBox {
			out = append(out, lines...)
		}
	}
	return out
}

// lines returns one line for each value of a subject. others are the points that
// earlier items gave for it: they can contradict, but have no line.
func (b *builder) lines(group []boxed, others []news.FigurePoint) []news.FigureLine {
	points := make([]news.FigurePoint, len(group))
	by := map[string]boxed{} // item
	for i, g := range group {
		points[i] = g.point
		by[g.point.Item] = g
	}
	claims := figures.ClaimsOf(points)
	for _, c := range figures.ClaimsOf(others) {
		if !slices.ContainsFunc(claims, func(d figures.Claim) bool { return d.By == c.By }) {
			claims = append(claims, c)
		}
	}
	var out []news.FigureLine
	for _, p := range figures.Distinct(points) {
		own := claims[slices.IndexFunc(claims, func(c figures.Claim) bool { return c.By == p.Outlet })]
		g := by[p.Item]
		line := news.FigureLine{Figure: p.Figure, Source: g.source, Conflict: g.disputed || own.Contested(claims, false)}
		if last := b.known.previous(p); last != nil {
			line.Previous = &last.Figure
			line.From = &news.Source{Item: last.Item, Outlet: last.Outlet, URL: last.URL, Published: last.Published}
		}
		out = append(out, line)
	}
	return out
}

// sourceOf describes the member with an item's id.
func (c *candidate) sourceOf(item string) news.Source {
	i := slices.IndexFunc(c.members, func(m news.Member) bool { return m.Item == item })
	return c.members[i].Source(c.items[item])
}
