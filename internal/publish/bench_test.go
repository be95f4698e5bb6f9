package publish_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/store"
)

// clauses are sentences in three languages; each takes two numbers.
var clauses = map[news.Lang][]string{
	news.En: {
		"Trade turnover between Azerbaijan and Russia amounted to $%d.%d billion in 2025, the State Customs Committee said in Baku.",
		"Foreign Minister Jeyhun Bayramov and Sergey Lavrov discussed plan %d and %d further points of the agenda in Moscow.",
		"The Samur border post will let %d lorries a day through from April, and %d more from the autumn.",
		"Azerbaijan Airlines carries %d passengers between Baku and Kazan in a month, %d of them students.",
		"The two sides noted that cooperation in transport, energy and culture goes on as planned for item %d and %d.",
	},
	news.Ru: {
		"Товарооборот России и Азербайджана в 2025 году составил %d,%d млрд долларов, сообщил вице-премьер Алексей Оверчук.",
		"Министр иностранных дел Сергей Лавров обсудил с Джейхуном Байрамовым план %d и ещё %d вопросов повестки.",
		"Пост на реке Самур будет пропускать %d грузовиков в день с апреля и ещё %d с осени.",
		"Поезд из Баку в Москву перевозит %d пассажиров в месяц, из них %d студентов.",
		"Стороны отметили, что сотрудничество в области транспорта и энергетики продолжается по пунктам %d и %d.",
	},
	news.Az: {
		"2025-ci ildə Azərbaycanla Rusiya arasında ticarət dövriyyəsi %d,%d milyard dollar olub, Dövlət Gömrük Komitəsi bildirib.",
		"Xarici işlər naziri Ceyhun Bayramov Moskvada Sergey Lavrovla %d plan və daha %d məsələni müzakirə edib.",
		"Samur sərhəd postu apreldən gündə %d, payızdan isə daha %d yük maşını buraxacaq.",
		"Bakı ilə Kazan arasında ayda %d sərnişin daşınır, onlardan %d nəfəri tələbədir.",
		"Tərəflər qeyd ediblər ki, nəqliyyat və energetika sahəsində əməkdaşlıq %d və %d bəndlər üzrə davam edir.",
	},
}

var benchOutlets = []struct {
	name string
	side news.Side
	lang news.Lang
}{
	{"kura", news.SideAz, news.Az},
	{"araz", news.SideAz, news.En},
	{"shirvan", news.SideAz, news.Ru},
	{"neva", news.SideRu, news.Ru},
	{"volga", news.SideRu, news.Ru},
	{"terek", news.SideRu, news.En},
	{"thames", news.SideOther, news.En},
}

// busy fills the store of w with a day of polls: 100 feeds, every quarter of an hour, and
// n new items, a third of them in stories of one to eight reports.
func (w *world) busy(tb testing.TB, n int) {
	tb.Helper()
	lx, err := reader()
	if err != nil {
		tb.Fatal(err)
	}
	stories := map[string]news.Story{}
	made := 0
	for quarter := range 96 {
		w.now = w.now.Add(15 * time.Minute)
		var bs []*store.Batch
		for f := range 100 {
			o := benchOutlets[f%len(benchOutlets)]
			b := &store.Batch{State: news.FeedState{Feed: fmt.Sprintf("%s-%d", o.name, f), LastSuccess: w.now, LastNew: w.now}}
			b.Attempt = news.Attempt{Feed: b.State.Feed, At: w.now, Status: 200, Entries: 20, Repeated: 20}
			for made < n*(100*quarter+f+1)/9600 {
				made++
				it := w.item(b.State.Feed)
				it.Outlet, it.Side, it.Lang = fmt.Sprintf("%s %d", o.name, f/14), o.side, o.lang
				var text []string
				for i := range 5 {
					text = append(text, fmt.Sprintf(clauses[o.lang][(made+i)%5], 1+made%97, 2+(made+i)%53))
				}
				it.Title, it.Text = fmt.Sprintf("%d: ", made)+strings.TrimSuffix(text[0], "."), strings.Join(text, " ")
				if made%3 == 0 {
					it.Verdict = news.Verdict{Relevant: true, Score: 3, Threshold: 2.2, Matches: []news.Match{{Topic: []string{"trade", "energy"}[made%2], Score: 2}}}
					it.Figures = figures.Extract(lx.Analyse(it.Title, it.Text, it.Lang), it.Published)
					it.Story = fmt.Sprintf("s%04d", made/3*7919%(n/12))
					st := stories[it.Story]
					st.ID = it.Story
					stories[it.Story] = w.story(st, it)
					b.Stories = append(b.Stories, stories[it.Story])
				}
				b.Items = append(b.Items, it)
				b.Attempt.Entries++
				b.Attempt.New++
			}
			bs = append(bs, b)
		}
		if err := w.store.SaveBatches(bs); err != nil {
			tb.Fatal(err)
		}
		for _, b := range bs { // the places of the members are known now
			for _, it := range b.Items {
				if st, ok := stories[it.Story]; ok {
					if stories[it.Story], err = w.store.Story(st.ID); err != nil {
						tb.Fatal(err)
					}
				}
			}
		}
	}
}

// BenchmarkBuild5000 makes an edition of a day of 5,000 new items: everything but saving
// it. The bar is 300 ms and 100 MB.
func BenchmarkBuild5000(b *testing.B) {
	w := newWorld(b, b.TempDir())
	defer func() {
		if err := w.store.Close(); err != nil {
			b.Error(err)
		}
	}()
	for range 2 {
		w.busy(b, 600)
		if _, err := w.p.Make(daily(), news.Slot{Digest: "daily", At: w.now}, w.now); err != nil {
			b.Fatal(err)
		}
	}
	w.busy(b, 5000)
	b.ReportAllocs()
	for b.Loop() {
		e, err := w.p.Build(daily(), news.Slot{Digest: "daily", At: w.now}, w.now)
		if err != nil {
			b.Fatal(err)
		}
		if l := e.Digest.Ledger; l.Stories < 20 || !l.Balances() {
			b.Fatalf("ledger %+v", l)
		}
	}
}
