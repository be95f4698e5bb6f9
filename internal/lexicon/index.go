package lexicon

import (
	"cmp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/news"
)

// index finds words and names. Roots of words hang in a trie over letters without
// diacritics, Latin and Cyrillic side by side; a token walks it once and meets every
// root that it begins with.
type index struct {
	trie    trie
	entries []entry // by trie node, see trie.entries
	words   []word
	names   []name
	concept []*Concept
	guards  []guard
	given   map[int32]bool // words that are given names of persons
	signals int            // number of words and phrases that stand in needs and not
	met     memory
}

// entry is one root of one word.
type entry struct {
	root lang.Root
	lang news.Lang
	word int32
}

// word is a word of names: what names begin with it.
type word struct {
	single []int32  // names of this word alone
	longer []longer // names that go on
}

// longer is a name of several words with what rules it out most often: its second word.
// A hundred names begin with "Azerbaijani", and looking each up took as long as
// everything else that is done with a word.
type longer struct {
	name, next int32
	gap        byte // the mark before next
	person     bool
}

// part is one word of a name.
type part struct {
	word int32
	gap  byte // the mark that the name has before it: '-' for any dash, ',', '/', ':'; 0 for none
}

// name is one name of a concept, or a signal: a word or phrase of needs or not.
type name struct {
	parts   []part
	text    string // as written in the lexicon
	lang    news.Lang
	concept int32 // -1 for a signal
	signal  int32
	capital bool   // must begin with a capital
	caps    int    // an abbreviation of so many letters, all capital
	exact   string // letter by letter
	weak    bool
	person  bool
	office  bool
	proper  bool // written with a capital: may stand in texts of other languages
}

// guard holds what the weak names and the whole of a concept depend on.
type guard struct {
	needs, not                []int32 // signals
	needConcepts, notConcepts []int32
	forbidden, person         bool
	givens                    []string // given names of a person
}

// builder collects the index.
type builder struct {
	x       *index
	words   map[wordKey]int32
	signals map[string]int32
	ids     map[string]int32
	roots   map[string][]entry // by key
}

type wordKey struct {
	fold  string
	lang  news.Lang
	role  lang.Role
	exact bool
}

func build(concepts []*Concept) *Lexicon {
	x := &Lexicon{concepts: concepts, byID: make(map[string]*Concept, len(concepts))}
	n := 0 // names, about as many as words and roots of words
	for _, c := range concepts {
		for _, names := range c.Names {
			n += len(names)
		}
	}
	b := builder{
		x: &x.index, words: make(map[wordKey]int32, n), signals: map[string]int32{}, ids: make(map[string]int32, len(concepts)),
		roots: make(map[string][]entry, n),
	}
	b.x.concept = concepts
	b.x.names, b.x.words = make([]name, 0, n+n/4), make([]word, 0, n+n/4)
	b.x.given = map[int32]bool{}
	for i, c := range concepts {
		x.byID[c.ID] = c
		b.ids[c.ID] = int32(i)
	}
	for i, c := range concepts {
		b.addConcept(int32(i), c)
	}
	b.finish()
	x.scratch.New = func() any { return newScratch(&x.index) }
	return x
}

func (b *builder) addConcept(i int32, c *Concept) {
	all := len(c.Needs) > 0 && len(c.Weak) == 0 // needs without weak names: all of them need company
	from := len(b.x.names)
	fixed := map[string]bool{}
	for _, f := range c.Fixed {
		fixed[f] = true
	}
	weak := map[string]bool{}
	for _, l := range languages() {
		for _, n := range c.Weak[l] {
			weak[string(l)+n] = true
			if !fixed[n] {
				b.addName(i, c, n, l, true)
			}
		}
	}
	for _, l := range languages() {
		for _, n := range c.Names[l] {
			if !fixed[n] && !weak[string(l)+n] {
				b.addName(i, c, n, l, all)
			}
		}
	}
	for _, f := range c.Fixed {
		b.addFixed(i, f, all || isWeak(c, f))
	}
	own := len(b.x.names)
	g := guard{forbidden: len(c.Not) > 0, person: c.Kind == Person}
	g.needs, g.needConcepts = b.addSignals(c.Needs)
	g.not, g.notConcepts = b.addSignals(c.Not)
	if g.person {
		g.givens = b.givens(b.x.names[from:own])
	}
	b.x.guards = append(b.x.guards, g)
}

