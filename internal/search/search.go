// Package search turns items and questions into the terms of the archive's index.
// A term is a stem or word without diacritics, the sound of a capitalised word, or
// the id of a concept, so that one
// question finds a name in any inflection, script and spelling that the lexicon
// knows: Алиевым, Əliyevin and Aliyev's are found by each other.
//
// The invariant: a word of an item and the same word of a question give a common
// term, whatever language each was taken for. The package keeps nothing but what
// a Termer remembers and does no I/O; the index itself is store's. Read Terms first, then Parse.
package search

import (
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// The marks that set concept ids and the sounds of names apart from words.
const (
	conceptMark = "@"
	soundMark   = "~"
)

// Terms returns the terms under which the item of doc is found, in order, each once.
func Terms(doc *lexicon.Doc) []news.IndexTerm { return NewTermer().Terms(doc) }

// Termer makes the terms of many items. It remembers what became of the words it met,
// for most words of an item stand in others too. It may not be used by several
// goroutines at once.
type Termer struct {
	words map[wordKind]map[uint64]wordTerms // by the hash of a folded word
	found []news.IndexTerm
}

// wordKind is what the terms of a word hang on beside its letters.
type wordKind struct {
	lang news.Lang
	name bool
}

// wordTerms are the terms of a word; there are four at most.
type wordTerms struct {
	terms [4]news.IndexTerm
	n     int
}

// maxWords is how many words of a kind a Termer remembers before it begins anew, at
// some sixty bytes each.
const maxWords = 4 << 10

// NewTermer returns a Termer that has met no words.
func NewTermer() *Termer {
	return &Termer{words: map[wordKind]map[uint64]wordTerms{}}
}

// Terms returns the terms under which the item of doc is found, in order, each once.
func (x *Termer) Terms(doc *lexicon.Doc) []news.IndexTerm {
	x.found = x.found[:0]
	for _, t := range []*lang.Text{&doc.Title, &doc.Body} {
		words, names := x.known(wordKind{t.Lang, false}), x.known(wordKind{t.Lang, true})
		for i := range t.Tokens {
			switch tok := &t.Tokens[i]; {
			case tok.Kind == lang.Punct, len(tok.Fold) > maxTerm:
			case tok.Upper:
				x.add(names, tok.Fold, t.Lang, true)
			default:
				x.add(words, tok.Fold, t.Lang, false)
			}
		}
	}
	for _, h := range doc.Hits {
		x.found = append(x.found, conceptTerm(h.Concept))
	}
	slices.Sort(x.found)
	return slices.Clone(slices.Compact(x.found)) // it may be kept for a while
}

// known returns the words of a kind that were met.
func (x *Termer) known(k wordKind) map[uint64]wordTerms {
	words, ok := x.words[k]
	if !ok {
		words = map[uint64]wordTerms{}
		x.words[k] = words
	}
	return words
}

// add notes the terms of a word, of a kind of which some are known.
func (x *Termer) add(known map[uint64]wordTerms, fold string, l news.Lang, name bool) {
	key := xxhash.Sum64String(fold)
	w, ok := known[key]
	if !ok {
		w.set(fold, l, name)
		if len(known) >= maxWords {
			clear(known)
		}
		known[key] = w
	}
	x.found = append(x.found, w.terms[:w.n]...)
}

// conceptTerm is the term of a concept.
func conceptTerm(c *lexicon.Concept) news.IndexTerm { return news.IndexTermOf(conceptMark + c.ID) }

// Parse turns a question into groups of terms: an item is found when it has one
// term of every group. Words that name a concept together become one group.
func Parse(lx *lexicon.Lexicon, question string) [][]news.IndexTerm {
	l := lang.Detect(question, "", "")
	doc := lx.Analyse(question, "", l)
	var groups [][]news.IndexTerm
	covered := map[int]bool{}
	noCapitals := question == strings.ToLower(question) // then any word may be a name
	for _, h := range doc.Hits {
		if h.Field != news.FieldTitle {
			continue
		}
		for i := h.Tok; i < h.TokEnd; i++ {
			covered[i] = true
		}
		groups = append(groups, []news.IndexTerm{conceptTerm(h.Concept)})
	}
	for i, tok := range doc.Title.Tokens {
		if covered[i] || tok.Kind == lang.Punct {
			continue
		}
		var group []news.IndexTerm
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			var w wordTerms
			w.set(tok.Fold, l, tok.Upper || noCapitals)
			group = append(group, w.terms[:w.n]...)
		}
		slices.Sort(group)
		groups = append(groups, slices.Compact(group))
	}
	return groups
}

// maxTerm bounds a term's length in bytes: longer "words" are encoded data.
const maxTerm = 64

// set makes the terms of a word.
func (w *wordTerms) set(fold string, l news.Lang, name bool) {
	if len(fold) > maxTerm {
		return
	}
	stem := lang.Stem(fold, l)
	w.add(stem)
	w.add(strings.ToLower(lang.Plain(stem)))
	// Endings cannot be told for certain without diacritics: the whole word as well.
	w.add(strings.ToLower(lang.Plain(fold)))
	if name {
		if heard := lang.Skeleton(stem, l); heard != "" {
			w.add(soundMark + heard)
		}
	}
}

func (w *wordTerms) add(term string) {
	if t := news.IndexTermOf(term); term != "" && !slices.Contains(w.terms[:w.n], t) {
		w.terms[w.n] = t
		w.n++
	}
}
