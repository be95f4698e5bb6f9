package normalise

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"samur/internal/news"
)

// Seen is what is stored under a key: which item, and what its text was when it
// was last looked at.
type Seen struct {
	Item     string
	TextHash uint64
}

// keys lists the identities of an item, most telling first.
func keys(it news.Item) []news.Key {
	var out []news.Key
	if it.GUID != "" {
		out = append(out, news.Key{Kind: news.KeyGUID, Hash: hash(it.GUID)})
	}
	if it.URL != "" {
		out = append(out, news.Key{Kind: news.KeyURL, Hash: hash(addressKey(it.URL))})
	}
	if title, text := wordsOf(it.Title), wordsOf(it.Text); title+text != "" {
		day := ""
		if it.Dated == news.DatedFeed {
			day = it.Published.Format(time.DateOnly)
		}
		out = append(out, news.Key{Kind: news.KeyText, Hash: hash(day, title, text)})
	}
	return out
}

// key returns the item's key of a kind.
func key(it news.Item, kind news.KeyKind) (news.Key, bool) {
	for _, k := range it.Keys {
		if k.Kind == kind {
			return k, true
		}
	}
	return news.Key{}, false
}

// believed reports whether a feed's guids are an identity.
func believed(h news.GUIDHabit) bool {
	return h == news.GUIDUnknown || h == news.GUIDStable
}

// Known looks an item up by the ladder: its guid where the feed's guids are
// believed, its title, day and text, then its address. seen answers what is stored
// under a key. An item whose TextHash differs from the one stored is a revision.
//
// Where guids have proved stable, a new guid at a known address with new words is
// a new item: some feeds link every entry to one page. An item that has nothing but
// a guid is known by it, believed or not: there is nothing else to tell it by.
func Known(h news.GUIDHabit, it news.Item, seen func(news.Key) (Seen, bool)) (Seen, bool) {
	for _, k := range ladder(h, it) {
		if s, ok := seen(k); ok {
			return s, true
		}
	}
	return Seen{}, false
}

// ladder lists the keys of an item that are an identity, in the order to ask.
func ladder(h news.GUIDHabit, it news.Item) []news.Key {
	guid, hasGUID := key(it, news.KeyGUID)
	text, hasText := key(it, news.KeyText)
	url, hasURL := key(it, news.KeyURL)
	var out []news.Key
	if hasGUID && (believed(h) || !hasText && !hasURL) {
		out = append(out, guid)
	}
	// "Valyuta" or "Погода" is no identity beside an address or a good guid.
	if hasText && (len(out) == 0 && !hasURL || telling(it)) {
		out = append(out, text)
	}
	if hasURL && !(hasGUID && h == news.GUIDStable) {
		out = append(out, url)
	}
	return out
}

// telling reports whether an item has words enough for them to be its identity.
func telling(it news.Item) bool { return len(wordsOf(it.Title))+len(wordsOf(it.Text)) >= 12 }

// Unmet lists the identities under which a known item came this time and which it
// was not stored with: a later poll may bring it under one of them alone.
func Unmet(h news.GUIDHabit, it news.Item, seen func(news.Key) (Seen, bool)) []news.Key {
	var out []news.Key
	for _, k := range it.Keys {
		if k.Kind == news.KeyGUID && !believed(h) {
			continue
		}
		if _, ok := seen(k); !ok {
			out = append(out, k)
		}
	}
	return out
}

// Taken reports whether an item is in the document already, by the same ladder:
// taken holds the keys of the items before it.
func Taken(h news.GUIDHabit, it news.Item, taken map[news.Key]bool) bool {
	_, ok := Known(h, it, func(k news.Key) (Seen, bool) { return Seen{}, taken[k] })
	return ok
}

// LearnGUIDs returns what a feed's guids are worth after this document. What was
// found worthless stays so: the feed's old items are stored without a guid that
// could be compared.
func LearnGUIDs(h news.GUIDHabit, items []news.Item, seen func(news.Key) (Seen, bool)) news.GUIDHabit {
	if !believed(h) {
		return h
	}
	if sharedGUID(items) {
		return news.GUIDShared
	}
	var t guidTally
	for _, it := range items {
		t.add(it, seen)
	}
	return t.habit(h)
}

