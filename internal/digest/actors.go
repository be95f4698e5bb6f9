package digest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
)

// maxActors is how many names an entry lists.
const maxActors = 5

// How prominently an item names somebody.
const (
	inTitle = 3
	inFirst = 2 // in the first sentence of the text
	inText  = 1
)

// frontItems is how many reports of a story are asked who acts in it: the others say the
// same.
const frontItems = 5

// front returns who is named in the headlines and first sentences of c.
func (b *builder) front(c *candidate) map[*lexicon.Concept]bool {
	out := map[*lexicon.Concept]bool{}
	speakers := c.speakers()
	for _, it := range speakers[:min(len(speakers), frontItems)] {
		for _, s := range b.skim.Read(it).Sentences { // the title and the first of the text
			for _, k := range s.Concepts {
				if actor(k) {
					out[k] = true
				}
			}
		}
	}
	return out
}

// actors returns the names of those who act in c, the most prominent first.
func (b *builder) actors(c *candidate) []string {
	points := map[*lexicon.Concept]int{}
	for _, it := range c.speakers() {
		best := map[*lexicon.Concept]int{}
		body := 0
		for _, s := range b.reader.Read(it).Sentences {
			worth := inText
			switch {
			case s.Field == news.FieldTitle:
				worth = inTitle
			case body == 0:
				worth = inFirst
			}
			if s.Field == news.FieldText {
				body++
			}
			for _, k := range s.Concepts {
				if actor(k) {
					best[k] = max(best[k], worth)
				}
			}
		}
		for k, p := range best {
			points[k] += p
		}
	}
	return namesOf(points, b.Options.Lang)
}

// actor reports whether a concept is somebody. A bare "prime minister" of no side
// is an office without a holder, and "customs", in small letters, is no body either.
func actor(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person:
		return true
	case lexicon.Institution:
		first, _ := utf8.DecodeRuneInString(c.Name(news.En))
		return unicode.IsUpper(first) && !reading.Crowd(c)
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
		held := func(o *lexicon.Concept) bool { return ranks[o.ID].seat == k.ID }
		if k.Side == "" && slices.ContainsFunc(all, fuller) || slices.ContainsFunc(all, held) {
			continue
		}
		if len(out) < maxActors && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Ranks of those who act. Everybody else has rankOther.
const (
	rankHead     = 4 // of state
	rankPremier  = 3
	rankMinister = 2 // also deputies of a premier, speakers and whoever speaks for a head of state
	rankOther    = 1
)

// ranks are the seats of rank and those who hold one, by their ids in the lexicon. Who
// holds it shares its name, so that "President Aliyev" and "the president of
// Azerbaijan" are one. TestRanksAreInTheLexicon holds the ids.
var ranks = map[string]struct {
	rank int
	seat string // "" for a seat of its own
}{
	"office/president-of-russia":          {rankHead, ""},
	"person/vladimir-putin":               {rankHead, "office/president-of-russia"},
	"office/president-of-azerbaijan":      {rankHead, ""},
	"person/ilham-aliyev":                 {rankHead, "office/president-of-azerbaijan"},
	"office/head-of-state":                {rankHead, ""},
	"office/prime-minister-of-russia":     {rankPremier, ""},
	"person/mikhail-mishustin":            {rankPremier, "office/prime-minister-of-russia"},
	"office/prime-minister-of-azerbaijan": {rankPremier, ""},
	"person/ali-asadov":                   {rankPremier, "office/prime-minister-of-azerbaijan"},
	"office/prime-minister":               {rankPremier, ""},
	"office/deputy-pm-of-russia":          {rankMinister, ""},
	"person/alexei-overchuk":              {rankMinister, "office/deputy-pm-of-russia"},
	"office/deputy-pm-of-azerbaijan":      {rankMinister, ""},
	"person/shahin-mustafayev":            {rankMinister, "office/deputy-pm-of-azerbaijan"},
	"office/deputy-prime-minister":        {rankMinister, ""},
	"office/russian-foreign-minister":     {rankMinister, ""},
	"person/sergei-lavrov":                {rankMinister, "office/russian-foreign-minister"},
	"office/azerbaijani-foreign-minister": {rankMinister, ""},
	"person/jeyhun-bayramov":              {rankMinister, "office/azerbaijani-foreign-minister"},
	"office/speaker":                      {rankMinister, ""},
}

// mostActors is how many actors weigh.
const mostActors = 3

// weightOf adds up the ranks of the highest of some actors.
func weightOf(front map[*lexicon.Concept]bool) float64 {
	seats := map[string]int{}
	for k := range front {
		seat, rank := k.ID, rankOther
		if r, ok := ranks[k.ID]; ok {
			seat, rank = cmp.Or(r.seat, k.ID), r.rank
		}
		seats[seat] = max(seats[seat], rank)
	}
	var all []int
	for _, r := range seats {
		all = append(all, r)
	}
	slices.SortFunc(all, func(x, y int) int { return cmp.Compare(y, x) })
	sum := 0
	for _, r := range all[:min(len(all), mostActors)] {
		sum += r
	}
	return float64(sum)
}
