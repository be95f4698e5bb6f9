package digest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/reading"
)

// maxQuotes is how many sentences follow a headline.
const maxQuotes = 2

// What a sentence is worth as a quote, above having something to add at all.
const (
	disputeWorth  = 1.5 // its number is one on which the sources disagree
	figureWorth   = 1.0 // a number that was not said
	leadWorth     = 0.8 // the first sentence of the item whose headline stands above it
	freshWorth    = 0.8 // times the part of its words that are new
	ownLang       = 0.5 // the reader can read it
	nameWorth     = 0.4 // a new name or theme, up to three
	sameItemWorth = 0.3 // one source reads better than two
	upFrontWorth  = 0.3 // among the first two sentences of its item
	mostNames     = 3
	mostFigures   = 2
)

// entry writes a story down.
func (b *builder) entry(c *candidate) news.Entry {
	c.lead = b.representative(b.reader, c)
	c.actors = b.actors(c)
	c.differs = figures.Differences(c.reports())
	return news.Entry{
		Story:       c.story.ID,
		Headline:    headline(b.reader, c),
		Quotes:      b.quotes(c),
		Topics:      c.topics,
		Actors:      c.actors,
		Sources:     c.sources(),
		Voices:      len(c.members.voices()),
		Figures:     figuresOf(c.figures),
		Differs:     c.differs,
		Why:         slices.Clone(c.lead.Verdict.Evidence),
		Reason:      c.reason,
		Before:      c.before,
		Listed:      c.listed(),
		Added:       b.added(c),
		Corrections: slices.Clone(c.corrections),
		Coverage:    b.coverage(c),
		Late:        b.reportedLate(c),
		Rank:        c.rank,
		Items:       c.fresh.ids(),
	}
}

// listed returns when c had a line alone since it was told.
func (c *candidate) listed() time.Time {
	if c.story.Listed.After(c.before) {
		return c.story.Listed
	}
	return time.Time{}
}

// lateBy is how long before its window an item must have been published to be
// reported late.
const lateBy = 24 * time.Hour

// reportedLate reports whether what c is headed by came late, by its feed's own date.
func (b *builder) reportedLate(c *candidate) bool {
	it := c.lead
	return c.reason != news.ReasonCorrected && it.Dated == news.DatedFeed && it.Published.Before(b.Window.Start.Add(-lateBy))
}

// headline returns the title of the item that stands for c, or the beginning of its
// text when it has none.
func headline(r *reading.Reader, c *candidate) news.Quote {
	text, _, _ := strings.Cut(strings.TrimSpace(c.lead.Text), "\n")
	if s := heading(r, c); s != nil {
		text = c.asItStands(s)
	}
	return quoteOf(c.lead, clip(text, quoteBytes))
}

// heading returns the sentence that c is headed by: the title, else the first that
// can be quoted; nil when there is neither.
func heading(r *reading.Reader, c *candidate) *reading.Sentence {
	rd := r.Read(c.lead)
	if t := rd.Title(); t != nil {
		return t
	}
	if s := rd.Statements(1); len(s) > 0 {
		return s[0]
	}
	return nil
}

func quoteOf(it *news.Item, text string) news.Quote {
	return news.Quote{Text: text, Item: it.ID, URL: it.URL, Outlet: it.Outlet, Lang: it.Lang}
}

// offer is a sentence that may be quoted.
type offer struct {
	*reading.Sentence
	rank  int               // of its item: the leading one first, then by arrival
	place int               // in its text
	after *reading.Sentence // the sentence before it, nil for the first
}

// quotes returns the sentences that add most to the headline. Each is chosen
// against all that is printed already and, in a story that returns, against all
// that was told before; they stand in the order in which they were written.
func (b *builder) quotes(c *candidate) []news.Quote {
	said := b.remember(c.old)
	if c.reason == news.ReasonCorrected && len(c.tell) == 0 {
		return nil // the two wordings say it
	}
	if s := heading(b.reader, c); s != nil {
		said.Add(s)
	}
	offers := b.offers(c)
	var chosen []offer
	for len(chosen) < maxQuotes {
		best, most := -1, 0.0
		for i, o := range offers {
			if !o.stands(chosen) || b.background(o) {
				continue
			}
			n := said.Compare(o.Sentence)
			w := b.worth(c, o, n)
			if best >= 0 && w <= most || !said.Adds(o.Sentence) {
				continue
			}
			best, most = i, w
		}
		if best < 0 {
			break
		}
		chosen = append(chosen, offers[best])
		said.Add(offers[best].Sentence)
		offers = slices.Delete(offers, best, best+1)
	}
	slices.SortFunc(chosen, func(x, y offer) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.place, y.place))
	})
	var out []news.Quote
	for _, o := range chosen {
		b.printed[key(o.Text)] = true
		out = append(out, quoteOf(o.Item, o.Text))
	}
	return out
}

// stands reports whether a reader can understand o beside the chosen: a sentence
// that begins with "He" needs the one before it, or the headline it stands under.
func (o offer) stands(chosen []offer) bool {
	if !o.Leans() {
		return true
	}
	if o.after == nil {
		return o.rank == 0
	}
	return slices.ContainsFunc(chosen, func(p offer) bool { return p.Sentence == o.after })
}

// offers returns the sentences of a story that can be quoted, those of the leading
// item first.
func (b *builder) offers(c *candidate) []offer {
	items := []*news.Item{c.lead}
	for _, it := range c.tell {
		if it != c.lead {
			items = append(items, it)
		}
	}
	var out []offer
	for i, it := range items {
		var after *reading.Sentence
		place := 0
		for _, s := range b.reader.Read(it).Sentences {
			if s.Field == news.FieldTitle {
				continue
			}
			if s.Quotable() && c.asItStands(s) == s.Text {
				out = append(out, offer{s, i, place, after})
			}
			after = s
			place++
		}
	}
	return out
}

// worth adds up what a sentence is worth as a quote.
func (b *builder) worth(c *candidate, o offer, n reading.Novelty) float64 {
	w := figureWorth * float64(min(n.NewFigures, mostFigures))
	w += nameWorth * float64(min(n.NewConcepts, mostNames))
	if n.Stems > 0 && n.Spoken {
		w += freshWorth * float64(n.NewStems) / float64(n.Stems)
	}
	if slices.ContainsFunc(o.Figures, func(f news.Figure) bool { return disputed(c.differs, f) }) {
		w += disputeWorth
	}
	if o.Item == c.lead {
		w += sameItemWorth
	}
	switch {
	case o.place == 0 && o.Item == c.lead:
		w += leadWorth
	case o.place < 2:
		w += upFrontWorth
	}
	if o.Item.Lang == b.Options.Lang {
		w += ownLang
	}
	return w
}

// sources lists every member in view, earliest first.
func (c *candidate) sources() []news.Source {
	out := make([]news.Source, len(c.members))
	for i, m := range c.earliest() {
		out[i] = m.Source(c.items[m.Item])
	}
	return out
}
