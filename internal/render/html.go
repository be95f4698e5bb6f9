package render

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"sort"

	"samur/internal/news"
)

// htmlBudget is the most bytes of HTML: Gmail cuts a message at 102 kB without
// saying what is missing.
const htmlBudget = 100_000

// maxNames is how many feeds of one kind the HTML names, so that a hundred broken
// feeds do not push the stories out. The text form names all.
const maxNames = 20

//go:embed digest.tmpl
var digestTemplate string

var pages = template.Must(template.New("digest").Parse(digestTemplate))

// HTML returns d as one HTML document for mail and browsers: tables and inline
// styles for layout, colours for light and dark, no image, script or anything
// remote. It stays under 100 kB: what does not fit, whole stories from the end, is
// counted in a line.
func HTML(d news.Digest) ([]byte, error) {
	mail, _, err := fit(d, "page")
	return mail, err
}

// Page returns the same document without that limit, for the page of an edition; nil when
// HTML has it all.
func Page(d news.Digest) ([]byte, error) {
	_, whole, err := fit(d, "page")
	return whole, err
}

// fragment is the body of HTML without the document around it.
func fragment(d news.Digest) ([]byte, error) {
	mail, _, err := fit(d, "edition")
	return mail, err
}

// fit executes a template with as much of d as the budget allows, and with all of it when
// that is more.
func fit(d news.Digest, name string) (mail, whole []byte, err error) {
	f := newFrame(d)
	p, all := newPage(d), newPage(d)
	cut := false
	for i, l := range p.Account {
		if n := len(l.Spans) - maxNames; n > 0 {
			rest := span{Text: f.count(f.w.moreNames, n)}
			p.Account[i].Spans = append(l.Spans[:maxNames:maxNames], rest)
			cut = true
		}
	}
	mail, err = execute(name, p)
	if err == nil && len(mail) > htmlBudget {
		cut = true
		mail, err = shorten(name, p, f)
	}
	if err == nil && cut {
		whole, err = execute(name, all)
	}
	if err != nil {
		return nil, nil, err
	}
	return mail, whole, nil
}

// shorten executes a template with as much of p as the budget allows.
func shorten(name string, p page, f frame) ([]byte, error) {
	var failed error
	cut := sort.Search(p.size(), func(n int) bool {
		b, err := execute(name, p.without(n+1, f))
		if err != nil {
			failed = err
		}
		return len(b) <= htmlBudget
	})
	if failed != nil {
		return nil, failed
	}
	return execute(name, p.without(cut+1, f))
}

func execute(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("lay out HTML: %w", err)
	}
	return b.Bytes(), nil
}

// size is how many parts without can take away.
func (p page) size() int {
	n := len(p.Held) + len(p.Figures)
	for _, s := range p.Sections {
		n += len(s.Stories)
	}
	return n
}

// without is p without its last n parts: first the stories told in a line, then
// whole stories from the last section up, then figures. What is gone is counted.
func (p page) without(n int, f frame) page {
	held := min(n, len(p.Held))
	p.Held = p.Held[:len(p.Held)-held]
	gone := held
	n -= held
	sections := append([]section(nil), p.Sections...)
	for i := len(sections) - 1; i >= 0 && n > 0; i-- {
		k := min(n, len(sections[i].Stories))
		sections[i].Stories = sections[i].Stories[:len(sections[i].Stories)-k]
		if len(sections[i].Stories) == 0 {
			sections = sections[:i]
		}
		n -= k
		gone += k
	}
	p.Sections = sections
	if gone > 0 {
		p.More = f.count(f.w.more, gone)
		if p.Page != nil {
			p.More = f.count(f.w.morePage, gone)
		}
	}
	if n = min(n, len(p.Figures)); n > 0 {
		p.Figures = p.Figures[:len(p.Figures)-n]
		p.MoreFigures = f.count(f.w.moreFigs, n)
	}
	return p
}
