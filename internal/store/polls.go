package store

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Batch is everything that one poll of one feed learned.
type Batch struct {
	State     news.FeedState
	Attempt   news.Attempt
	Items     []news.Item     // new ones; an item with Keys must have its TextHash
	Revisions []news.Revision // later wordings of items stored before
	Stories   []news.Story    // as they now are, members of this batch included

	// Hold is what the poll learned about a host; it need not be that of the feed.
	Hold news.Hold

	// Listing is of the document that was read; nil when none was, and the one before
	// stays.
	Listing *news.Listing
	// Listed is of the same document, if it had entries: an identity of each. When nil those
	// of the one before stay, unless State.Listed says that they are of no use any more.
	Listed []uint64
	// Terms lists, by item id, the terms under which a new item is found by Search.
	Terms map[string][]news.IndexTerm
	// Reduced has, by item id, what clustering keeps of a new item.
	Reduced map[string]Reduced
	// Foreign says that this is no poll: the feed's state stays as it is, and State does no
	// more than name the feed.
	Foreign bool
	// Aliases lists, by id of an item stored before, identities under which it came
	// again and which it may not have yet. An item takes no more than maxKeys.
	Aliases map[string][]news.Key
}

// SaveBatch writes a poll in one transaction: nothing of it is stored when it
// returns an error. Items get their Seq, members of stories that are items of the
// batch too, and the attempt its Pass, all written back into b. Polls that failed or
// brought nothing are saved the same way, without items. Callers that save at the
// same time share one fsync.
func (s *Store) SaveBatch(b *Batch) error { return s.SaveBatches([]*Batch{b}) }

// SaveBatches writes several polls as SaveBatch writes one, all of them or none. Their
// items come in the order of the batches, and members of their stories may be items of
// any of them.
func (s *Store) SaveBatches(bs []*Batch) error {
	ps := make([]*prepared, len(bs))
	room, err := s.takeRoom(), error(nil)
	for i, b := range bs {
		if ps[i], err = prepare(b, room); err != nil {
			err = fmt.Errorf("save poll of feed %q: %w", b.State.Feed, err)
			break
		}
	}
	if err == nil {
		err = s.update(func(tx *bbolt.Tx) error { return saveBatches(tx, ps) })
	}
	if err != nil {
		for _, b := range bs {
			for i := range b.Items {
				b.Items[i].Seq = 0
			}
			b.Attempt.Pass = 0
		}
		return err
	}
	s.leaveRoom(room)
	if slices.ContainsFunc(bs, func(b *Batch) bool { return len(b.Items) > 0 }) {
		s.indexWords()
	}
	return nil
}

// prepared is a batch with everything encoded that can be without a transaction.
type prepared struct {
	b       *Batch
	room    *room // for what is encoded later
	items   [][]byte
	words   [][]byte
	reduced [][]byte // nil where nothing is kept
}

func prepare(b *Batch, room *room) (*prepared, error) {
	if b.State.Feed == "" {
		return nil, fmt.Errorf("batch names no feed; set State.Feed")
	}
	n := len(b.Items)
	p := &prepared{b: b, room: room, items: make([][]byte, n), words: make([][]byte, n), reduced: make([][]byte, n)}
	ids := make(map[string]bool, len(b.Items))
	for i, it := range b.Items {
		if it.ID == "" {
			return nil, fmt.Errorf("item of %q has no id", it.URL)
		}
		if it.Feed != b.State.Feed {
			return nil, fmt.Errorf("item %q is of feed %q; a batch has the items of one feed", it.ID, it.Feed)
		}
		if it.TextHash == 0 && len(it.Keys) > 0 {
			return nil, fmt.Errorf("item %q has no text hash, so a later poll could not tell whether it changed; set TextHash", it.ID)
		}
		if ids[it.ID] {
			return nil, fmt.Errorf("item %q is twice in the batch: %w", it.ID, news.ErrExists)
		}
		ids[it.ID] = true
		p.items[i] = room.item(it)
		p.words[i] = room.words(b.Terms[it.ID])
		if r, ok := b.Reduced[it.ID]; ok {
			p.reduced[i] = encodeReduced(r, it.FirstSeen)
		}
	}
	return p, nil
}

