package feed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Text that was encoded twice: some program on its way took UTF-8 for the charset
// of its own house and wrote that as UTF-8 again, so that "Порт" arrives as
// "РџРѕСЂС‚" or "ÐŸÐ¾Ñ€Ñ‚". It is told by the bytes it came from: they are whole
// UTF-8, letter by letter, which text that means what it says is not. Each part of
// a document between its tags is weighed by itself, for often only the entries of
// one source are so.

// twiceVia are the charsets that UTF-8 is taken for, and how many letters of a
// part prove it. Cyrillic needs more: two of its letters may be UTF-8 by chance.
var twiceVia = []struct {
	enc  *charmap.Charmap
	sure int
}{
	{charmap.Windows1252, 2},
	{charmap.Windows1254, 2},
	{charmap.Windows1251, 3},
}

// twiceMany is how many letters of a document that are proven let a part of it be
// believed that has fewer.
const twiceMany = 8

// undoTwice returns text with the parts that were encoded twice decoded once more,
// and how many letters that were.
func undoTwice(text string) (mended string, letters int) {
	mended, letters = eachPart(text, func(s string) (string, int) { return oncePart(s, false) })
	if letters < twiceMany {
		return mended, letters
	}
	mended, more := eachPart(mended, func(s string) (string, int) { return oncePart(s, true) })
	return mended, letters + more
}

// eachPart puts what f makes of the parts of a document in their place, and adds up
// what it counts. Parts without letters beyond ASCII are left alone.
func eachPart(text string, f func(string) (string, int)) (string, int) {
	var b strings.Builder
	done, count := 0, 0
	for from, to := nextPart(text, 0); from < to; from, to = nextPart(text, to) {
		if once, n := f(text[from:to]); n > 0 {
			b.WriteString(text[done:from])
			b.WriteString(once)
			done, count = to, count+n
		}
	}
	if count == 0 {
		return text, 0
	}
	b.WriteString(text[done:])
	return b.String(), count
}

// nextPart returns the bounds of the first part behind i that has letters beyond ASCII,
// the end of the text twice when none has.
func nextPart(text string, i int) (from, to int) {
	at := i
	for at < len(text) && text[at] < utf8.RuneSelf {
		at++
	}
	if at == len(text) {
		return at, at
	}
	from, to = at, at
	for from > i && !partsText(text[from-1]) {
		from--
	}
	for to < len(text) && !partsText(text[to]) {
		to++
	}
	return from, to
}

// partsText reports whether c ends a part of a document: text or an attribute.
func partsText(c byte) bool { return c == '<' || c == '>' || c == '"' }

// oncePart decodes a part and counts its letters, 0 when it was not encoded twice.
// A single letter is enough where the document is believed to have been.
func oncePart(s string, believed bool) (once string, letters int) {
	for _, via := range twiceVia {
		once, letters := onceVia(s, via.enc)
		if letters >= via.sure || believed && letters > 0 {
			return once, letters
		}
	}
	return s, 0
}

// onceVia decodes a part that went through enc. All its letters beyond ASCII must
// be halves of others.
func onceVia(s string, enc *charmap.Charmap) (once string, letters int) {
	var b []byte
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if b != nil {
				b = append(b, s[i])
			}
			i++
			continue
		}
		r, n := onceLetter(s[i:], enc)
		if n == 0 {
			return s, 0
		}
		if b == nil {
			b = append(make([]byte, 0, len(s)), s[:i]...)
		}
		b = utf8.AppendRune(b, r)
		letters++
		i += n
	}
	return string(b), letters
}

// onceLetter reads the letter whose bytes the letters at the start of s are, and
// how many bytes of s those take; 0 when they are no letter's.
func onceLetter(s string, enc *charmap.Charmap) (letter rune, size int) {
	var raw [utf8.UTFMax]byte
	for n := range raw {
		r, width := utf8.DecodeRuneInString(s[size:])
		c, ok := enc.EncodeRune(r)
		switch {
		case ok:
		case r >= 0x80 && r < 0xa0: // where the charset has no letter the byte was kept
			c = byte(r)
		default:
			return 0, 0
		}
		if c < utf8.RuneSelf {
			return 0, 0
		}
		raw[n] = c
		size += width
		if utf8.FullRune(raw[:n+1]) {
			letter, width := utf8.DecodeRune(raw[:n+1])
			if width != n+1 || !unicode.Is(inUse, letter) {
				return 0, 0
			}
			return letter, size
		}
		if size >= len(s) {
			return 0, 0
		}
	}
	return 0, 0
}

// inUse are the letters and signs that feeds of the field are written with: Latin,
// Cyrillic, Greek, Hebrew, Arabic, Georgian, dashes, quotes, currencies and small
// pictures. The others are what chance makes of two capitals and a blank.
var inUse = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0xa0, Hi: 0xff, Stride: 1},
		{Lo: 0x100, Hi: 0x17f, Stride: 1},
		{Lo: 'Ə', Hi: 'Ə', Stride: 1},
		{Lo: 'ə', Hi: 'ə', Stride: 1},
		{Lo: 'Α', Hi: 'ω', Stride: 1},
		{Lo: 'Ѐ', Hi: 'џ', Stride: 1},
		{Lo: 'Ґ', Hi: 'ґ', Stride: 1},
		{Lo: 'Ә', Hi: 'ә', Stride: 1},
		{Lo: 'א', Hi: 'ת', Stride: 1},
		{Lo: 'ء', Hi: 'ي', Stride: 1},
		{Lo: 'ა', Hi: 'ჰ', Stride: 1},
		{Lo: 0x2010, Hi: 0x203a, Stride: 1},
		{Lo: 0x20a0, Hi: 0x20bf, Stride: 1},
		{Lo: '№', Hi: '№', Stride: 1},
		{Lo: '™', Hi: '™', Stride: 1},
	},
	R32:         []unicode.Range32{{Lo: 0x1f300, Hi: 0x1faff, Stride: 1}},
	LatinOffset: 1,
}
