package metrics

import (
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"samur/internal/news"
)

var day = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

// busy returns Metrics in which everything was counted once.
func busy() *Metrics {
	m := New("1.2.3")
	m.Gauge(Snapshot{
		StoreBytes: 4096, StoreFree: 1024, Items: 12, Pending: 2, Failed: 1, Oldest: day,
		Feeds:   []news.FeedState{{Feed: "apa", LastSuccess: day, LastNew: day}, {Feed: "trend", Failures: 3}},
		Digests: []DigestState{{Name: "daily", Made: day, Next: day.Add(24 * time.Hour)}},
	})
	m.Polled(news.Attempt{Feed: "apa", Status: 200, Took: time.Second, Bytes: 100, New: 5, Repeated: 2, Revised: 1, Gap: true})
	m.Polled(news.Attempt{Feed: "apa", Status: 304, Took: 60 * time.Millisecond})
	m.Polled(news.Attempt{Feed: "trend", Cause: news.CauseTimeout, Took: 30 * time.Second})
	m.Page("apa", "read")
	m.Page("apa", "read")
	m.Page("trend", string(news.CauseTimeout))
	m.Page("trend", "https://hostile.example/")
	m.Delivered(news.Delivery{Channel: "mail", State: news.DeliverySent}, nil)
	m.Delivered(news.Delivery{Channel: "mail", State: news.DeliveryPending}, errors.New("451 later"))
	m.Delivered(news.Delivery{Channel: "mail", State: news.DeliveryFailed}, errors.New("550 no"))
	m.Made(news.Digest{Slot: news.Slot{Digest: "daily", At: day}, Made: day.Add(time.Minute)})
	return m
}

// want fails the test where the series of the named metrics are not those of text.
func want(t *testing.T, m *Metrics, text string, names ...string) {
	t.Helper()
	srv := httptest.NewServer(m.Handler())
	defer srv.Close()
	if err := testutil.ScrapeAndCompare(srv.URL, strings.NewReader(text), names...); err != nil {
		t.Error(err)
	}
}

func TestExposition(t *testing.T) {
	m := busy()
	want(t, m, `
# HELP samur_polls_total Polls of a feed by result: ok, unchanged, or the cause of the failure.
# TYPE samur_polls_total counter
samur_polls_total{feed="apa",result="ok"} 1
samur_polls_total{feed="apa",result="unchanged"} 1
samur_polls_total{feed="trend",result="timeout"} 1
# HELP samur_items_total Entries read from a feed by kind: new, repeated, revised.
# TYPE samur_items_total counter
samur_items_total{feed="apa",kind="new"} 5
samur_items_total{feed="apa",kind="repeated"} 2
samur_items_total{feed="apa",kind="revised"} 1
samur_items_total{feed="trend",kind="new"} 0
samur_items_total{feed="trend",kind="repeated"} 0
samur_items_total{feed="trend",kind="revised"} 0
# HELP samur_pages_total New entries of feeds with full text by what came of their page: read, enough, shorter, other, the reason it was not asked for, or the cause of the failure.
# TYPE samur_pages_total counter
samur_pages_total{feed="apa",result="read"} 2
samur_pages_total{feed="trend",result="timeout"} 1
samur_pages_total{feed="trend",result="unknown"} 1
# HELP samur_deliveries_total Attempts to deliver a digest by result: sent, retry, failed for good.
# TYPE samur_deliveries_total counter
samur_deliveries_total{channel="mail",result="failed"} 1
samur_deliveries_total{channel="mail",result="retry"} 1
samur_deliveries_total{channel="mail",result="sent"} 1
# HELP samur_feed_gaps_total Polls that shared no entry with the one before, so that entries in between may have been missed.
# TYPE samur_feed_gaps_total counter
samur_feed_gaps_total{feed="apa"} 1
samur_feed_gaps_total{feed="trend"} 0
# HELP samur_build_info Always 1; the label is the version of the program.
# TYPE samur_build_info gauge
samur_build_info{version="1.2.3"} 1
# HELP samur_poll_duration_seconds Duration of a poll, from the request until its items were stored.
# TYPE samur_poll_duration_seconds histogram
samur_poll_duration_seconds_bucket{le="0.05"} 0
samur_poll_duration_seconds_bucket{le="0.1"} 1
samur_poll_duration_seconds_bucket{le="0.25"} 1
samur_poll_duration_seconds_bucket{le="0.5"} 1
samur_poll_duration_seconds_bucket{le="1"} 2
samur_poll_duration_seconds_bucket{le="2.5"} 2
samur_poll_duration_seconds_bucket{le="5"} 2
samur_poll_duration_seconds_bucket{le="10"} 2
samur_poll_duration_seconds_bucket{le="20"} 2
samur_poll_duration_seconds_bucket{le="40"} 3
samur_poll_duration_seconds_bucket{le="+Inf"} 3
samur_poll_duration_seconds_sum 31.06
samur_poll_duration_seconds_count 3
`, "samur_polls_total", "samur_items_total", "samur_deliveries_total", "samur_feed_gaps_total", "samur_pages_total", "samur_build_info",
		"samur_poll_duration_seconds")
}

