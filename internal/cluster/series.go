package cluster

import (
	"slices"
	"strings"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// seriesOf names the series that an item's story is one of: an indicator that is told
// again and again for other periods, the calls of two persons, the sessions of a body. It
// goes by the headline, for texts recall earlier ones. "" when there is none.
func seriesOf(s *sketch, doc *lexicon.Doc, title figures.Marks) string {
	for _, f := range s.figures {
		if cadence(f.period) != "" && slices.Contains(s.periods, f.period) {
			return cadenced(f.indicator, f.period)
		}
	}
	var persons, bodies []string
	for _, h := range doc.Hits {
		if h.Field != news.FieldTitle {
			continue
		}
		switch h.Concept.Kind {
		case lexicon.Person:
			persons = append(persons, plainID(h.Concept.ID))
		case lexicon.Institution, lexicon.Organisation, lexicon.Event:
			bodies = append(bodies, plainID(h.Concept.ID))
		}
	}
	if slices.Sort(persons); toldActs(doc.Title.Tokens) == calling && len(slices.Compact(persons)) == 2 {
		return "calls, " + strings.Join(slices.Compact(persons), " and ")
	}
	if len(bodies) > 0 && len(title.Ordinals) > 0 {
		return bodies[0] + ", sessions"
	}
	return ""
}

// plainID is the id of a concept without its kind, as words.
func plainID(id string) string {
	return strings.ReplaceAll(id[strings.LastIndexByte(id, '/')+1:], "-", " ")
}

// Series returns the series that a story is one of, by the earliest of its items that
// tells one; "" when none does or the index, which may be nil, does not have the story.
func (x *Index) Series(story string) string {
	if x == nil {
		return ""
	}
	var first *sketch
	for _, slot := range x.stories[story] {
		if s := x.items[slot]; s.series != "" && (first == nil || x.earlier(s, first) < 0) {
			first = s
		}
	}
	if first == nil {
		return ""
	}
	return first.series
}
