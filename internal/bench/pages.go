package main

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
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// daemon is "samur run" under way.
type daemon struct {
	cmd  *exec.Cmd
	base string // of the pages
	up   time.Duration
}

// What a daemon may take to be ready, and to stop.
const (
	readyWithin = 5 * time.Minute
	stopWithin  = time.Minute
)

// start runs samur in a directory and waits until it is ready.
func (d *driver) start(dir string) (*daemon, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "daemon.yaml")
	cfg, err := os.ReadFile(filepath.Join(dir, "samur.yaml"))
	if err == nil {
		err = os.WriteFile(path, fmt.Appendf(cfg, "web: {listen: %q}\n", addr), 0o600)
	}
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(dir, "daemon.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &daemon{cmd: exec.Command(d.samur, "run", "--config", path), base: "http://" + addr}
	p.cmd.Stdout, p.cmd.Stderr = log, log
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for time.Since(begun) < readyWithin {
		if a, err := p.ask("/readyz"); err == nil && a.status == http.StatusOK {
			p.up = time.Since(begun)
			return p, nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return nil, errors.Join(fmt.Errorf("samur run is not ready after %s, see %s", readyWithin, log.Name()), p.stop())
}

// stop ends the daemon.
func (p *daemon) stop() error {
	late := time.AfterFunc(stopWithin, func() { _ = p.cmd.Process.Kill() }) // it is said below
	defer late.Stop()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("samur run ended badly: %w", err)
	}
	return nil
}

// freeAddress is a loopback address that nobody listens on.
func freeAddress() (string, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// answer is what came of a request.
type answer struct {
	status int
	took   time.Duration
	body   []byte
}

// askers is how many addresses requests come from: a peer's allowance is not what is
// measured.
const askers = 250

// ask gets an address of the daemon's, on a connection of its own.
func (p *daemon) ask(path string) (a answer, err error) {
	from := &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(1+time.Now().Nanosecond()/1000%askers))}
	client := &http.Client{
		Timeout:   time.Minute,
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: (&net.Dialer{LocalAddr: from}).DialContext},
	}
	begun := time.Now()
	resp, err := client.Get(p.base + path)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	a.body, err = io.ReadAll(resp.Body)
	a.status, a.took = resp.StatusCode, time.Since(begun)
	return a, err
}