// guidTally counts how the guids of a document fit what is stored.
type guidTally struct {
	agree    int // guid and address are of one item
	conflict int // guid and address are of two: numbered by place in the list
	changed  int // the address is known under another guid
	reused   int // a known guid with all else new: numbered by place, and the list is all new
}

// add counts an item that has both a guid and an address.
func (t *guidTally) add(it news.Item, seen func(news.Key) (Seen, bool)) {
	guid, hasGUID := key(it, news.KeyGUID)
	url, hasURL := key(it, news.KeyURL)
	if !hasGUID || !hasURL {
		return
	}
	g, seenGUID := seen(guid)
	u, seenURL := seen(url)
	text, _ := key(it, news.KeyText)
	_, seenText := seen(text)
	switch {
	case seenGUID && seenURL && g.Item == u.Item:
		t.agree++
	case seenGUID && seenURL:
		t.conflict++
	case seenURL:
		t.changed++
	case seenGUID && !seenText:
		t.reused++
	}
}

// habit returns what the counts tell of the guids, h where they tell too little.
func (t *guidTally) habit(h news.GUIDHabit) news.GUIDHabit {
	switch {
	case t.conflict >= 2 && t.conflict > t.agree, t.reused >= 2 && t.reused > t.agree:
		return news.GUIDShared
	case t.changed >= 2 && t.changed > t.agree:
		return news.GUIDUnstable
	case t.agree >= 3 && t.changed == 0 && t.conflict == 0:
		return news.GUIDStable
	}
	return h
}

// sharedGUID reports whether one guid stands on items with different addresses or,
// without addresses, different words.
func sharedGUID(items []news.Item) bool {
	first := map[news.Key]news.Item{}
	for _, it := range items {
		guid, ok := key(it, news.KeyGUID)
		if !ok {
			continue
		}
		other, ok := first[guid]
		if !ok {
			first[guid] = it
			continue
		}
		if other.URL != it.URL || it.URL == "" && !sameWords(other.Title, it.Title) {
			return true
		}
	}
	return false
}

// Untangle takes off the addresses that stand on several entries with different
// titles, and so are no identity: feeds that link every entry to the front page.
// It changes the items' Keys and ID in place and returns them. Call it on the items
// of one document before anything is looked up.
func Untangle(items []news.Item) []news.Item {
	titles := map[string]uint64{}
	shared := map[string]bool{}
	for _, it := range items {
		if it.URL == "" {
			continue
		}
		h := wordsHash(it.Title)
		if t, ok := titles[it.URL]; ok && t != h {
			shared[it.URL] = true
		}
		titles[it.URL] = h
	}
	if len(shared) == 0 {
		return items
	}
	for i := range items {
		if !shared[items[i].URL] {
			continue
		}
		kept := make([]news.Key, 0, len(items[i].Keys))
		for _, k := range items[i].Keys {
			if k.Kind != news.KeyURL {
				kept = append(kept, k)
			}
		}
		items[i].Keys = kept
		items[i].ID = id(items[i])
	}
	return items
}

// TextHash names the wording of an item: its letters and digits, without case,
// spacing and punctuation, so that only a change of words is a revision. It is
// stored, and must not change between versions.
func TextHash(it news.Item) uint64 {
	return hash(wordsOf(it.Title), wordsOf(it.Text))
}

// wordsHash is the hash of the words of one text.
func wordsHash(s string) uint64 { return hash(wordsOf(s)) }

// wordsOf returns the letters and digits of s in lower case, words parted by one
// blank; a point or comma between digits stays, for 1.5 is not 15.
func wordsOf(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	var prev rune
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		case (r == '.' || r == ',') && unicode.IsDigit(prev) && digitAt(s, i+1):
			b.WriteRune(r)
		default:
			gap = true
		}
		prev = r
	}
	return b.String()
}

// digitAt reports whether a digit stands at byte i of s.
func digitAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsDigit(r)
}

// hash is FNV-1a over the parts with a mark between them, mixed once more so that
// every digit of it depends on every byte. Stored keys are made of it: it must
// never change.
func hash(parts ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, s := range parts {
		for i := 0; i < len(s); i++ {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211 // no byte of UTF-8
	}
	return mix(h)
}

// mix is the finaliser of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
