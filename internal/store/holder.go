package store

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Who has the store open is written beside it, because the kernel's list of locks
// cannot be read from every container; where it can be, it is asked first.

func holderPath(path string) string { return path + ".holder" }

// writeHolder notes this process as the owner. The note is only for messages: one
// that cannot be written, or that a killed process left, does no harm.
func writeHolder(path string, now time.Time) {
	note := fmt.Sprintf("pid %d (%s) since %s\n", os.Getpid(), command(os.Args), now.UTC().Format(time.RFC3339))
	_ = os.WriteFile(holderPath(path), []byte(note), 0o600)
}

// LeftOpen reports whether the last owner of the store at path did not close it: it was
// killed, or the power went.
func LeftOpen(path string) bool {
	_, err := os.Lstat(holderPath(path))
	return err == nil
}

func removeHolder(path string) { _ = os.Remove(holderPath(path)) }

// command names a program and its subcommand, and no arguments: they may be private.
func command(args []string) string {
	if len(args) == 0 {
		return "unknown"
	}
	name := filepath.Base(args[0])
	if len(args) > 1 && args[1] != "" && !strings.HasPrefix(args[1], "-") {
		name += " " + args[1]
	}
	return name
}

// Holder describes the process that has the store at path open, "" when none is known.
// The note of one that was killed may outlive it where the kernel does not say.
func Holder(path string) string {
	if who := lockOwner(path); who != "" {
		return who
	}
	b, err := os.ReadFile(holderPath(path))
	if err != nil || len(b) > 1000 {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// holder is Holder for a store whose lock is taken.
func holder(path string) string {
	return cmp.Or(Holder(path), "another process (lsof "+path+" names it)")
}
