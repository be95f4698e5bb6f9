package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"samur/internal/news"
	"samur/internal/pattern"
)

// indicator is the name of an indicator, or its id where the language has none.
func (f frame) indicator(id string) string {
	if name := f.w.indicator[id]; name != "" {
		return name
	}
	return tidy(id, maxName)
}

// subject is what a figure is about: its indicator and its period.
func (f frame) subject(indicator, period string) string {
	s := f.indicator(indicator)
	if p := f.period(period); p != "" {
		s += ", " + p
	}
	return s
}

// annual is the period of a figure that holds for any year.
const annual = "annual"

// value is a figure's number with its unit, as the source gives it: a range stays a
// range and "about" stays about.
func (f frame) value(g news.Figure) string {
	n := f.number(g.Value)
	if g.High != 0 {
		n += "–" + f.number(g.High)
	}
	s := f.unit(n, g)
	if p := f.w.approx[g.Approx]; p != "" {
		s = fmt.Sprintf(p, s)
	}
	if g.Period == annual {
		s = fmt.Sprintf(f.w.annual, s)
	}
	return s
}

// unit puts the unit to the number n of g: "bn USD" is a scale and a unit, "USD/t" a unit
// and what it is the price of, "flights/week" one and how often.
func (f frame) unit(n string, g news.Figure) string {
	if of, per, ok := strings.Cut(g.Unit, "/"); ok && f.w.per[per] != "" {
		g.Unit = of
		return fmt.Sprintf(f.w.per[per], f.unit(n, g))
	}
	name, scaled := g.Unit, false
	if first, rest, ok := strings.Cut(g.Unit, " "); ok && f.w.scale[first] != "" {
		name, scaled = rest, true
		n += " " + f.w.scale[first]
	}
	p := f.w.unit[name]
	if p == nil {
		if scaled {
			return strings.TrimSpace(n + " " + tidy(name, maxName))
		}
		return strings.TrimSpace(n + " " + tidy(g.Unit, maxName))
	}
	last := g.Value
	if g.High != 0 {
		last = g.High
	}
	const many, few = 5, 2 // numbers whose forms those are
	switch {
	case scaled || g.Approx != "" && last != 1:
		return fmt.Sprintf(p[f.w.form(many)], n)
	case last != math.Trunc(last):
		return fmt.Sprintf(p[f.w.form(few)], n)
	}
	return fmt.Sprintf(p[f.w.form(int(math.Mod(math.Abs(last), 1000)))], n)
}

var (
	yearPattern   = pattern.Lazy(`^[12]\d{3}$`)
	monthPattern  = pattern.Lazy(`^([12]\d{3})-(0[1-9]|1[0-2])$`)
	firstPattern  = pattern.Lazy(`^([1-9]|1[0-2])M([12]\d{3})$`)
	toDatePattern = pattern.Lazy(`^([12]\d{3}) YTD$`)
)

// period is a period in the reader's words; one of an unknown shape stays as it is.
func (f frame) period(p string) string {
	switch m := firstPattern().FindStringSubmatch(p); {
	case p == annual: // stands with the value
		return ""
	case yearPattern().MatchString(p):
		return p
	case monthPattern().MatchString(p):
		name, year := f.month(p)
		return name + " " + year
	case m != nil:
		n, _ := strconv.Atoi(m[1]) // digits, by the pattern
		if n == 1 {
			return f.w.months[0] + " " + m[2]
		}
		return f.w.months[0] + "–" + f.w.months[n-1] + " " + m[2]
	case toDatePattern().MatchString(p):
		return fmt.Sprintf(f.w.toDate, strings.TrimSuffix(p, " YTD"))
	}
	if from, to, ok := strings.Cut(p, "/"); ok {
		return f.between(p, from, to)
	}
	return tidy(p, maxName)
}

// month takes "2024-03" apart. p matches monthPattern.
func (f frame) month(p string) (name, year string) {
	m := monthPattern().FindStringSubmatch(p)
	n, _ := strconv.Atoi(m[2]) // 1 to 12, by the pattern
	return f.w.months[n-1], m[1]
}

// between is a period of several months or years.
func (f frame) between(p, from, to string) string {
	switch {
	case yearPattern().MatchString(from) && yearPattern().MatchString(to):
		return from + "–" + to
	case monthPattern().MatchString(from) && monthPattern().MatchString(to):
		a, year := f.month(from)
		b, last := f.month(to)
		if year == last {
			return a + "–" + b + " " + year
		}
		return a + " " + year + " – " + b + " " + last
	}
	return tidy(p, maxName)
}

// change is the movement that a source states with a figure, "" when it states none.
func (f frame) change(c *news.Change) string {
	if c == nil {
		return ""
	}
	var s string
	switch c.Direction {
	case "up":
		s = f.movement(f.w.up, c)
	case "down":
		s = f.movement(f.w.down, c)
	case "flat":
		s = f.w.flat
	default:
		return ""
	}
	if base := f.period(c.Base); base != "" {
		s += " (" + fmt.Sprintf(f.w.against, base) + ")"
	}
	return s
}

func (f frame) movement(w changeWords, c *news.Change) string {
	switch {
	case c.Percent != 0:
		return fmt.Sprintf(w.percent, fmt.Sprintf(f.w.pct, f.number(c.Percent)))
	case c.Times != 0:
		return fmt.Sprintf(w.times, f.number(c.Times))
	}
	return w.alone
}

// statement is a figure in one line: what, when, how much, how it moved, who counted.
func (f frame) statement(g news.Figure) string {
	s := f.subject(g.Indicator, g.Period) + ": " + f.value(g)
	if c := f.change(g.Change); c != "" {
		s += ", " + c
	}
	if who := tidy(g.Counter, maxName); who != "" {
		s += "; " + fmt.Sprintf(f.w.counted, who)
	}
	return s
}
