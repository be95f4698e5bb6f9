// Package post sends one HTTP request of a channel and says what its answer means. It
// is what deliver/webhook and deliver/chat have in common.
//
// Only public addresses, and those that are allowed, are dialled, after DNS. A redirect
// is never followed: it would carry the digest and its signature to an address nobody
// configured. No proxy is taken from the environment, which would dial past the guard.
// An address never stands in an error, because it can hold a secret.
//
// 2xx is success and nothing else is. 429 and 503 obey Retry-After; other 5xx, 408, 425
// and a broken connection are tried again; 410 closes the channel; all else is refused
// for good. Read Do first, then Answer.Outcome.
package post

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"samur/internal/deliver"
)

// maxAnswer is how much of an answer is read.
const maxAnswer = 8 << 10

// NewClient returns a client that dials public and allowed addresses only and follows
// no redirect. timeout bounds one request.
func NewClient(allow []netip.Prefix, timeout time.Duration) *http.Client {
	var v4, v6 []netip.Prefix
	for _, p := range allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	guard := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: guard.Safe}
	return &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    10 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
			// Each request has a connection of its own. On one that was kept the receiver may
			// hang up while the request is on its way, or it is closed before an answer without
			// a body is handed over: a message that was taken would count as failed, and be
			// sent twice.
			DisableKeepAlives: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Answer is what a receiver said.
type Answer struct {
	Code   int
	Status string
	Header http.Header
	Body   []byte // its beginning
}

// Do sends req and reads the answer. An error means that there was none.
func Do(client *http.Client, req *http.Request) (Answer, error) {
	resp, err := client.Do(req)
	if err != nil {
		return Answer{}, WithoutURL(err)
	}
	defer resp.Body.Close()                                     //nolint:errcheck // only read
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // the status has said it already
	return Answer{Code: resp.StatusCode, Status: resp.Status, Header: resp.Header, Body: body}, nil
}

// WithoutURL drops the address that net/http puts into its errors.
func WithoutURL(err error) error {
	if ue, ok := errors.AsType[*url.Error](err); ok {
		return ue.Err
	}
	return err
}

// Host returns an address without user, password, path and query, which often carry
// the secret of the receiver.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "" // whoever took the address refused it
	}
	return u.Scheme + "://" + u.Host
}

// Words returns the status and the first line of the body, fit for a log and a terminal.
func (a Answer) Words() string {
	const most = 300
	s, _, _ := strings.Cut(strings.TrimSpace(strings.ToValidUTF8(string(a.Body), "")), "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strings.TrimSpace(a.Status + " " + s)
}

// Outcome turns the answer into nil, an error to retry, or a permanent one. asked is how
// long the body asked to wait, 0 when it did not.
func (a Answer) Outcome(asked time.Duration, now time.Time) error {
	err := fmt.Errorf("receiver answered %s", a.Words())
	switch code := a.Code; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		return deliver.Later(err, max(asked, RetryAfter(a.Header.Get("Retry-After"), now)))
	case code == http.StatusRequestTimeout || code == http.StatusTooEarly || code >= 500:
		return err
	case code >= 300 && code < 400:
		return deliver.Permanent(fmt.Errorf("%w; redirects are not followed, set the final address as url", err))
	case code == http.StatusGone:
		return deliver.Gone(fmt.Errorf("%w; the receiver is gone, remove the channel", err))
	}
	return deliver.Permanent(err)
}

// RetryAfter reads both forms of the header, RFC 9110 section 10.2.3.
func RetryAfter(v string, now time.Time) time.Duration {
	const most = 365 * 24 * time.Hour // what is longer would overflow, and is not believed anyway
	if secs, err := strconv.ParseFloat(v, 64); err == nil && secs >= 0 {
		return time.Duration(min(secs, most.Seconds()) * float64(time.Second))
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