// saveBatches may run twice when another caller's part of the transaction fails.
func saveBatches(tx *bbolt.Tx, ps []*prepared) error {
	items := 0
	for _, p := range ps {
		items += len(p.items)
	}
	seqs := make(map[string]uint64, items)
	for _, p := range ps {
		for _, step := range []func(*bbolt.Tx, *prepared) error{
			saveItems, indexItems, saveFigures, saveEvents, saveRevisions, saveAliases, savePoll,
		} {
			if err := step(tx, p); err != nil {
				return fmt.Errorf("save poll of feed %q: %w", p.b.State.Feed, err)
			}
		}
		for _, it := range p.b.Items {
			seqs[it.ID] = it.Seq
		}
	}
	for _, p := range ps {
		if err := saveBatchStories(tx, p, seqs); err != nil {
			return fmt.Errorf("save stories of feed %q: %w", p.b.State.Feed, err)
		}
	}
	if err := count(tx, ps); err != nil {
		return fmt.Errorf("count %d polls: %w", len(ps), err)
	}
	return nil
}

func saveItems(tx *bbolt.Tx, p *prepared) error {
	if len(p.b.Items) == 0 {
		return nil
	}
	if err := refuseKnown(tx, p.b.Items); err != nil {
		return err
	}
	first, err := appending(tx, "items").append(p.items...)
	if err != nil {
		return err
	}
	pending, reduced := appending(tx, "pending"), appending(tx, "reduced")
	for i := range p.b.Items {
		it := &p.b.Items[i]
		it.Seq = first + uint64(i)
		if len(p.words[i]) > 1 {
			if err := pending.put(k64(it.Seq), p.words[i]); err != nil {
				return err
			}
		}
		if p.reduced[i] != nil {
			if err := reduced.put(k64(it.Seq), p.reduced[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// refuseKnown returns news.ErrExists when one of the items of a batch is stored. Their ids
// are looked up together, and one by one only where there is the hash of one.
func refuseKnown(tx *bbolt.Tx, items []news.Item) error {
	ids, found := index(tx, "ids"), false
	hashes := make([]uint64, 0, len(items))
	for i := range items {
		group := idGroup(items[i].ID)
		hashes = append(hashes, hash64(items[i].ID))
		if i+1 < len(items) && idGroup(items[i+1].ID) == group {
			continue
		}
		if err := ids.find(group, hashes, func(entry, int) { found = true }); err != nil {
			return err
		}
		hashes = hashes[:0]
	}
	for i := 0; found && i < len(items); i++ {
		switch seq, err := seqOf(tx, items[i].ID); {
		case err != nil:
			return err
		case seq != 0:
			return fmt.Errorf("item %q: %w", items[i].ID, news.ErrExists)
		}
	}
	return nil
}

// indexItems enters the new items under their ids, URLs and identities.
func indexItems(tx *bbolt.Tx, p *prepared) error {
	items := p.b.Items
	entries := make([]entry, 0, 2*len(items)) // most have two identities
	for i := range items {
		it := &items[i]
		entries = append(entries, entry{group: idGroup(it.ID), hash: hash64(it.ID), seq: it.Seq})
	}
	if err := index(tx, "ids").add(entries, p.room); err != nil {
		return err
	}
	entries = entries[:0]
	for i := range items {
		if it := &items[i]; it.URL != "" {
			entries = append(entries, entry{group: urlGroup(it.URL), hash: hash64(it.URL), seq: it.Seq})
		}
	}
	if err := index(tx, "urls").add(entries, p.room); err != nil {
		return err
	}
	entries = entries[:0]
	for i := range items {
		it := &items[i]
		group := hash64(it.Feed)
		for _, k := range it.Keys {
			entries = append(entries, entry{group: group, hash: k.Hash, tag: byte(k.Kind), seq: it.Seq})
		}
	}
	return index(tx, "seen").add(entries, p.room)
}

func figureKey(f news.Figure, seq uint64, n int) []byte {
	key := join([]byte(f.Indicator), []byte{0}, []byte(f.Period), []byte{0}, k64(seq))
	return binary.BigEndian.AppendUint16(key, uint16(n))
}

func saveFigures(tx *bbolt.Tx, p *prepared) error {
	t := in(tx, "figures")
	for _, it := range p.b.Items {
		for n, f := range it.Figures {
			point := news.FigurePoint{Item: it.ID, Outlet: it.Outlet, URL: it.URL, Published: it.Published, Figure: f}
			if err := t.put(figureKey(f, it.Seq, n), encodePoint(point)); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxRevisions bounds the wordings that are kept of an item: one that changes at every
// poll must not fill the store. The last place is the latest wording's.
const maxRevisions = 50

// saveRevisions appends the new wordings and notes the last one's hash in the item.
func saveRevisions(tx *bbolt.Tx, p *prepared) error {
	t := in(tx, "revisions")
	for _, r := range p.b.Revisions {
		seq, err := seqOf(tx, r.Item)
		if err != nil {
			return err
		}
		if seq == 0 {
			return fmt.Errorf("revision of item %q: %w", r.Item, news.ErrNotFound)
		}
		n := uint32(0)
		if err := t.prefixed(k64(seq), func(key, _ []byte) error {
			n = binary.BigEndian.Uint32(key[8:]) + 1
			return nil
		}); err != nil {
			return err
		}
		key := binary.BigEndian.AppendUint32(k64(seq), min(n, maxRevisions-1))
		if err := t.put(key, encodeRevision(r)); err != nil {
			return err
		}
		if err := rewriteHead(tx, seq, func(it *itemHead) { it.TextHash = r.TextHash }); err != nil {
			return err
		}
	}
	return nil
}

// rewriteHead changes what may change in a stored item or stub: story, text hash
// and identities.
func rewriteHead(tx *bbolt.Tx, seq uint64, change func(*itemHead)) error {
	t := in(tx, "items")
	rec, err := t.must(k64(seq))
	if err != nil {
		return err
	}
	h, stub, err := decodeHead(rec)
	if err != nil {
		return err
	}
	change(&h)
	if stub {
		return t.put(k64(seq), encodeStub(h))
	}
	it, err := decodeItem(rec, seq)
	if err != nil {
		return err
	}
	it.TextHash, it.Story, it.Keys = h.TextHash, h.Story, h.Keys
	return t.put(k64(seq), encodeItem(it))
}

// maxKeys bounds the identities of an item: a feed that invents an address at every
// poll must not fill the store. Those it has are enough to know it by.
const maxKeys = 16

// saveAliases adds identities to items stored before.
func saveAliases(tx *bbolt.Tx, p *prepared) error {
	if len(p.b.Aliases) == 0 {
		return nil
	}
	var entries []entry
	feed := hash64(p.b.State.Feed)
	for _, id := range slices.Sorted(maps.Keys(p.b.Aliases)) {
		seq, err := seqOf(tx, id)
		if err != nil {
			return err
		}
		if seq == 0 {
			return fmt.Errorf("alias of item %q: %w", id, news.ErrNotFound)
		}
		if err := rewriteHead(tx, seq, func(it *itemHead) {
			for _, k := range p.b.Aliases[id] {
				if len(it.Keys) < maxKeys && !slices.Contains(it.Keys, k) {
					it.Keys = append(it.Keys, k)
					entries = append(entries, entry{group: feed, hash: k.Hash, tag: byte(k.Kind), seq: seq})
				}
			}
		}); err != nil {
			return err
		}
	}
	return index(tx, "seen").add(entries, p.room)
}

// saveBatchStories writes stories. seqs has the places of the items that are new with
// them.
func saveBatchStories(tx *bbolt.Tx, p *prepared, seqs map[string]uint64) error {
	for i := range p.b.Stories {
		st := &p.b.Stories[i]
		for j := range st.Members {
			if seq, ok := seqs[st.Members[j].Item]; ok {
				st.Members[j].Seq = seq
			}
		}
		if err := putStoryAs(tx, *st, p.room.story(*st)); err != nil {
			return err
		}
	}
	return nil
}

// savePoll writes the attempt and the feed's state, and links the attempt to the
// one before.
func savePoll(tx *bbolt.Tx, p *prepared) error {
	b := p.b
	attempts := appending(tx, "attempts")
	old, err := feedRecordOf(tx, b.State.Feed, b.Foreign)
	if err != nil {
		return err
	}
	b.Attempt.Feed = b.State.Feed
	pass, err := attempts.append(encodeAttempt(attemptRecord{before: old.last, attempt: b.Attempt, items: in(tx, "items").b.Sequence(), counted: true}))
	if err != nil {
		return err
	}
	b.Attempt.Pass = pass
	if err := saveListing(tx, b); err != nil {
		return err
	}
	if err := saveHold(tx, b.Hold, b.Attempt.At); err != nil {
		return err
	}
	r := old
	r.last = pass
	if !b.Foreign {
		r.state, r.listed = b.State, b.Listed
	}
	return putFeed(tx, old, r)
}

// saveListing replaces a feed's listing. An empty one is kept as none.
func saveListing(tx *bbolt.Tx, b *Batch) error {
	t, key := in(tx, "listings"), []byte(b.State.Feed)
	switch {
	case b.Listing == nil:
		return nil
	case len(b.Listing.Entries) == 0:
		return t.delete(key)
	}
	return t.put(key, encodeListing(*b.Listing))
}

// Listing returns what was kept of the last stored document of a feed: nothing when
// there was none, or its entries could not be told apart.
func (s *Store) Listing(feed string) (l news.Listing, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		rec, err := in(tx, "listings").get([]byte(feed))
		if err != nil || rec == nil {
			return err
		}
		l, err = decodeListing(rec)
		return err
	})
	if err != nil {
		return news.Listing{}, fmt.Errorf("read listing of feed %q: %w", feed, err)
	}
	return l, nil
}

// feedRecordOf returns what is known of a feed: the whole of it, or what readFeed reads
// else.
func feedRecordOf(tx *bbolt.Tx, name string, whole bool) (feedRecord, error) {
	rec, err := in(tx, "feeds").get([]byte(name))
	if err != nil || rec == nil {
		return feedRecord{state: news.FeedState{Feed: name}}, err
	}
	return readFeed(rec, whole)
}

// FeedState returns what is known of a feed: nothing but its name when it was
// never polled.
func (s *Store) FeedState(name string) (news.FeedState, error) {
	if name == "" {
		return news.FeedState{}, nil
	}
	var r feedRecord
	err := s.view(func(tx *bbolt.Tx) (err error) {
		r, err = feedRecordOf(tx, name, true)
		return err
	})
	if err != nil {
		return news.FeedState{}, fmt.Errorf("read state of feed %q: %w", name, err)
	}
	return r.state, nil
}

// FeedStates returns the states of all feeds ever polled, by name.
func (s *Store) FeedStates() ([]news.FeedState, error) {
	var out []news.FeedState
	err := s.view(func(tx *bbolt.Tx) error {
		return in(tx, "feeds").prefixed(nil, func(_, rec []byte) error {
			r, err := decodeFeed(rec)
			out = append(out, r.state)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read feed states: %w", err)
	}
	return out, nil
}

// Attempts returns the last polls of a feed, newest first, at most limit of them.
func (s *Store) Attempts(feed string, limit int) ([]news.Attempt, error) {
	if feed == "" {
		return nil, nil
	}
	var out []news.Attempt
	err := s.view(func(tx *bbolt.Tx) error {
		r, err := feedRecordOf(tx, feed, false)
		if err != nil {
			return err
		}
		t := in(tx, "attempts")
		for pass := r.last; pass != 0 && len(out) < limit; {
			rec, err := t.get(k64(pass))
			if err != nil || rec == nil {
				return err // nil where older ones were pruned
			}
			a, err := decodeAttempt(rec, pass)
			if err != nil {
				return err
			}
			out = append(out, a.attempt)
			pass = a.before
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read polls of feed %q: %w", feed, err)
	}
	return out, nil
}

// AttemptsBetween calls fn with every poll whose Pass is in (from, to], oldest
// first, until fn returns false. fn may use the store.
func (s *Store) AttemptsBetween(from, to uint64, fn func(news.Attempt) bool) error {
	for from < to {
		var batch []news.Attempt
		err := s.view(func(tx *bbolt.Tx) error {
			t := in(tx, "attempts")
			c := t.b.Cursor()
			for k, v := c.Seek(k64(from + 1)); k != nil && len(batch) < chunk; k, v = c.Next() {
				pass := binary.BigEndian.Uint64(k)
				if pass > to {
					break
				}
				rec, err := t.open(k, v)
				if err != nil {
					return err
				}
				a, err := decodeAttempt(rec, pass)
				if err != nil {
					return err
				}
				if pass <= from {
					return t.damaged(k, "keys are out of order")
				}
				from, batch = pass, append(batch, a.attempt)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("read polls after %d: %w", from, err)
		}
		if len(batch) == 0 {
			return nil
		}
		for _, a := range batch {
			if !fn(a) {
				return nil
			}
		}
	}
	return nil
}
