package store

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// disk hands out files that can be made to fail: the descriptor under an open file
// is exchanged for one that refuses to be written.
type disk struct {
	t    *testing.T
	file *os.File // opened last
	kept int      // descriptor of the real file while it fails
}

// OpenFile is the seam of Options.
func (d *disk) OpenFile(name string, flag int, perm os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, flag, perm)
	d.file = f
	return f, err
}

// fail puts what stands at path, opened with flag, under the file.
func (d *disk) fail(path string, flag int) {
	d.t.Helper()
	bad, err := os.OpenFile(path, flag, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	defer bad.Close()
	if d.kept, err = syscall.Dup(int(d.file.Fd())); err != nil {
		d.t.Fatal(err)
	}
	if err := syscall.Dup3(int(bad.Fd()), int(d.file.Fd()), syscall.O_CLOEXEC); err != nil {
		d.t.Fatal(err)
	}
}

// mend puts the real file back.
func (d *disk) mend() {
	d.t.Helper()
	if err := syscall.Dup3(d.kept, int(d.file.Fd()), syscall.O_CLOEXEC); err != nil {
		d.t.Fatal(err)
	}
	_ = syscall.Close(d.kept) // the lock stays with the other descriptor
}

// makeRoom makes the file grow and gives the pages back: a file that fails cannot be
// mapped anew, which is another fault than that of a write.
func makeRoom(t *testing.T, s *Store) {
	t.Helper()
	big := func(tx *bbolt.Tx) error { return in(tx, "meta").put([]byte("room"), make([]byte, 1<<20)) }
	if err := s.update(big); err != nil {
		t.Fatal(err)
	}
	if err := s.update(func(tx *bbolt.Tx) error { return in(tx, "meta").delete([]byte("room")) }); err != nil {
		t.Fatal(err)
	}
}

func TestFailingDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	tests := []struct {
		name, under string
		flag        int
		is          error
	}{
		{"full", "/dev/full", os.O_RDWR, syscall.ENOSPC},
		{"not writable", path, os.O_RDONLY, syscall.EBADF},
		{"full again", "/dev/full", os.O_RDWR, syscall.ENOSPC},
	}
	d := &disk{t: t}
	s, err := Open(Options{Path: path, OpenFile: d.OpenFile})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	save(t, s, batch("trend", 0, 10))
	makeRoom(t, s)
	for n, tt := range tests {
		before, err := s.Cursor()
		if err != nil {
			t.Fatal(err)
		}
		lost := batch("trend", 10+n, 11+n) // small: the file must not have to grow
		d.fail(tt.under, tt.flag)
		if err := s.SaveBatch(lost); !errors.Is(err, tt.is) {
			t.Errorf("%s: SaveBatch = %v, want %v", tt.name, err, tt.is)
		}
		if err := s.SaveDigest(news.Digest{Slot: news.Slot{Digest: "daily", At: day}}, nil); !errors.Is(err, tt.is) {
			t.Errorf("%s: SaveDigest = %v, want %v", tt.name, err, tt.is)
		}
		if cur, err := s.Cursor(); err != nil || cur != before || lost.Items[0].Seq != 0 {
			t.Errorf("%s: Cursor = %v, %v, want %v; item has Seq %d", tt.name, cur, err, before, lost.Items[0].Seq)
		}
		if it, err := s.Item(item("trend", 3).ID); err != nil || it.Seq != 4 {
			t.Errorf("%s: Item = %d, %v; want what was stored before", tt.name, it.Seq, err)
		}
		if st, err := s.FeedState("trend"); err != nil || st.ETag != strconv.Itoa(10+n) {
			t.Errorf("%s: validator %q, %v; want that of the stored body", tt.name, st.ETag, err)
		}
		d.mend()
		save(t, s, lost) // the same poll again
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	if cur, err := s.Cursor(); err != nil || cur != (news.Cursor{Item: 13, Pass: 4}) {
		t.Errorf("Cursor = %v, %v, want 13 items and 4 polls", cur, err)
	}
	if _, err := s.LastDigest("daily"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("LastDigest = %v, want none", err)
	}
}

// TestBackupOnFullDisk leaves the backup that was there.
func TestBackupOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	var full bool
	s, err := Open(Options{Path: filepath.Join(dir, "samur.db"), OpenFile: func(name string, flag int, perm os.FileMode) (*os.File, error) {
		if full && strings.Contains(name, "backup") {
			return os.OpenFile("/dev/full", os.O_RDWR, 0)
		}
		return os.OpenFile(name, flag, perm)
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	save(t, s, batch("trend", 0, 10))
	to := filepath.Join(dir, "backup.db")
	if err := s.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	save(t, s, batch("trend", 10, 20))
	full = true
	if err := s.Backup(t.Context(), to); err == nil {
		t.Error("Backup wrote to a full disk")
	}
	if cur, err := openAt(t, to).Cursor(); err != nil || cur.Item != 10 {
		t.Errorf("the backup before has %d items, %v, want 10", cur.Item, err)
	}
}

// limited is the environment of a test binary that is run again with a bound on the
// size of files it writes.
const limited = "STORE_TEST_LIMIT"

// writeToLimit stores batches until a write is cut short, tries again, and goes on
// when there is room. It says on stdout which batches are saved.
func writeToLimit(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	s, err := Open(Options{Path: path})
	if err != nil {
		return err
	}
	n := 0
	next := func() error {
		if err := s.SaveBatch(crashBatch(n)); err != nil {
			return err
		}
		fmt.Println(n)
		n++
		return nil
	}
	for range 20 {
		if err := next(); err != nil {
			return err
		}
	}
	var used int64
	if err := s.view(func(tx *bbolt.Tx) error { used = tx.Size(); return nil }); err != nil {
		return err
	}
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	// Not at the edge of a page: the write that meets it is a short one.
	for _, room := range []int64{1000, 9000, 30000} {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(used + room), Max: old.Max}); err != nil {
			return err
		}
		for err = nil; err == nil && n < 2000; {
			err = next()
		}
		for range 3 {
			if err := next(); !errors.Is(err, syscall.EFBIG) {
				return fmt.Errorf("with room for %d bytes: SaveBatch = %w", room, err)
			}
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			return err
		}
		if err := next(); err != nil {
			return err
		}
	}
	return s.Close()
}

func TestShortWrites(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "samur.db")
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), limited+"="+path)
	out, err := cmd.Output()
	if err != nil {
		if e, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("%v: %s", err, e.Stderr)
		}
		t.Fatal(err)
	}
	said := 0
	for lines := bufio.NewScanner(strings.NewReader(string(out))); lines.Scan(); said++ {
		if lines.Text() != strconv.Itoa(said) {
			t.Fatalf("writer said %q, want %d", lines.Text(), said)
		}
	}
	if err := Check(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path)
	cur, err := s.Cursor()
	if err != nil || cur.Pass != uint64(said) {
		t.Fatalf("%d batches are stored, %v, %d were said to be", cur.Pass, err, said)
	}
	for n := range said {
		var got []news.Item
		if err := s.ItemsBetween(uint64(n*perBatch), uint64((n+1)*perBatch), func(it news.Item) bool { got = append(got, it); return true }); err != nil {
			t.Fatal(err)
		}
		checkItems(t, n, got, said)
	}
}
