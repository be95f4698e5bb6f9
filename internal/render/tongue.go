package render

import (
	"fmt"
	"time"

	"samur/internal/news"
)

// Tongue speaks of stored records in the words of a digest: names, numbers, times and
// figures as a reader of one language and zone is told them. The pages use it, so that
// they and the mail call a thing by one name.
type Tongue struct{ f frame }

// In returns the Tongue of a language, English for one that has no words, and a zone.
func In(l news.Lang, zone string) Tongue {
	return Tongue{newFrame(news.Digest{Lang: l, Window: news.Window{Zone: zone}})}
}

// Topic is the name of a topic that samur brings; ok is false for any other.
func (t Tongue) Topic(slug string) (name string, ok bool) {
	name, ok = t.f.w.topic[slug]
	return name, ok
}

// Heading is the heading of a section that is no topic.
func (t Tongue) Heading(section string) string {
	if section == news.SectionTop {
		return t.f.w.top
	}
	return t.f.w.other
}

// Indicator is the name of an indicator.
func (t Tongue) Indicator(id string) string { return t.f.indicator(id) }

// Period is a period in words, "" for one that is not said.
func (t Tongue) Period(p string) string { return t.f.period(p) }

// Subject is an indicator with its period.
func (t Tongue) Subject(indicator, period string) string { return t.f.subject(indicator, period) }

// Value is a figure's number with its unit.
func (t Tongue) Value(g news.Figure) string { return t.f.value(g) }

// Change is the movement stated with a figure, "" when none is.
func (t Tongue) Change(c *news.Change) string { return t.f.change(c) }

// Cause is why a feed is in trouble.
func (t Tongue) Cause(c news.Cause) string { return t.f.cause(c) }

// Reason is why a story is told again.
func (t Tongue) Reason(r news.Reason) string { return tidy(t.f.reason(r), maxNote) }

// Language is a language as in "in Azerbaijani".
func (t Tongue) Language(l news.Lang) string { return t.f.w.in[l] }

// Number is n as the language writes it.
func (t Tongue) Number(n float64) string { return t.f.number(n) }

// Form is which form of a noun goes with n.
func (t Tongue) Form(n int) int { return t.f.w.form(n) }

// Quoted puts words into quotation marks.
func (t Tongue) Quoted(s string) string { return t.f.inQuotes(s) }

// Date is a day in words.
func (t Tongue) Date(at time.Time) string { return t.f.date(at) }

// Weekday is a day in words with the day of the week.
func (t Tongue) Weekday(at time.Time) string {
	return fmt.Sprintf(t.f.w.weekday, t.f.w.weekdays[at.In(t.f.loc).Weekday()], t.f.date(at))
}

// Month is a month of a year in words.
func (t Tongue) Month(at time.Time) string {
	at = at.In(t.f.loc)
	return fmt.Sprintf("%s %d", t.f.w.months[at.Month()-1], at.Year())
}

// WeekdayName is the name of a day of the week.
func (t Tongue) WeekdayName(d time.Weekday) string { return t.f.w.weekdays[d] }

// Zone is the zone that times are told in, with its distance from UTC at a time.
func (t Tongue) Zone(at time.Time) string { return t.f.zoneAt(at) }

// Location is that zone.
func (t Tongue) Location() *time.Location { return t.f.loc }

// Line is one line about a story or an edition: a label, "" for a sentence, and what it
// says.
type Line = line

// Box is something that stands by itself: a heading, the words of a source, and lines.
type Box = boxed

// Account is the ledger of a digest in words.
func (t Tongue) Account(d news.Digest) []Line {
	return t.of(d).account(d.Ledger, len(d.Held))
}

// Lines are what an entry tells beside its headline, quotes and sources: why it is told
// again, what was reworded, how the sides tell it.
func (t Tongue) Lines(d news.Digest, e news.Entry) []Line {
	f := t.of(d)
	out := f.update(e)
	for _, k := range e.Corrections {
		out = append(out, f.correction(k, e)...)
	}
	if e.Coverage != nil {
		out = append(out, t.Coverage(*e.Coverage)...)
	}
	return out
}

// Coverage says how the sides tell a story.
func (t Tongue) Coverage(c news.Coverage) []Line {
	s := story{}
	s.add(t.f.w.sidesHead, t.f.coverage(c))
	return append(s.Lines, t.f.wordings(c)...)
}

// Ahead is what is planned.
func (t Tongue) Ahead(d news.Digest) (heading string, boxes []Box) {
	f := t.of(d)
	for _, m := range d.Ahead {
		boxes = append(boxes, f.meeting(m))
	}
	return f.w.ahead, boxes
}

// Sides says what each side reported in a window.
func (t Tongue) Sides(d news.Digest) (heading string, lines []Line) {
	return t.f.w.bySide, t.of(d).sideCounts(d.Sides)
}

// Rank is the name of a part of a rank.
func (t Tongue) Rank(term string) string {
	if name := t.f.w.rank[term]; name != "" {
		return name
	}
	return tidy(term, maxName)
}

// Event is the name of a kind of event.
func (t Tongue) Event(k news.EventKind) string {
	if name := t.f.w.event[k]; name != "" {
		return name
	}
	return tidy(string(k), maxName)
}

// EventState is how far an event has come.
func (t Tongue) EventState(s news.EventState) string {
	if name := t.f.w.eventState[s]; name != "" {
		return name
	}
	return tidy(string(s), maxName)
}

// Day is the day of an event as far as it is known.
func (t Tongue) Day(day string) string { return t.f.dayOf(day) }

// of is the frame of a digest in t's language.
func (t Tongue) of(d news.Digest) frame {
	d.Lang = t.f.w.code
	return newFrame(d)
}

// Tidy makes words from outside fit to stand in a line of ours: at most n letters, valid,
// without control characters and without those that turn the direction of text.
func Tidy(s string, n int) string { return tidy(s, n) }

// Link returns an address from outside when a page may link to it: http or https, with a
// host and without a login. Otherwise it is "".
func Link(raw string) string { return link(raw) }
