package article

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxNodes  = 60_000  // elements that are kept of a page
	maxBlocks = 20_000  // pieces of text that are kept of a page
	maxDepth  = 200     // elements within each other; deeper ones are read as their parent
	maxToken  = 1 << 20 // bytes of one tag or comment
)

// node is an element that other blocks of text may stand in.
type node struct {
	parent int32
	tag    atom.Atom
	role   role
}

// role is what the tag, classes and id of an element say it is for.
type role byte

const (
	plain   role = iota
	content      // says that it holds the article
	around       // says that it holds what stands around articles: menus, shares, adverts
	beside       // says that it holds what is as long as an article and is none: comments
)

// block is a piece of text that stands by itself: a paragraph, a heading, a cell.
type block struct {
	node  int32 // the element it stands in
	tag   atom.Atom
	text  string
	chars int // letters and digits
	links int // those of them that are in a link
}

// page is a document as a list of blocks, in order, and the elements around them.
type page struct {
	nodes  []node
	blocks []block
}

// skipped are the elements whose inside nobody reads.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true, atom.Svg: true, atom.Math: true,
	atom.Audio: true, atom.Video: true, atom.Canvas: true, atom.Select: true, atom.Textarea: true, atom.Button: true, atom.Noframes: true, atom.Noembed: true,
	atom.Datalist: true, atom.Xmp: true, atom.Title: true,
}

// lines are the elements that stand on lines of their own.
var lines = map[atom.Atom]bool{
	atom.Html: true, atom.Body: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Aside: true, atom.Header: true, atom.Footer: true,
	atom.Main: true, atom.Nav: true, atom.Form: true, atom.Fieldset: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Table: true, atom.Tbody: true,
	atom.Thead: true, atom.Tfoot: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Li: true, atom.Dd: true, atom.Dt: true, atom.Blockquote: true,
	atom.Figure: true, atom.Figcaption: true, atom.Center: true, atom.Details: true, atom.Summary: true, atom.Address: true, atom.Dialog: true, atom.Caption: true,
	atom.P: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Pre: true,
}

// closes are the open elements that the beginning of another one ends, as far up as
// the nearest of the elements beside them.
var closes = map[atom.Atom]struct{ ends, within []atom.Atom }{
	atom.Li: {[]atom.Atom{atom.Li}, []atom.Atom{atom.Ul, atom.Ol}},
	atom.Dt: {[]atom.Atom{atom.Dt, atom.Dd}, []atom.Atom{atom.Dl}},
	atom.Dd: {[]atom.Atom{atom.Dt, atom.Dd}, []atom.Atom{atom.Dl}},
	atom.Tr: {[]atom.Atom{atom.Tr}, []atom.Atom{atom.Table}},
	atom.Td: {[]atom.Atom{atom.Td, atom.Th}, []atom.Atom{atom.Tr, atom.Table}},
	atom.Th: {[]atom.Atom{atom.Td, atom.Th}, []atom.Atom{atom.Tr, atom.Table}},
}

// reader makes a page of tokens. Like a browser it takes whatever comes; unlike one
// it makes no tree of what stands within a line, whose cost would be the page's to set.
type reader struct {
	page
	open []int32           // elements that are open, outermost first
	tags map[atom.Atom]int // how many of each are

	text         strings.Builder // of the block under way
	chars, links int             // of it, see block
	blank        bool            // a space is due before the next word
	breaks       int             // line breaks since the last word
	link         int             // how many elements were open where the open link began, -1 for no link
}

