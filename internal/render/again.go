package render

import (
	"fmt"
	"strings"

	"samur/internal/news"
)

// maxAdded is how many new figures of a story that returns are told in its line; the
// box has the rest.
const maxAdded = 5

// update says why a story that was told before is told again, and what is new.
func (f frame) update(e news.Entry) []line {
	var out []line
	if e.Reason != "" {
		l := line{Label: f.w.update, Spans: plain(f.reason(e.Reason)), Strong: true}
		if !e.Before.IsZero() {
			l.Label = fmt.Sprintf(f.w.updateOf, f.shortDate(e.Before))
		}
		for _, g := range e.Added.Figures[:min(len(e.Added.Figures), maxAdded)] {
			l.Spans = append(l.Spans, plain(f.statement(g))...)
		}
		if names := tidy(strings.Join(e.Added.Actors, ", "), maxQuote); names != "" {
			l.Spans = append(l.Spans, span{Lead: f.w.newly + ": ", Text: names})
		}
		for _, side := range e.Added.Sides {
			l.Spans = append(l.Spans, span{Lead: f.w.joined + ": ", Text: f.side(side)})
		}
		out = append(out, l)
	}
	if !e.Listed.IsZero() {
		out = append(out, line{Spans: plain(fmt.Sprintf(f.w.listed, f.shortDate(e.Listed)))})
	}
	return out
}

func (f frame) reason(r news.Reason) string {
	if s := f.w.reason[r]; s != "" {
		return s
	}
	return string(r)
}

// correction shows both wordings, each by itself.
func (f frame) correction(k news.Correction, e news.Entry) []line {
	by := span{Text: tidy(k.Outlet, maxName), Link: link(k.URL)}
	if by.Text == "" {
		by.Text = hostOf(by.Link)
	}
	var facts []string
	if !k.At.IsZero() {
		facts = append(facts, f.shortStamp(k.At))
	}
	if k.Silent {
		facts = append(facts, f.w.silently)
	}
	if len(facts) > 0 {
		by.Tail = " (" + strings.Join(facts, "; ") + ")"
	}
	var lang news.Lang
	for _, s := range e.Sources {
		if s.Item == k.Item {
			lang = s.Lang
		}
	}
	label := f.w.corrected
	if k.Kind == news.CorrectedWithdrawn {
		label = f.w.withdrawn
	}
	return []line{
		{Label: label, Spans: []span{by}, Strong: true},
		{Label: f.w.was, Spans: []span{f.quoted(k.Old, lang)}},
		{Label: f.w.now, Spans: []span{f.quoted(k.New, lang)}},
	}
}

// quoted is words of a source as a part of a line.
func (f frame) quoted(text string, l news.Lang) span {
	if text = tidy(text, maxQuote); text == "" {
		return span{Text: "—"} // a sentence that came or went
	}
	return span{Text: f.inQuotes(text), Lang: langTag(l)}
}
