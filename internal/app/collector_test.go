package app

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// percent returns what the collector is set to.
func percent() int {
	set := debug.SetGCPercent(usual)
	debug.SetGCPercent(set)
	return set
}

// TestRestCollector follows the collector's setting from the beginning of a process, and
// from one where somebody set it.
func TestRestCollector(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(usual))
	for _, tt := range []struct {
		name                                 string
		begin, resting, early, collect, late int // settings, at first and after each step
		small                                bool
	}{
		{name: "no text is read before it is collected", begin: usual, resting: restAt, early: restAt, collect: usual, late: collectAt},
		{name: "texts are read before", small: true, begin: usual, resting: restAt, early: collectAt, collect: collectAt, late: collectAt},
		{name: "set by somebody", small: true, begin: 50, resting: 50, early: 50, collect: 50, late: 50},
		{name: "off", small: true, begin: -1, resting: -1, early: -1, collect: -1, late: -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := func(step string, want int) {
				t.Helper()
				if got := percent(); got != want {
					t.Errorf("%s the collector is set to %d, want %d", step, got, want)
				}
			}
			debug.SetGCPercent(tt.begin)
			ended := make(chan struct{})
			rest(func() { close(ended) })
			at("at the beginning", tt.resting)
			if tt.small {
				keepSmall()
			}
			at("before a collection", tt.early)
			runtime.GC()
			<-ended
			at("after a collection", tt.collect)
			keepSmall()
			at("when texts are read", tt.late)
		})
	}
}
