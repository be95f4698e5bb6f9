package eval

import (
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func ptr(s string) *string { return &s }

func TestRead(t *testing.T) {
	const in = `{"id":"en-1","lang":"en","date":"2024-08-19","title":"T","description":"D","relevant":true,"topics":["trade"],"event":"e","figures":[{"indicator":"exports","value":2,"unit":"bn USD","period":null}]}

{"id":"az-1","lang":"az","title":"B","description":"","event":null,"hard":true}
`
	got, err := Read(strings.NewReader(in))
	if err != nil {
		t.Fatalf("Read = %v", err)
	}
	want := []Labelled{
		{
			ID: "en-1", Lang: news.En, Day: "2024-08-19", Title: "T", Text: "D", Relevant: true,
			Topics: []string{"trade"}, Event: ptr("e"),
			Figures: []FigureKey{{Indicator: "exports", Value: 2, Unit: "bn USD"}},
		},
		{ID: "az-1", Lang: news.Az, Title: "B", Hard: true},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Read (-want +got):\n%s", d)
	}
	if day := got[0].Input().Date.Format("2006-01-02"); day != "2024-08-19" {
		t.Errorf("Input().Date = %s, want 2024-08-19", day)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"no JSON", "{\"id\":\"a\"}\nnonsense\n", "line 2"},
		{"no id", `{"title":"x"}`, `no "id"`},
		{"same id twice", "{\"id\":\"a\"}\n{\"id\":\"a\"}", "stands in line 1 already"},
		{"odd date", `{"id":"a","date":"19.08.2024"}`, "write date as"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(tc.in))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Read(%q) = %v, want an error with %q", tc.in, err, tc.want)
			}
		})
	}
}

func TestReadLabelledSets(t *testing.T) {
	for _, tc := range []struct {
		file            string
		items, relevant int
	}{{"testdata/dev.en.jsonl", 160, 73}, {"testdata/dev.ruaz.jsonl", 160, 75}} {
		f, err := os.Open(tc.file)
		if err != nil {
			t.Fatal(err)
		}
		items, err := Read(f)
		_ = f.Close() // read only
		if err != nil {
			t.Fatalf("Read(%s) = %v", tc.file, err)
		}
		rel := 0
		for _, it := range items {
			if it.Relevant {
				rel++
			}
		}
		if len(items) != tc.items || rel != tc.relevant {
			t.Errorf("%s holds %d items, %d relevant; want %d, %d", tc.file, len(items), rel, tc.items, tc.relevant)
		}
		if a, b := len(Half(items, 0)), len(Half(items, 1)); a+b != tc.items || a < 60 || b < 60 {
			t.Errorf("%s halves = %d + %d", tc.file, a, b)
		}
	}
}

func TestPRF(t *testing.T) {
	for _, tc := range []struct {
		name    string
		c       PRF
		p, r, f float64
	}{
		{"nothing wanted, nothing given", PRF{}, 1, 1, 1},
		{"nothing given though wanted", PRF{FN: 2}, 0, 0, 0},
		{"given though nothing wanted", PRF{FP: 2}, 0, 0, 0},
		{"3 right 1 wrong 2 missed", PRF{TP: 3, FP: 1, FN: 2}, 0.75, 0.6, 2 * 0.75 * 0.6 / 1.35},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if !near(tc.c.Precision(), tc.p) || !near(tc.c.Recall(), tc.r) || !near(tc.c.F1(), tc.f) {
				t.Errorf("%+v = %.4f %.4f %.4f, want %.4f %.4f %.4f", tc.c,
					tc.c.Precision(), tc.c.Recall(), tc.c.F1(), tc.p, tc.r, tc.f)
			}
		})
	}
}

func TestScoreRelevance(t *testing.T) {
	items := []Labelled{
		{ID: "1", Lang: news.En, Relevant: true},
		{ID: "2", Lang: news.En, Relevant: true, Hard: true},
		{ID: "3", Lang: news.Ru},
		{ID: "4", Lang: news.Ru, Relevant: true},
	}
	s := ScoreRelevance(items, ByID([]Prediction{
		{ID: "1", Relevant: true}, {ID: "3", Relevant: true}, {ID: "4", Relevant: true},
	}))
	want := RelevanceScore{
		All: PRF{TP: 2, FP: 1, FN: 1}, Clear: PRF{TP: 2, FP: 1},
		Lang:     map[news.Lang]PRF{news.En: {TP: 1, FN: 1}, news.Ru: {TP: 1, FP: 1}},
		LangSure: map[news.Lang]PRF{news.En: {TP: 1}, news.Ru: {TP: 1, FP: 1}},
		Wrong:    []string{"2", "3"},
	}
	if d := cmp.Diff(want, s); d != "" {
		t.Errorf("ScoreRelevance (-want +got):\n%s", d)
	}
}

