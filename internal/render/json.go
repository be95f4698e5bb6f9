package render

import (
	"encoding/json"
	"fmt"
	"time"

	"samur/internal/news"
)

//go:generate go run ./genschema json.go ../../deploy/digest.schema.json

// Schema names the shape of Document. A field may be added under this name; none
// is renamed, removed or given another meaning.
const Schema = "samur.digest/1"

// JSON returns d as one Document, indented. Times are RFC 3339 in UTC, texts are as
// the sources gave them: whoever shows them escapes them.
func JSON(d news.Digest) ([]byte, error) {
	b, err := json.MarshalIndent(NewDocument(d), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode digest %s: %w", d.Slot, err)
	}
	return append(b, '\n'), nil
}

// Document is the JSON form of a digest:
//
//	schema    "samur.digest/1"
//	slot      {digest, at}: the identity of the edition
//	subject   its subject line
//	made, late, lang, title
//	missed    editions before it that were never made, which it covers; page: where it
//	          can be read on the pages, "" when they have no public address
//	window    {start, end, zone}: what was reported; start is absent in the first
//	sections  [{topic, heading, entries}]: topic is a slug, "top" or "other"
//	  entry   {story, headline, quotes, topics, actors, sources, voices, figures,
//	          differs, why, reason, before, listed, added, corrections, coverage,
//	          late, rank, items}
//	  quote   {text, item, url, outlet, lang}
//	  source  {item, outlet, side, lang, url, title, first_seen, published, copy}
//	  differs [{indicator, period, values: [{item, outlet, url, published, figure}]}]
//	  why     [{words, field, concept, points, rule}]
//	  reason  "", "corrected", "new-figure", "other-side" or "new-fact"
//	  before  when a story that returns was told last; listed: when it had a line alone
//	  added   {figures, actors, sides}: what it has now and had not then
//	  corrections [{item, outlet, side, url, at, kind, old, new, silent}]
//	  coverage {sides: [{side, first, at, lag_seconds, items, voices}], silent: [{side,
//	          outlets, configured, since}], figures: [{indicator, period, values: [{side,
//	          point}]}], words: [{side, concept, form, voices, quote}]}
//	  rank    [{name, measure, points}]
//	held      [{story, headline, items}]: stories the caps kept back
//	question  {headline, score, threshold, missing, yes, no}: about an item that was
//	          rejected by little; absent when the edition asks none
//	figures   [{figure, source, previous, previous_source, conflict}]
//	  figure  {indicator, value, high, unit, period, change, approx, counter, sentence}
//	  change  {direction, percent, times, base}
//	ahead     [{id, kind, state, day, who, where, document, quote, reports}]: what is planned
//	  reports [{item, outlet, side, lang, url, published, state, day, sentence}]
//	sides     [{side, outlets, items, stories, first, alone}]: who reported what
//	ledger    {feeds_read, feeds_failed, feeds_stale, gaps, polls, seen, repeated,
//	          rejected, archived, told, held, stories};
//	          seen = told + held + repeated + rejected
//	  fault   {feed, cause, since, note}
//
// deploy/digest.schema.json says the same as a JSON Schema, and is made of these types.
// Lists are never null. What is not known is absent, or "" or 0 where 0 has no
// meaning of its own.
type Document struct {
	Schema   string         `json:"schema"`
	Slot     SlotDoc        `json:"slot"`
	Subject  string         `json:"subject"`
	Made     time.Time      `json:"made,omitzero"`
	Late     bool           `json:"late"`
	Lang     news.Lang      `json:"lang"`
	Title    string         `json:"title"`
	Missed   int            `json:"missed"` // editions before it that were never made, which it covers
	Page     string         `json:"page"`   // where it can be read on the pages, "" when they have no public address
	Window   WindowDoc      `json:"window"`
	Sections []SectionDoc   `json:"sections"`
	Held     []LineDoc      `json:"held"`
	Figures  []FigureBoxDoc `json:"figures"`
	Ahead    []MeetingDoc   `json:"ahead"`
	Sides    []SideCountDoc `json:"sides"`
	Question *QuestionDoc   `json:"question,omitempty"`
	Ledger   LedgerDoc      `json:"ledger"`
}

