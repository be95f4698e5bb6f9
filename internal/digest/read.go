package digest

import (
	"fmt"
	"math"
	"unicode/utf8"

	"samur/internal/figures"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// The bounds of reading. What they leave out is still counted, listed among the
// sources and told of in the ledger; it is only not quoted.
const (
	readItems     = 60      // items of one story
	readBytes     = 8 << 10 // of a title or text
	readSentences = 12      // of a text
	keptReadings  = 1000    // over all stories; more than the stories told in full need
)

// reader analyses items, each once as a rule.
type reader struct {
	lexicon *lexicon.Lexicon
	kept    map[*news.Item]*reading
}

func newReader(x *lexicon.Lexicon) *reader {
	return &reader{lexicon: x, kept: map[*news.Item]*reading{}}
}

// reading is an item as a list of sentences.
type reading struct {
	item      *news.Item
	sentences []*sentence // the title, when there is one, is the first
}

// sentence is one sentence of a text, or a whole title.
type sentence struct {
	item     *news.Item
	field    news.Field
	text     string // verbatim
	tokens   []lang.Token
	concepts []*lexicon.Concept // each once
	figures  []news.Figure

	worded  bool     // stems and numbers are known
	stems   []string // of content words, each once
	numbers []string // that say something by themselves, each once
}

// read returns the reading of it.
func (r *reader) read(it *news.Item) *reading {
	if rd, ok := r.kept[it]; ok {
		return rd
	}
	if len(r.kept) == keptReadings {
		clear(r.kept)
	}
	doc := r.lexicon.Analyse(head(it.Title, readBytes), head(it.Text, readBytes), it.Lang)
	rd := &reading{item: it}
	if n := len(doc.Title.Tokens); n > 0 {
		span := lang.Span{Start: doc.Title.Tokens[0].Start, End: doc.Title.Tokens[n-1].End}
		rd.sentences = append(rd.sentences, newSentence(it, news.FieldTitle, &doc.Title, span, doc.Title.Tokens))
	}
	first := len(rd.sentences)
	tok := 0
	for i, span := range doc.Body.Sentences[:min(len(doc.Body.Sentences), readSentences)] {
		from := tok
		for tok < len(doc.Body.Tokens) && doc.Body.Tokens[tok].Sent <= i {
			tok++
		}
		if len(doc.Body.Raw) < len(it.Text) && span.End >= len(doc.Body.Raw)-utf8.UTFMax {
			break // cut by our own bound
		}
		rd.sentences = append(rd.sentences, newSentence(it, news.FieldText, &doc.Body, span, doc.Body.Tokens[from:tok]))
	}
	for _, h := range doc.Hits {
		at := 0
		if h.Field == news.FieldText {
			at = first + doc.Sentence(h)
		}
		if at < len(rd.sentences) {
			rd.sentences[at].name(h.Concept)
		}
	}
	r.kept[it] = rd
	return rd
}

func newSentence(it *news.Item, f news.Field, t *lang.Text, span lang.Span, toks []lang.Token) *sentence {
	s := &sentence{item: it, field: f, text: t.Raw[span.Start:span.End], tokens: toks}
	for _, fig := range it.Figures {
		if fig.Field == f && fig.Start >= span.Start && fig.Start < span.End {
			s.figures = append(s.figures, fig)
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

func (s *sentence) name(c *lexicon.Concept) {
	for _, o := range s.concepts {
		if o == c {
			return
		}
	}
	s.concepts = append(s.concepts, c)
}

// title returns the title's sentence, nil when there is none.
func (rd *reading) title() *sentence {
	if len(rd.sentences) > 0 && rd.sentences[0].field == news.FieldTitle {
		return rd.sentences[0]
	}
	return nil
}

// statements returns the first n sentences of the text that can stand by
// themselves; the title, when there are none and it is all that the item says.
func (rd *reading) statements(n int) []*sentence {
	var out []*sentence
	for _, s := range rd.sentences {
		if len(out) < n && s.field == news.FieldText && s.quotable() {
			out = append(out, s)
		}
	}
	if t := rd.title(); len(out) == 0 && t != nil && len(rd.sentences) == 1 {
		out = append(out, t)
	}
	return out
}

// word finds the stems and numbers of s, which only stories that are told or may
// return need.
func (s *sentence) word() {
	if s.worded {
		return
	}
	s.worded = true
	seen := map[string]bool{}
	digits := false
	for _, t := range s.tokens {
		digits = digits || t.Kind == lang.Number
		if t.Kind != lang.Word || utf8.RuneCountInString(t.Fold) < 3 || lang.Hollow(t.Fold, s.item.Lang) {
			continue
		}
		if st := lang.Stem(t.Fold, s.item.Lang); !seen[st] {
			seen[st] = true
			s.stems = append(s.stems, st)
		}
	}
	if !digits {
		return
	}
	marks := figures.MarksOf(lang.Text{Raw: s.text, Lang: s.item.Lang, Sentences: []lang.Span{{End: len(s.text)}}}, s.item.Published)
	for _, n := range marks.Numbers {
		if key, ok := telling(n); ok && !seen[key] {
			seen[key] = true
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
