package figures

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/lang"
	"samur/internal/news"
)

// TestMonthsFirst holds the look at whether a sentence names a month to the rules that it
// stands before: without it they find the same.
func TestMonthsFirst(t *testing.T) {
	skipped := 0
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		g := *grammars()[l]
		all := g
		all.times = append([]timeRule(nil), g.times...)
		for i := range all.times {
			if all.times[i].month {
				skipped++
			}
			all.times[i].month = false
		}
		for _, kind := range []string{"sentences", "items", "periods", "ties"} {
			for _, w := range readWritten(t, kind, l) {
				for _, span := range lang.Parse(w.text, l).Sentences {
					s := lex(w.text, span, l, news.FieldText)
					if diff := cmp.Diff(all.findTimes(s), g.findTimes(s), cmp.AllowUnexported(when{})); diff != "" {
						t.Errorf("findTimes(%q) (-all rules +those that may match):\n%s", s.norm, diff)
					}
				}
			}
		}
	}
	if skipped < 30 {
		t.Errorf("%d rules need a month, want most of those with one", skipped)
	}
}
