package render

import (
	"fmt"
	"strconv"
	"strings"

	"samur/internal/news"
)

// operand is how a value of a news.Ground is worded.
type operand uint8

const (
	asIs     operand = iota // a name or address
	aSide                   // news.Side
	aZone                   // part of an item
	aTopic                  // slug
	aPeriod                 // of a figure
	aSeries                 // indicator
	aNumber                 // with a dot before its decimals
	aCount                  // of answers
	aTongue                 // language
	aConcept                // id of the lexicon, or words
	aGround                 // a Ground
	terms                   // all values from here on, concepts or words
	grounds                 // all values from here on, Grounds
)

// operands are the values of each kind of Ground that has any.
var operands = map[news.GroundKind][]operand{
	news.GroundSideIn: {aSide, aZone}, news.GroundSideMeant: {aSide, aZone}, news.GroundSideAside: {aSide},
	news.GroundTopicIn: {aTopic, aZone},
	news.GroundLearnt:  {aCount, grounds}, news.GroundLearntLang: {aTongue}, news.GroundLearntRule: {aGround},
	news.GroundLearntConcept: {aConcept}, news.GroundLearntWord: {aConcept},
	news.GroundAbsent: {aSide}, news.GroundAsideAlone: {aSide}, news.GroundListAlone: {aSide}, news.GroundBehindAlone: {aSide},
	news.GroundBothFail: {aGround, aGround}, news.GroundAgainst: {aGround},
	news.GroundNearest: {asIs, aNumber, aNumber}, news.GroundNotStory: {asIs, aGround}, news.GroundLike: {asIs, terms},
	news.GroundCredits: {asIs, aNumber}, news.GroundRepeats: {aNumber, asIs},
	news.GroundOtherPeriod: {aPeriod, aPeriod}, news.GroundOtherFigure: {aSeries, aPeriod, aPeriod}, news.GroundOtherNumber: {asIs, asIs},
	news.AdviceMoved: {asIs}, news.AdviceDiscover: {asIs},
}

// maxGround bounds a Ground in words.
const maxGround = 300

// Ground words why something was decided. call names what a value stands for, a concept,
// an item or a story, and returns "" for one that it does not know; nil leaves all as
// they are written.
func (t Tongue) Ground(g news.Ground, call func(value string) string) string {
	return tidy(grounder{t.f, call}.word(g), maxGround)
}

// PartOfItem says where in an item something stands.
func (t Tongue) PartOfItem(zone string) string {
	if s := t.f.w.zoneOf[zone]; s != "" {
		return s
	}
	return tidy(zone, maxName)
}

// English words a Ground for those who read English alone: commands, logs and programs.
func English(g news.Ground) string { return plainEnglish.word(g) }

// plainEnglish words as the records have it: topics by slug, periods as they are written.
var plainEnglish = grounder{f: frame{w: &english}}

// grounder words Grounds in one language.
type grounder struct {
	f    frame
	call func(string) string
}

// word words a Ground; one of an older record is its own words, and so is one that lacks
// values.
func (w grounder) word(g news.Ground) string {
	format, values := w.f.w.ground[g.Kind()], g.Values()
	kinds := operands[g.Kind()]
	if format == "" || len(values) < len(kinds) {
		return g.String()
	}
	args := make([]any, 0, len(kinds))
	for i, k := range kinds {
		switch k {
		case terms:
			args = append(args, strings.Join(w.each(terms, values[i:]), ", "))
		case grounds:
			args = append(args, strings.Join(w.each(aGround, values[i:]), "; "))
		default:
			args = append(args, w.value(k, values[i]))
		}
	}
	return fmt.Sprintf(format, args...)
}

func (w grounder) each(k operand, values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = w.value(k, v)
	}
	return out
}

// value words one value.
func (w grounder) value(k operand, v string) string {
	known := ""
	switch k {
	case aSide:
		known = w.f.w.country[news.Side(v)]
	case aZone:
		known = w.f.w.zoneOf[v]
	case aNumber:
		return strings.Replace(v, ".", w.f.w.comma, 1)
	case aCount:
		if n, err := strconv.Atoi(v); err == nil {
			return fmt.Sprintf(w.f.w.answers[w.f.w.form(n)], v)
		}
	case aGround:
		return w.word(news.Ground(v))
	case asIs, aConcept, terms:
		if w.call != nil {
			known = w.call(v)
		}
	case aTongue:
		known = w.f.w.in[news.Lang(v)]
	case aTopic, aPeriod, aSeries:
		if w.call != nil {
			known = w.named(k, v)
		}
	}
	if known == "" && k == terms {
		return news.ShortTerm(v)
	}
	if known == "" {
		return v
	}
	return known
}

// named is a value that digests have a name for.
func (w grounder) named(k operand, v string) string {
	switch k {
	case aTopic:
		return w.f.w.topic[v]
	case aPeriod:
		return w.f.period(v)
	}
	return w.f.indicator(v)
}
