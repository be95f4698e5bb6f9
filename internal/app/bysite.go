package app

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"samur/internal/config"
	"samur/internal/fetch"
	"samur/internal/news"
)

// BySite calls do once for every feed: sites side by side, at most p.Workers of them, the
// feeds of one site one after the other with p's pause between. A feed is of the site of
// the address of the same place, at which it is asked. BySite ends at the first error of
// do and returns it.
func BySite(ctx context.Context, fs []news.Feed, addresses []string, p config.Poll, do func(context.Context, news.Feed) error) error {
	var sites []string
	hosts, bySite := make([]string, len(fs)), map[string][]int{}
	for i := range fs {
		hosts[i] = fetch.Host(addresses[i])
		s := fetch.Site(hosts[i])
		if bySite[s] == nil {
			sites = append(sites, s)
		}
		bySite[s] = append(bySite[s], i)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(p.Workers)
	for _, s := range sites {
		g.Go(func() error {
			for n, i := range bySite[s] {
				if n > 0 && !Sleep(ctx, p.Pause(fetch.IP(hosts[i]))) {
					return ctx.Err()
				}
				if err := do(ctx, fs[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// Sleep waits for d and reports whether ctx was still alive.
func Sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
