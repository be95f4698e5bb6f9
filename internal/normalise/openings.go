package normalise

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// openings are words that something begins with, in capitals or not, by their first
// letter. None has two letters.
type openings struct {
	by    map[rune][]string
	pairs [256][32]uint8 // a bit for the first two bytes of one
	begin letterPairs    // their first three letters, of single letters the first
}

var (
	openTails = openingsOf(&tailOpenings)
	openLines = openingsOf(&lineOpenings)
	openWords = openingsOf(&lineWords)
	openLists = openingsOf(&listOpenings)

	openAsking  = openingsOf(&asking)
	openTeasers = openingsOf(&teasers)

	openOffers = openingsOf(&offerOpenings)
	openCiting = openingsOf(&citing)
)

// openingsOf returns what gives the openings of a list, made when first needed.
func openingsOf(list *[]string) func() *openings {
	return sync.OnceValue(func() *openings {
		all := &openings{by: map[rune][]string{}}
		for _, o := range *list {
			all.add(o)
		}
		return all
	})
}

// add notes the writings of an opening.
func (all *openings) add(o string) {
	first, second, third := letters3(o)
	for _, a := range bothCases(first) {
		if !slices.Contains(all.by[a], o) {
			all.by[a] = append(all.by[a], o)
		}
		for _, b := range bothCases(second) {
			s := string(a) + string(b)
			all.pairs[s[0]][s[1]/8] |= 1 << (s[1] % 8)
			for _, c := range bothCases(third) {
				all.begin.add(beginning(a, b, c))
			}
		}
	}
}

func bothCases(r rune) [2]rune { return [2]rune{r, unicode.ToUpper(r)} }

// letters3 returns the first three letters of s.
func letters3(s string) (a, b, c rune) {
	a, n := utf8.DecodeRuneInString(s)
	b, m := utf8.DecodeRuneInString(s[n:])
	c, _ = utf8.DecodeRuneInString(s[n+m:])
	return a, b, c
}

// beginning is what letterPairs have of three letters.
func beginning(a, b, c rune) [2]rune { return [2]rune{a, b + c<<16} }

// may reports whether an opening may stand at byte i of s, by a look at two bytes, and
// where those pass, which of Cyrillic many do, at three letters.
func (all *openings) may(s string, i int) bool {
	if i+1 >= len(s) || all.pairs[s[i]][s[i+1]/8]&(1<<(s[i+1]%8)) == 0 {
		return false
	}
	a, b, c := letters3(s[i:])
	return all.begin.has(beginning(a, b, c)) || all.begin.has(beginning(a, utf8.RuneError, utf8.RuneError)) // one of a single letter
}

// at reports whether one of the openings stands at byte i of s.
func (all *openings) at(s string, i int) bool { return all.may(s, i) && all.open(s[i:]) }

// in reports whether one of the openings stands anywhere in s.
func (all *openings) in(s string) bool {
	for i := range len(s) {
		if all.at(s, i) {
			return true
		}
	}
	return false
}

// open reports whether s begins with an opening that may be one.
func (all *openings) open(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	for _, o := range all.by[r] {
		if len(s) >= len(o) && strings.EqualFold(s[:len(o)], o) && (!tailMarks[o] || strings.Trim(s[len(o):], spaces) == "") {
			return true
		}
	}
	return false
}
