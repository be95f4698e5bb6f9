package ingest

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/cespare/xxhash/v2"

	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/news"
	"samur/internal/normalise"
	"samur/internal/store"
)

// pass is one poll of one feed under way: what came in, and the batch that will be
// written.
type pass struct {
	feed    news.Feed
	now     time.Time
	state   news.FeedState // as it will be written
	before  news.FeedState // as it was
	first   bool           // no poll of this feed has gone well before
	read    bool           // a document was parsed
	hint    string         // what a page gave away instead of being a feed
	wait    wait           // what the answer says about the next poll
	fresh   []int          // places of the new entries that are not taken yet
	batch   store.Batch
	revised []rewording  // one for each of batch.Revisions
	notice  *news.Notice // what the keeper is to be told, nil when nothing
	home    string       // the page that the document says it belongs to
	at      string       // where it was read

	entries  []listedEntry     // of the document, in its order
	sketches []news.Sketch     // of each entry
	places   []normalise.Place // of each entry
	habit    news.GUIDHabit    // what the feed's guids are worth by this document
	frame    uint64            // of the document, for its listing
}

// portion is what one part of a pass takes of new items: classifying and clustering them costs up to
// some milliseconds each, and other passes wait meanwhile. A document that has more is
// taken in several parts, until so many items of them can be told; the rest comes with
// the next poll, which is sooner and reads the document again.
type portion struct {
	items int
	text  int // bytes of their texts
}

// usual is the portion of a part.
var usual = portion{items: 500, text: 512 << 10}

// wait is what an answer says about when to come again.
type wait struct {
	retry time.Duration // Retry-After of an answer that brought nothing
	fresh time.Duration // Cache-Control, Expires, Retry-After beside a document
}

// newPass begins a poll of a feed whose state is given.
func newPass(f news.Feed, state news.FeedState, now time.Time) *pass {
	return &pass{feed: f, now: now.UTC(), state: state, before: state, first: state.LastSuccess.IsZero()}
}

// got notes the answer in the attempt.
func (p *pass) got(resp fetch.Response) {
	a := &p.batch.Attempt
	a.Status, a.Bytes, a.Took = resp.Status, int64(len(resp.Body)), resp.Took
	p.wait.fresh = max(resp.MaxAge, resp.RetryAfter)
}

// same notes that nothing has changed since the last poll.
func (p *pass) same(resp fetch.Response) {
	p.got(resp)
	p.succeed(resp)
}

// bodyHash names the bytes of a body, for FeedState.BodyHash.
func bodyHash(body string) uint64 { return xxhash.Sum64String(body) }

// unchanged reports whether a body is the one whose items are stored already.
func (p *pass) unchanged(sum uint64) bool {
	return sum == p.before.BodyHash && !p.before.LastSuccess.IsZero()
}

// learn takes note of what a document, read at an address, says of its feed.
func (p *pass) learn(doc feed.Document, at string) {
	st := &p.state
	p.read, p.home, p.at = true, doc.URL, at
	if doc.Title != "" {
		st.Title = doc.Title
	}
	st.Entries, st.Stated = p.batch.Attempt.Entries, max(doc.TTL, doc.UpdateEvery)
	st.SkipHours, st.SkipDays = 0, 0
	for _, h := range doc.SkipHours {
		st.SkipHours |= 1 << h
	}
	for _, d := range doc.SkipDays {
		st.SkipDays |= 1 << d
	}
}

// sort tells new, changed and repeated entries apart.
func (p *pass) sort() {
	p.batch.Aliases = map[string][]news.Key{}
	if len(p.entries) == 0 {
		p.batch.Listing = p.list()
		return
	}
	p.state.GUIDs, p.state.Listed = p.habit, true
	a := &p.batch.Attempt
	met := map[string]bool{} // known items in this very document
	for i := range p.entries {
		e, sketch, place := &p.entries[i], p.sketches[i], p.places[i]
		p.batch.Listed = append(p.batch.Listed, listed(sketch))
		switch known := place.Known; {
		case place.New():
			e.left = true
			p.fresh = append(p.fresh, i)
		case known.Item == "" || met[known.Item]: // of two wordings in one document the first counts
			a.Repeated++
		default:
			a.Repeated++
			met[known.Item] = true
			p.again(e.item, sketch, place)
		}
	}
	a.Entries = a.Repeated
	if len(p.fresh) == 0 {
		p.batch.Listing = p.list() // else take makes it
		return
	}
	a.Gap = len(met) == 0 && p.before.Listed
	if p.first {
		p.past()
	} else {
		p.state.Arrive(len(p.fresh), p.now.Sub(p.state.LastNew))
	}
	p.state.LastNew = p.now
}

