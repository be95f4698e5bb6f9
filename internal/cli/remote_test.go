package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/store"
)

// anna is the environment of one who is logged in as anna.
func anna(name string) string {
	if name == "USER" {
		return "anna"
	}
	return ""
}

// inState is a config whose state and socket are in dir.
func inState(dir string) *config.Config {
	return &config.Config{State: dir, Socket: config.Socket{Path: filepath.Join(dir, "samur.sock")}}
}

// ask hands a command to the daemon that h plays, and returns what its caller sees.
func ask(t *testing.T, h http.Handler) (handed bool, out, talk string, err error) {
	t.Helper()
	cfg := inState(t.TempDir())
	l, err := net.Listen("unix", cfg.Socket.Path)
	if err != nil {
		t.Fatal(err)
	}
	srv := &httptest.Server{Listener: l, Config: &http.Server{Handler: h, ReadHeaderTimeout: time.Second}}
	srv.Start()
	t.Cleanup(srv.Close)
	var stdout, stderr bytes.Buffer
	s := &session{env: &Env{Stdout: &stdout, Stderr: &stderr, Getenv: anna, args: []string{"stories", "list"}}, cfg: cfg}
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	handed, err = s.handOver(cmd, nil)
	return handed, stdout.String(), stderr.String(), err
}

func TestHandOver(t *testing.T) {
	tests := []struct {
		name, answer string
		status       int
		wantOut      string
		wantErr      string // part of it; "" for none
		misuse       bool
	}{
		{"good", `{"out":"b25l"}{"err":"dGFsaw=="}{"exit":0}`, 200, "one", "", false},
		{"failed", `{"out":"b25l"}{"exit":1}`, 200, "one", errSilent.Error(), false},
		{"misused", `{"exit":2}`, 200, "", errSilent.Error(), true},
		{"cut off", `{"out":"b25l"}`, 200, "one", "the daemon stopped in the middle of its answer", false},
		{"cut off in a piece", `{"out":"b25l"}{"out":"b2`, 200, "one", "the daemon stopped in the middle of its answer", false},
		{"another protocol", "no such page\x1b[2J", 404, "", `404 Not Found: no such page[2J; restart it when it is of another version than`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			handed, out, _, err := ask(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.answer)
			}))
			if !handed || out != tt.wantOut {
				t.Errorf("handed over %v, out %q; want true, %q", handed, out, tt.wantOut)
			}
			if (err == nil) != (tt.wantErr == "") || err != nil && !strings.Contains(err.Error(), tt.wantErr) {
				t.Errorf("error %v, want %q", err, tt.wantErr)
			}
			if _, ok := errors.AsType[misuse](err); ok != tt.misuse {
				t.Errorf("error %v is misuse: %v, want %v", err, ok, tt.misuse)
			}
		})
	}
}

// TestHandOverFromNowhere types commands in a directory that was removed.
func TestHandOverFromNowhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	var e errand
	handed, _, _, err := ask(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewDecoder(r.Body).Decode(&e) // looked at below
		_, _ = io.WriteString(w, `{"exit":0}`)
	}))
	if !handed || err != nil || e.Dir != "" || len(e.Args) != 2 || e.Who != "anna" {
		t.Errorf("handed over %v, %v as %+v; want true, no directory, in the name of anna", handed, err, e)
	}
	w := handle(t.Context(), fmt.Sprintf(`{"args":["backup","x.db"],"version":%q}`, version()))
	var stdout, stderr bytes.Buffer
	err = (&session{env: &Env{Stdout: &stdout, Stderr: &stderr}}).replay(w.Body)
	if _, ok := errors.AsType[misuse](err); !ok || !strings.Contains(stderr.String(), "begin it with /") {
		t.Errorf("a relative path from nowhere: %q, %v; want it refused as misuse", stderr.String(), err)
	}
}

func TestHandOverWithoutDaemon(t *testing.T) {
	cfg := inState(t.TempDir())
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	s := &session{env: &Env{Getenv: anna}, cfg: cfg}
	if handed, err := s.handOver(cmd, nil); handed || err != nil {
		t.Errorf("without a socket: %v, %v; want false, nil", handed, err)
	}
	l, err := net.Listen("unix", cfg.Socket.Path)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false) // as a daemon that was killed leaves it
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if handed, err := s.handOver(cmd, nil); handed || err != nil {
		t.Errorf("with a socket nobody listens at: %v, %v; want false, nil", handed, err)
	}
}

