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

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// conceptMark sets concept ids apart from words.
const conceptMark = "@"

// Terms returns the terms under which the item of doc is found, each once.
func Terms(doc *lexicon.Doc) []string { return NewTermer().Terms(doc) }

// Termer makes the terms of many items. It remembers what became of the words it met,
// for most words of an item stand in others too. It may not be used by several
// goroutines at once.
type Termer struct {
	words map[wordKey][]*term
	terms map[string]*term
	turn  int // the item under way
}

// term is a term and the last item that has it.
type term struct {
	text string
	turn int
}

// wordKey is all that the terms of a word hang on.
type wordKey struct {
	fold string
	lang news.Lang
	name bool
}

// maxWords is how many words a Termer remembers before it begins anew.
const maxWords = 4 << 10

// NewTermer returns a Termer that has met no words.
func NewTermer() *Termer {
	return &Termer{words: map[wordKey][]*term{}, terms: map[string]*term{}}
}

// Terms returns the terms under which the item of doc is found, each once.
func (x *Termer) Terms(doc *lexicon.Doc) []string {
	if len(x.words) > maxWords {
		clear(x.words)
		clear(x.terms)
	}
	x.turn++
	out := make([]string, 0, 2*(len(doc.Title.Tokens)+len(doc.Body.Tokens)))
	for _, t := range []*lang.Text{&doc.Title, &doc.Body} {
		for _, tok := range t.Tokens {
			if tok.Kind != lang.Punct {
				out = x.add(out, x.word(wordKey{tok.Fold, t.Lang, tok.Upper}))
			}
		}
	}
	for _, h := range doc.Hits {
		out = x.add(out, x.word(wordKey{fold: conceptMark + h.Concept.ID}))
	}
	return slices.Clone(out) // it may be kept for a while
}

// add appends the terms that the item does not have yet.
func (x *Termer) add(out []string, terms []*term) []string {
	for _, t := range terms {
		if t.turn != x.turn {
			t.turn = x.turn
			out = append(out, t.text)
		}
	}
	return out
}

// word returns the terms of a word, or of a concept's marked id, which is a term itself.
func (x *Termer) word(k wordKey) []*term {
	if ts, ok := x.words[k]; ok {
		return ts
	}
	set := newTermSet()
	if strings.HasPrefix(k.fold, conceptMark) {
		set.add(k.fold)
	} else {
		set.word(k.fold, k.lang, k.name)
	}
	ts := make([]*term, len(set.terms))
	for i, text := range set.terms {
		t, ok := x.terms[text]
		if !ok {
			t = &term{text: strings.Clone(text)} // a word may be a part of a whole text
			x.terms[t.text] = t
		}
		ts[i] = t
	}
	k.fold = strings.Clone(k.fold)
	x.words[k] = ts
	return ts
}

// Parse turns a question into groups of terms: an item is found when it has one
// term of every group. Words that name a concept together become one group.
func Parse(lx *lexicon.Lexicon, question string) [][]string {
	l := lang.Detect(question, "", "")
	doc := lx.Analyse(question, "", l)
	var groups [][]string
	covered := map[int]bool{}
	noCapitals := question == strings.ToLower(question) // then any word may be a name
	for _, h := range doc.Hits {
		if h.Field != news.FieldTitle {
			continue
		}
		set := newTermSet()
		set.add(conceptMark + h.Concept.ID)
		for i := h.Tok; i < h.TokEnd; i++ {
			covered[i] = true
		}
		groups = append(groups, set.terms)
	}
	for i, tok := range doc.Title.Tokens {
		if covered[i] || tok.Kind == lang.Punct {
			continue
		}
		set := newTermSet()
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			set.word(tok.Fold, l, tok.Upper || noCapitals)
		}
		groups = append(groups, set.terms)
	}
	return groups
}

// termSet collects terms in order, each once.
type termSet struct {
	seen  map[string]bool
	terms []string
}

func newTermSet() *termSet { return &termSet{seen: map[string]bool{}} }

func (s *termSet) add(t string) {
	if t != "" && !s.seen[t] {
		s.seen[t] = true
		s.terms = append(s.terms, t)
	}
}

// maxTerm bounds a term's length in bytes: longer "words" are encoded data.
const maxTerm = 64

// word adds the terms of a word; one that may be a name is also found by its sound.
func (s *termSet) word(fold string, l news.Lang, name bool) {
	if len(fold) > maxTerm {
		return
	}
	stem := lang.Stem(fold, l)
	s.add(stem)
	s.add(strings.ToLower(lang.Plain(stem)))
	// Endings cannot be told for certain without diacritics: the whole word as well.
	s.add(strings.ToLower(lang.Plain(fold)))
	if name {
		if heard := sound(stem); heard != "" {
			s.add(soundMark + heard)
		}
	}
}
