package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"samur/internal/cli"
)

// now is the moment of every script, unless it says otherwise: four in the night UTC,
// eight in the morning in Baku.
var now = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"samur": func() { os.Exit(cli.Main(os.Args[1:], cli.Process())) },
	})
}

// TestScript runs the program as its users do. Each script stands in
// testdata/script; what it can use beside testscript's own commands:
//
//	exits N PROGRAM ARGS...       run it and check its exit code; stdout and stderr follow;
//	                              with --json every line of stdout must be a JSON object
//	expand FILE...                put variables such as $URL into files
//	serve DIR                     serve a directory on loopback, with ETags; sets $URL
//	samples                       serve the demo's feeds as of $NOW; sets $URL, writes feeds.yaml
//	smtpd MODE                      a mail server; mails go to mail/; sets $SMTPPORT
//	hook                          a webhook receiver; bodies go to hook/; sets $HOOK
//	daemon NAME PROGRAM ARGS...   start it; its output goes to NAME.log
//	activate NAME PROGRAM ARGS...  daemon, with sockets that are open already: $ADDR and $SOCK
//	ask tcp|unix ADDRESS PATH FILE  get a page, over the network or a socket, into a file
//	signal NAME TERM|HUP|INT      send it a signal
//	ended NAME N                  wait for its end and check its exit code
//	waitfor REGEXP FILE           wait until a file matches
//	capture NAME REGEXP           set $NAME to the first group that matches in stdout
func TestScript(t *testing.T) {
	t.Parallel()
	p := testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("NOW", now.Format(time.RFC3339))
			env.Values[processesKey{}] = map[string]*process{}
			env.Setenv("STATE_DIRECTORY", filepath.Join(env.WorkDir, "state"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "expand": expand, "serve": serve, "samples": samples, "smtpd": smtpd, "hook": hook,
			"daemon": daemon, "activate": activate, "ask": ask, "signal": signalTo, "ended": ended, "waitfor": waitfor, "capture": capture,
		},
	}
	if cli.Raced { // the detector makes a start take a second: keep to what runs side by side
		p.Dir, p.Files = "", nil
		for _, name := range []string{"run", "caller", "demo"} {
			p.Files = append(p.Files, filepath.Join("testdata", "script", name+".txtar"))
		}
	}
	testscript.Run(t, p)
}

// positive refuses "!" before a command that gives it no meaning, and too few words.
func positive(ts *testscript.TestScript, neg bool, args []string, least int) {
	if neg || len(args) < least {
		ts.Fatalf("cannot be negated, and takes %d arguments or more", least)
	}
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 2)
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	if args[1] == "samur" && slices.Contains(args[2:], "--json") {
		objects(ts)
	}
}

// objects holds that stdout is JSON Lines.
func objects(ts *testscript.TestScript) {
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			ts.Fatalf("--json printed a line that is no JSON object: %v: %.200q", err, line)
		}
	}
}

func expand(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 1)
	for _, name := range args {
		text := os.Expand(ts.ReadFile(name), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}

// process is a program that a script started.
type process struct {
	cmd  *exec.Cmd
	done chan error
}

// processesKey is where a script's processes are kept.
type processesKey struct{}

// processes are those of a script, by name.
func processes(ts *testscript.TestScript) map[string]*process {
	return ts.Value(processesKey{}).(map[string]*process)
}

func daemon(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 2)
	launch(ts, args[0], exec.Command(args[1], args[2:]...))
}

// launch starts a process of a script.
func launch(ts *testscript.TestScript, name string, cmd *exec.Cmd) {
	log, err := os.Create(ts.MkAbs(name + ".log"))
	ts.Check(err)
	cmd.Dir = ts.MkAbs(".")
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "STATE_DIRECTORY=" + ts.Getenv("STATE_DIRECTORY")}
	ts.Check(cmd.Start())
	p := &process{cmd, make(chan error, 1)}
	go func() { p.done <- errors.Join(cmd.Wait(), log.Close()) }() // ends with the process
	processes(ts)[name] = p
	ts.Defer(func() { _ = cmd.Process.Kill() }) // gone already when all went well
}

// activate starts a program as systemd does for a socket unit. A shell says whose the
// sockets are: before the start nobody knows the number of the process.
func activate(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 2)
	cmd := exec.Command("sh", append([]string{"-c", `export LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=pages:commands; exec "$@"`, "sh"}, args[1:]...)...)
	for _, at := range []struct{ network, address, set string }{{"tcp", "127.0.0.1:0", "ADDR"}, {"unix", ts.MkAbs("passed.sock"), "SOCK"}} {
		l, err := net.Listen(at.network, at.address)
		ts.Check(err)
		if u, ok := l.(*net.UnixListener); ok {
			u.SetUnlinkOnClose(false)
		}
		f, err := l.(interface{ File() (*os.File, error) }).File()
		ts.Check(err)
		ts.Setenv(at.set, l.Addr().String())
		ts.Check(l.Close()) // f is a copy
		ts.Defer(func() { _ = f.Close() })
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	}
	launch(ts, args[0], cmd)
}

func ask(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 4)
	if args[0] == "unix" {
		args[1] = ts.MkAbs(args[1])
	}
	client := http.Client{Timeout: patience, Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, args[0], args[1])
		},
	}}
	resp, err := client.Get("http://localhost" + args[2])
	ts.Check(err)
	body, err := io.ReadAll(resp.Body)
	ts.Check(errors.Join(err, resp.Body.Close()))
	writeFile(ts, args[3], body)
}

func running(ts *testscript.TestScript, name string) *process {
	p, ok := processes(ts)[name]
	if !ok {
		ts.Fatalf("no daemon is called %q", name)
	}
	return p
}

func signalTo(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 2)
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL}
	ts.Check(running(ts, args[0]).cmd.Process.Signal(signals[args[1]]))
}

// patience bounds every wait of a script.
const patience = 15 * time.Second

func ended(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 2)
	p := running(ts, args[0])
	select {
	case <-p.done:
	case <-time.After(patience):
		ts.Fatalf("%s still runs; its log:\n%s", args[0], ts.ReadFile(args[0]+".log"))
	}
	if got := fmt.Sprint(p.cmd.ProcessState.ExitCode()); got != args[1] {
		ts.Fatalf("%s ended with %s, want %s; its log:\n%s", args[0], got, args[1], ts.ReadFile(args[0]+".log"))
	}
}

func waitfor(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 2)
	re, err := regexp.Compile(args[0])
	ts.Check(err)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(patience)
	for {
		b, err := os.ReadFile(ts.MkAbs(args[1]))
		if err == nil && re.Match(b) {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			ts.Fatalf("nothing in %s matches %s:\n%s", args[1], args[0], b)
		}
	}
}

func capture(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 2)
	m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(m) < 2 {
		ts.Fatalf("stdout has no match of %s", args[1])
	}
	ts.Setenv(args[0], m[1])
}

// writeFile writes a file into the script's directory.
func writeFile(ts *testscript.TestScript, name string, text []byte) {
	path := ts.MkAbs(name)
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(os.WriteFile(path, text, 0o600))
}
