package cli

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/config"
)

// TestWatch changes a file under the eyes of the watch, in false time.
func TestWatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.yaml")
	put := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("1")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		read := config.Sources{path: ""}.Now()
		var looking atomic.Bool
		looking.Store(true)
		var times atomic.Int64
		done := make(chan struct{})
		go func() {
			defer close(done)
			watch(ctx, func() config.Sources {
				if !looking.Load() {
					return nil
				}
				return read
			}, func() { times.Add(1); read = read.Now() })
		}()
		// next waits for some looks, and for what they led to.
		next := func(looks int, want int64, what string) {
			t.Helper()
			time.Sleep(time.Duration(looks)*lookEvery + time.Millisecond)
			synctest.Wait()
			if got := times.Load(); got != want {
				t.Errorf("%s: read anew %d times, want %d", what, got, want)
			}
		}
		next(5, 0, "nothing has changed")
		put("22")
		next(1, 0, "just changed")
		put("333")
		next(1, 0, "still being written")
		next(1, 1, "at rest")
		next(5, 1, "at rest for long: a mistake is told once")
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		next(1, 1, "gone for a moment, as in a rename")
		put("4444")
		next(1, 1, "there again, just now")
		next(1, 2, "there again")
		looking.Store(false)
		put("55555")
		next(5, 2, "not looked at")
		looking.Store(true)
		next(2, 3, "looked at again")
		cancel()
		<-done
	})
}
