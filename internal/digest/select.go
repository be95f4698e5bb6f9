package digest

import (
	"cmp"
	"slices"
	"strings"

	"samur/internal/news"
)

// ranked returns the stories that have something to tell, the weightiest first,
// and enters in the ledger what becomes of the others.
func (b *builder) ranked(l *news.Ledger) []*candidate {
	var out []*candidate
	for i := range b.Stories {
		c := b.view(&b.Stories[i])
		if len(c.arrived)+len(c.parted) == 0 && !(c.returns && len(c.corrections) > 0) {
			continue
		}
		if !b.wanted(c) {
			l.Rejected += len(c.arrived)
			continue
		}
		if !b.worthTelling(c) {
			l.Repeated += len(c.arrived)
			continue
		}
		l.Repeated += len(c.arrived) + len(c.parted) - len(c.fresh)
		l.Parted += len(c.parted)
		b.weigh(c)
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y *candidate) int {
		return cmp.Or(cmp.Compare(y.total, x.total), x.story.First.Compare(y.story.First), strings.Compare(x.story.ID, y.story.ID))
	})
	return out
}

// wanted reports whether the digest tells of what c is about, and finds its topics.
func (b *builder) wanted(c *candidate) bool {
	relevant := false
	for _, it := range c.stored(c.members, false) {
		relevant = relevant || it.Verdict.Relevant
	}
	if !relevant {
		return false
	}
	all := c.topicsOf()
	if len(all) == 0 {
		return b.Options.Other
	}
	for _, slug := range all {
		if slices.ContainsFunc(b.Options.Topics, func(t Topic) bool { return t.Slug == slug }) {
			c.topics = append(c.topics, slug)
		}
	}
	return len(c.topics) > 0 || b.Options.Other // a topic that is there no more
}

// worthTelling reports whether c is new or has a reason to return.
func (b *builder) worthTelling(c *candidate) bool {
	if len(c.fresh) == 0 && len(c.corrections) == 0 {
		return false
	}
	c.gather()
	if !c.returns {
		return true
	}
	c.reason, c.behind = b.reasonOf(c)
	return c.reason != ""
}

// topicShare is the part of a story's voices that must see a topic in it: one of
// three is enough, one of four may be a newsroom's digression.
const topicShare = 1.0 / 3

// topicsOf returns the topics of a story, strongest first. Every voice counts once
// for a topic, with the best of its items.
func (c *candidate) topicsOf() []string {
	type key struct{ topic, outlet string }
	best := map[key]float64{}
	voices := map[string]bool{}
	for _, originals := range []bool{true, false} {
		for _, it := range c.stored(c.members, originals) {
			voices[it.Outlet] = true
			for _, m := range it.Verdict.Matches {
				k := key{m.Topic, it.Outlet}
				best[k] = max(best[k], m.Score)
			}
		}
		if len(voices) > 0 {
			break // copies speak only when there is no original
		}
	}
	scores := map[string][]float64{}
	for k, v := range best {
		scores[k.topic] = append(scores[k.topic], v)
	}
	sum := map[string]float64{}
	var out []string
	for topic, vs := range scores {
		if float64(len(vs)) < topicShare*float64(len(voices)) {
			continue
		}
		slices.Sort(vs) // a sum in one order is one sum
		for _, v := range vs {
			sum[topic] += v
		}
		out = append(out, topic)
	}
	slices.SortFunc(out, func(x, y string) int {
		return cmp.Or(cmp.Compare(sum[y], sum[x]), strings.Compare(x, y))
	})
	return out
}
