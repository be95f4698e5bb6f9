package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// loopback is where the tests' servers stand.
func loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// client returns a Client that may ask the tests' servers.
func client(t *testing.T, o Options) *Client {
	t.Helper()
	if o.Allow == nil {
		o.Allow = loopback()
	}
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

// serve starts a server with one handler.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// zip compresses with gzip.
func zip(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGet(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"v1"`)
		w.Header().Set("Last-Modified", "Sun, 08 Mar 2026 04:00:00 GMT")
		w.Header().Set("Cache-Control", "public, max-age=600")
		w.Header().Set("Age", "120")
		w.Header().Set("Content-Type", "application/rss+xml; charset=windows-1251")
		if r.UserAgent() != "samur/1 (+https://example.org)" {
			t.Errorf("User-Agent = %q", r.UserAgent())
		}
		_, _ = io.WriteString(w, "<rss/>")
	})
	c := client(t, Options{UserAgent: "samur/1 (+https://example.org)"})
	got, err := c.Get(t.Context(), Request{URL: s.URL + "/feed#top"})
	if err != nil {
		t.Fatal(err)
	}
	got.Header, got.Took = nil, 0
	want := Response{
		Status: 200, Body: "<rss/>", URL: s.URL + "/feed", ETag: `"v1"`,
		LastModified: "Sun, 08 Mar 2026 04:00:00 GMT", ContentType: "application/rss+xml; charset=windows-1251", MaxAge: 8 * time.Minute,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Get (-want +got):\n%s", diff)
	}
}

func TestGetConditional(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `W/"v1"` && r.Header.Get("If-Modified-Since") == "Sun, 08 Mar 2026 04:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.WriteHeader(http.StatusTeapot)
	})
	c := client(t, Options{})
	got, err := c.Get(t.Context(), Request{URL: s.URL, ETag: `W/"v1"`, LastModified: "Sun, 08 Mar 2026 04:00:00 GMT"})
	if err != nil || !got.NotModified || got.Status != 304 {
		t.Errorf("Get = %+v, %v, want not modified", got, err)
	}
}

func TestGet304WithoutValidatorsIsAnError(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	_, err := client(t, Options{}).Get(t.Context(), Request{URL: s.URL})
	wantCause(t, err, news.CauseStatus, 304)
}

// wantCause holds that err is an *Error with this cause and status.
func wantCause(t *testing.T, err error, cause news.Cause, status int) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("error = %v, want an *Error with cause %q", err, cause)
	}
	if e.Cause != cause || e.Status != status {
		t.Errorf("error = %v: cause %q status %d, want %q %d", e, e.Cause, e.Status, cause, status)
	}
	return e
}

func TestGetStatus(t *testing.T) {
	tests := []struct {
		name   string
		status int
		header map[string]string
		cause  news.Cause
		after  time.Duration
	}{
		{"not found", 404, nil, news.CauseStatus, 0},
		{"gone", 410, nil, news.CauseGone, 0},
		{"too many", 429, map[string]string{"Retry-After": "120"}, news.CauseBusy, 2 * time.Minute},
		{"busy until a date", 503, map[string]string{"Retry-After": "Sun, 08 Mar 2026 05:00:00 GMT", "Date": "Sun, 08 Mar 2026 04:00:00 GMT"}, news.CauseBusy, time.Hour},
		{"busy until a date, no date of its own", 503, map[string]string{"Retry-After": "Sun, 08 Mar 2026 05:00:00 GMT", "Date": "none"}, news.CauseBusy, time.Hour},
		{"busy until a date by a slow clock", 503, map[string]string{"Retry-After": "Sun, 08 Mar 2026 03:10:00 GMT", "Date": "Sun, 08 Mar 2026 03:00:00 GMT"}, news.CauseBusy, 10 * time.Minute},
		{"busy until a date by a fast clock", 429, map[string]string{"Retry-After": "Sun, 15 Mar 2026 03:10:00 GMT", "Date": "Sun, 15 Mar 2026 03:00:00 GMT"}, news.CauseBusy, 10 * time.Minute},
		{"busy until yesterday", 503, map[string]string{"Retry-After": "Sat, 07 Mar 2026 05:00:00 GMT", "Date": "Sun, 08 Mar 2026 04:00:00 GMT"}, news.CauseBusy, 0},
		{"busy for ever", 503, map[string]string{"Retry-After": "99999999999999999999"}, news.CauseBusy, longest},
		{"busy, nonsense", 503, map[string]string{"Retry-After": "soon"}, news.CauseBusy, 0},
		{"server error", 500, nil, news.CauseStatus, 0},
		{"forbidden", 403, nil, news.CauseStatus, 0},
		{"no content", 204, nil, news.CauseStatus, 0},
		{"redirect without target", 302, nil, news.CauseRedirect, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range tt.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tt.status)
			})
			now := time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)
			_, err := client(t, Options{Now: func() time.Time { return now }}).Get(t.Context(), Request{URL: s.URL})
			if e := wantCause(t, err, tt.cause, tt.status); e.RetryAfter != tt.after {
				t.Errorf("RetryAfter = %v, want %v", e.RetryAfter, tt.after)
			}
		})
	}
}

func TestGetRedirects(t *testing.T) {
	var s *httptest.Server
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		to := func(status int, where string) {
			w.Header().Set("Location", where)
			w.WriteHeader(status)
		}
		switch r.URL.Path {
		case "/moved":
			to(301, "/feed")
		case "/moved-twice":
			to(308, "/moved")
		case "/found":
			to(302, "/feed")
		case "/moved-then-found":
			to(301, "/found")
		case "/found-then-moved":
			to(307, "/moved")
		case "/circle":
			to(302, "/circle2")
		case "/circle2":
			to(302, "/circle")
		case "/long":
			to(302, "/long?"+r.URL.RawQuery+"x")
		case "/file":
			to(302, "file:///etc/passwd")
		case "/private":
			to(302, "http://10.0.0.1/")
		case "/broken":
			to(302, "http://[::1")
		case "/userinfo":
			to(302, strings.Replace(s.URL, "http://", "http://admin:secret@", 1)+"/feed")
		case "/feed":
			if _, _, ok := r.BasicAuth(); ok {
				t.Error("credentials from a Location were used")
			}
			_, _ = io.WriteString(w, "ok")
		}
	})
	tests := []struct {
		path, moved string
		cause       news.Cause
		status      int
	}{
		{"/feed", "", "", 0},
		{"/moved", "/feed", "", 0},
		{"/moved-twice", "/feed", "", 0},
		{"/found", "", "", 0},
		{"/moved-then-found", "/found", "", 0},
		{"/found-then-moved", "", "", 0},
		{"/userinfo", "", "", 0},
		{"/circle", "", news.CauseRedirect, 302},
		{"/long", "", news.CauseRedirect, 302},
		{"/file", "", news.CauseRedirect, 302},
		{"/broken", "", news.CauseRedirect, 302},
		{"/private", "", news.CauseRefused, 0},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			got, err := client(t, Options{}).Get(t.Context(), Request{URL: s.URL + tt.path})
			if tt.cause != "" {
				wantCause(t, err, tt.cause, tt.status)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if moved := strings.TrimPrefix(got.MovedTo, s.URL); moved != tt.moved || got.URL != s.URL+"/feed" {
				t.Errorf("moved to %q, got %q; want %q and /feed", moved, got.URL, tt.moved)
			}
		})
	}
}

func TestGetKeepsCredentialsAtHome(t *testing.T) {
	var leaked atomic.Bool
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" {
			leaked.Store(true)
		}
		_, _ = io.WriteString(w, "ok")
	})
	home := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "u" || password != "p" || r.Header.Get("Cookie") != "a=b" {
			t.Errorf("home got user %q password %q cookie %q", user, password, r.Header.Get("Cookie"))
		}
		http.Redirect(w, r, other.URL, http.StatusFound)
	})
	url := strings.Replace(home.URL, "http://", "http://u:p@", 1)
	got, err := client(t, Options{}).Get(t.Context(), Request{URL: url, Access: news.Access{Header: map[string]string{"Cookie": "a=b"}}})
	if err != nil || string(got.Body) != "ok" {
		t.Fatalf("Get = %q, %v", got.Body, err)
	}
	if leaked.Load() {
		t.Error("credentials went to another origin")
	}
}

func TestGetRefusesPrivateAddresses(t *testing.T) {
	var asked atomic.Bool
	s := serve(t, func(http.ResponseWriter, *http.Request) { asked.Store(true) })
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	hosts := []string{
		"127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]",
		"[64:ff9b::7f00:1]", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]", "[fec0::1]",
	}
	for _, host := range hosts {
		t.Run(host, func(t *testing.T) {
			c := client(t, Options{Allow: []netip.Prefix{}, Timeout: 5 * time.Second})
			_, err := c.Get(t.Context(), Request{URL: "http://" + host + ":" + port + "/"})
			var e *Error
			if !errors.As(err, &e) || (e.Cause != news.CauseRefused && e.Cause != news.CauseDNS && e.Cause != news.CauseTimeout) {
				t.Errorf("error = %v, want the address refused", err)
			}
		})
	}
	if asked.Load() {
		t.Error("a private server was asked")
	}
}

func TestGetAllowsOnlyWhatIsListed(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") })
	c := client(t, Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}})
	_, err := c.Get(t.Context(), Request{URL: s.URL})
	if e := wantCause(t, err, news.CauseRefused, 0); !e.Private() {
		t.Errorf("%v: Private = false, want true", e)
	}
}

func TestGetIgnoresProxyOfEnvironment(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") })
	if _, err := client(t, Options{}).Get(t.Context(), Request{URL: s.URL}); err != nil {
		t.Error(err)
	}
}

func TestGetBadAddresses(t *testing.T) {
	for _, raw := range []string{"", "feed.xml", "ftp://example.org/", "file:///etc/passwd", "http://", "javascript:alert(1)", "http://u:pw@[::1/"} {
		_, err := client(t, Options{}).Get(t.Context(), Request{URL: raw})
		if e := wantCause(t, err, news.CauseRefused, 0); strings.Contains(e.Error(), "pw") {
			t.Errorf("error shows the password: %v", e)
		} else if e.Private() {
			t.Errorf("%v: Private = true, want false: it is no address at all", e)
		}
	}
}

// damaged returns a gzip stream with another checksum.
func damaged(b []byte) []byte {
	b[len(b)-8] ^= 1
	return b
}

func TestGetRetryAfterBesideAGoodAnswer(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "90") })
	got, err := client(t, Options{}).Get(t.Context(), Request{URL: s.URL})
	if err != nil || got.RetryAfter != 90*time.Second {
		t.Errorf("Get = %v, %v, want 1m30s", got.RetryAfter, err)
	}
}

func TestGetBodies(t *testing.T) {
	var deflated bytes.Buffer
	w, err := flate.NewWriter(&deflated, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(w, "плоский")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, encoding string
		body           []byte
		want           string
		cause          news.Cause
	}{
		{"plain", "", []byte("текст"), "текст", ""},
		{"gzip", "gzip", zip(t, "текст"), "текст", ""},
		{"x-gzip", "x-gzip", zip(t, "текст"), "текст", ""},
		{"gzip in two members", "gzip", append(zip(t, "тек"), zip(t, "ст")...), "текст", ""},
		{"gzip with padding", "gzip", append(zip(t, "текст"), make([]byte, 32)...), "текст", ""},
		{"gzip with a wrong checksum", "gzip", damaged(zip(t, "текст")), "", news.CauseConnect},
		{"gzip in name only", "gzip", []byte{0x1f, 0x8b, 0xff, 0, 0, 0, 0, 0, 0, 0, 0}, "", news.CauseConnect},
		{"gzip that is plain", "gzip", []byte("текст"), "текст", ""},
		{"gzip unsaid", "", zip(t, "текст"), "текст", ""},
		{"deflate without zlib", "deflate", deflated.Bytes(), "плоский", ""},
		{"identity", "identity", []byte("текст"), "текст", ""},
		{"empty", "", nil, "", ""},
		{"brotli unasked", "br", []byte("xx"), "", news.CauseNotFeed},
		{"gzip cut", "gzip", zip(t, "текст")[:15], "", news.CauseConnect},
		{"at the limit", "", []byte(strings.Repeat("x", 1000)), strings.Repeat("x", 1000), ""},
		{"over the limit", "", []byte(strings.Repeat("x", 1001)), "", news.CauseTooLarge},
		{"gzip bomb", "gzip", zip(t, strings.Repeat("\x00", 1<<20)), "", news.CauseTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if tt.encoding != "" {
					w.Header().Set("Content-Encoding", tt.encoding)
				}
				_, _ = w.Write(tt.body)
			})
			got, err := client(t, Options{MaxBytes: 1000}).Get(t.Context(), Request{URL: s.URL})
			if tt.cause != "" {
				wantCause(t, err, tt.cause, 200)
				return
			}
			if err != nil || string(got.Body) != tt.want {
				t.Errorf("Get = %q, %v, want %q", got.Body, err, tt.want)
			}
		})
	}
}

func TestGetEndlessBody(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		chunk := bytes.Repeat([]byte("x"), 32<<10)
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	_, err := client(t, Options{MaxBytes: 1 << 20}).Get(t.Context(), Request{URL: s.URL})
	wantCause(t, err, news.CauseTooLarge, 200)
}

func TestGetTimeouts(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			_, _ = io.WriteString(w, "<rss>")
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	})
	t.Run("header", func(t *testing.T) {
		_, err := client(t, Options{HeaderTimeout: 20 * time.Millisecond}).Get(t.Context(), Request{URL: s.URL})
		wantCause(t, err, news.CauseTimeout, 0)
	})
	t.Run("body", func(t *testing.T) {
		_, err := client(t, Options{Timeout: 50 * time.Millisecond}).Get(t.Context(), Request{URL: s.URL + "/body"})
		e := wantCause(t, err, news.CauseTimeout, 200)
		if e.Took < 50*time.Millisecond || !strings.Contains(e.Error(), "no whole answer within 50ms") {
			t.Errorf("after %v: %v, want it to say how long it waited", e.Took, e)
		}
	})
	t.Run("caller", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := client(t, Options{}).Get(ctx, Request{URL: s.URL})
		wantCause(t, err, news.CauseTimeout, 0)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v, want it to be context.Canceled", err)
		}
	})
}

// TestGetDripFed holds that a server which always sends a little more in time is
// ended by the clock of the whole, in the header and in the body.
func TestGetDripFed(t *testing.T) {
	for _, part := range []string{"header", "body"} {
		t.Run(part, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = l.Close() })
			go func() { // ends when the listener closes
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					go drip(conn, part == "body")
				}
			}()
			o := Options{Timeout: 100 * time.Millisecond}
			want := 0
			if part == "body" {
				want = 200
			}
			_, err = client(t, o).Get(t.Context(), Request{URL: "http://" + l.Addr().String()})
			wantCause(t, err, news.CauseTimeout, want)
		})
	}
}

// drip answers a byte at a time, for as long as somebody listens.
func drip(conn net.Conn, body bool) {
	defer func() { _ = conn.Close() }()
	_, _ = conn.Read(make([]byte, 4096))
	head := "HTTP/1.1 200 OK\r\nX-Slow: "
	if body {
		head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
	}
	_, err := io.WriteString(conn, head)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for err == nil {
		<-tick.C
		_, err = io.WriteString(conn, "x")
	}
}

// TestGetRedirectWithEndlessBody holds that a redirect is followed although its
// own body never ends.
func TestGetRedirectWithEndlessBody(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed" {
			_, _ = io.WriteString(w, "ok")
			return
		}
		w.Header().Set("Location", "/feed")
		w.WriteHeader(http.StatusFound)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	got, err := client(t, Options{Timeout: 5 * time.Second}).Get(t.Context(), Request{URL: s.URL})
	if err != nil || string(got.Body) != "ok" {
		t.Errorf("Get = %q, %v, want ok", got.Body, err)
	}
}

// TestGetChecksAddressesAtEveryHop holds that a name is checked after DNS, and a
// redirect's target as the first address is: localhost stands for the names that
// turn out to be private.
func TestGetChecksAddressesAtEveryHop(t *testing.T) {
	var asked atomic.Bool
	private := serve(t, func(http.ResponseWriter, *http.Request) { asked.Store(true) })
	_, port, err := net.SplitHostPort(private.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	targets := []string{
		"http://localhost:" + port + "/", "http://[::ffff:127.0.0.1]:" + port + "/", "http://2130706433:" + port + "/", "//127.0.0.1:" + port,
	}
	public := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(http.StatusMovedPermanently)
	}))
	l, err := net.Listen("tcp", "127.0.0.2:0") // an address of its own, which alone is allowed
	if err != nil {
		t.Skipf("no second loopback address here: %v", err)
	}
	public.Listener = l
	public.Start()
	t.Cleanup(public.Close)
	for _, to := range targets {
		t.Run(to, func(t *testing.T) {
			c := client(t, Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}, Timeout: 5 * time.Second})
			_, err := c.Get(t.Context(), Request{URL: public.URL + "/?to=" + url.QueryEscape(to)})
			var e *Error
			if !errors.As(err, &e) || e.Cause != news.CauseRefused && e.Cause != news.CauseRedirect {
				t.Errorf("error = %v, want the target refused", err)
			}
		})
	}
	if asked.Load() {
		t.Error("a private server was asked")
	}
}

// TestGetValidators holds that each validator is sent alone where only one is
// held, that both go to where a redirect leads, and none when nothing is held.
func TestGetValidators(t *testing.T) {
	tests := []struct{ name, etag, modified string }{
		{"both", `"v1"`, "Sun, 08 Mar 2026 04:00:00 GMT"},
		{"etag alone", `"v1"`, ""},
		{"date alone", "", "Sun, 08 Mar 2026 04:00:00 GMT"},
		{"none", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if etag, modified := r.Header.Get("If-None-Match"), r.Header.Get("If-Modified-Since"); etag != tt.etag || modified != tt.modified {
					t.Errorf("%s asked with %q and %q, want %q and %q", r.URL.Path, etag, modified, tt.etag, tt.modified)
				}
				if r.URL.Path == "/" {
					http.Redirect(w, r, "/feed", http.StatusFound)
				}
			})
			if _, err := client(t, Options{}).Get(t.Context(), Request{URL: s.URL, ETag: tt.etag, LastModified: tt.modified}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestGetRedirectLimit holds the number of redirects that are followed.
func TestGetRedirectLimit(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			t.Error(err)
		}
		if n > 0 {
			http.Redirect(w, r, "/"+strconv.Itoa(n-1), http.StatusFound)
		}
	})
	tests := []struct {
		limit, hops int
		ok          bool
	}{{0, 5, true}, {0, 6, false}, {2, 2, true}, {2, 3, false}, {-1, 0, true}, {-1, 1, false}}
	for _, tt := range tests {
		_, err := client(t, Options{MaxRedirects: tt.limit}).Get(t.Context(), Request{URL: s.URL + "/" + strconv.Itoa(tt.hops)})
		if ok := err == nil; ok != tt.ok {
			t.Errorf("limit %d, %d redirects: %v, want ok = %v", tt.limit, tt.hops, err, tt.ok)
		}
	}
}

// raw serves the bytes as they are, one connection after the other.
func raw(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() { // ends when the listener closes
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = io.WriteString(conn, answer)
			_ = conn.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

func TestGetRawAnswers(t *testing.T) {
	tests := []struct {
		name, answer string
		cause        news.Cause
		status       int
	}{
		{"nothing", "", news.CauseConnect, 0},
		{"not http", "SSH-2.0-x\r\n", news.CauseConnect, 0},
		{"escapes in the status line", "HTTP/1.1 5\x1b[31m00 \x1b]0;x\x07\r\n\r\n", news.CauseConnect, 0},
		{"escapes after the status", "HTTP/1.1 500 \x1b[31mred\r\nContent-Length: 0\r\n\r\n", news.CauseStatus, 500},
		{"body shorter than said", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>", news.CauseConnect, 200},
		{"chunk cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n", news.CauseConnect, 200},
		{"length beyond the limit", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", news.CauseTooLarge, 200},
		{"endless header", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 80<<10) + "\r\n\r\n", news.CauseConnect, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := client(t, Options{}).Get(t.Context(), Request{URL: raw(t, tt.answer)})
			e := wantCause(t, err, tt.cause, tt.status)
			if strings.ContainsAny(e.Error(), "\x1b\x07\r\n") {
				t.Errorf("error has control characters: %q", e.Error())
			}
		})
	}
}

func TestGetTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	_, err := client(t, Options{}).Get(t.Context(), Request{URL: s.URL})
	wantCause(t, err, news.CauseTLS, 0)
}

// A server that speaks another protocol than its address says is no matter of its
// certificate.
func TestGetOtherProtocol(t *testing.T) {
	page := func(words string) string {
		return fmt.Sprintf("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(words), words)
	}
	nginx := page("<center>The plain HTTP request was sent to HTTPS port</center>")
	tests := []struct {
		name, scheme, answer string
		cause                news.Cause
		status               int
		words                string
	}{
		{"http behind https", "https", "HTTP/1.1 200 OK\r\n\r\n", news.CauseProtocol, 0, "plain HTTP where the address says https"},
		{"what is not even http", "https", "220 mail.example ESMTP\r\n", news.CauseProtocol, 0, "does not speak TLS"},
		{"nothing behind https", "https", "", news.CauseConnect, 0, ""},
		{"an alert behind http", "http", "\x15\x03\x03\x00\x02\x02\x0a", news.CauseProtocol, 0, "speaks TLS where the address says http"},
		{"nginx with TLS", "http", nginx, news.CauseProtocol, 400, "speaks TLS"},
		{"Apache with TLS", "http", page("You're speaking plain HTTP to an SSL-enabled server port."), news.CauseProtocol, 400, "speaks TLS"},
		{"Go with TLS", "http", "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n", news.CauseProtocol, 400, "speaks TLS"},
		{"another bad request", "http", page("The request is bad"), news.CauseStatus, 400, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := strings.Replace(raw(t, tt.answer), "http", tt.scheme, 1)
			_, err := client(t, Options{}).Get(t.Context(), Request{URL: at})
			if e := wantCause(t, err, tt.cause, tt.status); !strings.Contains(e.Error(), tt.words) {
				t.Errorf("error = %q, want %q in it", e, tt.words)
			}
		})
	}
}

func TestGetReusesConnections(t *testing.T) {
	var conns atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "ok")
	}))
	s.Config.ConnState = func(_ net.Conn, st http.ConnState) {
		if st == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	c := client(t, Options{})
	for range 5 {
		if _, err := c.Get(t.Context(), Request{URL: s.URL + "/old"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := conns.Load(); n != 1 {
		t.Errorf("5 requests and redirects used %d connections, want 1", n)
	}
}

func TestMaxAge(t *testing.T) {
	now := time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		header http.Header
		want   time.Duration
	}{
		{"nothing", http.Header{}, 0},
		{"max-age", http.Header{"Cache-Control": {"max-age=60"}}, time.Minute},
		{"max-age in a second line", http.Header{"Cache-Control": {"public", "Max-Age=\"60\""}}, time.Minute},
		{"less age", http.Header{"Cache-Control": {"max-age=60"}, "Age": {"45"}}, 15 * time.Second},
		{"stale on arrival", http.Header{"Cache-Control": {"max-age=60"}, "Age": {"600"}}, 0},
		{"no-cache wins", http.Header{"Cache-Control": {"no-cache, max-age=60"}}, 0},
		{"no-store wins behind it too", http.Header{"Cache-Control": {"max-age=60, no-store"}}, 0},
		{"the first max-age counts", http.Header{"Cache-Control": {"max-age=60, max-age=600"}}, time.Minute},
		{"nonsense", http.Header{"Cache-Control": {"max-age=-1"}}, 0},
		{"max-age over expires", http.Header{"Cache-Control": {"max-age=60"}, "Expires": {"Sun, 08 Mar 2026 09:00:00 GMT"}}, time.Minute},
		{"expires by the server's clock", http.Header{"Date": {"Sun, 08 Mar 2026 03:00:00 GMT"}, "Expires": {"Sun, 08 Mar 2026 03:30:00 GMT"}}, 30 * time.Minute},
		{"expires by ours", http.Header{"Expires": {"Sun, 08 Mar 2026 04:10:00 GMT"}}, 10 * time.Minute},
		{"expires, less age", http.Header{"Expires": {"Sun, 08 Mar 2026 04:10:00 GMT"}, "Age": {"60"}}, 9 * time.Minute},
		{"expired", http.Header{"Expires": {"Sat, 07 Mar 2026 04:10:00 GMT"}}, 0},
		{"expires 0", http.Header{"Expires": {"0"}}, 0},
		{"for ever", http.Header{"Cache-Control": {"max-age=9999999999"}}, longest},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := maxAge(tt.header, now); got != tt.want {
				t.Errorf("maxAge = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRedact(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"https://example.org/a?b=c", "https://example.org/a?b=c"},
		{"https://u:p@example.org/a", "https://example.org/a"},
		{"https://token@example.org/a", "https://example.org/a"},
		{"https://u:p@[::1/", "…@[::1/"},
		{"https://example.org/\x1b[31m", "https://example.org/?[31m"},
	}
	for _, tt := range tests {
		if got := Redact(tt.raw); got != tt.want {
			t.Errorf("Redact(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}
