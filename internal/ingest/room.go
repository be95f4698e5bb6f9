package ingest

import (
	"context"
	"runtime/debug"
	"sync"
)

// room is for one at a time. A document of ten megabytes takes ten times that until its
// items are stored: eight at once would take what the whole machine has. While one is in
// the garbage collector works as often as lean says, else it would let the rubbish of one
// document stand beside the next. The zero value is free.
type room struct {
	once sync.Once
	free chan struct{} // holds one value while nobody is in
}

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
	usual  int // percentage of the garbage collector
}

// lean is the percentage that the heap may grow by between two collections. It costs a
// large document about a fifth more time.
const lean = 25

// enter waits until the room is free, or ctx ends.
func (v *visit) enter(ctx context.Context) error {
	select {
	case <-v.room.free:
		v.inside = true
		if v.usual = debug.SetGCPercent(lean); v.usual >= 0 && v.usual < lean {
			debug.SetGCPercent(v.usual) // the keeper has it leaner
		}
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// leave frees the room, if it was entered.
func (v *visit) leave() {
	if v.inside {
		v.inside = false
		debug.SetGCPercent(v.usual)
		v.room.free <- struct{}{}
	}
}
