// Package fetch turns an address into the bytes that stand there: one HTTP GET,
// done properly. Properly means conditional (both validators), bounded in time,
// in bytes after decompression, in header size and in redirects, and kept away
// from private addresses at every hop, after DNS. Redirects are followed here
// and not by net/http, so that each hop is checked, permanent moves are told
// apart from temporary ones, and credentials stay with the origin they are for.
//
// The invariant: a Response is whole. A body that was cut, too large or late is
// an *Error, and so is every status that brings no document; its Cause is one of
// a small closed list and its text carries no credentials and no control
// characters. Nothing is retried and nothing is remembered between calls except
// connections; pacing and back-off are the caller's.
//
// What a connection is made with (a proxy, an authority of one's own, a client
// certificate) comes with each Request; equal ways share their connections. A proxy
// is the keeper's word and may be anywhere. It resolves names in our place: only an
// address that is private as it is written, and localhost, are refused on the way
// through it, and a name that it resolves to a private address is its own to refuse.
//
// It refuses other schemes than http and https, encodings it did not ask for,
// and a proxy from the environment, which would take the address guard's place.
//
// Read Client.Get and Error first, then news.Route and routes.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"samur/internal/news"
)

// Options configure a Client. The zero value of each field is its default.
type Options struct {
	UserAgent      string            // "samur" and no address to complain to; set it
	Timeout        time.Duration     // for the whole of one Get; 30 s
	HeaderTimeout  time.Duration     // until the answer's header is there, at each hop; 15 s
	MaxBytes       int64             // of a body, decompressed; 10 MB
	MaxHeaderBytes int64             // of an answer's header; 64 KB
	MaxRedirects   int               // 5; negative means none
	Allow          []netip.Prefix    // addresses that may be asked although private
	Transport      http.RoundTripper // nil means guarded ones; a test may give its own, for every Route
	Now            func() time.Time  // nil means time.Now; only to read dates in headers
}

// Client fetches. It may be used by several goroutines at once.
type Client struct {
	o      Options
	routes *routes
	bodies reader
}

