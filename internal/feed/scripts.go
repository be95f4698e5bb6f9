package feed

import (
	"math"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// Bytes that stand in runs as Cyrillic does and make no Russian words may be Greek, Hebrew
// or Arabic: their letters stand in the same places, and read as Russian they are words
// that nobody wrote.

// scripts are those charsets, with how often each letter comes in a thousand letters of
// text, rounded.
var scripts = []struct {
	name    string
	enc     *charmap.Charmap
	letters string
	often   []float64
}{
	{
		"windows-1253", charmap.Windows1253, "αβγδεζηθικλμνξοπρςστυφχψωάέήίόύώϊϋΐΰ",
		[]float64{80, 8, 18, 17, 62, 4, 40, 12, 72, 41, 27, 34, 62, 4, 78, 42, 44, 43, 50, 82, 35, 8, 12, 2, 13, 18, 18, 18, 28, 22, 9, 9, 1, 1, 1, 1},
	},
	{
		"windows-1255", charmap.Windows1255, "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
		[]float64{63, 47, 13, 26, 109, 104, 13, 25, 12, 111, 8, 27, 74, 28, 46, 11, 28, 15, 32, 2, 17, 1, 12, 21, 56, 44, 50},
	},
	{"windows-1256", charmap.Windows1256, arabicLetters, arabicOften},
	{"iso-8859-6", charmap.ISO8859_6, arabicLetters, arabicOften},
}

const arabicLetters = "اليمونرتبهعدسفكقأحجشصطخةإىضذزغثظئءآؤپچژگ"

var arabicOften = []float64{
	124, 118, 67, 60, 60, 58, 50, 44, 35, 35, 34, 32, 27, 26, 23, 23, 22, 20, 15, 12,
	11, 10, 9, 30, 8, 9, 7, 6, 7, 6, 6, 3, 4, 4, 3, 2, 3, 2, 1, 4,
}

// The reading in another script must score so much more than the best one in Cyrillic, and
// be of so many letters: a headline of a few may fit several.
const (
	scriptMargin = 0.6
	someLetters  = 20
)

// bestScript returns the charset of those in which body looks most like text of its
// script, with a score that compares to that of bestCyrillic.
func bestScript(body []byte) (enc *charmap.Charmap, name string, best float64) {
	best = math.Inf(-1)
	body = body[:min(len(body), 64<<10)]
	counts := [256]float64{}
	letters := 0.0
	for _, b := range body {
		if b >= 0x80 {
			counts[b]++
			letters++
		}
	}
	for _, c := range scripts {
		weights := make(map[rune]float64, len(c.often))
		i := 0
		for _, r := range c.letters {
			weights[r] = math.Log(c.often[i])
			i++
		}
		sum := 0.0
		for b := 0x80; b < len(counts); b++ {
			sum += counts[b] * weighLetter(weights, c.enc.DecodeByte(byte(b)))
		}
		if s := sum / letters; letters > 0 && s > best {
			enc, name, best = c.enc, c.name, s
		}
	}
	return enc, name, best
}

// weighLetter is one letter's share in the score of its script.
func weighLetter(weights map[rune]float64, r rune) float64 {
	if w, ok := weights[r]; ok {
		return w
	}
	if w, ok := weights[unicode.ToLower(r)]; ok {
		return w + capital
	}
	switch r {
	case '»', '«', '“', '”', '„', '…', '’', '‘', '\u00a0', '—', '–', '،', '؟', '·':
		return 0
	}
	return oddSign
}
