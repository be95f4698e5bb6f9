package digest

import (
	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// memory is what a reader has been told: what a further sentence is held against.
type memory struct {
	stems    map[news.Lang]map[string]bool
	numbers  map[string]bool
	concepts map[*lexicon.Concept]bool
	figures  []news.Figure
}

func newMemory() *memory {
	return &memory{stems: map[news.Lang]map[string]bool{}, numbers: map[string]bool{}, concepts: map[*lexicon.Concept]bool{}}
}

// remember returns a memory of all that items say.
func (b *builder) remember(items []*news.Item) *memory {
	m := newMemory()
	for _, it := range items {
		for _, s := range b.reader.read(it).sentences {
			m.add(s)
		}
		m.figures = append(m.figures, it.Figures...)
	}
	return m
}

// add remembers a sentence.
func (m *memory) add(s *sentence) {
	s.word()
	own := m.stems[s.item.Lang]
	if own == nil {
		own = map[string]bool{}
		m.stems[s.item.Lang] = own
	}
	for _, st := range s.stems {
		own[st] = true
	}
	for _, n := range s.numbers {
		m.numbers[n] = true
	}
	for _, c := range s.concepts {
		m.concepts[c] = true
	}
	m.figures = append(m.figures, s.figures...)
}

// novelty is what a sentence has that a memory has not.
type novelty struct {
	spoken          bool // the memory holds words of this language
	stems, newStems int
	numbers         int
	newNumbers      int
	newConcepts     int // all but countries, cities and agencies
	newActors       int // of these, those that act or are acted on by name
	newFigures      int
}

// compare tells what s would add.
func (m *memory) compare(s *sentence) novelty {
	s.word()
	own := m.stems[s.item.Lang]
	n := novelty{spoken: len(own) > 0, stems: len(s.stems), numbers: len(s.numbers)}
	for _, st := range s.stems {
		if !own[st] {
			n.newStems++
		}
	}
	for _, x := range s.numbers {
		if !m.numbers[x] {
			n.newNumbers++
		}
	}
	for _, c := range s.concepts {
		if m.concepts[c] || setting(c) {
			continue
		}
		n.newConcepts++
		if acting(c) {
			n.newActors++
		}
	}
	for _, f := range s.figures {
		if !figures.Stated(m.figures, f) {
			n.newFigures++
		}
	}
	return n
}

// The measure of a new fact. In one language it is words; a sentence that says
// told numbers of told things is a rewording, however it is put. Across languages
// words cannot be compared, and translations differ in whom they name by office
// and whom by name: it takes a number or two new names.
const (
	factStems       = 4
	factShare       = 0.55
	factStemsNumber = 2 // beside a new number
	factActors      = 2
)

// fact reports whether a sentence states something that was not told.
func (n novelty) fact() bool {
	switch {
	case !n.spoken:
		return n.newNumbers > 0 || n.newActors >= factActors
	case n.newNumbers > 0:
		return n.newStems >= factStemsNumber
	case n.numbers > 0 && n.newConcepts == 0:
		return false
	}
	return n.newStems >= factStems && float64(n.newStems) >= factShare*float64(n.stems)
}

// setting reports whether a concept is only where something happens, or who
// writes of it: an organisation that speaks for no side and no topic is an agency.
func setting(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Country, lexicon.City, lexicon.Currency:
		return true
	case lexicon.Organisation:
		return c.Side == "" && len(c.Topics) == 0
	}
	return false
}

// acting reports whether a concept is named the same in every language's report.
func acting(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person, lexicon.Office, lexicon.Institution, lexicon.Company, lexicon.Organisation,
		lexicon.Treaty, lexicon.Project, lexicon.Route, lexicon.Event:
		return true
	}
	return false
}
