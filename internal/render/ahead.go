package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// giver is who gave a figure that was known before, and when.
func (f frame) giver(s *news.Source) []span {
	if s == nil {
		return nil
	}
	by := span{Text: tidy(s.Outlet, maxName), Link: link(s.URL)}
	if by.Text == "" {
		by.Text = hostOf(by.Link)
	}
	if at := publishedAt(*s); !at.IsZero() {
		by.Tail = ", " + f.date(at)
	}
	if by.Text == "" {
		return nil
	}
	return []span{by}
}

// meeting is what is planned, with the sentence that says so.
func (f frame) meeting(m news.Meeting) boxed {
	o := m.Occasion
	what := f.w.event[o.Kind]
	if what == "" {
		what = tidy(string(o.Kind), maxName)
	}
	if who := tidy(strings.Join(m.Who, ", "), maxQuote); who != "" {
		what += ": " + who
	}
	facts := []string{f.dayOf(o.Day), what, tidy(m.Where, maxName)}
	if o.State != news.EventPlanned {
		facts = append(facts, f.w.eventState[o.State])
	}
	facts = slices.DeleteFunc(facts, func(s string) bool { return s == "" })
	b := boxed{Head: capital(strings.Join(facts, " · "))}
	if doc := tidy(o.Document, maxQuote); doc != "" {
		b.Lines = append(b.Lines, line{Label: f.w.document, Spans: plain(doc)})
	}
	if m.Quote.Text != "" {
		b.Quote = f.cited(m.Quote, maxQuote)
	}
	return b
}

// dayOf is the day of an event as far as it is known: a day, a run of days, a month or a
// period.
func (f frame) dayOf(s string) string {
	from, to, run := strings.Cut(s, "/")
	a, err := time.ParseInLocation(time.DateOnly, from, f.loc)
	if err == nil && !run {
		return fmt.Sprintf(f.w.weekday, f.w.weekdays[a.Weekday()], f.date(a))
	}
	if b, errTo := time.ParseInLocation(time.DateOnly, to, f.loc); err == nil && errTo == nil {
		return f.days(a, b)
	}
	return f.period(s)
}
