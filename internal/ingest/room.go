package ingest

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// room is for one at a time. A document of ten megabytes takes several times that until
// its items are stored: eight at once would take what the whole machine has. While one of
// more than a megabyte is in, the garbage collector is told to keep the process within
// spare of what it had, else it would let the rubbish of the document grow to as much as
// all that is in use. The zero value is free.
type room struct {
	once sync.Once
	free chan struct{} // holds one value while nobody is in
}

// spare is what a document of more than tightFrom bytes may take beside its body and what
// the process holds, in bytes. It is no limit for the document: beyond it the collector
// works all the time it may. Smaller ones leave little rubbish, and many feeds are so
// large: collecting before and behind each would take more than reading them.
const (
	spare     = 36 << 20
	tightFrom = 1 << 20
)

// visit returns a visit that has not begun.
func (r *room) visit() *visit {
	r.once.Do(func() {
		r.free = make(chan struct{}, 1)
		r.free <- struct{}{}
	})
	return &visit{room: r}
}

// visit is one pass on its way to the room.
type visit struct {
	room   *room
	inside bool
	tight  bool
	limit  int64 // of the process's memory, as it was before it was tight
}

// enter waits until the room is free, or ctx ends.
func (v *visit) enter(ctx context.Context) error {
	select {
	case <-v.room.free:
		v.inside = true
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// brings keeps the process small while a document of so many bytes is in the room.
func (v *visit) brings(size int) {
	if !v.inside || size <= tightFrom {
		return
	}
	v.tight = true
	v.limit = debug.SetMemoryLimit(-1) // which tells it
	debug.SetMemoryLimit(min(v.limit, inUse()+spare))
}

// leave frees the room, if it was entered.
func (v *visit) leave() {
	if !v.inside {
		return
	}
	if v.tight {
		debug.SetMemoryLimit(v.limit)
		runtime.GC() // or the heap may grow to twice what it was with the document
	}
	v.inside, v.tight = false, false
	v.room.free <- struct{}{}
}

// inUse collects what is rubbish, and returns what is in use, in bytes.
func inUse() int64 {
	runtime.GC()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() != metrics.KindUint64 {
		return math.MaxInt64 - spare // it is not told: no limit
	}
	return int64(live[0].Value.Uint64())
}
