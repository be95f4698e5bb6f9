//go:build !linux

package store

import "os"

// lockOwner cannot ask the kernel here; the note beside the file names the owner.
func lockOwner(string) string { return "" }

// letGo closes a file. Where its lock outlives that, the process must end.
func letGo(f *os.File) error { return f.Close() }

// tryLock cannot tell here whether a store is open: the keeper must stop it first.
func tryLock(*os.File) error { return nil }
