package ingest

import (
	"errors"
	"hash/fnv"
	"slices"
	"time"

	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/news"
	"samur/internal/normalise"
	"samur/internal/store"
)

// pass is one poll of one feed under way: what came in, and the batch that will be
// written.
type pass struct {
	feed   news.Feed
	now    time.Time
	state  news.FeedState // as it will be written
	before news.FeedState // as it was
	first  bool           // no poll of this feed has gone well before
	items  []news.Item    // every entry of the document, in its order
	wait   wait           // what the answer says about the next poll
	batch  store.Batch
}

// wait is what a publisher says about when to come again.
type wait struct {
	retry  time.Duration // Retry-After
	fresh  time.Duration // Cache-Control, Expires
	stated time.Duration // ttl, sy:updatePeriod of the document
}

// got notes the answer in the attempt.
func (p *pass) got(resp fetch.Response) {
	a := &p.batch.Attempt
	a.Status, a.Bytes, a.Took = resp.Status, int64(len(resp.Body)), resp.Took
	p.wait.fresh = resp.MaxAge
}

// same notes that nothing has changed since the last poll.
func (p *pass) same(resp fetch.Response) {
	p.got(resp)
	p.succeed(resp, feed.Document{})
}

// unchanged reports whether body is the one whose items are stored already.
func (p *pass) unchanged(body []byte) bool {
	h := fnv.New64a()
	h.Write(body)
	sum := h.Sum64()
	same := sum == p.state.BodyHash && !p.state.LastSuccess.IsZero()
	p.state.BodyHash = sum
	return same
}

// entries turns the entries of a document into items.
func (p *pass) entries(doc feed.Document, base string) {
	for _, e := range doc.Entries {
		p.items = append(p.items, normalise.Item(p.feed, e, base, p.now))
	}
	p.batch.Attempt.Entries = len(p.items)
}

// keys lists every identity in the document.
func (p *pass) keys() []news.Key {
	var keys []news.Key
	for _, it := range p.items {
		keys = append(keys, it.Keys...)
	}
	return keys
}

// sort tells new, changed and repeated entries apart.
func (p *pass) sort(seen map[news.Key]store.Seen) {
	p.state.GUIDs = normalise.LearnGUIDs(p.state.GUIDs, p.items, ladderSeen(seen))
	a := &p.batch.Attempt
	p.batch.Terms = map[string][]string{}
	taken := map[news.Key]bool{} // identities of new items in this very document
	var shared bool
	for _, it := range p.items {
		known, ok := normalise.Known(p.state.GUIDs, it, ladderSeen(seen))
		switch {
		case ok && known.TextHash == normalise.TextHash(it):
			a.Repeated++
			shared = true
		case ok:
			a.Repeated++
			a.Revised++
			shared = true
			p.batch.Revisions = append(p.batch.Revisions, news.Revision{Item: known.Item, At: p.now, Title: it.Title, Text: it.Text})
		case normalise.Taken(p.state.GUIDs, it, taken):
			a.Repeated++ // the document lists it twice
		default:
			a.New++
			p.batch.Items = append(p.batch.Items, it)
			for _, k := range it.Keys {
				taken[k] = true
			}
		}
	}
	a.Gap = !shared && a.New > 0 && !p.state.LastNew.IsZero()
	if a.New > 0 {
		p.state.LastNew = p.now
	}
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

// succeed notes a poll that went well. The validators are those of the body that
// this very batch stores; a 304 that repeats none leaves the old ones.
func (p *pass) succeed(resp fetch.Response, doc feed.Document) {
	st := &p.state
	if !resp.NotModified || resp.ETag != "" {
		st.ETag = resp.ETag
	}
	if !resp.NotModified || resp.LastModified != "" {
		st.LastModified = resp.LastModified
	}
	st.LastSuccess = p.now
	st.Failures, st.Cause, st.Error, st.Advice = 0, news.CauseNone, "", ""
	if doc.Title != "" {
		st.Title = doc.Title
	}
	p.wait.stated = max(doc.TTL, doc.UpdateEvery)
	p.moved(resp.MovedTo)
}

// moved notes a permanent redirect. The address in the config stays the keeper's
// to change; after three polls with the same answer they are told.
func (p *pass) moved(to string) {
	st := &p.state
	if to == "" || to != st.MovedTo {
		st.MovedTo, st.MovedCount = to, 0
	}
	if to == "" {
		return
	}
	st.MovedCount++
	if st.MovedCount >= 3 {
		st.Advice = "the feed has moved for good: set url to " + to
	}
}

// fail notes a poll that brought nothing.
func (p *pass) fail(err error) {
	st, a := &p.state, &p.batch.Attempt
	a.Cause, a.Error = news.CauseParse, err.Error()
	if fe, ok := errors.AsType[*fetch.Error](err); ok {
		a.Cause, a.Status, p.wait.retry = fe.Cause, fe.Status, fe.RetryAfter
	}
	if fe, ok := errors.AsType[*feed.Error](err); ok {
		a.Cause = fe.Cause
		if fe.Hint != "" {
			st.Advice = "the page names a feed: try " + fe.Hint
		}
	}
	st.BodyHash = p.before.BodyHash // what could not be read is read again
	st.Failures++
	st.Cause, st.Error = a.Cause, a.Error
	st.Gone = a.Cause == news.CauseGone
}

// close fixes the due time and completes the batch.
func (p *pass) close(pol Policy) {
	a := &p.batch.Attempt
	p.state.LastAttempt = p.now
	p.state.NextDue = nextDue(p.feed, pol, p.state, p.wait, a.Gap, p.now)
	a.Feed, a.At, a.NextDue = p.feed.Name, p.now, p.state.NextDue
	for _, it := range p.batch.Items {
		if it.Archived {
			a.Archived++
		}
	}
	p.batch.State = p.state
}
