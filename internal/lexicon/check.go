package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/news"
)

// The rules by which Check finds fault. Those of acceptable may be meant: a concept that
// says so under "accept", with the reason, is not blamed.
const (
	RuleFormat      = "format"       // the file cannot be understood
	RuleTopic       = "topic"        // a topic that does not exist
	RuleCollision   = "collision"    // one name under two concepts, with nothing to tell them apart
	RuleSharedForm  = "shared-form"  // names of two concepts that have a form in common
	RuleCommonWord  = "common-word"  // a strong name that is a common word with a capital
	RuleOneLanguage = "one-language" // names in one language only
	RuleUnreachable = "unreachable"  // a name that can never be found
	RuleTwice       = "twice"        // a name that another name of the concept finds already
	RuleFixed       = "fixed"        // a fixed name that is inflected by another name
	RuleOwnWord     = "own-word"     // needs or not names a word of the concept's own names
	RuleReplaces    = "replaces"     // a concept that takes the place of another and has fewer names
	RuleAccept      = "accept"       // an accepted finding that there is not
)

func acceptable() []string {
	return []string{RuleCollision, RuleSharedForm, RuleCommonWord, RuleOneLanguage, RuleTwice, RuleFixed, RuleOwnWord, RuleReplaces}
}

// Finding is something that reads well and works badly.
type Finding struct {
	Mistake
	Rule    string
	Concept string // "" when it is of no concept
	Warning bool   // it may be meant
}

// Check reads like Load and then asks the lexicon itself which of its names clash, hide
// each other or say nothing; topics are those that exist. Findings are in the order of
// files and lines. The Lexicon is nil when the data are so much at fault that Load
// refuses them; err is for files that cannot be read.
func Check(topics []string, sources ...Source) (x *Lexicon, findings []Finding, err error) {
	l, err := gather(sources, true)
	if err != nil {
		return nil, nil, err
	}
	if len(l.mistakes) > 0 {
		for _, m := range l.mistakes {
			findings = append(findings, Finding{Mistake: m, Rule: RuleFormat})
		}
		return nil, inOrder(findings), nil
	}
	x = build(l.concepts)
	c := checker{
		x: x, s: newScratch(&x.index), spots: l.spots, single: singleWords(&x.index),
		used: map[place]bool{}, told: map[string]bool{},
	}
	c.concepts(topics, l.former)
	c.names()
	c.commonWords()
	c.unused()
	return x, inOrder(c.findings), nil
}

func inOrder(fs []Finding) []Finding {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return fs
}

// Errors returns how many findings are no warnings.
func Errors(fs []Finding) int {
	n := 0
	for _, f := range fs {
		if !f.Warning {
			n++
		}
	}
	return n
}

// checker gathers findings.
type checker struct {
	x        *Lexicon
	s        *scratch
	spots    map[place]spot
	single   []singleWord
	used     map[place]bool  // accepted findings that there were
	told     map[string]bool // pairs of names that were told
	findings []Finding
}

// blame tells of value p of a concept.
func (c *checker) blame(of *Concept, rule string, p place, warning bool, what, fix string) {
	if _, meant := of.Accept[rule]; meant && warning {
		c.used[place{of.ID, "accept", "", rule}] = true
		return
	}
	if warning && slices.Contains(acceptable(), rule) {
		fix += fmt.Sprintf("; or write \"accept: {%s: why}\"", rule)
	}
	m := Mistake{File: of.File, Line: of.Line, Column: 1, What: what, Fix: fix}
	p.concept = of.ID
	if at, ok := c.spots[p]; ok {
		m.File, m.Line, m.Column = at.file, at.line, at.column
	}
	c.findings = append(c.findings, Finding{Mistake: m, Rule: rule, Concept: of.ID, Warning: warning})
}

// concepts looks at each concept by itself.
func (c *checker) concepts(topics []string, former map[string]*Concept) {
	for _, of := range c.x.concepts {
		for _, slug := range of.Topics {
			if !slices.Contains(topics, slug) {
				c.blame(of, RuleTopic, place{key: "topics", value: slug}, false,
					fmt.Sprintf("topic %q does not exist", slug), "use one of "+strings.Join(topics, ", "))
			}
		}
		if l, only := oneLanguage(of); only {
			c.blame(of, RuleOneLanguage, place{key: "id"}, true,
				fmt.Sprintf("%q has names in %s only", of.ID, l), "add what the other languages call it")
		}
		if old := former[of.ID]; old != nil {
			if lost := lostNames(old, of); len(lost) > 0 {
				c.blame(of, RuleReplaces, place{key: "id"}, true,
					fmt.Sprintf("%q takes the place of the concept in %s:%d and loses its names %s", of.ID, old.File, old.Line, quoted(lost)),
					`write "extend: true" to add to it`)
			}
		}
		if len(of.Weak) > 0 && len(of.Needs) == 0 && len(of.Names)+len(of.Fixed) == 0 {
			c.blame(of, RuleUnreachable, place{key: "id"}, false,
				fmt.Sprintf("%q has weak names alone and nothing that they need", of.ID), `add "needs" or a name that stands for itself`)
		}
	}
}

