// Package ingest takes one feed through one pass: fetch, parse, normalise,
// classify, cluster, store. It is a straight line; each step is a package of its
// own, and this one only hands the result of each to the next.
//
// The invariant: everything a pass learned is written in one transaction, or
// nothing is. Items, their stories, the feed's state and the HTTP validators
// stand or fall together, so a crash repeats a poll and never loses one. A feed
// that is down is a recorded attempt and not an error: Feed fails only when the
// store does.
//
// Passes of different feeds may run at once; what they share, the index of recent
// stories and the order of arrival, is behind one lock that is held from clustering
// to the end of the transaction. Passes that wait for it are clustered and written
// together, in turn. A store has one Ingester at a time: a second one
// would not learn of the stories that the first opens. Read Ingester.Feed first, then
// known.go, turn.go and nextDue.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"samur/internal/article"
	"samur/internal/classify"
	"samur/internal/cluster"
	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/search"
	"samur/internal/store"
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

	turnsMu sync.Mutex
	turns   []*turn // passes that wait to be written

	busyMu sync.Mutex
	busy   map[string]chan struct{} // feeds under way, by name; closed at the end

	holds holds
	large room // for one large document, from its bytes to its items
}

// Options configure an Ingester. All but Articles, Shared, Observe and Page are required.
type Options struct {
	Store *store.Store
	Fetch *fetch.Client
	// Understand gives what texts are read with, the same each time. It is called when
	// the first text is to be read: of most rounds every answer is that nothing changed.
	Understand func() (*lexicon.Lexicon, *classify.Classifier, error)
	Policy     Policy
	Logger     *slog.Logger
	Shared     *Shared              // by all Ingesters of one store; nil when there is one
	Observe    func(a news.Attempt) // told of every finished pass; may be nil

	Articles *article.Fetcher          // for feeds with full text; nil leaves theirs as it is
	Page     func(feed, result string) // told what came of each new entry's page; may be nil
}

// Ingester polls feeds into the store.
type Ingester struct {
	*Shared
	store      *store.Store
	fetch      *fetch.Client
	understand func() (*lexicon.Lexicon, *classify.Classifier, error)
	policy     Policy
	lg         *slog.Logger
	observe    func(news.Attempt)
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
		policy: o.Policy, lg: o.Logger, observe: o.Observe, articles: o.Articles, page: o.Page,
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
	state, err := in.state(f)
	if err != nil {
		return news.Attempt{}, err
	}
	if until, err := in.Held(in.store, state.Address()); err != nil || now.Before(until) {
		return waits(f, now, until), err
	}
	large := in.large.visit()
	defer large.leave()
	r := request(f, state)
	r.Large = large.enter
	resp, failed := in.fetch.Get(ctx, r)
	if ctx.Err() != nil {
		return news.Attempt{}, ctx.Err() // we stopped, the feed did not fail
	}
	return in.parts(ctx, f, resp, failed, now)
}

// parts takes an answer in as many parts as it needs, each stored before the next begins,
// until enough of what it brought can be told. It returns what they come to.
func (in *Ingester) parts(ctx context.Context, f news.Feed, resp fetch.Response, failed error, now time.Time) (news.Attempt, error) {
	leave := func() {}
	if failed == nil && !resp.NotModified && !f.FullText { // one that asks for pages waits for others
		var err error
		if leave, err = in.beginReading(ctx); err != nil {
			return news.Attempt{}, err
		}
	}
	defer leave()
	p, err := in.begin(f, resp, failed, now)
	if err != nil {
		return news.Attempt{}, fmt.Errorf("pass of feed %q: %w", f.Name, err)
	}
	if len(p.fresh) <= few {
		leave()
	}
	var all news.Attempt
	for told := 0; ; p.more() {
		if err := in.part(ctx, p); err != nil {
			return news.Attempt{}, fmt.Errorf("pass of feed %q: %w", f.Name, err)
		}
		all = sum(all, p.batch.Attempt)
		told += p.told()
		if len(p.fresh) == 0 || told >= in.most.items {
			return all, nil
		}
	}
}

// sum returns what two parts of a pass come to.
func sum(a, b news.Attempt) news.Attempt {
	b.Bytes, b.Entries, b.New, b.Repeated = b.Bytes+a.Bytes, b.Entries+a.Entries, b.New+a.New, b.Repeated+a.Repeated
	b.Revised, b.Archived, b.Gap = b.Revised+a.Revised, b.Archived+a.Archived, b.Gap || a.Gap
	return b
}

