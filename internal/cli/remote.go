package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/store"
)

// A running daemon holds the store, so a command that needs it is run by the
// daemon: the command's words go over the unix socket of the config, which only the
// daemon's own user, root and the group of the config can open, and what it prints comes
// back line by line. Programs ask the same socket for the API of the pages, whose records
// are those of --json. The command itself is the same code in both places. It ends when its caller goes
// away; it has no stdin, and no clock but the daemon's.

// errand is a command as sent to the daemon.
type errand struct {
	Args    []string `json:"args"`
	Dir     string   `json:"dir"` // what relative paths are relative to, "" when it is gone
	Version string   `json:"version"`
	Who     string   `json:"who"` // who typed it, for what is signed
}

// answer is one piece of what comes back; Exit ends it.
type answer struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// handOver gives the command to a running daemon and reports whether there was one.
func (s *session) handOver(cmd *cobra.Command, _ []string) (bool, error) {
	if s.shared != nil {
		return false, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // it was removed; only a relative path needs it
	}
	words, err := json.Marshal(errand{Args: s.env.args, Dir: dir, Version: version(), Who: s.env.user()})
	if err != nil {
		return false, fmt.Errorf("hand over command: %w", err)
	}
	body := io.Reader(bytes.NewReader(words))
	if s.input != nil {
		in, err := s.input()
		if err != nil {
			return false, err
		}
		body = io.MultiReader(body, in)
	}
	req, err := http.NewRequestWithContext(cmd.Context(), http.MethodPost, "http://samur/command", body)
	if err != nil {
		return false, fmt.Errorf("hand over command: %w", err)
	}
	resp, err := socketClient(s.cfg.Socket.Path).Do(req)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return false, nil // no daemon
	}
	if err != nil {
		return false, unreachable(s.cfg, err)
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	if resp.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(resp.Body, 200)) // as much as there is
		return true, fmt.Errorf("the daemon did not take the command: %s: %s; restart it when it is of another version than %s",
			resp.Status, plain(strings.TrimSpace(string(why))), version())
	}
	return true, s.replay(resp.Body)
}

// unreachable says what to do about a socket that is there and does not answer.
func unreachable(cfg *config.Config, err error) error {
	path := cfg.Socket.Path
	var timeout net.Error
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the daemon's socket %s is not open to this user; use sudo, or be of the group that socket.group names", path)
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("interrupted before the daemon at %s answered", path)
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, syscall.EAGAIN):
		who := cmp.Or(store.Holder(app.StorePath(cfg)), "nobody that is known, so it may be starting, or fail to start")
		return fmt.Errorf("the daemon at %s did not answer within %v; its store is held by %s. See what it does: journalctl -u samur -n 50; if nothing, then: systemctl restart samur",
			path, answerTime, who)
	}
	return fmt.Errorf("ask the daemon at %s: %w", path, err)
}

// answerTime is how long the daemon may take to say that it is there, which it says
// before it begins with a command.
const answerTime = 10 * time.Second

func socketClient(path string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true, ResponseHeaderTimeout: answerTime,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			d := net.Dialer{Timeout: 2 * time.Second}
			return d.DialContext(ctx, "unix", path)
		},
	}}
}

// replay prints what the daemon answers and ends as the command ended there.
func (s *session) replay(r io.Reader) error {
	dec := json.NewDecoder(r)
	for {
		var a answer
		switch err := dec.Decode(&a); {
		case errors.Is(err, context.Canceled):
			return errors.New("interrupted; the daemon gives the command up")
		case err != nil:
			return errors.New("the daemon stopped in the middle of its answer; see: systemctl status samur")
		}
		if _, err := s.env.Stdout.Write(a.Out); err != nil {
			return fmt.Errorf("write output: %w", err)
		}
		_, _ = s.env.Stderr.Write(a.Err) // nobody else is there to be told
		switch {
		case a.Exit == nil:
			continue
		case *a.Exit == ExitGood:
			return nil
		case *a.Exit == ExitMisuse:
			return misuse{errSilent}
		}
		return errSilent
	}
}

// maxWords bounds the words of a command.
const maxWords = 1 << 20

// commandHandler runs commands on the daemon's own line. reload is what samur reload asks
// for.
func commandHandler(core func() *app.Core, now func() time.Time, reload reloader) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var e errand
		words := json.NewDecoder(io.LimitReader(r.Body, maxWords))
		if err := words.Decode(&e); err != nil {
			http.Error(w, "not a command: "+err.Error(), http.StatusBadRequest)
			return
		}
		conn := http.NewResponseController(w)
		_ = conn.EnableFullDuplex() // a recorder of a test cannot, and need not
		out := &answers{enc: json.NewEncoder(w), flush: conn.Flush}
		_ = conn.Flush() // the caller sees that somebody is here, however long it takes
		if e.Version != version() {
			say(out.stream(true), "samur: this command is of version %s, the daemon that answers it of %s; restart the daemon", e.Version, version())
		}
		code := Main(e.Args, Env{
			Stdin: io.MultiReader(words.Buffered(), r.Body), Stdout: out.stream(false), Stderr: out.stream(true),
			Getenv: func(string) string { return "" }, Now: now, core: core(), dir: e.Dir, who: e.Who, reload: reload,
			Context: func() (context.Context, context.CancelFunc) { return context.WithCancel(r.Context()) },
		})
		out.send(answer{Exit: &code})
	})
}

// answers sends pieces as they come.
type answers struct {
	mu    sync.Mutex
	enc   *json.Encoder
	flush func() error
}

func (as *answers) send(a answer) {
	as.mu.Lock()
	defer as.mu.Unlock()
	if as.enc.Encode(a) == nil {
		_ = as.flush() // a caller that has gone needs no answer
	}
}

func (as *answers) stream(talk bool) io.Writer { return stream{as, talk} }

type stream struct {
	to   *answers
	talk bool
}

// Write sends p as one piece.
func (s stream) Write(p []byte) (int, error) {
	if s.talk {
		s.to.send(answer{Err: p})
	} else {
		s.to.send(answer{Out: p})
	}
	return len(p), nil
}

// path makes a path given on the command line absolute where the command was typed.
func (s *session) path(name string) (string, error) {
	switch {
	case filepath.IsAbs(name) || s.shared == nil: // it was typed here
		return name, nil
	case s.env.dir == "":
		return "", misusef("%q cannot be found from a directory that does not exist any more; begin it with /", name)
	}
	return filepath.Join(s.env.dir, name), nil
}
