package classify

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// example is what people say of one item in one respect.
type example struct {
	net    int     // voices for it less those against, never 0
	margin float64 // by how much the rules alone are above the line
	terms  []term
}

// column is one thing that can move, with the examples that have it.
type column struct {
	name  string
	by    float64 // how far it has moved
	bound float64
	prior float64
	curve float64 // an upper bound of how sharply the sum bends along it
	at    []cell
}

type cell struct {
	example int
	value   float64
}

// The descent ends when nothing moves by more than stillness any more, which is far
// below the thousandths that points are told in: after some tens of sweeps, whatever is
// answered.
const (
	stillness = 1e-11
	maxSweeps = 1000
)

// fit returns how far everything moves that examples speak of.
func (sl slope) fit(examples []example) shift {
	cols := sl.columns(examples)
	margins := make([]float64, len(examples))
	for i, e := range examples {
		margins[i] = e.margin
	}
	for range maxSweeps {
		moved := 0.0
		for i := range cols {
			moved = max(moved, sl.step(&cols[i], examples, margins))
		}
		if moved < stillness {
			break
		}
	}
	s := shift{}
	for _, c := range cols {
		if math.Abs(c.by) > 1e-9 {
			s[c.name] = c.by
		}
	}
	return s
}

// columns turns examples on their side, in the order of the names.
func (sl slope) columns(examples []example) []column {
	byName := map[string]*column{}
	for i, e := range examples {
		for _, t := range e.terms {
			c := byName[t.name]
			if c == nil {
				c = &column{name: t.name, bound: sl.bound(t.name), prior: sl.priorOf(t.name)}
				c.curve = c.prior
				byName[t.name] = c
			}
			c.at = append(c.at, cell{i, t.value})
			c.curve += math.Abs(float64(e.net)) * sl.steep * sl.steep / 4 * t.value * t.value
		}
	}
	out := make([]column, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		out = append(out, *byName[name])
	}
	return out
}

// step moves one column to where the sum is least along it, or towards that: the curve
// is never sharper than assumed, so that no step goes too far. It returns how far.
func (sl slope) step(c *column, examples []example, margins []float64) float64 {
	down := c.prior * c.by
	for _, x := range c.at {
		n := float64(examples[x.example].net)
		y := math.Copysign(1, n)
		down -= n * sl.steep * x.value / (1 + math.Exp(y*sl.steep*margins[x.example]))
	}
	to := max(-c.bound, min(c.by-down/c.curve, c.bound))
	by := to - c.by
	if by == 0 {
		return 0
	}
	c.by = to
	for _, x := range c.at {
		margins[x.example] += by * x.value
	}
	return math.Abs(by)
}

// bound is how far a thing can move.
func (sl slope) bound(name string) float64 {
	switch {
	case name == ofLine, strings.HasPrefix(name, ofLang):
		return sl.lineBound
	case strings.HasPrefix(name, ofConcept):
		return sl.nameBound
	}
	return sl.ruleBound
}

func (sl slope) priorOf(name string) float64 {
	if strings.HasPrefix(name, ofConcept) {
		return sl.concept
	}
	return sl.prior
}