// TestDaemonThatIsJustStarting finds the store taken before the socket is there.
func TestDaemonThatIsJustStarting(t *testing.T) {
	taken := fmt.Errorf("open store: %w", store.ErrLocked)
	var stdout bytes.Buffer
	s := &session{env: &Env{Stdout: &stdout, Stderr: io.Discard, Getenv: anna}, cfg: inState(t.TempDir())}
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	err := s.hereOrThere(cmd, nil, func(*cobra.Command, *session, []string) error { return taken })
	if !errors.Is(err, store.ErrLocked) {
		t.Errorf("without a daemon: %v, want %v", err, taken)
	}
	err = s.hereOrThere(cmd, nil, func(*cobra.Command, *session, []string) error {
		l, err := net.Listen("unix", s.cfg.Socket.Path)
		if err != nil {
			t.Fatal(err)
		}
		srv := &httptest.Server{Listener: l, Config: &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"out":"b25l"}{"exit":0}`)
		})}}
		srv.Start()
		t.Cleanup(srv.Close)
		return taken
	})
	if err != nil || stdout.String() != "one" {
		t.Errorf("with one that listens by then: %q, %v; want its answer", stdout.String(), err)
	}
}

func TestUnreachable(t *testing.T) {
	cfg := &config.Config{State: t.TempDir(), Socket: config.Socket{Path: "/s"}}
	if err := os.WriteFile(app.StorePath(cfg)+".holder", []byte("pid 4242 (samur run) since then\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{context.Canceled, "interrupted before the daemon at /s answered"},
		{context.DeadlineExceeded, "the daemon at /s did not answer within 10s; its store is held by pid 4242 (samur run) since then. See what it does: journalctl -u samur -n 50; if nothing, then: systemctl restart samur"},
		{fs.ErrPermission, "the daemon's socket /s is not open to this user; use sudo, or be of the group that socket.group names"},
		{fmt.Errorf("dial: %w", errors.New("odd")), "ask the daemon at /s: dial: odd"},
	} {
		if got := unreachable(cfg, tt.err).Error(); got != tt.want {
			t.Errorf("unreachable(%v) = %q, want %q", tt.err, got, tt.want)
		}
	}
}

// handle sends an errand to the daemon's side and returns what it answers.
func handle(ctx context.Context, body string) *httptest.ResponseRecorder {
	h := commandHandler(func() *app.Core { return &app.Core{Config: &config.Config{}} }, time.Now, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodPost, "/command", strings.NewReader(body)))
	return w
}

func TestDaemonAnswers(t *testing.T) {
	decode := func(w *httptest.ResponseRecorder) (out, talk string, err error) {
		var stdout, stderr bytes.Buffer
		s := &session{env: &Env{Stdout: &stdout, Stderr: &stderr}}
		err = s.replay(w.Body)
		return stdout.String(), stderr.String(), err
	}
	_, talk, err := decode(handle(t.Context(), `{"args":["version"],"version":"v0.0.1"}`))
	want := "samur: this command is of version v0.0.1, the daemon that answers it of " + version() + "; restart the daemon\n"
	if err != nil || talk != want {
		t.Errorf("to another version: %q, %v; want %q", talk, err, want)
	}
	_, talk, err = decode(handle(t.Context(), fmt.Sprintf(`{"args":["stories","list","--now","2026-03-08"],"version":%q}`, version())))
	if _, ok := errors.AsType[misuse](err); !ok || !strings.Contains(talk, "--now cannot be given while the daemon runs") {
		t.Errorf("to --now: %q, %v; want it refused as misuse", talk, err)
	}
	_, talk, err = decode(handle(t.Context(), fmt.Sprintf(`{"args":["run"],"version":%q}`, version())))
	if _, ok := errors.AsType[misuse](err); !ok || !strings.Contains(talk, "the daemon runs already") {
		t.Errorf("to run: %q, %v; want it refused as misuse", talk, err)
	}
	if w := handle(t.Context(), `not json`); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "not a command") {
		t.Errorf("to what is no errand: %d %q, want 400", w.Code, w.Body)
	}
}

// TestSilentDaemon connects to one that takes the connection and says nothing, as a process
// does that was stopped, or a socket of the service manager whose service does not start.
func TestSilentDaemon(t *testing.T) {
	cfg := inState(t.TempDir())
	l, err := net.Listen("unix", cfg.Socket.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	client := socketClient(cfg.Socket.Path)
	client.Transport.(*http.Transport).ResponseHeaderTimeout = time.Millisecond
	_, err = client.Get("http://samur/readyz")
	got := unreachable(cfg, err).Error()
	if want := "did not answer within 10s; its store is held by nobody that is known, so it may be starting"; !strings.Contains(got, want) {
		t.Errorf("a daemon that says nothing: %q, want …%s…", got, want)
	}
}
