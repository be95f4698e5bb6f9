package digest

import (
	"math"

	"samur/internal/figures"
	"samur/internal/news"
)

// terms is all that a rank is made of. A term's points are its measure, at most
// most, times its weight. The scale is that of one doubling of independent voices
// against one outlet's word: 2.
var terms = []struct {
	name    string
	weight  float64
	most    float64
	measure func(*builder, *candidate) float64
}{
	// How many newsrooms thought it worth their own report is the best sign of
	// weight there is. It counts by doublings: the tenth voice says little.
	// Of a story that returns, those count that have come since.
	{"voices", 2, 4, func(_ *builder, c *candidate) float64 {
		return math.Log2(float64(max(1, len(c.speaking().voices()))))
	}},
	// What Baku and Moscow both report is bilateral beyond doubt; worth a doubling.
	{"both-sides", 2, 1, func(_ *builder, c *candidate) float64 { return c.bothSides() }},
	// How far above the line the classifier is sure. Capped: a long text that names
	// both sides often is not thereby important.
	{"relevance", 1, 2, func(_ *builder, c *candidate) float64 { return c.relevance() }},
	// Numbers that were not told are what trade desks read for. Four weigh as much
	// as a doubling; a table of forty is not ten times the news.
	{"new-figures", 0.5, 4, func(b *builder, c *candidate) float64 { return float64(len(b.newFigures(c))) }},
	// Who acts: the three of highest rank in headlines and first sentences, and no
	// more, because lists of participants are long. A call between presidents weighs
	// as much as a doubling of voices, nearly; a ministry's word a tenth of one.
	{"actors", 0.2, 12, func(_ *builder, c *candidate) float64 { return c.weight }},
	// A story that began in this window comes before one that goes on, other things
	// being equal.
	{"newness", 1, 1, func(_ *builder, c *candidate) float64 { return c.newness() }},
}

// weigh finds what a rank needs and adds it up.
func (b *builder) weigh(c *candidate) {
	c.figures = figures.Distinct(c.standing(c.points()))
	c.weight = weightOf(b.front(c))
	c.lead = b.representative(b.skim, c) // of a story that is told in full another one may turn out to be central
	c.headline = headline(b.skim, c)
	c.rank = make([]news.Term, 0, len(terms))
	for _, t := range terms {
		m := min(t.most, max(0, t.measure(b, c)))
		p := round(t.weight * m) // what is shown is what was added
		c.rank = append(c.rank, news.Term{Name: t.name, Measure: round(m), Points: p})
		c.total += p
	}
}

func round(v float64) float64 { return math.Round(100*v) / 100 }

// speaking returns the members whose voices weigh: all, or those that c has to return
// for.
func (c *candidate) speaking() members {
	if c.returns {
		return c.untold()
	}
	return c.members
}

// bothSides is 1 when outlets of both sides report by themselves.
func (c *candidate) bothSides() float64 {
	var az, ru bool
	for _, m := range c.members {
		az = az || m.CopyOf == "" && m.Side == news.SideAz
		ru = ru || m.CopyOf == "" && m.Side == news.SideRu
	}
	if az && ru {
		return 1
	}
	return 0
}

// relevance is how many thresholds the mean score of the items lies above the first.
func (c *candidate) relevance() float64 {
	sum, n := 0.0, 0
	for _, it := range c.tell {
		if v := it.Verdict; v.Threshold > 0 {
			sum += v.Score/v.Threshold - 1
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// newness is 1 for a story that began in the window, a half for one that an earlier
// window held back, 0 for one that returns.
func (c *candidate) newness() float64 {
	switch {
	case c.returns:
		return 0
	case len(c.arrived) < len(c.members):
		return 0.5
	}
	return 1
}
