package normalise

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"samur/internal/feed"
	"samur/internal/news"
)

// shelf is a store of the tests: what is kept under each key.
type shelf map[news.Key]Seen

func (s shelf) seen(k news.Key) (Seen, bool) {
	v, ok := s[k]
	return v, ok
}

// put stores an item under all its keys.
func (s shelf) put(items ...news.Item) {
	for _, it := range items {
		for _, k := range it.Keys {
			s[k] = Seen{Item: it.ID, TextHash: TextHash(it)}
		}
	}
}

// entry makes an item of guid, path and title, of one day.
func entry(guid, path, title string) news.Item {
	link := ""
	if path != "" {
		link = "https://example.az/" + path
	}
	return Item(news.Feed{Name: "f"}, feed.Entry{GUID: guid, Link: link, Title: title, Published: feed.ParseDate("2026-03-08T05:00:00Z")}, "", now)
}

func TestKnown(t *testing.T) {
	old := entry("1", "a", "Baş nazir Moskvaya səfər edib")
	tests := []struct {
		name    string
		habit   news.GUIDHabit
		it      news.Item
		known   bool
		revised bool
	}{
		{"the same again", "", old, true, false},
		{"another title", "", entry("1", "a", "Baş nazir Moskvada görüş keçirib"), true, true},
		{"another address", "", entry("1", "b", old.Title), true, false},
		{"another guid", "", entry("2", "a", old.Title), true, false},
		{"another guid and title", "", entry("2", "a", "Baş nazir Moskvada görüş keçirib"), true, true},
		{"another guid and title, guids stable", news.GUIDStable, entry("2", "a", "Baş nazir Moskvada görüş keçirib"), false, false},
		{"another guid and address", "", entry("2", "b", old.Title), true, false},
		{"all other", "", entry("2", "b", "Neftin qiyməti ucuzlaşıb"), false, false},
		{"shared guid, other item", news.GUIDShared, entry("1", "b", "Neftin qiyməti ucuzlaşıb"), false, false},
		{"no guid", "", entry("", "a", "Baş nazir Moskvada görüş keçirib"), true, true},
		{"tracking on the address", "", entry("", "a?utm_source=rss", "Baş nazir Moskvada görüş keçirib"), true, true},
		{"title alone", "", entry("", "", old.Title), true, false},
		{"short title at another address", "", entry("", "b", "Hava"), false, false},
		{"short title under another guid", "", entry("2", "", "Hava"), false, false},
		{"short title alone", "", entry("", "", "Hava"), true, false},
		{"short title, shared guid", news.GUIDShared, entry("1", "", "Hava"), true, false},
		{"other short title, shared guid", news.GUIDShared, entry("1", "", "Neft"), false, false},
		{"nothing but a shared guid", news.GUIDShared, entry("1", "", ""), true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := shelf{}
			s.put(old, entry("9", "", "Hava"))
			got, ok := Known(tt.habit, tt.it, s.seen)
			if ok != tt.known || ok && (got.TextHash != TextHash(tt.it)) != tt.revised {
				t.Errorf("Known = %v revised %v, want %v %v", ok, got.TextHash != TextHash(tt.it), tt.known, tt.revised)
			}
		})
	}
}

// TestSameTitleAnotherDay keeps daily items apart that have neither guid nor address.
func TestSameTitleAnotherDay(t *testing.T) {
	s := shelf{}
	s.put(entry("", "", "Valyuta məzənnələri açıqlanıb"))
	tomorrow := Item(news.Feed{Name: "f"}, feed.Entry{Title: "Valyuta məzənnələri açıqlanıb", Published: feed.ParseDate("2026-03-07")}, "", now)
	if _, ok := Known("", tomorrow, s.seen); ok {
		t.Error("the same title on another day is taken for the same item")
	}
}

func TestLearnGUIDs(t *testing.T) {
	list := func(n int, guid func(i int) string) []news.Item {
		items := make([]news.Item, n)
		for i := range items {
			items[i] = entry(guid(i), fmt.Sprintf("n/%d", i), fmt.Sprintf("Başlıq nömrə %d budur", i))
		}
		return items
	}
	numbered := func(i int) string { return fmt.Sprint(i) }
	// rename puts other addresses, and other words where suffix is not "", behind the guids.
	rename := func(items []news.Item, suffix string) []news.Item {
		for i, it := range items {
			items[i] = entry(it.GUID, fmt.Sprintf("other/%d", i), it.Title+suffix)
		}
		return items
	}
	tests := []struct {
		name   string
		before news.GUIDHabit
		stored []news.Item
		now    []news.Item
		want   news.GUIDHabit
	}{
		{"first look", "", nil, list(5, numbered), ""},
		{"one guid on all", "", nil, list(5, func(int) string { return "same" }), news.GUIDShared},
		{"came again", "", list(5, numbered), list(5, numbered), news.GUIDStable},
		{"new at each poll", "", list(5, numbered), list(5, func(i int) string { return fmt.Sprint("x", i) }), news.GUIDUnstable},
		{"numbered by place", "", list(5, numbered), list(5, func(i int) string { return fmt.Sprint((i + 1) % 5) }), news.GUIDShared},
		{"numbered by place, all new", news.GUIDStable, list(5, numbered), rename(list(5, numbered), "x"), news.GUIDShared},
		{"moved to other addresses", news.GUIDStable, list(5, numbered), rename(list(5, numbered), ""), news.GUIDStable},
		{"one changed", news.GUIDStable, list(5, numbered), list(5, func(i int) string { return fmt.Sprint(i + i/4*90) }), news.GUIDStable},
		{"worthless stays", news.GUIDShared, list(5, numbered), list(5, numbered), news.GUIDShared},
		{"an item listed twice", "", nil, append(list(1, numbered), list(1, numbered)...), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := shelf{}
			s.put(tt.stored...)
			if got := LearnGUIDs(tt.before, tt.now, s.seen); got != tt.want {
				t.Errorf("LearnGUIDs = %q, want %q", got, tt.want)
			}
		})
	}
}

