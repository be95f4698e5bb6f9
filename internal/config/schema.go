package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

//go:generate go run ./genschema config.go channels.go alerts.go ../../config/samur.schema.json

// node is one part of a JSON Schema, draft 7, which is what editors understand best.
type node struct {
	Schema      string           `json:"$schema,omitempty"`
	Title       string           `json:"title,omitempty"`
	Description string           `json:"description,omitempty"`
	Type        any              `json:"type,omitempty"` // one name, or several
	Default     any              `json:"default,omitempty"`
	Enum        []string         `json:"enum,omitempty"`
	Pattern     string           `json:"pattern,omitempty"`
	Minimum     json.Number      `json:"minimum,omitempty"`
	Maximum     json.Number      `json:"maximum,omitempty"`
	Items       *node            `json:"items,omitempty"`
	MinItems    int              `json:"minItems,omitempty"`
	Properties  map[string]*node `json:"properties,omitempty"`
	Names       *node            `json:"propertyNames,omitempty"`
	Others      any              `json:"additionalProperties,omitempty"` // false or what they are
	Required    []string         `json:"required,omitempty"`
	OneOf       []*node          `json:"oneOf,omitempty"`
	AllOf       []*node          `json:"allOf,omitempty"`
	Not         *node            `json:"not,omitempty"`
	AnyOf       []*node          `json:"anyOf,omitempty"`
}

// Schema returns the JSON Schema of a config file, and so of a file of feeds, for
// editors that complete and check while one types. comment returns the comment of a
// field, or "". The schema is drawn from the same tags that Load reads; what it
// cannot say (that a zone exists, that a schedule fires, that a name leads
// somewhere) only Load finds, and TestSchemaAgreesWithLoad lists it.
func Schema(comment func(typ, field string) string) ([]byte, error) {
	s := schemaOf{comment}.section(reflect.TypeFor[Config]())
	s.Schema = "http://json-schema.org/draft-07/schema#"
	s.Title = "samur.yaml, and files of feeds that it includes"
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	return out.Bytes(), nil
}

// schemaOf draws schemas with the comments it is given.
type schemaOf struct {
	comment func(typ, field string) string
}

// section is the schema of a mapping.
func (s schemaOf) section(t reflect.Type) *node {
	n := &node{Type: "object", Properties: map[string]*node{}, Others: false}
	for _, k := range keysOf(t) {
		p := s.value(k)
		p.Description = s.describe(t, k)
		n.Properties[k.name] = p
		if k.required {
			n.Required = append(n.Required, k.name)
		}
		if t == reflect.TypeFor[Channel]() && k.typ.Kind() == reflect.Pointer { // the ways out
			n.OneOf = append(n.OneOf, &node{Required: []string{k.name}})
		}
	}
	n.AllOf = oneSource(t)
	wants := slices.ContainsFunc(n.AllOf, func(rule *node) bool { return rule.Not == nil })
	if len(n.Required) == 0 && !wants && len(n.OneOf) == 0 {
		n.Type = orNothing("object")
	}
	return n
}

// oneSource says that a secret has one source, and that a value which is either
// plain or secret, such as a webhook's url, has exactly one.
func oneSource(t reflect.Type) []*node {
	var rules []*node
	for _, k := range keysOf(t) {
		base, first := strings.CutSuffix(k.name, "_"+secretSources[0])
		if k.typ != secretType || !first {
			continue
		}
		var each []*node
		for _, source := range secretSources {
			each = append(each, &node{Required: []string{base + "_" + source}})
		}
		if _, plain := t.FieldByNameFunc(func(name string) bool {
			f, _ := t.FieldByName(name)
			return f.Type != secretType && f.Tag.Get("yaml") == base
		}); plain {
			rules = append(rules, &node{OneOf: append(each, &node{Required: []string{base}})})
			continue
		}
		if k.needed {
			rules = append(rules, &node{OneOf: each})
			continue
		}
		var pairs []*node
		for i, a := range each {
			for _, b := range each[i+1:] {
				pairs = append(pairs, &node{Required: append(append([]string{}, a.Required...), b.Required...)})
			}
		}
		rules = append(rules, &node{Not: &node{Type: "object", AnyOf: pairs}}) // nothing has no sources
	}
	return rules
}

// orNothing allows a key with all lines below it commented out.
func orNothing(typ string) any { return []string{typ, "null"} }

// value is the schema of what stands behind a key.
func (s schemaOf) value(k key) *node {
	switch {
	case k.typ == secretType && strings.HasSuffix(k.name, "_credential"):
		return &node{Type: "string", Pattern: patterns["credential"]}
	case k.typ == secretType:
		return &node{Type: "string", Pattern: patterns["path"]}
	case k.typ == prefixType:
		return &node{Type: "string", Pattern: patterns["network"]}
	}
	switch k.typ.Kind() {
	case reflect.Pointer:
		return s.section(k.typ.Elem())
	case reflect.Struct:
		return s.section(k.typ)
	case reflect.Map:
		return &node{
			Type: orNothing("object"), Names: &node{Pattern: headerForm},
			Others: &node{Type: "string", Pattern: patterns["line"]},
		}
	case reflect.Slice:
		return s.list(k)
	}
	return scalarNode(k)
}

