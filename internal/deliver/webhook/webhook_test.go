package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/webhook"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// receiver is a webhook receiver that plays a mode.
type receiver struct {
	mu   sync.Mutex
	mode delivertest.Mode
	got  []delivertest.Received
	head []http.Header
	code int // answers this when not 0
	to   string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return
	}
	r.mu.Lock()
	mode, code := r.mode, r.code
	if mode == delivertest.Accept || mode == delivertest.Dropped {
		r.got = append(r.got, delivertest.Received{ID: req.Header.Get("Webhook-Id"), Body: body})
		r.head = append(r.head, req.Header.Clone())
	}
	r.mu.Unlock()
	switch {
	case code != 0:
		w.Header().Set("Location", r.to)
		w.WriteHeader(code)
	case mode == delivertest.Busy:
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
	case mode == delivertest.Refuse:
		w.WriteHeader(http.StatusForbidden)
	case mode == delivertest.Hang:
		<-req.Context().Done()
	case mode == delivertest.Dropped:
		panic(http.ErrAbortHandler)
	default:
		fmt.Fprintln(w, "thank you")
	}
}

func open(t *testing.T, r *receiver, o webhook.Options) *webhook.Channel {
	t.Helper()
	srv := httptest.NewServer(r)
	t.Cleanup(srv.Close)
	o.URL, o.Allow, o.UserAgent = srv.URL+"/secret-path", loopback, "samur/test"
	c, err := webhook.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestChannel(t *testing.T) {
	delivertest.Run(t, func(t *testing.T) delivertest.Harness {
		r := &receiver{}
		return delivertest.Harness{
			Channel: open(t, r, webhook.Options{}),
			Set:     func(m delivertest.Mode) { r.mu.Lock(); r.mode = m; r.mu.Unlock() },
			Received: func() []delivertest.Received {
				r.mu.Lock()
				defer r.mu.Unlock()
				return r.got
			},
			Modes: []delivertest.Mode{delivertest.Busy, delivertest.Refuse, delivertest.Hang, delivertest.Dropped},
		}
	})
}

func TestSignature(t *testing.T) {
	key := []byte("0123456789abcdef")
	at := time.Unix(1772942400, 0)
	r := &receiver{}
	c := open(t, r, webhook.Options{
		Secrets: []string{"whsec_" + base64.StdEncoding.EncodeToString(key) + "\nsecond key\n"},
		Now:     func() time.Time { return at },
	})
	d := delivertest.Compose(t, c, delivertest.Edition())
	if _, err := c.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	head := r.head[0]
	sign := func(key []byte) string {
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%d.%s", d.ID, at.Unix(), d.Payload)
		return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	want := sign(key) + " " + sign([]byte("second key"))
	if got := head.Get("Webhook-Signature"); got != want {
		t.Errorf("Webhook-Signature = %q, want %q", got, want)
	}
	if got := head.Get("Webhook-Timestamp"); got != "1772942400" {
		t.Errorf("Webhook-Timestamp = %q", got)
	}
	if got := head.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type = %q", got)
	}
	if want := `{"type":"samur.digest.v1","timestamp":"2026-03-08T04:00:01Z","data":{"version":1}}`; string(r.got[0].Body) != want {
		t.Errorf("body = %s, want %s", r.got[0].Body, want)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	r := &receiver{code: http.StatusFound, to: "/elsewhere"}
	c := open(t, r, webhook.Options{})
	_, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
	if err == nil || !strings.Contains(err.Error(), "redirects are not followed") {
		t.Errorf("Send = %v, want a refusal of the redirect", err)
	}
	if len(r.got) != 1 {
		t.Errorf("receiver was asked %d times, want once", len(r.got))
	}
}

func TestPrivateAddressRefused(t *testing.T) {
	srv := httptest.NewServer(&receiver{})
	t.Cleanup(srv.Close)
	c, err := webhook.New(webhook.Options{URL: srv.URL + "/token-in-path"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
	if err == nil || !strings.Contains(err.Error(), "not a permitted destination") {
		t.Errorf("Send to loopback = %v, want a refusal", err)
	}
	if strings.Contains(fmt.Sprint(err), "token-in-path") {
		t.Errorf("error shows the path: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, tt := range []struct{ url, secret, want string }{
		{"ftp://example.org/", "", "http or https"},
		{"https:///x", "", "http or https"},
		{"https://example.org", "whsec_!!!", "not base64"},
	} {
		_, err := webhook.New(webhook.Options{URL: tt.url, Secrets: []string{tt.secret}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("New(%q) = %v, want an error with %q", tt.url, err, tt.want)
		}
	}
}
