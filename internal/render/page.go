package render

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// page is a digest as a reader is told it, in this order. All words in it are
// cleaned and bounded; none is escaped for any form.
type page struct {
	Lang      string
	Title     string
	Date      string
	Window    string
	Late      string   // "" when the edition is on time
	Missed    string   // "" when it stands in for no other
	Page      *line    // where it can be read on the pages; nil when they have no public address
	Quiet     []string // what stands in place of stories when there are none
	Sections  []section
	HeldHead  string
	Held      []cited
	FigHead   string
	Figures   []boxed
	AheadHead string
	Ahead     []boxed
	SideHead  string
	Sides     []line
	AskHead   string
	Ask       *story // the question; nil when there is none
	AcctHead  string
	Account   []line

	// What a layout with a limit leaves out, as counted lines.
	More        string
	MoreFigures string
}

// section is the stories of one heading.
type section struct {
	Heading string
	Stories []story
}

// story is one story as told.
type story struct {
	Headline cited
	Quotes   []cited
	Lines    []line
}

// cited is words of a source with where they come from.
type cited struct {
	Text    string // with quotation marks
	Lang    string // "" when unknown
	Link    string // http or https, "" when there is none
	Address string // what the source gave for a link that is none we follow
	By      string // outlet, or the host of Link
	In      string // the language, when it is not the reader's
}

// line is one line about a story or an edition: a label and what it says.
type line struct {
	Label  string
	Spans  []span
	Strong bool // the reader must not miss it
}

// span is a part of a line. Link belongs to Text alone.
type span struct {
	Lead string
	Text string
	Tail string
	Link string
	Lang string // of Text, "" when it is ours or unknown
}

func (s span) words() string { return s.Lead + s.Text + s.Tail }

// boxed is one figure, or one meeting, of a box.
type boxed struct {
	Head  string
	Quote cited
	Lines []line
}

// page lays out the digest of f.
func (f frame) page() page {
	d := f.d
	p := page{
		Lang: string(f.w.code), Title: f.title(), Date: f.heading(), Window: f.window(),
		AcctHead: f.w.ledger, Account: f.account(d.Ledger, len(d.Held)),
	}
	switch {
	case d.Late && d.Made.IsZero():
		p.Late = f.w.lateShort
	case d.Late:
		p.Late = fmt.Sprintf(f.w.late, f.zoned(d.Made))
	}
	if d.Missed > 0 {
		p.Missed = f.count(f.w.missed, d.Missed)
	}
	if to := link(d.Page); to != "" {
		p.Page = &line{Label: f.w.page, Spans: []span{{Text: to, Link: to}}}
	}
	for _, s := range d.Sections {
		if len(s.Entries) > 0 {
			p.Sections = append(p.Sections, f.section(s))
		}
	}
	for _, l := range d.Held {
		p.Held = append(p.Held, f.cited(l.Headline, maxHeadline))
	}
	if len(p.Held) > 0 {
		p.HeldHead = f.w.held + " (" + f.integer(len(p.Held)) + ")"
	}
	f.boxes(&p)
	if q := d.Question; q != nil {
		p.AskHead, p.Ask = f.w.ask, f.question(*q)
	}
	if len(p.Sections) == 0 && len(p.Held) == 0 {
		p.Quiet = f.quiet(d.Ledger)
	}
	return p
}

// boxes adds what concerns the edition as a whole: figures, meetings, sides.
func (f frame) boxes(p *page) {
	for _, l := range f.d.Figures {
		p.Figures = append(p.Figures, f.boxed(l))
	}
	if len(p.Figures) > 0 {
		p.FigHead = f.w.figures
	}
	for _, m := range f.d.Ahead {
		p.Ahead = append(p.Ahead, f.meeting(m))
	}
	if len(p.Ahead) > 0 {
		p.AheadHead = f.w.ahead
	}
	if p.Sides = f.sideCounts(f.d.Sides); len(p.Sides) > 0 {
		p.SideHead = f.w.bySide
	}
}

