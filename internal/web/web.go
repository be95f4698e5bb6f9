// Package web answers HTTP: plain pages for the readers of digests and for the
// keeper, probes for the service manager, metrics for Prometheus. It reads the same
// records as the commands. Only GET and HEAD are answered, and they change nothing.
//
// The pages ask for no password, so they belong on loopback or behind a proxy that
// does. What they promise: no script and no request to anyone else, enforced by the
// Content-Security-Policy; every word of a feed escaped, shortened and freed of
// control characters; links to http and https alone, which do not tell where the
// reader came from; no answer under a host name that is not ours, so that a foreign
// site cannot read the pages through a name of its own; bounded lists, with 500 feeds
// under 200 KB (TestSizeWith500Feeds). A panic ends its request and no more. The
// stored HTML of a digest is mail, its styles stand inline: that answer alone allows
// inline styles, and is sandboxed.
//
// Read Handler first, then status in status.go.
package web

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// Options configure Handler. Store and Logger are required.
type Options struct {
	Store   *store.Store
	Logger  *slog.Logger
	Now     func() time.Time // time.Now when nil
	Version string

	Metrics http.Handler       // answers /metrics; nil leaves it out
	Ready   func() error       // why the daemon is not ready, nil when it is; nil is always ready
	Feeds   func() []news.Feed // those configured; nil shows those ever polled
	Digests func() []Schedule  // those configured; nil is none

	// Atom makes the feed of digests, newest first; nil leaves /atom.xml out. self is
	// the address of the feed, base that of the site, both without a slash at the end;
	// base/digests/daily@2026-03-08T04:00:00Z leads to an edition.
	Atom func(ds []news.Digest, self, base string) ([]byte, error)

	// Stories makes the feed of the stories that ds tell, as Atom does; nil leaves
	// /stories.atom out.
	Stories func(ds []news.Digest, self, base string) ([]byte, error)

	// URL is the address under which readers know the pages: feeds link to it. When it
	// is "" they link to the name they were asked by. Its host need not be among Hosts.
	URL string

	// Hosts are the names, without port, under which a proxy or resolver makes the
	// pages known. localhost and addresses need not be named.
	Hosts []string
}

// Schedule says when a configured digest is made next.
type Schedule struct {
	Name string
	Next time.Time // zero when unknown
	Zone string    // IANA name that the digest's times are shown in
}

//go:embed assets
var assets embed.FS

// server is what the handlers share.
type server struct {
	o     Options
	pages map[string]*template.Template
}

// Handler returns the handler of all pages. Store and Logger are required.
func Handler(o Options) (http.Handler, error) {
	if o.Store == nil || o.Logger == nil {
		return nil, errors.New("web: store and logger are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if u, err := url.Parse(o.URL); err == nil && u.Hostname() != "" {
		o.Hosts = append(slices.Clone(o.Hosts), u.Hostname())
	}
	s := &server{o: o, pages: pages()}
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", s.status)
	mux.HandleFunc("/digests", s.digests)
	mux.HandleFunc("/digests/{slot}", s.bySlot)
	mux.HandleFunc("/digest", s.newest)
	mux.HandleFunc("/digest/{name}/{at}", s.edition)
	mux.HandleFunc("/healthz", s.healthz)
	mux.HandleFunc("/readyz", s.readyz)
	mux.HandleFunc("/style.css", s.asset("style.css", "text/css; charset=utf-8"))
	mux.HandleFunc("/icon.svg", s.asset("icon.svg", "image/svg+xml"))
	if o.Metrics != nil {
		mux.Handle("/metrics", o.Metrics)
	}
	if o.Atom != nil {
		mux.HandleFunc("/atom.xml", s.feed(o.Atom))
	}
	if o.Stories != nil {
		mux.HandleFunc("/stories.atom", s.feed(o.Stories))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.say(w, r, http.StatusNotFound, "Not found", "There is no such page.")
	})
	return s.guarded(mux), nil
}

// pages parses the templates: each page is the layout with its own "main".
func pages() map[string]*template.Template {
	set := map[string]*template.Template{}
	for _, name := range []string{"status", "digests", "message"} {
		set[name] = template.Must(template.ParseFS(assets, "assets/layout.html", "assets/"+name+".html"))
	}
	return set
}

// frame is what the layout needs, around the page's own data.
type frame struct {
	Title   string
	Path    string // of the request, to mark the current page
	Version string
	Atom    bool
	Stories bool
	Page    any
}

// render writes a page whole or, when its template fails, not at all.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, name, title string, page any) {
	var b bytes.Buffer
	f := frame{Title: title, Path: r.URL.Path, Version: s.o.Version, Atom: s.o.Atom != nil, Stories: s.o.Stories != nil, Page: page}
	if err := s.pages[name].ExecuteTemplate(&b, "layout", f); err != nil {
		s.o.Logger.Error("page not made", "url", r.URL.Path, "err", err)
		http.Error(w, "the page could not be made; the log says why", http.StatusInternalServerError)
		return
	}
	send(w, status, "text/html; charset=utf-8", b.Bytes())
}

// say answers with a page of one sentence.
func (s *server) say(w http.ResponseWriter, r *http.Request, status int, title, words string) {
	s.render(w, r, status, "message", title, words)
}

// fail answers a request that the store could not serve.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.o.Logger.Error("page not made", "url", r.URL.Path, "err", err)
	s.say(w, r, http.StatusInternalServerError, "Not readable", "The store could not be read; the log says why.")
}

// send writes a whole answer. An error means that the reader left.
func send(w http.ResponseWriter, status int, mediaType string, body []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// asset answers with an embedded file.
func (s *server) asset(name, mediaType string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := assets.ReadFile("assets/" + name)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		w.Header().Set("Cache-Control", "private, max-age=300")
		send(w, http.StatusOK, mediaType, body)
	}
}
