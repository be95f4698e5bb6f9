package news

import "time"

// Coverage says how the sides tell one story.
type Coverage struct {
	Sides  []SideReport // those that told it, the one that told it first at the head
	Silent []Silence    // Baku or Moscow, when it was read all the time and told nothing
	Words  []Wording    // key words of one side that the other does without
}

// SideReport is what one side told of a story.
type SideReport struct {
	Side   Side
	First  Source        // its earliest report
	Lag    time.Duration // behind the story's first report, by publication; 0 for the first
	Items  int
	Voices int // independent outlets
}

// Silence is a side that did not tell a story although it was read.
type Silence struct {
	Side    Side
	Outlets int       // of this side whose feeds were read without fault since
	Since   time.Time // the story's first report
}

// Wording is a word or name that all of one side's reports of a story lean on and the
// other side's do without, with a sentence that has it.
type Wording struct {
	Side    Side
	Concept string // id, "" for a plain word
	Form    string // as it stands in the text
	Quote   Quote
}

// Correction is a later wording of a report that says something else.
type Correction struct {
	Item   string
	Outlet string
	URL    string
	At     time.Time // when the new wording was seen
	Old    string    // the sentence before, verbatim
	New    string    // the sentence that replaced it, verbatim
	Silent bool      // the publisher did not say that it was changed
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
