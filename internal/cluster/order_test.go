package cluster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// tangled draws reports that hang together by chains: each has more words than are looked
// up, all of them equally rare at first, from a few that all reports draw on.
func tangled(t *rapid.T) []report {
	var words []string
	for i := range 90 {
		words = append(words, string([]byte{"bdgkmprt"[i%8], "aeiou"[i%5], "lnrs"[i/8%4], "aeiou"[i/5%5], "dgkmtz"[i%6], "aeou"[i%4]}))
	}
	word := rapid.SampledFrom(words)
	drawn := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) report {
		return report{
			day: rapid.SampledFrom([]string{"2025-03-03", "2025-03-03", "2025-03-04"}).Draw(t, "day"), lang: news.En,
			title: strings.Join(rapid.SliceOfN(word, 2, 4).Draw(t, "title"), " "),
			text:  strings.Join(rapid.SliceOfN(word, 3, 50).Draw(t, "text"), " "),
		}
	}), 3, 24).Draw(t, "reports")
	for i := range drawn {
		drawn[i].id, drawn[i].outlet = fmt.Sprintf("t%02d", i), fmt.Sprint("o", i)
	}
	return drawn
}

// arrived adds reports in an order, each seen a second after the one before.
func arrived(lx *lexicon.Lexicon, rs []report) *Index {
	b := &bench{New(Options{}), lx}
	for n, r := range rs {
		it, d := b.item(r)
		it.FirstSeen = it.FirstSeen.Add(time.Duration(n) * time.Second)
		reduced := Reduce(it, d)
		dec := b.x.Assign(reduced)
		b.x.Add(reduced, dec.Story, dec.CopyOf)
	}
	return b.x
}

// allStories returns the ids of the items of each story.
func (x *Index) allStories() [][]string {
	var out [][]string
	for _, slots := range x.stories {
		ids := x.ids(slots)
		slices.Sort(ids)
		out = append(out, ids)
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

func (x *Index) ids(slots []int32) []string {
	var out []string
	for _, slot := range slots {
		out = append(out, x.items[slot].id)
	}
	return out
}

// nearestOf returns the three likeliest candidates of each item, best first.
func (x *Index) nearestOf() map[string][]string {
	clear(x.terms.asOf)
	out := map[string][]string{}
	for _, s := range x.items {
		out[s.id] = x.ids(x.candidates(s, 3))
	}
	return out
}

// TestStoriesFollowFromTheItems holds that in a new index neither the candidates of an
// item nor, after a pass, the stories depend on the order in which the items came.
func TestStoriesFollowFromTheItems(t *testing.T) {
	lx := lex(t)
	rapid.Check(t, func(rt *rapid.T) {
		rs := tangled(rt)
		x, y := arrived(lx, rs), arrived(lx, rapid.Permutation(rs).Draw(rt, "order"))
		if diff := cmp.Diff(x.nearestOf(), y.nearestOf()); diff != "" {
			rt.Fatalf("another order gives other candidates (-want +got):\n%s", diff)
		}
		x.Reassign()
		y.Reassign()
		if diff := cmp.Diff(x.allStories(), y.allStories()); diff != "" {
			rt.Fatalf("another order gives other stories (-want +got):\n%s", diff)
		}
	})
}

// TestCandidatesOfAFullPosting holds that of a term which more items have than are looked
// at those count that are nearest in time, whenever they came.
func TestCandidatesOfAFullPosting(t *testing.T) {
	lx := lex(t)
	day := time.Date(2025, 3, 3, 0, 0, 0, 0, time.UTC)
	var all []Reduced
	read := lx.Analyse("Harbour", "", news.En)
	for i := range 2*maxPostings + 100 {
		at := day.Add(time.Duration(i) * time.Minute)
		all = append(all, Reduce(news.Item{ID: fmt.Sprintf("h%04d", i), Published: at, FirstSeen: at}, read))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		x := New(Options{})
		rng.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
		for _, r := range all {
			x.Add(r, "s"+r.sketch.id, "")
		}
		for _, c := range []struct{ of, first, last int }{{0, 1, 399}, {450, 250, 649}, {899, 500, 898}} {
			got := x.ids(x.candidates(x.items[x.byID[fmt.Sprintf("h%04d", c.of)]], 1000))
			slices.Sort(got)
			if first, last := fmt.Sprintf("h%04d", c.first), fmt.Sprintf("h%04d", c.last); got[0] != first || got[len(got)-1] != last {
				t.Errorf("candidates of item %d = %s to %s, want %s to %s", c.of, got[0], got[len(got)-1], first, last)
			}
		}
	}
}
