package cluster

import (
	"cmp"
	"slices"
	"strings"
)

// Move says that items went from one story into another. When From has no items
// left it is merged into Into.
type Move struct {
	From, Into string
	Items      []string
}

// The bounds of a pass.
const (
	edge     = 0.15 // likelihood that makes two items worth weighing together
	maxGroup = 250  // items weighed together; a larger group is cut at weaker edges
)

// Reassign decides again for all items added since the last pass and those they
// touch, with every item in view: what came first no longer matters. It returns
// the moves it made, which the caller must bring to the store.
func (x *Index) Reassign() []Move {
	clear(x.terms.asOf) // what is not quite up to date would depend on the order of arrival
	before := map[string]string{}
	for _, group := range x.groups() {
		for _, slot := range group {
			before[x.items[slot].id] = x.items[slot].story
		}
		x.settle(group)
	}
	clear(x.dirty)
	return x.moves(before)
}

// groups returns the sets of items that hang together by likely pairs, each with
// at least one new item, in the order of their first item.
func (x *Index) groups() [][]int32 {
	seeds := make([]int32, 0, len(x.dirty))
	for slot := range x.dirty {
		seeds = append(seeds, slot)
	}
	slices.Sort(seeds)
	links := map[int32][]link{}
	queue := slices.Clone(seeds)
	seen := map[int32]bool{}
	for len(queue) > 0 {
		slot := queue[0]
		queue = queue[1:]
		if seen[slot] {
			continue
		}
		seen[slot] = true
		for _, l := range x.links(slot) {
			links[slot] = append(links[slot], l)
			links[l.to] = append(links[l.to], link{slot, l.p})
			if !seen[l.to] {
				queue = append(queue, l.to)
			}
		}
	}
	all := make([]int32, 0, len(seen))
	for slot := range seen {
		all = append(all, slot)
	}
	slices.Sort(all)
	return connect(all, links, edge)
}

// link is a likely pair.
type link struct {
	to int32
	p  float64
}

// links returns the likely partners of an item: its candidates, and the rest of
// its story.
func (x *Index) links(slot int32) []link {
	s := x.items[slot]
	var out []link
	for _, o := range x.candidates(s, maxCandidates) {
		if copied(s, x.items[o]) > 0 {
			out = append(out, link{o, 1})
		} else if p := x.compare(s, x.items[o]).p; p >= edge {
			out = append(out, link{o, p})
		}
	}
	for _, o := range x.stories[s.story] {
		if o != slot && !slices.ContainsFunc(out, func(l link) bool { return l.to == o }) {
			out = append(out, link{o, line})
		}
	}
	return out
}

// connect returns the connected groups of slots over links of at least p; a group
// that is too large is connected again over stronger links.
func connect(slots []int32, links map[int32][]link, p float64) [][]int32 {
	var out [][]int32
	in := map[int32]bool{}
	for _, s := range slots {
		in[s] = true
	}
	seen := map[int32]bool{}
	for _, s := range slots {
		if seen[s] {
			continue
		}
		group := []int32{}
		stack := []int32{s}
		seen[s] = true
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			group = append(group, at)
			for _, l := range links[at] {
				if l.p >= p && in[l.to] && !seen[l.to] {
					seen[l.to] = true
					stack = append(stack, l.to)
				}
			}
		}
		slices.Sort(group)
		if len(group) > maxGroup && p < 0.95 {
			out = append(out, connect(group, links, p+0.2)...)
			continue
		}
		out = append(out, group)
	}
	return out
}

// settle sorts one group into stories by average linkage: the two parts with the
// highest mean likelihood are joined until none reaches the line. Ties go by id.
func (x *Index) settle(group []int32) {
	if len(group) > maxGroup {
		return // cannot be told apart by any likelihood: left as it is
	}
	slices.SortFunc(group, func(a, b int32) int { return x.earlier(x.items[a], x.items[b]) })
	n := len(group)
	sum := make([][]float64, n)
	parts := make([][]int32, n)
	for i := range group {
		sum[i] = make([]float64, n)
		parts[i] = []int32{group[i]}
	}
	for i := range group {
		for k := range i {
			p := x.likely(x.items[group[i]], x.items[group[k]])
			sum[i][k], sum[k][i] = p, p
		}
	}
	for {
		a, b := closest(sum, parts)
		if a < 0 {
			break
		}
		parts[a] = append(parts[a], parts[b]...)
		parts[b] = nil
		for k := range parts {
			sum[a][k] += sum[b][k]
			sum[k][a] = sum[a][k]
		}
	}
	for _, p := range parts {
		x.name(p)
	}
}

// likely is the likelihood of a pair, 1 for copies.
func (x *Index) likely(a, b *sketch) float64 {
	if !x.near(a, b) {
		return vetoed
	}
	if copied(a, b) > 0 {
		return 1
	}
	return x.compare(a, b).p
}

// closest returns the two parts with the highest mean likelihood, -1 when none
// reaches the line.
func closest(sum [][]float64, parts [][]int32) (int, int) {
	best, bi, bk := line, -1, -1
	for i := range parts {
		if parts[i] == nil {
			continue
		}
		for k := i + 1; k < len(parts); k++ {
			if parts[k] == nil {
				continue
			}
			if mean := sum[i][k] / float64(len(parts[i])*len(parts[k])); mean > best {
				best, bi, bk = mean, i, k
			}
		}
	}
	return bi, bk
}

// earlier orders items by when they were first seen, published, and id.
func (x *Index) earlier(a, b *sketch) int {
	return cmp.Or(a.order.Compare(b.order), a.at.Compare(b.at), strings.Compare(a.id, b.id))
}

// name gives the items of a part their story: that of the earliest member.
func (x *Index) name(part []int32) {
	if len(part) == 0 {
		return
	}
	first := slices.MinFunc(part, func(a, b int32) int { return x.earlier(x.items[a], x.items[b]) })
	story := "s" + x.items[first].id
	for _, slot := range part {
		x.place(slot, story)
	}
}

// place moves an item into a story.
func (x *Index) place(slot int32, story string) {
	s := x.items[slot]
	if s.story == story {
		return
	}
	rest := slices.DeleteFunc(x.stories[s.story], func(o int32) bool { return o == slot })
	if len(rest) == 0 {
		delete(x.stories, s.story)
	} else {
		x.stories[s.story] = rest
	}
	s.story = story
	x.stories[story] = append(x.stories[story], slot)
}

// moves lists what changed since before, by story.
func (x *Index) moves(before map[string]string) []Move {
	type pair struct{ from, into string }
	changed := map[pair][]string{}
	for id, from := range before {
		if into := x.items[x.byID[id]].story; into != from {
			changed[pair{from, into}] = append(changed[pair{from, into}], id)
		}
	}
	var out []Move
	for p, items := range changed {
		slices.Sort(items)
		out = append(out, Move{From: p.from, Into: p.into, Items: items})
	}
	slices.SortFunc(out, func(a, b Move) int {
		return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.Into, b.Into))
	})
	return out
}
