package classify

import (
	"strings"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/news"
)

// phrases finds phrases at a token. How a word of a phrase matches is said by
// its spelling: "путин" stands for that folded word alone, "путин*" for every
// word that begins so, and "путин~" for the forms that a dictionary word takes.
// Plain spellings (diacritics folded) are found too, for texts typed so.
type phrases struct {
	lang   news.Lang
	byHead map[head][]phrase
	begins [1 << 12 / 64]uint64 // a bit for each head there is; others share it
}

// head is up to headLen bytes of a phrase's first word, the first in the lowest bits. No
// word has a zero byte.
type head uint32

// headOf returns the first n bytes of a word that has as many.
func headOf(word string, n int) (h head) {
	for i := range n {
		h |= head(word[i]) << (8 * i)
	}
	return h
}

// bit is the place of a head in begins, and its bit there.
func (h head) bit() (place int, bit uint64) {
	const golden = 0x9E3779B1 // 2^32 over the golden ratio: spreads what differs little
	n := uint32(h) * golden >> (32 - 12)
	return int(n / 64), 1 << (n % 64)
}

type phrase struct {
	words []word
	tag   int // what the caller filed the phrase under
}

// word is one word of a phrase; forms is nil for a fixed word or a prefix.
type word struct {
	text   string
	plain  string // text without diacritics
	prefix bool
	caps   bool // an abbreviation: stands in capitals in the text, too
	forms  []lang.Root
}

// headLen is how many bytes of a first word pick its bucket: two Cyrillic
// letters, or four Latin ones. Words shorter than minHead begin no phrase.
//
// A word shorter than shortWord takes no endings in a cue: too many others begin
// like it ("qaz" gas, "qazana" earns).
const (
	headLen   = 4
	minHead   = 2
	shortWord = 4
)

func newPhrases(l news.Lang) *phrases {
	return &phrases{lang: l, byHead: map[head][]phrase{}}
}

// add files a phrase under tag; a phrase without words is left out.
func (p *phrases) add(raw string, tag int) {
	ph := phrase{tag: tag}
	for _, w := range strings.FieldsFunc(raw, func(r rune) bool { return r == ' ' || r == '-' }) {
		ph.words = append(ph.words, compileWord(w, p.lang))
	}
	if len(ph.words) == 0 {
		return
	}
	filed := map[head]bool{}
	file := func(text string) {
		n := min(headLen, len(text))
		h := headOf(text, n)
		if n >= minHead && !filed[h] {
			filed[h] = true
			p.byHead[h] = append(p.byHead[h], ph)
			place, bit := h.bit()
			p.begins[place] |= bit
		}
	}
	first := ph.words[0]
	if first.forms == nil {
		file(first.text)
		file(first.plain)
		return
	}
	for _, s := range first.forms {
		file(s.Text)
		file(lang.Plain(s.Text))
	}
}

func compileWord(w string, l news.Lang) word {
	base, inflects := strings.CutSuffix(w, "~")
	base, prefix := strings.CutSuffix(base, "*")
	fold := lang.Fold(base, l)
	out := word{text: fold, plain: lang.Plain(fold), prefix: prefix}
	if !inflects {
		return out
	}
	out.caps = strings.ToUpper(base) == base && utf8.RuneCountInString(base) < shortWord
	if !out.caps && utf8.RuneCountInString(base) >= shortWord {
		out.forms = lang.Compile(base, l, lang.Term).Roots
	}
	return out
}

// find calls fn for every phrase that begins at token i, with its tag and how
// many tokens it covers.
func (p *phrases) find(t *lang.Text, i int, fn func(tag, n int)) {
	if t.Tokens[i].Kind != lang.Word {
		return
	}
	fold := t.Tokens[i].Fold
	for k := min(headLen, len(fold)); k >= minHead; k-- {
		h := headOf(fold, k)
		if place, bit := h.bit(); p.begins[place]&bit == 0 {
			continue // as most words
		}
		for _, ph := range p.byHead[h] {
			if n := ph.matches(t, i, p.lang); n > 0 {
				fn(ph.tag, n)
			}
		}
	}
}

// matches returns how many tokens from i on the phrase covers, 0 when it does
// not stand there. A hyphen between two words counts as their space.
func (ph *phrase) matches(t *lang.Text, i int, l news.Lang) int {
	at := i
	for k := range ph.words {
		if k > 0 && at < len(t.Tokens) && t.Tokens[at].Fold == "-" {
			at++
		}
		if at >= len(t.Tokens) || !ph.words[k].matches(t, at, l) {
			return 0
		}
		at++
	}
	return at - i
}

func (w *word) matches(t *lang.Text, i int, l news.Lang) bool {
	fold := t.Tokens[i].Fold
	switch {
	case w.forms != nil:
		return w.inflects(fold, l, t.Plain)
	case w.prefix:
		return strings.HasPrefix(fold, w.text) || t.Plain && strings.HasPrefix(fold, w.plain)
	case fold != w.text && !(t.Plain && fold == w.plain):
		return false
	case w.caps:
		as := t.Word(i)
		return strings.ToUpper(as) == as
	}
	return true
}

func (w *word) inflects(fold string, l news.Lang, plain bool) bool {
	how := lang.Native
	if plain {
		how = lang.Bare
	}
	for _, s := range w.forms {
		if n, ok := s.Begins(fold, how); ok && s.Takes(fold[n:], l, how) {
			return true
		}
	}
	return false
}
