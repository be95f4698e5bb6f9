package render

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"testing"

	"samur/internal/news"
	"samur/seeds"
)

// eachString calls f with every call in dir that has string literals as arguments.
func eachString(t *testing.T, dir string, f func(call string, args []string)) {
	t.Helper()
	for _, file := range parseDir(t, dir) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name, ok := call.Fun.(*ast.Ident)
			if !ok {
				return true
			}
			var args []string
			for _, a := range call.Args {
				if lit, ok := a.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					args = append(args, s)
				}
			}
			f(name.Name, args)
			return true
		})
	}
}

func parseDir(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// TestIndicatorNames holds the names to the grammars of package figures: what can
// be found in a text has a name in every language.
func TestIndicatorNames(t *testing.T) {
	ids := map[string]bool{}
	eachString(t, "../figures", func(call string, args []string) {
		if call == "cue" && len(args) == 2 {
			ids[args[1]] = true
		}
	})
	for _, id := range []string{"oil", "flights", "prices", "fines", "casualties", "arrests"} { // which no cue alone tells
		ids[id] = true
	}
	for _, id := range []string{"same", "cost", "earned"} { // what they are the text says, before they leave the package
		delete(ids, id)
	}
	named(t, "indicator", ids, 20, func(w *words, id string) bool { return w.indicator[id] != "" })
}

func TestUnitNames(t *testing.T) {
	units, hedges := map[string]bool{}, map[string]bool{}
	eachString(t, "../figures", func(call string, args []string) {
		switch {
		case call == "unit" && len(args) >= 2 && args[1] != "":
			units[args[1]] = true
		case (call == "before" || call == "after") && len(args) == 2:
			hedges[args[1]] = true
		}
	})
	for _, id := range []string{"killed", "injured", "arrested", "deported"} {
		units[id] = true
	}
	named(t, "what a price is for", map[string]bool{"t": true, "barrel": true, "thousand m3": true, "m3": true, "kg": true, "litre": true, "container": true, "kWh": true, "MWh": true, "day": true, "week": true, "month": true}, 12,
		func(w *words, id string) bool { return w.per[id] != "" })
	named(t, "unit", units, 14, func(w *words, id string) bool { return w.unit[id] != nil })
	named(t, "approximation", hedges, 4, func(w *words, id string) bool { return w.approx[id] != "" })
}

// named fails for an id without a name in some language. At least as many ids must
// be found as there were when the test was written.
func named(t *testing.T, kind string, ids map[string]bool, atLeast int, has func(*words, string) bool) {
	t.Helper()
	if len(ids) < atLeast {
		t.Fatalf("found %d ids of %s, want at least %d: they are written in another way now", len(ids), kind, atLeast)
	}
	for id := range ids {
		for lang, w := range tables {
			if !has(w, id) {
				t.Errorf("%s %q has no name in %s", kind, id, lang)
			}
		}
	}
}

// TestNewsNames holds the tables to the closed lists of package news.
func TestNewsNames(t *testing.T) {
	values := map[string]map[string]bool{"Cause": {}, "Reason": {}, "Lang": {}, "GroundKind": {}}
	for _, file := range parseDir(t, "../news") {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			typ, ok := spec.Type.(*ast.Ident)
			lit, isLit := spec.Values[0].(*ast.BasicLit)
			if ok && isLit && values[typ.Name] != nil {
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				values[typ.Name][s] = true
			}
			return true
		})
	}
	named(t, "cause", values["Cause"], 15, func(w *words, id string) bool { return w.cause[news.Cause(id)] != "" })
	named(t, "reason", values["Reason"], 4, func(w *words, id string) bool { return w.reason[news.Reason(id)] != "" })
	named(t, "ground", values["GroundKind"], 60, func(w *words, id string) bool { return w.ground[news.GroundKind(id)] != "" })
	named(t, "language", values["Lang"], 7, func(w *words, id string) bool { return w.in[news.Lang(id)] != "" })
}

// TestTopicNames holds the names of topics to those of the seeds, from which the
// headings of sections come.
func TestTopicNames(t *testing.T) {
	topics, err := seeds.Topics(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range topics {
		for lang, w := range tables {
			if got, want := w.topic[topic.Slug], topic.Names[news.Lang(lang)]; got != want {
				t.Errorf("topic %q in %s = %q, want %q", topic.Slug, lang, got, want)
			}
		}
	}
	if len(topics) != len(english.topic) {
		t.Errorf("%d topics have names, the seeds have %d", len(english.topic), len(topics))
	}
}
