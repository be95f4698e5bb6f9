package timeline

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"samur/internal/lang"
	"samur/internal/news"
)

// when is an expression of time as it stands: tokens from at to end.
type when struct {
	at, end          int
	what             what // month, weekday, dayOff …
	day, last        int  // of a month; last of a run of days
	month, year      int  // 0 when not said
	n                int  // of weekday and the offsets
	next, ago, until bool
}

// findDays finds the expressions of time.
func (s *sentence) findDays() {
	for k, f := range s.cues {
		w := when{at: f.at, end: f.end, what: f.what, n: f.n, until: k > 0 && s.cues[k-1].what == until && f.at-s.cues[k-1].end < 4}
		switch f.what {
		case month:
			w.month = f.n
			if !s.plainlyMonth(f) {
				continue
			}
			s.dayOfMonth(&w)
			s.yearOf(&w)
			if w.day == 0 && w.year == 0 && !s.monthAlone(f) {
				continue
			}
		case weekday:
			w.next = f.at > s.from && near(s.t.Tokens[f.at-1].Fold, "next", "следующ", "novbeti", "gelen")
			w.ago = f.at > s.from && near(s.t.Tokens[f.at-1].Fold, "last", "прошл", "minувш", "oten", "kecen")
		case dayOff, weekOff, monthOff, yearOff, quarter:
			if f.what == quarter {
				s.yearOf(&w)
			}
		default:
			continue
		}
		s.days = append(s.days, w)
	}
	s.numericDays()
	s.years()
}

func near(fold string, stems ...string) bool {
	p := lang.Plain(fold)
	for _, st := range stems {
		if strings.HasPrefix(p, st) {
			return true
		}
	}
	return false
}

// plainlyMonth refuses the English "may", "march" and "mar" in small letters, and the
// Azerbaijani "may" likewise.
func (s *sentence) plainlyMonth(f found) bool {
	switch s.t.Tokens[f.at].Fold {
	case "may", "march", "mar", "dec", "sep":
		return s.g.lang != news.En || s.t.Tokens[f.at].Upper
	}
	return true
}

// number returns the number at token i when it is between least and most.
func (s *sentence) number(i, least, most int) int {
	if i < s.from || i >= s.to || s.t.Tokens[i].Kind != lang.Number {
		return 0
	}
	n, err := strconv.Atoi(s.t.Tokens[i].Fold)
	if err != nil || n < least || n > most {
		return 0
	}
	return n
}

// is reports whether token i is one of words.
func (s *sentence) is(i int, words ...string) bool {
	if i < s.from || i >= s.to {
		return false
	}
	for _, w := range words {
		if s.t.Tokens[i].Fold == w {
			return true
		}
	}
	return false
}

// dayOfMonth reads the number before the month, "8 March", "8-9 марта", "с 8 по 10
// марта", "8-го марта", or behind it: "March 8-9", "martın 8-də".
func (s *sentence) dayOfMonth(w *when) {
	i := w.at - 1
	if s.is(i, "of", "го", "th", "st", "nd", "rd") {
		i--
	}
	if s.is(i, "th", "st", "nd", "rd", "-") {
		i--
	}
	if d := s.number(i, 1, 31); d != 0 {
		w.day, w.at = d, i
		if s.is(i-1, "-", "–", "—", "по", "to", "and", "и", "və") {
			if first := s.number(i-2, 1, 31); first != 0 && first < d {
				w.day, w.last, w.at = first, d, i-2
			}
		}
		return
	}
	if s.g.lang == news.Ru {
		return
	}
	if d := s.number(w.end, 1, 31); d != 0 {
		w.day, w.end = d, w.end+1
		if s.is(w.end, "-", "–", "—", "to", "and") {
			if last := s.number(w.end+1, 1, 31); last > d {
				w.last, w.end = last, w.end+2
			}
		}
		for s.is(w.end, "-", "th", "st", "nd", "rd") || s.g.lang == news.Az && s.is(w.end-1, "-") && w.end < s.to && s.t.Tokens[w.end].Kind == lang.Word {
			w.end++
		}
	}
}

// yearOf reads the year behind an expression: "March 8, 2026", "марта 2026 года". In
// Azerbaijani it may stand before: "2026-cı il martın 8-də", "2026-cı ilin mart ayında".
func (s *sentence) yearOf(w *when) {
	i := w.end
	if s.is(i, ",", "of") {
		i++
	}
	if y := s.number(i, 1990, 2079); y != 0 {
		w.year, w.end = y, i+1
		return
	}
	for i := w.at - 1; i >= max(s.from, w.at-5); i-- {
		if y := s.number(i, 1990, 2079); y != 0 && s.g.lang == news.Az {
			w.year, w.at = y, i
			return
		}
	}
}

// monthAlone reports whether a month without day and year is a time: "in March", "в
// марте", "mart ayında", "martda".
func (s *sentence) monthAlone(f found) bool {
	switch s.g.lang {
	case news.En:
		return s.is(f.at-1, "in", "early", "late", "mid", "this", "next", "last", "of", "for", "until", "by", "-", "to") && !s.is(f.end, "agreement")
	case news.Ru:
		fold := s.t.Tokens[f.at].Fold
		return strings.Contains(fold, "ск") || s.is(f.at-1, "в", "на", "начале", "конце", "середине") || strings.HasSuffix(fold, "е") && s.is(f.at-2, "в")
	}
	fold := lang.Plain(s.t.Tokens[f.at].Fold)
	return strings.HasSuffix(fold, "da") || strings.HasSuffix(fold, "de") || f.end < s.to && near(s.t.Tokens[f.end].Fold, "ay", "sonu", "evvel", "orta")
}

