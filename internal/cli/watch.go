package cli

import (
	"context"
	"maps"
	"time"

	"samur/internal/config"
)

// lookEvery is the time between two looks at the files of the config.
const lookEvery = 2 * time.Second

// watch calls changed when the files that were read last are not as they were then. What
// is different from one look to the next is still being written, and is waited for. read
// returns what was read last, nil for nothing to look at; changed has it read anew, well
// or not, so that a mistake is told once. It ends with ctx.
func watch(ctx context.Context, read func() config.Sources, changed func()) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var before config.Sources
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		was := read()
		now := was.Now()
		if !maps.Equal(now, was) && maps.Equal(now, before) {
			changed()
		}
		before = now
	}
}
