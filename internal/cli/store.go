package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/cluster"
	"samur/internal/news"
	"samur/internal/search"
	"samur/internal/store"
	"samur/internal/timeline"
)

func newStore(env *Env) *cobra.Command {
	return group("store", "the file that holds everything: stats, check, compact, reindex",
		`Looks after the store's file. Every command works beside the running daemon.`,
		"samur store stats", newStoreStats(env), newStoreCheck(env), newStoreCompact(env), newStoreReindex(env))
}

// statsOut is the store's state as printed.
type statsOut struct {
	File      string    `json:"file"`
	Schema    int       `json:"schema"`
	Created   time.Time `json:"created"`
	Program   string    `json:"created_by"`
	Items     uint64    `json:"items"`
	Pruned    uint64    `json:"items_without_text"`
	Relevant  uint64    `json:"relevant"`
	Revisions uint64    `json:"revisions"`
	Answers   int       `json:"answers"`
	Polls     uint64    `json:"polls"`
	Failed    uint64    `json:"polls_failed"`
	Bytes     int64     `json:"bytes"`
	Free      int64     `json:"bytes_free"`
}

func newStoreStats(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "stats", Short: "show what the store holds and how large it is", Args: takes(0, 0),
		Long: `Shows the counts since the store was created, the size of its file and how much of it
is free to be used again.`,
		Example: "  samur store stats --json",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			x, err := st.Stats()
			if err != nil {
				return err
			}
			answers, err := st.Answers()
			if err != nil {
				return err
			}
			o := statsOut{
				app.StorePath(s.cfg), x.Schema, x.Created, x.Program, x.Items, x.Pruned, x.Relevant, x.Revisions, len(answers), x.Polls, x.Failed,
				x.FileBytes, x.FreeBytes,
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(o)
			}
			t := newTable(cmd.OutOrStdout(), "STORE", o.File)
			t.row("schema", strconv.Itoa(o.Schema))
			t.row("created", stamp(o.Created)+" by samur "+o.Program)
			t.row("items", fmt.Sprintf("%d, of them %d relevant, %d without their text", o.Items, o.Relevant, o.Pruned))
			t.row("revisions", strconv.FormatUint(o.Revisions, 10))
			t.row("answers", fmt.Sprintf("%d; %s", o.Answers, news.RecordOf(answers, news.RecordSize)))
			t.row("polls", fmt.Sprintf("%d, of them %d failed", o.Polls, o.Failed))
			t.row("size", fmt.Sprintf("%d bytes, %d of them free", o.Bytes, o.Free))
			return t.flush()
		})
	})
}

func newStoreCheck(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "check [FILE]", Short: "read every record and compare its checksum", Args: takes(0, 1),
		Long: `Makes a copy of the store beside it, reads every record of the copy, compares checksums
and indexes, and removes the copy. With FILE it reads that file, a backup for instance,
which no daemon may have open. Exit 1 names the first record that is not what was
written; samur restore puts a backup in its place.`,
		Example: "  samur store check /var/backups/samur.db",
	}
	stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			if err := verifyStore(cmd.Context(), s.cfg.State, st); err != nil {
				return err
			}
			return printSoundness(cmd, soundness{File: app.StorePath(s.cfg), Good: true})
		})
	})
	own := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return own(cmd, args)
		}
		v := soundnessOf(cmd.Context(), args[0]) // needs neither config nor daemon
		if err := cmd.Context().Err(); err != nil {
			return err
		}
		return printSoundness(cmd, v)
	}
	return cmd
}

// printSoundness prints what a check found, and fails when that is not good.
func printSoundness(cmd *cobra.Command, v soundness) error {
	switch {
	case wantJSON(cmd):
		if err := newLines(cmd.OutOrStdout()).print(v); err != nil {
			return err
		}
	case v.Good:
		say(cmd.OutOrStdout(), "every record of %s is what was written", v.File)
	}
	if v.Good {
		return nil
	}
	say(cmd.ErrOrStderr(), "samur: %s", v.Found)
	return errSilent
}

// verifyStore copies the store to a place of its own in dir, for the copy is read back
// whole and compared.
func verifyStore(ctx context.Context, dir string, st *store.Store) error {
	dir, err := os.MkdirTemp(dir, ".check-*")
	if err != nil {
		return fmt.Errorf("make room for a copy: %w", err)
	}
	return errors.Join(st.Backup(ctx, filepath.Join(dir, "samur.db")), os.RemoveAll(dir))
}

// compactedOut is what a compaction came to, as printed.
type compactedOut struct {
	File   string `json:"file"`
	Before int64  `json:"bytes_before"`
	Bytes  int64  `json:"bytes"`
}

func newStoreCompact(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "compact", Short: "rewrite the store without its free pages", Args: takes(0, 0),
		Long: `Rewrites the file without the pages that pruned records left, and verifies it before it
takes the old one's place. Polls wait meanwhile. The daemon does so by itself when more
than half of a large file is free.`,
		Example: "  samur store compact",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			before, err := st.Stats()
			if err != nil {
				return err
			}
			if err := st.Compact(cmd.Context()); err != nil {
				return err
			}
			after, err := st.Stats()
			if err != nil {
				return err
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(compactedOut{app.StorePath(s.cfg), before.FileBytes, after.FileBytes})
			}
			say(cmd.OutOrStdout(), "%d bytes before, %d now", before.FileBytes, after.FileBytes)
			return nil
		})
	})
}

// reindexedOut is what was indexed, as printed.
type reindexedOut struct {
	Items   int    `json:"items"`
	Changed int    `json:"events_changed"`        // in so many of them
	Done    uint64 `json:"done_before,omitempty"` // items, when it was stopped the last time
}

func newStoreReindex(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "reindex", Short: "build the indexes of words and events anew from the stored items", Args: takes(0, 0),
		Long: `Reads every stored item with the lexicon of today and builds the index of samur search
and the events of samur timeline anew. Useful after names were added to the lexicon, or
after an upgrade: items stored before are then found under them too. One that was stopped
goes on where it was when it is called again, unless the lexicon has changed.`,
		Example: "  samur store reindex",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withLine(func(c *app.Core, line *app.Line) error { return reindex(cmd, c.Store, line) })
	})
}

// reindex builds the indexes of st anew with line.
func reindex(cmd *cobra.Command, st *store.Store, line *app.Line) error {
	rules := cluster.Rules(line.Lexicon) ^ xxhash.Sum64String(version()) // names what items are read by
	done, err := st.Reindex(cmd.Context(), rules, func(it news.Item) store.Retaken {
		doc := line.Lexicon.Read(it)
		r := store.Retaken{Terms: search.Terms(doc)}
		if it.Verdict.Relevant {
			r.Events = timeline.Extract(doc, it.Published)
		}
		return r
	})
	if cmd.Context().Err() != nil && done.Upto > 0 {
		return fmt.Errorf("interrupted; %d of %d items are done, and samur store reindex goes on behind them", done.Upto, done.Last)
	}
	if err != nil {
		return err
	}
	if wantJSON(cmd) {
		return newLines(cmd.OutOrStdout()).print(reindexedOut{done.Items, done.Changed, done.From})
	}
	if done.From > 0 {
		say(cmd.ErrOrStderr(), "the first %d items were done when it was stopped the last time", done.From)
	}
	say(cmd.OutOrStdout(), "%d items indexed, events changed in %d", done.Items, done.Changed)
	return nil
}
