package ingest

import (
	"testing"
	"time"

	"samur/internal/store"
)

// TestStoryBeforeInItsSeries holds that a story knows the one before it in its series even
// when the window of the index has long forgotten it.
func TestStoryBeforeInItsSeries(t *testing.T) {
	january := entry{
		guid: "january", path: "january", at: day.Add(-time.Hour), title: "Trade turnover of Azerbaijan with Russia in January 2026",
		text: "Trade turnover between Azerbaijan and Russia was 410 million dollars in January 2026, the State Customs Committee said.",
	}
	february := entry{
		guid: "february", path: "february", at: day.Add(30*24*time.Hour - time.Hour), title: "Trade turnover of Azerbaijan with Russia in February 2026",
		text: "Trade turnover between Azerbaijan and Russia was 420 million dollars in February 2026, the State Customs Committee said.",
	}
	b := newBench(t, store.Options{})
	b.site.put("report", answer{body: rss(january)})
	b.poll("report", day)
	b.site.put("report", answer{body: rss(february)})
	b.poll("report", day.Add(30*24*time.Hour))

	items := b.items()
	if len(items) != 2 {
		t.Fatalf("%d items are stored, want 2", len(items))
	}
	st, err := b.store.Story(items[1].Story)
	if err != nil {
		t.Fatal(err)
	}
	if want := "trade turnover, monthly"; st.Series != want || st.Previous != items[0].Story {
		t.Errorf("the later story is of series %q after %q, want %q after %q", st.Series, st.Previous, want, items[0].Story)
	}
	if err := b.Settle(day.Add(30 * 24 * time.Hour)); err != nil {
		t.Fatal(err)
	}
	if again, err := b.store.Story(st.ID); err != nil || again.Previous != st.Previous || again.Series != st.Series {
		t.Errorf("after Settle it is of series %q after %q (%v), want what it was", again.Series, again.Previous, err)
	}
}
