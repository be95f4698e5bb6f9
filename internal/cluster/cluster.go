// Package cluster sorts items into stories: all reports of one event, in any
// language, are one story, and two events are two, even when a template makes
// their texts alike but for a month or a number.
//
// An item becomes a sketch: a vector of concepts, name skeletons, numbers, days, stems
// and meanings, weighted by how rare they are in the index; hashed word runs to tell
// copies; and anchors that veto: a figure's or headline's period, an ordinal, the numbers
// of one template, a call against a meeting, whom a call was with. Between languages the
// stems do not count: concepts, skeletons, numbers and the meanings of gloss.txt are the
// bridge. Candidates come from an inverted index over recent items, never from a scan. An
// item joins a story by the mean likeness to its members, not by the best alone, so that
// chains do not weld days together; Reassign repeats the decision with all evidence in,
// independent of the order of arrival, and divides a story that two events of one kind have
// grown into. Explain shows what a pair was weighed by. How well
// it does is told by samur eval.
//
// The package refuses to guess from one shared name: the two countries and their
// presidents weigh next to nothing where everybody writes of them. It prefers two stories
// of one event to one story of two events.
//
// Read Index first, then compare.
package cluster

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
)

// Options sets what an Index may forget.
type Options struct {
	// Window is how far apart two reports of one event may be published; 0 means
	// seven days.
	Window time.Duration
	// Most is how many items Prune leaves, some two or three kilobytes each; 0 is no
	// bound. A feed can have as many items as it wants.
	Most int
}

const week = 7 * 24 * time.Hour

// Index is the recent items with their stories. It is not safe for concurrent
// use: the caller holds a lock.
type Index struct {
	window  time.Duration
	most    int
	terms   terms
	items   []*sketch
	live    int
	oldest  time.Time          // when the first of items was first seen
	stories map[string][]int32 // slots of members, in the order they came
	byID    map[string]int32
	dirty   map[int32]bool // added since the last Reassign
	last    *sketch        // of the item assigned last, which Add mostly follows
	points  []float64      // scratch of candidates, one per slot
	hit     []int32        // scratch of candidates: slots with points
}

// Decision is where an item belongs and why.
type Decision struct {
	Story  string // the story joined, or the id of a new one
	New    bool
	CopyOf string // item whose text it repeats, "" otherwise
	Why    news.Ground
	Score  float64 // 0 to 1; 0.57 is the line
	Series string  // name of the series that it is one of, "" when none
}

// New returns an empty index.
func New(o Options) *Index {
	if o.Window <= 0 {
		o.Window = week
	}
	return &Index{
		window:  o.Window,
		most:    o.Most,
		terms:   terms{id: map[string]uint32{}},
		stories: map[string][]int32{},
		byID:    map[string]int32{},
		dirty:   map[int32]bool{},
	}
}

// line is the likelihood of one event from which an item joins.
const line = 0.57

// Assign tells which story it belongs to. It changes no story.
func (x *Index) Assign(r Reduced) Decision {
	s := x.sketchOf(r)
	x.last = s
	own := Decision{Story: "s" + s.id, New: true, Why: news.Because(news.GroundNoneLike)}
	near := x.candidates(s, maxCandidates)
	if len(near) == 0 {
		own.Series = s.series
		return own
	}
	for _, slot := range near {
		o := x.items[slot]
		if share := copied(s, o); share > 0 {
			return Decision{Story: o.story, CopyOf: original(o), Score: 1, Why: copyWords(s, o, share), Series: s.series}
		}
	}
	best := x.bestStory(s, near, &own)
	best.Series = s.series
	if best.Score < line {
		if best.Story != "" && own.Series == "" {
			own.Why = news.Because(news.GroundNearest, best.Story, hundredths(best.Score), hundredths(line))
		}
		own.Score, own.Series = best.Score, cmp.Or(s.series, own.Series)
		return own
	}
	return best
}

// hundredths writes a likelihood for a reason.
func hundredths(p float64) string { return strconv.FormatFloat(p, 'f', 2, 64) }

