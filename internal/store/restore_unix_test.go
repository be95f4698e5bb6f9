//go:build unix

package store

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestRestoreKeepsTheOwner restores as root what belongs to a service.
func TestRestoreKeepsTheOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives files away")
	}
	const root, service, other = 0, 61234, 61235 // users without names
	from := filepath.Join(t.TempDir(), "copy.db")
	fill(t, from)
	tests := []struct {
		name      string
		dir, file int // owners; file < 0 for no file
		want      int
	}{
		{"nothing there", service, -1, service},
		{"the service's file", service, service, service},
		{"a file of someone else", service, other, other},
		{"a file that root left", service, root, service},
		{"all is root's", root, root, root},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			to := filepath.Join(dir, "samur.db")
			if tt.file >= 0 {
				fill(t, to)
				if err := os.Chown(to, tt.file, tt.file+10); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chown(dir, tt.dir, tt.dir+10); err != nil {
				t.Fatal(err)
			}
			if _, err := Restore(t.Context(), from, to); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(to)
			if err != nil {
				t.Fatal(err)
			}
			st := info.Sys().(*syscall.Stat_t)
			wantGroup := tt.want
			if tt.want != root {
				wantGroup += 10
			}
			if int(st.Uid) != tt.want || int(st.Gid) != wantGroup || info.Mode() != 0o600 {
				t.Errorf("restored file is of %d:%d with mode %v, want %d:%d and 0600", st.Uid, st.Gid, info.Mode(), tt.want, wantGroup)
			}
		})
	}
}

// TestRestoreFollowsNoLink has a link where the copy is written first: the directory
// belongs to the service, and root must not write where it points.
func TestRestoreFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	from, to, victim := filepath.Join(dir, "copy.db"), filepath.Join(dir, "samur.db"), filepath.Join(dir, "victim")
	fill(t, from)
	if err := os.WriteFile(victim, []byte("words"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, to+".tmp"); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(victim); err != nil || string(got) != "words" {
		t.Errorf("the file behind the link holds %q, %v", got[:min(len(got), 20)], err)
	}
	if err := Check(t.Context(), to); err != nil {
		t.Error(err)
	}
}

// TestBackupIsTheServices copies as root while the service is stopped: the service has
// to add its own copies to that directory, and take old ones away.
func TestBackupIsTheServices(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives files away")
	}
	const root, service = 0, 61234
	for name, owner := range map[string]int{"the service's state": service, "root's own state": root} {
		t.Run(name, func(t *testing.T) {
			state := t.TempDir()
			s := openAt(t, filepath.Join(state, "samur.db"))
			if err := os.Chown(state, owner, owner); err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(state, "copies", "daily")
			if err := MakeDir(dir); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, "samur.db")
			if err := s.Backup(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{filepath.Dir(dir), dir, file} {
				info, err := os.Stat(path)
				if err != nil {
					t.Fatal(err)
				}
				st := info.Sys().(*syscall.Stat_t)
				if int(st.Uid) != owner || int(st.Gid) != owner || info.Mode().Perm()&0o077 != 0 {
					t.Errorf("%s is of %d:%d with mode %v, want %d:%d and nothing for others", path, st.Uid, st.Gid, info.Mode(), owner, owner)
				}
			}
		})
	}
}

// TestRootWorksForTheService does as root what a keeper types while the service is
// stopped: the file stays, or becomes, the service's.
func TestRootWorksForTheService(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives files away")
	}
	const service = 61234
	dir := t.TempDir()
	if err := os.Chown(dir, service, service); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "samur.db")
	s := openAt(t, path)
	for _, step := range []struct {
		name string
		do   func() error
	}{{"create", func() error { return nil }}, {"compact", func() error { return s.Compact(t.Context()) }}} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if st := info.Sys().(*syscall.Stat_t); st.Uid != service || st.Gid != service {
			t.Errorf("after %s the store is of %d:%d, want %d", step.name, st.Uid, st.Gid, service)
		}
	}
}

// TestMakeDirOnAFile refuses what is there and no directory.
func TestMakeDirOnAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := MakeDir(path); err == nil {
		t.Errorf("MakeDir(%q) = nil where a file is", path)
	}
}
