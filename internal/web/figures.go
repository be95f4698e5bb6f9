package web

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"samur/internal/figures"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
)

// Bounds of the pages of figures.
const (
	maxPoints   = 250  // of a page: the newest, and those of the seeds
	fewPoints   = 20   // of a period, that the newest of an indicator is chosen from
	maxCSV      = 5000 // lines of a table to take away
	maxSentence = 240  // letters of a sentence in the table
	maxYears    = 8    // named below a chart
	maxOthers   = 12   // outlets named beside the one whose sentence stands
)

// figureRow is an indicator in the list.
type figureRow struct {
	URL, Name    string
	Values       int
	Last, Period string
	Outlet       string
	At           time.Time
}

// points returns the values of an indicator, those of the seeds first, and of the archive
// no more of a period than so many; all is how many there are.
func (s *server) points(indicator string, each int) (out []news.FigurePoint, all int, err error) {
	if s.o.Seeds != nil {
		seeds, err := s.o.Seeds()
		if err != nil {
			return nil, 0, err
		}
		for _, p := range seeds {
			if p.Figure.Indicator == indicator {
				out = append(out, p)
			}
		}
	}
	ps, all, err := s.o.Store.NewestPoints(indicator, each)
	if err == nil && s.o.Read != nil {
		ps, err = records.Restated(s.o.Store, s.names, ps)
	}
	return append(out, ps...), all + len(out), err
}

func (s *server) names() (*lexicon.Lexicon, error) {
	lx, _, err := s.read()
	return lx, err
}

// indicators are those with a value, in the archive or in the seeds.
func (s *server) indicators() ([]string, error) {
	names, err := s.o.Store.Indicators()
	if err != nil || s.o.Seeds == nil {
		return names, err
	}
	seeds, err := s.o.Seeds()
	for _, p := range seeds {
		names = append(names, p.Figure.Indicator)
	}
	slices.Sort(names)
	return slices.Compact(names), err
}

// figures lists the indicators with their latest value.
func (s *server) figures(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	names, err := s.indicators()
	if err != nil {
		s.fail(w, v, err)
		return
	}
	var rows []figureRow
	for _, name := range names {
		ps, all, err := s.points(name, fewPoints)
		if err != nil {
			s.fail(w, v, err)
			return
		}
		if len(ps) == 0 {
			continue
		}
		last := slices.MaxFunc(ps, func(a, b news.FigurePoint) int { return a.Published.Compare(b.Published) })
		rows = append(rows, figureRow{
			figureURL(name), v.tongue.Indicator(name), all, v.tongue.Value(last.Figure), v.tongue.Period(last.Figure.Period), render.Tidy(last.Outlet, 80), last.Published,
		})
	}
	slices.SortStableFunc(rows, func(a, b figureRow) int { return strings.Compare(lang.Fold(a.Name, v.Lang), lang.Fold(b.Name, v.Lang)) })
	s.render(w, v, "figures", v.W.Figures, rows)
}

// figurePage is one indicator.
type figurePage struct {
	Name   string
	CSV    string
	Chart  plot
	Points []pointRow
	More   int // values left out
}

// pointRow is a value with its source and sentence.
type pointRow struct {
	ID            string // of its row
	Period, Value string
	Change        string
	Note          string
	Disputed      bool
	Seed          bool
	Counter       string
	Outlet, Link  string
	Others        []otherSource // that state the value too
	OthersMore    int           // left out
	Item          string        // its page, "" for a seed
	Lang          news.Lang
	Published     time.Time
	Sentence      string
}

// otherSource is one more outlet that states a value.
type otherSource struct{ Outlet, Link string }

// figure shows an indicator. A value that several outlets give stands once, with all of
// them and the sentence of one.
func (s *server) figure(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	name := r.PathValue("indicator")
	ps, all, err := s.points(name, maxPoints)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	if len(ps) == 0 {
		s.missing(w, v, v.W.NoSuchIndicator)
		return
	}
	page := figurePage{Name: v.tongue.Indicator(name), CSV: figureURL(name) + "/csv"}
	ps = newest(ps, maxPoints)
	page.More = all - len(ps)
	series := figures.Series(ps)
	told := figures.Merge(series)
	slices.Reverse(told) // the latest period first
	values := make([]figures.Point, len(told))
	for i, t := range told {
		row := v.point(t.Point, "p"+strconv.Itoa(i+1))
		row.Others, row.OthersMore = v.others(t, series)
		values[i], page.Points = t.Point, append(page.Points, row)
	}
	page.Chart = v.plot(values, page.Points)
	s.render(w, v, "figure", page.Name, page)
}

