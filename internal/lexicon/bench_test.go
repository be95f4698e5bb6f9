package lexicon_test

import (
	"testing"

	"samur/internal/lexicon"
	"samur/seeds"
)

// BenchmarkLoad is the greater part of the program's start.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := lexicon.Load(seeds.FS); err != nil {
			b.Fatal(err)
		}
	}
}
