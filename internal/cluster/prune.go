package cluster

import (
	"slices"
	"time"
)

// pruneShare is the share of the window, one in so many, that the oldest item must be
// due for before any is forgotten: all items get new slots then, which takes as long for
// one as for a thousand.
const pruneShare = 64

// Prune forgets items first seen before a time, with the terms that no other item has. It
// waits until the oldest is due for a sixty-fourth of the window, so that an index which
// is pruned before each use holds that much more than its window and spends next to
// nothing on it. In the same way it forgets the oldest items beyond Options.Most.
func (x *Index) Prune(before time.Time) {
	over := len(x.items) - x.most
	switch {
	case x.most > 0 && over > x.most/pruneShare:
		if bound := x.oldestBut(x.most); bound.After(before) {
			before = bound
		}
	case len(x.items) == 0 || before.Sub(x.oldest) < x.window/pruneShare:
		return
	}
	to := make([]int32, len(x.items)) // new slots, -1 for what is forgotten
	var kept []*sketch
	for slot, s := range x.items {
		to[slot] = -1
		if !s.order.Before(before) {
			to[slot] = int32(len(kept))
			kept = append(kept, s)
		}
	}
	x.items, x.points, x.live, x.last = kept, make([]float64, len(kept)), len(kept), nil
	x.byID = make(map[string]int32, len(kept))
	for slot, s := range kept {
		x.byID[s.id] = int32(slot)
		x.aged(s)
	}
	for story, slots := range x.stories {
		if slots = renumbered(slots, to); len(slots) == 0 {
			delete(x.stories, story)
		} else {
			x.stories[story] = slots
		}
	}
	dirty := make(map[int32]bool, len(x.dirty))
	for slot := range x.dirty {
		if to[slot] >= 0 {
			dirty[to[slot]] = true
		}
	}
	x.dirty = dirty
	x.pruneTerms(to)
}

// oldestBut returns a time before which all items but so many were first seen, or fewer
// than that where several came at once.
func (x *Index) oldestBut(kept int) time.Time {
	seen := make([]time.Time, len(x.items))
	for i, s := range x.items {
		seen[i] = s.order
	}
	slices.SortFunc(seen, time.Time.Compare)
	return seen[len(seen)-kept-1].Add(1)
}

// aged notes when the oldest item was first seen; the items stand in no certain order.
func (x *Index) aged(s *sketch) {
	if len(x.byID) == 1 || s.order.Before(x.oldest) {
		x.oldest = s.order
	}
}

// renumbered gives slots their new numbers, without those that are forgotten. Their order
// stays.
func renumbered(slots, to []int32) []int32 {
	kept := slots[:0]
	for _, slot := range slots {
		if to[slot] >= 0 {
			kept = append(kept, to[slot])
		}
	}
	return kept
}

// pruneTerms brings the postings to new slots and drops the terms that no item has. The
// order of the others stays, and with it that of the items' features.
func (x *Index) pruneTerms(slots []int32) {
	used := make([]bool, len(x.terms.label))
	for _, s := range x.items {
		for _, f := range s.features {
			used[f.term] = true
		}
		for _, id := range s.head {
			used[id] = true
		}
		for _, id := range s.persons {
			used[id] = true
		}
	}
	old, to := x.terms, make([]uint32, len(used))
	x.terms = terms{id: make(map[string]uint32, len(old.id))}
	for id, word := range old.label {
		if !used[id] {
			continue
		}
		n := x.terms.take(label{word, old.prior[id]})
		x.terms.slots[n] = renumbered(old.slots[id], slots)
		x.terms.df[n] = int32(len(x.terms.slots[n]))
		to[id] = n
	}
	for _, s := range x.items {
		for i := range s.features {
			s.features[i].term = to[s.features[i].term]
		}
		for i := range s.head {
			s.head[i] = to[s.head[i]]
		}
		for i := range s.persons {
			s.persons[i] = to[s.persons[i]]
		}
	}
}