// others returns who else states a value, an outlet once, and how many are left out.
func (v *view) others(t figures.Told, series []figures.Point) (out []otherSource, more int) {
	named := map[string]bool{t.Outlet: true}
	for _, i := range t.All {
		p := series[i]
		if named[p.Outlet] {
			continue
		}
		named[p.Outlet] = true
		out = append(out, otherSource{render.Tidy(p.Outlet, 80), render.Link(p.URL)})
	}
	shown, more := bounded(out, maxOthers)
	return shown, more
}

// newest returns the n points published last, in the order they had. The seeds' points
// stay: a series begins with them.
func newest(ps []news.FigurePoint, n int) []news.FigurePoint {
	if len(ps) <= n {
		return ps
	}
	times := make([]time.Time, 0, len(ps))
	for _, p := range ps {
		if !isSeed(p) {
			times = append(times, p.Published)
		}
	}
	if len(times) <= n {
		return ps
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	line, left := times[n-1], n
	var out []news.FigurePoint
	for _, p := range ps {
		switch {
		case isSeed(p):
			out = append(out, p)
		case !p.Published.Before(line) && left > 0:
			out, left = append(out, p), left-1
		}
	}
	return out
}

func isSeed(p news.FigurePoint) bool { return strings.HasPrefix(p.Item, "seed:") }

func (v *view) point(p figures.Point, id string) pointRow {
	row := pointRow{
		ID: id, Period: v.tongue.Period(p.Figure.Period), Value: v.tongue.Value(p.Figure), Change: v.tongue.Change(p.Figure.Change), Seed: isSeed(p.FigurePoint),
		Counter: render.Tidy(p.Figure.Counter, 80), Outlet: render.Tidy(p.Outlet, 80), Link: render.Link(p.URL), Published: p.Published,
		Sentence: render.Tidy(p.Figure.Sentence, maxSentence), Disputed: p.Disputed, Note: v.note(p),
	}
	if !row.Seed {
		row.Item = itemURL(p.Item)
	}
	return row
}

// note says what the other points of a series make of one.
func (v *view) note(p figures.Point) string {
	switch {
	case p.RevisedTo != nil:
		return v.Say(v.W.RevisedTo, v.tongue.Value(*p.RevisedTo))
	case p.Disputed:
		return v.W.Disputed
	case p.Revises != nil:
		return v.Say(v.W.Revises, v.tongue.Value(*p.Revises))
	}
	return ""
}

// figureCSV is the table of an indicator to take away, in the form of samur figures show.
func (s *server) figureCSV(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	ps, _, err := s.points(r.PathValue("indicator"), maxCSV)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	if len(ps) == 0 {
		s.missing(w, v, v.W.NoSuchIndicator)
		return
	}
	ps = newest(ps, maxCSV)
	var b bytes.Buffer
	if err := records.PointsTable(&b, figures.Series(ps)); err != nil {
		s.fail(w, v, err)
		return
	}
	w.Header().Set("Content-Disposition", `attachment; filename="figures.csv"`)
	sendIfNew(w, r, "text/csv; charset=utf-8", b.Bytes(), asking, time.Time{})
}

// plot is a chart of values over time.
type plot struct {
	Unit  string // what the scale counts
	X, Y  []tick
	Dots  []dot
	Line  string // through the whole years, as points of a polyline
	Apart int    // values that are not drawn, being in another unit or of no time
}

// dot is a value of a plot.
type dot struct {
	X, Y     float64
	Row      string // id of its row in the table
	Label    string
	Seed     bool
	Disputed bool
}

// plot draws the values that are in the unit of most.
func (v *view) plot(series []figures.Point, rows []pointRow) plot {
	unit := commonUnit(series)
	type spot struct {
		at, value float64
		i         int
	}
	var spots []spot
	for i, p := range series {
		m := figures.Measure(p.Figure)
		at, ok := middle(p.Figure.Period, p.Published)
		if ok && m.Unit == unit && m.Value >= 0 {
			spots = append(spots, spot{at, m.Value, i})
		}
	}
	out := plot{Apart: len(series) - len(spots)}
	if len(spots) == 0 {
		return out
	}
	first, last, top := spots[0].at, spots[0].at, 0.0
	for _, x := range spots {
		first, last, top = min(first, x.at), max(last, x.at), max(top, x.value)
	}
	first, last = float64(int(first)), float64(int(last)+1)
	marks := scale(top)
	end := marks[len(marks)-1]
	across := func(at float64) float64 { return chartLeft + (chartWide-chartLeft-chartRight)*(at-first)/(last-first) }
	factor, named := v.unitOf(unit, end)
	out.Unit = named
	for _, m := range marks {
		out.Y = append(out.Y, tick{vertical(m, end), v.tongue.Number(m / factor)})
	}
	for year, step := int(first), max(1, (int(last-first)+maxYears-2)/(maxYears-1)); year <= int(last); year += step {
		out.X = append(out.X, tick{across(float64(year)), strconv.Itoa(year)})
	}
	years := map[float64]dot{}
	for _, x := range spots {
		row := rows[x.i]
		d := dot{across(x.at), vertical(x.value, end), row.ID, strings.Trim(row.Period+": "+row.Value+", "+row.Outlet, ":, "), row.Seed, row.Disputed}
		out.Dots = append(out.Dots, d)
		if p := series[x.i]; len(p.Figure.Period) == 4 && !p.Disputed && p.RevisedTo == nil {
			years[x.at] = d
		}
	}
	var line []dot
	for _, d := range years {
		line = append(line, d)
	}
	slices.SortFunc(line, func(a, b dot) int { return cmp.Compare(a.X, b.X) })
	for _, d := range line {
		out.Line += strconv.FormatFloat(d.X, 'f', 1, 64) + "," + strconv.FormatFloat(d.Y, 'f', 1, 64) + " "
	}
	return out
}

// commonUnit is the unit that most values are in, without its scale.
func commonUnit(series []figures.Point) string {
	n := map[string]int{}
	best := ""
	for _, p := range series {
		u := figures.Measure(p.Figure).Unit
		if n[u]++; n[u] > n[best] || n[u] == n[best] && u < best {
			best = u
		}
	}
	return best
}

// unitOf chooses the scale that the values are drawn in, and names it.
func (v *view) unitOf(unit string, top float64) (factor float64, name string) {
	factor, scaled := 1.0, unit
	for _, x := range []struct {
		word string
		size float64
	}{{"thousand", 1e3}, {"mn", 1e6}, {"bn", 1e9}, {"trn", 1e12}} {
		if top >= x.size {
			factor, scaled = x.size, strings.TrimSpace(x.word+" "+unit)
		}
	}
	name = v.tongue.Value(news.Figure{Value: 5, Unit: scaled})
	return factor, strings.TrimSpace(strings.TrimPrefix(name, "5"))
}

// middle is the middle of a period in years, that of its publication where it has none
// that can be read.
func middle(period string, published time.Time) (float64, bool) {
	if period == "annual" {
		period = ""
	}
	from, to, run := strings.Cut(period, "/")
	a, ok := span(from, published)
	if !ok {
		return 0, false
	}
	if !run {
		return (a[0] + a[1]) / 2, true
	}
	b, ok := span(to, published)
	return (a[0] + b[1]) / 2, ok
}

// span is the first and the last moment of a period in years.
func span(period string, published time.Time) ([2]float64, bool) {
	year := func(s string) (float64, bool) {
		n, err := strconv.Atoi(s)
		return float64(n), err == nil && n > 1900 && n < 2200
	}
	if period == "" {
		at := float64(published.Year()) + float64(published.YearDay()-1)/366
		return [2]float64{at, at}, !published.IsZero()
	}
	if months, y, ok := strings.Cut(period, "M"); ok {
		n, err := strconv.Atoi(months)
		at, known := year(y)
		return [2]float64{at, at + float64(n)/12}, known && err == nil && n > 0 && n <= 12
	}
	if y, ok := strings.CutSuffix(period, " YTD"); ok {
		at, known := year(y)
		return [2]float64{at, at + 0.5}, known
	}
	if t, err := time.Parse("2006-01", period); err == nil {
		at := float64(t.Year()) + float64(t.Month()-1)/12
		return [2]float64{at, at + 1.0/12}, true
	}
	if t, err := time.Parse(time.DateOnly, period); err == nil {
		at := float64(t.Year()) + float64(t.YearDay()-1)/366
		return [2]float64{at, at}, true
	}
	at, known := year(period)
	return [2]float64{at, at + 1}, known
}
