package cluster

import (
	"slices"
	"strings"

	"samur/internal/lang"
)

// act is a set of things that officials do and headlines tell by a verb.
type act uint8

const (
	calling act = 1 << iota
	meeting
)

// actWords are the beginnings of the words that tell an act, folded; those of three
// letters stand for themselves.
var actWords = map[act][]string{
	calling: strings.Fields("phone telephone call calls called позвон звонок телефон созвон zəng zeng telefon"),
	meeting: strings.Fields(`meet meets met meeting talks receive receives received visit visits visited arrive arrives arrived
		session summit встре перегово приня принял прибы визит заседан саммит görüş gorus danışıq danisiq qəbul qebul səfər sefer iclas sammit`),
}

// leadWords is how many words of a text can tell an act where the headline tells none.
const leadWords = 25

// actsOf returns the acts that the headline tells, or the lead where it tells none. A
// call in which a meeting was agreed on is both in a lead, and then proves nothing.
func actsOf(title, body *lang.Text) act {
	if a := toldActs(title.Tokens); a != 0 {
		return a
	}
	return toldActs(body.Tokens[:min(len(body.Tokens), leadWords)])
}

func toldActs(tokens []lang.Token) (a act) {
	for _, tok := range tokens {
		for k, words := range actWords {
			if slices.ContainsFunc(words, func(w string) bool { return tok.Fold == w || len(w) > 3 && strings.HasPrefix(tok.Fold, w) }) {
				a |= k
			}
		}
	}
	return a
}

// otherAct reports whether one tells a call and no meeting, the other a meeting and no
// call. None of the 481 labelled pairs of one event do, 58 of the others.
func otherAct(a, b act) bool {
	const both = calling | meeting
	return a&both == calling && b&both == meeting || a&both == meeting && b&both == calling
}

// otherCounterpart reports whether both headlines tell a call and each names a person
// that the other item does not.
func otherCounterpart(a, b *sketch) bool {
	return a.acts&b.acts&calling != 0 && hasStranger(a, b) && hasStranger(b, a)
}

// hasStranger reports whether a's headline names a person whom b does not.
func hasStranger(a, b *sketch) bool {
	return slices.ContainsFunc(a.persons, func(p uint32) bool {
		_, known := slices.BinarySearchFunc(b.features, feature{term: p}, byTerm)
		return !known
	})
}
