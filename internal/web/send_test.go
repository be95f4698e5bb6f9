package web

import (
	"net/http"
	"strings"
	"testing"

	"samur/internal/news"
	"samur/internal/store"
)

// TestNotSentAgain asks for everything a second time, with what the first answer was
// named by.
func TestNotSentAgain(t *testing.T) {
	si := served(t)
	si.o.Atom = func(ds []news.Digest, _, base string) ([]byte, error) { return []byte("<feed>" + base), nil }
	si.o.URL, si.fixed = "https://h.example", nil // each request here goes to a port of its own
	const at = "/digest/daily/2026-03-08T04:00:00Z"
	tests := []struct {
		path, keep string
		modified   string
	}{
		{"/", asking, ""},
		{"/stories/s0001", asking, ""},
		{"/search?q=gas", asking, ""},
		{"/search.atom?q=gas", asking, ""},
		{"/figures/gas-volume/csv", asking, ""},
		{"/atom.xml", asking, "Sun, 08 Mar 2026 04:00:00 GMT"},
		{"/api/v1/stories", asking, ""},
		{"/api/v1/digests/daily@2026-03-08T04:00:00Z", hourly, ""},
		{at, hourly, "Sun, 08 Mar 2026 04:00:00 GMT"},
		{at + "?form=text", hourly, "Sun, 08 Mar 2026 04:00:00 GMT"},
		{"/style.css", asking, ""},
		{"/api/openapi.json", asking, ""},
	}
	for _, tt := range tests {
		first := si.ask(t, "GET", tt.path)
		tag := first.header.Get("ETag")
		if first.status != 200 || len(tag) < 10 || first.header.Get("Cache-Control") != tt.keep || first.header.Get("Last-Modified") != tt.modified {
			t.Errorf("GET %s = %d, ETag %s, Cache-Control %q, Last-Modified %q; want 200, a tag, %q, %q", tt.path, first.status, tag,
				first.header.Get("Cache-Control"), first.header.Get("Last-Modified"), tt.keep, tt.modified)
		}
		for _, given := range []string{tag, "W/" + tag, `"another", ` + tag} {
			if again := si.ask(t, "GET", tt.path, header("If-None-Match", given)); again.status != 304 || again.body != "" || again.header.Get("ETag") != tag {
				t.Errorf("GET %s with If-None-Match %s = %d with %d bytes, want 304 with none", tt.path, given, again.status, len(again.body))
			}
		}
		if again := si.ask(t, "GET", tt.path, header("If-None-Match", `"another"`)); again.status != 200 || again.body != first.body {
			t.Errorf("GET %s with another tag = %d, want the same page", tt.path, again.status)
		}
		if head := si.ask(t, "HEAD", tt.path); head.status != 200 || head.header.Get("ETag") != tag || head.body != "" {
			t.Errorf("HEAD %s = %d, ETag %s, want 200, %s", tt.path, head.status, head.header.Get("ETag"), tag)
		}
	}
	if got := si.ask(t, "GET", at, header("If-Modified-Since", "Sun, 08 Mar 2026 04:00:00 GMT")); got.status != 304 {
		t.Errorf("an edition asked for since it was made = %d, want 304", got.status)
	}
	ru := si.ask(t, "GET", "/", header("Accept-Language", "ru"))
	if en := si.ask(t, "GET", "/"); ru.header.Get("ETag") == en.header.Get("ETag") || !strings.Contains(ru.header.Get("Vary"), "Accept-Language") {
		t.Error("a page in two languages has one ETag, or does not say that it varies")
	}
}

// TestSentWhenChanged wants a page again once something new is in the store.
func TestSentWhenChanged(t *testing.T) {
	si := served(t)
	tag := si.ask(t, "GET", "/stories").header.Get("ETag")
	st := news.Story{ID: "s0009", First: day, Last: day, Members: []news.Member{{Item: "00010000000000a1", Seq: 1, Outlet: "New", Side: news.SideRu, Lang: news.En, FirstSeen: day}}}
	b := &store.Batch{State: news.FeedState{Feed: "wire", URL: "https://wire.example/rss", LastAttempt: day, LastSuccess: day}, Stories: []news.Story{st}}
	if err := si.store.SaveBatch(b); err != nil {
		t.Fatal(err)
	}
	if got := si.ask(t, "GET", "/stories", header("If-None-Match", tag)); got.status != 200 || got.header.Get("ETag") == tag {
		t.Errorf("the list with a new story = %d, ETag %s; want 200 and another than %s", got.status, got.header.Get("ETag"), tag)
	}
}

// TestNotKept wants no answer kept that says that something is wrong, or to a stranger.
func TestNotKept(t *testing.T) {
	si := served(t)
	si.o.Password = "secret"
	si.fixed = nil
	in := header("Authorization", "Bearer secret")
	tag := si.ask(t, "GET", "/", in).header.Get("ETag")
	for _, tt := range []struct {
		path   string
		with   func(*http.Request)
		status int
	}{
		{"/", header("If-None-Match", tag), 401},
		{"/nothing", in, 404},
		{"/stories/none", in, 404},
		{"/healthz", open, 200},
	} {
		got := si.ask(t, "GET", tt.path, tt.with)
		if got.status != tt.status || got.header.Get("Cache-Control") != "no-store" || got.header.Get("ETag") != "" {
			t.Errorf("GET %s = %d, Cache-Control %q, ETag %q; want %d, no-store and none", tt.path, got.status, got.header.Get("Cache-Control"), got.header.Get("ETag"), tt.status)
		}
	}
}

// TestAssetAddress wants the style under an address that may be kept for good.
func TestAssetAddress(t *testing.T) {
	si := served(t)
	_, rest, _ := strings.Cut(si.ask(t, "GET", "/").body, `rel="stylesheet" href="`)
	address, _, _ := strings.Cut(rest, `"`)
	if got := si.ask(t, "GET", address); got.status != 200 || got.header.Get("Cache-Control") != always || !strings.HasPrefix(address, "/style.css?v=") {
		t.Errorf("GET %s = %d, Cache-Control %q, want it kept for good", address, got.status, got.header.Get("Cache-Control"))
	}
	if got := si.ask(t, "GET", "/style.css?v=old"); got.header.Get("Cache-Control") != asking {
		t.Errorf("under an old address Cache-Control = %q, want %q", got.header.Get("Cache-Control"), asking)
	}
}
