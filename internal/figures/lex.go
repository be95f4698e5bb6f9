package figures

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/news"
)

// kind is what a token is taken for.
type kind byte

const (
	wordToken   kind = 'w' // also ordinals, dates and clock times: never values
	numberToken kind = 'n'
	markToken   kind = 'p'
)

// token is a piece of a sentence. norm is its folded form without diacritics;
// of a number it is the plain decimal form, whatever grouping the text used.
type token struct {
	start, end int // bytes in the field
	at         int // byte offset in the sentence's norm
	kind       kind
	norm       string
	value      float64
	capital    bool
	spelled    bool // a number in words
}

// sentence is one sentence as the rules see it: norm is all tokens, each
// followed by one space, so that patterns need not know about spacing, grouped
// digits, case or diacritics.
type sentence struct {
	field news.Field
	raw   string // of the whole field
	span  lang.Span
	lang  news.Lang
	toks  []token
	norm  string
	open  openings // of its tokens
	grams *grams   // of its norm, when they were needed: see holdsOne

	numbers bool // it has some number

	fates []fateWord // its words of fate, when they were needed: see fatesIn
	fated bool       // they were

	said map[*regexp.Regexp]bool // what was asked of says
	goes way                     // see way
	went bool                    // it was needed
}

// says reports whether a pattern matches in the norm. It is asked for each number of a
// sentence, and the same each time.
func (s *sentence) says(re *regexp.Regexp) bool {
	said, known := s.said[re]
	if known {
		return said
	}
	if s.said == nil {
		s.said = map[*regexp.Regexp]bool{}
	}
	said = re.MatchString(s.norm)
	s.said[re] = said
	return said
}

// way is wayOf the norm.
func (s *sentence) way() way {
	if !s.went {
		s.goes, s.went = wayOf(s.norm), true
	}
	return s.goes
}

// sign returns the currency that token i is the sign or the code of, "" when it is none.
func (s *sentence) sign(i int) string {
	t := s.toks[i]
	if iso, ok := signs[t.norm]; ok {
		return iso
	}
	if !t.capital {
		return ""
	}
	return codeOf(s.raw[t.start:t.end])
}

// text returns the sentence as it stands in the field.
func (s *sentence) text() string {
	return strings.TrimSpace(s.raw[s.span.Start:s.span.End])
}

// endsAt reports whether a full stop ends a sentence at a place in the norm: one behind an
// abbreviation, which did not part it from the next.
func (s *sentence) endsAt(at int) bool {
	const stop = " . "
	if !strings.HasPrefix(s.norm[at:], stop) || at+len(stop) >= len(s.norm) {
		return false
	}
	return s.toks[s.tokenAt(at+len(stop))].capital
}

