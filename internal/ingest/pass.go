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
	p.wait.fresh = max(resp.MaxAge, resp.RetryAfter)
}

// same notes that nothing has changed since the last poll.
func (p *pass) same(resp fetch.Response) {
	p.got(resp)
	p.succeed(resp, feed.Document{})
}

// bodyHash names the bytes of a body, for FeedState.BodyHash.
func bodyHash(body []byte) uint64 {
	h := fnv.New64a()
	h.Write(body)
	return h.Sum64()
}

// unchanged reports whether a body is the one whose items are stored already.
func (p *pass) unchanged(sum uint64) bool {
	return sum == p.before.BodyHash && !p.before.LastSuccess.IsZero()
}

// entries turns the entries of a document into items. An entry that holds nothing
// to know it by holds nothing to read either, and is none.
func (p *pass) entries(doc feed.Document, base string) {
	for _, e := range doc.Entries {
		if it := normalise.Item(p.feed, e, base, p.now); len(it.Keys) > 0 {
			p.items = append(p.items, it)
		}
	}
	p.items = normalise.Untangle(p.items)
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
	lookup := ladderSeen(seen)
	habit := normalise.LearnGUIDs(p.state.GUIDs, p.items, lookup)
	p.state.GUIDs, p.state.LastKeys = habit, nil
	p.batch.Terms, p.batch.Aliases = map[string][]string{}, map[string][]news.Key{}
	a := &p.batch.Attempt
	taken := map[news.Key]bool{} // identities of new items in this very document
	met := map[string]bool{}     // known items in this very document
	for _, it := range p.items {
		p.state.LastKeys = append(p.state.LastKeys, listed(it))
		known, ok := normalise.Known(habit, it, lookup)
		switch {
		case ok:
			a.Repeated++
			if !met[known.Item] { // of two wordings in one document the first counts
				p.again(it, known, normalise.Unmet(habit, it, lookup))
			}
			met[known.Item] = true
		case normalise.Taken(habit, it, taken):
			a.Repeated++ // the document lists it twice
		default:
			a.New++
			p.batch.Items = append(p.batch.Items, it)
			for _, k := range it.Keys {
				taken[k] = true
			}
		}
	}
	a.Gap = len(met) == 0 && a.New > 0 && len(p.before.LastKeys) > 0
	if a.New > 0 {
		p.state.LastNew = p.now
	}
}

// again takes note of a known item that came under new identities or in new words.
func (p *pass) again(it news.Item, known normalise.Seen, unmet []news.Key) {
	if len(unmet) > 0 {
		p.batch.Aliases[known.Item] = unmet
	}
	if known.TextHash == it.TextHash {
		return
	}
	p.batch.Attempt.Revised++
	p.batch.Revisions = append(p.batch.Revisions, news.Revision{
		Item: known.Item, At: p.now, Title: it.Title, Text: it.Text, TextHash: it.TextHash,
	})
}

// listed is the identity under which FeedState.LastKeys holds an item: its address
// where it has one, for guids may be worthless.
func listed(it news.Item) uint64 {
	for _, k := range it.Keys {
		if k.Kind == news.KeyURL {
			return k.Hash
		}
	}
	return it.Keys[len(it.Keys)-1].Hash // its words, or all it has
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
			st.Advice = "the address gives no feed; " + fe.Hint
		}
	}
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
