package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// options say what is measured.
type options struct {
	samur, dir, profile                          string
	feeds, items, hosts, relevant, runs, archive int
	pages                                        bool
}

// scene is one of the things that are measured.
type scene struct {
	name  string
	round round
	fresh int  // new entries of each feed
	read  bool // the documents are not those of the scene before
	times int  // how often in a run: what is over in a moment and leaves all as it was, several times
}

// driver runs the programs and keeps what they needed.
type driver struct {
	options
	server *server
	begun  time.Time
	bare   string // the bare program
	needed map[string][]usage
	taken  *profiler // nil unless a profile is to be made
}

func newDriver(o options) *driver {
	return &driver{options: o, needed: map[string][]usage{}, begun: time.Now()}
}

// run measures and prints.
func (d *driver) run() (err error) {
	if d.dir == "" {
		if d.dir, err = os.MkdirTemp("", "samur-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(d.dir)) }()
	}
	if err := d.prepare(); err != nil {
		return err
	}
	defer d.server.stop()
	if d.profile != "" {
		return d.takeProfile()
	}
	for n := range d.runs {
		if err := d.once(filepath.Join(d.dir, fmt.Sprint("run", n))); err != nil {
			return err
		}
	}
	d.print()
	if d.archive > 0 {
		return d.grown()
	}
	return nil
}

// prepare builds the bare program, and samur where none was given, and starts the server.
func (d *driver) prepare() (err error) {
	if d.bare, err = d.build("samur/internal/bench/floorpoll"); err != nil {
		return err
	}
	if pkg := d.program(); pkg != "" {
		if d.samur, err = d.build(pkg); err != nil {
			return err
		}
	}
	d.server, err = serve(newPress(d.items, d.relevant, d.begun), d.feeds, d.hosts)
	return err
}

// program is what must be built to be measured, "" when it was given.
func (d *driver) program() string {
	switch {
	case d.profile != "":
		return "samur/internal/bench/profiled"
	case d.samur == "":
		return "samur/cmd/samur"
	}
	return ""
}

// build makes a command as "make build" does, so that both start alike.
func (d *driver) build(pkg string) (program string, err error) {
	program = filepath.Join(d.dir, path.Base(pkg))
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, pkg)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return program, nil
}

// play is what a run measures, in order: each scene begins where the one before ended.
func (d *driver) play() []scene {
	at, later := d.begun.Truncate(time.Second), d.begun.Truncate(time.Second).Add(time.Minute)
	return []scene{
		{"cold, all new", round{0, false, at}, d.items, true, 1},
		{"all 304", round{0, false, at}, 0, false, 5},
		{"one new in each", round{1, false, at}, 1, true, 1},
		{"plain, nothing new", round{1, true, at}, 0, false, 3},
		{"plain, other date", round{1, true, later}, 0, true, 1},
		{"warm, all new", round{1 + d.items, false, later}, d.items, true, 1},
	}
}

// once is one run of both programs, on stores of their own.
func (d *driver) once(dir string) error {
	if err := d.settle(dir); err != nil {
		return err
	}
	for _, sc := range d.play() {
		if err := d.server.turn(sc.round); err != nil {
			return err
		}
		for range sc.times {
			if err := d.both(dir, sc); err != nil {
				return fmt.Errorf("%s: %w", sc.name, err)
			}
		}
	}
	return nil
}

// takeProfile plays every scene with a samur that writes a profile of itself, and writes
// the one of all.
func (d *driver) takeProfile() error {
	d.taken = &profiler{dir: d.dir}
	dir := filepath.Join(d.dir, "run")
	if err := d.settle(dir); err != nil {
		return err
	}
	for _, sc := range d.play() {
		if err := d.server.turn(sc.round); err != nil {
			return err
		}
		if err := d.taken.scene(sc.times > 1, func() error { return d.poll(dir, "samur", sc) }); err != nil {
			return fmt.Errorf("%s: %w", sc.name, err)
		}
	}
	return d.taken.write(d.profile)
}

