package ingest

import (
	"runtime"
	"strings"
	"sync"
	"testing"

	"samur/internal/news"
	"samur/internal/store"
)

// TestWrittenTogether lets passes wait for each other, so that they are written in one
// transaction, one of which cannot be written.
func TestWrittenTogether(t *testing.T) {
	for _, tt := range []struct {
		name   string
		faulty bool
	}{{"all well", false}, {"one at fault", true}} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, store.Options{})
			b.site.put("report", answer{body: rss(reportEn, otherEn)})
			b.site.put("tass", answer{body: rss(reportRu)})
			b.site.put("apa", answer{body: rss(reportAz)})
			b.site.put("ports", answer{body: rss(list(0, 3)...)})
			feeds := []news.Feed{b.feed("report"), b.feed("tass"), b.feed("apa"), b.feed("ports")}
			if tt.faulty {
				bad := b.feed("ports")
				bad.Name = "" // the store takes no such batch
				feeds = append(feeds, bad)
			}
			errs := make([]error, len(feeds))
			var wg sync.WaitGroup
			b.mu.Lock()
			for i, f := range feeds {
				wg.Go(func() { _, errs[i] = b.Feed(t.Context(), f, day) })
			}
			for waiting := 0; waiting < len(feeds); runtime.Gosched() {
				b.turnsMu.Lock()
				waiting = len(b.turns)
				b.turnsMu.Unlock()
			}
			b.mu.Unlock()
			wg.Wait()

			for i, err := range errs {
				if want := feeds[i].Name == ""; (err != nil) != want {
					t.Errorf("pass of %q: %v, want an error: %v", feeds[i].Name, err, want)
				}
			}
			checkStory(t, b)
		})
	}
}

// checkStory looks at the one story of reportEn, reportRu and reportAz.
func checkStory(t *testing.T, b *bench) {
	t.Helper()
	items := b.items()
	if len(items) != 7 {
		t.Fatalf("%d items are stored, want 7", len(items))
	}
	told := map[string]string{}
	for _, it := range items {
		if strings.HasPrefix(it.GUID, "g") != (it.Story == "") {
			t.Errorf("item %q is in story %q", it.GUID, it.Story)
		}
		told[it.GUID] = it.Story
	}
	if told["en"] != told["ru"] || told["en"] != told["az"] || told["en"] == told["other"] {
		t.Errorf("stories by item are %v, want en, ru and az in one, other in another", told)
	}
	st, err := b.store.Story(told["en"])
	if err != nil || len(st.Members) != 3 {
		t.Fatalf("Story = %+v, %v, want three members", st, err)
	}
	for _, m := range st.Members {
		if it, err := b.store.Item(m.Item); err != nil || it.Seq != m.Seq || m.Seq == 0 {
			t.Errorf("member %+v, its item has Seq %d, %v", m, it.Seq, err)
		}
	}
}
