package cli

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/fetch"
	"samur/internal/news"
)

// discoverAt discovers what a server has at a path, and returns what it was asked for.
func discoverAt(t *testing.T, path string, h http.HandlerFunc) (links []linkOut, asked []string, err error) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path) // one request at a time
		h(w, r)
	}))
	t.Cleanup(srv.Close)
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(client.Close)
	links, err = discover(t.Context(), client, news.Access{}, srv.URL+path, 0)
	for i := range links {
		links[i].URL = strings.TrimPrefix(links[i].URL, srv.URL)
	}
	return links, asked, err
}

// A feed behind a redirect for the moment has its address, and one that moved for good
// its new one.
func TestDiscoverBehindRedirects(t *testing.T) {
	for status, want := range map[int]string{http.StatusFound: "/feed", http.StatusMovedPermanently: "/today?ticket=1"} {
		links, _, err := discoverAt(t, "/feed", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/feed" {
				http.Redirect(w, r, "/today?ticket=1", status)
				return
			}
			_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>T</title></channel></rss>`) // the client sees to it
		})
		if err != nil || len(links) != 1 || links[0].URL != want {
			t.Errorf("discover behind status %d = %v, %v; want %s", status, links, err, want)
		}
	}
}

// A host that asks to be left alone is asked for no more places.
func TestDiscoverStopsWhenTheHostIsBusy(t *testing.T) {
	_, asked, err := discoverAt(t, "/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		_, _ = io.WriteString(w, "<html><body>Nothing to follow</body></html>") // the client sees to it
	})
	if diff := cmp.Diff([]string{"/", "/rss"}, asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	if err == nil || !strings.Contains(err.Error(), "status 429") {
		t.Errorf("error = %v, want the answer that ended the search", err)
	}
}
