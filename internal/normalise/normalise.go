// Package normalise turns an entry of a feed into a news.Item: markup into plain
// text, an address into its canonical form, a date into an instant with its
// source, and what a publisher says of an entry into the keys under which it will
// be known again.
//
// The invariant: the same entry gives the same Item, byte for byte, except for
// the times that come from now; and nothing is dropped silently. Datelines,
// credits, bylines and teasers leave the text for Item.Aside, the outlet that is
// credited for Item.Via. Text is valid UTF-8 in NFC without markup, control
// characters or direction overrides, at most 200 KB of it.
//
// No identity is believed by itself: guid, address, and title with day and text
// must agree, or have proved good for this feed. Untangle takes back what of a
// document cannot be an identity at all, Match tells what of the rest is known.
// The package does no I/O and asks no clock.
//
// Read Item and Match first.
package normalise

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"samur/internal/feed"
	"samur/internal/lang"
	"samur/internal/news"
)

const (
	maxText  = 200 << 10 // bytes of an item's text
	maxTitle = 1 << 10   // bytes of its title
	// firstYear is before the first feed.
	firstYear = 1990
	// tolerance is how far ahead of our clock a publication time may be.
	tolerance = time.Hour
)

// Item makes an Item of an entry, everything but Seq, Verdict, Story, Figures and Events.
// base is the address the document came from.
func Item(f news.Feed, e feed.Entry, base string, now time.Time) news.Item {
	it, _ := Sketched(f, e, base, now)
	return it
}

// Sketched is Item, and returns beside it what the item will be known by. The Keys of
// the sketch are those of the item; where Untangle or Match find that one of them is no
// identity, Rekey tells the item.
func Sketched(f news.Feed, e feed.Entry, base string, now time.Time) (news.Item, news.Sketch) {
	now = now.UTC()
	text, note := setAside(PlainText(e.Text()), f.Outlet, Title(e.Author))
	source := sourceName(e)
	title, name := masthead(Title(e.Title), source)
	note.take(name)
	w := wording{wordsOf(title), wordsOf(text)}
	switch {
	case title == "":
		title = headline(text)
		w.title = wordsOf(title)
	case text != "" && (w.title == w.text || source != "" && w.title == wordsOf(unsigned(text, source))):
		text, w.text = "", "" // the summary says the title again
	}
	it := news.Item{
		Feed:      f.Name,
		Outlet:    f.Outlet,
		Side:      f.Side,
		GUID:      clip(oneLine(clean(e.GUID)), maxTitle),
		URL:       CanonicalURL(e.Link),
		Link:      e.Link,
		Title:     title,
		Text:      text,
		Aside:     note.text(),
		Via:       cmp.Or(note.via, sourced(f, e, base, source)),
		FirstSeen: now,
	}
	it.Lang = lang.Detect(it.Title, it.Text, declared(e.Language, f.Lang))
	// The day is the one its feed gives, also when that is to come and Published is
	// clamped: it must be the same when the day has come.
	day := ""
	if at := stated(e); !at.IsZero() {
		day = at.Format(time.DateOnly)
	}
	it.Published, it.Dated = published(e, now)
	n := w.names(day)
	it.TextHash = n.plain
	it.Keys = keys(it, w, n)
	it.ID = id(it.Feed, it.Keys)
	return it, sketch(it, n)
}

// stated is when an entry was published by its own words; zero where they cannot be
// read, or are those of a clock that was never set.
func stated(e feed.Entry) time.Time {
	for _, at := range []time.Time{e.Published.Time, e.Updated.Time} {
		if at.Year() >= firstYear {
			return at.UTC()
		}
	}
	return time.Time{}
}

// published decides what an entry's dates are worth.
func published(e feed.Entry, now time.Time) (time.Time, news.Dated) {
	at := stated(e)
	switch {
	case !at.IsZero() && at.Sub(now) > tolerance:
		return now, news.DatedFuture
	case !at.IsZero():
		return at, news.DatedFeed
	case e.Published.Raw == "" && e.Updated.Raw == "":
		return now, news.DatedAbsent
	}
	return now, news.DatedUnreadable
}

// declared returns the language that is declared for an entry, by the keeper of
// the config before the publisher: feeds of Baku say "en-us" in any language.
func declared(entry string, configured news.Lang) news.Lang {
	if configured != "" {
		return configured
	}
	code, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(entry)), "-")
	code, _, _ = strings.Cut(code, "_")
	switch code {
	case "en", "eng":
		return news.En
	case "ru", "rus":
		return news.Ru
	case "az", "aze":
		return news.Az
	case "tr", "tur":
		return news.Tr
	case "uk", "ukr":
		return news.Uk
	case "fa", "fas":
		return news.Fa
	}
	return ""
}

// headline makes a title of the beginning of a text that has none.
func headline(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if end := firstSentence(line); end > 0 {
		line = line[:end]
	}
	return shorten(line, 160)
}

// firstSentence returns the end of the first sentence of a line, 0 when it has none.
func firstSentence(line string) int {
	for i := 20; i < len(line); i++ {
		if line[i] != ';' && i+2 < len(line) && endsSentence(line, i) {
			return i + 1
		}
	}
	return 0
}

// shorten cuts s at a word's end to at most n bytes and marks the cut.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = clip(s, n)
	if i := strings.LastIndexByte(s, ' '); i > n/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:–—-") + "…"
}

// id names an item: four digits of its feed, twelve of its feed and every identity
// it came with. Mixing all identities keeps items apart whose feed gives each the same
// guid. Two items of one id have the same feed and the same keys, and so are known as
// one: four digits alone are shared by two feeds of a few hundred, and two feeds of one
// outlet have entries with the same keys.
func id(feed string, keys []news.Key) string {
	return fmt.Sprintf("%04x%012x", hash(feed)>>48, mixed(hash(feed), keys)>>16)
}

// mixed mixes keys into h.
func mixed(h uint64, keys []news.Key) uint64 {
	for _, k := range keys {
		h = mix((h ^ k.Hash) + uint64(k.Kind))
	}
	return h
}
