package digest

import (
	"samur/internal/figures"
	"samur/internal/news"
)

// reasonOf returns why a story that was told before is told again, and the items
// that say so; "" when they add nothing. The reasons are tried in their order of
// weight. news.ReasonCorrected is never given: an Input holds no revisions.
func (b *builder) reasonOf(c *candidate) (news.Reason, []*news.Item) {
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

// withNewFigures returns the fresh originals that state a number not told.
func (b *builder) withNewFigures(c *candidate) []*news.Item {
	told := b.toldFigures(c)
	var out []*news.Item
	for _, it := range c.originals() {
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
	for _, m := range c.earlier() {
		if it := c.items[m.Item]; it != nil {
			out = append(out, it.Figures...)
			continue
		}
		out = append(out, b.known.byItem[m.Item]...)
	}
	return out
}

// fromSilentSide returns the fresh originals from Baku or Moscow when nothing that
// was told came from there.
func (c *candidate) fromSilentSide() []*news.Item {
	heard := c.earlier().sides()
	var from members
	for _, m := range c.fresh {
		if (m.Side == news.SideAz || m.Side == news.SideRu) && !heard[m.Side] {
			from = append(from, m)
		}
	}
	return c.stored(from, true)
}

// factSentences is how far into an item a new fact is looked for: below, agencies
// repeat what happened before, each in its own words.
const factSentences = 5

// withNewFacts returns the fresh originals with a sentence that says something not
// told. When no text of what was told is left there is nothing to compare with,
// and the story stays told.
func (b *builder) withNewFacts(c *candidate) []*news.Item {
	if len(c.old) == 0 {
		return nil
	}
	told := b.remember(c.old)
	var out []*news.Item
	for _, it := range c.originals() {
		for _, s := range b.reader.read(it).statements(factSentences) {
			if told.compare(s).fact() {
				out = append(out, it)
				break
			}
		}
	}
	return out
}
