package chat

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/news"
)

// message is one message before it is composed.
type message struct {
	title  string
	part   string // "2/3"; "" when it is the only one
	blocks []news.Block
	to     string
}

// heading is the title with the part's number.
func (m message) heading() string {
	if m.part == "" {
		return m.title
	}
	return m.title + " · " + m.part
}

// mostParts is what a part's number may be when it is not known yet.
const mostParts = "999/999"

// split parts b into messages that fit, between blocks. There is always one.
func split(b news.Brief, fits func(message) bool) []message {
	alone := func(block news.Block) bool {
		return fits(message{title: b.Title, part: mostParts, blocks: []news.Block{block}})
	}
	if whole := (message{title: b.Title, blocks: b.Blocks}); fits(whole) {
		return []message{whole}
	}
	var out []message
	m := message{title: b.Title, part: mostParts}
	for _, block := range b.Blocks {
		longer := m
		longer.blocks = append(slices.Clip(m.blocks), block)
		if fits(longer) {
			m = longer
			continue
		}
		if !alone(block) {
			block = cut(block, alone)
		}
		if len(m.blocks) > 0 {
			out = append(out, m)
		}
		m.blocks = []news.Block{block}
	}
	out = append(out, m)
	for i := range out {
		out[i].part = ""
		if len(out) > 1 {
			out[i].part = strconv.Itoa(i+1) + "/" + strconv.Itoa(len(out))
		}
	}
	return out
}

// cut shortens a block until it fits: it gives up its last lines, then the end of its
// first, then its links. Where it is told in full is linked in place of what is left out.
func cut(b news.Block, fits func(news.Block) bool) news.Block {
	more := []news.Span{{Text: "[…]", Link: b.Link}}
	short := func(lines ...[]news.Span) news.Block {
		c := b
		c.Lines = append(slices.Clip(lines), more)
		return c
	}
	for n := len(b.Lines) - 1; n > 0; n-- {
		if c := short(b.Lines[:n]...); fits(c) {
			return c
		}
	}
	first := b.Lines[0]
	if !fits(short(clip(first, 0))) {
		b.Link, more[0].Link, first = "", "", slices.Clone(first)
		for i := range first {
			first[i].Link = ""
		}
	}
	// The most runes of the first line that fit.
	n := sort.Search(runes(first)+1, func(n int) bool { return !fits(short(clip(first, n))) })
	return short(clip(first, n-1))
}

func runes(line []news.Span) (n int) {
	for _, s := range line {
		n += utf8.RuneCountInString(s.Text)
	}
	return n
}

// clip returns the first n runes of a line.
func clip(line []news.Span, n int) []news.Span {
	var out []news.Span
	for _, s := range line {
		if n <= 0 {
			break
		}
		r := []rune(s.Text)
		if len(r) > n {
			s.Text = string(r[:n])
		}
		n -= len(r)
		out = append(out, s)
	}
	return out
}

// shorten returns s, or as much of it as n units have room for, with a mark.
func shorten(s string, n int) string {
	if units(s) <= n {
		return s
	}
	end, used := 0, 1 // the mark
	for i, r := range s {
		if used += units(string(r)); used > n {
			break
		}
		if !unicode.Is(unicode.Mn, r) {
			end = i
		}
	}
	return strings.TrimSpace(s[:end]) + "…"
}
