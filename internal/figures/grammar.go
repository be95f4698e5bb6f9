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
	lang       news.Lang
	numbers    map[string]float64
	unsure     map[string]bool // number words that also mean something else
	shares     []ratio         // "half a", "a quarter" before a scale
	plusShares []ratio         // "and a half" after a number
	dozens     *regexp.Regexp
	point      *regexp.Regexp // the decimal point as a word
	scales     []scaleWord
	months     []string // stems, January first; alternatives split by |
	monthOpen  openings // what their names open with
	units      []unitRule
	cues       []cueRule
	times      []timeRule
	before     []hedge // approximations in front of a number, anchored at its end
	after      []hedge // … behind the quantity, anchored at its start
	rise       *regexp.Regexp
	fall       *regexp.Regexp
	flat       *regexp.Regexp
	times2     *regexp.Regexp // a verb that says "doubled" by itself
	percent    *regexp.Regexp // follows a number that is a share or a rate
	fold       *regexp.Regexp // follows a number that is a multiple
	byAmount   *regexp.Regexp // precedes a number that is an increment
	pronoun    *regexp.Regexp // stands for what the title counts
	numberOf   *regexp.Regexp // precedes or holds the noun whose number follows
	amounts    *regexp.Regexp // a verb that gives its subject a number: "arrivals totalled"
	counted    []*regexp.Regexp

	// A scale without a number before it.
	loneScale   *regexp.Regexp // may stand for one of it
	hedgedScale *regexp.Regexp // … only behind a word of hedging
	hedging     *regexp.Regexp
	several     *regexp.Regexp // words that make it no number

	future *regexp.Regexp // what is to come

	// What a change is measured from.
	rateBefore *regexp.Regexp // holds a rate, which a time such as "a year earlier" belongs to
	baseBefore *regexp.Regexp // precedes its time
	baseAfter  *regexp.Regexp // follows it
	baseFrom   *regexp.Regexp // begins with its last word

	contextWords
	pairs pairWords
	gap   gapWords
	bars  barWords
	per   perWords
	fates fates
}

// contextWords are the patterns of what a sentence speaks of, where no cue tells what its
// number measures or of when it is.
type contextWords struct {
	// What else tells what is measured.
	venture    *regexp.Regexp // what capital is put into
	spending   *regexp.Regexp // a verb of building or buying it
	publicWork *regexp.Regexp // what a state builds for itself
	medicine   *regexp.Regexp // what is given, not sold
	carrying   *regexp.Regexp // by what freight goes, or where
	dwell      *regexp.Regexp // people who do not travel
	wood       *regexp.Regexp // what is also measured in cubic metres

	// What dates a figure that names no time.
	gathering *regexp.Regexp // a forum, a meeting of regions
	inForce   *regexp.Regexp // papers that were signed before
	batch     *regexp.Regexp // one load
	reached   *regexp.Regexp // a value that a year came to
	review    *regexp.Regexp // a year as a whole
}

// pairWords are the patterns of numbers that belong together.
type pairWords struct {
	risesFrom *regexp.Regexp // precedes the first of two values
	spanFrom  *regexp.Regexp // precedes the first end of a range
	spanTo    *regexp.Regexp // stands between the two
	base      *regexp.Regexp // precedes the earlier value that one is compared with
	against   *regexp.Regexp // precedes a value that another is compared with
	alike     *regexp.Regexp // holds a number, 0, that counts what the one before it did
	outOf     *regexp.Regexp // stands between a part and its whole
	also      *regexp.Regexp // stands between two counts of one noun, which only the second names
	item      *regexp.Regexp // stands between two of a list
	noNoun    *regexp.Regexp // follows a number that names no noun
	named     *regexp.Regexp // precedes a number that is a name: "article 5"
}

// gapWords are the words between a number and its noun.
type gapWords struct {
	degree *regexp.Regexp // do not count
	ends   *regexp.Regexp // no noun comes behind
	copula *regexp.Regexp // may stand first: "340,000 were Russians"
}

// barWords are what makes a quantity none of the ties' own.
type barWords struct {
	skip     *regexp.Regexp // beside it
	more     *regexp.Regexp // behind it: an increment, "22,000 more than a year earlier"
	goal     *regexp.Regexp // before it: it is not so yet
	subset   *regexp.Regexp // right before it: a part of a total just given
	ofThem   *regexp.Regexp // right behind it, likewise
	partOf   *regexp.Regexp // right behind the part of a total that is the ties' own
	incident *regexp.Regexp // a consignment that was stopped
	able     *regexp.Regexp // what could be carried
	made     *regexp.Regexp // made, used or stored at home
	notFirms *regexp.Regexp // companies that travel, or may do something
	foreign  *regexp.Regexp // visitors from everywhere
}

// ratio is a part of one in words.
type ratio struct {
	value float64
	words []string
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
	open  *starts
	unit  string
	class class
	scale string // built into the unit: "mcm" is mn m3
}

// cueRule recognises an indicator's words. An empty indicator names something
// that is no indicator of ours: a number that stands with it is left alone.
// With skip the words mean nothing at all, they only hide a shorter cue.
type cueRule struct {
	re        *regexp.Regexp
	omens     omens
	indicator string
	classes   class
	hide      bool
}

// hedge is an approximation.
type hedge struct {
	re   *regexp.Regexp
	open openings // of the token at which it begins
	name string
}

// class is a set of kinds of unit.
type class uint32

const (
	money class = 1 << iota
	mass
	volume
	boxes
	doses
	persons
	trips
	pieces   // eggs, cattle
	learners // persons whose very name says students
	guests   // persons whose very name says tourists
	school
	company
	paper
	region
	barrels
	flight
	passenger
	folk  // people of whom only what befell them counts: soldiers, employees
	other // a unit of no use to us: the number is taken, and dropped
)

// grammars are built when first needed: their patterns take longer to compile than
// all else that a command does at its start.
var grammars = sync.OnceValue(func() map[news.Lang]*grammar {
	all := map[news.Lang]*grammar{news.En: english(), news.Ru: russian(), news.Az: azerbaijani()}
	for _, g := range all {
		for stem := range strings.SplitSeq(strings.Join(g.months, "|"), "|") {
			g.monthOpen.add(firstLetters(stem)) // none is of a single letter
		}
	}
	return all
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
	if g == nil || !g.monthOpen.has(firstLetters(w)) {
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

// never is a pattern that matches nothing.
const never = `[^\x{0}-\x{10FFFF}]`

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
	u := unitRule{re: rx(`^(?:` + p + `) `), unit: name, class: c}
	u.open = startsOf(rx("_(?:" + p + ") "))
	if len(scale) > 0 {
		u.scale = scale[0]
	}
	return u
}

func cue(p, indicator string, c class) cueRule {
	re := rx(atToken + "(" + p + ")")
	return cueRule{re: re, omens: omensOf(re), indicator: indicator, classes: c}
}

// verb is a cue that becomes an indicator only by what stands with it: see resolve and
// plain.
func verb(p, name string, c class) cueRule { return cue(p, name, c) }

func hide(p string) cueRule {
	c := cue(p, "", 0)
	c.hide = true
	return c
}

func stop(p string, c class) cueRule { return cue(p, "", c) }

func before(p, name string) hedge {
	re := rx(tokenStart + `(?:` + p + `) $`)
	return hedge{re: re, open: openingsOf(re), name: name}
}

func after(p, name string) hedge {
	return hedge{re: rx(`^(?:` + p + `) `), open: openingsOf(rx("_(?:" + p + ") ")), name: name}
}