func TestGauges(t *testing.T) {
	want(t, busy(), `
# HELP samur_store_bytes Size of the store's file.
# TYPE samur_store_bytes gauge
samur_store_bytes 4096
# HELP samur_outbox_pending Deliveries that wait or are being sent.
# TYPE samur_outbox_pending gauge
samur_outbox_pending 2
# HELP samur_outbox_failed Deliveries that failed for good and need a person.
# TYPE samur_outbox_failed gauge
samur_outbox_failed 1
# HELP samur_feed_last_success_timestamp_seconds When a poll of the feed last succeeded; 0 when none ever did.
# TYPE samur_feed_last_success_timestamp_seconds gauge
samur_feed_last_success_timestamp_seconds{feed="apa"} 1.7729424e+09
samur_feed_last_success_timestamp_seconds{feed="trend"} 0
# HELP samur_feed_consecutive_failures Polls of the feed that failed in a row.
# TYPE samur_feed_consecutive_failures gauge
samur_feed_consecutive_failures{feed="apa"} 0
samur_feed_consecutive_failures{feed="trend"} 3
# HELP samur_digest_last_made_timestamp_seconds When the newest edition of the digest was made; 0 when none was.
# TYPE samur_digest_last_made_timestamp_seconds gauge
samur_digest_last_made_timestamp_seconds{digest="daily"} 1.77294246e+09
# HELP samur_digest_next_timestamp_seconds The next slot of the digest; 0 when unknown.
# TYPE samur_digest_next_timestamp_seconds gauge
samur_digest_next_timestamp_seconds{digest="daily"} 1.7730288e+09
`, "samur_store_bytes", "samur_outbox_pending", "samur_outbox_failed", "samur_feed_last_success_timestamp_seconds",
		"samur_feed_consecutive_failures", "samur_digest_last_made_timestamp_seconds", "samur_digest_next_timestamp_seconds")
}

func TestLint(t *testing.T) {
	problems, err := testutil.GatherAndLint(busy().reg)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestGoneFeedsAreForgotten(t *testing.T) {
	m := busy()
	m.Polled(news.Attempt{Feed: "never-in-a-snapshot", Status: 200})
	m.Made(news.Digest{Slot: news.Slot{Digest: "weekly", At: day}, Made: day})
	m.Gauge(Snapshot{Feeds: []news.FeedState{{Feed: "apa"}}, Digests: []DigestState{{Name: "daily"}}})
	text := scrape(t, m, "")
	for _, name := range []string{`feed="trend"`, `feed="never-in-a-snapshot"`, `digest="weekly"`} {
		if strings.Contains(text, name) {
			t.Errorf("series of %s are still told", name)
		}
	}
	for _, name := range []string{`samur_polls_total{feed="apa",result="ok"} 1`, `samur_digests_total{digest="daily"} 1`} {
		if !strings.Contains(text, name) {
			t.Errorf("%s is gone, but its feed or digest is not", name)
		}
	}
}

func TestNothingFromTheStoreBeforeItWasRead(t *testing.T) {
	if text := scrape(t, New("x"), ""); strings.Contains(text, "samur_store_bytes") || !strings.Contains(text, "go_goroutines") {
		t.Errorf("before the first snapshot: want no samur_store_bytes, but go_goroutines:\n%s", text)
	}
}

// TestHostileLabels: no name and no number that comes in makes the scrape fail or
// adds a label outside the closed list.
func TestHostileLabels(t *testing.T) {
	m := New("1\xff")
	m.Polled(news.Attempt{Feed: "a\xff\n\"b", Cause: "made-up", New: -1, Bytes: -1})
	m.Delivered(news.Delivery{Channel: "\xfe"}, nil)
	m.Made(news.Digest{Slot: news.Slot{Digest: "\xfd"}})
	m.Gauge(Snapshot{
		Feeds:   []news.FeedState{{Feed: "a\xff\n\"b"}, {Feed: "twice"}, {Feed: "twice"}},
		Digests: []DigestState{{Name: "\xfd"}, {Name: "\xfd"}},
	})
	text := scrape(t, m, "")
	if strings.Contains(text, "made-up") || !strings.Contains(text, `result="other"`) {
		t.Errorf("an unknown cause is not told as other:\n%s", text)
	}
	if got := strings.Count(text, `samur_feed_consecutive_failures{feed="twice"}`); got != 1 {
		t.Errorf("feed named twice is told %d times, want 1", got)
	}
}

func TestOpenMetrics(t *testing.T) {
	text := scrape(t, busy(), "application/openmetrics-text; version=1.0.0")
	if !strings.HasSuffix(text, "# EOF\n") {
		t.Errorf("asked for OpenMetrics, got a text that does not end in # EOF: …%q", text[max(0, len(text)-60):])
	}
}

func TestConcurrentUse(t *testing.T) {
	m := New("x")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				m.Polled(news.Attempt{Feed: "apa"})
				m.Gauge(Snapshot{Feeds: []news.FeedState{{Feed: "apa"}}})
				m.Made(news.Digest{Slot: news.Slot{Digest: "daily"}})
			}
		})
	}
	wg.Wait()
	if text := scrape(t, m, ""); !strings.Contains(text, `samur_polls_total{feed="apa",result="ok"} 400`) {
		t.Errorf("want 400 polls counted, got:\n%s", text)
	}
}

func scrape(t *testing.T, m *Metrics, accept string) string {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.Header.Set("Accept", accept)
	m.Handler().ServeHTTP(w, r)
	body, err := io.ReadAll(w.Body)
	if err != nil || w.Code != 200 {
		t.Fatalf("scrape: status %d, %v\n%s", w.Code, err, body)
	}
	return string(body)
}
