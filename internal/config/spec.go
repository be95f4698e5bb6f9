package config

import (
	"reflect"
	"strings"
	"sync"
)

// key is one key of a section, as the struct tags describe it.
type key struct {
	name     string
	index    []int        // of the field, for FieldByIndex
	owner    reflect.Type // the struct it is declared in
	typ      reflect.Type
	form     string
	oneof    []string
	preset   string // default
	min, max string
	required bool
	needed   bool // of a secret: one of its sources is required
	restart  bool
}

var secretType = reflect.TypeFor[Secret]()

// keysByType remembers what readKeys found: a config of thousands of feeds asks for those
// of one type at each, which took most of its reading.
var keysByType sync.Map

// keysOf lists the keys of a section. The list is shared: it is not to be changed.
func keysOf(t reflect.Type) []key {
	if known, ok := keysByType.Load(t); ok {
		keys, _ := known.([]key) // nothing else is stored
		return keys
	}
	keys := readKeys(t)
	keysByType.Store(t, keys)
	return keys
}

// readKeys reads the keys of a section off its struct. A Secret field named n stands for
// the keys n_file, n_env and n_credential, an embedded struct for its own.
func readKeys(t reflect.Type) []key {
	var keys []key
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for _, k := range readKeys(f.Type) {
				k.index = append([]int{i}, k.index...)
				keys = append(keys, k)
			}
			continue
		}
		name := f.Tag.Get("yaml")
		if name == "" || name == "-" {
			continue
		}
		k := key{
			name: name, index: f.Index, owner: t, typ: f.Type,
			form: f.Tag.Get("form"), preset: f.Tag.Get("default"),
			min: f.Tag.Get("min"), max: f.Tag.Get("max"),
			required: f.Tag.Get("required") != "", needed: f.Tag.Get("needed") != "", restart: f.Tag.Get("reload") == "restart",
		}
		if list := f.Tag.Get("oneof"); list != "" {
			k.oneof = strings.Split(list, ",")
		}
		if f.Type != secretType {
			keys = append(keys, k)
			continue
		}
		for _, source := range secretSources {
			k.name = name + "_" + source
			keys = append(keys, k)
		}
	}
	return keys
}

// element returns the key as it applies to one element of its list.
func (k key) element() key {
	k.typ, k.preset, k.required = k.typ.Elem(), "", false
	return k
}

// Default returns a Config with every default filled in. Elements of lists have
// theirs filled in as they are read; State and the relative directories are
// settled by Load.
func Default() *Config {
	c := &Config{}
	preset(reflect.ValueOf(c).Elem())
	return c
}

// preset fills in the defaults of a section and of the sections within. The tags
// are constants; a test holds each of them to its own rules.
func preset(v reflect.Value) {
	for _, k := range keysOf(v.Type()) {
		field := v.FieldByIndex(k.index)
		switch {
		case k.typ == secretType:
		case k.preset != "" && k.typ.Kind() == reflect.Slice:
			for _, text := range strings.Split(k.preset, ",") {
				one := reflect.New(k.typ.Elem()).Elem()
				_ = k.element().set(one, text) // see above
				field.Set(reflect.Append(field, one))
			}
		case k.preset != "":
			_ = k.set(field, k.preset) // see above
		case k.typ.Kind() == reflect.Struct:
			preset(field)
		}
	}
}

// synonyms are words that people write for keys, where no spelling is near.
var synonyms = map[string]string{
	"interval": "every", "refresh": "every", "period": "every",
	"timezone": "zone", "tz": "zone", "time_zone": "zone",
	"ca": "ca_file", "certificate": "cert_file", "private_key": "key_file", "skip_verify": "insecure", "readability": "full_text",
	"lang": "language", "locale": "language",
	"cron": "at", "schedule": "at", "time": "at", "when": "at",
	"recipients": "to", "channels": "to", "link": "url", "address": "url", "endpoint": "url",
	"keywords": "words", "cues": "words", "passages": "examples", "score": "threshold", "off": "disabled", "headings": "names",
	"title": "name", "id": "name", "publisher": "outlet", "source": "outlet", "country": "side",
	"enabled": "disabled", "path": "dir", "directory": "dir", "user": "username", "login": "username",
	"http": "web", "state_dir": "state", "database": "state", "smtp": "email", "mail": "email",
	"sources": "feeds", "includes": "include", "server": "host", "sender": "from",
}

// nearest returns the name that word is probably meant to be, or "".
func nearest(word string, names []string) string {
	folded := strings.ToLower(strings.ReplaceAll(word, "-", "_"))
	best, distance := "", 3
	if len(folded) < 5 {
		distance = 2
	}
	for _, n := range names {
		if d := edits(folded, strings.ToLower(n)); d < distance {
			best, distance = n, d
		}
	}
	return best
}

// edits counts the letters to insert, remove, replace or swap between a and b.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 64 || len(y) > 64 {
		return 64
	}
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}

// home returns the section in which name is a key, such as "web", or "".
func home(name string) string {
	t := reflect.TypeFor[Config]()
	for _, k := range keysOf(t) {
		inner := k.typ
		if inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if inner.Kind() != reflect.Struct || k.typ == secretType {
			continue
		}
		for _, in := range keysOf(inner) {
			if in.name == name {
				return k.name
			}
		}
	}
	return ""
}
