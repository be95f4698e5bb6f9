package seeds_test

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

// loaded reads the bundled names once for all tests.
var loaded = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load(seeds.FS) })

func load(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	x, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestEmbeddedLexicon(t *testing.T) {
	x := load(t)
	if n := len(x.Concepts()); n < 1900 {
		t.Errorf("%d concepts, want at least 1900", n)
	}
	for _, c := range x.Concepts() {
		for _, names := range c.Names {
			for _, w := range names {
				if !norm.NFC.IsNormalString(w) {
					t.Errorf("name %q of %q is not NFC", w, c.ID)
				}
			}
		}
	}
}

// A concept that speaks for one side must be found where the sides differ, and a
// false friend must not be taken for it.
func TestLexiconTellsApart(t *testing.T) {
	x := load(t)
	for _, tt := range []struct {
		name string
		lang news.Lang
		text string
		want string // concept that must be there, "" for none
		not  string // concept that must not be there
	}{
		{"president", news.Ru, "Путина встретили в аэропорту.", "person/vladimir-putin", ""},
		{"fishing season", news.Ru, "Весенняя путина: рыбаки выходят на лов воблы.", "", "person/vladimir-putin"},
		{"manat", news.Az, "Rublun manata nisbətən məzənnəsi dəyişib.", "currency/manat", ""},
		{"Turkmen manat", news.Ru, "Туркменский манат подорожал на торгах.", "", "currency/manat"},
		{"region", news.Az, "Qarabağa qayıdış davam edir.", "region/karabakh", ""},
		{"football club", news.Az, "Qarabağ Çempionlar Liqasında oyun keçirəcək.", "organisation/qarabag-fk", "region/karabakh"},
		{"corridor", news.Az, "Şimal–Cənub dəhlizi ilə yük daşınıb.", "route/north-south", ""},
		{"interest rate", news.Az, "Mərkəzi Bank faiz dəhlizini dəyişdi.", "term/interest-rate-band", "route/north-south"},
		{"head of state", news.Az, "Prezident İlham Əliyev Moskvaya səfər edib.", "person/ilham-aliyev", ""},
		{"boxer of that name", news.Ru, "Боксёр Алиев победил в турнире.", "", "person/ilham-aliyev"},
		{"minister of a shared surname", news.Ru, "Глава МИД Байрамов прибыл в Москву.", "person/jeyhun-bayramov", ""},
		{"Russian foreign ministry", news.Ru, "В МИД РФ вызвали посла.", "institution/russian-foreign-ministry", "institution/azerbaijani-foreign-ministry"},
		{"Azerbaijani foreign ministry", news.Az, "Azərbaycan XİN bəyanat yayıb.", "institution/azerbaijani-foreign-ministry", "institution/russian-foreign-ministry"},
		{"agency as source", news.En, "The cargo has left, TASS reports.", "organisation/tass", "country/russia"},
		{"Astrakhan in Azerbaijani", news.Az, "Həştərxanda biznes forum açılıb.", "region/astrakhan", ""},
		{"security service", news.Az, "FTX əməkdaşları saxlanılıb.", "institution/fsb", ""},
		{"language is no country", news.Az, "İmtahan rus dili fənnindəndir.", "term/russian-language", "country/russians"},
		{"people of Russia", news.Az, "Rus sülhməramlıları Rusiyaya qayıdır.", "term/russian-peacekeepers", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := found(x, tt.text, tt.lang)
			if tt.want != "" && !slices.Contains(got, tt.want) {
				t.Errorf("Analyse(%q) = %q, want %q among them", tt.text, got, tt.want)
			}
			if tt.not != "" && slices.Contains(got, tt.not) {
				t.Errorf("Analyse(%q) = %q, want no %q", tt.text, got, tt.not)
			}
		})
	}
}

