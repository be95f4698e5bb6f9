package digest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestSelection(t *testing.T) {
	sport := func(id string, seq uint64, topics string) report {
		r := turnoverEn.at(id, seq)
		r.topics = topics
		return r
	}
	for _, c := range []struct {
		name  string
		story Story
		other bool
		want  map[string][]string
		books string
	}{
		{"a told topic", tale(t, "s", turnoverEn), false, map[string][]string{"trade": {"s"}}, "told 1 held 0 repeated 0 rejected 0"},
		{"a topic that is not told", tale(t, "s", sport("kura.1", 101, "culture-education"), sport("kura.2", 102, "culture-education")), false, nil, "told 0 held 0 repeated 0 rejected 2"},
		{"a topic that is there no more, but all is wanted", tale(t, "s", sport("kura.1", 101, "culture-education"), sport("kura.2", 102, "culture-education")), true, map[string][]string{"other": {"s"}}, "told 2 held 0 repeated 0 rejected 0"},
		{"the strongest of the told topics", tale(t, "s", sport("kura.1", 101, "culture-education transport trade")), false, map[string][]string{"transport": {"s"}}, "told 1 held 0 repeated 0 rejected 0"},
		{"no topic", tale(t, "s", sport("kura.1", 101, ".")), false, nil, "told 0 held 0 repeated 0 rejected 1"},
		{"no topic, but all is wanted", tale(t, "s", sport("kura.1", 101, ".")), true, map[string][]string{"other": {"s"}}, "told 1 held 0 repeated 0 rejected 0"},
		{"not relevant", tale(t, "s", sport("kura.1", 101, "-")), true, nil, "told 0 held 0 repeated 0 rejected 1"},
		{
			"one newsroom of four digresses",
			tale(t, "s", sport("kura.1", 101, "culture-education"), sport("neva.1", 102, "culture-education"), sport("volga.1", 103, "culture-education"), sport("shirvan.1", 104, "culture-education trade")),
			false, nil, "told 0 held 0 repeated 0 rejected 4",
		},
		{
			"one newsroom of two does not",
			tale(t, "s", sport("kura.1", 101, "culture-education"), sport("neva.1", 102, "culture-education trade")),
			false,
			map[string][]string{"top": {"s"}},
			"told 2 held 0 repeated 0 rejected 0",
		},
		{
			"one newsroom's many items are one voice",
			tale(t, "s", sport("kura.1", 101, "trade"), sport("kura.2", 102, "trade"), sport("kura.3", 103, "trade"), sport("neva.1", 104, "transport"), sport("volga.1", 105, "transport")),
			false,
			map[string][]string{"top": {"s"}},
			"told 5 held 0 repeated 0 rejected 0",
		},
		{"what arrived after the window waits", tale(t, "s", turnoverEn.at("kura.1", 201)), false, nil, "told 0 held 0 repeated 0 rejected 0"},
		{"what an earlier window held is no news by itself", tale(t, "s", turnoverEn.at("kura.1", 99)), false, nil, "told 0 held 0 repeated 0 rejected 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, c.story)
			in.Options.Other = c.other
			d := Build(in)
			got := entries(d)
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Build tells (-want +got):\n%s", diff)
			}
			if got := account(d.Ledger); got != c.books {
				t.Errorf("ledger = %q, want %q", got, c.books)
			}
		})
	}
}

func TestTopicsByVoices(t *testing.T) {
	a, b, c := turnoverEn.at("kura.1", 101), turnoverEn.at("kura.2", 102), turnoverRu
	a.topics, b.topics, c.topics = "trade", "trade", "transport"
	d := turnoverEn.at("volga.3", 104)
	d.topics = "transport trade"
	e := only(t, Build(input(t, tale(t, "s", a, b, c, d))))
	want := []string{"transport", "trade"}
	if diff := cmp.Diff(want, e.Topics); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
}

