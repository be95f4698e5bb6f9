package post_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samur/internal/deliver"
	"samur/internal/deliver/post"
)

var now = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

func TestOutcome(t *testing.T) {
	const passing, final, gone = "passing", "final", "gone"
	for code, want := range map[int]string{
		200: "", 202: "", 299: "", 100: final, 301: final, 302: final, 307: final, 304: final, 400: final, 401: final, 403: final, 404: final,
		408: passing, 410: gone, 413: final, 425: passing, 429: passing, 500: passing, 502: passing, 503: passing, 504: passing,
	} {
		err := post.Answer{Code: code, Status: http.StatusText(code)}.Outcome(0, now)
		got := ""
		switch {
		case deliver.IsGone(err):
			got = gone
		case deliver.IsPermanent(err):
			got = final
		case err != nil:
			got = passing
		}
		if got != want {
			t.Errorf("Outcome of %d is %q (%v), want %q", code, got, err, want)
		}
	}
	a := post.Answer{Code: 429, Header: http.Header{"Retry-After": {"60"}}}
	for asked, want := range map[time.Duration]time.Duration{0: time.Minute, time.Second: time.Minute, time.Hour: time.Hour} {
		if got := deliver.AskedWait(a.Outcome(asked, now)); got != want {
			t.Errorf("AskedWait with a body that asks for %v = %v, want %v", asked, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for v, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "0.5": 500 * time.Millisecond, "-5": 0, "soon": 0, "NaN": 0,
		"Sun, 08 Mar 2026 04:10:00 GMT": 10 * time.Minute, "Sun, 08 Mar 2026 03:00:00 GMT": 0,
		"1e300": 365 * 24 * time.Hour,
	} {
		if got := post.RetryAfter(v, now); got != want {
			t.Errorf("RetryAfter(%q) = %v, want %v", v, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	a := post.Answer{Status: "400 Bad Request", Body: []byte("\n no\x1b[31m_text\xff\u009b\nsecond " + strings.Repeat("x", 1000))}
	if got, want := a.Words(), "400 Bad Request no[31m_text"; got != want {
		t.Errorf("Words = %q, want %q", got, want)
	}
	a.Body = []byte(strings.Repeat("ə", 1000))
	if n := len([]rune(a.Words())); n > 400 {
		t.Errorf("Words has %d letters", n)
	}
}

func TestHost(t *testing.T) {
	if got, want := post.Host("https://user:word@hooks.example.org:8443/secret?token=1"), "https://hooks.example.org:8443"; got != want {
		t.Errorf("Host = %q, want %q", got, want)
	}
}

// TestConnections sends to a receiver that hangs up on the second request of a connection
// when it has read it. A message that was taken so would be sent twice.
func TestConnections(t *testing.T) {
	var served sync.Map // connections that had their request
	var lost atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, again := served.LoadOrStore(r.RemoteAddr, true); again {
			lost.Add(1)
			panic(http.ErrAbortHandler)
		}
	}))
	defer srv.Close()
	client := post.NewClient([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, time.Minute)
	for n := range 3 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL, strings.NewReader("edition"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := post.Do(client, req); err != nil {
			t.Errorf("message %d: %v", n+1, err)
		}
	}
	if n := lost.Load(); n > 0 {
		t.Errorf("%d messages were taken and counted as failed", n)
	}
}
