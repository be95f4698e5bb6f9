// Package crash holds the program to its first two promises while it is killed:
// nothing seen is lost, and no edition is made or sent twice by us. It has tests only.
//
// The tests start the real program as a process, end it with SIGKILL at random moments
// while it polls and while it delivers, start it again, and at the end compare what the
// servers on the other side know with what the store holds. They know it better than the
// program does: a newsroom takes an entry off its list only when the program has shown,
// by the validator it sends, that it holds the document with the entry in it; a receiver
// notes every message before it answers.
//
// "make crash" kills a thousand times, in about the time of a meal.
//
// A third test has the program poll hostile feeds beside sound ones, and holds that the
// sound ones do not notice.
//
// Each round of a test runs with a clock that stands an hour later, so that every feed
// and every edition is due again. Read TestKillWhilePolling first, then newsroom.
package crash

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"samur/internal/cli"
	"samur/internal/store"
)

// asSamur in the environment makes the test binary be samur.
const asSamur = "SAMUR_CRASH_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(deliverIn) != "" {
		os.Exit(deliverAsAsked())
	}
	if os.Getenv(asSamur) != "" {
		path := os.Getenv(peakFile)
		if path == "" {
			os.Exit(cli.Main(os.Args[1:], cli.Process()))
		}
		most := watchAnonymous()
		code := cli.Main(os.Args[1:], cli.Process())
		// Who reads it finds out whether it is there.
		_ = os.WriteFile(path, fmt.Appendf(nil, "%d %d", ofStatus("VmHWM:"), most()), 0o600)
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// peakFile in the environment names a file for the most memory that the process had: all
// that was resident, as the kernel tells it, and what was anonymous, as sampled. What the
// kernel tells the parent begins with the parent's own.
const peakFile = "SAMUR_CRASH_PEAK"

// watchAnonymous samples the anonymous memory of this process until most is called. The
// rest, pages of the program and of the store, is the kernel's to keep or drop.
func watchAnonymous() (most func() int64) {
	ask, answer := make(chan struct{}), make(chan int64)
	go func() {
		var peak int64
		tick := time.NewTicker(20 * time.Millisecond)
		for {
			peak = max(peak, ofStatus("RssAnon:"))
			select {
			case <-tick.C:
			case <-ask:
				answer <- peak
				return
			}
		}
	}()
	return func() int64 {
		close(ask)
		return <-answer
	}
}

// ofStatus returns a number of bytes that the system tells of this process, 0 where it
// does not.
func ofStatus(name string) int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), name)
	kilobytes, _, _ := strings.Cut(rest, "kB")
	n, err := strconv.ParseInt(strings.TrimSpace(kilobytes), 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}

// begin is the moment of the first round.
var begin = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

// at is the clock of a round, and "--now" for it.
func at(round int) string {
	return begin.Add(time.Duration(round)*time.Hour + time.Minute).Format(time.RFC3339)
}

// patience bounds every wait.
const patience = 30 * time.Second

// kills is how often processes are killed over all tests; "make crash" asks for a
// thousand.
var kills = flag.Int("kills", 0, "kill so many processes over all tests; 0 is the usual number")

// rounds is how often each of the three is killed: the daemon that polls, the command
// that polls, and the daemon that delivers.
func rounds() int {
	switch {
	case *kills > 0:
		return (*kills + 2) / 3
	case raced:
		return 2
	case testing.Short():
		return 4
	}
	return 10
}

