package web

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"samur/internal/classify"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/search"
	"samur/internal/store"
	"samur/seeds"
)

// understanding reads the seeds once for all tests that need them.
var understanding = sync.OnceValues(func() (*lexicon.Lexicon, *classify.Classifier) {
	lx, err := lexicon.Load(seeds.FS)
	if err != nil {
		panic(err) // the seeds are proved by their own tests
	}
	cl, err := classify.New(classify.Options{Lexicon: lx, Seeds: []fs.FS{seeds.FS}})
	if err != nil {
		panic(err)
	}
	return lx, cl
})

// large stores n items of ten feeds, one in ten relevant and three of these a story, with
// a figure each, and a digest for each of some days.
func large(tb testing.TB, n, days int) *site {
	tb.Helper()
	si := &site{}
	var err error
	if si.store, err = store.Open(store.Options{Path: filepath.Join(tb.TempDir(), "samur.db"), Now: func() time.Time { return day }}); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = si.store.Close() })
	lx, cl := understanding()
	si.o = Options{
		Store: si.store, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return day.Add(time.Hour) },
		Feeds: func() []news.Feed { return si.feeds }, Digests: func() []Schedule { return []Schedule{{Name: "daily", Next: day, Zone: "Asia/Baku"}} },
		Read: func() (*lexicon.Lexicon, *classify.Classifier, error) { return lx, cl, nil },
	}
	for k := range 10 {
		si.feeds = append(si.feeds, news.Feed{Name: fmt.Sprintf("feed-%d", k), URL: fmt.Sprintf("https://%d.example/rss", k), Outlet: fmt.Sprintf("Outlet %d", k), Side: []news.Side{news.SideAz, news.SideRu, news.SideOther}[k%3]})
	}
	const perBatch = 500
	terms := search.Terms(lx.Analyse("Gas flows from Baku to Moscow", "It is 3 bn m3.", news.En))
	for from := 0; from < n; from += perBatch {
		if err := si.store.SaveBatch(si.batch(from, min(from+perBatch, n), n, terms)); err != nil {
			tb.Fatal(err)
		}
	}
	si.editions(tb, days)
	return si
}

// batch is a poll that brings the items from up to upto of n.
func (si *site) batch(from, upto, n int, terms []news.IndexTerm) *store.Batch {
	f := si.feeds[from/500%len(si.feeds)]
	b := &store.Batch{
		State:   news.FeedState{Feed: f.Name, URL: f.URL, LastAttempt: day, LastSuccess: day},
		Attempt: news.Attempt{At: day, Status: 200, New: upto - from}, Terms: map[string][]news.IndexTerm{},
	}
	for k := from; k < upto; k++ {
		at := day.Add(-time.Duration(n-k) * 5 * time.Minute)
		it := news.Item{
			ID: fmt.Sprintf("%016x", k), Keys: []news.Key{{Kind: news.KeyGUID, Hash: uint64(k) + 1}}, TextHash: uint64(k) + 1, Feed: f.Name, Outlet: f.Outlet, Side: f.Side, Lang: news.En,
			URL: fmt.Sprintf("https://x.example/%d", k), Title: fmt.Sprintf("Gas flows from Baku to Moscow, report %d", k), Text: "It is 3 bn m3 this year.\nMore is expected in the spring, the ministry said.",
			Published: at, FirstSeen: at, Dated: news.DatedFeed, Verdict: news.Verdict{Score: 1, Threshold: 1.5, Missing: news.Because(news.GroundAbsent, "ru")},
		}
		b.Terms[it.ID] = terms
		if k%10 == 0 {
			it.Story = fmt.Sprintf("s%016x", k/30*30)
			it.Verdict = news.Verdict{Relevant: true, Score: 2, Threshold: 1.5, Matches: []news.Match{{Topic: "energy", Score: 1}}, Evidence: []news.Evidence{{Field: news.FieldTitle, Start: 0, End: 3, Form: "Gas", Points: 2, Why: "concept"}}}
			it.Figures = []news.Figure{{Indicator: "gas-volume", Value: float64(k%50) / 10, Unit: "bn m3", Period: fmt.Sprint(2000 + k%26), Sentence: "It is 3 bn m3 this year.", Field: news.FieldText, Start: 6, End: 7}}
		}
		b.Items = append(b.Items, it)
	}
	for k := (from + 29) / 30 * 30; k+20 < upto; k += 30 {
		st := news.Story{ID: fmt.Sprintf("s%016x", k), First: b.Items[k-from].FirstSeen, Last: b.Items[k-from+20].FirstSeen}
		for _, i := range []int{k, k + 10, k + 20} {
			it := b.Items[i-from]
			st.Members = append(st.Members, news.Member{Item: it.ID, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen})
		}
		b.Stories = append(b.Stories, st)
	}
	return b
}

