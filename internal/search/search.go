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
func Terms(doc *lexicon.Doc) []news.IndexTerm { return newTermer(few).Terms(doc) }

// Termer makes the terms of many items. It remembers what became of the words it met,
// for most words of an item stand in others too. It may not be used by several
// goroutines at once.
type Termer struct {
	size  int       // of words, a power of two: a word has one place that it can stand in
	words []metWord // nil before the first item
	round uint64    // counts items
	found []news.IndexTerm
	laid  []news.IndexTerm // found, on its way into order
}

// metWord is a word with its terms, and the item that had it last.
type metWord struct {
	key   uint64 // a hash of the folded word and its kind
	terms wordTerms
	round uint64
}

// wordTerms are the terms of a word; there are four at most.
type wordTerms struct {
	terms [4]news.IndexTerm
	n     int
}

// How many words are remembered, at 56 bytes each: of many items, and of one.
const (
	many = 1 << 14
	few  = 1 << 8
)

// NewTermer returns a Termer that has met no words.
func NewTermer() *Termer { return newTermer(many) }

func newTermer(words int) *Termer { return &Termer{size: words} }

// Terms returns the terms under which the item of doc is found, in order, each once.
func (x *Termer) Terms(doc *lexicon.Doc) []news.IndexTerm {
	if x.words == nil {
		x.words = make([]metWord, x.size)
	}
	x.found = x.found[:0]
	x.round++
	for _, t := range []*lang.Text{&doc.Title, &doc.Body} {
		kind := xxhash.Sum64String("in " + string(t.Lang)) // nothing that a word could be: "az" is one
		for i := range t.Tokens {
			if tok := &t.Tokens[i]; tok.Kind != lang.Punct && len(tok.Fold) <= maxTerm {
				x.add(kind, tok, t.Lang)
			}
		}
	}
	for _, h := range doc.Hits {
		x.found = append(x.found, conceptTerm(h.Concept))
	}
	return x.inOrder()
}

// inOrder returns what was found, in order and each term once. Terms are hashes and
// evenly spread: laid out by their highest bits they are all but sorted, for which a few
// hundred need a third of the time that comparing takes.
func (x *Termer) inOrder() []news.IndexTerm {
	const shift = news.IndexTermBits - 8
	var ends [1 << 8]int32 // of those with the same highest bits, in what is laid out
	for _, t := range x.found {
		ends[t>>shift]++
	}
	last := int32(0)
	for i, n := range ends {
		ends[i], last = last, last+n
	}
	x.laid = slices.Grow(x.laid[:0], len(x.found))[:len(x.found)]
	for _, t := range x.found {
		x.laid[ends[t>>shift]] = t
		ends[t>>shift]++
	}
	first := int32(0)
	for _, end := range ends { // of them each, by now
		slices.Sort(x.laid[first:end])
		first = end
	}
	return slices.Clone(slices.Compact(x.laid)) // it may be kept for a while
}

// add notes the terms of a word, once for each item.
func (x *Termer) add(kind uint64, tok *lang.Token, l news.Lang) {
	key := xxhash.Sum64String(tok.Fold) ^ kind
	if tok.Upper {
		key = ^key
	}
	w := &x.words[key&uint64(len(x.words)-1)]
	if w.key != key {
		*w = metWord{key: key}
		w.terms.set(tok.Fold, l, tok.Upper)
	}
	if w.round == x.round {
		return
	}
	w.round = x.round
	x.found = append(x.found, w.terms.terms[:w.terms.n]...)
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
	w.add(lang.Plain(stem))
	// Endings cannot be told for certain without diacritics: the whole word as well.
	w.add(lang.Plain(fold))
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
