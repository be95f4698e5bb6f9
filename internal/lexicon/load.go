package lexicon

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"samur/internal/news"
)

// Mistake is one fault of the data: where it stands and how it is mended.
type Mistake struct {
	File         string
	Line, Column int
	What         string
	Fix          string
}

// Error returns "file:line:column: what; fix".
func (m Mistake) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.What)
	if m.Fix != "" {
		s += "; " + m.Fix
	}
	return s
}

// Mistakes is every fault found in one reading.
type Mistakes []Mistake

// Error lists the mistakes, one a line.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.Error()
	}
	return strings.Join(lines, "\n")
}

// Load reads lexicon/*.yaml of each file system in turn. A concept of a later one
// takes the place of an earlier one with its id, or adds to it when it says
// "extend: true". The error, when the data are at fault, is Mistakes.
func Load(fsys ...fs.FS) (*Lexicon, error) {
	sources := make([]Source, len(fsys))
	for i, f := range fsys {
		sources[i].FS = f
	}
	l, err := gather(sources, false)
	if err == nil && len(l.mistakes) > 0 {
		l, err = gather(sources, true) // to tell to the value where they stand
	}
	if err != nil {
		return nil, err
	}
	if len(l.mistakes) > 0 {
		return nil, l.mistakes
	}
	return build(l.concepts), nil
}

// gather reads all sources; places says whether to remember where each value stands.
func gather(sources []Source, places bool) (*loader, error) {
	l := loader{at: map[string]int{}}
	if places {
		l.spots, l.former = map[place]spot{}, map[string]*Concept{}
	}
	for _, src := range sources {
		if err := l.readAll(src); err != nil {
			return nil, err
		}
	}
	l.crossCheck()
	return &l, nil
}

// Source is where lexicon files are read from.
type Source struct {
	FS    fs.FS
	Files string // a pattern as of fs.Glob; "" is lexicon/*.yaml
	Name  string // what stands before the names of its files in mistakes
}

// loader gathers concepts and mistakes.
type loader struct {
	file     string
	layer    int // index of the file system, from 1
	concepts []*Concept
	layers   []int
	nodes    []*yaml.Node
	at       map[string]int // id -> index
	mistakes Mistakes
	spots    map[place]spot      // where each value stands; nil when nobody asks
	values   []value             // values of the concept being read
	former   map[string]*Concept // concepts whose place another has taken; nil when nobody asks
}

func (l *loader) readAll(src Source) error {
	names, err := fs.Glob(src.FS, cmp.Or(src.Files, "lexicon/*.yaml"))
	if err != nil {
		return fmt.Errorf("list lexicon files: %w", err)
	}
	sort.Strings(names)
	l.layer++
	files := make([]source, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		data, err := fs.ReadFile(src.FS, name)
		if err != nil {
			return fmt.Errorf("read lexicon: %w", err)
		}
		files[i].data = data
		// Parsing is a third of a start's time and needs nothing of the other files.
		wg.Go(func() { files[i].err = yaml.Load(data, &files[i].doc) })
	}
	wg.Wait()
	for i, name := range names {
		l.file = src.Name + name
		l.readFile(&files[i])
	}
	return nil
}

// source is one file, parsed.
type source struct {
	data []byte
	doc  yaml.Node
	err  error
}

func (l *loader) blame(n *yaml.Node, what, fix string) {
	m := Mistake{File: l.file, Line: 1, Column: 1, What: what, Fix: fix}
	if n != nil && n.Line > 0 {
		m.Line, m.Column = n.Line, n.Column
	}
	l.mistakes = append(l.mistakes, m)
}

func (l *loader) readFile(f *source) {
	if f.err != nil {
		if len(bytes.TrimSpace(f.data)) > 0 {
			l.blameSyntax(f.err)
		}
		return
	}
	root := &f.doc
	if root.Kind == yaml.DocumentNode && len(root.Content) > 0 {
		root = root.Content[0]
	}
	if root.Kind == 0 || root.Kind == yaml.ScalarNode && root.Value == "" {
		return // comments only
	}
	l.mapping(root, "a lexicon file", func(key string, k, v *yaml.Node) {
		if key != "concepts" {
			l.blame(k, fmt.Sprintf("unknown key %q", key), `a lexicon file has one key, "concepts"`)
			return
		}
		if v.Kind != yaml.SequenceNode {
			l.blame(v, `"concepts" is no list`, `write each concept as "- id: kind/name"`)
			return
		}
		for _, n := range v.Content {
			l.readConcept(n)
		}
	})
}

// blameSyntax places an error of the YAML reader, which names its line only in words.
func (l *loader) blameSyntax(err error) {
	m := Mistake{File: l.file, Line: 1, Column: 1, What: "not readable as YAML: " + err.Error(), Fix: "check indentation, brackets and quotes on that line"}
	if at, ok := errors.AsType[*yaml.LoadError](err); ok && at.Mark.Line > 0 {
		m.Line, m.Column = at.Mark.Line, max(at.Mark.Column, 1)
	}
	l.mistakes = append(l.mistakes, m)
}

