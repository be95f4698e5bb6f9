package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// usage is what a process needed.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // bytes resident at most, the mapped store included
	anonymous int64 // bytes of memory of its own at most, as sampled
	out       string
}

// measure runs a command to its end.
func measure(name string, args ...string) (usage, error) {
	cmd := exec.Command(name, args...)
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	ended := make(chan struct{})
	anonymous := make(chan int64)
	go func() { anonymous <- watch(cmd.Process.Pid, ended) }()
	err := cmd.Wait()
	u := usage{wall: time.Since(begun), out: out.String()}
	close(ended)
	u.anonymous = <-anonymous
	if err != nil {
		return u, fmt.Errorf("run %s %s: %w\n%s", name, strings.Join(args, " "), err, talk.String())
	}
	u.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.peak = r.Maxrss << 10
	}
	return u, nil
}

// watch samples the anonymous memory of a process until it has ended. Linux has no
// mark of its peak; 0 where there is no /proc.
func watch(pid int, ended <-chan struct{}) int64 {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	var most int64
	for {
		select {
		case <-ended:
			return most
		case <-tick.C:
			most = max(most, anonymousOf(pid))
		}
	}
}

func anonymousOf(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0 // it is ending
	}
	_, rest, _ := strings.Cut(string(text), "RssAnon:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.ParseInt(fields[0], 10, 64)
	return kb << 10
}

// median of a number that usages have.
func median[T int64 | time.Duration](us []usage, of func(usage) T) T {
	if len(us) == 0 {
		return 0
	}
	vs := make([]T, len(us))
	for i, u := range us {
		vs[i] = of(u)
	}
	slices.Sort(vs)
	return vs[len(vs)/2]
}

func wallOf(u usage) time.Duration { return u.wall }
func cpuOf(u usage) time.Duration  { return u.cpu }
func peakOf(u usage) int64         { return u.peak }
func anonOf(u usage) int64         { return u.anonymous }
