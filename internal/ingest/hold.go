package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"samur/internal/fetch"
	"samur/internal/news"
)

// holds knows until when each host asked to be left alone: Retry-After speaks for all
// feeds of the host that sends it, and for those that are redirected to it. The store
// remembers it with the polls that were told.
type holds struct {
	mu    sync.Mutex
	until map[string]time.Time // nil until read from the store
}

// heldHosts is the part of the store that holds are read from.
type heldHosts interface {
	Holds() ([]news.Hold, error)
}

// Held returns until when the host of address asked to be left alone, zero when it did
// not. The first call reads the store. No wish is granted for longer than backoffCap: one
// that lies further ahead was taken down by a clock that was wrong.
func (sh *Shared) Held(st heldHosts, address string, now time.Time) (time.Time, error) {
	h := &sh.holds
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.until == nil {
		known, err := st.Holds()
		if err != nil {
			return time.Time{}, err
		}
		h.until = map[string]time.Time{}
		for _, k := range known {
			h.note(k)
		}
	}
	if len(h.until) == 0 {
		return time.Time{}, nil
	}
	until := h.until[fetch.Host(address)]
	if until.After(now.Add(backoffCap + time.Minute)) { // of a poll that began a little later
		return time.Time{}, nil
	}
	return until, nil
}

// wished returns which host asks to be left alone by an error of a request made at now.
func wished(err error, now time.Time) news.Hold {
	fe, ok := errors.AsType[*fetch.Error](err)
	if !ok || fe.Cause != news.CauseBusy || fe.RetryAfter <= 0 {
		return news.Hold{}
	}
	return news.Hold{Host: fetch.Host(fe.At), Until: now.Add(min(fe.RetryAfter, backoffCap))}
}

// hold takes note of what a poll has learned about a host.
func (sh *Shared) hold(k news.Hold) {
	sh.holds.mu.Lock()
	defer sh.holds.mu.Unlock()
	sh.holds.note(k)
}

func (h *holds) note(k news.Hold) {
	if k.Until.After(h.until[k.Host]) {
		h.until[k.Host] = k.Until
	}
}

// heldError is why a redirect was not followed: the host that it leads to asked to be
// left alone.
type heldError struct {
	address string
	until   time.Time
}

// Error names the host and the time.
func (e *heldError) Error() string {
	return fmt.Sprintf("%s wants to be left alone until %s", fetch.Host(e.address), e.until.UTC().Format(time.RFC3339))
}

// unlessHeld refuses redirects to hosts that are held at now, for fetch.Request.Follow.
func (in *Ingester) unlessHeld(now time.Time) func(context.Context, *url.URL) error {
	return func(_ context.Context, to *url.URL) error {
		until, err := in.Held(in.store, to.String(), now)
		if err == nil && now.Before(until) {
			err = &heldError{to.String(), until}
		}
		return err
	}
}

// asBusy returns the error of a redirect that unlessHeld refused as what the host that it
// leads to would have answered, any other one as it is.
func asBusy(err error, now time.Time) error {
	fe, isFetch := errors.AsType[*fetch.Error](err)
	held, isHeld := errors.AsType[*heldError](err)
	if !isFetch || !isHeld {
		return err
	}
	return &fetch.Error{URL: fe.URL, At: held.address, Cause: news.CauseBusy, Status: fe.Status, RetryAfter: held.until.Sub(now), Took: fe.Took, Err: fe.Err}
}

// waits is a poll that was not made because the host asked for none. Nothing of it is
// recorded: the feed is as it was.
func waits(f news.Feed, now, until time.Time) news.Attempt {
	return news.Attempt{
		Feed: f.Name, At: now, Cause: news.CauseBusy, NextDue: until,
		Error: fmt.Sprintf("not asked: its host wants to be left alone until %s", until.UTC().Format(time.RFC3339)),
	}
}

// over is a poll that was not made because the publisher has taken the feed away. Nothing
// of it is recorded either.
func over(f news.Feed, now time.Time) news.Attempt {
	return news.Attempt{
		Feed: f.Name, At: now, Status: http.StatusGone, Cause: news.CauseGone,
		Error: "not asked: its publisher has taken it away; ask again with: samur poll " + f.Name,
	}
}
