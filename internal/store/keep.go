package store

import (
	"context"
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
// is complete, verified and on the disk; with ctx it is given up, and the old one goes on.
func (s *Store) Compact(ctx context.Context) error {
	s.writer.Lock()
	defer s.writer.Unlock()
	if p := s.dead.Load(); p != nil {
		return *p
	}
	path, err := filepath.EvalSymlinks(s.opt.Path) // a link stays, and leads to the new file
	if err != nil {
		return fmt.Errorf("compact store: %w", err)
	}
	tmp := path + ".compact"
	_ = os.Remove(tmp) // of a process that was killed
	if err := s.compactInto(ctx, tmp, path); err != nil {
		_ = os.Remove(tmp) // the old file goes on
		return fmt.Errorf("compact store %q: %w", s.opt.Path, advise(s.opt.Path, err))
	}
	return nil
}

func (s *Store) compactInto(ctx context.Context, tmp, path string) error {
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
		if err := copyBuckets(ctx, db, s.db); err != nil {
			return err
		}
		db.NoSync = false
		if err := db.Sync(); err != nil {
			return err
		}
		return db.View(checking(ctx))
	})
	if err == nil {
		err = os.Rename(tmp, path)
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
	return syncDir(filepath.Dir(path))
}

// copyStep is how many bytes of records copyBuckets writes in one transaction: it bounds
// what is kept in memory.
const copyStep = 4 << 20

// copyBuckets copies every record to a store that has none. It is what bbolt's own Compact
// does, but that it can be stopped.
func copyBuckets(ctx context.Context, to, from *bbolt.DB) error {
	return from.View(func(src *bbolt.Tx) error {
		return src.ForEach(func(name []byte, b *bbolt.Bucket) error {
			c := b.Cursor()
			k, v := c.First()
			for more := true; more; more = k != nil {
				if err := ctx.Err(); err != nil {
					return err
				}
				err := to.Update(func(tx *bbolt.Tx) (err error) {
					k, v, err = copySome(tx, name, b.Sequence(), c, k, v)
					return err
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// copySome copies the record that a cursor is at and some behind it, and returns the one
// that comes next, nil at the end.
func copySome(tx *bbolt.Tx, name []byte, sequence uint64, c *bbolt.Cursor, k, v []byte) (nextK, nextV []byte, err error) {
	b, err := tx.CreateBucketIfNotExists(name)
	if err != nil {
		return nil, nil, err
	}
	b.FillPercent = 0.9 // they come in the order of their keys
	for size := 0; k != nil && size < copyStep; k, v = c.Next() {
		if err := b.Put(k, v); err != nil {
			return nil, nil, err
		}
		size += len(k) + len(v)
	}
	return k, v, b.SetSequence(sequence)
}

// Backup writes a copy to path while the store is in use. The copy appears under
// its name only when it is complete, verified and on the disk; one that was there
// before is replaced. With ctx it is given up.
func (s *Store) Backup(ctx context.Context, path string) error {
	if sameFile(path, s.opt.Path) {
		return fmt.Errorf("back up store to %q: that is the store itself; name another file", path)
	}
	if err := s.copyTo(ctx, path); err != nil {
		return fmt.Errorf("back up store to %q: %w", path, advise(path, err))
	}
	return nil
}

func (s *Store) copyTo(ctx context.Context, path string) error {
	return place(ctx, adopting(s.opt.OpenFile, path), path, func(w io.Writer) error {
		return s.view(func(tx *bbolt.Tx) error {
			_, err := tx.WriteTo(w)
			if ctx.Err() != nil {
				return ctx.Err() // bbolt does not wrap what a writer says
			}
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
func place(ctx context.Context, open openFunc, path string, fill func(io.Writer) error) error {
	tmp := path + ".tmp"
	_ = os.Remove(tmp) // of a process that was killed, or a link that leads elsewhere
	f, err := open(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	err = fill(writerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return f.Write(p)
	}))
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = Check(ctx, tmp)
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// writerFunc is a function as an io.Writer.
type writerFunc func(p []byte) (int, error)

func (w writerFunc) Write(p []byte) (int, error) { return w(p) }

// Restore puts the copy at from in the place of the store at to, which must not be
// open. The copy is verified first; what was at to is kept beside it, under the name
// that is returned, "" when there was nothing. Restored by root it belongs to whom the
// store, or its directory, belonged. With ctx it is given up, and all is as it was.
func Restore(ctx context.Context, from, to string) (aside string, err error) {
	if aside, err = restore(ctx, from, to); err != nil {
		return "", fmt.Errorf("restore %q to %q: %w", from, to, advise(to, err))
	}
	return aside, nil
}

func restore(ctx context.Context, from, to string) (string, error) {
	if err := Check(ctx, from); err != nil {
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
	err = place(ctx, adopting(os.OpenFile, to), to, func(w io.Writer) error {
		_, err := io.Copy(w, src)
		return err
	})
	if err != nil && sameFile(aside, to) {
		err = errors.Join(err, os.Remove(aside)) // a second name of what was not replaced
	}
	return aside, err
}

// sameFile reports whether two names lead to one file.
func sameFile(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
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
