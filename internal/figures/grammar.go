package figures

import (
	"regexp"
	"strings"
	"sync"

	"samur/internal/news"
)

// grammar is what one language brings: its number words, scales, units, cues
// and expressions of time. All words stand in their plain form (see plain), all
// patterns run over a sentence's norm, where each token is followed by a space.
type grammar struct {
	lang     news.Lang
	numbers  map[string]float64
	unsure   map[string]bool // number words that also mean something else
	half     [][]string      // "half a" before a scale
	plusHalf [][]string      // "and a half" after a number
	scales   []scaleWord
	months   []string // stems, January first; alternatives split by |
	units    []unitRule
	cues     []cueRule
	times    []timeRule
	before   []hedge // approximations in front of a number, anchored at its end
	after    []hedge // … behind the quantity, anchored at its start
	rise     *regexp.Regexp
	fall     *regexp.Regexp
	flat     *regexp.Regexp
	times2   *regexp.Regexp // a verb that says "doubled" by itself
	percent  *regexp.Regexp // follows a number that is a share or a rate
	fold     *regexp.Regexp // follows a number that is a multiple
	byAmount *regexp.Regexp // precedes a number that is an increment
	skip     *regexp.Regexp // precedes or follows a quantity that is none of the ties' own
	subset   *regexp.Regexp // precedes a part of a total just given
	numberOf *regexp.Regexp // precedes or holds the noun whose number follows
	counted  []*regexp.Regexp
}

// scaleWord is a scale with all words for it.
type scaleWord struct {
	name   string // "thousand", "mn", "bn", "trn"
	factor float64
	words  *regexp.Regexp
}

// unitRule recognises what is counted, in the words after a number. class says
// which indicators can be measured in it.
type unitRule struct {
	re    *regexp.Regexp
	unit  string
	class class
	scale string // built into the unit: "mcm" is mn m3
}

// cueRule recognises an indicator's words. An empty indicator names something
// that is no indicator of ours: a number that stands with it is left alone.
// With skip the words mean nothing at all, they only hide a shorter cue.
type cueRule struct {
	re        *regexp.Regexp
	open      openings
	indicator string
	classes   class
	hide      bool
}

// hedge is an approximation.
type hedge struct {
	re   *regexp.Regexp
	name string
}

// class is a set of kinds of unit.
type class uint16

const (
	money class = 1 << iota
	mass
	volume
	boxes
	doses
	persons
	trips
	learners // persons whose very name says students
	guests   // persons whose very name says tourists
	school
	company
	paper
	region
	barrels
	other // a unit of no use to us: the number is taken, and dropped
)

// grammars are built when first needed: their patterns take longer to compile than
// all else that a command does at its start.
var grammars = sync.OnceValue(func() map[news.Lang]*grammar {
	return map[news.Lang]*grammar{news.En: english(), news.Ru: russian(), news.Az: azerbaijani()}
})

// scaleOf returns the scale that w names in l.
func scaleOf(w string, l news.Lang) (scaleWord, bool) {
	g := grammars()[l]
	if g == nil || w == "" {
		return scaleWord{}, false
	}
	for _, s := range g.scales {
		if s.words.MatchString(w) {
			return s, true
		}
	}
	return scaleWord{}, false
}

// gluedUnit holds units that are written right behind a numeral.
var gluedUnit = map[string]bool{
	"bcm": true, "mcm": true, "t": true, "т": true, "kg": true, "кг": true, "m": true, "м": true, "km": true, "км": true,
}

// monthOf returns 1 to 12 for a month's name in any form, 0 for another word.
func monthOf(w string, l news.Lang) int {
	g := grammars()[l]
	if g == nil {
		return 0
	}
	for i, stems := range g.months {
		for stem := range strings.SplitSeq(stems, "|") {
			if exact, ok := strings.CutSuffix(stem, "!"); ok {
				if w == exact {
					return i + 1
				}
			} else if strings.HasPrefix(w, stem) && len(w) <= len(stem)+12 {
				return i + 1
			}
		}
	}
	return 0
}

// compiled returns a pattern that is compiled when first needed: most commands read no
// figures.
func compiled(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// words compiles a list of whole words.
func words(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + alternatives + `)$`)
}

// rx compiles a pattern over norm. A leading "_" is the start of a token, so
// that "trade" is not found in "intrade"; W is one word, N one number.
func rx(p string) *regexp.Regexp {
	p = strings.ReplaceAll(p, "W", `[^ 0-9.,:;()«»"“”-][^ ]*`)
	p = strings.ReplaceAll(p, "N", `[0-9.]+`)
	if rest, ok := strings.CutPrefix(p, "_"); ok {
		p = tokenStart + `(` + rest + `)`
	}
	return regexp.MustCompile(p)
}

func unit(p, name string, c class, scale ...string) unitRule {
	u := unitRule{re: rx(`^(?:` + p + `)`), unit: name, class: c}
	if len(scale) > 0 {
		u.scale = scale[0]
	}
	return u
}

func cue(p, indicator string, c class) cueRule {
	re := rx("_" + p)
	open := everything
	if inner, ok := strings.CutPrefix(re.String(), tokenStart); ok {
		open = openingsOf(inner)
	}
	return cueRule{re: re, open: open, indicator: indicator, classes: c}
}

func hide(p string) cueRule {
	c := cue(p, "", 0)
	c.hide = true
	return c
}

func stop(p string, c class) cueRule { return cue(p, "", c) }

func before(p, name string) hedge { return hedge{re: rx(`(?:^|[ ])(?:` + p + `) $`), name: name} }

func after(p, name string) hedge { return hedge{re: rx(`^(?:` + p + `) `), name: name} }