// begin reads an answer, or what failed instead, into a pass.
func (in *Ingester) begin(f news.Feed, resp fetch.Response, failed error, now time.Time) (*pass, error) {
	state, err := in.state(f)
	if err != nil {
		return nil, err
	}
	p := &pass{feed: f, now: now.UTC(), state: state, before: state, first: state.LastSuccess.IsZero()}
	switch {
	case failed != nil:
		p.fail(failed)
	case resp.NotModified:
		p.same(resp)
	default:
		err = in.sit(func(*desk) error { return in.read(p, resp) })
	}
	return p, err
}

// part decides about the next new items of a pass and stores them with all that the pass
// has learned.
func (in *Ingester) part(ctx context.Context, p *pass) error {
	p.take(in.most)
	if err := in.fuller(ctx, p); err != nil { // asks the publisher: nobody waits for a desk meanwhile
		return err
	}
	var reduced []cluster.Reduced
	if len(p.batch.Items) > 0 {
		err := in.sit(func(d *desk) (err error) { reduced, err = in.decideAll(ctx, p, d); return err })
		if err != nil {
			return err
		}
	}
	p.close(in.policy)
	if err := in.write(&turn{in: in, pass: p, reduced: reduced}); err != nil {
		return err
	}
	in.hold(p.state)
	in.report(p)
	return nil
}

// maxRead is how many passes may hold what they read, from the desk until it is written.
// Each has some hundred kilobytes of items, texts and words; more of them at once save
// no fsync that matters. A pass with a few new items holds next to nothing, and does not
// count while it waits.
const (
	maxRead = 16
	few     = 3
)

