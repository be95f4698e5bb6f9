package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
)

// print writes the dossier for people to read: what matters first, the reports last.
func (x dossier) print(w io.Writer) {
	o := records.StoryOf(x.Input, x.Course)
	say(w, "%s  %s", o.ID, plain(o.Title))
	say(w, "%s since %s; first seen %s, last %s", o.State, stamp(o.Since), stamp(o.First), stamp(o.Last))
	topics := "no topic of its own"
	if len(o.Topics) > 0 {
		topics = strings.Join(o.Topics, ", ")
	}
	say(w, "%s; %s; %s", plural(o.Voices, "independent outlet"), plural(len(o.Members), "report"), topics)
	if o.Series != "" {
		say(w, "one of a series: %s", plain(o.Series))
	}
	x.printSides(w)
	x.printDiffering(w)
	x.printFigures(w)
	x.printCourse(w)
	x.printTold(w)
	x.printCorrections(w)
	x.printReports(w, o.Members)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// heading starts a part of the dossier.
func heading(w io.Writer, name string) { say(w, "\n%s", name) }

// capitals are the parties by where they sit.
var capitals = map[news.Side]string{news.SideAz: "Baku", news.SideRu: "Moscow", news.SideOther: "elsewhere"}

func (x dossier) printSides(w io.Writer) {
	heading(w, "SIDES")
	for i, s := range x.Cover.Sides {
		when := "first"
		switch {
		case i > 0 && s.Lag == 0:
			when = "with it"
		case i > 0:
			when = lagWords(s.Lag) + " later"
		}
		at := "at"
		if s.At.Equal(s.First.FirstSeen) {
			at = "seen at" // its feed gave no time that could be trusted
		}
		say(w, "  %-10s%s %s %s by %s; %s, %s", capitals[s.Side], when, at, stamp(s.At), plain(s.First.Outlet),
			plural(s.Voices, "independent outlet"), plural(s.Items, "report"))
	}
	for _, s := range x.Cover.Silent {
		say(w, "  %-10ssilent, though %d of its %s were read without fault", capitals[s.Side], s.Outlets, plural(s.Configured, "outlet"))
	}
}

// lagWords writes a lag as people do: "2 d 3 h", "1 h 20 min".
func lagWords(d time.Duration) string {
	d = d.Round(time.Minute)
	days, hours, minutes := d/(24*time.Hour), d%(24*time.Hour)/time.Hour, d%time.Hour/time.Minute
	var parts []string
	if days > 0 {
		parts = append(parts, fmt.Sprintf("%d d", days))
	}
	if hours > 0 {
		parts = append(parts, fmt.Sprintf("%d h", hours))
	}
	if minutes > 0 && days == 0 || len(parts) == 0 {
		parts = append(parts, fmt.Sprintf("%d min", minutes))
	}
	return strings.Join(parts, " ")
}

func (x dossier) printDiffering(w io.Writer) {
	if len(x.Cover.Figures)+len(x.Cover.Words) == 0 {
		return
	}
	heading(w, "BAKU AND MOSCOW DIFFER")
	for _, f := range x.Cover.Figures {
		say(w, "  %s", strings.TrimSpace(f.Indicator+" "+f.Period))
		for _, v := range f.Values {
			say(w, "    %-10s%s (%s): %s", capitals[v.Side], records.Value(v.Point.Figure), plain(v.Point.Outlet), plain(v.Point.Figure.Sentence))
		}
	}
	for _, k := range x.Cover.Words {
		say(w, "  %s alone says %q, in %s: %s (%s)", capitals[k.Side], plain(k.Form), plural(k.Voices, "outlet"), plain(k.Quote.Text), plain(k.Quote.Outlet))
	}
}

func (x dossier) printFigures(w io.Writer) {
	if len(x.Figures) == 0 {
		return
	}
	heading(w, "FIGURES")
	for _, f := range x.Figures {
		line := fmt.Sprintf("%s %s", f.Figure.Indicator, records.Value(f.Figure))
		if f.Figure.Period != "" {
			line += ", " + f.Figure.Period
		}
		line += " (" + plain(f.Outlet) + ")"
		if p := f.Before; p != nil {
			line += "; before it " + records.Value(p.Figure) + ", " + cmp.Or(p.Figure.Period, stamp(p.Published)) + " (" + plain(p.Outlet) + ")"
		}
		say(w, "  %s", line)
	}
}

func (x dossier) printCourse(w io.Writer) {
	heading(w, "WHAT EACH REPORT ADDED")
	for i, d := range x.Course.Steps {
		note := ""
		switch {
		case i == 0:
			note = "; first report"
		case d.FirstSide:
			note = "; first from " + capitals[d.Source.Side]
		}
		say(w, "  %s  %s (%s, %s)%s", stamp(d.At), plain(d.Source.Outlet), d.Source.Side, d.Source.Lang, note)
		if text := cmp.Or(d.Sentence.Text, d.Source.Title); text != "" {
			say(w, "    %s", plain(text))
		}
		for _, f := range d.Figures {
			say(w, "    figure: %s", strings.TrimSpace(f.Indicator+" "+records.Value(f)+" "+f.Period))
		}
		if names := x.actorNames(d.Actors); len(names) > 0 {
			say(w, "    names: %s", plain(strings.Join(names, ", ")))
		}
	}
}

// reasons are the words for why a story was told again.
var reasons = map[news.Reason]string{
	news.ReasonCorrected: "again, for it was corrected", news.ReasonFigure: "again, with a new figure",
	news.ReasonSide: "again, for the other side spoke", news.ReasonFact: "again, with something new",
}

func (x dossier) printTold(w io.Writer) {
	heading(w, "TOLD")
	if len(x.Told) == 0 {
		say(w, "  not yet")
	}
	for _, t := range x.Told {
		why := cmp.Or(reasons[t.Reason], string(t.Reason))
		if why != "" {
			why = ", " + why
		}
		say(w, "  in %s of %s%s", t.Digest, stamp(t.Slot), why)
	}
}

func (x dossier) printCorrections(w io.Writer) {
	if len(x.Course.Corrections) == 0 {
		return
	}
	heading(w, "REWORDED")
	for _, c := range x.Course.Corrections {
		say(w, "  %s  %s (%s) %s; item %s", stamp(c.At), plain(c.Outlet), c.Side, whatChanged(c.Kind, c.Silent), c.Item)
		say(w, "    was: %s", plain(c.Old))
		say(w, "    now: %s", plain(c.New))
	}
}

// whatChanged says what a publisher has done to a report.
func whatChanged(kind news.CorrectionKind, silent bool) string {
	if kind == news.CorrectedWithdrawn {
		return "withdrew it"
	}
	what := "changed a " + string(kind)
	if kind == news.CorrectedNegation {
		what = "says the reverse now"
	}
	if silent {
		return what + ", without a word of it"
	}
	return what + ", and said so"
}

// printReports lists the members in order of publication, copies below their original.
func (x dossier) printReports(w io.Writer, ms []records.Member) {
	heading(w, "REPORTS")
	for _, m := range ms {
		if original(ms, m) != m.Item {
			continue
		}
		say(w, "  %s  %s (%s, %s)  item %s, first seen %s", stamp(m.At), plain(m.Outlet), m.Side, m.Lang, m.Item, stamp(m.Seen))
		for _, line := range []string{m.Title, m.URL} {
			if line != "" {
				say(w, "    %s", plain(line))
			}
		}
		x.printWhy(w, ms, m)
		if m.CopyOf != "" {
			say(w, "    repeats the text of %s, which is not in this story any more", m.CopyOf)
		}
		for _, c := range ms {
			if c.Item != m.Item && original(ms, c) == m.Item {
				say(w, "    %s  the same text from %s (%s, %s)  item %s, first seen %s  %s", stamp(c.At), plain(c.Outlet), c.Side, c.Lang, c.Item, stamp(c.Seen), plain(c.URL))
			}
		}
	}
}

// printWhy says why a report is of this story: the comparison with an earlier report, or
// what was noted when it came.
func (x dossier) printWhy(w io.Writer, ms []records.Member, m records.Member) {
	e, ok := x.akin[m.Item]
	if !ok {
		if m.Why != "" {
			say(w, "    why, as noted when it came: %s", plain(m.Why))
		}
		return
	}
	outlet := e.B
	if i := slices.IndexFunc(ms, func(o records.Member) bool { return o.Item == e.B }); i >= 0 {
		outlet = ms[i].Outlet
	}
	verdict := "together"
	if !e.Together {
		verdict = "not by themselves; others of the story lie between"
	}
	if e.Veto != "" {
		verdict = render.English(e.Veto)
	}
	say(w, "    why: with %s (%s) %s points over the line: %s", e.B, plain(outlet), signed(e.Margin), plain(verdict))
	say(w, "      %s", plain(termWords(e.Parts)))
	if both := termWords(e.Shared[:min(len(e.Shared), mostTerms)]); both != "" {
		say(w, "      both have %s", plain(both))
	}
}

// mostTerms is how many shared terms are printed; JSON has all.
const mostTerms = 8

// termWords writes terms with their points, without those that come to nothing.
func termWords(ts []news.Term) string {
	var words []string
	for _, t := range ts {
		if p := signed(t.Points); p != "+0.00" && p != "-0.00" {
			words = append(words, t.Name+" "+p)
		}
	}
	return strings.Join(words, ", ")
}

func signed(f float64) string { return fmt.Sprintf("%+.2f", f) }

// original returns the item that m is a copy of in the end, as far as it is among ms.
func original(ms []records.Member, m records.Member) string {
	for range ms {
		i := slices.IndexFunc(ms, func(o records.Member) bool { return o.Item == m.CopyOf && m.CopyOf != "" })
		if i < 0 {
			break
		}
		m = ms[i]
	}
	return m.Item
}
