package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// advised is an error of the file system with what a keeper can do about it.
type advised struct {
	error
	advice string
}

func (e advised) Error() string { return e.error.Error() + "; " + e.advice }
func (e advised) Unwrap() error { return e.error }

// advise adds to an error of the file at path what helps, where that is known.
func advise(path string, err error) error {
	if _, told := errors.AsType[advised](err); told || err == nil {
		return err
	}
	dir := filepath.Dir(path)
	var advice string
	switch {
	case errors.Is(err, fs.ErrPermission):
		advice = opening(path)
	case errors.Is(err, syscall.EROFS):
		advice = fmt.Sprintf("%s cannot be written to: mount it for writing, or put state elsewhere; for a place outside its state a unit needs ReadWritePaths=", dir)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		advice = fmt.Sprintf("make room: df -h %s, du -sh %s/*", dir, dir)
	case errors.Is(err, syscall.ENOTDIR):
		advice = fmt.Sprintf("a file stands where %s should be a directory: move it away, or put state elsewhere", dir)
	default:
		return err
	}
	return advised{err, advice}
}

// opening says how path, or the directory that it is to be in, is opened to this user.
func opening(path string) string {
	if _, err := os.Stat(path); err == nil {
		return fmt.Sprintf("use sudo, or give it to the user that samur runs as: chown --reference=%s %s", filepath.Dir(path), path)
	}
	dir := filepath.Dir(path)
	for { // the first that is there
		_, err := os.Stat(dir)
		if above := filepath.Dir(dir); err == nil || above == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	if dir != filepath.Dir(path) {
		return fmt.Sprintf("use sudo, or make %s for the user that samur runs as: install -d -m 0700 -o USER %s", filepath.Dir(path), filepath.Dir(path))
	}
	return fmt.Sprintf("use sudo, or give the directory to the user that samur runs as, here number %d: chown -R USER %s", os.Geteuid(), dir)
}

// inPlace refuses what is no file at path, or a link that leads nowhere: an empty store in
// its place would hide the full one, on a disk that is not mounted for instance. It
// returns an fs.ErrNotExist where nothing is there.
func inPlace(path string) (os.FileInfo, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if to, linkErr := os.Readlink(path); linkErr == nil {
			return nil, fmt.Errorf("it is a link to %s, which is not there: mount the disk that it leads to, or remove the link to begin afresh", to)
		}
		return nil, err
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("it is no file (%s): move it away, and put a backup in its place with: samur restore", info.Mode())
	}
	return info, err
}
