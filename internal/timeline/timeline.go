// Package timeline turns items into the events with a time that they state (meetings,
// visits, calls, signed documents) and the events of many items into a timeline in which
// each has one entry, whatever states it went through.
//
// An event is read, never inferred: it has its sentence, and what the item does not say
// stays empty. It is taken only when somebody or some place of either side is in it, or a
// commission of the two; what is only wished for, possible or denied is none. Days are
// resolved by the day of publication and by the tense: a Monday that is to come is the
// next one. A missing event is better than a wrong one.
//
// Extract is read in layers: what each word is there for (grammar and a file for each
// language), expressions of time (days), who is in it and where (actors), how far it has
// come (states). Merge makes Occasions of Mentions and gives the same for any order of
// them. TestSentences measures 170 written sentences, a quarter of which no rule was made
// from when they were first read: F1 0.73 then. Of 100 events of the labelled items 93 were
// right by eye. BenchmarkExtract: an item without an event costs a few microseconds. Work is
// bounded by sentences and words.
//
// Read Extract first, then grammar; for the timeline Merge.
package timeline

import (
	"slices"
	"time"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// What bounds the work on one item: what happens stands near the top, and a sentence that
// goes on and on is none.
const (
	maxSentences = 20
	maxTokens    = 160 // of a sentence
)

// Extract returns the events of d in the order of the text, title first. The date of
// publication turns "on Monday" into a day; with a zero one only days with a year are
// known.
func Extract(d *lexicon.Doc, published time.Time) []news.Event {
	g := grammars()[d.Body.Lang]
	if g == nil {
		g = grammars()[d.Title.Lang]
	}
	if g == nil || !bothSides(d) {
		return nil
	}
	r := reader{g: g, doc: d, pub: published.UTC()}
	r.field(news.FieldTitle)
	r.field(news.FieldText)
	return r.events()
}

// reader holds an item while its events are read.
type reader struct {
	g     *grammar
	doc   *lexicon.Doc
	words *vocabulary // of the field that is read
	pub   time.Time
	title []located // who stands in the title
	out   []news.Event
}

// bothSides reports whether d names somebody or something of either side, or a body that
// they share. Most items without an event end here.
func bothSides(d *lexicon.Doc) bool {
	var az, ru bool
	for i := range d.Hits {
		c := d.Hits[i].Concept
		az = az || c.Side == news.SideAz
		ru = ru || c.Side == news.SideRu
		if az && ru || shared(c) {
			return true
		}
	}
	return false
}

// shared reports whether c is a body of the two.
func shared(c *lexicon.Concept) bool {
	switch c.ID {
	case "institution/intergovernmental-commission", "institution/interparliamentary-commission", "institution/friendship-group", "institution/business-council":
		return true
	}
	return false
}

// field reads the sentences of a field.
func (r *reader) field(f news.Field) {
	t := r.doc.Text(f)
	r.words = &r.g.native
	if t.Plain {
		r.words = &r.g.plain
	}
	first, last := 0, 0 // tokens of the sentence
	hit := 0
	for hit < len(r.doc.Hits) && r.doc.Hits[hit].Field != f {
		hit++
	}
	for n := range min(len(t.Sentences), maxSentences) {
		for first = last; last < len(t.Tokens) && t.Tokens[last].Sent == n; {
			last++
		}
		from, end := hit, min(last, first+maxTokens)
		for hit < len(r.doc.Hits) && r.doc.Hits[hit].Field == f && r.doc.Hits[hit].Tok < last {
			hit++
		}
		if from == hit && len(r.title) == 0 || f != news.FieldTitle && !r.words.hint(t.Tokens[first:end]) {
			continue
		}
		s := &sentence{g: r.g, t: t, field: f, no: n, from: first, to: end}
		for i := from; i < hit && r.doc.Hits[i].TokEnd <= end; i++ {
			s.add(&r.doc.Hits[i], r.doc.Home)
		}
		r.sentence(s)
	}
}

// sentence takes the events of one sentence.
func (r *reader) sentence(s *sentence) {
	s.read(r.words.all)
	if s.field == news.FieldTitle {
		r.title = append(r.title, s.people()...)
	}
	if s.eventful && !s.asks() {
		r.out = append(r.out, r.happenings(s)...)
	}
}

// events returns what was found, without what only repeats another.
func (r *reader) events() []news.Event {
	var out []news.Event
	for i, e := range r.out {
		if !slices.ContainsFunc(r.out[:i], func(o news.Event) bool { return says(o, e) }) &&
			!slices.ContainsFunc(r.out[i+1:], func(o news.Event) bool { return says(o, e) && !says(e, o) }) {
			out = append(out, e)
		}
	}
	return out
}

// says reports whether a says all that b does.
func says(a, b news.Event) bool {
	if a.Kind != b.Kind || a.State != b.State || b.Where != "" && a.Where != b.Where || b.Document != "" && a.Document == "" ||
		b.Was != "" && a.Was != b.Was {
		return false
	}
	for _, w := range b.Who {
		if !slices.Contains(a.Who, w) {
			return false
		}
	}
	return b.Day == "" || a.Day == b.Day || within(a.Day, b.Day)
}

// within reports whether a day lies in a wider one.
func within(day, wide string) bool {
	f, l, ok := news.DaySpan(day)
	wf, wl, wok := news.DaySpan(wide)
	return ok && wok && !f.Before(wf) && !l.After(wl)
}
