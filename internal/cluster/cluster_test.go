package cluster

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
)

const words = `concepts:
  - {id: country/russia, kind: country, side: ru, names: {en: [Russia], ru: [Россия, РФ], az: [Rusiya]}}
  - {id: country/azerbaijan, kind: country, side: az, names: {en: [Azerbaijan], ru: [Азербайджан], az: [Azərbaycan]}}
  - {id: city/baku, kind: city, side: az, names: {en: [Baku], ru: [Баку], az: [Bakı]}}
  - {id: city/moscow, kind: city, side: ru, names: {en: [Moscow], ru: [Москва], az: [Moskva]}}
  - {id: person/overchuk, kind: person, side: ru, names: {en: [Overchuk], ru: [Оверчук], az: [Overçuk]}}
  - {id: person/mustafayev, kind: person, side: az, names: {en: [Mustafayev], ru: [Мустафаев], az: [Mustafayev]}}
  - {id: institution/commission, kind: institution, names: {en: [intergovernmental commission], ru: [межправкомиссия], az: [Hökumətlərarası Komissiya]}}
  - {id: company/gazprom, kind: company, side: ru, names: {en: [Gazprom], ru: [Газпром], az: [Qazprom]}}
  - {id: term/gas, kind: term, names: {en: [gas], ru: [газ], az: [qaz]}}
  - {id: term/turnover, kind: term, names: {en: [turnover], ru: [товарооборот], az: [ticarət dövriyyəsi]}}
  - {id: term/ferry, kind: term, names: {en: [ferry], ru: [паром], az: [bərə]}}
`

func lex(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	x, err := lexicon.Load(fstest.MapFS{"lexicon/words.yaml": {Data: []byte(words)}})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// report is an item as the tests write it.
type report struct {
	id, day, outlet, via string
	lang                 news.Lang
	title, text          string
}

type bench struct {
	x   *Index
	lex *lexicon.Lexicon
}

func (b *bench) item(r report) (news.Item, *lexicon.Doc) {
	it, d := b.read(r)
	it.Figures = figures.Extract(d, it.Published)
	return it, d
}

// read makes an item without figures.
func (b *bench) read(r report) (news.Item, *lexicon.Doc) {
	d := b.lex.Analyse(r.title, r.text, r.lang)
	at, err := time.Parse(time.DateOnly, r.day)
	if err != nil {
		at, _ = time.Parse(time.DateTime, r.day) // zero where there is none
	}
	return news.Item{
		ID: r.id, Title: r.title, Text: r.text, Lang: r.lang, Outlet: r.outlet, Via: r.via,
		Published: at, FirstSeen: at,
	}, d
}

func (b *bench) add(r report) Decision {
	it, d := b.item(r)
	reduced := Reduce(it, d)
	dec := b.x.Assign(reduced)
	b.x.Add(reduced, dec.Story, dec.CopyOf)
	return dec
}

// sorted adds reports in order and returns the stories after a pass, each as
// its ids.
func sorted(t testing.TB, rs []report) map[string]string {
	b := &bench{New(Options{}), lex(t)}
	got := map[string]string{}
	for _, r := range rs {
		got[r.id] = b.add(r).Story
	}
	for _, m := range b.x.Reassign() {
		for _, id := range m.Items {
			got[id] = m.Into
		}
	}
	return got
}

var gas = []report{
	{id: "e1", day: "2025-03-03", lang: "en", outlet: "A", title: "Gazprom resumes gas supplies to Azerbaijan", text: "Gazprom started pumping 6 million cubic meters a day through Shirvanovka, the company said in Moscow."},
	{id: "e2", day: "2025-03-03", lang: "en", outlet: "B", title: "Azerbaijan gets Russian gas again from Gazprom", text: "Through Shirvanovka 6 million cubic meters a day are pumped, Gazprom told reporters."},
	{id: "r1", day: "2025-03-03", lang: "ru", outlet: "C", title: "«Газпром» начал подачу газа в Азербайджан", text: "Через Ширвановку идет 6 млн кубометров в сутки, сообщила компания."},
	{id: "a1", day: "2025-03-04", lang: "az", outlet: "D", title: "“Qazprom” Azərbaycana qaz nəqlinə başladı", text: "Şirvanovka vasitəsilə sutkada 6 milyon kubmetr qaz verilir."},
}

var ferry = []report{
	{id: "f1", day: "2025-03-04", lang: "en", outlet: "A", title: "New ferry line to link Makhachkala and Alat", text: "The first ferry with 40 wagons leaves the Caspian port in May, harbour master Gamidov said."},
	{id: "f2", day: "2025-03-04", lang: "ru", outlet: "C", title: "Паром свяжет Махачкалу и Алят", text: "Первый паром с 40 вагонами выйдет в мае, сообщил начальник порта Гамидов."},
}

func TestOneEventInThreeLanguages(t *testing.T) {
	got := sorted(t, append(append([]report{}, gas...), ferry...))
	for _, r := range gas {
		if got[r.id] != "se1" {
			t.Errorf("%s is in %s, want se1", r.id, got[r.id])
		}
	}
	for _, r := range ferry {
		if got[r.id] != "sf1" {
			t.Errorf("%s is in %s, want sf1", r.id, got[r.id])
		}
	}
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	all := append(append([]report{}, gas...), ferry...)
	want := sorted(t, all)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rng.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
		if diff := cmp.Diff(want, sorted(t, all)); diff != "" {
			t.Fatalf("another order gives other stories (-want +got):\n%s", diff)
		}
	}
}

