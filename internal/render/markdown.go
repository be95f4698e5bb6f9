package render

import (
	"html"
	"strings"
)

// markdown returns p as CommonMark. Everything that is not layout is escaped: what
// comes from a feed can open no link, tag, heading, table, code or formula.
func (p page) markdown() []byte {
	m := &markdownWriter{}
	m.page(p)
	return []byte(m.b.String())
}

type markdownWriter struct{ b strings.Builder }

func (m *markdownWriter) page(p page) {
	m.block("# " + escape(p.Title))
	m.block(escape(p.Date) + "  \n" + escape(p.Window))
	for _, s := range []string{p.Late, p.Missed} {
		if s != "" {
			m.block("**" + escape(s) + "**")
		}
	}
	if p.Page != nil {
		m.block(escape(p.Page.Label) + ": " + spanned(p.Page.Spans[0]))
	}
	for _, q := range p.Quiet {
		m.block(escape(q))
	}
	for _, s := range p.Sections {
		m.block("## " + escape(s.Heading))
		for _, st := range s.Stories {
			m.story(st)
		}
	}
	if len(p.Held) > 0 {
		m.block("## " + escape(p.HeldHead))
		var items []string
		for _, c := range p.Held {
			items = append(items, "- "+citation(c))
		}
		m.block(strings.Join(items, "\n"))
	}
	m.boxes(p.FigHead, p.Figures)
	m.boxes(p.AheadHead, p.Ahead)
	if len(p.Sides) > 0 {
		m.block("## " + escape(p.SideHead))
		m.list(p.Sides)
	}
	if p.Ask != nil {
		m.block("## " + escape(p.AskHead))
		m.story(*p.Ask)
	}
	m.block("---")
	m.block("## " + escape(p.AcctHead))
	m.list(p.Account)
}

func (m *markdownWriter) story(s story) {
	m.block("### " + linked(s.Headline.Text, s.Headline.Link))
	by := s.Headline.Source()
	by.Link = "" // the headline bears it
	m.block(spanned(by) + " " + escape(s.Headline.Address))
	for _, q := range s.Quotes {
		m.block("> " + citation(q))
	}
	m.list(s.Lines)
}

func (m *markdownWriter) boxes(head string, bs []boxed) {
	if len(bs) == 0 {
		return
	}
	m.block("## " + escape(head))
	for _, b := range bs {
		m.block("**" + escape(b.Head) + "**")
		if b.Quote.Text != "" {
			m.block("> " + citation(b.Quote))
		}
		m.list(b.Lines)
	}
}

// block writes one block with the empty line that ends it.
func (m *markdownWriter) block(s string) {
	if s = strings.TrimSpace(s); s != "" {
		m.b.WriteString(s + "\n\n")
	}
}

func (m *markdownWriter) list(ls []line) {
	var items []string
	for _, l := range ls {
		parts := make([]string, len(l.Spans))
		for i, s := range l.Spans {
			parts[i] = spanned(s)
		}
		text := strings.Join(parts, " · ")
		if l.Label != "" {
			text = escape(l.Label) + ": " + text
		}
		if l.Strong {
			text = "**" + text + "**"
		}
		items = append(items, "- "+text)
	}
	m.block(strings.Join(items, "\n"))
}

// citation is a quote with its source on one line, and with its address when that
// is none to follow.
func citation(c cited) string {
	s := escape(c.Text)
	if by := spanned(c.Source()); by != "" {
		s += " — " + by
	}
	return strings.TrimSpace(s + " " + escape(c.Address))
}

func spanned(s span) string { return escape(s.Lead) + linked(s.Text, s.Link) + escape(s.Tail) }

func linked(text, link string) string {
	if link == "" {
		return escape(text)
	}
	if html.UnescapeString(link) != link { // "&copy" in an address is no sign
		link = html.EscapeString(link)
	}
	return "[" + escape(text) + "](<" + link + ">)"
}

// escape makes every sign plain that CommonMark, or the dialects with tables,
// bare addresses, mentions and formulas, could take for more.
func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&', '$', '@':
			b.WriteByte('\\')
		case '+', '-', '=', '#': // the last also ends a heading
			if i == 0 || r == '#' {
				b.WriteByte('\\')
			}
		case ':':
			if strings.HasPrefix(s[i:], "://") {
				b.WriteByte('\\')
			}
		case '.', ')':
			if numbersList(s, i) || i >= 3 && strings.EqualFold(s[i-3:i], "www") {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// numbersList reports whether the sign at i of s, after nothing but digits and
// before a space, would make s an item of a list.
func numbersList(s string, i int) bool {
	return i > 0 && strings.Trim(s[:i], "0123456789") == "" && (i+1 == len(s) || s[i+1] == ' ')
}
