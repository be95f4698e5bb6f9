package figures

import (
	"fmt"
	"testing"

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
