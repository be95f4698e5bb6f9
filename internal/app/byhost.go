package app

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"samur/internal/news"
)

// ByHost calls do once for every feed: hosts side by side, at most workers of them, the
// feeds of one host one after the other with a pause between. It ends at the first
// error of do and returns it.
func ByHost(ctx context.Context, fs []news.Feed, workers int, pause time.Duration, do func(context.Context, news.Feed) error) error {
	var hosts []string
	byHost := map[string][]news.Feed{}
	for _, f := range fs {
		h := host(f)
		if byHost[h] == nil {
			hosts = append(hosts, h)
		}
		byHost[h] = append(byHost[h], f)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, h := range hosts {
		g.Go(func() error {
			for i, f := range byHost[h] {
				if i > 0 && !sleep(ctx, pause) {
					return ctx.Err()
				}
				if err := do(ctx, f); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// sleep waits for d and reports whether ctx was still alive.
func sleep(ctx context.Context, d time.Duration) bool {
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
