// Package ingest takes one feed through one pass: fetch, parse, normalise,
// classify, cluster, store. It is a straight line; each step is a package of its
// own, and this one only hands the result of each to the next.
//
// The invariant: everything a pass learned is written in one transaction, or
// nothing is. Items, their stories, the feed's state and the HTTP validators
// stand or fall together, so a crash repeats a poll and never loses one. A document
// with very much in it is taken in parts of which that is true, and its validators
// are kept with the last. A feed that is down is a recorded attempt and not an
// error: Feed fails only when the store does.
//
// Passes of different feeds may run at once; what they share, the index of recent
// stories and the order of arrival, is behind one lock that is held from clustering
// to the end of the transaction. Passes that wait for it are clustered and written
// together, in turn. A store has one Ingester at a time: a second one
// would not learn of the stories that the first opens. Read Ingester.Feed first, then
// parts.go, known.go, revised.go, turn.go, round.go, door.go and nextDue.
package ingest

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"samur/internal/article"
	"samur/internal/classify"
	"samur/internal/cluster"
	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/search"
	"samur/internal/store"
	"samur/internal/timeline"
)

// Policy is what the config says about polling.
type Policy struct {
	Every     time.Duration // wished distance between polls of a feed that names none
	Min       time.Duration // never sooner than this, whatever the publisher says
	Max       time.Duration // never later than this while the feed is well
	FirstAge  time.Duration // at a feed's first poll older items are archived, not told; 0 tells all
	StoryDays int           // how long a story can be joined, in days
}

// Shared is what the Ingesters of one store share: the index of recent stories, the
// order in which passes are written, and which hosts asked to be left alone. The zero
// value is ready. A config that is reloaded makes a new Ingester while a pass of the old
// one may still be under way.
type Shared struct {
	mu      sync.Mutex       // from clustering to the end of the transaction
	stories *cluster.Index   // nil when it must be read from the store again
	with    *lexicon.Lexicon // what the index was read with; another one reads anew

	filled    atomic.Pointer[lexicon.Lexicon] // with, while there is an index
	preparing sync.Mutex                      // held by who reads an index outside mu
	prepared  atomic.Pointer[draft]           // the index that was read so; nil when none waits
	round     atomic.Uint64                   // goes up when what is stored of older stories may have changed
	named     atomic.Pointer[named]           // by what items are reduced; nil when not yet asked

	turnsMu sync.Mutex
	turns   []*turn // passes that wait to be written

	busyMu sync.Mutex
	busy   map[string]chan struct{} // feeds under way, by name; closed at the end

	doors doors
	holds holds
	large room // for one large document, from its bytes to its items
}

// Options configure an Ingester. All but Articles, Version, Shared, Observe, Pause and Page are required.
type Options struct {
	Store *store.Store
	Fetch *fetch.Client
	// Understand gives what texts are read with: the lexicon is the same each time, the
	// classifier learns. It is called when there is a text to be read, and must then be
	// quick: of most rounds every answer is that nothing changed.
	Understand func() (*lexicon.Lexicon, *classify.Classifier, error)
	Policy     Policy
	Logger     *slog.Logger
	Version    string               // of the program: what another one made of a text is made anew
	Shared     *Shared              // by all Ingesters of one store; nil when there is one
	Observe    func(a news.Attempt) // told of every finished pass; may be nil

	Pause    func(host string) time.Duration // between two requests to the site of a host; nil is none
	Articles *article.Fetcher                // for feeds with full text; nil leaves theirs as it is
	Page     func(feed, result string)       // told what came of each new entry's page; may be nil
}

// Ingester polls feeds into the store.
type Ingester struct {
	*Shared
	store      *store.Store
	fetch      *fetch.Client
	understand func() (*lexicon.Lexicon, *classify.Classifier, error)
	version    string
	policy     Policy
	lg         *slog.Logger
	observe    func(news.Attempt)
	pause      func(string) time.Duration
	articles   *article.Fetcher
	page       func(string, string)
	desks      chan *desk
	most       portion
	reading    chan struct{} // holds one value for each pass that was read and is not yet written
}

