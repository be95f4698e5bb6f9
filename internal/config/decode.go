package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// decoder reads one file's nodes into values and remembers where each stood.
type decoder struct {
	src    *source
	rep    *report
	marks  *marks
	inFeed bool            // the values are of a feed, whose places are not noted
	bad    map[string]bool // paths whose value could not be read
}

func (d *decoder) place(n *yaml.Node) place { return place{d.src, n.Line, n.Column} }

func (d *decoder) wrong(n *yaml.Node, path, what, fix string) {
	d.bad[path] = true
	d.rep.mistake(d.place(n), what, fix)
}

// note remembers where the value at path stands.
func (d *decoder) note(path string, n *yaml.Node) {
	if d.inFeed {
		return
	}
	m := d.marks.at[path]
	m.value = d.place(n)
	d.marks.at[path] = m
}

// decode reads n into v by the rules of k.
func (d *decoder) decode(n *yaml.Node, v reflect.Value, k key, path string) {
	d.note(path, n)
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.wrong(n, path, "anchors and aliases are not read here", "write the value out")
	case n.Style&yaml.TaggedStyle != 0:
		d.wrong(n, path, fmt.Sprintf("the tag %q is not read here", n.Tag), "remove it")
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		preset(v.Elem())
		k.typ = k.typ.Elem()
		d.section(n, v.Elem(), k, path)
	case v.Kind() == reflect.Struct && k.typ != prefixType:
		d.section(n, v, k, path)
	case v.Kind() == reflect.Slice:
		d.list(n, v, k, path)
	case v.Kind() == reflect.Map:
		d.headers(n, v, k, path)
	default:
		d.scalar(n, v, k, path)
	}
}

// empty reports whether nothing stands behind the key, as when all lines of a
// section are commented out.
func empty(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// section reads a mapping into a struct.
func (d *decoder) section(n *yaml.Node, v reflect.Value, k key, path string) {
	keys := keysOf(v.Type())
	switch {
	case empty(n): // all lines below are commented out
		d.missing(n, keys, nil)
	case n.Kind != yaml.MappingNode:
		fix := "write them below it, indented, each as \"key: value\""
		if path == "" {
			fix = "write one key in each line, as \"key: value\""
		}
		d.wrong(n, path, wants(k.name, "keys and values", n), fix)
	default:
		d.entries(n, v, keys, path)
	}
}

// missing reports the required keys that are not there.
func (d *decoder) missing(n *yaml.Node, keys []key, there map[string]*yaml.Node) {
	for _, k := range keys {
		if k.required && there[k.name] == nil {
			d.rep.mistake(d.place(n), fmt.Sprintf("%s is missing", k.name), "add it")
		}
	}
}

// entries reads each key of a mapping and refuses those that are unknown, twice or
// missing.
func (d *decoder) entries(n *yaml.Node, v reflect.Value, keys []key, path string) {
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		if name.Kind != yaml.ScalarNode || name.ShortTag() == "!!merge" {
			d.rep.mistake(d.place(name), "only plain keys are read here", "write \"key: value\"")
			continue
		}
		if before, twice := first[name.Value]; twice {
			d.rep.mistake(d.place(name), fmt.Sprintf("%s is here twice, first in line %d", show(name.Value), before.Line), "remove one of the two")
			continue
		}
		first[name.Value] = name
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value })
		if at < 0 {
			what, fix := unknown(name.Value, keys, path == "")
			if path != "" {
				d.bad[path] = true // whatever is missing may be what this key was meant for
			}
			d.wrong(name, join(path, name.Value), what, fix)
			continue
		}
		k := keys[at]
		sub := join(path, k.name)
		if !d.inFeed {
			d.marks.at[sub] = mark{key: d.place(name)}
		}
		if k.typ == secretType {
			d.secret(name, value, v.FieldByIndex(k.index), k, sub)
			continue
		}
		d.decode(value, v.FieldByIndex(k.index), k, sub)
	}
	d.missing(n, keys, first)
}

// unknown says what is wrong with a key and which one is probably meant.
func unknown(word string, keys []key, top bool) (what, fix string) {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	what = fmt.Sprintf("unknown key %s", show(word))
	if slices.Contains(names, word+"_file") {
		return fmt.Sprintf("%s is a secret, and secrets do not belong in this file", word),
			fmt.Sprintf("put it into a file and write %s_file: PATH; or %s_env, %s_credential", word, word, word)
	}
	if at := slices.IndexFunc(keys, func(k key) bool { return k.typ == secretType }); at >= 0 && secretKey().MatchString(word+":") && nearest(word, names) == "" {
		return what, fmt.Sprintf("a secret stands in a file of its own: write %s: PATH", keys[at].name)
	}
	if near := nearest(word, names); near != "" {
		return what, fmt.Sprintf("did you mean %q?", near)
	}
	if meant := synonyms[strings.ToLower(word)]; slices.Contains(names, meant) {
		return what, fmt.Sprintf("did you mean %q?", meant)
	}
	if in := home(word); in != "" && top {
		return what, fmt.Sprintf("it belongs under %q", in)
	}
	slices.Sort(names)
	return what, "write one of " + strings.Join(names, ", ")
}

