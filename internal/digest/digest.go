// Package digest turns the stories of a window into a Digest: which to tell, in what
// order, under whose headline, with which sentences, and what to say of the rest.
//
// Every word of a digest is copied from an item that it links to; nothing is
// rephrased, averaged or converted. A story stands in it once. A story that this
// digest told before returns only with a Reason, and says what is new. What the caps
// keep back becomes a line and does not come back by itself; when its story does, what
// the line left out counts as not told. A correction is never kept back. Every fresh
// member of every story is counted in the Ledger as told, held, repeated or rejected:
// TestLedgerBalances tries to break that.
//
// The package refuses to know the time, the store and the reader: Build is a
// function of its Input and does not depend on the order of its lists, which
// TestOrderDoesNotMatter tries to break.
//
// Read Build first, then candidate.
package digest

import (
	"time"

	"samur/internal/coverage"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
)

// Story is one story with something new in the window.
type Story struct {
	news.Story                    // as it stands, with its marks of earlier digests
	Items       []news.Item       // its members whose text is stored, in order of arrival; never empty
	Corrections []news.Correction // later wordings of its items that this digest has not shown, in any order
	Listed      time.Time         // slot of the last edition that gave it a line alone; zero when none did
	Parted      []string          // items of earlier windows that an edition counted as repeated, for they stood in a story told before
}

// Topic is a subject in the order in which the digest tells them.
type Topic struct {
	Slug string
	Name string // in the digest's language
}

// Options are what the config says about the digest.
type Options struct {
	Lang        news.Lang     // En, Ru or Az
	Title       string        // "" for the usual one, which is render's
	Topics      []Topic       // those to tell, in order
	Other       bool          // also tell what concerns both sides and touches none of Topics
	MaxStories  int           // told in full, over all sections; 0 for no limit
	MaxPerTopic int           // told in full in one section other than the top; 0 for no limit
	LateAfter   time.Duration // an edition made later than this after its slot is late
	Page        string        // where the edition can be read on the pages; "" when they have no public address
}

// Input is everything a digest is made from.
type Input struct {
	Options Options
	Slot    news.Slot
	Now     time.Time
	Window  news.Window
	Missed  int                // slots since the last edition that have none
	Stories []Story            // those with a member in the window or a correction, in any order
	Known   []news.FigurePoint // earlier points of the indicators that occur in Stories, in any order
	Ahead   []news.Occasion    // what is planned, soonest first
	Polls   *coverage.Polls    // how the feeds were read; nil when that is not known: then no side is called silent
	Quoted  []news.Quote       // what the last editions quoted: a sentence is printed once
	Lexicon *lexicon.Lexicon

	// Ledger comes with everything that polls and items tell by themselves: feeds,
	// polls, Seen, Repeated (read again), Rejected (new but in no story), Archived.
	// Build adds what becomes of the members of Stories.
	Ledger news.Ledger
}

// Build makes the digest. It is pure: the same Input gives the same Digest, which
// shares strings and evidence with it but no slice that it writes to.
func Build(in Input) news.Digest {
	b := &builder{
		Input: in, reader: reading.New(in.Lexicon, reading.Lead), skim: reading.New(in.Lexicon, skimmed),
		known: indexKnown(in), printed: printed(in.Quoted), shared: map[string]bool{},
	}
	d := news.Digest{
		Slot: in.Slot, Made: in.Now.UTC(), Late: in.Now.After(in.Slot.At.Add(in.Options.LateAfter)),
		Missed: in.Missed, Page: in.Options.Page,
		Lang: in.Options.Lang, Title: in.Options.Title, Window: in.Window, Ledger: in.Ledger,
	}
	ranked := b.ranked(&d.Ledger)
	plan := b.arrange(ranked)
	b.findBackground(plan.told)
	for _, p := range plan.sections {
		s := news.Section{Topic: p.topic, Heading: p.heading}
		for _, c := range p.stories {
			e := b.entry(c)
			d.Ledger.Told += len(e.Items)
			d.Ledger.Stories++
			s.Entries = append(s.Entries, e)
		}
		d.Sections = append(d.Sections, s)
	}
	for _, c := range plan.held {
		l := news.Line{Story: c.story.ID, Headline: c.headline, Items: c.fresh.ids()}
		d.Ledger.Held += len(l.Items)
		d.Held = append(d.Held, l)
	}
	d.Figures = b.box(plan.told)
	d.Ahead = b.meetings()
	d.Sides = sideCounts(ranked)
	return d
}

// skimmed is how many sentences of a text are read of every story: who is named in the
// title and in the first is what a story's rank asks. The stories told in full, which are
// few, are read further.
const skimmed = 1

// builder is one Build.
type builder struct {
	Input
	reader  *reading.Reader // of the stories told in full
	skim    *reading.Reader // of all
	known   knownPoints
	printed map[string]bool // sentences of this edition and the last ones, as key writes them
	shared  map[string]bool // sentences that several stories of this edition have
}
