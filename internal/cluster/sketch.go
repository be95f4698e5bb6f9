package cluster

import (
	"math"
	"slices"
	"strings"
	"time"

	"samur/internal/figures"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// kind says what a term is, and with it what it is worth in a comparison.
type kind uint8

const (
	concept kind = iota // a concept of the lexicon: the bridge between languages
	name                // skeleton of a capitalised word that is no concept
	number              // a number with its unit
	day                 // a day that the text names
	loan                // skeleton of a common word: memorandum, меморандум
	stem                // stem of a word, within one language
	gloss               // what a common word means, between languages: court, суд, məhkəmə
	kinds
)

// worth is the weight of a kind in the vectors. Measured on labelled items; see
// the package comment.
var worth = [kinds]float64{concept: 0.8, name: 0.8, number: 1.1, day: 0.6, loan: 0.3, stem: 0.5, gloss: 1}

// glossWithin is the weight of a meaning between items of one language, where it makes
// synonyms of stems that count already.
const glossWithin = 0.8

// feature is a term of an item, with how much the item makes of it.
type feature struct {
	term  uint32
	milli uint16 // how much, in thousandths: a week of items has millions of these
	title bool   // the headline has it
}

func (f feature) tf() float64 { return float64(f.milli) / 1000 }

// sketch is what the index keeps of an item.
type sketch struct {
	id       string
	order    time.Time // first seen, or published: earliest member and pruning
	at       time.Time // published, or first seen: distance in time; zero when unknown
	lang     news.Lang
	outlet   string
	via      string
	features []feature // by term
	shingles []uint32  // sorted
	words    int
	figures  []anchor
	periods  []string // that the headline names
	counts   []string // numbers of the headline
	head     []uint32 // stems of the headline
	ordinals []ordinal
	acts     act      // what the headline says is done, or the lead where it says nothing
	persons  []uint32 // concepts of persons in the headline
	series   string   // that its story is one of, "" when none
	again    bool     // the headline says that it has happened before
	story    string
	copyOf   string
}

// ordinal is an ordinal with what it counts.
type ordinal = figures.Ordinal

// anchor is a figure reduced to what can contradict another.
type anchor struct {
	indicator, period, unit string
	value                   float64
}

// draft gathers the terms of an item, in the order in which it tells them.
type draft struct {
	keys  map[string]int
	terms []told
	tf    []float64 // of each
}

func (d *draft) add(k kind, word string, prior, tf float64) {
	key := string(rune('0'+k)) + word
	i, ok := d.keys[key]
	if !ok {
		i = len(d.terms)
		d.keys[key] = i
		d.terms = append(d.terms, told{label: label{key, float32(prior)}})
		d.tf = append(d.tf, 0)
	}
	d.terms[i].title = d.terms[i].title || tf == inTitle
	if tf > d.tf[i] {
		tf, d.tf[i] = d.tf[i], tf
	}
	d.tf[i] = math.Min(d.tf[i]+0.2*tf, 2.2) // said again: a little more
}

// all returns the terms.
func (d *draft) all() []told {
	for i, tf := range d.tf {
		d.terms[i].milli = uint16(math.Round(1000 * tf))
	}
	return d.terms
}

// The weight of a place in the text.
const (
	inTitle = 1.6
	inLead  = 1.2
	inBody  = 1
	maxBody = 250 // words of an item that are compared: an article, but no endless one
)

// Reduced is an item as an Index keeps it, but for the numbers that the Index gives to
// its terms. Items may be reduced side by side, before they are added one by one.
type Reduced struct {
	sketch  *sketch
	terms   []told
	head    []label  // stems of the title's words
	persons []string // concepts of persons in the headline
}

// label is a term as a word, with its kind as first byte, and the share of items that can
// be expected to have it.
type label struct {
	word  string
	prior float32
}

func (l label) kind() kind { return kind(l.word[0] - '0') }

// told is a term that an item tells; see feature.
type told struct {
	label
	milli uint16
	title bool
}

// Reduce reduces an item, which d is the text of.
func Reduce(it news.Item, d *lexicon.Doc) Reduced { return ReduceRead(it, d, nil) }

// ReduceRead is Reduce of an item whose sentences were read for its figures.
func ReduceRead(it news.Item, d *lexicon.Doc, read *figures.Sentences) Reduced {
	it = apartFrom(it)
	s := begin(it)
	if s.lang = d.Body.Lang; len(d.Body.Tokens) == 0 {
		s.lang = d.Title.Lang
	}
	s.lang = news.Lang(strings.Clone(string(s.lang)))
	dr := &draft{keys: map[string]int{}}
	covered := [2]map[int]bool{{}, {}}
	var persons []string
	for _, h := range d.Hits {
		f := 0
		if h.Field != news.FieldTitle {
			f = 1
		}
		for t := h.Tok; t < h.TokEnd; t++ {
			covered[f][t] = true
		}
		weight := place(h.Field, d.Sentence(h))
		dr.add(concept, h.Concept.ID, prior(h.Concept), weight)
		if h.Concept.Kind == lexicon.Person && h.Field == news.FieldTitle {
			persons = append(persons, string(rune('0'+concept))+h.Concept.ID)
		}
	}
	dr.words(&d.Title, news.FieldTitle, covered[0])
	dr.words(&d.Body, news.FieldText, covered[1])
	s.mark(dr, d, read, it)
	s.shingles, s.words = shingles(&d.Title, &d.Body)
	s.again = says(&d.Title, again)
	s.acts = actsOf(&d.Title, &d.Body)
	r := Reduced{sketch: s, terms: dr.all(), persons: persons}
	for _, tok := range d.Title.Tokens {
		if tok.Kind == lang.Word {
			r.head = append(r.head, label{stemKey(tok, s.lang), wordPrior(len([]rune(tok.Fold)))})
		}
	}
	return r
}

// begin makes the part of a sketch that an item says of itself, without its texts.
func begin(it news.Item) *sketch {
	s := &sketch{id: it.ID, order: it.FirstSeen, at: it.Published, outlet: it.Outlet, via: it.Via}
	if s.order.IsZero() {
		s.order = it.Published
	}
	if s.at.IsZero() {
		s.at = it.FirstSeen
	}
	return s
}

// apartFrom copies what a sketch keeps of an item's own strings: those of an item from the
// store are parts of one, with its text among them.
func apartFrom(it news.Item) news.Item {
	it.ID, it.Outlet, it.Via = strings.Clone(it.ID), strings.Clone(it.Outlet), strings.Clone(it.Via)
	it.Figures = slices.Clone(it.Figures)
	for i := range it.Figures {
		f := &it.Figures[i]
		f.Indicator, f.Period, f.Unit = strings.Clone(f.Indicator), strings.Clone(f.Period), strings.Clone(f.Unit)
	}
	return it
}

// sketchOf completes a reduced item; its terms are known to x by the end.
func (x *Index) sketchOf(r Reduced) *sketch {
	s := r.sketch
	s.features, s.head = x.intern(r.terms), nil
	for _, stem := range r.head {
		s.head = append(s.head, x.terms.take(stem))
	}
	slices.Sort(s.head)
	s.head = slices.Compact(s.head)
	s.persons = nil
	for _, p := range r.persons {
		s.persons = append(s.persons, x.terms.take(label{word: p}))
	}
	return s
}

// place is the weight of a sentence of a field.
func place(f news.Field, sent int) float64 {
	switch {
	case f == news.FieldTitle:
		return inTitle
	case sent == 0:
		return inLead
	}
	return inBody
}

// prior is the share of items that can be expected to name a concept, for an
// index that has not seen enough to know.
func prior(c *lexicon.Concept) float64 {
	switch c.Kind {
	case lexicon.Country:
		if c.Side == news.SideOther || c.Side == "" {
			return 0.06
		}
		return 0.7
	case lexicon.City, lexicon.Office:
		return 0.12
	case lexicon.Person, lexicon.Institution, lexicon.Term:
		return 0.05
	}
	return 0.03
}

// words adds stems, names and loans of a field.
func (d *draft) words(t *lang.Text, f news.Field, covered map[int]bool) {
	for i, tok := range t.Tokens {
		if i == maxBody {
			return
		}
		if tok.Kind != lang.Word {
			continue
		}
		weight := place(f, tok.Sent)
		runes := len([]rune(tok.Fold))
		if runes < 3 || common[tok.Fold] {
			continue
		}
		root := lang.Stem(tok.Fold, t.Lang)
		d.add(stem, string(t.Lang)+root, float64(wordPrior(runes)), weight)
		if m := meaningOf(tok.Fold, t.Lang); m != "" {
			d.add(gloss, m, 0.03, weight)
		}
		if covered[i] || runes < 4 {
			continue
		}
		heard := root
		if t.Lang == news.En {
			heard = tok.Fold
		}
		sk := lang.Skeleton(heard, t.Lang)
		switch {
		case sk == "":
		case tok.Upper && (i == 0 || t.Tokens[i-1].Sent == tok.Sent):
			d.add(name, sk, 0.01, weight)
		case len(sk) >= 4:
			d.add(loan, sk, 0.02, weight)
		}
	}
}

// stemKey is the label of a word's stem.
func stemKey(tok lang.Token, l news.Lang) string {
	return string(rune('0'+stem)) + string(l) + lang.Stem(tok.Fold, l)
}

// wordPrior guesses how common a word is by its length.
func wordPrior(runes int) float32 {
	switch {
	case runes <= 3:
		return 0.2
	case runes <= 5:
		return 0.04
	}
	return 0.015
}

// mark adds numbers, days and figures.
func (s *sketch) mark(d *draft, doc *lexicon.Doc, read *figures.Sentences, it news.Item) {
	var title figures.Marks
	for _, f := range []news.Field{news.FieldTitle, news.FieldText} {
		m := marksOf(doc, read, f, s.at)
		s.ordinals = append(s.ordinals, m.Ordinals...)
		weight := place(f, 1)
		if f == news.FieldTitle {
			s.periods, title = m.Periods, m
		}
		for _, n := range m.Numbers {
			if f == news.FieldTitle {
				s.counts = append(s.counts, numberKey(n))
			}
			if n.Value >= 3 && n.Value < 10 && n.Value == math.Trunc(n.Value) {
				d.add(gloss, smallNumbers[int(n.Value)], 0.04, weight)
			}
			if n.Value >= 10 || n.Unit != "" || n.Value != math.Trunc(n.Value) {
				d.add(number, numberKey(n), 0.01, weight)
			}
		}
		for _, v := range m.Days {
			d.add(day, v, 0.02, weight)
		}
	}
	for _, f := range it.Figures {
		s.figures = append(s.figures, anchor{f.Indicator, f.Period, f.Unit, f.Value})
	}
	s.series = seriesOf(s, doc, title)
}

// marksOf returns the marks of a field, by what was read of it where anything was.
func marksOf(doc *lexicon.Doc, read *figures.Sentences, f news.Field, at time.Time) figures.Marks {
	if read == nil {
		return figures.MarksOf(*doc.Text(f), at)
	}
	return read.Marks(f, at)
}

// numberKey writes a number so that 3,4 млрд долларов and $3.4bn are one; units
// of counted things differ too much between languages to be a part of it.
func numberKey(n figures.Number) string {
	unit := ""
	if n.Unit == "%" {
		unit = "%"
	}
	return trimFloat(n.Value) + unit
}

// says reports whether a text has one of words.
func says(t *lang.Text, words map[string]bool) bool {
	for _, tok := range t.Tokens {
		if words[tok.Fold] || words[lang.Plain(tok.Fold)] {
			return true
		}
	}
	return false
}

// again are the words by which a headline says that this is not the first time.
var again = set("again anew снова вновь опять повторно yenidən yeniden tekrar təkrar")

// common are words of reporting and grammar that say nothing of the event.
var common = set(`the and for with from that this has have was were are its his her their will would who which after said says say told
reports report according also into been not but over about than more they had being while during
что как для при это его она они был была были после также ранее сообщил сообщает сообщила сообщили передает отметил заявил который которые
над под или так уже между по об со из от до на не все их ее
üçün ilə olan olub edib deyib bildirib xəbər verir görə üzrə isə həm kimi daha çox hər onun onlar bunu olaraq qeyd edilib bildirilib
ucun ile olan olub edib deyib bildirib xeber verir gore uzre ise hem kimi daha cox her olaraq bu bir və ve o da də ki`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var smallNumbers = [10]string{3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
