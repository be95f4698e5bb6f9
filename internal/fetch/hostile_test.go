package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"samur/internal/news"
)

func TestParseURL(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"as written", "https://example.org/a?b=c", "https://example.org/a?b=c"},
		{"blanks around", " https://example.org/a\n", "https://example.org/a"},
		{"fragment", "https://example.org/a#b", "https://example.org/a"},
		{"dot of the root", "https://example.org./a", "https://example.org/a"},
		{"dot of the root before a port", "https://example.org.:8443/a", "https://example.org:8443/a"},
		{"address with a dot", "http://127.0.0.1./", "http://127.0.0.1/"},
		{"IPv6", "http://[::1]:81/", "http://[::1]:81/"},
		{"IPv6 at length", "http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"},
		{"IPv4 within IPv6", "http://[::ffff:127.0.0.1]/", "http://127.0.0.1/"},
		{"the usual port", "https://example.org:443/", "https://example.org/"},
		{"another's usual port", "https://example.org:80/", "https://example.org:80/"},
		{"a port with zeros", "http://example.org:08080/", "http://example.org:8080/"},
		{"capitals", "HTTPS://Example.ORG/A", "https://example.org/A"},
		{"Cyrillic host", "https://ПРИМЕР.рф/", "https://xn--e1afmkfd.xn--p1ai/"},
		{"wide digits", "http://１２７.0.0.1/", ""},
		{"wide letters", "http://ｅxample.org/", "http://example.org/"},
		{"blank in the query", `https://example.org/a b?q=c d"`, "https://example.org/a%20b?q=c%20d%22"},
		{"Cyrillic query", "https://example.org/?q=Баку", "https://example.org/?q=%D0%91%D0%B0%D0%BA%D1%83"},
		{"name with a number", "https://news24.az/", "https://news24.az/"},
		{"name of a number and a word", "https://1in.am/", "https://1in.am/"},
		{"other scheme", "file:///etc/passwd", ""},
		{"no host", "http:///a", ""},
		{"IPv6 without brackets", "http://::1/a", ""},
		{"dot for a host", "http://./a", ""},
		{"decimal", "http://2130706433/", ""},
		{"hexadecimal", "http://0x7f000001/", ""},
		{"hexadecimal parts", "http://0x7f.0.0.0x1/", ""},
		{"octal", "http://0177.0.0.1/", ""},
		{"short", "http://127.1/", ""},
		{"zeros", "http://127.000.000.001/", ""},
		{"beyond all numbers", "http://0xffffffffffffffffffffffff/", ""},
		{"port beyond 65535", "http://example.org:65536/", ""},
		{"port 0", "http://example.org:0/", ""},
		{"too long", "http://example.org/" + strings.Repeat("a", longestAddress), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, err := parseURL(tt.raw)
			switch {
			case tt.want == "" && !errors.Is(err, errAddress):
				t.Errorf("parseURL(%q) = %v, %v, want it refused", tt.raw, u, err)
			case tt.want != "" && (err != nil || u.String() != tt.want):
				t.Errorf("parseURL(%q) = %v, %v, want %q", tt.raw, u, err, tt.want)
			}
		})
	}
}

// TestGetWithoutStatus holds that an answer with a status below all others has words of
// why it is refused.
func TestGetWithoutStatus(t *testing.T) {
	_, err := client(t, Options{}).Get(t.Context(), Request{URL: raw(t, "HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n")})
	e := wantCause(t, err, news.CauseStatus, 0)
	if !strings.Contains(e.Error(), "000") {
		t.Errorf("error %q does not say the status", e)
	}
}

func TestValidatorIsBounded(t *testing.T) {
	for size, want := range map[int]int{0: 0, longestValidator: longestValidator, longestValidator + 1: 0} {
		h := http.Header{"Etag": {strings.Repeat("x", size)}}
		if got := len(validator(h, "Etag")); got != want {
			t.Errorf("of an ETag of %d bytes %d are kept, want %d", size, got, want)
		}
	}
}