// New returns an Ingester. The index of recent stories is read from the store at
// the first pass that needs it.
func New(o Options) (*Ingester, error) {
	if o.Store == nil || o.Fetch == nil || o.Understand == nil || o.Logger == nil {
		return nil, fmt.Errorf("ingest: store, fetch, understand and logger are required")
	}
	if o.Policy.StoryDays == 0 {
		o.Policy.StoryDays = 7
	}
	if o.Observe == nil {
		o.Observe = func(news.Attempt) {}
	}
	if o.Pause == nil {
		o.Pause = func(string) time.Duration { return 0 }
	}
	if o.Page == nil {
		o.Page = func(string, string) {}
	}
	if o.Shared == nil {
		o.Shared = &Shared{}
	}
	desks := make(chan *desk, runtime.GOMAXPROCS(0)+1) // one may wait for the disk
	for range cap(desks) {
		desks <- &desk{terms: search.NewTermer()}
	}
	return &Ingester{
		Shared: o.Shared, desks: desks, reading: make(chan struct{}, maxRead), most: usual, store: o.Store, fetch: o.Fetch, understand: o.Understand,
		version: o.Version, policy: o.Policy, lg: o.Logger, observe: o.Observe, pause: o.Pause, articles: o.Articles, page: o.Page,
	}, nil
}

// Feed polls f once and stores what is new. A feed that is down is a recorded
// attempt, not an error: Feed fails only when the store does, or ctx ends, which
// leaves nothing behind. A second call for the same feed waits for the first.
func (in *Ingester) Feed(ctx context.Context, f news.Feed, now time.Time) (news.Attempt, error) {
	leave, err := in.enter(ctx, f.Name)
	if err != nil {
		return news.Attempt{}, err
	}
	defer leave()
	return in.poll(ctx, f, now, true, func(*pass) bool { return false })
}

// poll is Feed for one who is in. A feed that is gone is asked when again is true. aside
// may take over a pass that brought nothing to keep, which is then its own to write; of
// such a one poll returns nothing.
func (in *Ingester) poll(ctx context.Context, f news.Feed, now time.Time, again bool, aside func(*pass) bool) (news.Attempt, error) {
	state, err := in.state(f)
	if err != nil {
		return news.Attempt{}, err
	}
	if state.Gone && !again {
		return over(f, now), nil
	}
	g := guest{doors: &in.doors, pause: in.pause}
	if err := g.enter(ctx, state.Address()); err != nil {
		return news.Attempt{}, err
	}
	defer g.leave() // where no request is made
	if until, err := in.Held(in.store, state.Address(), now); err != nil || now.Before(until) {
		return waits(f, now, until), err
	}
	large := in.large.visit()
	defer large.leave()
	r := request(f, state)
	r.Large, r.Follow = large.enter, g.follow(in.unlessHeld(now))
	resp, failed := in.fetch.Get(ctx, r)
	in.hold(wished(failed, now)) // before the next one is let in
	g.leave()
	if ctx.Err() != nil {
		return news.Attempt{}, ctx.Err() // we stopped, the feed did not fail
	}
	large.brings(len(resp.Body))
	return in.parts(ctx, newPass(f, state, now), resp, asBusy(failed, now), aside)
}

