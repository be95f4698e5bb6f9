package coverage

import "testing"

// BenchmarkOf is what each told story costs an edition, its reading included.
func BenchmarkOf(b *testing.B) {
	in := input(b, planeStory...)
	for b.Loop() {
		Of(in)
	}
}

func BenchmarkStateOf(b *testing.B) {
	in := input(b, planeStory...)
	for b.Loop() {
		StateOf(in, nil)
	}
}