// FuzzHeaders holds that whatever a server says about time is read as between nothing
// and the longest.
func FuzzHeaders(f *testing.F) {
	for _, s := range []struct{ cache, age, expires, date, retry string }{
		{"max-age=60, public", "15", "", "", "120"},
		{"no-cache", "", "Sun, 08 Mar 2026 04:10:00 GMT", "Sun, 08 Mar 2026 04:00:00 GMT", "Sun, 08 Mar 2026 04:10:00 GMT"},
		{`max-age="99999999999999999999"`, "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "99999999999999999999"},
		{"max-age=-1,,=,s-maxage", "-1", "0", "never", "-1"},
		{"max-age=9223372036854775807", "+1", "Thu, 01 Jan 1970 00:00:00 GMT", "", "1.5"},
	} {
		f.Add(s.cache, s.age, s.expires, s.date, s.retry)
	}
	now := time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, cache, age, expires, date, retry string) {
		h := http.Header{"Cache-Control": {cache}, "Age": {age}, "Expires": {expires}, "Date": {date}, "Retry-After": {retry}}
		for name, got := range map[string]time.Duration{"maxAge": maxAge(h, now), "retryAfter": retryAfter(h, now)} {
			if got < 0 || got > longest {
				t.Errorf("%s(%q) = %v, want it between 0 and %v", name, h, got, longest)
			}
		}
	})
}

// FuzzTarget holds that a redirect leads to a web address without credentials, which a
// request can be made of and which is printed without harm, or is refused.
func FuzzTarget(f *testing.F) {
	for _, s := range []string{
		"/feed", "//example.net", "?b", "https://u:p@example.net./a#b", "file:///etc/passwd", "http://2130706433/", "http:\\\\example.net\\",
		"//::1", "http://[::ffff:127.0.0.1]:80/", "http://[fe80::1%25eth0]/", "http://１２７.０.０.１/", "/\u202e?\u202e", "http://exa\u202emple.net/", "http://%31%32/", "http://a:b:c/",
	} {
		f.Add(s)
	}
	at, err := url.Parse("https://example.org/news/rss?a=b")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, location string) {
		u, err := target(at, location)
		if err != nil {
			if !errors.Is(err, errRedirect) {
				t.Errorf("target(%q): %v, want an errRedirect", location, err)
			}
			return
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
			t.Errorf("target(%q) = %q", location, u)
		}
		printed := u.String()
		if strings.ContainsFunc(printed, func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsPrint(r) }) {
			t.Errorf("target(%q) = %q, which does harm when printed", location, printed)
		}
		again, err := target(at, printed)
		if err != nil || again.String() != printed {
			t.Errorf("target(%q) = %q, and of that %v, %v", location, printed, again, err)
		}
		if _, err := http.NewRequest(http.MethodGet, printed, nil); err != nil {
			t.Errorf("target(%q) = %q: %v", location, printed, err)
		}
	})
}

// FuzzRedact holds that no address is printed with a password or with what steers a
// terminal.
func FuzzRedact(f *testing.F) {
	for _, s := range []string{
		"https://u:secret@example.org/a?b", "https://u:secret@[::1/", "u:secret@example.org", "https://u:sec@ret@example.org/\x1b[31m",
		"//u:secret@example.org", "https:u:secret@x", "\u202ehttps://u:secret@x", "http://u:secret@exa mple.org/",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got := Redact(raw)
		if strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) }) {
			t.Errorf("Redact(%q) = %q, which does harm when printed", raw, got)
		}
		if u, err := url.Parse(strings.TrimSpace(raw)); err == nil && u.User != nil {
			if p, ok := u.User.Password(); ok && len(p) > 6 && strings.Count(got, p) >= strings.Count(raw, p) {
				t.Errorf("Redact(%q) = %q, with the password", raw, got)
			}
		}
	})
}

// FuzzBody holds that a body is read whole or refused, never beyond the limit, whatever
// encoding is named and whatever bytes come.
func FuzzBody(f *testing.F) {
	f.Add([]byte("plain"), "", int64(-1))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00"), "gzip", int64(23))
	f.Add([]byte("\x78\x9c\x03\x00\x00\x00\x00\x01"), "deflate", int64(8))
	f.Add([]byte("\x1f\x8b"), "gzip, identity", int64(1<<40))
	const limit = 1000
	var bodies reader
	f.Fuzz(func(t *testing.T, body []byte, encoding string, length int64) {
		resp := &http.Response{
			ContentLength: length, Header: http.Header{"Content-Encoding": {encoding}}, Body: io.NopCloser(strings.NewReader(string(body))),
		}
		got, err := bodies.read(resp, limit, nil)
		if len(got) > limit || err != nil && got != "" {
			t.Errorf("read = %d bytes, %v", len(got), err)
		}
	})
}

