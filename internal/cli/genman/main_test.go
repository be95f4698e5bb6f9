package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, help, want string }{
		{"plain", "Prints the version.\n", "Prints the version.\n"},
		{"signs of Markdown", "Takes <FILE> or *all*_x.\n", "Takes \\<FILE\\> or \\*all\\*\\_x.\n"},
		{"indented lines stand", "Say:\n  bash  samur > x\nand so on\n", "Say:\n\n    bash  samur > x\n\nand so on\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, markdown(tt.help)); diff != "" {
				t.Errorf("markdown(%q) (-want +got):\n%s", tt.help, diff)
			}
		})
	}
}

// Every command has a page that holds its example, and the config's page its keys.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	if err := write(filepath.Join("..", "..", "..", "config", "samur.yaml"), dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"man1/samur.1":             "samur demo",
		"man1/samur-digest-make.1": "samur digest make --slot",
		"man5/samur.yaml.5":        "max_stories: 30",
	} {
		page, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.ReplaceAll(string(page), `\-`, "-"); !strings.Contains(text, want) {
			t.Errorf("%s does not say %q", name, want)
		}
	}
}

func TestOldPagesAreRemoved(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "man1", "samur-gone.1")
	if err := os.MkdirAll(filepath.Dir(old), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(filepath.Join("..", "..", "..", "config", "samur.yaml"), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the page of a command that is gone is still there: %v", err)
	}
}

func TestConfigThatIsNotThere(t *testing.T) {
	if err := write(filepath.Join(t.TempDir(), "samur.yaml"), t.TempDir()); err == nil || !strings.Contains(err.Error(), "annotated config") {
		t.Errorf("write without a config = %v, want an error that says so", err)
	}
}
