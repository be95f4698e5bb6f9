package records

import "testing"

func TestCellIsNoFormula(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+7": "'+7", "@x": "'@x", "-3": "'-3", "3": "3", "": "", "a\x1b[31m\nb": "a[31m b"} {
		if got := Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}
