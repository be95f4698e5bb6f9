package news

import (
	"fmt"
	"strings"
	"time"
)

// Slot is the identity of one edition: a digest's name and its scheduled instant.
type Slot struct {
	Digest string
	At     time.Time // UTC
}

// String returns the slot as "daily@2026-03-08T04:00:00Z", the form used as key,
// in file names and on the command line.
func (s Slot) String() string {
	return fmt.Sprintf("%s@%s", s.Digest, s.At.UTC().Format(time.RFC3339))
}

// Cursor is a place in the store's order of arrival. Windows are cut by cursors
// and not by clock readings, so that no step of the clock loses or repeats an item.
type Cursor struct {
	Item uint64 // Seq of the last item before the cut
	Pass uint64 // Pass of the last poll before the cut
}

// Window is what a Slot reports: everything after From up to and including To.
// The next window of the same digest begins where this one ends.
type Window struct {
	From, To Cursor
	Start    time.Time // end of the window before, by the clock
	End      time.Time
	Zone     string // IANA name the reader is shown times in
}

// Digest is the edition made for a Slot. It is immutable once saved.
type Digest struct {
	Slot     Slot
	Made     time.Time
	Late     bool   // made well after its time
	Missed   int    `json:",omitempty"` // editions due before it that were never made; its window covers theirs
	Page     string `json:",omitempty"` // where it can be read on the pages, "" when they have no public address
	Lang     Lang   // of headings, dates and numbers; quotes keep their own
	Title    string
	Window   Window
	Sections []Section
	Held     []Line // stories that the caps kept back, one line each
	Figures  []FigureLine
	Ahead    []Meeting   `json:",omitempty"` // what is planned, soonest first
	Sides    []SideCount `json:",omitempty"` // what each side reported in the window
	Question *Question   `json:",omitempty"` // nil when it asks none
	Ledger   Ledger
}

// Section is the stories of one heading, in order of rank.
type Section struct {
	Topic   string // slug; SectionTop and SectionOther are the two that are no topic
	Heading string // the topic's name in the digest's language; "" for those two
	Entries []Entry
}

// The sections that are no topic: the stories that weigh most, and what concerns
// both sides without touching any topic.
const (
	SectionTop   = "top"
	SectionOther = "other"
)

// Entry is one story as told.
type Entry struct {
	Story    string
	Headline Quote
	Quotes   []Quote // at most three; each adds something
	Topics   []string
	Actors   []string // names in the digest's language
	Sources  []Source // every outlet, earliest first
	Voices   int      // independent outlets
	Figures  []Figure
	Differs  []Difference // where the sources disagree
	Why      []Evidence
	Reason   Reason    // why a story that was told before returns; "" when it is new
	Before   time.Time `json:",omitzero"` // slot of the edition that told it last; zero when none did
	Listed   time.Time `json:",omitzero"` // slot of a later edition that gave it a line alone; zero when none did
	Added    Addition  `json:",omitzero"` // what a story that returns has now and had not then

	Corrections []Correction `json:",omitempty"` // later wordings of reports, oldest first
	Coverage    *Coverage    `json:",omitempty"` // how the sides tell it; nil when one side alone was asked

	Late  bool // published well before the window: "reported late"
	Rank  []Term
	Items []string // ids of the items told here; none when only wordings have changed
}

// Addition is what a story that was told before has now and had not then. Sentences
// that say something new are its Quotes.
type Addition struct {
	Figures []Figure `json:",omitempty"`
	Actors  []string `json:",omitempty"` // names in the digest's language
	Sides   []Side   `json:",omitempty"` // Baku or Moscow, when it was silent
}

// Quote is a sentence or headline copied from an item.
type Quote struct {
	Text   string
	Item   string
	URL    string
	Outlet string
	Lang   Lang
}

// Reason is why a story that was told before is told again.
type Reason string

// The reasons, the one that weighs most first.
const (
	ReasonCorrected Reason = "corrected"  // a report of it says something else now
	ReasonFigure    Reason = "new-figure" // a number that was not told
	ReasonSide      Reason = "other-side" // the first report from a side that had been silent
	ReasonFact      Reason = "new-fact"   // a sentence that says something not told
)

// Difference is a number on which the sources of a story disagree: the same
// indicator and period, another value. All values stay; none is preferred.
type Difference struct {
	Indicator string
	Period    string
	Values    []FigurePoint // earliest first, one for each value
}

