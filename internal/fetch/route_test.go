package fetch

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// authority is a certificate authority of a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  string
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return authority{cert, key, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))}
}

// issue returns a certificate for name, and its key, in PEM.
func (a authority) issue(t *testing.T, name string) (certPEM, keyPEM string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}))
}

// secured starts a TLS server for name with a certificate of a; clients says whether
// it asks for theirs.
func (a authority) secured(t *testing.T, name string, clients tls.ClientAuthType, h http.Handler) *httptest.Server {
	t.Helper()
	cert, key := a.issue(t, name)
	pair, err := tls.X509KeyPair([]byte(cert), []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, ClientAuth: clients, ClientCAs: pool}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func ok(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }

// via asks for a URL in a way.
func via(t *testing.T, o Options, address string, way news.Route) error {
	t.Helper()
	got, err := client(t, o).Get(t.Context(), Request{URL: address, Access: news.Access{Route: way}})
	if err == nil && string(got.Body) != "ok" {
		t.Errorf("Get(%q) = %q, want ok", address, got.Body)
	}
	return err
}

func TestRouteTrust(t *testing.T) {
	home, other := newAuthority(t), newAuthority(t)
	s := home.secured(t, "feeds.example", tls.NoClientCert, http.HandlerFunc(ok))
	tests := []struct {
		name  string
		way   news.Route
		cause news.Cause
	}{
		{"the system's authorities", news.Route{}, news.CauseTLS},
		{"the server's own", news.Route{CA: home.pem}, ""},
		{"another's", news.Route{CA: other.pem}, news.CauseTLS},
		{"both", news.Route{CA: other.pem + home.pem}, ""},
		{"any", news.Route{Insecure: true}, ""},
		{"an authority that is none", news.Route{CA: "words"}, news.CauseTLS},
		{"a certificate without key", news.Route{CA: home.pem, Cert: home.pem}, news.CauseTLS},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := via(t, Options{}, s.URL, tt.way)
			if tt.cause != "" {
				wantCause(t, err, tt.cause, 0)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestClientCertificateStaysAtHome(t *testing.T) {
	a := newAuthority(t)
	cert, key := a.issue(t, "samur")
	var shown atomic.Bool
	other := a.secured(t, "other.example", tls.RequestClientCert, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown.Store(len(r.TLS.PeerCertificates) > 0)
		ok(w, r)
	}))
	home := a.secured(t, "home.example", tls.RequireAndVerifyClientCert, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, other.URL, http.StatusFound)
			return
		}
		ok(w, r)
	}))
	wantCause(t, via(t, Options{}, home.URL, news.Route{CA: a.pem}), news.CauseTLS, 0)
	way := news.Route{CA: a.pem, Cert: cert, Key: key}
	for _, path := range []string{"/", "/away"} {
		if err := via(t, Options{}, home.URL+path, way); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if shown.Load() {
		t.Error("the client certificate was shown to another origin")
	}
}

func TestBasicAuthentication(t *testing.T) {
	var leaked atomic.Bool
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		leaked.Store(r.Header.Get("Authorization") != "")
		ok(w, r)
	})
	home := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "reader" || password != "hunter2" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		http.Redirect(w, r, other.URL, http.StatusFound)
	})
	c := client(t, Options{})
	_, err := c.Get(t.Context(), Request{URL: home.URL, Access: news.Access{Username: "reader", Password: "wrong-one"}})
	if e := wantCause(t, err, news.CauseStatus, 401); strings.Contains(e.Error(), "wrong-one") {
		t.Errorf("the error shows the password: %v", e)
	}
	if _, err := c.Get(t.Context(), Request{URL: home.URL, Access: news.Access{Username: "reader", Password: "hunter2"}}); err != nil {
		t.Error(err)
	}
	if leaked.Load() {
		t.Error("the password went to another origin")
	}
}

