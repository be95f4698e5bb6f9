package config

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Sources are the files and directories that a config was read from, by their paths, and
// how each of them was at that time: secrets are left out. The config would be another one
// only if one of them is another.
type Sources map[string]string

// Now returns the same files and directories as they are now.
func (s Sources) Now() Sources {
	now := make(Sources, len(s))
	for path := range s {
		now.note(path)
	}
	return now
}

// note takes down how a file or directory is. A directory changes when a name comes or
// goes in it, a file that was written anew, or put in the place of another, has another
// time.
func (s Sources) note(path string) {
	info, err := os.Stat(path)
	if err != nil {
		s[path] = "absent"
		return
	}
	s[path] = fmt.Sprintf("%s %d %v", info.ModTime(), info.Size(), info.Mode())
}

// maxSeeds bounds how many files of a seeds directory are looked at.
const maxSeeds = 5000

// noteDir takes down a directory with all below it.
func (s Sources) noteDir(dir string) {
	if dir == "" {
		return
	}
	n := 0
	_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error { // what cannot be read is told of by who reads it
		if s.note(path); err != nil {
			return fs.SkipDir
		}
		if n++; n == maxSeeds {
			return fs.SkipAll
		}
		return nil
	})
}

// noteInclude takes down where the files of a pattern, or a plain name, come and go.
func (s Sources) noteInclude(full string) {
	dir := filepath.Dir(full)
	for strings.ContainsAny(dir, "*?[") {
		dir = filepath.Dir(dir)
	}
	s.note(dir)
	if !strings.ContainsAny(full, "*?[") {
		s.note(full)
	}
}
