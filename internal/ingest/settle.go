package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"samur/internal/cluster"
	"samur/internal/news"
)

// applyMoves writes what the index decided on second thoughts: members change
// their story, and a story that was emptied into another redirects to it.
func (in *Ingester) applyMoves(moves []cluster.Move) error {
	touched := map[string]*news.Story{}
	story := func(id string) (*news.Story, error) {
		if st, ok := touched[id]; ok {
			return st, nil
		}
		st, err := in.store.Story(id)
		if errors.Is(err, news.ErrNotFound) {
			st, err = news.Story{ID: id}, nil // split off: a story of its own now
		}
		if err != nil {
			return nil, fmt.Errorf("read story %q: %w", id, err)
		}
		touched[id] = &st
		return &st, nil
	}
	itemStory := map[string]string{}
	for _, m := range moves {
		from, err := story(m.From)
		if err != nil {
			return err
		}
		into, err := story(m.Into)
		if err != nil {
			return err
		}
		moveMembers(from, into, m.Items)
		for _, id := range m.Items {
			itemStory[id] = m.Into
		}
	}
	stories := make([]news.Story, 0, len(touched))
	for _, st := range touched {
		stories = append(stories, *st)
	}
	slices.SortFunc(stories, func(a, b news.Story) int { return strings.Compare(a.ID, b.ID) })
	if err := in.store.SaveStories(stories, itemStory); err != nil {
		return fmt.Errorf("save %d stories: %w", len(stories), err)
	}
	return nil
}

// moveMembers takes the named members out of one story into another. What was
// told of the one is told of the other: merging must not make old news new.
func moveMembers(from, into *news.Story, items []string) {
	var kept []news.Member
	for _, m := range from.Members {
		if slices.Contains(items, m.Item) {
			into.Members = append(into.Members, m)
			continue
		}
		kept = append(kept, m)
	}
	from.Members = kept
	if len(kept) == 0 {
		from.Into = into.ID
		into.Told = mergeTold(into.Told, from.Told)
	}
	span(from)
	span(into)
}

// mergeTold joins two histories in order of time.
func mergeTold(a, b []news.Told) []news.Told {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y news.Told) int { return x.Slot.Compare(y.Slot) })
	return all
}

// span orders the members of st and sets when it was first and last seen.
func span(st *news.Story) {
	slices.SortStableFunc(st.Members, func(a, b news.Member) int { return a.FirstSeen.Compare(b.FirstSeen) })
	if n := len(st.Members); n > 0 {
		st.First, st.Last = st.Members[0].FirstSeen, st.Members[n-1].FirstSeen
	}
}
