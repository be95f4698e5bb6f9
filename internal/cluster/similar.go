package cluster

import (
	"math"
	"time"
)

// likeness is how two items compare.
type likeness struct {
	p      float64 // how likely they tell one event; below 0 when vetoed
	sim    float64 // cosine of the weighted vectors, mixed with their overlap
	veto   string  // why they cannot be one event, "" when nothing forbids it
	series string  // series that both belong to, when that is why
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
	var l likeness
	l.sim = x.cosine(a, b)
	even := evenSame
	if a.lang != b.lang {
		even = evenCross
	}
	sim := l.sim
	if d, ok := apart(a, b); ok {
		sim *= fading(d)
	} else {
		even += undated
	}
	l.p = 1 / (1 + math.Exp(-sharpness*(sim-even)))
	if l.p < 0.05 {
		return l
	}
	if l.veto, l.series = conflict(a, b); l.veto != "" {
		l.p = vetoed
	}
	return l
}

// fading is how much a distance in time takes from a likeness: little up to two
// days, for a follow-up is still the same event, and most after a week.
func fading(d time.Duration) float64 {
	days := d.Hours() / 24 / fadeDays
	return math.Exp(-days * days)
}

// cosine compares the vectors. Stems count only within one language.
func (x *Index) cosine(a, b *sketch) float64 {
	same := a.lang == b.lang
	var dot, na, nb float64
	i, k := 0, 0
	for i < len(a.features) || k < len(b.features) {
		switch {
		case k == len(b.features) || i < len(a.features) && a.features[i].term < b.features[k].term:
			w := x.weight(a.features[i], same)
			na += w * w
			i++
		case i == len(a.features) || b.features[k].term < a.features[i].term:
			w := x.weight(b.features[k], same)
			nb += w * w
			k++
		default:
			wa, wb := x.weight(a.features[i], same), x.weight(b.features[k], same)
			dot += wa * wb
			na += wa * wa
			nb += wb * wb
			i++
			k++
		}
	}
	if dot == 0 {
		return 0
	}
	return (1-overlapped)*dot/math.Sqrt(na*nb) + overlapped*math.Min(dot/math.Min(na, nb), 1)
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