// mapping calls f for each key of a mapping and blames keys that come twice.
func (l *loader) mapping(n *yaml.Node, what string, f func(key string, k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		l.blame(n, what+" is no mapping", `write "key: value" lines`)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if v.Kind == yaml.AliasNode {
			v = v.Alias
		}
		if seen[k.Value] {
			l.blame(k, fmt.Sprintf("key %q comes twice", k.Value), "join the two")
			continue
		}
		seen[k.Value] = true
		f(k.Value, k, v)
	}
}

const conceptKeys = "id, kind, side, names, weak, needs, not, fixed, topics, accept, extend"

func (l *loader) readConcept(n *yaml.Node) {
	c := &Concept{File: l.file, Line: n.Line}
	extend := false
	l.values = l.values[:0]
	l.mapping(n, "a concept", func(key string, k, v *yaml.Node) {
		switch key {
		case "id":
			c.ID = l.scalar(v)
			l.note(key, "", "", v)
		case "kind":
			c.Kind = Kind(l.scalar(v))
			if _, ok := kinds[c.Kind]; !ok {
				l.blame(v, fmt.Sprintf("unknown kind %q", c.Kind), "use one of "+kindList())
			}
		case "side":
			c.Side = news.Side(l.scalar(v))
			if c.Side != news.SideAz && c.Side != news.SideRu && c.Side != news.SideOther {
				l.blame(v, fmt.Sprintf("unknown side %q", c.Side), "use az, ru or other, or leave the key out")
			}
		case "names":
			c.Names = l.byLang(key, v)
		case "weak":
			c.Weak = l.byLang(key, v)
		case "needs":
			c.Needs = l.list(key, "", v)
		case "not":
			c.Not = l.list(key, "", v)
		case "fixed":
			c.Fixed = l.list(key, "", v)
		case "topics":
			c.Topics = l.list(key, "", v)
		case "accept":
			c.Accept = l.accept(v)
		case "extend":
			extend = l.yes(v)
		default:
			l.blame(k, fmt.Sprintf("unknown key %q", key), "a concept has the keys "+conceptKeys)
		}
	})
	l.keep(c, n, extend)
	for _, v := range l.values {
		v.at.concept = c.ID
		l.spots[v.at] = v.spot
	}
}

// yes reads a claim that only "true" makes.
func (l *loader) yes(v *yaml.Node) bool {
	s := l.scalar(v)
	if s != "true" && s != "false" && s != "" {
		l.blame(v, fmt.Sprintf("%q is neither true nor false", s), `write "extend: true" or leave the key out`)
	}
	return s == "true"
}

// keep stores a concept that stands for itself, replaces or extends.
func (l *loader) keep(c *Concept, n *yaml.Node, extend bool) {
	if c.ID == "" {
		l.blame(n, "concept without id", `add "id: kind/name"`)
		return
	}
	if strings.ContainsAny(c.ID, " \t,") || !strings.Contains(c.ID, "/") {
		l.blame(n, fmt.Sprintf("id %q is not of the form kind/name", c.ID), `write for instance "person/`+strings.ToLower(path.Base(strings.ReplaceAll(c.ID, " ", "-")))+`"`)
	}
	i, known := l.at[c.ID]
	switch {
	case known && l.layers[i] == l.layer && !extend:
		l.blame(n, fmt.Sprintf("id %q is there already, in %s:%d", c.ID, l.concepts[i].File, l.concepts[i].Line), "join the two or rename one")
		return
	case known && extend:
		l.concepts[i] = merge(l.concepts[i], c)
		return
	case extend:
		l.blame(n, fmt.Sprintf("concept %q is not there to be extended", c.ID), `correct the id, or remove "extend"`)
		return
	}
	if c.Kind == "" {
		l.blame(n, fmt.Sprintf("concept %q has no kind", c.ID), "add one of "+kindList())
	}
	if len(c.Names) == 0 && len(c.Weak) == 0 && len(c.Fixed) == 0 {
		l.blame(n, fmt.Sprintf("concept %q has no names", c.ID), `add "names: {en: [...], ru: [...], az: [...]}"`)
	}
	if known {
		if l.former != nil {
			l.former[c.ID] = l.concepts[i]
		}
		l.concepts[i], l.layers[i], l.nodes[i] = c, l.layer, n
		return
	}
	l.at[c.ID] = len(l.concepts)
	l.concepts = append(l.concepts, c)
	l.layers = append(l.layers, l.layer)
	l.nodes = append(l.nodes, n)
}

