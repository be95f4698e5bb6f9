// Package schedule turns a cron spec and a zone into instants, and runs named
// jobs at their times. It is a guard around github.com/robfig/cron/v3, which it
// uses for reading specs and for nothing else: that library panics on some
// specs, accepts others that never fire, skips a job in the spring gap, repeats
// it in the autumn hour, and does not wait for jobs when stopped.
//
// The invariant of the spec half: every nominal local occurrence is one instant,
// exactly once. A time that the clocks jump over counts at the first valid
// instant after the gap; a time that comes twice counts the first time only.
// The invariant of the runner half: a job never overlaps itself or a job of the
// same key, never ends the program by a panic, and is waited for.
//
// The package refuses specs with seconds, zones inside the spec and anything
// that fires more than once a minute. It knows nothing of news.
//
// Read Slots and Runner first.
package schedule

import (
	"fmt"
	"time"
	_ "time/tzdata" // a machine without zoneinfo still knows Asia/Baku
)

// horizon is how far ahead cron looks for the next occurrence: a spec that is
// silent from every leap-year start never fires.
var horizon = time.Date(2023, 12, 31, 23, 59, 59, 0, time.UTC)

// maxSlots bounds what Slots returns; the latest are kept.
const maxSlots = 10_000

// Check reports why spec in zone cannot be used, in words that say the fix. A
// spec that passes is read without panic, fires at some time, and fires at most
// once a minute. The empty zone means UTC.
func Check(spec, zone string) error {
	p, err := parse(spec, zone)
	if err != nil {
		return err
	}
	if p.next(horizon).IsZero() {
		return fmt.Errorf("schedule %q never fires: no such day in any of its months; write a day that exists", spec)
	}
	return nil
}

// Next returns the first instant after the given one at which spec fires in
// zone, in UTC.
func Next(spec, zone string, after time.Time) (time.Time, error) {
	p, err := parse(spec, zone)
	if err != nil {
		return time.Time{}, err
	}
	at := p.after(after)
	if at.IsZero() {
		return at, fmt.Errorf("schedule %q never fires: write a day that exists", spec)
	}
	return at, nil
}

// Slots returns the instants in (after, upto] at which spec fires in zone, in
// order and in UTC: every nominal local occurrence exactly once, whatever the
// clocks do. Several nominal times inside one spring gap are one instant. For a
// spec that Check refuses there are none, and of more than 10,000 the latest
// are returned.
func Slots(spec, zone string, after, upto time.Time) []time.Time {
	p, err := parse(spec, zone)
	if err != nil {
		return nil
	}
	var slots []time.Time
	for at := p.after(after); !at.IsZero() && !at.After(upto); at = p.after(at) {
		slots = append(slots, at)
		if len(slots) == 2*maxSlots {
			slots = append(slots[:0], slots[maxSlots:]...)
		}
	}
	if len(slots) > maxSlots {
		slots = slots[len(slots)-maxSlots:]
	}
	return slots
}

// plan is a spec that was read, in its zone.
type plan struct {
	next func(wall time.Time) time.Time // in nominal local time, kept as if it were UTC
	loc  *time.Location
}

// after returns the first instant after t, zero when there is none.
func (p plan) after(t time.Time) time.Time {
	for wall := wallOf(t, p.loc); ; {
		wall = p.next(wall)
		if wall.IsZero() {
			return wall
		}
		// In the autumn hour the walls just behind t lie before it as instants.
		if at := instantOf(wall, p.loc); at.After(t) {
			return at
		}
	}
}

// wallOf returns what the clocks of loc show at t, as if it were UTC.
func wallOf(t time.Time, loc *time.Location) time.Time {
	_, offset := t.In(loc).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// instantOf returns the first instant at which the clocks of loc show wall or,
// when they jump over it, the instant of the jump.
func instantOf(wall time.Time, loc *time.Location) time.Time {
	near := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), loc)
	start, end := near.ZoneBounds()
	edges := make([]time.Time, 0, 2)
	for _, edge := range []time.Time{start, end} {
		if !edge.IsZero() {
			edges = append(edges, edge)
		}
	}
	var first time.Time
	try := func(inside time.Time) {
		_, offset := inside.In(loc).Zone()
		at := wall.Add(-time.Duration(offset) * time.Second)
		if wallOf(at, loc).Equal(wall) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	try(near)
	for _, edge := range edges {
		try(edge.Add(-time.Second))
		try(edge)
	}
	if !first.IsZero() {
		return first.UTC()
	}
	for _, edge := range edges {
		if wallOf(edge.Add(-time.Second), loc).Before(wall) && wall.Before(wallOf(edge, loc)) {
			return edge.UTC()
		}
	}
	return near.UTC()
}
