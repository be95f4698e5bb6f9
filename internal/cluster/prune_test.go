package cluster

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestPrunedIsAsIfNew holds that an index which has forgotten items is as one that never
// had them: no term, posting or story of theirs stays.
func TestPrunedIsAsIfNew(t *testing.T) {
	lx := lex(t)
	rapid.Check(t, func(rt *rapid.T) {
		rs := tangled(rt)
		gone := rapid.IntRange(1, len(rs)-1).Draw(rt, "gone")
		for i := range rs {
			if rs[i].day = "2025-03-04"; i < gone {
				rs[i].day = "2025-03-03"
			}
		}
		got, want := arrived(lx, rs), New(Options{})
		got.Prune(time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC))
		b := &bench{want, lx}
		for _, r := range rs[gone:] {
			it, d := b.item(r)
			want.Add(Reduce(it, d), got.items[got.byID[r.id]].story, "")
		}
		if diff := cmp.Diff(want.nearestOf(), got.nearestOf()); diff != "" {
			rt.Fatalf("candidates after Prune (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want.allStories(), got.allStories()); diff != "" {
			rt.Fatalf("stories after Prune (-want +got):\n%s", diff)
		}
		if got, want := len(got.terms.label), len(want.terms.label); got != want {
			rt.Fatalf("%d terms after Prune, want %d", got, want)
		}
		if got, want := len(got.dirty), len(want.dirty); got != want {
			rt.Fatalf("%d fresh items after Prune, want %d", got, want)
		}
	})
}

// TestPruneBounds holds that an index does not grow beyond its bound by more than a
// sixty-fourth, that it is the oldest items that go, and that those which came at once go
// together.
func TestPruneBounds(t *testing.T) {
	lx := lex(t)
	const bound, together = 128, 5
	b := &bench{New(Options{Most: bound}), lx}
	day := time.Date(2025, 3, 3, 0, 0, 0, 0, time.UTC)
	for i := range 3 * bound {
		it, d := b.item(report{id: fmt.Sprintf("p%04d", i), lang: "en", title: fmt.Sprint("Harbour ", i)})
		it.FirstSeen = day.Add(time.Duration(i/together) * time.Minute)
		b.x.Add(Reduce(it, d), "s"+it.ID, "")
		b.x.Prune(day.AddDate(0, 0, -7))
		n := len(b.x.items)
		if n > bound+bound/pruneShare || i >= bound && n < bound-together {
			t.Fatalf("%d items behind item %d, want %d or little more or less", n, i, bound)
		}
		if first, want := b.x.oldest, it.FirstSeen.Add(-time.Duration(n/together+1)*time.Minute); first.Before(want) {
			t.Fatalf("of %d items the oldest is of %v, want none before %v", n, first, want)
		}
	}
}

// TestPruneWaits holds that an index grows by a sixty-fourth of its window before it
// forgets, and by no more.
func TestPruneWaits(t *testing.T) {
	lx := lex(t)
	const window = 128
	b := &bench{New(Options{Window: window * time.Minute}), lx}
	day := time.Date(2025, 3, 3, 0, 0, 0, 0, time.UTC)
	most := 0
	for i := range 3 * window {
		it, d := b.item(report{id: fmt.Sprintf("p%04d", i), lang: "en", title: fmt.Sprint("Harbour ", i)})
		it.FirstSeen = day.Add(time.Duration(i) * time.Minute)
		b.x.Add(Reduce(it, d), "s"+it.ID, "")
		most = max(most, len(b.x.items))
		b.x.Prune(day.Add(time.Duration(i-window+1) * time.Minute))
	}
	if want := window + window/pruneShare; most != want {
		t.Errorf("the index held %d items at most, want %d", most, want)
	}
}
