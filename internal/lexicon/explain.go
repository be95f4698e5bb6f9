package lexicon

import (
	"slices"

	"samur/internal/news"
)

// Reason says why a name that seems to stand in a text was not taken for one.
type Reason uint8

// The reasons.
const (
	taken         Reason = iota
	Alone                // a weak name, and nothing that it needs is in the item
	Forbidden            // a word or concept of not is in the sentence
	Covered              // a longer or earlier name takes its words
	SomeoneElse          // a given name or initials before it are another person's
	OtherOffice          // vice-, ex-
	NoCapital            // a name or an abbreviation in small letters
	OtherLetters         // a fixed name in other letters
	OtherLanguage        // a common word of another language
)

// String says what the reason is, as a line of an explanation.
func (r Reason) String() string {
	switch r {
	case Alone:
		return "needs one of"
	case Forbidden:
		return "forbidden by"
	case Covered:
		return "inside of"
	case SomeoneElse:
		return "another person's name, by"
	case OtherOffice:
		return "another office, by"
	case NoCapital:
		return "no capital letters"
	case OtherLetters:
		return "not letter by letter"
	case OtherLanguage:
		return "a word of another language"
	}
	return "taken"
}

// Sighting is a name that seems to stand in a text, taken or not.
type Sighting struct {
	Hit
	Taken bool
	Why   Reason   // of one that was not taken
	By    []string // what it needs; what forbids or covers it, as it stands in the text
}

// Explain is Analyse for a person: beside the hits it returns the names that were not
// taken, with the reason, all in the order of their places. A name that is also a part of
// a longer name of its own concept is left out.
func (x *Lexicon) Explain(title, text string, l news.Lang) []Sighting {
	s := newScratch(&x.index)
	s.tells = true
	d := x.read(s, title, text, l)
	var out []Sighting
	for _, h := range d.Hits {
		out = append(out, Sighting{Hit: h, Taken: true})
	}
	for i := range s.found {
		c := &s.found[i]
		if why, by := s.explain(d, c); why != taken {
			out = append(out, Sighting{Hit: s.hit(d, *c), Why: why, By: by})
		}
	}
	for i := range s.refused {
		r := &s.refused[i]
		out = append(out, Sighting{Hit: s.hit(d, r.candidate), Why: r.why, By: before(d, r)})
	}
	out = slices.DeleteFunc(out, func(o Sighting) bool { return !o.Taken && within(o.Hit, d.Hits) })
	slices.SortStableFunc(out, func(a, b Sighting) int {
		return byPlace(
			candidate{field: a.Field, tok: a.Tok, tokEnd: a.TokEnd},
			candidate{field: b.Field, tok: b.Tok, tokEnd: b.TokEnd},
		)
	})
	return slices.CompactFunc(out, func(a, b Sighting) bool {
		return a.Concept == b.Concept && a.Field == b.Field && a.Tok == b.Tok && a.TokEnd == b.TokEnd
	})
}

// refusal is a name that the letters of the text spoke against.
type refusal struct {
	candidate
	why Reason
}

// explain tells why a candidate became no hit.
func (s *scratch) explain(d *Doc, c *candidate) (Reason, []string) {
	switch why, signal, other := s.objection(c); {
	case why == Alone:
		return why, s.x.concept[c.concept].Needs
	case why == Forbidden && signal >= 0:
		at := s.signals[signal]
		return why, []string{d.Text(at.field).Word(at.tok)}
	case why == Forbidden:
		o := s.hit(d, s.found[other])
		return why, []string{o.Form + " (" + o.Concept.ID + ")"}
	}
	for _, h := range d.Hits {
		if h.Field == c.field && h.Tok <= c.tok && c.tok < h.TokEnd {
			if h.Tok == c.tok && h.TokEnd == c.tokEnd && h.Concept == s.x.concept[c.concept] {
				return taken, nil
			}
			return Covered, []string{h.Form + " (" + h.Concept.ID + ")"}
		}
	}
	return taken, nil
}

// before returns the word before a refused name where that is what speaks against it.
func before(d *Doc, r *refusal) []string {
	t := d.Text(r.field)
	if r.why != SomeoneElse && r.why != OtherOffice {
		return nil
	}
	from := r.tok
	for from > 0 && r.tok-from < 2 && t.Tokens[from-1].Sent == t.Tokens[r.tok].Sent {
		from--
		if len(t.Tokens[from].Fold) > 1 && t.Word(from) != "-" {
			break
		}
	}
	return []string{t.Raw[t.Tokens[from].Start:t.Tokens[r.tok-1].End]}
}

// within reports whether a hit of the same concept has all words of h.
func within(h Hit, hits []Hit) bool {
	return slices.ContainsFunc(hits, func(o Hit) bool {
		return o.Concept == h.Concept && o.Field == h.Field && o.Tok <= h.Tok && h.TokEnd <= o.TokEnd
	})
}
