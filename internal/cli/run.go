package cli

import (
	"context"
	"errors"
	"log"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/journal"
)

// stopWithin bounds how long the daemon takes to end after it was asked to.
const stopWithin = 10 * time.Second

// notifier returns the line to the service manager, nil when there is none.
func notifier() func(string) {
	if os.Getenv("NOTIFY_SOCKET") == "" {
		return nil
	}
	return func(state string) {
		_, _ = daemon.SdNotify(false, state) // a manager that does not listen is no reason to stop
	}
}

func newRun(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "run", Short: "run the daemon: poll, digest, deliver, serve the pages", Args: takes(0, 0),
		Long: `Runs until SIGTERM or SIGINT, then ends in-flight work within seconds and exits 0.
A second signal ends at once. SIGHUP reloads the config, all or nothing, and so does a
change of its files where the config says watch: true. While it runs, commands that need
the store are answered by it over a socket in the state directory.
A store that was not closed is checked first. One that is damaged is set aside, beside
it, and the newest good copy of the backup directory takes its place; without one it
exits 3.`,
		Example: "  samur run --config /etc/samur/samur.yaml",
	}
	return withFlags(env, cmd, &flags{formless: true}, func(cmd *cobra.Command, s *session, _ []string) error {
		if env.core != nil {
			return misusef("the daemon runs already")
		}
		cfg, err := loadConfig(env, s.cfg.Path, true)
		if err != nil {
			return err
		}
		s.cfg = cfg
		for _, w := range cfg.Warnings {
			say(cmd.ErrOrStderr(), "warning: %s", w.Detail())
		}
		lg, level := daemonLogger(env, s.cfg.Log)
		s.lg = lg
		// What net/http has to say of a server that sends more than it was asked for, in
		// the server's own words, goes to the standard logger and nowhere else.
		log.SetFlags(0)
		log.SetOutput(slog.NewLogLogger(lg.Handler(), slog.LevelDebug).Writer())
		if cmd.Flags().Changed("now") {
			s.now = running(s.now)
		}
		return runDaemon(cmd.Context(), s, level)
	})
}

// daemonLogger logs as the config says: to stderr, without times under systemd, whose
// journal has its own, or to that journal itself.
func daemonLogger(env *Env, c config.Log) (*slog.Logger, *slog.LevelVar) {
	level := &slog.LevelVar{}
	setLevel(level, c)
	o := &slog.HandlerOptions{Level: level}
	if env.Getenv("JOURNAL_STREAM") != "" {
		o.ReplaceAttr = func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}
	}
	text := slog.NewTextHandler(env.Stderr, o)
	switch {
	case c.Format == "json":
		return slog.New(slog.NewJSONHandler(visible{env.Stderr}, o)), level
	case c.Format == "journal", c.Format == "auto" && env.Stderr == os.Stderr && journal.Attached():
		return slog.New(journal.New(text, journal.Options{Level: level})), level
	}
	return slog.New(text), level
}

func setLevel(level *slog.LevelVar, c config.Log) {
	var l slog.Level
	if l.UnmarshalText([]byte(c.Level)) == nil { // config checked it
		level.Set(l)
	}
}

// service is a daemon that runs.
type service struct {
	s     *session
	a     *app.App
	level *slog.LevelVar
	asked chan chan<- reloaded           // by whom a reload is waited for
	read  atomic.Pointer[config.Sources] // what was read last, in force or not
}

// runDaemon runs the app until ctx ends.
func runDaemon(ctx context.Context, s *session, level *slog.LevelVar) error {
	ls, err := inherited(s.env.Getenv)
	if err != nil {
		return err
	}
	d := &service{s: s, level: level, asked: make(chan chan<- reloaded)}
	d.read.Store(&s.cfg.Sources)
	d.a, err = openSound(ctx, s, app.Hooks{
		Notify: s.env.Notify, Watchdog: watchdog(s.env), Listeners: ls,
		Socket: func(core func() *app.Core) http.Handler { return commandHandler(core, s.now, d.askReload) },
	})
	if err != nil {
		return err
	}
	if err = d.a.Start(context.WithoutCancel(ctx)); err == nil {
		d.obey(ctx)
	}
	again := make(chan os.Signal, 1)
	signal.Notify(again, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(again)
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	go func() { // ends with the process, or with the stop
		select {
		case <-again:
			cancel()
		case <-stopCtx.Done():
		}
	}()
	return errors.Join(err, d.a.Stop(stopCtx))
}

// obey reloads when a signal, a command or the files themselves say so, once at a time,
// until ctx ends.
func (d *service) obey(ctx context.Context) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { watch(ctx, d.watched, func() { d.askReload(ctx) }) })
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-hup:
			d.reload(ctx)
		case answer := <-d.asked:
			answer <- d.reload(ctx)
		}
	}
}

// watchdog is how often the service manager wants a sign of life, 0 for never.
func watchdog(env *Env) time.Duration {
	usec, err := strconv.ParseInt(env.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || usec <= 0 {
		return 0
	}
	return time.Duration(usec) * time.Microsecond
}
