package lexicon

import (
	"slices"
	"testing"
	"testing/fstest"

	"samur/internal/news"
)

func TestRespell(t *testing.T) {
	for _, tt := range []struct {
		word string
		lang news.Lang
		with []string // spellings that must be there
	}{
		{"aliyev", news.En, []string{"aliev"}},
		{"aliev", news.En, []string{"aliyev"}},
		{"bayramov", news.En, []string{"bairamov"}},
		{"dmitry", news.En, []string{"dmitri", "dmitriy"}},
		{"dmitriy", news.En, []string{"dmitry"}},
		{"yevgeny", news.En, []string{"evgeny", "evgeni", "yevgeniy"}},
		{"alexei", news.En, []string{"alexey", "aleksei", "aleksey"}},
		{"alexander", news.En, []string{"aleksander", "alexandr", "aleksandr"}},
		{"mikayil", news.En, []string{"mikail"}},
		{"naghiyev", news.En, []string{"nagiyev", "nagiev"}},
		{"jabbarov", news.En, []string{"dzhabbarov"}},
		{"tatyana", news.En, []string{"tatiana"}},
		{"эйюбов", news.Ru, []string{"эюбов"}},
		{"микаил", news.Ru, []string{"микайил"}},
		{"sergey", news.Az, []string{"serqey", "sergei"}},
		{"mixail", news.Az, []string{"mihail"}},
		{"kuznetsov", news.Az, []string{"kuznesov"}},
		{"tsivilyov", news.Az, []string{"tsivilyev", "sivilyov"}},
		{"kadırov", news.Az, []string{"kadirov"}},
		{"ali", news.En, nil},
		{"putin", news.En, nil},
	} {
		got := respell(tt.word, tt.lang)
		for _, want := range tt.with {
			if !slices.Contains(got, want) {
				t.Errorf("respell(%q, %s) = %q, want %q among them", tt.word, tt.lang, got, want)
			}
		}
		if tt.with == nil && len(got) > 0 {
			t.Errorf("respell(%q, %s) = %q, want none", tt.word, tt.lang, got)
		}
		if len(got) > maxSpellings || slices.Contains(got, tt.word) {
			t.Errorf("respell(%q, %s) = %q: too many, or the word itself", tt.word, tt.lang, got)
		}
	}
}

// Other spellings are found where a text has them, inflected, and only as names of persons.
func TestRespelledNames(t *testing.T) {
	x, err := Load(fstest.MapFS{"lexicon/names.yaml": {Data: []byte(`concepts:
  - id: person/tsivilev
    kind: person
    names: {en: [Sergei Tsivilev], ru: [Сергей Цивилёв], az: [Sergey Tsivilyov]}
  - id: person/bayramov
    kind: person
    names: {en: [Jeyhun Bayramov], ru: [Джейхун Байрамов], az: [Ceyhun Bayramov]}
  - id: city/naghil
    kind: city
    names: {en: [Naghil]}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		text string
		lang news.Lang
		want string
	}{
		{"A talk with Sergey Tsivilev's aide", news.En, "person/tsivilev"},
		{"Minister Dzheyhun Bairamov arrived", news.En, "person/bayramov"},
		{"Serqey Tsivilyovun məruzəsi", news.Az, "person/tsivilev"},
		{"The town of Nagil", news.En, ""},
	} {
		got := ""
		for _, h := range x.Analyse(tt.text, "", tt.lang).Hits {
			got = h.Concept.ID
		}
		if got != tt.want {
			t.Errorf("Analyse(%q) names %q, want %q", tt.text, got, tt.want)
		}
	}
}
