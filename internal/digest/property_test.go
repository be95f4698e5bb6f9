package digest

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

// samples are items in three languages that histories are drawn from.
func samples(t testing.TB) []news.Item {
	var out []news.Item
	for _, r := range []report{
		turnoverEn, turnoverRu, turnoverAz, talksEn,
		{id: "x", title: "Second lane opens at Samur border post", text: "A second lane for lorries opened at the Samur post on Monday.\nIt takes up to 300 lorries a day. Read more on our site."},
		{id: "x", lang: news.Ru, title: "Поезд Баку – Москва вернётся весной", text: "Пассажирский поезд из Баку в Москву вернётся в расписание весной, сообщил Микаил Джаббаров. Билеты поступят в продажу за 45 дней. Отметим, что поезд не ходил пять лет."},
		{id: "x", lang: news.Az, title: "Bakı ilə Həştərxan arasında bərə xətti açılır", text: "Bakı limanı ilə Həştərxan arasında bərə xətti yayda açılacaq. Ceyhun Bayramov bildirib ki, xətt ildə 120 min ton yük daşıyacaq."},
		{id: "x", title: "Title alone"},
		{id: "x", text: "There is no title here, but the text says what Azerbaijan and Russia agreed."},
		{id: "x", title: "…", text: strings.Repeat("слово ", 400), lang: news.Ru},
		{id: "x", lang: news.Other, title: "ახალი ამბები ბაქოდან", text: "რუსეთი და აზერბაიჯანი მოლაპარაკებას აგრძელებენ საზღვარზე."},
	} {
		out = append(out, r.item(t))
	}
	return out
}

// history draws an Input: stories with members before, in and behind the window,
// copies, marks, members without text, topics told and not, and caps.
func history(rt *rapid.T, pool []news.Item, in Input) Input {
	seq := uint64(0)
	topics := []string{"trade", "transport", "culture-education"}
	outlets := []string{"kura", "shirvan", "neva", "volga", "thames"}
	for i := range rapid.IntRange(0, 8).Draw(rt, "stories") {
		s := Story{Story: news.Story{ID: fmt.Sprintf("s%d", i)}}
		for range rapid.IntRange(1, 7).Draw(rt, "members") {
			seq++
			it := pool[rapid.IntRange(0, len(pool)-1).Draw(rt, "sample")]
			it.ID, it.Seq = fmt.Sprintf("i%d", seq), seq*4
			it.Outlet = rapid.SampledFrom(outlets).Draw(rt, "outlet")
			it.Side = sides[it.Outlet]
			it.FirstSeen = start.Add(time.Duration(seq) * time.Minute)
			it.Verdict.Relevant = rapid.IntRange(0, 9).Draw(rt, "relevant") > 0
			it.Verdict.Score = rapid.Float64Range(-1, 9).Draw(rt, "score")
			it.Verdict.Matches = nil
			for _, slug := range topics {
				if rapid.Bool().Draw(rt, slug) {
					it.Verdict.Matches = append(it.Verdict.Matches, news.Match{Topic: slug, Score: rapid.Float64Range(0.1, 5).Draw(rt, "points")})
				}
			}
			m := news.Member{Item: it.ID, Seq: it.Seq, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen}
			if len(s.Members) > 0 && rapid.IntRange(0, 3).Draw(rt, "copy") == 0 {
				m.CopyOf = s.Members[0].Item
			}
			s.Members = append(s.Members, m)
			if len(s.Items) == 0 || rapid.IntRange(0, 7).Draw(rt, "stored") > 0 {
				s.Items = append(s.Items, it)
			}
			for _, f := range it.Figures {
				in.Known = append(in.Known, news.FigurePoint{Item: it.ID, Outlet: it.Outlet, Published: it.Published, Figure: f})
			}
		}
		for range rapid.IntRange(0, 2).Draw(rt, "marks") {
			s.Told = append(s.Told, news.Told{
				Digest: rapid.SampledFrom([]string{"daily", "weekly"}).Draw(rt, "digest"),
				Slot:   slot.At.Add(time.Duration(rapid.IntRange(-48, 24).Draw(rt, "hours")) * time.Hour),
				Upto:   rapid.Uint64Range(0, 240).Draw(rt, "upto"),
			})
		}
		for range rapid.IntRange(0, 2).Draw(rt, "corrections") {
			it := rapid.SampledFrom(s.Items).Draw(rt, "reworded")
			k := news.Correction{Item: it.ID, Outlet: it.Outlet, At: start.Add(time.Hour), Old: it.Title, New: "Another title"}
			if first, _, ok := strings.Cut(it.Text, ". "); ok && rapid.Bool().Draw(rt, "of the text") {
				k.Old, k.New = first+".", "What it says now."
			}
			s.Corrections = append(s.Corrections, k)
		}
		s.Listed = start.Add(time.Duration(rapid.IntRange(-48, 24).Draw(rt, "listed")) * time.Hour)
		in.Stories = append(in.Stories, s)
	}
	in.Window.From.Item = rapid.Uint64Range(0, 4*seq).Draw(rt, "from")
	in.Window.To.Item = rapid.Uint64Range(in.Window.From.Item, 4*seq+4).Draw(rt, "to")
	in.Options.Other = rapid.Bool().Draw(rt, "other")
	in.Options.MaxStories = rapid.IntRange(0, 6).Draw(rt, "most")
	in.Options.MaxPerTopic = rapid.IntRange(0, 3).Draw(rt, "each")
	in.Options.Lang = rapid.SampledFrom([]news.Lang{news.En, news.Ru, news.Az}).Draw(rt, "lang")
	in.Ledger = ledgerFor(in)
	return in
}

