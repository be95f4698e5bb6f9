package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"samur/internal/app"
	"samur/internal/store"
)

// quickCheck is the size up to which a store is checked at every start of the daemon: a
// second's work. A larger one, two minutes for each million items, is checked when its
// last owner did not close it.
const quickCheck = 32 << 20

// checkWithin bounds how long a start waits for a check.
const checkWithin = 10 * time.Minute

// openSound makes the daemon's app on a store that was found sound. One that is damaged
// is set aside, and the newest copy that is good takes its place: what came after that
// copy is read again as far as feeds reach. Without such a copy the daemon does not
// start, for an empty store would hide that there was a full one.
//
// The check runs in a process of its own, because damage can end the one that meets it;
// a start that was ended so leaves a mark, and the next one checks.
func openSound(ctx context.Context, s *session, hooks app.Hooks) (*app.App, error) {
	path := app.StorePath(s.cfg)
	mark := path + ".opening"
	if doubtful(path, mark) {
		if err := s.ensureSound(ctx, path); err != nil {
			return nil, err
		}
	}
	if f, err := os.OpenFile(mark, os.O_CREATE|os.O_WRONLY, 0o600); err == nil { // without a directory there is no store either
		_ = f.Close()
		defer os.Remove(mark)
	}
	a, err := app.New(s.options(), hooks)
	if errors.Is(err, store.ErrDamaged) {
		if err = s.takeCopy(ctx, path, err.Error()); err == nil {
			a, err = app.New(s.options(), hooks)
		}
	}
	if errors.Is(err, store.ErrNewer) {
		err = stuck{err}
	}
	return a, err
}

// doubtful reports whether the store is to be checked before it is opened.
func doubtful(path, mark string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false // there is none yet, or opening it will say what is wrong
	}
	return info.Size() <= quickCheck || exists(mark) || store.LeftOpen(path)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// ensureSound checks the store, and puts a copy in its place when it is damaged.
func (s *session) ensureSound(ctx context.Context, path string) error {
	s.tellManager("checking the store")
	began := time.Now()
	v, err := checkApart(ctx, path)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		s.lg.Warn("store not checked", "path", path, "err", err)
		return nil
	case v.Good:
		s.lg.Debug("store checked", "path", path, "dur", time.Since(began).Round(time.Millisecond))
		return nil
	}
	return s.takeCopy(ctx, path, v.Found)
}

// tellManager asks the service manager for the time that a check may take.
func (s *session) tellManager(doing string) {
	if s.env.Notify != nil {
		s.env.Notify(fmt.Sprintf("EXTEND_TIMEOUT_USEC=%d\nSTATUS=%s", checkWithin.Microseconds(), doing))
	}
}

// takeCopy sets the damaged store aside and puts the newest good copy in its place.
func (s *session) takeCopy(ctx context.Context, path, found string) error {
	s.lg.Error("store is damaged", "path", path, "err", found)
	copies, err := filepath.Glob(filepath.Join(s.cfg.Backup.Dir, "samur-*.db"))
	if err != nil {
		return fmt.Errorf("list backups: %w", err)
	}
	slices.Sort(copies) // their names are times
	for _, from := range slices.Backward(copies) {
		s.tellManager("the store is damaged; putting a copy in its place")
		within, cancel := context.WithTimeout(ctx, checkWithin)
		said, err := itself(within, "restore", "--config", s.cfg.Path, from)
		cancel()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			s.lg.Error("copy not taken", "path", from, "err", firstLine(said, err))
			continue
		}
		s.lg.Error("a copy took the place of the damaged store", "path", from, "advice", firstLine(said, nil)+"; look at the disk")
		return nil
	}
	return stuck{fmt.Errorf(
		"%s; no copy in %s could take its place: bring one and put it there with samur restore FILE, or move the store away to begin afresh",
		found, s.cfg.Backup.Dir)}
}

// soundness is what samur store check FILE --json says.
type soundness struct {
	File    string `json:"file"`
	Good    bool   `json:"good"`
	Damaged bool   `json:"damaged"`
	Found   string `json:"found,omitempty"`
}

// soundnessOf checks the file of a store that is not open.
func soundnessOf(ctx context.Context, path string) soundness {
	v := soundness{File: path, Good: true}
	if err := store.Check(ctx, path); err != nil {
		v.Good, v.Damaged, v.Found = false, errors.Is(err, store.ErrDamaged), err.Error()
	}
	return v
}

// checkApart checks the file in a process of its own. A check that ended in a fault of
// memory met damage; one that could not be made, for want of rights, time or memory, is
// an error and says nothing of the store.
func checkApart(ctx context.Context, path string) (soundness, error) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	out, err := itself(ctx, "store", "check", "--json", path)
	if err == nil {
		return soundness{File: path, Good: true}, nil
	}
	var v soundness
	if json.Unmarshal([]byte(out.stdout), &v) == nil && v.Damaged {
		return v, nil
	}
	if out.faulted && !strings.Contains(out.stderr, "out of memory") && !strings.Contains(out.stderr, "cannot allocate memory") {
		return soundness{File: path, Damaged: true, Found: "checking it ended the process: " + firstLine(out, err)}, nil
	}
	return v, errors.New(firstLine(out, err))
}

// output is what a process of this program said, and whether a fault ended it.
type output struct {
	stdout, stderr string
	faulted        bool
}

// itself runs another command of this program, apart from it.
func itself(ctx context.Context, args ...string) (output, error) {
	exe, err := os.Executable()
	if err != nil {
		return output{}, fmt.Errorf("find this program: %w", err)
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Args[0] = "samur"
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { // the line to the manager is the daemon's
		return strings.HasPrefix(v, "NOTIFY_SOCKET=") || strings.HasPrefix(v, "WATCHDOG_") || strings.HasPrefix(v, "GOTRACEBACK=")
	})
	err = cmd.Run()
	o := output{stdout: stdout.String(), stderr: stderr.String()}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		st, _ := exit.Sys().(syscall.WaitStatus) // as it is on every Unix
		o.faulted = st.Signaled() && slices.Contains([]syscall.Signal{syscall.SIGSEGV, syscall.SIGBUS, syscall.SIGABRT}, st.Signal()) ||
			strings.Contains(o.stderr, "fatal error:") || strings.Contains(o.stderr, "panic:")
	}
	return o, err
}

// firstLine is what a process said first, or how it ended.
func firstLine(o output, err error) string {
	if line, _, _ := strings.Cut(strings.TrimSpace(o.stderr), "\n"); line != "" {
		return strings.TrimPrefix(line, "samur: ")
	}
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(o.stdout)
}
