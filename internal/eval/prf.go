package eval

// PRF counts right and wrong answers. The zero value has seen none.
type PRF struct {
	TP, FP, FN float64 // fractions occur in B-cubed sums only
}

// Precision is the share of given answers that are right; 1 when none was given
// and none was wanted, 0 when none was given though some were wanted.
func (c PRF) Precision() float64 { return share(c.TP, c.FP, c.FN) }

// Recall is the share of wanted answers that were given.
func (c PRF) Recall() float64 { return share(c.TP, c.FN, c.FP) }

// F1 is the harmonic mean of Precision and Recall.
func (c PRF) F1() float64 { return harmonic(c.Precision(), c.Recall()) }

// Wanted is how many answers the labels hold.
func (c PRF) Wanted() int { return int(c.TP + c.FN) }

// Plus returns the counts of c and d together.
func (c PRF) Plus(d PRF) PRF {
	return PRF{TP: c.TP + d.TP, FP: c.FP + d.FP, FN: c.FN + d.FN}
}

func (c *PRF) count(got, want bool) {
	switch {
	case got && want:
		c.TP++
	case got:
		c.FP++
	case want:
		c.FN++
	}
}

// share is right/(right+wrong); with nothing to divide by it is 1, or 0 when
// answers on the other side of the count show that some were due.
func share(right, wrong, other float64) float64 {
	if right+wrong > 0 {
		return right / (right + wrong)
	}
	if other > 0 {
		return 0
	}
	return 1
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
