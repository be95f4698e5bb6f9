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
	line, _, _ := strings.Cut(example, " >")
	found, rest, err := root.Find(strings.Fields(line)[1:])
	if err != nil || !strings.HasPrefix(found.CommandPath(), name) {
		t.Errorf("%s: the example %q is of another command: %v, %v", name, example, found.CommandPath(), err)
		return
	}
	if err := found.ParseFlags(rest); err != nil {
		t.Errorf("%s: flags of the example %q: %v", name, example, err)
	}
	if found.Args != nil {
		if err := found.Args(found, found.Flags().Args()); err != nil {
			t.Errorf("%s: arguments of the example %q: %v", name, example, err)
		}
	}
}