// question is laid out as a story whose lines ask. Points are told to the hundredth,
// cut and not rounded: what was missing must not seem to have been there.
func (f frame) question(q news.Question) *story {
	hundredths := func(v float64) string { return f.number(math.Floor(v*100+1e-6) / 100) }
	return &story{
		Headline: f.cited(q.Headline, maxHeadline),
		Lines: []line{
			{Spans: plain(fmt.Sprintf(f.w.askLine, hundredths(q.Score), hundredths(q.Threshold)))},
			{Label: f.w.askYes, Spans: plain(q.Yes)},
			{Label: f.w.askNo, Spans: plain(q.No)},
		},
	}
}

// quiet tells a day without news from a pipe that is broken.
func (f frame) quiet(l news.Ledger) []string {
	q := []string{f.w.quiet, f.feedsRead(l)}
	if len(l.FeedsFailed) > 0 {
		q = append(q, f.w.quietFault)
	}
	return q
}

func (f frame) feedsRead(l news.Ledger) string {
	return fmt.Sprintf(f.w.feedsRead, f.integer(l.FeedsRead), f.integer(l.FeedsRead+len(l.FeedsFailed)))
}

func (f frame) section(s news.Section) section {
	out := section{Heading: tidy(s.Heading, maxTitle)}
	switch {
	case out.Heading != "":
	case s.Topic == news.SectionTop:
		out.Heading = f.w.top
	case s.Topic == news.SectionOther:
		out.Heading = f.w.other
	default:
		out.Heading = f.topic(s.Topic)
	}
	for _, e := range s.Entries {
		out.Stories = append(out.Stories, f.story(e))
	}
	return out
}

// topic is the name of a topic: the heading of its section where the edition has
// one, else that of the topics samur brings, else its slug.
func (f frame) topic(slug string) string {
	for _, s := range f.d.Sections {
		if s.Topic == slug && s.Heading != "" {
			return tidy(s.Heading, maxName)
		}
	}
	if name := f.w.topic[slug]; name != "" {
		return name
	}
	return tidy(slug, maxName)
}

func (f frame) story(e news.Entry) story {
	s := story{Headline: f.cited(e.Headline, maxHeadline)}
	for _, q := range e.Quotes {
		if strings.TrimSpace(q.Text) != "" {
			s.Quotes = append(s.Quotes, f.cited(q, maxQuote))
		}
	}
	var topics []string
	for _, t := range e.Topics {
		topics = append(topics, f.topic(t))
	}
	s.add(f.w.topics, plain(topics...))
	s.add(f.w.actors, plain(e.Actors...))
	s.Lines = append(s.Lines, f.update(e)...)
	for _, k := range e.Corrections {
		s.Lines = append(s.Lines, f.correction(k, e)...)
	}
	s.add(f.sourcesLabel(e), f.sources(e))
	if e.Coverage != nil {
		s.add(f.w.sidesHead, f.coverage(*e.Coverage))
		s.Lines = append(s.Lines, f.wordings(*e.Coverage, append(e.Quotes[:len(e.Quotes):len(e.Quotes)], e.Headline)...)...)
	}
	for _, d := range e.Differs {
		label := fmt.Sprintf(f.w.differs, f.subject(d.Indicator, d.Period))
		s.Lines = append(s.Lines, line{Label: label, Spans: f.points(d.Values), Strong: true})
	}
	s.add(f.w.why, plain(matched(e.Why)...))
	if f.explain {
		s.add(f.w.rankHead, f.rank(e.Rank))
	}
	if e.Late {
		s.Lines = append(s.Lines, line{Spans: plain(f.w.lateEntry), Strong: true})
	}
	return s
}

// add adds a line that says something.
func (s *story) add(label string, spans []span) {
	if len(spans) > 0 {
		s.Lines = append(s.Lines, line{Label: label, Spans: spans})
	}
}

// plain makes a span of each text that is not empty.
func plain(texts ...string) []span {
	var out []span
	for _, t := range texts {
		if t = tidy(t, maxQuote); t != "" {
			out = append(out, span{Text: t})
		}
	}
	return out
}

