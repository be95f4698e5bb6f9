package digest

import (
	"fmt"
	"slices"
	"strings"

	"samur/internal/news"
	"samur/internal/reading"
)

// What makes an item stand for its story. Being central is measured from 0 to 1;
// the rest is set against it.
const (
	titledWorth   = 2    // an item without a headline leads only when none has one
	completeWorth = 0.25 // it has a sentence that can be quoted
	ownLangWorth  = 0.5  // a headline that the reader can read, before one that says a little more
	leadSentences = 5    // of an item, title included, by which it is compared
)

// representative returns the item that stands for a story: an original among the
// fresh ones that says most of what the others say too. A returning story is led
// by one of the items for which it returns.
func (b *builder) representative(r *reading.Reader, c *candidate) *news.Item {
	if c.reason == news.ReasonCorrected {
		return c.behind[0]
	}
	pool := c.behind
	if len(pool) == 0 {
		pool = c.originals()
	}
	if len(pool) == 0 {
		pool = c.tell
	}
	if len(pool) == 1 {
		return pool[0]
	}
	central := central(r, pool)
	best, most := pool[0], -1.0
	for _, it := range pool {
		if w := central[it] + b.standing(r, it); w > most { // of equals the earliest
			best, most = it, w
		}
	}
	return best
}

// standing is what speaks for an item besides what it says.
func (b *builder) standing(r *reading.Reader, it *news.Item) float64 {
	w := 0.0
	if strings.TrimSpace(it.Title) != "" {
		w += titledWorth
	}
	if slices.ContainsFunc(r.Read(it).Sentences, func(s *reading.Sentence) bool { return s.Field == news.FieldText && s.Quotable() }) {
		w += completeWorth
	}
	if it.Lang == b.Options.Lang {
		w += ownLangWorth
	}
	return w
}

// central returns for every item the part of what several of them say that it
// says: the concepts it names up front and its figures, which mean the same in
// every language.
func central(r *reading.Reader, items []*news.Item) map[*news.Item]float64 {
	marks := map[*news.Item][]string{}
	count := map[string]int{}
	for _, it := range items {
		marks[it] = marksOf(r, it)
		for _, m := range marks[it] {
			count[m]++
		}
	}
	shared := 0
	for _, n := range count {
		shared += n - 1
	}
	out := map[*news.Item]float64{}
	for _, it := range items {
		own := 0
		for _, m := range marks[it] {
			own += count[m] - 1
		}
		if shared > 0 {
			out[it] = float64(own) / float64(shared)
		}
	}
	return out
}

// marksOf returns what central compares of an item.
func marksOf(r *reading.Reader, it *news.Item) []string {
	var out []string
	rd := r.Read(it)
	for _, s := range rd.Sentences[:min(len(rd.Sentences), leadSentences)] {
		for _, c := range s.Concepts {
			out = append(out, c.ID)
		}
		for _, f := range s.Figures {
			out = append(out, fmt.Sprintf("%s %g", f.Indicator, f.Value))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
