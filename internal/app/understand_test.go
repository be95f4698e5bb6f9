package app

import (
	"runtime"
	"testing"

	"samur/internal/lang"
	"samur/internal/news"
)

// maxLanguageData bounds what lexicon, models of languages and classifier keep in memory.
const maxLanguageData = 40 << 20

// languageData builds all language data and returns it with the bytes it keeps.
func languageData(tb testing.TB) (*Understanding, uint64) {
	tb.Helper()
	before := heap()
	u, err := Understand("", 0)
	if err != nil {
		tb.Fatal(err)
	}
	for _, text := range []string{"Bakıda Rusiya səfiri ilə görüş keçirilib", "В Баку прошла встреча с послом", "A meeting was held in Baku"} {
		l := lang.Detect(text, "", news.Other) // the models are made when they are first asked
		u.Classifier.Classify(u.Lexicon.Analyse(text, "", l))
	}
	after := heap()
	return u, max(after, before) - before
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what finalizers and pools held in the first
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestLanguageDataIsSmall(t *testing.T) {
	u, size := languageData(t)
	if size > maxLanguageData {
		t.Errorf("language data keep %d MB, want at most %d", size>>20, maxLanguageData>>20)
	}
	runtime.KeepAlive(u)
}

// BenchmarkUnderstand is the time and the memory of all language data.
func BenchmarkUnderstand(b *testing.B) {
	var size uint64
	for b.Loop() {
		var u *Understanding
		var kept uint64
		u, kept = languageData(b)
		size = max(size, kept) // the first has the models too
		runtime.KeepAlive(u)
	}
	b.ReportMetric(float64(size)/(1<<20), "heap-MB")
}
