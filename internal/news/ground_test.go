package news

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGround(t *testing.T) {
	rule := Because(GroundSideIn, "az", "title")
	learnt := Because(GroundLearnt, "2", string(Because(GroundLearntRule, string(rule))), string(Because(GroundLearntLine)))
	tests := []struct {
		name   string
		g      Ground
		kind   GroundKind
		values []string
		words  string
	}{
		{"alone", Because(GroundShared), GroundShared, []string{}, "shared"},
		{"with values", rule, GroundSideIn, []string{"az", "title"}, "side-in az title"},
		{"an empty value", Because(GroundAbsent, ""), GroundAbsent, []string{""}, "absent "},
		{"within others", Because(GroundAgainst, string(learnt)), GroundAgainst, []string{string(learnt)}, "against learnt 2 learnt-rule side-in az title learnt-line"},
		{"a sentence of old", "Russia is not named", "Russia is not named", []string{}, "Russia is not named"},
		{"none", "", "", []string{}, ""},
	}
	for _, tt := range tests {
		if tt.g.Kind() != tt.kind || tt.g.String() != tt.words {
			t.Errorf("%s: Kind, String = %q, %q, want %q, %q", tt.name, tt.g.Kind(), tt.g.String(), tt.kind, tt.words)
		}
		if diff := cmp.Diff(tt.values, tt.g.Values()); diff != "" {
			t.Errorf("%s: Values (-want +got):\n%s", tt.name, diff)
		}
	}
	inner := Ground(learnt.Values()[1])
	if got := Ground(inner.Values()[0]); got != rule {
		t.Errorf("the rule within what was learnt = %q, want %q", got, rule)
	}
}