// tokenAt returns the index of the token that covers norm offset at.
func (s *sentence) tokenAt(at int) int {
	lo, hi := 0, len(s.toks)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.toks[mid].at+len(s.toks[mid].norm) < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// maxSentence bounds the work on one sentence; text beyond it is not read.
const maxSentence = 2000

// lex cuts the sentence at span of raw into tokens.
func lex(raw string, span lang.Span, l news.Lang, field news.Field) *sentence {
	s := &sentence{field: field, raw: raw, span: span, lang: l}
	lx := lexer{raw: raw, pos: span.Start, end: min(span.End, span.Start+maxSentence), lang: l}
	for lx.next() {
	}
	s.toks = numberWords(lx.toks, l)
	var b strings.Builder
	for i := range s.toks {
		s.toks[i].at = b.Len()
		s.numbers = s.numbers || s.toks[i].kind == numberToken
		b.WriteString(s.toks[i].norm)
		b.WriteByte(' ')
	}
	s.norm = b.String()
	s.open = openingsIn(s.norm)
	return s
}

type lexer struct {
	raw      string
	pos, end int
	lang     news.Lang
	toks     []token
}

func (lx *lexer) rune(at int) (rune, int) {
	if at >= lx.end {
		return 0, 0
	}
	return utf8.DecodeRuneInString(lx.raw[at:lx.end])
}

// next takes one token; it returns false at the end.
func (lx *lexer) next() bool {
	r, n := lx.rune(lx.pos)
	switch {
	case n == 0:
		return false
	case unicode.IsSpace(r) || r == utf8.RuneError:
		lx.pos += n
	case isDigit(r), r == '.' && lx.fraction():
		lx.number()
	case unicode.IsLetter(r):
		lx.word()
	default:
		lx.mark(r, n)
	}
	return true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isDash(r rune) bool { return r == '-' || r == '–' || r == '—' || r == '‑' || r == '−' }

func (lx *lexer) add(end int, k kind, norm string, value float64) {
	t := token{start: lx.pos, end: end, kind: k, norm: norm, value: value}
	if r, _ := utf8.DecodeRuneInString(lx.raw[lx.pos:end]); unicode.IsUpper(r) {
		t.capital = true
	}
	lx.toks = append(lx.toks, t)
	lx.pos = end
}

// mark takes a sign. A dash between two digits without space is a range ("~"),
// any other is a plain dash; currency signs keep their own form.
func (lx *lexer) mark(r rune, n int) {
	norm := string(r)
	if isDash(r) {
		norm = "-"
		after, _ := lx.rune(lx.pos + n)
		before, _ := utf8.DecodeLastRuneInString(lx.raw[:lx.pos])
		if isDigit(before) && (isDigit(after) || after == '$') {
			norm = "~"
		}
	}
	lx.add(lx.pos+n, markToken, norm, 0)
}

// word takes letters with the apostrophes, hyphens and digits inside them.
// "январе-мае" is two months and a range, "US$" only the sign.
func (lx *lexer) word() {
	end := lx.pos
	if code := lx.letters(end); codeOf(lx.raw[end:code]) != "" {
		if r, _ := lx.rune(code); isDigit(r) { // USD3.14
			lx.add(code, wordToken, plain(lx.raw[end:code], lx.lang), 0)
			return
		}
	}
	for {
		r, n := lx.rune(end)
		if n == 0 {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !isDigit(r) {
			after, _ := lx.rune(end + n)
			joins := isDash(r) || r == '\'' || r == '’' || r == 'ʼ'
			if !joins || !unicode.IsLetter(after) && !isDigit(after) {
				break
			}
		}
		end += n
	}
	if r, _ := lx.rune(end); r == '$' && dollarOf[lx.raw[lx.pos:end]] {
		lx.pos = end
		return
	}
	lx.letterWord(end)
}

// letterWord takes the word that ends at end: "MUSD" is a scale and a currency,
// "полмиллиарда" a number and a scale.
func (lx *lexer) letterWord(end int) {
	whole := lx.raw[lx.pos:end]
	if rest, ok := strings.CutPrefix(whole, "M"); ok && codeOf(rest) != "" && codeOf(whole) == "" { // MUSD
		lx.add(lx.pos+1, wordToken, "mln", 0)
		lx.add(end, wordToken, plain(rest, lx.lang), 0)
		return
	}
	if i := strings.IndexFunc(whole, isDash); i > 0 {
		_, n := utf8.DecodeRuneInString(whole[i:])
		left, right := plain(whole[:i], lx.lang), plain(whole[i+n:], lx.lang)
		if monthOf(left, lx.lang) > 0 && monthOf(right, lx.lang) > 0 {
			lx.add(lx.pos+i, wordToken, left, 0)
			lx.add(lx.pos+n, markToken, "~", 0)
			lx.add(end, wordToken, right, 0)
			return
		}
	}
	norm := plain(whole, lx.lang)
	if half, ok := strings.CutPrefix(norm, "пол"); ok && lx.lang == news.Ru {
		if _, ok := scaleOf(half, lx.lang); ok { // полмиллиарда
			lx.add(lx.pos+len("пол"), numberToken, "0.5", 0.5)
			norm = half
		}
	}
	lx.add(end, wordToken, norm, 0)
}

// plain folds a word for comparison: Azerbaijani also loses its diacritics, for
// feeds that are typed without them.
func plain(w string, l news.Lang) string {
	f := strings.ReplaceAll(lang.Fold(w, l), "’", "'")
	if l == news.Az {
		f = lang.Plain(f)
	}
	return strings.ReplaceAll(f, " ", "")
}
