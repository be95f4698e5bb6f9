package publish_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/store"
)

// The account names a feed that has failed since before the window with that time, and
// one that fails though no poll of the window speaks of it.
func TestAccountOfFailedFeeds(t *testing.T) {
	w := open(t)
	w.feeds = []news.Feed{{Name: "kura", URL: "https://kura.example/"}, {Name: "araz", URL: "https://araz.example/"}}
	w.publisher(outlet{})
	began := w.now
	fail := func(name string) {
		st := news.FeedState{Feed: name, URL: "https://" + name + ".example/", Cause: news.CauseDNS, Error: "no such host", TroubleSince: began}
		if err := w.store.SaveBatch(&store.Batch{State: st, Attempt: news.Attempt{Feed: name, At: w.now, Cause: st.Cause, Error: st.Error}}); err != nil {
			t.Fatal(err)
		}
	}
	fail("araz")
	fail("removed")
	w.make(t, daily(), w.now)
	w.now = w.now.Add(24 * time.Hour)
	fail("kura")
	got := w.make(t, daily(), w.now).Ledger.FeedsFailed
	want := []news.FeedFault{
		{Feed: "araz", Cause: news.CauseDNS, Note: "no such host", Since: began},
		{Feed: "kura", Cause: news.CauseDNS, Note: "no such host", Since: began},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feeds failed (-want +got):\n%s", diff)
	}
}