// take puts the next new entries into the batch, as many as most says and at least one.
func (p *pass) take(most portion) {
	if len(p.fresh) == 0 {
		return
	}
	p.batch.Terms = map[string][]news.IndexTerm{}
	p.batch.Items = slices.Grow(p.batch.Items, min(len(p.fresh), most.items))
	n, text := 0, 0
	for _, i := range p.fresh {
		e := &p.entries[i]
		if n == most.items || n > 0 && text+len(e.item.Text) > most.text {
			break
		}
		normalise.Rekey(e.item, p.sketches[i])
		p.batch.Items = append(p.batch.Items, *e.item)
		text += len(e.item.Text)
		e.item, e.left = nil, false
		n++
	}
	p.fresh = p.fresh[n:]
	p.batch.Attempt.New, p.batch.Attempt.Entries = n, p.batch.Attempt.Entries+n
	p.batch.Listing = p.list()
}

// more prepares the next part of a pass whose last one is stored.
func (p *pass) more() {
	p.before, p.notice, p.revised = p.state, nil, nil
	p.batch = store.Batch{Attempt: news.Attempt{Status: p.batch.Attempt.Status}}
}

// unfinished is the state of a feed whose document is not stored whole: the next poll
// reads it again, and archives what is old in it as the first does.
func (p *pass) unfinished() news.FeedState {
	st := p.state
	st.ETag, st.LastModified, st.BodyHash = "", "", 0
	if p.first {
		st.LastSuccess = time.Time{}
	}
	return st
}

// past takes the rhythm of a feed that is new to us from the dates of its entries.
func (p *pass) past() {
	var dates []time.Time
	for _, sketch := range p.sketches {
		if !sketch.Published.IsZero() {
			dates = append(dates, sketch.Published)
		}
	}
	p.state.ArriveAt(dates)
}

// again takes note of a known item that came under new identities or in new words. it is
// nil where the words are the old ones beyond doubt.
func (p *pass) again(it *news.Item, sketch news.Sketch, place normalise.Place) {
	known := place.Known
	if len(place.Unmet) > 0 {
		p.batch.Aliases[known.Item] = place.Unmet
	}
	if known.TextHash == sketch.TextHash {
		return
	}
	p.batch.Attempt.Revised++
	p.batch.Revisions = append(p.batch.Revisions, news.Revision{
		Item: known.Item, At: p.now, Title: it.Title, Text: it.Text, TextHash: it.TextHash,
	})
	p.revised = append(p.revised, rewording{item: it, keys: sketch.Keys})
}

// listed is the identity under which Batch.Listed holds an entry: its address where it has
// one, for guids may be worthless.
func listed(s news.Sketch) uint64 {
	for _, k := range s.Keys {
		if k.Kind == news.KeyURL {
			return k.Hash
		}
	}
	return s.Keys[len(s.Keys)-1].Hash // its words, or all it has
}

func ladderSeen(seen map[news.Key]store.Seen) func(news.Key) (normalise.Seen, bool) {
	return func(k news.Key) (normalise.Seen, bool) {
		s, ok := seen[k]
		return normalise.Seen{Item: s.Item, TextHash: s.TextHash}, ok
	}
}

// archives reports whether it is too old to be news at the first poll of its feed.
func (p *pass) archives(it news.Item, limit time.Duration) bool {
	return p.first && limit > 0 && p.now.Sub(it.Published) > limit
}

// anyTold reports whether some new item can become part of a story.
func (p *pass) anyTold() bool {
	return slices.ContainsFunc(p.batch.Items, tellable)
}

