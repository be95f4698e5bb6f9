package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/search"
	"samur/internal/store"
	"samur/internal/transfer"
)

func newExport(env *Env) *cobra.Command {
	var f transfer.Filter
	var from, to string
	cmd := &cobra.Command{
		Use: "export", Short: "write the whole archive as JSON Lines", Args: takes(0, 0),
		Long: `Writes what the store has to stdout, one JSON object a line with its kind and version: items
with their later wordings and verdicts, stories, editions, deliveries with what was sent,
answers, polls and the states of feeds. It is the store of one moment, whatever the daemon
does meanwhile. Two stores that have the same give the same bytes. Mails and addresses are
part of it: keep it as you keep the store. HTTP validators are not.

--kind, --feed, --from and --to leave things out. --feed gives what belongs to feeds, and
days count by when samur saw, made or heard a thing. Only an export that left nothing out
can become a store that goes on; see samur import.`,
		Example: "  samur export > samur.jsonl",
	}
	fs := cmd.Flags()
	fs.StringSliceVar(&f.Kinds, "kind", nil, "only these kinds, with commas: "+strings.Join(transfer.Kinds(), ", "))
	fs.StringSliceVar(&f.Feeds, "feed", nil, "only what belongs to these feeds, with commas")
	fs.StringVar(&from, "from", "", "only from this day on (YYYY-MM-DD, UTC)")
	fs.StringVar(&to, "to", "", "only up to this day, which is part of it")
	jsonAlone(fs)
	_ = cmd.RegisterFlagCompletionFunc("feed", completeFeeds(env)) // fails only for a flag that is not there
	run := func(cmd *cobra.Command, s *session, _ []string) error {
		if err := filterDays(&f, from, to); err != nil {
			return err
		}
		for _, k := range f.Kinds {
			if err := oneOf("--kind", k, transfer.Kinds()); err != nil {
				return err
			}
		}
		return s.withStore(func(st *store.Store) error {
			return s.export(cmd.Context(), st, f, cmd.OutOrStdout())
		})
	}
	return withFlags(env, cmd, &flags{formless: true}, func(cmd *cobra.Command, s *session, args []string) error {
		return s.hereOrThere(cmd, args, run)
	})
}

// filterDays sets the bounds of f.
func filterDays(f *transfer.Filter, from, to string) error {
	for _, x := range []struct {
		flag, day string
		at        *time.Time
		more      int
	}{{"--from", from, &f.From, 0}, {"--to", to, &f.To, 1}} {
		if x.day == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, x.day)
		if err != nil {
			return misusef("%s %q is not a day; write 2026-03-08", x.flag, x.day)
		}
		*x.at = day.AddDate(0, 0, x.more)
	}
	return nil
}

