package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"samur/internal/config"
	"samur/internal/fetch"
	"samur/internal/ingest"
	"samur/internal/news"
	"samur/internal/render"
)

// The commands that edit the config: feeds add, remove and import. An edit is written and the
// config loaded anew; when it would not load, or would not say what was meant, the
// file is put back.

func newFeedsAdd(env *Env) *cobra.Command {
	var f config.Feed
	var side, language, file string
	cmd := &cobra.Command{
		Use: "add URL", Short: "add a feed to the config, keeping its comments", Args: takes(1, 1),
		Long: `Reads the feed once to see that it is one, then writes it into the config file, or into
--file, which the config must include. Comments and order stay as they are. Reload the
daemon to put it in force.`,
		Example: "  samur feeds add --name example --side az --language ru https://example.org/rss.xml",
	}
	fl := cmd.Flags()
	fl.StringVar(&f.Name, "name", "", "what to call it (required)")
	fl.StringVar(&f.Outlet, "outlet", "", "the newsroom behind it")
	fl.StringVar(&side, "side", "other", "where the newsroom sits: az, ru or other")
	fl.StringVar(&language, "language", "", "what it is mostly written in")
	fl.StringVar(&f.Group, "group", "", "the group that says how it is asked (see groups in the config)")
	fl.StringVar(&file, "file", "", "file to write to, such as feeds.d/mine.yaml (default: the config file)")
	return adding(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if f.Name == "" {
			return misusef("--name is missing; for instance: samur feeds add --name my-feed %s", args[0])
		}
		if err := oneOf("--side", side, sides); err != nil {
			return err
		}
		f.URL, f.Side, f.Language = args[0], news.Side(side), news.Lang(language)
		if have, ok := knownFeed(s.cfg, f); ok {
			return fmt.Errorf("not added: the config has %s at %s already", have.Name, have.URL)
		}
		client := tester(s.cfg)
		defer client.Close()
		doc, resp, err := tryFeed(cmd.Context(), client, s.cfg.News(f))
		if err != nil {
			return refusedFeed(f.URL, err)
		}
		moved, err := movedNews(s.cfg, resp)
		if err != nil {
			return err
		}
		path := s.editable(file)
		err = s.edit(has(f.Name, path), change{path, func(text []byte) ([]byte, error) { return config.AddFeeds(text, f) }})
		if err != nil {
			return err
		}
		if moved != "" {
			say(cmd.ErrOrStderr(), "%s", moved)
		}
		if wantJSON(cmd) {
			line := edited(f, path)
			line.Entries, line.MovedTo = new(len(doc.Entries)), resp.MovedTo
			return newLines(cmd.OutOrStdout()).print(line)
		}
		say(cmd.OutOrStdout(), "added %s (%d entries) to %s; samur reload has the daemon read it", f.Name, len(doc.Entries), path)
		return nil
	})
}

// feedLine is a feed of the config, or one that was put into it or taken out, as printed.
type feedLine struct {
	Feed     string    `json:"feed"`
	URL      string    `json:"url,omitempty"`
	Outlet   string    `json:"outlet,omitempty"`
	Side     news.Side `json:"side,omitempty"`
	Language news.Lang `json:"language,omitempty"`
	Group    string    `json:"group,omitempty"`
	Disabled bool      `json:"disabled,omitempty"`
	File     string    `json:"file,omitempty"`     // that was edited
	Entries  *int      `json:"entries,omitempty"`  // of a feed that was read before it was added
	MovedTo  string    `json:"moved_to,omitempty"` // likewise
}

// edited is f as printed, put into the file at path; "" for none.
func edited(f config.Feed, path string) feedLine {
	return feedLine{
		Feed: f.Name, URL: f.URL, Outlet: f.Outlet, Side: f.Side, Language: f.Language, Group: f.Group, Disabled: f.Disabled, File: path,
	}
}

// refusedFeed is why a feed that could not be read is not added, and what helps.
func refusedFeed(address string, err error) error {
	_, help := ingest.Diagnose(address, err)
	if advice := render.English(help); advice != "" {
		return fmt.Errorf("not added: %w; %s", err, advice)
	}
	return fmt.Errorf("not added: %w", err)
}

// movedNews returns what to say of a feed that has moved for good, "" for one that has
// not. It fails when the config has the feed where it moved to.
func movedNews(cfg *config.Config, resp fetch.Response) (string, error) {
	if resp.MovedTo == "" {
		return "", nil
	}
	if have, ok := knownFeed(cfg, config.Feed{URL: resp.MovedTo}); ok {
		return "", fmt.Errorf("not added: it has moved for good, and the config has %s at %s already", have.Name, have.URL)
	}
	return fmt.Sprintf("it has moved for good to %s; set url to that", plain(resp.MovedTo)), nil
}

// sides are the values of --side.
var sides = []string{string(news.SideAz), string(news.SideRu), string(news.SideOther)}

// oneOf refuses a flag's value that is none of those allowed.
func oneOf(flag, value string, allowed []string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return misusef("%s %q is unknown; use one of %s", flag, value, strings.Join(allowed, ", "))
}

// knownFeed returns the feed of the config that has f's name or address.
func knownFeed(cfg *config.Config, f config.Feed) (config.Feed, bool) {
	for _, have := range cfg.Feeds {
		if f.Name != "" && have.Name == f.Name || f.URL != "" && place(have.URL) == place(f.URL) {
			return have, true
		}
	}
	return config.Feed{}, false
}

