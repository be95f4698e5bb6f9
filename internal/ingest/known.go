package ingest

import (
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"samur/internal/feed"
	"samur/internal/news"
	"samur/internal/normalise"
)

// An entry that comes in the very bytes in which the last document had it is the item
// that it was then, and need be neither parsed nor normalised again. It stands in for
// itself with what the store's listing kept of it: its identities and the hash of its
// words. All that a pass learns from a document (what is new or revised, what the
// guids are worth, whether something was missed, how much was read) it learns from
// stand-ins as from entries that were read. Where that could come to something else
// the document is read whole; TestKnownOrRead compares the two.

// mark is what the listing will hold of an item, beside what the item holds.
type mark struct {
	span    uint64     // 0 for an entry that cannot be told apart
	keys    []news.Key // as the entry gave them, before some were found to be none
	standIn bool
}

// take reads the entries of a document into the pass, and asks the store which are
// known. failed is what is wrong with the document, err with the store.
func (in *Ingester) take(p *pass, src *feed.Source, base string) (doc feed.Document, failed, err error) {
	last, err := in.store.Listing(p.feed.Name)
	if err != nil {
		return doc, nil, err
	}
	spans := src.Spans()
	if known, without := recall(spans, last); without != nil {
		doc, failed = src.Read(base, without)
		p.listing.Frame = p.frame(src, base, doc)
		if failed == nil && p.listing.Frame == last.Frame && p.enter(doc, base, spans, known) {
			if err := in.look(p); err != nil || p.certain() {
				return doc, nil, err
			}
		}
	}
	if doc, failed = src.Read(base, nil); failed != nil {
		return doc, failed, nil
	}
	if !p.enter(doc, base, spans, make([]*news.Listed, len(spans))) {
		p.enter(doc, base, nil, nil)
	}
	p.listing.Frame = p.frame(src, base, doc)
	return doc, nil, in.look(p)
}

// recall finds the entries of a document that the last one had: known holds them by
// their places, nil for those that must be read. without is nil when all must be.
func recall(spans []uint64, last news.Listing) (known []*news.Listed, without []bool) {
	if len(spans) == 0 || len(last.Entries) == 0 {
		return nil, nil
	}
	bySpan := make(map[uint64]*news.Listed, len(last.Entries))
	for i := range last.Entries {
		bySpan[last.Entries[i].Span] = &last.Entries[i]
	}
	known, without = make([]*news.Listed, len(spans)), make([]bool, len(spans))
	for i, s := range spans {
		known[i] = bySpan[s]
		without[i] = known[i] != nil
	}
	if !slices.Contains(without, true) {
		return nil, nil
	}
	return known, without
}

// frame names all that has a say in what an entry becomes and does not stand in it.
func (p *pass) frame(src *feed.Source, base string, doc feed.Document) uint64 {
	return xxhash.Sum64String(fmt.Sprintf("%x %q %q %q %q", src.Frame(), base, doc.Language, p.feed.Outlet, p.feed.Lang))
}

// enter makes items of the entries of a document. spans and known, of one length, say
// which of its entries stand in for themselves; of the others each is in doc. It
// reports false when that is not so. An entry that holds nothing to know it by holds
// nothing to read either, and is none.
func (p *pass) enter(doc feed.Document, base string, spans []uint64, known []*news.Listed) bool {
	p.items, p.marks = nil, nil
	left := doc.Entries
	read := func(span uint64) {
		it := normalise.Item(p.feed, left[0], base, p.now)
		if left = left[1:]; len(it.Keys) > 0 {
			p.items, p.marks = append(p.items, it), append(p.marks, mark{span: span, keys: it.Keys})
		}
	}
	for i, span := range spans {
		switch k := known[i]; {
		case k != nil:
			p.items = append(p.items, news.Item{Feed: p.feed.Name, Keys: k.Keys, TextHash: k.TextHash, Dated: k.Dated})
			p.marks = append(p.marks, mark{span: span, keys: k.Keys, standIn: true})
		case len(left) == 0:
			return false
		default:
			read(span)
		}
	}
	if spans != nil && len(left) > 0 {
		return false
	}
	for len(left) > 0 {
		read(0)
	}
	p.items = normalise.Untangle(p.items)
	p.batch.Attempt.Entries = len(p.items)
	return true
}

// look asks the store which of the identities of the pass's items are known.
func (in *Ingester) look(p *pass) (err error) {
	p.seen = nil
	if len(p.items) > 0 {
		p.seen, err = in.store.Seen(p.feed.Name, p.keys())
	}
	return err
}

// certain reports whether the stand-ins are, beyond doubt, what reading their entries
// would find: each a stored item of its own, in the same words, with nothing to add, and
// none that an entry which was read could be taken for.
func (p *pass) certain() bool {
	lookup := ladderSeen(p.seen)
	habit := normalise.LearnGUIDs(p.state.GUIDs, p.items, lookup)
	taken, is := map[news.Key]bool{}, map[string]bool{}
	for i, m := range p.marks {
		if !m.standIn {
			continue
		}
		it := p.items[i]
		known, ok := normalise.Known(habit, it, lookup)
		if !ok || is[known.Item] || known.TextHash != it.TextHash || len(normalise.Unmet(habit, it, lookup)) > 0 {
			return false
		}
		is[known.Item] = true
		for _, k := range it.Keys {
			if s, ok := p.seen[k]; ok && s.Item != known.Item {
				return false
			}
			taken[k] = true
		}
	}
	for _, m := range p.marks {
		if !m.standIn && slices.ContainsFunc(m.keys, func(k news.Key) bool { return taken[k] || is[p.seen[k].Item] }) {
			return false
		}
	}
	return true
}

// list completes the listing of the document. Left out of it are entries that have an
// identity in common, for what becomes of them hangs on the order in which they come,
// and those whose date has not come, for they change when it does.
func (p *pass) list() *news.Listing {
	times := map[news.Key]int{}
	for _, m := range p.marks {
		for _, k := range m.keys {
			times[k]++
		}
	}
	for i, m := range p.marks {
		it := p.items[i]
		if m.span == 0 || it.Dated == news.DatedFuture || slices.ContainsFunc(m.keys, func(k news.Key) bool { return times[k] > 1 }) {
			continue
		}
		p.listing.Entries = append(p.listing.Entries, news.Listed{Span: m.span, TextHash: it.TextHash, Dated: it.Dated, Keys: m.keys})
	}
	return &p.listing
}