// bestStory weighs the stories of the candidates. A veto on the way is noted in
// own, for the item that then stands alone.
func (x *Index) bestStory(s *sketch, near []int32, own *Decision) Decision {
	var best Decision
	seen := map[string]bool{}
	for _, slot := range near {
		story := x.items[slot].story
		if seen[story] {
			continue
		}
		if l := x.compare(s, x.items[slot]); l.p < edge && l.veto == "" {
			continue // another member may yet bring the story up
		}
		seen[story] = true
		f := x.fit(s, x.stories[story])
		if f.veto != "" && own.Series == "" && f.score < line {
			own.Why, own.Series = news.Because(news.GroundNotStory, story, string(f.veto)), f.series
		}
		if f.score > best.Score || f.score == best.Score && story < best.Story {
			best = Decision{Story: story, Score: f.score, Why: x.because(s, f)}
		}
	}
	return best
}

// fitting is how well an item fits a story.
type fitting struct {
	score  float64
	best   int32 // slot of the member most like it
	like   likeness
	veto   news.Ground
	series string
}

// maxMembers is how many members of a story an item is compared with: the first
// ones, which carry the event, and the latest.
const maxMembers = 12

// standing returns the members that stand for a story.
func standing(members []int32) []int32 {
	if len(members) <= maxMembers {
		return members
	}
	return append(slices.Clone(members[:maxMembers/2]), members[len(members)-maxMembers/2:]...)
}

// fit compares s with the members of a story: half the best likelihood, half the
// mean, so that one odd member neither carries an item in nor keeps it out.
func (x *Index) fit(s *sketch, members []int32) fitting {
	f := fitting{best: -1}
	members = standing(members)
	var sum, top float64
	n := 0
	for _, slot := range members {
		o := x.items[slot]
		if o.copyOf != "" && len(members) > 1 {
			continue
		}
		l := x.compare(s, o)
		p := l.p
		if l.veto != "" {
			f.veto, f.series = l.veto, l.series
		}
		sum += p
		n++
		if p > top || f.best < 0 {
			top, f.best, f.like = p, slot, l
		}
	}
	if n > 0 {
		f.score = math.Max(0, 0.5*top+0.5*sum/float64(n))
	}
	return f
}

// because says why s fits.
func (x *Index) because(s *sketch, f fitting) news.Ground {
	if f.best < 0 {
		return ""
	}
	o := x.items[f.best]
	return news.Because(news.GroundLike, append([]string{o.id}, x.sharedWords(s, o)...)...)
}

// maxShared is how many shared terms a reason names.
const maxShared = 5

// sharedWords lists what two items share, weightiest first.
func (x *Index) sharedWords(a, b *sketch) []string {
	var words []string
	all := x.shared(a, b)
	for _, t := range all[:min(len(all), maxShared)] {
		words = append(words, t.Name)
	}
	return words
}

// Add commits an item to a story, as a copy of another item where copyOf is not "". It
// also serves to fill a new index from the store, in any order; an item that is there
// already is left as it is.
func (x *Index) Add(r Reduced, story, copyOf string) {
	if slot, ok := x.add(r, story, copyOf); ok {
		x.dirty[slot] = true
	}
}

// AddSettled is Add for an item that a pass of Reassign has looked at already, as those of
// a store have: it is looked at again when a fresh one is like it.
func (x *Index) AddSettled(r Reduced, story, copyOf string) { x.add(r, story, copyOf) }

// add returns the item's slot; ok is false where it is there already.
func (x *Index) add(r Reduced, story, copyOf string) (slot int32, ok bool) {
	s := r.sketch
	if _, ok := x.byID[s.id]; ok {
		return 0, false
	}
	if x.last != s {
		s = x.sketchOf(r)
	}
	x.last = nil
	s.story, s.copyOf = strings.Clone(story), strings.Clone(copyOf) // as in apartFrom
	return x.insert(s), true
}

func (x *Index) insert(s *sketch) int32 {
	slot := int32(len(x.items))
	x.items = append(x.items, s)
	x.points = append(x.points, 0)
	x.byID[s.id] = slot
	x.aged(s)
	x.stories[s.story] = append(x.stories[s.story], slot)
	x.live++
	for _, f := range s.features {
		x.post(f.term, slot)
	}
	return slot
}
