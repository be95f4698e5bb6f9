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
	"os"
	"reflect"
	"strings"

	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/typeschema"
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

// generate returns the schema of render.Document with the comments of the Go file called
// source.
func generate(source string) ([]byte, error) {
	d, err := typeschema.New(source)
	if err != nil {
		return nil, err
	}
	d.Words, d.Name = words, func(t reflect.Type) string { return strings.TrimSuffix(t.Name(), "Doc") }
	root := d.Object(reflect.TypeFor[render.Document]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "A samur digest as JSON, " + render.Schema
	root["$defs"] = d.Defs
	root["properties"].(typeschema.Schema)["schema"] = typeschema.Schema{"const": render.Schema}
	text, err := json.MarshalIndent(root, "", "  ")
	return append(text, '\n'), err
}

// words are the types of which all values are known.
var words = map[reflect.Type][]string{
	reflect.TypeFor[news.Side]():           {"", string(news.SideAz), string(news.SideRu), string(news.SideOther)},
	reflect.TypeFor[news.Field]():          {"", string(news.FieldTitle), string(news.FieldText)},
	reflect.TypeFor[news.Reason]():         {"", string(news.ReasonCorrected), string(news.ReasonFigure), string(news.ReasonSide), string(news.ReasonFact)},
	reflect.TypeFor[news.CorrectionKind](): {string(news.CorrectedWithdrawn), string(news.CorrectedNegation), string(news.CorrectedNumber), string(news.CorrectedDate), string(news.CorrectedName)},
	reflect.TypeFor[news.EventKind]():      {string(news.EventMeeting), string(news.EventCall), string(news.EventVisit), string(news.EventSigning)},
	reflect.TypeFor[news.EventState]():     {string(news.EventPlanned), string(news.EventHeld), string(news.EventPostponed), string(news.EventCancelled)},
}