func TestScoreTopics(t *testing.T) {
	items := []Labelled{
		{ID: "1", Lang: news.En, Relevant: true, Topics: []string{"trade", "energy"}},
		{ID: "2", Lang: news.Az, Relevant: true, Topics: []string{"trade"}},
		{ID: "3", Lang: news.Az},
	}
	s := ScoreTopics(items, ByID([]Prediction{
		{ID: "1", Topics: []string{"trade", "health", "trade"}},
		{ID: "2", Topics: []string{"trade"}},
		{ID: "3", Topics: []string{"energy"}},
	}))
	if want := (PRF{TP: 2, FP: 2, FN: 1}); s.Micro != want {
		t.Errorf("Micro = %+v, want %+v", s.Micro, want)
	}
	if want := (PRF{TP: 2, FP: 1, FN: 1}); s.OnTrue != want {
		t.Errorf("OnTrue = %+v, want %+v", s.OnTrue, want)
	}
	// trade 1.0, energy 0 (one wrong, one missed); health is in no label.
	if !near(s.Macro, 0.5) || s.Exact != 1 || s.OutOf != 2 {
		t.Errorf("Macro, Exact, OutOf = %v %d %d, want 0.5 1 2", s.Macro, s.Exact, s.OutOf)
	}
	if d := cmp.Diff([]string{"health"}, s.Unknown); d != "" {
		t.Errorf("Unknown (-want +got):\n%s", d)
	}
}

func TestScoreStories(t *testing.T) {
	items := []Labelled{
		{ID: "a", Lang: news.En, Relevant: true, Event: ptr("x")},
		{ID: "b", Lang: news.Ru, Relevant: true, Event: ptr("x")},
		{ID: "c", Lang: news.En, Relevant: true, Event: ptr("y")},
		{ID: "d", Lang: news.Az, Relevant: true, VariantOf: "c", Event: ptr("y")},
		{ID: "e", Lang: news.Az, Relevant: true},
		{ID: "f", Lang: news.Az, Event: ptr("x")}, // not relevant: not scored
	}
	// {a b c} {d} {e}: a, b 2/3 pure and whole; c 1/3 and 1/2; d 1 and 1/2; e 1, 1.
	got := ByID([]Prediction{
		{ID: "a", Story: "s"},
		{ID: "b", Story: "s"},
		{ID: "c", Story: "s"},
		{ID: "d", Story: "t"},
		{ID: "f", Story: "s"},
	})
	s := ScoreStories(items, got, true)
	if p, r := (2./3+2./3+1./3+1+1)/5, (1+1+.5+.5+1)/5.; !near(s.BCubed.Precision, p) || !near(s.BCubed.Recall, r) {
		t.Errorf("BCubed = %+v, want %.4f %.4f", s.BCubed, p, r)
	}
	if want := (PRF{TP: 1, FP: 2, FN: 1}); s.Pairs != want {
		t.Errorf("Pairs = %+v, want %+v", s.Pairs, want)
	}
	if want := (PRF{TP: 1, FP: 1, FN: 1}); s.Cross != want { // ab right, bc wrong, cd missed
		t.Errorf("Cross = %+v, want %+v", s.Cross, want)
	}
	o := ScoreStories(items, got, false)
	if o.Items != 4 || !near(o.BCubed.Recall, 1) {
		t.Errorf("without variants: %d items, recall %v; want 4, 1", o.Items, o.BCubed.Recall)
	}
}

func TestScoreFigures(t *testing.T) {
	items := []Labelled{{
		ID: "1", Lang: news.En, Relevant: true,
		Figures: []FigureKey{
			{"trade-turnover", 3.35, "bn USD", "2021"},
			{"exports", 253.76, "thousand t", ""},
			{"students", 11000, "count", ""},
		},
	}, {ID: "2"}}
	s := ScoreFigures(items, ByID([]Prediction{{ID: "1", Figures: []FigureKey{
		{"trade-turnover", 3350, "mn USD", "2021"},
		{"exports", 253760, "tons", "2024"},
		{"students", 11500, "count", ""},
	}}, {ID: "2", Figures: []FigureKey{{"aid", 1, "t", ""}}}}))
	if want := (PRF{TP: 1, FP: 2, FN: 2}); s.All != want {
		t.Errorf("All = %+v, want %+v", s.All, want)
	}
	if want := (PRF{TP: 2, FP: 1, FN: 1}); s.NoPeriod != want {
		t.Errorf("NoPeriod = %+v, want %+v", s.NoPeriod, want)
	}
}

