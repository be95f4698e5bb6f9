package reading

import (
	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Memory is what a reader has been told: what a further sentence is held against.
type Memory struct {
	stems    map[news.Lang]map[string]bool
	numbers  map[string]bool
	unread   []*Sentence // whose numbers are not among numbers yet
	concepts map[*lexicon.Concept]bool
	figures  []news.Figure
}

// NewMemory returns the memory of somebody who has been told nothing.
func NewMemory() *Memory {
	return &Memory{stems: map[news.Lang]map[string]bool{}, numbers: map[string]bool{}, concepts: map[*lexicon.Concept]bool{}}
}

// Remember adds all that an item says.
func (m *Memory) Remember(rd *Reading) {
	for _, s := range rd.Sentences {
		m.Add(s)
	}
	m.figures = append(m.figures, rd.Item.Figures...)
}

// Add remembers a sentence.
func (m *Memory) Add(s *Sentence) {
	s.word()
	own := m.stems[s.Item.Lang]
	if own == nil {
		own = map[string]bool{}
		m.stems[s.Item.Lang] = own
	}
	for _, st := range s.stems {
		own[st] = true
	}
	if s.digits {
		m.unread = append(m.unread, s)
	}
	for _, c := range s.Concepts {
		m.concepts[c] = true
	}
	m.figures = append(m.figures, s.Figures...)
}

// Stated reports whether a figure was told.
func (m *Memory) Stated(f news.Figure) bool { return figures.Stated(m.figures, f) }

// Named reports whether a concept was named.
func (m *Memory) Named(c *lexicon.Concept) bool { return m.concepts[c] }

// Novelty is what a sentence has that a memory has not.
type Novelty struct {
	Spoken      bool // the memory holds words of this language
	Stems       int
	NewStems    int
	NewConcepts int // all but countries, cities and agencies
	NewActors   int // of these, those that act or are acted on by name
	NewFigures  int
}

// Compare tells what s would add.
func (m *Memory) Compare(s *Sentence) Novelty {
	s.word()
	own := m.stems[s.Item.Lang]
	n := Novelty{Spoken: len(own) > 0, Stems: len(s.stems)}
	for _, st := range s.stems {
		if !own[st] {
			n.NewStems++
		}
	}
	for _, c := range s.Concepts {
		if m.concepts[c] || Setting(c) {
			continue
		}
		n.NewConcepts++
		if Acting(c) {
			n.NewActors++
		}
	}
	for _, f := range s.Figures {
		if !m.Stated(f) {
			n.NewFigures++
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

// Fact reports whether s states something that was not told. Numbers are the dearest
// part of a sentence to read, and are read only where they decide.
func (m *Memory) Fact(s *Sentence) bool {
	n := m.Compare(s)
	if !n.Spoken {
		return n.NewActors >= factActors || m.newNumbers(s) > 0
	}
	worded := n.NewStems >= factStems && float64(n.NewStems) >= factShare*float64(n.Stems)
	switch {
	case n.NewStems < factStemsNumber:
		return false
	case worded && n.NewConcepts > 0:
		return true
	case m.newNumbers(s) > 0:
		return true
	case len(s.numbers) > 0 && n.NewConcepts == 0:
		return false
	}
	return worded
}

// Adds reports whether s has a figure or states a fact that was not told. Of a language in
// which nothing was told, a figure that one report was read to have and another was not is
// new only if its number is: the same sentence in another tongue adds nothing. A number
// too small to be told apart from others has to be believed.
func (m *Memory) Adds(s *Sentence) bool {
	n := m.Compare(s)
	if n.NewFigures == 0 {
		return m.Fact(s)
	}
	if n.Spoken {
		return true
	}
	s.count()
	return len(s.numbers) == 0 || m.Fact(s)
}

// newNumbers returns how many numbers of s were not told.
func (m *Memory) newNumbers(s *Sentence) (n int) {
	s.count()
	if len(s.numbers) == 0 {
		return 0
	}
	for _, told := range m.unread {
		told.count()
		for _, x := range told.numbers {
			m.numbers[x] = true
		}
	}
	m.unread = m.unread[:0]
	for _, x := range s.numbers {
		if !m.numbers[x] {
			n++
		}
	}
	return n
}

// Setting reports whether a concept is only where something happens, or who
// writes of it: an organisation that speaks for no side and no topic is an agency.
func Setting(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Country, lexicon.City, lexicon.Currency:
		return true
	case lexicon.Organisation:
		return c.Side == "" && len(c.Topics) == 0
	}
	return false
}

// crowds are concepts of many bodies under one name.
var crowds = map[string]bool{"institution/ministries": true, "institution/state-agencies": true}

// Crowd reports whether a concept is many bodies under one name: which of them a text
// means is not known, and the name of the concept would be that of another.
func Crowd(c *lexicon.Concept) bool { return crowds[c.ID] }

// Acting reports whether a concept is named the same in every language's report.
func Acting(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person, lexicon.Office, lexicon.Institution, lexicon.Company, lexicon.Organisation,
		lexicon.Treaty, lexicon.Project, lexicon.Route, lexicon.Event:
		return true
	}
	return false
}
