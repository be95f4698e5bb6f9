// Package web answers HTTP: pages for the readers of digests and for the keeper, an
// API for programs, probes for the service manager, metrics for Prometheus. It reads
// the same records as the commands. Nothing is changed but by an answer to "why not",
// which teaches the classifier, and only where Options.Write allows it.
//
// What the pages promise: no script and no request to anyone else, enforced by the
// Content-Security-Policy; every word of a feed escaped, shortened and freed of
// control characters; links to http and https alone, which do not tell where the
// reader came from; no answer under a host name that is not ours, so that a foreign
// site cannot read the pages through a name of its own; nothing to a stranger where a
// password is set; every list bounded, so that no page is larger than 200 KB nor slow
// for the size of the archive (TestPageSizes, BenchmarkPages). A panic ends its request
// and no more. The stored HTML of a digest is mail, its styles stand inline: that answer
// alone allows inline styles, and is sandboxed.
//
// A page is a file of its own: what it shows, and how that is gathered. Read New
// first, then view in view.go, then today.go.
package web

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"samur/internal/classify"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/store"
)

// Options configure New. Store and Logger are required.
type Options struct {
	Store   *store.Store
	Logger  *slog.Logger
	Now     func() time.Time // time.Now when nil
	Version string

	Metrics http.Handler       // answers /metrics; nil leaves it out
	Ready   func() error       // why the daemon is not ready, nil when it is; nil is always ready
	Feeds   func() []news.Feed // those configured; nil shows those ever polled
	Digests func() []Schedule  // those configured; nil is none

	// Read returns what texts are read with, the classifier with all that people have
	// answered. Search, topics and answers need it; nil leaves them out.
	Read func() (*lexicon.Lexicon, *classify.Classifier, error)
	// Seeds returns the figures of the seed documents, which begin every series.
	Seeds func() ([]news.FigurePoint, error)

	// Atom makes the feed of digests, newest first; nil leaves /atom.xml out. self is
	// the address of the feed, base that of the site, both without a slash at the end;
	// base/digests/daily@2026-03-08T04:00:00Z leads to an edition.
	Atom func(ds []news.Digest, self, base string) ([]byte, error)

	// Stories makes the feed of the stories that ds tell, as Atom does; nil leaves
	// /stories.atom out.
	Stories func(ds []news.Digest, self, base string) ([]byte, error)

	// URL is the address under which readers know the pages: feeds link to it, and all
	// links of pages have its path before them. When it is "" feeds link to the name they
	// were asked by. Its host need not be among Hosts.
	URL string

	// Hosts are the names, without port, under which a proxy or resolver makes the
	// pages known. localhost and addresses need not be named.
	Hosts []string

	// Password, when not empty, is asked of every reader but the probes: as the password
	// of any name, or as a bearer token.
	Password string
	// UserHeader names the header in which a proxy says who asks, "" for none. It is
	// believed of peers in Proxies, and where it is set nobody else is answered.
	UserHeader string
	Proxies    []netip.Prefix
	// Write lets readers answer whether a rejected item is relevant.
	Write bool
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
	o       Options
	pages   map[string]*template.Template
	peers   *peers
	volumes *volumes
	prefix  string            // before the path of every link, "" or /samur
	files   map[string][]byte // assets answered as they are
	named   map[string]string // of each, what names its content
}

// Handlers answer the same requests, and share what they remember.
type Handlers struct {
	Public http.Handler // for whoever can reach the address of the pages
	// Local is for a socket that lets nobody in who may not ask: it knows neither
	// password nor names nor limits.
	Local http.Handler
	// Warm makes ready what takes a moment in a large archive, so that the first reader
	// of it does not wait. It ends early when the store is closed.
	Warm func() error
}