func TestCopies(t *testing.T) {
	long := "The deputy prime ministers of both countries spoke in Baku about railways, customs posts and the ferry line on the Caspian, " +
		"and they told the working groups to prepare a plan of measures by the autumn, when the commission will meet in Astrakhan for its session, the government said."
	for _, c := range []struct {
		name        string
		first, then report
		copied      bool
	}{
		{"agency tail and new headline", report{title: "Deputy PMs meet in Baku", text: long}, report{title: "Overchuk holds talks", text: long + " (Trend)"}, true},
		{"same teaser", report{title: "Gazprom resumes gas supplies", text: "Six million cubic meters a day are pumped, the firm said."}, report{title: "Gazprom resumes gas supplies", text: "Six million cubic meters a day are pumped, the firm said. Photo"}, true},
		{"same teaser, other figures", report{title: "Gazprom pumped 6 million cubic meters of gas in a day", text: "The company gave the figure on its channel on Monday."}, report{title: "Gazprom pumped 9 million cubic meters of gas in a day", text: "The company gave the figure on its channel on Monday."}, false},
		{"credit to the first", report{title: "Deputy PMs meet in Baku", text: long}, report{via: "A", title: "Overchuk in Baku", text: "Officials gathered on Thursday for a short working visit. Guests were met at the airport by the ministry and " + long[60:230] + " More will follow when the two sides publish what they have agreed upon in full."}, true},
		{"another telling", report{title: "Deputy PMs meet in Baku", text: long}, report{title: "Railways and customs on agenda in Baku", text: "Overchuk and Mustafayev went through transport and customs questions on Thursday. " +
			"They want the working groups to come back with proposals before the commission gathers in Astrakhan later this year, officials in both capitals told the agency in separate comments."}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &bench{New(Options{}), lex(t)}
			c.first.id, c.first.day, c.first.lang, c.first.outlet = "x1", "2025-03-03", "en", "A"
			c.then.id, c.then.day, c.then.lang, c.then.outlet = "x2", "2025-03-03", "en", "B"
			b.add(c.first)
			d := b.add(c.then)
			if (d.CopyOf == "x1") != c.copied {
				t.Errorf("CopyOf = %q (%s), want a copy: %v", d.CopyOf, d.Why, c.copied)
			}
			if c.copied && d.Story != "sx1" {
				t.Errorf("a copy went to %s, want sx1", d.Story)
			}
		})
	}
}

