package lang

import (
	"slices"
	"testing"

	"samur/internal/news"
)

var fuzzLangs = []news.Lang{news.En, news.Ru, news.Az, news.Tr, news.Uk, news.Fa, news.Other, ""}

var fuzzSeeds = []string{
	"",
	"Rusiya və Azərbaycan. “Lukoyl”un rəhbəri 2024-cü ildə, İ. Əliyevin sözlərinə görə, gəlib!",
	"Товарооборот вырос до 4,5 млрд долл. США в 2024 г. А. Оверчук и т.д. — «Мы рады!»",
	"Mr. Overchuk’s visit: 4.5% growth... U.S. officials said.\nNext line",
	"Азәрбај\u00adҹан I\u0307lham i\u0307 Aзepбaйджaн Ёё е\u0308 и\u0306",
	"\xff\xfe\x00broken \xd0", "a\u200b\u200d'\u0301b'c''d", "ǅ ﬁ ẞ İI ıi", "漢字。かな！", "1.2.3,4,,5..",
	"سلام دنیا. این یک متن است؟",
}

// FuzzParse checks that offsets are those of runes, in order and within sentences that
// cover all tokens, and that folds are folds.
func FuzzParse(f *testing.F) {
	for i, s := range fuzzSeeds {
		f.Add(s, uint8(i))
	}
	f.Fuzz(func(t *testing.T, raw string, n uint8) {
		l := fuzzLangs[int(n)%len(fuzzLangs)]
		text := Parse(raw, l)
		starts := map[int]bool{len(raw): true}
		for i := range raw {
			starts[i] = true
		}
		end, sent := 0, 0
		for i, tok := range text.Tokens {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(raw) {
				t.Fatalf("Parse(%q, %q): token %d at [%d:%d) behind %d", raw, l, i, tok.Start, tok.End, end)
			}
			if !starts[tok.Start] || !starts[tok.End] {
				t.Fatalf("Parse(%q, %q): token %d at [%d:%d) cuts a rune", raw, l, i, tok.Start, tok.End)
			}
			if tok.Sent != sent && tok.Sent != sent+1 || tok.Sent >= len(text.Sentences) {
				t.Fatalf("Parse(%q, %q): token %d is of sentence %d behind %d, of %d", raw, l, i, tok.Sent, sent, len(text.Sentences))
			}
			if s := text.Sentences[tok.Sent]; tok.Start < s.Start || tok.End > s.End {
				t.Fatalf("Parse(%q, %q): token %d is outside its sentence", raw, l, i)
			}
			if word := raw[tok.Start:tok.End]; tok.Kind == Word && (tok.Fold == "" || l != news.Az && tok.Fold != Fold(word, l)) {
				t.Fatalf("Parse(%q, %q): word %q has the fold %q, want %q", raw, l, word, tok.Fold, Fold(word, l))
			}
			end, sent = tok.End, tok.Sent
		}
	})
}

// FuzzFold checks that folding twice is folding once, and that Plain is a fold too.
func FuzzFold(f *testing.F) {
	for i, s := range fuzzSeeds {
		f.Add(s, uint8(i))
	}
	f.Fuzz(func(t *testing.T, word string, n uint8) {
		l := fuzzLangs[int(n)%len(fuzzLangs)]
		once := Fold(word, l)
		if twice := Fold(once, l); twice != once {
			t.Fatalf("Fold(%q, %q) = %q, folded again %q", word, l, once, twice)
		}
		if p := Plain(once); Plain(p) != p {
			t.Fatalf("Plain(%q) = %q, again %q", once, p, Plain(p))
		}
	})
}

// FuzzDetect checks that a language of those known comes out of whatever bytes.
func FuzzDetect(f *testing.F) {
	for i, s := range fuzzSeeds {
		f.Add(s, s, uint8(i))
	}
	f.Fuzz(func(t *testing.T, title, text string, n uint8) {
		declared := fuzzLangs[int(n)%len(fuzzLangs)]
		if got := Detect(title, text, declared); got == "" || !slices.Contains(fuzzLangs, got) {
			t.Fatalf("Detect(%q, %q, %q) = %q", title, text, declared, got)
		}
	})
}

// FuzzMatch checks that a word is a form of itself and that no word makes Match fail.
func FuzzMatch(f *testing.F) {
	for i, s := range []string{"əməkdaşlıq", "fikir", "xətt", "Захарова", "авиалинии", "день", "company", "su", "я", "ё", "ый"} {
		f.Add(s, "rest", uint8(i))
	}
	f.Add("ее", "rest", uint8(slices.Index(fuzzLangs, news.Ru)))
	f.Fuzz(func(t *testing.T, word, other string, n uint8) {
		l := fuzzLangs[int(n)%len(fuzzLangs)]
		for _, role := range []Role{Term, Name, Person} {
			c := Compile(word, l, role)
			if c.Fold != "" && !c.Match(c.Fold, l, false) {
				t.Fatalf("Compile(%q, %q, %d) does not match itself", word, l, role)
			}
			c.Match(Fold(other, l), l, n > 127)
		}
	})
}
