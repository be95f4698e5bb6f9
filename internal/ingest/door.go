package ingest

import (
	"context"
	"net/url"
	"sync"

	"samur/internal/fetch"
)

// doors let one request at a time in to each host. The clock and polls by hand see to
// that for the hosts that they know of; what they do not know of is each other, and where
// redirects lead: feeds of ten hosts may all be kept by one.
type doors struct {
	mu sync.Mutex
	at map[string]*door // by host, while somebody is in or waits
}

type door struct {
	free   chan struct{} // holds one value while nobody is in
	wanted int
}

// guest is a poll on its way from host to host, in at most one of them at a time, so that
// no two can wait for each other.
type guest struct {
	doors *doors
	host  string // where it is in, "" for nowhere
}

// enter waits until nobody else is in at the host of address, and leaves the one before.
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
		return nil
	case <-ctx.Done():
		g.doors.drop(host, d)
		return ctx.Err()
	}
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
	g.doors.mu.Lock()
	d := g.doors.at[g.host]
	g.doors.mu.Unlock()
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

func (ds *doors) drop(host string, d *door) {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	if d.wanted--; d.wanted == 0 {
		delete(ds.at, host)
	}
}
