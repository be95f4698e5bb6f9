package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// Compaction is worth a start's time only for files of some size.
const compactFloor = 32 << 20

// mostlyFree reports whether more than half of the file is free pages.
func (s *Store) mostlyFree() bool {
	st, err := s.Stats()
	return err == nil && st.FileBytes > compactFloor && st.FreeBytes > st.FileBytes/2
}

// Compact rewrites the file without its free pages. Writers wait meanwhile, readers
// only for the moment of the exchange. The old file stays in use until the new one
// is complete, verified and on the disk.
func (s *Store) Compact() error {
	s.writer.Lock()
	defer s.writer.Unlock()
	if p := s.dead.Load(); p != nil {
		return *p
	}
	tmp := s.opt.Path + ".compact"
	_ = os.Remove(tmp) // of a process that was killed
	if err := s.compactInto(tmp); err != nil {
		_ = os.Remove(tmp) // the old file goes on
		return fmt.Errorf("compact store %q: %w", s.opt.Path, err)
	}
	return nil
}

func (s *Store) compactInto(tmp string) error {
	o := s.opt
	o.OpenFile = adopting(o.OpenFile, o.Path)
	db, file, err := attach(o, tmp)
	if err != nil {
		return err
	}
	// The lock on the new file is held before it gets its name, so that at no moment
	// the store is anyone's.
	db.NoSync = true
	err = contain(tmp, func() error {
		if err := bbolt.Compact(db, s.db, 4<<20); err != nil {
			return err
		}
		db.NoSync = false
		if err := db.Sync(); err != nil {
			return err
		}
		return db.View(checkTx)
	})
	if err == nil {
		err = os.Rename(tmp, s.opt.Path)
	}
	if err != nil {
		_ = db.Close() // nothing points to it
		return err
	}
	s.swap.Lock()
	old := s.db
	s.db, s.file = db, file
	s.swap.Unlock()
	if err := old.Close(); err != nil {
		s.lg.Warn("old store file not closed", "err", err)
	}
	return syncDir(filepath.Dir(s.opt.Path))
}

// Backup writes a copy to path while the store is in use. The copy appears under
// its name only when it is complete, verified and on the disk; one that was there
// before is replaced.
func (s *Store) Backup(path string) error {
	if at, err := os.Stat(path); err == nil {
		if own, err := os.Stat(s.opt.Path); err == nil && os.SameFile(at, own) {
			return fmt.Errorf("back up store to %q: that is the store itself; name another file", path)
		}
	}
	if err := s.copyTo(path); err != nil {
		return fmt.Errorf("back up store to %q: %w", path, err)
	}
	return nil
}

func (s *Store) copyTo(path string) error {
	return place(adopting(s.opt.OpenFile, path), path, func(w io.Writer) error {
		return s.view(func(tx *bbolt.Tx) error {
			_, err := tx.WriteTo(w)
			return err
		})
	})
}

type openFunc func(name string, flag int, perm os.FileMode) (*os.File, error)

// adopting is open for what is to become the file at path, which root leaves to the
// one whom the place belongs to.
func adopting(open openFunc, path string) openFunc {
	return func(name string, flag int, perm os.FileMode) (*os.File, error) {
		f, err := open(name, flag, perm)
		if err != nil {
			return nil, err
		}
		if err := adopt(f, path); err != nil {
			return nil, errors.Join(err, f.Close(), os.Remove(name))
		}
		return f, nil
	}
}

// MakeDir makes dir, for files beside the store, and what is missing above it. Made by
// root it belongs to the one whom the directory above it belongs to, so that the
// service can write there too.
func MakeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if above := filepath.Dir(dir); above != dir {
		if err := MakeDir(above); err != nil {
			return err
		}
	}
	switch err := os.Mkdir(dir, 0o700); {
	case errors.Is(err, os.ErrExist):
		info, statErr := os.Stat(dir)
		if statErr != nil || !info.IsDir() {
			return errors.Join(err, statErr)
		}
		return nil // another process was faster
	case err != nil:
		return err
	}
	return adoptDir(dir)
}

// place writes a store file with fill, verifies it and moves it to path.
func place(open openFunc, path string, fill func(io.Writer) error) error {
	tmp := path + ".tmp"
	_ = os.Remove(tmp) // of a process that was killed, or a link that leads elsewhere
	f, err := open(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = Check(tmp)
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// Restore puts the copy at from in the place of the store at to, which must not be
// open. The copy is verified first; what was at to is kept beside it, under the name
// that is returned, "" when there was nothing. Restored by root it belongs to whom the
// store, or its directory, belonged.
func Restore(from, to string) (aside string, err error) {
	if aside, err = restore(from, to); err != nil {
		return "", fmt.Errorf("restore %q to %q: %w", from, to, err)
	}
	return aside, nil
}

func restore(from, to string) (string, error) {
	if err := Check(from); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", err
	}
	src, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer src.Close()
	aside, unlock, err := setAside(to)
	if err != nil {
		return "", err
	}
	defer unlock()
	err = place(adopting(os.OpenFile, to), to, func(w io.Writer) error {
		_, err := io.Copy(w, src)
		return err
	})
	return aside, err
}

// setAside gives the file at path a second name, under which it stays when the
// first is taken over. unlock ends the hold on it.
func setAside(path string) (aside string, unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return "", func() {}, nil
	}
	if err != nil {
		return "", nil, err
	}
	unlock = func() { _ = f.Close() } // nothing was written
	if err := tryLock(f); err != nil {
		unlock()
		return "", nil, fmt.Errorf("%w by %s; stop it first", ErrLocked, holder(path))
	}
	for n := 1; ; n++ {
		aside = fmt.Sprintf("%s.before-restore-%d", path, n)
		err := os.Link(path, aside)
		if err == nil {
			return aside, unlock, nil
		}
		if !errors.Is(err, os.ErrExist) {
			unlock()
			return "", nil, err
		}
	}
}
