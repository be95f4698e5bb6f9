package ingest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"samur/internal/cluster"
	"samur/internal/news"
	"samur/internal/store"
)

// Settle looks at the recent stories once more, merges what turned out to be one
// event and writes the moves. It is called before a digest is made. Passes go on in
// between: after the first poll of many feeds there are thousands of items to be looked
// at, which takes a minute.
func (in *Ingester) Settle(now time.Time) error {
	if err := in.prepare(now); err != nil {
		return err
	}
	settled := 0
	for more := true; more; {
		n := 0
		var err error
		if n, more, err = in.settleSome(now); err != nil {
			return err
		}
		settled += n
	}
	if settled > 0 {
		in.lg.Info("stories settled", "stories", settled)
	}
	return nil
}

// maxSettled is how many items are settled while the lock is held.
const maxSettled = 200

// settleSome settles the next items that have come since the last time, and returns how
// many moves that made and whether there are more of them.
func (in *Ingester) settleSome(now time.Time) (n int, more bool, err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := in.loadStories(now); err != nil {
		return 0, false, err
	}
	moves, more := in.stories.ReassignSome(maxSettled)
	if len(moves) > 0 {
		in.round.Add(1)
		err = in.applyMoves(moves)
	}
	if err == nil && !more {
		err = in.markSettled()
	}
	if err != nil {
		in.dropStories() // it is ahead of the store
	}
	return len(moves), more, err
}

// markSettled notes that all items up to now were looked at, for the next start.
func (in *Ingester) markSettled() error {
	cur, err := in.store.Cursor()
	if err != nil {
		return err
	}
	return in.store.SaveSettled(cur.Item)
}

// applyMoves writes what the index decided on second thoughts: members change
// their story, and a story that was emptied into another redirects to it.
func (in *Ingester) applyMoves(moves []cluster.Move) error {
	touched := map[string]*news.Story{}
	itemStory := map[string]string{}
	told := map[string][]news.Told{} // of stories as they were, and of the one that an item was in
	for _, m := range moves {
		for _, id := range []string{m.From, m.Into} {
			if touched[id] != nil {
				continue
			}
			st, err := in.standing(id)
			if err != nil {
				return err
			}
			touched[id], told[id] = st, slices.Clone(st.Told)
		}
		for _, id := range m.Items {
			if _, ok := told[id]; !ok {
				told[id] = told[m.From]
			}
		}
		moveMembers(touched[m.From], touched[m.Into], m.Items)
		for _, id := range m.Items {
			itemStory[id] = m.Into
		}
	}
	// Only now: a story that was emptied may have got others' members since.
	for _, m := range moves {
		if from := touched[m.From]; len(from.Members) == 0 {
			from.Into = m.Into
		}
	}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		st := touched[id]
		if before := touched[st.Previous]; before != nil && before.Into == id {
			st.Previous = before.Previous // it was merged with the one before it
		}
		if len(st.Members) == 0 {
			continue
		}
		if err := in.serialise(st, in.stories.Series(id), touched); err != nil {
			return err
		}
	}
	return in.store.SaveStories(sorted(touched), itemStory, parted(touched, itemStory, told)...)
}

// parted returns the moved items that may be told nowhere: their story of before was told
// when they had not come yet, so that an edition took them for a repetition, and the one
// that they are in now was not told by that digest.
func parted(touched map[string]*news.Story, itemStory map[string]string, before map[string][]news.Told) []store.Parted {
	var out []store.Parted
	for id, into := range itemStory {
		st := touched[into]
		i := slices.IndexFunc(st.Members, func(m news.Member) bool { return m.Item == id })
		if i < 0 {
			continue
		}
		seq := st.Members[i].Seq
		if slices.ContainsFunc(before[id], func(t news.Told) bool {
			_, told := st.ToldIn(t.Digest)
			return t.Upto < seq && !told
		}) {
			out = append(out, store.Parted{Item: id, Seq: seq})
		}
	}
	return out
}

// sorted lists stories by id.
func sorted(byID map[string]*news.Story) []news.Story {
	out := make([]news.Story, 0, len(byID))
	for _, st := range byID {
		out = append(out, *st)
	}
	slices.SortFunc(out, func(a, b news.Story) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// moveMembers takes the named members out of one story into another. What was told
// of them in the one is told of the other: neither merging nor splitting must make
// old news new.
func moveMembers(from, into *news.Story, items []string) {
	var kept, moved []news.Member
	for _, m := range from.Members {
		if slices.Contains(items, m.Item) {
			moved = append(moved, m)
		} else {
			kept = append(kept, m)
		}
	}
	told := slices.DeleteFunc(slices.Clone(from.Told), func(t news.Told) bool {
		return !slices.ContainsFunc(moved, func(m news.Member) bool { return m.Seq <= t.Upto })
	})
	from.Members, into.Members = kept, append(into.Members, moved...)
	into.Told = mergeTold(into.Told, told)
	span(from)
	span(into)
}

// mergeTold joins two histories in order of time. Where one digest told both, its
// mark reaches as far as either did.
func mergeTold(a, b []news.Told) []news.Told {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y news.Told) int {
		return cmp.Or(x.Slot.Compare(y.Slot), strings.Compare(x.Digest, y.Digest), cmp.Compare(y.Upto, x.Upto))
	})
	return slices.CompactFunc(all, func(x, y news.Told) bool { return x.Slot.Equal(y.Slot) && x.Digest == y.Digest })
}

// span orders the members of st and sets when it was first and last seen.
func span(st *news.Story) {
	slices.SortStableFunc(st.Members, func(a, b news.Member) int { return a.FirstSeen.Compare(b.FirstSeen) })
	if n := len(st.Members); n > 0 {
		st.First, st.Last = st.Members[0].FirstSeen, st.Members[n-1].FirstSeen
	}
}
