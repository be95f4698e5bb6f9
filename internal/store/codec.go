package store

import (
	"fmt"
	"time"

	"samur/internal/news"
)

// recordV1 is the first version of every other record.
const recordV1 = 1

// revisionV2 is the version of revision records that know what the wording would be.
const revisionV2 = 2

// storyV2 is the version of story records that know the story before in a series.
const storyV2 = 2

// Versions of feed records: feedV2 knows rhythm, hold and ailment; feedV3 begins with what
// the next poll's record takes over, and has the identities of the last document no more.
const (
	feedV2 = 2
	feedV3 = 3
)

// decode runs fn over the payload of rec and checks version and end.
func decode(rec []byte, what string, fn func(d *decoder)) error {
	return decodeUpTo(recordV1, rec, what, fn)
}

// decodeUpTo is decode for records that have had several versions.
func decodeUpTo(latest byte, rec []byte, what string, fn func(d *decoder)) error {
	if rec[0] < recordV1 || rec[0] > latest {
		return fmt.Errorf("%w: %s record version %d; install the newer samur", ErrNewer, what, rec[0])
	}
	d := newDecoder(rec)
	fn(d)
	return d.fault(what)
}

// fault returns what was wrong with a record, nil for a good one.
func (d *decoder) fault(what string) error {
	if d.err == nil {
		return nil
	}
	return fmt.Errorf("%w: %s: %w", ErrDamaged, what, d.err)
}

func encodeRevision(r news.Revision) []byte {
	e := newEncoder(revisionV2, 256+len(r.Title)+len(r.Text))
	e.str(r.Item)
	e.time(r.At)
	e.str(r.Title)
	e.str(r.Text)
	e.fixed(r.TextHash)
	e.str(r.Became)
	e.bool(r.Verdict.Relevant)
	encodeList(e, r.Verdict.Matches, func(m news.Match) { e.sym(m.Topic) })
	e.reasons(r.Verdict, news.Item{Title: r.Title, Text: r.Text})
	return e.b
}

func decodeRevision(rec []byte) (r news.Revision, err error) {
	err = decodeUpTo(revisionV2, rec, "revision", func(d *decoder) {
		r = news.Revision{Item: d.str(), At: d.time(), Title: d.str(), Text: d.str(), TextHash: d.fixed()}
		if rec[0] < revisionV2 {
			return
		}
		r.Became = d.str()
		relevant, topics := d.bool(), decodeList(d, d.sym)
		r.Verdict = d.reasons(relevant, topics, news.Item{Title: r.Title, Text: r.Text})
	})
	return r, err
}

func encodeStory(st news.Story) []byte {
	e := newEncoder(storyV2, 64+96*len(st.Members))
	e.story(st)
	return e.b
}

func (e *encoder) story(st news.Story) {
	e.str(st.ID)
	e.str(st.Into)
	e.time(st.First)
	e.time(st.Last)
	e.str(st.Series)
	encodeList(e, st.Members, func(m news.Member) {
		e.sym(m.Item)
		e.uint(m.Seq)
		e.sym(m.Outlet)
		e.sym(string(m.Side))
		e.sym(string(m.Lang))
		e.time(m.FirstSeen)
		e.sym(m.CopyOf)
		e.sym(string(m.Why))
		e.float(m.Score)
	})
	encodeList(e, st.Told, func(t news.Told) {
		e.sym(t.Digest)
		e.time(t.Slot)
		e.uint(t.Upto)
	})
	e.str(st.Previous)
}

func decodeStory(rec []byte) (st news.Story, err error) {
	err = decodeUpTo(storyV2, rec, "story", func(d *decoder) {
		st = news.Story{ID: d.str(), Into: d.str(), First: d.time(), Last: d.time(), Series: d.str()}
		st.Members = decodeList(d, func() news.Member {
			return news.Member{
				Item: d.sym(), Seq: d.uint(), Outlet: d.sym(), Side: news.Side(d.sym()), Lang: news.Lang(d.sym()),
				FirstSeen: d.time(), CopyOf: d.sym(), Why: news.Ground(d.sym()), Score: d.float(),
			}
		})
		st.Told = decodeList(d, func() news.Told {
			return news.Told{Digest: d.sym(), Slot: d.time(), Upto: d.uint()}
		})
		if rec[0] >= storyV2 {
			st.Previous = d.str()
		}
	})
	return st, err
}

// storyPlaces reads of a story no more than says where it stands among the recent ones and
// in its series: that it has members, it says by one with the newest Seq. Every story that
// grows is asked for that, and most of its record is members.
func storyPlaces(rec []byte, id string) (news.Story, error) {
	if rec[0] < recordV1 || rec[0] > storyV2 {
		return decodeStory(rec)
	}
	s := skimmer{b: rec[1:]}
	s.str() // the id
	s.str() // what it was merged into
	st := news.Story{ID: id, First: s.time()}
	s.time() // of the last member
	st.Series = string(s.str())
	seq, n := uint64(0), s.uint()
	for left := n; left > 0 && !s.short; left-- {
		s.passSym() // the item
		seq = max(seq, s.uint())
		for range 3 { // outlet, side, language
			s.passSym()
		}
		s.time()    // first seen
		s.passSym() // the copied one
		s.passSym() // why
		s.skip(8)
	}
	if s.short {
		return decodeStory(rec) // it knows what is wrong
	}
	if n > 0 {
		st.Members = []news.Member{{Seq: seq}}
	}
	return st, nil
}