// has reports of a config that lacks the feed called name, which is in the file at path.
func has(name, path string) func(*config.Config) error {
	return func(cfg *config.Config) error {
		if _, ok := knownFeed(cfg, config.Feed{Name: name}); !ok {
			return fmt.Errorf("the config does not include %s; add it to include: in %s", path, cfg.Path)
		}
		return nil
	}
}

func newFeedsRemove(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove FEED", Short: "remove a feed from the config", Args: takes(1, 1),
		Long: `Removes a feed from the file it stands in; comments stay. What was read of it stays in
the archive. To stop reading it for a while write "disabled: true" under it instead.`,
		Example:           "  samur feeds remove example",
		ValidArgsFunction: completeFeeds(env),
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		name := args[0]
		if _, ok := knownFeed(s.cfg, config.Feed{Name: name}); !ok {
			return fmt.Errorf("no feed is called %q; see: samur feeds list", plain(name))
		}
		var errs []error
		for _, path := range s.cfg.Files {
			err := s.edit(nil, change{path, func(text []byte) ([]byte, error) { return config.RemoveFeed(text, name) }})
			if err == nil && wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(feedLine{Feed: name, File: path})
			}
			if err == nil {
				say(cmd.OutOrStdout(), "removed %s from %s; samur reload has the daemon stop reading it", name, path)
				return nil
			}
			if !errors.Is(err, config.ErrNotHere) {
				errs = append(errs, fmt.Errorf("%s: %w", path, err))
			}
		}
		if len(errs) == 0 { // a file was changed meanwhile
			return fmt.Errorf("no file of the config holds the feed %q any more", plain(name))
		}
		return errors.Join(errs...)
	})
}

// editable is the file that an edit goes to: the named one, or the config file.
func (s *session) editable(file string) string {
	if file == "" {
		return s.cfg.Path
	}
	if path, err := filepath.Abs(file); err == nil {
		return path
	}
	return file
}

// change is another text for a file.
type change struct {
	path string
	to   func(before []byte) ([]byte, error)
}

// edit makes changes, in turn, and loads the config anew. When one of them or the config
// fails, or holds refuses what was loaded, the files are as they were.
func (s *session) edit(holds func(*config.Config) error, changes ...change) error {
	var undo []func() error
	back := func(wrong error) error {
		for _, u := range slices.Backward(undo) {
			if err := u(); err != nil {
				return fmt.Errorf("%w; what is wrong with it: %w", err, wrong)
			}
		}
		return wrong
	}
	for _, c := range changes {
		u, err := c.make()
		if err != nil {
			return back(err)
		}
		undo = append(undo, u)
	}
	cfg, err := loadConfig(s.env, s.cfg.Path, false)
	if err == nil && holds != nil {
		err = holds(cfg)
	}
	if err != nil {
		return back(misusef("nothing was changed: %w", err))
	}
	return nil
}

// make gives the file its other text, and returns what puts the old one back.
func (c change) make() (undo func() error, err error) {
	before, err := os.ReadFile(c.path)
	created := errors.Is(err, fs.ErrNotExist)
	if err != nil && !created {
		return nil, fmt.Errorf("read config: %w", err)
	}
	if created {
		before = []byte("feeds:\n")
	}
	text, err := c.to(before)
	if err != nil {
		return nil, misusef("nothing was changed: %w", err)
	}
	if err := replace(c.path, text); err != nil {
		return nil, fmt.Errorf("write config: %w", unwritable(c.path, err))
	}
	return func() error {
		back := func() error { return replace(c.path, before) }
		if created {
			back = func() error { return os.Remove(c.path) }
		}
		if err := back(); err != nil {
			return fmt.Errorf("%s could not be put back: %w", c.path, err)
		}
		return nil
	}, nil
}

// replace gives the file at path another text in one step, so that a daemon that
// reloads at this moment sees the old file or the new one. Mode and owner stay, and
// so does a link.
func replace(path string, text []byte) error {
	if _, err := os.Lstat(path); err == nil {
		real, err := filepath.EvalSymlinks(path)
		if err != nil {
			return fmt.Errorf("%s is a link that leads nowhere; remove it, or make the file: %w", path, err)
		}
		path = real
	}
	before, err := os.Stat(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone already when all went well
	_, err = f.Write(text)
	if err := errors.Join(err, resemble(f, before), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// unwritable says what helps against an error of writing the file at path.
func unwritable(path string, err error) error {
	dir := filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w; use sudo, or the user whom %s belongs to", err, dir)
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w; change %s where %s is mounted from", err, filepath.Base(path), dir)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w; make the directory first: mkdir -p %s", err, dir)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w; make room: df -h %s", err, dir)
	}
	return err
}

// resemble gives f the owner, group and mode of the file it replaces, those of a new
// one when that is nil.
func resemble(f *os.File, before fs.FileInfo) error {
	if before == nil {
		return f.Chmod(0o644)
	}
	now, err := f.Stat()
	if err != nil {
		return err
	}
	was, ok := before.Sys().(*syscall.Stat_t)
	if is, also := now.Sys().(*syscall.Stat_t); ok && also && (is.Uid != was.Uid || is.Gid != was.Gid) {
		if err := f.Chown(int(was.Uid), int(was.Gid)); err != nil {
			return err
		}
	}
	return f.Chmod(before.Mode().Perm())
}
