package cli

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"testing"

	"samur/internal/config"
	"samur/internal/journal"
)

func TestDaemonLogger(t *testing.T) {
	var st syscall.Stat_t
	if err := syscall.Fstat(int(os.Stderr.Fd()), &st); err != nil {
		t.Fatal(err)
	}
	stderr := fmt.Sprintf("%d:%d", st.Dev, st.Ino)
	tests := []struct {
		name, format, stream string
		to                   io.Writer
		want                 slog.Handler
	}{
		{"auto on a terminal", "auto", "", os.Stderr, (*slog.TextHandler)(nil)},
		{"auto where stderr is the journal", "auto", stderr, os.Stderr, (*journal.Handler)(nil)},
		{"auto where stdout alone is the journal", "auto", "1:2", os.Stderr, (*slog.TextHandler)(nil)},
		{"auto into something else", "auto", stderr, &bytes.Buffer{}, (*slog.TextHandler)(nil)},
		{"text into the journal", "text", stderr, os.Stderr, (*slog.TextHandler)(nil)},
		{"json into the journal", "json", stderr, os.Stderr, (*slog.JSONHandler)(nil)},
		{"journal", "journal", "", &bytes.Buffer{}, (*journal.Handler)(nil)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("JOURNAL_STREAM", tt.stream)
			env := &Env{Stderr: tt.to, Getenv: os.Getenv}
			lg, level := daemonLogger(env, config.Log{Level: "warn", Format: tt.format})
			if got, want := fmt.Sprintf("%T", lg.Handler()), fmt.Sprintf("%T", tt.want); got != want {
				t.Errorf("logger is a %s, want %s", got, want)
			}
			if lg.Enabled(t.Context(), slog.LevelInfo) || !lg.Enabled(t.Context(), slog.LevelWarn) {
				t.Error("the logger does not begin at warn")
			}
			level.Set(slog.LevelInfo)
			if !lg.Enabled(t.Context(), slog.LevelInfo) {
				t.Error("the logger does not follow its level")
			}
		})
	}
}

// TestLoggerLeavesTimeToTheJournal looks at text that the journal stamps.
func TestLoggerLeavesTimeToTheJournal(t *testing.T) {
	for stream, want := range map[string]bool{"": true, "1:2": false} {
		var out bytes.Buffer
		env := &Env{Stderr: &out, Getenv: func(string) string { return stream }}
		lg, _ := daemonLogger(env, config.Log{Level: "info", Format: "text"})
		lg.Info("m")
		if got := strings.Contains(out.String(), "time="); got != want {
			t.Errorf("with JOURNAL_STREAM=%q: %q, want time: %v", stream, out.String(), want)
		}
	}
}
