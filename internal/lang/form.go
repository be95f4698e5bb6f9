package lang

import (
	"strings"
	"unicode/utf8"

	"samur/internal/news"
)

// Role says what kind of word a dictionary form is, because names and common words
// inflect differently.
type Role uint8

// The roles.
const (
	Term   Role = iota // a common word or an adjective
	Name               // a name of a place, company or institution
	Person             // a name of a person: "Захарова" is not a form of "Захаров"
)

// Form is a dictionary form made ready for comparison. Its stems are the beginnings
// that its forms can have; a word is a form of it when it begins with a stem and the
// rest is an ending which that stem takes.
type Form struct {
	Lang  news.Lang
	Fold  string
	Roots []Root
}

// Root is one beginning of a word's forms.
type Root struct {
	Text  string // folded
	Plain string // Text without diacritics
	tails tails  // Russian: the endings it takes
	kind  stemKind
	vowel vowelClass // Azerbaijani: the last vowel, for harmony
	open  bool       // ends in a vowel
	role  Role
	long  bool // long enough for derived forms
}

// stemKind tells how the rest of a word behind a stem is judged.
type stemKind uint8

const (
	stemWhole       stemKind = iota // nothing may follow but a foreign ending behind an apostrophe
	stemRussian                     // one of tails
	stemEnglish                     // possessive or plural
	stemEnglishY                    // without its final y: "ies"
	stemAzeri                       // a chain of endings
	stemAzeriVowel                  // changed before a vowel: əməkdaşlığ-, fikr-
	stemAzeriOwned                  // ends in a possessive: nazirliyi, behind which n comes before cases
	stemAzeriBare                   // lost its possessive before the plural: nazirlik-ləri
	stemAzeriSingle                 // lost one of two consonants before another: xət-lər
	stemAzeriVerb                   // a verb's root
)

// Script tells how a text writes a word: in its own language, or borrowed.
type Script uint8

// The ways in which a text can spell a word.
const (
	Native  Script = iota // the word's own language and spelling
	Bare                  // its own language, typed without diacritics
	Foreign               // another language in the same script
)

// Compile reads a dictionary form, one word, and prepares its forms.
func Compile(word string, l news.Lang, role Role) Form {
	f := Form{Lang: l, Fold: Fold(word, l)}
	if f.Fold == "" {
		return f
	}
	switch l {
	case news.Ru, news.Uk:
		f.Roots = russianRoots(f.Fold, role)
	case news.Az, news.Tr:
		f.Roots = azeriRoots(f.Fold, role)
	default:
		f.Roots = englishRoots(f.Fold)
	}
	for i := range f.Roots {
		f.Roots[i].Plain = Plain(f.Roots[i].Text)
		f.Roots[i].role = role
	}
	return f
}

// Exact prepares a word that takes no endings but those behind an apostrophe.
func Exact(word string, l news.Lang) Form {
	f := Form{Lang: l, Fold: Fold(word, l)}
	f.Roots = []Root{{Text: f.Fold, Plain: Plain(f.Fold), kind: stemWhole}}
	return f
}

// Match reports whether a folded word of a text in language l is a form of f; plain
// says that the text is typed without diacritics. It is the slow way, for a word or
// two: package lexicon walks all stems at once.
func (f Form) Match(fold string, l news.Lang, plain bool) bool {
	how := Foreign
	switch {
	case l == f.Lang && plain:
		how = Bare
	case l == f.Lang:
		how = Native
	}
	for _, s := range f.Roots {
		if n, ok := s.Begins(fold, how); ok && s.Takes(fold[n:], l, how) {
			return true
		}
	}
	return false
}

// Begins reports whether a folded word begins with the stem, and how many of its bytes
// the stem takes. A stem without its diacritics counts when the text has none.
func (s Root) Begins(fold string, how Script) (int, bool) {
	if how == Native {
		return len(s.Text), strings.HasPrefix(fold, s.Text)
	}
	i := 0
	for _, want := range s.Plain {
		if i >= len(fold) {
			return 0, false
		}
		r, n := utf8.DecodeRuneInString(fold[i:])
		if plainRune(r) != want {
			return 0, false
		}
		i += n
	}
	return i, true
}

