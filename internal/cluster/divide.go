package cluster

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"samur/internal/news"
)

// The bounds of a division. Evident and unlike are where, over the 43 pairs of look-alike
// events of ECB+ (see TestMeasureECB), the divisions that part two events begin to outweigh
// those that part one: eight do and none of the others, whose best saves 62 bits but tells
// only 3.5 times as much apart. No story of the labelled items is divided.
const (
	evident   = 50   // bits saved in telling which item has which term, at least
	unlike    = 4    // times as much is told by one side alone as by both, at least
	minSide   = 3    // items of a side, at least
	covering  = 0.85 // share of the items that have the one term or the other, at least
	mixing    = 0.1  // share of the rarer one's items that may have both
	inFront   = 1.2  // weight from which a term stands in front: in the title or lead, or again
	maxRivals = 64   // terms that are tried against each other
)

// instance reports whether a term of a kind can be what tells one event from another like
// it: who, where, how much, when. What happened is the same in both.
func instance(k kind) bool { return k == concept || k == name || k == number || k == day }

// divide parts a story that two events of one kind have grown into: all its items are alike,
// but one half names one place in front, the other half another, and with the places go
// other persons and numbers. No pair of items shows that, all together do. Parts stay in
// order of time.
func (x *Index) divide(part []int32) [][]int32 {
	c := x.contrast(part)
	if c == nil {
		return [][]int32{part}
	}
	var sides [2][]int32
	var rest []int32
	for i, slot := range part {
		switch a, b := c.a.has(i), c.b.has(i); {
		case a && !b:
			sides[0] = append(sides[0], slot)
		case b && !a:
			sides[1] = append(sides[1], slot)
		default:
			rest = append(rest, slot)
		}
	}
	pure := [2][]int32{slices.Clone(sides[0]), slices.Clone(sides[1])}
	for _, slot := range rest {
		into := 0
		if x.meanOf(slot, pure[1]) > x.meanOf(slot, pure[0]) {
			into = 1
		}
		sides[into] = append(sides[into], slot)
	}
	var out [][]int32
	for _, side := range sides {
		slices.SortFunc(side, x.slotsByTime)
		out = append(out, x.divide(side)...)
	}
	return out
}

// members is a set of the items of a part, by their place in it.
type members []uint64

func (m members) has(i int) bool { return m[i/64]&(1<<(i%64)) != 0 }

// both counts what m and o have in common.
func (m members) both(o members) (n int) {
	for i, w := range m {
		n += bits.OnesCount64(w & o[i])
	}
	return n
}

// holding is a term with the items of a part that have it.
type holding struct {
	term  uint32
	items members
	n     int
	front int // of them, how many have it in front
}

// contrast is a pair of terms that part a story.
type contrast struct {
	a, b members
	bits float64
}

// contrast finds the two terms that part the items best, nil where none do.
func (x *Index) contrast(part []int32) *contrast {
	if len(part) < 2*minSide {
		return nil
	}
	all := x.holdings(part)
	rivals := slices.DeleteFunc(slices.Clone(all), func(h holding) bool {
		return h.n < minSide || h.n > len(part)-minSide || 2*h.front < h.n
	})
	rivals = rivals[:min(len(rivals), maxRivals)]
	var best *contrast
	for i, a := range rivals {
		for _, b := range rivals[:i] {
			if !x.rivals(part, a, b) {
				continue
			}
			if saved := saving(all, a, b, len(part)); saved >= evident && (best == nil || saved > best.bits) && x.unlike(all, a, b) >= unlike {
				best = &contrast{a.items, b.items, saved}
			}
		}
	}
	return best
}

// holdings returns the terms of a part that can tell an instance, the most frequent first.
func (x *Index) holdings(part []int32) []holding {
	at := map[uint32]int{}
	var all []holding
	for i, slot := range part {
		for _, f := range x.items[slot].features {
			if !instance(x.terms.kinds[f.term]) {
				continue
			}
			k, ok := at[f.term]
			if !ok {
				k = len(all)
				at[f.term] = k
				all = append(all, holding{term: f.term, items: make(members, (len(part)+63)/64)})
			}
			all[k].items[i/64] |= 1 << (i % 64)
			all[k].n++
			if f.tf() >= inFront {
				all[k].front++
			}
		}
	}
	slices.SortFunc(all, func(a, b holding) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(x.terms.label[a.term], x.terms.label[b.term]))
	})
	return all
}

// rivals reports whether nearly every item has one of two terms and hardly one has both,
// and that it is not their languages which part them.
func (x *Index) rivals(part []int32, a, b holding) bool {
	both := a.items.both(b.items)
	if float64(a.n+b.n-both) < covering*float64(len(part)) || float64(both) > mixing*float64(min(a.n, b.n)) {
		return false
	}
	count := map[news.Lang][2]int{}
	for i, slot := range part {
		n := count[x.items[slot].lang]
		if a.items.has(i) {
			n[0]++
		}
		if b.items.has(i) {
			n[1]++
		}
		count[x.items[slot].lang] = n
		if n[0] >= 2 && n[1] >= 2 {
			return true
		}
	}
	return false
}

// saving is how many bits it saves to tell which item has which term when it is told first
// which of the two sides it is of, less the half logarithm of the items that a term's second
// share costs: Rissanen's minimum description length (Automatica 14, 1978).
func saving(all []holding, a, b holding, n int) (sum float64) {
	cost := 0.5 * math.Log2(float64(n))
	for _, h := range all {
		p, q := h.items.both(a.items), h.items.both(b.items)
		sum += math.Max(0, entropy(p+q, a.n+b.n)-entropy(p, a.n)-entropy(q, b.n)-cost)
	}
	return sum
}

// entropy is how many bits it takes to tell which k of n have something.
func entropy(k, n int) float64 {
	if k <= 0 || k >= n {
		return 0
	}
	p := float64(k) / float64(n)
	return -float64(n) * (p*math.Log2(p) + (1-p)*math.Log2(1-p))
}

// unlike is how much more one side alone tells than both do, by the weights of the terms.
// Outlets that copy one agency, others another, tell the same event in other words: they
// share the names that matter.
func (x *Index) unlike(all []holding, a, b holding) float64 {
	var alone, shared float64
	for _, h := range all {
		p := float64(h.items.both(a.items)) / float64(a.n)
		q := float64(h.items.both(b.items)) / float64(b.n)
		w := worth[x.terms.kinds[h.term]] * x.idf(h.term)
		alone += w * w * math.Abs(p-q)
		shared += w * w * math.Min(p, q)
	}
	return alone / shared
}
