package figures

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"samur/internal/news"
)

func TestStretchOf(t *testing.T) {
	for _, c := range []struct {
		in     string
		end    int
		length int
	}{
		{"2024", 12*2024 + 12, 12},
		{"2024-03", 12*2024 + 3, 1},
		{"6M2024", 12*2024 + 6, 6},
		{"2024 YTD", 12*2024 + 12, 0},
		{"2024/2026", 12*2026 + 12, 36},
		{"2025-11/2026-02", 12*2026 + 2, 4},
		{"annual", 0, 0},
		{"", 0, 0},
		{"2024-13", 0, 0},
		{"13M2024", 0, 0},
		{"M", 0, 0},
		{"2026/2024", 0, 0},
		{"99999", 0, 0},
		{"x YTD", 0, 0},
	} {
		if got, want := stretchOf(c.in), (stretch{c.end, c.length}); got != want {
			t.Errorf("stretchOf(%q) = %v, want %v", c.in, got, want)
		}
	}
}

// valued makes a point of the trade turnover that kura published on a day of 2025.
func valued(period string, value float64, day int) news.FigurePoint {
	return news.FigurePoint{
		Item: fmt.Sprintf("kura.%d", day), Outlet: "kura", Published: time.Date(2025, 1, day, 6, 0, 0, 0, time.UTC),
		Figure: news.Figure{Indicator: "trade-turnover", Value: value, Unit: "bn USD", Period: period},
	}
}

func TestPrevious(t *testing.T) {
	exports, manat := valued("2023", 1.2, 5), valued("2023", 7, 5)
	exports.Figure.Indicator, manat.Figure.Unit = "exports", "bn AZN"
	tests := []struct {
		name  string
		of    news.FigurePoint
		known []news.FigurePoint
		want  float64 // 0 for none
	}{
		{"none", valued("2024", 4.8, 20), nil, 0},
		{"the latest period", valued("2024", 4.8, 20), []news.FigurePoint{valued("2023", 4.4, 2), valued("2021", 3.3, 9)}, 4.4},
		{"of one period the last published", valued("2024", 4.8, 20), []news.FigurePoint{valued("2023", 4.4, 9), valued("2023", 4.3, 2)}, 4.4},
		{"a year is compared with a year", valued("2024", 4.8, 20), []news.FigurePoint{valued("9M2024", 3.4, 9), valued("2023", 4.4, 2)}, 4.4},
		{"else with what there is", valued("2024", 4.8, 20), []news.FigurePoint{valued("9M2024", 3.4, 9), valued("2024-02", 0.3, 2)}, 3.4},
		{"never with the same or a later period", valued("2024", 4.8, 20), []news.FigurePoint{valued("2024", 4.7, 9), valued("2025-01", 0.4, 2)}, 0},
		{"never with another unit or indicator", valued("2024", 4.8, 20), []news.FigurePoint{exports, manat}, 0},
		{"without a period the last published before it", valued("", 4.8, 20), []news.FigurePoint{valued("", 4.1, 2), valued("", 4.4, 9), valued("", 5, 25), valued("2023", 9, 10)}, 4.4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			slices.SortFunc(tt.known, Earlier)
			got := 0.0
			if p := Previous(tt.known, tt.of); p != nil {
				got = p.Figure.Value
			}
			if got != tt.want {
				t.Errorf("Previous(%v) = %v, want %v", tt.of.Figure.Period, got, tt.want)
			}
		})
	}
}