// feedRecord is a feed's state with the pass of its last poll, where the chain of
// its attempts begins, and what its keeper was sent.
type feedRecord struct {
	last   uint64
	state  news.FeedState
	listed []uint64 // of a document that was just read, or of a record before feedV3; see putListed

	// What the keeper was sent word of, beside the state because polls write that.
	sent      news.Cause // a trouble that lasts, "" when none does
	sentSince time.Time
	sentMove  string // an address it moved to
}

func encodeFeed(r feedRecord) []byte {
	e := newEncoder(feedV3, 320)
	e.uint(r.last)
	st := r.state
	for _, s := range []string{st.Feed, st.Adopted, string(r.sent), r.sentMove} {
		e.sym(s)
	}
	e.time(r.sentSince)
	e.bool(st.Listed)
	for _, s := range []string{st.URL, st.ETag, st.LastModified, string(st.Cause), st.Error, string(st.Ailment), string(st.Notified), st.Title, st.MovedTo, string(st.GUIDs), string(st.Advice)} {
		e.sym(s)
	}
	e.fixed(st.BodyHash)
	for _, t := range []time.Time{st.NextDue, st.LastAttempt, st.LastSuccess, st.LastNew, st.TroubleSince, st.HeldUntil} {
		e.time(t)
	}
	for _, n := range []int{st.Failures, st.Status, st.MovedCount, st.Entries} {
		e.int(int64(n))
	}
	e.bool(st.Gone)
	e.int(int64(st.Stated))
	e.uint(uint64(st.SkipHours))
	e.uint(uint64(st.SkipDays))
	e.float(st.Arrived)
	e.int(int64(st.Over))
	return e.b
}

func decodeFeed(rec []byte) (feedRecord, error) { return readFeed(rec, true) }

// readFeed is decodeFeed, or where it need not be whole, of the state no more than Feed,
// Adopted and Listed: what the record of the next poll is held against.
func readFeed(rec []byte, whole bool) (r feedRecord, err error) {
	err = decodeUpTo(feedV3, rec, "feed", func(d *decoder) {
		r.last = d.uint()
		if rec[0] < feedV3 {
			d.feedV2(rec[0], &r)
			return
		}
		st := &r.state
		st.Feed, st.Adopted, r.sent, r.sentMove = d.sym(), d.sym(), news.Cause(d.sym()), d.sym()
		r.sentSince, st.Listed = d.time(), d.bool()
		if !whole {
			return
		}
		st.URL, st.ETag, st.LastModified, st.Cause, st.Error = d.sym(), d.sym(), d.sym(), news.Cause(d.sym()), d.sym()
		st.Ailment, st.Notified, st.Title, st.MovedTo = news.Cause(d.sym()), news.Cause(d.sym()), d.sym(), d.sym()
		st.GUIDs, st.Advice, st.BodyHash = news.GUIDHabit(d.sym()), news.Ground(d.sym()), d.fixed()
		st.NextDue, st.LastAttempt, st.LastSuccess, st.LastNew = d.time(), d.time(), d.time(), d.time()
		st.TroubleSince, st.HeldUntil = d.time(), d.time()
		st.Failures, st.Status, st.MovedCount, st.Entries, st.Gone = int(d.int()), int(d.int()), int(d.int()), int(d.int()), d.bool()
		st.Stated, st.SkipHours, st.SkipDays = time.Duration(d.int()), uint32(d.uint()), uint8(d.uint())
		st.Arrived, st.Over = d.float(), time.Duration(d.int())
	})
	return r, err
}

// feedV2 reads a record of feedV2 or older into r, from behind the pass on.
func (d *decoder) feedV2(version byte, r *feedRecord) {
	r.state = news.FeedState{
		Feed: d.sym(), URL: d.sym(), ETag: d.sym(), LastModified: d.sym(), Cause: news.Cause(d.sym()), Error: d.sym(),
		Notified: news.Cause(d.sym()), Title: d.sym(), MovedTo: d.sym(), GUIDs: news.GUIDHabit(d.sym()), Advice: news.Ground(d.sym()),
		BodyHash: d.fixed(), NextDue: d.time(), LastAttempt: d.time(), LastSuccess: d.time(), LastNew: d.time(),
		Failures: int(d.int()), MovedCount: int(d.int()), Gone: d.bool(),
	}
	r.listed = decodeList(d, d.fixed)
	st := &r.state
	st.Listed = len(r.listed) > 0
	if version < feedV2 {
		d.int() // a rhythm that was never observed
		return
	}
	st.Adopted, st.Ailment, st.Status = d.sym(), news.Cause(d.sym()), int(d.int())
	st.TroubleSince, st.HeldUntil = d.time(), d.time()
	st.Entries, st.Stated, st.SkipHours, st.SkipDays = int(d.int()), time.Duration(d.int()), uint32(d.uint()), uint8(d.uint())
	st.Arrived, st.Over = d.float(), time.Duration(d.int())
	r.sent, r.sentSince, r.sentMove = news.Cause(d.sym()), d.time(), d.sym()
}

