package lexicon

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/news"
)

// Read is Analyse of an item; the Doc says whose newsroom it comes from.
func (x *Lexicon) Read(it news.Item) *Doc {
	d := x.Analyse(it.Title, it.Text, it.Lang)
	d.Home = it.Side
	return d
}

// Analyse reads an item's title and text in their language and finds the concepts that
// they name.
func (x *Lexicon) Analyse(title, text string, l news.Lang) *Doc {
	s := x.scratch.Get().(*scratch)
	d := x.read(s, title, text, l)
	x.scratch.Put(s)
	return d
}

// Release says that d, which Analyse or Read returned, is not read any more: the room that
// its tokens and hits take is that of the next item's. Of thousands of items they would be
// a fifth of all garbage. Strings of them may be kept. Who does not say so loses nothing.
func (x *Lexicon) Release(d *Doc) {
	s := x.scratch.Get().(*scratch)
	s.room.take(d)
	x.scratch.Put(s)
	*d = Doc{}
}

func (x *Lexicon) read(s *scratch, title, text string, l news.Lang) *Doc {
	free := s.room
	s.room = room{}
	d := &Doc{Title: lang.ParseIn(free.title, title, l), Body: lang.ParseIn(free.body, text, l), Hits: free.hits}
	s.reset()
	s.find(&d.Title, news.FieldTitle)
	s.find(&d.Body, news.FieldText)
	d.Hits = s.resolve(d)
	return d
}

// room is what released Docs leave to later ones.
type room struct {
	title, body []lang.Token
	hits        []Hit
}

// maxRoom is how many tokens, and how many hits, are worth keeping the room of, at 48 and
// 96 bytes each: articles have no more, and room for more would lie idle after one.
const maxRoom = 4096

// take takes the room of a Doc.
func (r *room) take(d *Doc) {
	r.title, r.body = cleared(d.Title.Tokens), cleared(d.Body.Tokens)
	r.hits = cleared(d.Hits)
}

// cleared returns the room of a slice, with nothing in it that would keep a text in use.
func cleared[T any](s []T) []T {
	if cap(s) > maxRoom {
		return nil
	}
	clear(s)
	return s[:0]
}

// scratch is the working memory of one Analyse.
type scratch struct {
	x       *index
	text    *lang.Text
	reading uint64 // how its words are read, for memory
	field   news.Field
	caps    bool    // the field tells capitals from small letters
	titled  bool    // nearly every word has a capital, as in English headlines
	matches []int32 // words that tokens are forms of
	byToken []span  // matches of each token
	found   []candidate
	kept    []candidate // those of found that stand
	signals []signalAt
	heard   []uint32 // round in which each signal was last heard
	strong  []uint32 // round in which each concept was last named strongly
	round   uint32
	refused []refusal // names that the letters spoke against
	room    room      // nobody's
	tells   bool      // refused is wanted
	judged  map[judged]verdict
}

// judged is a concept in a sentence: what forbids it there does not depend on where in
// the sentence it is named.
type judged struct {
	field   news.Field
	sent    int
	concept int32
}

// verdict is what objection tells.
type verdict struct {
	why           Reason
	signal, other int
}

// manyFound is from how many names in a text on their verdicts are remembered: an endless
// sentence of names would else take the square of their number.
const manyFound = 200

// candidate is a name found in a text before it is weighed against others.
type candidate struct {
	field       news.Field
	tok, tokEnd int
	end         int // byte offset behind it
	name        int32
	concept     int32
	sent        int
}

// signalAt is a place where a word of needs or not was heard.
type signalAt struct {
	field  news.Field
	sent   int
	tok    int
	signal int32
}

func newScratch(x *index) *scratch {
	return &scratch{x: x, heard: make([]uint32, x.signals), strong: make([]uint32, len(x.concept))}
}

func (s *scratch) reset() {
	s.found, s.signals, s.refused, s.judged = s.found[:0], s.signals[:0], s.refused[:0], nil
	s.round++
	if s.round == 0 { // after four thousand million items
		clear(s.heard)
		clear(s.strong)
		s.round = 1
	}
}

// find gathers the candidates and signals of one field.
func (s *scratch) find(t *lang.Text, f news.Field) {
	s.text, s.reading, s.field = t, reading(t), f
	s.matches, s.byToken = s.matches[:0], s.byToken[:0]
	upper, long := 0, 0
	for i := range t.Tokens {
		tok := &t.Tokens[i]
		from := len(s.matches)
		if tok.Kind != lang.Punct || literal(tok.Fold) {
			s.match(i, tok)
		}
		s.byToken = append(s.byToken, span{int32(from), int32(len(s.matches))})
		if tok.Kind == lang.Word && len(tok.Fold) > 3 {
			long++
			if tok.Upper {
				upper++
			}
		}
	}
	s.caps = upper > 0
	s.titled = upper*10 >= long*8
	for i := range t.Tokens {
		m := s.byToken[i]
		for _, w := range s.matches[m.from:m.to] {
			s.begin(i, w)
		}
	}
}

