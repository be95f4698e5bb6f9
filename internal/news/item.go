package news

import "time"

// Item is one entry of a feed, normalised. It is written once; a later change
// of its text is a Revision, what became of it is its Verdict and Story. A later
// wording that makes a rejected entry relevant is an Item of its own, for it is news.
type Item struct {
	ID   string // 16 hex digits: 4 of the feed's name, 12 of that and the identities first seen
	Seq  uint64 // place in the store's order of arrival, set by the store; 0 before
	Keys []Key  // every identity under which this item may come again

	Feed   string
	Outlet string
	Side   Side

	GUID  string // as published, "" when there is none
	URL   string // canonical; "" when the entry has no usable link
	Link  string // as published, resolved
	Title string
	Text  string // plain text of the summary or content; paragraphs end in "\n"
	Aside string // what was set aside as dateline, credit, byline or teaser
	Via   string // outlet that the item credits as its source, "" when none
	Lang  Lang

	Published time.Time // what the feed says, clamped; FirstSeen when it says nothing usable
	Dated     Dated     // where Published comes from
	FirstSeen time.Time
	Archived  bool // older than the first poll's limit: known, never told

	TextHash uint64 // of the wording last seen: the item's own or its latest Revision's

	Verdict Verdict
	Story   string // story id, "" when the item is not relevant
	CopyOf  string // id of the item whose text this one repeats, "" otherwise
	Revises string // id of the rejected item whose later wording this is, "" otherwise
	Figures []Figure
	Events  []Event
}

// Dated says how far a publication time can be trusted.
type Dated string

// How an Item got its publication time.
const (
	DatedFeed       Dated = "feed"       // read from the entry
	DatedAbsent     Dated = "absent"     // none given: first-seen time
	DatedUnreadable Dated = "unreadable" // given but not understood: first-seen time
	DatedFuture     Dated = "future"     // more than an hour ahead: clamped to first-seen time
)

// Key is one identity of an item within its feed: what kind it is and a hash of it.
type Key struct {
	Kind KeyKind
	Hash uint64
}

// KeyKind names a rung of the identity ladder.
type KeyKind byte

// The rungs, most telling first.
const (
	KeyGUID KeyKind = 'g' // the publisher's guid
	KeyURL  KeyKind = 'u' // the canonical URL
	KeyText KeyKind = 't' // title, day and text

	// KeyShared is the canonical URL of several items: noted, and no identity.
	KeyShared KeyKind = 's'
)

// Revision is a later wording of an Item that was already stored.
type Revision struct {
	Item  string // the Item's id
	At    time.Time
	Title string
	Text  string

	TextHash uint64 // of this wording

	// Verdict is what this wording would be by itself. The Item keeps its own: what was
	// told is not untold when a publisher takes it back.
	Verdict Verdict
	Became  string // id of the Item that this wording became, "" when it is none
}

// Verdict is the classifier's answer on one item, with its reasons. The sum of
// the Points of Evidence is Score: anyone can add it up again.
type Verdict struct {
	Relevant  bool
	Score     float64
	Threshold float64
	Evidence  []Evidence // what spoke for and against relevance
	Matches   []Match    // topics, strongest first; empty with Relevant means "other bilateral"
	Missing   Ground     // what was missing when not relevant
	Version   string     // of the rules and data that decided
}

// Match is a topic that an item belongs to.
type Match struct {
	Topic    string
	Score    float64
	Evidence []Evidence
}

// Evidence is one reason: the very words, where they stand, and what they are worth.
type Evidence struct {
	Field   Field  // where the words stand; "" for a reason that has no place
	Start   int    // byte offset of the words in the field
	End     int    // byte offset after them
	Form    string // the words as they stand in the text
	Concept string // id of the concept they name, or the profile term they match
	Points  float64
	Why     Ground // the rule
}

// Field names a part of an Item's text.
type Field string

// The parts that evidence can stand in.
const (
	FieldTitle Field = "title"
	FieldText  Field = "text"
)

// Figure is a number that an item states, with the sentence it stands in.
type Figure struct {
	Indicator string  // "trade-turnover", "gas-volume" …
	Value     float64 // in Unit, as written: never converted, never averaged
	High      float64 // upper end of a range; 0 when Value is not a range
	Unit      string  // "bn USD", "thousand t", "persons" …
	Period    string  // "2024", "2024-03", "6M2024", "2025-11/2026-02", "2024 YTD", "annual" or ""
	Change    *Change // nil when the sentence states none
	Approx    string  // "about", "more-than", "less-than", "up-to" or ""
	Counter   string  // who counted, "" when not said
	Sentence  string  // verbatim
	Field     Field
	Start     int // byte offset of the number in the field
	End       int
}

// Change is a movement that a sentence states together with a value.
type Change struct {
	Direction string  // "up", "down" or "flat"
	Percent   float64 // 0 when given as Times or not at all
	Times     float64 // 2.3 for "grew 2.3 times"
	Base      string  // what it is compared with, a Period or ""
}

// FigurePoint is one Figure with the item that states it. It outlives the item's
// text.
type FigurePoint struct {
	Item      string
	Outlet    string
	URL       string
	Published time.Time
	Figure    Figure
	Restates  *Figure // what the item stated before its publisher changed it; nil for most. Not stored.
}
