package digest

import (
	"slices"
	"time"

	"samur/internal/coverage"
	"samur/internal/news"
)

// coverage says how the sides told c, as far as it is in view.
func (b *builder) coverage(c *candidate) *news.Coverage {
	st := c.story.Story
	st.Members = c.members
	cov := coverage.Of(coverage.Input{
		Story: st, Items: c.story.Items, Polls: b.Polls, Now: b.Window.End, Lexicon: b.Lexicon, Reader: b.reader,
	})
	return &cov
}

// earliest returns the members in the order in which they were published.
func (c *candidate) earliest() members {
	at := make(map[string]time.Time, len(c.members))
	for _, m := range c.members {
		at[m.Item] = coverage.PublishedAt(m, c.items[m.Item])
	}
	out := slices.Clone(c.members)
	slices.SortStableFunc(out, func(x, y news.Member) int { return at[x.Item].Compare(at[y.Item]) })
	return out
}

// sideCounts says what each side reported of the stories that this edition tells or
// gives a line, as far as it came in the window. Copies count as reports: a newsroom
// that passes on another's text has told it.
func sideCounts(ranked []*candidate) []news.SideCount {
	counts := []news.SideCount{{Side: news.SideAz}, {Side: news.SideRu}, {Side: news.SideOther}}
	outlets := make([]map[string]bool, len(counts))
	for i := range counts {
		n := &counts[i]
		outlets[i] = map[string]bool{}
		for _, c := range ranked {
			told := 0
			for _, m := range c.fresh {
				if m.Side == n.Side {
					outlets[i][m.Outlet] = true
					told++
				}
			}
			if told == 0 {
				continue
			}
			n.Items += told
			n.Stories++
			if len(c.members.sides()) == 1 {
				n.Alone++
			}
			if len(c.arrived) == len(c.members) && c.earliest()[0].Side == n.Side {
				n.First++
			}
		}
		n.Outlets = len(outlets[i])
	}
	return slices.DeleteFunc(counts, func(n news.SideCount) bool { return n.Items == 0 })
}
