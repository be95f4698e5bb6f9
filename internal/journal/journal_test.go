package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/slogtest"
	"time"
	"unicode/utf8"

	"github.com/coreos/go-systemd/v22/journal"
	"github.com/google/go-cmp/cmp"
)

// sent is an entry as it goes to the journal.
type sent struct {
	message  string
	priority journal.Priority
	fields   map[string]string
}

// recorder returns a Handler for every level and what it sends.
func recorder(t *testing.T) (*Handler, *[]sent) {
	t.Helper()
	var got []sent
	return New(slog.NewTextHandler(t.Output(), nil), Options{
		Level: slog.LevelDebug,
		Send: func(message string, priority journal.Priority, fields map[string]string) error {
			got = append(got, sent{message, priority, fields})
			return nil
		},
	}), &got
}

// timed notes the time of records, which the journal has by itself and the suite
// asks for.
type timed struct {
	slog.Handler
	at *time.Time
}

func (h timed) Handle(ctx context.Context, r slog.Record) error {
	*h.at = r.Time
	return h.Handler.Handle(ctx, r)
}

func (h timed) WithAttrs(as []slog.Attr) slog.Handler { return timed{h.Handler.WithAttrs(as), h.at} }

func (h timed) WithGroup(name string) slog.Handler { return timed{h.Handler.WithGroup(name), h.at} }

// TestRulesOfSlog runs the suite that every handler has to pass. Its keys are small
// letters and its groups capitals, so that the fields can be read back.
func TestRulesOfSlog(t *testing.T) {
	var got *[]sent
	var at time.Time
	slogtest.Run(t, func(t *testing.T) slog.Handler {
		var h *Handler
		h, got = recorder(t)
		return timed{h, &at}
	}, func(t *testing.T) map[string]any {
		if len(*got) != 1 {
			t.Fatalf("%d entries, want 1", len(*got))
		}
		message, _, _ := strings.Cut((*got)[0].message, " ")
		tree := map[string]any{slog.LevelKey: (*got)[0].priority, slog.MessageKey: message}
		if !at.IsZero() {
			tree[slog.TimeKey] = at
		}
		for name, value := range (*got)[0].fields {
			key, ours := strings.CutPrefix(name, "SAMUR_")
			if !ours {
				continue
			}
			in, path := tree, strings.Split(key, "_")
			for _, group := range path[:len(path)-1] {
				if in[group] == nil {
					in[group] = map[string]any{}
				}
				in = in[group].(map[string]any)
			}
			in[strings.ToLower(path[len(path)-1])] = value
		}
		return tree
	})
}

