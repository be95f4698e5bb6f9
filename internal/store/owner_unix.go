//go:build unix

package store

import (
	"os"
	"path/filepath"
	"syscall"
)

// adopt gives f, about to become the file at path, to whom the store belongs: root
// restores what a service's own user must open. That is the owner of the file in that
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
