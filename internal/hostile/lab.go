package hostile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Host is the address on which every case is served: the one that a reader is allowed
// to ask.
const Host = "127.0.0.2"

// What a reader sends that is meant for the first origin alone.
const (
	Login     = "keeper:hunter2" // in the address of the cases that need one
	KeyHeader = "X-Feed-Key"     // a header of the feed's own, for every case
	KeyValue  = "sesame"
	ETag      = `"held"` // of the copy, where one is held
)

// A handler answers a request to a case.
type handler func(l *Lab, w http.ResponseWriter, r *http.Request)

// A wire speaks on a connection from which a request was read.
type wire func(conn net.Conn)

// Lab serves cases.
type Lab struct {
	urls      map[string]string // by case name
	canary    string            // host and port at 127.0.0.1, where nobody may ask
	elsewhere string            // host and port of another origin, which may be asked
	ca        authority
	servers   []io.Closer
	serving   sync.WaitGroup

	mu    sync.Mutex
	leaks []string
	conns map[net.Conn]bool // of wires; nil when closed
}

// Start serves cases until Close. It needs the loopback addresses 127.0.0.1 and Host.
func Start(cases []Case) (*Lab, error) {
	l := &Lab{urls: map[string]string{}, conns: map[net.Conn]bool{}}
	err := l.start(cases)
	if err != nil {
		l.Close()
		return nil, fmt.Errorf("start hostile lab: %w", err)
	}
	return l, nil
}

func (l *Lab) start(cases []Case) (err error) {
	if l.ca, err = newAuthority(); err != nil {
		return err
	}
	if l.canary, err = l.serve("127.0.0.1:0", l.chirp); err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(l.canary)
	if err != nil {
		return err
	}
	_, _ = l.serve("[::1]:"+port, l.chirp) // where there is no IPv6 nobody can ask it
	if l.elsewhere, err = l.serve(Host+":0", l.stranger); err != nil {
		return err
	}
	for _, c := range cases {
		if err := l.add(c); err != nil {
			return err
		}
	}
	return nil
}

// add serves a case.
func (l *Lab) add(c Case) error {
	if c.address != nil {
		l.urls[c.Name] = c.address(l)
		return nil
	}
	ln, err := net.Listen("tcp", Host+":0")
	if err != nil {
		return err
	}
	scheme := "http"
	if c.secure.set() {
		scheme = "https"
		if ln, err = l.ca.listen(ln, c.secure); err != nil {
			return err
		}
	}
	l.urls[c.Name] = scheme + "://" + ln.Addr().String() + "/" + c.Name
	if c.wire != nil {
		l.listen(ln, c.wire)
		return nil
	}
	l.run(ln, func(w http.ResponseWriter, r *http.Request) { c.handler(l, w, r) })
	return nil
}

// serve serves HTTP at an address and returns the address it got.
func (l *Lab) serve(at string, h http.HandlerFunc) (string, error) {
	ln, err := net.Listen("tcp", at)
	if err != nil {
		return "", err
	}
	l.run(ln, h)
	return ln.Addr().String(), nil
}

func (l *Lab) run(ln net.Listener, h http.HandlerFunc) {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	l.servers = append(l.servers, srv)
	l.serving.Go(func() { _ = srv.Serve(ln) }) // ends with Close
}

// listen hands every connection to w, once a request has come on it.
func (l *Lab) listen(ln net.Listener, w wire) {
	l.servers = append(l.servers, ln)
	l.serving.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return // closed
			}
			if l.hold(conn) {
				l.serving.Go(func() { l.speak(conn, w) })
			}
		}
	})
}

// hold keeps a connection so that Close can end it; after that it is ended at once.
func (l *Lab) hold(conn net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conns == nil {
		_ = conn.Close()
		return false
	}
	l.conns[conn] = true
	return true
}

func (l *Lab) speak(conn net.Conn, w wire) {
	defer func() {
		l.mu.Lock()
		delete(l.conns, conn)
		l.mu.Unlock()
		_ = conn.Close()
	}()
	if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil { // else TLS where none is spoken
		_ = r.Body.Close()
	}
	w(conn)
	if half, ok := conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		_, _ = io.Copy(io.Discard, conn) // until the reader closes: what was sent is not reset
	}
}

// chirp notes that the canary was asked.
func (l *Lab) chirp(w http.ResponseWriter, r *http.Request) {
	l.note(fmt.Sprintf("the canary was asked for %s", r.URL))
	_, _ = io.WriteString(w, rss(item("canary")))
}

// stranger is another origin: it may be asked, but not with what is meant for the first.
func (l *Lab) stranger(w http.ResponseWriter, r *http.Request) {
	for _, name := range []string{"Authorization", "Cookie", KeyHeader, "Referer"} {
		if v := r.Header.Get(name); v != "" {
			l.note(fmt.Sprintf("another origin was sent %s: %s", name, v))
		}
	}
	_, _ = io.WriteString(w, rss(item("elsewhere")))
}

func (l *Lab) note(leak string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leaks = append(l.leaks, leak)
}

// URL returns the address at which a case is asked.
func (l *Lab) URL(c Case) string { return l.urls[c.Name] }

// CA returns the certificate, in PEM, of the authority that signed what of the lab's
// certificates is sound.
func (l *Lab) CA() []byte { return slices.Clone(l.ca.pem) }

// Leaks returns what reached a place where it must not come.
func (l *Lab) Leaks() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.leaks)
}

// Close ends every server and connection and waits for them.
func (l *Lab) Close() {
	for _, s := range l.servers {
		if err := s.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			l.note("close: " + err.Error())
		}
	}
	l.mu.Lock()
	for conn := range l.conns {
		_ = conn.Close() // its wire ends with it
	}
	l.conns = nil
	l.mu.Unlock()
	l.serving.Wait()
}
