package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/records"
)

// maxLine bounds one line of items, as a feed's body is bounded.
const maxLine = 16 << 20

// readItems calls fn for every JSON line of the named file, or of stdin for "-".
func readItems(env *Env, name string, fn func(app.RawItem) error) error {
	in, err := openInput(env, name)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 64<<10), maxLine)
	for n := 1; sc.Scan(); n++ {
		line := bytes.TrimSpace(sc.Bytes())
		if len(line) == 0 {
			continue
		}
		var it app.RawItem
		if err := json.Unmarshal(line, &it); err != nil {
			return fmt.Errorf("%s:%d: not an item: %w; each line is {\"id\", \"title\", \"description\", …}", name, n, err)
		}
		if err := fn(it); err != nil {
			return err
		}
	}
	if err := sc.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fmt.Errorf("%s: a line is longer than %d MB; give one item a line", name, maxLine>>20)
		}
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

func openInput(env *Env, name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(env.Stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open items: %w", err)
	}
	return f, nil
}

// inputName is the file argument of a command, stdin when there is none.
func inputName(args []string) string {
	if len(args) == 0 {
		return "-"
	}
	return args[0]
}

// itemsCommand makes a command that reads items and needs no store.
func itemsCommand(env *Env, use, short, long, example string, run func(cmd *cobra.Command, u *app.Understanding, name string) error) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use: use + " [FILE|-]", Short: short, Long: long, Example: "  " + example, Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			u, err := app.Understand(dir, 0)
			if err != nil {
				return err
			}
			return run(cmd, u, inputName(args))
		},
	}
	cmd.Flags().StringVar(&dir, "seeds", "", "directory with further documents, topics and lexicon entries")
	jsonAlone(cmd.Flags())
	return cmd
}

func newClassify(env *Env) *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use: "classify [FILE|-]", Short: "say of each item whether it is relevant, for which topics, and why", Args: takes(0, 1),
		Long: `Reads items as JSON Lines ({"id", "title", "description", "lang"?, …}) and prints for each
{"id", "lang", "relevant", "score", "topics": [{"slug", "score", "evidence"}], "evidence"}.
Offsets count bytes in the title and in the plain text of the description. No store is needed.

With --diff it judges the stored archive anew, with the rules, words, topics and answers in
force or those that the flags give, and shows every item that would be gained, lost or have
other topics, with what speaks for it before and now. Nothing is written.`,
		Example: "  samur classify --diff --since 30d --threshold 2.5",
	}
	f.register(cmd)
	configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.hereOrThere(cmd, args, func(cmd *cobra.Command, s *session, _ []string) error { return runDiff(cmd, s, &f) })
	})
	archive := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := f.check(cmd, args); err != nil {
			return err
		}
		if f.on {
			return archive(cmd, args)
		}
		u, err := app.Understand(f.seeds, f.threshold)
		if err != nil {
			return err
		}
		out := newLines(cmd.OutOrStdout())
		return readItems(env, inputName(args), func(r app.RawItem) error {
			return out.print(records.VerdictOf(r.ID, u.Classify(r, env.Now())))
		})
	}
	return cmd
}

func newCluster(env *Env) *cobra.Command {
	return itemsCommand(env, "cluster", "sort items into stories, across languages",
		`Reads items as JSON Lines and prints {"id", "story"} for each, in the order they came in.
Items of one story report the same event. No store is needed.`,
		"samur cluster items.jsonl",
		func(cmd *cobra.Command, u *app.Understanding, name string) error {
			var rs []app.RawItem
			err := readItems(env, name, func(r app.RawItem) error {
				rs = append(rs, r)
				return nil
			})
			if err != nil {
				return err
			}
			out := newLines(cmd.OutOrStdout())
			for i, story := range u.Cluster(rs, env.Now()) {
				if err := out.print(struct {
					ID    string `json:"id"`
					Story string `json:"story"`
				}{rs[i].ID, story}); err != nil {
					return err
				}
			}
			return nil
		})
}

// printFigures prints the figures of every item of a file.
func printFigures(cmd *cobra.Command, env *Env, u *app.Understanding, name string) error {
	out := newLines(cmd.OutOrStdout())
	return readItems(env, name, func(r app.RawItem) error {
		figs := []records.Figure{}
		for _, f := range u.Figures(r, env.Now()).Figures {
			figs = append(figs, records.FigureOf(f))
		}
		return out.print(struct {
			ID      string           `json:"id"`
			Figures []records.Figure `json:"figures"`
		}{r.ID, figs})
	})
}
