// Package webhook delivers an edition as one signed HTTP POST, by the Standard
// Webhooks convention (standardwebhooks.com, version 1.0.0): webhook-id stays the
// same over all retries, webhook-timestamp is the time of the attempt, and
// webhook-signature holds an HMAC-SHA256 over both and the body for every key, so
// that a receiver can change keys without losing one.
//
// Only 2xx is success, as deliver/post has it: a redirect is a failure and is never
// followed, 410 closes the channel until its settings change, 429 and 503 obey
// Retry-After. The shape of the body is named by its type ("samur.digest.v1", and alert,
// notices and test), and that of its data by data.schema. Read New first.
package webhook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"samur/internal/deliver"
	"samur/internal/deliver/post"
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
	return &Channel{o: o, keys: keys, client: post.NewClient(o.Allow, o.Timeout)}, nil
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
	return []string{post.Host(c.o.URL)}
}

// Host is where the deliveries go.
func (c *Channel) Host() string { return post.Host(c.o.URL) }

// Settings names the address and the keys.
func (c *Channel) Settings() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q", c.o.URL, c.o.Secrets, c.o.Header)
	return hex.EncodeToString(h.Sum(nil)[:8])
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
	kind := cmp.Or(string(e.Kind), "digest")
	b, err := json.Marshal(envelope{Type: "samur." + kind + ".v1", Timestamp: to.Made.UTC().Format(time.RFC3339), Data: e.JSON})
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
	a, err := post.Do(c.client, req)
	if err != nil {
		return "", fmt.Errorf("post to %s: %w", d.Recipient, err)
	}
	return a.Words(), a.Outcome(0, c.o.Now())
}

func (c *Channel) request(ctx context.Context, d news.Delivery) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.o.URL, bytes.NewReader(d.Payload))
	if err != nil {
		return nil, fmt.Errorf("webhook request: %w", post.WithoutURL(err))
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