// TestSharedGUIDItemsHaveTheirOwnIDs is the feed with one guid on every item.
func TestSharedGUIDItemsHaveTheirOwnIDs(t *testing.T) {
	a, b := entry("same", "a", "Birinci xəbərin başlığı"), entry("same", "b", "İkinci xəbərin başlığı")
	if a.ID == b.ID {
		t.Errorf("both have the id %s", a.ID)
	}
	taken := map[news.Key]bool{}
	for _, k := range a.Keys {
		taken[k] = true
	}
	if Taken(news.GUIDShared, b, taken) {
		t.Error("the second is taken for the first")
	}
	if !Taken(news.GUIDShared, a, taken) {
		t.Error("the first is not found again")
	}
}

// TestItemsOfOneIDAreKnown is what keeps a feed from being refused for ever: the
// store takes an id once, so two items that have one must be one by the ladder.
func TestItemsOfOneIDAreKnown(t *testing.T) {
	pick := func(t *rapid.T, name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	one := rapid.Custom(func(t *rapid.T) news.Item {
		return entry(pick(t, "guid", "", "1", "https://example.az/a"), pick(t, "path", "", "a", "b"), pick(t, "title", "", "Hava", "Neft", "Baş nazir Moskvaya səfər edib"))
	})
	rapid.Check(t, func(t *rapid.T) {
		stored := Untangle(rapid.SliceOfN(one, 1, 4).Draw(t, "stored"))
		h := rapid.SampledFrom([]news.GUIDHabit{news.GUIDUnknown, news.GUIDStable, news.GUIDShared, news.GUIDUnstable}).Draw(t, "habit")
		s := shelf{}
		s.put(stored...)
		for _, it := range Untangle(rapid.SliceOfN(one, 1, 4).Draw(t, "now")) {
			_, known := Known(h, it, s.seen)
			for _, old := range stored {
				if old.ID == it.ID && !known && len(it.Keys) > 0 {
					t.Fatalf("Known(%q, %+v) = false, but its id is that of %+v", h, it, old)
				}
			}
		}
	})
}

func TestUnmet(t *testing.T) {
	s := shelf{}
	s.put(entry("1", "a", "Baş nazir Moskvaya səfər edib"))
	tests := []struct {
		name  string
		habit news.GUIDHabit
		it    news.Item
		want  string
	}{
		{"the same again", "", entry("1", "a", "Baş nazir Moskvaya səfər edib"), ""},
		{"another title", "", entry("1", "a", "Baş nazir Moskvada görüş keçirib"), "t"},
		{"another address", "", entry("1", "b", "Baş nazir Moskvaya səfər edib"), "u"},
		{"another guid", "", entry("2", "a", "Baş nazir Moskvaya səfər edib"), "g"},
		{"another worthless guid", news.GUIDUnstable, entry("2", "a", "Baş nazir Moskvaya səfər edib"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, k := range Unmet(tt.habit, tt.it, s.seen) {
				got += string(rune(k.Kind))
			}
			if got != tt.want {
				t.Errorf("Unmet gave kinds %q, want %q", got, tt.want)
			}
		})
	}
}

func TestUntangle(t *testing.T) {
	items := []news.Item{
		entry("1", "front", "Birinci xəbərin başlığı"),
		entry("2", "front", "İkinci xəbərin başlığı"),
		entry("3", "own", "Üçüncü xəbərin başlığı"),
		entry("4", "own", "Üçüncü xəbərin başlığı"),
	}
	items = Untangle(items)
	for i, want := range []bool{false, false, true, true} {
		if _, ok := key(items[i], news.KeyURL); ok != want {
			t.Errorf("item %d has an address as identity: %v, want %v", i, ok, want)
		}
	}
}

func TestTextHash(t *testing.T) {
	base := news.Item{Title: "Ticarət 1.5 mlrd dollar", Text: "Artım 12 faiz olub."}
	same := []news.Item{
		{Title: "Ticarət  1.5 mlrd  dollar", Text: "Artım 12 faiz olub"},
		{Title: "TİCARƏT 1.5 mlrd dollar!", Text: "“Artım” 12 faiz olub."},
	}
	other := []news.Item{
		{Title: "Ticarət 15 mlrd dollar", Text: "Artım 12 faiz olub."},
		{Title: "Ticarət 1.5 mlrd dollar", Text: "Artım 13 faiz olub."},
		{Title: "Ticarət 1.5 mlrd", Text: "dollar Artım 12 faiz olub."},
	}
	for _, it := range same {
		if TextHash(it) != TextHash(base) {
			t.Errorf("TextHash(%q) differs", it.Title)
		}
	}
	for _, it := range other {
		if TextHash(it) == TextHash(base) {
			t.Errorf("TextHash(%q, %q) is the same", it.Title, it.Text)
		}
	}
}
