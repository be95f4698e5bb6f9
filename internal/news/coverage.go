package news

import "time"

// Coverage says how the sides tell one story.
type Coverage struct {
	Sides   []SideReport // those that told it, the one that told it first at the head
	Silent  []Silence    // Baku or Moscow, when it was read all the time and told nothing
	Figures []SideFigure // numbers that Baku and Moscow give differently
	Words   []Wording    // key words of Baku or Moscow that the other does without
}

// SideReport is what one side told of a story.
type SideReport struct {
	Side   Side
	First  Source        // its earliest report
	At     time.Time     // of First: its publication where the feed's date can be trusted, else when it was first seen
	Lag    time.Duration // behind the story's first report; 0 for the first
	Items  int
	Voices int // independent outlets
}

// Silence is a side that did not tell a story although it was read.
type Silence struct {
	Side       Side
	Outlets    int       // of this side whose feeds were read without fault since
	Configured int       // outlets of this side, those in trouble included
	Since      time.Time // the story's first report
}

// SideFigure is a number that both Baku's and Moscow's outlets give, in no value that
// could be true of both. All values stay; none is preferred.
type SideFigure struct {
	Indicator string
	Period    string
	Values    []SideValue // earliest first, one for each value
}

// SideValue is a value with the side that gives it.
type SideValue struct {
	Side  Side
	Point FigurePoint
}

// Wording is a word or name that most of one side's reports of a story lean on and the
// other side's do without, with a sentence that has it.
type Wording struct {
	Side    Side
	Concept string // id of a concept, "word/…" for one of the words that sides choose between; "" for a plain word
	Form    string // as it stands in the text
	Voices  int    // outlets of the side that use it
	Quote   Quote
}

// Correction is a later wording of a report that says something else.
type Correction struct {
	Item   string
	Outlet string
	Side   Side
	URL    string
	At     time.Time // when the new wording was seen
	Kind   CorrectionKind
	Old    string // the sentence before, verbatim
	New    string // the sentence that replaced it, verbatim
	Silent bool   // the publisher did not say that it was changed
}

// CorrectionKind says what a correction changed.
type CorrectionKind string

// The kinds, the one that weighs most first.
const (
	CorrectedWithdrawn CorrectionKind = "withdrawn" // the publisher has taken the report back
	CorrectedNegation  CorrectionKind = "negation"  // it says that what was is not, or the reverse
	CorrectedNumber    CorrectionKind = "number"
	CorrectedDate      CorrectionKind = "date"
	CorrectedName      CorrectionKind = "name"
)

// StoryState says where a story stands.
type StoryState string

// The states.
const (
	StoryNew        StoryState = "new"        // what its first reports said is all that is known
	StoryDeveloping StoryState = "developing" // later reports added to it
	StoryCorrected  StoryState = "corrected"  // the last thing that happened to it is that a report was reworded
	StoryOver       StoryState = "over"       // nothing was added for days
)

// Course is a story over time.
type Course struct {
	State       StoryState
	Since       time.Time     // when it came to State
	Steps       []Development // what reports added to what was known, oldest first; the first is the first report
	Corrections []Correction  // oldest first
}

// Development is what one report added to a story.
type Development struct {
	At        time.Time // as SideReport.At
	Source    Source
	FirstSide bool     // nothing of its side had told the story
	Sentence  Quote    // that says something new; its Text is "" when none does
	Figures   []Figure // that no report before gave
	Actors    []string // ids of the people, offices and institutions that no report before named
}

// SideCount is one side's part in the reports of a window.
type SideCount struct {
	Side    Side
	Outlets int // that told something
	Items   int
	Stories int
	First   int // stories that it told first
	Alone   int // stories that no other side told
}