// languages are those that names are written in, in the order of their going.
func languages() []news.Lang { return []news.Lang{news.En, news.Ru, news.Az} }

func isWeak(c *Concept, n string) bool {
	for _, names := range c.Weak {
		for _, w := range names {
			if w == n {
				return true
			}
		}
	}
	return false
}

func (b *builder) addName(i int32, c *Concept, text string, l news.Lang, weak bool) {
	n := name{text: text, lang: l, concept: i, signal: -1, weak: weak, person: c.Kind == Person, office: c.Kind == Office}
	words := nameParts(text, l)
	first := words[0].text
	n.proper = startsUpper(first)
	n.capital = n.proper && kinds[c.Kind]
	if len(words) == 1 {
		n.caps = abbreviation(first)
	}
	for _, w := range words {
		role := lang.Term
		switch {
		case c.Kind == Person:
			role = lang.Person
		case startsUpper(w.text):
			role = lang.Name
		}
		n.parts = append(n.parts, part{b.word(w.text, l, role, false), w.gap})
	}
	b.put(n)
}

// abbreviation returns how many letters a name in capitals has, 0 for other names and
// for long ones, which newsrooms also write as names: SOCAR, Socar.
func abbreviation(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return 0
		}
		n++
	}
	if n > 4 || n < 2 {
		return 0
	}
	return n
}

// addFixed adds a name that is matched letter by letter, in texts of any language.
func (b *builder) addFixed(i int32, text string, weak bool) {
	l := scriptLangs(text)[0]
	n := name{text: text, lang: l, concept: i, signal: -1, weak: weak, exact: text, proper: true}
	for _, w := range nameParts(text, l) {
		n.parts = append(n.parts, part{b.word(w.text, l, lang.Name, true), w.gap})
	}
	b.put(n)
}

// addSignals turns words and phrases into signals and ids into concepts. A word's
// language is not told, so a Latin one is taken for Azerbaijani and English alike.
func (b *builder) addSignals(list []string) (signals, concepts []int32) {
	for _, s := range list {
		if isID(s) {
			if c, ok := b.ids[s]; ok {
				concepts = append(concepts, c)
			}
			continue
		}
		id, known := b.signals[s]
		if !known {
			id = int32(len(b.signals))
			b.signals[s] = id
			for _, l := range scriptLangs(s) {
				b.addSignal(id, s, l)
			}
		}
		signals = append(signals, id)
	}
	return signals, concepts
}

func (b *builder) addSignal(id int32, text string, l news.Lang) {
	words := nameParts(text, l)
	if len(words) == 0 {
		return
	}
	n := name{text: text, lang: l, concept: -1, signal: id, proper: startsUpper(words[0].text)}
	n.capital = n.proper
	if len(words) == 1 {
		n.caps = abbreviation(words[0].text)
	}
	for _, w := range words {
		role := lang.Term
		if startsUpper(w.text) {
			role = lang.Name
		}
		n.parts = append(n.parts, part{b.word(w.text, l, role, false), w.gap})
	}
	b.put(n)
}

func (b *builder) put(n name) {
	if len(n.parts) == 0 {
		return
	}
	id := int32(len(b.x.names))
	b.x.names = append(b.x.names, n)
	w := &b.x.words[n.parts[0].word]
	if len(n.parts) == 1 {
		w.single = append(w.single, id)
	} else {
		w.longer = append(w.longer, longer{id, n.parts[1].word, n.parts[1].gap, n.person})
	}
}

