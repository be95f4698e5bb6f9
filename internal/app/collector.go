package app

import (
	"runtime"
	"runtime/debug"
)

// How much, in percent of what is in use, may come on top of it before the garbage
// collector runs. Another value than the usual one was set by who started the process, and
// stays.
const (
	usual = 100
	// restAt is for the beginning: the runtime takes 4 MB for the least that may be in use,
	// so that the collector first runs at 64. Most commands are over before. A round of
	// two thousand polls in which nothing is new makes 40 MB of garbage, for which it
	// would have run eight times, each time halting all that is under way.
	restAt = 1600
	// collectAt is for when texts are read. With the usual value a round of polls takes a
	// fifth more memory.
	collectAt = 60
)

// RestCollector has the garbage collector rest at the beginning of the process. The first
// collection, which the runtime starts after two minutes in any case, ends that.
func RestCollector() { rest(func() {}) }

// rest calls then when the first collection has ended it.
func rest(then func()) {
	if !change(usual, restAt) {
		then()
		return
	}
	first := new([64]byte) // nobody holds it: the first collection finds it, and not with its neighbours
	runtime.AddCleanup(first, func(then func()) {
		change(restAt, usual)
		then()
	}, then)
}

// keepSmall has the process keep its memory small.
func keepSmall() {
	if !change(restAt, collectAt) {
		change(usual, collectAt)
	}
}

// change sets the percentage to to where it is from, and reports whether it was.
func change(from, to int) bool {
	set := debug.SetGCPercent(to)
	if set != from {
		debug.SetGCPercent(set)
	}
	return set == from
}