// oneLanguage reports that all names of a concept are of one language. Fixed names stand
// in texts of any.
func oneLanguage(of *Concept) (news.Lang, bool) {
	var seen []news.Lang
	for _, l := range languages() {
		if len(of.Names[l])+len(of.Weak[l]) > 0 {
			seen = append(seen, l)
		}
	}
	if len(seen) != 1 || len(of.Fixed) > 0 {
		return "", false
	}
	return seen[0], true
}

func lostNames(old, now *Concept) []string {
	var lost []string
	for l, names := range old.Names {
		for _, n := range names {
			if !slices.Contains(now.Names[l], n) && !slices.Contains(now.Weak[l], n) {
				lost = append(lost, n)
			}
		}
	}
	slices.Sort(lost)
	return lost
}

// unused tells of accepted findings that there are not.
func (c *checker) unused() {
	for _, of := range c.x.concepts {
		for rule := range of.Accept {
			if p := (place{of.ID, "accept", "", rule}); !c.used[p] {
				c.blame(of, RuleAccept, p, true, fmt.Sprintf("%q accepts %s, which it does not have", of.ID, rule), "remove it")
			}
		}
	}
}

// names asks of every name which names its words find.
func (c *checker) names() {
	for id := range c.x.index.names {
		n := &c.x.index.names[id]
		if n.concept < 0 {
			continue
		}
		found := c.find(n.text, n.lang)
		own, ok := c.own(found, int32(id))
		if !ok {
			of := c.x.concepts[n.concept]
			c.blame(of, RuleUnreachable, c.placeOf(n), false, fmt.Sprintf("name %q is never found", n.text),
				"it is a function word, or other marks part its words: write it as texts do")
			continue
		}
		c.ownWords(n, own) // of what find has left behind
		c.compare(int32(id), found, own)
		if len(n.parts) == 1 && n.exact == "" && c.near(n) {
			c.forms(n, found)
		}
		if plain := lang.Plain(n.text); n.lang == news.Az && plain != n.text {
			c.also(n, c.find(padded(plain), n.lang), found, plain)
		}
	}
}

// padded adds a word to a short text, that it is seen to be typed without diacritics.
func padded(s string) string { return s + ". bildirmisdir ki" }

// find returns the names that a text begins with, whatever they need.
func (c *checker) find(text string, l news.Lang) []candidate {
	t := lang.Parse(text, l)
	c.s.reset()
	c.s.find(&t, news.FieldTitle)
	return slices.DeleteFunc(slices.Clone(c.s.found), func(f candidate) bool { return f.tok != 0 })
}

// own returns how far the name reaches that was looked for.
func (c *checker) own(found []candidate, id int32) (end int, ok bool) {
	for _, f := range found {
		if f.name == id {
			return f.tokEnd, true
		}
	}
	return 0, false
}

// compare looks at the other names that stand where n does.
func (c *checker) compare(id int32, found []candidate, end int) {
	n := &c.x.index.names[id]
	for _, f := range found {
		o := &c.x.index.names[f.name]
		if o == n || f.tokEnd != end {
			continue
		}
		switch {
		case o.concept != n.concept:
			c.clash(n, o, n.text)
		case sameTerms(n, o) && (n.text == o.text || !c.shown(n)) && c.covers(o, n) && (f.name < id || !c.covers(n, o)):
			c.twice(n, o) // of two that cover each other the later is too many
		case n.exact != "" && o.exact == "":
			c.blame(c.x.concepts[n.concept], RuleFixed, place{key: "fixed", value: n.text}, true,
				fmt.Sprintf("fixed name %q is a form of the name %q already", n.text, o.text), "remove one of the two")
		case n.weak && !o.weak && o.lang == n.lang:
			c.blame(c.x.concepts[n.concept], RuleTwice, c.placeOf(n), true,
				fmt.Sprintf("weak name %q is found without company, as a form of the name %q", n.text, o.text), "keep it under one of the two keys")
		}
	}
}

