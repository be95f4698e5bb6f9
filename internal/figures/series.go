package figures

import (
	"cmp"
	"slices"
	"strings"

	"samur/internal/news"
)

// Point is a figure of a series, with what the other points make of it.
type Point struct {
	news.FigurePoint
	RevisedTo *news.Figure      // a later count of the same by the same counter; nil when it stands
	Revises   *news.Figure      // the count that it takes the place of
	Disputed  bool              // another source gives a value that cannot be true beside it
	Against   *news.FigurePoint // the first that does; nil when none
}

// Series orders the points of one indicator by period and publication and sets them side
// by side: none is averaged, and none is left out. Where one counter published a later,
// other value of a period, as customs do when they mend their books, the earlier is
// revised and disputes nothing any more; so is one that its publisher has changed. Else a
// figure without a counter revises nothing: an outlet that gives two values may speak of
// two things.
func Series(points []news.FigurePoint) []Point {
	out := make([]Point, len(points))
	for i, p := range points {
		out[i].FigurePoint = p
	}
	slices.SortStableFunc(out, func(a, b Point) int {
		return cmp.Or(cmp.Compare(periodKey(a.Figure.Period), periodKey(b.Figure.Period)), a.Published.Compare(b.Published))
	})
	markRestated(out)
	for from := 0; from < len(out); {
		to := from + 1
		for to < len(out) && out[to].Figure.Period == out[from].Figure.Period {
			to++
		}
		if out[from].Figure.Period != "" {
			weigh(out[from:to])
		}
		from = to
	}
	return out
}

// markRestated marks the points that their publisher has put others in the place of.
func markRestated(ps []Point) {
	for i := range ps {
		was := ps[i].Restates
		if was == nil {
			continue
		}
		for k := range ps {
			if ps[k].Restates == nil && ps[k].Item == ps[i].Item && ps[k].Figure.Sentence == was.Sentence && Same(ps[k].Figure, *was) {
				ps[k].RevisedTo, ps[i].Revises = &ps[i].Figure, &ps[k].Figure
			}
		}
	}
}

// maxWeighed bounds the points of one period that are held against each other.
const maxWeighed = 500

// weigh marks the revised and the disputed among the points of one period, which stand in
// order of publication.
func weigh(ps []Point) {
	ps = ps[max(0, len(ps)-maxWeighed):]
	opposed := opposites(ps)
	for i := range ps {
		for k := i + 1; k < len(ps); k++ {
			if sameCounter(&ps[k], &ps[i]) && ps[k].Published.After(ps[i].Published) && opposed(i, k) {
				ps[i].RevisedTo, ps[k].Revises = &ps[k].Figure, &ps[i].Figure
			}
		}
	}
	for i := range ps {
		for k := range ps {
			a, b := &ps[i], &ps[k]
			if a.RevisedTo == nil && b.RevisedTo == nil && opposed(i, k) && a.Outlet != b.Outlet {
				a.Disputed, a.Against = true, &b.FigurePoint
				break
			}
		}
	}
}

// sameCounter reports whether two points are counts of one counter, of which the later
// one then takes the place of the earlier.
func sameCounter(a, b *Point) bool {
	return a.Figure.Counter != "" && strings.EqualFold(a.Figure.Counter, b.Figure.Counter)
}

// opposites tells of two points, by their places, whether they are opposed. Most of those
// who write of a period write the same number: what is compared is the few there are.
func opposites(ps []Point) func(i, k int) bool {
	type stated struct {
		value, high  float64
		unit, approx string
		things       string // what its sentence says is counted
	}
	known := map[stated]int{}
	class := make([]int, len(ps))
	var each []news.Figure
	for i := range ps {
		f := ps[i].Figure
		s := stated{f.Value, f.High, f.Unit, f.Approx, thingsIn(f)}
		n, ok := known[s]
		if !ok {
			n = len(each)
			known[s], each = n, append(each, f)
		}
		class[i] = n
	}
	table := make([]bool, len(each)*len(each))
	for i, f := range each {
		for k, g := range each {
			table[i*len(each)+k] = opposed(f, g)
		}
	}
	return func(i, k int) bool { return table[class[i]*len(each)+class[k]] }
}

// opposed reports whether two figures of one indicator and period count the same and cannot
// both be true.
func opposed(f, g news.Figure) bool {
	return Measure(f).Unit == Measure(g).Unit && Near(f, g) && !Compatible(f, g) && counted(f) && counted(g) && alike(f, g)
}

// periodKey orders periods by the year that they end in, then as written: a year comes
// behind its parts.
func periodKey(period string) string {
	years := yearIn().FindAllString(period, -1)
	if len(years) == 0 {
		return period
	}
	part := period
	if period == years[0] {
		part = "~"
	}
	return years[len(years)-1] + part
}
