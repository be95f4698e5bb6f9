// Package file delivers an edition by writing its forms into a directory: one
// file for each form, named for the slot. A file appears whole or not at all, and
// sending again writes the same bytes under the same name, so a repeated delivery
// cannot be told from a single one.
//
// It refuses to create the parent of the directory it was given: a mistyped path
// should be an error and not a new tree. Read New first.
package file

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"samur/internal/deliver"
	"samur/internal/news"
)

// Channel writes editions into a directory.
type Channel struct {
	dir   string
	forms []string
}

// form is what is written for one name in the config.
type form struct {
	ext       string
	mediaType string
	bytes     func(e news.Edition) []byte
}

// formNamed returns the form of that name.
func formNamed(name string) (form, bool) {
	switch name {
	case "text":
		return form{".txt", "text/plain; charset=utf-8", func(e news.Edition) []byte { return e.Text }}, true
	case "html":
		return form{".html", "text/html; charset=utf-8", func(e news.Edition) []byte { return e.HTML }}, true
	case "markdown":
		return form{".md", "text/markdown; charset=utf-8", func(e news.Edition) []byte { return e.Markdown }}, true
	case "json":
		return form{".json", "application/json", func(e news.Edition) []byte { return e.JSON }}, true
	}
	return form{}, false
}

// New returns a channel that writes the named forms (text, html, markdown, json)
// into dir, which is created when its parent exists.
func New(dir string, forms []string) (*Channel, error) {
	if dir == "" {
		return nil, errors.New("file channel: no directory; set file.dir")
	}
	for _, name := range forms {
		if _, ok := formNamed(name); !ok {
			return nil, fmt.Errorf("file channel: unknown form %q; use text, html, markdown or json", name)
		}
	}
	return &Channel{dir: dir, forms: forms}, nil
}

// Recipients returns the names of the forms: each file is a delivery of its own.
func (c *Channel) Recipients() []string { return c.forms }

// Compose returns the form that to names.
func (c *Channel) Compose(e news.Edition, to news.Recipient) ([]byte, string, error) {
	f, ok := formNamed(to.To)
	if !ok {
		return nil, "", fmt.Errorf("file channel: unknown form %q", to.To)
	}
	return f.bytes(e), f.mediaType, nil
}

// Send writes the payload and returns the path of the file.
func (c *Channel) Send(_ context.Context, d news.Delivery) (string, error) {
	f, ok := formNamed(d.Recipient)
	if !ok {
		return "", deliver.Permanent(fmt.Errorf("unknown form %q", d.Recipient))
	}
	if err := os.Mkdir(c.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("create digest directory: %w", err)
	}
	name := filepath.Join(c.dir, d.Slot.Digest+"-"+d.Slot.At.UTC().Format("2006-01-02T1504Z")+f.ext)
	if err := writeWhole(name, d.Payload); err != nil {
		return "", fmt.Errorf("write digest: %w", err)
	}
	return "written to " + name, nil
}

// writeWhole writes b to name so that a reader, or a power cut, meets either no
// file or the whole one. What a kill leaves half written has a name of its own, so that
// the next attempt takes it away.
func writeWhole(name string, b []byte) (err error) {
	part := filepath.Join(filepath.Dir(name), ".samur-"+filepath.Base(name))
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	tmp, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name()) // the first error is the one to tell
		}
	}()
	if err := errors.Join(writeAndSync(tmp, b), tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), name); err != nil {
		return err
	}
	return syncDir(filepath.Dir(name))
}

func writeAndSync(f *os.File, b []byte) error {
	if _, err := f.Write(b); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	return f.Sync()
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
