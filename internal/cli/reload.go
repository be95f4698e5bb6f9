package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samur/internal/config"
)

// reloaded is what became of a reload.
type reloaded struct {
	feeds    int
	log      config.Log
	restart  []string // settings that differ and wait for a restart
	warnings []config.Mistake
	err      error // the old config is in force
}

// reloader puts the config in force anew, and returns what became of it.
type reloader func(ctx context.Context) reloaded

// askReload asks the loop, which reloads once at a time, for a reload.
func (d *service) askReload(ctx context.Context) reloaded {
	answer := make(chan reloaded, 1) // the loop does not wait for a caller that has gone
	select {
	case d.asked <- answer:
	case <-ctx.Done():
		return reloaded{err: ctx.Err()}
	}
	select {
	case r := <-answer:
		return r
	case <-ctx.Done():
		return reloaded{err: ctx.Err()}
	}
}

// reloadedOut is a config that was taken over, as printed.
type reloadedOut struct {
	Feeds    int      `json:"feeds"`
	Restart  []string `json:"restart"` // settings that wait for one
	Warnings []string `json:"warnings"`
}

func (r reloaded) out() reloadedOut {
	o := reloadedOut{r.feeds, append([]string{}, r.restart...), []string{}}
	for _, w := range r.warnings {
		o.Warnings = append(o.Warnings, w.String())
	}
	return o
}

func newReload(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "reload", Short: "have the running daemon take the config over", Args: takes(0, 0),
		Long: `Asks the running daemon to read its config anew, all or nothing, and says what became of
it: with a mistake in any file, or a secret that is not there, the old config stays in
force, the mistakes are shown and the exit code is 1, or 2 when the file is bad as it is
read here. systemctl reload samur does the same. Names the settings that wait for a restart.`,
		Example: "  samur reload --config /etc/samur/samur.yaml",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if s.shared == nil {
			done, err := s.handOver(cmd, args)
			if !done && err == nil {
				err = fmt.Errorf("no daemon answers at %s; start it with: systemctl start samur", s.cfg.Socket.Path)
			}
			return err
		}
		r := env.reload(cmd.Context())
		if r.err != nil {
			return fmt.Errorf("the config was not reloaded, and the old one stays in force: %w", r.err)
		}
		if wantJSON(cmd) {
			return newLines(cmd.OutOrStdout()).print(r.out())
		}
		for _, w := range r.warnings {
			say(cmd.ErrOrStderr(), "warning: %s", w.Detail())
		}
		if len(r.restart) > 0 {
			say(cmd.ErrOrStderr(), "these stay as they were until the daemon is restarted: %s", strings.Join(r.restart, ", "))
		}
		say(cmd.OutOrStdout(), "reloaded: %s", plural(r.feeds, "feed"))
		return nil
	})
}

// reload puts the file in force as it is now. The service manager is told the
// moment it began, which it insists on, and that it ended either way.
func (d *service) reload(ctx context.Context) reloaded {
	notify := d.s.env.Notify
	if notify == nil {
		notify = func(string) {}
	}
	notify("RELOADING=1\nMONOTONIC_USEC=" + strconv.FormatInt(monotonicMicros(), 10))
	defer notify("READY=1")
	lg := d.s.lg
	r := d.takeOver(ctx)
	if r.err != nil {
		lg.Error("config not reloaded; the old one stays in force", "err", r.err)
		return r
	}
	if len(r.restart) > 0 {
		lg.Warn("some settings need a restart", "settings", strings.Join(r.restart, ", "))
	}
	for _, w := range r.warnings {
		lg.Warn("config doubtful", "err", w.String())
	}
	setLevel(d.level, r.log)
	return r
}

// takeOver loads the file and hands it to the app.
func (d *service) takeOver(ctx context.Context) reloaded {
	cfg, err := loadConfig(d.s.env, d.s.cfg.Path, true)
	if bad, ok := errors.AsType[misuse](err); ok {
		err = bad.err // the mistake is the file's, not that of who asked
	}
	if bad, ok := errors.AsType[*config.Error](err); ok {
		d.read.Store(&bad.Sources)
	}
	if err != nil {
		return reloaded{err: err}
	}
	d.read.Store(&cfg.Sources)
	restart, err := d.a.Reload(ctx, cfg)
	return reloaded{feeds: len(cfg.NewsFeeds()), log: cfg.Log, restart: restart, warnings: cfg.Warnings, err: err}
}

// watched is what the config in force wants to be looked at.
func (d *service) watched() config.Sources {
	if !d.a.Core().Config.Watch {
		return nil
	}
	return *d.read.Load()
}
