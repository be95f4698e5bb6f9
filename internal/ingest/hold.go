package ingest

import (
	"fmt"
	"sync"
	"time"

	"samur/internal/fetch"
	"samur/internal/news"
)

// holds knows until when each host asked to be left alone: Retry-After speaks for all
// feeds of the host that sends it. The states of the feeds are where it is remembered;
// this is what they come to, by host.
type holds struct {
	mu    sync.Mutex
	until map[string]time.Time // nil until read from the store
}

// feedStates is the part of the store that holds are read from.
type feedStates interface {
	HeldStates() ([]news.FeedState, error)
}

// Held returns until when the host of address asked to be left alone, zero when it did
// not. The first call reads the states of all feeds.
func (sh *Shared) Held(st feedStates, address string) (time.Time, error) {
	h := &sh.holds
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.until == nil {
		states, err := st.HeldStates()
		if err != nil {
			return time.Time{}, err
		}
		h.until = map[string]time.Time{}
		for _, s := range states {
			h.note(s)
		}
	}
	if len(h.until) == 0 {
		return time.Time{}, nil
	}
	return h.until[fetch.Host(address)], nil
}

// hold takes note of what a poll has learned about its host.
func (sh *Shared) hold(st news.FeedState) {
	sh.holds.mu.Lock()
	defer sh.holds.mu.Unlock()
	sh.holds.note(st)
}

func (h *holds) note(st news.FeedState) {
	if st.HeldUntil.IsZero() {
		return
	}
	host := fetch.Host(st.Address())
	if st.HeldUntil.After(h.until[host]) {
		h.until[host] = st.HeldUntil
	}
}

// waits is a poll that was not made because the host asked for none. Nothing of it is
// recorded: the feed is as it was.
func waits(f news.Feed, now, until time.Time) news.Attempt {
	return news.Attempt{
		Feed: f.Name, At: now, Cause: news.CauseBusy, NextDue: until,
		Error: fmt.Sprintf("not asked: its host wants to be left alone until %s", until.UTC().Format(time.RFC3339)),
	}
}
