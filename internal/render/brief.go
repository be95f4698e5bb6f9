package render

import (
	"slices"

	"samur/internal/news"
)

// brief lays p out in pieces for services that take short messages: each story with its
// headline, quotes and sources, what makes it return and where the sources differ, but
// without the lines that have one of the labels: what says why samur chose it is left to
// the other forms.
func (p page) brief(without ...string) news.Brief {
	b := news.Brief{Title: p.Title}
	head := news.Block{Lines: lines(p.Date, p.Window)}
	for _, s := range []string{p.Late, p.Missed} {
		if s != "" {
			head.Lines = append(head.Lines, []news.Span{{Text: s, Strong: true}})
		}
	}
	if p.Page != nil {
		head.Lines = append(head.Lines, briefLines([]line{*p.Page}, nil)...)
	}
	head.Lines = append(head.Lines, lines(p.Quiet...)...)
	add := func(block news.Block) {
		if len(block.Lines) > 0 {
			b.Blocks = append(b.Blocks, block)
		}
	}
	add(head)
	for _, s := range p.Sections {
		for i, st := range s.Stories {
			block := st.brief(without)
			if i == 0 {
				block.Heading = s.Heading
			}
			add(block)
		}
	}
	for i, c := range p.Held {
		block := news.Block{Lines: [][]news.Span{c.brief()}, Link: c.Link}
		if i == 0 {
			block.Heading = p.HeldHead
		}
		add(block)
	}
	for _, x := range briefBoxes(p.FigHead, p.Figures) {
		add(x)
	}
	for _, x := range briefBoxes(p.AheadHead, p.Ahead) {
		add(x)
	}
	if p.Ask != nil {
		block := p.Ask.brief(nil)
		block.Heading = p.AskHead
		add(block)
	}
	add(news.Block{Heading: p.AcctHead, Lines: briefLines(p.Account, nil)})
	return b
}

// briefBoxes makes a block of each figure or meeting.
func briefBoxes(head string, bs []boxed) []news.Block {
	var out []news.Block
	for i, x := range bs {
		block := news.Block{Lines: [][]news.Span{{{Text: x.Head, Strong: true}}}, Link: x.Quote.Link}
		if x.Quote.Text != "" {
			block.Lines = append(block.Lines, x.Quote.brief())
		}
		block.Lines = append(block.Lines, briefLines(x.Lines, nil)...)
		if i == 0 {
			block.Heading = head
		}
		out = append(out, block)
	}
	return out
}

// lines makes a line of each text that is not empty.
func lines(texts ...string) [][]news.Span {
	var out [][]news.Span
	for _, t := range texts {
		if t != "" {
			out = append(out, []news.Span{{Text: t}})
		}
	}
	return out
}

// brief is a story: its headline, its quotes, its lines.
func (s story) brief(without []string) news.Block {
	head := s.Headline.brief()
	head[0].Strong = true
	b := news.Block{Lines: [][]news.Span{head}, Link: s.Headline.Link}
	for _, q := range s.Quotes {
		b.Lines = append(b.Lines, q.brief())
	}
	b.Lines = append(b.Lines, briefLines(s.Lines, without)...)
	return b
}

// brief is a quote with its source. The words bear the link.
func (c cited) brief() []news.Span {
	out := []news.Span{{Text: c.Text, Link: c.Link}}
	if by := c.Source().words(); by != "" {
		out = append(out, news.Span{Text: " — " + by})
	}
	return out
}

func briefLines(ls []line, without []string) [][]news.Span {
	var out [][]news.Span
	for _, l := range ls {
		if l.Label != "" && slices.Contains(without, l.Label) {
			continue
		}
		var spans []news.Span
		if l.Label != "" {
			spans = append(spans, news.Span{Text: l.Label + ": ", Strong: l.Strong})
		}
		for i, s := range l.Spans {
			if i > 0 {
				spans = append(spans, news.Span{Text: " · "})
			}
			spans = append(spans, briefSpan(s, l.Strong)...)
		}
		out = append(out, spans)
	}
	return out
}

func briefSpan(s span, strong bool) []news.Span {
	var out []news.Span
	for _, part := range []news.Span{{Text: s.Lead}, {Text: s.Text, Link: s.Link}, {Text: s.Tail}} {
		if part.Text != "" {
			part.Strong = strong
			out = append(out, part)
		}
	}
	return out
}