// cited is a quote of at most n runes. Of one without words the reader still learns
// who published it and where.
func (f frame) cited(q news.Quote, n int) cited {
	c := cited{Text: tidy(q.Text, n), Lang: langTag(q.Lang), Link: link(q.URL), By: tidy(q.Outlet, maxName)}
	if c.Text == "" {
		c.Text, c.Lang = f.w.untitled, ""
	} else {
		c.Text = f.inQuotes(c.Text)
	}
	if c.Link == "" {
		c.Address = tidy(q.URL, maxNote)
	} else if c.By == "" {
		c.By = hostOf(c.Link)
	}
	if q.Lang != f.w.code {
		c.In = f.w.in[q.Lang]
	}
	return c
}

// Source is who published a quote and in which language.
func (c cited) Source() span {
	s := span{Text: c.By, Link: c.Link, Tail: c.In}
	if c.By != "" && c.In != "" {
		s.Tail = ", " + c.In
	}
	return s
}

// langTag is a language as HTML and Atom name it, "" when it is not known.
func langTag(l news.Lang) string {
	switch l {
	case news.En, news.Ru, news.Az, news.Tr, news.Uk, news.Fa:
		return string(l)
	}
	return ""
}

func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return tidy(u.Hostname(), maxName)
}

// seenLate is how long after its publication a report must have been found for that to
// be said.
const seenLate = time.Hour

// sources are the outlets, earliest first, with language and time: that of publication,
// and that when it was found where it was found late. The day is said where it is
// another than that of the source before.
func (f frame) sources(e news.Entry) []span {
	var out []span
	day, found := "", ""
	for _, s := range e.Sources {
		facts := []string{tidy(string(s.Lang), maxName)}
		if at := publishedAt(s); !at.IsZero() {
			if d := f.shortDate(at); d != day {
				day = d
				facts = append(facts, d)
			}
			facts = append(facts, f.clock(at))
			if s.FirstSeen.Sub(at) >= seenLate {
				seen := f.clock(s.FirstSeen)
				if d := f.shortDate(s.FirstSeen); d != day {
					seen = f.shortStamp(s.FirstSeen)
				}
				if seen != found { // polled at once, most are found at once
					found = seen
					facts = append(facts, fmt.Sprintf(f.w.seenAt, seen))
				}
			}
		}
		if s.Copy {
			facts = append(facts, f.w.copied)
		}
		facts = slices.DeleteFunc(facts, func(s string) bool { return s == "" })
		name, to := tidy(s.Outlet, maxName), link(s.URL)
		if name == "" {
			name = hostOf(to)
		}
		sp := span{Text: name, Link: to}
		if len(facts) > 0 {
			sp.Tail = " (" + strings.Join(facts, ", ") + ")"
		}
		if sp.words() != "" {
			out = append(out, sp)
		}
	}
	return out
}

// sourcesLabel says how many of the sources count and whose time theirs are in.
func (f frame) sourcesLabel(e news.Entry) string {
	in := f.zone
	if e.Voices > 0 {
		in = f.count(f.w.voices, e.Voices) + "; " + in
	}
	return fmt.Sprintf(f.w.sources, in)
}

func publishedAt(s news.Source) time.Time {
	if s.Published.IsZero() {
		return s.FirstSeen
	}
	return s.Published
}

// points are the values that sources disagree on, side by side, each with its source.
func (f frame) points(ps []news.FigurePoint) []span {
	var out []span
	for _, p := range ps {
		s := span{Text: f.value(p.Figure), Link: link(p.URL)}
		if by := tidy(p.Outlet, maxName); by != "" {
			s.Lead, s.Text = s.Text+" — ", by
		}
		out = append(out, s)
	}
	return out
}

// rank is the sum of a story's rank and the terms that make it, those that are worth
// nothing left out.
func (f frame) rank(terms []news.Term) []span {
	var out []span
	sum := 0.0
	for _, t := range terms {
		sum += t.Points
		name := f.w.rank[t.Name]
		if name == "" {
			name = tidy(t.Name, maxName)
		}
		if t.Points != 0 {
			out = append(out, plain(name+" "+f.number(t.Points))...)
		}
	}
	return append(plain(f.number(math.Round(100*sum)/100)), out...)
}

// maxWhy is how many of the words that decided are shown; samur explain has them all.
const maxWhy = 5

