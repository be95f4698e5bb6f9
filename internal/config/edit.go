package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// AddFeeds returns text, a config or a file of feeds, with fs as its last feeds.
// Everything that stands there stays as it is, comments and blank lines included.
// Only what differs from the defaults is written; secrets are not. Feeds that Load
// would refuse, by themselves or beside those in text, are refused here, and none is
// added then.
func AddFeeds(text []byte, fs ...Feed) ([]byte, error) {
	before, seq, err := listIn(text, "feeds")
	if err != nil {
		return nil, fmt.Errorf("add %s: %w", called(fs), err)
	}
	if err := addable(before, fs); err != nil {
		return nil, err
	}
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.Name
	}
	out, err := addTo(text, seq, append(before, names...), func(i int, indent string) []string { return feedLines(fs[i], indent) })
	if err != nil {
		return nil, fmt.Errorf("add %s: %w", called(fs), err)
	}
	return out, nil
}

// AddGroups returns text, a config, with groups of these names, which say nothing, as its
// last ones. Everything that stands there stays as it is. The names must be free.
func AddGroups(text []byte, names ...string) ([]byte, error) {
	before, seq, err := listIn(text, "groups")
	if err != nil {
		return nil, fmt.Errorf("add groups: %w", err)
	}
	out, err := addTo(text, seq, append(before, names...), func(i int, indent string) []string {
		return []string{indent + "- name: " + plain(names[i])}
	})
	if err != nil {
		return nil, fmt.Errorf("add groups: %w", err)
	}
	return out, nil
}

// ErrBrackets reports a list that nothing can be added to.
var ErrBrackets = errors.New("the list is written in brackets; add it by hand")

// addTo returns text with lines for all of want that do not stand in its list seq yet.
func addTo(text []byte, seq list, want []string, write func(i int, indent string) []string) ([]byte, error) {
	var lines []string
	if len(text) > 0 {
		lines = strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	}
	indent := "  "
	var at int
	switch {
	case seq.key == nil:
		lines = append(lines, seq.name+":")
		at = len(lines)
	case len(seq.items) == 0 && empty(seq.value):
		at = seq.key.Line
	case seq.value.Style&yaml.FlowStyle != 0:
		return nil, ErrBrackets
	default:
		last := len(seq.items) - 1
		at = seq.end(lines, last)
		indent = strings.Repeat(" ", seq.column(lines, last))
	}
	var added []string
	for i := range len(want) - len(seq.items) {
		added = append(added, write(i, indent)...)
	}
	out := unlines(slices.Insert(lines, at, added...))
	if after, _, err := listIn(out, seq.name); err != nil || !slices.Equal(after, want) {
		return nil, errors.New("the file is laid out in a way that is not understood; add it by hand")
	}
	return out, nil
}

// called names feeds in an error.
func called(fs []Feed) string {
	if len(fs) == 1 {
		return fmt.Sprintf("feed %q", fs[0].Name)
	}
	return fmt.Sprintf("%d feeds", len(fs))
}

// maxRefused is how many of the feeds that cannot be added are named.
const maxRefused = 20

// addable returns why some of fs cannot stand beside feeds of the names in have.
func addable(have []string, fs []Feed) error {
	taken := make(map[string]bool, len(have)+len(fs))
	for _, name := range have {
		taken[name] = true
	}
	var wrong []error
	for _, f := range fs {
		err := f.wellFormed()
		if err == nil && taken[f.Name] {
			err = errors.New("a feed of that name is there already")
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("add feed %q: %w", f.Name, err))
		}
		taken[f.Name] = true
	}
	if more := len(wrong) - maxRefused; more > 0 {
		wrong = append(wrong[:maxRefused], fmt.Errorf("and %d more", more))
	}
	return errors.Join(wrong...)
}

// wellFormed holds the texts of f to the rules that Load has for them.
func (f Feed) wellFormed() error {
	v := reflect.ValueOf(f)
	for _, k := range keysOf(v.Type()) {
		if k.typ.Kind() != reflect.String || v.FieldByIndex(k.index).IsZero() && !k.required {
			continue
		}
		if wrong := k.checkText(v.FieldByIndex(k.index).String()); wrong != nil {
			return fmt.Errorf("%s: %s; %s", k.name, wrong.what, wrong.fix)
		}
	}
	return nil
}

// ErrNotHere reports that a file does not hold a feed.
var ErrNotHere = errors.New("it is not in this file")

