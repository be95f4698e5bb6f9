package app

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are in memory, so that time can be false.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	if c, ok := <-p; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}

func (p pipes) Close() error { close(p); return nil }

func (p pipes) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }

// TestAnswersThatNobodyReads asks and does not read the answer.
func TestAnswersThatNobodyReads(t *testing.T) {
	tests := []struct {
		name        string
		limit, want time.Duration
	}{
		{"pages are cut off", pageTime, pageTime},
		{"commands are waited for", 0, time.Hour}, // when the caller goes away
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &App{lg: slog.New(slog.DiscardHandler), ctx: t.Context()}
				l, begun := make(pipes), time.Now()
				ended := make(chan time.Duration, 1)
				a.serve("test", l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					var err error
					for piece := make([]byte, 1<<16); err == nil; {
						_, err = w.Write(piece)
					}
					ended <- time.Since(begun)
				}), tt.limit)
				here, there := net.Pipe()
				l <- there
				if _, err := io.WriteString(here, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
					t.Fatal(err)
				}
				leave := time.AfterFunc(time.Hour, func() { _ = here.Close() })
				if got := <-ended; got != tt.want {
					t.Errorf("the answer ended after %v, want %v", got, tt.want)
				}
				leave.Stop()
				_ = here.Close() // twice in one of the cases
				if err := a.down.run(context.Background(), a.lg); err != nil {
					t.Errorf("stop: %v", err)
				}
			})
		})
	}
}