func topicSlugs(t *testing.T) []string {
	t.Helper()
	topics, err := seeds.Topics(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, topic := range topics {
		slugs = append(slugs, topic.Slug)
	}
	return slugs
}

// The bundled names have nothing wrong or weak about them but what they say is meant.
func TestLexiconIsSound(t *testing.T) {
	_, findings, err := lexicon.Check(topicSlugs(t), lexicon.Source{FS: seeds.FS, Name: "seeds/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

// The example of the guide is a file that can be used as it stands.
func TestLexiconGuide(t *testing.T) {
	text, err := os.ReadFile("lexicon/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var example strings.Builder
	for line := range strings.Lines(string(text)) {
		if code, indented := strings.CutPrefix(line, "    "); indented {
			example.WriteString(code)
		}
	}
	own := fstest.MapFS{"lexicon/guide.yaml": {Data: []byte(example.String())}}
	x, findings, err := lexicon.Check(topicSlugs(t), lexicon.Source{FS: seeds.FS}, lexicon.Source{FS: own, Name: "own/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"case of a name", "Продукцию Каспи Пласта вывозят.", "company/kaspi-plast"},
		{"weak name in company", "На заводе показали продукцию Пласта.", "company/kaspi-plast"},
		{"letter by letter", "Акции KSPL подорожали.", "company/kaspi-plast"},
		{"bundled concept under a new name", "Прибыль нефтяной компании республики.", "company/socar"},
		{"bundled concept under an old name", "Прибыль ГНКАР.", "company/socar"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := found(x, tt.text, news.Ru); !slices.Contains(got, tt.want) {
				t.Errorf("Analyse(%q) = %q, want %q among them", tt.text, got, tt.want)
			}
		})
	}
	if got := found(x, "Пласт снега сошёл с горы.", news.Ru); slices.Contains(got, "company/kaspi-plast") {
		t.Errorf("a layer of snow is taken for the plant: %q", got)
	}
}

// found returns the ids of the concepts that a text names.
func found(x *lexicon.Lexicon, text string, l news.Lang) []string {
	var ids []string
	for _, h := range x.Analyse(text, "", l).Hits {
		ids = append(ids, h.Concept.ID)
	}
	return ids
}

// Words that look like names of the field and are none, and names that look like others.
func TestFalseFriends(t *testing.T) {
	x := load(t)
	for _, tt := range []struct {
		name string
		lang news.Lang
		text string
		want string // concept that must be there, "" for none
		not  string // concept that must not be there, "*" for any
	}{
		{"Georgia in the South", news.En, "Voters in Atlanta, Georgia chose a new governor of the US state.", "", "country/georgia"},
		{"Georgia on the Black Sea", news.En, "Georgia reopened the road from Tbilisi to its border.", "country/georgia", ""},
		{"Petersburg in Florida", news.En, "A storm closed the beaches of St. Petersburg, Florida.", "", "city/st-petersburg"},
		{"Moscow in Idaho", news.En, "Students of the university in Moscow, Idaho went home.", "", "city/moscow"},
		{"month", news.En, "It may rain in May, and March is over.", "", "*"},
		{"given names", news.Ru, "Вера, Надежда и Любовь пошли гулять.", "", "*"},
		{"fur", news.Az, "Qışda samur xəzindən papaq tikirlər.", "", "place/samur"},
		{"fur with a capital", news.Az, "Samur xəzi bahalaşıb.", "", "place/samur"},
		{"crossing", news.Az, "Samur gömrük-sərhəd postunda TIR növbəsi yaranıb.", "place/samur", ""},
		{"peace", news.Ru, "Мир и согласие важнее выгоды.", "", "company/mir-payment-system"},
		{"card", news.Ru, "Карты «Мир» снова принимают в магазинах.", "company/mir-payment-system", ""},
		{"north", news.Ru, "Север страны замело снегом, юг ждёт дождей.", "", "route/north-south"},
		{"cauldron", news.Az, "Böyük qazanda plov bişirilib.", "", "city/kazan"},
		{"to earn", news.Az, "Komanda qızıl medal qazandı.", "", "city/kazan"},
		{"city on the Volga", news.Az, "Qazanda BRİKS sammiti keçirilib.", "city/kazan", ""},
		{"frost", news.Az, "Səhərə don olacaq, yollar sürüşkəndir.", "", "city/rostov-on-don"},
		{"exchange rate", news.Ru, "Курс доллара вырос, курсом торгов доволен рынок.", "", "region/kursk"},
		{"battle", news.Ru, "Под Курском открыли музей сражения.", "region/kursk", ""},
		{"eagle", news.Ru, "Орёл кружил над ущельем, орлы вьют гнёзда.", "", "region/oryol"},
		{"city of the eagle", news.Ru, "Губернатор Клычков рассказал, как живёт Орёл.", "region/oryol", ""},
		{"train", news.Az, "Qatar stansiyadan yola düşdü.", "", "country/qatar"},
		{"bird", news.En, "Farmers sold every turkey before the holiday.", "", "country/turkey"},
		{"fishing season", news.Ru, "Лососёвая путина началась раньше срока.", "", "person/vladimir-putin"},
		{"wrestler", news.En, "Wrestler Haji Aliyev won the tournament.", "", "person/ilham-aliyev"},
		{"wrestler in Azerbaijani", news.Az, "Güləşçi Hacı Əliyev turnirdə qalib gəldi.", "", "person/ilham-aliyev"},
		{"judoka", news.Ru, "Дзюдоист Рустам Оруджев и борец Гаджи Алиев взяли золото.", "", "person/ilham-aliyev"},
		{"another Bayramov", news.Ru, "Певец Азер Байрамов дал концерт в клубе.", "", "person/jeyhun-bayramov"},
		{"another Mustafayev", news.En, "Pianist Vagif Mustafazadeh was remembered.", "", "person/shahin-mustafayev"},
		{"another Novak", news.En, "Novak Djokovic reached the final.", "", "person/alexander-novak"},
		{"another Lavrov", news.Ru, "Актёр Кирилл Лавров сыграл в этом фильме.", "", "person/sergei-lavrov"},
		{"another Sokolov", news.Ru, "Писатель Александр Соколов издал роман.", "", "person/alexander-sokolov"},
		{"governor of that name", news.Ru, "Губернатор Кировской области Александр Соколов принял гостей.", "person/alexander-sokolov", ""},
		{"Qarabag the club", news.En, "Qarabag beat Benfica in the Champions League match.", "organisation/qarabag-fk", "region/karabakh"},
		{"Karabakh the land", news.En, "Families returned to Karabakh from Ganja.", "region/karabakh", "organisation/qarabag-fk"},
		{"missile", news.Ru, "Корабль выпустил ракеты «Калибр».", "", "organisation/caliber-az"},
		{"jellyfish", news.Ru, "Медуза обожгла купальщика.", "", "organisation/meduza"},
		{"shell", news.En, "Shell fragments hit a house.", "", "company/shell"},
		{"width", news.Az, "Eni beş metr olan yol çəkilib.", "", "company/eni"},
		{"gas in capitals", news.Ru, "ГАЗ И ЭЛЕКТРИЧЕСТВО ПОДОРОЖАЛИ", "", "company/gaz-group"},
		{"fruit and not the firm", news.En, "Export of apples grew.", "term/apple", ""},
		{"the firm and not the fruit", news.En, "The new iPhone and apples of the season.", "", "term/apple"},
		{"grenade", news.Ru, "Взрыв гранаты ранил сапёра.", "", "term/apple"},
		{"Kazakh", news.Az, "Qazax rəssamın sərgisi açılıb.", "", "city/gazakh"},
		{"gas in a case", news.Ru, "О попутных газах говорили на форуме.", "term/gas", "city/gazakh"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := found(x, tt.text, tt.lang)
			if tt.want != "" && !slices.Contains(got, tt.want) {
				t.Errorf("Analyse(%q) = %q, want %q among them", tt.text, got, tt.want)
			}
			if slices.Contains(got, tt.not) {
				t.Errorf("Analyse(%q) = %q, want no %q", tt.text, got, tt.not)
			}
			if tt.not == "*" && len(got) > 0 {
				t.Errorf("Analyse(%q) = %q, want none", tt.text, got)
			}
			for _, id := range []string{tt.want, tt.not} {
				if _, known := x.Concept(id); id != "" && id != "*" && !known {
					t.Errorf("no concept is called %q", id)
				}
			}
		})
	}
}

// One name in the spellings of newsrooms, in three languages.
func TestSpellings(t *testing.T) {
	x := load(t)
	for _, tt := range []struct {
		want  string
		lang  news.Lang
		texts []string
	}{
		{"person/ilham-aliyev", news.En, []string{"Ilham Aliyev", "Ilham Aliev", "Ilkham Aliyev", "President Aliev"}},
		{"person/jeyhun-bayramov", news.En, []string{"Jeyhun Bayramov", "Jeyhun Bairamov", "Dzheyhun Bayramov"}},
		{"person/jeyhun-bayramov", news.Az, []string{"Ceyhun Bayramovla", "Ceyhun Bayramovun"}},
		{"person/mikhail-mishustin", news.Az, []string{"Mixail Mişustin", "Mihail Mişustinin"}},
		{"person/alexei-overchuk", news.Az, []string{"Aleksey Overçuk", "Aleksey Overçukla"}},
		{"person/alexei-overchuk", news.En, []string{"Alexei Overchuk", "Alexey Overchuk", "Aleksey Overchuk's"}},
		{"person/sergei-lavrov", news.Az, []string{"Sergey Lavrov", "Serqey Lavrovun"}},
		{"person/dmitry-peskov", news.En, []string{"Dmitry Peskov", "Dmitri Peskov", "Dmitriy Peskov"}},
		{"city/khankendi", news.Az, []string{"Xankəndi", "Xankəndidə", "Xankendide"}},
		{"city/khankendi", news.Ru, []string{"Ханкенди", "Степанакерта"}},
		{"city/ganja", news.Ru, []string{"Гянджа", "в Гяндже", "гянджинский"}},
		{"city/ganja", news.Az, []string{"Gəncə", "Gəncədə", "Gence şəhəri"}},
		{"city/rostov-on-don", news.Ru, []string{"Ростов-на-Дону", "в Ростове-на-Дону"}},
		{"institution/rosselkhoznadzor", news.Ru, []string{"Россельхознадзор", "Федеральной службой по ветеринарному и фитосанитарному надзору"}},
	} {
		for _, text := range tt.texts {
			if got := found(x, text+" 2026", tt.lang); !slices.Contains(got, tt.want) {
				t.Errorf("%q in %s names %q, want %q among them", text, tt.lang, got, tt.want)
			}
		}
	}
}
