package timeline

import (
	"slices"
	"time"

	"samur/internal/news"
)

// Choice selects occasions. The zero value takes all.
type Choice struct {
	Who   []string // ids of concepts, one of which is in it; the holder of an office is the office
	Where []string // ids, one of which it is at
	Kind  news.EventKind
	From  string // first and last day, as 2006-01-02; what names no day counts for that of its first report
	To    string
}

// aroundDays is how many days before and behind those asked for are read: what was
// planned long before is found with what became of it.
const aroundDays = 120

// Around returns the first and the last day of the mentions that Merge needs to make whole
// what c takes, as 2006-01-02, "" where c has no bound.
func (c Choice) Around() (from, to string) {
	return moved(c.From, -aroundDays), moved(c.To, aroundDays)
}

// moved returns the day so many days from another, "" for none.
func moved(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// Takes reports whether c selects o.
func (c Choice) Takes(o news.Occasion) bool {
	if c.Kind != "" && o.Kind != c.Kind || len(c.Where) > 0 && !slices.Contains(c.Where, o.Where) {
		return false
	}
	if len(c.Who) > 0 && !slices.ContainsFunc(o.Who, func(w string) bool { return c.asks(w, o.Mentions[0].Published) }) {
		return false
	}
	first, last := sortDay(o), sortDay(o)
	if _, l, ok := news.DaySpan(o.Day); ok {
		last = l.Format(time.DateOnly)
	}
	return last >= c.From && (c.To == "" || first <= c.To)
}

// asks reports whether w, or who held that office then, is asked for.
func (c Choice) asks(w string, at time.Time) bool {
	return slices.ContainsFunc(c.Who, func(id string) bool { return holder(id, at) == holder(w, at) })
}
