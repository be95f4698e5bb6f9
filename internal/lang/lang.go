// Package lang turns a raw text into its language, its tokens, its sentences and
// the folded forms under which words are compared, for Azerbaijani, Russian and
// English. It also knows which forms a word takes: Compile reads a dictionary form
// once and then tells whether a token is the same word in another case, number or
// with an ending behind a quote, a hyphen or an apostrophe.
//
// Offsets are byte offsets into the text as given and always fall on the bounds of
// runes; Fold is idempotent and follows the language's own rule for I and i. Nothing
// here fails: whatever the bytes are, some tokens come out, in time linear in their
// number. The package reads no files, keeps no state, and does not guess meanings,
// correct spelling or look words up in a dictionary.
//
// Measured on public data that are not part of this project, see measure_test.go:
// language of sentences cut to 70 letters 0.99 for az, ru, en, tr, uk and fa, 0.96 for
// az without diacritics, and 0.96 of those in 70 other languages are called other;
// forms found 0.999 (az, UniMorph), 0.995 (ru), 0.999 (en, Universal Dependencies),
// inflected Russian names 0.965, below one of 10,000 other words; ends of sentences F1
// 0.997 (az), 0.997 (ru), 0.998 (en).
//
// Read Parse first, then Compile.
package lang

import (
	"samur/internal/news"
)

// Kind tells words from numbers and from everything else that is printed.
type Kind uint8

// The kinds of token.
const (
	Punct  Kind = iota // one printed character that is neither letter nor digit
	Word               // letters, with apostrophes and soft hyphens inside
	Number             // digits, with points and commas inside: "4.5", "253,76"
)

// Token is one word, number or mark of a text.
type Token struct {
	Start, End int    // byte offsets into Raw
	Fold       string // form for comparison; see Fold
	Sent       int    // index of its sentence
	Kind       Kind   // what it is
	Upper      bool   // begins with a capital letter
}

// Span is a stretch of a text in byte offsets.
type Span struct{ Start, End int }

// Text is a parsed text.
type Text struct {
	Raw       string
	Lang      news.Lang
	Tokens    []Token
	Sentences []Span
	// Plain is set when an Azerbaijani text is typed without the letters ə, ı, ö, ü,
	// ğ, ş and ç: its words are then compared without them.
	Plain bool
}

// Word returns the token's own letters as they stand in the text.
func (t Text) Word(i int) string { return t.Raw[t.Tokens[i].Start:t.Tokens[i].End] }

// Sentence returns the words of sentence i as they stand in the text.
func (t Text) Sentence(i int) string { return t.Raw[t.Sentences[i].Start:t.Sentences[i].End] }