// Source is one outlet's report of a story.
type Source struct {
	Item      string
	Outlet    string
	Side      Side
	Lang      Lang
	URL       string
	Title     string
	FirstSeen time.Time
	Published time.Time
	Copy      bool
}

// Question asks the reader about one item that was rejected by little. It is no part of
// the Ledger's account: there the item is rejected.
type Question struct {
	Headline  Quote
	Score     float64
	Threshold float64
	Missing   Ground // what kept it below the line
	Yes, No   string // the commands that answer it
}

// Line is a story told in one line.
type Line struct {
	Story    string
	Headline Quote
	Items    []string
}

// FigureLine is one indicator's value in the box of figures.
type FigureLine struct {
	Figure   Figure
	Source   Source
	Previous *Figure // the last value known before, nil when none
	From     *Source `json:",omitempty"` // who gave Previous, and when
	Conflict bool    // another source gives another value for the same period
}

// Meeting is an Occasion that is still to come, with its names in the digest's language.
type Meeting struct {
	Occasion Occasion
	Who      []string
	Where    string
	Quote    Quote // the sentence that says so: the latest, in the digest's language where there is one
}

// Term is one named part of a rank: what was measured, and what that is worth.
type Term struct {
	Name    string
	Measure float64
	Points  float64
}

// Ledger is the account of a window. Seen + Parted = Told + Held + Repeated + Rejected.
type Ledger struct {
	FeedsRead   int
	FeedsFailed []FeedFault
	FeedsStale  []FeedFault
	Gaps        []FeedFault // possible gaps between polls

	Polls    int
	Seen     int // entries read in all polls of the window
	Repeated int // read again unchanged or reworded, or adding nothing to a story told before
	Rejected int // not relevant to any topic
	Archived int // of Rejected: too old at a feed's first poll
	Told     int // items carried by the digest
	Held     int // items of stories that the caps kept back
	Stories  int
	Parted   int `json:",omitempty"` // of Told and Held: read in an earlier window, and repeated there because they stood in a story told before
}

// FeedFault names a feed in trouble and since when.
type FeedFault struct {
	Feed  string
	Cause Cause
	Since time.Time
	Note  string
}

// Balances reports whether the account adds up to the item.
func (l Ledger) Balances() bool {
	return l.Seen+l.Parted == l.Told+l.Held+l.Repeated+l.Rejected
}

// Edition is a Digest with the forms it is sent and shown in. The forms are made
// once, when the digest is, and never again.
type Edition struct {
	Kind    EditionKind
	Digest  Digest
	Subject string // one line, for mail and chat
	Text    []byte
	Flowed  []byte // Text for mail as format=flowed (RFC 3676), delsp=no
	HTML    []byte
	Page    []byte // HTML without the limit of a mail, "" when HTML has it all

	Markdown []byte
	JSON     []byte
	Brief    Brief // for services that take short messages; not kept beside the digest
}

// Brief is an edition in pieces, for services that take messages of limited length:
// it is split between blocks and never inside one. Its words are cleaned and in no
// markup.
type Brief struct {
	Title  string // stands over every message
	Blocks []Block
}

// Block is a piece of a Brief that stands together: a story, or lines about the edition.
type Block struct {
	Heading string // of the section that begins here, "" when none does
	Lines   [][]Span
	Link    string // http or https address where it is told in full, "" when there is none
}

// Span is words of a line in one style. Link is "" or an http or https address.
type Span struct {
	Text   string
	Link   string
	Strong bool
}

// EditionKind says what an edition is: the digest of a slot, or one that has nothing but
// a slot of its own in its Digest.
type EditionKind string

// The kinds. The zero value is a digest's.
const (
	KindDigest  EditionKind = ""
	KindNotices EditionKind = "notices" // word to the keeper
	KindAlert   EditionKind = "alert"   // one story, at once
	KindTest    EditionKind = "test"    // a message that says that a channel works
)

// These stand in the slots of notices and of test messages where a digest has its name.
const (
	NoticesName = "notices"
	TestName    = "test"
)

// List is the name that readers sort editions of the same origin by. That of an alert,
// whose slots bear the story's id behind a last dot, is the alert's.
func (e Edition) List() string {
	name := e.Digest.Slot.Digest
	if i := strings.LastIndexByte(name, '.'); e.Kind == KindAlert && i > 0 {
		name = name[:i]
	}
	return name
}