// export writes to w. The daemon writes into a file without a name first: the store must
// not wait for who reads slowly. It gives up with ctx: a daemon that ends waits for it.
func (s *session) export(ctx context.Context, st *store.Store, f transfer.Filter, w io.Writer) (err error) {
	if s.shared == nil {
		return writeLines(ctx, st, f, w)
	}
	spool, err := os.CreateTemp(s.cfg.State, ".export-*")
	if err != nil {
		return fmt.Errorf("make room for the export: %w", err)
	}
	defer func() { err = errors.Join(err, spool.Close()) }()
	if err := os.Remove(spool.Name()); err != nil {
		return fmt.Errorf("make room for the export: %w", err)
	}
	if err := writeLines(ctx, st, f, spool); err != nil {
		return err
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the export again: %w", err)
	}
	if _, err := io.CopyBuffer(struct{ io.Writer }{w}, spool, make([]byte, 1<<18)); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// writeLines exports to w, fit for a terminal.
func writeLines(ctx context.Context, st *store.Store, f transfer.Filter, w io.Writer) error {
	buf := bufio.NewWriterSize(w, 1<<16)
	if _, err := transfer.Export(ctx, st, f, visible{buf}); err != nil {
		return err
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// importFlags are those of samur import.
type importFlags struct{ check, archive bool }

func newImport(env *Env) *cobra.Command {
	f := &importFlags{}
	cmd := &cobra.Command{
		Use: "import FILE|-", Short: "take in what samur export wrote", Args: takes(1, 1),
		Long: `Reads every line of the file first; a line that cannot be imported is named by its number,
and nothing is changed. Then it does one of two things, and says which.

Where there is no store yet, or one that was never used, a whole export becomes the store,
all or nothing. It goes on where the old one stopped: what no digest had told there is told
here, and deliveries that waited there are sent from here. So end the old one first. The
daemon must not be running.

Into a store that is in use, or with --archive, or of a part of an export, come items and
answers alone. Items are archive then: known and found by samur search, but told by no
digest, in no story, and kept as if first seen now. What is there already is left as it is,
so that a second import adds nothing. It works beside the daemon.

- reads stdin, which is not read twice: lines before a bad one are imported then. --check
reads and tells, and changes nothing. Exit 1 when a line is bad.`,
		Example: "  samur import samur.jsonl",
	}
	cmd.Flags().BoolVar(&f.check, "check", false, "only read the file, and say what it has")
	cmd.Flags().BoolVar(&f.archive, "archive", false, "take items and answers only, as archive, also where there is no store yet")
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if s.shared != nil { // the caller's own process has read the file, and sends it
			return s.importHere(cmd, env.Stdin, transfer.Summary{Whole: true}, f.archive)
		}
		return s.importFile(cmd, args, f)
	})
}

// importFile opens and checks the file, and imports it here or there.
func (s *session) importFile(cmd *cobra.Command, args []string, f *importFlags) error {
	in, closeIn, err := s.openImport(args[0])
	if err != nil {
		return err
	}
	defer closeIn()
	sum := transfer.Summary{Whole: true} // of what is not read twice it shows when it is read
	if f.check || args[0] != "-" {
		r, err := in()
		if err != nil {
			return err
		}
		if sum, err = transfer.Check(cmd.Context(), r); err != nil {
			return fmt.Errorf("%s: %w; nothing was imported", args[0], err)
		}
	}
	if f.check {
		if wantJSON(cmd) {
			return newLines(cmd.OutOrStdout()).print(contentsOf(args[0], sum))
		}
		say(cmd.OutOrStdout(), "%s: %s", args[0], contents(sum))
		return nil
	}
	if !sum.Whole && !f.archive {
		f.archive = true
		s.env.args = append(slices.Clone(s.env.args), "--archive") // the daemon does not see the file beforehand
	}
	s.input = in
	return s.hereOrThere(cmd, args, func(cmd *cobra.Command, s *session, _ []string) error {
		r, err := in()
		if err != nil {
			return err
		}
		return s.importHere(cmd, r, sum, f.archive)
	})
}

// openImport opens the file to import. in returns it from its beginning, which stdin
// has once.
func (s *session) openImport(name string) (in func() (io.Reader, error), closeIn func(), err error) {
	if name == "-" {
		return func() (io.Reader, error) { return s.env.Stdin, nil }, func() {}, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = misusef("%s is no file that can be read twice; give it as: samur import - < %s", name, name)
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	in = func() (io.Reader, error) {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return nil, fmt.Errorf("read the file again: %w", err)
		}
		return file, nil
	}
	return in, func() { _ = file.Close() }, nil // it was only read
}

// contentsOut is what a file has, as printed.
type contentsOut struct {
	File  string         `json:"file,omitempty"`
	Whole bool           `json:"whole"` // it is an export that left nothing out
	Has   map[string]int `json:"has"`   // lines by kind
}

func contentsOf(file string, sum transfer.Summary) contentsOut {
	o := contentsOut{file, sum.Whole, map[string]int{}}
	for _, kind := range transfer.Kinds() {
		if n := sum.Of[kind]; n > 0 {
			o.Has[kind] = n
		}
	}
	return o
}

// contents says what a file has: "12 item, 3 story".
func contents(sum transfer.Summary) string {
	var parts []string
	for _, kind := range transfer.Kinds() {
		if n := sum.Of[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, kind))
		}
	}
	what := "a part of an export"
	if sum.Whole {
		what = "a whole export"
	}
	return what + ": " + cmp.Or(strings.Join(parts, ", "), "nothing")
}

