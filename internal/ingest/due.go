package ingest

import (
	"fmt"
	"hash/fnv"
	"time"

	"samur/internal/news"
)

// backoffCap is the slowest a failing feed is polled: once a day, and never given up.
const backoffCap = 24 * time.Hour

// nextDue returns when f is polled next. A feed that is well comes at the distance
// wished by the config, or later if the publisher asks so, within Min and Max; one
// that may have lost items comes at half of it. A failing one comes at doubling
// distances up to a day. Up to a tenth is added, the same for the same feed every
// time, so that feeds do not come in step and a restart changes nothing.
func nextDue(f news.Feed, pol Policy, st news.FeedState, w wait, gap bool, now time.Time) time.Time {
	every := f.Every
	if every == 0 {
		every = pol.Every
	}
	every = max(every, pol.Min)
	d := max(every, min(max(w.fresh, w.stated), pol.Max))
	switch {
	case st.Failures > 0:
		d = max(backoff(every, st.Failures), min(w.retry, backoffCap))
	case gap:
		d = max(every/2, pol.Min)
	}
	return now.Add(d + jitter(f.Name, d))
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

func jitter(name string, d time.Duration) time.Duration {
	h := fnv.New64a()
	fmt.Fprint(h, name)
	return time.Duration(h.Sum64() % uint64(d/10+1))
}
