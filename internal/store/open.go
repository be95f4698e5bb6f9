package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Open opens the store at o.Path and creates it, and its directory, when there is
// none. An older schema is migrated after a verified copy was put beside the file.
// The caller must Close the store.
func Open(o Options) (*Store, error) {
	if o.Path == "" {
		return nil, fmt.Errorf("open store: no path given")
	}
	o = withDefaults(o)
	s := &Store{opt: o, lg: o.Logger}
	if err := s.open(); err != nil {
		s.abandon()
		return nil, fmt.Errorf("open store %q: %w", o.Path, advise(o.Path, err))
	}
	return s, nil
}

func withDefaults(o Options) Options {
	if o.Timeout <= 0 {
		o.Timeout = time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.OpenFile == nil {
		o.OpenFile = os.OpenFile
	}
	if o.migrations == nil {
		o.migrations = migrations
	}
	return o
}

// errEmptied reports a store that has lost all it held, for one is linked into place
// when it is whole. bbolt would begin it anew.
var errEmptied = fmt.Errorf("%w: the file is empty; restore a backup with: samur restore", ErrDamaged)

func (s *Store) open() error {
	switch info, err := inPlace(s.opt.Path); {
	case err == nil && info.Size() == 0:
		return errEmptied
	case err == nil:
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case s.opt.ReadOnly:
		return fmt.Errorf("%w; poll some feeds first with: samur poll", err)
	default:
		if err := create(s.opt); err != nil {
			return err
		}
	}
	var err error
	if s.db, s.file, err = attach(s.opt, s.opt.Path); err != nil {
		return err
	}
	if err := s.settle(); err != nil {
		return err
	}
	if !s.opt.ReadOnly {
		writeHolder(s.opt.Path, s.opt.Now())
		removeLeftovers(s.opt.Path)
	}
	return nil
}

// settle brings an opened file to the present schema and size.
func (s *Store) settle() error {
	if err := samePlace(s.opt.Path, s.file); err != nil {
		return err
	}
	if err := s.migrate(); err != nil {
		return err
	}
	if s.opt.ReadOnly || !s.mostlyFree() {
		return nil
	}
	return s.Compact(context.Background()) // who waits for a start can only kill it
}

// abandon lets go of a file that could not be opened as a store.
func (s *Store) abandon() {
	if s.db != nil && contain(s.opt.Path, s.db.Close) == nil {
		return
	}
	if s.file != nil {
		_ = letGo(s.file) // nothing was written
	}
}

// attach opens the bbolt file at path and takes its lock. The list of free pages is
// written with every commit: with 100,000 of them one takes 5 ms of CPU in place of 2.
// Were it not, each command would look at every page of the file to find them, which
// takes two seconds of 800 MB in place of .05.
func attach(o Options, path string) (db *bbolt.DB, file *os.File, err error) {
	opt := &bbolt.Options{
		Timeout:      o.Timeout,
		ReadOnly:     o.ReadOnly,
		FreelistType: bbolt.FreelistMapType, // the array scans all free pages for each allocation
		MaxSize:      int(o.MaxSize),
		OpenFile: func(name string, flag int, perm os.FileMode) (*os.File, error) {
			f, err := o.OpenFile(name, flag, perm)
			file = f
			return f, err
		},
		// Check looks at the list of free pages, which readers do not need.
		PreLoadFreelist: o.ReadOnly && o.check,
	}
	err = contain(path, func() (err error) {
		db, err = bbolt.Open(path, 0o600, opt)
		return err
	})
	if err == nil {
		return db, file, nil
	}
	if file != nil {
		_ = letGo(file) // closed already, but not after a panic
	}
	return nil, nil, explain(path, err)
}

// explain turns bbolt's refusals into what they mean for a keeper.
func explain(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%w by %s; stop it first or use its socket", ErrLocked, holder(path))
	case errors.Is(err, ErrDamaged):
		return err
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return fmt.Errorf("%w: %w; restore a backup with: samur restore", ErrDamaged, err)
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return err
	}
	return fmt.Errorf("%w: %w; restore a backup with: samur restore", ErrDamaged, err)
}

// samePlace refuses a file that was replaced while we waited for its lock: what is
// written into it would be lost.
func samePlace(path string, file *os.File) error {
	have, err := file.Stat()
	if err != nil {
		return err
	}
	want, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !os.SameFile(have, want) {
		return fmt.Errorf("%w: the file was replaced meanwhile; try again", ErrLocked)
	}
	return nil
}

// create makes an empty store beside path and links it into place when it is whole,
// so that a power cut or kill leaves a store or none, never half of one. What root
// creates in the directory of a service belongs to that.
func create(o Options) error {
	o.OpenFile = adopting(o.OpenFile, o.Path)
	dir := filepath.Dir(o.Path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp := fmt.Sprintf("%s.new-%d", o.Path, os.Getpid())
	defer os.Remove(tmp)
	db, _, err := attach(o, tmp)
	if err != nil {
		return err
	}
	err = contain(tmp, func() error { return db.Update(func(tx *bbolt.Tx) error { return createSchema(tx, o) }) })
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := os.Link(tmp, o.Path); err != nil {
		if _, statErr := os.Stat(o.Path); statErr == nil {
			return nil // another process was faster; its lock decides who goes on
		}
		if err := os.Rename(tmp, o.Path); err != nil { // a file system without links
			return err
		}
	}
	o.Logger.Info("store created", "path", o.Path)
	return syncDir(dir)
}

// syncDir makes a new or renamed file's name survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if closeErr := d.Close(); err == nil {
		err = closeErr
	}
	return err
}

// removeLeftovers deletes the temporary files of a process that was killed. The
// caller holds the store, so no other process is using them.
func removeLeftovers(path string) {
	for _, pattern := range []string{".new-*", ".compact", ".restore"} {
		names, _ := filepath.Glob(path + pattern) // the only error is a bad pattern
		for _, name := range names {
			_ = os.Remove(name) // tried again at the next start
		}
	}
}
