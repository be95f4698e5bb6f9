package timeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samur/internal/news"
)

const (
	putin     = "person/vladimir-putin"
	aliyev    = "person/ilham-aliyev"
	lavrov    = "person/sergei-lavrov"
	bayramov  = "person/jeyhun-bayramov"
	overchuk  = "person/alexei-overchuk"
	mustafa   = "person/shahin-mustafayev"
	presRu    = "office/president-of-russia"
	russia    = "country/russia"
	azerb     = "country/azerbaijan"
	baku      = "city/baku"
	moscow    = "city/moscow"
	igc       = "institution/intergovernmental-commission"
	ownOutlet = "Report"
)

// saying makes a mention of an event of some persons in an item of its own.
func saying(n int, pub string, k news.EventKind, s news.EventState, day, where, story string, who ...string) news.Mention {
	at, err := time.Parse(time.DateOnly, pub)
	if err != nil {
		panic(err)
	}
	return news.Mention{
		Item: fmt.Sprintf("%016x", n), Story: story, Outlet: ownOutlet, Lang: news.En, URL: "https://report.example/" + fmt.Sprint(n), Published: at.Add(9 * time.Hour),
		Event: news.Event{Kind: k, State: s, Who: who, Where: where, Day: day, Sentence: "S.", Field: news.FieldText},
	}
}

// later1 puts a mention at another place of its item.
func later1(m news.Mention) news.Mention {
	m.Event.Start = 1
	return m
}

// outline writes occasions as "kind state day where (items)".
func outline(os []news.Occasion) []string {
	out := []string{}
	for _, o := range os {
		var items []string
		for _, m := range o.Mentions {
			items = append(items, strings.TrimLeft(m.Item, "0"))
		}
		out = append(out, fmt.Sprintf("%s %s %s %s (%s)", o.Kind, o.State, o.Day, o.Where, strings.Join(items, " ")))
	}
	return out
}

