package normalise

import "samur/internal/news"

// Match tells which entries of a document are known. It learns first what the
// document teaches about the feed's guids, of which h is what was known before, then
// gives every entry its place. seen answers what is stored under a key; it is asked
// for the keys that Asked lists. Sketches whose address proved to be no identity are
// changed in place.
//
// What a publisher's word is worth is decided by agreement: two identities that lead
// to one stored item, or one that leads to the same words, are believed in every
// feed. One identity alone, with new words, is believed only where the others cannot
// speak or have proved worthless; where it stays open whether an entry is an edited
// item or another one, it is another one: a repeat is seen, a loss is not.
//
// Stored items are given away to the best claim first, so that an entry that has an
// item's guid loses it to the one that has its address and words.
func Match(h news.GUIDHabit, items []news.Sketch, seen func(news.Key) (Seen, bool)) (news.GUIDHabit, []Place) {
	m := &matcher{items: items, places: make([]Place, len(items)), claims: make([]claims, len(items)), best: make(map[string]grade, len(items))}
	t := tally(m.look(seen))
	m.habit = t.habit(h, sharedGUIDs(items))
	m.trusted = m.habit == news.GUIDStable || m.habit == news.GUIDUnknown && t.agree > t.changed+t.conflict+t.reused
	m.volatile = t.moved >= 2 && t.moved > t.stayed
	m.settled = t.stayed > 0 && t.stayed >= t.moved
	m.twins()
	m.assign()
	for i := range items {
		if m.places[i].New() {
			m.places[i].Known = met(items[i], seen)
		}
		if m.places[i].Known.Item != "" {
			m.places[i].Unmet = m.unmet(items[i], seen)
		}
	}
	return m.habit, m.places
}

// recurring lists the words that stand at several addresses of a document.
func recurring(items []news.Sketch) map[news.Key]bool {
	first, several := make(map[news.Key]news.Key, len(items)), map[news.Key]bool{}
	for _, it := range items {
		url, hasURL := key(it, news.KeyURL)
		text, hasText := key(it, news.KeyText)
		if !hasURL || !hasText {
			continue
		}
		if other, ok := first[text]; ok && other != url {
			several[text] = true
		}
		first[text] = url
	}
	return several
}

// Place is what an entry of a document turned out to be: the twin of an entry before
// it, a stored item, or, when it is neither, new.
type Place struct {
	Known Seen       // the stored item; Item is "" when there is none
	Twin  bool       // an entry before it is the same item
	Unmet []news.Key // identities of a known item that it was not stored with
}

// New reports whether the entry was never seen before.
func (p Place) New() bool { return p.Known.Item == "" && !p.Twin }

// Asked lists the keys that Match will ask for.
func Asked(items []news.Sketch) []news.Key {
	out := make([]news.Key, 0, 4*len(items))
	for _, it := range items {
		for _, k := range it.Keys {
			out = append(out, k)
			if k.Kind == news.KeyURL {
				out = append(out, news.Key{Kind: news.KeyShared, Hash: k.Hash})
			}
		}
	}
	return out
}

// claims is what is stored under the identities of one entry; an Item of "" stands
// for nothing.
type claims struct {
	guid, url, text          Seen
	hasGUID, hasURL, hasText bool
	hash                     uint64 // of the entry's words
	dated                    bool   // the day is part of the words' identity
	recurs                   bool   // the words stand at several addresses of the document
}

// claim looks an entry's identities up.
func claim(it news.Sketch, seen func(news.Key) (Seen, bool)) claims {
	c := claims{hash: it.TextHash}
	for _, k := range it.Keys {
		s, _ := seen(k)
		switch k.Kind {
		case news.KeyGUID:
			c.guid, c.hasGUID = s, true
		case news.KeyURL:
			c.url, c.hasURL = s, true
		case news.KeyText:
			c.text, c.hasText = s, true
		}
	}
	return c
}

// bare reports whether an entry has nothing to be known by but its guid.
func (c claims) bare() bool { return !c.hasText && !c.hasURL }

