package figures

import (
	"cmp"
	"strconv"
	"strings"

	"samur/internal/news"
)

// Earlier orders points by the end of their period, then by publication; the rest makes
// the order total.
func Earlier(x, y news.FigurePoint) int {
	return cmp.Or(
		cmp.Compare(stretchOf(x.Figure.Period).end, stretchOf(y.Figure.Period).end), x.Published.Compare(y.Published),
		strings.Compare(x.Item, y.Item), cmp.Compare(x.Figure.Start, y.Figure.Start), cmp.Compare(x.Figure.Value, y.Figure.Value),
		strings.Compare(x.Figure.Period, y.Figure.Period), strings.Compare(x.Outlet, y.Outlet))
}

// Previous returns the last value known before p of its indicator, in its unit: of the
// latest period that ends before p's, if possible one of the same length; for a figure
// without a dated period, the last published. nil when there is none, and of what befalls
// people. known stands in the order of Earlier; points of other indicators and units in it
// are passed over.
func Previous(known []news.FigurePoint, p news.FigurePoint) *news.FigurePoint {
	if Befalls(p.Figure.Indicator) {
		return nil
	}
	own := stretchOf(p.Figure.Period)
	var other *news.FigurePoint
	for i := len(known) - 1; i >= 0; i-- {
		q := &known[i]
		if q.Figure.Indicator != p.Figure.Indicator || q.Figure.Unit != p.Figure.Unit {
			continue
		}
		at := stretchOf(q.Figure.Period)
		switch {
		case own.end == 0:
			if q.Figure.Period == p.Figure.Period && q.Published.Before(p.Published) {
				return copied(q)
			}
		case at.end == 0 || at.end >= own.end:
		case at.length == own.length:
			return copied(q)
		case other == nil:
			other = copied(q)
		}
	}
	return other
}

func copied(p *news.FigurePoint) *news.FigurePoint {
	q := *p
	return &q
}

// stretch is the place of a figure's period in time, in months since the year 0.
type stretch struct {
	end    int // its last month; 0 when it names none
	length int // in months; a year to date, whose end is open, has none and is compared with its like
}

// stretchOf reads "2024", "2024-03", "6M2024", "2024 YTD", "2024/2026" and
// "2025-11/2026-02". Everything else has no place in time.
func stretchOf(period string) stretch {
	if year, ok := strings.CutSuffix(period, " YTD"); ok {
		if _, last, ok := monthsOf(year); ok {
			return stretch{end: last}
		}
		return stretch{}
	}
	if n, year, ok := strings.Cut(period, "M"); ok {
		count, err := strconv.Atoi(n)
		first, _, known := monthsOf(year)
		if err != nil || !known || count < 1 || count > 12 {
			return stretch{}
		}
		return stretch{first + count - 1, count}
	}
	from, to, span := strings.Cut(period, "/")
	if !span {
		to = from
	}
	first, _, ok1 := monthsOf(from)
	_, last, ok2 := monthsOf(to)
	if !ok1 || !ok2 || last < first {
		return stretch{}
	}
	return stretch{last, last - first + 1}
}

// monthsOf returns the first and last month of "2024" or "2024-03".
func monthsOf(s string) (first, last int, ok bool) {
	year, month, dated := strings.Cut(s, "-")
	y, err := strconv.Atoi(year)
	if err != nil || y < 1 || y > 9999 {
		return 0, 0, false
	}
	if !dated {
		return 12*y + 1, 12*y + 12, true
	}
	m, err := strconv.Atoi(month)
	if err != nil || m < 1 || m > 12 {
		return 0, 0, false
	}
	return 12*y + m, 12*y + m, true
}