// QuestionDoc asks about an item that was rejected by little; Yes and No are the
// commands that answer.
type QuestionDoc struct {
	Headline  QuoteDoc `json:"headline"`
	Score     float64  `json:"score"`
	Threshold float64  `json:"threshold"`
	Missing   string   `json:"missing"`
	Yes       string   `json:"yes"`
	No        string   `json:"no"`
}

// SlotDoc is the identity of an edition.
type SlotDoc struct {
	Digest string    `json:"digest"`
	At     time.Time `json:"at,omitzero"`
}

// WindowDoc is the time an edition reports.
type WindowDoc struct {
	Start time.Time `json:"start,omitzero"` // absent in the first edition
	End   time.Time `json:"end,omitzero"`
	Zone  string    `json:"zone"`
}

// SectionDoc is the stories of one heading.
type SectionDoc struct {
	Topic   string     `json:"topic"` // a slug, "top" or "other"
	Heading string     `json:"heading"`
	Entries []EntryDoc `json:"entries"`
}

// EntryDoc is one story as told.
type EntryDoc struct {
	Story       string          `json:"story"`
	Headline    QuoteDoc        `json:"headline"`
	Quotes      []QuoteDoc      `json:"quotes"`
	Topics      []string        `json:"topics"` // slugs, the strongest first
	Actors      []string        `json:"actors"`
	Sources     []SourceDoc     `json:"sources"` // earliest first
	Voices      int             `json:"voices"`  // independent outlets
	Figures     []FigureDoc     `json:"figures"`
	Differs     []DifferenceDoc `json:"differs"`
	Why         []EvidenceDoc   `json:"why"`
	Reason      news.Reason     `json:"reason"`          // why a story that was told before returns; "" when it is new
	Before      time.Time       `json:"before,omitzero"` // when it was told last
	Listed      time.Time       `json:"listed,omitzero"` // when it had a line alone
	Added       AddedDoc        `json:"added"`
	Corrections []CorrectionDoc `json:"corrections"`
	Coverage    *CoverageDoc    `json:"coverage,omitempty"`
	Late        bool            `json:"late"` // published well before the window
	Rank        []TermDoc       `json:"rank"`
	Items       []string        `json:"items"` // the reports told here
}

// AddedDoc is what a story that was told before has now and had not then.
type AddedDoc struct {
	Figures []FigureDoc `json:"figures"`
	Actors  []string    `json:"actors"`
	Sides   []news.Side `json:"sides"`
}

// CorrectionDoc is a later wording of a report.
type CorrectionDoc struct {
	Item   string              `json:"item"`
	Outlet string              `json:"outlet"`
	Side   news.Side           `json:"side"`
	URL    string              `json:"url"`
	At     time.Time           `json:"at,omitzero"`
	Kind   news.CorrectionKind `json:"kind"`
	Old    string              `json:"old"`
	New    string              `json:"new"`
	Silent bool                `json:"silent"` // the publisher did not say that it was changed
}

// CoverageDoc says how the sides tell a story.
type CoverageDoc struct {
	Sides   []SideReportDoc `json:"sides"`
	Silent  []SilenceDoc    `json:"silent"`
	Figures []SideFigureDoc `json:"figures"`
	Words   []WordingDoc    `json:"words"`
}

// SideReportDoc is what one side told of a story.
type SideReportDoc struct {
	Side   news.Side `json:"side"`
	First  SourceDoc `json:"first"`
	At     time.Time `json:"at,omitzero"`
	Lag    int64     `json:"lag_seconds"` // behind the first report of the story
	Items  int       `json:"items"`
	Voices int       `json:"voices"`
}

// SilenceDoc is a side that did not tell a story although it was read.
type SilenceDoc struct {
	Side       news.Side `json:"side"`
	Outlets    int       `json:"outlets"` // of this side, read without fault since
	Configured int       `json:"configured"`
	Since      time.Time `json:"since,omitzero"`
}

// SideFigureDoc is a number that both sides give, in no value that could be true of both.
type SideFigureDoc struct {
	Indicator string         `json:"indicator"`
	Period    string         `json:"period"`
	Values    []SideValueDoc `json:"values"`
}

