package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/schedule"
	"samur/internal/store"
)

// session is what a command with a config works on: the config, the clock and,
// once asked for, the store or the whole line.
type session struct {
	env    *Env
	cfg    *config.Config
	lg     *slog.Logger
	now    func() time.Time
	shared *app.Core // the running daemon's own line, when it runs the command

	// input returns what a daemon that runs the command reads as its stdin, from the
	// beginning; nil is nothing.
	input func() (io.Reader, error)
}

// flags are those of every command that needs a config.
type flags struct {
	config  string
	now     string
	verbose bool

	feedless bool // no flag: the config need not have a feed
	formless bool // no flag: there is no --json, for what it prints has one form or none
}

// configured makes a command that needs a config: it loads it, and hands the
// command over to a running daemon when there is one and the command needs the
// store. Offline commands are run here in any case.
func configured(env *Env, cmd *cobra.Command, run func(cmd *cobra.Command, s *session, args []string) error) *cobra.Command {
	return withFlags(env, cmd, &flags{}, run)
}

// adding is configured for a command that adds feeds: the config may have none yet.
func adding(env *Env, cmd *cobra.Command, run func(cmd *cobra.Command, s *session, args []string) error) *cobra.Command {
	return withFlags(env, cmd, &flags{feedless: true}, run)
}

// withFlags gives a command the flags of all that need a config, and runs it with them.
func withFlags(env *Env, cmd *cobra.Command, f *flags, run func(cmd *cobra.Command, s *session, args []string) error) *cobra.Command {
	fs := cmd.Flags()
	fs.StringVar(&f.config, "config", "", "config file (default $SAMUR_CONFIG, ./samur.yaml, ./config/samur.yaml or /etc/samur/samur.yaml)")
	fs.StringVar(&f.now, "now", "", "set the clock, RFC 3339 or YYYY-MM-DD, to look back; not while a daemon runs")
	if !f.formless {
		addJSON(fs)
	}
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "log every item to stderr; a daemon logs by its own config")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := open(env, *f)
		if err != nil {
			return err
		}
		return run(cmd, s, args)
	}
	return cmd
}

// stored is configured for a command that works on the store.
func stored(env *Env, cmd *cobra.Command, run func(cmd *cobra.Command, s *session, args []string) error) *cobra.Command {
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.hereOrThere(cmd, args, run)
	})
}

// hereOrThere has the command run by the daemon, or here when there is none. A daemon
// that is just starting has the store a moment before it listens; by the time that the
// store was waited for in vain it does.
func (s *session) hereOrThere(cmd *cobra.Command, args []string, run func(*cobra.Command, *session, []string) error) error {
	if done, err := s.handOver(cmd, args); done || err != nil {
		return err
	}
	err := run(cmd, s, args)
	if !errors.Is(err, store.ErrLocked) {
		return err
	}
	if done, err := s.handOver(cmd, args); done || err != nil {
		return err
	}
	return err
}

// open loads the config and sets the clock.
func open(env *Env, f flags) (*session, error) {
	if env.core != nil && f.now != "" {
		return nil, misusef("--now cannot be given while the daemon runs: it answers the command and keeps its own clock")
	}
	now, err := clock(env, f.now)
	if err != nil {
		return nil, err
	}
	cfg, err := theConfig(env, f)
	if err != nil {
		return nil, err
	}
	level := slog.LevelWarn
	if f.verbose {
		level = slog.LevelDebug
	}
	lg := slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: level}))
	return &session{env: env, cfg: cfg, lg: lg, now: now, shared: env.core}, nil
}

// theConfig is the running daemon's own config, or the one in the file.
func theConfig(env *Env, f flags) (*config.Config, error) {
	if env.core != nil {
		return env.core.Config, nil
	}
	path, err := findConfig(env, f.config)
	if err != nil {
		return nil, err
	}
	o := configOptions(env)
	o.WithoutSecrets, o.WithoutFeeds = true, f.feedless
	return loaded(path, o)
}

