package ingest

import (
	"context"
	"fmt"
	"time"

	"samur/internal/news"
	"samur/internal/normalise"
	"samur/internal/store"
)

// A publisher rewords what was read. Every new wording is judged by itself, and what
// follows depends on how the item stands:
//
//	rejected, and now relevant    it is news: the wording becomes an item of its own, in
//	                              the window in which it came; the entry counts as new
//	relevant, and no longer so    the item stays, and the revision says what it would be
//	as before                     the revision is kept
//
// An item that has become another one leaves it all its identities, so that the entry is
// known as the relevant one from then on: it becomes news once, whatever the publisher
// writes next. TestAnyRevisions holds that against random histories.

// rewording is the entry behind a revision.
type rewording struct {
	item *news.Item
	keys []news.Key
}

// reconsider judges the later wordings of a pass, and makes items of those that are news.
func (in *Ingester) reconsider(ctx context.Context, p *pass) error {
	lx, cl, err := in.understand()
	if err != nil {
		return err
	}
	standings, err := in.standings(p)
	if err != nil {
		return err
	}
	for i := range p.batch.Revisions {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r, w := &p.batch.Revisions[i], p.revised[i]
		r.Verdict = cl.Classify(lx.Read(news.Item{Title: r.Title, Text: r.Text, Lang: w.item.Lang, Side: w.item.Side}))
		was, known := standings[r.Item]
		switch {
		case known && !was.Relevant && r.Verdict.Relevant && !p.bygone(was, *w.item, in.policy.FirstAge):
			p.becomes(r, w, was)
			in.lg.Debug("reworded item is relevant now", "feed", p.feed.Name, "item", r.Became, "score", r.Verdict.Score)
		case was.Relevant && !r.Verdict.Relevant:
			in.lg.Debug("reworded item would be rejected; it stays as it was", "feed", p.feed.Name, "item", r.Item, "score", r.Verdict.Score)
		}
	}
	return nil
}

func (in *Ingester) standings(p *pass) (map[string]store.Standing, error) {
	ids := make([]string, len(p.batch.Revisions))
	for i, r := range p.batch.Revisions {
		ids[i] = r.Item
	}
	standings, err := in.store.Standings(ids)
	if err != nil {
		return nil, fmt.Errorf("reconsider revisions: %w", err)
	}
	return standings, nil
}

// bygone reports whether an entry was old when its feed was first read, and is so still.
func (p *pass) bygone(was store.Standing, it news.Item, limit time.Duration) bool {
	return was.Archived && limit > 0 && p.now.Sub(it.Published) > limit
}

// becomes makes the wording of a revision an item.
func (p *pass) becomes(r *news.Revision, w rewording, was store.Standing) {
	it := *w.item
	normalise.Again(&it, w.keys, r.Item, was.Keys)
	r.Became = it.ID
	delete(p.batch.Aliases, r.Item) // they lead to the new item
	if p.batch.Terms == nil {
		p.batch.Terms = map[string][]news.IndexTerm{}
	}
	p.batch.Items = append(p.batch.Items, it)
	a := &p.batch.Attempt
	a.New, a.Repeated, a.Revised = a.New+1, a.Repeated-1, a.Revised-1
}
