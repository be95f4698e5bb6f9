package alert_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/alert"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

// reader is the lexicon of the seeds, read once for all tests.
var reader = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load(seeds.FS) })

// story is reported by two outlets, one of each side.
func story() (news.Story, []news.Item, news.Entry) {
	items := []news.Item{
		{ID: "a", Outlet: "A", Lang: news.Az, Title: "Prezident İlham Əliyev danışıqlara getdi", Text: "Ultimatumdan söz getmir."},
		{ID: "b", Outlet: "R", Lang: news.Ru, Title: "Переговоры в Баку", Text: "Стороны обсудили поставки нефтегазового оборудования."},
	}
	items[1].Verdict.Score = 4
	st := news.Story{ID: "sa", Members: []news.Member{
		{Item: "a", Outlet: "A", Side: news.SideAz}, {Item: "b", Outlet: "R", Side: news.SideRu},
	}}
	e := news.Entry{Story: "sa", Topics: []string{"energy", "trade"}, Rank: []news.Term{{Name: "voices", Points: 2}, {Name: "both-sides", Points: 2}}}
	return st, items, e
}

func TestTakes(t *testing.T) {
	x, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	voices := news.AlertReason{Kind: news.AlertVoices, Value: "2"}
	for _, tt := range []struct {
		name string
		rule alert.Rule
		want []news.AlertReason // nil when it is not taken
	}{
		{"nothing asked", alert.Rule{}, []news.AlertReason{voices}},
		{"two voices", alert.Rule{MinVoices: 2}, []news.AlertReason{voices}},
		{"three voices", alert.Rule{MinVoices: 3}, nil},
		{"both sides", alert.Rule{BothSides: true}, []news.AlertReason{voices, {Kind: news.AlertSides}}},
		{"one of the topics", alert.Rule{Topics: []string{"health", "trade"}}, []news.AlertReason{voices, {Kind: news.AlertTopic, Value: "trade"}}},
		{"another topic", alert.Rule{Topics: []string{"health"}}, nil},
		{"rank", alert.Rule{MinRank: 4}, []news.AlertReason{voices, {Kind: news.AlertRank, Value: "4"}}},
		{"higher rank", alert.Rule{MinRank: 4.5}, nil},
		{"score", alert.Rule{MinScore: 3}, []news.AlertReason{voices, {Kind: news.AlertScore, Value: "4"}}},
		{"higher score", alert.Rule{MinScore: 5}, nil},
		{
			"actor",
			alert.Rule{Actors: []string{"person/ilham-aliyev"}, Lang: news.Ru},
			[]news.AlertReason{voices, {Kind: news.AlertActor, Value: "Ильхам Алиев"}},
		},
		{"another actor", alert.Rule{Actors: []string{"person/heydar-aliyev"}}, nil},
		{"inflected keyword", alert.Rule{Keywords: []string{"ultimatum"}}, []news.AlertReason{voices, {Kind: news.AlertKeyword, Value: "ultimatum"}}},
		{
			"inflected phrase",
			alert.Rule{Keywords: []string{"санкция", "нефтегазовое оборудование"}},
			[]news.AlertReason{voices, {Kind: news.AlertKeyword, Value: "нефтегазовое оборудование"}},
		},
		{"short word", alert.Rule{Keywords: []string{"söz"}}, []news.AlertReason{voices, {Kind: news.AlertKeyword, Value: "söz"}}},
		{"beginning of a word", alert.Rule{Keywords: []string{"dan"}}, nil},
		{"part of a phrase", alert.Rule{Keywords: []string{"новое оборудование"}}, nil},
		{"one of two conditions", alert.Rule{BothSides: true, Keywords: []string{"caviar"}}, nil},
	} {
		st, items, e := story()
		got, ok := alert.New(tt.rule, x).Takes(st, items, e)
		if ok != (tt.want != nil) || !cmp.Equal(got, tt.want) {
			t.Errorf("%s: Takes = %v, %v, want %v", tt.name, got, ok, tt.want)
		}
	}
}

// TestCopiesAreNoVoices holds that a text passed on by the other side's outlet is neither
// a voice nor a side.
func TestCopiesAreNoVoices(t *testing.T) {
	x, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	st, items, e := story()
	st.Members = slices.Clone(st.Members)
	st.Members[1].CopyOf = "a"
	for _, rule := range []alert.Rule{{MinVoices: 2}, {BothSides: true}} {
		if _, ok := alert.New(rule, x).Takes(st, items, e); ok {
			t.Errorf("%+v takes a story of one outlet and its copy", rule)
		}
	}
}

func TestQuiet(t *testing.T) {
	baku := time.FixedZone("Baku", 4*3600)
	night := alert.Rule{Zone: baku, QuietFrom: 22 * time.Hour, QuietTo: 7*time.Hour + 30*time.Minute}
	noon := alert.Rule{Zone: baku, QuietFrom: 12 * time.Hour, QuietTo: 13 * time.Hour}
	for _, tt := range []struct {
		name string
		rule alert.Rule
		at   string // in Baku
		want bool
	}{
		{"before the night", night, "21:59:59", false},
		{"its beginning", night, "22:00:00", true},
		{"midnight", night, "00:00:00", true},
		{"its last second", night, "07:29:59", true},
		{"its end", night, "07:30:00", false},
		{"noon", noon, "12:30:00", true},
		{"after noon", noon, "13:00:00", false},
		{"no quiet hours", alert.Rule{Zone: baku}, "00:00:00", false},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04:05", "2026-03-08 "+tt.at, baku)
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.rule.Quiet(at.UTC()); got != tt.want {
			t.Errorf("%s: Quiet = %v, want %v", tt.name, got, tt.want)
		}
	}
}
