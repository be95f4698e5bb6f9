package seeds

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"samur/internal/news"
)

// Topic is a subject with what points at it.
type Topic struct {
	Slug      string
	Names     map[news.Lang]string   // heading in each language
	About     map[news.Lang]string   // one line on what it covers
	Words     map[news.Lang][]string // cue words and phrases, base forms
	Concepts  []Concept              // of the lexicon
	Examples  []Example              // passages that speak of it, beside those of the documents
	Threshold float64                // score from which an item has it; 0 is the calibrated one
	Extend    bool                   // adds to an earlier topic of its slug, where there is one
	Disabled  bool                   // takes the earlier topic of its slug away
	File      string
	Line      int
}

// Concept names a concept of the lexicon. Whether there is one is not known here.
type Concept struct {
	ID string
	At string // where it is named: file:line:column
}

// Example is a passage on a topic, in whatever language.
type Example struct {
	Text string
	File string
	Line int
}

var slugPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Topics reads topics.yaml of each file system in turn and combines them; see Combine.
// A file system without topics.yaml adds none. The error names file and line of every
// mistake.
func Topics(fsys ...fs.FS) ([]Topic, error) {
	topics, _, err := readTopics(fsys)
	return topics, err
}

// readTopics returns the topics, and every slug that one ever had: passages may be
// labelled with a topic that was taken away later.
func readTopics(fsys []fs.FS) (topics []Topic, slugs map[string]bool, err error) {
	slugs = map[string]bool{}
	var mistakes []error
	for _, f := range fsys {
		const name = "topics.yaml"
		data, err := fs.ReadFile(f, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read topics: %w", err)
		}
		r := topicReader{file: name, seen: map[string]int{}, before: maps.Clone(slugs)}
		r.read(data)
		mistakes = append(mistakes, r.mistakes...)
		topics = Combine(topics, r.topics)
		for _, t := range r.topics {
			slugs[t.Slug] = true
		}
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, nil, err
	}
	return topics, slugs, nil
}

// Combine returns base with own: a topic of own takes the place of the one of its slug
// in base, adds to it or takes it away, as its Extend and Disabled say; a new one comes
// last, and is heard in every language under the heading it has. Neither is changed.
func Combine(base, own []Topic) []Topic {
	topics := slices.Clone(base)
	for _, t := range own {
		at := slices.IndexFunc(topics, func(o Topic) bool { return o.Slug == t.Slug })
		switch {
		case at < 0 && t.Disabled:
		case at < 0:
			topics = append(topics, t.named())
		case t.Disabled:
			topics = slices.Delete(topics, at, at+1)
		case t.Extend:
			topics[at] = topics[at].with(t)
		default:
			topics[at] = t.named()
		}
	}
	return topics
}

// named returns t with a heading in each language.
func (t Topic) named() Topic {
	words := strings.ReplaceAll(t.Slug, "-", " ")
	name := cmp.Or(t.Names[news.En], t.Names[news.Ru], t.Names[news.Az], strings.ToUpper(words[:min(1, len(words))])+words[min(1, len(words)):])
	names := map[news.Lang]string{}
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		names[l] = cmp.Or(t.Names[l], name)
	}
	t.Names = names
	return t
}

// with returns t with what more says of it.
func (t Topic) with(more Topic) Topic {
	t.Names, t.About, t.Words = maps.Clone(t.Names), maps.Clone(t.About), maps.Clone(t.Words)
	for l, name := range more.Names {
		t.Names[l] = name
	}
	for l, about := range more.About {
		t.About[l] = about
	}
	for l, words := range more.Words {
		all := slices.Clone(t.Words[l])
		for _, w := range words {
			if !slices.Contains(all, w) {
				all = append(all, w)
			}
		}
		t.Words[l] = all
	}
	t.Concepts = slices.Concat(t.Concepts, more.Concepts)
	t.Examples = slices.Concat(t.Examples, more.Examples)
	t.Threshold = cmp.Or(more.Threshold, t.Threshold)
	return t
}

// topicReader reads one topics.yaml.
type topicReader struct {
	file     string
	topics   []Topic
	seen     map[string]int  // slug -> line
	before   map[string]bool // slugs of earlier file systems
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
			r.more(&t, key, k, v)
		}
	})
	if len(r.mistakes) == before {
		r.check(t, n)
	}
	r.topics = append(r.topics, t)
}

// more reads the keys of a topic that most topics have not.
func (r *topicReader) more(t *Topic, key string, k, v *yaml.Node) {
	switch key {
	case "concepts":
		for i, id := range r.list(v) {
			t.Concepts = append(t.Concepts, Concept{id, fmt.Sprintf("%s:%d:%d", r.file, v.Content[i].Line, v.Content[i].Column)})
		}
	case "examples":
		for i, text := range r.list(v) {
			t.Examples = append(t.Examples, Example{text, r.file, v.Content[i].Line})
		}
	case "threshold":
		if err := v.Decode(&t.Threshold); err != nil || t.Threshold <= 0 || t.Threshold > MaxThreshold {
			r.blame(v, "threshold %q is no score; write a number above 0 and up to %v, or leave it out", v.Value, MaxThreshold)
		}
	case "extend", "disabled":
		on := map[string]*bool{"extend": &t.Extend, "disabled": &t.Disabled}[key]
		if err := v.Decode(on); err != nil || v.Kind != yaml.ScalarNode {
			r.blame(v, "%s wants true or false", key)
		}
	default:
		r.blame(k, "a topic does not know %q; it has slug, names, about, words, concepts, examples, threshold, extend and disabled", key)
	}
}

// MaxThreshold is the highest score that a topic may ask for: nothing reaches more.
const MaxThreshold = 10

func (r *topicReader) check(t Topic, n *yaml.Node) {
	line, twice := r.seen[t.Slug]
	adds := t.Extend || t.Disabled
	switch {
	case !slugPattern.MatchString(t.Slug):
		r.blame(n, `slug %q is not of small letters, digits and hyphens; write for instance "slug: water-levels"`, t.Slug)
	case t.Slug == "top" || t.Slug == "other":
		r.blame(n, "slug %q belongs to a section of every digest; choose another one", t.Slug)
	case twice:
		r.blame(n, "slug %q is there already, in line %d; rename one", t.Slug, line)
	case adds && !r.before[t.Slug]:
		r.blame(n, "there is no topic %q to extend or disable; correct the slug, or remove the line", t.Slug)
	case adds:
	case len(t.Names) == 0:
		r.blame(n, `topic %q has no names; add "names: {en: ...}"`, t.Slug)
	case len(t.Words)+len(t.Concepts)+len(t.Examples) == 0:
		r.blame(n, `topic %q has no words; add "words: {en: [...]}", concepts or examples`, t.Slug)
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
