package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

func TestScale(t *testing.T) {
	tests := []struct {
		top  float64
		want []float64
	}{
		{0, []float64{0, 1}},
		{1, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
		{4.8, []float64{0, 1, 2, 3, 4, 5}},
		{37, []float64{0, 10, 20, 30, 40}},
		{1e9, []float64{0, 2e8, 4e8, 6e8, 8e8, 1e9}},
	}
	for _, tt := range tests {
		got := scale(tt.top)
		near := cmp.Comparer(func(a, b float64) bool { return a-b < 1e-6*(1+b) && b-a < 1e-6*(1+b) })
		if diff := cmp.Diff(tt.want, got, near); diff != "" {
			t.Errorf("scale(%v) (-want +got):\n%s", tt.top, diff)
		}
	}
}

func TestMiddle(t *testing.T) {
	published := time.Date(2024, 7, 2, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		period string
		want   float64
		ok     bool
	}{
		{"2024", 2024.5, true},
		{"2024-01", 2024 + 1.0/24, true},
		{"6M2024", 2024.25, true},
		{"2024 YTD", 2024.25, true},
		{"2021/2024", 2023, true},
		{"2023-12/2024-01", 2024, true},
		{"", 2024.5, true},
		{"annual", 2024.5, true},
		{"13M2024", 0, false},
		{"long ago", 0, false},
	}
	for _, tt := range tests {
		got, ok := middle(tt.period, published)
		if ok != tt.ok || ok && (got-tt.want > 0.01 || tt.want-got > 0.01) {
			t.Errorf("middle(%q) = %v, %v, want %v, %v", tt.period, got, ok, tt.want, tt.ok)
		}
	}
}

// TestPlot: what is drawn lies inside the chart, in one unit, and leads to its row.
func TestPlot(t *testing.T) {
	point := func(period string, value float64, unit, item string) news.FigurePoint {
		return news.FigurePoint{Item: item, Outlet: item, Published: day, Figure: news.Figure{Indicator: "exports", Value: value, Unit: unit, Period: period}}
	}
	series := figures.Series([]news.FigurePoint{
		point("2023", 900, "mn USD", "a"), point("2024", 1.2, "bn USD", "b"), point("2024", 1.3, "bn USD", "c"), point("2025", 5, "bn RUB", "d"), point("2022", 1, "bn USD", "seed:x.md"),
	})
	v := &view{W: &english, tongue: render.In(news.En, "")}
	var rows []pointRow
	for _, p := range series {
		rows = append(rows, v.point(p, "p-"+p.Item))
	}
	got := v.plot(series, rows)
	if got.Unit != "bn USD" || got.Apart != 1 || len(got.Dots) != 4 {
		t.Fatalf("plot = %d dots in %q, %d apart; want 4 in bn USD, 1 apart", len(got.Dots), got.Unit, got.Apart)
	}
	for _, d := range got.Dots {
		if d.X < chartLeft || d.X > chartWide || d.Y < 0 || d.Y > chartHigh {
			t.Errorf("%s lies at %v, %v, outside", d.Row, d.X, d.Y)
		}
		if d.Seed != strings.HasPrefix(d.Row, "p-seed:") || d.Disputed != (d.Row == "p-b" || d.Row == "p-c") {
			t.Errorf("%s: seed %v, disputed %v", d.Row, d.Seed, d.Disputed)
		}
	}
	if n := len(strings.Fields(got.Line)); n != 2 {
		t.Errorf("the line joins %d years, want 2022 and 2023, those that nobody disputes: %q", n, got.Line)
	}
	if empty := v.plot(nil, nil); len(empty.Dots) != 0 {
		t.Errorf("plot of nothing has %d dots", len(empty.Dots))
	}
}

func TestWeeks(t *testing.T) {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{monday, monday.Add(week - time.Second)} {
		if got := startOf(weekOf(at)); !got.Equal(monday) {
			t.Errorf("the week of %v begins on %v, want %v", at, got, monday)
		}
	}
}

// TestVolumes: what came before and after the first count is counted once.
func TestVolumes(t *testing.T) {
	si := newSite(t)
	si.archive(t)
	x := newVolumes()
	for range 2 {
		if err := x.update(si.store, day); err != nil {
			t.Fatal(err)
		}
	}
	vol := x.of("energy", day)
	last := vol[len(vol)-1]
	if vol.total() != 3 || last.side(news.SideAz) != 1 || last.side(news.SideRu) != 1 || last.side(news.SideOther) != 1 || last.lang(news.En) != 2 {
		t.Errorf("volume = %d, last week az %d ru %d other %d en %d; want 3, 1, 1, 1 and 2",
			vol.total(), last.side(news.SideAz), last.side(news.SideRu), last.side(news.SideOther), last.lang(news.En))
	}
	fresh := newVolumes()
	fresh.upto = 1 // as if the first item had been counted before
	if err := fresh.update(si.store, day); err != nil {
		t.Fatal(err)
	}
	if got := fresh.of("energy", day).total(); got != 2 {
		t.Errorf("items counted after the first = %d, want 2", got)
	}
}

// TestValueOfSeveral: what several outlets state stands once, in whatever words and unit,
// with the one whose sentence it is and the others behind it.
func TestValueOfSeveral(t *testing.T) {
	si := newSite(t)
	batch := &store.Batch{State: news.FeedState{Feed: "wire"}, Attempt: news.Attempt{At: day}}
	state := func(id, outlet string, value float64, unit string) {
		batch.Items = append(batch.Items, news.Item{
			ID: id, Feed: "wire", Outlet: outlet, Lang: news.En, URL: "https://wire.example/" + id, Title: "Trade", Text: "It was stated.", Published: day, FirstSeen: day,
			Verdict: news.Verdict{Relevant: true},
			Figures: []news.Figure{{Indicator: "trade-turnover", Value: value, Unit: unit, Period: "2024", Sentence: "It was stated.", Field: news.FieldText, Start: 0, End: 2}},
		})
	}
	state("00010000000000a1", "Caspian Wire", 4.8, "bn USD")
	state("00010000000000a2", "Волга", 4800, "mn USD")
	state("00010000000000a3", "Caspian Wire", 4.8, "bn USD")
	for i := range maxOthers + 1 {
		state(fmt.Sprintf("00010000000001%02d", i), fmt.Sprintf("Copyist %d", i), 4.8, "bn USD")
	}
	state("00010000000000a9", "Stray", 2.1, "bn USD")
	if err := si.store.SaveBatch(batch); err != nil {
		t.Fatal(err)
	}
	body := si.ask(t, "GET", "/figures/trade-turnover").body
	if got := strings.Count(body, "<tr id="); got != 2 {
		t.Errorf("the table has %d rows, want 2", got)
	}
	if got := strings.Count(body, ">Caspian Wire<"); got != 1 {
		t.Errorf("one outlet is named %d times, want once", got)
	}
	for _, want := range []string{"Also stated by", "Caspian Wire</a>, ", "Copyist 10", "+2</div>", ">Stray<"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
}

// TestWarm holds that what was counted beforehand is not counted again by the first reader.
func TestWarm(t *testing.T) {
	si := large(t, 2000, 0)
	s := &server{o: si.o, volumes: newVolumes()}
	if err := s.warm(); err != nil {
		t.Fatal(err)
	}
	cur, err := si.store.Cursor()
	if err != nil || s.volumes.upto != cur.Item {
		t.Errorf("counted up to item %d, %v, want %d", s.volumes.upto, err, cur.Item)
	}
	if err := si.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := (&server{o: si.o, volumes: newVolumes()}).warm(); err == nil {
		t.Error("warm of a store that is closed = nil, want an error")
	}
}