// SideValueDoc is a value with the side that gives it.
type SideValueDoc struct {
	Side  news.Side `json:"side"`
	Point PointDoc  `json:"point"`
}

// WordingDoc is a word that one side leans on and the other does without.
type WordingDoc struct {
	Side    news.Side `json:"side"`
	Concept string    `json:"concept"`
	Form    string    `json:"form"`
	Voices  int       `json:"voices"`
	Quote   QuoteDoc  `json:"quote"`
}

// QuoteDoc is a sentence or headline of an item.
type QuoteDoc struct {
	Text   string    `json:"text"`
	Item   string    `json:"item"`
	URL    string    `json:"url"`
	Outlet string    `json:"outlet"`
	Lang   news.Lang `json:"lang"`
}

// SourceDoc is one outlet's report.
type SourceDoc struct {
	Item      string    `json:"item"`
	Outlet    string    `json:"outlet"`
	Side      news.Side `json:"side"`
	Lang      news.Lang `json:"lang"`
	URL       string    `json:"url"`
	Title     string    `json:"title"`
	FirstSeen time.Time `json:"first_seen,omitzero"`
	Published time.Time `json:"published,omitzero"`
	Copy      bool      `json:"copy"` // repeats the text of another
}

// DifferenceDoc is a number on which sources disagree.
type DifferenceDoc struct {
	Indicator string     `json:"indicator"`
	Period    string     `json:"period"`
	Values    []PointDoc `json:"values"`
}

// PointDoc is a figure with the report that states it.
type PointDoc struct {
	Item      string    `json:"item"`
	Outlet    string    `json:"outlet"`
	URL       string    `json:"url"`
	Published time.Time `json:"published,omitzero"`
	Figure    FigureDoc `json:"figure"`
}

// FigureDoc is a number with the sentence it stands in.
type FigureDoc struct {
	Indicator string     `json:"indicator"`
	Value     float64    `json:"value"`         // in Unit, as written
	High      float64    `json:"high,omitzero"` // upper end of a range
	Unit      string     `json:"unit"`
	Period    string     `json:"period"` // "2024", "2024-03", "6M2024", "2025-11/2026-02", "2024 YTD", "annual" or ""
	Change    *ChangeDoc `json:"change,omitempty"`
	Approx    string     `json:"approx"` // "about", "more-than", "less-than", "up-to" or ""
	Counter   string     `json:"counter"`
	Sentence  string     `json:"sentence"`
}

// ChangeDoc is a movement stated together with a value.
type ChangeDoc struct {
	Direction string  `json:"direction"`
	Percent   float64 `json:"percent,omitzero"`
	Times     float64 `json:"times,omitzero"`
	Base      string  `json:"base"`
}

// EvidenceDoc is one reason why a story is told.
type EvidenceDoc struct {
	Words   string     `json:"words"`
	Field   news.Field `json:"field"`
	Concept string     `json:"concept"`
	Points  float64    `json:"points"`
	Rule    string     `json:"rule"`
}

// TermDoc is a named part of a rank.
type TermDoc struct {
	Name    string  `json:"name"`
	Measure float64 `json:"measure"` // what was counted
	Points  float64 `json:"points"`
}

// LineDoc is a story told in one line.
type LineDoc struct {
	Story    string   `json:"story"`
	Headline QuoteDoc `json:"headline"`
	Items    []string `json:"items"`
}

// FigureBoxDoc is one line of the box of figures.
type FigureBoxDoc struct {
	Figure   FigureDoc  `json:"figure"`
	Source   SourceDoc  `json:"source"`
	Previous *FigureDoc `json:"previous,omitempty"`
	From     *SourceDoc `json:"previous_source,omitempty"`
	Conflict bool       `json:"conflict"`
}

// MeetingDoc is something that is planned, with the reports that say so.
type MeetingDoc struct {
	ID       string          `json:"id"`
	Kind     news.EventKind  `json:"kind"`
	State    news.EventState `json:"state"`
	Day      string          `json:"day"`
	Who      []string        `json:"who"`
	Where    string          `json:"where"`
	Document string          `json:"document"`
	Quote    QuoteDoc        `json:"quote"`
	Reports  []MentionDoc    `json:"reports"`
}

