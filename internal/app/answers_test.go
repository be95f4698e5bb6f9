package app_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samur/internal/app"
	"samur/internal/news"
)

// TestAnswersAreHeard holds that a poll judges with the answers that came since the one
// before, in one process and without a reload, and that it forgets those taken back.
func TestAnswersAreHeard(t *testing.T) {
	var part atomic.Int64 // each poll lists one entry more of the same kind
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var b strings.Builder
		for n := range part.Load() {
			fmt.Fprintf(&b, "<item><guid>%d</guid><title>Ferries for Baku wait for calm water, day %d</title><description>Ship %d stays in port. The wind has blown for days. The crews of Astrakhan play cards.</description></item>", n, n, n)
		}
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>Harbour</title>%s</channel></rss>`, b.String())
	}))
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	writeConfig(t, dir, fmt.Sprintf("  - {name: harbour, url: %q, outlet: Harbour, side: other}\n", srv.URL))
	cfg := loadConfig(t, dir)
	u, err := app.Understand("", 0)
	if err != nil {
		t.Fatal(err)
	}
	probe := u.Classify(app.RawItem{Title: "Ferries for Baku wait for calm water, day 0", Description: "Ship 0 stays in port. The wind has blown for days. The crews of Astrakhan play cards."}, time.Now())
	cfg.Seeds.Threshold = probe.Verdict.Score + 0.05 // just above what such an entry scores
	c, err := app.Open(app.Options{Config: cfg, Version: "test", Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
	})
	poll := func() news.Item { // the entry that is new
		t.Helper()
		part.Add(1)
		if err := c.Poll(t.Context(), nil, func(news.Attempt) {}); err != nil {
			t.Fatal(err)
		}
		var last news.Item
		if err := c.Store.ItemsSince(time.Time{}, func(it news.Item) bool { last = it; return true }); err != nil {
			t.Fatal(err)
		}
		return last
	}
	first := poll()
	if first.Verdict.Relevant {
		t.Fatalf("an entry below the line is relevant: %+v", first.Verdict)
	}
	for _, who := range []string{"anna", "rauf", "lena"} {
		if _, err := c.Store.SaveAnswer(news.Answer{Item: first.ID, Who: who, Marks: []news.Mark{{Yes: true}}, Title: first.Title, Text: first.Text, Lang: first.Lang}); err != nil {
			t.Fatal(err)
		}
	}
	if second := poll(); !second.Verdict.Relevant || second.ID == first.ID {
		t.Errorf("after three times yes the next entry has %+v, want it relevant", second.Verdict)
	}
	for range 3 {
		if _, err := c.Store.DeleteAnswer(""); err != nil {
			t.Fatal(err)
		}
	}
	if third := poll(); third.Verdict.Relevant || third.Verdict.Version != first.Verdict.Version {
		t.Errorf("after the answers were taken back the next entry has %+v, want it rejected again", third.Verdict)
	}
}
