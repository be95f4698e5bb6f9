package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"samur/internal/app"
	"samur/internal/config"
)

// overSocket asks the local socket as curl --unix-socket would.
func overSocket(t *testing.T, socket, path string) (int, string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", socket)
		},
	}}
	resp, err := client.Get("http://localhost" + path)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// listening makes an app and starts it when it can be made.
func listening(t *testing.T, change func(*config.Config), ls ...net.Listener) (*app.App, *config.Config, error) {
	t.Helper()
	dir := t.TempDir()
	writeConfig(t, dir, "  - {name: idle, url: \"http://127.0.0.1:9/\"}\n")
	cfg := loadConfig(t, dir)
	change(cfg)
	a, err := app.New(app.Options{Config: cfg, Version: "test", Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}, app.Hooks{
		Listeners: ls,
		Socket: func(func() *app.Core) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a command") })
		},
	})
	if err != nil {
		return nil, cfg, err
	}
	t.Cleanup(func() { stop(t, a) })
	return a, cfg, a.Start(t.Context())
}

func tcp(t *testing.T, at string) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // closed already where it was taken over
	return l
}

// TestLocalSocket asks it for everything that its OpenAPI document has, with pages off,
// and for what the pages do not show.
func TestLocalSocket(t *testing.T) {
	_, cfg, err := listening(t, func(c *config.Config) { c.Web.Listen = "none" })
	if err != nil {
		t.Fatal(err)
	}
	at := cfg.Socket.Path
	info, err := os.Stat(at)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket has mode %v, %v; want it open to its owner alone", info.Mode(), err)
	}
	status, text := overSocket(t, at, "/api/openapi.json")
	var doc struct {
		Paths map[string]any `json:"paths"`
	}
	if err := json.Unmarshal([]byte(text), &doc); status != 200 || err != nil || len(doc.Paths) < 10 {
		t.Fatalf("openapi.json: %d, %v, %d paths", status, err, len(doc.Paths))
	}
	for path := range doc.Paths {
		want := 200
		if strings.Contains(path, "{") {
			path, want = strings.NewReplacer("{id}", "absent", "{slot}", "absent", "{indicator}", "absent").Replace(path), 404
		}
		if got, body := overSocket(t, at, path); got != want || !json.Valid([]byte(body)) {
			t.Errorf("GET %s = %d %.200s, want %d and JSON", path, got, body, want)
		}
	}
	for path, want := range map[string]string{
		"/readyz": "ready", "/debug/pprof/": "goroutine", "/debug/pprof/goroutine?debug=1": "goroutine profile", "/debug/pprof/cmdline": "test",
	} {
		if got, body := overSocket(t, at, path); got != 200 || !strings.Contains(body, want) {
			t.Errorf("GET %s = %d %.200s, want 200 and %q", path, got, body, want)
		}
	}
}

// TestProfilesAreNotPages holds that the network does not see them.
func TestProfilesAreNotPages(t *testing.T) {
	a, _, err := listening(t, func(*config.Config) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/heap", "/command"} {
		if got, _ := get(t, a, path); got != 404 {
			t.Errorf("GET %s on the pages = %d, want 404", path, got)
		}
	}
}

// TestSocketGroup opens the socket to the group of who runs the test, and refuses others.
func TestSocketGroup(t *testing.T) {
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	_, cfg, err := listening(t, func(c *config.Config) { c.Socket.Group = me.Gid })
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(cfg.Socket.Path); err != nil || info.Mode().Perm() != 0o660 {
		t.Errorf("the socket has mode %v, %v; want it open to the group", info.Mode(), err)
	}
	_, _, err = listening(t, func(c *config.Config) { c.Socket.Group = "no-such-group" })
	if err == nil || !strings.Contains(err.Error(), `there is no group "no-such-group"; make it, or mend socket.group`) {
		t.Errorf("of a group that is not there: %v, want what to do", err)
	}
}

// TestSocketIsNoOtherFile holds that what stands at the place is not removed.
func TestSocketIsNoOtherFile(t *testing.T) {
	precious := filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(precious, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := listening(t, func(c *config.Config) { c.Socket.Path = precious })
	if err == nil || !strings.Contains(err.Error(), "is there and no socket; name another socket.path") {
		t.Errorf("socket.path at a file: %v, want it refused", err)
	}
	if _, err := os.Stat(precious); err != nil {
		t.Errorf("the file: %v, want it there", err)
	}
	_, _, err = listening(t, func(c *config.Config) { c.Socket.Path = filepath.Join(t.TempDir(), "absent", "s") })
	if err == nil || !strings.Contains(err.Error(), "the directory of socket.path must be there") {
		t.Errorf("socket.path in no directory: %v, want it said", err)
	}
}

// TestPassedListeners serves the pages where the service manager listens, unless that
// shows them to others than the config thinks.
func TestPassedListeners(t *testing.T) {
	unix := func() net.Listener {
		l, err := net.Listen("unix", filepath.Join(t.TempDir(), "passed.sock"))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l4, l6, sock := tcp(t, "127.0.0.1:0"), tcp(t, "127.0.0.1:0"), unix()
	a, cfg, err := listening(t, func(*config.Config) {}, l4, sock, l6)
	if err != nil {
		t.Fatal(err)
	}
	if a.Addr() != l4.Addr() || len(a.Core().Pages) != 2 {
		t.Errorf("the pages are at %v and %v, want both that were passed", a.Addr(), a.Core().Pages)
	}
	if got, _ := get(t, a, "/readyz"); got != 200 {
		t.Errorf("GET /readyz = %d, want 200", got)
	}
	if got, _ := overSocket(t, sock.Addr().String(), "/readyz"); got != 200 {
		t.Errorf("GET /readyz on the passed socket = %d, want 200", got)
	}
	if _, err := os.Stat(cfg.Socket.Path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("socket.path: %v, want none beside the passed one", err)
	}
	for _, tt := range []struct {
		name, at, want string
		change         func(*config.Config)
	}{
		{"pages off", "127.0.0.1:0", "and web.listen is none; disable samur.socket, or write web.listen: 127.0.0.1:", func(c *config.Config) { c.Web.Listen = "none" }},
		{"open to all", "0.0.0.0:0", "all who reach it could read them", func(*config.Config) {}},
		{"guarded", "0.0.0.0:0", "", func(c *config.Config) { c.Web.UserHeader = "X-User" }},
	} {
		_, _, err := listening(t, tt.change, tcp(t, tt.at))
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestSameAddress(t *testing.T) {
	for _, tt := range []struct {
		at, listen string
		want       bool
	}{
		{"127.0.0.1:8484", "127.0.0.1:8484", true},
		{"127.0.0.1:8484", "localhost:8484", true},
		{"[::]:8484", "0.0.0.0:8484", true},
		{"[::]:8484", ":8484", true},
		{"127.0.0.1:8484", "127.0.0.1:0", true},
		{"[::1]:8484", "127.0.0.1:8484", false},
		{"127.0.0.1:8484", "127.0.0.1:80", false},
		{"127.0.0.1:8484", "none", false},
	} {
		if got := app.SameAddress(tt.at, tt.listen); got != tt.want {
			t.Errorf("SameAddress(%q, %q) = %v, want %v", tt.at, tt.listen, got, tt.want)
		}
	}
}
