package classify

import (
	"cmp"
	"maps"
	"slices"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Profile is what speaks for and against a topic, to be looked at.
type Profile struct {
	Topic    Topic
	Lines    map[news.Lang]float64 // score from which an item in a language has it
	Terms    []Term                // what is worth most first
	Passages []Vote                // those that vote for it, in the order of the seeds
}

// Term is a word, stem or concept that speaks for a topic.
type Term struct {
	Kind     string    // "word" of the topic, "concept" of the lexicon, "stem" of the passages
	Lang     news.Lang // of a word or stem; a concept is heard in all
	Term     string    // the word or stem, or the id of the concept
	Points   float64   // what it is worth in a headline; elsewhere it is a share of that
	Taken    float64   // what passages of other topics took from that
	From     string    // who says so: "lexicon", "topic" or "passages"
	For      []Vote    // passages of the topic that hold it
	Against  []Vote    // passages of the documents on other topics that do
	Labelled int       // labelled items of the topic that hold it
	Others   int       // labelled items of other topics that do
	Carrying string    // concept by which a word is heard in every language, "" for none
}

// Vote is a passage that holds a term.
type Vote struct {
	File string // of the document or config
	Line int
	Form string // the words of the passage that are a form of the term, "" for the whole of it
	Text string
}

// Profile returns what speaks for the topic called slug, and whether there is one.
func (c *Classifier) Profile(slug string) (Profile, bool) {
	i, ok := c.model.index[slug]
	if !ok {
		return Profile{}, false
	}
	p := Profile{Topic: c.topics[i], Lines: maps.Clone(c.model.lines[i])}
	for k := range c.model.profile.passages {
		if x := &c.model.profile.passages[k]; slices.Contains(x.topics, i) {
			p.Passages = append(p.Passages, Vote{File: x.file, Line: x.line, Text: x.text})
		}
	}
	p.Terms = append(p.Terms, c.wordTerms(i)...)
	p.Terms = append(p.Terms, c.conceptTerms(i)...)
	for l, stems := range c.model.profile.stems {
		for stem, ws := range stems {
			for _, w := range ws {
				if w.topic == i {
					p.Terms = append(p.Terms, c.term(i, Term{Kind: "stem", Lang: l, Term: stem, Points: w.points, From: "passages"}))
				}
			}
		}
	}
	slices.SortFunc(p.Terms, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Term, b.Term))
	})
	return p, true
}

// term adds the passages to a term. Those of a word that names a concept are the
// concept's.
func (c *Classifier) term(topic int, t Term) Term {
	key := t.Term
	switch {
	case t.Carrying != "":
		return t
	case t.Kind == "word":
		key = lang.Stem(lang.Fold(t.Term, t.Lang), t.Lang)
	}
	t.Labelled, t.Others = c.model.profile.labels(key, t.Lang, c.topics[topic].Slug)
	for i := range c.model.profile.passages {
		p := &c.model.profile.passages[i]
		form, held := p.terms[key]
		if !held || !isConcept(key) && p.lang != t.Lang {
			continue
		}
		v := Vote{p.file, p.line, form, p.text}
		switch {
		case slices.Contains(p.topics, topic):
			t.For = append(t.For, v)
		case !p.own:
			t.Against = append(t.Against, v)
		}
	}
	return t
}

// labels counts the labelled items that hold a term: those of a topic, and others. A
// concept is counted in all languages, a stem in its own.
func (p *profile) labels(term string, of news.Lang, slug string) (with, others int) {
	for l, x := range p.labelled {
		if h := x.Terms[term]; l == of || isConcept(term) {
			with += h.Topic[slug].Items
			others += h.Items - h.Topic[slug].Items
		}
	}
	return with, others
}

func (c *Classifier) wordTerms(topic int) []Term {
	var out []Term
	for _, l := range languages() {
		for _, w := range c.topics[topic].Words[l] {
			out = append(out, c.term(topic, Term{
				Kind: "word", Lang: l, Term: w, Points: cuePoints(w), From: "topic", Carrying: c.model.carried[carriage{topic, l, w}],
			}))
		}
	}
	return out
}

// conceptTerms returns the concepts that the lexicon files under the topic, those that
// the topic names, and those of its passages: each once, by the first that says so.
func (c *Classifier) conceptTerms(topic int) []Term {
	var out []Term
	slug := c.topics[topic].Slug
	for _, x := range c.lexicon.Concepts() {
		if t, ok := c.conceptTerm(x, slices.Index(x.Topics, slug), topic); ok {
			out = append(out, c.term(topic, t))
		}
	}
	return out
}

func (c *Classifier) conceptTerm(x *lexicon.Concept, filed, topic int) (Term, bool) {
	t := Term{Kind: "concept", Term: x.ID}
	if filed >= 0 {
		full, trust := topicPoints(x, filed), c.model.profile.trust(x.ID, topic)
		t.Points, t.Taken, t.From = full*trust, full*(1-trust), "lexicon"
		return t, true
	}
	for _, source := range []struct {
		from string
		list []weighed
	}{{"topic", c.model.named[x.ID]}, {"passages", c.model.profile.concepts[x.ID]}} {
		for _, w := range source.list {
			if w.topic == topic && w.points > t.Points {
				t.Points, t.From = w.points, source.from
			}
		}
	}
	return t, t.From != ""
}

// Rating is what an item gets for one topic, whether or not it passes the gate.
type Rating struct {
	Match news.Match // without evidence when nothing speaks for it
	Line  float64    // what the score must reach in this item
}

// Reached reports whether the item would have the topic if it is relevant.
func (r Rating) Reached() bool { return len(r.Match.Evidence) > 0 && r.Match.Score >= r.Line }

// Rate returns what an item gets for the topic called slug, by the same rules as
// Classify and whatever the gate says of the item. A slug that is no topic gets nothing.
func (c *Classifier) Rate(d *lexicon.Doc, slug string) Rating {
	if _, ok := c.model.index[slug]; !ok {
		return Rating{}
	}
	v := c.look(d)
	all := c.learnt.topicPoints(c.rate(v))
	r := Rating{Match: news.Match{Topic: slug}, Line: c.bar(v, all)(slug)}
	for _, m := range all {
		if m.Topic == slug {
			r.Match = m
		}
	}
	return r
}
