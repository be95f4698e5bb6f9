package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samur/internal/bench/floor"
	"samur/internal/feed"
)

// TestDocuments reads what the press writes: a feed that samur cannot read whole would
// make it look fast.
func TestDocuments(t *testing.T) {
	now := time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC)
	p := newPress(30, 8, now)
	formats := map[string]int{}
	for i := range 30 {
		body, contentType := p.document(i, 0, now)
		doc, err := feed.Parse(string(body), contentType, "")
		if err != nil || len(doc.Entries) != 30 || len(doc.Notes) > 0 {
			t.Fatalf("document %d: %d entries, notes %q, %v", i, len(doc.Entries), doc.Notes, err)
		}
		formats[strings.Fields(doc.Format)[0]]++
		next, _ := p.document(i, 1, now)
		if string(next) == string(body) {
			t.Errorf("document %d does not change when an entry comes", i)
		}
		for _, e := range doc.Entries {
			if n := len(strings.Fields(e.Text())); n < 40 || n > 190 {
				t.Errorf("document %d has a text of %d words", i, n)
			}
			if at := e.Published.Time; at.IsZero() || at.After(now) {
				t.Errorf("document %d has an entry of %v", i, at)
			}
		}
	}
	if formats["rss"] != 21 || formats["atom"] != 6 || formats["json"] != 3 {
		t.Errorf("formats are %v, want 21 rss, 6 atom, 3 json", formats)
	}
}

// TestServer asks with and without validators.
func TestServer(t *testing.T) {
	now := time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC)
	s, err := serve(newPress(3, 8, now), 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer s.stop()
	ask := func(i int, etag string) *http.Response {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url(i), nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", etag)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if _, err := io.ReadAll(resp.Body); err != nil {
			t.Fatal(err)
		}
		return resp
	}
	if err := s.turn(round{0, false, now}); err != nil {
		t.Fatal(err)
	}
	first := ask(1, "")
	if first.StatusCode != http.StatusOK || first.Header.Get("Etag") == "" || first.Header.Get("Last-Modified") == "" {
		t.Errorf("the first answer is %d with validators %q, %q", first.StatusCode, first.Header.Get("Etag"), first.Header.Get("Last-Modified"))
	}
	if got := ask(1, first.Header.Get("Etag")).StatusCode; got != http.StatusNotModified {
		t.Errorf("the same again is %d, want 304", got)
	}
	if err := s.turn(round{0, true, now}); err != nil {
		t.Fatal(err)
	}
	if bare := ask(1, first.Header.Get("Etag")); bare.StatusCode != http.StatusOK || bare.Header.Get("Etag") != "" {
		t.Errorf("a plain server answers %d with validator %q", bare.StatusCode, bare.Header.Get("Etag"))
	}
}

// TestFloor polls with the bare program: all new, nothing changed, one new in each.
func TestFloor(t *testing.T) {
	now := time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC)
	s, err := serve(newPress(5, 8, now), 10, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer s.stop()
	dir := t.TempDir()
	list := filepath.Join(dir, "urls")
	var urls strings.Builder
	for i := range 10 {
		urls.WriteString(s.url(i) + "\n")
	}
	if err := os.WriteFile(list, []byte(urls.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name           string
		round          round
		entries, added int
	}{
		{"cold", round{0, false, now}, 50, 50},
		{"304", round{0, false, now}, 0, 0},
		{"one new", round{1, false, now}, 50, 10},
		{"plain", round{1, true, now}, 50, 0},
	} {
		if err := s.turn(tt.round); err != nil {
			t.Fatal(err)
		}
		entries, added, err := floor.Poll(list, filepath.Join(dir, "floor.db"))
		if err != nil || entries != tt.entries || added != tt.added {
			t.Errorf("%s: floor.Poll = %d entries, %d new, %v; want %d and %d", tt.name, entries, added, err, tt.entries, tt.added)
		}
	}
}