// MentionDoc is one report of something planned, with the sentence that says so.
type MentionDoc struct {
	Item      string          `json:"item"`
	Outlet    string          `json:"outlet"`
	Side      news.Side       `json:"side"`
	Lang      news.Lang       `json:"lang"`
	URL       string          `json:"url"`
	Published time.Time       `json:"published,omitzero"`
	State     news.EventState `json:"state"`
	Day       string          `json:"day"`
	Sentence  string          `json:"sentence"`
}

// SideCountDoc is one side's part in the reports of the window.
type SideCountDoc struct {
	Side    news.Side `json:"side"`
	Outlets int       `json:"outlets"`
	Items   int       `json:"items"`
	Stories int       `json:"stories"`
	First   int       `json:"first"` // stories that it told first
	Alone   int       `json:"alone"` // stories that no other side told
}

// LedgerDoc is the account of the window.
type LedgerDoc struct {
	FeedsRead   int        `json:"feeds_read"`
	FeedsFailed []FaultDoc `json:"feeds_failed"`
	FeedsStale  []FaultDoc `json:"feeds_stale"`
	Gaps        []FaultDoc `json:"gaps"`
	Polls       int        `json:"polls"`
	Seen        int        `json:"seen"`             // with parted: told + held + repeated + rejected
	Parted      int        `json:"parted,omitempty"` // of told and held: read in an earlier window and counted there as repeated
	Repeated    int        `json:"repeated"`
	Rejected    int        `json:"rejected"`
	Archived    int        `json:"archived"`
	Told        int        `json:"told"`
	Held        int        `json:"held"`
	Stories     int        `json:"stories"`
}

// FaultDoc is a feed in trouble.
type FaultDoc struct {
	Feed  string     `json:"feed"`
	Cause news.Cause `json:"cause"`
	Since time.Time  `json:"since,omitzero"`
	Note  string     `json:"note"`
}

// NewDocument returns d in the shape of its JSON form.
func NewDocument(d news.Digest) Document {
	l := d.Ledger
	return Document{
		Schema: Schema, Slot: SlotDoc{d.Slot.Digest, d.Slot.At.UTC()}, Subject: Subject(d),
		Made: d.Made.UTC(), Late: d.Late, Lang: d.Lang, Title: newFrame(d).title(),
		Missed: d.Missed, Page: d.Page,
		Window:   WindowDoc{d.Window.Start.UTC(), d.Window.End.UTC(), d.Window.Zone},
		Sections: each(d.Sections, sectionDoc),
		Held: each(d.Held, func(l news.Line) LineDoc {
			return LineDoc{l.Story, QuoteDoc(l.Headline), list(l.Items)}
		}),
		Figures: each(d.Figures, figureBoxDoc), Ahead: each(d.Ahead, meetingDoc),
		Sides: each(d.Sides, func(s news.SideCount) SideCountDoc { return SideCountDoc(s) }), Question: questionDoc(d.Question),
		Ledger: LedgerDoc{
			FeedsRead: l.FeedsRead, FeedsFailed: each(l.FeedsFailed, faultDoc), FeedsStale: each(l.FeedsStale, faultDoc),
			Gaps: each(l.Gaps, faultDoc), Polls: l.Polls, Seen: l.Seen, Parted: l.Parted, Repeated: l.Repeated, Rejected: l.Rejected,
			Archived: l.Archived, Told: l.Told, Held: l.Held, Stories: l.Stories,
		},
	}
}

// each maps a list; the result is never nil, so that JSON has [] and not null.
func each[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}

func list(in []string) []string { return append([]string{}, in...) }

func questionDoc(q *news.Question) *QuestionDoc {
	if q == nil {
		return nil
	}
	return &QuestionDoc{QuoteDoc(q.Headline), q.Score, q.Threshold, English(q.Missing), q.Yes, q.No}
}

func sectionDoc(s news.Section) SectionDoc {
	return SectionDoc{s.Topic, s.Heading, each(s.Entries, entryDoc)}
}

