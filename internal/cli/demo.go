package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/demo"
	"samur/internal/news"
)

// demoWithin bounds how long the demo waits for its own polls and deliveries.
const demoWithin = time.Minute

func newDemo(env *Env) *cobra.Command {
	var dir, at string
	var stay, verbose bool
	cmd := &cobra.Command{
		Use: "demo", Short: "show the main job on bundled sample feeds, offline, in seconds", Args: takes(0, 0),
		Long: `Serves the bundled sample feeds on loopback, runs the daemon on them, makes one edition
and prints its text form. Config, store and the edition's files stay in --dir to look at.
With --stay the daemon goes on, with its pages, until it is interrupted.`,
		Example: "  samur demo --stay",
	}
	cmd.Flags().StringVar(&dir, "dir", "demo-out", "where config, store and digest go; what an earlier demo left there is replaced")
	cmd.Flags().StringVar(&at, "now", "", "set the clock, RFC 3339 or YYYY-MM-DD")
	cmd.Flags().BoolVar(&stay, "stay", false, "keep the daemon and its pages running")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "show the daemon's log")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		now, err := clock(env, at)
		if err != nil {
			return err
		}
		if at != "" {
			now = running(now)
		}
		level := slog.LevelError
		if verbose {
			level = slog.LevelDebug
		}
		d := &demonstration{env: env, dir: dir, now: now, stay: stay, out: cmd.OutOrStdout(), talk: cmd.ErrOrStderr()}
		d.lg = slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: level}))
		return d.run(cmd.Context())
	}
	return cmd
}

// demonstration is one run of the demo.
type demonstration struct {
	env       *Env
	dir       string
	now       func() time.Time
	stay      bool
	lg        *slog.Logger
	out, talk io.Writer
}

func (d *demonstration) run(ctx context.Context) error {
	stop, base, err := d.serveFeeds()
	if err != nil {
		return err
	}
	defer stop()
	path, err := d.writeConfig(base)
	if err != nil {
		return err
	}
	cfg, err := loadConfig(d.env, path, true)
	if err != nil {
		return err
	}
	a, err := app.New(app.Options{Config: cfg, Version: version(), Logger: d.lg, Now: d.now}, app.Hooks{
		Socket: func(core func() *app.Core) http.Handler { return commandHandler(core, d.now, demoReload) },
	})
	if err != nil {
		return err
	}
	err = a.Start(context.WithoutCancel(ctx))
	if err == nil {
		err = d.show(ctx, a, path)
	}
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return errors.Join(err, a.Stop(stopCtx))
}

// serveFeeds serves the sample feeds until the returned function is called.
func (d *demonstration) serveFeeds() (stop func(), base string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", fmt.Errorf("serve sample feeds: %w", err)
	}
	base = "http://" + l.Addr().String()
	h, err := demo.Handler(base, d.now())
	if err != nil {
		return nil, "", errors.Join(err, l.Close())
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go srv.Serve(l)                              //nolint:errcheck // ends with Close below
	return func() { _ = srv.Close() }, base, nil // nobody is left to tell
}

// demoFiles are what a demo leaves in its directory; only these are replaced.
var demoFiles = []string{"samur.yaml", "state", "digests"}

// writeConfig writes a config such as a user would, into an emptied directory.
func (d *demonstration) writeConfig(base string) (string, error) {
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return "", fmt.Errorf("create demo directory: %w", err)
	}
	for _, name := range demoFiles {
		if err := os.RemoveAll(filepath.Join(d.dir, name)); err != nil {
			return "", fmt.Errorf("clear demo directory: %w", err)
		}
	}
	dir, err := filepath.Abs(d.dir)
	if err != nil {
		return "", fmt.Errorf("find demo directory: %w", err)
	}
	path := filepath.Join(dir, "samur.yaml")
	if err := os.WriteFile(path, demoConfig(dir, base), 0o644); err != nil {
		return "", fmt.Errorf("write demo config: %w", err)
	}
	return path, nil
}

func demoConfig(dir, base string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `# The config of the samur demo.
state: %q
web: {listen: "127.0.0.1:0"}
poll: {allow: [127.0.0.0/8], per_host_delay: 0s, jitter: 0s}
digests:
  - {name: daily, at: "0 8 * * *", zone: Asia/Baku, to: [files]}
channels:
  - name: files
    file: {dir: %q, formats: [text, html, json, markdown]}
feeds:
`, filepath.Join(dir, "state"), filepath.Join(dir, "digests"))
	for _, f := range demo.Feeds(base) {
		fmt.Fprintf(&b, "  - {name: %q, url: %q, outlet: %q, side: %s, language: %s}\n", f.Name, f.URL, f.Outlet, f.Side, f.Lang)
	}
	return []byte(b.String())
}

// show waits until every feed was polled, makes the edition and prints it.
func (d *demonstration) show(ctx context.Context, a *app.App, path string) error {
	waiting, cancel := context.WithTimeout(ctx, demoWithin)
	defer cancel()
	core := a.Core()
	if err := until(waiting, "every sample feed was polled", func() (bool, error) { return polled(core) }); err != nil {
		return err
	}
	plan, err := core.Plan("")
	if err != nil {
		return err
	}
	line, err := core.Line()
	if err != nil {
		return err
	}
	slot := news.Slot{Digest: plan.Name, At: d.now().UTC().Truncate(time.Second)}
	e, err := line.Publisher.Make(plan, slot, d.now())
	if err != nil {
		return err
	}
	core.Outbox.Kick()
	if err := until(waiting, "the edition was delivered", func() (bool, error) {
		_, waits, err := core.Store.NextDue()
		return !waits, err
	}); err != nil {
		return err
	}
	if _, err := d.out.Write(e.Text); err != nil {
		return fmt.Errorf("write edition: %w", err)
	}
	say(d.talk, "\nThe same edition as HTML, JSON and Markdown is in %s", filepath.Join(d.dir, "digests"))
	say(d.talk, "Ask further, for instance:  ./samur stories list --config %s", filepath.Join(d.dir, "samur.yaml"))
	if !d.stay {
		say(d.talk, "Look at the pages:          ./samur demo --stay   (make build makes ./samur)")
		return nil
	}
	say(d.talk, "The pages are at http://%s/ until you press Ctrl-C (config: %s)", a.Addr(), path)
	<-ctx.Done()
	return nil
}

// polled reports whether every feed of core was polled once.
func polled(core *app.Core) (bool, error) {
	for _, f := range core.Feeds {
		st, err := core.Store.FeedState(f.Name)
		if err != nil || st.LastAttempt.IsZero() {
			return false, err
		}
	}
	return true, nil
}

// until asks again and again, until done says yes.
func until(ctx context.Context, what string, done func() (bool, error)) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := done()
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited for nothing until %s: %w", what, ctx.Err())
		case <-tick.C:
		}
	}
}

// demoReload is why the demo does not take its config over again.
func demoReload(context.Context) reloaded {
	return reloaded{err: errors.New("the demo does not reload; end it and run it again")}
}
