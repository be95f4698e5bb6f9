package article

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

func space(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// letters counts letters and digits.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// How much is made of what. They were tried on one half of the pages that the package
// comment speaks of and held on the other; half or twice of each moves F1 by less than
// a hundredth.
const (
	fewLetters  = 20  // a shorter block is no prose
	someLetters = 40  // one that is shorter and no sentence is none either
	trifle      = 10  // what such a block takes from its element
	elsewhere   = .25 // of what prose in a menu would add, what it takes
	outwards    = .99 // of what an element has, what it adds to the one around it
	majority    = .4  // of a page's prose is in no menu, whatever its classes say
	scant       = 150 // letters; an article that is shorter is looked for without classes
)

// worth says how much a block speaks for an article around it: the letters of
// prose, less those of links. Short pieces say little either way.
func worth(b block) float64 {
	prose := float64(b.chars - b.links)
	density := float64(b.links) / float64(b.chars)
	switch {
	case density > .5:
		return -float64(b.links)
	case heading(b.tag):
		return 0
	case b.chars < fewLetters || b.chars < someLetters && !sentence(b.text):
		return -trifle
	}
	return prose - 2*float64(b.links)
}

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// sentence reports whether a text ends as a sentence does.
func sentence(s string) bool {
	s = strings.TrimRight(s, "\"'»”’)]")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, ":")
}

// Extract returns the text of the article on a page of HTML, a paragraph in each line,
// "" when it finds none. The title is not part of it.
func Extract(html string) string {
	return cut(extract(read(html)))
}

// cut bounds a text at the end of a line.
func cut(text string) string {
	if len(text) <= maxText {
		return text
	}
	text = text[:maxText]
	return text[:max(strings.LastIndexByte(text, '\n'), 0)]
}

// extract is Extract on a page that was read.
func extract(p page) string {
	text := p.article(true)
	if letters(text) < scant {
		if bare := p.article(false); letters(bare) > 2*letters(text) {
			return bare
		}
	}
	return text
}

// article looks for the element that holds most prose and least else, and returns
// its text. byRole says whether classes and ids are believed.
func (p page) article(byRole bool) string {
	away := p.away(byRole)
	sums := make([]float64, len(p.nodes))
	for _, b := range p.blocks {
		w := worth(b)
		if away[b.node] && w > 0 {
			w *= -elsewhere
		}
		sums[b.node] += w
	}
	best := 0
	for i := len(p.nodes) - 1; i > 0; i-- {
		sums[p.nodes[i].parent] += sums[i] * outwards
	}
	for i := range sums {
		if sums[i] > sums[best] {
			best = i
		}
	}
	in := make([]bool, len(p.nodes))
	in[best] = true
	for i := best + 1; i < len(p.nodes); i++ {
		in[i] = in[p.nodes[i].parent] && !away[i]
	}
	var kept []block
	for _, b := range p.blocks {
		if in[b.node] && 2*b.links <= b.chars {
			kept = append(kept, b)
		}
	}
	return join(kept)
}

// join returns the blocks from the first to the last that is prose, a line each.
// Before stand the title, the date and the share buttons, behind it more of those.
func join(blocks []block) string {
	first, last := len(blocks), -1
	for i, b := range blocks {
		if worth(b) > 0 {
			first, last = min(first, i), i
		}
	}
	var out []string
	for i := first; i <= last; i++ {
		out = append(out, blocks[i].text)
	}
	return strings.Join(out, "\n")
}

// away tells which elements stand around articles, or in one that does.
func (p page) away(byRole bool) []bool {
	prose := make([]float64, len(p.nodes))
	for _, b := range p.blocks {
		prose[b.node] += max(worth(b), 0)
	}
	for i := len(p.nodes) - 1; i > 0; i-- {
		prose[p.nodes[i].parent] += prose[i]
	}
	away := make([]bool, len(p.nodes))
	for i := 1; i < len(p.nodes); i++ {
		n := p.nodes[i]
		aside := n.role == around && byRole || n.tag == atom.Nav || n.tag == atom.Footer
		away[i] = away[n.parent] || aside && prose[i] < majority*prose[0] || n.role == beside && byRole
	}
	return away
}
