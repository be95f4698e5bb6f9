package search

import (
	"strings"

	"samur/internal/lang"
)

// soundMark sets the sounds of names apart from words.
const soundMark = "~"

// sound returns the consonants of a name, alike for the Latin and Cyrillic scripts,
// behind an A where it begins with a vowel: Алиев, Əliyev and Aliyev are ALV. Names
// of fewer than three sounds are "": too many others have them.
func sound(fold string) string {
	w := digraphs.Replace(strings.ToLower(lang.Plain(fold)))
	var b strings.Builder
	last := ""
	for i, r := range w {
		s := sounds[r]
		if s == "" || s == "A" && i > 0 {
			last = ""
			continue
		}
		if s != last {
			b.WriteString(s)
		}
		last = s
	}
	if b.Len() < 3 {
		return ""
	}
	return b.String()
}

// digraphs writes what one script spells with several letters with one.
var digraphs = strings.NewReplacer(
	"shch", "ш", "dzh", "ж", "дж", "ж", "zh", "ж", "kh", "х", "sh", "ш", "ch", "ч", "ts", "ц", "ph", "ф", "ck", "к", "ya", "а", "yu", "у", "yo", "о",
)

// sounds maps letters to what is heard; languages that part г, q and k or с and z do
// not part them in each other's names.
var sounds = map[rune]string{
	'a': "A", 'e': "A", 'i': "A", 'o': "A", 'u': "A", 'ə': "A", 'а': "A", 'е': "A", 'и': "A", 'о': "A", 'у': "A", 'ы': "A", 'э': "A", 'ю': "A", 'я': "A",
	'b': "B", 'б': "B", 'c': "C", 'j': "C", 'ж': "C", 'ч': "C", 'd': "D", 'д': "D", 'f': "F", 'ф': "F", 'h': "H", 'x': "H", 'х': "H",
	'g': "K", 'k': "K", 'q': "K", 'г': "K", 'к': "K", 'l': "L", 'л': "L", 'm': "M", 'м': "M", 'n': "N", 'н': "N", 'p': "P", 'п': "P",
	'r': "R", 'р': "R", 's': "S", 'z': "S", 'с': "S", 'з': "S", 'ш': "S", 'щ': "S", 'ц': "S", 't': "T", 'т': "T", 'v': "V", 'w': "V", 'в': "V",
}
