package config

import (
	"fmt"
	"reflect"
	"strings"
)

// Change is one thing in which two configurations differ.
type Change struct {
	What    string // "poll.every", "feed report-az added", "digest daily: at"; never a value
	Restart bool   // a running samur takes it over only when it is started again
}

// Diff returns what is different in b. Groups, feeds, topics, digests, alerts and channels are
// compared by their names; their order does not count.
func Diff(a, b *Config) []Change {
	return diffSection("", reflect.ValueOf(*a), reflect.ValueOf(*b))
}

// NeedRestart returns the names of the settings that differ in b and that a running
// samur takes over only when it is started again.
func NeedRestart(a, b *Config) []string {
	var names []string
	for _, c := range Diff(a, b) {
		if c.Restart {
			names = append(names, c.What)
		}
	}
	return names
}

func diffSection(path string, a, b reflect.Value) []Change {
	var out []Change
	for _, k := range keysOf(a.Type()) {
		x, y := a.FieldByIndex(k.index), b.FieldByIndex(k.index)
		if reflect.DeepEqual(x.Interface(), y.Interface()) {
			continue
		}
		elem := k.typ
		if elem.Kind() == reflect.Slice {
			elem = elem.Elem()
		}
		switch {
		case k.typ.Kind() == reflect.Slice && elem.Kind() == reflect.Struct && elem != prefixType:
			out = append(out, diffNamed(elem.Name(), x, y)...)
		case k.typ.Kind() == reflect.Struct && k.typ != secretType:
			out = append(out, diffSection(join(path, k.name), x, y)...)
		case k.typ == secretType && !strings.HasSuffix(k.name, "_file"): // one key speaks for all three
		default:
			out = append(out, Change{What: join(path, strings.TrimSuffix(k.name, "_file")), Restart: k.restart})
		}
	}
	return out
}

// diffNamed compares two lists of things that have names.
func diffNamed(kind string, a, b reflect.Value) []Change {
	kind = map[string]string{"Feed": "feed", "Group": "group", "Topic": "topic", "Digest": "digest", "Channel": "channel", "Alert": "alert"}[kind]
	was, is := byName(a), byName(b)
	var out []Change
	for i := range a.Len() {
		name := nameOf(a.Index(i))
		if _, there := is[name]; !there {
			out = append(out, Change{What: fmt.Sprintf("%s %s removed", kind, name)})
		}
	}
	for i := range b.Len() {
		name := nameOf(b.Index(i))
		before, there := was[name]
		if !there {
			out = append(out, Change{What: fmt.Sprintf("%s %s added", kind, name)})
			continue
		}
		for _, c := range diffSection("", before, b.Index(i)) {
			out = append(out, Change{What: fmt.Sprintf("%s %s: %s", kind, name, c.What), Restart: c.Restart})
		}
	}
	return out
}

func byName(list reflect.Value) map[string]reflect.Value {
	m := map[string]reflect.Value{}
	for i := range list.Len() {
		m[nameOf(list.Index(i))] = list.Index(i)
	}
	return m
}

// nameOf is what an element of a list is called: a topic by its slug, all others by
// their name.
func nameOf(v reflect.Value) string {
	if slug := v.FieldByName("Slug"); slug.IsValid() {
		return slug.String()
	}
	return v.FieldByName("Name").String()
}
