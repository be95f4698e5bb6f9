package figures

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// Most rules match nothing in most sentences, and to find that out takes regexp's
// engine some microseconds each: with hundreds of rules, more than all else that is
// done with an item. Every rule begins at the start of a token, so that the first two
// letters of the tokens tell most of them off, and nearly every rule has words without
// which it matches nothing.

// omens are what tells that a rule has nothing to find in a sentence.
type omens struct {
	open openings // of the token at which a match begins
	need []need   // a match holds one of these; nil when that is not known
}

// need is a string of which a match may hold one, with the grams at its two ends.
type need struct {
	text        string
	first, last uint16
}

func omensOf(re *regexp.Regexp) omens {
	tree := behindStart(re)
	if tree == nil {
		return omens{open: everything}
	}
	m := omens{open: opening(tree)}
	for _, text := range needs(tree) {
		n := need{text: text}
		if last := len(text) - gramSize; last >= 0 {
			for !utf8.RuneStart(text[last]) {
				last--
			}
			n.first, n.last = gramAt(text, 0), gramAt(text, last)
		}
		m.need = append(m.need, n)
	}
	return m
}

// good reports whether a rule may have something to find.
func (o *omens) good(s *sentence) bool {
	return o.open.meet(&s.open) && (o.need == nil || s.holdsOne(o.need))
}

// holdsOne reports whether one of some strings stands in the norm. Those whose ends stand
// nowhere in it need not be looked for.
func (s *sentence) holdsOne(of []need) bool {
	if s.grams == nil {
		s.grams = gramsIn(s.norm)
	}
	return slices.ContainsFunc(of, func(n need) bool {
		return (len(n.text) < gramSize || s.grams.has(n.first) && s.grams.has(n.last)) && strings.Contains(s.norm, n.text)
	})
}

// grams is a set of gramSize bytes each, with false members now and then.
type grams [16]uint64

// gramSize is two letters of Cyrillic, or four of Latin.
const gramSize = 4

// gramsIn returns the grams of a norm that begin with a letter or a sign.
func gramsIn(norm string) *grams {
	all := new(grams)
	for at := 0; at+gramSize <= len(norm); at++ {
		if utf8.RuneStart(norm[at]) {
			n := gramAt(norm, at)
			all[n>>6] |= 1 << (n & 63)
		}
	}
	return all
}

// gramAt is the place of the gram at byte i of s: ten bits of its product with the golden
// ratio.
func gramAt(s string, i int) uint16 {
	g := s[i : i+gramSize]
	return uint16((uint32(g[0]) | uint32(g[1])<<8 | uint32(g[2])<<16 | uint32(g[3])<<24) * 2654435761 >> 22)
}

// has reports whether a gram may be a member.
func (all *grams) has(n uint16) bool { return all[n>>6]&(1<<(n&63)) != 0 }

// maxNeeds is how many strings are still quicker to look for than the rule itself.
const maxNeeds = 16

