//go:build unix

package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestAdvice holds that a store which cannot be opened or copied says what helps, and that
// nothing was made in its place.
func TestAdvice(t *testing.T) {
	refused := func(no syscall.Errno) Options {
		return Options{OpenFile: func(name string, _ int, _ os.FileMode) (*os.File, error) {
			return nil, &os.PathError{Op: "open", Path: name, Err: no}
		}}
	}
	for _, tt := range []struct {
		name string
		o    Options
		lay  func(path string) error // what lies at the path
		want string
	}{
		{"read-only disk", refused(syscall.EROFS), nil, "cannot be written to: mount it for writing"},
		{"full disk", refused(syscall.ENOSPC), nil, "make room: df -h "},
		{"quota", refused(syscall.EDQUOT), nil, "make room: df -h "},
		{"another's directory", refused(syscall.EACCES), nil, "give the directory to the user that samur runs as"},
		{"another's file", refused(syscall.EACCES), func(path string) error { return os.WriteFile(path, []byte("x"), 0o600) }, "chown --reference="},
		{"a directory", Options{}, func(path string) error { return os.Mkdir(path, 0o700) }, "it is no file (d"},
		{"a pipe", Options{}, func(path string) error { return syscall.Mkfifo(path, 0o600) }, "it is no file (p"},
		{"a link to nothing", Options{}, func(path string) error { return os.Symlink("/mnt/gone/samur.db", path) }, "a link to /mnt/gone/samur.db, which is not there"},
		{"an empty file", Options{}, func(path string) error { return os.WriteFile(path, nil, 0o600) }, "the file is empty"},
	} {
		dir := t.TempDir()
		tt.o.Path = filepath.Join(dir, "samur.db")
		if tt.lay != nil {
			if err := tt.lay(tt.o.Path); err != nil {
				t.Fatal(err)
			}
		}
		before, _ := os.Readlink(tt.o.Path)
		s, err := Open(tt.o)
		if err == nil {
			err = errors.Join(errors.New("it was opened"), s.Close())
		}
		if !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Open = %v, want …%s…", tt.name, err, tt.want)
		}
		if after, _ := os.Readlink(tt.o.Path); after != before {
			t.Errorf("%s: the link led to %q and leads to %q", tt.name, before, after)
		}
	}
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "move it away, or put state elsewhere"
	if _, err := Open(Options{Path: filepath.Join(path, "samur.db")}); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("in a file: Open = %v, want …%s…", err, want)
	}
}

// TestCompactLink holds that a store which is reached by a link stays where it is.
func TestCompactLink(t *testing.T) {
	dir, far := t.TempDir(), filepath.Join(t.TempDir(), "large.db")
	path := filepath.Join(dir, "samur.db")
	s := openAt(t, far)
	save(t, s, batch("trend", 0, 9))
	if err := errors.Join(s.Close(), os.Symlink(far, path)); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	if err := errors.Join(s.Compact(t.Context()), s.Close(), Check(t.Context(), far)); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(path); to != far {
		t.Errorf("the link leads to %q, %v, want %q", to, err, far)
	}
}