// quiet reports whether the answer is good and has nothing that is new, in words or in
// identities: of such a poll nothing is to be kept but that it was made.
func (p *pass) quiet() bool {
	return p.state.Cause == news.CauseNone && len(p.fresh) == 0 && len(p.batch.Revisions) == 0 && len(p.batch.Aliases) == 0
}

// told counts the new items that can become part of a story.
func (p *pass) told() int {
	n := 0
	for _, it := range p.batch.Items {
		if tellable(it) {
			n++
		}
	}
	return n
}

// succeed notes a poll that went well. The validators are those of the body that
// this very batch stores; a 304 that repeats none leaves the old ones.
func (p *pass) succeed(resp fetch.Response) {
	st := &p.state
	if !resp.NotModified || resp.ETag != "" {
		st.ETag = resp.ETag
	}
	if !resp.NotModified || resp.LastModified != "" {
		st.LastModified = resp.LastModified
	}
	st.LastSuccess, st.HeldUntil = p.now, time.Time{}
	st.Failures, st.Cause, st.Error, st.Gone = 0, news.CauseNone, "", false
	p.moved(resp.MovedTo)
}

// moved notes a permanent redirect that led to the feed. After several polls with the
// same answer the feed is asked there; the address in the config stays the keeper's to
// change. A feed with a secret is asked at its own address for ever: what a publisher's
// redirect names must not get it.
func (p *pass) moved(to string) {
	st := &p.state
	switch {
	case to == "" && st.Adopted != "": // asked there, it stands
		st.MovedTo, st.MovedCount = st.Adopted, adoptAfter
		return
	case to == "" || to != st.MovedTo:
		st.MovedTo, st.MovedCount = to, 0
	}
	if to == "" {
		return
	}
	st.MovedCount++
	if st.MovedCount >= adoptAfter && !p.feed.Secretive() {
		st.Adopted = to
	}
}

// passing reports whether a server that answers with the status may answer otherwise when
// it is well again: where it is in trouble itself, or has not understood the request.
func passing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusMisdirectedRequest, http.StatusTooEarly:
		return true
	}
	return status >= http.StatusInternalServerError
}

// forsake goes back to the configured address of a feed that is not to be had any more
// at the one it moved to.
func (p *pass) forsake() {
	st := &p.state
	if st.Adopted == "" || st.Failures < adoptAfter && !st.Gone {
		return
	}
	switch st.Cause {
	case news.CauseBusy, news.CauseTimeout, news.CauseConnect, news.CauseParse, news.CauseTooLarge:
		return // these are of the moment, or of the document
	case news.CauseStatus:
		if passing(st.Status) {
			return
		}
	}
	st.Adopted, st.MovedTo, st.MovedCount, st.Gone = "", "", 0, false
	st.ETag, st.LastModified, st.BodyHash = "", "", 0
}

// fail notes a poll that brought nothing.
func (p *pass) fail(err error) {
	st, a := &p.state, &p.batch.Attempt
	a.Error = err.Error()
	a.Cause, p.hint = diagnose(err)
	if fe, ok := errors.AsType[*fetch.Error](err); ok {
		a.Status, a.Took, p.wait.retry = fe.Status, fe.Took, fe.RetryAfter
	}
	p.batch.Hold = wished(err, p.now)
	if p.batch.Hold.Host == fetch.Host(st.Address()) {
		st.HeldUntil = p.batch.Hold.Until
	}
	st.Failures++
	st.Cause, st.Error = a.Cause, a.Error
	st.Gone = a.Cause == news.CauseGone
	p.forsake()
}

// close fixes the due time and completes the batch.
func (p *pass) close(pol Policy) {
	a := &p.batch.Attempt
	p.state.LastAttempt, p.state.Status = p.now, a.Status
	p.examine()
	p.state.NextDue = time.Time{}
	if !p.state.Gone {
		p.state.NextDue = nextDue(p.feed, pol, p.state, p.wait, a.Gap || len(p.fresh) > 0, p.now)
	}
	a.Feed, a.At, a.NextDue = p.feed.Name, p.now, p.state.NextDue
	for _, it := range p.batch.Items {
		if it.Archived {
			a.Archived++
		}
	}
	p.batch.State = p.state
	if len(p.fresh) > 0 {
		p.batch.State = p.unfinished()
	}
}
