package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Options is what Load needs from outside.
type Options struct {
	// Getenv reads the environment. Nil means an empty one.
	Getenv func(string) string
	// CheckCron checks a schedule in a zone that exists. Nil leaves it unchecked.
	CheckCron func(spec, zone string) error
	// CronSlots returns when a schedule fires, to see how often. Nil leaves it unseen.
	CronSlots func(spec, zone string, after, upto time.Time) []time.Time
	// Topics returns the slugs there are with a seeds directory, "" for none. It is called
	// when there is one or a topic is named; its error is a mistake at seeds.dir. Nil
	// leaves slugs unchecked.
	Topics func(dir string) ([]string, error)
	// Concepts returns the ids of the lexicon with a seeds directory, "" for none. It is
	// called when a topic names a concept. Nil leaves them unchecked.
	Concepts func(dir string) ([]string, error)
	// WithoutSecrets leaves environment variables and systemd credentials unread, with
	// a warning, where they are not there: for commands at the shell, which see neither
	// and send nothing themselves.
	WithoutSecrets bool
	// WithoutFeeds takes a config that reads no feed, with a warning: for the command that
	// adds the first one.
	WithoutFeeds bool
}

func (o Options) getenv(name string) string {
	if o.Getenv == nil {
		return ""
	}
	return o.Getenv(name)
}

// maxFile is the largest file that is read.
const maxFile = 4 << 20

// loader is one Load under way.
type loader struct {
	o     Options
	c     *Config
	rep   report
	at    marks
	bad   map[string]bool
	gaps  map[string]time.Duration // of schedules, see shortest
	files int
	torn  bool // some file could not be read at all
}

// Load reads the file at path with all it includes. The error is an *Error.
func Load(path string, o Options) (*Config, error) {
	l := &loader{o: o, c: Default(), at: marks{at: map[string]mark{}}, bad: map[string]bool{}, gaps: map[string]time.Duration{}}
	full, err := filepath.Abs(path)
	if err != nil {
		full = path
	}
	l.c.Path, l.c.Sources = full, Sources{}
	if root := l.open(path, full); root.Kind != 0 {
		d := l.decoder(l.head().src)
		d.section(&root, reflect.ValueOf(l.c).Elem(), key{name: "the file"}, "")
		l.include(path)
	}
	if l.at.any() || !l.torn && !l.bad[""] {
		l.settle()
		l.check()
	}
	if len(l.rep.mistakes) > 0 {
		return nil, &Error{Mistakes: sorted(l.rep.mistakes), Sources: l.c.Sources}
	}
	l.c.Warnings = sorted(l.rep.warnings)
	return l.c, nil
}

func (l *loader) decoder(src *source) *decoder {
	return &decoder{src: src, rep: &l.rep, marks: &l.at, bad: l.bad}
}

// open reads the file at path, called name, and returns its one document; an
// empty node when there is a mistake in the way. It notes the place at the file's
// head under "".
func (l *loader) open(name, path string) yaml.Node {
	l.files++
	src := &source{name: name, path: path, order: l.files}
	head := place{src: src}
	fail := func(what, fix string) yaml.Node {
		l.torn = true
		l.rep.mistake(head, what, fix)
		return yaml.Node{}
	}
	l.c.Files = append(l.c.Files, path)
	l.c.Sources.note(path) // before it is read: what comes later is a change
	text, err := readFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fail("there is no such file", "check the path")
	case err != nil:
		return fail(fmt.Sprintf("cannot be read: %v", reason(err)), "give samur's user a readable file of at most 4 MiB")
	}
	src.text = string(text)
	head.line, head.column = 1, 1
	l.at.at[""] = mark{value: head}
	if line, column := firstBad(src.text); line > 0 {
		head.line, head.column = line, column
		return fail("this character is not text in UTF-8", "save the file as UTF-8 and remove control characters")
	}
	root, torn := parse(src)
	if torn != nil {
		return broken(l, *torn, head)
	}
	return root
}