// matched are the words that spoke for a story most, each once.
func matched(why []news.Evidence) []string {
	why = slices.Clone(why)
	slices.SortStableFunc(why, func(a, b news.Evidence) int {
		switch {
		case a.Points > b.Points:
			return -1
		case a.Points < b.Points:
			return 1
		}
		return 0
	})
	var out []string
	for _, e := range why {
		form := tidy(e.Form, maxName)
		if e.Points > 0 && form != "" && !slices.Contains(out, form) && len(out) < maxWhy {
			out = append(out, form)
		}
	}
	return out
}

func (f frame) boxed(l news.FigureLine) boxed {
	b := boxed{Head: f.statement(l.Figure)}
	b.Quote = f.cited(news.Quote{Text: l.Figure.Sentence, URL: l.Source.URL, Outlet: l.Source.Outlet, Lang: l.Source.Lang}, maxQuote)
	if l.Previous != nil {
		g := *l.Previous
		said := f.value(g)
		if p := f.period(g.Period); p != "" {
			said += " (" + p + ")"
		}
		b.Lines = append(b.Lines, line{Label: f.w.last, Spans: append(plain(said), f.giver(l.From)...)})
	}
	if l.Conflict {
		b.Lines = append(b.Lines, line{Spans: plain(f.w.conflict), Strong: true})
	}
	return b
}

// account is the ledger in words. Every number of it is shown, also when they do
// not add up: then that is said.
func (f frame) account(l news.Ledger, held int) []line {
	out := []line{{Spans: plain(f.window())}, {Spans: plain(f.feedsRead(l))}}
	out = f.faults(out, f.w.failed, l.FeedsFailed, true)
	out = f.faults(out, f.w.stale, l.FeedsStale, false)
	out = f.faults(out, f.w.gaps, l.Gaps, false)
	sum := fmt.Sprintf(f.w.account, f.integer(l.Seen+l.Parted), f.integer(l.Told), f.integer(l.Held), f.integer(l.Repeated), f.integer(l.Rejected))
	out = append(out, line{Label: f.w.seen, Spans: plain(sum)})
	if !l.Balances() {
		parts := f.integer(l.Told + l.Held + l.Repeated + l.Rejected)
		out = append(out, line{Spans: plain(fmt.Sprintf(f.w.unequal, parts)), Strong: true})
	}
	if l.Parted > 0 {
		out = append(out, line{Label: f.w.parted, Spans: plain(f.integer(l.Parted))})
	}
	if l.Stories+held > 0 {
		out = append(out, line{Label: f.w.accounted, Spans: plain(fmt.Sprintf(f.w.inFull, f.integer(l.Stories), f.integer(held)))})
	}
	if l.Archived > 0 {
		out = append(out, line{Label: f.w.archived, Spans: plain(f.integer(l.Archived))})
	}
	if l.Polls > 0 {
		out = append(out, line{Label: f.w.polls, Spans: plain(f.integer(l.Polls))})
	}
	return slices.DeleteFunc(out, func(l line) bool { return len(l.Spans) == 0 })
}

// faults adds a line that names feeds in trouble. A failed feed always has a cause; what
// the machines said, with the address that was asked, is for the keeper and not for
// readers, and stands in the JSON form alone.
func (f frame) faults(out []line, label string, faults []news.FeedFault, failed bool) []line {
	var spans []span
	for _, x := range faults {
		var facts []string
		if failed || x.Cause != news.CauseNone {
			facts = append(facts, f.cause(x.Cause))
		}
		if !x.Since.IsZero() {
			facts = append(facts, fmt.Sprintf(f.w.since, f.shortStamp(x.Since)))
		}
		if note := tidy(x.Note, maxNote); note != "" && !failed {
			facts = append(facts, note)
		}
		name := tidy(x.Feed, maxName)
		if len(facts) > 0 {
			name = strings.TrimSpace(name + " (" + strings.Join(facts, "; ") + ")")
		}
		spans = append(spans, plain(name)...)
	}
	if len(spans) == 0 {
		return out
	}
	return append(out, line{Label: label, Spans: spans, Strong: failed})
}

func (f frame) cause(c news.Cause) string {
	if s := f.w.cause[c]; s != "" {
		return s
	}
	return tidy(string(c), maxName)
}