func TestTwinsStayApart(t *testing.T) {
	for _, c := range []struct {
		name   string
		a, b   report
		series string
	}{
		{
			"turnover of two months",
			report{day: "2025-04-20", title: "Trade turnover with Russia in March 2025", text: "Turnover of Azerbaijan with Russia was $410 million in March 2025, the customs committee said."},
			report{day: "2025-04-26", title: "Trade turnover with Russia in April 2025", text: "Turnover of Azerbaijan with Russia was $420 million in April 2025, the customs committee said."},
			"trade turnover, monthly",
		},
		{
			"two sessions",
			report{day: "2025-04-20", title: "22nd session of intergovernmental commission in Baku", text: "Overchuk and Mustafayev chaired the 22nd session of the commission."},
			report{day: "2025-04-22", title: "23rd session of intergovernmental commission in Baku", text: "Overchuk and Mustafayev chaired the 23rd session of the commission."},
			"commission, sessions",
		},
		{
			"called again",
			report{day: "2025-04-20", title: "Overchuk calls Mustafayev", text: "They spoke by phone of the ferry."},
			report{day: "2025-04-21", title: "Overchuk calls Mustafayev again", text: "They spoke by phone of the ferry."},
			"calls, mustafayev and overchuk",
		},
		{
			"a call and a meeting",
			report{day: "2025-04-20", title: "Overchuk calls Mustafayev", text: "They spoke of the ferry and of gas."},
			report{day: "2025-04-21", title: "Overchuk meets Mustafayev", text: "They spoke of the ferry and of gas."},
			"",
		},
		{
			"calls with two persons",
			report{day: "2025-04-20", title: "Overchuk spoke by phone of the ferry and of gas", text: "The call was made from Moscow."},
			report{day: "2025-04-20", title: "Mustafayev spoke by phone of the ferry and of gas", text: "The call was made from Moscow."},
			"",
		},
		{
			"one headline, other numbers",
			report{day: "2025-04-20", title: "Ferry with 12 wagons of grain leaves Baku for Russia", text: "The ferry left at noon."},
			report{day: "2025-04-22", title: "Ferry with 18 wagons of grain leaves Baku for Russia", text: "The ferry left at night."},
			"same headline",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &bench{New(Options{}), lex(t)}
			c.a.id, c.a.lang, c.a.outlet = "x1", "en", "A"
			c.b.id, c.b.lang, c.b.outlet = "x2", "en", "A"
			b.add(c.a)
			d := b.add(c.b)
			if !d.New || d.Story != "sx2" || d.Series != c.series {
				t.Errorf("Assign = %+v, want a new story of series %q", d, c.series)
			}
			if d.Why.Kind() != news.GroundNotStory || d.Why.Values()[0] != "sx1" {
				t.Errorf("Why = %q, want the reason against sx1", d.Why)
			}
			if m := b.x.Reassign(); len(m) != 0 {
				t.Errorf("Reassign = %v, want no move", m)
			}
		})
	}
}

func TestWindowAndPrune(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	b.add(gas[0])
	late := gas[1]
	late.day = "2025-03-20"
	if d := b.add(late); !d.New {
		t.Errorf("an item 17 days later joined %s", d.Story)
	}
	b.x.Prune(time.Date(2025, 3, 10, 0, 0, 0, 0, time.UTC))
	if len(b.x.items) != 1 || b.x.live != 1 {
		t.Errorf("%d items after pruning, want 1", len(b.x.items))
	}
	again := gas[2]
	again.day = "2025-03-20"
	if d := b.add(again); d.Story != "se2" {
		t.Errorf("after pruning a report of the same day goes to %s, want se2: %s", d.Story, d.Why)
	}
}

func TestAddTwiceIsOnce(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	b.add(gas[0])
	it, d := b.item(gas[0])
	b.x.Add(Reduce(it, d), "se1", it.CopyOf)
	if len(b.x.items) != 1 {
		t.Errorf("%d items, want 1", len(b.x.items))
	}
}

func TestReassignMerges(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	for _, r := range gas[:3] {
		it, d := b.item(r)
		b.x.Add(Reduce(it, d), "s"+r.id, it.CopyOf) // as if each had opened its own
	}
	want := []Move{{From: "se2", Into: "se1", Items: []string{"e2"}}, {From: "sr1", Into: "se1", Items: []string{"r1"}}}
	if diff := cmp.Diff(want, b.x.Reassign()); diff != "" {
		t.Errorf("Reassign (-want +got):\n%s", diff)
	}
	if m := b.x.Reassign(); len(m) != 0 {
		t.Errorf("second Reassign = %v, want nothing", m)
	}
}

