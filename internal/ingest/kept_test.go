package ingest

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/store"
)

// events of stream, by language: a headline and a text, with a number that differs from
// one time to the next.
var events = [][3][2]string{
	{
		{"Lavrov receives Bayramov in Moscow", "The foreign ministers of Russia and Azerbaijan spoke for %d hours about the border commission."},
		{"Лавров принял Байрамова в Москве", "Министры иностранных дел России и Азербайджана %d часа говорили о комиссии по границе."},
		{"Lavrov Moskvada Bayramovu qəbul edib", "Rusiya və Azərbaycan xarici işlər nazirləri %d saat sərhəd komissiyasından danışıblar."},
	},
	{
		{"Rosselkhoznadzor lifts ban on tomatoes from Azerbaijan", "%d more farms of Azerbaijan may ship tomatoes to Russia from Monday."},
		{"Россельхознадзор снял запрет на томаты из Азербайджана", "Еще %d предприятий Азербайджана могут с понедельника поставлять томаты в Россию."},
		{"Rosselxoznadzor Azərbaycandan pomidora qadağanı götürüb", "Azərbaycanın daha %d müəssisəsi bazar ertəsindən Rusiyaya pomidor göndərə bilər."},
	},
	{
		{"Trains to link Baku with Makhachkala again", "Azerbaijan Railways and Russian Railways will run %d passenger trains a week."},
		{"Поезда снова свяжут Баку и Махачкалу", "РЖД и Азербайджанские железные дороги пустят %d пассажирских поездов в неделю."},
		{"Qatarlar Bakı ilə Mahaçqalanı yenidən birləşdirəcək", "Azərbaycan Dəmir Yolları və Rusiya Dəmir Yolları həftədə %d sərnişin qatarı buraxacaq."},
	},
	{
		{"SOCAR and Lukoil extend oil transit contract", "Lukoil of Russia will pump %d million tons through Azerbaijan, SOCAR said."},
		{"SOCAR и «Лукойл» продлили договор о транзите нефти", "Российский «Лукойл» прокачает через Азербайджан %d млн тонн, сообщила SOCAR."},
		{"SOCAR və “LUKoil” neft tranziti müqaviləsini uzadıblar", "Rusiyanın “LUKoil” şirkəti Azərbaycandan %d milyon ton neft ötürəcək, SOCAR bildirib."},
	},
}

// stream is what the n-th of three feeds brings in a round: an event and one more, in its
// language, a copy of another's report, and something of no concern.
func stream(n, round int) []entry {
	var out []entry
	add := func(lang, event, times int) {
		e := events[event%len(events)][lang]
		at := fmt.Sprint(len(out), "/", n, "/", round)
		out = append(out, entry{
			guid: at, path: at, title: e[0], text: fmt.Sprintf(e[1], 2+times), at: day.Add(time.Duration(round)*stride - time.Duration(len(out))*time.Minute),
		})
	}
	add(n, round, round)
	add(n, round+n/2, round)
	add((n+round)%3, round, round)
	return append(out, numbered(100*n+round))
}

// stride is the time between two rounds of stream.
const stride = 60 * time.Hour

// play polls the feeds of stream, calling between before each poll, and returns the items
// and stories that come of it.
func play(t *testing.T, between func(b *bench, n int)) ([]news.Item, []news.Story) {
	t.Helper()
	b := newBench(t, store.Options{})
	n := 0
	for round := range 8 {
		for i, feed := range []string{"report", "tass", "apa"} {
			if n > 0 {
				between(b, n)
			}
			n++
			b.site.put(feed, answer{body: rss(stream(i, round)...)})
			b.poll(feed, day.Add(time.Duration(round)*stride+time.Duration(i)*time.Minute))
		}
	}
	stories, err := b.store.Stories(store.StoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return b.items(), stories
}

// TestStartsInTheStream holds that stories do not depend on how often the program was
// started, nor on whether what was kept of items is used then.
func TestStartsInTheStream(t *testing.T) {
	items, stories := play(t, func(*bench, int) {})
	storied := 0
	for _, it := range items {
		if it.Story != "" {
			storied++
		}
	}
	if storied < 40 || len(stories) < 8 || len(stories) > storied/2 {
		t.Fatalf("%d items are in %d stories, which shows nothing", storied, len(stories))
	}
	for name, between := range map[string]func(*bench, int){
		"starts":                   func(b *bench, _ int) { b.restart() },
		"starts of other versions": func(b *bench, n int) { b.version = fmt.Sprint(n); b.restart() },
	} {
		gotItems, gotStories := play(t, between)
		if diff := cmp.Diff(items, gotItems); diff != "" {
			t.Errorf("items after %s (-without +with):\n%s", name, diff)
		}
		if diff := cmp.Diff(stories, gotStories); diff != "" {
			t.Errorf("stories after %s (-without +with):\n%s", name, diff)
		}
	}
}

// kept counts the items in stories, and those of them of which something is kept.
func (b *bench) kept() (storied, kept int) {
	b.t.Helper()
	lx, _, err := understand()
	if err == nil {
		_, err = b.store.Storied(store.StoriedQuery{Since: day.AddDate(0, 0, -7), Rules: b.rules(lx)}, func(st store.Storied) bool {
			if storied++; st.Kept != nil {
				kept++
			}
			return true
		})
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return storied, kept
}

// TestKeptOfOthers holds that what is of another version, or cannot be recalled, is made
// anew at a start, and then kept.
func TestKeptOfOthers(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("report", answer{body: rss(reportEn, otherEn)})
	b.poll("report", day)
	if all, kept := b.kept(); all != 2 || kept != 2 {
		t.Fatalf("of %d items in stories something is kept of %d, want 2 of 2", all, kept)
	}
	b.version = "another"
	b.restart()
	if all, kept := b.kept(); all != 2 || kept != 0 {
		t.Errorf("another version is given what was kept of %d of %d items, want none of 2", kept, all)
	}
	if err := b.Settle(day); err != nil {
		t.Fatal(err)
	}
	if all, kept := b.kept(); all != 2 || kept != 2 {
		t.Errorf("after a start something is kept of %d of %d items, want all", kept, all)
	}

	lx, _, err := understand()
	if err == nil {
		err = b.store.KeepReduced(map[uint64]store.Reduced{1: {Rules: b.rules(lx), Kept: []byte("what is this")}})
	}
	if err != nil {
		t.Fatal(err)
	}
	b.restart()
	b.site.put("tass", answer{body: rss(reportRu)})
	b.poll("tass", day.Add(time.Minute))
	if items := b.items(); len(items) != 3 || items[2].Story != items[0].Story {
		t.Errorf("items are %+v, want the third in the story of the first", items)
	}
}