// broken reports a file that is not the YAML that is read here.
func broken(l *loader, t tear, head place) yaml.Node {
	l.torn = true
	head.line, head.column = max(t.line, 1), max(t.column, 1)
	for lines := head.src.lines(); head.line > 1 && (head.line > len(lines) || lines[head.line-1] == ""); {
		head.line-- // the end of the text is no place to look at
		head.column = 1
		if head.line <= len(lines) {
			head.column = utf8.RuneCountInString(lines[head.line-1])
		}
	}
	l.rep.mistake(head, t.what, t.fix)
	return yaml.Node{}
}

// readFile reads a regular file of bounded size.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	var text bytes.Buffer
	text.Grow(int(min(info.Size(), maxFile)) + bytes.MinRead)
	_, err = text.ReadFrom(io.LimitReader(f, maxFile+1))
	if err == nil && text.Len() > maxFile {
		err = errors.New("it is larger than 4 MiB")
	}
	return text.Bytes(), err
}

// firstBad returns the place of the first byte that is no text, or 0, 0.
func firstBad(text string) (line, column int) {
	if utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\u0085", r) }) {
		return 0, 0 // nearly always: the rest finds out where it is
	}
	for at, l := range lineBreak().Split(text, -1) {
		column = 0
		for rest := l; rest != ""; {
			r, n := utf8.DecodeRuneInString(rest)
			column++
			if r == utf8.RuneError && n == 1 || unicode.IsControl(r) && r != '\t' {
				return at + 1, column
			}
			rest = rest[n:]
		}
	}
	return 0, 0
}

// tear is a place where a text stops being the YAML that is read here.
type tear struct {
	line, column int
	what, fix    string
}

// parse returns the one document of a file. An empty text is an empty mapping.
func parse(src *source) (yaml.Node, *tear) {
	if len(src.text) >= worthHalving {
		if root, ok := parseHalves(src.text); ok {
			return root, nil
		}
	}
	return parseWhole(src)
}

func parseWhole(src *source) (root yaml.Node, torn *tear) {
	defer func() {
		if p := recover(); p != nil { // none is known; the library is not ours
			torn = &tear{1, 1, fmt.Sprintf("the file cannot be read as YAML (%v)", p), "check its punctuation"}
		}
	}()
	yl, err := yaml.NewLoader(strings.NewReader(src.text))
	if err != nil {
		return root, &tear{1, 1, fmt.Sprintf("the file cannot be read as YAML: %v", err), "check its punctuation"}
	}
	var doc, second yaml.Node
	switch err := yl.Load(&doc); {
	case errors.Is(err, io.EOF):
		return yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}, nil
	case err != nil:
		return root, reword(err, src)
	}
	if err := yl.Load(&second); !errors.Is(err, io.EOF) {
		if err != nil {
			return root, reword(err, src)
		}
		return root, &tear{max(second.Line, 1), max(second.Column, 1), "a second document begins here", "keep one document in the file"}
	}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		root = *doc.Content[0]
	}
	if empty(&root) {
		return yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}, nil
	}
	return root, nil
}

// reword says in our words what the YAML library does not like, and points at
// what was opened rather than at where the text ended.
func reword(err error, src *source) *tear {
	le, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return &tear{1, 1, "the file cannot be read as YAML", "check its punctuation"}
	}
	t := &tear{line: le.Mark.Line, column: le.Mark.Column}
	opened := func() { t.line, t.column = le.ContextMark.Line, le.ContextMark.Column }
	line := src.line(t.line)
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	has := func(s string) bool { return strings.Contains(le.Message, s) }
	switch {
	case strings.Contains(indent, "\t"):
		t.column = strings.IndexByte(indent, '\t') + 1
		t.what, t.fix = "a tab indents this line", "indent with spaces"
	case strings.Contains(le.ContextMsg, "quoted scalar"):
		opened()
		t.what, t.fix = "the quote that opens here is not closed", "close it in the same line"
	case strings.Contains(le.ContextMsg, "flow sequence"):
		opened()
		t.what, t.fix = "the list that opens here is not closed", `add "]" or a comma between its elements`
	case strings.Contains(le.ContextMsg, "flow mapping"):
		opened()
		t.what, t.fix = "the brace that opens here is not closed", `add "}" or a comma between its entries`
	case has("mapping values are not allowed"):
		t.what, t.fix = `a ": " that does not fit here`, "put the value in quotes, line the key up with those above, or give the line above its colon"
	case has("could not find expected ':'"), has("did not find expected key"), has("block end"), has("did not find expected '-'"):
		t.what, t.fix = "this line does not line up with the ones above, or its key has no colon", `write "key: value" below its neighbours`
	case has("cannot start any token"):
		t.what, t.fix = "this character cannot begin a value", "put the value in quotes"
	case has("incompatible YAML"):
		t.what, t.fix = "this version of YAML is not read here", "remove the line"
	case has("anchor"):
		t.what, t.fix = "anchors and aliases are not read here", "write the value out"
	case has("node content"):
		t.what, t.fix = "a value is missing here, or a bracket before it is not closed", "write the value, or close the bracket"
	default:
		t.what, t.fix = "this is not YAML: "+le.Message, "check the punctuation here and in the line above"
	}
	return t
}

