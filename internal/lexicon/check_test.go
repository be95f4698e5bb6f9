package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// files makes a source of one file.
func files(name, body string) Source {
	return Source{FS: fstest.MapFS{"lexicon/names.yaml": {Data: []byte(body)}}, Name: name}
}

func TestCheck(t *testing.T) {
	base := files("", `concepts:
  - id: city/qazan
    kind: city
    names: {en: [Kazan], ru: [Казань, казанский], az: [Kazan]}
  - id: company/gazprom
    kind: company
    names: {en: [Gazprom], ru: [Газпром]}
`)
	tests := []struct {
		name, data string
		want       []string // rule line:column level, in order
		says       string   // a part of the first finding
	}{
		{"good", "concepts:\n- {id: city/ufa, kind: city, names: {en: [Ufa], ru: [Уфа]}}", nil, ""},
		{"no such topic", "concepts:\n- {id: city/ufa, kind: city, names: {en: [Ufa], ru: [Уфа]}, topics: [chess]}", []string{"topic 2:70 error"}, `"chess" does not exist; use one of trade`},
		{"no such id", "concepts:\n- id: city/ufa\n  kind: city\n  names: {en: [Ufa], ru: [Уфа]}\n  not: [city/absent]", []string{"format 5:9 error"}, `refers to "city/absent"`},
		{"not YAML", "concepts:\n- id: [", []string{"format 3:1 error"}, "not readable as YAML"},
		{"unknown key", "concepts:\n- {id: city/ufa, kind: city, names: {en: [Ufa], ru: [Уфа]}, nams: 1}", []string{"format 2:61 error"}, "a concept has the keys"},
		{"extends nothing", "concepts:\n- {id: city/ufa, extend: true, names: {en: [Ufa], ru: [Уфа]}}", []string{"format 2:3 error"}, "is not there to be extended"},
		{"extend is no claim", "concepts:\n- {id: city/qazan, kind: city, extend: maybe, names: {az: [Qazan şəhəri]}}", []string{"format 2:40 error"}, "neither true nor false"},
		{"unknown rule accepted", "concepts:\n- {id: city/ufa, kind: city, names: {en: [Ufa], ru: [Уфа]}, accept: {all: yes}}", []string{"format 2:70 error"}, `unknown rule "all"`},
		{"one name, two concepts", "concepts:\n- {id: city/kazan2, kind: city, names: {en: [Khan], ru: [Казань]}}", []string{"collision 2:58 error"}, `is a name of "city/qazan" too`},
		{"one form, two concepts", "concepts:\n- {id: company/gaz, kind: company, names: {en: [GazCo], ru: [Газпрома]}}", []string{"shared-form 2:62 warning"}, "company/gazprom"},
		{"one name without diacritics", "concepts:\n- {id: company/a, kind: company, names: {en: [Shemale], az: [Şəmkirçi]}}\n- {id: company/b, kind: company, names: {en: [Other], az: [Semkirci]}}", []string{"shared-form 2:62 warning"}, `a form of "Semkirci"`},
		{"told apart by not", "concepts:\n- {id: city/kazan2, kind: city, names: {en: [Khan], ru: [Казань]}, not: [city/qazan]}", nil, ""},
		{"told apart by needs", "concepts:\n- {id: city/kazan2, kind: city, names: {en: [Khan]}, weak: {ru: [Казань]}, needs: [остров]}", nil, ""},
		{"common word", "concepts:\n- {id: city/orel, kind: city, names: {en: [Oryol], ru: [Орёл]}}", []string{"common-word 2:57 warning"}, `the common word "орел"`},
		{"common word that is meant", "concepts:\n- {id: city/orel, kind: city, names: {en: [Oryol], ru: [Орёл]}, accept: {common-word: no birds}}", nil, ""},
		{"one language", "concepts:\n- {id: city/ufa, kind: city, names: {ru: [Уфа]}}", []string{"one-language 2:8 warning"}, "names in ru only"},
		{"fixed in any language", "concepts:\n- {id: company/x, kind: company, names: {en: [Xeron]}, fixed: [ХЕР]}", nil, ""},
		{"never found", "concepts:\n- {id: company/x, kind: company, names: {en: [Xeron], az: [Xeron-un ofisi]}}", []string{"unreachable 2:60 error"}, "is never found"},
		{"forbids itself", "concepts:\n- {id: company/x, kind: company, names: {en: [Xeron], ru: [завод Ксерон]}, not: [завод]}", []string{"unreachable 2:60 error"}, `forbidden by its own word "завод"`},
		{"weak and nothing needed", "concepts:\n- {id: company/x, kind: company, weak: {en: [Xeron], ru: [Ксерон]}}", []string{"unreachable 2:8 error"}, "nothing that they need"},
		{"needs itself", "concepts:\n- {id: company/x, kind: company, weak: {en: [Xeron], ru: [Ксерон]}, needs: [Ксерон]}", []string{"own-word 2:59 warning"}, "has in itself what it needs"},
		{"twice", "concepts:\n- {id: company/x, kind: company, names: {en: [Xeron], ru: [Ксерон, Ксероны]}}", []string{"twice 2:68 warning"}, `a form of the name "Ксерон"`},
		{"plural without singular", "concepts:\n- {id: company/x, kind: company, names: {en: [Xeron], ru: [Ксероны]}}", nil, ""},
		{"weak and strong", "concepts:\n- {id: company/x, kind: company, names: {en: [Xeron], ru: [Ксерон]}, weak: {ru: [Ксероном]}, needs: [завод]}", []string{"twice 2:82 warning"}, "found without company"},
		{"fixed and inflected", "concepts:\n- {id: company/x, kind: company, names: {en: [Xeron], ru: [Ксерон]}, fixed: [КСЕРОН]}", []string{"fixed 2:78 warning"}, "form of the name"},
		{"takes a place", "concepts:\n- {id: company/gazprom, kind: company, names: {en: [GAZPROM], ru: [Газпром]}}", []string{"replaces 2:8 warning"}, `loses its names "Gazprom"`},
		{"extends", "concepts:\n- {id: company/gazprom, extend: true, names: {az: [Qazprom]}}", nil, ""},
		{"accepts what is not there", "concepts:\n- {id: city/ufa, kind: city, names: {en: [Ufa], ru: [Уфа]}, accept: {twice: why}}", []string{"accept 2:70 warning"}, "does not have"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, found, err := Check([]string{"trade"}, base, files("own/", tt.data))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				level, place := "error", strings.TrimPrefix(strings.SplitN(f.Error(), ": ", 2)[0], "own/lexicon/names.yaml:")
				if f.Warning {
					level = "warning"
				}
				got = append(got, f.Rule+" "+place+" "+level)
				if f.Fix == "" {
					t.Errorf("%s: no fix", f.What)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Fatalf("findings (-want +got):\n%s%v", diff, found)
			}
			if len(found) > 0 && !strings.Contains(found[0].Error(), tt.says) {
				t.Errorf("finding %q does not say %q", found[0].Error(), tt.says)
			}
		})
	}
}

