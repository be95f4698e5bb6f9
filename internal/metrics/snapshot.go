package metrics

import (
	"maps"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"samur/internal/news"
)

// Snapshot is what is counted from the store and the config at one moment.
type Snapshot struct {
	StoreBytes int64     // size of the store's file
	StoreFree  int64     // of StoreBytes: to be used again
	Items      uint64    // stored with their text
	Pending    int       // deliveries waiting or being sent
	Failed     int       // deliveries that failed for good
	Oldest     time.Time // when the oldest of Pending was made; zero when there is none

	Feeds   []news.FeedState // of every configured feed, polled or not
	Digests []DigestState    // of every configured digest
}

// DigestState is where one configured digest stands.
type DigestState struct {
	Name string
	Made time.Time // when its newest edition was made; zero when none was
	Next time.Time // its next slot; zero when unknown
}

// state keeps the last Snapshot and tells it at each scrape, so that no series of
// an earlier one is left behind. It also knows what the counters have labels for.
type state struct {
	mu      sync.Mutex
	last    *Snapshot // nil until the first one
	feeds   map[string]bool
	digests map[string]bool
	newest  map[string]time.Time // of digests made since last
}

func newState() *state {
	return &state{feeds: map[string]bool{}, digests: map[string]bool{}, newest: map[string]time.Time{}}
}

// polled notes that feed has counters.
func (st *state) polled(feed string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.feeds[feed] = true
}

// made notes that digest has counters, and when it was made: the next Snapshot may
// be a minute away.
func (st *state) made(digest string, at time.Time) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.digests[digest] = true
	st.newest[digest] = at
}

// replace puts s in force and returns the feeds and digests that have counters but
// are not in it.
func (st *state) replace(s Snapshot) (feeds, digests []string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	s.Feeds, s.Digests = unique(s.Feeds, feedName), unique(s.Digests, digestName)
	st.last = &s
	clear(st.newest)
	return gone(st.feeds, s.Feeds, feedName), gone(st.digests, s.Digests, digestName)
}

func feedName(f news.FeedState) string { return label(f.Feed) }

func digestName(d DigestState) string { return label(d.Name) }

// unique drops what has the name of one before: two series of one name would fail
// the whole scrape.
func unique[T any](list []T, name func(T) string) []T {
	seen := make(map[string]bool, len(list))
	var out []T
	for _, v := range list {
		if n := name(v); !seen[n] {
			seen[n] = true
			out = append(out, v)
		}
	}
	return out
}

// gone takes the names that list does not have out of known and returns them.
func gone[T any](known map[string]bool, list []T, name func(T) string) []string {
	left := maps.Clone(known)
	for _, v := range list {
		delete(left, name(v))
	}
	var out []string
	for n := range left {
		delete(known, n)
		out = append(out, n)
	}
	return out
}

var (
	storeBytes = desc("samur_store_bytes", "Size of the store's file.")
	storeFree  = desc("samur_store_free_bytes", "Bytes of the store's file that will be used again.")
	storeItems = desc("samur_store_items", "Items stored with their text.")

	outboxPending = desc("samur_outbox_pending", "Deliveries that wait or are being sent.")
	outboxFailed  = desc("samur_outbox_failed", "Deliveries that failed for good and need a person.")
	outboxOldest  = desc("samur_outbox_oldest_pending_timestamp_seconds",
		"When the oldest delivery that waits was made; absent when none waits.")

	feedSuccess = desc("samur_feed_last_success_timestamp_seconds",
		"When a poll of the feed last succeeded; 0 when none ever did.", "feed")
	feedNew = desc("samur_feed_last_new_timestamp_seconds",
		"When the feed last brought a new item; 0 when it never did.", "feed")
	feedFailures = desc("samur_feed_consecutive_failures", "Polls of the feed that failed in a row.", "feed")

	digestMade = desc("samur_digest_last_made_timestamp_seconds",
		"When the newest edition of the digest was made; 0 when none was.", "digest")
	digestNext = desc("samur_digest_next_timestamp_seconds", "The next slot of the digest; 0 when unknown.", "digest")
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// Describe is part of prometheus.Collector.
func (st *state) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		storeBytes, storeFree, storeItems, outboxPending, outboxFailed, outboxOldest,
		feedSuccess, feedNew, feedFailures, digestMade, digestNext,
	} {
		ch <- d
	}
}

// Collect is part of prometheus.Collector. Before the first Snapshot it tells
// nothing: a zero would be taken for a fact.
func (st *state) Collect(ch chan<- prometheus.Metric) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.last == nil {
		return
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	s := st.last
	gauge(storeBytes, float64(s.StoreBytes))
	gauge(storeFree, float64(s.StoreFree))
	gauge(storeItems, float64(s.Items))
	gauge(outboxPending, float64(s.Pending))
	gauge(outboxFailed, float64(s.Failed))
	if !s.Oldest.IsZero() {
		gauge(outboxOldest, seconds(s.Oldest))
	}
	for _, f := range s.Feeds {
		gauge(feedSuccess, seconds(f.LastSuccess), feedName(f))
		gauge(feedNew, seconds(f.LastNew), feedName(f))
		gauge(feedFailures, float64(f.Failures), feedName(f))
	}
	for _, d := range s.Digests {
		made := d.Made
		if at := st.newest[digestName(d)]; at.After(made) {
			made = at
		}
		gauge(digestMade, seconds(made), digestName(d))
		gauge(digestNext, seconds(d.Next), digestName(d))
	}
}

// seconds is t since the epoch, 0 for the zero time.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1e3
}
