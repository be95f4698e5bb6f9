package ingest

import (
	"context"
	"maps"
	"net/url"
	"sync"
	"time"

	"samur/internal/fetch"
)

// doors let one request at a time in to each host, and two to the hosts of one site no
// closer than its pause. The clock and polls by hand see to that for the hosts that they
// know of; what they do not know of is each other, and where redirects lead: feeds of ten
// hosts may all be kept by one.
type doors struct {
	mu   sync.Mutex
	at   map[string]*door     // by host, while somebody is in or waits
	free map[string]time.Time // by site, when the next may go in
}

type door struct {
	free   chan struct{} // holds one value while nobody is in
	wanted int
}

// guest is a poll on its way from host to host, in at most one of them at a time, so that
// no two can wait for each other.
type guest struct {
	doors *doors
	pause func(host string) time.Duration // between two requests to its site
	host  string                          // where it is in, "" for nowhere
	site  string                          // where it was in last
	left  time.Duration                   // pause of that site
}

// enter waits until nobody else is in at the host of address and its site was left alone
// for a while, and leaves the host before. Within a site it is led on without a pause, as
// a browser is.
func (g *guest) enter(ctx context.Context, address string) error {
	host := fetch.Host(address)
	if host == g.host {
		return nil
	}
	g.leave()
	if host == "" {
		return nil
	}
	d := g.doors.want(host)
	select {
	case <-d.free:
		g.host = host
	case <-ctx.Done():
		g.doors.drop(host, d)
		return ctx.Err()
	}
	if g.left = g.pause(host); g.left == 0 {
		return nil
	}
	site := fetch.Site(host)
	if site == g.site {
		return nil
	}
	g.site = site
	return sleepUntil(ctx, g.doors.turn(site, g.left))
}

// follow is enter for fetch.Request.Follow, with what may refuse a redirect when it has
// come to it.
func (g *guest) follow(may func(context.Context, *url.URL) error) func(context.Context, *url.URL) error {
	return func(ctx context.Context, to *url.URL) error {
		if err := g.enter(ctx, to.String()); err != nil {
			return err
		}
		return may(ctx, to)
	}
}

// leave lets the next one in.
func (g *guest) leave() {
	if g.host == "" {
		return
	}
	d := g.doors.rest(g.host, g.site, g.left)
	d.free <- struct{}{}
	g.doors.drop(g.host, d)
	g.host = ""
}

func (ds *doors) want(host string) *door {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	d := ds.at[host]
	if d == nil {
		if ds.at == nil {
			ds.at = map[string]*door{}
		}
		d = &door{free: make(chan struct{}, 1)}
		d.free <- struct{}{}
		ds.at[host] = d
	}
	d.wanted++
	return d
}

// turn returns when the next request to a site may be made, and takes that turn.
func (ds *doors) turn(site string, pause time.Duration) time.Time {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(ds.free, func(_ string, at time.Time) bool { return !at.After(now) })
	if ds.free == nil {
		ds.free = map[string]time.Time{}
	}
	at := now
	if free, ok := ds.free[site]; ok {
		at = free
	}
	ds.free[site] = at.Add(pause)
	return at
}

// rest has a site left alone for its pause from now on, and returns the door of a host.
func (ds *doors) rest(host, site string, pause time.Duration) *door {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if at := time.Now().Add(pause); pause > 0 && at.After(ds.free[site]) {
		ds.free[site] = at
	}
	return ds.at[host]
}

// sleepUntil waits for a time on the running clock, or until ctx ends.
func sleepUntil(ctx context.Context, at time.Time) error {
	d := time.Until(at)
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

func (ds *doors) drop(host string, d *door) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if d.wanted--; d.wanted == 0 {
		delete(ds.at, host)
	}
}
