package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// logKeys are the keys of log lines, each with one meaning: feed is a feed's name and
// feeds how many there are. journalctl finds lines by them.
var logKeys = []string{
	"advice", "archived", "attempt", "attempts", "bytes", "cause", "channel", "deliveries", "delivery", "dur", "edition", "err", "feed", "feeds", "item",
	"items", "job", "lang", "new_items", "next_at", "page", "part", "path", "schema", "score", "settings", "since", "stack",
	"status", "stories", "story", "url",
}

// TestLogKeys reads every log line of the program: its message is written out, and its
// keys are of the list.
func TestLogKeys(t *testing.T) {
	root := filepath.Join("..", "..")
	lines := 0
	for file := range importsOf(t, root) {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, filepath.Join(root, file), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			keys, ok := keysOf(call)
			if !ok {
				return true
			}
			lines++
			for _, k := range keys {
				if !slices.Contains(logKeys, k) {
					t.Errorf("%s: log key %q is not of the list", fset.Position(call.Pos()), k)
				}
			}
			return true
		})
	}
	if lines < 30 {
		t.Errorf("found %d log lines; the search misses them", lines)
	}
}

// keysOf returns the keys of a call that logs: Info("message", "key", value, …) or
// With("key", value, …).
func keysOf(call *ast.CallExpr) (keys []string, ok bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil, false
	}
	args := call.Args
	switch sel.Sel.Name {
	case "Debug", "Info", "Warn", "Error":
		if _, ok := literal(args[0]); !ok {
			return nil, false
		}
		args = args[1:]
	case "With":
	default:
		return nil, false
	}
	if len(args)%2 != 0 {
		return nil, false
	}
	for i := 0; i < len(args); i += 2 {
		key, ok := literal(args[i])
		if !ok {
			return nil, false
		}
		keys = append(keys, key)
	}
	return keys, true
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
