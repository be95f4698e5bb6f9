package cluster

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Move says that items went from one story into another. When From has no items
// left it is merged into Into.
type Move struct {
	From, Into string
	Items      []string
}

// The bounds of a pass. It looks up the candidates of every fresh item and of no other,
// takes the stories of maxTouched of them into view, and weighs no item with more than
// maxGroup others.
const (
	edge       = 0.15 // likelihood that makes two items worth weighing together
	strongest  = 0.95 // a group that is too large even so is swept, not weighed
	maxTouched = 8    // stories without fresh items that a fresh item is weighed against
	maxGroup   = 250  // items weighed together; a larger group is cut at weaker edges
)

// Reassign decides again for all items added since the last pass and the stories that
// they touch, with every item in view, and divides what turns out to be two events of one
// kind: what came first no longer matters. Where all items
// are fresh, as in a new index, the stories follow from the items alone; names are another
// matter, for a story is named by the item that was seen first. It returns the moves it
// made, which the caller must bring to the store.
func (x *Index) Reassign() []Move {
	moves, _ := x.ReassignSome(len(x.dirty))
	return moves
}

// ReassignSome is Reassign for no more than so many of the items added since the last
// pass, those seen first; more reports whether others are left, whose stories stand
// meanwhile as they are. Thousands take seconds: who holds a lock may let go of it
// between.
func (x *Index) ReassignSome(most int) (moves []Move, more bool) {
	all := x.dirty
	if len(all) <= most {
		return x.reassign(), false
	}
	slots := slices.SortedFunc(maps.Keys(all), x.slotsByTime)
	x.dirty = make(map[int32]bool, most)
	for _, slot := range slots[:most] {
		x.dirty[slot] = true
		delete(all, slot)
	}
	moves = x.reassign()
	x.dirty = all
	return moves, true
}

// reassign decides again for the fresh items.
func (x *Index) reassign() []Move {
	clear(x.terms.asOf) // what is not quite up to date would depend on the order of arrival
	slots, links := x.view()
	before := make(map[string]string, len(slots))
	for _, slot := range slots {
		before[x.items[slot].id] = x.items[slot].story
	}
	for _, group := range connect(slots, links, edge) {
		slices.SortFunc(group, x.slotsByTime)
		parts := x.settle
		if len(group) > maxGroup {
			parts = func(group []int32) [][]int32 { return x.sweep(group, links) }
		}
		for _, p := range parts(group) {
			for _, q := range x.divide(p) {
				x.name(q)
			}
		}
	}
	clear(x.dirty)
	return x.moves(before)
}

func (x *Index) slotsByTime(a, b int32) int { return byTime(x.items[a], x.items[b]) }

// link is a likely pair.
type link struct {
	to int32
	p  float64
}

// view returns what a pass looks at, by slot: the fresh items, and whole the stories that
// they are in or are likely to belong to. Its links are the likely pairs with a fresh
// item; what else is in a story was weighed when it was fresh, and hangs together.
func (x *Index) view() ([]int32, map[int32][]link) {
	links := map[int32][]link{}
	tie := func(a, b int32, p float64) {
		links[a] = append(links[a], link{b, p})
		links[b] = append(links[b], link{a, p})
	}
	stories := map[string]bool{}
	for slot := range x.dirty {
		stories[x.items[slot].story] = true
		for _, l := range x.links(slot) {
			stories[x.items[l.to].story] = true
			tie(slot, l.to, l.p)
		}
	}
	var slots []int32
	for story := range stories {
		settled := int32(-1)
		for _, slot := range x.stories[story] {
			slots = append(slots, slot)
			switch {
			case x.dirty[slot]:
			case settled < 0:
				settled = slot
			default:
				tie(settled, slot, 1)
			}
		}
	}
	slices.Sort(slots)
	return slots, links
}

// links returns the likely partners of a fresh item among its candidates: all that are
// fresh, and those of the likeliest stories without.
func (x *Index) links(slot int32) []link {
	s := x.items[slot]
	var likely []link
	for _, o := range x.candidates(s, maxCandidates) {
		if p := x.likely(s, x.items[o]); p >= edge {
			likely = append(likely, link{o, p})
		}
	}
	slices.SortStableFunc(likely, func(a, b link) int { return cmp.Compare(b.p, a.p) })
	touched := map[string]bool{}
	return slices.DeleteFunc(likely, func(l link) bool {
		o := x.items[l.to]
		if x.dirty[l.to] || touched[o.story] {
			return false
		}
		if len(touched) == maxTouched {
			return true
		}
		touched[o.story] = true
		return false
	})
}

