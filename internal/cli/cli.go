// Package cli is the command line: one file a command. Commands print data on
// stdout and talk on stderr, take --json for JSON Lines where that has a form of their
// own, and exit with 0 when all is well, 1 when the work failed, 2 when they were
// misused or the config is bad, and 3 when a daemon does not start for the state of its
// store.
//
// The package is the only one that reads the environment, and it reads it through
// Env, so that a test can run any command in-process. Commands that need the store
// open it themselves; beside a running daemon they hand their words to it over its
// local socket and print what it answers (see remote.go).
//
// Read Main first, then run.go and poll.go.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"samur/internal/app"
)

// The exit codes.
const (
	ExitGood   = 0
	ExitFailed = 1
	ExitMisuse = 2
	ExitStuck  = 3
)

// Env is the world a command runs in.
type Env struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(string) string
	Now    func() time.Time
	// Notify passes a line to the service manager; nil when there is none.
	Notify func(state string)
	// Context ends when the program is asked to stop.
	Context func() (context.Context, context.CancelFunc)

	args []string  // what Main was called with
	core *app.Core // the running daemon's line, when the daemon runs the command
	dir  string    // where the command was typed, when that is another process
	who  string    // who typed it, likewise

	reload reloader // puts the config in force anew; the daemon's alone
}

// user is the login of who typed the command, "" when it is not known.
func (e *Env) user() string {
	return cmp.Or(e.who, e.Getenv("SUDO_USER"), e.Getenv("USER"), e.Getenv("LOGNAME"))
}

// Process returns the Env of this process.
func Process() Env {
	return Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Now: time.Now, Notify: notifier(),
		Context: func() (context.Context, context.CancelFunc) {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			context.AfterFunc(ctx, stop) // a second signal ends what does not heed the first
			return ctx, stop
		},
	}
}

// misuse marks an error as the caller's: exit code 2.
type misuse struct{ err error }

func (m misuse) Error() string { return m.err.Error() }
func (m misuse) Unwrap() error { return m.err }

func misusef(format string, args ...any) error { return misuse{fmt.Errorf(format, args...)} }

// stuck marks an error that trying again does not mend, only a person: exit code 3.
type stuck struct{ error }

func (s stuck) Unwrap() error { return s.error }

// errSilent ends a command with ExitFailed after it has said why itself.
var errSilent = errors.New("failed")

// Main runs the command that args name and returns the exit code.
func Main(args []string, env Env) int {
	app.RestCollector()
	ctx, cancel := env.Context()
	defer cancel()
	env.args = args
	root := newRoot(&env)
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return ExitGood
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		err = errors.New("interrupted before it was done")
	}
	if !errors.Is(err, errSilent) {
		fmt.Fprintf(env.Stderr, "samur: %s\n", talk(strings.TrimSpace(err.Error())))
	}
	if _, ok := errors.AsType[misuse](err); ok {
		return ExitMisuse
	}
	if _, ok := errors.AsType[stuck](err); ok {
		return ExitStuck
	}
	return ExitFailed
}

// newRoot builds the tree of commands.
func newRoot(env *Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "samur",
		Short: "watch news feeds and send one brief a day on Russia–Azerbaijan developments",
		Long: `samur watches news feeds in English, Russian and Azerbaijani and sends one brief
a day on Russia–Azerbaijan developments: complete, without repeats, every line
traceable to its source.

To begin: samur demo shows the main job offline; samur init writes a config, samur check
checks it, samur run is the daemon. Data goes to stdout, talk to stderr.
Exit codes: 0 good, 1 failed, 2 misused or bad config, 3 the daemon cannot open its store.`,
		Example:       "  samur demo",
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE:          helpOrUnknown,
		Annotations:   map[string]string{holder: "all"},

		SuggestionsMinimumDistance: 2,
	}
	root.SetVersionTemplate("samur {{.Version}}\n")
	root.Flags().Bool("version", false, "print the version")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(cmd, env.args, err) })
	root.SetHelpCommand(newHelp())
	for _, p := range parts() {
		root.AddGroup(&cobra.Group{ID: p.title, Title: p.title})
		root.SetHelpCommandGroupID(p.title) // the last one's
		for _, add := range p.commands {
			cmd := add(env)
			cmd.GroupID = p.title
			cmd.SuggestFor = meant[cmd.Name()]
			root.AddCommand(cmd)
		}
	}
	return root
}

