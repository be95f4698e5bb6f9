package cluster

import (
	"math"
	"time"
)

// likeness is how two items compare.
type likeness struct {
	points [evidences]float64 // what speaks for and against one event; they add up
	p      float64            // how likely they tell one event; below 0 when vetoed
	veto   string             // why they cannot be one event, "" when nothing forbids it
	series string             // series that both belong to, when that is why
}

// evidence is one thing that speaks for or against one event.
type evidence int

const (
	sharing   evidence = iota // the terms that both have
	distance                  // the time between them takes some of that away
	bar                       // the likeness that is as likely as not
	timeless                  // the bar is higher for an item without a date
	evidences = iota
)

var evidenceNames = [evidences]string{
	sharing: "shared terms", distance: "time between them", bar: "needed", timeless: "needed in addition, no date being known",
}

// The likeness at which two items are as likely as not to tell one event, and
// how sharply that changes. Items in two languages share few terms but those are
// weighty; items without a date must be more alike. Measured on half of the
// labelled events and tried on the other half.
const (
	evenSame   = 0.145
	evenCross  = 0.17
	undated    = 0.12
	sharpness  = 22
	vetoed     = -1.0
	fadeDays   = 5
	overlapped = 0.4 // share of overlap in the mix: a headline against a full text
)

// compare returns the likeness of two sketches.
func (x *Index) compare(a, b *sketch) likeness {
	l := weigh(a, b, x.overlap(a, b).likeness())
	if l.p < 0.05 {
		return l
	}
	if l.veto, l.series = conflict(a, b); l.veto != "" {
		l.p = vetoed
	}
	return l
}

// weigh sets what a and b share against what is needed.
func weigh(a, b *sketch, shared float64) likeness {
	var l likeness
	l.points[sharing] = shared
	l.points[bar] = -evenSame
	if a.lang != b.lang {
		l.points[bar] = -evenCross
	}
	if d, ok := apart(a, b); ok {
		l.points[distance] = shared * (fading(d) - 1)
	} else {
		l.points[timeless] = -undated
	}
	l.p = 1 / (1 + math.Exp(-sharpness*l.margin()))
	return l
}

// margin is the sum of what speaks for one event and against.
func (l likeness) margin() (sum float64) {
	for _, p := range l.points {
		sum += p
	}
	return sum
}

// fading is how much a distance in time takes from a likeness: little up to two
// days, for a follow-up is still the same event, and most after a week.
func fading(d time.Duration) float64 {
	days := d.Hours() / 24 / fadeDays
	return math.Exp(-days * days)
}

// overlap is the scalar product of two weighted vectors with their squared lengths.
type overlap struct{ dot, a, b float64 }

// likeness is the cosine mixed with the share of the smaller vector that the other has.
func (o overlap) likeness() float64 {
	if o.dot == 0 {
		return 0
	}
	return (1-overlapped)*o.dot/math.Sqrt(o.a*o.b) + overlapped*math.Min(o.dot/math.Min(o.a, o.b), 1)
}

// overlap compares the vectors. Stems count only within one language.
func (x *Index) overlap(a, b *sketch) overlap {
	same := a.lang == b.lang
	var o overlap
	i, k := 0, 0
	for i < len(a.features) || k < len(b.features) {
		switch {
		case k == len(b.features) || i < len(a.features) && a.features[i].term < b.features[k].term:
			w := x.weight(a.features[i], same)
			o.a += w * w
			i++
		case i == len(a.features) || b.features[k].term < a.features[i].term:
			w := x.weight(b.features[k], same)
			o.b += w * w
			k++
		default:
			wa, wb := x.weight(a.features[i], same), x.weight(b.features[k], same)
			o.dot += wa * wb
			o.a += wa * wa
			o.b += wb * wb
			i++
			k++
		}
	}
	return o
}

// weight is what a feature is worth in a comparison.
func (x *Index) weight(f feature, sameLang bool) float64 {
	k := x.terms.kindOf(f.term)
	switch {
	case k == stem && !sameLang:
		return 0
	case k == loan && sameLang:
		return 0 // its stem says it already
	}
	return worth[k] * float64(f.tf) * x.idf(f.term)
}

// apart is the time between two items; ok is false when one has none.
func apart(a, b *sketch) (d time.Duration, ok bool) {
	if a.at.IsZero() || b.at.IsZero() {
		return 0, false
	}
	return a.at.Sub(b.at).Abs(), true
}
