package records

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/render"
)

// maxCell bounds a cell of a table.
const maxCell = 2000

// PointsTable writes a series as CSV, a line for every statement.
func PointsTable(w io.Writer, ps []figures.Point) error {
	out := csv.NewWriter(w)
	rows := [][]string{{
		"indicator", "period", "value", "high", "unit", "approx", "counter", "note", "disputed", "seed", "published", "outlet", "url", "item", "sentence",
	}}
	for _, p := range ps {
		f := p.Figure
		high := ""
		if f.High != 0 {
			high = decimal(f.High)
		}
		rows = append(rows, []string{
			Cell(f.Indicator), Cell(f.Period), decimal(f.Value), high, Cell(f.Unit), Cell(f.Approx), Cell(f.Counter), Cell(AmongOthers(p)),
			strconv.FormatBool(p.Disputed), strconv.FormatBool(strings.HasPrefix(p.Item, "seed:")),
			p.Published.UTC().Format(time.RFC3339), Cell(p.Outlet), Cell(p.URL), Cell(p.Item), Cell(f.Sentence),
		})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// Cell keeps a spreadsheet from taking a text from outside for a formula, and a terminal
// from obeying it.
func Cell(s string) string {
	s = render.Tidy(s, maxCell)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Value is a figure's value with its unit, as written. What is only counted has none.
func Value(f news.Figure) string {
	v := decimal(f.Value)
	if f.Approx != "" {
		v = strings.ReplaceAll(f.Approx, "-", " ") + " " + v
	}
	if f.High != 0 {
		v += "–" + decimal(f.High)
	}
	if f.Unit == "count" {
		return v
	}
	return v + " " + f.Unit
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// AmongOthers says in words what the other points of a series make of one.
func AmongOthers(p figures.Point) string {
	switch {
	case p.RevisedTo != nil:
		return "revised to " + Value(*p.RevisedTo)
	case p.Disputed:
		return "disputed: " + Value(p.Against.Figure) + ", " + p.Against.Outlet
	case p.Revises != nil:
		return "revises " + Value(*p.Revises)
	}
	return ""
}