// Takes reports whether rest, what a word of a text in language l has behind the stem,
// is an ending of it.
func (s Root) Takes(rest string, l news.Lang, how Script) bool {
	if rest != "" && rest[0] == '\'' {
		return s.Whole() && Ending(rest[1:], l)
	}
	switch s.kind {
	case stemWhole:
		return rest == ""
	case stemRussian:
		return how != Foreign && s.tails.has(rest) || rest == "" && s.tails.has("")
	case stemEnglishY:
		return how != Foreign && rest == "ies"
	case stemEnglish:
		if rest == "" || how == Native && (rest == "s" || rest == "es" && sibilant(s.Text)) {
			return true
		}
		return foreignChain(s, rest, l)
	}
	return azeriTakes(s, rest, l, how)
}

// Whole reports that the stem is the dictionary form itself, behind which an
// apostrophe can stand.
func (s Root) Whole() bool {
	switch s.kind {
	case stemWhole, stemEnglish, stemAzeri, stemAzeriOwned:
		return true
	case stemRussian:
		return s.tails.has("")
	}
	return false
}

// Ending reports whether a folded word that stands behind a hyphen, an apostrophe or a
// closing quote without space is an ending in the text's language: "AZAL-ın",
// "“Lukoyl”un", "МИД-а", "NATO's". Nothing is known of the word's sound there, so any
// harmony is good.
func Ending(fold string, l news.Lang) bool {
	switch l {
	case news.Az, news.Tr:
		return azeriEnding(fold)
	case news.Ru, news.Uk:
		return russianEnding(fold)
	}
	return fold == "s"
}

func englishRoots(w string) []Root {
	out := []Root{{Text: w, kind: stemEnglish, vowel: lastVowel(w), open: endsOpen(w), long: len(w) >= 5}}
	if n := len(w); n >= 3 && w[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(w[n-2])) {
		out = append(out, Root{Text: w[:n-1], kind: stemEnglishY})
	}
	for _, plural := range englishPlurals(w) {
		out = append(out, Root{Text: plural, kind: stemWhole})
	}
	return out
}

// englishPlurals lists the plurals of a word that are not made with -s: men, lives,
// crises, heroes, children.
func englishPlurals(w string) []string {
	if p, ok := irregularEn[w]; ok {
		return strings.Fields(p)
	}
	for _, change := range [][2]string{{"man", "men"}, {"life", "lives"}, {"knife", "knives"}, {"wife", "wives"}, {"lf", "lves"}, {"eaf", "eaves"}, {"hief", "hieves"}, {"sis", "ses"}, {"child", "children"}} {
		if head, ok := strings.CutSuffix(w, change[0]); ok {
			return []string{head + change[1]}
		}
	}
	if n := len(w); n > 3 && w[n-1] == 'o' && !strings.ContainsRune("aeiou", rune(w[n-2])) {
		return []string{w + "es"}
	}
	return nil
}

var irregularEn = map[string]string{
	"person": "people", "foot": "feet", "tooth": "teeth", "goose": "geese", "mouse": "mice", "medium": "media",
	"german": "", "roman": "", "human": "", "ottoman": "", "oman": "", "turkoman": "", "chief": "", "belief": "",
}

func sibilant(w string) bool {
	for _, e := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// foreignChain judges the ending of a foreign name in an Azerbaijani or Turkish text:
// "Lukoilun", "Trendin". Short names take none, they are too like other words.
func foreignChain(s Root, rest string, l news.Lang) bool {
	if l != news.Az && l != news.Tr || !s.long {
		return false
	}
	return azeriBare().matches(rest, s.vowel, s.open, slotStart)
}