// New returns the handlers of all pages. Store and Logger are required.
func New(o Options) (Handlers, error) {
	if o.Store == nil || o.Logger == nil {
		return Handlers{}, errors.New("web: store and logger are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if u, err := url.Parse(o.URL); err == nil && u.Hostname() != "" {
		o.Hosts = append(slices.Clone(o.Hosts), u.Hostname())
	}
	s := &server{o: o, pages: pages(), peers: newPeers(), volumes: newVolumes(), prefix: prefixOf(o.URL)}
	if err := s.readAssets(); err != nil {
		return Handlers{}, err
	}
	mux := http.NewServeMux()
	s.readerPages(mux)
	s.keeperPages(mux)
	s.programs(mux)
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.HandleFunc("GET /style.css", s.asset("style.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /icon.svg", s.asset("icon.svg", "image/svg+xml"))
	if o.Metrics != nil {
		mux.Handle("GET /metrics", o.Metrics)
	}
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		v := s.view(r)
		s.missing(w, v, v.W.NoSuchPage)
	})
	anybody := func(http.ResponseWriter, *http.Request) bool { return true }
	return Handlers{Public: s.under(s.guarded(mux, s.admitted)), Local: s.under(s.guarded(mux, anybody)), Warm: s.warm}, nil
}

// readerPages are those that tell the news.
func (s *server) readerPages(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", s.today)
	mux.HandleFunc("GET /day/{date}", s.day)
	mux.HandleFunc("GET /digests", s.digests)
	mux.HandleFunc("GET /digests/{slot}", s.bySlot)
	mux.HandleFunc("GET /digest", s.newest)
	mux.HandleFunc("GET /digest/{name}/{at}", s.edition)
	mux.HandleFunc("GET /stories", s.stories)
	mux.HandleFunc("GET /stories/{id}", s.story)
	mux.HandleFunc("GET /items/{id}", s.item)
	mux.HandleFunc("GET /topics", s.topics)
	mux.HandleFunc("GET /topics/{slug}", s.topic)
	mux.HandleFunc("GET /figures", s.figures)
	mux.HandleFunc("GET /figures/{indicator}", s.figure)
	mux.HandleFunc("GET /figures/{indicator}/csv", s.figureCSV)
	mux.HandleFunc("GET /timeline", s.timeline)
	mux.HandleFunc("GET /search", s.search)
	mux.HandleFunc("GET /search.atom", s.searchAtom)
	if s.o.Atom != nil {
		mux.HandleFunc("GET /atom.xml", s.digestFeed(s.o.Atom))
	}
	if s.o.Stories != nil {
		mux.HandleFunc("GET /stories.atom", s.digestFeed(s.o.Stories))
	}
}

// keeperPages are those that tell how samur does.
func (s *server) keeperPages(mux *http.ServeMux) {
	mux.HandleFunc("GET /status", s.status)
	mux.HandleFunc("GET /feeds", s.feeds)
	mux.HandleFunc("GET /feeds/{name}", s.feed)
	mux.HandleFunc("GET /deliveries", s.deliveries)
	mux.HandleFunc("GET /whynot", s.whyNot)
	mux.HandleFunc("POST "+answersPath, s.answer)
}

// pageNames are the templates, each with a "main" of its own for the layout.
var pageNames = []string{
	"today", "digests", "stories", "story", "item", "topics", "topic", "figures", "figure", "timeline", "search", "status", "feeds", "feed", "deliveries", "whynot", "message",
}

// pages parses the templates.
func pages() map[string]*template.Template {
	set := map[string]*template.Template{}
	for _, name := range pageNames {
		set[name] = template.Must(template.ParseFS(assets, "assets/layout.html", "assets/parts.html", "assets/"+name+".html"))
	}
	return set
}

// asset answers with an embedded file. Under the address that Asset gives it may be kept
// for good.
func (s *server) asset(name, mediaType string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		keep := asking
		if r.URL.Query().Get("v") == s.named[name] {
			keep = always
		}
		sendIfNew(w, r, mediaType, s.files[name], keep, time.Time{})
	}
}

// Asset is the address of an embedded file, which changes with its content.
func (v *view) Asset(name string) string { return v.Root("/" + name + "?v=" + v.s.named[name]) }

// readAssets reads the embedded files that are answered as they are.
func (s *server) readAssets() error {
	s.files, s.named = map[string][]byte{}, map[string]string{}
	for _, name := range []string{"style.css", "icon.svg", "openapi.json"} {
		body, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return fmt.Errorf("web: %w", err)
		}
		if name == "openapi.json" {
			body = s.placed(body)
		}
		s.files[name], s.named[name] = body, digestOf(body)
	}
	return nil
}
