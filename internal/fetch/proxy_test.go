package fetch

import (
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
)

// proxy is a proxy on loopback: HTTP with CONNECT, or SOCKS5. It leads every name to
// one address, as a proxy resolves names in its own way.
type proxy struct {
	login string // "user:password" it wants, "" for none
	leads string // host:port that everything leads to

	mu    sync.Mutex
	asked []string // what it was asked for
	seen  []string // the credentials it was shown
}

func (p *proxy) note(target, login string) (allowed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked, p.seen = append(p.asked, target), append(p.seen, login)
	return login == p.login
}

// requests returns what was asked for so far.
func (p *proxy) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.asked...)
}

// ServeHTTP makes p an HTTP proxy.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !p.note(r.Method+" "+r.URL.Host, basic(r.Header.Get("Proxy-Authorization"))) {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	if r.Method == http.MethodConnect {
		there, err := net.Dial("tcp", p.leads)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			_ = there.Close()
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		join(here, there)
		return
	}
	r.URL.Host = p.leads
	r.RequestURI = ""
	r.Header.Del("Proxy-Authorization")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	for k, v := range resp.Header {
		w.Header()[k] = v
	}
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body)
}

// basic returns "user:password" of a header of basic authentication.
func basic(header string) string {
	if len(header) < 6 {
		return ""
	}
	text, err := base64.StdEncoding.DecodeString(header[6:])
	if err != nil {
		return "unreadable"
	}
	return string(text)
}

// join copies both ways until both ends are done.
func join(a, b net.Conn) {
	var wg sync.WaitGroup
	for _, pair := range [][2]net.Conn{{a, b}, {b, a}} {
		wg.Go(func() {
			_, _ = io.Copy(pair[0], pair[1])
			_ = pair[0].Close()
		})
	}
	wg.Wait()
}

// socks serves p as a SOCKS5 proxy (RFC 1928, RFC 1929) and returns its address.
func (p *proxy) socks(t *testing.T) string {
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
			go p.serveSocks(conn)
		}
	}()
	return l.Addr().String()
}

func (p *proxy) serveSocks(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	read := func(n byte) string {
		b := make([]byte, n)
		_, _ = io.ReadFull(conn, b) // a short read gives zeros, which no test asks for
		return string(b)
	}
	short := func() string { return read(read(1)[0]) }
	read(1) // version
	login := ""
	if short(); p.login == "" {
		_, _ = conn.Write([]byte{5, 0})
	} else {
		_, _ = conn.Write([]byte{5, 2})
		read(1)
		login = short()
		login += ":" + short()
	}
	if p.login != "" && login != p.login {
		p.note("refused", login)
		_, _ = conn.Write([]byte{1, 1})
		return
	} else if p.login != "" {
		_, _ = conn.Write([]byte{1, 0})
	}
	head := read(4) // version, connect, 0, kind of address
	host := ""
	switch head[3] {
	case 3:
		host = short()
	case 1:
		host = net.IP(read(4)).String()
	default:
		host = net.IP(read(16)).String()
	}
	port := read(2)
	p.note(net.JoinHostPort(host, strconv.Itoa(int(port[0])<<8|int(port[1]))), login)
	there, err := net.Dial("tcp", p.leads)
	if err != nil {
		return
	}
	_, _ = conn.Write([]byte{5, 0, 0, 1, 127, 0, 0, 1, 0, 80})
	join(conn, there)
}

// serveProxy starts p as an HTTP proxy and returns its address.
func (p *proxy) serveProxy(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	return s.URL
}
