package digest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestHeadline(t *testing.T) {
	bare := turnoverEn.at("shirvan.7", 101).saying("Trade grows", "")
	repeat := turnoverEn.at("absheron.7", 101)
	repeat.copyOf = "kura.1"
	untitled := turnoverEn.at("kura.7", 101).saying("", turnoverEn.text)
	long := turnoverEn.at("kura.7", 101).saying(strings.Repeat("Azerbaijan and Russia talk about trade ", 20), "")
	for _, c := range []struct {
		name    string
		lang    news.Lang
		reports []report
		item    string
		text    string
	}{
		{"the reader's language among equals: en", news.En, []report{turnoverEn, turnoverRu, turnoverAz}, "kura.1", turnoverEn.title},
		{"the reader's language among equals: ru", news.Ru, []report{turnoverEn, turnoverRu, turnoverAz}, "neva.1", turnoverRu.title},
		{"the reader's language among equals: az", news.Az, []report{turnoverEn, turnoverRu, turnoverAz}, "shirvan.1", turnoverAz.title},
		{"a whole report before a bare headline", news.En, []report{bare, turnoverEn.at("kura.1", 102)}, "kura.1", turnoverEn.title},
		{"an original before a copy", news.En, []report{repeat, turnoverRu.at("neva.1", 102)}, "neva.1", turnoverRu.title},
		{"a copy when there is nothing else", news.En, []report{repeat}, "absheron.7", turnoverEn.title},
		{"without a title, its first sentence", news.En, []report{untitled}, "kura.7", "Trade turnover between Azerbaijan and Russia amounted to $4.8 billion in 2024, Economy Minister Mikayil Jabbarov said in Baku."},
		{"cut behind a word", news.En, []report{long}, "kura.7", strings.TrimSpace(strings.Repeat("Azerbaijan and Russia talk about trade ", 10) + "Azerbaijan")},
		{"what the reader can read before what says a little more", news.En, []report{
			turnoverEn.at("kura.1", 101).saying("Azerbaijan and Russia trade for $4.8 billion", "Trade turnover between Azerbaijan and Russia amounted to $4.8 billion in 2024, it was said in Baku."),
			turnoverAz.at("shirvan.1", 102), turnoverAz.at("absheron.1", 103),
		}, "kura.1", "Azerbaijan and Russia trade for $4.8 billion"},
		{"the central report", news.En, []report{
			turnoverEn.at("kura.1", 101).saying("Lavrov and Bayramov meet in Baku", "Sergey Lavrov and Jeyhun Bayramov spoke of the North-South corridor in the capital."),
			turnoverEn.at("neva.1", 102).saying("Ministers meet in Baku", "The two ministers had dinner on the boulevard by the sea on Friday."),
			turnoverRu.at("volga.1", 103).saying("Лавров и Байрамов встретились", "Сергей Лавров и Джейхун Байрамов обсудили коридор «Север – Юг» в Баку."),
		}, "kura.1", "Lavrov and Bayramov meet in Baku"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, tale(t, "s", c.reports...))
			in.Options.Lang = c.lang
			got := only(t, Build(in)).Headline
			if got.Item != c.item || got.Text != c.text {
				t.Errorf("headline = %q of %q, want %q of %q", got.Text, got.Item, c.text, c.item)
			}
		})
	}
}

