package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// BenchmarkStatus makes the status page of 500 feeds and a year of deliveries to ten
// recipients.
func BenchmarkStatus(b *testing.B) {
	st, err := store.Open(store.Options{Path: filepath.Join(b.TempDir(), "samur.db")})
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	var feeds []news.Feed
	for n := range 500 {
		f := news.Feed{Name: fmt.Sprintf("feed-%03d", n), URL: fmt.Sprintf("https://%d.example/rss", n)}
		feeds = append(feeds, f)
		err := st.SaveBatch(&store.Batch{State: news.FeedState{Feed: f.Name, URL: f.URL, LastAttempt: day, LastSuccess: day}})
		if err != nil {
			b.Fatal(err)
		}
	}
	for n := range 365 {
		slot := news.Slot{Digest: "daily", At: day.Add(time.Duration(n) * 24 * time.Hour)}
		var ds []news.Delivery
		for to := range 10 {
			ds = append(ds, news.Delivery{
				ID: fmt.Sprint(n, "/", to), Slot: slot, Channel: "mail", Recipient: "someone@example.org", State: news.DeliverySent,
				Attempts: []news.DeliveryAttempt{{At: day, Reply: "250 2.0.0 Ok: queued"}},
			})
		}
		if err := st.SaveEdition(news.Edition{Digest: news.Digest{Slot: slot}}, ds); err != nil {
			b.Fatal(err)
		}
	}
	h, err := Handler(Options{
		Store: st, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return day },
		Feeds: func() []news.Feed { return feeds }, Digests: func() []Schedule { return []Schedule{{Name: "daily", Next: day}} },
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/status", nil)
		r.Host = "localhost"
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
