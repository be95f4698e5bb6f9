package timeline

import (
	"slices"
	"strings"
	"sync"

	"samur/internal/lang"
	"samur/internal/news"
)

// grammar is what one language brings: which of its words say what, how its verbs tell
// their tense, and how it says where.
type grammar struct {
	lang   news.Lang
	native vocabulary
	plain  vocabulary // for texts typed without diacritics
	tense  func(fold string, c cue) (tense, bool)
	place  func(s *sentence, h *located) bool // h is said to be where something is or goes
	paper  func(s *sentence, head, end int) (from, to int)
}

// what says what a word is there for.
type what uint8

const (
	verb     what = iota + 1 // does what its kind says
	noun                     // names it
	light                    // what nouns do: take place, be held
	plan                     // what nouns are: planned, expected
	postpone                 // put off
	cancel                   // called off
	not                      // turns what follows round
	maybe                    // could, but need not
	wish                     // wanted by somebody
	will                     // what follows is to come
	during                   // before or behind a noun: it is going on, or over
	after                    // … it is over
	ahead                    // it is to come
	past                     // of some time before
	said                     // who stands beside it only speaks
	by                       // who stands behind it has only caused it
	phone                    // makes any talk a call
	document                 // something that can be signed
	anaphor                  // those named before: "the sides", "the presidents"
	month                    // n: which
	weekday                  // n: which, Sunday 0
	dayOff                   // n: days from publication
	weekOff                  // n: weeks from publication
	monthOff                 // n: months
	yearOff                  // n: years
	quarter                  // n: which
	role                     // an office or body that a country beside it belongs to
	decree                   // something that one side signs alone
	until                    // what follows is an end, no date of ours
	ignore                   // means nothing here, and hides shorter words
)

// tense is when a verb says that something happens.
type tense uint8

const (
	noTense    tense = iota
	before           // it happened
	now              // it happens
	later            // it will
	infinitive       // the words before it tell
	imperfective
	perfective // Russian: the verb's forms tell, see russianTense
	byForm     // Azerbaijani: likewise
)

// cue is what a word or phrase says.
type cue struct {
	what  what
	kind  news.EventKind
	tense tense
	n     int
}

// pattern is a phrase; a word with a star stands for all that begin so.
type pattern struct {
	words []word
	cue   cue
	size  int // letters, the longer are taken first
}

type word struct {
	text   string
	prefix bool
}

func (w word) takes(fold string) bool {
	if w.prefix {
		return strings.HasPrefix(fold, w.text)
	}
	return fold == w.text
}

// index finds patterns by the first letters of their first word.
type index map[string][]pattern

// headLen is how many bytes pick a bucket: three Cyrillic letters or four Latin ones.
func headLen(fold string) int {
	if fold[0] >= 0xD0 && fold[0] <= 0xD3 {
		return min(6, len(fold))
	}
	return min(4, len(fold))
}

// entry is one line of a language's table: what its phrases say, separated by commas.
type entry struct {
	cue     cue
	phrases string
}

// indexOf files the phrases of a table; form makes a word ready for comparison.
func indexOf(table []entry, form func(string) string) index {
	x := index{}
	for _, e := range table {
		for phrase := range strings.SplitSeq(e.phrases, ",") {
			p := pattern{cue: e.cue}
			for _, w := range strings.Fields(phrase) {
				text, prefix := strings.CutSuffix(w, "*")
				text = form(text)
				p.words = append(p.words, word{text, prefix})
				p.size += len(text)
			}
			if len(p.words) > 0 {
				key := p.words[0].text
				key = key[:headLen(key)]
				x[key] = append(x[key], p)
			}
		}
	}
	return x
}

// at returns the longest pattern that begins at token i, and the token behind it.
func (x index) at(toks []lang.Token, i, to int) (best pattern, end int) {
	fold := toks[i].Fold
	if fold == "" {
		return best, 0
	}
	for _, p := range x[fold[:headLen(fold)]] {
		if p.size <= best.size || i+len(p.words) > to {
			continue
		}
		k := 0
		for k < len(p.words) && p.words[k].takes(toks[i+k].Fold) {
			k++
		}
		if k == len(p.words) {
			best, end = p, i+k
		}
	}
	return best, end
}

// vocabulary is all cues of a language, and by themselves those that name an event:
// without one of them a sentence is not read further.
type vocabulary struct{ all, events index }

func vocabularyOf(table []entry, form func(string) string) vocabulary {
	events := slices.DeleteFunc(slices.Clone(table), func(e entry) bool { return e.cue.kind == "" })
	return vocabulary{indexOf(table, form), indexOf(events, form)}
}

// hint reports whether some word of toks may name an event.
func (v *vocabulary) hint(toks []lang.Token) bool {
	for i := range toks {
		if toks[i].Kind == lang.Word {
			if _, end := v.events.at(toks, i, len(toks)); end > 0 {
				return true
			}
		}
	}
	return false
}

// grammars are built when first needed, as those of figures are.
var grammars = sync.OnceValue(func() map[news.Lang]*grammar {
	return map[news.Lang]*grammar{news.En: english(), news.Ru: russian(), news.Az: azerbaijani()}
})

// newGrammar compiles the tables of a language.
func newGrammar(l news.Lang, tables ...[]entry) *grammar {
	all := slices.Concat(tables...)
	return &grammar{
		lang:   l,
		native: vocabularyOf(all, func(w string) string { return lang.Fold(w, l) }),
		plain:  vocabularyOf(all, func(w string) string { return lang.Plain(lang.Fold(w, l)) }),
	}
}
