package store

import (
	"fmt"
	"testing"

	"samur/internal/news"
)

// archive stores n items of one feed.
func archive(b *testing.B, n int) *Store {
	b.Helper()
	s := tempStore(b)
	for from := 0; from < n; from += 1000 {
		save(b, s, batch("trend", from, from+1000))
	}
	return s
}

func BenchmarkSaveBatch(b *testing.B) {
	for _, size := range []int{0, 20_000} {
		b.Run(fmt.Sprint("archive ", size), func(b *testing.B) {
			s, n := archive(b, size), 1_000_000
			for b.Loop() {
				save(b, s, batch("apa", n, n+30))
				n += 30
			}
		})
	}
}

func BenchmarkSeen(b *testing.B) {
	s := archive(b, 5000)
	var keys []news.Key
	for n := range 50 {
		keys = append(keys, item("trend", 4000+n).Keys...)
	}
	for b.Loop() {
		if _, err := s.Seen("trend", keys); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	s := archive(b, 20_000)
	for name, groups := range map[string][][]news.IndexTerm{"frequent": {terms("gas"), terms("supply")}, "rare": {terms("gas"), terms("n77")}, "none": {terms("zeppelin")}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Search(Query{Groups: groups}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
