package ingest

import (
	"time"

	"samur/internal/news"
	"samur/internal/schedule"
)

// backoffCap is the slowest a failing feed is polled: once a day, and never given up.
const backoffCap = 24 * time.Hour

// Due returns when f is to be polled by what is stored of it: the zero time when never
// again, a past one when it is late or new. It holds what was decided after the last poll
// against the present: a clock that was set back must not put a feed off for years, and a
// shorter distance in the config counts from now on.
func Due(f news.Feed, pol Policy, st news.FeedState, now time.Time) time.Time {
	switch {
	case st.URL != f.URL:
		return now
	case st.Gone:
		return time.Time{} // until the address changes
	case st.NextDue.IsZero():
		return now
	}
	due, last := st.NextDue, st.LastAttempt
	if last.After(now) {
		due = now.Add(due.Sub(last))
		last = now
	}
	longest := last.Add(longest(f, pol, st))
	if due.After(longest) {
		return longest
	}
	return due
}

// Address returns where f is asked by what is stored of it: where it moved to for good,
// else where the config says. A feed that was given a secret since it moved goes back:
// see moved.
func Address(f news.Feed, st news.FeedState) string {
	if st.URL == f.URL && !f.Secretive() {
		return st.Address()
	}
	return f.URL
}

// longest is the most that may lie between two polls of f.
func longest(f news.Feed, pol Policy, st news.FeedState) time.Duration {
	d := max(wish(f, pol, st), pol.Max)
	if st.Failures > 0 {
		d = max(d, backoffCap)
	}
	if slot, err := schedule.Next(f.At, f.Zone, st.LastAttempt); f.At != "" && err == nil {
		d = max(slot.Sub(st.LastAttempt), d)
	}
	return d + d/10
}

// nextDue returns when f is polled next, after the poll at now that left st. w is what
// its answer asked for, gap whether items may have been lost since the poll before.
//
// A feed with a cron spec comes at its times. Any other that is well comes at the
// distance wished by the config, or later if the publisher asks so, within Min and Max
// and not in the hours and on the days that the document names as silent; one that may
// have lost items comes at half of it. One that fails comes at doubling distances up to
// a day. Up to a tenth is added, the same for the same feed every time, so that feeds
// do not come in step and a restart changes nothing.
func nextDue(f news.Feed, pol Policy, st news.FeedState, w wait, gap bool, now time.Time) time.Time {
	every := wish(f, pol, st)
	if f.At != "" {
		return nextSlot(f, every, st, w, now)
	}
	d := max(every, min(max(w.fresh, st.Stated), pol.Max))
	switch {
	case st.Failures > 0:
		d = max(backoff(every, st.Failures), min(w.retry, backoffCap))
		return now.Add(d + jitter(f.Name, d))
	case gap:
		d = max(every/2, pol.Min)
	}
	due := now.Add(d + jitter(f.Name, d))
	if latest := now.Add(pol.Max); due.Before(latest) {
		at := awake(due, st.SkipHours, st.SkipDays)
		if at.After(due) { // at a full hour, as others; the next one may be silent again
			at = at.Add(jitter(f.Name, min(d, 5*time.Hour)))
		}
		if at.After(latest) {
			return latest
		}
		return at
	}
	return due
}

// wish returns the distance at which f is to be polled when nobody asks for another
// one: its own where the config has one. Else it is the common one, stretched up to
// fourfold for a feed that brings something less often than four times in it, and
// shortened where a document holds so little that it would turn over between two polls.
func wish(f news.Feed, pol Policy, st news.FeedState) time.Duration {
	if f.Every > 0 {
		return max(f.Every, pol.Min)
	}
	every := pol.Every
	if r := st.Rhythm(); r > 0 {
		every = max(every, min(r/4, 4*every, pol.Max))
		// In its busy hours a feed brings several times what it does on average.
		if depth := time.Duration(st.Entries) * r; depth > 0 {
			every = min(every, depth/4)
		}
	}
	return max(every, pol.Min)
}

// nextSlot returns the next time of f's cron spec. A feed that fails is asked again
// between two of its times when they are far apart, and not at each when they are close.
func nextSlot(f news.Feed, every time.Duration, st news.FeedState, w wait, now time.Time) time.Time {
	from := now
	if st.Failures > 0 {
		from = now.Add(max(backoff(every, st.Failures), min(w.retry, backoffCap)))
	}
	slot, err := schedule.Next(f.At, f.Zone, now)
	if err != nil {
		return from.Add(every) // config has checked the spec
	}
	switch {
	case st.Failures > 0 && slot.After(from):
		return from.Add(jitter(f.Name, from.Sub(now)))
	case slot.Before(from):
		if slot, err = schedule.Next(f.At, f.Zone, from); err != nil {
			return from.Add(every)
		}
	}
	return slot.Add(jitter(f.Name, min(slot.Sub(now), 10*time.Minute)))
}

// awake returns the first moment from due on that is in none of the hours and on none
// of the days that a document names as silent, due itself when it names all.
func awake(due time.Time, hours uint32, days uint8) time.Time {
	at := due.UTC()
	for range 8 * 24 { // a whole week of hours, and the rest of the first one
		if hours&(1<<at.Hour()) == 0 && days&(1<<at.Weekday()) == 0 {
			return at
		}
		at = at.Truncate(time.Hour).Add(time.Hour)
	}
	return due
}

// backoff doubles every with each failure in a row after the first, up to a day. It
// never makes a feed come sooner than it was wished.
func backoff(every time.Duration, failures int) time.Duration {
	d := every
	for range failures - 1 {
		if d >= backoffCap {
			break
		}
		d = min(2*d, backoffCap)
	}
	return d
}

// jitter returns the share of a tenth of d that belongs to the feed.
func jitter(name string, d time.Duration) time.Duration { return schedule.Phase(name, d/10) }