// returned are the cases of a story that was told with its members up to 100.
var returned = []struct {
	name   string
	told   []report
	fresh  []report
	want   news.Reason // "" when it is not told
	behind string      // the item that leads the entry
}{
	{"the same again", []report{turnoverEn}, []report{turnoverEn.at("volga.9", 120)}, news.ReasonSide, "volga.9"},
	{"the same again from the same side", []report{turnoverEn}, []report{turnoverEn.at("shirvan.9", 120)}, "", ""},
	{"the same from a third country", []report{turnoverEn}, []report{turnoverEn.at("thames.9", 120)}, "", ""},
	{"a copy from the other side", []report{turnoverEn}, []report{{id: "volga.9", seq: 120, title: turnoverEn.title, text: turnoverEn.text, copyOf: "kura.1"}}, "", ""},
	{
		"a side that only copied was heard",
		[]report{turnoverEn, {id: "volga.1", seq: 50, title: turnoverEn.title, text: turnoverEn.text, copyOf: "kura.1"}},
		[]report{turnoverEn.at("neva.9", 120)},
		"", "",
	},
	{
		"a new figure",
		[]report{turnoverEn, turnoverRu},
		[]report{turnoverEn.at("shirvan.9", 120).saying("Azerbaijan's imports from Russia reach $3.6 billion", "Imports from Russia to Azerbaijan amounted to $3.6 billion in 2024, the State Customs Committee said.")},
		news.ReasonFigure, "shirvan.9",
	},
	{
		"a told figure in other words and scale",
		[]report{turnoverEn, turnoverRu},
		[]report{turnoverEn.at("shirvan.9", 120).saying("Azerbaijan and Russia trade for $4,800 million", "Trade turnover between Azerbaijan and Russia amounted to $4,800 million in 2024.")},
		"", "",
	},
	{
		"a translation",
		[]report{turnoverEn, turnoverRu},
		[]report{turnoverAz.at("shirvan.9", 120)},
		"", "",
	},
	{
		"a sentence that says something else",
		[]report{talksEn, talksEn.at("neva.2", 90)},
		[]report{talksEn.at("shirvan.9", 120).saying("Bayramov, Lavrov agree on consulate", "Foreign Minister Jeyhun Bayramov met Sergey Lavrov in Moscow. Baku will open a consulate general in Kazan before autumn and Moscow will lift the entry ban on three journalists.")},
		news.ReasonFact, "shirvan.9",
	},
	{
		"the same in other words",
		[]report{talksEn, talksEn.at("neva.2", 90)},
		[]report{talksEn.at("shirvan.9", 120).saying("Lavrov receives Bayramov", "Sergey Lavrov, the Russian foreign minister, received Azerbaijani counterpart Jeyhun Bayramov in Moscow. Bilateral relations and security in the region were discussed.")},
		"", "",
	},
	{
		"a told number in quite other words",
		[]report{talksEn.saying("Border post takes 300 lorries a day", "The Samur post now lets 300 lorries a day into the country."), talksEn.at("neva.2", 90)},
		[]report{talksEn.at("shirvan.9", 120).saying("Samur post busy", "Every single morning some 300 of them roll through here, proud local people explained.")},
		"", "",
	},
	{
		"a reminder of old facts",
		[]report{talksEn, talksEn.at("neva.2", 90)},
		[]report{talksEn.at("shirvan.9", 120).saying("Bayramov and Lavrov hold talks", "Earlier it was reported that the embassy would move into a restored merchant house near the old harbour next winter.")},
		"", "",
	},
	{
		"another language with a number of its own",
		[]report{talksEn, talksEn.at("neva.2", 90)},
		[]report{{id: "volga.9", seq: 120, lang: news.Ru, topics: "political-dialogue", title: "Лавров и Байрамов провели переговоры", text: "Сергей Лавров и Джейхун Байрамов подписали план консультаций, в котором 34 встречи."}},
		news.ReasonFact, "volga.9",
	},
	{
		"another language without",
		[]report{talksEn, talksEn.at("neva.2", 90)},
		[]report{{id: "volga.9", seq: 120, lang: news.Ru, topics: "political-dialogue", title: "Лавров и Байрамов провели переговоры в Москве", text: "Глава МИД РФ Сергей Лавров и его азербайджанский коллега Джейхун Байрамов обсудили двусторонние отношения."}},
		"", "",
	},
	{
		"the figure before the side",
		[]report{turnoverEn},
		[]report{turnoverEn.at("neva.9", 120), turnoverEn.at("shirvan.9", 121).saying("Imports from Russia at $3.6 billion", "Imports from Russia to Azerbaijan amounted to $3.6 billion in 2024, customs said.")},
		news.ReasonFigure, "shirvan.9",
	},
}