func encodeListed(keys []uint64) []byte {
	e := newEncoder(recordV1, 8+8*len(keys))
	encodeList(e, keys, e.fixed)
	return e.b
}

func decodeListed(rec []byte) (keys []uint64, err error) {
	err = decode(rec, "identities", func(d *decoder) { keys = decodeList(d, d.fixed) })
	return keys, err
}

func encodeListing(l news.Listing) []byte {
	e := newEncoder(recordV1, 16+72*len(l.Entries))
	e.fixed(l.Frame)
	encodeList(e, l.Entries, func(n news.Listed) {
		for _, v := range []uint64{n.Span, n.TextHash, n.TitleHash, n.Dayless} {
			e.fixed(v)
		}
		e.sym(string(n.Dated))
		e.time(n.Published)
		for _, v := range []bool{n.Telling, n.Rich, n.FrontPage} {
			e.bool(v)
		}
		encodeList(e, n.Keys, e.key)
	})
	return e.b
}

func decodeListing(rec []byte) (l news.Listing, err error) {
	err = decode(rec, "listing", func(d *decoder) {
		l.Frame = d.fixed()
		l.Entries = decodeList(d, func() news.Listed {
			return news.Listed{Span: d.fixed(), Sketch: news.Sketch{
				TextHash: d.fixed(), TitleHash: d.fixed(), Dayless: d.fixed(), Dated: news.Dated(d.sym()), Published: d.time(),
				Telling: d.bool(), Rich: d.bool(), FrontPage: d.bool(), Keys: decodeList(d, d.key),
			}}
		})
	})
	return l, err
}

// attemptV2 is the version of attempt records that know the count of items.
const attemptV2 = 2

// attemptRecord is a poll with the pass of the one before of the same feed.
type attemptRecord struct {
	before  uint64
	attempt news.Attempt
	items   uint64 // stored by the end of it, pruned ones included; older records do not know
	counted bool   // items is known
}

func encodeAttempt(r attemptRecord) []byte {
	a := r.attempt
	e := newEncoder(attemptV2, 96+len(a.Error))
	if !r.counted {
		e = newEncoder(recordV1, 96+len(a.Error))
	}
	e.uint(r.before)
	e.str(a.Feed)
	e.time(a.At)
	e.int(int64(a.Took))
	e.int(int64(a.Status))
	e.str(string(a.Cause))
	e.str(a.Error)
	e.int(a.Bytes)
	for _, n := range []int{a.Entries, a.New, a.Repeated, a.Revised, a.Archived} {
		e.int(int64(n))
	}
	e.bool(a.Gap)
	e.time(a.NextDue)
	if r.counted {
		e.uint(r.items)
	}
	return e.b
}

func decodeAttempt(rec []byte, pass uint64) (r attemptRecord, err error) {
	err = decodeUpTo(attemptV2, rec, "attempt", func(d *decoder) {
		r.before = d.uint()
		r.attempt = news.Attempt{
			Pass: pass, Feed: d.str(), At: d.time(), Took: time.Duration(d.int()), Status: int(d.int()),
			Cause: news.Cause(d.str()), Error: d.str(), Bytes: d.int(), Entries: int(d.int()), New: int(d.int()),
			Repeated: int(d.int()), Revised: int(d.int()), Archived: int(d.int()), Gap: d.bool(), NextDue: d.time(),
		}
		if rec[0] >= attemptV2 {
			r.items, r.counted = d.uint(), true
		}
	})
	return r, err
}

func encodePoint(p news.FigurePoint) []byte {
	e := newEncoder(recordV1, 256+len(p.Figure.Sentence))
	e.str(p.Item)
	e.str(p.Outlet)
	e.str(p.URL)
	e.time(p.Published)
	e.figure(p.Figure, "")
	return e.b
}

func decodePoint(rec []byte) (p news.FigurePoint, err error) {
	err = decode(rec, "figure", func(d *decoder) {
		p = news.FigurePoint{Item: d.str(), Outlet: d.str(), URL: d.str(), Published: d.time(), Figure: d.figure("")}
	})
	return p, err
}

func encodeMention(m news.Mention) []byte {
	e := newEncoder(recordV1, 256+len(m.Event.Sentence))
	for _, s := range []string{m.Item, m.Story, m.Outlet, string(m.Side), string(m.Lang), m.URL} {
		e.sym(s)
	}
	e.time(m.Published)
	e.event(m.Event, news.Item{})
	return e.b
}

func decodeMention(rec []byte) (m news.Mention, err error) {
	err = decode(rec, "event", func(d *decoder) {
		m = news.Mention{
			Item: d.sym(), Story: d.sym(), Outlet: d.sym(), Side: news.Side(d.sym()), Lang: news.Lang(d.sym()), URL: d.sym(),
			Published: d.time(), Event: d.event(news.Item{}),
		}
	})
	return m, err
}
