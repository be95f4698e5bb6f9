package classify

import (
	"math"
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/news"
	"samur/seeds"
)

// The line of a topic is the score from which an item has it. Those of the seeds' own
// topics were set with labelled items (topicLine). For any other topic nobody has
// labels; its line is drawn, per language, from two things that are known: what general
// news gets by chance, and what passages on the topic get.
const (
	lineShare    = 0.35 // of the way from chance to a typical passage
	leastLine    = 0.45 // one plain word in the headline or the lead is just enough
	typicalScore = 1.0  // of a passage, when the topic has none: two words and a bit
	chance       = 0.05 // of general items that may reach what counts as chance
	itemLength   = 3    // sentences of an item
)

// draw draws the line of each topic. It runs before the passages have given their
// votes: so no passage is measured by words that it brought itself.
func (c *Classifier) draw(backgrounds map[news.Lang]seeds.Background) {
	c.model.lines = make([]map[news.Lang]float64, len(c.topics))
	for i, t := range c.topics {
		set, known := topicLine[t.Slug]
		if t.Threshold > 0 {
			set, known = t.Threshold, true
		}
		typical := 0.0
		if !known {
			typical = c.typical(i)
		}
		lines := map[news.Lang]float64{}
		for l := range c.voices {
			if lines[l] = set; !known {
				usual := c.noise(i, l, backgrounds[l])
				lines[l] = math.Round(100*max(leastLine, usual+lineShare*(typical-usual))) / 100
			}
		}
		c.model.lines[i] = lines
	}
}

// line returns the line of a topic for items in a language.
func (c *Classifier) line(slug string, l news.Lang) float64 {
	return c.model.lines[c.model.index[slug]][readAs(l)]
}

// typical returns the median score of a topic's passages.
func (c *Classifier) typical(topic int) float64 {
	var scores []float64
	for i := range c.model.profile.passages {
		p := &c.model.profile.passages[i]
		if !slices.Contains(p.topics, topic) {
			continue
		}
		score := 0.0
		for _, m := range c.rate(c.look(c.lexicon.Analyse("", p.text, p.lang))) {
			if m.Topic == c.topics[topic].Slug {
				score = m.Score
			}
		}
		scores = append(scores, score)
	}
	if len(scores) == 0 {
		return typicalScore
	}
	slices.Sort(scores)
	return max(scores[len(scores)/2], leastLine)
}

// noise returns the score that general items reach by chance: the most that one of the
// topic's words is worth, such that so strong a word stands in a share of the items.
// Phrases are too rare to do so.
func (c *Classifier) noise(topic int, l news.Lang, b seeds.Background) float64 {
	type heard struct{ points, share float64 }
	var all []heard
	add := func(points, share float64) {
		all = append(all, heard{points * voteZone[zoneLead], 1 - math.Pow(1-share, itemLength)})
	}
	for _, w := range c.topics[topic].Words[l] {
		if !strings.ContainsAny(w, " -") {
			add(cuePoints(w), b.Share(lang.Stem(lang.Fold(w, l), l)))
		}
	}
	for id, ws := range c.model.named {
		for _, w := range ws {
			if n := b.Count[id]; n > 0 && w.topic == topic {
				add(w.points, b.Share(id))
			}
		}
	}
	slices.SortFunc(all, func(a, b heard) int {
		if a.points != b.points {
			return int(math.Copysign(1, b.points-a.points))
		}
		return int(math.Copysign(1, b.share-a.share))
	})
	none := 1.0
	for _, h := range all {
		if none *= 1 - h.share; 1-none >= chance {
			return h.points
		}
	}
	return 0
}