// enter waits until no other pass of the feed is under way: two that look the same
// entry up before either has stored it would both bring it as new.
func (in *Ingester) enter(ctx context.Context, name string) (leave func(), err error) {
	for {
		in.busyMu.Lock()
		other, busy := in.busy[name]
		if !busy {
			mine := make(chan struct{})
			if in.busy == nil {
				in.busy = map[string]chan struct{}{}
			}
			in.busy[name] = mine
			in.busyMu.Unlock()
			return func() {
				in.busyMu.Lock()
				delete(in.busy, name)
				in.busyMu.Unlock()
				close(mine)
			}, nil
		}
		in.busyMu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// state returns what is known of f. A changed address starts afresh: validators
// and a 410 belong to the address that gave them. So does one that f goes back to because
// it has a secret now.
func (in *Ingester) state(f news.Feed) (news.FeedState, error) {
	st, err := in.store.FeedState(f.Name)
	if err != nil {
		return st, err
	}
	if st.URL != f.URL && st.Adopted == f.URL { // the keeper has written down where it moved to
		st.URL, st.Adopted, st.MovedTo, st.MovedCount = f.URL, "", "", 0
	}
	if st.URL != f.URL || st.Address() != Address(f, st) {
		st.ETag, st.LastModified, st.BodyHash = "", "", 0
		st.Gone, st.Adopted, st.MovedTo, st.MovedCount, st.Listed = false, "", "", 0, false
		st.HeldUntil, st.URL = time.Time{}, f.URL
	}
	return st, nil
}

func request(f news.Feed, st news.FeedState) fetch.Request {
	return fetch.Request{URL: st.Address(), ETag: st.ETag, LastModified: st.LastModified, Access: f.Access}
}

// read parses a fetched body and sorts its entries into new, revised and repeated. It
// fails when the store does; a body that is no feed is noted in the pass.
func (in *Ingester) read(p *pass, resp *fetch.Response) error {
	p.got(*resp)
	hash := bodyHash(resp.Body)
	if p.unchanged(hash) {
		p.succeed(*resp)
		return nil
	}
	body := resp.Body
	resp.Body = "" // ten megabytes are in the way of what is made of them
	src, failed := feed.Open(body, resp.ContentType)
	var doc feed.Document
	if failed == nil {
		var err error
		if doc, failed, err = in.take(p, src, resp.URL); err != nil {
			return err
		}
	}
	if failed != nil {
		p.fail(failed)
		return nil
	}
	p.learn(doc, resp.URL)
	p.sort()
	p.state.BodyHash = hash // only now: a body that could not be read is read again
	p.succeed(*resp)
	return nil
}

// decideAll decides about the new items and returns those that may become part of a
// story, reduced; in the place of others stands nothing.
func (in *Ingester) decideAll(ctx context.Context, p *pass, d *desk) ([]cluster.Reduced, error) {
	lx, cl, err := in.understand()
	if err != nil {
		return nil, err
	}
	reduced, rules := make([]cluster.Reduced, len(p.batch.Items)), in.rules(lx)
	p.batch.Reduced = map[string]store.Reduced{}
	for i := range p.batch.Items {
		if ctx.Err() != nil {
			return nil, ctx.Err() // a large part takes seconds: who stops does not wait
		}
		it := &p.batch.Items[i]
		doc := lx.Read(*it)
		it.Verdict = cl.Classify(doc)
		if read := in.decide(p, it, doc, d); tellable(*it) {
			reduced[i] = cluster.ReduceRead(*it, doc, read)
			p.batch.Reduced[it.ID] = store.Reduced{Rules: rules, Kept: reduced[i].Kept()}
		}
		lx.Release(doc)
	}
	return reduced, nil
}

// decide takes the figures and events of a relevant item, for which it reads its
// sentences, and the words under which it will be found.
func (in *Ingester) decide(p *pass, it *news.Item, doc *lexicon.Doc, d *desk) (read *figures.Sentences) {
	if it.Verdict.Relevant {
		read = figures.Read(doc)
		it.Figures = read.Figures(it.Published)
		it.Events = timeline.Extract(doc, it.Published)
	}
	it.Archived = p.archives(*it, in.policy.FirstAge)
	p.batch.Terms[it.ID] = d.terms.Terms(doc)
	return read
}

// report writes the one line of a poll.
func (in *Ingester) report(p *pass) {
	a := p.batch.Attempt
	in.observe(a)
	if a.Cause == news.CauseNone && p.notice == nil && !a.Gap && !in.lg.Enabled(context.Background(), slog.LevelInfo) {
		return // of a thousand polls nearly all are so, to a command that tells only of trouble
	}
	lg := in.lg.With("feed", a.Feed, "status", a.Status, "dur", a.Took.Round(time.Millisecond))
	if !a.NextDue.IsZero() {
		lg = lg.With("next_at", a.NextDue.Truncate(time.Second))
	}
	if p.notice != nil {
		defer tellKeeper(lg, *p.notice) // behind the poll that it comes of
	}
	if a.Cause != news.CauseNone {
		level := slog.LevelWarn
		if p.before.Notified != news.CauseNone {
			level = slog.LevelInfo // said once already
		}
		lg.Log(context.Background(), level, "feed not read", "cause", a.Cause, "err", a.Error)
		return
	}
	lg.Info("feed polled", "bytes", a.Bytes, "new_items", a.New)
	if a.Archived > 0 {
		lg.Info("first poll: older items are kept as known and not told", "archived", a.Archived)
	}
	if len(p.fresh) > 0 {
		lg.Info("document is taken in parts", "items", len(p.fresh))
	}
	if a.Gap {
		lg.Warn("feed may have lost items between polls", "url", p.feed.URL)
	}
	for _, it := range p.batch.Items {
		in.lg.Debug("item stored", "item", it.ID, "story", it.Story, "lang", it.Lang, "score", it.Verdict.Score)
	}
}

// tellKeeper logs a notice.
func tellKeeper(lg *slog.Logger, n news.Notice) {
	switch n.Kind {
	case news.NoticeBroke:
		lg.Warn("feed broke", "cause", n.Cause, "since", n.Since, "advice", render.English(n.Advice))
	case news.NoticeHealed:
		lg.Info("feed healed", "cause", n.Cause, "since", n.Since)
	case news.NoticeMoved:
		lg.Warn("feed moved for good and is asked at its new address", "advice", render.English(n.Advice))
	}
}