// digraphs are how ş and ç are typed by those who write sh and ch.
var digraphs = strings.NewReplacer("sh", "s", "ch", "c")

// match finds the words that token i is a form of.
func (s *scratch) match(i int, tok *lang.Token) {
	s.recognise(tok.Fold, tok.Upper)
	if tok.Kind != lang.Word || s.text.Lang != news.Ru {
		return
	}
	if m := s.text.Tokens; i+2 < len(m) && isDash(m[i+1].Fold) && m[i+1].Start == tok.End && m[i+2].Start == m[i+1].End {
		if adjective, ok := lang.Joining(tok.Fold); ok { // азербайджано-российский
			s.recognise(adjective, tok.Upper)
		}
	}
}

// walk meets every root that a folded word begins with.
func (s *scratch) walk(fold string, upper bool) {
	t := &s.x.trie
	node := int32(0)
	for i := 0; i < len(fold); {
		r, n := rune(fold[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(fold[i:])
		}
		if node = t.child(node, letter(r)); node == 0 {
			return
		}
		i += n
		if e := t.entries[node]; e.from != e.to {
			s.accept(fold, i, upper, s.x.entries[e.from:e.to])
		}
	}
}

// accept keeps those entries at a node that take the rest of the word as an ending.
func (s *scratch) accept(fold string, n int, upper bool, entries []entry) {
	for k := range entries {
		e := &entries[k]
		how, ok := s.script(e, fold[:n], upper)
		if ok && e.root.Takes(fold[n:], s.text.Lang, how) && (n == len(fold) && e.root.Whole() || !lang.Closed(fold, s.text.Lang)) {
			s.matches = append(s.matches, e.word)
		}
	}
}

// script tells how the text spells a word of an entry, and whether that is admitted.
func (s *scratch) script(e *entry, root string, upper bool) (lang.Script, bool) {
	if e.lang != s.text.Lang {
		return lang.Foreign, true
	}
	if s.text.Plain {
		return lang.Bare, true
	}
	if root == e.root.Text {
		return lang.Native, true
	}
	// A name typed without its diacritics in a text that has them otherwise: Eliyev.
	return lang.Bare, upper && len(root) >= 5
}

// begin looks for the names that a match begins.
func (s *scratch) begin(i int, word int32) {
	w := &s.x.words[word]
	for _, id := range w.single {
		s.weigh(id, i, i)
	}
	if len(w.longer) == 0 {
		return
	}
	next := s.next(i, 0) // the same for all of them
	for _, l := range w.longer {
		if l.gap == 0 && (next < 0 || !l.person && !s.is(next, l.next)) {
			continue
		}
		if last, ok := s.follow(i, &s.x.names[l.name]); ok {
			s.weigh(l.name, i, last)
		}
	}
}

// weigh keeps a name whose words stand at tokens i to last, unless their letters speak
// against it.
func (s *scratch) weigh(id int32, i, last int) {
	n := &s.x.names[id]
	switch why := s.against(i, n); {
	case why == taken:
		s.keep(id, n, i, last)
	case s.tells && n.signal < 0:
		s.refused = append(s.refused, refusal{s.candidate(id, n, i, last), why})
	}
}

// follow looks for the further words of a name behind token i and returns the last.
func (s *scratch) follow(i int, n *name) (last int, ok bool) {
	for _, p := range n.parts[1:] {
		next := s.next(i, p.gap)
		if next >= 0 && n.person && !s.is(next, p.word) && lang.Patronymic(s.text.Tokens[next].Fold) {
			next = s.next(next, p.gap) // Владимир Владимирович Путин
		}
		if next < 0 || !s.is(next, p.word) {
			return 0, false
		}
		i = next
	}
	return i, true
}

func (s *scratch) is(i int, word int32) bool {
	m := s.byToken[i]
	for _, w := range s.matches[m.from:m.to] {
		if w == word {
			return true
		}
	}
	return false
}

// next returns the token that can go on a name behind token i, or -1. Quotes may stand
// between, an ending behind a quote or hyphen, a hyphen without spaces, the point of an
// initial, and the mark that the name has there, a dash of any kind for a dash.
func (s *scratch) next(i int, gap byte) int {
	toks := s.text.Tokens
	sent := toks[i].Sent
	for j := i + 1; j < len(toks) && j <= i+5 && toks[j].Sent == sent; j++ {
		t := &toks[j]
		switch {
		case t.Kind != lang.Punct || literal(t.Fold):
			if j > i+1 && j == s.detached(i)-1 {
				continue // “Lukoyl”un: an ending, not the next word
			}
			return j
		case isQuote(t.Fold):
		case gap != 0 && gapMark(t.Fold) == gap:
		case isDash(t.Fold) && toks[j-1].End == t.Start:
		case t.Fold == "." && toks[j-1].End == t.Start:
		default:
			return -1
		}
	}
	return -1
}

// detached returns the token behind an ending that stands apart from token i by a hyphen
// or closing quote, or i+1 when there is none.
func (s *scratch) detached(i int) int {
	toks := s.text.Tokens
	j := i + 1
	for j < len(toks) && j <= i+2 && toks[j].Start == toks[j-1].End && (isQuote(toks[j].Fold) || isDash(toks[j].Fold) && j == i+1) {
		j++
	}
	if j == i+1 || j >= len(toks) || toks[j].Kind != lang.Word || toks[j].Start != toks[j-1].End {
		return i + 1
	}
	if toks[j].Upper && !(allCapitals(s.text.Word(j)) && allCapitals(s.text.Word(i))) || !lang.Ending(toks[j].Fold, s.text.Lang) {
		return i + 1
	}
	return j + 1
}

func isQuote(s string) bool {
	switch s {
	case "\"", "«", "»", "“", "”", "„", "‘", "’", "'", "‚", "‹", "›":
		return true
	}
	return false
}

// against tells what in the letters of the text speaks against a name.
func (s *scratch) against(i int, n *name) Reason {
	tok := &s.text.Tokens[i]
	if n.exact != "" {
		raw := s.text.Raw[tok.Start:]
		return unless(len(n.parts) > 1 || len(raw) >= len(n.exact) && raw[:len(n.exact)] == n.exact, OtherLetters)
	}
	if n.lang != s.text.Lang && !(n.proper && tok.Upper) && (s.caps || !n.proper) {
		return OtherLanguage // common words of another language are other words
	}
	if n.caps > 0 {
		return unless(capitals(s.text.Raw[tok.Start:tok.End], n.caps), NoCapital)
	}
	if n.capital && !tok.Upper && s.caps {
		return NoCapital
	}
	switch {
	case n.person && len(n.parts) == 1:
		return unless(!s.someoneElse(i, n), SomeoneElse)
	case n.office:
		return unless(!s.prefixed(i), OtherOffice)
	}
	return taken
}

func unless(good bool, why Reason) Reason {
	if good {
		return taken
	}
	return why
}

// prefixed reports that token i is the second half of a word like vice-president or
// экс-министр, which are other offices.
func (s *scratch) prefixed(i int) bool {
	toks := s.text.Tokens
	if i < 2 || !isDash(toks[i-1].Fold) || toks[i-1].End != toks[i].Start || toks[i-2].End != toks[i-1].Start {
		return false
	}
	switch toks[i-2].Fold {
	case "вице", "экс", "vice", "ex", "vitse", "eks":
		return true
	}
	return false
}

// capitals reports whether the first n letters of a word are capital.
func capitals(w string, n int) bool {
	for _, r := range w {
		if n == 0 {
			break
		}
		if !unicode.IsUpper(r) {
			return false
		}
		n--
	}
	return n == 0
}

func (s *scratch) keep(id int32, n *name, from, last int) {
	toks := s.text.Tokens
	if n.signal >= 0 {
		s.signals = append(s.signals, signalAt{s.field, toks[from].Sent, from, n.signal})
		s.heard[n.signal] = s.round
		return
	}
	s.found = append(s.found, s.candidate(id, n, from, last))
	if !n.weak || s.initialled(from, n) {
		s.strong[n.concept] = s.round
	}
}

func (s *scratch) candidate(id int32, n *name, from, last int) candidate {
	toks := s.text.Tokens
	end := s.detached(last)
	return candidate{
		field: s.field, tok: from, tokEnd: end, end: toks[end-1].End,
		name: id, concept: n.concept, sent: toks[from].Sent,
	}
}

// resolve weighs the candidates: weak names need company, forbidden ones go, and of
// those that overlap the longest stays.
func (s *scratch) resolve(d *Doc) []Hit {
	kept := s.kept[:0]
	for i := range s.found {
		if c := &s.found[i]; s.stands(c) {
			kept = append(kept, *c)
		}
	}
	s.kept = kept
	slices.SortStableFunc(kept, byPlace)
	hits := slices.Grow(d.Hits[:0], len(kept))
	for i := 0; i < len(kept); {
		i = s.take(d, kept, i, &hits)
	}
	return hits
}

// byPlace orders candidates by where they begin, the longest first.
func byPlace(a, b candidate) int {
	if a.field != b.field {
		return cmp.Compare(fieldRank(a.field), fieldRank(b.field))
	}
	return cmp.Or(cmp.Compare(a.tok, b.tok), cmp.Compare(b.tokEnd, a.tokEnd), cmp.Compare(a.concept, b.concept), cmp.Compare(a.name, b.name))
}

func fieldRank(f news.Field) int {
	if f == news.FieldTitle {
		return 0
	}
	return 1
}

// take appends the hits of the longest candidate at i, and of the countries named inside
// it where it speaks for no side itself, and returns the next candidate behind it.
func (s *scratch) take(d *Doc, kept []candidate, i int, hits *[]Hit) int {
	c := kept[i]
	open := true // no hit so far speaks for a side
	last := int32(-1)
	j := i
	for ; j < len(kept) && kept[j].field == c.field && kept[j].tok < c.tokEnd; j++ {
		k := kept[j]
		of := s.x.concept[k.concept]
		switch same := k.tok == c.tok && k.tokEnd == c.tokEnd; {
		case k.concept == last:
			continue
		case same:
			open = open && transparent(of)
		case !open || of.Kind != Country || k.tokEnd > c.tokEnd || of.Side != news.SideAz && of.Side != news.SideRu:
			continue
		}
		last = k.concept
		*hits = append(*hits, s.hit(d, k))
	}
	return j
}

// transparent reports that a concept's name lets the countries in it speak: "Days of
// Russian Culture", "российский капитал".
func transparent(c *Concept) bool {
	switch c.Kind {
	case Term, Event, Treaty, Project:
		return c.Side == ""
	}
	return false
}

func (s *scratch) hit(d *Doc, k candidate) Hit {
	t := d.Text(k.field)
	n := &s.x.names[k.name]
	start := t.Tokens[k.tok].Start
	return Hit{
		Field: k.field, Start: start, End: k.end, Tok: k.tok, TokEnd: k.tokEnd,
		Concept: s.x.concept[k.concept], Form: t.Raw[start:k.end], Name: n.text, Weak: n.weak,
	}
}

// stands reports whether a candidate has the company it needs and none that forbids it.
func (s *scratch) stands(c *candidate) bool {
	why, _, _ := s.objection(c)
	return why == taken
}

// objection tells why a candidate does not stand: Alone, or Forbidden by the signal or
// the other candidate at an index.
func (s *scratch) objection(c *candidate) (why Reason, signal, other int) {
	g := &s.x.guards[c.concept]
	n := &s.x.names[c.name]
	if n.weak && s.strong[c.concept] != s.round && !s.company(g) {
		return Alone, -1, -1
	}
	if !g.forbidden || g.person && len(n.parts) > 1 {
		return taken, -1, -1
	}
	if len(s.found) < manyFound {
		return s.forbidden(c, g)
	}
	if s.judged == nil {
		s.judged = map[judged]verdict{}
	}
	key := judged{c.field, c.sent, c.concept}
	v, known := s.judged[key]
	if !known {
		v.why, v.signal, v.other = s.forbidden(c, g)
		s.judged[key] = v
	}
	return v.why, v.signal, v.other
}

// forbidden looks for what forbids a concept in its sentence. Signals and candidates were
// found in the order of the text, so that those of a sentence stand together.
func (s *scratch) forbidden(c *candidate, g *guard) (why Reason, signal, other int) {
	here := sentenceOf{c.field, c.sent}
	i, _ := slices.BinarySearchFunc(s.signals, here, func(at signalAt, to sentenceOf) int { return sentenceOf{at.field, at.sent}.compare(to) })
	for ; i < len(s.signals) && s.signals[i].field == c.field && s.signals[i].sent == c.sent; i++ {
		if slices.Contains(g.not, s.signals[i].signal) {
			return Forbidden, i, -1
		}
	}
	i, _ = slices.BinarySearchFunc(s.found, here, func(o candidate, to sentenceOf) int { return sentenceOf{o.field, o.sent}.compare(to) })
	for ; i < len(s.found) && s.found[i].field == c.field && s.found[i].sent == c.sent; i++ {
		if slices.Contains(g.notConcepts, s.found[i].concept) {
			return Forbidden, -1, i
		}
	}
	return taken, -1, -1
}

// sentenceOf is a sentence of a field.
type sentenceOf struct {
	field news.Field
	sent  int
}

// compare orders sentences by where they stand.
func (a sentenceOf) compare(b sentenceOf) int {
	return cmp.Or(cmp.Compare(fieldRank(a.field), fieldRank(b.field)), cmp.Compare(a.sent, b.sent))
}

func (s *scratch) company(g *guard) bool {
	for _, id := range g.needs {
		if s.heard[id] == s.round {
			return true
		}
	}
	for _, id := range g.needConcepts {
		if s.strong[id] == s.round {
			return true
		}
	}
	return false
}