// first reports that a finding was not told before, and remembers it.
func (c *checker) first(key string) bool {
	if c.told[key] {
		return false
	}
	c.told[key] = true
	return true
}

// sameTerms reports that two names are found under the same conditions.
func sameTerms(a, b *name) bool {
	return a.exact == b.exact && a.lang == b.lang && a.weak == b.weak && a.proper == b.proper && a.caps == b.caps
}

// shown reports that a name is the one that stands for its concept in its language.
func (c *checker) shown(n *name) bool {
	names := c.x.concepts[n.concept].Names[n.lang]
	return len(names) > 0 && names[0] == n.text
}

// covers reports that o finds whatever n finds, as far as the forms of the last word tell.
func (c *checker) covers(o, n *name) bool {
	for _, form := range forms(n) {
		takesN, takesO := false, false
		for _, f := range c.find(form, n.lang) {
			takesN = takesN || &c.x.index.names[f.name] == n
			takesO = takesO || &c.x.index.names[f.name] == o
		}
		if takesN && !takesO {
			return false
		}
	}
	return true
}

// twice tells of a name that another one of the same concept finds already.
func (c *checker) twice(n, o *name) {
	key := fmt.Sprint(n.concept, "=", min(n.text, o.text), "=", max(n.text, o.text), n.lang)
	if !c.first(key) {
		return
	}
	c.blame(c.x.concepts[n.concept], RuleTwice, c.placeOf(n), true,
		fmt.Sprintf("name %q is a form of the name %q already", n.text, o.text), "remove it")
}

// clash tells of two concepts that one form names.
func (c *checker) clash(n, o *name, form string) {
	a, b := c.x.concepts[n.concept], c.x.concepts[o.concept]
	same := lang.Fold(n.text, n.lang) == lang.Fold(o.text, o.lang) && n.lang == o.lang
	if n.weak || o.weak || apart(a, b) || !same && sameGround(a, b) {
		return // company or a forbidding word tells them apart, or it does not matter
	}
	key := fmt.Sprint(min(n.concept, o.concept), "~", max(n.concept, o.concept), min(n.text, o.text), max(n.text, o.text))
	if !c.first(key) {
		return
	}
	_, meant := b.Accept[RuleSharedForm]
	if meant || c.spots[c.placeOf(o)].layer > c.spots[c.placeOf(n)].layer {
		a, b, n, o = b, a, o, n // the one who came later can mend it
	}
	fix := `move one under "weak" with "needs", or let "not" keep them apart`
	if same {
		_, known := a.Accept[RuleCollision]
		c.blame(a, RuleCollision, c.placeOf(n), known,
			fmt.Sprintf("%q is a name of %q too", n.text, b.ID), fix)
		return
	}
	c.blame(a, RuleSharedForm, c.placeOf(n), true,
		fmt.Sprintf("%q is a form of %q, a name of %q too", form, o.text, b.ID), fix)
}

// sameGround reports that two concepts are a city and the region around it, whose
// adjectives are one word: челябинский.
func sameGround(a, b *Concept) bool {
	ground := func(c *Concept) bool { return c.Kind == City || c.Kind == Region }
	return ground(a) && ground(b) && a.Side == b.Side
}

// apart reports that one of two concepts forbids itself where the other is.
func apart(a, b *Concept) bool {
	return slices.Contains(a.Not, b.ID) || slices.Contains(b.Not, a.ID)
}

// singleWord is a name of one word without diacritics.
type singleWord struct {
	plain   string
	concept int32
}

// singleWords returns the names of one word in the order of their letters.
func singleWords(x *index) []singleWord {
	var out []singleWord
	for i := range x.names {
		if n := &x.names[i]; n.concept >= 0 && len(n.parts) == 1 {
			out = append(out, singleWord{lang.Plain(lang.Fold(n.text, n.lang)), n.concept})
		}
	}
	slices.SortFunc(out, func(a, b singleWord) int { return strings.Compare(a.plain, b.plain) })
	return out
}

// near reports whether another concept has a name that differs from n in its last three
// letters or in what follows; the forms of others need not be tried.
func (c *checker) near(n *name) bool {
	runes := []rune(lang.Plain(lang.Fold(n.text, n.lang)))
	begin := string(runes[:min(len(runes), max(2, len(runes)-3))])
	i, _ := slices.BinarySearchFunc(c.single, begin, func(w singleWord, s string) int { return strings.Compare(w.plain, s) })
	for ; i < len(c.single) && strings.HasPrefix(c.single[i].plain, begin); i++ {
		if c.single[i].concept != n.concept {
			return true
		}
	}
	return false
}