func (s schemaOf) list(k key) *node {
	n := &node{Type: orNothing("array"), Items: s.value(k.element())}
	if k.preset != "" {
		n.Default = strings.Split(k.preset, ",")
	}
	if k.required {
		n.Type, n.MinItems = "array", 1
	}
	return n
}

// scalarNode is the schema of a plain value.
func scalarNode(k key) *node {
	n := &node{Type: "string", Enum: k.oneof}
	switch kindOf(k) {
	case "a duration":
		n.Pattern = patterns["duration"]
	case "a size":
		n.Pattern = patterns["size"]
	case "true or false":
		n.Type, n.Default = "boolean", false
	case "a number":
		n.Type, n.Minimum, n.Maximum = "integer", json.Number(k.min), json.Number(k.max)
		if k.typ.Kind() == reflect.Float64 {
			n.Type = "number"
		}
		if k.preset != "" {
			n.Default = json.Number(k.preset)
		}
		return n
	default:
		n.Pattern = patterns[k.form]
	}
	if k.preset != "" {
		n.Default = k.preset
	}
	return n
}

// patterns are the forms of texts as far as a pattern can tell, in the words that
// Go and JavaScript share. They do not refuse what Load accepts, which a test tries.
var patterns = map[string]string{
	"duration":    `^(([0-9]+\.?[0-9]*|\.[0-9]+)(ms|s|m|h|d|w))+$`,
	"size":        `^[0-9.]+ *([KkMmGg][Ii]?)?[Bb]$`,
	"network":     `^[0-9A-Fa-f.:]+/[0-9]{1,3}$`,
	"credential":  `^[^/\\\x00-\x1f\x7f-\x9f]+$`,
	"line":        `^[^\x00-\x1f\x7f-\x9f]*$`,
	"path":        `^[^\x00-\x1f\x7f-\x9f]+$`,
	"glob":        `^[^\x00-\x1f\x7f-\x9f]+$`,
	"zone":        `^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$`,
	"url":         `^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@]+([/?#]\S*)?$`,
	"proxy":       `^(none|([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5)://[^\s/?#@]+/*)$`,
	"listen":      `^(none|.*:[0-9]+)$`,
	"host":        `^([^:\s]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*)$`,
	"hostname":    `^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?$`,
	"mailbox":     `^[^\x00-\x1f\x7f-\x9f]*@[^\x00-\x1f\x7f-\x9f]*$`,
	"cron":        `^\s*(@\S+(\s+\S+)?|\S+(\s+\S+){4})?\s*$`,
	"name":        nameForm,
	"slug":        slugForm,
	"concept":     conceptForm,
	"cue":         `^[^\x00-\x1f\x7f-\x9f]+$`,
	"passage":     `\S`,
	"header-name": headerForm,
	"chat":        chatForm,
	"ntfy-topic":  topicForm,
	"room":        roomForm,
	"unsubscribe": `^([Mm][Aa][Ii][Ll][Tt][Oo]:|[Hh][Tt][Tt][Pp][Ss]://)([^\s<>,{}]|\{(recipient|list)\})+$`,
	"hours":       hoursForm,
}

// sourceWords say what stands behind each of a secret's keys.
var sourceWords = map[string]string{
	"file":       "The file that holds it and nothing else, closed to other users. Relative to this file.",
	"env":        "The environment variable that holds it.",
	"credential": "The systemd credential that holds it, from LoadCredential in the unit.",
}

// describe is the comment of a key's field, with what the tags add to it.
func (s schemaOf) describe(t reflect.Type, k key) string {
	field := t.FieldByIndex(k.index)
	text := strings.Join(strings.Fields(s.comment(k.owner.Name(), field.Name)), " ")
	if k.typ == secretType {
		return text + " " + sourceWords[k.name[strings.LastIndexByte(k.name, '_')+1:]]
	}
	// "Every is the wished time": the key is called every here.
	if rest, ok := strings.CutPrefix(text, field.Name+" "); ok {
		text = k.name + " " + rest
	}
	if quoted := k.typ == durationType || k.form == "size"; quoted && (k.min != "" || k.max != "") {
		text += bounds(k.min, k.max)
	}
	if k.restart {
		text += " A change needs a restart."
	}
	return text
}

func bounds(least, most string) string {
	switch {
	case least == "":
		return " At most " + most + "."
	case most == "":
		return " At least " + least + "."
	}
	return fmt.Sprintf(" From %s to %s.", least, most)
}
