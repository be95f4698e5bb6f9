package seeds

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// Document is a brief of one seed document.
type Document struct {
	File     string // base name, by which a later file system replaces it
	Title    string
	Source   string
	Date     string // YYYY, YYYY-MM or YYYY-MM-DD
	Lang     news.Lang
	Passages []Passage
	Figures  []FigurePoint
}

// Passage is a paragraph or list item with the topics it speaks of, in the order
// written; it has none when it was labelled "none".
type Passage struct {
	Text   string
	Topics []string // slugs
	Line   int
}

// maxLine bounds a line of a document; a paragraph is hard-wrapped or shorter.
const maxLine = 1 << 20

// Documents reads documents/*.md of each file system in turn, sorted by file name; a
// later file takes the place of an earlier one of its name. It fails on the first
// file system that cannot be read, otherwise with every mistake at once, and on
// passages whose topic is in none of the topics.yaml.
func Documents(fsys ...fs.FS) ([]Document, error) {
	_, slugs, err := readTopics(fsys)
	if err != nil {
		return nil, err
	}
	byFile := map[string]Document{}
	var mistakes []error
	for _, f := range fsys {
		names, err := fs.Glob(f, "documents/*.md")
		if err != nil {
			return nil, fmt.Errorf("list documents: %w", err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(f, name)
			if err != nil {
				return nil, fmt.Errorf("read document: %w", err)
			}
			d, err := parseDocument(name, data, slugs)
			mistakes = append(mistakes, err)
			byFile[d.File] = d
		}
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, err
	}
	docs := make([]Document, 0, len(byFile))
	for _, d := range byFile {
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b Document) int { return strings.Compare(a.File, b.File) })
	return docs, nil
}

// docParser reads one document line by line.
type docParser struct {
	doc      Document
	file     string
	line     int
	known    map[string]bool // topic slugs
	labels   []string        // of the next passage
	labelled int             // line of the label, 0 when there is none
	text     []string        // lines of the open passage
	start    int             // its first line
	mistakes []error
}

func parseDocument(file string, data []byte, slugs map[string]bool) (Document, error) {
	p := &docParser{file: file, known: slugs}
	p.doc.File = path.Base(file)
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, maxLine)
	if !p.frontMatter(sc) {
		return p.doc, errors.Join(p.mistakes...)
	}
	for sc.Scan() {
		p.line++
		p.take(strings.TrimSpace(sc.Text()))
	}
	if err := sc.Err(); err != nil {
		p.blame(p.line+1, "line too long or unreadable: %v", err)
	}
	p.close()
	if p.labelled > 0 {
		p.blame(p.labelled, "no passage follows this label; remove it or write the passage")
	}
	if len(p.doc.Passages) == 0 {
		p.blame(p.line, "document has no passage; write paragraphs, each behind <!-- topics: ... -->")
	}
	return p.doc, errors.Join(p.mistakes...)
}

func (p *docParser) blame(line int, format string, args ...any) {
	p.mistakes = append(p.mistakes, fmt.Errorf("%s:%d: %s", p.file, line, fmt.Sprintf(format, args...)))
}

// frontMatter reads the lines between two "---" and reports whether they were there.
func (p *docParser) frontMatter(sc *bufio.Scanner) bool {
	open := false
	for sc.Scan() {
		p.line++
		line := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		switch {
		case line == "---" && open:
			p.checkFront()
			return true
		case line == "---":
			open = true
		case !open:
			p.blame(p.line, `document does not begin with "---"; put title, source, date and lang between two such lines`)
			return false
		case line != "" && !strings.HasPrefix(line, "#"):
			p.frontKey(line)
		}
	}
	p.blame(max(p.line, 1), `front matter is not closed; end it with a line "---"`)
	return false
}

func (p *docParser) frontKey(line string) {
	key, value, ok := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
		value = value[1 : len(value)-1]
	}
	fields := map[string]*string{"title": &p.doc.Title, "source": &p.doc.Source, "date": &p.doc.Date, "lang": (*string)(&p.doc.Lang)}
	field, known := fields[strings.TrimSpace(key)]
	switch {
	case !ok || !known:
		p.blame(p.line, "front matter does not know %q; it has title, source, date and lang", line)
	case *field != "":
		p.blame(p.line, "%q comes twice; join the two", key)
	case value == "":
		p.blame(p.line, "%q is empty; give it a value", key)
	default:
		*field = value
	}
}

func (p *docParser) checkFront() {
	for _, f := range []struct{ key, value string }{
		{"title", p.doc.Title}, {"source", p.doc.Source}, {"date", p.doc.Date}, {"lang", string(p.doc.Lang)},
	} {
		if f.value == "" {
			p.blame(p.line, "front matter has no %q; add it", f.key)
		}
	}
	if d := p.doc.Date; d != "" && !validDate(d) {
		p.blame(p.line, "date %q is no date; write 2022, 2022-02 or 2022-02-22", d)
	}
	switch p.doc.Lang {
	case "", news.En, news.Ru, news.Az:
	default:
		p.blame(p.line, "lang %q is not read; use en, ru or az", p.doc.Lang)
	}
}

func validDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// take reads one line of the body.
func (p *docParser) take(line string) {
	switch {
	case strings.HasPrefix(line, "<!--"):
		p.close()
		body, ok := strings.CutSuffix(line, "-->")
		if !ok {
			p.blame(p.line, `comment is not closed on its line; end it with "-->"`)
			return
		}
		p.comment(strings.TrimSpace(strings.TrimPrefix(body, "<!--")))
	case line == "":
		p.close()
	case strings.HasPrefix(line, "#"):
		p.close()
	case strings.HasPrefix(line, "- "):
		p.close()
		p.text, p.start = []string{strings.TrimSpace(line[2:])}, p.line
	default:
		if len(p.text) == 0 {
			p.start = p.line
		}
		p.text = append(p.text, line)
	}
}

// comment reads a label. Other comments are remarks and mean nothing.
func (p *docParser) comment(body string) {
	key, value, _ := strings.Cut(body, ":")
	switch strings.TrimSpace(key) {
	case "topics":
		if p.labelled > 0 {
			p.blame(p.labelled, "no passage follows this label; remove it or write the passage")
		}
		p.labels, p.labelled = p.topicList(value), p.line
	case "figure":
		f, err := parseFigure(value)
		if err != nil {
			p.blame(p.line, "%v", err)
			return
		}
		f.Line = p.line
		p.doc.Figures = append(p.doc.Figures, f)
	}
}

func (p *docParser) topicList(value string) []string {
	if strings.TrimSpace(value) == "none" {
		return nil
	}
	var slugs []string
	for slug := range strings.SplitSeq(value, ",") {
		slug = strings.TrimSpace(slug)
		switch {
		case !p.known[slug]:
			p.blame(p.line, "topic %q is in no topics.yaml; correct it or add the topic", slug)
		case slices.Contains(slugs, slug):
			p.blame(p.line, "topic %q comes twice; remove one", slug)
		default:
			slugs = append(slugs, slug)
		}
	}
	return slugs
}

// close ends the open passage.
func (p *docParser) close() {
	if len(p.text) == 0 {
		return
	}
	if p.labelled == 0 {
		p.blame(p.start, "passage without topics; put <!-- topics: ... --> or <!-- topics: none --> before it")
	}
	p.doc.Passages = append(p.doc.Passages, Passage{Text: strings.Join(p.text, " "), Topics: p.labels, Line: p.start})
	p.text, p.labels, p.labelled = nil, nil, 0
}
