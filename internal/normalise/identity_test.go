package normalise

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

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
			s[k] = Seen{Item: it.ID, TextHash: wordingOf(it).names("").plain}
		}
	}
}

// match is Match on items, which get the keys that their sketches are left with.
func match(h news.GUIDHabit, items []news.Item, seen func(news.Key) (Seen, bool)) (news.GUIDHabit, []Place) {
	all := sketches(items)
	habit, places := Match(h, all, seen)
	rekeyAll(items, all)
	return habit, places
}

// untangle is Untangle on items.
func untangle(items []news.Item) []news.Item {
	all := sketches(items)
	Untangle(all)
	rekeyAll(items, all)
	return items
}

func sketches(items []news.Item) []news.Sketch {
	all := make([]news.Sketch, len(items))
	for i, it := range items {
		all[i] = sketch(it, wordingOf(it).names(""))
	}
	return all
}

func rekeyAll(items []news.Item, all []news.Sketch) {
	for i := range items {
		Rekey(&items[i], all[i])
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

func TestMatch(t *testing.T) {
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
			_, places := match(tt.habit, []news.Item{tt.it}, s.seen)
			got := places[0].Known
			if known := !places[0].New(); known != tt.known || known && (got.TextHash != wordingOf(tt.it).names("").plain) != tt.revised {
				t.Errorf("known %v revised %v, want %v %v", known, got.TextHash != wordingOf(tt.it).names("").plain, tt.known, tt.revised)
			}
		})
	}
}

// TestSameTitleAnotherDay keeps daily items apart that have neither guid nor address.
func TestSameTitleAnotherDay(t *testing.T) {
	s := shelf{}
	s.put(entry("", "", "Valyuta məzənnələri açıqlanıb"))
	tomorrow := Item(news.Feed{Name: "f"}, feed.Entry{Title: "Valyuta məzənnələri açıqlanıb", Published: feed.ParseDate("2026-03-07")}, "", now)
	if _, places := match("", []news.Item{tomorrow}, s.seen); !places[0].New() {
		t.Error("the same title on another day is taken for the same item")
	}
}