func TestLedgerBalances(t *testing.T) {
	pool, base := samples(t), input(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := history(rt, pool, base)
		d := Build(in)
		if !d.Ledger.Balances() {
			rt.Fatalf("ledger does not balance: %+v", d.Ledger)
		}
		stories := map[string]bool{}
		items := map[string]bool{}
		told, held := 0, 0
		for _, l := range d.Held {
			for _, s := range in.Stories {
				if s.ID == l.Story && len(s.Told) > 0 && len(l.Items) == 0 {
					rt.Fatalf("the correction of story %s is held back", s.ID)
				}
			}
		}
		tell := func(story string, ids []string, n *int) {
			if stories[story] {
				rt.Fatalf("story %s is told twice", story)
			}
			stories[story] = true
			for _, id := range ids {
				if items[id] {
					rt.Fatalf("item %s is told twice", id)
				}
				items[id] = true
				*n++
			}
		}
		for _, s := range d.Sections {
			for _, e := range s.Entries {
				tell(e.Story, e.Items, &told)
			}
		}
		if got, want := d.Ledger.Stories, len(stories); got != want {
			rt.Fatalf("ledger counts %d stories, want %d", got, want)
		}
		for _, l := range d.Held {
			tell(l.Story, l.Items, &held)
		}
		if d.Ledger.Told != told || d.Ledger.Held != held {
			rt.Fatalf("ledger tells %d and holds %d, want %d and %d", d.Ledger.Told, d.Ledger.Held, told, held)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	pool, base := samples(t), input(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := history(rt, pool, base)
		want := Build(in)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		in.Stories, in.Known = slices.Clone(in.Stories), slices.Clone(in.Known)
		for i, s := range in.Stories {
			s.Corrections = slices.Clone(s.Corrections)
			slices.Reverse(s.Corrections)
			in.Stories[i] = s
		}
		r.Shuffle(len(in.Stories), func(i, k int) { in.Stories[i], in.Stories[k] = in.Stories[k], in.Stories[i] })
		r.Shuffle(len(in.Known), func(i, k int) { in.Known[i], in.Known[k] = in.Known[k], in.Known[i] })
		if diff := cmp.Diff(want, Build(in)); diff != "" {
			rt.Fatalf("another order, another digest (-want +got):\n%s", diff)
		}
	})
}

func TestEveryQuoteIsVerbatim(t *testing.T) {
	pool, base := samples(t), input(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := history(rt, pool, base)
		items, rewordings := map[string]news.Item{}, map[string]string{}
		for _, s := range in.Stories {
			for _, it := range s.Items {
				items[it.ID] = it
			}
			for _, k := range s.Corrections {
				rewordings[k.Item] += k.New + "\n"
			}
		}
		check := func(q news.Quote) {
			it, ok := items[q.Item]
			if !ok {
				rt.Fatalf("%q is quoted from item %q, which nobody gave", q.Text, q.Item)
			}
			now := it.Title + "\n" + it.Text + "\n" + rewordings[q.Item]
			if q.Text == "" || len(q.Text) > quoteBytes || !strings.Contains(now, q.Text) {
				rt.Fatalf("%q does not stand in item %q: %q, %q", q.Text, q.Item, it.Title, it.Text)
			}
			if q.URL != it.URL || q.Outlet != it.Outlet || q.Lang != it.Lang {
				rt.Fatalf("quote %+v does not name its item %+v", q, it)
			}
		}
		d := Build(in)
		for _, s := range d.Sections {
			for _, e := range s.Entries {
				check(e.Headline)
				if len(e.Quotes) > maxQuotes {
					rt.Fatalf("story %s has %d quotes, want at most %d", e.Story, len(e.Quotes), maxQuotes)
				}
				for _, q := range e.Quotes {
					check(q)
				}
			}
		}
		for _, l := range d.Held {
			check(l.Headline)
		}
	})
}
