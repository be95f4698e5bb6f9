package lexicon

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/seeds"
)

// TestPlainParts holds the short way of cutting a name to the long one, on every name
// of the seeds and on names that look plain and are not.
func TestPlainParts(t *testing.T) {
	x, err := Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	short := 0
	for _, c := range x.Concepts() {
		for l, names := range c.Names {
			for _, n := range names {
				if lettersOnly(n) {
					short++
				}
				want := parsedParts(n, l)
				if diff := cmp.Diff(want, nameParts(n, l), cmp.AllowUnexported(namePart{})); diff != "" {
					t.Errorf("nameParts(%q, %s) (-want +got):\n%s", n, l, diff)
				}
			}
		}
	}
	if short < 1000 {
		t.Errorf("only %d names took the short way", short)
	}
	for _, n := range []string{"", " ", "Baku ", " Baku", "Baku  Tbilisi", "Day.az", "3+3", "Rostov-on-Don", "D'Arcy", "Qarabağ\u00ad", "日本"} {
		if lettersOnly(n) {
			t.Errorf("lettersOnly(%q) = true", n)
		}
	}
}
