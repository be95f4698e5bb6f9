package cluster

import (
	"fmt"
	"testing"
)

// TestFullIndexTakesConceptsAlone holds that made-up words stop to cost memory, while the
// names that tell events apart are still taken.
func TestFullIndexTakesConceptsAlone(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	b.add(ferry[0])
	for i := 0; len(b.x.terms.label) < maxTerms; i++ {
		b.x.terms.take(label{fmt.Sprint("5word", i), 0.01})
	}
	first := b.add(gas[0])
	kinds := map[kind]int{}
	for _, f := range b.x.items[len(b.x.items)-1].features {
		if int(f.term) >= maxTerms {
			kinds[b.x.terms.kinds[f.term]]++
		}
	}
	if len(kinds) != 1 || kinds[concept] < 3 {
		t.Errorf("a full index took new terms of kinds %v, want concepts alone", kinds)
	}
	if d := b.add(ferry[1]); d.Story == first.Story {
		t.Errorf("a ferry is in the story of gas: %+v", d)
	}
}