// part is some commands under a heading of the help.
type part struct {
	title    string
	commands []func(*Env) *cobra.Command
}

// parts are all commands, as the help sorts them.
func parts() []part {
	type commands = []func(*Env) *cobra.Command
	return []part{
		{"To begin:", commands{newDemo, newInit, newCheck}},
		{"To run it:", commands{newRun, newReload, newPoll, newFeeds, newDigest, newOutbox, newDoctor}},
		{"To look into the archive, and to teach it:", commands{
			newSearch, newStories, newExplain, newJudge, newFiguresGroup, newTimeline, newTopics, newLexicon,
		}},
		{"To look after the store:", commands{newStore, newBackup, newRestore, newExport, newImport}},
		{"To try a text or a feed, without a store:", commands{newRead, newClassify, newCluster, newEval}},
		{"About the program:", commands{newVersion, newCompletion}},
	}
}

// meant are the words by which people look for a command that is called otherwise.
var meant = map[string][]string{
	"doctor": {"status", "health", "info"}, "run": {"start", "serve", "daemon"}, "init": {"setup", "configure", "new"},
	"search": {"items", "find", "list"}, "outbox": {"deliveries", "send", "mail"}, "feeds": {"sources", "add"}, "digest": {"preview", "brief"},
}

// helpOrUnknown is what a command does that only holds others: its help is asked for
// by the bare word and goes to stdout; any other word is none of its commands.
func helpOrUnknown(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownCommand(cmd, args[0])
	}
	return cmd.Help()
}

func unknownCommand(cmd *cobra.Command, name string) error {
	if near := cmd.SuggestionsFor(name); len(near) > 0 {
		return misusef("unknown command %q; did you mean \"%s %s\"?", name, cmd.CommandPath(), near[0])
	}
	return misusef("unknown command %q; see: %s --help", name, cmd.CommandPath())
}

// holder marks a command that only holds others.
const holder = "holder"

// flagError names the flag that was probably meant. A flag that is not known behind a word
// that is no command is not what is wrong, nor is one where a command is missing.
func flagError(cmd *cobra.Command, args []string, err error) error {
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return misusef("%w; see: %s --help", err, cmd.CommandPath())
	}
	if cmd.Annotations[holder] != "" {
		if at := strings.Count(cmd.CommandPath(), " "); at < len(args) && !strings.HasPrefix(args[at], "-") {
			return unknownCommand(cmd, args[at])
		}
		return misusef("%w; name a command before it: %s COMMAND; see: %s --help", err, cmd.CommandPath(), cmd.CommandPath())
	}
	names := &cobra.Command{SuggestionsMinimumDistance: 2} // it knows what is near to a word
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	if near := names.SuggestionsFor(unknown.GetSpecifiedName()); len(near) > 0 {
		return misusef("%w; did you mean --%s?", err, near[0])
	}
	return misusef("%w; see: %s --help", err, cmd.CommandPath())
}

// group returns a command that only holds others.
func group(use, short, long, example string, subs ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long, Example: "  " + example, Args: cobra.ArbitraryArgs, RunE: helpOrUnknown,
		SuggestionsMinimumDistance: 2, Annotations: map[string]string{holder: "some"},
	}
	cmd.AddCommand(subs...)
	return cmd
}

// newHelp is help as a command: samur help digest make.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND...]", Short: "show the help of a command",
		Long:    "Shows the help of a command; COMMAND --help does the same.",
		Example: "  samur help digest make",
		RunE: func(cmd *cobra.Command, args []string) error {
			at := cmd.Root()
			for _, word := range args {
				i := slices.IndexFunc(at.Commands(), func(c *cobra.Command) bool { return c.Name() == word })
				if i < 0 {
					return unknownCommand(at, word)
				}
				at = at.Commands()[i]
			}
			at.InitDefaultHelpFlag() // cobra adds it only to the command that is run
			return at.Help()
		},
	}
}

// takes returns an argument check whose error is a misuse and names the form.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && (most < 0 || len(args) <= most) {
			return nil
		}
		if most >= 0 && len(args) > most {
			return misusef("usage: %s; %q is one word too many", cmd.UseLine(), args[most])
		}
		return misusef("usage: %s; see: %s --help", cmd.UseLine(), cmd.CommandPath())
	}
}
