package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// TestDoubtful says which stores a daemon checks before it opens them.
func TestDoubtful(t *testing.T) {
	tests := []struct {
		name   string
		size   int64 // of the store; < 0 for none
		beside string
		want   bool
	}{
		{"none", -1, "", false},
		{"none, and a mark", -1, ".opening", false},
		{"small", quickCheck, "", true},
		{"large", quickCheck + 1, "", false},
		{"large and not closed", quickCheck + 1, ".holder", true},
		{"large, and opening it ended the process", quickCheck + 1, ".opening", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samur.db")
			if tt.beside != "" {
				write(t, path+tt.beside, 0)
			}
			if tt.size >= 0 {
				write(t, path, tt.size)
			}
			if got := doubtful(path, path+".opening"); got != tt.want {
				t.Errorf("doubtful = %v, want %v", got, tt.want)
			}
		})
	}
}

// write makes a file of a size, without its blocks.
func write(t *testing.T, path string, size int64) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(size); err != nil {
		t.Fatal(err)
	}
}