// connect returns the connected groups of slots over links of at least p; a group
// that is too large is connected again over stronger links.
func connect(slots []int32, links map[int32][]link, p float64) [][]int32 {
	var out [][]int32
	in := make(map[int32]bool, len(slots))
	for _, s := range slots {
		in[s] = true
	}
	for _, s := range slots {
		if !in[s] {
			continue
		}
		in[s] = false
		group := []int32{s}
		for i := 0; i < len(group); i++ {
			for _, l := range links[group[i]] {
				if l.p >= p && in[l.to] {
					in[l.to] = false
					group = append(group, l.to)
				}
			}
		}
		if len(group) > maxGroup && p < strongest {
			out = append(out, connect(group, links, min(p+0.2, strongest))...)
			continue
		}
		out = append(out, group)
	}
	return out
}

// settle sorts one group into stories by average linkage: the two parts with the
// highest mean likelihood are joined until none reaches the line. Ties go to the
// earliest of the group, which is in order of time.
func (x *Index) settle(group []int32) [][]int32 {
	n := len(group)
	l := linkage{sum: make([][]float64, n), parts: make([][]int32, n), best: make([]nearest, n)}
	for i := range group {
		l.sum[i] = make([]float64, n)
		l.parts[i] = []int32{group[i]}
		for k := range i {
			p := x.likely(x.items[group[i]], x.items[group[k]])
			l.sum[i][k], l.sum[k][i] = p, p
		}
	}
	for i := range group {
		l.look(i)
	}
	for l.join() {
	}
	x.adopt(&l)
	return slices.DeleteFunc(l.parts, func(p []int32) bool { return p == nil })
}

// linkage is the state of an average linkage.
type linkage struct {
	parts [][]int32   // nil where one went into another
	sum   [][]float64 // of the likelihoods between the items of two parts
	best  []nearest   // of each part among those after it
}

// nearest is the part with the highest mean likelihood above the line, -1 when none has.
type nearest struct {
	part int
	mean float64
}

// mean is the mean likelihood between the items of two parts.
func (l *linkage) mean(i, k int) float64 {
	return l.sum[i][k] / float64(len(l.parts[i])*len(l.parts[k]))
}

// look finds the nearest part after i.
func (l *linkage) look(i int) {
	l.best[i] = nearest{-1, line}
	for k := i + 1; k < len(l.parts); k++ {
		if l.parts[k] != nil && l.mean(i, k) > l.best[i].mean {
			l.best[i] = nearest{k, l.mean(i, k)}
		}
	}
}

// join joins the nearest two parts; it reports whether there were any.
func (l *linkage) join() bool {
	a := -1
	for i, b := range l.best {
		if l.parts[i] != nil && b.part >= 0 && (a < 0 || b.mean > l.best[a].mean) {
			a = i
		}
	}
	if a < 0 {
		return false
	}
	b := l.best[a].part
	l.parts[a] = append(l.parts[a], l.parts[b]...)
	l.parts[b] = nil
	for k := range l.parts {
		l.sum[a][k] += l.sum[b][k]
		l.sum[k][a] = l.sum[a][k]
	}
	l.look(a)
	for i := range b {
		switch {
		case l.parts[i] == nil || i == a:
		case l.best[i].part == a || l.best[i].part == b:
			l.look(i)
		case i < a && (l.mean(i, a) > l.best[i].mean || l.mean(i, a) == l.best[i].mean && a < l.best[i].part):
			l.best[i] = nearest{a, l.mean(i, a)}
		}
	}
	return true
}

// adopters is how many items a part has at least that takes in one that is alone.
const adopters = 3

// adopt brings items that stayed alone into the part that would have taken them had they
// come last, as Assign does: by half the best likelihood, half the mean. The mean alone
// keeps out of a large story what only some of its items tell as well.
func (x *Index) adopt(l *linkage) {
	for i, p := range l.parts {
		if len(p) != 1 {
			continue
		}
		best, into := line, -1
		for k, q := range l.parts {
			if len(q) < adopters {
				continue
			}
			if f := x.fit(x.items[p[0]], q); f.veto == "" && f.score > best {
				best, into = f.score, k
			}
		}
		if into >= 0 {
			l.parts[into], l.parts[i] = append(l.parts[into], p[0]), nil
		}
	}
}

// sweep sorts a group that is too large to weigh every pair of it: each item, in order of
// time, goes into the best of the parts that its likely partners are in.
func (x *Index) sweep(group []int32, links map[int32][]link) [][]int32 {
	var parts [][]int32
	in := make(map[int32]int, len(group))
	for _, slot := range group {
		best, into := line, len(parts)
		tried := map[int]bool{}
		for _, l := range links[slot] {
			k, ok := in[l.to]
			if !ok || tried[k] {
				continue
			}
			tried[k] = true
			if m := x.meanOf(slot, parts[k]); m > best || m == best && k < into {
				best, into = m, k
			}
		}
		if into == len(parts) {
			parts = append(parts, nil)
		}
		parts[into] = append(parts[into], slot)
		in[slot] = into
	}
	return parts
}

// meanOf is the mean likelihood between an item and the members of a part that stand for it.
func (x *Index) meanOf(slot int32, part []int32) (sum float64) {
	part = standing(part)
	for _, o := range part {
		sum += x.likely(x.items[slot], x.items[o])
	}
	return sum / float64(len(part))
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
