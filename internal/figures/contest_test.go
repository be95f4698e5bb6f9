package figures

import (
	"fmt"
	"strings"
	"testing"

	"samur/internal/news"
)

// by gives a point another outlet.
func by(outlet string, p news.FigurePoint) news.FigurePoint {
	p.Outlet, p.Item = outlet, outlet+p.Item
	return p
}

func TestDifferences(t *testing.T) {
	over := by("neva", valued("2024", 4, 3))
	over.Figure.Approx = "more-than"
	for _, tt := range []struct {
		name   string
		points []news.FigurePoint
		want   string
	}{
		{"one value", []news.FigurePoint{valued("2024", 4.8, 1), by("neva", valued("2024", 4.8, 2))}, ""},
		{"rounded", []news.FigurePoint{valued("2024", 4.83, 1), by("neva", valued("2024", 4.8, 2))}, ""},
		{"within a bound", []news.FigurePoint{valued("2024", 4.8, 1), over}, ""},
		{"apart", []news.FigurePoint{valued("2024", 4.8, 1), by("neva", valued("2024", 4.2, 2))}, "2024: 4.8 4.2"},
		{"of other periods", []news.FigurePoint{valued("2024", 4.8, 1), by("neva", valued("2023", 4.2, 2))}, ""},
		{"one outlet twice", []news.FigurePoint{valued("2024", 4.8, 1), valued("2024", 4.2, 2)}, ""},
		{"an outlet that gives both", []news.FigurePoint{valued("2024", 4.8, 1), valued("2024", 4.2, 2), by("neva", valued("2024", 4.2, 3))}, ""},
		{"every value once, the more precise of two", []news.FigurePoint{valued("2024", 4.8, 1), by("neva", valued("2024", 4.2, 2)), by("volga", valued("2024", 4.83, 3))}, "2024: 4.83 4.2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range Differences(tt.points) {
				s := d.Period + ":"
				for _, v := range d.Values {
					s += fmt.Sprintf(" %g", v.Figure.Value)
				}
				got = append(got, s)
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("Differences = %q, want %q", s, tt.want)
			}
		})
	}
}

func TestContested(t *testing.T) {
	far := ClaimsOf([]news.FigurePoint{valued("2024", 4.8, 1), by("neva", valued("2024", 0.3, 2))})
	if !far[0].Contested(far, true) || far[0].Contested(far, false) {
		t.Error("values far apart contradict each other within a story alone")
	}
}
