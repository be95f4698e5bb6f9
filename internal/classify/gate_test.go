package classify

import (
	"strings"
	"testing"

	"samur/internal/news"
)

func TestGate(t *testing.T) {
	c, x := open(t)
	for _, tc := range []struct {
		name        string
		lang        news.Lang
		title, text string
		want        bool
		missing     string // part of the reason, when refused
	}{
		{
			"both in the headline", news.En, "Russia and Azerbaijan sign a customs protocol", "", true, "",
		},
		{
			"headline and lead", news.Ru, "Оверчук провёл переговоры в Гяндже", "Вице-премьер РФ обсудил поставки в Азербайджан.", true, "",
		},
		{
			"neither", news.En, "Nokia opens a lab in Espoo", "It will employ two hundred people.", false, "neither Russia nor Azerbaijan",
		},
		{
			"one side", news.Az, "Gəncədə yeni məktəb açılıb", "Tədbirdə valideynlər iştirak ediblər.", false, "Russia is not named",
		},
		{
			"dateline alone", news.En, "Azerbaijan opens a new bus depot in Ganja",
			"MOSCOW, June 3. /TASS/. The depot will hold eighty buses, the mayor said.", false, "dateline",
		},
		{
			"dateline in Russian", news.Ru, "В Гяндже открыли автобусный парк",
			"МОСКВА, 3 июн — ТАСС. Парк рассчитан на восемьдесят машин, сообщил мэр.", false, "",
		},
		{
			"background alone", news.Az, "Bakıda yeni metro stansiyası açılıb",
			"Stansiya sərnişinləri qəbul edir.\nXatırladaq ki, ötən il Rusiya şirkəti qatarların bir hissəsini göndərmişdi.", false, "background",
		},
		{
			"teaser alone", news.Ru, "В Баку открыли новую станцию метро",
			"Станция принимает пассажиров.\nЧитайте также: Россия ввела пошлину на пшеницу", false, "teaser",
		},
		{
			"list of countries", news.En, "Azerbaijan joins a convention on salt lakes",
			"Members include Russia, Iran, Kenya, Bolivia, Chile, Turkey, China and Kazakhstan.", false, "list",
		},
		{
			"side as one of several", news.En, "Tourism to Azerbaijan grows",
			"Guests came from Russia, Georgia and Turkey.", false, "list",
		},
		{
			"third country story", news.En, "Armenia freezes its part in the CSTO",
			"Yerevan blames Russia for not helping it against Azerbaijan in September.", false, "another country",
		},
		{
			"sanctions as a circumstance", news.En, "Azerbaijan and Kazakhstan widen the Middle Corridor",
			"Shippers look for new routes because of sanctions on Russia.", false, "",
		},
		{
			"football", news.Ru, "«Карабах» обыграл «Зенит» в матче Лиги чемпионов",
			"Два гола забил нападающий азербайджанского клуба, российский вратарь отбил пенальти.", false, "match",
		},
		{
			"rates", news.En, "Azerbaijan: exchange rates for Monday",
			"USD 1.7, EUR 1.84, RUB 0.018; the Russian ruble gained against the weighted average.", false, "",
		},
		{
			"forum of both, in a list", news.Ru, "Министры обсудили в Тегеране формат «3+3»",
			"Встретились главы МИД России, Азербайджана, Армении, Ирана и Турции.", true, "",
		},
		{
			"headline alone, shared by definition", news.Az, "“3+3” platformasının görüşü keçirilib", "", true, "",
		},
		{
			"headline alone, one side and a shared project", news.En, "Russia ready to build its part of the North-South corridor", "", true, "",
		},
		{
			"fishing season is no president", news.Ru, "Рыбаки Баку вышли на путину", "Улов на Каспии невелик.", false, "",
		},
		{
			"typed without diacritics", news.Az, "Rusiya ve Azerbaycan sazis imzaladi", "Sened Bakida qebul olunub.", true, "",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := x.Analyse(tc.title, tc.text, tc.lang)
			v := c.Classify(d)
			checkVerdict(t, tc.name, d, v)
			if v.Relevant != tc.want {
				t.Errorf("Relevant = %v at %.2f, want %v; missing %q", v.Relevant, v.Score, tc.want, v.Missing)
				for _, e := range v.Evidence {
					t.Logf("%+.2f %s %q %s (%s)", e.Points, e.Field, e.Form, e.Concept, e.Why)
				}
			}
			if !strings.Contains(inWords(v.Missing), tc.missing) {
				t.Errorf("Missing = %q, want it to say %q", v.Missing, tc.missing)
			}
		})
	}
}
