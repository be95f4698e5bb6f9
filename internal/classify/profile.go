package classify

import (
	"io/fs"

	"samur/internal/news"
	"samur/seeds"
)

// profile is how often a concept stands in the passages of the seeds, and in how
// many of those the passage was labelled with a topic.
type profile struct {
	passages int
	with     map[string]*counted
}

type counted struct {
	n     int
	topic map[int]int
}

// study reads the passages of the seed documents. A concept is the feature, so
// that an English brief teaches all three languages.
func (c *Classifier) study(corpus []fs.FS) error {
	docs, err := seeds.Documents(corpus...)
	if err != nil {
		return err
	}
	p := profile{with: map[string]*counted{}}
	for _, d := range docs {
		for _, passage := range d.Passages {
			p.passages++
			c.note(&p, passage, d.Lang)
		}
	}
	c.model.profile = p
	return nil
}

func (c *Classifier) note(p *profile, passage seeds.Passage, l news.Lang) {
	seen := map[string]bool{}
	for _, h := range c.lexicon.Analyse("", passage.Text, l).Hits {
		if seen[h.Concept.ID] {
			continue
		}
		seen[h.Concept.ID] = true
		x := p.with[h.Concept.ID]
		if x == nil {
			x = &counted{topic: map[int]int{}}
			p.with[h.Concept.ID] = x
		}
		x.n++
		for _, slug := range passage.Topics {
			if t, ok := c.model.index[slug]; ok {
				x.topic[t]++
			}
		}
	}
}

// trust is the share of a concept's points that the seeds leave it for a topic:
// the share of its passages that bear the topic, drawn towards 1 by as many
// imagined ones. A concept the seeds do not name keeps all.
func (p *profile) trust(id string, topic int) float64 {
	x := p.with[id]
	if x == nil {
		return 1
	}
	return (float64(x.topic[topic]) + trustPrior) / (float64(x.n) + trustPrior)
}

// speaks returns the topics that a concept speaks for by the seeds alone.
func (p *profile) speaks(id string, fn func(topic int, points float64)) {
	x := p.with[id]
	if x == nil || x.n < 2 {
		return
	}
	for t, n := range x.topic {
		if share := float64(n) / (float64(x.n) + 1); share > 0.5 {
			fn(t, share*pointsProfile)
		}
	}
}
