package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
)

// frame is what a digest's own words are made with: its language, its zone and its
// day.
type frame struct {
	d    news.Digest
	w    *words
	loc  *time.Location
	zone string // as the reader is told
	day  time.Time

	explain bool // also say what a story's rank is made of
}

// newFrame returns the frame of d. A zone that this machine does not know is UTC,
// and is called so: a time is never shown under a name that is not its own.
func newFrame(d news.Digest) frame {
	f := frame{d: d, w: wordsOf(d.Lang), loc: time.UTC}
	name := d.Window.Zone
	if loc, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		f.loc = loc
	} else {
		name = "UTC"
	}
	f.zone = f.w.zones[name]
	if f.zone == "" {
		f.zone = fmt.Sprintf(f.w.zone, name)
	}
	f.day = d.Slot.At
	if f.day.IsZero() {
		f.day = d.Window.End
	}
	f.day = f.day.In(f.loc)
	return f
}

func (f frame) title() string {
	if t := clean(f.d.Title); t != "" {
		return clip(t, maxTitle)
	}
	return f.w.title
}

// date is a day with its year.
func (f frame) date(t time.Time) string {
	t = t.In(f.loc)
	return fmt.Sprintf(f.w.dayYear, t.Day(), f.w.monthsOf[t.Month()-1], t.Year())
}

// shortDate leaves out the year of the edition.
func (f frame) shortDate(t time.Time) string {
	t = t.In(f.loc)
	if t.Year() != f.day.Year() {
		return f.date(t)
	}
	return fmt.Sprintf(f.w.day, t.Day(), f.w.monthsOf[t.Month()-1])
}

func (f frame) clock(t time.Time) string { return t.In(f.loc).Format("15:04") }

func (f frame) stamp(t time.Time) string { return fmt.Sprintf(f.w.clock, f.date(t), f.clock(t)) }

func (f frame) shortStamp(t time.Time) string {
	return fmt.Sprintf(f.w.clock, f.shortDate(t), f.clock(t))
}

// zoneAt is the zone with its distance from UTC, which changes over the year.
func (f frame) zoneAt(t time.Time) string {
	_, off := t.In(f.loc).Zone()
	if off == 0 && f.zone == "UTC" {
		return "UTC"
	}
	sign := '+'
	if off < 0 {
		sign, off = '−', -off
	}
	s := fmt.Sprintf("%s, UTC%c%d", f.zone, sign, off/3600)
	if m := off % 3600 / 60; m != 0 {
		s += fmt.Sprintf(":%02d", m)
	}
	return s
}

func (f frame) zoned(t time.Time) string { return f.stamp(t) + " (" + f.zoneAt(t) + ")" }

// heading is the edition's day and time with the day of the week.
func (f frame) heading() string {
	at := fmt.Sprintf(f.w.clock, fmt.Sprintf(f.w.weekday, f.w.weekdays[f.day.Weekday()], f.date(f.day)), f.clock(f.day))
	return at + " (" + f.zoneAt(f.day) + ")"
}

// window says from when to when, with the zone once when it did not change.
func (f frame) window() string {
	from, to := f.d.Window.Start, f.d.Window.End
	switch {
	case to.IsZero():
		return ""
	case from.IsZero():
		return fmt.Sprintf(f.w.windowTo, f.zoned(to))
	case f.zoneAt(from) != f.zoneAt(to):
		return fmt.Sprintf(f.w.window, f.zoned(from), f.zoned(to))
	}
	return fmt.Sprintf(f.w.window, f.stamp(from), f.zoned(to))
}

// span is the day of the window's end, or both days when it covers several.
func (f frame) span() string {
	from, to := f.d.Window.Start, f.d.Window.End
	if to.IsZero() {
		to = f.day
	}
	const oneDay = 36 * time.Hour
	if from.IsZero() || to.Sub(from) <= oneDay {
		return f.date(to)
	}
	return f.days(from, to)
}

// days is a run of days from one to another.
func (f frame) days(from, to time.Time) string {
	switch a, b := from.In(f.loc), to.In(f.loc); {
	case a.Year() != b.Year():
		return f.date(from) + " – " + f.date(to)
	case a.Month() != b.Month():
		return fmt.Sprintf(f.w.day, a.Day(), f.w.monthsOf[a.Month()-1]) + " – " + f.date(to)
	default:
		return fmt.Sprintf("%d–%s", a.Day(), f.date(to))
	}
}

// inQuotes puts words of a source into quotation marks. Those of their own that are the
// same signs become marks of the second order, as they do in print; nothing else of them
// is changed.
func (f frame) inQuotes(s string) string {
	for i, mark := range f.w.quotes {
		s = strings.ReplaceAll(s, mark, f.w.within[i])
	}
	return f.w.quotes[0] + s + f.w.quotes[1]
}

// count says how many of what.
func (f frame) count(p plural, n int) string {
	return fmt.Sprintf(p[f.w.form(n)], f.integer(n))
}

func (f frame) integer(n int) string { return f.number(float64(n)) }

// number writes v with the decimals it has, none added and none rounded away.
func (f frame) number(v float64) string {
	const exact = 1e15 // beyond it a float64 has digits that nobody wrote
	if math.IsNaN(v) || math.Abs(v) >= exact {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	whole, frac, _ := strings.Cut(s, ".")
	if math.Abs(v) >= f.w.groups {
		whole = grouped(whole, f.w.group)
	}
	if frac != "" {
		whole += f.w.comma + frac
	}
	if v < 0 {
		return "−" + whole
	}
	return whole
}

// grouped puts sep between the thousands of a row of digits.
func grouped(digits, sep string) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	return b.String()
}
