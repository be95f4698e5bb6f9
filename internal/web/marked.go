package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/news"
)

// segment is a stretch of a text. One with a reason is shown marked.
type segment struct {
	Text    string
	Why     string // the rules that it was worth points by, "" for text that was not
	Concept string
	Points  float64
	Worth   string // Points as the reader's language writes them
}

// segments cuts a field of an item at the words that were worth points, at most n bytes
// of it. Reasons whose words overlap share a mark and add their points up. A reason whose
// place is not in the text, which only a damaged record has, is left out.
func (v *view) segments(text string, field news.Field, es []news.Evidence, n int) []segment {
	cut := len(text) > n
	if cut {
		for n > 0 && !utf8.RuneStart(text[n]) {
			n--
		}
		text = text[:n]
	}
	es = slices.DeleteFunc(slices.Clone(es), func(e news.Evidence) bool {
		return e.Field != field || e.Start < 0 || e.Start >= e.End || e.End > len(text) || e.Points == 0 ||
			!utf8.RuneStart(text[e.Start]) || e.End < len(text) && !utf8.RuneStart(text[e.End])
	})
	slices.SortStableFunc(es, func(a, b news.Evidence) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var out []segment
	at := 0
	for i := 0; i < len(es); {
		start, end := es[i].Start, es[i].End
		m := segment{}
		for ; i < len(es) && es[i].Start < end; i++ {
			end = max(end, es[i].End)
			m.Points += es[i].Points
			m.add(v.Because(es[i].Why), v.Concept(es[i].Concept))
		}
		if start > at {
			out = append(out, segment{Text: legible(text[at:start])})
		}
		m.Text, m.Worth = legible(text[start:end]), v.Signed(m.Points)
		out = append(out, m)
		at = end
	}
	if at < len(text) {
		out = append(out, segment{Text: legible(text[at:])})
	}
	if cut {
		out = append(out, segment{Text: "…"})
	}
	return out
}

// add takes a reason into a mark.
func (m *segment) add(why, concept string) {
	for _, x := range []struct {
		into *string
		s    string
	}{{&m.Why, cmp.Or(why, "?")}, {&m.Concept, concept}} {
		if x.s != "" && !strings.Contains(*x.into, x.s) {
			if *x.into != "" {
				*x.into += "; "
			}
			*x.into += x.s
		}
	}
}

// legible takes out of a text what is not to be seen or turns its direction, and keeps
// its lines and spaces.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u200C' || r == '\u200D':
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func escapeQuery(s string) string { return url.QueryEscape(s) }
