package ingest

import (
	"context"
	"fmt"
	"sync"

	"samur/internal/cluster"
	"samur/internal/fetch"
	"samur/internal/news"
	"samur/internal/search"
)

// parts takes an answer in as many parts as it needs, each stored before the next begins,
// until enough of what it brought can be told. It returns what they come to.
func (in *Ingester) parts(ctx context.Context, p *pass, resp fetch.Response, failed error, aside func(*pass) bool) (news.Attempt, error) {
	leave := func() {}
	if failed == nil && !resp.NotModified && !p.feed.FullText { // one that asks for pages waits for others
		var err error
		if leave, err = in.beginReading(ctx); err != nil {
			return news.Attempt{}, err
		}
	}
	defer leave()
	if err := in.begin(p, &resp, failed); err != nil {
		return news.Attempt{}, passErr(p, err)
	}
	if len(p.fresh) <= few {
		leave()
	}
	if p.quiet() && aside(p) {
		return news.Attempt{}, nil
	}
	var all news.Attempt
	for told := 0; ; p.more() {
		if err := in.part(ctx, p); err != nil {
			return news.Attempt{}, passErr(p, err)
		}
		all = sum(all, p.batch.Attempt)
		told += p.told()
		if len(p.fresh) == 0 || told >= in.most.items {
			return all, nil
		}
	}
}

// passErr says whose pass could not be stored.
func passErr(p *pass, err error) error { return fmt.Errorf("pass of feed %q: %w", p.feed.Name, err) }

// sum returns what two parts of a pass come to.
func sum(a, b news.Attempt) news.Attempt {
	b.Bytes, b.Entries, b.New, b.Repeated = b.Bytes+a.Bytes, b.Entries+a.Entries, b.New+a.New, b.Repeated+a.Repeated
	b.Revised, b.Archived, b.Gap = b.Revised+a.Revised, b.Archived+a.Archived, b.Gap || a.Gap
	return b
}

// begin reads an answer, or what failed instead, into a pass. It takes the body out of
// the answer.
func (in *Ingester) begin(p *pass, resp *fetch.Response, failed error) error {
	switch {
	case failed != nil:
		p.fail(failed)
	case resp.NotModified:
		p.same(*resp)
	default:
		return in.sit(func(*desk) error { return in.read(p, resp) })
	}
	return nil
}

// part decides about the next new items of a pass and stores them with all that the pass
// has learned.
func (in *Ingester) part(ctx context.Context, p *pass) error {
	p.take(in.most)
	if len(p.revised) > 0 {
		if err := in.sit(func(*desk) error { return in.reconsider(ctx, p) }); err != nil {
			return err
		}
	}
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
	if p.anyTold() {
		if err := in.prepare(p.now); err != nil {
			return err
		}
	}
	t := &turn{in: in, pass: p, reduced: reduced}
	if in.write(t); t.err != nil {
		return t.err
	}
	in.written(p)
	return nil
}

// written lets others know of a pass that is on the disk.
func (in *Ingester) written(p *pass) {
	in.hold(p.batch.Hold)
	in.report(p)
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
