package pattern_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"samur/internal/pattern"
)

// TestLazy compiles every pattern of the program: a mistake in one must not wait for the
// text that first asks it.
func TestLazy(t *testing.T) {
	found := 0
	for dir, files := range sources(t) {
		consts := constants(files)
		for _, f := range files {
			for _, arg := range lazyArguments(f) {
				expr, ok := textOf(arg, consts)
				if !ok {
					t.Errorf("%s: a pattern is not made of constants, so that nothing tells whether it compiles", dir)
					continue
				}
				found++
				if _, err := regexp.Compile(expr); err != nil {
					t.Errorf("%s: %v", dir, err)
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("%d patterns found; there are more", found)
	}
}

// sources returns what the packages around this one consist of, tests apart.
func sources(t *testing.T) map[string][]*ast.File {
	t.Helper()
	pkgs := map[string][]*ast.File{}
	err := filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		pkgs[filepath.Dir(path)] = append(pkgs[filepath.Dir(path)], f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

// lazyArguments returns what pattern.Lazy and pattern.LazyAll are called with.
func lazyArguments(f *ast.File) (args []ast.Expr) {
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		fun, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := fun.X.(*ast.Ident); ok && pkg.Name == "pattern" {
			args = append(args, call.Args...)
		}
		return true
	})
	return args
}

// constants returns the package's constants by name.
func constants(files []*ast.File) map[string]ast.Expr {
	consts := map[string]ast.Expr{}
	for _, f := range files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v, _ := s.(*ast.ValueSpec) // of a GenDecl of constants all are
				for i, name := range v.Names {
					if i < len(v.Values) {
						consts[name.Name] = v.Values[i]
					}
				}
			}
		}
	}
	return consts
}

// textOf returns the text that an expression of constants stands for.
func textOf(e ast.Expr, consts map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		v := constant.MakeFromLiteral(e.Value, e.Kind, 0)
		return constant.StringVal(v), v.Kind() == constant.String
	case *ast.ParenExpr:
		return textOf(e.X, consts)
	case *ast.Ident:
		if c, ok := consts[e.Name]; ok {
			return textOf(c, consts)
		}
	case *ast.BinaryExpr:
		x, okX := textOf(e.X, consts)
		y, okY := textOf(e.Y, consts)
		return x + y, okX && okY && e.Op == token.ADD
	}
	return "", false
}

func TestLazyIsCompiledOnce(t *testing.T) {
	one, all := pattern.Lazy(`^a+$`), pattern.LazyAll(`a`, `b`)
	if first, second := one(), one(); first != second || !first.MatchString("aa") || first.MatchString("ab") {
		t.Errorf("Lazy = %v and then %v, want one pattern, ^a+$", first, second)
	}
	if first, second := all(), all(); len(first) != 2 || first[1] != second[1] || !first[1].MatchString("b") {
		t.Errorf("LazyAll = %v and then %v, want the same a and b", first, second)
	}
}
