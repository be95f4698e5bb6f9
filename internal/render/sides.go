package render

import (
	"fmt"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"samur/internal/news"
)

// side is what the newsrooms of a side are called, or its id.
func (f frame) side(s news.Side) string {
	if name := f.w.sides[s]; name != "" {
		return name
	}
	return tidy(string(s), maxName)
}

// coverage says who told a story first, how long after it the others did, and who was
// silent. Of a story that one side tells and nobody is missing from it says nothing:
// the sources show that.
func (f frame) coverage(c news.Coverage) []span {
	if len(c.Sides)+len(c.Silent) < 2 {
		return nil
	}
	var out []span
	for i, r := range c.Sides {
		s := span{Text: tidy(r.First.Outlet, maxName), Link: link(r.First.URL), Tail: ")"}
		switch {
		case i == 0:
			s.Lead = cutName(f.w.first, f.side(r.Side))
		case r.Lag < time.Minute: // many feeds name the day alone
			s.Lead = cutName(f.w.together, f.side(r.Side))
		default:
			s.Lead = cutName(f.w.after, f.side(r.Side), f.duration(r.Lag))
		}
		out = append(out, s)
	}
	for _, s := range c.Silent {
		out = append(out, plain(fmt.Sprintf(f.w.silent, f.side(s.Side), f.count(f.w.outlets, s.Outlets)))...)
	}
	return out
}

// cutName fills a format that ends in "%s)" up to the name that stands there, which may
// be a link.
func cutName(format string, args ...any) string {
	return fmt.Sprintf(format[:len(format)-len("%s)")], args...)
}

// maxWordings is how many words of one side alone are shown.
const maxWordings = 3

// wordings are the words that one side leans on and the other does without, each in the
// sentence that has it. One of the sentences in above, which the reader has just read, is
// not printed again: its outlet says where the word is from.
func (f frame) wordings(c news.Coverage, above ...news.Quote) []line {
	var out []line
	for _, w := range c.Words[:min(len(c.Words), maxWordings)] {
		l := line{Label: fmt.Sprintf(f.w.wording, f.side(w.Side)), Spans: []span{f.quoted(w.Form, w.Quote.Lang)}}
		said := 0 // the span behind which the outlet stands
		if w.Quote.Text != "" && !slices.ContainsFunc(above, func(q news.Quote) bool { return q.Text == w.Quote.Text }) {
			l.Spans, said = append(l.Spans, f.quoted(w.Quote.Text, w.Quote.Lang)), 1
		}
		if by := tidy(w.Quote.Outlet, maxName); by != "" {
			l.Spans[said].Tail = " — " + by
		}
		out = append(out, l)
	}
	return out
}

// sideCounts are the sides' parts in what was reported.
func (f frame) sideCounts(sides []news.SideCount) []line {
	var out []line
	for _, s := range sides {
		if s.Items == 0 {
			continue
		}
		said := fmt.Sprintf(f.w.reported, f.count(f.w.outlets, s.Outlets), f.count(f.w.reports, s.Items), f.count(f.w.stories, s.Stories))
		l := line{Label: capital(f.side(s.Side)), Spans: plain(said)}
		if s.First > 0 {
			l.Spans = append(l.Spans, plain(fmt.Sprintf(f.w.ledFirst, f.count(f.w.stories, s.First)))...)
		}
		if s.Alone > 0 {
			l.Spans = append(l.Spans, plain(fmt.Sprintf(f.w.ledAlone, f.count(f.w.stories, s.Alone)))...)
		}
		out = append(out, l)
	}
	return out
}

// capital begins s with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToTitle(r)) + s[n:]
}

// duration is a time span to two figures or so: nobody needs minutes after a day.
func (f frame) duration(d time.Duration) string {
	const day = 24 * time.Hour
	d = max(d, 0)
	switch {
	case d < time.Hour:
		return fmt.Sprintf(f.w.minutes, f.integer(int(d/time.Minute)))
	case d < day:
		s := fmt.Sprintf(f.w.hours, f.integer(int(d/time.Hour)))
		if m := int(d % time.Hour / time.Minute); m > 0 {
			s += " " + fmt.Sprintf(f.w.minutes, f.integer(m))
		}
		return s
	}
	s := fmt.Sprintf(f.w.days, f.integer(int(d/day)))
	if h := int(d % day / time.Hour); h > 0 {
		s += " " + fmt.Sprintf(f.w.hours, f.integer(h))
	}
	return s
}
