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

// late is the cause by which a clock ends a Get.
type late time.Duration

// Error says how long was waited.
func (l late) Error() string { return "no whole answer within " + time.Duration(l).String() }

// Unwrap has it be what a context ends with.
func (late) Unwrap() error { return context.DeadlineExceeded }

// startClock returns a context that ends after the timeout, or with ctx.
func startClock(ctx context.Context, timeout time.Duration) (context.Context, *clock) {
	ctx, cancel := context.WithCancelCause(ctx)
	c := &clock{left: timeout, set: time.Now(), cancel: cancel}
	c.timer = time.AfterFunc(timeout, func() { cancel(late(timeout)) })
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