// RemoveFeed returns text without the feed called name, ErrNotHere when there is none.
// Comments above it stay.
func RemoveFeed(text []byte, name string) ([]byte, error) {
	before, seq, err := listIn(text, "feeds")
	if err != nil {
		return nil, fmt.Errorf("remove feed %q: %w", name, err)
	}
	i := slices.Index(before, name)
	if i < 0 {
		return nil, fmt.Errorf("remove feed %q: %w", name, ErrNotHere)
	}
	if seq.value.Style&yaml.FlowStyle != 0 {
		return nil, fmt.Errorf("remove feed %q: the feeds are written in brackets; remove it by hand", name)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	out := unlines(slices.Delete(lines, seq.items[i].Line-1, seq.end(lines, i)))
	after, _, err := listIn(out, "feeds")
	if err != nil || !slices.Equal(after, slices.Delete(slices.Clone(before), i, i+1)) {
		return nil, fmt.Errorf("remove feed %q: the file is laid out in a way that is not understood; remove it by hand", name)
	}
	return out, nil
}

func unlines(lines []string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }

// list is where a file's feeds, or what else has a name, stand.
type list struct {
	name       string
	key, value *yaml.Node // nil when there is no such key
	items      []*yaml.Node
}

// listIn returns the names of what a file lists behind a key, and where it stands.
func listIn(text []byte, key string) ([]string, list, error) {
	at := list{name: key}
	src := &source{text: string(text)}
	if line, _ := firstBad(src.text); line > 0 {
		return nil, at, fmt.Errorf("line %d is not text in UTF-8", line)
	}
	root, torn := parse(src)
	if torn != nil {
		return nil, at, fmt.Errorf("line %d: %s; %s", torn.line, torn.what, torn.fix)
	}
	if root.Kind != yaml.MappingNode {
		return nil, at, fmt.Errorf("the file does not hold keys and values")
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == key {
			at = list{key, root.Content[i], root.Content[i+1], root.Content[i+1].Content}
		}
	}
	var names []string
	for _, item := range at.items {
		name := ""
		for i := 0; i+1 < len(item.Content); i += 2 {
			if item.Content[i].Value == "name" {
				name = item.Content[i+1].Value
			}
		}
		names = append(names, name)
	}
	return names, at, nil
}

// column returns how far the dash of item i is indented.
func (l list) column(lines []string, i int) int {
	line := lines[l.items[i].Line-1]
	return len(line) - len(strings.TrimLeft(line, " "))
}

// end returns the line after item i: the first that is no deeper than its dash.
// Blank lines and comments that stand before it are not part of the item.
func (l list) end(lines []string, i int) int {
	dash := l.column(lines, i)
	end := l.items[i].Line
	for at := end; at < len(lines); at++ {
		bare := strings.TrimLeft(lines[at], " ")
		switch {
		case bare == "" || strings.HasPrefix(bare, "#") && len(lines[at])-len(bare) <= dash:
			continue
		case len(lines[at])-len(bare) <= dash:
			return end
		}
		end = at + 1
	}
	return end
}

// feedLines writes f as one element of a list.
func feedLines(f Feed, indent string) []string {
	lines := []string{}
	add := func(name, value string) {
		lines = append(lines, indent+"  "+name+": "+value)
	}
	v := reflect.ValueOf(f)
	for _, k := range keysOf(v.Type()) {
		field := v.FieldByIndex(k.index)
		switch {
		case k.typ == secretType || field.IsZero() || fmt.Sprint(field) == k.preset:
		case k.typ == durationType:
			add(k.name, span(f.Every))
		case k.typ == switchType:
			add(k.name, Switch(field.Uint()).String())
		case k.typ.Kind() == reflect.Map:
			var pairs []string
			for name, value := range f.Headers {
				pairs = append(pairs, strconv.Quote(name)+": "+strconv.Quote(value))
			}
			slices.Sort(pairs)
			add(k.name, "{"+strings.Join(pairs, ", ")+"}")
		case k.typ.Kind() == reflect.Bool:
			add(k.name, "true")
		default:
			add(k.name, plain(field.String()))
		}
	}
	if len(lines) > 0 {
		lines[0] = indent + "- " + strings.TrimPrefix(lines[0], indent+"  ")
	}
	return lines
}

// plain writes a text without quotes where YAML reads it back as that text.
func plain(s string) string {
	var n yaml.Node
	if err := yaml.Load([]byte("k: "+s+"\n"), &n); err == nil && len(n.Content) == 1 && len(n.Content[0].Content) == 2 {
		if v := n.Content[0].Content[1]; v.Kind == yaml.ScalarNode && v.ShortTag() == "!!str" && v.Value == s && !strings.Contains(s, "#") {
			return s
		}
	}
	return strconv.Quote(s)
}
