package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// reader is someone who types what a document says, in a directory of its own.
type reader struct {
	t         *testing.T
	env       map[string]string
	item, url string            // one of the archive
	stands    *strings.Replacer // what stands for something of the reader's
}

// run types one line and returns what it printed and its exit code.
func (r *reader) run(line string) (out string, code int) {
	r.t.Helper()
	line, _, _ = strings.Cut(line, " #")
	words := split(line)
	for i := range words {
		if r.stands != nil {
			words[i] = r.stands.Replace(words[i])
		}
	}
	var stdout, stderr bytes.Buffer
	code = Main(words[1:], Env{
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: time.Now,
		Getenv:  func(key string) string { return r.env[key] },
		Context: func() (context.Context, context.CancelFunc) { return context.WithCancel(r.t.Context()) },
	})
	if code != ExitGood {
		return stdout.String() + stderr.String(), code
	}
	return stdout.String(), code
}

// split parts a line into words as a shell does, double quotes included.
func split(line string) (words []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	return words
}

// atDemo is a reader who has run the demo: its archive is what there is to ask.
func atDemo(t *testing.T) *reader {
	t.Helper()
	if Raced {
		t.Skip("one command after another: there is nothing to race, and each takes seconds under the detector")
	}
	t.Chdir(t.TempDir())
	r := &reader{t: t, env: map[string]string{"USER": "reader", "SAMUR_CONFIG": filepath.Join("demo-out", "samur.yaml")}}
	if out, code := r.run("samur demo"); code != ExitGood {
		t.Fatalf("samur demo exits %d:\n%s", code, out)
	}
	out, _ := r.run("samur search --json persimmons")
	var it struct{ ID, URL string }
	if err := json.NewDecoder(strings.NewReader(out)).Decode(&it); err != nil || it.URL == "" {
		t.Fatalf("samur search finds no item: %v\n%s", err, out)
	}
	r.item, r.url = it.ID, it.URL
	r.stands = strings.NewReplacer("ID", it.ID, "URL", it.URL)
	return r
}

// configLine names the file that the lines below it are for.
var configLine = regexp.MustCompile(`^# (demo-out/\S+\.yaml)$`)

// TestGuide does what the guide to topics and words says, in its order.
func TestGuide(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "seeds", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := atDemo(t)
	typed, file, margin := 0, "", ""
	for line := range strings.Lines(string(text)) {
		trimmed := strings.TrimSpace(line)
		if !strings.HasPrefix(line, "    ") {
			if trimmed != "" {
				file = ""
			}
			continue
		}
		switch m := configLine.FindStringSubmatch(trimmed); {
		case m != nil:
			file, margin = m[1], line[:strings.Index(line, "#")]
		case file != "":
			add(t, file, strings.TrimPrefix(line, margin))
		case strings.HasPrefix(trimmed, "samur ") && !strings.HasPrefix(trimmed, "samur demo"):
			typed++
			if out, code := r.run(trimmed); code != ExitGood {
				t.Errorf("%s: exit %d:\n%s", trimmed, code, out)
			}
		}
	}
	if typed < 15 {
		t.Errorf("typed %d lines; the pattern does not fit the document", typed)
	}
	for line, want := range map[string]string{
		"samur topics list":                    "fruit",
		`samur lexicon find "Kaspi Plast"`:     "company/kaspi-plast",
		"samur topics try fruit --limit 1":     "persimmon",
		"samur explain ID":                     "relevant: ",
		"samur judge list":                     "",
		"samur digest preview --form markdown": "",
	} {
		if out, code := r.run(line); code != ExitGood || !strings.Contains(out, want) {
			t.Errorf("after the guide %s: exit %d, want 0 and %q:\n%s", line, code, want, out)
		}
	}
}

// add appends a line to a file, and makes what is missing.
func add(t *testing.T, path, line string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(line); err != nil {
		t.Fatal(err)
	}
}

// elsewhere are commands of the documents that need what a test has not: a network, a
// mail server, a daemon, a file of yours, or a place that only root may write to.
var elsewhere = []string{
	"samur run", "samur demo", "samur poll", "samur init", "samur feeds test", "samur feeds discover", "samur feeds add",
	"samur classify FILE", "samur eval FILE", "samur export", "samur import", "samur outbox test", "samur outbox retry", "samur backup /srv", "samur reload", "samur restore",
	"samur topics try caviar",
}

// halves are names of commands that stand without their arguments.
var halves = regexp.MustCompile(`^samur (explain|search|judge|store check FILE)$`)

// TestDocsRun types every other command of the documents on the demo's archive. The
// doctor may find something there, and does: no daemon runs.
func TestDocsRun(t *testing.T) {
	var lines []string
	for name := range docs() {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range typed.FindAllStringSubmatch(string(text), -1) {
			line, _, _ := strings.Cut(m[1]+m[2], " #")
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	slices.Sort(lines)
	r := atDemo(t)
	add(t, filepath.Join("own", "lexicon", "names.yaml"), "concepts:\n  - {id: company/kaspi-plast, kind: company, names: {en: [Kaspi Plast], ru: [Каспи Пласт], az: [Kaspi Plast]}}\n")
	story, _ := r.run("samur stories list --json")
	_, id, _ := strings.Cut(story, `"id":"`)
	id, _, _ = strings.Cut(id, `"`)
	r.stands = strings.NewReplacer(
		"DIR", "own", "my/samur.yaml", r.env["SAMUR_CONFIG"], "my/seeds", "own", "demo-out/seeds", "own", "/etc/samur/samur.yaml", r.env["SAMUR_CONFIG"],
		"URL", r.url, "ID", r.item)
	ran := 0
	for _, line := range slices.Compact(lines) {
		if slices.ContainsFunc(elsewhere, func(s string) bool { return strings.HasPrefix(line, s) }) || halves.MatchString(line) ||
			strings.Contains(line, "fruit") {
			continue
		}
		if strings.HasPrefix(line, "samur stories show") {
			line = strings.ReplaceAll(line, "ID", id)
		}
		ran++
		if out, code := r.run(line); code != ExitGood && !(line == "samur doctor" && code == ExitFailed) {
			t.Errorf("%s: exit %d:\n%s", line, code, out)
		}
	}
	if ran < 25 {
		t.Errorf("ran %d commands; the patterns miss them", ran)
	}
}
