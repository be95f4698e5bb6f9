package normalise

import (
	"slices"
	"testing"

	"samur/internal/news"
)

func TestAgain(t *testing.T) {
	guid, link, old := news.Key{Kind: news.KeyGUID, Hash: 1}, news.Key{Kind: news.KeyURL, Hash: 2}, news.Key{Kind: news.KeyURL, Hash: 3}
	wording := func(hash uint64) news.Item {
		it := news.Item{Feed: "kura", TextHash: hash}
		Again(&it, []news.Key{guid, link}, "0123456789abcdef", []news.Key{guid, old})
		return it
	}
	it := wording(7)
	if want := []news.Key{guid, link, old}; !slices.Equal(it.Keys, want) {
		t.Errorf("Keys = %v, want all identities of both, each once: %v", it.Keys, want)
	}
	if it.Revises != "0123456789abcdef" || len(it.ID) != 16 || it.ID == it.Revises {
		t.Errorf("item %q revises %q, want an id of its own", it.ID, it.Revises)
	}
	if again, other := wording(7), wording(8); again.ID != it.ID || other.ID == it.ID {
		t.Errorf("ids %q, %q and %q: want one for one wording, and another for another", it.ID, again.ID, other.ID)
	}
	first := news.Item{Feed: "kura", TextHash: 7}
	Rekey(&first, news.Sketch{Keys: []news.Key{guid}})
	if first.ID[:4] != it.ID[:4] {
		t.Errorf("ids %q and %q of one feed begin differently", first.ID, it.ID)
	}
}
