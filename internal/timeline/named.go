package timeline

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Kinds of concepts that take part in events, and those that events take place at.
var (
	takePart = []lexicon.Kind{lexicon.Person, lexicon.Office, lexicon.Institution, lexicon.Company, lexicon.Country, lexicon.Region}
	places   = []lexicon.Kind{lexicon.City, lexicon.Place, lexicon.Region, lexicon.Country}
)

// Who returns the ids of the persons, offices, bodies and countries that go by a name, in
// whatever language and form, or of the concept that has it as its id.
func Who(lx *lexicon.Lexicon, name string) []string { return called(lx, name, takePart) }

// Where returns the ids of the places that go by a name; a country has its cities.
func Where(lx *lexicon.Lexicon, name string) []string {
	return withCities(lx, called(lx, name, places))
}

// called returns the concepts of some kinds that go by a name. A name that needs company
// in a text needs none here.
func called(lx *lexicon.Lexicon, name string, kinds []lexicon.Kind) []string {
	if c, ok := lx.Concept(name); ok {
		return []string{c.ID}
	}
	var ids []string
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		for _, spelt := range []string{name, titled(name)} {
			for _, h := range lx.Explain(spelt, "", l) {
				alone := h.Taken || h.Why == lexicon.Alone
				if alone && slices.Contains(kinds, h.Concept.Kind) && !slices.Contains(ids, h.Concept.ID) {
					ids = append(ids, h.Concept.ID)
				}
			}
		}
	}
	return ids
}

// titled writes every word with a capital.
func titled(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		r := []rune(w)
		words[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return strings.Join(words, " ")
}

// withCities adds the cities and regions of the countries among ids.
func withCities(lx *lexicon.Lexicon, ids []string) []string {
	for _, id := range ids {
		c, ok := lx.Concept(id)
		if !ok || c.Kind != lexicon.Country || c.Side != news.SideAz && c.Side != news.SideRu {
			continue
		}
		for _, o := range lx.Concepts() {
			if o.Side == c.Side && (o.Kind == lexicon.City || o.Kind == lexicon.Region || o.Kind == lexicon.Place) {
				ids = append(ids, o.ID)
			}
		}
	}
	return ids
}

// nearest is how many concepts Near returns at most, and slips how many letters in how
// many may be others.
const (
	nearest   = 5
	slips     = 1
	slipsIn   = 3
	mostRunes = 60 // of a name that is looked for
)

// Near returns those who take part in events and whose name, or a word of it, is spelt
// much like name, the most alike first: what somebody may have meant whom Who does not
// find.
func Near(lx *lexicon.Lexicon, name string) []*lexicon.Concept {
	asked := lang.Fold(strings.TrimSpace(name), news.En)
	letters := utf8.RuneCountInString(asked)
	if letters < 3 || letters > mostRunes {
		return nil
	}
	type candidate struct {
		c   *lexicon.Concept
		far int
	}
	var found []candidate
	for _, c := range lx.Concepts() {
		if !slices.Contains(takePart, c.Kind) {
			continue
		}
		far := letters*slips/slipsIn + 1
		for _, names := range []map[news.Lang][]string{c.Names, c.Weak} {
			for _, list := range names {
				for _, n := range list {
					far = min(far, unlike(asked, n))
				}
			}
		}
		if far <= letters*slips/slipsIn {
			found = append(found, candidate{c, far})
		}
	}
	kind := func(c candidate) int { return slices.Index(takePart, c.c.Kind) } // people before what is named after them
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(kind(a), kind(b)), strings.Compare(a.c.ID, b.c.ID))
	})
	var out []*lexicon.Concept
	for _, f := range found[:min(len(found), nearest)] {
		out = append(out, f.c)
	}
	return out
}

// unlike is how many letters keep a name, or the word of it most like what was asked for,
// from that.
func unlike(asked, name string) int {
	folded := lang.Fold(name, news.En)
	best := lang.Edits(asked, folded)
	for _, w := range strings.Fields(folded) {
		best = min(best, lang.Edits(asked, w))
	}
	return best
}