// saysTheSame reports whether s has the words of the entry: now, or at one time.
func (c claims) saysTheSame(s Seen) bool {
	return s.Item != "" && (s.Item == c.text.Item || s.TextHash == c.hash)
}

// other returns what the entry is by all but its guid: by its address, else by its
// words. Words without a day may be those of many items: they speak for the guid's
// where there is no address, and beside a new one for nobody's.
func (c claims) other() Seen {
	switch {
	case c.url.Item != "":
		return c.url
	case c.recurs:
		return Seen{}
	case c.dated || c.text.Item == "" || c.text.Item == c.guid.Item:
		return c.text
	case c.hasURL && c.guid.Item != "":
		return Seen{}
	case c.guid.TextHash == c.hash:
		return c.guid
	}
	return c.text
}

// tallied counts how the identities of a document fit what is stored.
type tallied struct {
	agree    int // the guid leads where the address or the words lead
	conflict int // to another item: numbered by place in the list
	reused   int // a known guid with all else new: numbered by place, and the list is all new
	changed  int // a known item under another guid
	perhaps  int // the same, or another item of the same words

	moved  int // known words at a new address
	stayed int // known words at the address they were at
}

func tally(all []claims) tallied {
	var t tallied
	for _, c := range all {
		if c.hasURL {
			t.address(c)
		}
		if c.hasGUID && !c.bare() {
			t.guid(c)
		}
	}
	if t.agree == 0 {
		t.changed += t.perhaps
	}
	return t
}

// address counts an entry that has an address.
func (t *tallied) address(c claims) {
	switch {
	case c.saysTheSame(c.url):
		t.stayed++
	case c.url.Item == "" && !c.recurs && (c.text.Item != "" || c.saysTheSame(c.guid)):
		t.moved++
	}
}

// guid counts an entry that has a guid and something beside it.
func (t *tallied) guid(c claims) {
	other := c.other()
	known, sure := c.guid.Item != "", c.url.Item != "" || c.dated
	switch {
	case known && other.Item == c.guid.Item:
		t.agree++
	case known && other.Item != "":
		t.conflict++
	case known && c.saysTheSame(c.guid):
		// the same words on another day: it may be either
	case known:
		t.reused++
	case c.saysTheSame(other) && sure:
		t.changed++
	case c.saysTheSame(other):
		t.perhaps++
	}
}

// habit returns what the counts tell of the guids, h where they tell too little.
// What is shared stays worthless: a list that happens not to move looks sound. What
// changed may heal, as it does for who changed the form of his guids once.
func (t tallied) habit(h news.GUIDHabit, shared int) news.GUIDHabit {
	wrong := t.conflict + t.reused
	switch {
	case h == news.GUIDShared, shared >= 2 || shared == 1 && h == news.GUIDUnknown && t.agree == 0:
		return news.GUIDShared
	case wrong >= 2 && wrong > t.agree:
		return news.GUIDShared
	case t.changed >= 2 && t.changed > t.agree:
		return news.GUIDUnstable
	case t.agree >= 3 && t.changed == 0 && t.conflict == 0:
		return news.GUIDStable
	}
	return h
}

// sharedGUIDs counts the entries that have the guid of another one and are not that
// one: they stand elsewhere and say something else, or of another day. The same words
// at two addresses may be one item in two sections; at three they are not.
func sharedGUIDs(items []news.Sketch) int {
	n := 0
	first := make(map[news.Key]int, len(items))
	elsewhere := map[news.Key]int{}
	for i, it := range items {
		guid, ok := key(it, news.KeyGUID)
		if !ok {
			continue
		}
		at, ok := first[guid]
		if !ok {
			first[guid] = i
			continue
		}
		other := items[at]
		if sameAddress(other, it) {
			continue
		}
		if elsewhere[guid]++; !sameText(other, it) || elsewhere[guid] > 1 && address(other) != address(it) {
			n++
		}
	}
	return n
}

