package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samur/internal/config"
	"samur/internal/news"
	"samur/internal/schedule"
)

// oneFeed returns the config of a feed at an address, and of one that is disabled.
func oneFeed(t *testing.T, address string) *config.Config {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "samur.yaml")
	text := fmt.Sprintf(`state: %q
web: {listen: none}
poll: {allow: [127.0.0.0/8], per_host_delay: 0s, jitter: 0s}
digests: [{name: daily, at: "0 8 * * *", to: [files]}]
channels: [{name: files, file: {dir: %q, formats: [text]}}]
feeds:
  - {name: wire, url: %q}
  - {name: asleep, url: "https://example.org/", disabled: true}
`, filepath.Join(dir, "state"), filepath.Join(dir, "out"), address)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(path, config.Options{CheckCron: schedule.Check})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// What a poll by command learns counts for the clock of the daemon: a feed that was gone
// and is back would else not be polled before the next start.
func TestPollByHandSetsTheClock(t *testing.T) {
	var back atomic.Bool
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if !back.Load() {
			w.WriteHeader(http.StatusGone)
			return
		}
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>Wire</title></channel></rss>`) // a caller that has gone needs no answer
	}))
	t.Cleanup(srv.Close)
	a, err := New(Options{Config: oneFeed(t, srv.URL), Logger: slog.New(slog.DiscardHandler)}, Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Stop(context.Background()); err != nil {
			t.Errorf("Stop = %v", err)
		}
	})
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	due := func() time.Time { return a.currentRunner().Due(pollName("wire")) }
	for tick := time.Tick(5 * time.Millisecond); !due().IsZero(); <-tick {
		if t.Context().Err() != nil {
			t.Fatal("a feed that is gone stays due")
		}
	}
	back.Store(true)
	if err := a.Core().Poll(t.Context(), []string{"wire"}, func(news.Attempt) {}); err != nil {
		t.Fatal(err)
	}
	if got := due(); !got.After(time.Now()) {
		t.Errorf("after a poll by hand the feed is due at %v, want a time to come", got)
	}
}

func TestPollNamesWhatIsInTheWay(t *testing.T) {
	core, err := Open(Options{Config: oneFeed(t, "http://127.0.0.1:1/"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer core.Close() //nolint:errcheck // nothing was written
	for name, want := range map[string]string{"absent": "no feed is called", "asleep": "is disabled"} {
		err := core.Poll(t.Context(), []string{name}, func(news.Attempt) {})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Poll(%q) = %v, want that it %s", name, err, want)
		}
	}
}
