package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"samur/internal/article"
	"samur/internal/config"
	"samur/internal/deliver"
	"samur/internal/fetch"
	"samur/internal/ingest"
	"samur/internal/metrics"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/store"
)

// Options configure a Core and an App. Config and Logger are required.
type Options struct {
	Config  *config.Config
	Version string
	Logger  *slog.Logger
	Now     func() time.Time // time.Now when nil

	// Transport asks publishers; nil for the network, with its guards. A test may bring one
	// that answers by itself.
	Transport http.RoundTripper
}

func (o *Options) fill() error {
	if o.Config == nil || o.Logger == nil {
		return fmt.Errorf("app: config and logger are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return nil
}

// Core is samur without its clockwork: everything that does the work, nothing that
// starts it. Commands use a Core for one errand, the daemon for years.
type Core struct {
	Config *config.Config
	Store  *store.Store
	Outbox *deliver.Runner
	Feeds  []news.Feed // those that are not disabled

	// Pages is where the pages are served, which need not be web.listen when the service
	// manager opened the socket. Only a daemon's Core has it.
	Pages []net.Addr

	line    func() (*Line, error)              // built once, when first asked for
	reads   func() (*Understanding, error)     // likewise; the line has it too
	taught  *taught                            // of reads' classifier
	seeds   func() ([]news.FigurePoint, error) // figures of the seed documents, read once
	ingest  *ingest.Ingester
	version string
	lg      *slog.Logger
	now     func() time.Time
	fetch   *fetch.Client
	metrics *metrics.Metrics
	counted bool           // polls are counted: nobody scrapes a command, and a series for each feed costs
	shared  *ingest.Shared // one for the store, whatever config is in force
	asks    http.RoundTripper
	made    *makings
	polled  func(feed string) // told of a poll that Poll made; nil but for a daemon's
}

// Line is the part of a Core that reads texts. It takes longer to build than all the
// rest, so that a Core builds it when it is first asked for: what only looks into the
// store, and a daemon that must say it is ready, do not wait for it.
type Line struct {
	*Understanding
	Ingester  *ingest.Ingester
	Publisher *publish.Publisher
}

// Line returns the line of c. Its error, the same each time, is one of the user's own
// seeds: those that are built in are proved by their tests.
func (c *Core) Line() (*Line, error) { return c.line() }

// StorePath is where the store of a config lies.
func StorePath(cfg *config.Config) string { return filepath.Join(cfg.State, "samur.db") }

// OpenStore opens the store of a config, for commands that need nothing else.
func OpenStore(o Options) (*store.Store, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	return store.Open(store.Options{Path: StorePath(o.Config), Logger: o.Logger, Now: o.Now, Version: o.Version})
}

// Open opens the store and makes the channels. The caller closes it.
func Open(o Options) (*Core, error) { return open(o, false) }

// open is Open. counted says that what happens is counted for a scrape.
func open(o Options, counted bool) (*Core, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	st, err := OpenStore(o)
	if err != nil {
		return nil, err
	}
	base := &Core{Store: st, version: o.Version, lg: o.Logger, now: o.Now, metrics: metrics.New(o.Version), counted: counted, shared: &ingest.Shared{}, asks: o.Transport, made: &makings{}}
	c, chs, err := base.with(o.Config)
	if err != nil {
		return nil, closing(st, err)
	}
	c.Outbox, err = deliver.New(deliver.Options{
		Outbox: st, Channels: chs, Logger: o.Logger, Now: o.Now, Observe: c.metrics.Delivered,
	})
	if err != nil {
		return nil, closing(st, err)
	}
	return c, nil
}

// closing closes the store on the way out with err.
func closing(st *store.Store, err error) error {
	if closeErr := st.Close(); closeErr != nil {
		return fmt.Errorf("%w (and the store did not close: %w)", err, closeErr)
	}
	return err
}

// with returns a Core of another config on the same store, and its channels. c is
// left as it is, so that a reload that fails changes nothing.
func (c *Core) with(cfg *config.Config) (*Core, map[string]deliver.Channel, error) {
	agent := cfg.Poll.Agent(c.version)
	chs, err := channels(cfg, agent, c.now)
	if err != nil {
		return nil, nil, err
	}
	n := *c
	n.Config, n.Feeds = cfg, cfg.NewsFeeds()
	n.fetch = fetch.New(fetch.Options{
		UserAgent: agent, Timeout: cfg.Poll.Timeout, MaxBytes: cfg.Poll.MaxBytes, Allow: cfg.Poll.Allow, Now: c.now, Transport: c.asks,
	})
	n.reads = sync.OnceValues(func() (*Understanding, error) {
		keepSmall()
		return Understand(cfg.Seeds.Dir, cfg.Seeds.Threshold, OwnTopics(cfg)...)
	})
	n.taught = &taught{}
	n.seeds = sync.OnceValues(func() ([]news.FigurePoint, error) { return seedFigures(cfg) })
	n.line = sync.OnceValues(func() (*Line, error) { return n.build(composers(chs)) })
	if n.ingest, err = n.ingester(); err != nil {
		return nil, nil, err
	}
	return &n, chs, nil
}

// ingester makes what polls feeds; it reads no seeds before there is a text to read.
func (c *Core) ingester() (*ingest.Ingester, error) {
	o := ingest.Options{
		Store: c.Store, Fetch: c.fetch, Logger: c.lg, Version: c.version, Shared: c.shared, Policy: c.policy(), Understand: c.reading,
		Pause:    func(host string) time.Duration { return c.Config.Poll.Pause(fetch.IP(host)) },
		Articles: article.New(article.Options{Fetch: c.fetch, Pause: c.Config.Poll.PerHostDelay, Now: c.now}),
	}
	if c.counted {
		o.Observe, o.Page = c.metrics.Polled, c.metrics.Page
	}
	return ingest.New(o)
}

// build makes the line.
func (c *Core) build(chs map[string]publish.Composer) (*Line, error) {
	u, err := c.reads()
	if err != nil {
		return nil, err
	}
	pub, err := publish.New(publish.Options{
		Store: c.Store, Settle: c.ingest.Settle, Lexicon: u.Lexicon, Topics: u.Classifier.Topics(), Channels: chs,
		Feeds: c.Feeds, Pages: c.Config.Web.URL, Logger: c.lg,
	})
	if err != nil {
		return nil, err
	}
	return &Line{Understanding: u, Ingester: c.ingest, Publisher: pub}, nil
}

func (c *Core) policy() ingest.Policy {
	p := c.Config.Poll
	return ingest.Policy{Every: p.Every, Min: p.Min, Max: p.Max, FirstAge: p.FirstPollAge}
}

func composers(chs map[string]deliver.Channel) map[string]publish.Composer {
	out := make(map[string]publish.Composer, len(chs))
	for name, ch := range chs {
		out[name] = ch
	}
	return out
}

// Close gives everything back.
func (c *Core) Close() error {
	c.fetch.Close()
	return c.Store.Close()
}

// Poll asks the named feeds once, or all that are not gone when there are none, whatever
// their due time, one request per site at a time. done is told of each as it ends, from
// one goroutine at a time. It fails for a name that no feed has and when the store does;
// a feed whose poll could not be stored does not keep the others from theirs.
func (c *Core) Poll(ctx context.Context, names []string, done func(news.Attempt)) error {
	fs, err := c.named(names)
	if err != nil {
		return err
	}
	if ownWords(c.Config) {
		if _, err := c.reads(); err != nil { // the user's own seeds can be at fault
			return err
		}
	}
	var mu sync.Mutex
	var failed []error
	round := c.ingest.Round(func(f news.Feed, a news.Attempt, err error) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			if c.polled != nil {
				c.polled(f.Name)
			}
			done(a)
		case ctx.Err() == nil || !errors.Is(err, ctx.Err()): // else we stopped, and it was not asked
			failed = append(failed, fmt.Errorf("poll %q: %w", f.Name, err))
		}
	})
	round.Again = len(names) > 0
	err = BySite(ctx, fs, c.addresses(fs), c.Config.Poll, func(ctx context.Context, f news.Feed) error {
		round.Feed(ctx, f, c.now())
		return ctx.Err()
	})
	round.End()
	return errors.Join(append(failed, err)...)
}

