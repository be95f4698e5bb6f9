package news

import "time"

// Story is all Items, in any language, that report the same event.
type Story struct {
	ID       string // "s" and the id of its earliest member
	Into     string // id of the story it was merged into, "" while it stands by itself
	Members  []Member
	First    time.Time // first seen of the earliest member
	Last     time.Time // first seen of the latest member
	Series   string    // name of the series it is one of ("trade turnover, monthly"), "" when none
	Previous string    // id of the story before it in its Series, "" when none is known
	Told     []Told    // where it was told, oldest first
}

// Member is one item's place in a story.
type Member struct {
	Item      string
	Seq       uint64
	Outlet    string
	Side      Side
	Lang      Lang
	FirstSeen time.Time
	CopyOf    string // item whose text it repeats; a copy adds no voice
	Why       Ground // why it belongs here
	Score     float64
}

// Source describes m as a source. it is its item, nil when the text is gone.
func (m Member) Source(it *Item) Source {
	s := Source{Item: m.Item, Outlet: m.Outlet, Side: m.Side, Lang: m.Lang, FirstSeen: m.FirstSeen, Copy: m.CopyOf != ""}
	if it != nil {
		s.URL, s.Title, s.Published = it.URL, it.Title, it.Published
	}
	return s
}

// Told marks that a digest carried the story.
type Told struct {
	Digest string
	Slot   time.Time
	Upto   uint64 // Seq of the newest member told there
}

// Voices counts the independent outlets of a story: each outlet once, copies and
// reposts not at all.
func (s Story) Voices() int {
	seen := map[string]bool{}
	for _, m := range s.Members {
		if m.CopyOf == "" {
			seen[m.Outlet] = true
		}
	}
	return len(seen)
}

// OpenedBy reports whether m is the member that the story began with.
func (s Story) OpenedBy(m Member) bool { return s.ID == "s"+m.Item }

// ToldIn returns the last mark that the named digest left on s.
func (s Story) ToldIn(digest string) (Told, bool) {
	for i := len(s.Told) - 1; i >= 0; i-- {
		if s.Told[i].Digest == digest {
			return s.Told[i], true
		}
	}
	return Told{}, false
}
