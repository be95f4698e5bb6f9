package render

import "samur/internal/news"

// words is every string of ours in one language. What is counted is a plural with
// as many forms as the language has; maps are keyed by the ids of package news and
// figures. TestWords fails when a language lacks any of them.
type words struct {
	code   news.Lang
	forms  int             // of a plural
	form   func(n int) int // which form goes with n
	comma  string          // before decimals
	group  string          // between thousands
	groups float64         // smallest number that is grouped
	pct    string          // format of a share
	quotes [2]string       // marks around what is quoted
	within [2]string       // marks of a quote in a quote

	months   [12]string // by themselves
	monthsOf [12]string // in a date
	weekdays [7]string  // Sunday first
	day      string     // day, month
	dayYear  string     // day, month, year
	weekday  string     // weekday, date
	clock    string     // date, time
	zones    map[string]string
	zone     string // any other zone

	title      string
	window     string // from, to
	windowTo   string // the first window has no beginning
	late       string // when made
	missed     plural // editions that were never made
	page       string // label of the address on the pages
	lateShort  string
	quiet      string
	quietFault string // added when feeds could not be read
	quietShort string
	stories    plural
	more       plural // stories that the HTML leaves out
	morePage   plural // the same where the page of the edition has them; its address follows
	moreFigs   plural
	moreNames  plural

	top     string
	other   string
	held    string
	figures string
	ahead   string
	bySide  string // heading of the day's coverage
	ledger  string
	topic   map[string]string
	in      map[news.Lang]string // "in Azerbaijani"

	topics    string
	actors    string
	update    string
	updateOf  string // the day it was told
	listed    string // the day it had a line alone
	reason    map[news.Reason]string
	newly     string // label of names that were not there
	joined    string // label of sides that were silent
	corrected string // label of who reworded, and when
	withdrawn string // label of who took a report back
	silently  string // the publisher did not say so
	was       string // label of the old wording
	now       string // label of the new one
	sources   string // how many count, zone
	copied    string
	seenAt    string // when a report was found, where that was long after its publication
	untitled  string
	voices    plural
	differs   string // on what
	why       string
	lateEntry string

	sides     map[news.Side]string // the newsrooms of each side
	sidesHead string               // label of who told a story first
	first     string               // side, outlet
	after     string               // side, time, outlet
	together  string               // side, outlet: within a minute of the first
	silent    string               // side, outlets read
	outlets   plural
	wording   string // label of what one side alone says: side
	reported  string // side, outlets, reports, stories
	reports   plural
	ledFirst  string // stories told first
	ledAlone  string // stories told alone

	minutes string
	hours   string
	days    string

	event      map[news.EventKind]string
	eventState map[news.EventState]string
	document   string

	ground  map[news.GroundKind]string // why something was decided; the operands are those of ground.go
	country map[news.Side]string       // a side in a Ground
	zoneOf  map[string]string          // where something stands in an item
	answers plural                     // of people

	rank     map[string]string // terms of a rank
	rankHead string

	ask     string // the heading of the question
	askLine string // points, points needed
	askYes  string
	askNo   string

	indicator map[string]string
	unit      map[string]plural
	per       map[string]string // what a price is for, or a rate counted by; the operand is the rest
	scale     map[string]string
	approx    map[string]string
	up        changeWords
	down      changeWords
	flat      string
	against   string // base of a change
	counted   string // who counted
	toDate    string // year
	annual    string // value
	last      string // a figure known before
	conflict  string

	feedsRead string // read, of all
	failed    string
	stale     string
	gaps      string
	since     string
	cause     map[news.Cause]string
	seen      string
	accounted string // label of the stories
	inFull    string // stories told in full, in a line
	account   string // seen, told, held, repeated, rejected
	unequal   string // the sum of the parts
	archived  string
	parted    string // label of the items that an earlier window counted as repeated
	polls     string

	// Of messages to the keeper.
	noticed  map[news.NoticeKind]plural // how many feeds, and what became of them
	changed  string                     // heading of what has changed
	wellFeed string                     // feeds that are well, of all
	most     string                     // most fail at once
	andMore  string                     // label of those that are not named
	wellNow  string
	hadSince string // which trouble it had, when that began
	hasSince string // the same of trouble that lasts
	hasMoved string
	trial    string // title of a test message: channel
	trialIs  string // heading of what it is
	trialNot string // that it is no news
}

// plural is a format with the number as its operand, one for each form.
type plural []string

// changeWords say a movement with its size and without.
type changeWords struct {
	percent string
	times   string
	alone   string
}

// wordsOf returns the table of a language; English for one that has none.
func wordsOf(l news.Lang) *words {
	switch l {
	case news.Ru:
		return &russian
	case news.Az:
		return &azerbaijani
	}
	return &english
}