func TestQuotes(t *testing.T) {
	reworded := turnoverEn.at("shirvan.1", 102).saying("Baku and Moscow trade more", "Azerbaijan and Russia brought their trade turnover to $4.8 billion in 2024.")
	noise := turnoverEn.saying("Border post to be rebuilt", "BAKU, Azerbaijan, March 10. /Kura/. The Samur post will be rebuilt by a contractor from Ganja before the autumn. "+
		"Read more about the border in our weekly review of the roads. Photo: the post on the river in the early morning light. "+
		"Earlier it was reported that four lanes would be closed for repairs in spring. What will the drivers say to all of this? "+
		"The customs service expects three hundred lorries a day once the work on the lanes is fini...")
	for _, c := range []struct {
		name    string
		lang    news.Lang
		reports []report
		want    []string // item: how the quote begins
	}{
		{"the lead and what adds to it", news.En, []report{turnoverEn}, []string{"kura.1: Trade turnover between", "kura.1: Exports of farm goods"}},
		{"a title alone", news.En, []report{turnoverEn.saying(turnoverEn.title, "")}, nil},
		{"a text that repeats its title", news.En, []report{turnoverEn.saying(turnoverEn.title, turnoverEn.title+".")}, nil},
		{"what another outlet only rewords is not said again", news.En, []report{turnoverEn, reworded}, []string{"kura.1: Trade turnover between", "kura.1: Exports of farm goods"}},
		{
			"another language adds a number", news.En,
			[]report{
				turnoverEn.saying(turnoverEn.title, "Trade turnover between Azerbaijan and Russia amounted to $4.8 billion in 2024, Economy Minister Mikayil Jabbarov said."),
				turnoverRu.saying(turnoverRu.title, "Российский экспорт в Азербайджан составил 3,6 млрд долларов, сообщили на таможне."),
			},
			[]string{"kura.1: Trade turnover between", "neva.1: Российский экспорт"},
		},
		{"datelines, teasers, captions, reminders, questions and torn ends", news.En, []report{noise}, []string{"kura.1: The Samur post will"}},
		{
			"credits in Russian", news.Ru,
			[]report{turnoverRu.saying("Пост на границе перестроят", "Об этом сообщает пресс-служба таможенного комитета республики. Подписывайтесь на наш канал и узнавайте новости первыми. Напомним, что пост закрывали весной на время ремонта дороги. Пост «Самур» перестроит подрядчик из Гянджи к началу осени.")},
			[]string{"neva.1: Пост «Самур» перестроит"},
		},
		{
			"credits in Azerbaijani", news.Az,
			[]report{turnoverAz.saying("Sərhəddə məntəqə yenidən qurulur", "Bu barədə Gömrük Komitəsinin mətbuat xidməti məlumat yayıb. Ətraflı oxumaq üçün saytımıza daxil olun və izləyin. Xatırladaq ki, məntəqə yazda təmir üçün bağlanmışdı. Samur məntəqəsini payıza qədər Gəncədən olan podratçı yenidən quracaq.")},
			[]string{"shirvan.1: Samur məntəqəsini payıza"},
		},
		{
			"too long for a sentence", news.En,
			[]report{turnoverEn.saying("A list of goods", "The list of goods names "+strings.Repeat("tomatoes and persimmons from gardens near the river, ", 10)+"and nuts.")},
			nil,
		},
		{
			"what leans on a sentence that is not printed", news.En,
			[]report{
				turnoverEn.saying("Border post to be rebuilt", "The customs service of Azerbaijan will rebuild the Samur post before autumn, its chairman told reporters in Quba district."),
				turnoverEn.at("shirvan.1", 102).saying("Post to be rebuilt", "Work starts soon. He also promised a waiting hall with a canteen for lorry drivers and their families."),
			},
			[]string{"kura.1: The customs service of"},
		},
		{
			"what leans on the sentence above it", news.En,
			[]report{turnoverEn.saying("Border post to be rebuilt", "The customs service of Azerbaijan will rebuild the Samur post before autumn, its chairman told reporters in Quba district. He also promised a waiting hall with a canteen for lorry drivers and their families.")},
			[]string{"kura.1: The customs service of", "kura.1: He also promised"},
		},
		{
			"the lead before sentences that name more", news.En,
			[]report{turnoverEn.saying("Border post to be rebuilt", "Drivers will cross the river by a new bridge before autumn. "+
				"Sergey Lavrov looked at the drawings with visible interest yesterday. "+
				"Jeyhun Bayramov asked the builders about their homes and families.")},
			[]string{"kura.1: Drivers will cross", "kura.1: Sergey Lavrov looked"},
		},
		{
			"a sentence that our own bound cuts", news.En,
			[]report{turnoverEn.saying("Border post to be rebuilt", strings.Repeat("x", 8400-64)+"\nThe customs post will take lorries from three districts, No. 5 among them.")},
			nil,
		},
		{
			"disagreement is shown", news.En,
			[]report{
				turnoverEn,
				turnoverRu.saying("Торговля растёт", "Товарооборот России и Азербайджана в 2024 году составил 4,2 млрд долларов, сообщила таможня. Поставки зерна выросли заметнее всего, рассказали в ведомстве журналистам."),
			},
			[]string{"kura.1: Trade turnover between", "neva.1: Товарооборот России и Азербайджана"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, tale(t, "s", c.reports...))
			in.Options.Lang = c.lang
			var got []string
			for _, q := range only(t, Build(in)).Quotes {
				got = append(got, q.Item+": "+q.Text)
			}
			short := make([]string, len(got))
			for i, g := range got {
				short[i] = g
				if i < len(c.want) && strings.HasPrefix(g, c.want[i]) {
					short[i] = c.want[i]
				}
			}
			if len(got) == 0 {
				short = nil
			}
			if diff := cmp.Diff(c.want, short); diff != "" {
				t.Errorf("quotes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"  short ", 10, "short"},
		{"one two three", 7, "one two"},
		{"one two, three", 8, "one two"},
		{"one two three", 9, "one two"},
		{"безпробелов", 7, "без"},
		{"............", 4, "...."},
	} {
		if got := clip(c.in, c.n); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestQuoteCarriesItsSource(t *testing.T) {
	e := only(t, Build(input(t, tale(t, "s", turnoverEn))))
	for _, q := range append(e.Quotes, e.Headline) {
		want := news.Quote{Text: q.Text, Item: "kura.1", URL: "https://kura.example/kura.1", Outlet: "kura", Lang: news.En}
		if diff := cmp.Diff(want, q); diff != "" {
			t.Errorf("quote (-want +got):\n%s", diff)
		}
	}
}

func TestEntry(t *testing.T) {
	held := turnoverEn.at("kura.0", 90)
	repeat := turnoverEn.at("absheron.1", 104)
	repeat.copyOf = "kura.1"
	late := turnoverRu.at("neva.1", 150)
	s := tale(t, "s", held, turnoverEn, repeat, turnoverAz.at("shirvan.1", 110), late)
	// A member whose text is gone is a source all the same.
	s.Members = append(s.Members, news.Member{Item: "volga.1", Seq: 160, Outlet: "volga", Side: news.SideRu, Lang: news.Ru, FirstSeen: start.Add(-time.Hour)})
	in := input(t, s)
	in.Options.Lang = news.Ru
	e := only(t, Build(in))

	var sources []string
	for _, src := range e.Sources {
		mark := ""
		if src.Copy {
			mark = " copy"
		}
		sources = append(sources, src.Item+mark)
	}
	if diff := cmp.Diff([]string{"volga.1", "kura.0", "kura.1", "absheron.1 copy", "shirvan.1", "neva.1"}, sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	wantSource := news.Source{
		Item: "neva.1", Outlet: "neva", Side: news.SideRu, Lang: news.Ru, URL: "https://neva.example/neva.1", Title: turnoverRu.title,
		FirstSeen: start.Add(150 * time.Minute), Published: start.Add(150 * time.Minute),
	}
	if diff := cmp.Diff(wantSource, e.Sources[5]); diff != "" {
		t.Errorf("source (-want +got):\n%s", diff)
	}
	if got, want := e.Voices, 4; got != want {
		t.Errorf("voices = %d, want %d", got, want)
	}
	if diff := cmp.Diff([]string{"kura.1", "absheron.1", "shirvan.1", "neva.1", "volga.1"}, e.Items); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Микаил Джаббаров", "Алексей Оверчук"}, e.Actors[:2]); diff != "" {
		t.Errorf("actors (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]news.Evidence{{Concept: e.Headline.Item, Points: 4.4}}, e.Why); diff != "" {
		t.Errorf("why (-want +got):\n%s", diff)
	}
}

func TestActors(t *testing.T) {
	for _, c := range []struct {
		name, title, text string
		lang              news.Lang
		want              []string
	}{
		{
			"at most five, the headline's first", "Overchuk opens the forum",
			"The forum was visited by Vladimir Putin, Ilham Aliyev, Sergey Lavrov, Jeyhun Bayramov, Mikhail Mishustin and Alexey Overchuk on the same day.",
			news.En,
			[]string{"Alexei Overchuk", "Ilham Aliyev", "Jeyhun Bayramov", "Mikhail Mishustin", "Sergei Lavrov"},
		},
		{
			"in the reader's language", "Bayramov, Lavrov hold talks", "Jeyhun Bayramov met Sergey Lavrov.",
			news.Ru,
			[]string{"Джейхун Байрамов", "Сергей Лавров"},
		},
		{
			"no office without a holder", "Prime minister speaks of trade", "The prime minister spoke of trade with the deputy prime minister.",
			news.En, nil,
		},
		{
			"no body without a proper name", "Customs queue at the Samur border grows", "Customs officers of the Federal Customs Service work at night.",
			news.En,
			[]string{"Federal Customs Service"},
		},
		{
			"a ministry once, with its country", "Azerbaijani Foreign Ministry protests", "The Azerbaijani Foreign Ministry handed over a note. The Foreign Ministry expects an answer.",
			news.En,
			[]string{"Azerbaijani Foreign Ministry"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, tale(t, "s", turnoverEn.saying(c.title, c.text)))
			in.Options.Lang = c.lang
			if diff := cmp.Diff(c.want, only(t, Build(in)).Actors); diff != "" {
				t.Errorf("actors (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReportedLate(t *testing.T) {
	for _, c := range []struct {
		name  string
		dated news.Dated
		ago   time.Duration
		want  bool
	}{
		{"published on the day before the window", news.DatedFeed, 20 * time.Hour, false},
		{"published two days before", news.DatedFeed, 48 * time.Hour, true},
		{"of no known date", news.DatedAbsent, 48 * time.Hour, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := turnoverEn
			r.ago = c.ago
			s := tale(t, "s", r)
			s.Items[0].Dated = c.dated
			if got := only(t, Build(input(t, s))).Late; got != c.want {
				t.Errorf("Late = %v, want %v", got, c.want)
			}
		})
	}
}