// TestProxy holds that each kind of proxy is asked for everything, with its own
// credentials, which the server behind it does not see.
func TestProxy(t *testing.T) {
	a := newAuthority(t)
	cert, key := a.issue(t, "samur")
	seen := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") != "" {
			t.Error("the server saw the proxy's credentials")
		}
		ok(w, r)
	}
	plain := serve(t, seen)
	secure := a.secured(t, "feeds.example", tls.RequireAndVerifyClientCert, http.HandlerFunc(seen))
	kinds := map[string]func(*testing.T, *proxy) string{
		"http":   func(t *testing.T, p *proxy) string { return p.serveProxy(t) },
		"socks5": func(t *testing.T, p *proxy) string { return "socks5://" + p.socks(t) },
		"https": func(t *testing.T, p *proxy) string {
			s := a.secured(t, "127.0.0.1", tls.RequestClientCert, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if len(r.TLS.PeerCertificates) > 0 {
					t.Error("the proxy was shown the feed's client certificate")
				}
				p.ServeHTTP(w, r)
			}))
			return s.URL
		},
	}
	targets := []struct{ url, leads, http, socks string }{
		{"http://feeds.example/rss", plain.Listener.Addr().String(), "GET feeds.example", "feeds.example:80"},
		{"https://feeds.example/rss", secure.Listener.Addr().String(), "CONNECT feeds.example:443", "feeds.example:443"},
	}
	for kind, start := range kinds {
		for _, target := range targets {
			t.Run(kind+" to "+target.url, func(t *testing.T) {
				p := &proxy{login: "keeper:hunter2", leads: target.leads}
				way := news.Route{
					Proxy: start(t, p), ProxyUsername: "keeper", ProxyPassword: "hunter2", CA: a.pem, Cert: cert, Key: key,
				}
				if err := via(t, Options{Allow: []netip.Prefix{}}, target.url, way); err != nil {
					t.Fatal(err)
				}
				want := target.http
				if kind == "socks5" {
					want = target.socks
				}
				if diff := cmp.Diff([]string{want}, p.requests()); diff != "" {
					t.Errorf("the proxy was asked (-want +got):\n%s", diff)
				}
				way.ProxyPassword = "wrong-one"
				err := via(t, Options{}, target.url, way)
				if err == nil || strings.Contains(err.Error(), "wrong-one") || strings.Contains(err.Error(), "keeper") {
					t.Errorf("with a wrong password: %v, want an error without credentials", err)
				}
				if kind != "socks5" && !strings.Contains(err.Error(), "proxy_username") {
					t.Errorf("with a wrong password: %v, want an error that says what to check", err)
				}
			})
		}
	}
}

// TestProxyIsChecked holds that an https proxy must prove itself although any
// certificate of the feed's server is taken.
func TestProxyIsChecked(t *testing.T) {
	a := newAuthority(t)
	s := a.secured(t, "127.0.0.1", tls.NoClientCert, &proxy{})
	err := via(t, Options{}, "http://feeds.example/", news.Route{Proxy: s.URL, Insecure: true})
	wantCause(t, err, news.CauseTLS, 0)
}

func TestProxyCannotBeUsed(t *testing.T) {
	for _, address := range []string{"ftp://127.0.0.1/", "http://", "127.0.0.1:80", "socks5://[::1"} {
		wantCause(t, via(t, Options{}, "http://feeds.example/", news.Route{Proxy: address}), news.CauseRefused, 0)
	}
	err := via(t, Options{}, "http://feeds.example/", news.Route{Proxy: "http://127.0.0.1:1", ProxyUsername: "keeper", ProxyPassword: "hunter2"})
	if e := wantCause(t, err, news.CauseConnect, 0); strings.Contains(e.Error(), "hunter2") {
		t.Errorf("the error shows the proxy's password: %v", e)
	}
	busy := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	err = via(t, Options{}, "https://feeds.example/", news.Route{Proxy: busy.URL})
	if e := wantCause(t, err, news.CauseConnect, 0); !strings.Contains(e.Error(), "proxy: answers 502") {
		t.Errorf("error = %v, want the proxy's status in it", e)
	}
}

