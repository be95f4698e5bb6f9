package render

import (
	"strconv"
	"strings"

	"samur/internal/news"
)

// textWidth is the length of a line of text in columns. Addresses alone may be longer:
// they have a line of their own and are never broken.
const textWidth = 72

// Explained returns the plain text of d with a line more under each story: what its rank
// is made of. It is for who sets the digest up, and not sent.
func Explained(d news.Digest) []byte {
	f := newFrame(d)
	f.explain = true
	return f.page().text(false)
}

// text returns p as plain text in UTF-8 that stands on its own, for terminals, files and
// pages: no line ends in a space. With flow it is for mail that names itself
// "text/plain; format=flowed; delsp=no" (RFC 3676): a line within a paragraph ends in a
// space, so that a phone may join the lines and break them anew, and one that begins with
// a space, ">" or "From " has a space before it. What does not know that shows lines of
// textWidth.
func (p page) text(flow bool) []byte {
	t := &textWriter{flow: flow}
	t.page(p)
	return []byte(t.b.String())
}

type textWriter struct {
	b    strings.Builder
	flow bool
}

func (t *textWriter) page(p page) {
	t.heading(p.Title, "=")
	t.para("", "", p.Date)
	t.para("", "", p.Window)
	if p.Late != "" || p.Missed != "" {
		t.blank()
		t.bullet(p.Late)
		t.bullet(p.Missed)
	}
	if p.Page != nil {
		t.blank()
		t.para("", "", p.Page.Label+":")
		t.line(p.Page.Spans[0].Text, false)
	}
	if len(p.Quiet) > 0 {
		t.blank()
		for _, q := range p.Quiet {
			t.para("", "", q)
		}
	}
	n := 0
	for _, s := range p.Sections {
		t.blank()
		t.heading(s.Heading, "-")
		for _, st := range s.Stories {
			n++
			t.blank()
			t.story(n, st)
		}
	}
	t.held(p)
	t.boxes(p.FigHead, p.Figures)
	t.boxes(p.AheadHead, p.Ahead)
	if len(p.Sides) > 0 {
		t.blank()
		t.heading(p.SideHead, "-")
		t.lines("", p.Sides)
	}
	if p.Ask != nil {
		t.blank()
		t.heading(p.AskHead, "-")
		t.cited("", "", p.Ask.Headline, "")
		t.lines("", p.Ask.Lines)
	}
	t.blank()
	t.heading(p.AcctHead, "-")
	t.lines("", p.Account)
}

func (t *textWriter) story(n int, s story) {
	first := strconv.Itoa(n) + ". "
	pad := strings.Repeat(" ", len(first))
	t.cited(first, pad, s.Headline, "")
	for _, q := range s.Quotes {
		t.blank()
		t.cited(pad, pad, q, s.Headline.Link)
	}
	if len(s.Lines) > 0 {
		t.blank()
	}
	t.lines(pad, s.Lines)
}

func (t *textWriter) held(p page) {
	if len(p.Held) == 0 {
		return
	}
	t.blank()
	t.heading(p.HeldHead, "-")
	for _, c := range p.Held {
		t.cited("- ", "  ", c, "")
	}
}

func (t *textWriter) boxes(head string, bs []boxed) {
	if len(bs) == 0 {
		return
	}
	t.blank()
	t.heading(head, "-")
	for i, b := range bs {
		if i > 0 {
			t.blank()
		}
		t.bullet(b.Head)
		if b.Quote.Text != "" {
			t.cited("  ", "  ", b.Quote, "")
		}
		t.lines("  ", b.Lines)
	}
}

// bullet writes a paragraph behind a dash.
func (t *textWriter) bullet(s string) { t.para("- ", "  ", s) }

// cited writes a quote with its source, and its address unless that is shown
// already: several quotes of a story may come from one report.
func (t *textWriter) cited(first, pad string, c cited, shown string) {
	text := c.Text
	if by := c.Source().words(); by != "" {
		text += " — " + by
	}
	t.para(first, pad, text)
	switch {
	case c.Link != "" && c.Link != shown:
		t.line(pad+c.Link, false)
	case c.Address != "":
		t.para(pad, pad, c.Address)
	}
}

func (t *textWriter) lines(pad string, ls []line) {
	for _, l := range ls {
		parts := make([]string, len(l.Spans))
		for i, s := range l.Spans {
			parts[i] = s.words()
		}
		text := strings.Join(parts, "\u00A0· ") // a line never begins with the dot
		if l.Label != "" {
			text = l.Label + ": " + text
		}
		t.para(pad, pad+"  ", text)
	}
}

func (t *textWriter) heading(s, rule string) {
	from := t.b.Len()
	t.para("", "", s)
	longest := 0
	for l := range strings.Lines(t.b.String()[from:]) {
		longest = max(longest, columns(strings.TrimRight(l, " \n")))
	}
	t.line(strings.Repeat(rule, longest), false)
}

func (t *textWriter) blank() { t.b.WriteByte('\n') }

// line writes one line; soft says that the next one goes on with its paragraph.
func (t *textWriter) line(s string, soft bool) {
	if t.flow && (strings.HasPrefix(s, " ") || strings.HasPrefix(s, ">") || strings.HasPrefix(s, "From ")) {
		t.b.WriteByte(' ')
	}
	t.b.WriteString(s)
	if t.flow && soft {
		t.b.WriteByte(' ')
	}
	t.b.WriteByte('\n')
}

// para writes s in lines of at most textWidth columns, the first behind first, the
// others behind pad; joined lines would show pad between their words, so text that is
// to flow has none. An empty s writes nothing.
func (t *textWriter) para(first, pad, s string) {
	if t.flow {
		pad = ""
	}
	line, used, room := "", 0, textWidth-columns(first)
	lead := first
	end := func(soft bool) {
		t.line(lead+line, soft)
		lead, line, used, room = pad, "", 0, textWidth-columns(pad)
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' }) {
		w := columns(word)
		if used > 0 && used+1+w > room {
			end(true)
		}
		for used == 0 && w > room && !t.flow { // a word longer than a line
			line = fitting(word, room)
			word = word[len(line):]
			w = columns(word)
			end(false)
		}
		switch {
		case word == "":
		case used == 0:
			line, used = word, w
		default:
			line += " " + word
			used += 1 + w
		}
	}
	if used > 0 {
		end(false)
	}
}

// fitting returns the longest beginning of word that fits into n columns, at least
// one letter. Combining marks stay with their letter.
func fitting(word string, n int) string {
	used := 0
	for i, r := range word {
		w := runeColumns(r)
		if i > 0 && used+w > n {
			return word[:i]
		}
		used += w
	}
	return word
}