// sameText reports whether two items say the same on the same day.
func sameText(a, b news.Sketch) bool {
	ka, _ := key(a, news.KeyText)
	kb, _ := key(b, news.KeyText)
	return ka == kb
}

// sameAddress reports whether two items of a document stand at one address that is
// an identity.
func sameAddress(a, b news.Sketch) bool {
	ka, ok := key(a, news.KeyURL)
	kb, _ := key(b, news.KeyURL)
	return ok && ka == kb
}

// matcher gives the entries of a document their places.
type matcher struct {
	items  []news.Sketch
	claims []claims
	places []Place

	habit    news.GUIDHabit
	trusted  bool             // the guids are an identity even against address and words
	volatile bool             // addresses change from poll to poll
	settled  bool             // addresses stay
	best     map[string]grade // by stored item: the best claim on it that was granted
}

// grade says how sure it is that an entry is a stored item.
type grade int

const (
	no       grade = iota
	alone          // by its guid or its address, with new words
	byWords        // by its words
	byBoth         // by guid and address, with new words
	surely         // by guid or address, and by its words
	topGrade = surely
)

// look asks what is stored under the identities of the entries, and returns the claims
// of those that are not listed twice: each teaches once.
func (m *matcher) look(seen func(news.Key) (Seen, bool)) (distinct []claims) {
	made, several := madeDates(m.items), recurring(m.items)
	ids := make(map[uint64]bool, len(m.items))
	for i := range m.items {
		it := &m.items[i]
		if k, ok := key(*it, news.KeyURL); ok {
			if _, shared := seen(news.Key{Kind: news.KeyShared, Hash: k.Hash}); shared {
				disown(it)
			}
		}
		c := claim(*it, seen)
		c.dated = it.Dated == news.DatedFeed && !made
		text, _ := key(*it, news.KeyText)
		c.recurs = several[text]
		m.claims[i] = c
		all := mixed(0, it.Keys)
		if !ids[all] {
			distinct = append(distinct, c)
		}
		ids[all] = true
	}
	return distinct
}

// assign gives stored items to the entries that claim them, the surest first.
func (m *matcher) assign() {
	for g := topGrade; g > no; g-- {
		for i, c := range m.claims {
			if m.places[i].Known.Item != "" || m.places[i].Twin {
				continue
			}
			for _, s := range []Seen{c.url, c.guid, c.text} {
				if s.Item == "" || m.grade(i, s) != g || !m.free(i, s, g) {
					continue
				}
				m.places[i].Known = s
				m.best[s.Item] = max(m.best[s.Item], g)
				break
			}
		}
	}
}

// grade says how sure it is that entry i is s.
func (m *matcher) grade(i int, s Seen) grade {
	sameURL, sameGUID, words := m.shared(i, s)
	switch {
	case words && (sameURL || sameGUID):
		return surely
	case words && s.Item == m.claims[i].text.Item && m.wordsTell(i):
		return byWords
	case words:
		return no
	case sameURL && sameGUID:
		return byBoth
	case sameURL && m.addressTells(i), sameGUID && m.guidTells(i):
		return alone
	}
	return no
}

// shared tells which of its identities entry i shares with s, as far as they are worth
// something here.
func (m *matcher) shared(i int, s Seen) (url, guid, words bool) {
	c := m.claims[i]
	url, guid, words = s.Item == c.url.Item, s.Item == c.guid.Item, c.saysTheSame(s)
	if again := c.recurs || c.dated && s.Item != c.text.Item; again && !url && !m.items[i].Rich {
		words = false // a title comes again, at another address or on another day
	}
	if !m.believed() {
		// A guid that is new at each poll and yet known is no chance.
		guid = guid && (c.bare() || words && m.habit == news.GUIDUnstable)
	}
	return url, guid, words
}

// believed reports whether the feed's guids are an identity.
func (m *matcher) believed() bool {
	return m.habit == news.GUIDUnknown || m.habit == news.GUIDStable
}

