package lexicon_test

import (
	"fmt"
	"strings"
	"testing"

	"samur/internal/lexicon"
	"samur/internal/news"
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

// BenchmarkEndless reads one sentence of nothing but names, of which the longest is as
// long as a text may be: bytes a second stay the same.
func BenchmarkEndless(b *testing.B) {
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		b.Fatal(err)
	}
	const names = "Putin Aliyev Lavrov Bayramov Overchuk Mustafayev "
	for _, size := range []int{25 << 10, 50 << 10, 100 << 10, 200 << 10} {
		text := strings.Repeat(names, size/len(names))
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				x.Analyse("", text, news.En)
			}
		})
	}
}
