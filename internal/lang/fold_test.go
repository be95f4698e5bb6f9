package lang

import (
	"testing"

	"samur/internal/news"
)

func TestFold(t *testing.T) {
	tests := []struct {
		name string
		word string
		lang news.Lang
		want string
	}{
		{"az dotless capital", "IŞIQ", "az", "ışıq"},
		{"az dotted capital", "İRAN", "az", "iran"},
		{"tr dotless capital", "IRAK", "tr", "ırak"},
		{"en capital I", "IRAN", "en", "iran"},
		{"en dotted capital", "İlham", "en", "ilham"},
		{"ru yo", "Ёлка", "ru", "елка"},
		{"decomposed dotted capital", "I\u0307ran", "az", "iran"},
		{"dot left by lower-casing", "i\u0307ran", "az", "iran"},
		{"decomposed cedilla", "s\u0327əhər", "az", "şəhər"},
		{"decomposed й", "Краи\u0306", "ru", "край"},
		{"decomposed ё", "е\u0308лка", "ru", "елка"},
		{"stress mark", "Азербайджа\u0301н", "ru", "азербайджан"},
		{"soft hyphen", "Азербай\u00adджан", "ru", "азербайджан"},
		{"zero-width space and joiners", "Ba\u200bk\u200cı\u2060", "az", "bakı"},
		{"mark of direction", "\u202aBaku\u202c", "en", "baku"},
		{"typographic apostrophe", "NATO’nun", "az", "nato'nun"},
		{"Cyrillic schwa", "Әliyev", "az", "əliyev"},
		{"turned e", "Ǝliyev", "az", "əliyev"},
		{"Latin letters in a Russian word", "Aзepбaйджaн", "ru", "азербайджан"},
		{"more Latin letters than Russian in a Russian word", "Poccия", "ru", "россия"},
		{"Latin capitals in a Russian word", "MОСКВA", "ru", "москва"},
		{"Cyrillic letters in a Latin word", "Bаku", "en", "baku"},
		{"Cyrillic letters in an Azerbaijani word", "Ваkı", "az", "bakı"},
		{"Azerbaijani in Cyrillic letters", "Азәрбајҹан", "az", "azərbaycan"},
		{"Azerbaijani in Cyrillic capitals", "БАКЫ", "az", "bakı"},
		{"Kelvin sign", "\u212Aür", "az", "kür"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Fold(tt.word, tt.lang)
			if got != tt.want {
				t.Errorf("Fold(%q, %q) = %q, want %q", tt.word, tt.lang, got, tt.want)
			}
			if again := Fold(got, tt.lang); again != got {
				t.Errorf("Fold(%q, %q) = %q, want it unchanged", got, tt.lang, again)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	if got, want := Plain("əıöüğşç"), "eiougsc"; got != want {
		t.Errorf("Plain(%q) = %q, want %q", "əıöüğşç", got, want)
	}
}

// A text that is typed without diacritics, or with e for ə alone, is compared without.
func TestParsePlain(t *testing.T) {
	tests := []struct {
		name, text string
		want       bool
	}{
		{"proper", "Azərbaycan və Rusiya arasında ticarət dövriyyəsi artıb", false},
		{"without diacritics", "Azerbaycan ve Rusiya arasinda ticaret dovriyyesi artib", true},
		{"e for ə", "Azerbaycan ve Rusiya arasında ticaret dövriyyesi artıb, bu barede nazir danışıb", true},
		{"short without ə", "Bakıda sərgi", false},
		{"short with ı", "Bakıda Rusiya filmi", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Parse(tt.text, news.Az).Plain; got != tt.want {
				t.Errorf("Parse(%q).Plain = %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}
