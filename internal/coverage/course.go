package coverage

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
)

// What the states of a story mean in hours.
const (
	// Settling is how long the first telling lasts: a fuller report of the same morning
	// does not make a story one that develops.
	Settling = 6 * time.Hour

	// Over is how long nothing may be added to a story that goes on. Talks on Friday are
	// commented on Monday.
	Over = 3 * 24 * time.Hour
)

// stepSentences is how far into a report something new is looked for: below, agencies
// repeat what happened before, each in its own words.
const stepSentences = 5

// StateOf says where a story stands and how it came there. corrections are those of all
// its items, in any order. A report that adds nothing is no step, nor is a copy unless
// its side had been silent.
func StateOf(in Input, corrections []news.Correction) news.Course {
	rs := reportsOf(in)
	if in.Reader == nil {
		in.Reader = reading.New(in.Lexicon, reading.Lead)
	}
	c := news.Course{State: news.StoryNew, Steps: stepsOf(in.Reader, rs), Corrections: inOrder(corrections)}
	if len(rs) == 0 {
		return c
	}
	first, last := rs[0].at, rs[0].at
	c.Since = first
	for _, s := range c.Steps {
		last = s.At
		if s.At.Sub(first) > Settling && c.State == news.StoryNew {
			c.State, c.Since = news.StoryDeveloping, s.At
		}
	}
	if n := len(c.Corrections); n > 0 && !c.Corrections[n-1].At.Before(last) {
		last = c.Corrections[n-1].At
		c.State, c.Since = news.StoryCorrected, last
	}
	if in.Now.Sub(last) > Over {
		c.State, c.Since = news.StoryOver, last.Add(Over)
	}
	return c
}

func inOrder(cs []news.Correction) []news.Correction {
	out := slices.Clone(cs)
	slices.SortFunc(out, func(a, b news.Correction) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Item, b.Item), strings.Compare(a.Old, b.Old), strings.Compare(a.New, b.New))
	})
	return out
}

// stepsOf returns what each report added to those published before it.
func stepsOf(rd *reading.Reader, rs []report) []news.Development {
	told := reading.NewMemory()
	sides, read := map[news.Side]bool{}, map[string]bool{}
	var out []news.Development
	for _, r := range rs {
		if r.item == nil || len(read) == maxRead {
			continue
		}
		d := news.Development{At: r.at, Source: r.Source(r.item), FirstSide: !sides[r.Side]}
		sides[r.Side] = true
		if r.CopyOf == "" || !read[r.CopyOf] { // a text may be dated earlier where it came later
			read[r.Item] = true
			text := rd.Read(r.item)
			add(&d, told, text)
			told.Remember(text)
		}
		if len(out) == 0 || d.FirstSide || d.Sentence.Text != "" || len(d.Figures) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// add notes what a text says that was not told.
func add(d *news.Development, told *reading.Memory, text *reading.Reading) {
	for _, f := range text.Item.Figures {
		if !told.Stated(f) && !figures.Stated(d.Figures, f) {
			d.Figures = append(d.Figures, f)
		}
	}
	for _, s := range text.Statements(stepSentences) {
		if told.Compare(s).NewFigures == 0 && !told.Fact(s) {
			continue
		}
		if d.Sentence.Text == "" {
			d.Sentence = s.Quote()
		}
		for _, c := range s.Concepts {
			if actor(c) && !told.Named(c) && !slices.Contains(d.Actors, c.ID) {
				d.Actors = append(d.Actors, c.ID)
			}
		}
	}
}

// actor reports whether a concept is somebody who can do something. A bare "prime
// minister" of no side is an office without a holder, and "customs", in small letters, is
// no body either.
func actor(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person, lexicon.Company:
		return true
	case lexicon.Institution, lexicon.Organisation:
		first, _ := utf8.DecodeRuneInString(c.Name(news.En))
		return unicode.IsUpper(first) && !reading.Setting(c) && !reading.Crowd(c)
	case lexicon.Office:
		return c.Side != ""
	}
	return false
}
