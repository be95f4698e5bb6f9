package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// round is what the server has to offer: which entries, and under which validators.
type round struct {
	head  int       // number of the oldest entry of every document
	bare  bool      // no validators, and none are looked at
	stamp time.Time // when the documents say that they were made
}

// etag names the state of all documents of a round.
func (r round) etag() string { return fmt.Sprintf(`"%d-%d"`, r.head, r.stamp.Unix()) }

// page is a document ready to be sent.
type page struct {
	zipped      []byte
	contentType string
}

// server sends the feeds from as many loopback addresses as asked. What it sends is
// made before a round begins, so that its own work is little beside that of a client.
type server struct {
	press *press
	feeds int
	hosts []string // address and port of each

	now    atomic.Pointer[offer]
	asked  atomic.Int64 // requests since the round began
	opened atomic.Int64 // connections since the round began
	stop   func()       // ends the server
}

// offer is a round with its documents, by feed.
type offer struct {
	round
	pages []page
}

// serve starts a server on 127.0.0.1 and the addresses after it, all on one port.
func serve(p *press, feeds, hosts int) (*server, error) {
	s := &server{press: p, feeds: feeds}
	web := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ConnState: func(_ net.Conn, st http.ConnState) {
		if st == http.StateNew {
			s.opened.Add(1)
		}
	}}
	s.stop = func() { _ = web.Close() } // the process ends with it
	var listeners []net.Listener
	var err error
	for range 10 { // another program may have the port on one of the addresses
		if listeners, err = listen(hosts); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	for _, l := range listeners {
		s.hosts = append(s.hosts, l.Addr().String())
		go func() { _ = web.Serve(l) }() // ends when the server is closed
	}
	return s, nil
}

// listen takes one port on 127.0.0.1 and the addresses after it.
func listen(hosts int) (ls []net.Listener, err error) {
	port := "0"
	for i := range hosts {
		l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", fmt.Sprintf("127.0.0.%d:%s", 1+i, port))
		if err != nil {
			for _, l := range ls {
				err = errors.Join(err, l.Close())
			}
			return nil, fmt.Errorf("listen on loopback address %d of %d: %w; only Linux has them all, give -hosts 1 elsewhere", 1+i, hosts, err)
		}
		if _, port, err = net.SplitHostPort(l.Addr().String()); err != nil {
			return nil, err
		}
		ls = append(ls, l)
	}
	return ls, nil
}

// url is the address of feed i.
func (s *server) url(i int) string {
	return fmt.Sprintf("http://%s/feed/%d", s.hosts[i%len(s.hosts)], i)
}

// turn makes the documents of a round and offers them from now on.
func (s *server) turn(r round) error {
	if old := s.now.Load(); old == nil || old.head != r.head || !old.stamp.Equal(r.stamp) {
		pages, err := s.print(r)
		if err != nil {
			return err
		}
		s.now.Store(&offer{r, pages})
	} else {
		s.now.Store(&offer{r, old.pages})
	}
	s.asked.Store(0)
	s.opened.Store(0)
	return nil
}

// print makes the documents of all feeds, as many at once as there are processors.
func (s *server) print(r round) ([]page, error) {
	pages := make([]page, s.feeds)
	errs := make([]error, 4)
	var wg sync.WaitGroup
	for w := range errs {
		wg.Go(func() {
			for i := w; i < s.feeds && errs[w] == nil; i += len(errs) {
				body, contentType := s.press.document(i, r.head, r.stamp)
				pages[i].contentType = contentType
				pages[i].zipped, errs[w] = zip(body)
			}
		})
	}
	wg.Wait()
	return pages, errors.Join(errs...)
}

func zip(body []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ServeHTTP implements http.Handler.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	o := s.now.Load()
	i, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/feed/"))
	if err != nil || i < 0 || i >= len(o.pages) {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	if !o.bare {
		h.Set("Etag", o.etag())
		h.Set("Last-Modified", o.stamp.UTC().Format(http.TimeFormat))
		if r.Header.Get("If-None-Match") == o.etag() {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		http.Error(w, "only sent as gzip", http.StatusNotAcceptable)
		return
	}
	h.Set("Content-Type", o.pages[i].contentType)
	h.Set("Content-Encoding", "gzip")
	h.Set("Content-Length", strconv.Itoa(len(o.pages[i].zipped)))
	_, _ = w.Write(o.pages[i].zipped) // a client that went away is its own loss
}
