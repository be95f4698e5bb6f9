// Command genapi writes the OpenAPI document of the pages' API from what package api
// lists and from the types and comments of package records:
//
//	genapi assets/openapi.json api/api.go ../records/records.go …
//
// It runs under go generate.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"reflect"
	"strings"

	"samur/internal/news"
	"samur/internal/typeschema"
	"samur/internal/web/api"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: genapi DOCUMENT SOURCE...")
		os.Exit(2)
	}
	text, err := generate(os.Args[2:]...)
	if err == nil {
		err = os.WriteFile(os.Args[1], text, 0o644) //nolint:gosec // read by everybody who asks
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "genapi:", err)
		os.Exit(1)
	}
}

type object = typeschema.Schema

// generate returns the document with the comments of some Go files.
func generate(sources ...string) ([]byte, error) {
	d, err := typeschema.New(sources...)
	if err != nil {
		return nil, err
	}
	d.Words, d.Refs = words(), "#/components/schemas/"
	paths := object{}
	for _, e := range api.Endpoints() {
		paths[api.Root+e.Path] = object{"get": operation(d, e)}
	}
	d.Of(reflect.TypeFor[api.Problem]())
	doc := object{
		"openapi": "3.1.0",
		"info": object{
			"title": "samur", "version": "1",
			"description": "What samur's archive has, to be read. Times are RFC 3339 in UTC. Lists are bounded: \"next\" is the address of what follows, " +
				"absent at the end. What is wrong with a question is answered as a problem (RFC 9457) that says what to do. Fields may be added.",
		},
		"paths": paths,
		"components": object{
			"schemas": d.Defs,
			"responses": object{"Problem": object{
				"description": "What is wrong, and what to do",
				"content":     object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/Problem"}}},
			}},
			"securitySchemes": object{
				"token":    object{"type": "http", "scheme": "bearer", "description": "web.password of the config"},
				"password": object{"type": "http", "scheme": "basic", "description": "any name, the same password"},
			},
		},
		"security": []object{{}, {"token": []string{}}, {"password": []string{}}},
	}
	text, err := json.MarshalIndent(doc, "", " ")
	return append(text, '\n'), err
}

// operation is one endpoint.
func operation(d *typeschema.Drawer, e api.Endpoint) object {
	var answer object
	switch {
	case e.Result == nil:
		answer = object{"type": "object"}
	case e.List:
		answer = object{
			"type": "object", "required": []string{"items"},
			"properties": object{
				"items": object{"type": "array", "items": d.Of(e.Result)},
				"next":  object{"type": "string", "format": "uri-reference", "description": "address of what follows, absent at the end"},
			},
		}
	default:
		answer = d.Of(e.Result)
	}
	responses := object{"200": object{"description": "What was asked for", "content": object{"application/json": object{"schema": answer}}}}
	for _, status := range []string{"400", "404", "429", "503", "default"} {
		if status != "404" || e.PathIs != "" {
			responses[status] = object{"$ref": "#/components/responses/Problem"}
		}
	}
	return object{"summary": e.About, "operationId": operationID(e.Path), "parameters": parameters(e), "responses": responses}
}

// operationID names an endpoint for programs that write clients: getStoriesId.
func operationID(p string) string {
	id := "get"
	for _, word := range strings.FieldsFunc(p, func(r rune) bool { return strings.ContainsRune("/{}", r) }) {
		id += strings.ToUpper(word[:1]) + word[1:]
	}
	return id
}

// parameters are those of an endpoint, that of its path first.
func parameters(e api.Endpoint) []object {
	out := []object{}
	if e.PathIs != "" {
		out = append(out, object{
			"name": strings.Trim(path.Base(e.Path), "{}"), "in": "path", "required": true, "description": e.PathIs, "schema": object{"type": "string"},
		})
	}
	for _, p := range e.Params {
		out = append(out, object{"name": p.Name, "in": "query", "description": p.About, "schema": value(p)})
	}
	return out
}

// value is what a parameter takes.
func value(p api.Param) object {
	switch p.Kind {
	case api.Word:
		return object{"type": "string", "enum": p.Values}
	case api.Day:
		return object{"type": "string", "format": "date"}
	case api.Flag:
		return object{"type": "boolean", "default": false}
	case api.Number:
		return object{"type": "integer", "minimum": p.Min, "maximum": p.Max, "default": p.Default}
	}
	return object{"type": "string"}
}

// words are the types of which all values are known.
func words() map[reflect.Type][]string {
	return map[reflect.Type][]string{
		reflect.TypeFor[news.Side]():           {"", string(news.SideAz), string(news.SideRu), string(news.SideOther)},
		reflect.TypeFor[news.Lang]():           {string(news.En), string(news.Ru), string(news.Az), string(news.Other)},
		reflect.TypeFor[news.Field]():          {string(news.FieldTitle), string(news.FieldText)},
		reflect.TypeFor[news.StoryState]():     {string(news.StoryNew), string(news.StoryDeveloping), string(news.StoryCorrected), string(news.StoryOver)},
		reflect.TypeFor[news.Reason]():         {string(news.ReasonCorrected), string(news.ReasonFigure), string(news.ReasonSide), string(news.ReasonFact)},
		reflect.TypeFor[news.CorrectionKind](): {string(news.CorrectedWithdrawn), string(news.CorrectedNegation), string(news.CorrectedNumber), string(news.CorrectedDate), string(news.CorrectedName)},
		reflect.TypeFor[news.EventKind]():      {string(news.EventMeeting), string(news.EventCall), string(news.EventVisit), string(news.EventSigning)},
		reflect.TypeFor[news.EventState]():     {string(news.EventPlanned), string(news.EventHeld), string(news.EventPostponed), string(news.EventCancelled)},
		reflect.TypeFor[news.DeliveryState]():  api.States(),
	}
}