// include reads the feeds of the files that the config names.
func (l *loader) include(main string) {
	seen := []string{l.c.Path}
	for i, pattern := range l.c.Include {
		path := fmt.Sprintf("include[%d]", i)
		if l.bad[path] || pattern == "" {
			continue
		}
		names, ok := l.expand(main, pattern, path)
		if !ok {
			continue
		}
		for _, name := range names {
			full := filepath.Join(filepath.Dir(l.c.Path), name)
			if filepath.IsAbs(name) {
				full = name
			}
			if slices.Contains(seen, full) {
				continue
			}
			seen = append(seen, full)
			shown := name
			if !filepath.IsAbs(name) {
				shown = filepath.Join(filepath.Dir(main), name)
			}
			l.includeFile(shown, full)
		}
	}
}

// expand returns the files that a pattern names, relative to the main file where
// the pattern is.
func (l *loader) expand(main, pattern, path string) ([]string, bool) {
	base := filepath.Dir(l.c.Path)
	full := pattern
	if !filepath.IsAbs(full) {
		full = filepath.Join(base, pattern)
	}
	l.c.Sources.noteInclude(full)
	if !strings.ContainsAny(pattern, "*?[") {
		switch info, err := os.Stat(full); {
		case errors.Is(err, fs.ErrNotExist):
			l.rep.mistake(l.at.of(path).value, fmt.Sprintf("there is no file %q", filepath.Join(filepath.Dir(main), pattern)), "make it, or remove the line")
		case err == nil && info.IsDir():
			l.rep.mistake(l.at.of(path).value, fmt.Sprintf("%q is a directory", pattern), fmt.Sprintf("write %q", pattern+"/*.yaml"))
		default:
			return []string{pattern}, true
		}
		l.torn = true
		return nil, false
	}
	matches, err := filepath.Glob(full)
	if err != nil {
		return nil, false // the form was checked
	}
	if !filepath.IsAbs(pattern) {
		for i, m := range matches {
			if rel, err := filepath.Rel(base, m); err == nil {
				matches[i] = rel
			}
		}
	}
	slices.Sort(matches)
	return matches, true
}

// feedsFile is what an included file may hold.
type feedsFile struct {
	Feeds []Feed `yaml:"feeds"`
}

// includeFile appends the feeds of one file.
func (l *loader) includeFile(name, path string) {
	keep := l.at.at[""]
	defer func() { l.at.at[""] = keep }()
	root := l.open(name, path)
	if root.Kind == 0 {
		return
	}
	d := l.decoder(l.head().src)
	if root.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(root.Content); i += 2 {
			if word := root.Content[i].Value; word != "feeds" && slices.ContainsFunc(keysOf(reflect.TypeFor[Config]()), func(k key) bool { return k.name == word }) {
				d.rep.mistake(d.place(root.Content[i]), fmt.Sprintf("%s does not belong in an included file, which holds feeds alone", word), "move it to the main file")
				root.Content = slices.Delete(root.Content, i, i+2)
				i -= 2
			}
		}
	}
	// The feeds of all files are one list, so that paths tell them apart.
	all := feedsFile{Feeds: l.c.Feeds}
	d.section(&root, reflect.ValueOf(&all).Elem(), key{name: "the file"}, "")
	l.c.Feeds = all.Feeds
}