func TestReasonToReturn(t *testing.T) {
	for _, c := range returned {
		t.Run(c.name, func(t *testing.T) {
			var rs []report
			for i, r := range c.told {
				rs = append(rs, r.at(r.id, uint64(80+i)))
			}
			s := toldUpto(tale(t, "s", append(rs, c.fresh...)...), 99)
			d := Build(input(t, s))
			if c.want == "" {
				if d.Ledger.Stories != 0 {
					t.Fatalf("told again for reason %q: %+v", d.Sections[0].Entries[0].Reason, d.Sections[0].Entries[0].Quotes)
				}
				if got, want := d.Ledger.Repeated-7, len(c.fresh); got != want {
					t.Errorf("repeated = %d, want %d", got, want)
				}
				return
			}
			e := only(t, d)
			if e.Reason != c.want {
				t.Errorf("reason = %q, want %q", e.Reason, c.want)
			}
			if e.Headline.Item != c.behind {
				t.Errorf("headline is from %q, want %q", e.Headline.Item, c.behind)
			}
			if len(e.Items) != len(c.fresh) {
				t.Errorf("items = %q, want the %d fresh ones", e.Items, len(c.fresh))
			}
			for _, q := range e.Quotes {
				if q.Item != c.fresh[0].id && q.Item != c.behind {
					t.Errorf("quotes %q of %q, which was told", q.Text, q.Item)
				}
			}
		})
	}
}

func TestFigureOfPrunedItemWasTold(t *testing.T) {
	fresh := turnoverEn.at("shirvan.9", 120)
	s := toldUpto(tale(t, "s", turnoverEn.at("kura.1", 80), fresh), 99)
	point := news.FigurePoint{Item: "kura.1", Outlet: "kura", Figure: s.Items[0].Figures[0]}
	s.Items = s.Items[1:] // the text of what was told is gone
	in := input(t, s)
	if got, want := Build(in).Ledger.Stories, 1; got != want {
		t.Fatalf("without the known point %d stories are told, want %d", got, want)
	}
	in.Known = []news.FigurePoint{point}
	if got, want := Build(in).Ledger.Stories, 0; got != want {
		t.Errorf("with the known point %d stories are told, want %d", got, want)
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		name  string
		mark  news.Told
		books string
	}{
		{"by this digest", news.Told{Digest: "daily", Slot: start, Upto: 90}, "told 0 held 0 repeated 1 rejected 0"},
		{"by another digest", news.Told{Digest: "weekly", Slot: start, Upto: 90}, "told 1 held 0 repeated 0 rejected 0"},
		{"by the edition that is built again", news.Told{Digest: "daily", Slot: slot.At, Upto: 120}, "told 1 held 0 repeated 0 rejected 0"},
		{"by a later edition", news.Told{Digest: "daily", Slot: slot.At.Add(24 * time.Hour), Upto: 220}, "told 1 held 0 repeated 0 rejected 0"},
		{"by an edition of a later hour that closed before", news.Told{Digest: "daily", Slot: slot.At.Add(time.Hour), Upto: 90}, "told 0 held 0 repeated 1 rejected 0"},
		{"into the window", news.Told{Digest: "daily", Slot: start, Upto: 120}, "told 0 held 0 repeated 1 rejected 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := tale(t, "s", turnoverEn.at("kura.1", 80), turnoverEn.at("shirvan.1", 120))
			s.Told = []news.Told{c.mark}
			if got := account(Build(input(t, s)).Ledger); got != c.books {
				t.Errorf("ledger = %q, want %q", got, c.books)
			}
		})
	}
}

func TestMembersToldWithinTheWindow(t *testing.T) {
	s := toldUpto(tale(t, "s", turnoverEn.at("kura.1", 110), turnoverRu.at("neva.1", 120)), 115)
	d := Build(input(t, s))
	if diff := cmp.Diff([]string{"neva.1"}, only(t, d).Items); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if got, want := account(d.Ledger), "told 1 held 0 repeated 1 rejected 0"; got != want {
		t.Errorf("ledger = %q, want %q", got, want)
	}
}
