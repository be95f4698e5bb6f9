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
// itself with the sketch that the store's listing kept of it, which is all that is looked
// at to tell what of a document is new, revised, or listed twice, and what the feed's
// guids are worth. Only where a stand-in turns out to be new or in new words, or where
// what encloses the entries has changed, is the document read whole; TestKnownOrRead
// compares the two.

// listedEntry is one of the document, at the place of its sketch in pass.sketches.
type listedEntry struct {
	span  uint64     // names its bytes; 0 when it cannot be told apart
	given []news.Key // as it came, before some were found to be no identity
	item  *news.Item // nil when it stands in for itself
	left  bool       // it is new, and not taken in this part of the pass
}

// take reads the entries of a document into the pass, and finds which are known. failed
// is what is wrong with the document, err with the store.
func (in *Ingester) take(p *pass, src *feed.Source, base string) (doc feed.Document, failed, err error) {
	last, err := in.store.Listing(p.feed.Name)
	if err != nil {
		return doc, nil, err
	}
	spans := src.Spans()
	if known, without := recall(spans, last); without != nil {
		doc, failed = src.Read(base, without)
		p.frame = p.frameOf(src, base, doc)
		if failed == nil && p.frame == last.Frame && p.enter(doc, base, spans, known) {
			if err := in.match(p); err != nil || !p.lacks() {
				return doc, nil, err
			}
		}
	}
	p.entries, p.sketches, p.batch.Attempt.Entries = nil, nil, 0
	if doc, failed = src.Read(base, nil); failed != nil {
		return doc, failed, nil
	}
	if !p.enter(doc, base, spans, make([]*news.Listed, len(spans))) {
		if doc, failed = src.Read(base, nil); failed != nil { // it was used up
			return doc, failed, nil
		}
		p.enter(doc, base, nil, nil)
	}
	p.frame = p.frameOf(src, base, doc)
	return doc, nil, in.match(p)
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

// frameOf names all that has a say in what an entry becomes and does not stand in it.
func (p *pass) frameOf(src *feed.Source, base string, doc feed.Document) uint64 {
	return xxhash.Sum64String(fmt.Sprintf("%x %q %q %q %q", src.Frame(), base, doc.Language, p.feed.Outlet, p.feed.Lang))
}

// enter makes sketches, and items, of the entries of a document. spans and known, of one
// length, say which of its entries stand in for themselves; of the others each is in doc.
// It reports false when that is not so. The document is used up. An entry that holds nothing to know it by holds
// nothing to read either, and is none.
func (p *pass) enter(doc feed.Document, base string, spans []uint64, known []*news.Listed) bool {
	left, n := doc.Entries, max(len(spans), len(doc.Entries))
	p.entries, p.sketches = make([]listedEntry, 0, n), make([]news.Sketch, 0, n)
	read := func(span uint64) {
		it, sketch := normalise.Sketched(p.feed, left[0], base, p.now)
		left[0] = feed.Entry{} // entry and item need not stand in memory side by side
		if left = left[1:]; len(it.Keys) > 0 {
			p.entries = append(p.entries, listedEntry{span: span, given: it.Keys, item: &it})
			p.sketches = append(p.sketches, sketch)
		}
	}
	for i, span := range spans {
		switch k := known[i]; {
		case k != nil:
			p.entries = append(p.entries, listedEntry{span: span, given: k.Keys})
			p.sketches = append(p.sketches, k.Sketch)
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
	normalise.Untangle(p.sketches)
	p.batch.Attempt.Entries = len(p.entries)
	return true
}

// match asks the store which of the entries' identities it has, and gives each entry its
// place.
func (in *Ingester) match(p *pass) error {
	p.habit, p.places = p.before.GUIDs, nil
	if len(p.sketches) == 0 {
		return nil
	}
	seen, err := in.store.Seen(p.feed.Name, normalise.Asked(p.sketches))
	if err != nil {
		return err
	}
	p.habit, p.places = normalise.Match(p.before.GUIDs, p.sketches, ladderSeen(seen))
	return nil
}

// lacks reports whether an entry that stands in for itself must be read: it is new after
// all, or says something that its item does not.
func (p *pass) lacks() bool {
	for i, e := range p.entries {
		place := p.places[i]
		if e.item == nil && (place.New() || place.Known.Item != "" && place.Known.TextHash != p.sketches[i].TextHash) {
			return true
		}
	}
	return false
}

// list completes the listing of the document. Left out of it are entries that were not
// taken, and those whose date has not come, for they change when it does.
func (p *pass) list() *news.Listing {
	listing := news.Listing{Frame: p.frame, Entries: make([]news.Listed, 0, len(p.entries))}
	for i, e := range p.entries {
		sketch := p.sketches[i]
		if e.span == 0 || e.left || sketch.Dated == news.DatedFuture {
			continue
		}
		sketch.Keys = e.given
		listing.Entries = append(listing.Entries, news.Listed{Span: e.span, Sketch: sketch})
	}
	return &listing
}
