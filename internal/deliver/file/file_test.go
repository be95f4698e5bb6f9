package file_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/file"
)

func TestChannel(t *testing.T) {
	delivertest.Run(t, func(t *testing.T) delivertest.Harness {
		dir := filepath.Join(t.TempDir(), "digests")
		c, err := file.New(dir, []string{"text", "html"})
		if err != nil {
			t.Fatal(err)
		}
		return delivertest.Harness{
			Channel: c,
			Received: func() []delivertest.Received {
				var got []delivertest.Received
				names, _ := filepath.Glob(filepath.Join(dir, "*"))
				for _, name := range names {
					b, err := os.ReadFile(name)
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, delivertest.Received{Body: b})
				}
				return got
			},
		}
	})
}

func TestNames(t *testing.T) {
	dir := t.TempDir()
	c, err := file.New(dir, []string{"markdown"})
	if err != nil {
		t.Fatal(err)
	}
	reply, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
	if err != nil {
		t.Fatal(err)
	}
	want := filepath.Join(dir, "daily-2026-03-08T0400Z.md")
	if reply != "written to "+want {
		t.Errorf("Send = %q, want %q written", reply, want)
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".samur-*"))
	if len(left) != 0 {
		t.Errorf("temporary files left: %v", left)
	}
}

// TestKilledWhileWriting finds what an attempt that was killed has left.
func TestKilledWhileWriting(t *testing.T) {
	dir := t.TempDir()
	c, err := file.New(dir, []string{"text"})
	if err != nil {
		t.Fatal(err)
	}
	d := delivertest.Compose(t, c, delivertest.Edition())
	if err := os.WriteFile(filepath.Join(dir, ".samur-daily-2026-03-08T0400Z.txt"), []byte("ha"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("the directory has %v, %v, want the digest alone", entries, err)
	}
	b, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil || string(b) != string(d.Payload) {
		t.Errorf("the digest is %q, %v, want %q", b, err, d.Payload)
	}
}

func TestMissingParent(t *testing.T) {
	c, err := file.New(filepath.Join(t.TempDir(), "no", "such"), []string{"text"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition())); err == nil {
		t.Error("Send into a directory whose parent is missing succeeded")
	}
}

func TestNewRefuses(t *testing.T) {
	for _, tt := range []struct {
		dir   string
		forms []string
		want  string
	}{
		{"", []string{"text"}, "file.dir"},
		{"x", []string{"pdf"}, `unknown form "pdf"; use text`},
	} {
		if _, err := file.New(tt.dir, tt.forms); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("New(%q, %v) = %v, want an error with %q", tt.dir, tt.forms, err, tt.want)
		}
	}
}
