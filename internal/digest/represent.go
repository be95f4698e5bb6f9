package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// What makes an item stand for its story. Being central is measured from 0 to 1;
// the rest is set against it.
const (
	titledWorth   = 2    // an item without a headline leads only when none has one
	completeWorth = 0.25 // it has a sentence that can be quoted
	ownLangWorth  = 0.2  // among near equals the reader's language goes first
	leadSentences = 5    // of an item, title included, by which it is compared
)

// representative returns the item that stands for a story: an original among the
// fresh ones that says most of what the others say too. A returning story is led
// by one of the items for which it returns.
func (b *builder) representative(c *candidate) *news.Item {
	pool := c.behind
	if len(pool) == 0 {
		pool = c.originals()
	}
	if len(pool) == 0 {
		pool = c.tell
	}
	central := b.central(pool)
	best, most := pool[0], -1.0
	for _, it := range pool {
		if w := central[it] + b.standing(it); w > most { // of equals the earliest
			best, most = it, w
		}
	}
	return best
}

// standing is what speaks for an item besides what it says.
func (b *builder) standing(it *news.Item) float64 {
	w := 0.0
	if strings.TrimSpace(it.Title) != "" {
		w += titledWorth
	}
	if slices.ContainsFunc(b.reader.read(it).sentences, func(s *sentence) bool { return s.field == news.FieldText && s.quotable() }) {
		w += completeWorth
	}
	if it.Lang == b.Options.Lang {
		w += ownLangWorth
	}
	return w
}

// central returns for every item the part of what several of them say that it
// says: the concepts it names up front and its figures, which mean the same in
// every language.
func (b *builder) central(items []*news.Item) map[*news.Item]float64 {
	marks := map[*news.Item][]string{}
	count := map[string]int{}
	for _, it := range items {
		marks[it] = b.marks(it)
		for _, m := range marks[it] {
			count[m]++
		}
	}
	shared := 0
	for _, n := range count {
		shared += n - 1
	}
	out := map[*news.Item]float64{}
	for _, it := range items {
		own := 0
		for _, m := range marks[it] {
			own += count[m] - 1
		}
		if shared > 0 {
			out[it] = float64(own) / float64(shared)
		}
	}
	return out
}

func (b *builder) marks(it *news.Item) []string {
	var out []string
	rd := b.reader.read(it)
	for _, s := range rd.sentences[:min(len(rd.sentences), leadSentences)] {
		for _, c := range s.concepts {
			out = append(out, c.ID)
		}
		for _, f := range s.figures {
			out = append(out, fmt.Sprintf("%s %g", f.Indicator, f.Value))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// maxActors is how many names an entry lists.
const maxActors = 5

// How prominently an item names somebody.
const (
	inTitle = 3
	inFirst = 2 // in the first sentence of the text
	inText  = 1
)

// findActors finds who acts in a story, the most prominent first, and how many of
// them are named up front.
func (b *builder) findActors(c *candidate) {
	points := map[*lexicon.Concept]int{}
	front := map[*lexicon.Concept]bool{}
	for _, it := range c.tell {
		best := map[*lexicon.Concept]int{}
		body := 0
		for _, s := range b.reader.read(it).sentences {
			worth := inText
			switch {
			case s.field == news.FieldTitle:
				worth = inTitle
			case body == 0:
				worth = inFirst
			}
			if s.field == news.FieldText {
				body++
			}
			for _, k := range s.concepts {
				if actor(k) {
					best[k] = max(best[k], worth)
					if worth > inText {
						front[k] = true
					}
				}
			}
		}
		for k, p := range best {
			points[k] += p
		}
	}
	c.weighty = len(front)
	c.actors = namesOf(points, b.Options.Lang)
}

// actor reports whether a concept is somebody. A bare "prime minister" of no side
// is an office without a holder, and "customs", in small letters, is no body either.
func actor(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person:
		return true
	case lexicon.Institution:
		first, _ := utf8.DecodeRuneInString(c.Name(news.En))
		return unicode.IsUpper(first)
	case lexicon.Office:
		return c.Side != ""
	}
	return false
}

// namesOf returns the names of the concepts with most points; of equals, people
// before offices before institutions. A bare "Foreign Ministry" beside one that is
// named with its country says nothing.
func namesOf(points map[*lexicon.Concept]int, l news.Lang) []string {
	order := map[lexicon.Kind]int{lexicon.Person: 0, lexicon.Office: 1, lexicon.Institution: 2}
	all := make([]*lexicon.Concept, 0, len(points))
	for k := range points {
		all = append(all, k)
	}
	slices.SortFunc(all, func(x, y *lexicon.Concept) int {
		return cmp.Or(cmp.Compare(points[y], points[x]), cmp.Compare(order[x.Kind], order[y.Kind]), strings.Compare(x.ID, y.ID))
	})
	var out []string
	for _, k := range all {
		name := k.Name(l)
		fuller := func(o *lexicon.Concept) bool {
			return o.Kind == k.Kind && o.Side != "" && strings.HasSuffix(o.Name(l), " "+name)
		}
		if k.Side == "" && slices.ContainsFunc(all, fuller) {
			continue
		}
		if len(out) < maxActors && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
