package figures

import (
	"math"
	"strconv"
	"strings"

	"samur/internal/news"
)

// Same reports whether two figures state the same: an indicator, a period as
// far as both name one, and one value, be it rounded or written in another scale.
func Same(f, g news.Figure) bool {
	if f.Indicator != g.Indicator || f.Period != g.Period && f.Period != "" && g.Period != "" {
		return false
	}
	return sameValue(f.Value, g.Value, f, g) && sameValue(f.High, g.High, f, g)
}

func sameValue(x, y float64, f, g news.Figure) bool {
	f.Value, g.Value = x, y
	a, b := Measure(f), Measure(g)
	return a.Unit == b.Unit && a.meets(b)
}

// Amount is a value without the scale of its unit, for comparison alone: what is
// shown is always as written.
type Amount struct {
	Value float64
	Step  float64 // worth of the last digit written
	Unit  string
}

// Measure reads the value of a figure.
func Measure(f news.Figure) Amount {
	factor, unit := 1.0, f.Unit
	if scale, rest, ok := strings.Cut(f.Unit, " "); ok && scales[scale] > 0 {
		factor, unit = scales[scale], rest
	}
	step := factor
	digits := strconv.FormatFloat(f.Value, 'f', -1, 64)
	if _, frac, ok := strings.Cut(digits, "."); ok {
		step *= math.Pow10(-len(frac))
	}
	return Amount{f.Value * factor, step, unit}
}

var scales = map[string]float64{"thousand": 1e3, "mn": 1e6, "bn": 1e9, "trn": 1e12}

// meets reports whether two amounts are one, as far as the rougher is written: 4.8
// bn is 4.83 bn rounded, but a single digit is rounded from nothing in particular.
func (a Amount) meets(b Amount) bool {
	rough := a
	if b.Step > a.Step {
		rough = b
	}
	apart := math.Abs(a.Value - b.Value)
	const slack = 1e-9 // what binary fractions leave
	if apart <= slack*math.Max(math.Abs(a.Value), math.Abs(b.Value)) {
		return true
	}
	return math.Abs(rough.Value) >= 10*rough.Step && apart <= rough.Step/2*(1+slack)
}

// Compatible reports whether two figures of one indicator and period can both be
// true: one value, or one within the bound or range that the other gives.
func Compatible(f, g news.Figure) bool {
	if Same(f, g) {
		return true
	}
	a, b := boundsOf(f), boundsOf(g)
	return a[0] <= b[1] && b[0] <= a[1]
}

// boundsOf returns the least and greatest value that a figure leaves open.
func boundsOf(f news.Figure) [2]float64 {
	v := Measure(f)
	low, high := v.Value, v.Value
	if f.High > f.Value {
		f.Value = f.High
		high = Measure(f).Value
	}
	switch f.Approx {
	case "about":
		low, high = low*(1-roundedBy), high*(1+roundedBy)
	case "more-than":
		high = math.Inf(1)
	case "less-than", "up-to":
		low = math.Inf(-1)
	}
	return [2]float64{low, high}
}

// nearTimes is how many times one value may be the other for both to be taken as
// counts of the same thing.
const nearTimes = 3

// Near reports whether two values can be counts of the same thing.
func Near(f, g news.Figure) bool {
	a, b := Measure(f).Value, Measure(g).Value
	return a <= nearTimes*b && b <= nearTimes*a
}
