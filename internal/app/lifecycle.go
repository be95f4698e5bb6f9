package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// teardown is one thing that must end, and what it is called in the log.
type teardown struct {
	name string
	end  func(ctx context.Context) error
}

// teardowns ends things last in, first out: what was started on top of another
// ends before it. The zero value is empty.
type teardowns []teardown

// add registers end the moment the thing exists.
func (ts *teardowns) add(name string, end func(ctx context.Context) error) {
	*ts = append(*ts, teardown{name, end})
}

// run ends everything, goes on after an error, and returns all of them. A second
// call does nothing.
func (ts *teardowns) run(ctx context.Context, lg *slog.Logger) error {
	var errs []error
	for i := len(*ts) - 1; i >= 0; i-- {
		t := (*ts)[i]
		start := time.Now()
		if err := t.end(ctx); err != nil {
			errs = append(errs, fmt.Errorf("stop %s: %w", t.name, err))
		}
		lg.Debug("stopped", "part", t.name, "dur", time.Since(start).Round(time.Microsecond))
	}
	*ts = nil
	return errors.Join(errs...)
}
