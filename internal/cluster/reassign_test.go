package cluster

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// TestPassLooksAtWhatIsNear holds that what a pass looks at grows with the fresh items and
// not with the index: each brings at most maxTouched stories into view, here of two items.
func TestPassLooksAtWhatIsNear(t *testing.T) {
	lx := lex(t)
	for _, n := range []int{100, 400} {
		b := &bench{New(Options{}), lx}
		for i := range n {
			it, d := b.read(report{id: fmt.Sprintf("o%04d", i), day: "2025-03-03", lang: news.En, title: "Ferry leaves the harbour"})
			b.x.Add(Reduce(it, d), fmt.Sprintf("so%04d", i/2*2), "")
		}
		clear(b.x.dirty) // as if these had been settled, however alike
		const fresh = 3
		for i := range fresh {
			it, d := b.read(report{id: fmt.Sprintf("p%04d", i), day: "2025-03-03", lang: news.En, title: "Ferry leaves the harbour"})
			b.x.Add(Reduce(it, d), "sp"+it.ID, "")
		}
		slots, _ := b.x.view()
		if most := fresh * (1 + 2*maxTouched); len(slots) > most || len(slots) <= fresh {
			t.Errorf("with %d items a pass looks at %d, want more than %d and at most %d", n, len(slots), fresh, most)
		}
	}
}

// TestLargeGroup holds that a group too large to weigh pair by pair is sorted all the
// same: one event is one story, and a story that stood stays as it is.
func TestLargeGroup(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	for i := range maxGroup + 50 {
		it, d := b.read(report{
			id: fmt.Sprintf("o%04d", i), day: "2025-03-03", outlet: fmt.Sprint(i), lang: news.En, title: "Gazprom resumes gas supplies to Azerbaijan",
			text: "Six million cubic meters a day are pumped through Shirvanovka, the company said in Moscow.",
		})
		b.x.Add(Reduce(it, d), "s"+it.ID, "") // as if each had opened its own
	}
	b.x.Reassign()
	if got := len(b.x.stories["so0000"]); got != maxGroup+50 || len(b.x.stories) != 1 {
		t.Errorf("%d stories, %d items in the first, want 1 and %d", len(b.x.stories), got, maxGroup+50)
	}
	b.add(ferry[0])
	if m := b.x.Reassign(); len(m) != 0 {
		t.Errorf("a pass after that = %v, want no move", m)
	}
}

// TestReassignSome holds that a pass in parts ends where one pass does when the stories
// are as clear as these, and that what waits keeps its story meanwhile.
func TestReassignSome(t *testing.T) {
	alone := func() *bench {
		b := &bench{New(Options{}), lex(t)}
		for _, r := range slices.Concat(gas, ferry) {
			it, d := b.read(r)
			b.x.Add(Reduce(it, d), "s"+it.ID, "")
		}
		return b
	}
	whole, parts := alone(), alone()
	whole.x.Reassign()
	n := len(parts.x.dirty)
	for more := true; more; {
		waiting := map[string]string{}
		before := len(parts.x.dirty)
		_, more = parts.x.ReassignSome(2)
		for slot := range parts.x.dirty {
			waiting[parts.x.items[slot].id] = parts.x.items[slot].story
		}
		if want := max(before-2, 0); len(parts.x.dirty) != want || more != (want > 0) {
			t.Fatalf("%d items are left of %d, more: %v, want %d", len(waiting), before, more, want)
		}
	}
	if diff := cmp.Diff(whole.x.allStories(), parts.x.allStories()); diff != "" || n < 4 {
		t.Errorf("stories of %d items in one pass and in several (-one +several):\n%s", n, diff)
	}
}

// An item that was settled is looked at when a fresh one is like it, and not else.
func TestAddSettled(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	for _, r := range gas[:2] {
		it, d := b.read(r)
		b.x.AddSettled(Reduce(it, d), "s"+it.ID, "")
	}
	if m := b.x.Reassign(); len(m) != 0 {
		t.Errorf("a pass without fresh items = %v, want no move", m)
	}
	it, d := b.read(gas[2])
	b.x.Add(Reduce(it, d), "s"+it.ID, "")
	if b.x.Reassign(); len(b.x.stories) != 1 {
		t.Errorf("stories are %v, want one", b.x.allStories())
	}
}
