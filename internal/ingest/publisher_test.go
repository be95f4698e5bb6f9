package ingest

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samur/internal/news"
	"samur/internal/store"
)

// habits are how a publisher of the tests makes a feed: one way for each part of an
// entry, and what befalls the list.
type habits struct {
	guid  string // own, none, shared, fresh (new at each poll), place (its number in the list)
	link  string // own, none, front, hub, tracked, session, forms (http, www, AMP, mobile), random
	date  string // own, none, made (that of the poll)
	title string // own, empty, daily (the same for every story, one a day)
	text  string // none, short, long

	depth                       int // entries in the list
	shuffled, flapping, doubled bool
	edited                      bool
}

func drawHabits(t *rapid.T) habits {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	return habits{
		guid:  pick("guid", "own", "none", "shared", "fresh", "place"),
		link:  pick("link", "own", "none", "front", "hub", "tracked", "session", "forms", "random"),
		date:  pick("date", "own", "none", "made"),
		title: pick("title", "own", "empty", "daily"),
		text:  pick("text", "none", "short", "long"),
		depth: rapid.IntRange(5, 8).Draw(t, "depth"), shuffled: flag("shuffled"), flapping: flag("flapping"), doubled: flag("doubled"), edited: flag("edited"),
	}
}

// ownGUID and ownLink report whether every story has one of its own that stays.
func (h habits) ownGUID() bool { return h.guid == "own" }

func (h habits) ownLink() bool {
	return slices.Contains([]string{"own", "tracked", "session", "forms"}, h.link)
}

// foreseen reports whether a feed can be told apart from a sound one in time. Where
// guids number places and nothing else is of a story's own, a story that takes the
// place of one that vanished looks like an edit of it.
func (h habits) foreseen() bool {
	return h.guid != "place" || h.ownLink() || !h.flapping && !h.shuffled
}

// distinct reports whether two stories differ in anything that the feed says of them
// for long. Where they do not, nobody can tell them apart, and nothing is lost with
// one of them but the fact that it was told twice.
func (h habits) distinct() bool {
	return h.ownGUID() && h.link != "random" || h.ownLink() || h.title != "daily" || h.text != "none" || h.date == "own"
}

// steady reports whether a story can be known again: by guid or address whatever
// happens, by its words while they stay.
func (h habits) steady() bool {
	if h.guid == "place" && h.doubled && !h.ownLink() && h.text != "long" && (h.date != "own" || h.title == "daily") {
		return false // the second listing has another guid, and nothing else
	}
	if h.guid == "place" && h.edited && (h.flapping || h.shuffled) {
		return false // a place that held looks like a guid that stays
	}
	return h.ownGUID() || h.ownLink() || !h.edited
}

// story is what a publisher has to tell.
type story struct {
	n      int
	at     time.Time
	edits  int
	listed bool // once at least
}

// publisher makes feeds.
type publisher struct {
	habits
	stories []*story
	polls   int
	log     string
}

func (p *publisher) words(s *story) (title, text string) {
	edit := ""
	if s.edits > 0 {
		edit = fmt.Sprintf(" (edition %d)", s.edits)
	}
	switch p.title {
	case "own":
		title = fmt.Sprintf("Harbour notice number %d%s", s.n, edit)
	case "daily":
		title = "Harbour notices of the day" + edit
	}
	switch p.text {
	case "short":
		text = fmt.Sprintf("Ship %d is late%s.", s.n, edit)
	case "long":
		text = fmt.Sprintf("Ship %d is late by an hour and will be unloaded at the northern pier, where the cranes stand idle until the evening comes%s.", s.n, edit)
	}
	if title+text == "" {
		text = fmt.Sprintf("Notice %d of the harbour%s", s.n, edit)
	}
	return title, text
}

// mark is what of a link tells a story.
func mark(n int) string { return fmt.Sprintf("notice-%d-of-port", n) }

func (p *publisher) address(s *story) string {
	page := "news.example/harbour/" + mark(s.n)
	switch p.link {
	case "own":
		return "https://" + page
	case "front":
		return "https://news.example/"
	case "hub":
		return "https://news.example/live/port-2026-03-08"
	case "tracked":
		return fmt.Sprintf("https://%s?utm_source=rss&utm_content=%d&fbclid=x%d", page, p.polls, p.polls)
	case "session":
		return fmt.Sprintf("https://%s;jsessionid=%dA?PHPSESSID=%d", page, p.polls*7919, p.polls)
	case "forms":
		return []string{
			"https://" + page, "http://" + page, "https://www." + page, "http://" + page + "/amp/", "https://amp." + page, "https://m." + page + "#top",
			"HTTPS://NEWS.example:443/harbour/" + mark(s.n) + "/", "https://news-example.cdn.ampproject.org/c/s/" + page,
		}[(p.polls+s.n)%8]
	case "random":
		return fmt.Sprintf("https://news.example/r/%d/%d", p.polls*104729, s.n)
	}
	return ""
}

func (p *publisher) id(s *story, place int) string {
	switch p.guid {
	case "own":
		return fmt.Sprint("guid of ", s.n)
	case "shared":
		return "https://news.example/"
	case "fresh":
		return fmt.Sprint("guid of ", s.n, " at ", p.polls)
	case "place":
		return fmt.Sprint(place)
	}
	return ""
}

func (p *publisher) date(s *story, now time.Time) string {
	switch p.habits.date {
	case "own":
		return s.at.Format(time.RFC1123Z)
	case "made":
		return now.Format(time.RFC1123Z)
	}
	return ""
}