func TestEntry(t *testing.T) {
	at := time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		log    func(*slog.Logger)
		want   string
		fields map[string]string // without SYSLOG_IDENTIFIER
	}{
		{"bare", func(lg *slog.Logger) { lg.Info("samur ready") }, "samur ready", map[string]string{}},
		{
			"values", func(lg *slog.Logger) {
				lg.Info("feed polled", "feed", "report-az", "new_items", 3, "dur", 1200*time.Millisecond, "next_at", at, "ok", true)
			},
			"feed polled feed=report-az new_items=3 dur=1.2s next_at=2026-03-08T04:00:00Z ok=true",
			map[string]string{"SAMUR_FEED": "report-az", "SAMUR_NEW_ITEMS": "3", "SAMUR_DUR": "1.2s", "SAMUR_NEXT_AT": "2026-03-08T04:00:00Z", "SAMUR_OK": "true"},
		},
		{
			"words", func(lg *slog.Logger) {
				lg.With("feed", "turan").Warn("feed unreachable", "err", errors.New(`get "x": no route`), "url", "")
			},
			`feed unreachable feed=turan err="get \"x\": no route" url=""`,
			map[string]string{"SAMUR_FEED": "turan", "SAMUR_ERR": `get "x": no route`, "SAMUR_URL": ""},
		},
		{
			"groups", func(lg *slog.Logger) {
				lg.With("a", 1).WithGroup("poll").With("b", 2).Info("m", "c", 3, slog.Group("host", "d", 4))
			},
			"m a=1 poll.b=2 poll.c=3 poll.host.d=4",
			map[string]string{"SAMUR_A": "1", "SAMUR_POLL_B": "2", "SAMUR_POLL_C": "3", "SAMUR_POLL_HOST_D": "4"},
		},
		{
			"a title that forges", func(lg *slog.Logger) {
				lg.Info("item kept", "title", "x\nMESSAGE=y\nPRIORITY=0\x1b[2J\x00 err=none")
			},
			`item kept title="x\nMESSAGE=y\nPRIORITY=0\x1b[2J\x00 err=none"`,
			map[string]string{"SAMUR_TITLE": "x\nMESSAGE=y\nPRIORITY=0\uFFFD[2J\uFFFD err=none"},
		},
		{
			"a key that forges", func(lg *slog.Logger) { lg.Info("m", "_pid\nx=y", 1, "message", 2, "dəyər", 3) },
			`m "_pid\nx=y"=1 message=2 dəyər=3`,
			map[string]string{"SAMUR__PID_X_Y": "1", "SAMUR_MESSAGE": "2", "SAMUR_D_Y_R": "3"},
		},
		{
			"a message of several lines", func(lg *slog.Logger) { lg.Info("panic\ngoroutine 1") },
			`"panic\ngoroutine 1"`,
			map[string]string{},
		},
		{
			"not text", func(lg *slog.Logger) { lg.Info("m", "title", "a\xffb") },
			`m title="a\xffb"`,
			map[string]string{"SAMUR_TITLE": "a\uFFFDb"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h, got := recorder(t)
			tt.log(slog.New(h))
			if len(*got) != 1 {
				t.Fatalf("%d entries, want 1", len(*got))
			}
			e := (*got)[0]
			if e.message != tt.want {
				t.Errorf("message = %s, want %s", e.message, tt.want)
			}
			tt.fields["SYSLOG_IDENTIFIER"] = "samur"
			if diff := cmp.Diff(tt.fields, e.fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPriority(t *testing.T) {
	h, got := recorder(t)
	for level, want := range map[slog.Level]journal.Priority{
		slog.LevelDebug: journal.PriDebug, slog.LevelInfo: journal.PriInfo, slog.LevelInfo + 1: journal.PriInfo,
		slog.LevelWarn: journal.PriWarning, slog.LevelError: journal.PriErr, slog.LevelError + 4: journal.PriErr,
	} {
		*got = nil
		slog.New(h).Log(t.Context(), level, "m")
		if len(*got) != 1 || (*got)[0].priority != want {
			t.Errorf("level %v sent %+v, want priority %d", level, *got, want)
		}
	}
}

func TestLevelCanChange(t *testing.T) {
	h, got := recorder(t)
	level := &slog.LevelVar{}
	h.o.Level = level
	slog.New(h).Debug("dropped")
	level.Set(slog.LevelDebug)
	slog.New(h).Debug("kept")
	if len(*got) != 1 || (*got)[0].message != "kept" {
		t.Errorf("sent %+v, want kept alone", *got)
	}
}

func TestBounds(t *testing.T) {
	h, got := recorder(t)
	var as []any
	long, hostile := strings.Repeat("ж", 1<<20), "\x00\xff"+strings.Repeat("\x1b", 1<<16)
	for n := range 200 {
		as = append(as, slog.String(fmt.Sprint(strings.Repeat("key", 60), n), long))
		as = append(as, slog.String(fmt.Sprint("short", n), hostile))
	}
	slog.New(h).Info(strings.Repeat("м", 1<<20), as...)
	e := (*got)[0]
	if len(e.message) > maxLine+10 || !strings.HasSuffix(e.message, "…") || !utf8.ValidString(e.message) {
		t.Errorf("message of %d bytes, want valid UTF-8 of %d at most, with … at its end", len(e.message), maxLine)
	}
	if len(e.fields) > maxFields+1 || len(e.fields) < maxFields/2 {
		t.Errorf("%d fields, want about %d", len(e.fields), maxFields)
	}
	for name, value := range e.fields {
		if len(name) > maxName || len(value) > 3*maxValue+10 || !utf8.ValidString(value) {
			t.Errorf("field %s of %d bytes, want valid UTF-8 of %d at most", name, len(value), 3*maxValue)
		}
		if name[0] == '_' || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
			t.Errorf("the journal does not take a field named %q", name)
		}
	}
}

// TestFallback tells what the journal does not take with all that belongs to it.
func TestFallback(t *testing.T) {
	var out bytes.Buffer
	fallback := slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})
	h := New(fallback, Options{
		Send: func(string, journal.Priority, map[string]string) error { return errors.New("no socket") },
	})
	slog.New(h).With("feed", "turan").WithGroup("poll").Info("m", "n", 1)
	if got, want := out.String(), "level=INFO msg=m feed=turan poll.n=1\n"; got != want {
		t.Errorf("fallback got %q, want %q", got, want)
	}
}

// TestShared holds what two loggers with one ancestor may not share: room for fields.
func TestShared(t *testing.T) {
	h, got := recorder(t)
	parent := slog.New(h).With("a", 1).With("b", 2).With("c", 3)
	one, two := parent.With("d", "one"), parent.With("d", "two")
	one.Info("m")
	two.Info("m")
	if (*got)[0].fields["SAMUR_D"] != "one" || (*got)[1].fields["SAMUR_D"] != "two" {
		t.Errorf("sent %+v, want one and two", *got)
	}
}

func TestAttached(t *testing.T) {
	var st syscall.Stat_t
	if err := syscall.Fstat(int(os.Stderr.Fd()), &st); err != nil {
		t.Fatal(err)
	}
	for stream, want := range map[string]bool{
		fmt.Sprintf("%d:%d", st.Dev, st.Ino): true, fmt.Sprintf("%d:%d", st.Dev, st.Ino+1): false, "": false, "words": false,
	} {
		t.Setenv("JOURNAL_STREAM", stream)
		if got := Attached(); got != want {
			t.Errorf("with JOURNAL_STREAM=%q Attached = %v, want %v", stream, got, want)
		}
	}
}
