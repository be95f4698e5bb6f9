package figures

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"samur/internal/lang"
	"samur/internal/news"
)

// Marks are what pins a text to one occurrence: its numbers, the days it names,
// and ordinals. Unlike figures they need no indicator.
type Marks struct {
	Numbers  []Number
	Days     []string // "2024-08-19"
	Periods  []string // months, quarters, first months: "2024-03", "9M2024"
	Ordinals []Ordinal
}

// Number is a number in its unit without scale: 3,4 млрд долларов are 3.4e9 USD.
type Number struct {
	Value float64
	Unit  string // "" when it is not known, "%" for shares and rates
}

// Ordinal is an ordinal number and the first letters of the word it counts: the
// "meet" of "23rd meeting".
type Ordinal struct {
	N    int
	Noun string
}

// MarksOf returns the marks of the first sentences of a text. Days without a
// year take the one nearest to the date of publication.
func MarksOf(t lang.Text, published time.Time) Marks {
	x := Sentences{g: grammars()[t.Lang]}
	if x.g == nil {
		return Marks{}
	}
	t.Sentences = t.Sentences[:min(len(t.Sentences), markedSentences)]
	x.add(&t, news.FieldText)
	return x.marks(x.read, published)
}

// markedSentences is how many sentences of a text are looked at for its marks.
const markedSentences = maxSentences / 4

// Marks returns the marks of a field of the item: see MarksOf.
func (x *Sentences) Marks(f news.Field, published time.Time) Marks {
	t, of := x.item.Text(f), x.of(f)
	of = of[:min(len(of), markedSentences)]
	if x.g != grammars()[t.Lang] || len(of) < min(len(t.Sentences), markedSentences) {
		return MarksOf(*t, published) // in another language than the figures, or beyond what is read for them
	}
	return x.marks(of, published)
}

// of returns the sentences of a field.
func (x *Sentences) of(f news.Field) []reading {
	texts := slices.IndexFunc(x.read, func(rd reading) bool { return rd.s.field == news.FieldText })
	if texts < 0 {
		texts = len(x.read)
	}
	if f == news.FieldTitle {
		return x.read[:texts]
	}
	return x.read[texts:]
}

// marks returns what pins some of the sentences to one occurrence.
func (x *Sentences) marks(of []reading, published time.Time) Marks {
	var m Marks
	for i := range of {
		rd := &of[i]
		m.ordinals(rd.s)
		times := rd.findTimes(x.g)
		m.days(times, published)
		m.periods(times, published)
		for _, q := range rd.findNumbers(x.g) {
			switch {
			case q.percent:
				m.Numbers = append(m.Numbers, Number{q.value, "%"})
			case q.fold || q.value == 0:
			default:
				m.Numbers = append(m.Numbers, Number{round(q.base()), q.unit})
			}
		}
	}
	return m
}

// days adds the days among times, each of a span "18–19 August" but the first
// left out: the other reports of it will name the first.
func (m *Marks) days(times []when, pub time.Time) {
	for _, w := range times {
		if w.kind != spanDay || w.month == 0 || w.day == 0 {
			continue
		}
		year := w.year
		if year == 0 {
			if pub.IsZero() {
				m.Days = append(m.Days, fmt.Sprintf("%02d-%02d", w.month, w.day))
				continue
			}
			year = nearestYear(w.month, w.day, pub)
		}
		m.Days = append(m.Days, fmt.Sprintf("%04d-%02d-%02d", year, w.month, w.day))
	}
}

// periods adds the months and spans of months among times: what tells one report
// of a series from the next.
func (m *Marks) periods(times []when, pub time.Time) {
	for _, w := range times {
		switch w.kind {
		case spanMonth, spanMonths, spanFirst, spanHalf, spanQuarter:
			if p := w.period(pub, false); p != "" && !w.due {
				m.Periods = append(m.Periods, p)
			}
		}
	}
}

// nearestYear returns the year in which a day and month fall nearest to pub.
func nearestYear(month, day int, pub time.Time) int {
	best, gap := pub.Year(), time.Duration(1<<62)
	for y := pub.Year() - 1; y <= pub.Year()+1; y++ {
		d := pub.Sub(time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC)).Abs()
		if d < gap {
			best, gap = y, d
		}
	}
	return best
}

// ordinals adds the ordinals of s from the third on: "first" and "second" are
// said of too much.
func (m *Marks) ordinals(s *sentence) {
	for i, t := range s.toks {
		if t.kind != wordToken || t.norm == "" || t.norm[0] < '0' || t.norm[0] > '9' || i+1 >= len(s.toks) {
			continue
		}
		n, rest := 0, t.norm
		for rest != "" && rest[0] >= '0' && rest[0] <= '9' && n < 1000 {
			n, rest = n*10+int(rest[0]-'0'), rest[1:]
		}
		if !ordinalTail[rest] || n < 3 || n > 200 {
			continue
		}
		noun := s.toks[i+1].norm
		if len(noun) > 8 {
			noun = strings.ToValidUTF8(noun[:8], "")
		}
		m.Ordinals = append(m.Ordinals, Ordinal{n, noun})
	}
}

var ordinalTail = map[string]bool{"th": true, "rd": true, "nd": true, "st": true, "-ci": true}