// addresses returns where each of fs is asked. Where the store cannot tell, that is what
// the config says: why it cannot is found out again by the poll.
func (c *Core) addresses(fs []news.Feed) []string {
	out := make([]string, len(fs))
	sts, _ := c.Store.Moved()
	moved := make(map[string]news.FeedState, len(sts))
	for _, st := range sts {
		moved[st.Feed] = st
	}
	for i, f := range fs {
		out[i] = f.URL
		if st, ok := moved[f.Name]; ok {
			out[i] = ingest.Address(f, st)
		}
	}
	return out
}

// ownWords reports whether the user has seeds or topics of their own, which can be at
// fault where the built-in ones are not.
func ownWords(cfg *config.Config) bool { return cfg.Seeds.Dir != "" || len(cfg.Topics) > 0 }

func (c *Core) named(names []string) ([]news.Feed, error) {
	if len(names) == 0 {
		return c.Feeds, nil
	}
	byName := map[string]news.Feed{}
	for _, f := range c.Feeds {
		byName[f.Name] = f
	}
	var fs []news.Feed
	for _, name := range names {
		f, ok := byName[name]
		switch {
		case !ok && slices.ContainsFunc(c.Config.Feeds, func(f config.Feed) bool { return f.Name == name }):
			return nil, fmt.Errorf("the feed %q is disabled in the config; take its \"disabled: true\" out to have it polled", name)
		case !ok:
			return nil, fmt.Errorf("no feed is called %q; see: samur feeds list", name)
		}
		fs = append(fs, f)
	}
	return fs, nil
}