// TestProxyIsNotAskedForPrivateAddresses holds that what is private as it is written
// is refused on the way through a proxy, at the first hop and behind a redirect.
func TestProxyIsNotAskedForPrivateAddresses(t *testing.T) {
	hosts := []string{
		"127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[fe80::1%25eth0]", "localhost", "LOCALHOST.", "a.localhost",
		"localhost.localdomain", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "１２７.0.0.1", "127。0。0。1", "ｌocalhost", "12\u00ad7.0.0.1",
	}
	to := ""
	turn := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	})
	for _, host := range hosts {
		t.Run(host, func(t *testing.T) {
			p := &proxy{leads: turn.Listener.Addr().String()}
			way := news.Route{Proxy: p.serveProxy(t)}
			to = "http://" + host + "/"
			wantCause(t, via(t, Options{Allow: []netip.Prefix{}}, to, way), news.CauseRefused, 0)
			if got := p.requests(); len(got) > 0 {
				t.Errorf("the proxy was asked for %v", got)
			}
			wantCause(t, via(t, Options{Allow: []netip.Prefix{}}, "http://feeds.example/", way), news.CauseRefused, 0)
			if got, want := p.requests(), []string{"GET feeds.example"}; !slices.Equal(got, want) {
				t.Errorf("the proxy was asked for %v, want %v", got, want)
			}
		})
	}
}

func TestProxyIsAskedForPublicNames(t *testing.T) {
	plain := serve(t, ok)
	for _, host := range []string{"feeds.example", "93.184.215.14", "[2606:2800:21f:cb07::1]", "пример.example", "3.example", "İctimai.example", "10.1.2.3"} {
		t.Run(host, func(t *testing.T) {
			p := &proxy{leads: plain.Listener.Addr().String()}
			o := Options{Allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}}
			if err := via(t, o, "http://"+host+"/", news.Route{Proxy: p.serveProxy(t)}); err != nil {
				t.Error(err)
			}
			if got := p.requests(); len(got) != 1 {
				t.Errorf("the proxy was asked for %v, want one request", got)
			}
		})
	}
}

// TestRoutesShareConnections holds that requests of equal ways use one connection,
// that those of different ways do not, and that few transports are kept.
func TestRoutesShareConnections(t *testing.T) {
	var conns atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(ok))
	s.Config.ConnState = func(_ net.Conn, st http.ConnState) {
		if st == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	c := client(t, Options{})
	get := func(ca string) {
		t.Helper()
		if _, err := c.Get(t.Context(), Request{URL: s.URL, Access: news.Access{Route: news.Route{CA: ca}}}); err != nil {
			t.Fatal(err)
		}
	}
	a, b := newAuthority(t).pem, newAuthority(t).pem
	for range 3 {
		get(a)
		get(b)
		get("")
	}
	if n := conns.Load(); n != 3 {
		t.Errorf("3 ways used %d connections, want 3", n)
	}
	for i := range maxRoutes + 5 {
		get(strings.Repeat("\n", i) + a)
	}
	if n := len(c.routes.kept); n != maxRoutes {
		t.Errorf("%d transports are kept, want %d", n, maxRoutes)
	}
}