// read makes a page of HTML.
func read(text string) page {
	r := &reader{link: -1, tags: map[atom.Atom]int{}}
	r.nodes = []node{{parent: -1}}
	r.open = []int32{0}
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxToken)
	for len(r.nodes) < maxNodes && len(r.blocks) < maxBlocks {
		switch z.Next() {
		case html.ErrorToken:
			r.flush()
			return r.page
		case html.TextToken:
			r.words(string(z.Text()))
		case html.StartTagToken:
			r.start(z)
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			r.lone(atom.Lookup(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(atom.Lookup(name))
		}
	}
	r.flush()
	return r.page
}

// start reads a start tag.
func (r *reader) start(z *html.Tokenizer) {
	name, more := z.TagName()
	tag := atom.Lookup(name)
	switch {
	case skipped[tag]:
		skip(z, tag)
	case tag == atom.A:
		r.link = len(r.open)
	case lines[tag]:
		r.push(tag, attributes(z, more))
	default:
		r.lone(tag)
	}
}

// lone reads what ends where it begins.
func (r *reader) lone(tag atom.Atom) {
	switch tag {
	case atom.Br:
		r.blank = true
		if r.breaks++; r.breaks == 2 { // text that is set with line breaks
			r.flush()
		}
	case atom.Hr:
		r.flush()
	case atom.Img, atom.Input:
		r.blank = true
	}
}

// push opens an element.
func (r *reader) push(tag atom.Atom, a attrs) {
	r.flush()
	if r.top() == atom.P {
		r.pop(len(r.open) - 1) // no paragraph holds a block
	}
	if c, ok := closes[tag]; ok {
		r.close(c.ends, c.within)
	}
	if len(r.open) >= maxDepth {
		return
	}
	parent := r.open[len(r.open)-1]
	r.nodes = append(r.nodes, node{parent: parent, tag: tag, role: roleOf(tag, a)})
	r.open = append(r.open, int32(len(r.nodes)-1)) //nolint:gosec // at most maxNodes
	r.tags[tag]++
}

func (r *reader) top() atom.Atom { return r.nodes[r.open[len(r.open)-1]].tag }

// end reads an end tag. One that ends nothing is passed over.
func (r *reader) end(tag atom.Atom) {
	if tag == atom.A {
		r.link = -1
	}
	if lines[tag] {
		r.flush()
		r.close([]atom.Atom{tag}, nil)
	}
}

// close ends the innermost open element that is one of ends, and all within it. It
// does not look beyond an element that is one of within.
func (r *reader) close(ends, within []atom.Atom) {
	if !slices.ContainsFunc(ends, func(a atom.Atom) bool { return r.tags[a] > 0 }) {
		return
	}
	for i := len(r.open) - 1; i > 0; i-- {
		tag := r.nodes[r.open[i]].tag
		if slices.Contains(ends, tag) {
			r.pop(i)
			return
		}
		if slices.Contains(within, tag) || tag == atom.Body {
			return
		}
	}
}

// pop ends the open elements from i on.
func (r *reader) pop(i int) {
	for _, n := range r.open[i:] {
		r.tags[r.nodes[n].tag]--
	}
	r.open = r.open[:i]
	if r.link > i {
		r.link = -1
	}
}

// words adds text to the block under way.
func (r *reader) words(s string) {
	for s != "" {
		i := strings.IndexFunc(s, func(c rune) bool { return !space(c) })
		if i < 0 {
			r.blank = true
			return
		}
		r.blank = r.blank || i > 0
		s = s[i:]
		if i = strings.IndexFunc(s, space); i < 0 {
			i = len(s)
		}
		if r.blank && r.text.Len() > 0 {
			r.text.WriteByte(' ')
		}
		r.blank, r.breaks = false, 0
		r.text.WriteString(s[:i])
		n := letters(s[:i])
		if r.chars += n; r.link >= 0 {
			r.links += n
		}
		s = s[i:]
	}
}

// flush ends the block under way.
func (r *reader) flush() {
	if r.chars > 0 {
		at := r.open[len(r.open)-1]
		r.blocks = append(r.blocks, block{at, r.nodes[at].tag, r.text.String(), r.chars, r.links})
	}
	r.text.Reset()
	r.chars, r.links, r.blank, r.breaks = 0, 0, false, 0
}

// skip reads to the end of an element that was begun.
func skip(z *html.Tokenizer, tag atom.Atom) {
	for depth := 1; depth > 0; {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == tag {
				depth++
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == tag {
				depth--
			}
		}
	}
}
