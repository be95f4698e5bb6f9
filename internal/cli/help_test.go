package cli

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// Every command says what it does at length and gives an example that it would take.
func TestEveryHelpHasAnExampleThatParses(t *testing.T) {
	env := &Env{Now: time.Now, Getenv: func(string) string { return "" }}
	var walk func(path []string)
	walk = func(path []string) {
		root := newRoot(env)
		root.SetOut(io.Discard)
		cmd, _, err := root.Find(path)
		if err != nil {
			t.Fatal(err)
		}
		if cmd.Name() == "help" && len(path) > 0 {
			return
		}
		checkHelp(t, root, cmd)
		for _, sub := range cmd.Commands() {
			walk(append(path[:len(path):len(path)], sub.Name()))
		}
	}
	walk(nil)
}

func checkHelp(t *testing.T, root, cmd *cobra.Command) {
	t.Helper()
	name := cmd.CommandPath()
	if cmd.Long == "" || cmd.Short == "" {
		t.Errorf("%s: no short or no long help", name)
	}
	example := strings.TrimSpace(cmd.Example)
	if strings.Contains(example, "\n") || !strings.HasPrefix(cmd.Example, "  samur ") {
		t.Errorf("%s: the example %q is not one indented line", name, cmd.Example)
		return
	}
	found := checkLine(t, root, example)
	if found != nil && !strings.HasPrefix(found.CommandPath(), name) {
		t.Errorf("%s: the example %q is of another command", name, example)
	}
}

// checkLine checks that root would take a line as it is typed, up to a redirection or
// a comment, and returns the command that it is of.
func checkLine(t *testing.T, root *cobra.Command, line string) *cobra.Command {
	t.Helper()
	line, _, _ = strings.Cut(line, " >")
	line, _, _ = strings.Cut(line, " #")
	found, rest, err := root.Find(strings.Fields(line)[1:])
	if err != nil || found == root && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		t.Errorf("%q is no command: %v", line, err)
		return nil
	}
	if err := found.ParseFlags(rest); err != nil {
		t.Errorf("flags of %q: %v", line, err)
	}
	if found.Args != nil {
		if err := found.Args(found, found.Flags().Args()); err != nil {
			t.Errorf("arguments of %q: %v", line, err)
		}
	}
	return found
}
