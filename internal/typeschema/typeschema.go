// Package typeschema draws JSON Schemas from Go types, their JSON tags and their comments,
// for the programs that write the schemas which are committed: render/genschema and
// web/genapi. What a field means stands in the comment of its type or behind the field;
// a field without "omitempty" or "omitzero" is always there.
//
// Objects are left open, since fields may be added: a reader must not be thrown by one
// that it does not know. Read New first, then Drawer.Of.
package typeschema

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Schema is a part of a JSON Schema.
type Schema map[string]any

// Drawer draws schemas.
type Drawer struct {
	Words map[reflect.Type][]string   // the types of which all values are known
	Refs  string                      // what stands before the name of a definition: "#/$defs/"
	Name  func(t reflect.Type) string // of a definition; nil for the type's own
	Defs  Schema                      // definitions so far, by name

	docs map[string]string
}

// New returns a drawer that knows the comments of some Go files.
func New(sources ...string) (*Drawer, error) {
	d := &Drawer{Refs: "#/$defs/", Defs: Schema{}, docs: map[string]string{}}
	for _, source := range sources {
		docs, err := comments(source)
		if err != nil {
			return nil, err
		}
		maps.Copy(d.docs, docs)
	}
	return d, nil
}

// Object returns the schema of a struct. The fields of an embedded one are its own.
func (d *Drawer) Object(t reflect.Type) Schema {
	props, required := Schema{}, []string{}
	d.fields(t, props, &required)
	s := Schema{"type": "object", "properties": props, "required": required}
	if doc := d.docs[t.Name()]; doc != "" {
		s["description"] = doc
	}
	return s
}

func (d *Drawer) fields(t reflect.Type, props Schema, required *[]string) {
	for f := range t.Fields() {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			d.fields(f.Type, props, required)
			continue
		}
		s := d.Of(f.Type)
		if doc := d.docs[t.Name()+"."+f.Name]; doc != "" {
			s["description"] = doc
		}
		if f.Type.Kind() == reflect.Pointer && rest == "" {
			s = Schema{"oneOf": []Schema{s, {"type": "null"}}}
		}
		props[name] = s
		// What a struct has itself stands in place of what it embeds.
		*required = slices.DeleteFunc(*required, func(r string) bool { return r == name })
		if rest == "" {
			*required = append(*required, name)
		}
	}
}

// Of returns the schema of a type; that of a struct is a reference to a definition.
func (d *Drawer) Of(t reflect.Type) Schema {
	if values := d.Words[t]; values != nil {
		return Schema{"enum": values}
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		return Schema{"type": "string", "format": "date-time"}
	case t.Kind() == reflect.Pointer:
		return d.Of(t.Elem())
	case t.Kind() == reflect.Slice:
		return Schema{"type": "array", "items": d.Of(t.Elem())}
	case t.Kind() == reflect.Map:
		return Schema{"type": "object", "additionalProperties": d.Of(t.Elem())}
	case t.Kind() == reflect.Struct:
		return Schema{"$ref": d.Refs + d.define(t)}
	case t.Kind() == reflect.Bool:
		return Schema{"type": "boolean"}
	case t.Kind() == reflect.Float64:
		return Schema{"type": "number"}
	case t.Kind() == reflect.String:
		return Schema{"type": "string"}
	}
	return Schema{"type": "integer"}
}

// define adds a struct to the definitions and returns its name there.
func (d *Drawer) define(t reflect.Type) string {
	name := t.Name()
	if d.Name != nil {
		name = cmp.Or(d.Name(t), name)
	}
	if d.Defs[name] == nil {
		d.Defs[name] = Schema{} // one that holds itself refers to it
		d.Defs[name] = d.Object(t)
	}
	return name
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