// importHere imports into the store of this process.
func (s *session) importHere(cmd *cobra.Command, in io.Reader, sum transfer.Summary, archive bool) error {
	unused, err := s.unused()
	if err != nil {
		return err
	}
	whole := unused && !archive && sum.Whole
	if whole && s.shared != nil {
		return errors.New("the daemon's store is empty, and a whole export could go on in it: stop the daemon and import again, or give --archive")
	}
	terms, err := s.terms()
	if err != nil {
		return err
	}
	if whole {
		return s.rebuild(cmd, in, terms)
	}
	return s.withStore(func(st *store.Store) error {
		added, err := transfer.Add(cmd.Context(), in, st, s.now(), terms)
		if wantJSON(cmd) {
			return cmp.Or(err, newLines(cmd.OutOrStdout()).print(addedOf(added)))
		}
		say(cmd.OutOrStdout(), "%d items and %d answers were added as archive: they are known, and told by no digest", added.Items, added.Answers)
		say(cmd.OutOrStdout(), "%d items and %d answers were there already; %d items without text and %d lines of other kinds were left out",
			added.Known, added.Again, added.Bare, added.Left)
		return err
	})
}

// addedOut is what an import added as archive, and what it did not, as printed.
type addedOut struct {
	Items   int `json:"items"`
	Answers int `json:"answers"`
	Known   int `json:"items_known"`
	Again   int `json:"answers_known"`
	Bare    int `json:"items_without_text"`
	Left    int `json:"lines_left_out"`
}

func addedOf(a transfer.Added) addedOut {
	return addedOut{a.Items, a.Answers, a.Known, a.Again, a.Bare, a.Left}
}

// unused reports whether there is no store yet, or one that was never used.
func (s *session) unused() (bool, error) {
	if s.shared == nil {
		if _, err := os.Stat(app.StorePath(s.cfg)); errors.Is(err, os.ErrNotExist) {
			return true, nil
		}
	}
	var unused bool
	err := s.withStore(func(st *store.Store) (err error) {
		unused, err = st.Bare()
		return err
	})
	return unused, err
}

// terms returns the terms under which items are found.
func (s *session) terms() (transfer.Terms, error) {
	of := func(u *app.Understanding) transfer.Terms {
		return func(it news.Item) []news.IndexTerm { return search.Terms(u.Lexicon.Read(it)) }
	}
	if s.shared != nil {
		line, err := s.shared.Line()
		if err != nil {
			return nil, err
		}
		return of(line.Understanding), nil
	}
	u, err := app.Understand(s.cfg.Seeds.Dir, s.cfg.Seeds.Threshold, app.OwnTopics(s.cfg)...)
	if err != nil {
		return nil, err
	}
	return of(u), nil
}

// madeOut is a store that an export has become, as printed.
type madeOut struct {
	Store string `json:"store"`
	contentsOut
	Untold  map[string]int `json:"untold"` // by digest: items for its next edition
	Waiting int            `json:"deliveries_waiting"`
}

// rebuild makes the store of a whole export.
func (s *session) rebuild(cmd *cobra.Command, in io.Reader, terms transfer.Terms) error {
	path := app.StorePath(s.cfg)
	m, err := transfer.Rebuild(cmd.Context(), in, store.Options{Path: path, Logger: s.lg, Now: s.now, Version: version()}, terms)
	if err != nil {
		return fmt.Errorf("%w; nothing was imported", err)
	}
	w := cmd.OutOrStdout()
	if wantJSON(cmd) {
		return newLines(w).print(madeOut{path, contentsOf("", m.Summary), m.Untold, m.Waiting})
	}
	say(w, "%s was made of %s; it goes on where that one stopped", path, contents(m.Summary))
	for _, name := range slices.Sorted(maps.Keys(m.Untold)) {
		say(w, "digest %s: %d items came after its last edition and are for the next one", name, m.Untold[name])
	}
	if m.Waiting > 0 {
		say(w, "%d deliveries wait and are sent from here; see: samur outbox list", m.Waiting)
	}
	return nil
}
