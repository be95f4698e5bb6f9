package digest

import (
	"cmp"
	"slices"
	"strings"

	"samur/internal/news"
	"samur/internal/reading"
)

// correct finds the corrections of c whose items are in view, oldest first.
func (b *builder) correct(c *candidate) {
	for _, k := range c.story.Corrections {
		if slices.ContainsFunc(c.members, func(m news.Member) bool { return m.Item == k.Item }) {
			c.corrections = append(c.corrections, k)
		}
	}
	slices.SortFunc(c.corrections, func(x, y news.Correction) int {
		return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Item, y.Item), strings.Compare(x.Old, y.Old), strings.Compare(x.New, y.New))
	})
	c.corrections = slices.Compact(c.corrections)
}

// asItStands returns the words of a sentence as its publisher words them now.
func (c *candidate) asItStands(s *reading.Sentence) string { return c.reworded(s.Item.ID, s.Text) }

// reworded follows a sentence of an item through its corrections.
func (c *candidate) reworded(item, text string) string {
	for _, k := range c.corrections {
		if k.Item == item && k.Old == text {
			text = k.New
		}
	}
	return text
}

// standing returns the points whose sentences still stand. A number that its publisher
// has taken back is told as part of the correction alone.
func (c *candidate) standing(ps []news.FigurePoint) []news.FigurePoint {
	if len(c.corrections) == 0 {
		return ps
	}
	return slices.DeleteFunc(ps, func(p news.FigurePoint) bool {
		return c.reworded(p.Item, p.Figure.Sentence) != p.Figure.Sentence
	})
}

// speakers are the items by which it is found who acts: those told from, else those
// that were reworded.
func (c *candidate) speakers() []*news.Item {
	if len(c.tell) == 0 {
		return c.behind
	}
	return c.tell
}