// newRand returns random numbers that a failed run can be repeated with.
func newRand(t *testing.T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// between returns a random time in [least, most).
func between(rng *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(rng.Int64N(int64(most-least)))
}

// site is a directory with a config, and where it keeps its state.
type site struct {
	t   *testing.T
	dir string
	env []string // of its processes
}

// newSite writes a config of feeds, digests and channels.
func newSite(t *testing.T, rest string) *site {
	t.Helper()
	return newSiteWith(t, "allow: [127.0.0.0/8]", rest)
}

// newSiteWith is newSite with something more on how feeds are polled.
func newSiteWith(t *testing.T, poll, rest string) *site {
	t.Helper()
	s := &site{t: t, dir: t.TempDir()}
	s.env = []string{asSamur + "=1", peakFile + "=" + s.path("peak")}
	text := fmt.Sprintf(`state: %q
zone: UTC
web: {listen: none}
poll: {%s, per_host_delay: 0s, jitter: 0s, every: 1m, min: 1m, first_poll_age: 0s}
%s`, s.path("state"), poll, rest)
	if err := os.WriteFile(s.path("samur.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) path(name string) string { return filepath.Join(s.dir, name) }

func (s *site) db() string { return filepath.Join(s.path("state"), "samur.db") }

// samur runs a command to its end, in this process, and returns what it prints.
func (s *site) samur(args ...string) string {
	s.t.Helper()
	out, talk, code := s.try(args...)
	if code != cli.ExitGood {
		s.t.Fatalf("samur %s: exit %d\n%s%s", strings.Join(args, " "), code, out, talk)
	}
	return out
}

// try is samur for a command that may fail.
func (s *site) try(args ...string) (printed, said string, code int) {
	var out, talk bytes.Buffer
	code = cli.Main(append(args, "--config", s.path("samur.yaml")), cli.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &talk,
		Getenv: func(string) string { return "" }, Now: time.Now,
		Context: func() (context.Context, context.CancelFunc) { return context.WithCancel(s.t.Context()) },
	})
	return out.String(), talk.String(), code
}

// open opens the store, which no process may have open.
func (s *site) open() *store.Store {
	s.t.Helper()
	st, err := store.Open(store.Options{Path: s.db(), ReadOnly: true})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if err := st.Close(); err != nil {
			s.t.Error(err)
		}
	})
	return st
}

// check holds that the store, if there is one yet, is whole.
func (s *site) check() {
	s.t.Helper()
	if _, err := os.Stat(s.db()); os.IsNotExist(err) {
		return // killed before it was made
	}
	if err := store.Check(s.t.Context(), s.db()); err != nil {
		s.t.Fatal(err)
	}
}

// process is samur as a process of its own.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	log  output
	done chan struct{} // closed at its end
}

// start starts samur.
func (s *site) start(args ...string) *process {
	s.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	p := &process{t: s.t, done: make(chan struct{})}
	if args[0] != "read" { // which has no config
		args = append(args, "--config", s.path("samur.yaml"))
	}
	p.cmd = exec.Command(exe, args...)
	p.cmd.Dir = s.dir
	p.cmd.Env = s.env
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() { // ends with the process
		_ = p.cmd.Wait() // how it ended is in ProcessState
		close(p.done)
	}()
	s.t.Cleanup(p.kill)
	return p
}

// kill ends the process at once and waits for its end. One that has ended stays as it is.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // gone already is as good
	<-p.done
}

// killAfter kills the process a while after begun is ready, and reports whether it was
// still running then.
func (p *process) killAfter(begun <-chan struct{}, moment time.Duration) bool {
	p.t.Helper()
	select {
	case <-begun:
	case <-p.done:
		p.t.Fatalf("samur ended before it did anything; it said:\n%s", p.log.String())
	case <-time.After(patience):
		p.t.Fatalf("samur did nothing; it said:\n%s", p.log.String())
	}
	select {
	case <-time.After(moment):
	case <-p.done:
	}
	p.kill()
	status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if ok && status.Signaled() {
		return true
	}
	if code := p.cmd.ProcessState.ExitCode(); code != cli.ExitGood {
		p.t.Fatalf("samur ended with %d by itself; it said:\n%s", code, p.log.String())
	}
	return false
}

// terminate asks the process to end, which it must do well.
func (p *process) terminate() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-p.done:
	case <-time.After(patience):
		p.t.Fatalf("samur goes on after SIGTERM; it said:\n%s", p.log.String())
	}
	if code := p.cmd.ProcessState.ExitCode(); code != cli.ExitGood {
		p.t.Fatalf("samur ended with %d after SIGTERM; it said:\n%s", code, p.log.String())
	}
}

// eventually asks until done says yes.
func (p *process) eventually(what string, done func() bool) {
	p.t.Helper()
	p.within(patience, what, done)
}

// within asks until done says yes, for a time.
func (p *process) within(patience time.Duration, what string, done func() bool) {
	p.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(patience)
	for !done() {
		select {
		case <-tick.C:
		case <-limit:
			p.t.Fatalf("not within %v: %s; samur said:\n%s", patience, what, p.log.String())
		}
	}
}

// output is what a process has said so far.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}