func TestEmptyItem(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	for _, id := range []string{"n1", "n2"} {
		if d := b.add(report{id: id, lang: "en", day: "2025-01-01"}); d.Story != "s"+id {
			t.Errorf("empty item went to %s", d.Story)
		}
	}
	b.x.Reassign()
}

// crowd makes n reports of unlike events, five languages' worth of names and
// numbers drawn from a fixed source.
func crowd(n int) []report {
	rng := rand.New(rand.NewPCG(7, 7))
	vocabulary := make([]string, 4000)
	for i := range vocabulary {
		b := make([]byte, 4+rng.IntN(6))
		for k := range b {
			b[k] = "abdegiklmnoprstuvz"[rng.IntN(18)]
		}
		vocabulary[i] = string(b)
	}
	pick := func(k int) string {
		var w []string
		for range k {
			v := rng.Float64()
			w = append(w, vocabulary[int(v*v*float64(len(vocabulary)))])
		}
		return strings.Join(w, " ")
	}
	start := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	out := make([]report, n)
	for i := range out {
		at := start.Add(time.Duration(i) * (week / time.Duration(big())))
		out[i] = report{
			id: fmt.Sprintf("c%06d", i), day: at.Format(time.DateTime), lang: "en", outlet: fmt.Sprint("o", i%90),
			title: "Russia and Azerbaijan: " + pick(6), text: pick(40) + fmt.Sprintf(" %d Gazprom Baku Moscow", rng.IntN(5000)),
		}
	}
	return out
}

// big is how many items the benchmarks' index has: a week of a busy desk, or a hundredth
// of it with -short.
func big() int {
	if testing.Short() {
		return 1000
	}
	return 100_000
}

// fill makes an index of reports, each a story of its own, and returns how many bytes an
// item takes.
func fill(bb *bench, rs []report) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for some := range slices.Chunk(rs, 512) {
		reduced := make([]Reduced, len(some))
		var wg sync.WaitGroup
		for part, parts := 0, runtime.GOMAXPROCS(0); part < parts; part++ {
			wg.Go(func() {
				for i := part; i < len(some); i += parts {
					it, d := bb.read(some[i])
					reduced[i] = Reduce(it, d)
				}
			})
		}
		wg.Wait()
		for i, r := range some {
			bb.x.Add(reduced[i], "s"+r.id, "")
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	return float64(after.HeapAlloc-before.HeapAlloc) / float64(len(rs))
}

// BenchmarkWeek measures an index of a hundred thousand items of seven days, to which two
// thousand come an hour:
//
//	reassign/hour  a pass before a digest, over what came in an hour
//	reassign/day   over what came in a day
//	reassign/all   the first pass after a start
//	stream         reading, deciding and adding one item, and forgetting the oldest; the
//	               bar is 2 ms on one core
//
// memory/item and MiB are what the index takes.
func BenchmarkWeek(b *testing.B) {
	n := big()
	all := crowd(n + n/5)
	bb := &bench{New(Options{}), lex(b)}
	perItem := fill(bb, all[:n])
	for _, c := range []struct {
		name string
		new  int
	}{{"reassign/hour", n / 50}, {"reassign/day", n / 7}, {"reassign/all", n}} {
		b.Run(c.name, func(b *testing.B) {
			clear(bb.x.dirty)
			for b.Loop() {
				for slot := n - c.new; slot < n; slot++ {
					bb.x.dirty[int32(slot)] = true
				}
				bb.x.Reassign()
			}
		})
	}
	b.Run("stream", func(b *testing.B) {
		next := all[n:]
		b.ReportAllocs()
		most := 0
		for i := 0; b.Loop(); i++ {
			if i == len(next) {
				b.Fatalf("more than %d items: give a shorter -benchtime", len(next))
			}
			bb.add(next[i])
			bb.x.Prune(bb.x.items[len(bb.x.items)-1].order.Add(-week))
			most = max(most, len(bb.x.items))
		}
		b.ReportMetric(perItem, "memory/item")
		b.ReportMetric(perItem*float64(most)/(1<<20), "MiB")
		b.ReportMetric(float64(most), "items")
	})
}
