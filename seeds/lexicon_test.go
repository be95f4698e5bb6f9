package seeds_test

import (
	"slices"
	"testing"

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
	topics, err := seeds.Topics(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(x.Concepts()); n < 600 {
		t.Errorf("%d concepts, want at least 600", n)
	}
	type name struct {
		lang news.Lang
		word string
	}
	owner := map[name]string{}
	for _, c := range x.Concepts() {
		for _, slug := range c.Topics {
			if !slices.ContainsFunc(topics, func(t seeds.Topic) bool { return t.Slug == slug }) {
				t.Errorf("concept %q has topic %q, which is in no topics.yaml", c.ID, slug)
			}
		}
		for l, names := range c.Names {
			for _, w := range names {
				if !norm.NFC.IsNormalString(w) {
					t.Errorf("name %q of %q is not NFC", w, c.ID)
				}
				if other, taken := owner[name{l, w}]; taken {
					t.Errorf("%q is a name of both %q and %q; one of them should be weak", w, other, c.ID)
				}
				owner[name{l, w}] = c.ID
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
			var got []string
			for _, h := range x.Analyse(tt.text, "", tt.lang).Hits {
				got = append(got, h.Concept.ID)
			}
			if tt.want != "" && !slices.Contains(got, tt.want) {
				t.Errorf("Analyse(%q) = %q, want %q among them", tt.text, got, tt.want)
			}
			if tt.not != "" && slices.Contains(got, tt.not) {
				t.Errorf("Analyse(%q) = %q, want no %q", tt.text, got, tt.not)
			}
		})
	}
}
