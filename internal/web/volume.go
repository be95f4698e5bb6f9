package web

import (
	"errors"
	"strconv"
	"sync"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// errNoReading says that the pages were made without what texts are read with.
var errNoReading = errors.New("texts cannot be read: the pages have no lexicon and classifier")

// volumeWeeks is how many weeks of a topic are drawn, this one included.
const volumeWeeks = 26

const week = 7 * 24 * time.Hour

// volumes counts the relevant items of every topic by week, side and language. It reads
// the traits of half a year of them once, and then of those that have come since.
type volumes struct {
	mu   sync.Mutex
	upto uint64 // Seq of the last item counted
	n    map[volumeKey]int
}

type volumeKey struct {
	topic string
	week  int64 // since the epoch
	side  news.Side
	lang  news.Lang
}

func newVolumes() *volumes { return &volumes{n: map[volumeKey]int{}} }

func weekOf(t time.Time) int64 {
	return (t.Unix() + int64(3*24*time.Hour/time.Second)) / int64(week/time.Second)
} // Monday to Sunday

func startOf(week int64) time.Time {
	const seconds = 7 * 24 * 60 * 60
	return time.Unix(week*seconds-3*24*60*60, 0).UTC()
}

// update counts what has come since the last time.
func (x *volumes) update(st *store.Store, now time.Time) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	cur, err := st.Cursor()
	if err != nil || cur.Item == x.upto {
		return err
	}
	q := store.Query{Relevant: true, After: x.upto, Before: cur.Item + 1}
	if x.upto == 0 {
		q.From = startOf(weekOf(now) - volumeWeeks + 1)
	}
	err = st.Traits(q, x.count)
	if err == nil {
		x.upto = cur.Item
		x.forget(weekOf(now) - volumeWeeks)
	}
	return err
}

func (x *volumes) count(it store.Traits) {
	if it.Archived {
		return
	}
	for _, topic := range it.Topics {
		x.n[volumeKey{topic, weekOf(it.Published), it.Side, it.Lang}]++
	}
}

// forget lets go of the weeks up to one.
func (x *volumes) forget(upto int64) {
	for k := range x.n {
		if k.week <= upto {
			delete(x.n, k)
		}
	}
}

// volume is the weeks of a topic, the oldest first.
type volume []weekCount

type weekCount struct {
	from time.Time
	n    map[volumeKey]int // with topic and week left out
}

// of returns the weeks of a topic.
func (x *volumes) of(topic string, now time.Time) volume {
	x.mu.Lock()
	defer x.mu.Unlock()
	last := weekOf(now)
	out := make(volume, volumeWeeks)
	for i := range out {
		out[i] = weekCount{startOf(last - volumeWeeks + 1 + int64(i)), map[volumeKey]int{}}
	}
	for k, n := range x.n {
		if i := k.week - last + volumeWeeks - 1; k.topic == topic && i >= 0 && i < volumeWeeks {
			out[i].n[volumeKey{side: k.side, lang: k.lang}] += n
		}
	}
	return out
}

func (v volume) total() int {
	n := 0
	for _, w := range v {
		n += w.total()
	}
	return n
}

func (w weekCount) sum(want func(volumeKey) bool) int {
	sum := 0
	for k, n := range w.n {
		if want(k) {
			sum += n
		}
	}
	return sum
}

func (w weekCount) total() int { return w.sum(func(volumeKey) bool { return true }) }

func (w weekCount) side(s news.Side) int {
	return w.sum(func(k volumeKey) bool { return sideName(k.side) == sideName(s) })
}

func (w weekCount) lang(l news.Lang) int {
	return w.sum(func(k volumeKey) bool { return k.lang == l })
}

func itoa(n int) string { return strconv.Itoa(n) }