// New returns a Client with o, its gaps filled with the defaults.
func New(o Options) *Client {
	if o.UserAgent == "" {
		o.UserAgent = "samur"
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.HeaderTimeout <= 0 {
		o.HeaderTimeout = 15 * time.Second
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 10 << 20
	}
	if o.MaxHeaderBytes <= 0 {
		o.MaxHeaderBytes = 64 << 10
	}
	if o.MaxRedirects == 0 {
		o.MaxRedirects = 5
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Client{o: o, routes: &routes{o: o, guard: newGuard(o.Allow)}}
}

// Close gives back the connections that are kept open.
func (c *Client) Close() {
	c.routes.close()
	if t, ok := c.o.Transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Request is what to get.
type Request struct {
	URL          string // credentials in it are sent to its own origin only
	ETag         string // validators of the copy that is held, "" for none
	LastModified string
	Access       news.Access

	Home     string // whose origin what of Access is secret is sent to; URL when ""
	Accept   string // kinds of documents wanted; feeds when ""
	MaxBytes int64  // of the body, when less than the Client's; 0 for the Client's
	// Follow is asked before a redirect is followed, and may refuse it; nil refuses none.
	// The clock of the Get stands still meanwhile.
	Follow func(ctx context.Context, to *url.URL) error
	// Large, unless it is nil, is called once before more than Large bytes of a body are
	// read, so that the caller can wait for room; the clock of the Get stands still
	// meanwhile. An error of it ends the Get.
	Large func(context.Context) error
}

// Response is a whole answer.
type Response struct {
	Status       int
	NotModified  bool // the copy that is held is still good; Body is empty
	Body         string
	URL          string // where the body came from, after redirects
	Header       http.Header
	ETag         string
	LastModified string
	ContentType  string
	MovedTo      string        // where permanent redirects lead, "" when the address stands
	MaxAge       time.Duration // how long the answer stays fresh from now, 0 when not said
	RetryAfter   time.Duration // asked for beside a good answer, 0 when not
	Took         time.Duration
}

// Error is why there is no Response.
type Error struct {
	URL        string // asked for, without credentials
	At         string // whose answer it is, after redirects; "" when there was none
	Cause      news.Cause
	Status     int           // HTTP status, 0 when there was no answer
	RetryAfter time.Duration // what the server asked for, 0 when nothing
	Took       time.Duration
	Err        error
}

// Error says the address, the status or what went wrong, in one printable line.
func (e *Error) Error() string {
	msg := fmt.Sprintf("fetch %q", e.URL)
	if e.Status != 0 {
		msg += fmt.Sprintf(": status %d", e.Status)
	}
	if e.Err != nil {
		msg += ": " + printable(e.Err.Error())
	}
	return msg
}

// Unwrap returns the error underneath.
func (e *Error) Unwrap() error { return e.Err }

// Private reports whether the address was refused for the network that it is in, which
// the keeper may allow, and not because nothing can be asked there.
func (e *Error) Private() bool { return e.Cause == news.CauseRefused && !errors.Is(e.Err, errAddress) }

// printable replaces what a hostile server may have put into an error's text to
// reach a terminal or break a log line.
func printable(s string) string {
	if len(s) > 500 {
		s = s[:500] + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return '?'
	}, strings.ToValidUTF8(s, "?"))
}

// Get fetches r.URL. The error is always an *Error.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	start := time.Now() // of how long it takes, whatever date it is taken to be
	var h hop
	fail := func(cause news.Cause, status int, after time.Duration, err error) (Response, error) {
		return Response{}, &Error{URL: Redact(r.URL), At: h.answered(), Cause: cause, Status: status, RetryAfter: after, Took: time.Since(start), Err: err}
	}
	limit := c.o.MaxBytes
	if r.MaxBytes > 0 {
		limit = min(limit, r.MaxBytes)
	}
	ctx, clock := startClock(ctx, c.o.Timeout)
	defer clock.end()
	if follow := r.Follow; follow != nil {
		r.Follow = func(ctx context.Context, to *url.URL) error {
			return clock.paused(ctx, func(ctx context.Context) error { return follow(ctx, to) })()
		}
	}
	var err error
	if h, err = c.follow(ctx, r); err != nil {
		return fail(causeOf(err), statusOf(h), 0, clean(err))
	}
	defer func() { _ = h.resp.Body.Close() }() // the body was read or is given up
	after := retryAfter(h.resp.Header, c.o.Now())
	out := Response{
		Status:       h.resp.StatusCode,
		URL:          Redact(h.at.String()),
		Header:       h.resp.Header,
		ETag:         validator(h.resp.Header, "Etag"),
		LastModified: validator(h.resp.Header, "Last-Modified"),
		ContentType:  h.resp.Header.Get("Content-Type"),
		MovedTo:      h.moved,
		MaxAge:       maxAge(h.resp.Header, c.o.Now()),
		RetryAfter:   after,
	}
	switch status := h.resp.StatusCode; {
	case status == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""):
		out.NotModified = true
	case status == http.StatusOK || status == http.StatusNonAuthoritativeInfo:
		if out.Body, err = c.bodies.read(h.resp, limit, clock.paused(ctx, r.Large)); err != nil {
			return fail(causeOf(err), status, 0, clean(err))
		}
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable:
		return fail(news.CauseBusy, status, after, nil)
	case status == http.StatusGone:
		return fail(news.CauseGone, status, 0, nil)
	case status == http.StatusBadRequest && speaksTLS(h.at, h.resp):
		return fail(news.CauseProtocol, status, after, wantsTLS(h.at))
	case status == http.StatusProxyAuthRequired && r.Access.Route.Proxy != "":
		return fail(news.CauseStatus, status, 0, fmt.Errorf("%w: %w", errProxy, refusal(status)))
	case status == 0: // "HTTP/1.1 000 …"
		return fail(news.CauseStatus, 0, 0, fmt.Errorf("status %q", h.resp.Status))
	default:
		return fail(news.CauseStatus, status, after, nil)
	}
	out.Took = time.Since(start)
	return out, nil
}

// hop is where following redirects has led.
type hop struct {
	at    *url.URL
	resp  *http.Response
	moved string
}

// answered returns the address whose answer h has, "" when it has none.
func (h hop) answered() string {
	if h.resp == nil {
		return ""
	}
	return Redact(h.at.String())
}

// statusOf returns the status of the last answer, 0 when there was none.
func statusOf(h hop) int {
	if h.resp == nil {
		return 0
	}
	return h.resp.StatusCode
}

// errRedirect reports redirects that lead nowhere.
var errRedirect = errors.New("redirect")

