package feed

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

// FuzzDecode holds that whatever bytes come with whatever header, the text is valid
// UTF-8, no letter is lost without a note, and UTF-8 stays as it is.
func FuzzDecode(f *testing.F) {
	for _, s := range []struct{ body, contentType string }{
		{"<rss>Вестник</rss>", "text/xml; charset=windows-1251"},
		{"\xef\xbb\xbf<rss/>", ""},
		{"<?xml version='1.0' encoding='koi8-r'?>\xf7\xc5\xd3\xd4\xce\xc9\xcb", "text/xml; charset=iso-8859-1"},
		{"\xcf\xee\xf0\xf2 \xe7\xe0\xea\xf0\xfb\xf2", "charset"},
		{"Xəzər \xe9 \xd0", "text/xml; charset=utf-8"},
		{"\xff\xfe<\x00r\x00\x00\xd8", ""},
		{"\x98\x98\x98", "text/xml; charset=\"cp1251\""},
		{"РџРѕСЂС‚", ""},
		{"<?xml encoding='shift_jis'?>\x83\x83\x83", ""},
		{"\x1b$B", "text/xml; charset=iso-2022-jp"},
	} {
		f.Add([]byte(s.body), s.contentType)
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, name, notes := decode(string(body), contentType)
		if !utf8.ValidString(text) || name == "" {
			t.Errorf("decode(%q, %q) = %q as %q", body, contentType, text, name)
		}
		if strings.Contains(text, "\ufffd") && len(notes) == 0 && !bytes.Contains(body, []byte("\xef\xbf\xbd")) {
			t.Errorf("decode(%q, %q) = %q as %s: a letter was lost without a note", body, contentType, text, name)
		}
		if name == "utf-8" && len(notes) == 0 && text != strings.TrimPrefix(string(body), "\ufeff") {
			t.Errorf("decode(%q, %q) = %q, want it as it is", body, contentType, text)
		}
	})
}

// encodeAgain takes the UTF-8 of s for enc and writes that as UTF-8.
func encodeAgain(s string, enc *charmap.Charmap) string {
	var b strings.Builder
	for i := range len(s) {
		if r := enc.DecodeByte(s[i]); r != utf8.RuneError {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(s[i]))
		}
	}
	return b.String()
}

// words generates text as it is written: capitals begin words, signs stand outside.
func words() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		words := []string{"Порт", "объём", "ЦЕНЫ", "Ёлка", "«Самур»", "№5", "—", "Xəbər", "şəhər", "İşçi", "ğ", "Bakı", "port", "5 %", "año", "Über", "à", "€100", "“so”", "ещё…"}
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 12).Draw(t, "words"), " ")
	})
}

func TestUndoTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := words().Draw(t, "text")
		if got, n := undoTwice(text); got != text || n != 0 {
			t.Fatalf("undoTwice(%q) = %q, %d, want it as it is", text, got, n)
		}
		letters := 0
		for _, r := range text {
			if r >= utf8.RuneSelf {
				letters++
			}
		}
		for _, via := range twiceVia {
			got, n := undoTwice(encodeAgain(text, via.enc))
			if letters >= via.sure && (got != text || n != letters) {
				t.Fatalf("undoTwice(%q through %v) = %q, %d, want the text and %d", text, via.enc, got, n, letters)
			}
		}
	})
}