// editions stores a digest of thirty stories for each of n days.
func (si *site) editions(tb testing.TB, n int) {
	tb.Helper()
	q := news.Quote{Text: "It is 3 bn m3 this year.", Item: "0000000000000000", URL: "https://x.example/0", Outlet: "Outlet", Lang: news.En}
	entry := news.Entry{Story: "s0000000000000000", Headline: q, Quotes: []news.Quote{q, q}, Topics: []string{"energy"}, Sources: make([]news.Source, 8)}
	sec := news.Section{Topic: "energy"}
	for range 30 {
		sec.Entries = append(sec.Entries, entry)
	}
	for k := range n {
		slot := news.Slot{Digest: "daily", At: day.AddDate(0, 0, k-n+1)}
		d := news.Delivery{ID: fmt.Sprint(k), Slot: slot, Channel: "mail", State: news.DeliverySent, Attempts: []news.DeliveryAttempt{{At: day, Reply: "250 2.0.0 Ok: queued"}}}
		if err := si.store.SaveDigest(news.Digest{Slot: slot, Sections: []news.Section{sec}, Window: news.Window{Zone: "Asia/Baku"}}, []news.Delivery{d}); err != nil {
			tb.Fatal(err)
		}
	}
}

// benchPages are one of each kind, and the questions that cost most.
var benchPages = []string{
	"/", "/day/2025-09-01", "/stories", "/stories/s0000000000000000", "/items/0000000000000000", "/topics", "/topics/energy", "/figures", "/figures/gas-volume",
	"/figures/gas-volume/csv", "/timeline", "/search?q=gas+moscow", "/search?q=gas&topic=energy&side=ru", "/search?q=zeppelin", "/search?outlet=nobody", "/search?relevant=1&from=2026-03-01",
	"/search.atom?q=gas", "/feeds", "/feeds/feed-1", "/deliveries", "/whynot", "/status", "/digests",
	"/api/v1/search?q=gas", "/api/v1/stories", "/api/v1/stories?topic=culture", "/api/v1/stories/s0000000000000000", "/api/v1/figures/gas-volume", "/api/v1/timeline", "/api/v1/topics",
}

// BenchmarkPages makes every page of an archive of 100,000 items.
func BenchmarkPages(b *testing.B) {
	si := large(b, 100_000, 365)
	h, err := Handler(si.o)
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range benchPages {
		fetch(b, h, path) // what is counted once is counted here
		b.Run(path, func(b *testing.B) {
			size := 0
			for b.Loop() {
				size = fetch(b, h, path)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

// TestPageSizes: no page of a large archive is larger than 200 KB.
func TestPageSizes(t *testing.T) {
	si := large(t, 3000, 40)
	h := si.handler(t)
	for _, path := range benchPages {
		if size := fetch(t, h, path); size > 200_000 && path != "/figures/gas-volume/csv" {
			t.Errorf("GET %s has %d bytes, want at most 200,000", path, size)
		}
	}
}

// fetch makes a page and returns its size. Every one comes from another peer: an
// allowance is not what is measured.
func fetch(tb testing.TB, h http.Handler, path string) int {
	tb.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "http://localhost"+path, nil)
	peer++
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", peer>>16&255, peer>>8&255, peer&255)
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		tb.Fatalf("GET %s = %d", path, w.Code)
	}
	return w.Body.Len()
}

var peer int
