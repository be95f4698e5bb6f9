package feed

import (
	"math"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// cyrillicCharsets are the single-byte charsets that Russian was ever published in.
var cyrillicCharsets = []struct {
	name string
	enc  *charmap.Charmap
}{
	{"windows-1251", charmap.Windows1251},
	{"koi8-r", charmap.KOI8R},
	{"ibm866", charmap.CodePage866},
	{"x-mac-cyrillic", charmap.MacintoshCyrillic},
	{"iso-8859-5", charmap.ISO8859_5},
}

// russian is how often each letter from а to я comes in a thousand letters of
// Russian text, from the published counts of the national corpus, rounded.
var russian = [32]float64{
	80, 16, 45, 17, 30, 85, 9, 16, 74, 12, 35, 44, 32, 67, 110, 28,
	47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 0.4, 19, 17, 3, 6, 20,
}

const (
	oddLetter   = -7.0 // a letter that Russian hardly has
	oddCase     = -6.0 // a capital after a small letter
	oddSign     = -7.0 // a box drawing, a currency sign in a word
	oddPair     = -4.0 // two letters that do not stand side by side
	oddVowels   = -0.5 // two vowels
	capital     = -0.2 // capitals are the rarer reading, of text that is all of one case
	clearMargin = 1.0  // by which a better reading contradicts a declared one
	fewBytes    = 6    // below it nothing is proved

	plainlyRussian = 2.0 // score from which bytes are Russian; Russian text has 3 to 4
)

// score says how much the bytes beyond ASCII look like Russian in a charset: the
// mean logarithm of the letters' frequencies, less for what cannot be.
func score(body []byte, enc *charmap.Charmap) float64 {
	sum, n := 0.0, 0
	before, prev := ' ', ' '
	for _, b := range body[:min(len(body), 64<<10)] {
		if b < 0x80 {
			before, prev = prev, rune(b)
			continue
		}
		r := enc.DecodeByte(b)
		sum += weigh(prev, r)
		if small(r) && large(prev) && large(before) { // Ё of IBM866 is р of the Macintosh
			sum += oddCase
		}
		before, prev = prev, r
		n++
	}
	if n == 0 {
		return math.Inf(-1)
	}
	return sum / float64(n)
}

// weigh is one letter's share in score.
func weigh(prev, r rune) float64 {
	switch {
	case small(r):
		return math.Log(russian[r-'а']) + pair(prev, r)
	case large(r):
		v := math.Log(russian[r-'А']) + pair(prev, r+'а'-'А') + capital
		if small(prev) {
			v += oddCase
		}
		return v
	}
	return weighRare(prev, r)
}

// pair is what a small letter's neighbour says against it. KOI8 read as windows-1251,
// or the other way round, is the other case of other letters: in a text of capitals
// only this and the letters' frequencies tell the two apart.
func pair(prev, r rune) float64 {
	switch last := kindOf(prev); kindOf(r) {
	case hardOrSoft, yeru: // behind a consonant only
		if last != consonant {
			return oddPair
		}
	case short: // behind a vowel only
		if last != vowel {
			return oddPair
		}
	case vowel:
		if last == vowel {
			return oddVowels
		}
	}
	return 0
}

// letterKind is what stands where in a Russian word.
type letterKind byte

const (
	noLetter letterKind = iota
	consonant
	vowel
	short      // й
	yeru       // ы
	hardOrSoft // ъ, ь
)

// kindOf returns the kind of a letter, whatever its case.
func kindOf(r rune) letterKind {
	if large(r) {
		r += 'а' - 'А'
	}
	switch r {
	case 'а', 'е', 'и', 'о', 'у', 'э', 'ю', 'я', 'ё', 'Ё':
		return vowel
	case 'й':
		return short
	case 'ы':
		return yeru
	case 'ъ', 'ь':
		return hardOrSoft
	}
	if small(r) {
		return consonant
	}
	return noLetter
}

// weighRare is the share of what is none of the letters from а to я.
func weighRare(prev, r rune) float64 {
	switch r {
	case 'ё', 'Ё', 'і', 'ї', 'є', 'ґ':
		return 0
	case '»', '“', '”', '…', '’', '\u00a0':
		return 1
	case '«', '„', '‘', '—', '–', '№': // a blank or a bracket stands before these
		if letter(prev) {
			return oddSign / 2
		}
		return 1
	}
	if r >= 0x400 && r <= 0x45f {
		return oddLetter
	}
	return oddSign
}

// small reports whether r is a small letter from а to я.
func small(r rune) bool { return r >= 'а' && r <= 'я' }

// large reports whether r is a capital from А to Я.
func large(r rune) bool { return r >= 'А' && r <= 'Я' }

// letter reports whether r is a Russian letter.
func letter(r rune) bool { return r >= 'А' && r <= 'я' || r == 'ё' }

// bestCyrillic returns the charset in which body looks most like Russian.
func bestCyrillic(body []byte) (enc *charmap.Charmap, name string, best float64) {
	best = math.Inf(-1)
	for _, c := range cyrillicCharsets {
		if s := score(body, c.enc); s > best {
			enc, name, best = c.enc, c.name, s
		}
	}
	if name == "koi8-r" { // the same but for letters of Ukrainian
		if s := score(body, charmap.KOI8U); s > best {
			return charmap.KOI8U, "koi8-u", s
		}
	}
	return enc, name, best
}

// inRuns reports whether most bytes beyond ASCII stand in runs of three and more, or
// in words of two: so do Cyrillic letters, and accented Latin ones do not.
func inRuns(body []byte) (cyrillic bool, high int) {
	long, run := 0, 0
	word := true // no ASCII letter stands before the run
	for _, b := range body {
		if b >= 0x80 {
			run++
			high++
			continue
		}
		letter := asciiLetter(b)
		if run >= 3 || run == 2 && word && !letter {
			long += run
		}
		run, word = 0, !letter
	}
	if run >= 3 || run == 2 && word {
		long += run
	}
	return long*2 > high, high
}

// contradicted returns a charset that the bytes speak for clearly more than for
// the declared one, nil when the declared one stands. said are the names that the
// document comes with, wherever they stand.
func contradicted(body []byte, declared string, said ...string) (encoding.Encoding, string) {
	cyrillic, high := inRuns(body)
	enc, name, best := (*charmap.Charmap)(nil), "", 0.0
	if cyrillic && high >= fewBytes {
		enc, name, best = bestCyrillic(body)
		if other, otherName, s := bestScript(body); isLatin(declared) && high >= someLetters && s > best+scriptMargin {
			return other, otherName
		}
	}
	switch {
	case best < plainlyRussian && declared == "windows-1252" && turkish(body, said):
		return charmap.Windows1254, "windows-1254"
	case best < plainlyRussian || name == declared:
		return nil, ""
	}
	for _, c := range cyrillicCharsets {
		if c.name == declared {
			if best-score(body, c.enc) > clearMargin {
				return enc, name
			}
			return nil, ""
		}
	}
	if isLatin(declared) {
		return enc, name
	}
	return nil, ""
}

// isLatin reports whether a charset is one of those of Latin letters that are declared for
// other text by default.
func isLatin(name string) bool {
	switch name {
	case "windows-1252", "windows-1250", "windows-1254", "iso-8859-2", "iso-8859-15", "iso-8859-9", "macintosh":
		return true
	}
	return false
}

// turkish reports whether bytes that windows-1252 is declared for are Turkish
// letters, which stand where that has Icelandic ones: ğ for ð, ı for ý, ş for þ.
// Icelandic has acutes beside them, þ where words begin, and ð behind consonants,
// where ğ never stands.
func turkish(body []byte, said []string) bool {
	t := turkishSigns{}
	prev := byte(' ')
	for _, b := range body {
		if b >= 0x80 {
			t.count(prev, b|0x20)
		}
		prev = b
	}
	letters := t.g + t.s + t.i
	if letters == 0 || t.acutes*3 > letters {
		return false
	}
	for _, name := range said {
		if _, canonical := lookup(name); canonical == "windows-1254" {
			return true
		}
	}
	several := t.g > 0 && t.s > 0 || t.i > 0 && (t.g > 0 || t.s > 0)
	return letters >= 3 && t.odd*4 <= letters && (several || t.inner > 1)
}

// turkishSigns counts what tells Turkish from Icelandic.
type turkishSigns struct {
	g, s, i int       // ğ, ş and ı, whatever their case
	odd     int       // ğ behind no vowel
	acutes  int       // á í ó ú æ
	behind  [256]bool // letters that ş stands behind, within a word
	inner   int       // how many
}

// count counts a byte, made small, behind another.
func (t *turkishSigns) count(prev, b byte) {
	switch b {
	case 0xf0:
		t.g++
		if !vowel1254(prev) {
			t.odd++
		}
	case 0xfe:
		t.s++
		if !t.behind[prev] && (asciiLetter(prev) || vowel1254(prev)) {
			t.behind[prev] = true
			t.inner++
		}
	case 0xfd:
		t.i++
	case 0xe1, 0xed, 0xf3, 0xfa, 0xe6:
		t.acutes++
	}
}

// vowel1254 reports whether a byte of windows-1254 is a vowel, "ä" for "ə" among them.
func vowel1254(b byte) bool {
	switch b | 0x20 {
	case 'a', 'e', 'i', 'o', 'u', 0xe4, 0xf6, 0xfc, 0xfd, 0xe2, 0xee, 0xfb:
		return true
	}
	return false
}

// guess names the charset of bytes that are not UTF-8 and that nothing is said of.
func guess(body []byte) (encoding.Encoding, string) {
	cyrillic, high := inRuns(body)
	enc, name, best := (*charmap.Charmap)(nil), "", 0.0
	if cyrillic {
		enc, name, best = bestCyrillic(body)
	}
	if best < plainlyRussian {
		if enc, name := eastern(body); enc != nil {
			return enc, name
		}
	}
	if cyrillic {
		if other, otherName, s := bestScript(body); high >= someLetters && s > best+scriptMargin {
			return other, otherName
		}
		return enc, name
	}
	// The Turkish letters ğ ı ş İ stand where Icelandic has its own in 1252.
	turkish := 0
	for _, b := range body {
		switch b {
		case 0xfd, 0xfe, 0xf0, 0xdd, 0xde, 0xd0:
			turkish++
		}
	}
	if turkish*5 >= high {
		return charmap.Windows1254, "windows-1254"
	}
	return charmap.Windows1252, "windows-1252"
}