// numericDays reads 08.03.2026.
func (s *sentence) numericDays() {
	for i := s.from; i < s.to; i++ {
		t := &s.t.Tokens[i]
		if t.Kind != lang.Number || len(t.Fold) != 10 {
			continue
		}
		if d, err := time.Parse("02.01.2006", t.Fold); err == nil {
			s.days = append(s.days, when{at: i, end: i + 1, what: month, day: d.Day(), month: int(d.Month()), year: d.Year()})
		}
	}
}

// years reads a year by itself: "in 2026", "в 2026 году", "2026-cı ildə".
func (s *sentence) years() {
	for i := s.from; i < s.to; i++ {
		y := s.number(i, 1990, 2079)
		if y == 0 || s.dated(i) {
			continue
		}
		w := when{at: i, end: i + 1, what: yearOff, year: y}
		switch {
		case s.g.lang == news.En && s.is(i-1, "in", "early", "late", "mid", "of"):
		case s.g.lang == news.Ru && i+1 < s.to && (s.is(i+1, "г") || strings.HasPrefix(s.t.Tokens[i+1].Fold, "год")):
			w.end++
		case s.g.lang == news.Az && s.is(i+1, "-", "ci"):
			w.end += 3
		default:
			continue
		}
		s.days = append(s.days, w)
	}
}

// resolve returns the day that w names in an item published on pub, for what is to come
// or for what is over; "" when it cannot be told. ahead says that the day found lies
// behind publication.
func (w when) resolve(pub time.Time, coming bool) (day string, ahead bool) {
	if pub.IsZero() && (w.year == 0 || w.what == weekday || w.what == dayOff) {
		return "", false
	}
	today := pub.Truncate(24 * time.Hour)
	switch w.what {
	case weekday:
		d := w.weekday(today, coming)
		return d.Format(time.DateOnly), d.After(today)
	case dayOff:
		d := today.AddDate(0, 0, w.n)
		return d.Format(time.DateOnly), w.n > 0
	case weekOff:
		monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7+7*w.n)
		return monday.Format(time.DateOnly) + "/" + monday.AddDate(0, 0, 6).Format(time.DateOnly), w.n > 0
	case monthOff:
		first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, w.n, 0)
		return first.Format("2006-01"), w.n > 0
	case quarter, yearOff:
		year := w.year
		if year == 0 && w.what == yearOff {
			year = today.Year() + w.n
		} else if year == 0 {
			year = today.Year()
		}
		if w.what == quarter {
			day := fmt.Sprintf("%04d-Q%d", year, w.n)
			first, _, _ := news.DaySpan(day)
			return day, first.After(today)
		}
		return fmt.Sprintf("%04d", year), year > today.Year()
	}
	day, ahead = w.date(today, coming)
	return day, ahead && !pub.IsZero()
}

// weekday returns the Monday meant by "on Monday".
func (w when) weekday(today time.Time, coming bool) time.Time {
	ahead := (w.n - int(today.Weekday()) + 7) % 7
	switch {
	case w.next && ahead == 0:
		ahead = 7
	case w.ago, !coming && !w.next:
		if ahead > 0 || w.ago {
			ahead -= 7
		}
	}
	return today.AddDate(0, 0, ahead)
}

// date returns a date, whose year may not be said: what is to come is the next such day,
// what is over the last one. Of several months the nearest counts either way when it is
// near.
func (w when) date(today time.Time, coming bool) (day string, ahead bool) {
	year := w.year
	if year == 0 {
		year = w.nearest(today, coming)
	}
	first := time.Date(year, time.Month(w.month), max(w.day, 1), 0, 0, 0, 0, time.UTC)
	if w.day > 0 && first.Day() != w.day {
		return "", false // 31 February
	}
	switch {
	case w.day == 0:
		return first.Format("2006-01"), first.After(today)
	case w.last > 0:
		last := time.Date(year, time.Month(w.month), w.last, 0, 0, 0, 0, time.UTC)
		return first.Format(time.DateOnly) + "/" + last.Format(time.DateOnly), first.After(today)
	}
	return first.Format(time.DateOnly), first.After(today)
}

// soon is how far behind publication a day may lie that is told as over: the word for it
// is then of another tense than the one we read.
const soon = 60 * 24 * time.Hour

// nearest returns the year in which the date falls nearest to today on the side that the
// tense tells.
func (w when) nearest(today time.Time, coming bool) int {
	best, gap := today.Year(), time.Duration(1<<62)
	for y := today.Year() - 1; y <= today.Year()+1; y++ {
		first := time.Date(y, time.Month(w.month), max(w.day, 1), 0, 0, 0, 0, time.UTC)
		last := first
		if w.day == 0 {
			last = first.AddDate(0, 1, -1)
		}
		off := time.Duration(0)
		switch {
		case last.Before(today):
			off = today.Sub(last)
			if coming && off > 3*24*time.Hour {
				off += 300 * 24 * time.Hour
			}
		case first.After(today):
			off = first.Sub(today)
			if !coming && off > soon {
				off += 300 * 24 * time.Hour
			}
		}
		if off < gap {
			best, gap = y, off
		}
	}
	return best
}
