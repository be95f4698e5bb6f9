package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"samur/internal/classify"
	"samur/internal/config"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/schedule"
	"samur/internal/web"
)

// Hooks are what the caller of an App provides.
type Hooks struct {
	// Notify passes a line to the service manager; nil when there is none.
	Notify func(state string)
	// Socket answers commands on the local socket; nil leaves the socket out. core
	// returns the line as it stands at the moment.
	Socket func(core func() *Core) http.Handler
	// Listeners were opened for us by the service manager: pages are served on those that
	// are TCP in place of web.listen, commands on a unix socket in place of socket.path.
	Listeners []net.Listener
	// Watchdog is how often the service manager wants to hear that work goes on, 0
	// when it does not.
	Watchdog time.Duration
}

// App is the daemon: a Core with its clockwork. It is made by New, runs between
// Start and Stop, and can be started twice in one process, on two state directories.
type App struct {
	hooks Hooks
	lg    *slog.Logger
	now   func() time.Time
	down  teardowns
	warm  sync.WaitGroup // of what the pages count beforehand
	web   []net.Listener // none when pages are off
	sock  net.Listener   // nil without Hooks.Socket

	mu     sync.Mutex // guards what a reload replaces
	core   *Core
	runner *schedule.Runner
	ready  bool
	ctx    context.Context // of everything that runs; ends with Stop
	pulse  map[string]time.Time
}

// New opens the store, builds the line and binds the listeners, so that an address
// in use or a damaged store is an error here and not later. The caller stops it,
// whether started or not.
func New(o Options, h Hooks) (*App, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	core, err := open(o, true)
	if err != nil {
		return nil, err
	}
	a := &App{hooks: h, lg: o.Logger, now: o.Now, core: core, pulse: map[string]time.Time{}}
	core.polled = a.polled
	a.down.add("counts", func(ctx context.Context) error { return waitFor(ctx, &a.warm) }) // they end with the store
	a.down.add("store", func(context.Context) error { return a.Core().Close() })
	err = a.bind()
	if err == nil && ownWords(o.Config) {
		_, err = core.Line() // the user's own seeds can be at fault: that is no good config
	}
	if err != nil {
		return nil, errors.Join(err, a.down.run(context.Background(), a.lg))
	}
	return a, nil
}

// Core returns the line as it stands.
func (a *App) Core() *Core {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.core
}

// Addr is where the pages are, nil when they are off.
func (a *App) Addr() net.Addr {
	if len(a.web) == 0 {
		return nil
	}
	return a.web[0].Addr()
}

// Start sets everything going and returns; it fails without leaving anything
// running. What runs ends with Stop or with ctx.
func (a *App) Start(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	a.ctx = ctx
	a.down.add("context", func(context.Context) error { cancel(); return nil })
	a.startOutbox()
	if err := a.startRunner(a.Core()); err != nil {
		return err
	}
	a.down.add("schedule", func(ctx context.Context) error { return a.currentRunner().Stop(ctx) })
	pages, err := a.pages()
	if err != nil {
		return err
	}
	for _, l := range a.web {
		a.serve("pages", l, pages.Public, pageTime)
	}
	a.warm.Go(func() {
		if err := a.warmPages(pages); err != nil && ctx.Err() == nil {
			a.lg.Warn("topics not counted", "err", err)
		}
	})
	if a.sock != nil {
		a.serve("socket", a.sock, local(a.hooks.Socket(a.Core), pages.Local), 0)
	}
	a.mu.Lock()
	a.ready = true
	a.mu.Unlock()
	a.notify("READY=1\nSTATUS=" + a.status())
	a.lg.Info("samur ready", "feeds", len(a.Core().Feeds), "url", a.pagesURL())
	return nil
}

func (a *App) pagesURL() string {
	if at := a.Addr(); at != nil {
		return "http://" + at.String() + "/"
	}
	return "none"
}

func (a *App) notify(state string) {
	if a.hooks.Notify != nil {
		a.hooks.Notify(state)
	}
}

// startOutbox drains the outbox until Stop.
func (a *App) startOutbox() {
	ctx, cancel := context.WithCancel(a.ctx)
	var wg sync.WaitGroup
	outbox := a.Core().Outbox
	wg.Go(func() {
		if err := outbox.Run(ctx); err != nil {
			a.lg.Error("outbox stopped", "err", err)
		}
	})
	a.down.add("outbox", func(ctx context.Context) error {
		cancel()
		return waitFor(ctx, &wg)
	})
}

// pageTime bounds one request for a page and its answer, so that readers who do not
// read hold nothing.
const pageTime = 30 * time.Second

// serve answers HTTP on l until Stop. A request is cut off after limit, both ways; 0
// is none, for a command that prints as it goes: the server reads on while it answers,
// and a limit on reading would end a command that takes its time.
func (a *App) serve(name string, l net.Listener, h http.Handler, limit time.Duration) {
	ctx, cancel := context.WithCancel(a.ctx)
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: limit, WriteTimeout: limit, IdleTimeout: time.Minute,
		MaxHeaderBytes: 64 << 10, BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog: slog.NewLogLogger(a.lg.Handler(), slog.LevelDebug),
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := srv.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			a.lg.Error("server stopped", "part", name, "err", err)
		}
	})
	a.down.add(name, func(ctx context.Context) error {
		cancel() // a command that is under way gives up
		soon, done := context.WithTimeout(ctx, 2*time.Second)
		defer done()
		if err := srv.Shutdown(soon); err != nil {
			_ = srv.Close() // who is still reading is cut off
		}
		return waitFor(ctx, &wg)
	})
}

