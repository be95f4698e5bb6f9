package news

import "time"

// FeedState is what samur remembers of a feed between polls. Validators are
// those of the last body whose items are stored, never of a body that was not.
type FeedState struct {
	Feed string
	URL  string // where it was fetched from; a changed address voids the validators

	ETag         string
	LastModified string
	BodyHash     uint64 // of the last stored body: an unchanged one is not parsed again

	NextDue     time.Time
	LastAttempt time.Time
	LastSuccess time.Time // last 200 that parsed, or 304
	LastNew     time.Time // last poll that brought a new item
	Failures    int       // in a row; 0 after a success
	Cause       Cause     // of the last failure, "" when the last poll was good
	Error       string    // its words
	Notified    Cause     // the cause the keeper was last told of

	Title       string // what the feed calls itself
	MovedTo     string // permanent redirect seen MovedCount times in a row
	MovedCount  int
	Gone        bool // answered 410: not polled until its address changes
	GUIDs       GUIDHabit
	LastKeys    []uint64      // identities of the last document, to notice a gap
	Advice      string        // what the keeper might do, "" when nothing
	RhythmEvery time.Duration // observed distance between new items, 0 while unknown
}

// GUIDHabit is what a feed has taught about its guids.
type GUIDHabit string

// What guids are worth in a feed.
const (
	GUIDUnknown  GUIDHabit = ""         // not enough seen; believed
	GUIDStable   GUIDHabit = "stable"   // came again with the same link
	GUIDShared   GUIDHabit = "shared"   // one guid on several items: worthless
	GUIDUnstable GUIDHabit = "unstable" // new at each poll for the same link: worthless
)

// Cause is why a poll failed, as a small closed list fit for a metric's label.
type Cause string

// The causes.
const (
	CauseNone     Cause = ""
	CauseDNS      Cause = "dns"
	CauseConnect  Cause = "connect"
	CauseTLS      Cause = "tls"
	CauseTimeout  Cause = "timeout"
	CauseRefused  Cause = "address-refused" // private or otherwise not allowed
	CauseRedirect Cause = "redirect"
	CauseStatus   Cause = "status"
	CauseBusy     Cause = "busy" // 429 or 503: not a broken feed
	CauseGone     Cause = "gone"
	CauseTooLarge Cause = "too-large"
	CauseBotWall  Cause = "bot-wall" // an HTML page where a feed should be
	CauseNotFeed  Cause = "not-a-feed"
	CauseParse    Cause = "parse"
	CauseStore    Cause = "store"
)

// Attempt is the record of one poll.
type Attempt struct {
	Feed     string
	Pass     uint64 // place in the store's order of polls, set by the store
	At       time.Time
	Took     time.Duration
	Status   int // HTTP status, 0 when there was no answer
	Cause    Cause
	Error    string
	Bytes    int64
	Entries  int  // entries read from the document
	New      int  // stored as items
	Repeated int  // known already, unchanged
	Revised  int  // known already, with changed words
	Archived int  // of New: older than the first poll's limit
	Gap      bool // shared no entry with the last document: something may have been missed
	NextDue  time.Time
}