// clock returns the time source: the real one, or one that stands still at the
// given moment.
func clock(env *Env, at string) (func() time.Time, error) {
	if at == "" {
		return env.Now, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, at); err == nil {
			return func() time.Time { return t }, nil
		}
	}
	return nil, misusef("--now %q is not a time; write 2026-03-08T07:00:00+04:00 or 2026-03-08", at)
}

// running returns a clock that begins at the moment now stands at and goes on from
// there: a daemon whose clock stood still would never come to a slot.
func running(now func() time.Time) func() time.Time {
	from, began := now(), time.Now()
	return func() time.Time { return from.Add(time.Since(began)) }
}

// findConfig returns the config file to load.
func findConfig(env *Env, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if path := env.Getenv("SAMUR_CONFIG"); path != "" {
		return path, nil
	}
	places := []string{"samur.yaml", filepath.Join("config", "samur.yaml"), "/etc/samur/samur.yaml"}
	for _, path := range places {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", misusef("no config file; make one with: samur init, or name it with --config")
}

// loadConfig loads the file. Commands that send need every secret, and some only the
// service can read; the others go without.
func loadConfig(env *Env, path string, sends bool) (*config.Config, error) {
	o := configOptions(env)
	o.WithoutSecrets = !sends
	return loaded(path, o)
}

// configOptions are what every config is loaded with.
func configOptions(env *Env) config.Options {
	return config.Options{
		Getenv: env.Getenv, CheckCron: schedule.Check, CronSlots: schedule.Slots, Topics: app.TopicSlugs, Concepts: app.ConceptIDs,
	}
}

// loaded loads the file at path; what is wrong with it is the caller's to mend.
func loaded(path string, o config.Options) (*config.Config, error) {
	cfg, err := config.Load(path, o)
	if err != nil {
		return nil, misuse{err}
	}
	return cfg, nil
}

// options are those for the app.
func (s *session) options() app.Options {
	return app.Options{Config: s.cfg, Version: version(), Logger: s.lg, Now: s.now}
}

// withStore runs fn on the store, opened for it unless the daemon lends its own.
func (s *session) withStore(fn func(*store.Store) error) (err error) {
	if s.shared != nil {
		return fn(s.shared.Store)
	}
	st, err := app.OpenStore(s.options())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return fn(st)
}

// withCore runs fn on the whole line.
func (s *session) withCore(fn func(*app.Core) error) (err error) {
	if s.shared != nil {
		return fn(s.shared)
	}
	c, err := app.Open(s.options())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return fn(c)
}

// withLine is withCore for what reads texts.
func (s *session) withLine(fn func(*app.Core, *app.Line) error) error {
	return s.withCore(func(c *app.Core) error {
		line, err := c.Line()
		if err != nil {
			return err
		}
		return fn(c, line)
	})
}

// addJSON adds the flag by which a command prints JSON Lines.
func addJSON(fs *pflag.FlagSet) { fs.Bool("json", false, "print JSON Lines") }

// jsonAlone adds the flag to a command that prints nothing else: it is taken and cannot be
// turned off.
func jsonAlone(fs *pflag.FlagSet) {
	fs.BoolFunc("json", "print JSON Lines, the only form there is", func(text string) error {
		if on, err := strconv.ParseBool(text); err != nil || !on {
			return errors.New("JSON Lines are the only form there is")
		}
		return nil
	})
}

// oneForm refuses another form, which a flag asks for, beside --json.
func oneForm(cmd *cobra.Command, other string) error {
	if wantJSON(cmd) {
		return misusef("--json and %s are two forms; give one of them", other)
	}
	return nil
}

// wantJSON reports whether --json was given.
func wantJSON(cmd *cobra.Command) bool {
	on, err := cmd.Flags().GetBool("json")
	return err == nil && on
}

// say writes a line of talk.
func say(w io.Writer, format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
