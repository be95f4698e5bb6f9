package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

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

// round makes the polls of some feeds that bring 30 items each, of the length that news
// have, the seventh of which are joined to stories of before.
func round(n int) (bs []*Batch) {
	text := strings.Repeat("The ministry said that supplies will go on as agreed. ", 16)
	for f := range 8 {
		b := batch(fmt.Sprint("feed-", n%40*8+f), n*30, n*30+30)
		for i := range b.Items {
			it := &b.Items[i]
			it.Text += text
			for w := range 140 { // the lower, the more frequent
				b.Terms[it.ID] = append(b.Terms[it.ID], news.IndexTermOf(fmt.Sprint(w*w*((n*240+f*30+i)%97+w)/20)))
			}
			slices.Sort(b.Terms[it.ID])
			if i%7 > 0 {
				continue
			}
			st := news.Story{ID: fmt.Sprint("s", f*30+i), First: day, Last: it.FirstSeen}
			for k := range 10 {
				st.Members = append(st.Members, news.Member{Item: item(it.Feed, max(0, n-k)*30+i).ID, Seq: uint64(max(0, n-k)*240 + f*30 + i + 1), Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen, Why: "names", Score: 1.5})
			}
			b.Stories = append(b.Stories, st)
		}
		bs = append(bs, b)
	}
	return bs
}

// BenchmarkSaveBatches writes polls that bring much together, as the first ones do. Their
// words are turned into postings with every seventeenth.
func BenchmarkSaveBatches(b *testing.B) {
	s, n := tempStore(b), 0
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		bs := round(n)
		n++
		b.StartTimer()
		if err := s.SaveBatches(bs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStoried reads what a start needs of a week: of a hundred items eight are in
// stories.
func BenchmarkStoried(b *testing.B) {
	s, kept := tempStore(b), make([]byte, 1500)
	for from := 0; from < 20_000; from += 1000 {
		bt := batch("trend", from, from+1000)
		bt.Reduced = map[string]Reduced{}
		for i := 0; i < 1000; i += 12 {
			bt.Items[i].Story = fmt.Sprint("s", from+i)
			bt.Reduced[bt.Items[i].ID] = Reduced{Rules: 1, Kept: kept}
		}
		save(b, s, bt)
	}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if _, err := s.Storied(StoriedQuery{Since: day, Rules: 1}, func(Storied) bool { n++; return true }); err != nil || n != 20*84 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkSeen(b *testing.B) {
	s := archive(b, 5000)
	var keys []news.Key
	for n := range 50 {
		keys = append(keys, item("trend", 4000+n).Keys...)
	}
	for name, feed := range map[string]string{"known": "trend", "new": "apa"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Seen(feed, keys); err != nil {
					b.Fatal(err)
				}
			}
		})
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

// BenchmarkFlush turns the pending words of a whole partition into postings: what one
// poll in a hundred does beside its own work.
func BenchmarkFlush(b *testing.B) {
	s, undo := tempStore(b), errors.New("undo")
	for from := 0; from < partitionSize-1; from += 315 { // places begin at 1
		p := batch("trend", from, from+315)
		for n, it := range p.Items {
			for w := range 140 { // the lower, the more frequent
				p.Terms[it.ID] = append(p.Terms[it.ID], news.IndexTermOf(fmt.Sprint(w*w*(n%17+w)/20)))
			}
		}
		save(b, s, p)
	}
	b.ReportAllocs()
	for b.Loop() {
		err := s.write(func(tx *bbolt.Tx) error {
			if err := flush(tx, 0); err != nil {
				return err
			}
			return undo
		})
		if !errors.Is(err, undo) {
			b.Fatal(err)
		}
	}
}
