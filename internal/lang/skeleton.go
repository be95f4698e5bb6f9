package lang

import (
	"strings"

	"samur/internal/news"
)

// Skeleton returns the consonants of a folded name or loanword under one transliteration
// for the Latin and Cyrillic scripts, so that it has one form in all three languages:
// Джанятаг, Canyataq and Dzhanyatag are CNTK. A vowel at the beginning is A; sounds that
// the languages part differently (г/q/k, с/z, ж/c/ç/ch) are one. "" is returned for words
// that are too short to be told apart, of fewer than three sounds.
func Skeleton(fold string, l news.Lang) string {
	w := strings.ToLower(Plain(fold))
	if strings.ContainsAny(w, "'-") {
		w = joiners.Replace(w)
	}
	w = digraphs.Replace(w)
	if l == news.En {
		w = spelled.Replace(w)
	}
	b := make([]byte, 0, len(w))
	last := byte(0)
	for i, r := range w {
		heard := sounds[r]
		for k := range len(heard) {
			c := heard[k]
			if c == 'A' && i > 0 || c == last {
				continue
			}
			b = append(b, c)
			last = c
		}
		if heard == "" || heard == "A" {
			last = 0
		}
	}
	if len(b) < 3 {
		return ""
	}
	return string(b)
}

var (
	joiners = strings.NewReplacer("'", "", "-", "")
	// digraphs writes what one script spells with several letters with one; Azerbaijani
	// typed without diacritics has them too.
	digraphs = strings.NewReplacer(
		"дж", "ж", "shch", "ш", "dzh", "ж", "zh", "ж", "kh", "х", "sh", "ш", "ch", "ч", "ts", "ц", "ph", "ф",
	)
	// spelled turns what English alone spells in its own way; elsewhere these letters are
	// Azerbaijani ones.
	spelled = strings.NewReplacer(
		"tz", "ц", "th", "т", "ck", "к", "j", "ж", "c", "к", "x", "кс", "w", "в", "yo", "о", "yu", "у", "ya", "а", "ye", "е", "q", "к",
	)
)

// sounds maps the letters of both scripts, Latin ones by Azerbaijani use.
var sounds = map[rune]string{
	'a': "A", 'e': "A", 'i': "A", 'o': "A", 'u': "A", 'ə': "A", 'y': "", 'h': "H", 'x': "H",
	'b': "B", 'c': "C", 'd': "D", 'f': "F", 'g': "K", 'j': "C", 'k': "K", 'l': "L", 'm': "M", 'n': "N", 'p': "P", 'q': "K",
	'r': "R", 's': "S", 't': "T", 'v': "V", 'w': "V", 'z': "S",
	'а': "A", 'е': "A", 'и': "A", 'о': "A", 'у': "A", 'ы': "A", 'э': "A", 'ю': "A", 'я': "A", 'й': "", 'ь': "", 'ъ': "",
	'б': "B", 'в': "V", 'г': "K", 'д': "D", 'ж': "C", 'з': "S", 'к': "K", 'л': "L", 'м': "M", 'н': "N", 'п': "P", 'р': "R",
	'с': "S", 'т': "T", 'ф': "F", 'х': "H", 'ц': "TS", 'ч': "C", 'ш': "S", 'щ': "S",
}
