package figures

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samur/internal/news"
)

// TestOpenings holds the look at first letters and needed words to the rules that it
// stands before: what a rule matches, written at random from its own pattern, it must not
// turn away, and next finds it where the engine alone does.
func TestOpenings(t *testing.T) {
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		g := grammars()[l]
		turned, needy, words := 0, 0, []string{"7777 ", "zzzz ", ": ", "wwww ", "& "}
		try := func(re *regexp.Regexp, m omens) {
			o := m.open
			if m.need != nil {
				needy++
			}
			tree, err := syntax.Parse(re.String(), syntax.Perl)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range words {
				if other := openingsIn(w); !o.meet(&other) {
					turned++
				}
			}
			alone := regexp.MustCompile(tokenStart + strings.TrimPrefix(re.String(), atToken))
			rapid.Check(t, func(t *rapid.T) {
				norm := rapid.SampledFrom([]string{"", "word ", "5 ", "word 5 "}).Draw(t, "before") + strings.TrimPrefix(sample(t, tree), " ")
				want := alone.FindStringSubmatchIndex(norm)
				if want != nil && !m.good(&sentence{norm: norm, open: openingsIn(norm)}) {
					t.Errorf("%s: %q matches %s and is turned away", l, norm, re)
				}
				if got := next(re, &o, norm, 0); !slices.Equal(got, want) {
					t.Errorf("%s: next(%s, %q) = %v, want %v", l, re, norm, got, want)
				}
			})
		}
		for _, r := range g.times {
			try(r.re, r.omens)
		}
		for _, c := range g.cues {
			try(c.re, c.omens)
		}
		all := len(g.times) + len(g.cues)
		if strange := all * len(words); turned < strange*9/10 {
			t.Errorf("%s: strange words are turned away %d of %d times, want most", l, turned, strange)
		}
		if needy < all*4/5 {
			t.Errorf("%s: %d of %d rules need known words, want most", l, needy, all)
		}
	}
}

// TestStarts holds the look at first letters to the units, the hedges and the names that it
// stands before: what one of them matches, it must not turn away.
func TestStarts(t *testing.T) {
	turned, all := 0, 0
	try := func(re *regexp.Regexp, has func(norm string) bool) {
		tree, err := syntax.Parse(re.String(), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range []string{"7777 ", "zzzz ", "wwww "} {
			if all++; !has(w) {
				turned++
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			norm := sample(t, tree)
			if re.MatchString(norm) && !has(norm) {
				t.Errorf("%q matches %s and is turned away", norm, re)
			}
		})
	}
	for _, g := range grammars() {
		for _, u := range g.units {
			try(u.re, func(norm string) bool { return u.open.has(firstThree(norm)) })
		}
		for _, h := range g.after {
			try(h.re, func(norm string) bool { return h.open.has(firstLetters(norm)) })
		}
		for _, h := range g.before {
			try(h.re, func(norm string) bool { open := openingsIn(norm); return h.open.meet(&open) })
		}
	}
	for _, p := range partyNames() {
		try(p.re, func(norm string) bool { return p.open.has(firstThree(norm)) })
	}
	if turned < all*9/10 {
		t.Errorf("strange words are turned away %d of %d times, want most", turned, all)
	}
}

// sample writes a text that a pattern matches.
func sample(t *rapid.T, re *syntax.Regexp) string {
	times := func(least, most int) string {
		var b strings.Builder
		for range rapid.IntRange(least, most).Draw(t, "times") {
			b.WriteString(sample(t, re.Sub[0]))
		}
		return b.String()
	}
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		at := 2 * rapid.IntRange(0, len(re.Rune)/2-1).Draw(t, "range")
		return string(re.Rune[at+rapid.IntRange(0, 1).Draw(t, "end")])
	case syntax.OpCapture, syntax.OpConcat:
		var b strings.Builder
		for _, s := range re.Sub {
			b.WriteString(sample(t, s))
		}
		return b.String()
	case syntax.OpAlternate:
		return sample(t, rapid.SampledFrom(re.Sub).Draw(t, "alternative"))
	case syntax.OpQuest:
		return times(0, 1)
	case syntax.OpStar:
		return times(0, 2)
	case syntax.OpPlus:
		return times(1, 2)
	case syntax.OpRepeat:
		most := re.Max
		if most < 0 {
			most = re.Min + 2
		}
		return times(re.Min, most)
	}
	return "" // the empty-width ones
}
