// Command genschema writes the JSON Schema of a digest's JSON form from the types and
// comments of package render:
//
//	genschema json.go digest.schema.json
//
// It runs under go generate. What a field means stands in the comment of its type or
// behind the field; which fields are always there is told by their tags.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/render"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: genschema SOURCE SCHEMA")
		os.Exit(2)
	}
	text, err := generate(os.Args[1])
	if err == nil {
		err = os.WriteFile(os.Args[2], text, 0o644) //nolint:gosec // read by whoever receives digests
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "genschema:", err)
		os.Exit(1)
	}
}

// schema is a part of a JSON Schema.
type schema map[string]any

// generate returns the schema of render.Document with the comments of the Go file called
// source.
func generate(source string) ([]byte, error) {
	docs, err := comments(source)
	if err != nil {
		return nil, err
	}
	g := generator{docs: docs, defs: schema{}}
	root := g.object(reflect.TypeFor[render.Document]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A samur digest as JSON, " + render.Schema
	root["$defs"] = g.defs
	root["properties"].(schema)["schema"] = schema{"const": render.Schema}
	text, err := json.MarshalIndent(root, "", "  ")
	return append(text, '\n'), err
}

type generator struct {
	docs map[string]string
	defs schema
}

// object returns the schema of a struct. Fields may be added to it, so that a reader must
// not be thrown by one that it does not know.
func (g generator) object(t reflect.Type) schema {
	props, required := schema{}, []string{}
	for f := range t.Fields() {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		s := g.of(f.Type)
		if doc := g.docs[t.Name()+"."+f.Name]; doc != "" {
			s["description"] = doc
		}
		props[name] = s
		if rest == "" {
			required = append(required, name)
		}
	}
	s := schema{"type": "object", "properties": props, "required": required}
	if doc := g.docs[t.Name()]; doc != "" {
		s["description"] = doc
	}
	return s
}

// words are the types of which all values are known.
var words = map[reflect.Type][]string{
	reflect.TypeFor[news.Side]():           {"", string(news.SideAz), string(news.SideRu), string(news.SideOther)},
	reflect.TypeFor[news.Field]():          {"", string(news.FieldTitle), string(news.FieldText)},
	reflect.TypeFor[news.Reason]():         {"", string(news.ReasonCorrected), string(news.ReasonFigure), string(news.ReasonSide), string(news.ReasonFact)},
	reflect.TypeFor[news.CorrectionKind](): {string(news.CorrectedNegation), string(news.CorrectedNumber), string(news.CorrectedDate), string(news.CorrectedName)},
	reflect.TypeFor[news.EventKind]():      {string(news.EventMeeting), string(news.EventCall), string(news.EventVisit), string(news.EventSigning)},
	reflect.TypeFor[news.EventState]():     {string(news.EventPlanned), string(news.EventHeld), string(news.EventPostponed), string(news.EventCancelled)},
}

func (g generator) of(t reflect.Type) schema {
	if values := words[t]; values != nil {
		return schema{"enum": values}
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		return schema{"type": "string", "format": "date-time"}
	case t.Kind() == reflect.Pointer:
		return g.of(t.Elem())
	case t.Kind() == reflect.Slice:
		return schema{"type": "array", "items": g.of(t.Elem())}
	case t.Kind() == reflect.Struct:
		name := strings.TrimSuffix(t.Name(), "Doc")
		if g.defs[name] == nil {
			g.defs[name] = g.object(t)
		}
		return schema{"$ref": "#/$defs/" + name}
	case t.Kind() == reflect.Bool:
		return schema{"type": "boolean"}
	case t.Kind() == reflect.Float64:
		return schema{"type": "number"}
	case t.Kind() == reflect.String:
		return schema{"type": "string"}
	}
	return schema{"type": "integer"}
}

// comments returns the comments of the structs in a file and of their fields, under
// "Type" and "Type.Field".
func comments(source string) (map[string]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("read source: %w", err)
	}
	docs := map[string]string{}
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.TYPE {
			continue
		}
		spec := decl.Specs[0].(*ast.TypeSpec)
		st, ok := spec.Type.(*ast.StructType)
		if !ok {
			continue
		}
		docs[spec.Name.Name] = sentence(decl.Doc.Text(), spec.Name.Name)
		for _, f := range st.Fields.List {
			for _, name := range f.Names {
				docs[spec.Name.Name+"."+name.Name] = strings.TrimSpace(f.Comment.Text())
			}
		}
	}
	return docs, nil
}

// sentence is a type's comment without the type's name: "SlotDoc is the identity of an
// edition." says "The identity of an edition."
func sentence(doc, name string) string {
	doc, _, _ = strings.Cut(doc, ":\n")
	doc = strings.Join(strings.Fields(strings.TrimPrefix(doc, name)), " ")
	for _, verb := range []string{"is ", "says ", "asks "} {
		if rest, ok := strings.CutPrefix(doc, verb); ok {
			if verb != "is " {
				rest = strings.TrimSpace(verb) + " " + rest
			}
			return strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return doc
}