// document writes the feed with these stories.
func (p *publisher) document(list []*story, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News %d</title>`, p.polls)
	for place, s := range list {
		title, text := p.words(s)
		b.WriteString("<item>")
		for _, f := range [][2]string{{"guid", p.id(s, place)}, {"link", p.address(s)}, {"title", title}, {"description", text}, {"pubDate", p.date(s, now)}} {
			if f[1] != "" {
				fmt.Fprintf(&b, "<%s>%s</%s>", f[0], html.EscapeString(f[1]), f[0])
			}
		}
		b.WriteString("</item>")
		s.listed = true
		p.log += fmt.Sprintf("%d %d %d %s|%s\n", p.polls, place, s.n, title, text)
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// step lets the publisher write, edit and list.
func (p *publisher) step(t *rapid.T, now time.Time) []*story {
	p.polls++
	fresh := rapid.IntRange(0, 2).Draw(t, "new stories")
	if p.polls == 1 {
		fresh = p.depth
	}
	for range fresh {
		n := len(p.stories)
		at := now.Add(-time.Duration(n%50) * time.Minute)
		if p.title == "daily" {
			at = day.Add(-time.Duration(24*n) * time.Hour)
		}
		p.stories = append(p.stories, &story{n: n, at: at})
	}
	list := slices.Clone(p.stories[max(len(p.stories)-p.depth, 0):])
	if p.flapping && p.polls > 2 {
		gone := rapid.IntRange(0, len(list)-1).Draw(t, "gone")
		list = slices.Delete(list, gone, gone+1)
		if old := rapid.IntRange(0, len(p.stories)-1).Draw(t, "back"); !slices.Contains(list, p.stories[old]) {
			list = append(list, p.stories[old])
		}
	}
	if p.edited && p.polls > 2 {
		list[rapid.IntRange(0, len(list)-1).Draw(t, "edited")].edits++
	}
	slices.Reverse(list) // the newest first
	if p.shuffled {
		list = rapid.Permutation(list).Draw(t, "order")
	}
	if p.doubled {
		list = append(list, list[rapid.IntRange(0, len(list)-1).Draw(t, "doubled")])
	}
	return list
}

// TestEveryStoryOnce lets publishers with all combinations of bad habits write, and
// looks that every story is stored, and stored once where that can be known.
func TestEveryStoryOnce(t *testing.T) {
	b := newBench(t, store.Options{})
	feeds := 0
	rapid.Check(t, func(t *rapid.T) {
		h := drawHabits(t)
		if !h.distinct() || !h.foreseen() {
			t.Skip()
		}
		feeds++
		name := fmt.Sprint("feed", feeds)
		start, err := b.store.Cursor()
		if err != nil {
			t.Fatal(err)
		}
		p := &publisher{habits: h}
		for n := range rapid.IntRange(3, 6).Draw(t, "polls") {
			at := day.Add(time.Duration(n)*time.Hour + 7*time.Minute + 13*time.Second)
			b.site.put(name, answer{body: p.document(p.step(t, at), at)})
			b.poll(name, at)
		}
		end, err := b.store.Cursor()
		if err != nil {
			t.Fatal(err)
		}
		var items []news.Item
		if err := b.store.ItemsBetween(start.Item, end.Item, func(it news.Item) bool { items = append(items, it); return true }); err != nil {
			t.Fatal(err)
		}
		b.compare(t, p, items)
	})
}

// compare holds what is stored against what was told.
func (b *bench) compare(t *rapid.T, p *publisher, items []news.Item) {
	told := 0
	for _, s := range p.stories {
		if !s.listed {
			continue
		}
		told++
		mine := slices.DeleteFunc(slices.Clone(items), func(it news.Item) bool { return !p.is(s, it) })
		switch {
		case len(mine) == 0:
			t.Fatalf("story %d is lost; habits %+v%s", s.n, p.habits, shown(items))
		case p.steady() && len(mine) > 1:
			t.Fatalf("story %d is stored %d times; habits %+v%s", s.n, len(mine), p.habits, shown(mine)+p.log)
		case p.steady():
			b.compareWords(t, p, s, mine[0])
		}
	}
	if p.steady() && len(items) != told {
		t.Fatalf("%d items are stored of %d stories; habits %+v", len(items), told, p.habits)
	}
}

// shown prints items for a message.
func shown(items []news.Item) string {
	var b strings.Builder
	for _, it := range items {
		fmt.Fprintf(&b, "\n%s %s %q %q %q %s", it.FirstSeen.Format("15:04"), it.GUID, it.Link, it.Title, it.Text, it.Published.Format(time.DateTime))
	}
	return b.String()
}

// compareWords looks that the last wording of a story is known.
func (b *bench) compareWords(t *rapid.T, p *publisher, s *story, it news.Item) {
	revs, err := b.store.Revisions(it.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := it.Title + "\n" + it.Text
	if n := len(revs); n > 0 {
		got = revs[n-1].Title + "\n" + revs[n-1].Text
	}
	if want := fmt.Sprintf("(edition %d)", s.edits); s.edits > 0 && !strings.Contains(got, want) {
		t.Fatalf("story %d is known as %q, want its %q; habits %+v\n%s", s.n, got, want, p.habits, p.log)
	}
}

// is reports whether an item tells a story.
func (p *publisher) is(s *story, it news.Item) bool {
	has := func(format, text string) bool { return strings.Contains(text+" ", fmt.Sprintf(format, s.n)) }
	switch {
	case p.ownLink():
		return strings.Contains(it.Link, mark(s.n))
	case p.ownGUID():
		return it.GUID == p.id(s, 0)
	case p.title == "own":
		return has("number %d ", it.Title)
	case p.text != "none":
		return has("Ship %d ", it.Text+it.Title)
	case p.title == "empty":
		return has("Notice %d ", it.Title)
	}
	return it.Published.Equal(s.at)
}