// secret reads where a secret is; what is there is read later.
func (d *decoder) secret(name, n *yaml.Node, v reflect.Value, k key, path string) {
	var where string
	d.note(path, n)
	text := key{name: k.name, typ: reflect.TypeFor[string](), form: "line"}
	d.scalar(n, reflect.ValueOf(&where).Elem(), text, path)
	if d.bad[path] {
		return
	}
	s, _ := v.Addr().Interface().(*Secret) // keysOf says so
	source := k.name[strings.LastIndexByte(k.name, '_')+1:]
	switch {
	case s.from != "":
		d.wrong(name, path, fmt.Sprintf("two sources for one secret: %s and this", s.from), "keep one of the two")
		return
	case where == "" || source == "credential" && strings.ContainsAny(where, "/\\"):
		d.wrong(n, path, fmt.Sprintf("%q names no %s", where, source), "write the name of an existing one")
		return
	}
	s.from, s.name = source, where
}

// list reads a sequence.
func (d *decoder) list(n *yaml.Node, v reflect.Value, k key, path string) {
	if empty(n) {
		return
	}
	if n.Kind != yaml.SequenceNode {
		fix := "write each element in a line of its own behind a dash"
		if n.Kind == yaml.ScalarNode {
			fix = fmt.Sprintf("write [%s]", shorten(n.Value))
		}
		d.wrong(n, path, wants(k.name, "a list", n), fix)
		return
	}
	if k.preset != "" {
		v.SetZero() // what is written replaces the default
	}
	v.Grow(len(n.Content))
	if path == "feeds" {
		d.inFeed = true
		defer func() { d.inFeed = false }()
	}
	for _, c := range n.Content {
		if path == "feeds" {
			d.marks.feeds = append(d.marks.feeds, listed{d.src, c})
		}
		at := v.Len()
		v.SetLen(at + 1)
		one := v.Index(at)
		one.SetZero() // it may have been in use before
		if one.Kind() == reflect.Struct && one.Type() != prefixType {
			preset(one)
		}
		d.decode(c, one, k.element(), fmt.Sprintf("%s[%d]", path, at))
	}
}

// headers reads a mapping of names to texts.
func (d *decoder) headers(n *yaml.Node, v reflect.Value, k key, path string) {
	if empty(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		d.wrong(n, path, wants(k.name, "keys and values", n), "write them below it, indented, each as \"Name: value\"")
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		sub := join(path, name.Value)
		if line, twice := first[strings.ToLower(name.Value)]; twice {
			d.rep.mistake(d.place(name), fmt.Sprintf("%s is here twice, first in line %d", show(name.Value), line), "remove one of the two")
			continue
		}
		first[strings.ToLower(name.Value)] = name.Line
		if wrong := checkHeader(name.Value); wrong != nil {
			d.wrong(name, sub, wrong.what, wrong.fix)
			continue
		}
		one := reflect.New(v.Type().Elem()).Elem()
		d.decode(value, one, key{name: name.Value, typ: one.Type(), form: "line"}, sub)
		v.SetMapIndex(reflect.ValueOf(name.Value), one)
	}
}

// scalar reads one plain value.
func (d *decoder) scalar(n *yaml.Node, v reflect.Value, k key, path string) {
	if empty(n) {
		d.wrong(n, path, k.name+" has no value", "give it one or remove the line")
		return
	}
	if n.Kind != yaml.ScalarNode {
		d.wrong(n, path, wants(k.name, kindOf(k), n), "write the value behind the key")
		return
	}
	tag := n.ShortTag()
	switch text := kindOf(k) == "a text"; {
	case text && tag != "!!str" && tag != "!!timestamp" && len(k.oneof) == 0:
		if wrong := k.set(v, n.Value); wrong != nil {
			d.wrong(n, path, k.name+": "+wrong.what, wrong.fix)
			return
		}
		d.wrong(n, path, fmt.Sprintf("%s wants a text and %s is not one", k.name, n.Value), fmt.Sprintf("write it in quotes: %s", strconv.Quote(n.Value)))
		return
	case !text && tag == "!!str" && (kindOf(k) == "true or false" || isNumber(k)) && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		d.wrong(n, path, fmt.Sprintf("%s wants %s and %q is a text", k.name, kindOf(k), n.Value), "write it without quotes")
		return
	}
	if wrong := k.set(v, n.Value); wrong != nil {
		d.wrong(n, path, k.name+": "+wrong.what, wrong.fix)
	}
}

func isNumber(k key) bool { return kindOf(k) == "a number" }

// kindOf says in plain words what a key wants.
func kindOf(k key) string {
	switch {
	case k.typ == durationType:
		return "a duration"
	case k.form == "size":
		return "a size"
	case k.typ == prefixType:
		return "a network"
	case k.typ == switchType:
		return "true or false"
	}
	switch k.typ.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "a number"
	}
	return "a text"
}

// wants says what stands where something else is wanted.
func wants(name, what string, n *yaml.Node) string {
	is := "a single value"
	switch n.Kind {
	case yaml.MappingNode:
		is = "keys and values"
	case yaml.SequenceNode:
		is = "a list"
	}
	if name == "" {
		name = "this place"
	}
	return fmt.Sprintf("%s wants %s and this is %s", name, what, is)
}

// show quotes a key.
func show(s string) string { return strconv.Quote(shorten(s)) }

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
