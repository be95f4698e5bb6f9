package cluster

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// terms is the vocabulary of the index with, for each term, the items that have
// it, oldest first.
type terms struct {
	id    map[string]uint32
	label []string // with the kind as first byte
	prior []float32
	df    []int32
	slots [][]int32
	idf   []float32
	asOf  []int32 // how many items the index had when idf was worked out; 0: not yet
}

func (t *terms) kindOf(id uint32) kind { return kind(t.label[id][0] - '0') }

// word is a term as a reader would name it.
func (t *terms) word(id uint32) string {
	w := t.label[id][1:]
	switch t.kindOf(id) {
	case concept:
		return w[strings.LastIndexByte(w, '/')+1:]
	case stem:
		return strconv.Quote(w[2:] + "…")
	}
	return w
}

// take returns the id of a label, new or known.
func (t *terms) take(label string, prior float32) uint32 {
	id, ok := t.id[label]
	if !ok {
		id = uint32(len(t.label))
		t.id[label] = id
		t.label = append(t.label, label)
		t.prior = append(t.prior, prior)
		t.df = append(t.df, 0)
		t.slots = append(t.slots, nil)
		t.idf, t.asOf = append(t.idf, 0), append(t.asOf, 0)
	}
	return id
}

// maxTerms is how many terms the index knows, at some 130 bytes each. A week of news in
// three languages has a fraction of them; a feed that makes up its words has no more.
const maxTerms = 300_000

// intern makes the features of a draft; new terms get an empty posting list. In an index
// that is full words which it does not know are left out, concepts never.
func (x *Index) intern(d *draft) []feature {
	out := make([]feature, 0, len(d.labels))
	for i, label := range d.labels {
		if _, known := x.terms.id[label]; !known && d.kinds[i] != concept && len(x.terms.label) >= maxTerms {
			continue
		}
		out = append(out, feature{x.terms.take(label, float32(d.priors[i])), uint16(math.Round(1000 * d.tf[i])), d.title[i]})
	}
	slices.SortFunc(out, byTerm)
	return out
}

func byTerm(a, b feature) int { return cmp.Compare(a.term, b.term) }

// background is how many items the prior of a term counts for.
const background = 100

// idf is how rare a term is among the items of the index and its prior. It may be that of
// a little while ago, when the index had up to a sixty-fourth fewer items.
func (x *Index) idf(id uint32) float64 {
	t := &x.terms
	if at := t.asOf[id]; at > 0 && x.live-int(at) <= x.live/64 {
		return float64(t.idf[id])
	}
	n := float64(x.live + background)
	t.idf[id] = float32(math.Max(0.02, math.Log(n/(float64(t.df[id])+0.5+background*float64(t.prior[id])))))
	t.asOf[id] = int32(x.live)
	return float64(t.idf[id])
}

func trimFloat(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// The bounds of a search for candidates.
const (
	maxCandidates = 40
	searchTerms   = 24  // rarest terms of an item that are looked up
	maxPostings   = 400 // latest items of a term that are looked at
)

// candidates returns the slots of the live items most likely to tell the same
// event, best first: those that share the weightiest terms.
func (x *Index) candidates(s *sketch, most int) []int32 {
	type rare struct {
		term   uint32
		weight float64
	}
	var terms []rare
	for _, f := range s.features {
		w := worth[x.terms.kindOf(f.term)] * f.tf() * x.idf(f.term)
		if x.terms.df[f.term] > 0 && w > 0 {
			terms = append(terms, rare{f.term, w})
		}
	}
	slices.SortFunc(terms, func(a, b rare) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.term, b.term))
	})
	var hit []int32
	for _, t := range terms[:min(len(terms), searchTerms)] {
		post := x.terms.slots[t.term]
		for i := len(post) - 1; i >= max(0, len(post)-maxPostings); i-- {
			slot := post[i]
			if !x.near(s, x.items[slot]) {
				continue
			}
			if x.points[slot] == 0 {
				hit = append(hit, slot)
			}
			x.points[slot] += t.weight * t.weight
		}
	}
	slices.SortFunc(hit, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.points[b], x.points[a]), strings.Compare(x.items[a].id, x.items[b].id))
	})
	for _, slot := range hit {
		x.points[slot] = 0
	}
	return hit[:min(len(hit), most)]
}

// near reports whether two different items lie within the window.
func (x *Index) near(a, b *sketch) bool {
	if a.id == b.id {
		return false
	}
	d, ok := apart(a, b)
	return !ok || d <= x.window
}
