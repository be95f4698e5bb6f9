// Package render turns a Digest into the forms it is sent and shown in: plain
// text, HTML, Markdown, JSON, a subject line, and an Atom feed of several.
//
// Text, HTML and Markdown are three layouts of one page: every sentence of ours is
// chosen once, in the digest's language, and every word from a feed is cleaned
// once (no control characters, no bidirectional overrides, bounded length), so the
// forms cannot tell different things. Each layout then escapes for itself. JSON is
// data and keeps what was read.
//
// The package decides nothing: no ranking, no choice of sentences, no arithmetic on
// figures. Where it must shorten, a mark or a counted line says so. It knows no
// clock, no file and no network, and the same digest always gives the same bytes:
// they are stored and sent again unchanged.
//
// Read Edition first, then page (what a reader is told, in order) and words (every
// string of ours, one table a language).
package render

import (
	"fmt"

	"samur/internal/news"
)

// Edition makes every form of d.
func Edition(d news.Digest) (news.Edition, error) {
	f := newFrame(d)
	p := f.page()
	html, whole, err := p.html("page", f)
	if err != nil {
		return news.Edition{}, fmt.Errorf("render digest %s: %w", d.Slot, err)
	}
	js, err := JSON(d)
	if err != nil {
		return news.Edition{}, err
	}
	return news.Edition{
		Digest: d, Subject: Subject(d), Text: p.text(false), Flowed: p.text(true), HTML: html, Page: whole,
		Markdown: p.markdown(), JSON: js, Brief: p.brief(f.w.topics, f.w.actors, f.w.why),
	}, nil
}

// maxSubject is the length of a subject in runes. Mail programs show 40 to 120.
const maxSubject = 120

// Subject returns one line for mail and chat: what edition, which days, how many
// stories, and the first headline as far as it fits.
func Subject(d news.Digest) string {
	f := newFrame(d)
	told, first := countStories(d)
	s := clip(f.title(), maxTitle/2) + " · " + f.span()
	if d.Late {
		s += " · " + f.w.lateShort
	}
	if told == 0 {
		return clip(s+" · "+f.w.quietShort, maxSubject)
	}
	s += " · " + f.count(f.w.stories, told)
	const shortest = 12 // fewer runes of a headline tell nothing
	if room := maxSubject - len([]rune(s)) - 2; room >= shortest && first != "" {
		s += ": " + clip(first, room)
	}
	return clip(s, maxSubject)
}

// countStories returns how many stories d tells in full, each once, and the first
// headline that has words.
func countStories(d news.Digest) (n int, first string) {
	seen := map[string]bool{}
	for _, s := range d.Sections {
		for _, e := range s.Entries {
			if first == "" {
				first = clean(e.Headline.Text)
			}
			if e.Story == "" || !seen[e.Story] {
				n++
			}
			seen[e.Story] = true
		}
	}
	return n, first
}