// find reads what the API lists under a path into v.
func (p *daemon) find(path string, v any) error {
	a, err := p.ask(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// address is one that is measured, and what it is.
type address struct{ what, path string }

// addresses are one of each kind, and the questions that cost most.
func (p *daemon) addresses() ([]address, error) {
	var stories struct {
		Items []struct {
			ID      string `json:"id"`
			Members []struct {
				Item string `json:"item"`
			} `json:"members"`
		} `json:"items"`
	}
	if err := p.find("/api/v1/stories?limit=1", &stories); err != nil {
		return nil, err
	}
	var figures struct {
		Items []struct {
			Indicator string `json:"indicator"`
		} `json:"items"`
	}
	if err := p.find("/api/v1/figures", &figures); err != nil {
		return nil, err
	}
	out := []address{
		{"search, a common word", "/search?q=road"},
		{"search, two words", "/search?q=road+bridge"},
		{"search, a concept in Russian", "/search?q=Алиевым"},
		{"search, a concept in Azerbaijani", "/search?q=Əliyevin"},
		{"search, a rare word", "/search?q=Melharwick"},
		{"search, no hit", "/search?q=zeppelin+airship"},
		{"search, word and outlet", "/search?q=road&outlet=Outlet+300"},
		{"search, word and two filters", "/search?q=road&side=ru&relevant=1"},
		{"search, no such outlet", "/search?outlet=nobody"},
		{"search, a week long ago", "/search?relevant=1&to=" + time.Now().AddDate(0, -9, 0).Format(time.DateOnly)},
		{"search as Atom", "/search.atom?q=road"},
		{"today", "/"},
		{"stories", "/stories"},
		{"topics", "/topics"},
		{"a topic", "/topics/trade"},
		{"figures", "/figures"},
		{"timeline", "/timeline"},
		{"feeds", "/feeds"},
		{"a feed", "/feeds/feed-1"},
		{"digests", "/digests"},
		{"deliveries", "/deliveries"},
		{"why not", "/whynot"},
		{"status", "/status"},
		{"API: search", "/api/v1/search?q=road"},
		{"API: stories", "/api/v1/stories"},
		{"API: stories of a side", "/api/v1/stories?side=az"},
		{"API: figures", "/api/v1/figures"},
		{"API: timeline", "/api/v1/timeline"},
		{"API: topics", "/api/v1/topics"},
		{"API: feeds", "/api/v1/feeds"},
	}
	if len(stories.Items) > 0 && len(stories.Items[0].Members) > 0 {
		id, item := stories.Items[0].ID, stories.Items[0].Members[0].Item
		out = append(out, address{"a story", "/stories/" + id}, address{"API: a story", "/api/v1/stories/" + id}, address{"an item", "/items/" + item}, address{"API: an item", "/api/v1/items/" + item})
	}
	for _, f := range figures.Items[:min(len(figures.Items), 2)] {
		out = append(out, address{"a figure", "/figures/" + f.Indicator}, address{"a figure as CSV", "/figures/" + f.Indicator + "/csv"}, address{"API: a figure", "/api/v1/figures/" + f.Indicator})
	}
	return out, nil
}

// asked is how often each address is asked.
const asked = 9

// served runs the daemon behind the archive and prints what its pages take.
func (d *driver) served(dir string) (err error) {
	p, err := d.start(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	list, err := p.addresses()
	if err != nil {
		return err
	}
	fmt.Printf("\nsamur run behind the archive: ready after %d ms; each address asked %d times\n\n%-34s | %9s %9s %9s %9s\n", p.up.Milliseconds(), asked, "", "first", "median", "longest", "bytes")
	for _, a := range list {
		if err := p.measure(a); err != nil {
			return err
		}
	}
	own, whole := residentOf(p.cmd.Process.Pid)
	fmt.Printf("\nmemory of samur run after that: %d MB of its own, %d MB with the pages of the store that the system keeps\n", own>>20, whole>>20)
	return nil
}

// measure asks one address several times and prints what it took.
func (p *daemon) measure(a address) error {
	var took []time.Duration
	size := 0
	for range asked {
		got, err := p.ask(a.path)
		if err != nil {
			return err
		}
		if got.status != http.StatusOK {
			return fmt.Errorf("GET %s = %d", a.path, got.status)
		}
		took, size = append(took, got.took), len(got.body)
	}
	ms := func(t time.Duration) float64 { return float64(t.Microseconds()) / 1000 }
	first := took[0]
	slices.Sort(took)
	fmt.Printf("%-34s | %6.1f ms %6.1f ms %6.1f ms %9d\n", a.what, ms(first), ms(took[len(took)/2]), ms(took[len(took)-1]), size)
	return nil
}

// residentOf is the memory of a process that is its own, and all that is resident for it;
// 0 where there is no /proc.
func residentOf(pid int) (own, whole int64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0
	}
	of := func(name string) int64 {
		_, rest, _ := strings.Cut(string(text), name)
		fields := strings.Fields(rest)
		if len(fields) == 0 {
			return 0
		}
		kb, _ := strconv.ParseInt(fields[0], 10, 64)
		return kb << 10
	}
	return of("RssAnon:"), of("VmRSS:")
}

// keeping prints what the keeper's commands take behind the archive, and what a digest does.
func (d *driver) keeping(dir string) error {
	cfg := filepath.Join(dir, "samur.yaml")
	file := filepath.Join(dir, "state", "samur.db")
	size := func() int64 {
		info, err := os.Stat(file)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	fmt.Printf("\nthe file has %d MB\n\n%-34s | %9s %9s %9s\n", size()>>20, "", "wall", "cpu", "memory")
	copied := filepath.Join(dir, "copy.db")
	for _, c := range []struct {
		what string
		args []string
	}{
		{"digest, not saved", []string{"digest", "preview", "--config", cfg}},
		{"digest, made", []string{"digest", "make", "--config", cfg}},
		{"poll of one feed", []string{"poll", "--config", cfg, "feed-1"}},
		{"search", []string{"search", "--config", cfg, "road"}},
		{"backup, verified", []string{"backup", "--config", cfg, copied}},
		{"compaction, verified", []string{"store", "compact", "--config", cfg}},
	} {
		u, err := measure(d.samur, c.args...)
		if err != nil {
			return err
		}
		fmt.Printf("%-34s | %6.2f s  %6.2f s  %6d MB\n", c.what, u.wall.Seconds(), u.cpu.Seconds(), u.anonymous>>20)
	}
	fmt.Printf("\nthe file has %d MB after that\n", size()>>20)
	return os.Remove(copied)
}