// settle writes the config and the list of addresses of a run.
func (d *driver) settle(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	var list, cfg strings.Builder
	fmt.Fprintf(&cfg, "state: %s\npoll: {workers: 64, per_host_delay: 0s, first_poll_age: 0s, allow: [127.0.0.0/8]}\ndigests: [{name: daily, at: \"0 8 * * *\"}]\nfeeds:\n", filepath.Join(dir, "state"))
	for i := range d.feeds {
		fmt.Fprintf(&list, "%s\n", d.server.url(i))
		fmt.Fprintf(&cfg, "  - {name: feed-%d, outlet: Outlet %d, side: %s, url: %q}\n", i, i, []string{"other", "ru", "az"}[i%3], d.server.url(i))
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "urls"), []byte(list.String()), 0o600),
		os.WriteFile(filepath.Join(dir, "samur.yaml"), []byte(cfg.String()), 0o600),
	)
}

// both runs the bare program and samur in a scene.
func (d *driver) both(dir string, sc scene) error {
	bare, err := measure(d.bare, filepath.Join(dir, "urls"), filepath.Join(dir, "floor.db"))
	if err != nil {
		return err
	}
	if want := fmt.Sprintf(" %d new\n", sc.fresh*d.feeds); !strings.HasSuffix(bare.out, want) {
		return fmt.Errorf("the bare program says %q, want%s", bare.out, want)
	}
	d.note("floor", sc.name, bare)
	return d.poll(dir, "samur", sc)
}

// poll runs samur in a scene and keeps what it needed under a name.
func (d *driver) poll(dir, name string, sc scene) error {
	args := []string{"poll", "--config", filepath.Join(dir, "samur.yaml")}
	if d.taken != nil {
		args = append([]string{d.taken.next()}, args...)
	}
	u, err := measure(d.samur, args...)
	if err != nil {
		return err
	}
	want := fmt.Sprintf("%d feeds read, 0 failed: ", d.feeds)
	if sc.read {
		want += fmt.Sprintf("%d entries, %d new", d.feeds*d.items, sc.fresh*d.feeds)
	}
	if i := strings.LastIndex(u.out, want); i < 0 {
		return fmt.Errorf("samur says %q, want %q", last(u.out), want)
	}
	d.note(name, sc.name, u)
	return nil
}

// last returns the last line of what a program printed.
func last(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return lines[len(lines)-1]
}

func (d *driver) note(program, scene string, u usage) {
	key := program + " " + scene
	d.needed[key] = append(d.needed[key], u)
	fmt.Fprintf(os.Stderr, "%-28s wall %6.2fs  cpu %6.2fs  peak %4d MB  anonymous %4d MB\n", key, u.wall.Seconds(), u.cpu.Seconds(), u.peak>>20, u.anonymous>>20)
}

// print writes the table.
func (d *driver) print() {
	fmt.Printf("%d feeds of %d entries from %d addresses, medians of %d\n\n", d.feeds, d.items, d.hosts, d.runs)
	fmt.Printf("%-20s | %22s | %30s | %6s %6s\n", "", "bare: wall, cpu, anon", "samur: wall, cpu, anon, peak", "wall", "cpu")
	for _, sc := range d.play() {
		f, s := d.needed["floor "+sc.name], d.needed["samur "+sc.name]
		fmt.Printf("%-20s | %6.2fs %6.2fs %4d MB | %6.2fs %6.2fs %4d MB %4d MB | %5.2fx %5.2fx\n", sc.name,
			median(f, wallOf).Seconds(), median(f, cpuOf).Seconds(), median(f, anonOf)>>20,
			median(s, wallOf).Seconds(), median(s, cpuOf).Seconds(), median(s, anonOf)>>20, median(s, peakOf)>>20, ratio(s, f, wallOf), ratio(s, f, cpuOf))
	}
}
