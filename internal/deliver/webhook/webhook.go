// Package webhook delivers an edition as one signed HTTP POST, by the Standard
// Webhooks convention (standardwebhooks.com, version 1.0.0): webhook-id stays the
// same over all retries, webhook-timestamp is the time of the attempt, and
// webhook-signature holds an HMAC-SHA256 over both and the body for every key, so
// that a receiver can change keys without losing one.
//
// Only 2xx is success. A redirect is a failure and is never followed: it would
// carry the digest and its signature to an address nobody configured. 410 and the
// other 4xx that no retry can change are permanent; 429 and 503 obey Retry-After.
// Private addresses are refused after DNS unless allowed. Read New first.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
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
	"samur/internal/news"
)

// The formats of the body.
const (
	FormatJSON = "json" // {"type", "timestamp", "data": the digest}
	FormatText = "text" // the plain text form
)

// Options configure a Channel. URL is required.
type Options struct {
	URL       string
	Secrets   []string // "whsec_" + base64, or the raw key; one or more lines in a file; none sends unsigned
	Format    string   // FormatJSON when ""
	Header    map[string]string
	Allow     []netip.Prefix // private addresses that may be dialled
	Timeout   time.Duration  // of one attempt; 30 s when 0
	UserAgent string
	Now       func() time.Time
}

// Channel posts editions to one address.
type Channel struct {
	o      Options
	keys   [][]byte
	client *http.Client
}

// New returns a channel that posts to o.URL.
func New(o Options) (*Channel, error) {
	u, err := url.Parse(o.URL)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return nil, errors.New("webhook channel: url must be an http or https address")
	}
	if o.Format == "" {
		o.Format = FormatJSON
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	keys, err := parseKeys(o.Secrets)
	if err != nil {
		return nil, err
	}
	return &Channel{o: o, keys: keys, client: newClient(o)}, nil
}

// newClient returns a client that dials public and allowed addresses only and
// follows no redirect.
func newClient(o Options) *http.Client {
	var v4, v6 []netip.Prefix
	for _, p := range o.Allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	guard := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: guard.Safe}
	return &http.Client{
		Timeout: o.Timeout,
		Transport: &http.Transport{
			// No proxy from the environment: it would dial past the guard.
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    10 * time.Second,
			MaxIdleConnsPerHost:    1,
			IdleConnTimeout:        time.Minute,
			MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// parseKeys decodes the signing keys.
func parseKeys(secrets []string) ([][]byte, error) {
	var keys [][]byte
	for _, s := range secrets {
		for line := range strings.Lines(s) {
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			encoded, ok := strings.CutPrefix(line, "whsec_")
			if !ok {
				keys = append(keys, []byte(line))
				continue
			}
			key, err := base64.StdEncoding.DecodeString(encoded)
			if err != nil {
				return nil, errors.New(`webhook channel: the secret after "whsec_" is not base64; make one with: openssl rand -base64 32`)
			}
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// Recipients returns the address without user, password, path and query, which
// often carry the secret of the receiver.
func (c *Channel) Recipients() []string {
	u, err := url.Parse(c.o.URL)
	if err != nil {
		return nil // New refused it
	}
	return []string{u.Scheme + "://" + u.Host}
}

// envelope is the body of FormatJSON.
type envelope struct {
	Type      string          `json:"type"`
	Timestamp string          `json:"timestamp"`
	Data      json.RawMessage `json:"data"`
}

// Compose makes the body.
func (c *Channel) Compose(e news.Edition, to news.Recipient) ([]byte, string, error) {
	if c.o.Format == FormatText {
		return e.Text, "text/plain; charset=utf-8", nil
	}
	kind := "samur.digest.v1"
	if e.Kind == news.KindNotices {
		kind = "samur.notices.v1"
	}
	b, err := json.Marshal(envelope{Type: kind, Timestamp: to.Made.UTC().Format(time.RFC3339), Data: e.JSON})
	if err != nil {
		return nil, "", fmt.Errorf("compose webhook body: %w", err)
	}
	return b, "application/json", nil
}

// Send posts d once.
func (c *Channel) Send(ctx context.Context, d news.Delivery) (string, error) {
	req, err := c.request(ctx, d)
	if err != nil {
		return "", deliver.Permanent(err)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return "", fmt.Errorf("post to %s: %w", d.Recipient, withoutURL(err))
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 512))
	reply := strings.TrimSpace(resp.Status + " " + firstLine(string(said)))
	return reply, outcome(resp, reply, c.o.Now())
}

func (c *Channel) request(ctx context.Context, d news.Delivery) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.o.URL, bytes.NewReader(d.Payload))
	if err != nil {
		return nil, fmt.Errorf("webhook request: %w", withoutURL(err))
	}
	for k, v := range c.o.Header {
		req.Header.Set(k, v)
	}
	stamp := strconv.FormatInt(c.o.Now().Unix(), 10)
	req.Header.Set("Content-Type", d.MediaType)
	req.Header.Set("User-Agent", c.o.UserAgent)
	req.Header.Set("Webhook-Id", d.ID)
	req.Header.Set("Webhook-Timestamp", stamp)
	if sig := c.sign(d.ID, stamp, d.Payload); sig != "" {
		req.Header.Set("Webhook-Signature", sig)
	}
	return req, nil
}

// sign returns one "v1,…" signature per key, separated by blanks.
func (c *Channel) sign(id, stamp string, body []byte) string {
	var sigs []string
	for _, key := range c.keys {
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.%s", id, stamp, body)
		sigs = append(sigs, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(sigs, " ")
}

// outcome turns an HTTP answer into nil, an error to retry, or a permanent one.
func outcome(resp *http.Response, reply string, now time.Time) error {
	err := fmt.Errorf("receiver answered %s", reply)
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		return deliver.Later(err, retryAfter(resp.Header.Get("Retry-After"), now))
	case code == http.StatusRequestTimeout || code == http.StatusTooEarly || code >= 500:
		return err
	case code >= 300 && code < 400:
		return deliver.Permanent(fmt.Errorf("%w; redirects are not followed, set the final address as url", err))
	case code == http.StatusGone:
		return deliver.Permanent(fmt.Errorf("%w; the receiver is gone, remove the channel", err))
	}
	return deliver.Permanent(err)
}

// retryAfter reads both forms of the header, RFC 9110 section 10.2.3.
func retryAfter(v string, now time.Time) time.Duration {
	if secs, err := strconv.Atoi(v); err == nil {
		return time.Duration(max(0, secs)) * time.Second
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// withoutURL drops the address that net/http puts into its errors: it can hold a secret.
func withoutURL(err error) error {
	if ue, ok := errors.AsType[*url.Error](err); ok {
		return ue.Err
	}
	return err
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
