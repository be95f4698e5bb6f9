package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"samur/internal/news"
)

// Names of persons cross from script to script by more than one rule: Aliyev, Aliev;
// Bayramov, Bairamov; Sergei, Sergey, Serqey. What such rules make of a word is found as
// a form of it, so that the lexicon need list one spelling only.

// maxSpellings bounds the other spellings of one word.
const maxSpellings = 8

// spelling is a piece of a word that is written in either way.
type spelling struct {
	one, other string
	where      position
}

type position uint8

const (
	anywhere position = iota
	atStart
	atEnd           // of a word of at least four letters
	endOfConsonant  // at the end, behind a consonant
	beforeConsonant // not at the end
	behindConsonant
)

// spellings are the pieces of a language's words, each tried both ways.
func spellings(l news.Lang) []spelling {
	switch l {
	case news.En:
		return spellingsEn
	case news.Ru:
		return spellingsRu
	case news.Az:
		return spellingsAz
	}
	return nil
}

var (
	spellingsEn = []spelling{
		{"y", "i", endOfConsonant},    // Dmitry, Lavsky
		{"y", "iy", endOfConsonant},   // Dmitriy
		{"ei", "ey", atEnd},           // Sergei
		{"ai", "ay", beforeConsonant}, // Bayramov
		{"ayi", "ai", anywhere},       // Mikayil
		{"iyev", "iev", anywhere},     // Aliyev
		{"ayev", "aev", anywhere},     // Mustafayev
		{"eyev", "eev", anywhere},     // Sergeyev
		{"uyev", "uev", anywhere},     // Zuyev
		{"ye", "e", atStart},          // Yevgeny
		{"x", "ks", anywhere},         // Alexei
		{"ander", "andr", anywhere},   // Alexandr
		{"gh", "g", anywhere},         // Naghiyev
		{"kh", "h", anywhere},         // Mikhail
		{"j", "dzh", anywhere},        // Jabbarov
		{"tya", "tia", anywhere},      // Tatyana
	}
	spellingsRu = []spelling{
		{"йю", "ю", anywhere},          // Эйюбов
		{"аи", "айи", behindConsonant}, // Микаил
		{"чи", "чы", anywhere},         // Ялчин
	}
	spellingsAz = []spelling{
		{"i", "iy", endOfConsonant}, // Dmitri
		{"ei", "ey", atEnd},
		{"q", "g", anywhere}, // Sergey, Serqey
		{"x", "h", anywhere}, // Mixail
		{"ye", "e", atStart}, // Yevgeni
		{"yev", "ev", behindConsonant},
		{"yov", "yev", behindConsonant}, // Tsivilyov
		{"ts", "s", anywhere},           // Kuznetsov
		{"şç", "ş", anywhere},           // Xruşçov
		{"ı", "i", anywhere},            // Kadırov
	}
)

// respell returns the other ways in which a folded word of a person's name is written.
func respell(fold string, l news.Lang) []string {
	if utf8.RuneCountInString(fold) < 4 {
		return nil
	}
	out := []string{fold}
	for _, s := range spellings(l) {
		for _, w := range out {
			for _, swap := range [2][2]string{{s.one, s.other}, {s.other, s.one}} {
				v, ok := swapped(w, swap[0], swap[1], s.where)
				if ok && len(out) <= maxSpellings && !slices.Contains(out, v) {
					out = append(out, v)
				}
			}
		}
	}
	return out[1:]
}

// swapped replaces the last place of a piece where it may be written differently.
func swapped(w, from, to string, where position) (string, bool) {
	i := strings.LastIndex(w, from)
	if i < 0 || strings.Contains(to, from) && strings.Contains(w, to) {
		return "", false // it is written the longer way already
	}
	rest := w[i+len(from):]
	good := true
	switch where {
	case atStart:
		i = 0
		good = strings.HasPrefix(w, from)
		rest = strings.TrimPrefix(w, from)
	case atEnd:
		good = rest == ""
	case endOfConsonant:
		good = rest == "" && consonantBefore(w[:i])
	case beforeConsonant:
		good = rest != "" && !vowelFirst(rest)
	case behindConsonant:
		good = consonantBefore(w[:i])
	}
	if !good {
		return "", false
	}
	return w[:i] + to + rest, true
}

const vowels = "aeiouyəıöüаеиоуыэюяй"

func consonantBefore(w string) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return w != "" && !strings.ContainsRune(vowels, r)
}

func vowelFirst(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return strings.ContainsRune(vowels, r)
}