func TestMerge(t *testing.T) {
	const meet, call, visit, sign = news.EventMeeting, news.EventCall, news.EventVisit, news.EventSigning
	const planned, held, postponed, cancelled = news.EventPlanned, news.EventHeld, news.EventPostponed, news.EventCancelled
	moved := saying(2, "2026-03-08", visit, postponed, "2026-04-05", baku, "", overchuk)
	moved.Event.Was = "2026-03-10"
	openEnd := saying(2, "2026-03-08", visit, postponed, "", baku, "s", overchuk)
	tests := []struct {
		name string
		ms   []news.Mention
		want []string
	}{
		{"planned and held are one", []news.Mention{
			saying(1, "2026-03-05", meet, planned, "2026-03-08", "", "a", lavrov, bayramov),
			saying(2, "2026-03-08", meet, held, "2026-03-08", moscow, "b", bayramov, lavrov),
		}, []string{"meeting held 2026-03-08 city/moscow (1 2)"}},
		{"planned for a month and held in it", []news.Mention{
			saying(1, "2026-02-05", visit, planned, "2026-03", baku, "", lavrov),
			saying(2, "2026-03-20", visit, held, "", baku, "", lavrov),
			saying(3, "2026-03-20", visit, held, "2026-03-20", baku, "", lavrov),
		}, []string{"visit held 2026-03-20 city/baku (1 2 3)"}},
		{"two calls in one week are two", []news.Mention{
			saying(1, "2026-03-09", call, held, "2026-03-09", "", "", putin, aliyev),
			saying(2, "2026-03-12", call, held, "2026-03-12", "", "", putin, aliyev),
		}, []string{"call held 2026-03-09  (1)", "call held 2026-03-12  (2)"}},
		{"two calls in one week, of headlines that name no day", []news.Mention{
			saying(1, "2026-03-09", call, held, "", "", "a", putin, aliyev),
			saying(2, "2026-03-09", call, held, "", "", "a", aliyev, putin),
			saying(3, "2026-03-12", call, held, "", "", "b", putin, aliyev),
		}, []string{"call held   (1 2)", "call held   (3)"}},
		{"an office is its holder", []news.Mention{
			saying(1, "2026-03-09", call, held, "2026-03-09", "", "", presRu, aliyev),
			saying(2, "2026-03-09", call, held, "", "", "", putin, aliyev),
		}, []string{"call held 2026-03-09  (1 2)"}},
		{"others are met on the same day", []news.Mention{
			saying(1, "2026-03-09", meet, held, "2026-03-09", baku, "", aliyev, lavrov),
			saying(2, "2026-03-09", meet, held, "2026-03-09", baku, "", aliyev, overchuk),
		}, []string{"meeting held 2026-03-09 city/baku (1)", "meeting held 2026-03-09 city/baku (2)"}},
		{"another place speaks against it", []news.Mention{
			saying(1, "2026-03-09", meet, held, "2026-03-09", baku, "", bayramov, lavrov),
			saying(2, "2026-03-09", meet, held, "2026-03-09", moscow, "", bayramov, lavrov),
		}, []string{"meeting held 2026-03-09 city/baku (1)", "meeting held 2026-03-09 city/moscow (2)"}},
		{"a city is in its country", []news.Mention{
			saying(1, "2026-03-09", visit, held, "2026-03-09", azerb, "", lavrov),
			saying(2, "2026-03-09", visit, held, "2026-03-09", baku, "", lavrov),
		}, []string{"visit held 2026-03-09 city/baku (1 2)"}},
		{"a visit is no meeting", []news.Mention{
			saying(1, "2026-03-09", visit, held, "2026-03-09", baku, "a", lavrov),
			saying(2, "2026-03-09", meet, held, "2026-03-09", baku, "a", lavrov, bayramov),
		}, []string{"visit held 2026-03-09 city/baku (1)", "meeting held 2026-03-09 city/baku (2)"}},
		{"put off to another day", []news.Mention{
			saying(1, "2026-03-05", visit, planned, "2026-03-10", baku, "", overchuk),
			moved,
			saying(3, "2026-04-05", visit, held, "2026-04-05", baku, "", overchuk),
		}, []string{"visit held 2026-04-05 city/baku (1 2 3)"}},
		{"put off for good, in the same story", []news.Mention{
			saying(1, "2026-03-05", visit, planned, "2026-03-10", baku, "s", overchuk),
			openEnd,
		}, []string{"visit postponed  city/baku (1 2)"}},
		{"called off", []news.Mention{
			saying(1, "2026-06-20", visit, planned, "2026-06-30", baku, "", overchuk),
			saying(2, "2026-06-28", visit, cancelled, "", "", "", overchuk),
			saying(3, "2026-06-28", visit, cancelled, "2026-06-30", baku, "", overchuk),
		}, []string{"visit cancelled 2026-06-30 city/baku (1 2 3)"}},
		{"one that was held is not what is planned next", []news.Mention{
			saying(1, "2026-03-09", meet, held, "2026-03-09", "", "", lavrov, bayramov),
			saying(2, "2026-03-20", meet, planned, "", "", "", lavrov, bayramov),
		}, []string{"meeting held 2026-03-09  (1)", "meeting planned   (2)"}},
		{"countries of one story", []news.Mention{
			saying(1, "2026-03-09", sign, held, "", "", "s", russia, azerb),
			saying(2, "2026-03-09", sign, held, "2026-03-09", baku, "s", overchuk, mustafa),
		}, []string{"signing held 2026-03-09 city/baku (1 2)"}},
		{"countries of different stories", []news.Mention{
			saying(1, "2026-03-09", sign, held, "", "", "s", russia, azerb),
			saying(2, "2026-03-09", sign, held, "2026-03-09", baku, "r", overchuk, mustafa),
		}, []string{"signing held   (1)", "signing held 2026-03-09 city/baku (2)"}},
		{"one item that says more of it", []news.Mention{
			saying(1, "2026-03-09", visit, planned, "", moscow, "", aliyev),
			later1(saying(1, "2026-03-09", visit, planned, "", russia, "", aliyev)),
		}, []string{"visit planned  city/moscow (1 1)"}},
		{"a session of the commission", []news.Mention{
			saying(1, "2026-11-03", meet, planned, "2026-12", "region/astrakhan", "", igc),
			saying(2, "2026-12-11", meet, held, "2026-12-11", "region/astrakhan", "", igc, overchuk, mustafa),
		}, []string{"meeting held 2026-12-11 region/astrakhan (1 2)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, outline(Merge(tt.ms))); diff != "" {
				t.Errorf("Merge (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMergeSaysMost(t *testing.T) {
	ms := []news.Mention{
		saying(1, "2026-03-05", news.EventSigning, news.EventPlanned, "2026-03", azerb, "s", azerb, presRu, aliyev),
		saying(2, "2026-03-08", news.EventSigning, news.EventHeld, "2026-03-08", baku, "s", putin, aliyev),
		saying(2, "2026-03-08", news.EventSigning, news.EventHeld, "2026-03-08", baku, "s", putin, aliyev), // the same once more
	}
	ms[1].Event.Document, ms[2].Event.Document = "a roadmap", "a roadmap"
	got := Merge(ms)
	want := []news.Occasion{{
		ID: "o0000000000000001.text0", Kind: news.EventSigning, State: news.EventHeld, Who: []string{aliyev, putin}, Where: baku,
		Day: "2026-03-08", Document: "a roadmap", Mentions: ms[:2],
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Merge (-want +got):\n%s", diff)
	}
}

// TestMergeOrder holds that the order in which mentions come does not matter, that none is
// lost, and that no occasion is of two kinds.
func TestMergeOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(label string) string {
			return time.Date(2026, 3, rapid.IntRange(1, 12).Draw(t, label), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		var ms []news.Mention
		for n := range rapid.IntRange(1, 12).Draw(t, "mentions") {
			who := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{putin, presRu, aliyev, lavrov, bayramov, russia, azerb}), 1, 3, rapid.ID).Draw(t, "who")
			m := saying(n, day("published"), rapid.SampledFrom(news.EventKinds()).Draw(t, "kind"),
				rapid.SampledFrom([]news.EventState{news.EventPlanned, news.EventHeld, news.EventPostponed, news.EventCancelled}).Draw(t, "state"),
				rapid.SampledFrom([]string{"", "2026-03", day("day")}).Draw(t, "said"), rapid.SampledFrom([]string{"", baku, moscow, azerb}).Draw(t, "where"),
				rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "story"), who...)
			m.Event.Was = rapid.SampledFrom([]string{"", "2026-03-02"}).Draw(t, "was")
			ms = append(ms, m)
		}
		want := Merge(ms)
		shuffled := slices.Clone(ms)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
		if diff := cmp.Diff(want, Merge(shuffled)); diff != "" {
			t.Fatalf("Merge of another order (-want +got):\n%s", diff)
		}
		n := 0
		for _, o := range want {
			n += len(o.Mentions)
			for _, m := range o.Mentions {
				if m.Event.Kind != o.Kind {
					t.Fatalf("a %s among mentions of a %s", m.Event.Kind, o.Kind)
				}
			}
		}
		if n != len(ms) {
			t.Fatalf("%d mentions came out of %d", n, len(ms))
		}
	})
}

func TestAhead(t *testing.T) {
	now := time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)
	o := func(id string, s news.EventState, day string) news.Occasion {
		return news.Occasion{ID: id, State: s, Day: day, Mentions: []news.Mention{{Published: now}}}
	}
	os := []news.Occasion{
		o("later", news.EventPlanned, "2026-03-23"), o("week", news.EventPlanned, "2026-03-09/2026-03-15"),
		o("last", news.EventPlanned, "2026-03-22"), o("today", news.EventPlanned, "2026-03-08"),
		o("yesterday", news.EventPlanned, "2026-03-07"), o("held", news.EventHeld, "2026-03-08"),
		o("off", news.EventCancelled, "2026-03-10"), o("moved", news.EventPostponed, "2026-03-10"),
		o("open", news.EventPostponed, ""), o("month", news.EventPlanned, "2026-03"),
	}
	var got []string
	for _, o := range Ahead(os, now) {
		got = append(got, o.ID)
	}
	if want := "today week moved last"; strings.Join(got, " ") != want {
		t.Errorf("Ahead = %v, want %s", got, want)
	}
}

func BenchmarkMerge(b *testing.B) {
	people := []string{putin, aliyev, lavrov, bayramov, overchuk, mustafa}
	var ms []news.Mention
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range 20000 {
		day := start.AddDate(0, 0, n/40).Format(time.DateOnly)
		ms = append(ms, saying(n, day, news.EventKinds()[n%4], news.EventHeld, day, "", fmt.Sprint("s", n/10), people[n%3], people[3+n%3]))
	}
	for b.Loop() {
		Merge(ms)
	}
}
