package figures

import (
	"testing"

	"samur/internal/news"
)

func TestSameAndCompatible(t *testing.T) {
	fig := func(v float64, unit, approx string) news.Figure {
		return news.Figure{Indicator: "trade-turnover", Period: "2024", Value: v, Unit: unit, Approx: approx}
	}
	other := fig(4.8, "bn USD", "")
	other.Period = "2023"
	undated := fig(4.8, "bn USD", "")
	undated.Period = ""
	span := fig(4, "bn USD", "")
	span.High = 5
	for _, c := range []struct {
		name       string
		f, g       news.Figure
		same, both bool
	}{
		{"equal", fig(4.8, "bn USD", ""), fig(4.8, "bn USD", ""), true, true},
		{"another value", fig(4.8, "bn USD", ""), fig(4.9, "bn USD", ""), false, false},
		{"rounded", fig(4.8, "bn USD", ""), fig(4.83, "bn USD", ""), true, true},
		{"rounded the other way", fig(4.8, "bn USD", ""), fig(4.86, "bn USD", ""), false, false},
		{"one digit is no rounding", fig(4, "bn USD", ""), fig(4.4, "bn USD", ""), false, false},
		{"neighbouring counts", fig(38, "persons", ""), fig(39, "persons", ""), false, false},
		{"another scale", fig(4.8, "bn USD", ""), fig(4800, "mn USD", ""), true, true},
		{"another unit", fig(4.8, "bn USD", ""), fig(4.8, "bn RUB", ""), false, true},
		{"another period", fig(4.8, "bn USD", ""), other, false, true},
		{"no period said", fig(4.8, "bn USD", ""), undated, true, true},
		{"above a bound", fig(4, "bn USD", "more-than"), fig(4.8, "bn USD", ""), false, true},
		{"below a bound", fig(4, "bn USD", "more-than"), fig(3.8, "bn USD", ""), false, false},
		{"within a ceiling", fig(5, "bn USD", "up-to"), fig(4.8, "bn USD", ""), false, true},
		{"within a range", span, fig(4.8, "bn USD", ""), false, true},
		{"outside a range", span, fig(5.2, "bn USD", ""), false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, p := range [][2]news.Figure{{c.f, c.g}, {c.g, c.f}} {
				if got := Same(p[0], p[1]); got != c.same {
					t.Errorf("Same(%v, %v) = %v, want %v", p[0].Value, p[1].Value, got, c.same)
				}
				if p[0].Period != p[1].Period || Measure(p[0]).Unit != Measure(p[1]).Unit {
					continue // never held against each other
				}
				if got := Compatible(p[0], p[1]); got != c.both {
					t.Errorf("Compatible(%v, %v) = %v, want %v", p[0].Value, p[1].Value, got, c.both)
				}
			}
		})
	}
}
