// Package coverage tells how the sides told one story, and how the story went on: which
// side reported first and how far behind the others were, which of Baku and Moscow stayed
// silent although it was read, where their numbers and key words differ, what each report
// added to what was known, and what was reworded afterwards.
//
// All of it is a function of the story, the items and the polls; the order in which they
// are given does not matter, which TestOrderDoesNotMatter tries to break. Words are quoted
// and numbers copied, with the report that has them. What is not certain is not said: a
// side whose feeds were in trouble is not silent, and a word counts as one side's own only
// when most of its outlets lean on it and no report of the other side has it. The package
// does not say what any of it means.
//
// Read Of first, then StateOf and Corrections.
package coverage

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
)

// Input is what is known of one story.
type Input struct {
	Story   news.Story  // with the members to look at
	Items   []news.Item // its members whose text is stored, in any order
	Polls   *Polls      // nil when they are not known: then no side is called silent
	Now     time.Time
	Lexicon *lexicon.Lexicon
	Reader  *reading.Reader // one that may have read Items already; nil for one of its own
}

// parties are the sides whose silence, numbers and words are held against each other.
var parties = []news.Side{news.SideAz, news.SideRu}

// maxRead bounds the originals of a story that are read, the earliest first. The others
// are still counted.
const maxRead = 60

// Of says how the sides told a story.
func Of(in Input) news.Coverage {
	rs := reportsOf(in)
	if len(rs) == 0 {
		return news.Coverage{}
	}
	if in.Reader == nil {
		in.Reader = reading.New(in.Lexicon, reading.Lead)
	}
	return news.Coverage{
		Sides:   sidesOf(rs),
		Silent:  silent(in, rs),
		Figures: figuresApart(rs),
		Words:   wordings(in.Reader, rs),
	}
}

// SidesOf is that part of Of which takes no reading.
func SidesOf(in Input) []news.SideReport { return sidesOf(reportsOf(in)) }

// InOrder returns the members of a story in the order in which they were published.
func InOrder(in Input) []news.Member {
	var out []news.Member
	for _, r := range reportsOf(in) {
		out = append(out, r.Member)
	}
	return out
}

// Began returns when a story was first reported, zero when it has no members.
func Began(in Input) time.Time {
	rs := reportsOf(in)
	if len(rs) == 0 {
		return time.Time{}
	}
	return rs[0].at
}

// report is one member of a story.
type report struct {
	news.Member
	item *news.Item // nil when its text is gone
	at   time.Time
}

// reportsOf returns the members of a story in the order in which they were published.
func reportsOf(in Input) []report {
	items := make(map[string]*news.Item, len(in.Items))
	for i := range in.Items {
		items[in.Items[i].ID] = &in.Items[i]
	}
	rs := make([]report, len(in.Story.Members))
	for i, m := range in.Story.Members {
		it := items[m.Item]
		rs[i] = report{Member: m, item: it, at: PublishedAt(m, it)}
	}
	slices.SortFunc(rs, func(x, y report) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.Seq, y.Seq), strings.Compare(x.Item, y.Item))
	})
	return rs
}

// PublishedAt returns when a member was published, as far as that can be trusted: its
// feed's own date, unless it is a mere day or later than the item was seen; else when
// the item was first seen. it is nil when its text is gone.
func PublishedAt(m news.Member, it *news.Item) time.Time {
	if it == nil || it.Dated != news.DatedFeed || it.Published.IsZero() || it.Published.After(m.FirstSeen) || mereDay(it.Published) {
		return m.FirstSeen
	}
	return it.Published
}

// mereDay reports whether t is midnight in Greenwich, Moscow or Baku: what a date without
// a time of day is read as.
func mereDay(t time.Time) bool {
	t = t.UTC()
	if t.Minute() != 0 || t.Second() != 0 || t.Nanosecond() != 0 {
		return false
	}
	return t.Hour() == 0 || t.Hour() == 20 || t.Hour() == 21
}

// originals returns the reports of a side, or of all sides for "", that have words of
// their own.
func originals(rs []report, side news.Side) []report {
	var out []report
	for _, r := range rs {
		if r.item != nil && r.CopyOf == "" && (side == "" || r.Side == side) && len(out) < maxRead {
			out = append(out, r)
		}
	}
	return out
}

// sidesOf sums up the reports of each side, the one that was first at the head. A
// newsroom that passes on another's text has told the story too, but is no voice.
func sidesOf(rs []report) []news.SideReport {
	var out []news.SideReport
	voices := map[string]bool{}
	for _, r := range rs {
		i := slices.IndexFunc(out, func(s news.SideReport) bool { return s.Side == r.Side })
		if i < 0 {
			i = len(out)
			out = append(out, news.SideReport{Side: r.Side, First: r.Source(r.item), At: r.at, Lag: r.at.Sub(rs[0].at)})
		}
		out[i].Items++
		if r.CopyOf == "" && !voices[string(r.Side)+r.Outlet] {
			voices[string(r.Side)+r.Outlet] = true
			out[i].Voices++
		}
	}
	return out
}

// silent returns the parties that told nothing although they were read.
func silent(in Input, rs []report) []news.Silence {
	if in.Polls == nil {
		return nil
	}
	var out []news.Silence
	for _, side := range parties {
		if slices.ContainsFunc(rs, func(r report) bool { return r.Side == side }) {
			continue
		}
		if s, ok := in.Polls.silence(side, rs[0].at, in.Now); ok {
			out = append(out, s)
		}
	}
	return out
}

// figuresApart returns the numbers that Baku and Moscow give differently.
func figuresApart(rs []report) []news.SideFigure {
	var items []*news.Item
	side := map[string]news.Side{}
	for _, party := range parties {
		for _, r := range originals(rs, party) {
			side[r.Item] = party
		}
	}
	for _, r := range rs {
		if side[r.Item] != "" {
			items = append(items, r.item)
		}
	}
	var out []news.SideFigure
	for _, group := range figures.BySubject(figures.PointsOf(items)) {
		claims := map[news.Side]figures.Claim{}
		for _, p := range group {
			c := claims[side[p.Item]]
			c.Figures = append(c.Figures, p.Figure)
			claims[side[p.Item]] = c
		}
		if !claims[news.SideAz].Against(claims[news.SideRu]) {
			continue
		}
		f := news.SideFigure{Indicator: group[0].Figure.Indicator, Period: group[0].Figure.Period}
		for _, p := range figures.Distinct(group) {
			f.Values = append(f.Values, news.SideValue{Side: side[p.Item], Point: p})
		}
		out = append(out, f)
	}
	return out
}
