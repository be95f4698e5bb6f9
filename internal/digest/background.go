package digest

import (
	"strings"
	"unicode"

	"samur/internal/news"
)

// key names a sentence whatever its marks, capitals and spaces: agencies paste their
// background from report to report.
func key(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// printed returns the sentences of quotes.
func printed(quotes []news.Quote) map[string]bool {
	out := map[string]bool{}
	for _, q := range quotes {
		out[key(q.Text)] = true
	}
	return out
}

// upFront is how many sentences at the head of a text are its news, even where another
// story has them too.
const upFront = 2

// findBackground finds the sentences that several of the told stories have.
func (b *builder) findBackground(told []*candidate) {
	owner := map[string]*candidate{}
	for _, c := range told {
		for _, it := range c.tell {
			for _, s := range b.reader.Read(it).Sentences {
				if s.Field == news.FieldTitle || !s.Quotable() {
					continue
				}
				k := key(s.Text)
				if o, ok := owner[k]; ok && o != c {
					b.shared[k] = true
				} else {
					owner[k] = c
				}
			}
		}
	}
}

// background reports whether a sentence is no news: it was printed already, here or in
// the last editions, or stands far down in the reports of several stories.
func (b *builder) background(o offer) bool {
	k := key(o.Text)
	return b.printed[k] || o.place >= upFront && b.shared[k]
}