func TestMatchLearnsGUIDs(t *testing.T) {
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
			if got, _ := match(tt.before, untangle(tt.now), s.seen); got != tt.want {
				t.Errorf("Match learned %q, want %q", got, tt.want)
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
	_, places := match(news.GUIDShared, []news.Item{a, b, a}, shelf{}.seen)
	if places[0].Twin || places[1].Twin || !places[2].Twin {
		t.Errorf("places = %+v, want the third to be the twin of the first", places)
	}
}

// TestItemsOfOneIDAreKnown is what keeps a feed from being refused for ever: the
// store takes an id once, so two items that have one must be one by the ladder.
func TestItemsOfOneIDAreKnown(t *testing.T) {
	pick := func(t *rapid.T, name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	one := rapid.Custom(func(t *rapid.T) news.Item {
		return entry(pick(t, "guid", "", "1", "https://example.az/a"), pick(t, "path", "", "?", "a", "b"), pick(t, "title", "", "Hava", "Neft", "Baş nazir Moskvaya səfər edib"))
	})
	rapid.Check(t, func(t *rapid.T) {
		stored := untangle(rapid.SliceOfN(one, 1, 4).Draw(t, "stored"))
		h := rapid.SampledFrom([]news.GUIDHabit{news.GUIDUnknown, news.GUIDStable, news.GUIDShared, news.GUIDUnstable}).Draw(t, "habit")
		s := shelf{}
		s.put(stored...)
		listed := untangle(rapid.SliceOfN(one, 1, 4).Draw(t, "now"))
		_, places := match(h, listed, s.seen)
		taken := map[string]bool{}
		for _, it := range stored {
			taken[it.ID] = true
		}
		for i, it := range listed {
			if places[i].New() && taken[it.ID] && len(it.Keys) > 0 {
				t.Fatalf("Match takes %+v for new, but its id is taken", it)
			}
			taken[it.ID] = true
		}
	})
}

// TestMatchDocument gives whole documents, twice: what is new of them at first, and
// that nothing is when they come again.
func TestMatchDocument(t *testing.T) {
	at := func(e news.Item, day string) news.Item {
		return Item(news.Feed{Name: "f"}, feed.Entry{GUID: e.GUID, Link: e.Link, Title: e.Title, Published: feed.ParseDate(day)}, "", now)
	}
	one, two, three := "Birinci xəbərin başlığı", "İkinci xəbərin başlığı", "Üçüncü xəbərin başlığı"
	tests := []struct {
		name string
		doc  []news.Item
		want int
	}{
		{"one guid and one address on all", []news.Item{entry("g", "live/1", one), entry("g", "live/1", two), entry("g", "live/1", three)}, 3},
		{"one guid, all linked to the front page", []news.Item{entry("g", "?", one), entry("g", "?", two)}, 2},
		{"one guid and one title, on several days", []news.Item{at(entry("g", "x/1", one), "2026-03-07"), at(entry("g", "x/2", one), "2026-03-06"), at(entry("g", "x/3", one), "2026-03-05")}, 3},
		{"one address in two wordings", []news.Item{entry("g", "x/1", one), entry("g", "x/1", two)}, 1},
		{"one address under two guids in two wordings", []news.Item{entry("g", "x/1", one), entry("h", "x/1", two)}, 2},
		{"listed twice in other forms", []news.Item{entry("", "x/1?utm_source=a", one), entry("", "x/1/amp", one)}, 1},
		{"one title at two addresses", []news.Item{entry("g", "x/1", one), entry("h", "x/2", one)}, 2},
		{"one title at two addresses without guids", []news.Item{entry("", "x/1", one), entry("", "x/2", one)}, 2},
		{"one title without an address", []news.Item{entry("g", "", one), entry("h", "", one)}, 2},
		{"addresses alone", []news.Item{entry("", "x/1", ""), entry("", "x/2", ""), entry("", "x/1", "")}, 2},
		{"a front page alone", []news.Item{entry("", "?", ""), entry("", "?", "")}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := shelf{}
			habit := news.GUIDUnknown
			for poll, want := range []int{tt.want, 0, 0} {
				doc := untangle(slices.Clone(tt.doc))
				var places []Place
				habit, places = match(habit, doc, s.seen)
				got := 0
				for i, p := range places {
					if p.New() {
						got++
						s.put(doc[i])
					}
				}
				if got != want {
					t.Errorf("poll %d: %d of %d entries are new, want %d", poll+1, got, len(doc), want)
				}
			}
		})
	}
}

// TestMatchEditCount meets an item whose guid counts its edits, as the BBC's do.
func TestMatchEditCount(t *testing.T) {
	s := shelf{}
	s.put(entry("https://example.az/news/c0ffee#0", "news/c0ffee", "Baş nazir Moskvaya səfər edib"))
	edited := entry("https://example.az/news/c0ffee#1", "news/c0ffee?at_medium=rss", "Baş nazir Moskvada görüş keçirib")
	if _, places := match(news.GUIDStable, []news.Item{edited}, s.seen); places[0].New() {
		t.Error("an edit that its guid counts is taken for a new item")
	}
	post := entry("https://example.az/news/c0ffee#post-17", "news/c0ffee#post-17", "Baş nazir Moskvada görüş keçirib")
	if _, places := match(news.GUIDStable, []news.Item{post}, s.seen); !places[0].New() {
		t.Error("another entry of a live page is taken for an edit")
	}
}

func TestMatchUnmet(t *testing.T) {
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
			_, places := match(tt.habit, []news.Item{tt.it}, s.seen)
			for _, k := range places[0].Unmet {
				got += string(rune(k.Kind))
			}
			if got != tt.want {
				t.Errorf("unmet are kinds %q, want %q", got, tt.want)
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
	items = untangle(items)
	for i, want := range []bool{false, false, true, true} {
		if _, ok := key(sketch(items[i], wordingOf(items[i]).names("")), news.KeyURL); ok != want {
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
		if wordingOf(it).names("").plain != wordingOf(base).names("").plain {
			t.Errorf("textHash(%q) differs", it.Title)
		}
	}
	for _, it := range other {
		if wordingOf(it).names("").plain == wordingOf(base).names("").plain {
			t.Errorf("textHash(%q, %q) is the same", it.Title, it.Text)
		}
	}
}

func wordingOf(it news.Item) wording { return wording{wordsOf(it.Title), wordsOf(it.Text)} }

// wordsByTable is wordsOf as it is said: letters, digits and marks by the tables of
// Unicode.
func wordsByTable(s string) string {
	var b strings.Builder
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

// TestWordsOf compares the short ways of wordsOf with the tables, rune by rune and in
// texts: stored hashes are made of it.
func TestWordsOf(t *testing.T) {
	for r := range rune(0x3000) {
		s := "a" + string(r) + "1" + string(r) + "2"
		if got, want := wordsOf(s), wordsByTable(s); got != want {
			t.Errorf("wordsOf(%q) = %q, want %q", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.StringMatching(`[А-яёəğışöüçİ0-9.,]*`))).Draw(t, "parts"), " ")
		if got, want := wordsOf(s), wordsByTable(s); got != want {
			t.Errorf("wordsOf(%q) = %q, want %q", s, got, want)
		}
	})
}

// TestNames holds the hashes that are made side by side to those made one by one, which
// are what older versions stored.
func TestNames(t *testing.T) {
	for _, w := range []wording{{}, {"заголовок", ""}, {"", "text"}, {"başlıq", "mətn 1.5"}} {
		for _, day := range []string{"", "2026-03-08"} {
			got := w.names(day)
			want := wordingNames{title: hash(w.title), plain: hash(w.title, w.text), onDay: hash(day, w.title, w.text), dayless: hash("", w.title, w.text)}
			if got != want {
				t.Errorf("names(%q) of %+v = %x, want %x", day, w, got, want)
			}
		}
	}
}
