package render

import (
	"strconv"
	"strings"

	"samur/internal/news"
)

// textWidth is the length of a line of text in columns. Mail is sent as it is, not
// format=flowed, so no line ends in a space. Addresses alone may be longer: they
// have a line of their own and are never broken.
const textWidth = 72

// Text returns d as plain text in UTF-8 that stands on its own.
func Text(d news.Digest) []byte {
	t := &textWriter{}
	t.page(newPage(d))
	return []byte(t.b.String())
}

type textWriter struct{ b strings.Builder }

func (t *textWriter) page(p page) {
	t.heading(p.Title, "=")
	t.para("", "", p.Date)
	t.para("", "", p.Window)
	if p.Late != "" {
		t.blank()
		t.para("* ", "  ", p.Late)
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
	t.figures(p)
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

func (t *textWriter) figures(p page) {
	if len(p.Figures) == 0 {
		return
	}
	t.blank()
	t.heading(p.FigHead, "-")
	for i, b := range p.Figures {
		if i > 0 {
			t.blank()
		}
		t.para("- ", "  ", b.Head)
		t.cited("  ", "  ", b.Quote, "")
		t.lines("  ", b.Lines)
	}
}

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
		t.b.WriteString(pad + c.Link + "\n")
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
		longest = max(longest, columns(strings.TrimSuffix(l, "\n")))
	}
	t.b.WriteString(strings.Repeat(rule, longest) + "\n")
}

func (t *textWriter) blank() { t.b.WriteByte('\n') }

// para writes s in lines of at most textWidth columns, the first behind first, the
// others behind pad. An empty s writes nothing.
func (t *textWriter) para(first, pad, s string) {
	lead, room, used := first, textWidth-columns(first), 0
	end := func() {
		t.b.WriteByte('\n')
		lead, room, used = pad, textWidth-columns(pad), 0
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' }) {
		w := columns(word)
		if used > 0 && used+1+w > room {
			end()
		}
		for used == 0 && w > room { // a word longer than a line
			head := fitting(word, room)
			t.b.WriteString(lead + head)
			word = word[len(head):]
			w = columns(word)
			end()
		}
		if word == "" {
			continue
		}
		if used == 0 {
			t.b.WriteString(lead + word)
			used = w
			continue
		}
		t.b.WriteString(" " + word)
		used += 1 + w
	}
	if used > 0 {
		t.b.WriteByte('\n')
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
