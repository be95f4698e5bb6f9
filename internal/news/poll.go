package news

import (
	"math"
	"slices"
	"time"
)

// FeedState is what samur remembers of a feed between polls. Validators are
// those of the last body whose items are stored, never of a body that was not.
type FeedState struct {
	Feed    string
	URL     string // the configured address; a changed one voids the validators
	Adopted string // where it is asked since it moved for good, "" for URL

	ETag         string
	LastModified string
	BodyHash     uint64 // of the last stored body: an unchanged one is not parsed again

	NextDue      time.Time
	LastAttempt  time.Time
	LastSuccess  time.Time // last 200 that parsed, or 304
	LastNew      time.Time // last poll that brought a new item
	Failures     int       // in a row; 0 after a success
	Status       int       // HTTP status of the last poll, 0 when there was no answer
	Cause        Cause     // of the last failure, "" when the last poll was good
	Error        string    // its words
	Ailment      Cause     // what ails a feed that is read: moved, empty, undated, stale; "" when nothing
	Notified     Cause     // the cause the keeper was told of and which lasts, "" when all is well
	TroubleSince time.Time // since when it fails or ails, zero when it is well
	HeldUntil    time.Time // its host asked to be left alone until then

	Title      string // what the feed calls itself
	MovedTo    string // permanent redirect seen MovedCount times in a row
	MovedCount int
	Gone       bool // answered 410: not polled until its address changes
	GUIDs      GUIDHabit
	Listed     bool   // a document of it had entries: one that shares none with it shows a gap
	Advice     Ground // what the keeper might do, "" when nothing

	Entries   int           // of the last document
	Stated    time.Duration // how long the last document asked to be left alone: ttl, sy:updatePeriod
	SkipHours uint32        // bit n: the last document said that nothing comes in hour n of the day, UTC
	SkipDays  uint8         // bit n: nor on weekday n, Sunday being 0
	Arrived   float64       // new items of the last days, the older the less they count
	Over      time.Duration // the time they came in, weighed alike
}

// Hold is the wish of a host to be left alone, for all feeds that are asked there; the
// zero value is none.
type Hold struct {
	Host  string // with its port, where that is not the usual one
	Until time.Time
}

// rhythmMemory is the time after which an arrival counts e times less: a week, so
// that nights and weekends do not look like a change of rhythm.
const rhythmMemory = 7 * 24 * time.Hour

// Arrive takes note of n new items, the first after a time without any.
func (st *FeedState) Arrive(n int, after time.Duration) {
	if n <= 0 || after < 0 {
		return
	}
	fade := math.Exp(-float64(after) / float64(rhythmMemory))
	st.Arrived = st.Arrived*fade + float64(n)
	st.Over = time.Duration(float64(st.Over)*fade) + after
}

// ArriveAt takes the rhythm from the dates of a document's entries, of the newer half of
// them: an old entry that stays on top says nothing.
func (st *FeedState) ArriveAt(dates []time.Time) {
	dates = slices.Clone(dates)
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	if n := len(dates); n > 0 {
		st.Arrive(n/2, dates[0].Sub(dates[n/2]))
	}
}

// Rhythm returns the usual distance between two new items, 0 while it is not known.
func (st FeedState) Rhythm() time.Duration {
	if st.Arrived < 2 {
		return 0
	}
	return time.Duration(float64(st.Over) / st.Arrived)
}

// Bounds of the silence after which a feed is stale.
const (
	leastSilence = 3 * 24 * time.Hour
	mostSilence  = 60 * 24 * time.Hour
)

// Stale reports whether the feed has been silent for much longer than it used to be:
// twelve times its rhythm, but not less than three days nor more than sixty. Until its
// rhythm is known that is sixty days.
func (st FeedState) Stale(now time.Time) bool {
	silence := mostSilence
	if r := st.Rhythm(); r > 0 {
		silence = max(leastSilence, min(12*r, mostSilence))
	}
	return !st.LastNew.IsZero() && now.Sub(st.LastNew) > silence
}

// Trouble returns why the feed fails, or what ails it, "" when it is well. One that has
// moved or gives no dates is: it is read, and told.
func (st FeedState) Trouble() Cause {
	switch {
	case st.Cause != CauseNone:
		return st.Cause
	case st.Ailment == CauseEmpty, st.Ailment == CauseStale:
		return st.Ailment
	}
	return CauseNone
}

// Address returns where the feed is asked.
func (st FeedState) Address() string {
	if st.Adopted != "" {
		return st.Adopted
	}
	return st.URL
}

// Listing is the last stored document of a feed as far as its entries could be told
// apart without reading them: what is needed to know them when they come again in the
// same bytes. The zero value is of a document where that was not so.
type Listing struct {
	Frame   uint64 // of all that enclosed the entries and had a say in how they were read
	Entries []Listed
}

// Listed is an entry of a Listing.
type Listed struct {
	Span uint64 // names its bytes
	Sketch
}

// Sketch is all that is looked at to know an entry of a feed again, and small enough to
// be kept of every entry of a document.
type Sketch struct {
	Keys      []Key     // identities, most telling first
	TextHash  uint64    // of its words
	TitleHash uint64    // of those of its title
	Dayless   uint64    // hash of the KeyText that it has without its day
	Dated     Dated     // where its date comes from
	Published time.Time // zero unless Dated is DatedFeed
	Telling   bool      // it has words enough for them to be its identity
	Rich      bool      // it has so much text that another one with the same is the same news
	FrontPage bool      // its address is that of a whole site
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
	CauseProtocol Cause = "protocol" // TLS where the address says http, or no TLS where it says https
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

	// Of what is no poll: items came from another store, and the feed was not asked.
	CauseImport Cause = "import"

	// Of feeds that are read and yet are not well.
	CauseMoved   Cause = "moved"   // for good; it is asked at its new address
	CauseEmpty   Cause = "empty"   // a document without an entry
	CauseUndated Cause = "undated" // no entry has a date that can be read
	CauseStale   Cause = "stale"   // silent for much longer than it used to be
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
	New      int  // stored as items: those known before in words that were no news among them
	Repeated int  // known already
	Revised  int  // of Repeated: with changed words
	Archived int  // of New: older than the first poll's limit
	Gap      bool // shared no entry with the last document: something may have been missed
	NextDue  time.Time
}

// Notice is what the keeper is told about a feed: once when trouble has lasted, once
// when it is over, once when it has moved.
type Notice struct {
	Feed   string
	At     time.Time
	Kind   NoticeKind
	Cause  Cause  // of a healed feed, what it suffered from
	Error  string // of a broken one, in words
	Since  time.Time
	Advice Ground
}

// NoticeKind says what a notice is about.
type NoticeKind string

// The kinds.
const (
	NoticeBroke  NoticeKind = "broke"
	NoticeHealed NoticeKind = "healed"
	NoticeMoved  NoticeKind = "moved"
)
