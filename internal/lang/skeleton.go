package lang

import (
	"strings"
	"unicode/utf8"

	"samur/internal/news"
)

// Skeleton returns the consonants of a folded name or loanword under one transliteration
// for the Latin and Cyrillic scripts, so that it has one form in all three languages:
// Джанятаг, Canyataq and Dzhanyatag are CNTK. A vowel at the beginning is A; sounds that
// the languages part differently (г/q/k, с/z, ж/c/ç/ch) are one. "" is returned for words
// that are too short to be told apart, of fewer than three sounds.
func Skeleton(fold string, l news.Lang) string {
	var room, more [96]byte // enough for nearly all words
	w := digraphs.append(room[:0], unjoined(Plain(fold)))
	if l == news.En {
		w = spelled.append(more[:0], string(w))
	}
	b := make([]byte, 0, 32)
	last := byte(0)
	for i := 0; i < len(w); {
		r, n := utf8.DecodeRune(w[i:])
		heard := ""
		if r < tableSize {
			heard = sounds[r]
		}
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
		i += n
	}
	if len(b) < 3 {
		return ""
	}
	return string(b)
}

// unjoined returns a word without the marks inside it.
func unjoined(w string) string {
	if strings.ContainsAny(w, "'-") {
		return joiners.Replace(w)
	}
	return w
}

var joiners = strings.NewReplacer("'", "", "-", "")

// respelling is a way to write some letters as others, by their first byte. Of those that
// begin alike the first counts. It does what a strings.Replacer does, which allocates for
// every word.
type respelling [256][][2]string

func respell(pairs ...string) *respelling {
	var r respelling
	for i := 0; i < len(pairs); i += 2 {
		first := pairs[i][0]
		r[first] = append(r[first], [2]string{pairs[i], pairs[i+1]})
	}
	return &r
}

// append appends a word as it is written so.
func (r *respelling) append(dst []byte, w string) []byte {
next:
	for i := 0; i < len(w); {
		for _, p := range r[w[i]] {
			if strings.HasPrefix(w[i:], p[0]) {
				dst = append(dst, p[1]...)
				i += len(p[0])
				continue next
			}
		}
		dst = append(dst, w[i])
		i++
	}
	return dst
}

var (
	// digraphs writes what one script spells with several letters with one; Azerbaijani
	// typed without diacritics has them too.
	digraphs = respell(
		"дж", "ж", "shch", "ш", "dzh", "ж", "zh", "ж", "kh", "х", "sh", "ш", "ch", "ч", "ts", "ц", "ph", "ф",
	)
	// spelled turns what English alone spells in its own way; elsewhere these letters are
	// Azerbaijani ones.
	spelled = respell(
		"tz", "ц", "th", "т", "ck", "к", "j", "ж", "c", "к", "x", "кс", "w", "в", "yo", "о", "yu", "у", "ya", "а", "ye", "е", "q", "к",
	)
)

// sounds maps the letters of both scripts, Latin ones by Azerbaijani use.
var sounds = [tableSize]string{
	'a': "A", 'e': "A", 'i': "A", 'o': "A", 'u': "A", 'ə': "A", 'y': "", 'h': "H", 'x': "H",
	'b': "B", 'c': "C", 'd': "D", 'f': "F", 'g': "K", 'j': "C", 'k': "K", 'l': "L", 'm': "M", 'n': "N", 'p': "P", 'q': "K",
	'r': "R", 's': "S", 't': "T", 'v': "V", 'w': "V", 'z': "S",
	'а': "A", 'е': "A", 'и': "A", 'о': "A", 'у': "A", 'ы': "A", 'э': "A", 'ю': "A", 'я': "A", 'й': "", 'ь': "", 'ъ': "",
	'б': "B", 'в': "V", 'г': "K", 'д': "D", 'ж': "C", 'з': "S", 'к': "K", 'л': "L", 'м': "M", 'н': "N", 'п': "P", 'р': "R",
	'с': "S", 'т': "T", 'ф': "F", 'х': "H", 'ц': "TS", 'ч': "C", 'ш': "S", 'щ': "S",
}
