package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParted(t *testing.T) {
	s := tempStore(t)
	if got, err := s.Parted(); err != nil || len(got) != 0 {
		t.Errorf("Parted before = %v, %v, want none", got, err)
	}
	for _, ps := range [][]Parted{{{"b", 2}}, {}, {{"a", 1}, {"b", 2}}} {
		if err := s.SaveStories(nil, nil, ps...); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Parted()
	if want := []Parted{{"a", 1}, {"b", 2}}; err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("Parted = %v, %v, want each once: %v", got, err, want)
	}
	var many []Parted
	for i := range mostParted {
		many = append(many, Parted{fmt.Sprintf("item %d", i), uint64(i + 3)})
	}
	if err := s.SaveStories(nil, nil, many...); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Parted(); err != nil || cmp.Diff(many, got) != "" {
		t.Errorf("Parted returns %d, %v, want the newest %d", len(got), err, len(many))
	}
}
