package web

import (
	"math"
	"strconv"
)

// The size of a chart in its own units; the page scales it.
const (
	chartWide   = 720.0
	chartHigh   = 280.0
	chartLeft   = 64.0 // room for the scale
	chartRight  = 24.0
	chartTop    = 12.0
	chartBottom = 28.0
)

// tick is a line of a scale.
type tick struct {
	At    float64
	Label string
}

// scale returns round numbers from nought to at least top, a handful of them.
func scale(top float64) []float64 {
	if top <= 0 || math.IsInf(top, 0) || math.IsNaN(top) {
		return []float64{0, 1}
	}
	step := math.Pow(10, math.Floor(math.Log10(top)))
	for _, part := range []float64{0.2, 0.25, 0.5, 1, 2} {
		if top/(step*part) <= 5 {
			step *= part
			break
		}
	}
	out := []float64{0}
	for i := 1; out[len(out)-1] < top; i++ {
		out = append(out, step*float64(i))
	}
	return out
}

// vertical is where a value of a scale that ends at top stands.
func vertical(value, top float64) float64 {
	return chartTop + (chartHigh-chartTop-chartBottom)*(1-value/top)
}

// bars is a chart of stacked bars.
type bars struct {
	Stacks []stack
	Y      []tick
}

// stack is a bar of several parts.
type stack struct {
	Label string
	X     float64
	Wide  float64
	Parts []bar
	Shown bool // whether the scale has room for its label
}

// bar is a part of a stack.
type bar struct {
	Class string
	N     int
	Y     float64
	High  float64
}

func (b *bars) add(label string, parts []bar) {
	b.Stacks = append(b.Stacks, stack{Label: label, Parts: parts})
}

// draw gives everything its place.
func (b *bars) draw() {
	top := 0
	for _, s := range b.Stacks {
		n := 0
		for _, p := range s.Parts {
			n += p.N
		}
		top = max(top, n)
	}
	marks := scale(float64(top))
	end := marks[len(marks)-1]
	for _, m := range marks {
		if m == math.Trunc(m) {
			b.Y = append(b.Y, tick{vertical(m, end), strconv.FormatFloat(m, 'f', -1, 64)})
		}
	}
	slot := (chartWide - chartLeft - chartRight) / float64(max(len(b.Stacks), 1))
	for i := range b.Stacks {
		s := &b.Stacks[i]
		s.X, s.Wide, s.Shown = chartLeft+slot*float64(i)+slot*0.12, slot*0.76, i%5 == 0 && i < len(b.Stacks)-2
		below := 0.0
		for j := range s.Parts {
			p := &s.Parts[j]
			p.High = vertical(0, end) - vertical(float64(p.N), end)
			p.Y = vertical(0, end) - below - p.High
			below += p.High
		}
	}
}
