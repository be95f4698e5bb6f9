package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers lists the packages from the bottom up. A package may import those of lower
// layers only, so nothing here can come to depend on what uses it.
func layers() [][]string {
	return [][]string{
		{"config", "internal/news", "internal/pattern", "internal/schedule"},
		{
			"internal/lang", "internal/fetch", "internal/feed", "internal/store", "internal/deliver", "internal/metrics",
			"internal/render", "internal/config", "internal/eval", "internal/demo", "internal/journal", "internal/hostile", "internal/typeschema", "seeds",
		},
		{
			"internal/lexicon", "internal/normalise", "internal/transfer", "internal/config/genschema", "internal/render/genschema",
			"internal/deliver/email", "internal/deliver/file", "internal/deliver/post", "internal/deliver/delivertest",
		},
		{"internal/deliver/chat", "internal/deliver/webhook", "internal/article", "internal/classify", "internal/figures", "internal/search", "internal/timeline"},
		{"internal/alert", "internal/classify/countwords", "internal/cluster", "internal/reading"},
		{"internal/coverage"},
		{"internal/digest", "internal/records"},
		{"internal/web/api"},
		{"internal/ingest", "internal/publish", "internal/web", "internal/web/genapi"},
		{"internal/app"},
		{"internal/cli"},
		{"cmd/samur", "internal/cli/genman", "internal/bench/profiled", "internal/bench/floor"}, // the last three, and what is above, are no part of the program
		{"internal/bench", "internal/bench/floorpoll"},
	}
}

// owners says which packages alone may import a module.
func owners() map[string][]string {
	return map[string][]string{
		"go.etcd.io/bbolt":              {"internal/store", "internal/bench/floor"}, // the bare program to compare with
		"github.com/mmcdole/gofeed":     {"internal/feed", "internal/bench/floor"},
		"github.com/robfig/cron/v3":     {"internal/schedule"},
		"go.yaml.in/yaml/v4":            {"internal/config", "internal/lexicon", "seeds"},
		"github.com/wneessen/go-mail":   {"internal/deliver/email"},
		"github.com/spf13/cobra":        {"internal/cli", "internal/cli/genman"},
		"github.com/emersion/":          {"internal/deliver/email"},
		"github.com/prometheus/":        {"internal/metrics"},
		"samur/internal/config":         {"internal/app", "internal/cli", "internal/config/genschema", "internal/bench"},
		"github.com/coreos/go-systemd/": {"internal/cli", "internal/journal"},
	}
}

func TestImports(t *testing.T) {
	layer := map[string]int{}
	for i, packages := range layers() {
		for _, p := range packages {
			layer[p] = i
		}
	}
	for file, imports := range importsOf(t, filepath.Join("..", "..")) {
		from := path.Dir(file)
		at, known := layer[from]
		if !known {
			t.Errorf("%s: package %s stands in no layer; add it to layers and to the tour in doc.go", file, from)
			continue
		}
		for _, imp := range imports {
			if to, ours := strings.CutPrefix(imp, "samur/"); ours && layer[to] >= at {
				t.Errorf("%s imports %s, which does not stand below it", file, to)
			}
			for module, allowed := range owners() {
				if strings.HasPrefix(imp, module) && !slices.Contains(allowed, from) {
					t.Errorf("%s imports %s, which only %v may", file, imp, allowed)
				}
			}
		}
	}
}

// importsOf reads the import lines of every Go file of the program, tests left out.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	for _, top := range []string{"cmd", "config", "internal", "seeds"} {
		err := fs.WalkDir(os.DirFS(root), top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			files[name] = nil
			for _, imp := range f.Imports {
				p, err := strconv.Unquote(imp.Path.Value)
				if err != nil {
					return err
				}
				files[name] = append(files[name], p)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 100 {
		t.Fatalf("found %d files; the walk begins in the wrong place", len(files))
	}
	return files
}