// A mistake in what extends a concept is placed in the file that extends it.
func TestLoadPlacesMistakes(t *testing.T) {
	base := fstest.MapFS{"lexicon/base.yaml": {Data: []byte("concepts:\n- {id: city/ufa, kind: city, names: {en: [Ufa]}}\n")}}
	own := fstest.MapFS{"lexicon/own.yaml": {Data: []byte("concepts:\n- id: city/ufa\n  extend: true\n  not: [city/absent]\n")}}
	_, err := Load(base, own)
	if want := "lexicon/own.yaml:4:9: concept \"city/ufa\" refers to \"city/absent\""; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("Load = %v, want %q", err, want)
	}
}

func TestExplain(t *testing.T) {
	x := testLexicon(t)
	tests := []struct {
		name, text string
		lang       string
		want       []string // form: taken, or why not
	}{
		{"alone", "Алиев пришёл", "ru", []string{"Алиев: needs one of president, президент, prezident"}},
		{"in company", "Алиев пришёл к президенту", "ru", []string{"Алиев: taken", "президенту: taken"}},
		{"forbidden by a word", "Президент поздравил. Боксёр Алиев победил", "ru", []string{"Президент: taken", "Алиев: forbidden by Боксёр"}},
		{"covered", "МИД Азербайджана", "ru", []string{"МИД Азербайджана: taken", "МИД: inside of МИД Азербайджана (institution/az-mfa)", "Азербайджана: inside of МИД Азербайджана (institution/az-mfa)"}},
		{"someone else", "Президент и боец Фаррух Алиев", "ru", []string{"Президент: taken", "Алиев: another person's name, by Фаррух"}},
		{"initials", "The president met F. Aliyev", "en", []string{"president: taken", "Aliyev: another person's name, by F."}},
		{"other office", "Here is the vice-president", "en", []string{"president: another office, by vice-"}},
		{"small letters", "Нет, рф не РФ", "ru", []string{"рф: not letter by letter", "РФ: taken"}},
		{"no capital", "Баку и баку", "ru", []string{"Баку: taken", "баку: no capital letters"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range x.Explain(tt.text, "", news.Lang(tt.lang)) {
				why := s.Why.String()
				if len(s.By) > 0 {
					why += " " + strings.Join(s.By, ", ")
				}
				got = append(got, s.Form+": "+why)
				if s.Taken != (s.Why == taken) {
					t.Errorf("%s: Taken = %v, Why = %v", s.Form, s.Taken, s.Why)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Explain(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}