// word returns the number of a word and hangs its roots up when it is new.
func (b *builder) word(text string, l news.Lang, role lang.Role, exact bool) int32 {
	k := wordKey{lang.Fold(text, l), l, role, exact}
	if id, ok := b.words[k]; ok {
		return id
	}
	id := int32(len(b.x.words))
	b.words[k] = id
	b.x.words = append(b.x.words, word{})
	b.hang(id, text, l, role, exact || !hasLetter(text) || lang.Closed(k.fold, l))
	if role == lang.Person && !exact {
		for _, other := range respell(k.fold, l) {
			b.hang(id, other, l, role, false)
		}
	}
	return id
}

// hang adds the roots of a spelling of a word.
func (b *builder) hang(id int32, text string, l news.Lang, role lang.Role, exact bool) {
	form := lang.Exact(text, l)
	if !exact {
		form = lang.Compile(text, l, role)
	}
	for _, r := range form.Roots {
		if key, ok := trieKey(r.Plain); ok {
			b.roots[key] = append(b.roots[key], entry{r, l, id})
		}
	}
}

// finish lays the trie out, its nodes and entries in order of their keys.
func (b *builder) finish() {
	keys := make([]string, 0, len(b.roots))
	total := 0
	for k, entries := range b.roots {
		keys = append(keys, k)
		total += len(entries)
	}
	sort.Strings(keys)
	b.x.entries = make([]entry, 0, total)
	b.x.signals = len(b.signals)
	b.x.trie = newTrie(keys)
	for i, k := range keys {
		b.x.trie.setEntries(i, len(b.x.entries), len(b.roots[k]))
		b.x.entries = append(b.x.entries, b.roots[k]...)
	}
}

// namePart is one word of a name as written.
type namePart struct {
	text string
	gap  byte
}

// nameParts cuts a name into the words that must be found, by the rules that cut texts.
func nameParts(text string, l news.Lang) []namePart {
	if lettersOnly(text) {
		return plainParts(text)
	}
	return parsedParts(text, l)
}

// lettersOnly reports whether text is nothing but words of known letters with single
// blanks between them, as nine of ten names are. Such a name needs no parser, which
// would take half the time of a start.
func lettersOnly(text string) bool {
	blank := true // at the start of a word
	for _, r := range text {
		if r == ' ' {
			if blank {
				return false
			}
			blank = true
			continue
		}
		if !unicode.IsLetter(r) || letter(unicode.ToLower(r)) == 0 {
			return false
		}
		blank = false
	}
	return !blank
}

// plainParts is parsedParts for what lettersOnly lets through.
func plainParts(text string) []namePart {
	out := make([]namePart, 0, strings.Count(text, " ")+1)
	for w := range strings.SplitSeq(text, " ") {
		out = append(out, namePart{text: w})
	}
	return out
}

func parsedParts(text string, l news.Lang) []namePart {
	t := lang.Parse(text, l)
	var out []namePart
	gap := byte(0)
	for i, tok := range t.Tokens {
		if tok.Kind == lang.Punct && !literal(tok.Fold) {
			gap = cmp.Or(gap, gapMark(tok.Fold))
			continue
		}
		if _, ok := trieKey(lang.Plain(tok.Fold)); !ok {
			continue
		}
		if len(out) == 0 {
			gap = 0
		}
		out = append(out, namePart{t.Word(i), gap})
		gap = 0
	}
	return out
}

// gapMark returns the mark that a text must have where the name has it, 0 for one that
// does not matter.
func gapMark(fold string) byte {
	switch {
	case isDash(fold):
		return '-'
	case fold == "," || fold == "/" || fold == ":":
		return fold[0]
	}
	return 0
}

// literal reports marks that are part of names: 3+3, A&B.
func literal(s string) bool { return s == "+" || s == "&" }

func isDash(s string) bool {
	switch s {
	case "-", "–", "—", "‑", "−", "‒":
		return true
	}
	return false
}

func scriptLangs(s string) []news.Lang {
	for _, r := range s {
		if unicode.Is(unicode.Cyrillic, r) {
			return []news.Lang{news.Ru}
		}
	}
	if strings.ContainsAny(s, "əƏıİğĞşŞçÇ") {
		return []news.Lang{news.Az}
	}
	return []news.Lang{news.En, news.Az}
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }
