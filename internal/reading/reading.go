// Package reading turns an item into its sentences, each with the concepts and figures
// that stand in it, and holds sentences against what was read before: what does this one
// add? It also knows which sentences can be quoted by themselves.
//
// Sentences are verbatim. The bounds of a reading are those of what is worth quoting:
// the title and the first sentences of the text. The measure of a new fact is made for
// short reports of agencies; it compares words within one language, and numbers and names
// across languages. The package does not judge what is important.
//
// A Reader is for one goroutine and one piece of work: it keeps what it has read. Read
// Reader first, then Memory.
package reading

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"samur/internal/figures"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// The bounds of reading.
const (
	Lead = 12 // sentences of a text in which a report says what is new
	Deep = 60 // sentences of a text that is read for its own sake

	sentenceBytes = 700  // of a title, and of each sentence of a text on average
	keptReadings  = 1000 // more than the stories of an edition need
)

// Reader analyses items, each once as a rule.
type Reader struct {
	lexicon *lexicon.Lexicon
	depth   int
	kept    map[*news.Item]*Reading
}

// New returns a Reader that finds the concepts of x and reads depth sentences of a text.
func New(x *lexicon.Lexicon, depth int) *Reader {
	return &Reader{lexicon: x, depth: depth, kept: map[*news.Item]*Reading{}}
}

// Reading is an item as a list of sentences.
type Reading struct {
	Item      *news.Item
	Sentences []*Sentence // the title, when there is one, is the first
}

// Sentence is one sentence of a text, or a whole title.
type Sentence struct {
	Item     *news.Item
	Field    news.Field
	Text     string // verbatim
	Tokens   []lang.Token
	Hits     []lexicon.Hit
	Concepts []*lexicon.Concept // each once
	Figures  []news.Figure

	start   int      // byte offset of Text in its field
	worded  bool     // stems are known, and whether there are digits
	stems   []string // of content words, each once
	digits  bool
	counted bool     // numbers are known
	numbers []string // that say something by themselves, each once
}

// Read returns the reading of it, which must not be changed while the Reader is in use.
func (r *Reader) Read(it *news.Item) *Reading {
	if rd, ok := r.kept[it]; ok {
		return rd
	}
	if len(r.kept) == keptReadings {
		clear(r.kept)
	}
	doc := r.lexicon.Analyse(head(it.Title, r.depth*sentenceBytes), head(it.Text, r.depth*sentenceBytes), it.Lang)
	rd := &Reading{Item: it}
	if n := len(doc.Title.Tokens); n > 0 {
		span := lang.Span{Start: doc.Title.Tokens[0].Start, End: doc.Title.Tokens[n-1].End}
		rd.Sentences = append(rd.Sentences, newSentence(it, news.FieldTitle, &doc.Title, span, doc.Title.Tokens))
	}
	first := len(rd.Sentences)
	tok := 0
	for i, span := range doc.Body.Sentences[:min(len(doc.Body.Sentences), r.depth)] {
		from := tok
		for tok < len(doc.Body.Tokens) && doc.Body.Tokens[tok].Sent <= i {
			tok++
		}
		if len(doc.Body.Raw) < len(it.Text) && span.End >= len(doc.Body.Raw)-utf8.UTFMax {
			break // cut by our own bound
		}
		rd.Sentences = append(rd.Sentences, newSentence(it, news.FieldText, &doc.Body, span, doc.Body.Tokens[from:tok]))
	}
	for _, h := range doc.Hits {
		at := 0
		if h.Field == news.FieldText {
			at = first + doc.Sentence(h)
		}
		if at < len(rd.Sentences) {
			rd.Sentences[at].name(h)
		}
	}
	r.kept[it] = rd
	return rd
}

func newSentence(it *news.Item, f news.Field, t *lang.Text, span lang.Span, toks []lang.Token) *Sentence {
	s := &Sentence{Item: it, Field: f, Text: t.Raw[span.Start:span.End], Tokens: toks, start: span.Start}
	for _, fig := range it.Figures {
		if fig.Field == f && fig.Start >= span.Start && fig.Start < span.End {
			s.Figures = append(s.Figures, fig)
		}
	}
	return s
}

// head returns the first n bytes of s, cut between runes.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func (s *Sentence) name(h lexicon.Hit) {
	s.Hits = append(s.Hits, h)
	for _, o := range s.Concepts {
		if o == h.Concept {
			return
		}
	}
	s.Concepts = append(s.Concepts, h.Concept)
}

// Title returns the title's sentence, nil when there is none.
func (rd *Reading) Title() *Sentence {
	if len(rd.Sentences) > 0 && rd.Sentences[0].Field == news.FieldTitle {
		return rd.Sentences[0]
	}
	return nil
}

// Statements returns the first n sentences of the text that can stand by themselves;
// the title, when there are none and it is all that the item says.
func (rd *Reading) Statements(n int) []*Sentence {
	var out []*Sentence
	for _, s := range rd.Sentences {
		if len(out) < n && s.Field == news.FieldText && s.Quotable() {
			out = append(out, s)
		}
	}
	if t := rd.Title(); len(out) == 0 && t != nil && len(rd.Sentences) == 1 {
		out = append(out, t)
	}
	return out
}

// Quote returns the sentence as it is quoted.
func (s *Sentence) Quote() news.Quote {
	return news.Quote{Text: s.Text, Item: s.Item.ID, URL: s.Item.URL, Outlet: s.Item.Outlet, Lang: s.Item.Lang}
}

// Form returns the words of the tokens [from, to) as they stand in the sentence.
func (s *Sentence) Form(from, to int) string {
	return s.Text[s.Tokens[from].Start-s.start : s.Tokens[to-1].End-s.start]
}

// word finds the stems of s, which are not needed of all that is read.
func (s *Sentence) word() {
	if s.worded {
		return
	}
	s.worded = true
	seen := map[string]bool{}
	for _, t := range s.Tokens {
		s.digits = s.digits || t.Kind == lang.Number
		if t.Kind != lang.Word || utf8.RuneCountInString(t.Fold) < 3 || lang.Hollow(t.Fold, s.Item.Lang) {
			continue
		}
		if st := lang.Stem(t.Fold, s.Item.Lang); !seen[st] {
			seen[st] = true
			s.stems = append(s.stems, st)
		}
	}
}

// count finds the numbers of s.
func (s *Sentence) count() {
	s.word()
	if s.counted || !s.digits {
		return
	}
	s.counted = true
	marks := figures.MarksOf(lang.Text{Raw: s.Text, Lang: s.Item.Lang, Sentences: []lang.Span{{End: len(s.Text)}}}, s.Item.Published)
	for _, n := range marks.Numbers {
		if key, ok := telling(n); ok && !slices.Contains(s.numbers, key) {
			s.numbers = append(s.numbers, key)
		}
	}
}

// telling returns the key of a number that says something by itself: a small bare
// number and a year do not.
func telling(n figures.Number) (string, bool) {
	if n.Unit == "" && (n.Value <= 12 || n.Value >= 1900 && n.Value <= 2100 && n.Value == math.Trunc(n.Value)) {
		return "", false
	}
	if n.Unit == "%" {
		return fmt.Sprintf("%g%%", n.Value), true
	}
	return fmt.Sprintf("%g", n.Value), true
}
