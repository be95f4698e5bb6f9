// Package chat delivers an edition as messages of a chat service: Slack, Mattermost,
// Discord, Teams, Telegram, ntfy and Matrix, each by one entry in the table of services.
//
// An edition is split between its stories and never inside one; a story that is longer
// than a message may be is cut, and says so with a link. All messages are composed once
// and stored as lines of JSON, one request body a line, so that a retry sends the same
// bytes, and only those that were not taken. Matrix knows a repeated message by its
// transaction; of the others a reader sees it by its part's number.
//
// What comes from feeds is escaped for each one's markup, mentions nobody and opens no
// link but its own. Limits are those that the services document, counted in the measure
// that is stricter where that is not clear. Answers are judged by deliver/post; what
// differs is in the table. Read Channel.Compose first, then services.
package chat

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"samur/internal/deliver"
	"samur/internal/deliver/post"
	"samur/internal/news"
)

// Options configure a Channel. Service and, by it, URL or Token and To are required.
type Options struct {
	Service   string
	URL       string         // the incoming webhook, which is secret; else the server, "" for the service's own
	Token     string         // of a bot or user; ntfy may go without
	To        []string       // chats, topics or rooms; none with an incoming webhook
	Allow     []netip.Prefix // private addresses that may be dialled
	Timeout   time.Duration  // of one message; 30 s when 0
	Pause     time.Duration  // between two messages of a delivery; 1 s when 0
	UserAgent string
	Now       func() time.Time
}

// Channel sends editions to one service.
type Channel struct {
	o      Options
	s      service
	client *http.Client
}

// New returns a channel of o.Service.
func New(o Options) (*Channel, error) {
	s, ok := services()[o.Service]
	if !ok {
		return nil, fmt.Errorf("chat channel: %q is no service", o.Service)
	}
	if o.URL == "" {
		o.URL = s.server
	}
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, fmt.Errorf("%s channel: the address must be an http or https one", o.Service)
	}
	if err := s.check(o); err != nil {
		return nil, fmt.Errorf("%s channel: %w", o.Service, err)
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Pause == 0 {
		o.Pause = time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Channel{o: o, s: s, client: post.NewClient(o.Allow, o.Timeout)}, nil
}

// Recipients returns the chats, topics or rooms; of an incoming webhook its host alone,
// because the rest of the address is its secret.
func (c *Channel) Recipients() []string {
	if c.s.hook {
		return []string{post.Host(c.o.URL)}
	}
	return c.o.To
}

// Host is where the deliveries go.
func (c *Channel) Host() string { return post.Host(c.o.URL) }

// Settings names the address and the token.
func (c *Channel) Settings() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q", c.o.Service, c.o.URL, c.o.Token)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Compose makes the messages, a line of JSON each.
func (c *Channel) Compose(e news.Edition, to news.Recipient) ([]byte, string, error) {
	b := briefOf(e)
	var out []byte
	for _, m := range split(b, func(m message) bool { m.to = to.To; return c.s.compose(m).fits() }) {
		m.to = to.To
		line, err := encode(c.s.compose(m).body)
		if err != nil {
			return nil, "", fmt.Errorf("compose for %s: %w", c.o.Service, err)
		}
		out = append(out, line...)
	}
	return out, c.mediaType(), nil
}

// mediaType names the form of the payloads with the service that takes them.
func (c *Channel) mediaType() string { return "application/x-ndjson; service=" + c.o.Service }

// encode returns v as one line of JSON with its end.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// briefOf returns the pieces of e; of one that has none those of its text.
func briefOf(e news.Edition) news.Brief {
	const longestTitle = 120
	b := e.Brief
	if len(b.Blocks) == 0 {
		b.Title = strings.Join(strings.Fields(e.Subject), " ")
		for paragraph := range strings.SplitSeq(strings.TrimSpace(string(e.Text)), "\n\n") {
			var block news.Block
			for line := range strings.SplitSeq(strings.TrimSpace(paragraph), "\n") {
				block.Lines = append(block.Lines, []news.Span{{Text: line}})
			}
			b.Blocks = append(b.Blocks, block)
		}
	}
	b.Title = shorten(b.Title, longestTitle)
	return b
}

// Parts returns the number of messages of d.
func (c *Channel) Parts(d news.Delivery) int {
	if d.MediaType != c.mediaType() {
		return 1 // Send refuses it
	}
	return bytes.Count(d.Payload, []byte("\n"))
}

// Send sends the message of d that is next.
func (c *Channel) Send(ctx context.Context, d news.Delivery) (string, error) {
	if d.MediaType != c.mediaType() {
		return "", deliver.Permanent(fmt.Errorf("the delivery was made when channel %q was of another kind (%s); drop it with: samur outbox drop %s", d.Channel, d.MediaType, d.ID))
	}
	lines := bytes.SplitAfter(d.Payload, []byte("\n"))
	if d.Taken >= len(lines)-1 {
		return "", deliver.Permanent(fmt.Errorf("the delivery has no message %d", d.Taken+1))
	}
	if d.Taken > 0 { // services take about one message a second
		if err := wait(ctx, c.o.Pause); err != nil {
			return "", err
		}
	}
	req, err := c.request(ctx, d, bytes.TrimSuffix(lines[d.Taken], []byte("\n")))
	if err != nil {
		return "", deliver.Permanent(err)
	}
	a, err := post.Do(c.client, req)
	if err != nil {
		return "", fmt.Errorf("post to %s: %w", d.Recipient, err)
	}
	return a.Words(), c.outcome(a)
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (c *Channel) request(ctx context.Context, d news.Delivery, body []byte) (*http.Request, error) {
	method, address := c.s.target(c.o, d)
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("request to %s: %w", c.o.Service, post.WithoutURL(err))
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", c.o.UserAgent)
	if c.s.bearer && c.o.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.o.Token)
	}
	return req, nil
}

// outcome judges an answer by the service's own words where it has some.
func (c *Channel) outcome(a post.Answer) error {
	err := a.Outcome(askedWait(a.Body), c.o.Now())
	if err != nil && slices.Contains(c.s.gone, a.Code) {
		return deliver.Gone(err)
	}
	return err
}

// askedWait reads how long a body asks to wait: seconds in Discord's retry_after and
// Telegram's parameters, milliseconds in Matrix's retry_after_ms.
func askedWait(body []byte) time.Duration {
	var said struct {
		RetryAfter   float64 `json:"retry_after"`
		RetryAfterMS float64 `json:"retry_after_ms"`
		Parameters   struct {
			RetryAfter float64 `json:"retry_after"`
		} `json:"parameters"`
	}
	if json.Unmarshal(body, &said) != nil {
		return 0 // no JSON, or cut short: the header may say it
	}
	const most = 7 * 24 * 3600.0
	return time.Duration(min(most, max(said.RetryAfter, said.Parameters.RetryAfter, said.RetryAfterMS/1000)) * float64(time.Second))
}

var (
	errToken = errors.New("no token; name its file in token_file")
	errTo    = errors.New("nobody to send to; set to")
)