// forms looks for other names in the inflected forms of n: those that n itself takes.
func (c *checker) forms(n *name, known []candidate) {
	for _, form := range forms(n) {
		c.also(n, c.find(form, n.lang), known, form)
	}
}

// forms returns what may be forms of a name whose last word is inflected; most are not.
func forms(n *name) []string {
	runes := []rune(n.text)
	out := []string{n.text}
	for cut := 0; cut <= 2 && len(runes)-cut >= 2; cut++ {
		for _, ending := range endings(n.lang) {
			out = append(out, string(runes[:len(runes)-cut])+ending)
		}
	}
	return out
}

// also compares n with what a form of it finds beyond what n finds.
func (c *checker) also(n *name, found, known []candidate, form string) {
	if !slices.ContainsFunc(found, func(f candidate) bool { return &c.x.index.names[f.name] == n }) {
		return // no form of it
	}
	end := found[0].tokEnd
	for _, f := range found {
		if &c.x.index.names[f.name] == n {
			end = f.tokEnd
		}
	}
	for _, f := range found {
		o := &c.x.index.names[f.name]
		if o.concept == n.concept || f.tokEnd != end || slices.ContainsFunc(known, func(k candidate) bool { return k.concept == f.concept }) {
			continue
		}
		c.clash(n, o, form)
	}
}

// endings are enough of a language's endings to meet most forms of a name.
func endings(l news.Lang) []string {
	switch l {
	case news.Ru:
		return strings.Fields("а у ом ем е ы и ов ев ей ам ами ах я ю ью ой ого ому ым ых ая ую ое ые ий ий его ему им их яя ин ина")
	case news.Az:
		return strings.Fields("ı i u ü a ə ın in un ün nın nin nun nün da də dan dən ya yə nı ni lar lər ların lərin lı li lu lü")
	}
	return []string{"s", "es"}
}

// ownWords tells of needs and not that the name itself answers, which was looked for last.
func (c *checker) ownWords(n *name, end int) {
	of := c.x.concepts[n.concept]
	g := &c.x.index.guards[n.concept]
	for _, at := range c.s.signals {
		if at.tok >= end {
			continue
		}
		w := c.s.text.Word(at.tok)
		switch {
		case n.weak && slices.Contains(g.needs, at.signal):
			c.blame(of, RuleOwnWord, c.placeOf(n), true,
				fmt.Sprintf("weak name %q has in itself what it needs, by %q", n.text, w), `remove the word from "needs", or the name from "weak"`)
		case slices.Contains(g.not, at.signal) && !(g.person && len(n.parts) > 1):
			c.blame(of, RuleUnreachable, c.placeOf(n), false,
				fmt.Sprintf("name %q is forbidden by its own word %q", n.text, w), `remove the word from "not"`)
		}
	}
}

// placeOf returns where a name stands.
func (c *checker) placeOf(n *name) place {
	id := c.x.concepts[n.concept].ID
	for _, p := range []place{{id, "names", n.lang, n.text}, {id, "weak", n.lang, n.text}, {id, "fixed", "", n.text}} {
		if _, ok := c.spots[p]; ok {
			return p
		}
	}
	return place{concept: id, key: "id"}
}

// commonWords asks which strong names a common word finds that happens to have a capital,
// as at the beginning of a sentence.
func (c *checker) commonWords() {
	for _, l := range languages() {
		for _, w := range commonWords(l) {
			for _, f := range c.find(capitalised(w, l)+" – "+fillers[l], l) {
				n := &c.x.index.names[f.name]
				of := c.x.concepts[n.concept]
				if len(n.parts) > 1 || n.weak || !n.proper || len(of.Not) > 0 {
					continue
				}
				if key := "common " + n.text + string(n.lang) + of.ID; !c.first(key) {
					continue
				}
				c.blame(of, RuleCommonWord, c.placeOf(n), true,
					fmt.Sprintf("name %q is found in the common word %q where that has a capital", n.text, w),
					`move it under "weak" with "needs", or forbid it with "not"`)
			}
		}
	}
}

func quoted(words []string) string {
	q := make([]string, len(words))
	for i, w := range words {
		q[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(q, ", ")
}
