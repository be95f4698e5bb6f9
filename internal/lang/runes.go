package lang

import (
	"unicode"
)

// class is what a rune is to the scanner.
type class uint8

const (
	classOther  class = iota // printed, neither letter nor digit
	classSpace               // separates tokens, never part of one
	classLower               // letter without an upper-case shape, or in lower case
	classUpper               // letter in upper or title case
	classDigit               // decimal digit
	classApos                // apostrophe: part of a word between letters
	classIgnore              // soft hyphen, joiners: part of a word, never of its fold
	classMark                // combining mark
)

// tableSize covers Latin, Greek and Cyrillic: the runes that need a table for speed.
const tableSize = 0x530

var (
	classTable = buildClasses()
	lowerTable = buildLower()
)

func buildClasses() (t [tableSize]class) {
	for r := rune(0); r < tableSize; r++ {
		t[r] = slowClass(r)
	}
	return t
}

// buildLower maps each rune to its lower-case letter, ё to е and both turned e's to
// the Azerbaijani ə. The letter I is left to the language.
func buildLower() (t [tableSize]rune) {
	for r := rune(0); r < tableSize; r++ {
		t[r] = unicode.ToLower(r)
	}
	t['Ё'], t['ё'] = 'е', 'е'
	t[0x018E], t[0x01DD] = 'ə', 'ə'
	return t
}

func classOf(r rune) class {
	if r < tableSize {
		return classTable[r]
	}
	return slowClass(r)
}

func slowClass(r rune) class {
	switch r {
	case '\'', '’', 'ʼ', 'ʹ', '`', '´', '‘', '′':
		return classApos
	}
	switch {
	case unicode.Is(unicode.Cf, r) || r == 0x200B: // soft hyphen, joiners, marks of direction
		return classIgnore
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return classSpace
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return classUpper
	case unicode.IsLetter(r):
		return classLower
	case unicode.IsDigit(r):
		return classDigit
	case unicode.Is(unicode.M, r):
		return classMark
	}
	return classOther
}

func isCyrillic(r rune) bool { return r >= 0x0400 && r <= 0x052F }

func isLatin(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0x00C0 && r <= 0x024F || r == 'ə' || r == '\u212A' || r == '\u212B'
}

// lower returns the folded form of one rune; dotless says that a capital I is ı.
func lower(r rune, dotless bool) rune {
	switch {
	case r == 'I' && dotless:
		return 'ı'
	case r == 'İ':
		return 'i'
	case r < tableSize:
		return lowerTable[r]
	}
	return unicode.ToLower(r)
}

// plainRune returns the letter without its diacritic, as people type it on a keyboard
// that lacks it.
func plainRune(r rune) rune {
	if r < 0x80 {
		return r
	}
	switch r {
	case 'ə', 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'ı', 'í', 'î', 'ï', 'ì':
		return 'i'
	case 'ö', 'ó', 'ô', 'ò':
		return 'o'
	case 'ü', 'ú', 'û', 'ù':
		return 'u'
	case 'ğ':
		return 'g'
	case 'ş', 'š':
		return 's'
	case 'ç', 'č', 'ć':
		return 'c'
	case 'á', 'à', 'â', 'ä', 'ã', 'å':
		return 'a'
	case 'ñ', 'ň':
		return 'n'
	case 'ž':
		return 'z'
	case 'ý':
		return 'y'
	}
	return r
}
