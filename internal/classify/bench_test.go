package classify

import (
	"os"
	"strings"
	"testing"
	"time"

	"samur/internal/eval"
	"samur/internal/lexicon"
	"samur/internal/news"
)

func BenchmarkClassify(b *testing.B) {
	c, x := open(b)
	items := labelled(b)
	for i := range items {
		items[i].Text = plain(items[i].Text)
	}
	docs := make([]*lexicon.Doc, len(items))
	for i, it := range items {
		docs[i] = x.Analyse(it.Title, it.Text, it.Lang)
	}
	judge := func(b *testing.B, items []eval.Labelled) {
		i := 0
		for b.Loop() {
			it := &items[i%len(items)]
			c.Classify(x.Analyse(it.Title, it.Text, it.Lang))
			i++
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "items/s")
	}
	// Nearly half of the labelled items are relevant, and those cost most; of what the
	// feeds of the field bring it is one in ten at most.
	b.Run("labelled items", func(b *testing.B) { judge(b, items) })
	b.Run("a stream", func(b *testing.B) { judge(b, streamOf(items)) })
	b.Run("alone", func(b *testing.B) {
		i := 0
		for b.Loop() {
			c.Classify(docs[i%len(docs)])
			i++
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "items/s")
	})
}

// streamOf returns all items that are not relevant, and behind every ninth one that is.
func streamOf(items []eval.Labelled) []eval.Labelled {
	var out, relevant []eval.Labelled
	for _, it := range items {
		if it.Relevant {
			relevant = append(relevant, it)
		}
	}
	n := 0
	for _, it := range items {
		if it.Relevant {
			continue
		}
		if out = append(out, it); len(out)%10 == 9 {
			out = append(out, relevant[n%len(relevant)])
			n++
		}
	}
	return out
}

func BenchmarkNew(b *testing.B) {
	x, err := lexicon.Load(os.DirFS("../../seeds"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := New(Options{Lexicon: x, Seeds: seedsFS()}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLinear guards against work that grows with the square of an item.
func TestLinear(t *testing.T) {
	c, x := open(t)
	const part = "Russia and Azerbaijan signed an agreement on trade, transit and gas; Lavrov met Bayramov in Baku. "
	cost := func(n int) time.Duration {
		text := strings.Repeat(part, n)
		d := x.Analyse("Azerbaijan, Russia sign papers", text, news.En)
		start := time.Now()
		v := c.Classify(d)
		if !v.Relevant {
			t.Errorf("%d bytes: not relevant", len(text))
		}
		return time.Since(start)
	}
	cost(100)
	if small, big := cost(200), cost(2000); big > 20*small+50*time.Millisecond {
		t.Errorf("20 kB take %v, 200 kB take %v: more than ten times as long", small, big)
	}
}