// needs returns strings one of which stands in all that a pattern matches, nil when there
// are none that tell anything.
func needs(re *syntax.Regexp) []string {
	var out []string
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 && len(strings.TrimSpace(string(re.Rune))) > 1 {
			out = []string{string(re.Rune)}
		}
	case syntax.OpCapture, syntax.OpPlus:
		out = needs(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			out = needs(re.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if n := needs(sub); n != nil && (out == nil || rarity(n) > rarity(out)) {
				out = n
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			n := needs(sub)
			if n == nil {
				return nil
			}
			out = append(out, n...)
		}
	}
	if len(out) > maxNeeds {
		return nil
	}
	return out
}

// rarity says how much the want of some strings tells: the longer the shortest of them.
func rarity(need []string) int {
	least := len(need[0])
	for _, w := range need {
		least = min(least, len(w))
	}
	return least
}

// openings is a set of pairs of letters, with false members now and then.
type openings [16]uint64

func (o *openings) add(first, second rune) {
	n := bitOf(first, second)
	o[n>>6] |= 1 << (n & 63)
}

// bitOf is the place of a pair: ten bits of its product with the golden ratio.
func bitOf(first, second rune) uint32 {
	return (uint32(first)*31 + uint32(second)) * 2654435761 >> 22
}

// firstLetters returns the first two letters of s.
func firstLetters(s string) (first, second rune) {
	first, n := utf8.DecodeRuneInString(s)
	second, _ = utf8.DecodeRuneInString(s[n:])
	return first, second
}

// meet reports whether two sets may have a member in common.
func (o *openings) meet(p *openings) bool {
	for i := range o {
		if o[i]&p[i] != 0 {
			return true
		}
	}
	return false
}

// has reports whether a pair may be a member.
func (o *openings) has(first, second rune) bool {
	n := bitOf(first, second)
	return o[n>>6]&(1<<(n&63)) != 0
}

// starts is a set of the first three letters of what a pattern matches, for those that are
// tried at each token: of two letters too many tokens have the same.
type starts struct {
	three [32]uint64 // with false members now and then
	two   openings   // of those behind which any letter may come
}

// has reports whether three letters may be a member.
func (o *starts) has(first, second, third rune) bool {
	n := bitOfThree(first, second, third)
	return o.three[n>>6]&(1<<(n&63)) != 0 || o.two.has(first, second)
}

// bitOfThree is the place of three letters: eleven bits of their product with the golden
// ratio.
func bitOfThree(first, second, third rune) uint32 {
	return (uint32(first)*961 + uint32(second)*31 + uint32(third)) * 2654435761 >> 21
}

// firstThree returns the first three letters of s.
func firstThree(s string) (first, second, third rune) {
	first, n := utf8.DecodeRuneInString(s)
	second, m := utf8.DecodeRuneInString(s[n:])
	third, _ = utf8.DecodeRuneInString(s[n+m:])
	return first, second, third
}

// startsOf returns what a token must begin with where re matches.
func startsOf(re *regexp.Regexp) *starts {
	tree := behindStart(re)
	if tree == nil {
		return &starts{two: everything}
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return &starts{two: everything}
	}
	o := &starts{}
	firsts, ok := letters(prog, uint32(prog.Start))
	for _, f := range firsts {
		seconds, known := letters(prog, f.next)
		ok = ok && known
		for _, s := range seconds {
			o.add(prog, f.r, s)
		}
	}
	if !ok {
		return &starts{two: everything}
	}
	return o
}

// add adds two letters with all that may come behind them in a program.
func (o *starts) add(prog *syntax.Prog, first rune, second letter) {
	thirds, ok := letters(prog, second.next)
	if !ok {
		o.two.add(first, second.r)
		return
	}
	for _, t := range thirds {
		n := bitOfThree(first, second.r, t.r)
		o.three[n>>6] |= 1 << (n & 63)
	}
}

// everything has all pairs.
var everything = func() (o openings) {
	for i := range o {
		o[i] = ^uint64(0)
	}
	return o
}()

// openingsIn returns the openings of the tokens of a norm.
func openingsIn(norm string) (o openings) {
	for at := 0; at < len(norm); {
		o.add(firstLetters(norm[at:]))
		next := strings.IndexByte(norm[at:], ' ')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return o
}

// tokenStart is what the patterns of rules begin with.
const tokenStart = `(?:^|[ ])`

// atToken begins the patterns that next looks for instead.
const atToken = `^[ ]?`

// next returns where a pattern that begins with atToken first matches behind from, as
// regexp does for norm[from:], nil when it does not. It is tried only at tokens that open
// as its matches do, open: the engine, left to itself, tries each letter.
func next(re *regexp.Regexp, open *openings, norm string, from int) []int {
	for at := from; at < len(norm); {
		token := at
		if norm[at] == ' ' {
			token++
		}
		if open.has(firstLetters(norm[token:])) {
			if loc := re.FindStringSubmatchIndex(norm[at:]); loc != nil {
				return moved(loc, at-from)
			}
		}
		end := strings.IndexByte(norm[token:], ' ')
		if end < 0 {
			return nil
		}
		at = token + end
	}
	return nil
}

// moved puts the places of a match by so much further on.
func moved(loc []int, by int) []int {
	for i := range loc {
		if loc[i] >= 0 {
			loc[i] += by
		}
	}
	return loc
}

// behindStart returns what a pattern has behind the start of a token, nil when it does not
// begin there.
func behindStart(re *regexp.Regexp) *syntax.Regexp {
	inner, ok := strings.CutPrefix(re.String(), atToken)
	if !ok {
		inner, ok = strings.CutPrefix(re.String(), tokenStart)
	}
	if !ok {
		return nil
	}
	tree, err := syntax.Parse(inner, syntax.Perl)
	if err != nil {
		return nil
	}
	return tree
}

// openingsOf returns what a token must open with where re matches.
func openingsOf(re *regexp.Regexp) openings {
	if tree := behindStart(re); tree != nil {
		return opening(tree)
	}
	return everything
}

// opening returns what all that a pattern matches opens with.
func opening(tree *syntax.Regexp) openings {
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return everything
	}
	var o openings
	firsts, ok := letters(prog, uint32(prog.Start))
	for _, f := range firsts {
		seconds, known := letters(prog, f.next)
		if ok = ok && known; !ok {
			break
		}
		for _, s := range seconds {
			o.add(f.r, s.r)
		}
	}
	if !ok {
		return everything
	}
	return o
}

// letter is one that may come next, and the state of the program behind it.
type letter struct {
	r    rune
	next uint32
}

// letters lists the letters that may come at a state, with ok false when they are too
// many or none need come.
func letters(prog *syntax.Prog, from uint32) (out []letter, ok bool) {
	seen := map[uint32]bool{}
	for todo := []uint32{from}; len(todo) > 0; {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch in := &prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			todo = append(todo, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstEmptyWidth, syntax.InstNop:
			todo = append(todo, in.Out)
		case syntax.InstRune1:
			out = append(out, letter{in.Rune[0], in.Out})
		case syntax.InstRune:
			if syntax.Flags(in.Arg)&syntax.FoldCase != 0 || len(in.Rune) == 1 {
				return nil, false
			}
			for i := 0; i < len(in.Rune); i += 2 {
				if in.Rune[i+1]-in.Rune[i] > 64 {
					return nil, false
				}
				for r := in.Rune[i]; r <= in.Rune[i+1]; r++ {
					out = append(out, letter{r, in.Out})
				}
			}
		case syntax.InstFail:
		default:
			return nil, false
		}
	}
	return out, true
}
