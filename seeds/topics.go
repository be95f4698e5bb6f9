package seeds

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"samur/internal/news"
)

// Topic is a subject with the words that point at it.
type Topic struct {
	Slug  string
	Names map[news.Lang]string   // heading in each language
	About map[news.Lang]string   // one line on what it covers
	Words map[news.Lang][]string // cue words and phrases, base forms
	File  string
	Line  int
}

var slugPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Topics reads topics.yaml of each file system in turn. A topic of a later one takes
// the place of the earlier one of its slug, where it stood; a new one comes last. A
// file system without topics.yaml adds none. The error names file and line of every
// mistake.
func Topics(fsys ...fs.FS) ([]Topic, error) {
	var topics []Topic
	var mistakes []error
	for _, f := range fsys {
		const name = "topics.yaml"
		data, err := fs.ReadFile(f, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read topics: %w", err)
		}
		r := topicReader{file: name, seen: map[string]int{}}
		r.read(data)
		mistakes = append(mistakes, r.mistakes...)
		for _, t := range r.topics {
			if i := slices.IndexFunc(topics, func(o Topic) bool { return o.Slug == t.Slug }); i >= 0 {
				topics[i] = t
				continue
			}
			topics = append(topics, t)
		}
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, err
	}
	return topics, nil
}

// topicReader reads one topics.yaml.
type topicReader struct {
	file     string
	topics   []Topic
	seen     map[string]int // slug -> line
	mistakes []error
}

func (r *topicReader) blame(n *yaml.Node, format string, args ...any) {
	line, column := 1, 1
	if n != nil && n.Line > 0 {
		line, column = n.Line, max(n.Column, 1)
	}
	r.mistakes = append(r.mistakes, fmt.Errorf("%s:%d:%d: %s", r.file, line, column, fmt.Sprintf(format, args...)))
}

func (r *topicReader) read(data []byte) {
	if blank(data) {
		return
	}
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		var at *yaml.Node
		if le, ok := errors.AsType[*yaml.LoadError](err); ok {
			at = &yaml.Node{Line: le.Mark.Line, Column: le.Mark.Column}
		}
		r.blame(at, "not readable as YAML: %v; check indentation, brackets and quotes there", err)
		return
	}
	root := &doc
	if root.Kind == yaml.DocumentNode && len(root.Content) > 0 {
		root = root.Content[0]
	}
	r.mapping(root, "topics.yaml", func(key string, k, v *yaml.Node) {
		if key != "topics" || v.Kind != yaml.SequenceNode {
			r.blame(k, `%q is not understood here; topics.yaml is one list under "topics:"`, key)
			return
		}
		for _, n := range v.Content {
			r.topic(n)
		}
	})
}

// blank reports whether a file says nothing: the YAML reader calls that an error.
func blank(data []byte) bool {
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// mapping calls f for every key of a mapping; a key that comes twice is a mistake.
func (r *topicReader) mapping(n *yaml.Node, what string, f func(key string, k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.blame(n, `%s is no mapping; write "key: value" lines`, what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if seen[k.Value] {
			r.blame(k, "%q comes twice; join the two", k.Value)
			continue
		}
		seen[k.Value] = true
		f(k.Value, k, v)
	}
}

func (r *topicReader) topic(n *yaml.Node) {
	t := Topic{File: r.file, Line: n.Line, Names: map[news.Lang]string{}, About: map[news.Lang]string{}, Words: map[news.Lang][]string{}}
	before := len(r.mistakes)
	r.mapping(n, "a topic", func(key string, k, v *yaml.Node) {
		switch key {
		case "slug":
			t.Slug = r.scalar(v)
		case "names":
			r.languages(v, key, func(l news.Lang, v *yaml.Node) { t.Names[l] = r.scalar(v) })
		case "about":
			r.languages(v, key, func(l news.Lang, v *yaml.Node) { t.About[l] = r.scalar(v) })
		case "words":
			r.languages(v, key, func(l news.Lang, v *yaml.Node) { t.Words[l] = r.list(v) })
		default:
			r.blame(k, "a topic does not know %q; it has slug, names, about and words", key)
		}
	})
	if len(r.mistakes) == before {
		r.check(t, n)
	}
	r.topics = append(r.topics, t)
}

func (r *topicReader) check(t Topic, n *yaml.Node) {
	line, twice := r.seen[t.Slug]
	switch {
	case !slugPattern.MatchString(t.Slug):
		r.blame(n, `slug %q is not of small letters, digits and hyphens; write for instance "slug: water-levels"`, t.Slug)
	case twice:
		r.blame(n, "slug %q is there already, in line %d; rename one", t.Slug, line)
	case len(t.Names) == 0:
		r.blame(n, `topic %q has no names; add "names: {en: ...}"`, t.Slug)
	case len(t.Words) == 0:
		r.blame(n, `topic %q has no words; add "words: {en: [...]}"`, t.Slug)
	}
	r.seen[t.Slug] = n.Line
}

func (r *topicReader) languages(n *yaml.Node, what string, f func(l news.Lang, v *yaml.Node)) {
	r.mapping(n, what, func(key string, k, v *yaml.Node) {
		switch l := news.Lang(key); l {
		case news.En, news.Ru, news.Az:
			f(l, v)
		default:
			r.blame(k, "language %q is not read; use en, ru or az", key)
		}
	})
}

func (r *topicReader) scalar(n *yaml.Node) string {
	s := strings.TrimSpace(n.Value)
	if n.Kind != yaml.ScalarNode || s == "" {
		r.blame(n, "a word or phrase is expected here; write one")
	}
	return s
}

func (r *topicReader) list(n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.blame(n, "a list is expected here; write [one, two]")
		return nil
	}
	var words []string
	for _, v := range n.Content {
		w := r.scalar(v)
		if slices.Contains(words, w) {
			r.blame(v, "%q comes twice in this list; remove one", w)
		}
		words = append(words, w)
	}
	return words
}
