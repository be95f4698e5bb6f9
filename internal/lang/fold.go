package lang

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"samur/internal/news"
)

// Fold returns the form under which a word is compared: lower case by the rule of
// its language (I is ı in Azerbaijani and Turkish, i elsewhere), ё as е, composed,
// without soft hyphens, joiners and stress marks, every apostrophe as '. A Cyrillic
// ә in an Azerbaijani word becomes ə, look-alike letters follow the script of the
// word around them, and Azerbaijani in Cyrillic letters becomes Latin.
func Fold(word string, l news.Lang) string {
	return foldWord(word, foldRules(l, true))
}

// Plain returns a folded word without diacritics, the key of the second index for
// texts typed without them: ə as e, ı as i, ö as o, ü as u, ğ as g, ş as s, ç as c.
func Plain(word string) string {
	i := strings.IndexFunc(word, func(r rune) bool { return plainRune(r) != r })
	if i < 0 {
		return word
	}
	var b strings.Builder
	b.Grow(len(word))
	b.WriteString(word[:i])
	for _, r := range word[i:] {
		b.WriteRune(plainRune(r))
	}
	return b.String()
}

// rules are the choices that a language makes in folding.
type rules struct {
	dotless bool // I is the capital of ı
	schwa   bool // ә in a Latin word is ə
	latin   bool // Cyrillic words become Latin
}

// foldRules returns the rules of a language; cyrillic says whether its Cyrillic words
// are its own, which in an Azerbaijani text in Latin letters they are not.
func foldRules(l news.Lang, cyrillic bool) rules {
	return rules{
		dotless: l == news.Az || l == news.Tr,
		schwa:   l == news.Az,
		latin:   l == news.Az && cyrillic,
	}
}

// scripts counts what a word is made of, to choose the quick or the careful way.
type scripts struct {
	latin, cyrillic, marks int
}

func (s scripts) plainly() bool { return s.marks == 0 && (s.latin == 0 || s.cyrillic == 0) }

func scriptsOf(word string) (sc scripts) {
	for _, r := range word {
		switch {
		case isLatin(r):
			sc.latin++
		case isCyrillic(r):
			sc.cyrillic++
		}
		if classOf(r) == classMark {
			sc.marks++
		}
	}
	return sc
}

func foldWord(word string, ru rules) string {
	sc := scriptsOf(word)
	if !sc.plainly() || ru.latin && sc.cyrillic > 0 {
		return foldCarefully(word, ru, sc)
	}
	return string(appendFold(make([]byte, 0, len(word)+4), word, ru.dotless))
}

// appendFold appends the folded runes of a word in one script without marks.
func appendFold(dst []byte, word string, dotless bool) []byte {
	for _, r := range word {
		switch classOf(r) {
		case classIgnore:
			continue
		case classApos:
			dst = append(dst, '\'')
			continue
		}
		dst = utf8.AppendRune(dst, lower(r, dotless))
	}
	return dst
}

// foldCarefully folds words with combining marks, of two scripts, or in Azerbaijani
// Cyrillic. It goes on until nothing changes: a letter may find its look-alike only
// when it is in lower case.
func foldCarefully(word string, ru rules, sc scripts) string {
	for range 4 {
		folded := foldOnce(word, ru, sc)
		if folded == word {
			break
		}
		word, sc = folded, scriptsOf(folded)
	}
	return word
}

func foldOnce(word string, ru rules, sc scripts) string {
	if sc.marks > 0 {
		word = dropMarks(norm.NFC.String(word))
	}
	if sc.latin > 0 && sc.cyrillic > 0 {
		word = oneScript(word, latinWord(word, sc), ru.schwa)
	}
	dst := make([]byte, 0, len(word)+8)
	for _, r := range word {
		c := classOf(r)
		if c == classIgnore || c == classMark {
			continue
		}
		if c == classApos {
			dst = append(dst, '\'')
			continue
		}
		if ru.latin && isCyrillic(r) {
			dst = append(dst, azLatin(lower(r, false))...)
			continue
		}
		dst = utf8.AppendRune(dst, lower(r, ru.dotless))
	}
	return string(dst)
}

// dropMarks removes the marks that composition left over: stress signs, the dot that
// lower-casing puts over an i.
func dropMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if classOf(r) == classMark {
			return -1
		}
		return r
	}, s)
}

const (
	likeLatin    = "aAeEoOcCpPxXyYkKmMTHBMiIhsSjJ"
	likeCyrillic = "аАеЕоОсСрРхХуУкКмМТНВМіІһѕЅјЈ"
)

var (
	toLatin    = pairs(likeCyrillic, likeLatin)
	toCyrillic = pairs(likeLatin, likeCyrillic)
)

func pairs(from, to string) map[rune]rune {
	m := map[rune]rune{}
	target := []rune(to)
	for i, r := range []rune(from) {
		m[r] = target[i]
	}
	return m
}

// latinWord reports whether a word of two scripts is Latin: its Cyrillic letters all
// have look-alikes there and its Latin letters do not, or, where that tells nothing,
// most of its letters are Latin. In "Poccия" four of six are, but и and я are Russian.
func latinWord(word string, sc scripts) bool {
	latin, cyrillic := true, true // the word can be written in it
	for _, r := range word {
		_, a := toLatin[r]
		_, b := toCyrillic[r]
		switch {
		case isCyrillic(r) && !a && r != 'ә' && r != 'Ә':
			latin = false
		case isLatin(r) && !b:
			cyrillic = false
		}
	}
	if latin != cyrillic {
		return latin
	}
	return sc.latin >= sc.cyrillic
}

// oneScript replaces look-alike letters of the script that the word is not in.
func oneScript(word string, latin, schwa bool) string {
	table := toCyrillic
	if latin {
		table = toLatin
	}
	return strings.Map(func(r rune) rune {
		if latin && schwa {
			switch r {
			case 'ә':
				return 'ə'
			case 'Ә':
				return 'Ə'
			}
		}
		if to, ok := table[r]; ok {
			return to
		}
		return r
	}, word)
}

// azLatin returns the Latin spelling of a lower-case letter of the Azerbaijani
// Cyrillic alphabet of 1958, and of the Russian letters that stray into it.
func azLatin(r rune) string {
	if s, ok := azCyrillic[r]; ok {
		return s
	}
	return string(r)
}

var azCyrillic = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "q", 'ғ': "ğ", 'д': "d", 'е': "e", 'э': "e", 'ә': "ə", 'ж': "j", 'з': "z", 'и': "i", 'ы': "ı", 'ј': "y", 'й': "y", 'к': "k", 'ҝ': "g", 'л': "l",
	'м': "m", 'н': "n", 'о': "o", 'ө': "ö", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ү': "ü",
	'ф': "f", 'х': "x", 'һ': "h", 'ч': "ç", 'ҹ': "c", 'ш': "ş", 'щ': "ş", 'ц': "s", 'ю': "yu", 'я': "ya",
	'і': "i", 'ѕ': "s", 'ь': "", 'ъ': "",
}
