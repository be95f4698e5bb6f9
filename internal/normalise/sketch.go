package normalise

import (
	"slices"
	"unicode/utf8"

	"samur/internal/news"
)

// sketch returns what an item of a wording will be known by.
func sketch(it news.Item, n wordingNames) news.Sketch {
	s := news.Sketch{
		Keys: it.Keys, TextHash: it.TextHash, TitleHash: n.title, Dayless: n.dayless, Dated: it.Dated,
		Telling: hasLetters(12, it.Title, it.Text), Rich: hasLetters(80, it.Text), FrontPage: frontPage(it.URL),
	}
	if it.Dated == news.DatedFeed { // any other is the time of the poll
		s.Published = it.Published
	}
	return s
}

// Rekey gives an item the keys that its sketch was left with, and the id that goes
// with them.
func Rekey(it *news.Item, s news.Sketch) {
	it.Keys = s.Keys
	it.ID = id(it.Feed, it.Keys)
}

// Again makes it the later wording of an item that was rejected: known by all identities
// of both, under an id of its own, which is the same whenever the same wording comes.
func Again(it *news.Item, keys []news.Key, former string, formerKeys []news.Key) {
	it.Revises = former
	it.Keys = slices.Clone(keys)
	for _, k := range formerKeys {
		if !slices.Contains(it.Keys, k) {
			it.Keys = append(it.Keys, k)
		}
	}
	it.ID = id(it.Feed, []news.Key{{Hash: hash(former)}, {Hash: it.TextHash}})
}

// key returns a sketch's key of a kind.
func key(s news.Sketch, kind news.KeyKind) (news.Key, bool) {
	for _, k := range s.Keys {
		if k.Kind == kind {
			return k, true
		}
	}
	return news.Key{}, false
}

// address returns the key of a sketch's address, be it an identity or not.
func address(s news.Sketch) news.Key {
	if k, ok := key(s, news.KeyURL); ok {
		return k
	}
	k, _ := key(s, news.KeyShared)
	return k
}

// disown makes a sketch's address one that is no identity.
func disown(s *news.Sketch) {
	rekey(s, func(k news.Key) news.Key {
		if k.Kind == news.KeyURL {
			k.Kind = news.KeyShared
		}
		return k
	})
}

// undate takes the day out of a sketch's identity.
func undate(s *news.Sketch) {
	rekey(s, func(k news.Key) news.Key {
		if k.Kind == news.KeyText {
			k.Hash = s.Dayless
		}
		return k
	})
}

// rekey changes the keys of a sketch.
func rekey(s *news.Sketch, change func(news.Key) news.Key) {
	kept := make([]news.Key, len(s.Keys)) // the old ones are the item's, and the listing's
	for i, k := range s.Keys {
		kept[i] = change(k)
	}
	s.Keys = kept
}

// hasLetters reports whether letters and digits take n bytes of some texts.
func hasLetters(n int, texts ...string) bool {
	for _, s := range texts {
		for _, r := range s {
			if isNameRune(r) {
				n -= utf8.RuneLen(r)
			}
			if n <= 0 {
				return true
			}
		}
	}
	return false
}
