package publish_test

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata" // the zones, on any machine

	"samur/internal/news"
	"samur/internal/publish"
)

// month is a month of a digest in a zone whose clocks change in it, or never do.
type month struct {
	zone  string
	at    string // in the hour that the change touches
	begin time.Time
}

func months() []month {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 1, 0, 0, 0, time.UTC) }
	return []month{
		{"Asia/Baku", "0 8 * * *", day(time.March, 10)},
		{"Europe/Moscow", "0 3 * * *", day(time.March, 10)},
		{"Europe/Berlin", "30 2 * * *", day(time.October, 10)},         // twice on 25 October
		{"America/New_York", "30 2 * * *", day(time.February, 20)},     // not there on 8 March
		{"America/Santiago", "0 0 * * *", day(time.August, 20)},        // no midnight on 6 September
		{"Australia/Lord_Howe", "15 2 * * *", day(time.September, 20)}, // half an hour less on 4 October
	}
}

// TestOneEditionADay lives through a month in six zones, with clocks that are set forward
// and back and days when nothing runs: every day has one edition, or belongs to one that
// says so; windows join, and every story is told once.
func TestOneEditionADay(t *testing.T) {
	for _, m := range months() {
		t.Run(m.zone, func(t *testing.T) {
			loc, err := time.LoadLocation(m.zone)
			if err != nil {
				t.Fatal(err)
			}
			w := newWorld(t, filepath.Join(t.TempDir(), "store"))
			defer func() {
				if err := w.store.Close(); err != nil {
					t.Error(err)
				}
			}()
			w.now = m.begin
			plans := []publish.Plan{daily(), daily()}
			plans[0].Name, plans[1].Name, plans[1].Merge = "each", "merge", true
			for i := range plans {
				plans[i].At, plans[i].Zone, plans[i].MaxPerTopic = m.at, m.zone, 0
			}
			stories := w.live(t, plans, m.begin)
			for _, plan := range plans {
				w.checkDays(t, plan, loc, stories)
			}
		})
	}
}

// live lets a month pass and returns the stories that came.
func (w *world) live(t *testing.T, plans []publish.Plan, begin time.Time) []string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	steps := []struct {
		after time.Duration // since begin, of time that passed
		by    time.Duration
	}{
		{5 * 24 * time.Hour, 24 * time.Hour},
		{5*24*time.Hour + 3*time.Hour, -24 * time.Hour}, // a day ahead, and back
		{9 * 24 * time.Hour, -time.Hour},
		{13 * 24 * time.Hour, 75 * time.Hour}, // nothing ran for three days
		{20 * 24 * time.Hour, -24 * time.Hour},
	}
	var stories []string
	for passed := time.Duration(0); passed < 32*24*time.Hour; {
		pause := time.Duration(90+r.IntN(400)) * time.Minute
		passed += pause
		w.now = w.now.Add(pause)
		if len(steps) > 0 && passed >= steps[0].after {
			w.now = w.now.Add(steps[0].by)
			steps = steps[1:]
		}
		if r.IntN(3) == 0 {
			stories = append(stories, w.poll(t, poll{feed: "kura", topics: []string{"trade"}})...)
		}
		for _, plan := range plans {
			due, err := publish.Due(w.store, plan, begin, w.now)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range due {
				w.make(t, plan, s.At)
			}
		}
	}
	return stories
}

// checkDays holds the editions of a plan to the days that passed.
func (w *world) checkDays(t *testing.T, plan publish.Plan, loc *time.Location, stories []string) {
	t.Helper()
	ds, err := w.store.Digests(plan.Name, 0)
	if err != nil {
		t.Fatal(err)
	}
	days, told := map[string]int{}, map[string]int{}
	missed := 0
	for i, d := range ds {
		days[d.Slot.At.In(loc).Format(time.DateOnly)]++
		missed += d.Missed
		if i+1 < len(ds) && ds[i+1].Window.To != d.Window.From {
			t.Errorf("%s: the window of %v does not begin where that of %v ended", plan.Name, d.Slot, ds[i+1].Slot)
		}
		for _, s := range d.Sections {
			for _, e := range s.Entries {
				told[e.Story]++
			}
		}
	}
	first, last := ds[len(ds)-1].Slot.At.In(loc), ds[0].Slot.At.In(loc)
	passed := 0
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		passed++
		if n := days[day.Format(time.DateOnly)]; n > 1 || n == 0 && !plan.Merge {
			t.Errorf("%s: %d editions on %s, want one", plan.Name, n, day.Format(time.DateOnly))
		}
	}
	if got := len(ds) + missed; got < passed-1 || got > passed+1 { // a day of 23 or 25 hours moves the last by one
		t.Errorf("%s: %d editions that cover %d more in %d days", plan.Name, len(ds), missed, passed)
	}
	if plan.Merge != (missed > 0) {
		t.Errorf("%s: %d editions missed", plan.Name, missed)
	}
	untold := 0
	for _, id := range stories {
		if told[id] > 1 {
			t.Errorf("%s: story %s is told %d times", plan.Name, id, told[id])
		}
		if told[id] == 0 {
			untold++
		}
	}
	if w.since(t, ds[0].Window) != untold {
		t.Errorf("%s: %d stories untold, want those that came after the last edition", plan.Name, untold)
	}
}

// since counts the items that came after a window.
func (w *world) since(t *testing.T, win news.Window) int {
	t.Helper()
	cur, err := w.store.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	return int(cur.Item - win.To.Item)
}
