package cluster

import (
	"cmp"
	"slices"
	"strings"

	"samur/internal/news"
)

// Explanation says why two items are one story or are not, in a way that can be checked
// with a pencil: the points of Shared add up to the first of Parts, Parts add up to
// Margin, and the pair goes together from a Margin of 0 on unless there is a Veto.
type Explanation struct {
	A, B           string // ids of the items
	StoryA, StoryB string // where the index has them

	Shared []news.Term // terms that both have, as a reader would name them, weightiest first
	Parts  []news.Term // what speaks for one event (above 0) and against
	Margin float64     // sum of Parts

	Likelihood float64     // of one event, by Margin alone, 0 to 1
	Line       float64     // the likelihood from which on items go together
	Copied     float64     // share of the shorter text that the other repeats, 0 when none is a copy
	Veto       news.Ground // why they cannot be one event all the same, "" when nothing forbids it
	Series     string      // series that both belong to, when that is the Veto
	Together   bool        // what follows from the pair alone; further members may weigh otherwise
}

// Explain compares two items of the index; ok is false when it has forgotten one. The
// weights are those of now: a term that has become common since counts for less.
func (x *Index) Explain(a, b string) (e Explanation, ok bool) {
	i, okA := x.byID[a]
	k, okB := x.byID[b]
	if !okA || !okB {
		return Explanation{}, false
	}
	return x.explain(x.items[i], x.items[k]), true
}

func (x *Index) explain(a, b *sketch) Explanation {
	o := x.overlap(a, b)
	l := weigh(a, b, o)
	e := Explanation{
		A: a.id, B: b.id, StoryA: a.story, StoryB: b.story,
		Shared: x.shared(a, b), Margin: l.margin(), Likelihood: l.p, Line: line, Copied: copied(a, b),
	}
	for i, points := range l.points {
		if points != 0 || evidence(i) == sharing {
			e.Parts = append(e.Parts, news.Term{Name: evidenceNames[i], Points: points})
		}
	}
	if o.dot > 0 {
		for i := range e.Shared {
			e.Shared[i].Points *= l.points[sharing] / o.dot
		}
	}
	for i := range e.Shared {
		e.Shared[i].Name = news.ShortTerm(e.Shared[i].Name)
	}
	e.Veto, e.Series = conflict(a, b)
	if e.Veto == "" && !x.near(a, b) {
		e.Veto = news.Because(news.GroundApart)
	}
	e.Together = e.Veto == "" && (e.Copied > 0 || e.Margin >= 0)
	return e
}

// shared lists the terms that two items share with their part in the scalar product,
// weightiest first.
func (x *Index) shared(a, b *sketch) []news.Term {
	var all []news.Term
	same := a.lang == b.lang
	for i, k := 0, 0; i < len(a.features) && k < len(b.features); {
		switch c := cmp.Compare(a.features[i].term, b.features[k].term); {
		case c < 0:
			i++
		case c > 0:
			k++
		default:
			if w := x.weight(a.features[i], same) * x.weight(b.features[k], same); w > 0 {
				all = append(all, news.Term{Name: x.terms.word(a.features[i].term), Points: w})
			}
			i++
			k++
		}
	}
	slices.SortStableFunc(all, func(p, q news.Term) int {
		return cmp.Or(cmp.Compare(q.Points, p.Points), strings.Compare(p.Name, q.Name))
	})
	return all
}