// TestBodiesAreApart holds that a body is read in the same way whatever came before it,
// though readers of gzip are used again.
func TestBodiesAreApart(t *testing.T) {
	zip := func(text string) string {
		var b strings.Builder
		z := gzip.NewWriter(&b)
		_, err := io.WriteString(z, text)
		if err := errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	whole := zip(strings.Repeat("a feed ", 900))
	tests := []struct{ name, body, want string }{
		{"whole", whole, strings.Repeat("a feed ", 900)},
		{"cut", whole[:len(whole)-12], ""},
		{"whole again", whole, strings.Repeat("a feed ", 900)},
		{"no header", whole[:3], ""},
		{"two members", zip("one ") + zip("two"), "one two"},
		{"too large", zip(strings.Repeat("x", 20_000)), ""},
		{"plain", "not zipped", "not zipped"},
		{"short", zip("short"), "short"},
	}
	var bodies reader
	for _, tt := range tests {
		resp := &http.Response{ContentLength: -1, Header: http.Header{"Content-Encoding": {"gzip"}}, Body: io.NopCloser(strings.NewReader(tt.body))}
		got, err := bodies.read(resp, 10_000, nil)
		if string(got) != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s: read = %d bytes, %v, want %d", tt.name, len(got), err, len(tt.want))
		}
	}
}

// TestGetWaitsForRoom holds that the caller is asked once before a body becomes a large
// one, and not for a small one, and that its error ends the Get.
func TestGetWaitsForRoom(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		size, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			t.Error(err)
		}
		w.(http.Flusher).Flush() // its length is not announced
		_, _ = io.WriteString(w, strings.Repeat("x", size))
	})
	full := errors.New("no room")
	tests := []struct {
		name  string
		size  int
		err   error
		calls int
	}{
		{"empty", 0, nil, 0},
		{"small", Large - 1, nil, 0},
		{"large", Large + 1000, nil, 1},
		{"much larger", 5 * Large, nil, 1},
		{"refused", 2 * Large, full, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := client(t, Options{})
			calls := 0
			got, err := c.Get(t.Context(), Request{URL: s.URL + "/" + strconv.Itoa(tt.size), Large: func(context.Context) error {
				calls++
				return tt.err
			}})
			if calls != tt.calls {
				t.Errorf("asked %d times, want %d", calls, tt.calls)
			}
			if !errors.Is(err, tt.err) || tt.err == nil && len(got.Body) != tt.size {
				t.Errorf("Get = %d bytes, %v, want %d, %v", len(got.Body), err, tt.size, tt.err)
			}
		})
	}
}

// TestClockRunsOnAfterAWait holds that what is left of the time is what was left before.
func TestClockRunsOnAfterAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		ctx, c := startClock(t.Context(), time.Minute)
		defer c.end()
		pause := c.paused(ctx, func(context.Context) error {
			<-time.After(time.Hour)
			return nil
		})
		<-time.After(20 * time.Second)
		if err := pause(); err != nil || ctx.Err() != nil {
			t.Errorf("after the wait: %v, %v, want the time not to be over", err, ctx.Err())
		}
		<-ctx.Done()
		if got, want := time.Since(begun), time.Hour+time.Minute; got != want || !errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
			t.Errorf("ended after %v with %v, want %v", got, context.Cause(ctx), want)
		}
		if err := pause(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a wait after the end = %v", err)
		}
	})
}

// TestLargeBodyIsCopiedFewTimes holds what is allocated for a body that comes in small
// pieces, of any size that a limit allows: it is moved to more memory a few times, and not
// with each piece.
func TestLargeBodyIsCopiedFewTimes(t *testing.T) {
	const limit = 10 << 20
	var bodies reader
	for _, size := range []int{100 << 10, 1 << 20, 3 << 20, limit} {
		resp := &http.Response{ContentLength: -1, Body: io.NopCloser(io.LimitReader(endless{}, int64(size)))}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		body, err := bodies.read(resp, limit, nil)
		runtime.ReadMemStats(&after)
		if err != nil || len(body) != size {
			t.Fatalf("read = %d bytes, %v, want %d", len(body), err, size)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > uint64(5*size)+limit+2<<20 {
			t.Errorf("a body of %d bytes took %d", size, took)
		}
	}
}

// endless is a body of blanks.
type endless struct{}

// Read implements io.Reader.
func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
