package app_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/feed"
	"samur/internal/news"
	"samur/internal/schedule"
)

// edit changes a config that writeConfig wrote.
func edit(t *testing.T, dir, old, text string) {
	t.Helper()
	path := filepath.Join(dir, "samur.yaml")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), old) {
		t.Fatalf("the config has no %q", old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(b), old, text, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLargestDocument holds the maximum of poll.max_bytes to what feed.Parse reads, of
// which config knows nothing: a larger one would be fetched to be refused.
func TestLargestDocument(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		text  string
		bytes int
		ok    bool
	}{{"12MB", 12e6, true}, {"13MB", 13e6, false}} {
		writeConfig(t, dir, "  - {name: closed, url: \"http://127.0.0.1:1/\"}\n")
		edit(t, dir, "poll: {", "poll: {max_bytes: "+tt.text+", ")
		_, err := config.Load(filepath.Join(dir, "samur.yaml"), config.Options{CheckCron: schedule.Check})
		if ok := err == nil; ok != tt.ok {
			t.Errorf("max_bytes: %s: %v, want it taken: %v", tt.text, err, tt.ok)
		}
		_, err = feed.Parse(string(make([]byte, tt.bytes)), "", "")
		e, _ := errors.AsType[*feed.Error](err)
		if e == nil {
			t.Fatalf("a document of zeros is no error: %v", err)
		}
		if ok := e.Cause != news.CauseTooLarge; ok != tt.ok {
			t.Errorf("a document of %d bytes: %v, want it read: %v", tt.bytes, err, tt.ok)
		}
	}
}

// TestPagesKnowTheirHosts asks for the pages under names that the config has and has not.
func TestPagesKnowTheirHosts(t *testing.T) {
	dir := t.TempDir()
	writeConfig(t, dir, "  - {name: closed, url: \"http://127.0.0.1:1/\"}\n")
	edit(t, dir, `web: {`, `web: {hosts: [news.example.org], `)
	a := start(t, dir)
	for host, want := range map[string]int{
		"news.example.org": http.StatusOK, "NEWS.example.org:443": http.StatusOK, "localhost": http.StatusOK,
		"other.example.org": http.StatusMisdirectedRequest,
	} {
		if got := status(t, a, host); got != want {
			t.Errorf("/healthz as %s = %d, want %d", host, got, want)
		}
	}
}

// status asks for /healthz under the name host.
func status(t *testing.T, a *app.App, host string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+a.Addr().String()+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	http.DefaultClient.CloseIdleConnections()
	return resp.StatusCode
}