// beginReading waits until a pass may be read. leave may be called twice.
func (in *Ingester) beginReading(ctx context.Context) (leave func(), err error) {
	select {
	case in.reading <- struct{}{}:
		return sync.OnceFunc(func() { <-in.reading }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// desk is where an answer is read and its items are decided about. There are hardly
// more of them than processors: of many answers that come at once most wait as bytes,
// which are less than what is made of them.
type desk struct {
	terms *search.Termer
}

// sit does something at a desk, when one is free.
func (in *Ingester) sit(do func(*desk) error) error {
	d := <-in.desks
	defer func() { in.desks <- d }()
	return do(d)
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
// and a 410 belong to the address that gave them.
func (in *Ingester) state(f news.Feed) (news.FeedState, error) {
	st, err := in.store.FeedState(f.Name)
	if err != nil {
		return st, err
	}
	if st.URL != f.URL {
		st.ETag, st.LastModified, st.BodyHash = "", "", 0
		st.Gone, st.Adopted, st.MovedTo, st.MovedCount, st.LastKeys = false, "", "", 0, nil
		st.HeldUntil, st.URL = time.Time{}, f.URL
	}
	return st, nil
}

func request(f news.Feed, st news.FeedState) fetch.Request {
	return fetch.Request{URL: st.Address(), ETag: st.ETag, LastModified: st.LastModified, Access: f.Access}
}

// read parses a fetched body and sorts its entries into new, revised and repeated. It
// fails when the store does; a body that is no feed is noted in the pass.
func (in *Ingester) read(p *pass, resp fetch.Response) error {
	p.got(resp)
	hash := bodyHash(resp.Body)
	if p.unchanged(hash) {
		p.succeed(resp)
		return nil
	}
	src, failed := feed.Open(resp.Body, resp.ContentType)
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
	p.succeed(resp)
	return nil
}

// decideAll decides about the new items and returns those that may become part of a
// story, reduced; in the place of others stands nothing.
func (in *Ingester) decideAll(ctx context.Context, p *pass, d *desk) ([]cluster.Reduced, error) {
	lx, cl, err := in.understand()
	if err != nil {
		return nil, err
	}
	reduced := make([]cluster.Reduced, len(p.batch.Items))
	for i := range p.batch.Items {
		if ctx.Err() != nil {
			return nil, ctx.Err() // a large part takes seconds: who stops does not wait
		}
		it := &p.batch.Items[i]
		doc := lx.Analyse(it.Title, it.Text, it.Lang)
		it.Verdict = cl.Classify(doc)
		if in.decide(p, it, doc, d); tellable(*it) {
			reduced[i] = cluster.Reduce(*it, doc)
		}
	}
	return reduced, nil
}

// decide takes the figures of a relevant item and the words under which it will be
// found.
func (in *Ingester) decide(p *pass, it *news.Item, doc *lexicon.Doc, d *desk) {
	if it.Verdict.Relevant {
		it.Figures = figures.Extract(doc, it.Published)
	}
	it.Archived = p.archives(*it, in.policy.FirstAge)
	p.batch.Terms[it.ID] = d.terms.Terms(doc)
}

// cluster gives every relevant new item its story. touched holds the stories that this
// pass and those written with it change. The caller holds the lock.
func (in *Ingester) cluster(p *pass, reduced []cluster.Reduced, touched map[string]*news.Story) error {
	if !p.anyTold() {
		return nil
	}
	if err := in.loadStories(p.now); err != nil {
		return err
	}
	for i := range p.batch.Items {
		it := &p.batch.Items[i]
		if !tellable(*it) {
			continue
		}
		if err := in.join(it, reduced[i], touched); err != nil {
			return err
		}
	}
	return nil
}

// tellable reports whether an item can become part of a story.
func tellable(it news.Item) bool { return it.Verdict.Relevant && !it.Archived }

// join adds it to the story that the index decides on.
func (in *Ingester) join(it *news.Item, reduced cluster.Reduced, touched map[string]*news.Story) error {
	d := in.stories.Assign(reduced)
	it.Story, it.CopyOf = d.Story, d.CopyOf
	in.stories.Add(reduced, d.Story, d.CopyOf)
	st, ok := touched[d.Story]
	if !ok {
		var err error
		if st, err = in.story(d); err != nil {
			return err
		}
		touched[d.Story] = st
	}
	st.Members = append(st.Members, member(*it, d))
	span(st)
	return nil
}

func (in *Ingester) story(d cluster.Decision) (*news.Story, error) {
	if d.New {
		return &news.Story{ID: d.Story, Series: d.Series}, nil
	}
	return in.standing(d.Story)
}

// standing reads a story that the index knows. One that the store does not have
// under this very id, because it was merged away or pruned, begins anew.
func (in *Ingester) standing(id string) (*news.Story, error) {
	st, err := in.store.Story(id)
	if errors.Is(err, news.ErrNotFound) || err == nil && st.ID != id {
		return &news.Story{ID: id}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read story %q: %w", id, err)
	}
	return &st, nil
}

func member(it news.Item, d cluster.Decision) news.Member {
	return news.Member{
		Item: it.ID, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang,
		FirstSeen: it.FirstSeen, CopyOf: it.CopyOf, Why: d.Why, Score: d.Score,
	}
}

// loadStories fills the index with the relevant items of the last days, when it is
// not filled already. The caller holds the lock.
func (in *Ingester) loadStories(now time.Time) error {
	lx, _, err := in.understand()
	if err != nil {
		return err
	}
	if in.stories != nil && in.with == lx {
		in.stories.Prune(now.Add(-in.window()))
		return nil
	}
	var recent []news.Item
	err = in.store.ItemsSince(now.Add(-in.window()), func(it news.Item) bool {
		if it.Story != "" {
			recent = append(recent, it)
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("read recent items: %w", err)
	}
	ix := cluster.New(cluster.Options{Window: in.window()})
	for i, r := range reduceAll(lx, recent) {
		ix.Add(r, recent[i].Story, recent[i].CopyOf)
	}
	in.stories, in.with = ix, lx
	return nil
}

// reduceAll reduces items on all processors: every pass waits for the index.
func reduceAll(lx *lexicon.Lexicon, items []news.Item) []cluster.Reduced {
	out := make([]cluster.Reduced, len(items))
	var wg sync.WaitGroup
	for part, parts := 0, runtime.GOMAXPROCS(0); part < parts; part++ {
		wg.Go(func() {
			for i := part; i < len(items); i += parts {
				out[i] = cluster.Reduce(items[i], lx.Analyse(items[i].Title, items[i].Text, items[i].Lang))
			}
		})
	}
	wg.Wait()
	return out
}

func (in *Ingester) window() time.Duration {
	return time.Duration(in.policy.StoryDays) * 24 * time.Hour
}

// Settle looks at the recent stories once more, merges what turned out to be one
// event and writes the moves. It is called before a digest is made.
func (in *Ingester) Settle(now time.Time) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := in.loadStories(now); err != nil {
		return err
	}
	moves := in.stories.Reassign()
	if len(moves) == 0 {
		return nil
	}
	if err := in.applyMoves(moves); err != nil {
		in.stories = nil // it is ahead of the store
		return err
	}
	in.lg.Info("stories settled", "stories", len(moves))
	return nil
}

// report writes the one line of a poll.
func (in *Ingester) report(p *pass) {
	a := p.batch.Attempt
	in.observe(a)
	lg := in.lg.With("feed", a.Feed, "status", a.Status, "dur", a.Took.Round(time.Millisecond), "next_at", a.NextDue.Truncate(time.Second))
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
		lg.Warn("feed broke", "cause", n.Cause, "since", n.Since, "advice", n.Advice)
	case news.NoticeHealed:
		lg.Info("feed healed", "cause", n.Cause, "since", n.Since)
	case news.NoticeMoved:
		lg.Warn("feed moved for good and is asked at its new address", "advice", n.Advice)
	}
}
