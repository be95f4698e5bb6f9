package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	examples "samur/config"
	"samur/internal/app"
	"samur/internal/store"
)

// backupOut is a copy of the store that was made, as printed.
type backupOut struct {
	File string `json:"file"`
}

// restoredOut is a store that a copy has become, as printed.
type restoredOut struct {
	File  string `json:"file"`
	From  string `json:"from"`
	Aside string `json:"aside,omitempty"` // where the store is that was there
}

func newBackup(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "backup [FILE]", Short: "copy the store, verified, while it is in use", Args: takes(0, 1),
		Long: `Copies the store to FILE, or into the backup directory of the config. The copy is read
back and every record's checksum compared before it gets its name. A FILE that exists is
left as it is. Beside the daemon it is the daemon that writes FILE, with its own rights.
Prints the name of the copy.`,
		Example: "  samur backup /var/backups/samur.db",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withStore(func(st *store.Store) error {
			path, err := s.backup(cmd.Context(), st, args)
			if err != nil {
				return err
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(backupOut{path})
			}
			say(cmd.OutOrStdout(), "%s", path)
			return nil
		})
	})
}

// backup copies the store to the file that args name, or into the backup directory.
func (s *session) backup(ctx context.Context, st *store.Store, args []string) (string, error) {
	if len(args) == 0 {
		return app.Backup(ctx, s.cfg, st, s.now())
	}
	path, err := s.path(args[0])
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("%s exists already; it is left as it is", path)
	}
	return path, st.Backup(ctx, path)
}

func newRestore(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "put a backup in the store's place, after checking it", Args: takes(1, 1),
		Long: `Checks the copy first, sets the present store aside, beside it, and puts the copy in its
place. The daemon must not be running.`,
		Example: "  samur restore /var/backups/samur.db",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		to := app.StorePath(s.cfg)
		if _, err := os.Stat(to); errors.Is(err, fs.ErrPermission) {
			return fmt.Errorf("the state directory %s is not open to this user; use sudo or the daemon's own user", filepath.Dir(to))
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return fmt.Errorf("create state directory: %w", err)
		}
		aside, err := store.Restore(cmd.Context(), args[0], to)
		if err != nil {
			return err
		}
		if wantJSON(cmd) {
			return newLines(cmd.OutOrStdout()).print(restoredOut{to, args[0], aside})
		}
		say(cmd.OutOrStdout(), "restored %s from %s", to, args[0])
		if aside != "" {
			say(cmd.ErrOrStderr(), "the store that was there is now %s; remove it when all is well", aside)
		}
		return nil
	})
}

func newInit(env *Env) *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use: "init [DIR]", Short: "write a commented config to begin with", Args: takes(0, 1),
		Long: `Writes samur.yaml, feeds.yaml and an empty feeds.d into DIR (default: the present one).
It runs as it is: pages on loopback, digests into files, the feeds of the field. Nothing
that exists is overwritten without --force.`,
		Example: "  samur init ~/samur",
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			if err := os.MkdirAll(filepath.Join(dir, "feeds.d"), 0o755); err != nil {
				return fmt.Errorf("create config directory: %w", err)
			}
			var written []string
			for _, name := range []string{"samur.yaml", "feeds.yaml"} {
				b, err := examples.FS.ReadFile(name)
				if err != nil {
					return fmt.Errorf("read bundled %s: %w", name, err)
				}
				path := filepath.Join(dir, name)
				flag := os.O_CREATE | os.O_WRONLY | os.O_EXCL
				if force {
					flag = os.O_CREATE | os.O_WRONLY | os.O_TRUNC
				}
				if err := writeNew(path, b, flag); err != nil {
					return err
				}
				written = append(written, path)
			}
			path := filepath.Join(dir, "samur.yaml")
			say(cmd.OutOrStdout(), "wrote %s\nnext: samur check --config %s\nthen: samur run --config %s    # pages at http://127.0.0.1:8484/", strings.Join(written, " and "), path, path)
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "overwrite what exists")
	return cmd
}

func writeNew(path string, b []byte, flag int) error {
	f, err := os.OpenFile(path, flag, 0o644)
	if os.IsExist(err) {
		return fmt.Errorf("%s exists already; it is left as it is (--force overwrites)", path)
	}
	if err != nil {
		return fmt.Errorf("write config: %w", err)
	}
	if _, err := f.Write(b); err != nil {
		_ = f.Close() // the write's error is the one to tell
		return fmt.Errorf("write config: %w", err)
	}
	return f.Close()
}
