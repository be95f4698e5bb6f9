//go:build unix

package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// adopt gives f, about to become the file at path, to whom the store belongs: root
// restores and backs up what a service's own user must open. That is the owner of the file in that
// place, or of the directory when there is none or it is root's. Others than root make
// files of their own.
func adopt(f *os.File, path string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, at := range []string{path, filepath.Dir(path)} {
		info, err := os.Stat(at)
		if err != nil {
			continue // no file is there yet
		}
		if st, ok := info.Sys().(*syscall.Stat_t); ok && st.Uid != 0 {
			return f.Chown(int(st.Uid), int(st.Gid))
		}
	}
	return nil
}

// adoptDir gives the directory at path, just made, to whom the one above it belongs. A
// link that was put in its place meanwhile is not followed.
func adoptDir(path string) error {
	d, err := os.OpenFile(path, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	return errors.Join(adopt(d, path), d.Close())
}
