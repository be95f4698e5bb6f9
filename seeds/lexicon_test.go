package seeds_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

func load(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestEmbeddedLexicon(t *testing.T) {
	x := load(t)
	if n := len(x.Concepts()); n < 600 {
		t.Errorf("%d concepts, want at least 600", n)
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
