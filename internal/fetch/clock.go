package fetch

import (
	"context"
	"time"
)

// clock ends the context of a Get when its time is over. The time in which the caller
// has it wait does not count.
type clock struct {
	timer  *time.Timer
	left   time.Duration // from when the timer was set
	set    time.Time
	cancel context.CancelCauseFunc
}

// startClock returns a context that ends after the timeout, or with ctx.
func startClock(ctx context.Context, timeout time.Duration) (context.Context, *clock) {
	ctx, cancel := context.WithCancelCause(ctx)
	c := &clock{left: timeout, set: time.Now(), cancel: cancel}
	c.timer = time.AfterFunc(timeout, func() { cancel(context.DeadlineExceeded) })
	return ctx, c
}

// end ends the context.
func (c *clock) end() {
	c.timer.Stop()
	c.cancel(context.Canceled)
}

// paused returns wait as it is called while the clock stands still, nil for nil.
func (c *clock) paused(ctx context.Context, wait func(context.Context) error) func() error {
	if wait == nil {
		return nil
	}
	return func() error {
		if !c.timer.Stop() {
			return context.DeadlineExceeded
		}
		c.left -= time.Since(c.set)
		err := wait(ctx)
		c.set = time.Now()
		c.timer.Reset(c.left)
		return err
	}
}
