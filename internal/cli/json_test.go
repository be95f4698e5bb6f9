package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// TestEveryJSONIsTyped holds that a script types every command that offers --json with it,
// and looks at what it prints. That each line of it is JSON is seen to by the scripts' exits.
func TestEveryJSONIsTyped(t *testing.T) {
	root := newRoot(&Env{Now: time.Now, Getenv: func(string) string { return "" }})
	typed := typedWithJSON(t, root)
	offered := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Flags().Lookup("json") != nil {
			offered++
			if !typed[cmd.CommandPath()] {
				t.Errorf("%s offers --json, and no script has a line \"exits N %s --json\" with one below it that begins with stdout", cmd.CommandPath(), cmd.CommandPath())
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
	if offered < 40 {
		t.Errorf("%d commands offer --json; the walk misses some", offered)
	}
}

// typedWithJSON returns the commands that scripts type with --json before they look at
// stdout.
func typedWithJSON(t *testing.T, root *cobra.Command) map[string]bool {
	t.Helper()
	scripts, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	typed := map[string]bool{}
	for _, name := range scripts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		script, _, _ := strings.Cut(string(text), "\n-- ") // the files follow
		lines := strings.Split(script, "\n")
		for i, line := range lines[:len(lines)-1] {
			words := strings.Fields(line)
			if len(words) < 3 || words[0] != "exits" || words[2] != "samur" || !slices.Contains(words, "--json") || !strings.HasPrefix(lines[i+1], "stdout ") {
				continue
			}
			cmd, _, err := root.Find(words[3:])
			if err != nil {
				t.Errorf("%s:%d: %v", name, i+1, err)
				continue
			}
			typed[cmd.CommandPath()] = true
		}
	}
	return typed
}