// merge returns old with what add says added to it.
func merge(old, add *Concept) *Concept {
	c := *old
	if add.Kind != "" {
		c.Kind = add.Kind
	}
	if add.Side != "" {
		c.Side = add.Side
	}
	c.Names = joinNames(old.Names, add.Names)
	c.Weak = joinNames(old.Weak, add.Weak)
	c.Needs = slices.Concat(old.Needs, add.Needs)
	c.Not = slices.Concat(old.Not, add.Not)
	c.Fixed = slices.Concat(old.Fixed, add.Fixed)
	c.Topics = slices.Concat(old.Topics, add.Topics)
	if len(add.Accept) > 0 {
		c.Accept = maps.Clone(add.Accept)
		maps.Copy(c.Accept, old.Accept)
	}
	return &c
}

func joinNames(a, b map[news.Lang][]string) map[news.Lang][]string {
	if len(a)+len(b) == 0 {
		return nil
	}
	m := map[news.Lang][]string{}
	for _, from := range []map[news.Lang][]string{a, b} {
		for l, names := range from {
			m[l] = append(m[l], names...)
		}
	}
	return m
}

func (l *loader) scalar(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.ScalarNode {
		l.blame(n, "one value expected, not a list or mapping", "write a single word or phrase")
		return ""
	}
	s := strings.TrimSpace(n.Value)
	if s == "" || n.Tag == "!!null" {
		l.blame(n, "empty value", "write a word or remove the entry")
		return ""
	}
	return s
}

func (l *loader) list(key string, of news.Lang, n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode {
		l.blame(n, "list expected", "put the values in brackets: [one, two]")
		return nil
	}
	if len(n.Content) == 0 {
		l.blame(n, "empty list", "add a value or remove the key")
	}
	out := make([]string, 0, len(n.Content))
	for _, v := range n.Content {
		if s := l.scalar(v); s != "" {
			out = append(out, s)
			l.note(key, of, s, v)
		}
	}
	return out
}

func (l *loader) byLang(key string, n *yaml.Node) map[news.Lang][]string {
	m := map[news.Lang][]string{}
	l.mapping(n, strconv.Quote(key), func(in string, k, v *yaml.Node) {
		switch lang := news.Lang(in); lang {
		case news.En, news.Ru, news.Az:
			for _, name := range l.list(key, lang, v) {
				if len(nameParts(name, lang)) == 0 {
					l.blame(v, fmt.Sprintf("name %q has no letters or digits to look for", name), "remove it or write it in Latin or Cyrillic letters")
					continue
				}
				m[lang] = append(m[lang], name)
			}
		default:
			l.blame(k, fmt.Sprintf("unknown language %q", in), "use en, ru or az")
		}
	})
	if len(m) == 0 {
		l.blame(n, "no names in any language", "add en, ru or az with a list of names")
	}
	return m
}

// accept reads what the author of a concept knows of and means to leave.
func (l *loader) accept(n *yaml.Node) map[string]string {
	m := map[string]string{}
	l.mapping(n, `"accept"`, func(rule string, k, v *yaml.Node) {
		if !slices.Contains(acceptable(), rule) {
			l.blame(k, fmt.Sprintf("unknown rule %q", rule), "accept one of "+strings.Join(acceptable(), ", "))
		}
		m[rule] = l.scalar(v)
		l.note("accept", "", rule, k)
	})
	return m
}

// crossCheck looks at what only the whole set shows.
func (l *loader) crossCheck() {
	for i, c := range l.concepts {
		for _, key := range []string{"needs", "not"} {
			ids := c.Needs
			if key == "not" {
				ids = c.Not
			}
			for _, id := range ids {
				if _, ok := l.at[id]; !ok && isID(id) {
					l.blameAt(c, l.nodes[i], place{c.ID, key, "", id})
				}
			}
		}
	}
}

// blameAt tells of an id in needs or not that no concept has.
func (l *loader) blameAt(c *Concept, n *yaml.Node, p place) {
	l.file = c.File
	l.blame(n, fmt.Sprintf("concept %q refers to %q, which is not there", c.ID, p.value), "correct the id or add the concept")
	if at, ok := l.spots[p]; ok {
		m := &l.mistakes[len(l.mistakes)-1]
		m.File, m.Line, m.Column = at.file, at.line, at.column
	}
}

// place names a value of a concept.
type place struct {
	concept, key string
	lang         news.Lang
	value        string
}

// spot is where a value stands.
type spot struct {
	file         string
	layer        int
	line, column int
}

type value struct {
	at   place
	spot spot
}

// note remembers where a value of the concept being read stands.
func (l *loader) note(key string, of news.Lang, s string, n *yaml.Node) {
	if l.spots != nil {
		l.values = append(l.values, value{place{"", key, of, s}, spot{l.file, l.layer, n.Line, n.Column}})
	}
}

// isID tells a concept id from a word: kind, slash, name.
func isID(s string) bool {
	kind, _, ok := strings.Cut(s, "/")
	if !ok {
		return false
	}
	_, known := kinds[Kind(kind)]
	return known
}

func kindList() string {
	names := make([]string, 0, len(kinds))
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}