func TestSameValue(t *testing.T) {
	for _, tc := range []struct {
		name string
		a, b FigureKey
		want bool
	}{
		{"scale", FigureKey{Value: 3.35, Unit: "bn USD"}, FigureKey{Value: 3350, Unit: "mn USD"}, true},
		{"next printed digit", FigureKey{Value: 3.35, Unit: "bn USD"}, FigureKey{Value: 3.36, Unit: "bn USD"}, false},
		{"currency", FigureKey{Value: 1, Unit: "mn USD"}, FigureKey{Value: 1, Unit: "mn EUR"}, false},
		{"word for ton", FigureKey{Value: 20, Unit: "thousand t"}, FigureKey{Value: 20000, Unit: "tonnes"}, true},
		{"nothing", FigureKey{Unit: "t"}, FigureKey{Unit: "t"}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := sameValue(tc.a, tc.b); got != tc.want {
				t.Errorf("sameValue(%v, %v) = %v, want %v", tc.a, tc.b, got, tc.want)
			}
		})
	}
}

func TestRunShowsNoLabels(t *testing.T) {
	items := []Labelled{
		{ID: "1", Lang: news.En, Title: "a", Text: "b", Relevant: true, Topics: []string{"trade"}, Event: ptr("x")},
		{ID: "2", Lang: news.Ru, Title: "c", Relevant: true, Event: ptr("x")},
	}
	titles := 0
	r := Run(items, System{
		Classify: func(in Input) Prediction {
			if in.Text == "" {
				titles++
			}
			return Prediction{Lang: news.En, Relevant: in.Text != "", Topics: []string{"trade"}}
		},
		Cluster: func(ins []Input) map[string]string {
			m := map[string]string{}
			for _, in := range ins {
				m[in.ID] = "s"
			}
			return m
		},
		Figures: func(Input) []FigureKey { return nil },
	})
	if titles != 3 { // both on titles alone, and the second has no text
		t.Errorf("Classify saw %d items without text, want 3", titles)
	}
	if got := r.Relevance.All; got != (PRF{TP: 1, FN: 1}) {
		t.Errorf("Relevance.All = %+v", got)
	}
	if got := r.Stories.BCubed.F1(); !near(got, 1) {
		t.Errorf("Stories.BCubed.F1() = %v, want 1", got)
	}
	if r.Language.Right != 1 || !near(r.Language.Accuracy(), 0.5) {
		t.Errorf("Language = %+v", r.Language)
	}
	text := r.String()
	for _, want := range []string{"2 items, 2 relevant", "titles alone", "pairs across languages", "wrong relevance: 2", "wrong language: 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("report lacks %q:\n%s", want, text)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"a","date":"2024-01-02","figures":[{"value":1e400}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		items, err := Read(strings.NewReader(string(b)))
		if err != nil {
			return
		}
		_ = Run(items, System{}).String()
		got := map[string]Prediction{}
		for _, it := range items {
			got[it.ID] = Prediction{ID: it.ID, Relevant: it.Relevant, Topics: it.Topics, Figures: it.Figures}
		}
		if s := ScoreRelevance(items, got); s.All.FP+s.All.FN != 0 {
			t.Errorf("labels against themselves: %+v", s.All)
		}
	})
}

func TestJoinedEvents(t *testing.T) {
	var items []Labelled
	got := map[string]Prediction{}
	add := func(event, story string, n int) {
		for range n {
			id := event + story + string(rune('a'+len(items)))
			items = append(items, Labelled{ID: id, Relevant: true, Event: &event})
			got[id] = Prediction{Story: story}
		}
	}
	add("flood", "s1", 4)
	add("fire", "s1", 1) // one stray item of a large event joins it
	add("fire", "s2", 3)
	add("quake", "s2", 3) // too small to count
	if s := ScoreStories(items, got, true); s.Joined != 1 {
		t.Errorf("ScoreStories = %d joined, want 1: s1 alone", s.Joined)
	}
}

func TestWorstOrder(t *testing.T) {
	items := []Labelled{
		{ID: "a", Relevant: true, Event: ptr("e")},
		{ID: "b", Relevant: true, Event: ptr("e")},
		{ID: "c", Relevant: true, Event: ptr("e")},
		{ID: "d", Relevant: true, Event: ptr("e")},
	}
	seen := map[string]bool{}
	r := Run(items, System{Arrive: func(ins []Input) map[string]string {
		var order string
		got := map[string]string{}
		for _, in := range ins {
			order += in.ID
			got[in.ID] = "one"
		}
		if !seen[order] && len(seen) == 2 { // the third order goes wrong
			got["a"] = "another"
		}
		seen[order] = true
		return got
	}})
	if len(seen) < 3 {
		t.Fatalf("%d different orders were tried, want at least 3", len(seen))
	}
	if got := r.WorstOrder.BCubed.F1(); near(got, 1) {
		t.Error("WorstOrder is perfect, want the order that went wrong")
	}
}
