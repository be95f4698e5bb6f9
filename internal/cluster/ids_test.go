package cluster

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"samur/internal/news"
)

// TestEveryStoryResolves holds that whatever comes and in whatever order, with passes in
// between, an id that was handed out leads to a story that stands, a story is named by its
// earliest item, and a second pass changes nothing.
func TestEveryStoryResolves(t *testing.T) {
	all := append(append([]report{}, gas...), ferry...)
	for i, r := range all[:3] { // a second round, two days later
		r.id, r.day = fmt.Sprint("z", i), "2025-03-05"
		all = append(all, r)
	}
	words := lex(t)
	rapid.Check(t, func(rt *rapid.T) {
		b := &bench{New(Options{}), words}
		into := map[string]string{} // redirects, as the store keeps them
		handed := map[string]bool{}
		pass := func() {
			for _, m := range b.x.Reassign() {
				delete(into, m.Into)
				if len(b.x.stories[m.From]) == 0 {
					into[m.From] = m.Into
				}
				handed[m.Into] = true
			}
		}
		for _, r := range rapid.Permutation(all).Draw(rt, "order") {
			d := b.add(r)
			handed[d.Story] = true
			delete(into, d.Story)
			if rapid.IntRange(0, 3).Draw(rt, "pass") == 0 {
				pass()
			}
		}
		pass()
		for id := range handed {
			at := id
			for n := 0; into[at] != ""; n++ {
				if at = into[at]; n > len(all) {
					rt.Fatalf("story %s redirects in a circle", id)
				}
			}
			if len(b.x.stories[at]) == 0 {
				rt.Errorf("story %s leads to %s, which has no items", id, at)
			}
		}
		for id, slots := range b.x.stories {
			first := b.x.items[slots[0]]
			for _, s := range slots {
				if b.x.earlier(b.x.items[s], first) < 0 {
					first = b.x.items[s]
				}
			}
			if id != "s"+first.id {
				rt.Errorf("a story is named %s, want s%s after its earliest item", id, first.id)
			}
		}
		if m := b.x.Reassign(); len(m) != 0 {
			rt.Errorf("a second pass = %v, want no move", m)
		}
	})
}

// TestVoices holds that copies, credited reposts and an outlet's second language join a
// story without adding a voice.
func TestVoices(t *testing.T) {
	repost := gas[0]
	repost.id, repost.outlet, repost.via = "e9", "Z", "A" // the text of A, with its name
	edition := gas[2]
	edition.id, edition.outlet = "r9", "A" // A's Russian edition
	b := &bench{New(Options{}), lex(t)}
	st := news.Story{}
	for _, r := range append(append([]report{}, gas...), repost, edition) {
		it, d := b.item(r)
		reduced := Reduce(it, d)
		dec := b.x.Assign(reduced)
		b.x.Add(reduced, dec.Story, dec.CopyOf)
		if dec.Story != "se1" {
			t.Errorf("%s is in %s, want se1: %s", r.id, dec.Story, dec.Why)
		}
		st.Members = append(st.Members, news.Member{Item: r.id, Outlet: r.outlet, CopyOf: dec.CopyOf})
	}
	if got := st.Voices(); got != 4 {
		t.Errorf("Voices = %d, want 4: A, B, C and D", got)
	}
}
