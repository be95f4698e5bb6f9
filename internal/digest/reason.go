package digest

import (
	"slices"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/reading"
)

// reasonOf returns why a story that was told before is told again, and the items
// that say so; "" when they add nothing. The reasons are tried in their order of
// weight.
func (b *builder) reasonOf(c *candidate) (news.Reason, []*news.Item) {
	if len(c.corrections) > 0 {
		return news.ReasonCorrected, c.corrected()
	}
	if behind := b.withNewFigures(c); len(behind) > 0 {
		return news.ReasonFigure, behind
	}
	if behind := c.fromSilentSide(); len(behind) > 0 {
		return news.ReasonSide, behind
	}
	if behind := b.withNewFacts(c); len(behind) > 0 {
		return news.ReasonFact, behind
	}
	return "", nil
}

// corrected returns the items that were reworded, the one reworded last first: it is
// what stands now.
func (c *candidate) corrected() []*news.Item {
	var out []*news.Item
	for _, k := range slices.Backward(c.corrections) {
		if it := c.items[k.Item]; it != nil && !slices.Contains(out, it) {
			out = append(out, it)
		}
	}
	return out
}

// withNewFigures returns the originals not told that state a number not told.
func (b *builder) withNewFigures(c *candidate) []*news.Item {
	told := b.toldFigures(c)
	var out []*news.Item
	for _, it := range c.tell {
		for _, f := range it.Figures {
			if !figures.Stated(told, f) {
				out = append(out, it)
				break
			}
		}
	}
	return out
}

// newFigures returns the figures of c that were not told with it before.
func (b *builder) newFigures(c *candidate) []news.Figure {
	told := b.toldFigures(c)
	var out []news.Figure
	for _, p := range c.figures {
		if !figures.Stated(told, p.Figure) {
			out = append(out, p.Figure)
		}
	}
	return out
}

// toldFigures returns the figures that c was told with. Those of items whose text
// is gone are still among the known points.
func (b *builder) toldFigures(c *candidate) []news.Figure {
	if !c.returns {
		return nil
	}
	var out []news.Figure
	for _, m := range c.told {
		if it := c.items[m.Item]; it != nil {
			out = append(out, it.Figures...)
			continue
		}
		out = append(out, b.known.byItem[m.Item]...)
	}
	return out
}

// fromSilentSide returns the originals not told from Baku or Moscow when nothing that
// was told came from there.
func (c *candidate) fromSilentSide() []*news.Item {
	silent := c.newSides()
	var from members
	for _, m := range c.untold() {
		if slices.Contains(silent, m.Side) {
			from = append(from, m)
		}
	}
	return c.stored(from, true)
}

// newSides returns which of Baku and Moscow report now and did not when c was told.
func (c *candidate) newSides() []news.Side {
	heard, now := c.told.sides(), c.untold().sides()
	var out []news.Side
	for _, side := range []news.Side{news.SideAz, news.SideRu} {
		if now[side] && !heard[side] {
			out = append(out, side)
		}
	}
	return out
}

// added tells what a story that returns has now and had not then. Its sentences are
// its quotes, which are chosen against all that was told.
func (b *builder) added(c *candidate) news.Addition {
	if !c.returns {
		return news.Addition{}
	}
	a := news.Addition{Figures: b.newFigures(c), Sides: c.newSides()}
	if len(c.old) == 0 {
		return a // whom it named is not known any more
	}
	named := map[string]bool{}
	for _, it := range c.old {
		for _, s := range b.reader.Read(it).Sentences {
			for _, k := range s.Concepts {
				named[k.Name(b.Options.Lang)] = true
			}
		}
	}
	for _, name := range c.actors {
		if !named[name] {
			a.Actors = append(a.Actors, name)
		}
	}
	return a
}

// remember returns a memory of all that items say.
func (b *builder) remember(items []*news.Item) *reading.Memory {
	m := reading.NewMemory()
	for _, it := range items {
		m.Remember(b.reader.Read(it))
	}
	return m
}

// factSentences is how far into an item a new fact is looked for: below, agencies
// repeat what happened before, each in its own words.
const factSentences = 5

// withNewFacts returns the originals not told with a sentence that says something not
// told. When no text of what was told is left there is nothing to compare with,
// and the story stays told.
func (b *builder) withNewFacts(c *candidate) []*news.Item {
	if len(c.old) == 0 {
		return nil
	}
	told := b.remember(c.old)
	var out []*news.Item
	for _, it := range c.tell {
		for _, s := range b.reader.Read(it).Statements(factSentences) {
			if told.Fact(s) {
				out = append(out, it)
				break
			}
		}
	}
	return out
}
