package normalise

import (
	"time"

	"samur/internal/news"
)

// Untangle takes back what the entries of one document show to be no identity: an
// address that stands on several of them, as where every entry is linked to the front
// page, and dates that are made when the document is. It changes the Keys in place. Call
// it before anything is looked up.
func Untangle(items []news.Sketch) {
	if madeDates(items) {
		for i := range items {
			undate(&items[i])
		}
	}
	first := make(map[news.Key]int, len(items))
	others := map[news.Key]int{} // entries with other words or another guid than the first
	shared := map[news.Key]bool{}
	for i, it := range items {
		k, ok := key(it, news.KeyURL)
		if !ok {
			continue
		}
		j, ok := first[k]
		if !ok {
			first[k] = i
			continue
		}
		if it.TextHash != items[j].TextHash || !sameGUID(it, items[j]) {
			others[k]++
		}
		if apartAt(items[j], it) || others[k] > 1 {
			shared[k] = true
		}
	}
	for i := range items {
		if k, ok := key(items[i], news.KeyURL); ok && (shared[k] || items[i].FrontPage) {
			disown(&items[i])
		}
	}
}

// apartAt reports whether two entries at one address are two items. Those that also
// have one guid and one date are one item that is listed in two wordings.
func apartAt(a, b news.Sketch) bool {
	sameDate := a.Published.Equal(b.Published)
	if _, ok := key(a, news.KeyGUID); ok && sameGUID(a, b) {
		return !sameText(a, b) && !sameDate
	}
	if a.TextHash == b.TextHash {
		return !sameText(a, b) // of another day
	}
	return !sameDate || a.Dated != news.DatedFeed || a.TitleHash != b.TitleHash
}

// sameGUID reports whether two entries have one guid, or none.
func sameGUID(a, b news.Sketch) bool {
	ka, _ := key(a, news.KeyGUID)
	kb, _ := key(b, news.KeyGUID)
	return ka == kb
}

// madeDates reports whether the dates of a document are those of its making: all
// within seconds.
func madeDates(items []news.Sketch) bool {
	n := 0
	var first, last time.Time
	for _, it := range items {
		if it.Dated != news.DatedFeed {
			continue
		}
		if at := it.Published; n == 0 {
			first, last = at, at
		} else if at.Before(first) {
			first = at
		} else if at.After(last) {
			last = at
		}
		n++
	}
	return n >= 3 && last.Sub(first) <= 5*time.Second && !wholeDay(first)
}

// sameMoment reports whether two dates name one moment, not only one day.
func sameMoment(a, b time.Time) bool { return a.Equal(b) && !wholeDay(a) }

// wholeDay reports whether a date is likely a day without a time, of some zone.
func wholeDay(t time.Time) bool { return t.Equal(t.Truncate(30 * time.Minute)) }
