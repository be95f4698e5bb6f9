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

// BenchmarkLines reads lines of one name each, of which the longest text is as long as one may
// be: bytes a second stay the same.
func BenchmarkLines(b *testing.B) {
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{50 << 10, 200 << 10} {
		text := strings.Repeat("Putin \n", size/len("Putin \n"))
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				x.Analyse("", text, news.En)
			}
		})
	}
}

// BenchmarkAnalyse reads an item as feeds bring them, one that names a few concepts.
func BenchmarkAnalyse(b *testing.B) {
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		b.Fatal(err)
	}
	for _, it := range []struct {
		lang        news.Lang
		title, text string
	}{
		{news.En, "Harbour towns ask for longer ferry hours", "Mayors of nine towns wrote to the ministry on Monday that the last ferry leaves before most people finish work. A reply from Moscow is expected within two weeks, the council's secretary said."},
		{news.Ru, "Портовые города просят продлить часы парома", "Мэры девяти городов написали в понедельник министерству, что последний паром уходит раньше, чем большинство людей заканчивает работу. Ответ из Баку ожидается через две недели, сообщил секретарь совета."},
		{news.Az, "Liman şəhərləri bərənin daha gec işləməsini istəyir", "Doqquz şəhərin başçıları bazar ertəsi nazirliyə yazıblar ki, axırıncı bərə insanların çoxu işini bitirməmiş yola düşür. Şuranın katibi bildirib ki, Bakıdan cavab iki həftəyə gözlənilir."},
	} {
		b.Run(string(it.lang), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Analyse(it.title, it.text, it.lang)
			}
		})
	}
}
