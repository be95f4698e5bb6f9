package normalise

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// openings are words that something begins with, in capitals or not.
type openings struct {
	by    map[rune][]string // by their first letter
	looks [256]uint8        // by a first byte, how many bytes of s are looked at first, 0 where none begins so
	begin sieve             // those bytes, in all writings
}

var (
	openTails = openingsOf(&tailOpenings)
	openLines = openingsOf(&lineOpenings)
	openWords = openingsOf(&lineWords)
	openLists = openingsOf(&listOpenings)

	openAsking  = openingsOf(&asking)
	openTeasers = openingsOf(&teasers)

	monthNames = strings.Split(months, "|")
	openMonths = openingsOf(&monthNames)

	openOffers = openingsOf(&offerOpenings)
	openCiting = openingsOf(&citing)

	openCitingWords = openingsOf(&citingWords)
)

// openingsOf returns what gives the openings of a list, made when first needed.
func openingsOf(list *[]string) func() *openings {
	return sync.OnceValue(func() *openings {
		all := &openings{by: map[rune][]string{}}
		for _, o := range *list {
			all.add(o)
		}
		for _, o := range *list {
			for _, w := range writings(o) {
				all.begin.add(beginning(w, int(all.looks[w[0]])))
			}
		}
		return all
	})
}

// add notes an opening by its first letter and its first byte.
func (all *openings) add(o string) {
	for _, w := range writings(o) {
		first, _ := utf8.DecodeRuneInString(w)
		if !slices.Contains(all.by[first], o) {
			all.by[first] = append(all.by[first], o)
		}
		if n := uint8(min(len(o), longestBeginning)); all.looks[w[0]] == 0 || n < all.looks[w[0]] {
			all.looks[w[0]] = n
		}
	}
}

// longestBeginning is how many bytes of an opening are looked at first at most.
const longestBeginning = 4

// writings returns the letters that an opening begins with, in small ones and capitals, as
// many as have longestBeginning bytes. A letter whose other case is longer or shorter has
// none, since an opening is compared with as many bytes as it has.
func writings(o string) []string {
	out := []string{""}
	for i, r := range o {
		if i >= longestBeginning {
			break
		}
		for k, w := range out {
			out[k] = w + string(r)
			if c := unicode.ToUpper(r); c != r && utf8.RuneLen(c) == utf8.RuneLen(r) {
				out = append(out, w+string(c))
			}
		}
	}
	return out
}

// beginning is what a sieve has of the first n bytes of s, at most longestBeginning.
func beginning(s string, n int) (key uint64) {
	if len(s) >= longestBeginning { // at once, for nearly all have more bytes
		return uint64(uint32(s[0])|uint32(s[1])<<8|uint32(s[2])<<16|uint32(s[3])<<24) & (1<<(8*n) - 1)
	}
	for i := range n {
		key |= uint64(s[i]) << (8 * i)
	}
	return key
}

// at reports whether one of the openings stands at byte i of s: looked for word by word
// where the first bytes may be those of one.
func (all *openings) at(s string, i int) bool {
	if i >= len(s) || all.looks[s[i]] == 0 {
		return false
	}
	n := int(all.looks[s[i]])
	return len(s)-i >= n && all.begin.has(beginning(s[i:], n)) && all.open(s[i:])
}

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

// sieve is a set of numbers that may take others for its own.
type sieve [256]uint64

func (s *sieve) place(key uint64) (i int, bit uint64) {
	h := key * 0x9e3779b97f4a7c15
	return int(h >> 56), 1 << (h >> 50 % 64)
}

func (s *sieve) add(key uint64) {
	i, bit := s.place(key)
	s[i] |= bit
}

func (s *sieve) has(key uint64) bool {
	i, bit := s.place(key)
	return s[i]&bit != 0
}
