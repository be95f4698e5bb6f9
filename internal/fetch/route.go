package fetch

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"code.dny.dev/ssrf"

	"samur/internal/news"
)

var (
	errProxy       = errors.New("proxy")
	errCertificate = errors.New("certificate")
)

// maxRoutes bounds the transports of a Client beside the direct one. A config names
// a few; beyond the bound the one used longest ago gives up its connections.
const maxRoutes = 64

// handshake bounds the handshakes with a server and with a proxy.
const handshake = 10 * time.Second

// routes are the transports of a Client, one for each Route that was asked for.
type routes struct {
	o     Options
	guard *ssrf.Guardian

	mu   sync.Mutex
	kept []route // the one used last stands last
}

// route is a transport and what it was made for.
type route struct {
	way       news.Route
	transport *http.Transport
}

// transport returns the transport for a way, made when it is first asked for.
func (r *routes) transport(way news.Route) (*http.Transport, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.IndexFunc(r.kept, func(k route) bool { return k.way == way }); i >= 0 {
		used := r.kept[i]
		r.kept = append(slices.Delete(r.kept, i, i+1), used)
		return used.transport, nil
	}
	t, err := newTransport(r.o, r.guard, way)
	if err != nil {
		return nil, err
	}
	if len(r.kept) == maxRoutes {
		r.kept[0].transport.CloseIdleConnections() // those in use end by themselves when idle
		r.kept = slices.Delete(r.kept, 0, 1)
	}
	r.kept = append(r.kept, route{way, t})
	return t, nil
}

// close gives back the connections that are kept open.
func (r *routes) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, k := range r.kept {
		k.transport.CloseIdleConnections()
	}
}

// newTransport returns a transport for a way. Without a proxy it connects to public
// addresses and to those in o.Allow: the guard looks at the address that is being
// dialled, after DNS, so that a name which resolves to a private address is refused
// as the address itself is. With a proxy it connects to the proxy alone, wherever
// that stands.
func newTransport(o Options, guard *ssrf.Guardian, way news.Route) (*http.Transport, error) {
	trust, err := trusted(way)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Control: guard.Safe}
	t := &http.Transport{
		Proxy:                  nil, // that of the environment would dial what the guard refuses
		DialContext:            dialer.DialContext,
		TLSClientConfig:        trust,
		TLSHandshakeTimeout:    handshake,
		ResponseHeaderTimeout:  o.HeaderTimeout,
		MaxResponseHeaderBytes: o.MaxHeaderBytes,
		MaxIdleConns:           256, // some times as many sites as are asked at once: those that are through are asked again in an hour
		WriteBufferSize:        1 << 10,
		ReadBufferSize:         2 << 10, // for headers: a body is read past it
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
		DisableCompression:     true, // decompressed here, where it is bounded
		ForceAttemptHTTP2:      true,
	}
	if way.Proxy != "" {
		err = throughProxy(t, way)
	}
	return t, err
}

// trusted returns whom a way trusts, and whom it says we are.
func trusted(way news.Route) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: way.Insecure} //nolint:gosec // the keeper's word
	if way.CA != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool() // a machine without any trusts what it was given
		}
		if !pool.AppendCertsFromPEM([]byte(way.CA)) {
			return nil, fmt.Errorf("%w: no authority in the PEM that was given", errCertificate)
		}
		c.RootCAs = pool
	}
	if way.Cert != "" {
		pair, err := tls.X509KeyPair([]byte(way.Cert), []byte(way.Key))
		if err != nil {
			return nil, fmt.Errorf("%w: ours and its key: %w", errCertificate, err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// throughProxy has t ask the proxy of a way for everything. The connection to an
// https proxy is secured here and not by net/http, which would show our certificate
// to the proxy and take any of the proxy's where the feed's server may have any.
func throughProxy(t *http.Transport, way news.Route) error {
	p, err := url.Parse(way.Proxy)
	port := map[string]string{"http": "80", "https": "443", "socks5": "1080"}[schemeOf(p)]
	if err != nil || p.Hostname() == "" || port == "" {
		return fmt.Errorf("%w: the proxy's is not one of http, https or socks5", errAddress)
	}
	at := net.JoinHostPort(p.Hostname(), cmp.Or(p.Port(), port))
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	secure := p.Scheme == "https"
	tlsOfProxy := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: t.TLSClientConfig.RootCAs, ServerName: p.Hostname()}
	t.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, at)
		if err != nil || !secure {
			return conn, err
		}
		ctx, cancel := context.WithTimeout(ctx, handshake)
		defer cancel()
		c := tls.Client(conn, tlsOfProxy)
		if err := c.HandshakeContext(ctx); err != nil {
			_ = conn.Close() // it came to nothing
			return nil, fmt.Errorf("%w: %w", errProxy, err)
		}
		return c, nil
	}
	asked := &url.URL{Scheme: p.Scheme, Host: at}
	if secure {
		asked.Scheme = "http" // within the connection that DialContext has secured
	}
	if way.ProxyUsername != "" {
		asked.User = url.UserPassword(way.ProxyUsername, way.ProxyPassword)
	}
	t.Proxy = http.ProxyURL(asked)
	t.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
		if answer.StatusCode == http.StatusOK {
			return nil
		}
		return fmt.Errorf("%w: %w", errProxy, refusal(answer.StatusCode))
	}
	return nil
}

// refusal is what a proxy's own answer means.
func refusal(status int) error {
	if status == http.StatusProxyAuthRequired {
		return errors.New("answers 407, it wants a login; check proxy_username and its password")
	}
	return fmt.Errorf("answers %d", status)
}

func schemeOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Scheme
}
