package records

import (
	"strconv"

	"samur/internal/classify"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Topic is a subject that items are matched against.
type Topic struct {
	Slug     string                 `json:"slug"`
	Names    map[news.Lang]string   `json:"names"` // by language
	About    map[news.Lang]string   `json:"about"`
	Words    map[news.Lang][]string `json:"words"`
	Lines    map[news.Lang]float64  `json:"lines"` // score from which an item has the topic, by its language
	Concepts int                    `json:"concepts"`
	Stems    int                    `json:"stems"`
	Passages []Passage              `json:"passages"`          // of the seed documents, that it is drawn from
	Unheard  map[news.Lang][]string `json:"unheard,omitempty"` // words, in languages for which it has none
	Terms    []Term                 `json:"terms,omitempty"`
}

// Passage is a passage of a seed document.
type Passage struct {
	Document string `json:"document"`
	Line     int    `json:"line"`
	Text     string `json:"text"`
}

// Term is what speaks for a topic.
type Term struct {
	Kind    string               `json:"kind"` // word, concept or stem
	Lang    news.Lang            `json:"lang,omitempty"`
	Term    string               `json:"term"`
	Names   map[news.Lang]string `json:"names,omitempty"` // of a concept
	Points  float64              `json:"points"`
	Taken   float64              `json:"taken"` // by passages of other topics
	From    string               `json:"from"`  // lexicon, topic or passages
	Concept string               `json:"concept,omitempty"`
	For     []Place              `json:"for,omitempty"`
	Against []Place              `json:"against,omitempty"`

	Labelled int `json:"labelled_items,omitempty"` // of the topic, that hold it
	Others   int `json:"other_items,omitempty"`    // labelled with other topics, that do
}

// Place is where a passage holds a term.
type Place struct {
	Document string `json:"document"`
	Line     int    `json:"line"`
	Form     string `json:"form"`
}

// TopicOf returns the topic called slug, which the classifier has, with all that speaks
// for it.
func TopicOf(cl *classify.Classifier, lx *lexicon.Lexicon, slug string) Topic {
	p, _ := cl.Profile(slug) // the caller has it from the classifier
	o := Topic{
		Slug: slug, Names: filled(p.Topic.Names), About: filled(p.Topic.About), Words: filled(p.Topic.Words), Lines: filled(p.Lines), Passages: []Passage{},
	}
	for _, v := range p.Passages {
		o.Passages = append(o.Passages, Passage{v.File, v.Line, v.Text})
	}
	for _, t := range p.Terms {
		x := Term{
			Kind: t.Kind, Lang: t.Lang, Term: t.Term, Points: Thousandths(t.Points), Taken: Thousandths(t.Taken), From: t.From,
			Concept: t.Carrying, For: places(t.For), Against: places(t.Against), Labelled: t.Labelled, Others: t.Others,
		}
		switch t.Kind {
		case "stem":
			o.Stems++
		case "concept":
			o.Concepts++
			if c, ok := lx.Concept(t.Term); ok {
				x.Names = map[news.Lang]string{news.En: c.Name(news.En), news.Ru: c.Name(news.Ru), news.Az: c.Name(news.Az)}
			}
		}
		o.Terms = append(o.Terms, x)
	}
	o.Unheard = unheard(o)
	return o
}

// filled is m, or an empty map for none: {} and not null.
func filled[V any](m map[news.Lang]V) map[news.Lang]V {
	if m == nil {
		return map[news.Lang]V{}
	}
	return m
}

// unheard returns the words that are not heard in a language for which the topic has
// none, because the lexicon does not know them.
func unheard(o Topic) map[news.Lang][]string {
	var lost []string
	for _, t := range o.Terms {
		if t.Kind == "word" && t.Concept == "" {
			lost = append(lost, t.Term)
		}
	}
	out := map[news.Lang][]string{}
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		if len(o.Words[l]) == 0 && len(lost) > 0 {
			out[l] = lost
		}
	}
	return out
}

func places(vs []classify.Vote) []Place {
	var out []Place
	for _, v := range vs {
		out = append(out, Place{v.File, v.Line, v.Form})
	}
	return out
}

// Thousandths rounds points as the classifier does where it gives them.
func Thousandths(f float64) float64 {
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'f', 3, 64), 64) // it was just written
	return f
}
