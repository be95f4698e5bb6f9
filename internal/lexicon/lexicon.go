// Package lexicon turns a text into the concepts it names: people, offices,
// institutions, places, companies, routes, treaties. A concept is written down once,
// in YAML, with its names in three languages in their dictionary forms; Analyse finds
// them in any inflection, script and spelling, and gives each Hit its place.
//
// The invariant: a Hit's offsets are those of whole words of its field; hits of one
// field do not overlap unless they share the same words, or a country of one of the two
// sides is named inside a term, event, treaty or project that has none; the cost of
// Analyse depends on the length of the text, not on the number of concepts. Load refuses data
// that it does not fully understand and lists every mistake with its place and its
// repair. Check asks the lexicon itself which of its names clash or are never found;
// Explain tells why a name was not taken. The package does not weigh what it finds: that
// is the classifier's work. How names are written is told in seeds/lexicon/README.md.
//
// A Lexicon is immutable and safe for concurrent use. Read Concept first, then
// Analyse.
package lexicon

import (
	"maps"
	"slices"
	"sync"

	"samur/internal/lang"
	"samur/internal/news"
)

// Kind says what a concept is.
type Kind string

// The kinds. A name of one of the first group must begin with a capital letter in the
// text when it does so in the lexicon.
const (
	Country      Kind = "country"
	City         Kind = "city"
	Region       Kind = "region"
	Person       Kind = "person"
	Company      Kind = "company"
	Place        Kind = "place"
	Project      Kind = "project"
	Route        Kind = "route"
	Office       Kind = "office"
	Institution  Kind = "institution"
	Organisation Kind = "organisation"
	Treaty       Kind = "treaty"
	Currency     Kind = "currency"
	Term         Kind = "term"
	Event        Kind = "event"
)

// kinds lists every kind, and whether its names are told from common words by their
// capital letter.
var kinds = map[Kind]bool{
	Country: true, City: true, Region: true, Person: true, Company: true, Place: true,
	Project: true, Route: false, Office: false, Institution: false, Organisation: false,
	Treaty: false, Currency: false, Term: false, Event: false,
}

// Kinds returns every kind, by name.
func Kinds() []Kind {
	return slices.Sorted(maps.Keys(kinds))
}

// Concept is one thing that texts name, with its names in each language.
type Concept struct {
	ID     string
	Kind   Kind
	Side   news.Side              // "" when it speaks for neither
	Names  map[news.Lang][]string // dictionary forms; the first is the one to show
	Weak   map[news.Lang][]string // names that need company
	Needs  []string               // words or concept ids, one of which weak names need in the item; all names, when none is weak
	Not    []string               // words or concept ids that forbid the concept in their sentence
	Fixed  []string               // names matched letter by letter
	Topics []string               // topics it speaks for
	Accept map[string]string      // findings of Check that are meant, each with its reason
	File   string                 // where it was read
	Line   int
}

// Name returns the name to show in a language, or the nearest there is.
func (c *Concept) Name(l news.Lang) string {
	for _, try := range []news.Lang{l, news.En, news.Ru, news.Az} {
		for _, names := range []map[news.Lang][]string{c.Names, c.Weak} {
			if len(names[try]) > 0 {
				return names[try][0]
			}
		}
	}
	if len(c.Fixed) > 0 {
		return c.Fixed[0]
	}
	return c.ID
}

// Hit is one place where a text names a concept.
type Hit struct {
	Field       news.Field
	Start, End  int // byte offsets into the field's text, detached endings included
	Tok, TokEnd int // tokens of the field: [Tok, TokEnd)
	Concept     *Concept
	Form        string // the words as they stand in the text
	Name        string // the name of the lexicon that they are a form of
	Weak        bool   // a weak name, which something else in the item confirmed
}

// Doc is an analysed item: the one reading that classifier, clusterer and figures share.
type Doc struct {
	Title, Body lang.Text
	Hits        []Hit     // title first, then by place
	Home        news.Side // of the outlet that published the item; "" when not known
}

// Text returns the parsed text of a field.
func (d *Doc) Text(f news.Field) *lang.Text {
	if f == news.FieldTitle {
		return &d.Title
	}
	return &d.Body
}

// Sentence returns the index of the sentence of its field that a hit stands in.
func (d *Doc) Sentence(h Hit) int { return d.Text(h.Field).Tokens[h.Tok].Sent }

// Lexicon is a set of concepts ready to be found.
type Lexicon struct {
	concepts []*Concept
	byID     map[string]*Concept
	index    index
	scratch  sync.Pool // of *scratch
}

// Concept returns the concept with an id.
func (x *Lexicon) Concept(id string) (*Concept, bool) {
	c, ok := x.byID[id]
	return c, ok
}

// Concepts returns all concepts in the order they were read. The slice is the caller's.
func (x *Lexicon) Concepts() []*Concept {
	return append([]*Concept(nil), x.concepts...)
}
