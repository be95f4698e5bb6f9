// Command genschema writes the JSON Schema of the config from the types and comments
// of package config:
//
//	genschema config.go channels.go alerts.go samur.schema.json
//
// It runs under go generate. The schema itself is drawn by config.Schema; what stands
// here only finds the comments, which a program does not know of itself.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"

	"samur/internal/config"
)

func main() {
	last := len(os.Args) - 1
	if last < 2 {
		fmt.Fprintln(os.Stderr, "usage: genschema SOURCE... SCHEMA")
		os.Exit(2)
	}
	if err := write(os.Args[last], os.Args[1:last]...); err != nil {
		fmt.Fprintln(os.Stderr, "genschema:", err)
		os.Exit(1)
	}
}

func write(schema string, sources ...string) error {
	text, err := generate(sources...)
	if err != nil {
		return err
	}
	return os.WriteFile(schema, text, 0o644) //nolint:gosec // read by editors of all users
}

// generate returns the schema with the comments of the Go files called sources. A
// field without a comment is an error: it would have no description.
func generate(sources ...string) ([]byte, error) {
	docs := map[string]string{}
	for _, source := range sources {
		if err := comments(source, docs); err != nil {
			return nil, err
		}
	}
	var bare string
	text, err := config.Schema(func(typ, field string) string {
		doc := docs[typ+"."+field]
		if doc == "" {
			bare = typ + "." + field
		}
		return doc
	})
	if bare != "" {
		return nil, fmt.Errorf("%s has no comment; write what it means", bare)
	}
	return text, err
}

// comments adds the comment of each field of each struct in a file, under
// "Type.Field".
func comments(source string, docs map[string]string) error {
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.ParseComments)
	if err != nil {
		return fmt.Errorf("read source: %w", err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if st, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range st.Fields.List {
				for _, name := range f.Names {
					docs[spec.Name.Name+"."+name.Name] = f.Doc.Text()
				}
			}
		}
		return false
	})
	return nil
}
