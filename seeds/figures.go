package seeds

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
)

// FigurePoint is a value that a seed document states, as it states it.
type FigurePoint struct {
	Indicator string  // "trade-turnover", "students" …
	Value     float64 // in Unit
	Approx    string  // "about", "more-than", "less-than", "up-to" or ""
	Unit      string  // "bn USD", "persons", "count" …
	Period    string  // "2021", "2024-03", "6M2024" … or "" when tied to none
	Change    *news.Change
	Note      string // what exactly was counted, or by whom
	Line      int
}

// Figure is the point as a figure, with the passage it stands in for its sentence.
func (p FigurePoint) Figure(d *Document) news.Figure {
	f := news.Figure{
		Indicator: p.Indicator, Value: p.Value, Unit: p.Unit, Period: p.Period, Approx: p.Approx, Change: p.Change,
		Sentence: p.Note, Field: news.FieldText,
	}
	for _, passage := range d.Passages {
		if passage.Line > p.Line {
			f.Sentence = passage.Text
			break
		}
	}
	return f
}

// Points returns the figures of the documents as the first points of their series, in the
// order written. The source of a document stands for the outlet.
func Points(docs []Document) []news.FigurePoint {
	var out []news.FigurePoint
	for i := range docs {
		d := &docs[i]
		for _, p := range d.Figures {
			out = append(out, news.FigurePoint{Item: "seed:" + d.File, Outlet: d.Source, Published: d.day(), Figure: p.Figure(d)})
		}
	}
	return out
}

// day returns the first day that a document's date leaves open.
func (d *Document) day() time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, d.Date); err == nil {
			return t
		}
	}
	return time.Time{} // no date of a read document: they are checked
}

// approximations are the words that may stand before a value.
var approximations = []struct{ words, code string }{
	{"more than ", "more-than"}, {"less than ", "less-than"}, {"about ", "about"}, {"up to ", "up-to"},
}

// parseFigure reads "indicator | value | unit | period | change | note"; the last
// three may be empty or left out.
func parseFigure(s string) (FigurePoint, error) {
	parts := strings.Split(s, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if len(parts) < 3 || len(parts) > 6 || parts[0] == "" || parts[2] == "" {
		return FigurePoint{}, fmt.Errorf(`figure %q is not "indicator | value | unit | period | change | note"; at least the first three must be there`, strings.TrimSpace(s))
	}
	parts = append(parts, "", "", "")[:6]
	f := FigurePoint{Indicator: parts[0], Unit: parts[2], Period: parts[3], Note: parts[5]}
	number := parts[1]
	for _, a := range approximations {
		if rest, ok := strings.CutPrefix(number, a.words); ok {
			number, f.Approx = rest, a.code
			break
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || v < 0 || v > 1e15 {
		return FigurePoint{}, fmt.Errorf(`value %q of a figure is no number; write for instance "3.3" or "more than 1000"`, parts[1])
	}
	f.Value = v
	if f.Change, err = parseChange(parts[4]); err != nil {
		return FigurePoint{}, err
	}
	return f, nil
}

// parseChange reads "up 16 %", "down 3 %", "up 2.3 times", "flat" or nothing.
func parseChange(s string) (*news.Change, error) {
	if s == "" {
		return nil, nil
	}
	words := strings.Fields(s)
	if s == "flat" {
		return &news.Change{Direction: "flat"}, nil
	}
	wrong := fmt.Errorf(`change %q of a figure is not understood; write "up 16 %%", "down 3 %%", "up 2.3 times" or "flat"`, s)
	if len(words) != 3 || words[0] != "up" && words[0] != "down" {
		return nil, wrong
	}
	v, err := strconv.ParseFloat(words[1], 64)
	if err != nil || v < 0 || v > 1e9 {
		return nil, wrong
	}
	c := &news.Change{Direction: words[0]}
	switch words[2] {
	case "%":
		c.Percent = v
	case "times":
		c.Times = v
	default:
		return nil, wrong
	}
	return c, nil
}