func entryDoc(e news.Entry) EntryDoc {
	return EntryDoc{
		Story: e.Story, Headline: QuoteDoc(e.Headline),
		Quotes: each(e.Quotes, func(q news.Quote) QuoteDoc { return QuoteDoc(q) }),
		Topics: list(e.Topics), Actors: list(e.Actors), Sources: each(e.Sources, sourceDoc), Voices: e.Voices,
		Figures: each(e.Figures, figureDoc),
		Differs: each(e.Differs, func(d news.Difference) DifferenceDoc {
			return DifferenceDoc{d.Indicator, d.Period, each(d.Values, pointDoc)}
		}),
		Why: each(e.Why, func(w news.Evidence) EvidenceDoc {
			return EvidenceDoc{w.Form, w.Field, w.Concept, w.Points, English(w.Why)}
		}),
		Reason: e.Reason, Before: e.Before.UTC(), Listed: e.Listed.UTC(), Late: e.Late,
		Added: AddedDoc{each(e.Added.Figures, figureDoc), list(e.Added.Actors), append([]news.Side{}, e.Added.Sides...)},
		Corrections: each(e.Corrections, func(k news.Correction) CorrectionDoc {
			k.At = k.At.UTC()
			return CorrectionDoc(k)
		}),
		Coverage: coverageDoc(e.Coverage),
		Rank:     each(e.Rank, func(t news.Term) TermDoc { return TermDoc(t) }),
		Items:    list(e.Items),
	}
}

func coverageDoc(c *news.Coverage) *CoverageDoc {
	if c == nil {
		return nil
	}
	return &CoverageDoc{
		Sides: each(c.Sides, func(r news.SideReport) SideReportDoc {
			return SideReportDoc{r.Side, sourceDoc(r.First), r.At.UTC(), int64(r.Lag / time.Second), r.Items, r.Voices}
		}),
		Silent: each(c.Silent, func(s news.Silence) SilenceDoc { return SilenceDoc{s.Side, s.Outlets, s.Configured, s.Since.UTC()} }),
		Figures: each(c.Figures, func(f news.SideFigure) SideFigureDoc {
			return SideFigureDoc{f.Indicator, f.Period, each(f.Values, func(v news.SideValue) SideValueDoc {
				return SideValueDoc{v.Side, pointDoc(v.Point)}
			})}
		}),
		Words: each(c.Words, func(w news.Wording) WordingDoc {
			return WordingDoc{w.Side, w.Concept, w.Form, w.Voices, QuoteDoc(w.Quote)}
		}),
	}
}

func meetingDoc(m news.Meeting) MeetingDoc {
	o := m.Occasion
	return MeetingDoc{
		ID: o.ID, Kind: o.Kind, State: o.State, Day: o.Day, Who: list(m.Who), Where: m.Where, Document: o.Document, Quote: QuoteDoc(m.Quote),
		Reports: each(o.Mentions, func(r news.Mention) MentionDoc {
			return MentionDoc{
				r.Item, r.Outlet, r.Side, r.Lang, r.URL, r.Published.UTC(), r.Event.State, r.Event.Day, r.Event.Sentence,
			}
		}),
	}
}

func sourceDoc(s news.Source) SourceDoc {
	s.FirstSeen, s.Published = s.FirstSeen.UTC(), s.Published.UTC()
	return SourceDoc(s)
}

func pointDoc(p news.FigurePoint) PointDoc {
	return PointDoc{p.Item, p.Outlet, p.URL, p.Published.UTC(), figureDoc(p.Figure)}
}

func figureDoc(g news.Figure) FigureDoc {
	out := FigureDoc{
		Indicator: g.Indicator, Value: g.Value, High: g.High, Unit: g.Unit, Period: g.Period,
		Approx: g.Approx, Counter: g.Counter, Sentence: g.Sentence,
	}
	if g.Change != nil {
		c := ChangeDoc(*g.Change)
		out.Change = &c
	}
	return out
}

func figureBoxDoc(l news.FigureLine) FigureBoxDoc {
	out := FigureBoxDoc{Figure: figureDoc(l.Figure), Source: sourceDoc(l.Source), Conflict: l.Conflict}
	if l.Previous != nil {
		p := figureDoc(*l.Previous)
		out.Previous = &p
	}
	if l.From != nil {
		s := sourceDoc(*l.From)
		out.From = &s
	}
	return out
}

func faultDoc(x news.FeedFault) FaultDoc {
	x.Since = x.Since.UTC()
	return FaultDoc(x)
}
