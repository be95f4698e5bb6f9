package digest

import (
	"fmt"
	"testing"

	"samur/internal/news"
)

// crowd makes n stories of size members each from the samples.
func crowd(t testing.TB, n, size int) Input {
	pool := samples(t)
	in := input(t)
	seq := in.Window.From.Item
	for i := range n {
		s := Story{Story: news.Story{ID: fmt.Sprintf("s%05d", i)}}
		for k := range size {
			seq++
			it := pool[(i+k)%len(pool)]
			it.ID, it.Seq, it.Outlet = fmt.Sprintf("i%06d", seq), seq, fmt.Sprintf("outlet%d", k)
			s.Items = append(s.Items, it)
			s.Members = append(s.Members, news.Member{Item: it.ID, Seq: seq, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen})
		}
		in.Stories = append(in.Stories, s)
	}
	in.Window.To.Item = seq
	in.Options.Other = true
	in.Ledger = ledgerFor(in)
	return in
}

// A story of very many members is told like any other, and none is lost.
func TestCrowdedStory(t *testing.T) {
	in := crowd(t, 2, 500)
	d := Build(in)
	if !d.Ledger.Balances() || d.Ledger.Told != 1000 {
		t.Errorf("ledger = %+v, want 1000 told", d.Ledger)
	}
	for _, e := range d.Sections[0].Entries {
		if got, want := len(e.Sources), 500; got != want {
			t.Errorf("sources = %d, want %d", got, want)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	in := crowd(b, 500, 4)
	b.ReportAllocs()
	for b.Loop() {
		Build(in)
	}
}
