package app_test

import (
	"os"
	"path/filepath"
	"testing"

	"samur/internal/app"
)

// Names of the user's own are read anew at every reload, and a file with a mistake
// leaves those of before in force.
func TestReloadReadsNames(t *testing.T) {
	base := sampleFeeds(t)
	dir := t.TempDir()
	writeConfig(t, dir, demoLines(base)[:1]...)
	a := start(t, dir)
	own := filepath.Join(dir, "own")
	if err := os.MkdirAll(filepath.Join(own, "lexicon"), 0o755); err != nil {
		t.Fatal(err)
	}
	cfg := *loadConfig(t, dir)
	cfg.Seeds.Dir = own
	for _, tt := range []struct {
		name, body, want string
		refused          bool
	}{
		{"a concept", "concepts:\n- {id: company/xeron, kind: company, names: {en: [Xeron]}}\n", "Xeron", false},
		{"another name", "concepts:\n- {id: company/xeron, kind: company, names: {en: [Xerotech]}}\n", "Xerotech", false},
		{"a mistake", "concepts:\n- {id: company/xeron, kind: planet, names: {en: [Other]}}\n", "Xerotech", true},
	} {
		if err := os.WriteFile(filepath.Join(own, "lexicon", "names.yaml"), []byte(tt.body), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := a.Reload(t.Context(), &cfg)
		if (err != nil) != tt.refused {
			t.Fatalf("%s: Reload = %v, want refused: %v", tt.name, err, tt.refused)
		}
		if got := nameOf(t, a, "company/xeron"); got != tt.want {
			t.Errorf("%s: company/xeron is called %q, want %q", tt.name, got, tt.want)
		}
	}
}

// nameOf returns the name under which the daemon knows a concept.
func nameOf(t *testing.T, a *app.App, id string) string {
	t.Helper()
	line, err := a.Core().Line()
	if err != nil {
		t.Fatal(err)
	}
	c, ok := line.Lexicon.Concept(id)
	if !ok {
		return ""
	}
	return c.Name("en")
}
