package digest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// stating is a report with figures of one indicator.
func stating(id string, seq uint64, period string, values ...float64) report {
	r := turnoverEn.at(id, seq)
	r.title, r.text = "Trade grows", ""
	for _, v := range values {
		r.text += fmt.Sprintf("Trade turnover between Azerbaijan and Russia amounted to $%g billion in %s, said the service of %s. ", v, period, id)
	}
	return r
}

func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		name    string
		reports []report
		want    []string
	}{
		{"agreement", []report{stating("kura.1", 101, "2024", 4.8), stating("neva.1", 102, "2024", 4.8)}, nil},
		{"two outlets, two values", []report{stating("kura.1", 101, "2024", 4.8), stating("neva.1", 102, "2024", 4.2)}, []string{"2024 kura 4.8", "2024 neva 4.2"}},
		{"the third agrees with one", []report{stating("kura.1", 101, "2024", 4.8), stating("neva.1", 102, "2024", 4.2), stating("volga.1", 103, "2024", 4.2)}, []string{"2024 kura 4.8", "2024 neva 4.2"}},
		{"one outlet that corrects itself", []report{stating("kura.1", 101, "2024", 4.8), stating("kura.2", 102, "2024", 4.2)}, nil},
		{"an outlet that gives both values", []report{stating("kura.1", 101, "2024", 4.8), stating("neva.1", 102, "2024", 4.2, 4.8)}, nil},
		{"two periods", []report{stating("kura.1", 101, "2024", 4.8), stating("neva.1", 102, "2023", 4.2)}, nil},
		{"rounding", []report{stating("kura.1", 101, "2024", 4.8), stating("neva.1", 102, "2024", 4.79)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range only(t, Build(input(t, tale(t, "s", c.reports...)))).Differs {
				for _, p := range d.Values {
					got = append(got, fmt.Sprintf("%s %s %g", d.Period, p.Outlet, p.Figure.Value))
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDifferenceWithWhatWasTold(t *testing.T) {
	s := toldUpto(tale(t, "s", stating("kura.1", 80, "2024", 4.8), stating("neva.1", 120, "2024", 4.2)), 99)
	e := only(t, Build(input(t, s)))
	if got, want := len(e.Differs), 1; got != want {
		t.Fatalf("differences = %d, want %d", got, want)
	}
	if got, want := len(e.Figures), 1; got != want {
		t.Errorf("figures = %v, want the fresh one alone", e.Figures)
	}
}

func TestFiguresOfAnEntry(t *testing.T) {
	e := only(t, Build(input(t, tale(t, "s", turnoverEn, turnoverRu, turnoverAz, stating("volga.1", 104, "2024", 4.83)))))
	var got []string
	for _, f := range e.Figures {
		got = append(got, fmt.Sprintf("%s %g %s %s", f.Indicator, f.Value, f.Unit, f.Period))
	}
	want := []string{"trade-turnover 4.83 bn USD 2024"} // once, and as precisely as anyone says
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
}

// box writes lines as the tables do.
func box(d news.Digest) []string {
	var out []string
	for _, l := range d.Figures {
		s := fmt.Sprintf("%s %g by %s", l.Figure.Period, l.Figure.Value, l.Source.Item)
		if l.Previous != nil {
			s += fmt.Sprintf(" after %s %g", l.Previous.Period, l.Previous.Value)
		}
		if l.Conflict {
			s += " contested"
		}
		out = append(out, s)
	}
	return out
}

func TestBox(t *testing.T) {
	heavy := func(id string, rs ...report) Story {
		s := tale(t, id, rs...)
		for i := range s.Items {
			s.Items[i].Verdict.Score = 6.6
		}
		return s
	}
	for _, c := range []struct {
		name    string
		stories []Story
		most    int
		want    []string
	}{
		{"one line a value", []Story{tale(t, "a", stating("kura.1", 101, "2024", 4.8)), tale(t, "b", stating("neva.2", 102, "2024", 4.8))}, 30, []string{"2024 4.8 by kura.1"}},
		{"two values", []Story{tale(t, "a", stating("kura.1", 101, "2024", 4.8)), tale(t, "b", stating("neva.2", 102, "2024", 4.2))}, 30, []string{"2024 4.8 by kura.1 contested", "2024 4.2 by neva.2 contested"}},
		{"a region's trade is not its country's", []Story{tale(t, "a", stating("kura.1", 101, "2024", 4.8)), tale(t, "b", stating("neva.2", 102, "2024", 0.2))}, 30, []string{"2024 4.8 by kura.1", "2024 0.2 by neva.2"}},
		{"but in one story it is a dispute", []Story{tale(t, "a", stating("kura.1", 101, "2024", 4.8), stating("neva.2", 102, "2024", 0.2))}, 30, []string{"2024 4.8 by kura.1 contested", "2024 0.2 by neva.2 contested"}},
		{"one outlet's two values", []Story{tale(t, "a", stating("kura.1", 101, "2024", 4.8)), tale(t, "b", stating("kura.2", 102, "2024", 4.2))}, 30, []string{"2024 4.8 by kura.1", "2024 4.2 by kura.2"}},
		{"the heavier story first, one subject together", []Story{tale(t, "a", stating("kura.1", 101, "2024", 4.8)), heavy("b", stating("neva.2", 102, "2023", 4.2), stating("neva.3", 103, "2024", 4.8))}, 30, []string{"2023 4.2 by neva.2", "2024 4.8 by neva.3"}},
		{"only what is told", []Story{tale(t, "a", stating("kura.1", 101, "2024", 4.8)), heavy("b", stating("neva.2", 102, "2023", 4.2))}, 1, []string{"2023 4.2 by neva.2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, c.stories...)
			in.Options.MaxStories = c.most
			if diff := cmp.Diff(c.want, box(Build(in))); diff != "" {
				t.Errorf("box (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBoxIsBounded(t *testing.T) {
	var stories []Story
	for i := range 40 {
		stories = append(stories, tale(t, fmt.Sprintf("s%02d", i), stating("kura."+fmt.Sprint(i), uint64(101+i), fmt.Sprint(1980+i), 4.8)))
	}
	in := input(t, stories...)
	in.Options.MaxStories, in.Options.MaxPerTopic = 0, 0
	d := Build(in)
	if got, want := len(d.Figures), 20; got != want {
		t.Errorf("box has %d lines, want %d", got, want)
	}
	if got, want := d.Ledger.Stories, 40; got != want {
		t.Errorf("told %d stories, want %d", got, want)
	}
}

// known makes an earlier point of the trade turnover.
func known(period string, value float64, item string, daysAgo int) news.FigurePoint {
	return news.FigurePoint{
		Item: item, Outlet: item, Published: start.AddDate(0, 0, -daysAgo),
		Figure: news.Figure{Indicator: "trade-turnover", Value: value, Unit: "bn USD", Period: period},
	}
}

func TestPrevious(t *testing.T) {
	manat := known("2023", 7, "x", 5)
	manat.Figure.Unit = "bn AZN"
	exports := known("2023", 1.2, "x", 5)
	exports.Figure.Indicator = "exports"
	for _, c := range []struct {
		name  string
		known []news.FigurePoint
		want  string
	}{
		{"none", nil, "2024 4.8 by kura.1"},
		{"the latest period", []news.FigurePoint{known("2023", 4.4, "x", 9), known("2021", 3.3, "y", 1), known("2022", 3.7, "z", 2)}, "2024 4.8 by kura.1 after 2023 4.4"},
		{"of one period the last published", []news.FigurePoint{known("2023", 4.3, "x", 9), known("2023", 4.4, "y", 1), known("2023", 4.2, "z", 20)}, "2024 4.8 by kura.1 after 2023 4.4"},
		{"a year is compared with a year", []news.FigurePoint{known("9M2024", 3.4, "x", 9), known("2023", 4.4, "y", 20)}, "2024 4.8 by kura.1 after 2023 4.4"},
		{"else with what there is", []news.FigurePoint{known("9M2024", 3.4, "x", 9), known("2024-02", 0.3, "y", 20)}, "2024 4.8 by kura.1 after 9M2024 3.4"},
		{"never with a later period", []news.FigurePoint{known("2025-02", 0.4, "x", 9)}, "2024 4.8 by kura.1"},
		{"never with another unit", []news.FigurePoint{manat}, "2024 4.8 by kura.1"},
		{"never with another indicator", []news.FigurePoint{exports}, "2024 4.8 by kura.1"},
		{"the same period is no earlier one", []news.FigurePoint{known("2024", 4.8, "x", 9)}, "2024 4.8 by kura.1"},
		{"but it can be contested", []news.FigurePoint{known("2024", 4.2, "x", 9)}, "2024 4.8 by kura.1 contested"},
		{"not by the outlet itself", []news.FigurePoint{known("2024", 4.2, "kura", 9)}, "2024 4.8 by kura.1"},
		{"an item of the window is not earlier", []news.FigurePoint{known("2023", 4.4, "kura.1", 0)}, "2024 4.8 by kura.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, tale(t, "s", stating("kura.1", 101, "2024", 4.8)))
			in.Known = c.known
			if diff := cmp.Diff([]string{c.want}, box(Build(in))); diff != "" {
				t.Errorf("box (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPreviousOfUndated(t *testing.T) {
	s := tale(t, "s", stating("kura.1", 101, "2024", 4.8))
	s.Items[0].Figures[0].Period = ""
	in := input(t, s)
	in.Known = []news.FigurePoint{known("", 4.1, "x", 9), known("", 4.4, "y", 2), known("2023", 9, "z", 1), known("", 5, "w", -3)}
	if diff := cmp.Diff([]string{" 4.8 by kura.1 after  4.4"}, box(Build(in))); diff != "" {
		t.Errorf("box (-want +got):\n%s", diff)
	}
}

// TestNumbersOfAnotherEvent holds that the dead of one month's other event are no earlier
// value and no contradiction.
func TestNumbersOfAnotherEvent(t *testing.T) {
	befell := func(id string, seq uint64, period string) Story {
		s := tale(t, "story-"+id, stating(id, seq, "2024", 4.8))
		g := &s.Items[0].Figures[0]
		g.Indicator, g.Unit, g.Value, g.Period = "casualties", "killed", float64(seq), period
		return s
	}
	for _, period := range []string{"", "2024-12"} {
		in := input(t, befell("kura.1", 101, period), befell("neva.2", 102, period))
		p := known(period, 38, "x", 9)
		p.Figure.Indicator, p.Figure.Unit = "casualties", "killed"
		in.Known = []news.FigurePoint{p}
		if diff := cmp.Diff([]string{period + " 101 by kura.1", period + " 102 by neva.2"}, box(Build(in))); diff != "" {
			t.Errorf("box of period %q (-want +got):\n%s", period, diff)
		}
	}
}

func TestUndatedFiguresOfTwoStoriesAreTwoMatters(t *testing.T) {
	a, b := tale(t, "a", stating("kura.1", 101, "2024", 4.8)), tale(t, "b", stating("neva.2", 102, "2024", 4.2))
	a.Items[0].Figures[0].Period, b.Items[0].Figures[0].Period = "", ""
	a.First = a.First.Add(-time.Hour)
	if diff := cmp.Diff([]string{" 4.8 by kura.1", " 4.2 by neva.2"}, box(Build(input(t, a, b)))); diff != "" {
		t.Errorf("box (-want +got):\n%s", diff)
	}
}
