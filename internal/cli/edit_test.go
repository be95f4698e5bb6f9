package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// made makes a file with a mode and, unless it is negative, a group; it returns the path.
func made(t *testing.T, dir string, group int, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(dir, "samur.yaml")
	if err := os.WriteFile(path, []byte("before\n"), mode); err != nil {
		t.Fatal(err)
	}
	if group >= 0 {
		if err := os.Chown(path, -1, group); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReplaceKeepsWhoMayRead(t *testing.T) {
	group := os.Getegid()
	if os.Geteuid() == 0 {
		group = 61234 // a service's, without name; others than root cannot give files away
	}
	for _, mode := range []os.FileMode{0o640, 0o600, 0o644} {
		path := made(t, t.TempDir(), group, mode)
		if err := replace(path, []byte("after\n")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if st := info.Sys().(*syscall.Stat_t); int(st.Gid) != group || info.Mode() != mode {
			t.Errorf("a file of group %d and mode %v became %d and %v", group, mode, st.Gid, info.Mode())
		}
	}
}

// TestUnwritable holds that what keeps a config from being written comes with what helps.
func TestUnwritable(t *testing.T) {
	for no, want := range map[syscall.Errno]string{
		syscall.EACCES: "use sudo, or the user whom /etc/samur belongs to",
		syscall.EROFS:  "change samur.yaml where /etc/samur is mounted from",
		syscall.ENOENT: "mkdir -p /etc/samur",
		syscall.ENOSPC: "df -h /etc/samur",
	} {
		err := unwritable("/etc/samur/samur.yaml", &os.PathError{Op: "open", Path: "/etc/samur/x", Err: no})
		if !strings.Contains(err.Error(), want) {
			t.Errorf("unwritable(%v) = %v, want …%s…", no, err, want)
		}
	}
}

func TestReplaceFollowsLinks(t *testing.T) {
	far, near := t.TempDir(), t.TempDir()
	target := made(t, far, -1, 0o600)
	link := filepath.Join(near, "samur.yaml")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := replace(link, []byte("after\n")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(target); err != nil || string(got) != "after\n" {
		t.Errorf("behind the link stands %q, %v; want the new text", got, err)
	}
	if to, err := os.Readlink(link); err != nil || to != target {
		t.Errorf("the link leads to %q, %v; want %q", to, err, target)
	}
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	if err := replace(link, []byte("after\n")); err == nil || !strings.Contains(err.Error(), "leads nowhere") {
		t.Errorf("through a link that leads nowhere: %v; want it refused", err)
	}
	if to, err := os.Readlink(link); err != nil || to != target {
		t.Errorf("then the link leads to %q, %v; want it as it was", to, err)
	}
	for _, dir := range []string{far, near} {
		if left, _ := filepath.Glob(filepath.Join(dir, "*.new-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestReplaceMakesNewFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mine.yaml")
	if err := replace(path, []byte("feeds:\n")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o644 {
		t.Errorf("a new file has mode %v, %v; want one that the service can read", info, err)
	}
}