// TestGetForAnotherHome holds what a request may ask for beside its address: that what
// is secret goes to another origin than its own, the kinds of documents, a smaller
// limit, and a word on redirects.
func TestGetForAnotherHome(t *testing.T) {
	secret := func(r *http.Request) bool {
		_, _, basic := r.BasicAuth()
		return basic || r.Header.Get("X-Key") != ""
	}
	page := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if secret(r) {
			t.Error("secrets went to another origin than home")
		}
		if got := r.Header.Get("Accept"); got != "text/html" {
			t.Errorf("Accept = %q, want text/html", got)
		}
		_, _ = io.WriteString(w, "ok")
	})
	home := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !secret(r) {
			t.Error("secrets did not go home")
		}
		http.Redirect(w, r, page.URL, http.StatusFound)
	})
	r := Request{URL: page.URL, Home: home.URL, Accept: "text/html", Access: news.Access{Username: "u", Password: "p", Header: map[string]string{"X-Key": "k"}}}
	c := client(t, Options{})
	if _, err := c.Get(t.Context(), r); err != nil {
		t.Error(err)
	}
	r.URL = home.URL
	var followed []string
	r.Follow = func(_ context.Context, to *url.URL) error {
		followed = append(followed, to.String())
		return nil
	}
	if _, err := c.Get(t.Context(), r); err != nil || !slices.Equal(followed, []string{page.URL}) {
		t.Errorf("Get = %v, Follow was asked about %v, want %v", err, followed, page.URL)
	}
	no := errors.New("not there")
	r.Follow = func(context.Context, *url.URL) error { return no }
	_, err := c.Get(t.Context(), r)
	if wantCause(t, err, news.CauseRedirect, 302); !errors.Is(err, no) {
		t.Errorf("Get = %v, want the reason of Follow", err)
	}
	_, err = c.Get(t.Context(), Request{URL: page.URL, Accept: "text/html", MaxBytes: 1})
	wantCause(t, err, news.CauseTooLarge, 200)
	_, err = c.Get(t.Context(), Request{URL: page.URL, Home: "not an address"})
	wantCause(t, err, news.CauseRefused, 0)
}

func TestAsciiForm(t *testing.T) {
	for _, tt := range []struct{ host, want string }{
		{"Feeds.Example.", "feeds.example"},
		{"１２７。０．０｡１", "127.0.0.1"},
		{"loc\u200balhost", "localhost"},
		{"пример.рф", "пример.рф"},
	} {
		if got := asciiForm(tt.host); got != tt.want {
			t.Errorf("asciiForm(%q) = %q, want %q", tt.host, got, tt.want)
		}
	}
}

// FuzzBeyondProxy holds that no way to write a private address or localhost, as
// net/http writes it for a proxy, gets by.
func FuzzBeyondProxy(f *testing.F) {
	for _, host := range []string{"127.0.0.1", "localhost", "１２７.0.0.1", "a.example", "[::1]", "2130706433", "ⓛocalhost", "127.0.0.1．"} {
		f.Add(host)
	}
	guard := newGuard(nil)
	f.Fuzz(func(t *testing.T, host string) {
		u, err := url.Parse("http://" + host + "/")
		if err != nil || u.Hostname() == "" || beyondProxy(guard, u.Hostname()) != nil {
			return
		}
		req := &http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: http.Header{}}
		var wire strings.Builder
		if req.WriteProxy(&wire) != nil {
			return // net/http does not send it either
		}
		_, rest, _ := strings.Cut(wire.String(), "\r\nHost: ")
		sent, _, _ := strings.Cut(rest, "\r\n")
		if h, _, err := net.SplitHostPort(sent); err == nil {
			sent = h
		}
		sent = strings.Trim(sent, "[]")
		a, err := netip.ParseAddr(strings.TrimSuffix(sent, "."))
		if sent == "localhost" || err == nil && guard.SafeAddr(a) != nil {
			t.Errorf("the proxy would be asked for %q", sent)
		}
	})
}

// TestConnectionClosedBeforeAnswer closes a connection between the moment when it is put
// aside and the one when its answer, which has no body, is handed over.
func TestConnectionClosedBeforeAnswer(t *testing.T) {
	var asked atomic.Int64
	over := make(chan struct{}) // the answer is lost: it is asked for again, or never
	end := sync.OnceFunc(func() { close(over) })
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 2 {
			end()
		}
		w.WriteHeader(http.StatusNotModified)
	}))
	defer srv.Close()
	c := client(t, Options{})
	aside := func(error) {
		if asked.Load() == 1 {
			c.routes.close()
			<-over
		}
	}
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{PutIdleConn: aside})
	resp, err := c.Get(ctx, Request{URL: srv.URL, ETag: `"1"`})
	end()
	if err != nil || !resp.NotModified {
		t.Errorf("Get = %+v, %v; want the answer, that nothing is new", resp, err)
	}
	if n := asked.Load(); n != 2 {
		t.Errorf("asked %d times, want 2", n)
	}
}
