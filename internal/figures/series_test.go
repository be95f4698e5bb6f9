package figures

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestSeries(t *testing.T) {
	point := func(outlet, published, period string, v float64, counter string) news.FigurePoint {
		return news.FigurePoint{
			Outlet: outlet, Published: day(published),
			Figure: news.Figure{Indicator: "trade-turnover", Period: period, Value: v, Unit: "bn USD", Counter: counter},
		}
	}
	for _, c := range []struct {
		name   string
		points []news.FigurePoint
		want   []string
	}{
		{
			"by period, a year behind its parts",
			[]news.FigurePoint{point("a", "2025-02-01", "2024", 4.8, ""), point("a", "2024-08-01", "6M2024", 2.3, ""), point("a", "2024-02-01", "2023", 4.4, "")},
			[]string{"2023 4.4", "6M2024 2.3", "2024 4.8"},
		},
		{
			"two sources differ",
			[]news.FigurePoint{point("b", "2025-02-02", "2024", 4.2, ""), point("a", "2025-02-01", "2024", 4.8, "")},
			[]string{"2024 4.8 disputed", "2024 4.2 disputed"},
		},
		{
			"rounding is no dispute",
			[]news.FigurePoint{point("a", "2025-02-01", "2024", 4.8, ""), point("b", "2025-02-02", "2024", 4.76, "")},
			[]string{"2024 4.8", "2024 4.76"},
		},
		{
			"another thing altogether",
			[]news.FigurePoint{point("a", "2025-02-01", "2024", 4.8, ""), point("b", "2025-02-02", "2024", 0.2, "")},
			[]string{"2024 4.8", "2024 0.2"},
		},
		{
			"customs mend their books",
			[]news.FigurePoint{point("a", "2025-02-01", "2024", 4.8, "the customs committee"), point("b", "2025-06-02", "2024", 4.6, "The Customs Committee")},
			[]string{"2024 4.8 revised to 4.6", "2024 4.6 revises 4.8"},
		},
		{
			"no period, no comparison",
			[]news.FigurePoint{point("a", "2025-02-01", "", 4.8, ""), point("b", "2025-06-02", "", 4.6, "")},
			[]string{" 4.8", " 4.6"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range Series(c.points) {
				s := fmt.Sprintf("%s %g", p.Figure.Period, p.Figure.Value)
				if p.RevisedTo != nil {
					s += fmt.Sprintf(" revised to %g", p.RevisedTo.Value)
				}
				if p.Revises != nil {
					s += fmt.Sprintf(" revises %g", p.Revises.Value)
				}
				if p.Disputed {
					s += " disputed"
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Series (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSeriesTellsThingsApart(t *testing.T) {
	point := func(outlet, indicator string, v float64, unit, sentence string) news.FigurePoint {
		return news.FigurePoint{Outlet: outlet, Published: day("2025-02-01"), Figure: news.Figure{Indicator: indicator, Period: "2024", Value: v, Unit: unit, Sentence: sentence}}
	}
	for _, c := range []struct {
		name string
		a, b news.FigurePoint
		want bool
	}{
		{"one thing", point("a", "exports", 31, "thousand t", "Экспорт томатов — 31 тыс. тонн."), point("b", "exports", 40, "thousand t", "Tomato exports were 40,000 tons."), true},
		{"two kinds of goods", point("a", "exports", 31, "thousand t", "Экспорт томатов — 31 тыс. тонн."), point("b", "exports", 40, "thousand t", "Kartof ixracı 40 min ton olub."), false},
		{"a region and another", point("a", "trade-turnover", 92, "mn USD", "Товарооборот Башкирии — 92 млн."), point("b", "trade-turnover", 125, "mn USD", "Trade of Dagestan came to $125 million."), false},
		{"regions not named", point("a", "trade-turnover", 92, "mn USD", "Товарооборот — 92 млн."), point("b", "trade-turnover", 125, "mn USD", "Trade came to $125 million."), false},
		{"a forecast and a count", point("a", "trade-turnover", 3, "bn USD", "Dövriyyə 3 milyard dollara çata bilər."), point("b", "trade-turnover", 3.4, "bn USD", "Товарооборот — 3,4 млрд."), false},
		{"papers of two days", point("a", "agreements", 6, "count", "Six papers were signed."), point("b", "agreements", 8, "count", "Подписано восемь документов."), false},
		{"about", point("a", "trade-turnover", 2.6, "bn USD", "Trade was $2.6 billion."), news.FigurePoint{Outlet: "b", Figure: news.Figure{Indicator: "trade-turnover", Period: "2024", Value: 2.5, Unit: "bn USD", Approx: "about"}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			ps := Series([]news.FigurePoint{c.a, c.b})
			if got := ps[0].Disputed && ps[1].Disputed; got != c.want {
				t.Errorf("Series(%q, %q) disputed = %v, want %v", c.a.Figure.Sentence, c.b.Figure.Sentence, got, c.want)
			}
		})
	}
}

// What a publisher has changed disputes nothing any more, and what stands in its place
// does.
func TestSeriesOfChangedNumbers(t *testing.T) {
	point := func(item string, v float64) news.FigurePoint {
		return news.FigurePoint{Item: item, Outlet: item, Published: day("2025-02-01"), Figure: news.Figure{Indicator: "exports", Period: "2024", Value: v, Unit: "bn USD", Sentence: fmt.Sprintf("Exports were $%g billion.", v)}}
	}
	was, other, now := point("a", 1.1), point("b", 1.2), point("a", 1.0)
	now.Published, now.Restates = day("2025-02-02"), &was.Figure
	ps := Series([]news.FigurePoint{was, other, now})
	if ps[0].RevisedTo == nil || ps[0].RevisedTo.Value != 1.0 || ps[0].Disputed {
		t.Errorf("what was changed = %+v, want it revised to 1.0 and not disputed", ps[0])
	}
	if ps[1].Against == nil || ps[1].Against.Figure.Value != 1.0 {
		t.Errorf("the other outlet = %+v, want it disputed by 1.0", ps[1])
	}
	if ps[2].Revises == nil || ps[2].Revises.Value != 1.1 || !ps[2].Disputed {
		t.Errorf("what stands = %+v, want it to revise 1.1 and to be disputed", ps[2])
	}
}

func TestMerge(t *testing.T) {
	point := func(outlet, published, period string, v float64, unit string) news.FigurePoint {
		return news.FigurePoint{Outlet: outlet, Published: day(published), Figure: news.Figure{Indicator: "trade-turnover", Period: period, Value: v, Unit: unit}}
	}
	told := Merge(Series([]news.FigurePoint{
		point("a", "2025-02-01", "2024", 4.8, "bn USD"), point("b", "2025-02-02", "2024", 4799, "mn USD"), point("c", "2025-02-03", "2024", 4.8, "bn USD"), point("a", "2025-02-04", "2024", 4.8, "bn USD"),
		point("d", "2025-02-05", "2024", 4.2, "bn USD"),
		point("a", "2020-02-01", "", 3.5, "bn USD"), point("b", "2020-02-05", "", 3.5, "bn USD"), point("c", "2024-02-05", "", 3.5, "bn USD"),
	}))
	var got []string
	for _, x := range told {
		got = append(got, fmt.Sprintf("%s %g %s by %v from %s, disputed %v", x.Figure.Period, x.Figure.Value, x.Figure.Unit, x.By, x.First.Format(time.DateOnly), x.Disputed))
	}
	want := []string{
		" 3.5 bn USD by [a b] from 2020-02-01, disputed false", " 3.5 bn USD by [c] from 2024-02-05, disputed false",
		"2024 4799 mn USD by [a b c] from 2025-02-01, disputed true", "2024 4.2 bn USD by [d] from 2025-02-05, disputed true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Merge (-want +got):\n%s", diff)
	}
}
