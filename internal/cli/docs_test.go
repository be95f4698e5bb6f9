package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"samur/internal/config"
	"samur/internal/schedule"
)

// docs are the pages that tell people what to type, from this folder, and how many
// commands of samur each has at least.
func docs() map[string]int {
	top := filepath.Join("..", "..")
	return map[string]int{
		filepath.Join(top, "README.md"): 20, filepath.Join(top, "deploy", "README.md"): 25,
		filepath.Join(top, "seeds", "README.md"): 20, filepath.Join(top, "seeds", "lexicon", "README.md"): 2,
		filepath.Join(top, "internal", "CONTRIBUTING.md"): 4,
	}
}

// typed finds what a reader would type: a line of a code block or words in backquotes
// that begin with the program's name.
var typed = regexp.MustCompile("(?m)^ {4,}(?:sudo )?(?:\\./)?(samur .*)$|`(?:sudo )?(samur [a-z][^`\\n]*)`")

// TestDocsCommands holds every command in the documents to the program.
func TestDocsCommands(t *testing.T) {
	env := &Env{Now: time.Now, Getenv: func(string) string { return "" }}
	for name, least := range docs() {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := typed.FindAllStringSubmatch(string(text), -1)
		if len(found) < least {
			t.Errorf("%s: found %d commands; the pattern does not fit the document", name, len(found))
		}
		for _, m := range found {
			if m[1] != "" {
				checkLine(t, newRoot(env), m[1])
				continue
			}
			if cmd, rest, err := newRoot(env).Find(strings.Fields(m[2])[1:]); err != nil || !cmd.HasParent() {
				t.Errorf("%s speaks of %q: %v %v", name, m[2], rest, err)
			}
		}
	}
}

// TestDocsMakeTargets holds every make target in the documents to the Makefile.
func TestDocsMakeTargets(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	target := regexp.MustCompile("(?m)(?:^    |`)(?:sudo )?make ([a-z0-9-]+)")
	for name := range docs() {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range target.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(string(makefile), "\n"+m[1]+":") {
				t.Errorf("%s: make %s is no target", name, m[1])
			}
		}
	}
}

// TestReadmeConfig loads the pieces of config in the README as one file.
func TestReadmeConfig(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	inside := false
	for line := range strings.Lines(string(text)) {
		code, indented := strings.CutPrefix(line, "    ")
		switch {
		case !indented:
			inside = false
		case code == "feeds:\n" || code == "digests:\n":
			inside = true
		}
		if inside {
			lines = append(lines, code)
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "samur.yaml")
	if err := os.Mkdir(filepath.Join(dir, "secrets"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		path: "state: " + dir + "\n" + strings.Join(lines, ""), filepath.Join(dir, "secrets", "smtp"): "sesame",
	} {
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := config.Load(path, config.Options{CheckCron: schedule.Check})
	if err != nil {
		t.Fatalf("the config in the README:\n%v", err)
	}
	if len(cfg.Feeds) != 1 || len(cfg.Digests) != 1 || len(cfg.Channels) != 1 {
		t.Errorf("the README has %d feeds, %d digests, %d channels; want one of each", len(cfg.Feeds), len(cfg.Digests), len(cfg.Channels))
	}
}

// TestDocsPaths holds every path of the source in the documents to what is there.
func TestDocsPaths(t *testing.T) {
	top := filepath.Join("..", "..")
	path := regexp.MustCompile("`((?:internal|seeds|config|deploy|tools|\\.ci)/[a-zA-Z0-9_./-]+)`")
	found := 0
	for name := range docs() {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range path.FindAllStringSubmatch(string(text), -1) {
			found++
			if _, err := os.Stat(filepath.Join(top, m[1])); err != nil {
				t.Errorf("%s speaks of %s: %v", name, m[1], err)
			}
		}
	}
	if found < 15 {
		t.Errorf("found %d paths; the pattern does not fit the documents", found)
	}
}
