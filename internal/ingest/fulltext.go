package ingest

import (
	"cmp"
	"context"
	"html"
	"slices"
	"unicode/utf8"

	"samur/internal/article"
	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/news"
	"samur/internal/normalise"
)

// What comes of a page beside what package article knows.
const (
	pageEnough  article.Result = "enough"  // the feed gave a whole text
	pageShorter article.Result = "shorter" // the page says no more than the feed
	pageOther   article.Result = "other"   // what it says is not about the entry
)

// enough is from how many characters on the feed's own text is taken for the whole.
const enough = 1500

// manners are those of a pass that asks for pages.
func (in *Ingester) manners(p *pass) article.Manners {
	g := guest{doors: &in.doors, pause: in.pause}
	return article.Manners{
		Enter: g.follow(in.unlessHeld(p.now)),
		Leave: g.leave,
		Busy: func(err *fetch.Error) {
			if h := wished(err, p.now); h.Host != "" {
				p.batch.Hold = h
				in.hold(h)
			}
		},
	}
}

// fuller gives the new items of a feed with full text that of the pages behind them,
// the newest first. Whatever comes of a page, the item is stored: it fails only when
// ctx ends.
func (in *Ingester) fuller(ctx context.Context, p *pass) error {
	if !p.feed.FullText || in.articles == nil || len(p.batch.Items) == 0 {
		return nil
	}
	visit := in.articles.Visit(p.feed, p.home, p.at).With(in.manners(p))
	limited, cancel := context.WithTimeout(ctx, article.Longest)
	defer cancel()
	for _, it := range p.wanting(in.policy) {
		result := pageEnough
		if utf8.RuneCountInString(it.Text) < enough {
			var text string
			if text, result = visit.Text(limited, it.Link); result == article.Read {
				result = p.retell(it, text)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		in.page(p.feed.Name, string(result))
		in.lg.Debug("page of item", "feed", p.feed.Name, "item", it.ID, "page", string(result), "bytes", len(it.Text))
	}
	return nil
}

// wanting returns the new items that will be told, newest first. A later wording was
// judged in the feed's own words and is told in them.
func (p *pass) wanting(pol Policy) []*news.Item {
	var list []*news.Item
	for i := range p.batch.Items {
		if it := &p.batch.Items[i]; it.Revises == "" && !p.archives(*it, pol.FirstAge) {
			list = append(list, it)
		}
	}
	slices.SortStableFunc(list, func(a, b *news.Item) int { return cmp.Compare(b.Published.UnixNano(), a.Published.UnixNano()) })
	return list
}

// retell gives an item the text of its page where that says more about the same. Its
// identity stays with what the feed gave, by which the next poll will know it.
func (p *pass) retell(it *news.Item, text string) article.Result {
	told := normalise.Item(p.feed, feed.Entry{Title: it.Title, Link: it.Link, Content: html.EscapeString(text)}, p.at, p.now)
	switch {
	case len(told.Text) <= len(it.Text):
		return pageShorter
	case !article.Agrees(it.Title, it.Text, told.Text, told.Lang):
		return pageOther
	}
	it.Text, it.Aside, it.Lang = told.Text, told.Aside, told.Lang
	it.Via = cmp.Or(told.Via, it.Via)
	return article.Read
}