// waitFor waits for wg, at most until ctx ends.
func waitFor(ctx context.Context, wg *sync.WaitGroup) error {
	done := make(chan struct{})
	go func() { // ends with wg
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stop ends everything, last started first, at most until ctx ends. What was in
// flight is cut off and will be done again; nothing is half-written.
func (a *App) Stop(ctx context.Context) error {
	a.mu.Lock()
	a.ready = false
	a.mu.Unlock()
	a.notify("STOPPING=1\nSTATUS=stopping")
	err := a.down.run(ctx, a.lg)
	a.lg.Info("samur stopped")
	return err
}

// Reload puts another config in force, all or nothing: when anything in it cannot
// be built the old one goes on as if nothing had happened. It returns the names of
// settings that differ but need a restart, and so stay as they were.
func (a *App) Reload(ctx context.Context, cfg *config.Config) ([]string, error) {
	old := a.Core()
	restart := config.NeedRestart(old.Config, cfg)
	kept := *cfg
	kept.State, kept.Web, kept.Socket, kept.Log = old.Config.State, old.Config.Web, old.Config.Socket, old.Config.Log
	core, chs, err := old.with(&kept)
	if err != nil {
		return nil, err
	}
	if _, err := core.Line(); err != nil { // before anything of the old is stopped
		return nil, err
	}
	// Polls under way are cut off; their feeds are still due.
	if err := a.currentRunner().Stop(ctx); err != nil {
		return nil, fmt.Errorf("reload: %w", err)
	}
	old.fetch.Close()
	a.mu.Lock()
	a.core = core
	a.mu.Unlock()
	core.Outbox.Use(chs)
	if err := a.startRunner(core); err != nil {
		return nil, err
	}
	a.lg.Info("config reloaded", "feeds", len(core.Feeds))
	a.notify("STATUS=" + a.status())
	return restart, nil
}

func (a *App) currentRunner() *schedule.Runner {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.runner
}

// polled has the clock take note of a poll that was made by hand: it may have brought a
// feed back that was gone, or put off one that is due.
func (a *App) polled(feed string) {
	if r := a.currentRunner(); r != nil { // nil before the start
		r.Wake(pollName(feed))
	}
}

// startRunner makes the jobs of core and starts them.
func (a *App) startRunner(core *Core) error {
	r := schedule.New(schedule.Options{
		Logger: a.lg, Limit: core.Config.Poll.Workers + 4, Apart: core.Config.Poll.PerHostDelay, Now: a.now,
	})
	for _, j := range a.jobs(core) {
		if err := r.Add(j); err != nil {
			return fmt.Errorf("schedule: %w", err)
		}
	}
	a.mu.Lock()
	a.runner = r
	a.mu.Unlock()
	return r.Start(a.ctx)
}

// largeArchive is from how many items on the pages count before somebody asks. Of fewer it
// takes no longer than a reader would notice.
const largeArchive = 50_000

// warmPages has the pages of a large archive ready for their first reader.
func (a *App) warmPages(pages web.Handlers) error {
	cur, err := a.Core().Store.Cursor()
	if err != nil || len(a.web) == 0 || cur.Item < largeArchive {
		return err
	}
	return pages.Warm()
}

// pages are the handlers of the web pages. They ask for the line at each request: a
// reload changes feeds and digests under it.
func (a *App) pages() (web.Handlers, error) {
	core := a.Core()
	return web.New(web.Options{
		Store: core.Store, Logger: a.lg, Now: a.now, Version: core.version, Metrics: a.scraped(),
		Ready: a.Ready, Atom: render.Atom, Stories: render.Stories, Hosts: core.Config.Web.Hosts, URL: core.Config.Web.URL,
		Feeds:    func() []news.Feed { return a.Core().Feeds },
		Digests:  a.schedules,
		Password: core.Config.Web.Password.Reveal(), UserHeader: core.Config.Web.UserHeader, Proxies: core.Config.Web.Trusted(), Write: core.Config.Web.Write,
		Read:  func() (*lexicon.Lexicon, *classify.Classifier, error) { return a.Core().reading() },
		Seeds: func() ([]news.FigurePoint, error) { return a.Core().seeds() },
	})
}

// schedules tells the pages when each digest is made next.
func (a *App) schedules() []web.Schedule {
	var out []web.Schedule
	for _, d := range a.Core().Config.Digests {
		next, err := schedule.Next(d.At, d.Zone, a.now())
		if err != nil {
			next = time.Time{} // config refused it
		}
		out = append(out, web.Schedule{Name: d.Name, Next: next, Zone: d.Zone})
	}
	return out
}

// Ready reports why the daemon is not ready; nil when it is.
func (a *App) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.ready {
		return errors.New("starting or stopping")
	}
	return nil
}

// status is the line that systemctl status shows. The time is that of the digest's
// own zone, as in the config and in what "samur check" prints.
func (a *App) status() string {
	core := a.Core()
	next := "none"
	var soonest time.Time
	for _, d := range core.Config.Digests {
		loc, err := time.LoadLocation(d.Zone)
		if err != nil {
			continue // config refused it
		}
		at, err := schedule.Next(d.At, d.Zone, a.now())
		if err == nil && (soonest.IsZero() || at.Before(soonest)) {
			soonest, next = at, d.Name+" at "+at.In(loc).Format("2006-01-02 15:04 ")+d.Zone
		}
	}
	return fmt.Sprintf("%d feeds; next digest %s", len(core.Feeds), next)
}