// owned reports whether entry i has an identity of its own beside its words.
func (m *matcher) owned(i int) bool {
	c := m.claims[i]
	return c.hasURL && !m.volatile || c.hasGUID && m.believed()
}

// wordsTell reports whether the words of entry i are an identity by themselves.
// "Valyuta" or "Погода" is none beside an address or a good guid, and a title alone
// is none where guids or addresses are sound and say that it is another item.
func (m *matcher) wordsTell(i int) bool {
	c := m.claims[i]
	switch {
	case !c.hasURL && !(c.hasGUID && m.believed()):
		return true
	case !m.items[i].Telling, c.recurs && !m.items[i].Rich:
		return false
	case c.url.Item != "" && m.addressTells(i):
		return false
	case c.hasGUID && m.trusted, c.hasURL && m.settled:
		return c.url.Item == "" && c.guid.Item == "" && m.items[i].Rich
	}
	return true
}

// guidTells reports whether the guid of entry i is an identity against its words. It
// is none against another address too where the others keep theirs.
func (m *matcher) guidTells(i int) bool {
	c := m.claims[i]
	return c.bare() || m.trusted && !(c.hasURL && m.settled)
}

// addressTells reports whether the address of entry i is an identity against its
// guid and its words.
func (m *matcher) addressTells(i int) bool {
	c := m.claims[i]
	if !c.hasGUID || !m.believed() {
		return true
	}
	return !m.trusted && c.guid.Item == ""
}

// free reports whether entry i may have s, though others have: an item that is listed
// twice is one item, but not one of the same title that has an identity of its own.
func (m *matcher) free(i int, s Seen, g grade) bool {
	switch granted := m.best[s.Item]; g {
	case alone:
		return granted == no
	case byWords:
		return granted <= byWords || !m.owned(i) || m.items[i].Rich
	}
	return true
}

// twins finds the entries that the document lists a second time.
func (m *matcher) twins() {
	first := make(map[news.Key]int, 3*len(m.items))
	ids := make(map[uint64]bool, len(m.items)) // the store takes an id once
	for i, it := range m.items {
		all := mixed(0, it.Keys)
		m.places[i].Twin = ids[all]
		ids[all] = true
		for _, k := range it.Keys {
			if j, ok := first[k]; ok && m.twin(i, j, k.Kind) {
				m.places[i].Twin = true
			}
		}
		if m.places[i].Twin {
			continue
		}
		for _, k := range it.Keys {
			first[k] = i
		}
	}
}

// twin reports whether two entries that have a key of this kind in common are one
// item.
func (m *matcher) twin(i, j int, kind news.KeyKind) bool {
	a, b := m.claims[i], m.claims[j]
	switch kind {
	case news.KeyURL:
		return true // Untangle has looked at it
	case news.KeyGUID:
		return a.bare() && b.bare() || sameText(m.items[i], m.items[j]) && m.habit != news.GUIDShared
	case news.KeyText:
		if m.items[i].Rich || !m.owned(i) || !m.owned(j) {
			return true
		}
		timed := a.dated && b.dated && sameMoment(m.items[i].Published, m.items[j].Published)
		return timed && !a.hasURL && !b.hasURL
	}
	return false
}

// unmet lists the identities under which a known item came this time and which it
// was not stored with: a later poll may bring it under one of them alone.
func (m *matcher) unmet(it news.Sketch, seen func(news.Key) (Seen, bool)) []news.Key {
	var out []news.Key
	for _, k := range it.Keys {
		if k.Kind == news.KeyGUID && !m.believed() || k.Kind == news.KeyURL && m.volatile {
			continue
		}
		if _, ok := seen(k); !ok {
			out = append(out, k)
		}
	}
	return out
}

// met returns the stored item that an entry is because it brings nothing new at all:
// none of its identities, words included, but was stored already.
func met(it news.Sketch, seen func(news.Key) (Seen, bool)) (last Seen) {
	for _, k := range it.Keys {
		s, ok := seen(k)
		if !ok {
			return Seen{}
		}
		last = s // the words are last, and tell most
	}
	return last
}
