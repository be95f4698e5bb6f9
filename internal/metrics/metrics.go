// Package metrics turns what samur does into numbers for Prometheus: one Metrics
// value, made by New and handed to those who count. It has a registry of its own,
// so two daemons in one process do not meet, and nothing is registered globally.
//
// The invariant: the number of series is bounded by the config. A label is the
// name of a configured feed, digest or channel, or a word of a closed list; no
// address, error text or item ever becomes a label. Gauge names all feeds and
// digests there are, and the series of every other one are dropped.
//
// Counters start at zero with the process. What must outlive it, such as when a
// feed last succeeded, is counted from the store and comes in by Gauge. Of ours
// the package knows only the words of news, and it does no I/O.
//
// Read Metrics first, then Snapshot.
package metrics

import (
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"samur/internal/news"
)

// Metrics counts. All methods may be called concurrently.
type Metrics struct {
	reg *prometheus.Registry

	polls       *prometheus.CounterVec
	pollSeconds prometheus.Histogram
	pollBytes   prometheus.Counter
	items       *prometheus.CounterVec
	gaps        *prometheus.CounterVec
	pages       *prometheus.CounterVec
	deliveries  *prometheus.CounterVec
	digests     *prometheus.CounterVec
	state       *state
}

// New returns Metrics with everything at zero. version is the program's.
func New(version string) *Metrics {
	m := &Metrics{
		reg:   prometheus.NewRegistry(),
		state: newState(),
		polls: counters("samur_polls_total",
			"Polls of a feed by result: ok, unchanged, or the cause of the failure.", "feed", "result"),
		pollSeconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "samur_poll_duration_seconds", Help: "Duration of a poll, from the request until its items were stored.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 20, 40},
		}),
		pollBytes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "samur_poll_received_bytes_total", Help: "Bytes of feed documents received.",
		}),
		items: counters("samur_items_total",
			"Entries read from a feed by kind: new, repeated, revised.", "feed", "kind"),
		gaps: counters("samur_feed_gaps_total",
			"Polls that shared no entry with the one before, so that entries in between may have been missed.", "feed"),
		pages: counters("samur_pages_total",
			"New entries of feeds with full text by what came of their page: read, enough, shorter, other, the reason it was not asked for, or the cause of the failure.",
			"feed", "result"),
		deliveries: counters("samur_deliveries_total",
			"Attempts to deliver a digest by result: sent, retry, failed for good.", "channel", "result"),
		digests: counters("samur_digests_total", "Digests made by this process, late ones included.", "digest"),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "samur_build_info", Help: "Always 1; the label is the version of the program.",
	}, []string{"version"})
	build.WithLabelValues(label(version)).Set(1)
	m.reg.MustRegister(m.polls, m.pollSeconds, m.pollBytes, m.items, m.gaps, m.pages, m.deliveries, m.digests, m.state, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

// label makes s fit for a label: the library panics on bytes that are no UTF-8.
func label(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// Handler answers a scrape, in the text format or as OpenMetrics, as asked for.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.reg, promhttp.HandlerOpts{
		EnableOpenMetrics: true, ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 4,
	})
}

// Polled counts one finished poll.
func (m *Metrics) Polled(a news.Attempt) {
	feed := label(a.Feed)
	m.state.polled(feed)
	m.polls.WithLabelValues(feed, pollResult(a)).Inc()
	m.pollSeconds.Observe(a.Took.Seconds())
	m.pollBytes.Add(float64(max(a.Bytes, 0)))
	for kind, n := range map[string]int{"new": a.New, "repeated": a.Repeated, "revised": a.Revised} {
		m.items.WithLabelValues(feed, kind).Add(float64(max(n, 0))) // a counter panics on less
	}
	gap := m.gaps.WithLabelValues(feed)
	if a.Gap {
		gap.Inc()
	}
}

// causes are the causes that may become a label.
var causes = map[news.Cause]bool{
	news.CauseDNS: true, news.CauseConnect: true, news.CauseTLS: true, news.CauseTimeout: true,
	news.CauseProtocol: true, news.CauseRefused: true, news.CauseRedirect: true, news.CauseStatus: true, news.CauseBusy: true,
	news.CauseGone: true, news.CauseTooLarge: true, news.CauseBotWall: true, news.CauseNotFeed: true,
	news.CauseParse: true, news.CauseStore: true,
}

func pollResult(a news.Attempt) string {
	switch {
	case causes[a.Cause]:
		return string(a.Cause)
	case a.Cause != news.CauseNone:
		return "other"
	case a.Status == http.StatusNotModified:
		return "unchanged"
	}
	return "ok"
}

// pageResults are what may come of a page, beside the causes.
var pageResults = map[string]bool{
	"read": true, "enough": true, "shorter": true, "other": true, "no-text": true, "not-a-page": true, "elsewhere": true, "robots": true,
	"not-now": true, "limit": true,
}

// Page counts what came of the page of a new entry.
func (m *Metrics) Page(feed, result string) {
	if !pageResults[result] && !causes[news.Cause(result)] {
		result = "unknown"
	}
	feed = label(feed)
	m.state.polled(feed)
	m.pages.WithLabelValues(feed, result).Inc()
}

// Delivered counts one attempt at a delivery, which stands as it does after the
// attempt ended in err.
func (m *Metrics) Delivered(d news.Delivery, err error) {
	result := "sent"
	switch {
	case err != nil && d.State == news.DeliveryFailed:
		result = "failed"
	case err != nil:
		result = "retry"
	}
	m.deliveries.WithLabelValues(label(d.Channel), result).Inc()
}

// Made counts a digest that was made and saved.
func (m *Metrics) Made(d news.Digest) {
	m.digests.WithLabelValues(label(d.Slot.Digest)).Inc()
	m.state.made(label(d.Slot.Digest), d.Made)
}

// Gauge takes what was counted from the store and replaces what it told before.
// Feeds and digests that s does not name are forgotten, with their counters.
func (m *Metrics) Gauge(s Snapshot) {
	feeds, digests := m.state.replace(s)
	for _, name := range feeds {
		for _, vec := range []*prometheus.CounterVec{m.polls, m.items, m.gaps, m.pages} {
			vec.DeletePartialMatch(prometheus.Labels{"feed": name})
		}
	}
	for _, name := range digests {
		m.digests.DeletePartialMatch(prometheus.Labels{"digest": name})
	}
}
