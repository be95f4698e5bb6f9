package app_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/app"
	"samur/internal/news"
)

// publishers answer for every host, a second after they were asked. What is under
// old.example.org/ has moved for good to the same path of new.example.net, what is under
// a host that begins with "via" is at shared.example.net.
type publishers struct {
	mu   sync.Mutex
	busy map[string]int
	most map[string]int         // requests of a host at once
	at   map[string][]time.Time // when each was asked
}

func newPublishers() *publishers {
	return &publishers{busy: map[string]int{}, most: map[string]int{}, at: map[string][]time.Time{}}
}

func (p *publishers) RoundTrip(r *http.Request) (*http.Response, error) {
	host := r.URL.Host
	p.count(host, 1)
	defer p.count(host, -1)
	select {
	case <-time.After(time.Second):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if host == "old.example.org" {
		to := http.Header{"Location": {"https://new.example.net" + r.URL.Path}}
		return &http.Response{StatusCode: http.StatusMovedPermanently, Header: to, Body: http.NoBody, Request: r}, nil
	}
	if strings.HasPrefix(host, "via") {
		to := http.Header{"Location": {"https://shared.example.net" + r.URL.Path}}
		return &http.Response{StatusCode: http.StatusFound, Header: to, Body: http.NoBody, Request: r}, nil
	}
	body := io.NopCloser(strings.NewReader(`<rss version="2.0"><channel><title>Wire</title></channel></rss>`))
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body, Request: r}, nil
}

func (p *publishers) count(host string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy[host] += n; n > 0 {
		p.at[host] = append(p.at[host], time.Now())
		p.most[host] = max(p.most[host], p.busy[host])
	}
}

// forget begins the count anew.
func (p *publishers) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.most)
	clear(p.at)
}

// check holds the requests of the host that feeds moved to to those of its own: one at
// a time, and a minute between two.
func (p *publishers) check(t *testing.T, when string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.at["old.example.org"]); n > 0 {
		t.Errorf("%s: the host that feeds moved away from was asked %d times", when, n)
	}
	p.spared(t, when, "new.example.net")
}

// spared fails the test when a host that has or keeps four feeds was not asked for each,
// or for two of them at once or within a minute.
func (p *publishers) spared(t *testing.T, when, host string) {
	t.Helper()
	if got := p.most[host]; got != 1 {
		t.Errorf("%s: %d requests at once, want 1", when, got)
	}
	if got := len(p.at[host]); got < 4 {
		t.Errorf("%s: asked %d times, want each of its 4 feeds", when, got)
	}
	for i := 1; i < len(p.at[host]); i++ {
		if apart := p.at[host][i].Sub(p.at[host][i-1]); apart < time.Minute {
			t.Errorf("%s: two requests %v apart, want a minute or more", when, apart)
		}
	}
}

// movedConfig has two feeds of a host that they move away from, and two of that which
// they move to.
func movedConfig(t *testing.T) string {
	t.Helper()
	return feedsConfig(t, `
  - {name: a, url: "https://old.example.org/a", at: "0 * * * *"}
  - {name: b, url: "https://old.example.org/b", at: "0 * * * *"}
  - {name: c, url: "https://new.example.net/c", at: "0 * * * *"}
  - {name: d, url: "https://new.example.net/d", at: "0 * * * *"}
`)
}

// feedsConfig is a config with feeds whose hosts are asked once a minute at most.
func feedsConfig(t *testing.T, feeds string) string {
	t.Helper()
	dir := t.TempDir()
	text := fmt.Sprintf(`state: %q
web: {listen: none}
poll: {per_host_delay: 1m, jitter: 0s}
digests: [{name: daily, at: "0 8 * * *", to: [files]}]
channels: [{name: files, file: {dir: %q, formats: [text]}}]
feeds: %s`, filepath.Join(dir, "state"), filepath.Join(dir, "out"), feeds)
	if err := os.WriteFile(filepath.Join(dir, "samur.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The host that is asked is the one that is spared: of a feed that has moved for good
// that is where it moved to, for polls by hand as for those by the clock.
func TestPaceOfMovedFeeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPublishers()
		o := app.Options{Config: loadConfig(t, movedConfig(t)), Logger: slog.New(slog.DiscardHandler), Transport: p}
		a, err := app.New(o, app.Hooks{})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		pass := func(d time.Duration) {
			<-time.After(d)
			synctest.Wait()
		}
		for range 4 { // until both have moved
			pass(time.Hour)
		}
		p.forget()
		pass(2 * time.Hour)
		p.check(t, "moved while the daemon runs")
		stop(t, a)

		if a, err = app.New(o, app.Hooks{}); err != nil {
			t.Fatal(err)
		}
		pass(24 * time.Hour) // all are due at once
		p.forget()
		if err := a.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		pass(time.Hour)
		p.check(t, "after a start")
		stop(t, a)

		core, err := app.Open(o)
		if err != nil {
			t.Fatal(err)
		}
		defer core.Close() //nolint:errcheck // nothing is read after
		p.forget()
		if err := core.Poll(t.Context(), nil, func(news.Attempt) {}); err != nil {
			t.Fatal(err)
		}
		p.check(t, "by hand")
	})
}

// A host is asked for one thing at a time, whoever sends us there: the clock, a keeper
// who polls by hand meanwhile, or redirects of other hosts.
func TestOneRequestOfAHostAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPublishers()
		dir := feedsConfig(t, `
  - {name: a, url: "https://via-one.example.org/a"}
  - {name: b, url: "https://via-two.example.com/b"}
  - {name: c, url: "https://via-three.example.az/c"}
  - {name: d, url: "https://shared.example.net/d"}
`)
		a, err := app.New(app.Options{Config: loadConfig(t, dir), Logger: slog.New(slog.DiscardHandler), Transport: p}, app.Hooks{})
		if err != nil {
			t.Fatal(err)
		}
		defer stop(t, a)
		if err := a.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := a.Core().Poll(t.Context(), nil, func(a news.Attempt) {
				if a.Cause != news.CauseNone {
					t.Errorf("poll of %s: %s", a.Feed, a.Error)
				}
			}); err != nil {
				t.Fatal(err)
			}
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.spared(t, "behind redirects, by hand and by the clock", "shared.example.net")
	})
}
