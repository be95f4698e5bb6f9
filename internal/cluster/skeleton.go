package cluster

import (
	"strings"

	"samur/internal/lang"
	"samur/internal/news"
)

// skeleton returns the consonants of a word under one transliteration for the
// Latin and Cyrillic scripts, so that a name has one form in all three
// languages: Джанятаг, Canyataq and Dzhanyatag are CNTK. An initial vowel is A;
// sounds that the languages write differently (г/q/k, с/z, ж/c/ç/ch) are one.
// "" is returned for words that are too short to be told apart.
func skeleton(fold string, l news.Lang) string {
	w := lang.Plain(fold)
	w = strings.Map(func(r rune) rune {
		if r == '\'' || r == '-' {
			return -1
		}
		return r
	}, w)
	if l == news.En {
		w = english.Replace(w)
	}
	w = strings.ReplaceAll(w, "дж", "ж")
	var b strings.Builder
	var last byte
	for i, r := range w {
		for k := range len(sounds[r]) {
			c := sounds[r][k]
			if c == 'A' && i > 0 || c == last {
				continue
			}
			b.WriteByte(c)
			last = c
		}
		if sounds[r] == "" || sounds[r] == "A" {
			last = 0
		}
	}
	if b.Len() < 3 {
		return ""
	}
	return b.String()
}

// english turns English spellings into the letters of sounds.
var english = strings.NewReplacer(
	"shch", "ш", "dzh", "ж", "zh", "ж", "kh", "х", "sh", "ш", "ch", "ч", "ts", "ц", "tz", "ц", "ph", "ф", "th", "т",
	"ck", "к", "j", "ж", "c", "к", "x", "кс", "w", "в", "yo", "о", "yu", "у", "ya", "а", "ye", "е", "q", "к",
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
