package render

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
)

// htmlBudget is the most bytes of HTML: Gmail cuts a message at 102 kB without
// saying what is missing.
const htmlBudget = 100_000

// maxNames is how many feeds of one kind the HTML names, so that a hundred broken
// feeds do not push the stories out. The text form names all.
const maxNames = 20

//go:embed digest.tmpl
var digestTemplate string

var pages = template.Must(template.New("digest").Funcs(template.FuncMap{"outlook": outlook}).Parse(digestTemplate))

// outlook is what Outlook for Windows alone reads, which lays mail out by Word; it stands
// in comments, which all others pass over. Word knows no max-width: without a table of
// fixed width around ours lines go over the whole window. That width is said in the style
// too, where it grows with the text on a screen of many dots. A cell in a cell does not
// take over the font of the outer one, and lines are set by Word's own measure unless it
// is told otherwise. For the same program padding and bars stand on cells and headings,
// never on div and p, and a list is moved in by its margin: TestWord holds all that is
// laid out to what Word is documented to read.
func outlook(part string) template.HTML {
	switch part {
	case "head":
		return "<!--[if mso]><style>* { font-family: Arial, Helvetica, sans-serif; mso-line-height-rule: exactly; }</style><![endif]-->\n"
	case "open":
		return `<!--[if mso]><table role="presentation" width="640" align="center" cellpadding="0" cellspacing="0" border="0" style="width:640px;table-layout:fixed"><tr><td width="640" style="width:640px"><![endif]-->
`
	}
	return "<!--[if mso]></td></tr></table><![endif]-->\n"
}

// sheet is a page as the templates lay it out, and the edges of the parts that without
// can take away, in bytes of the document: where each section begins, its first story,
// the next ones, where the last one ends; then the same of the stories told in a line,
// with the end of their block beside that of the last; then the figures.
type sheet struct {
	page
	out   bytes.Buffer
	edges []int
}

// Edge is called by the template "edition" where a part begins or ends. It writes nothing.
func (s *sheet) Edge() string {
	s.edges = append(s.edges, s.out.Len())
	return ""
}

// lay executes a template of a page.
func (p page) lay(name string) (*sheet, error) {
	s := &sheet{page: p}
	if err := pages.ExecuteTemplate(&s.out, name, s); err != nil {
		return nil, fmt.Errorf("lay out HTML: %w", err)
	}
	return s, nil
}

// html returns p as one HTML document for mail and browsers: tables and inline styles
// for layout, colours for light and dark, no image, script or anything remote. mail
// stays under 100 kB: what does not fit, whole stories from the end, is counted in a
// line. whole has it all, for the page of an edition; it is nil when mail has it all.
func (p page) html(name string, f frame) (mail, whole []byte, err error) {
	long := p
	p.Account = slices.Clone(p.Account)
	cut := false
	for i, l := range p.Account {
		if n := len(l.Spans) - maxNames; n > 0 {
			rest := span{Text: f.count(f.w.moreNames, n)}
			p.Account[i].Spans = append(l.Spans[:maxNames:maxNames], rest)
			cut = true
		}
	}
	s, err := p.lay(name)
	if err != nil {
		return nil, nil, err
	}
	mail = s.out.Bytes()
	if len(mail) > htmlBudget {
		whole = mail
		if mail, err = s.shorten(name, f); err != nil {
			return nil, nil, err
		}
	}
	if cut { // whole names all feeds
		all, err := long.lay(name)
		if err != nil {
			return nil, nil, err
		}
		whole = all.out.Bytes()
	}
	return mail, whole, nil
}

// shorten executes a template with as much of s as the budget allows. What the parts
// take is known; the lines that count what is gone come on top, so that a part more may
// have to go.
func (s *sheet) shorten(name string, f frame) ([]byte, error) {
	sizes := s.sizes()
	n, left := 0, s.out.Len()
	for n < len(sizes) && left > htmlBudget {
		left -= sizes[n]
		n++
	}
	for {
		short, err := s.without(n, f).lay(name)
		if err != nil {
			return nil, err
		}
		if short.out.Len() <= htmlBudget || n >= len(sizes) {
			return short.out.Bytes(), nil
		}
		n++
	}
}

// sizes returns how many bytes each part takes, in the order in which without takes them
// away. A section's first story takes the heading with it.
func (s *sheet) sizes() []int {
	edges := s.edges
	take := func(n int) []int {
		between := make([]int, n)
		for i := range between {
			between[i] = edges[i+1] - edges[i]
		}
		edges = edges[n+1:]
		return between
	}
	var stories, held, figures []int
	for _, sec := range s.Sections {
		between := take(1 + len(sec.Stories))
		between[1] += between[0]
		stories = append(stories, between[1:]...)
	}
	if n := len(s.Held); n > 0 {
		between := take(n + 2)
		between[1] += between[0] + between[n+1]
		held = between[1 : n+1]
	}
	if n := len(s.Figures); n > 0 {
		figures = take(n)
	}
	for _, part := range [][]int{held, stories, figures} {
		slices.Reverse(part)
	}
	return slices.Concat(held, stories, figures)
}

// execute executes a template of something smaller than a page.
func execute(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("lay out HTML: %w", err)
	}
	return b.Bytes(), nil
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
