package lang

import (
	"strings"
	"testing"

	"samur/internal/news"
)

// news items as they come: a headline and a teaser of two sentences.
var benchItems = []struct {
	lang        news.Lang
	title, text string
}{
	{
		"az", "Azərbaycan və Rusiya nəqliyyat dəhlizi ilə bağlı yeni saziş imzalayıb",
		"Nazirliyin məlumatına görə, sənəd iki ölkənin dəmir yolları arasında daşımaların artırılmasını nəzərdə tutur. Tərəflər sərhəd keçid məntəqələrində növbələrin azaldılmasını da müzakirə ediblər.",
	},
	{
		"az", "Azerbaycan ve Rusiya neqliyyat dehlizi ile bagli yeni sazis imzalayib",
		"Nazirliyin melumatina gore, sened iki olkenin demir yollari arasinda dasimalarin artirilmasini nezerde tutur. Terefler serhed kecid menteqelerinde novbelerin azaldilmasini da muzakire edibler.",
	},
	{
		"ru", "Россия и Азербайджан подписали новое соглашение о транспортном коридоре",
		"По данным министерства, документ предусматривает рост перевозок между железными дорогами двух стран. Стороны обсудили и сокращение очередей на пунктах пропуска.",
	},
	{
		"en", "Russia and Azerbaijan sign a new agreement on the transport corridor",
		"According to the ministry, the document provides for more freight between the railways of the two countries. The sides also discussed shorter queues at border crossings.",
	},
}

func BenchmarkDetect(b *testing.B) {
	latinModel() // not part of an item's cost
	cyrillicModel()
	for _, it := range benchItems {
		b.Run(string(it.lang), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Detect(it.title, it.text, "")
			}
		})
	}
}

// BenchmarkModel is what the first item in Latin letters costs.
func BenchmarkModel(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		train(latinGroups, sampleTexts())
	}
}

func BenchmarkParse(b *testing.B) {
	for _, it := range benchItems {
		b.Run(string(it.lang), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(it.text)))
			for b.Loop() {
				Parse(it.text, it.lang)
			}
		})
	}
}

func BenchmarkParseMegabyte(b *testing.B) {
	text := strings.Repeat(benchItems[0].text+" ", 1<<20/len(benchItems[0].text))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(text, "az")
	}
}

func BenchmarkMatch(b *testing.B) {
	for _, tt := range []struct {
		word, form string
		lang       news.Lang
	}{
		{"əməkdaşlıq", "əməkdaşlıqlarımızdakılardan", "az"},
		{"соглашение", "соглашениями", "ru"},
		{"agreement", "agreements", "en"},
	} {
		f := Compile(tt.word, tt.lang, Term)
		b.Run(string(tt.lang), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.Match(tt.form, tt.lang, false)
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Compile("əməkdaşlıq", "az", Term)
		Compile("соглашение", "ru", Term)
	}
}

// BenchmarkStem and BenchmarkSkeleton are what a new word costs the archive's index.
func BenchmarkStem(b *testing.B) { eachWord(b, func(w string, l news.Lang) { Stem(w, l) }) }

func BenchmarkSkeleton(b *testing.B) { eachWord(b, func(w string, l news.Lang) { Skeleton(w, l) }) }

// eachWord does something with the words of benchItems, language by language.
func eachWord(b *testing.B, do func(fold string, l news.Lang)) {
	for _, it := range benchItems {
		var folds []string
		for _, tok := range Parse(it.text, it.lang).Tokens {
			if tok.Kind == Word {
				folds = append(folds, tok.Fold)
			}
		}
		b.Run(string(it.lang), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				do(folds[i%len(folds)], it.lang)
			}
		})
	}
}
