package cluster

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// terms is the vocabulary of the index with, for each term, the items that have it, in the
// order of their time and id.
type terms struct {
	id    map[string]uint32
	label []string // with the kind as first byte
	kinds []kind
	prior []float32
	df    []int32
	slots [][]int32
	idf   []float32
	asOf  []int32 // how many items the index had when idf was worked out; 0: not yet
}

// word is the id of a concept, or a word as a reader would know it.
func (t *terms) word(id uint32) string {
	w := t.label[id][1:]
	if t.kinds[id] == stem {
		return strconv.Quote(w[2:] + "…")
	}
	return w
}

// take returns the id of a label, new or known.
func (t *terms) take(l label) uint32 {
	id, ok := t.id[l.word]
	if !ok {
		id = uint32(len(t.label))
		word := strings.Clone(l.word) // it may be part of all that is kept of an item
		t.id[word] = id
		t.label = append(t.label, word)
		t.kinds = append(t.kinds, l.kind())
		t.prior = append(t.prior, l.prior)
		t.df = append(t.df, 0)
		t.slots = append(t.slots, nil)
		t.idf, t.asOf = append(t.idf, 0), append(t.asOf, 0)
	}
	return id
}

// maxTerms is how many terms the index knows, at some 130 bytes each. A week of news in
// three languages has a fraction of them; a feed that makes up its words has no more.
const maxTerms = 300_000

// intern makes the features of an item; new terms get an empty posting list. In an index
// that is full words which it does not know are left out, concepts never.
func (x *Index) intern(all []told) []feature {
	out := make([]feature, 0, len(all))
	for _, t := range all {
		if len(x.terms.label) >= maxTerms && t.kind() != concept {
			if _, known := x.terms.id[t.word]; !known {
				continue
			}
		}
		out = append(out, feature{x.terms.take(t.label), t.milli, t.title})
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
	maxPostings   = 400 // items of a term that are looked at, those nearest in time
)

// candidates returns the slots of the items most likely to tell the same event, best
// first: those that share the weightiest terms. Which they are depends on the items there
// are, not on the order in which they came.
func (x *Index) candidates(s *sketch, most int) []int32 {
	hit := x.hit[:0]
	for _, t := range x.rarest(s) {
		for _, slot := range x.around(s, x.terms.slots[t.term]) {
			if x.points[slot] == 0 {
				hit = append(hit, slot)
			}
			x.points[slot] += t.weight * t.weight
		}
	}
	best := make([]int32, 0, most+1)
	for _, slot := range hit {
		if len(best) == most && x.byPoints(slot, best[most-1]) > 0 || !x.near(s, x.items[slot]) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, slot, x.byPoints)
		best = slices.Insert(best, at, slot)
		best = best[:min(len(best), most)]
	}
	for _, slot := range hit {
		x.points[slot] = 0
	}
	x.hit = hit
	return best
}

// byPoints orders slots by their points, most first, then by the ids of their items.
func (x *Index) byPoints(a, b int32) int {
	if c := cmp.Compare(x.points[b], x.points[a]); c != 0 {
		return c
	}
	return strings.Compare(x.items[a].id, x.items[b].id)
}

// weighed is a term with what it is worth in an item.
type weighed struct {
	term   uint32
	weight float64
}

// rarest returns the weightiest terms of an item that others have as well.
func (x *Index) rarest(s *sketch) []weighed {
	var all []weighed
	for _, f := range s.features {
		if w := x.rounded(worth[x.terms.kinds[f.term]], f); x.terms.df[f.term] > 0 && w > 0 {
			all = append(all, weighed{f.term, w})
		}
	}
	slices.SortFunc(all, func(a, b weighed) int {
		if c := cmp.Compare(b.weight, a.weight); c != 0 {
			return c
		}
		return strings.Compare(x.terms.label[a.term], x.terms.label[b.term])
	})
	return all[:min(len(all), searchTerms)]
}

// around returns the postings of a term that are nearest to an item: half of them before
// it, half after, and more of the one side where the other has fewer.
func (x *Index) around(s *sketch, post []int32) []int32 {
	if len(post) <= maxPostings {
		return post
	}
	at, _ := slices.BinarySearchFunc(post, s, x.bySlotTime)
	from := max(0, min(at-maxPostings/2, len(post)-maxPostings))
	return post[from : from+maxPostings]
}

// bySlotTime compares the item of a slot with another as byTime does.
func (x *Index) bySlotTime(slot int32, s *sketch) int { return byTime(x.items[slot], s) }

// byTime orders items by the time of their publication, then by id: by what they are, not
// by when they came.
func byTime(a, b *sketch) int {
	if c := a.at.Compare(b.at); c != 0 {
		return c
	}
	return strings.Compare(a.id, b.id)
}

// post adds a slot to the postings of a term, mostly as the last.
func (x *Index) post(term uint32, slot int32) {
	t, s := &x.terms, x.items[slot]
	t.df[term]++
	t.asOf[term] = 0
	slots := t.slots[term]
	if n := len(slots); n == 0 || x.bySlotTime(slots[n-1], s) < 0 {
		t.slots[term] = append(slots, slot)
		return
	}
	at, _ := slices.BinarySearchFunc(slots, s, x.bySlotTime)
	t.slots[term] = slices.Insert(slots, at, slot)
}

// near reports whether two different items lie within the window.
func (x *Index) near(a, b *sketch) bool {
	if a.id == b.id {
		return false
	}
	d, ok := apart(a, b)
	return !ok || d <= x.window
}
