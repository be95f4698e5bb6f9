package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/lang"
)

// A surname by itself may be someone else's: a footballer Aliyev is not the president.
// Where a given name or an initial stands before it, it must be one that the lexicon
// knows for this person, in this or a like spelling. At the beginning of a sentence any
// word has a capital, so there only given names that the lexicon knows of others count.

// givens collects the given names of a concept: the first words of its longer names.
func (b *builder) givens(names []name) []string {
	var out []string
	for i := range names {
		n := &names[i]
		if len(n.parts) < 2 {
			continue
		}
		b.x.given[n.parts[0].word] = true
		first := lang.Plain(lang.Fold(strings.Fields(n.text)[0], n.lang))
		if !slices.Contains(out, first) {
			out = append(out, first)
		}
	}
	return out
}

// someoneElse reports whether the word before token i makes the surname there another
// person's.
func (s *scratch) someoneElse(i int, n *name) bool {
	known := s.x.guards[n.concept].givens
	toks := s.text.Tokens
	if len(known) == 0 || i == 0 || toks[i-1].Sent != toks[i].Sent || s.titled {
		return false
	}
	if initial, ok := s.initials(i); ok {
		return !slices.ContainsFunc(known, func(g string) bool { return strings.HasPrefix(g, initial) }) && sameScript(initial, known)
	}
	p := i - 1
	if lang.Patronymic(toks[p].Fold) && p > 0 {
		p--
	}
	return s.named(p, i) && stranger(lang.Plain(toks[p].Fold), known) && s.givenName(p)
}

// initialled reports whether the surname at token i has an initial before it that fits:
// "I. Aliyev" needs no other company.
func (s *scratch) initialled(i int, n *name) bool {
	if !n.person || len(n.parts) != 1 {
		return false
	}
	initial, ok := s.initials(i)
	return ok && slices.ContainsFunc(s.x.guards[n.concept].givens, func(g string) bool { return strings.HasPrefix(g, initial) })
}

// named reports whether token p is written as a given name is before the surname at i.
func (s *scratch) named(p, i int) bool {
	t := &s.text.Tokens[p]
	return t.Kind == lang.Word && t.Upper && s.spaced(p, i) && !allCapitals(s.text.Word(p))
}

// stranger reports whether a word may be a given name and is no spelling of those known.
func stranger(word string, known []string) bool {
	if utf8.RuneCountInString(word) < 3 || notGiven[word] || !sameScript(word, known) {
		return false
	}
	return !slices.ContainsFunc(known, func(g string) bool { return alike(word, g) })
}

// givenName reports whether the word in a capital at p is to be taken for a given name:
// the lexicon has it as one, or it has no such word and the place gives no capital.
func (s *scratch) givenName(p int) bool {
	m := s.byToken[p]
	for _, w := range s.matches[m.from:m.to] {
		if s.x.given[w] {
			return true
		}
	}
	toks := s.text.Tokens
	if p == 0 || toks[p-1].Sent != toks[p].Sent || toks[p-1].Kind == lang.Punct && !isQuote(toks[p-1].Fold) {
		return false // any word may have a capital here
	}
	return m.from == m.to
}

// spaced reports that nothing but space stands between tokens from and to.
func (s *scratch) spaced(from, to int) bool {
	for k := from; k < to; k++ {
		a, b := s.text.Tokens[k].End, s.text.Tokens[k+1].Start
		if b <= a || b > a+4 || strings.ContainsRune(s.text.Raw[a:b], '\n') {
			return false
		}
	}
	return true
}

// initials returns the first of the initials that stand before token i.
func (s *scratch) initials(i int) (string, bool) {
	toks := s.text.Tokens
	first := -1
	for k := i - 1; k >= 1 && toks[k].Fold == "." && toks[k-1].Kind == lang.Word && toks[k-1].Upper; k -= 2 {
		if utf8.RuneCountInString(toks[k-1].Fold) > 1 {
			break
		}
		first = k - 1
	}
	if first < 0 {
		return "", false
	}
	return lang.Plain(toks[first].Fold), true
}

// alike reports whether two given names may be spellings of one: they begin with the
// same two letters or have the same first two consonants. A case ending does not matter.
func alike(a, b string) bool {
	ra, rb := []rune(a), []rune(b)
	if len(ra) < 2 || len(rb) < 2 {
		return false
	}
	return ra[0] == rb[0] && ra[1] == rb[1] || consonants(ra) == consonants(rb)
}

func consonants(w []rune) string {
	var out []rune
	for _, r := range w {
		if !strings.ContainsRune("aeiouyаеиоуыэюяйь", r) {
			out = append(out, r)
		}
		if len(out) == 2 {
			break
		}
	}
	return string(out)
}

func sameScript(w string, known []string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return slices.ContainsFunc(known, func(g string) bool {
		k, _ := utf8.DecodeRuneInString(g)
		return unicode.Is(unicode.Cyrillic, r) == unicode.Is(unicode.Cyrillic, k)
	})
}

func allCapitals(w string) bool {
	return strings.IndexFunc(w, unicode.IsLower) < 0
}

// notGiven are words in capitals that stand before surnames and are no given names.
var notGiven = wordSet(`
	mr mrs ms miss sir lord lady dr prof president minister premier chancellor senator ambassador secretary general
	colonel major captain admiral governor mayor deputy spokesman spokeswoman spokesperson speaker chairman chairwoman
	king prince sheikh leader comrade judge prosecutor congressman representative envoy director chief head
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
	september october november december
	cenab xanim bey muellim prezident nazir deputat sefir sedr general direktor rehber spiker
	bazar ertesi cume sembe yanvar fevral mart aprel mayin iyun iyul avqust sentyabr oktyabr noyabr dekabr
	господин госпожа товарищ президент министр премьер канцлер сенатор посол секретарь генерал полковник губернатор
	мэр депутат спикер председатель глава директор король принц шейх аятолла лидер`)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