// follow asks r.URL and what it redirects to, until an answer is no redirect.
func (c *Client) follow(ctx context.Context, r Request) (hop, error) {
	first, err := parseURL(r.URL)
	if err != nil {
		return hop{}, err
	}
	home := first
	if r.Home != "" {
		if home, err = parseURL(r.Home); err != nil {
			return hop{}, err
		}
	}
	h := hop{at: first}
	permanent := true
	var seen []string
	for n := 0; ; n++ {
		if h.resp, err = c.ask(ctx, r, home, h.at); err != nil {
			return hop{at: h.at}, err
		}
		if !redirects(h.resp.StatusCode) {
			return h, nil
		}
		discard(h.resp)
		if n >= max(c.o.MaxRedirects, 0) {
			return h, fmt.Errorf("%w: more than %d", errRedirect, n)
		}
		next, err := target(h.at, h.resp.Header.Get("Location"))
		if errors.Is(err, errAddress) {
			return hop{at: h.at}, err // refused like one that the guard refuses: it gave no answer
		}
		if err != nil {
			return h, err
		}
		if r.Follow != nil {
			if err := r.Follow(ctx, next); ctx.Err() != nil {
				return h, ctx.Err()
			} else if err != nil {
				return h, fmt.Errorf("%w: %w", errRedirect, err)
			}
		}
		permanent = permanent && (h.resp.StatusCode == http.StatusMovedPermanently || h.resp.StatusCode == http.StatusPermanentRedirect)
		if permanent {
			h.moved = next.String()
		}
		seen = append(seen, h.at.String())
		if h.at = next; slices.Contains(seen, next.String()) {
			return h, fmt.Errorf("%w: goes in a circle at %q", errRedirect, Redact(next.String()))
		}
	}
}

// redirects reports whether the status sends the reader elsewhere.
func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// feeds are the kinds of documents that a request for a feed wants.
const feeds = "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"

// ask sends one request. Credentials and the feed's own headers go to the origin
// of its home and nowhere else.
func (c *Client) ask(ctx context.Context, r Request, home, at *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "", nil)
	if err != nil {
		return nil, err
	}
	bare := *at
	bare.User = nil
	req.URL, req.Host = &bare, bare.Host // parsed already, and more strictly
	req.Header.Set("User-Agent", c.o.UserAgent)
	req.Header.Set("Accept", cmp.Or(r.Accept, feeds))
	req.Header.Set("Accept-Encoding", "gzip")
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	way := r.Access.Route
	if sameOrigin(home, at) {
		identify(req, r.Access, home)
	} else {
		way.Cert, way.Key = "", ""
	}
	if r.Access.UserAgent != "" {
		req.Header.Set("User-Agent", r.Access.UserAgent)
	}
	return c.send(req, way)
}

// identify adds what only the feed's own origin may see.
func identify(req *http.Request, a news.Access, home *url.URL) {
	for k, v := range a.Header {
		req.Header.Set(k, v)
	}
	if a.Username != "" {
		req.SetBasicAuth(a.Username, a.Password)
	}
	if password, ok := home.User.Password(); ok || home.User.Username() != "" {
		req.SetBasicAuth(home.User.Username(), password)
	}
}

// send sends a request on its way.
func (c *Client) send(req *http.Request, way news.Route) (*http.Response, error) {
	if way.Proxy != "" {
		if err := beyondProxy(c.routes.guard, req.URL.Hostname()); err != nil {
			return nil, err
		}
	}
	if c.o.Transport != nil {
		return c.o.Transport.RoundTrip(req)
	}
	t, err := c.routes.transport(way)
	if err != nil {
		return nil, err
	}
	resp, err := t.RoundTrip(req)
	if unread(err) {
		resp, err = t.RoundTrip(req)
	}
	return resp, spoken(req.URL, err)
}

// unread reports whether an answer was there and is lost for no fault of the server's. An
// answer without a body has its connection put aside for the next request before it is
// handed over (net/http, persistConn.readLoop), and a connection that lies aside may be
// closed: to keep no more than MaxIdleConns of them, or at the end of a config. Of some
// million answers on a busy machine one met with that. There is no type for it.
func unread(err error) bool {
	return err != nil && slices.ContainsFunc([]string{
		"http: putIdleConn: too many idle connections", "http: CloseIdleConnections called", "http: idle connection timeout",
	}, func(why string) bool { return strings.Contains(err.Error(), why) })
}

// discard closes an answer whose body nobody wants. One that is announced and
// short is read first, so that the connection can be used again; any other might
// never come, and the address to go to is known already.
func discard(resp *http.Response) {
	if n := resp.ContentLength; n > 0 && n <= 4<<10 {
		_, _ = io.CopyN(io.Discard, resp.Body, n) // a lost connection is no loss
	}
	_ = resp.Body.Close()
}
