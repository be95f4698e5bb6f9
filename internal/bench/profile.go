package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/pprof/profile"
)

const (
	// enough is how many samples of a scene are wanted, at 100 a second: one that is over
	// in a moment is played again until it has them, where playing it again is the same.
	enough = 1000
	// weight is that of a scene in the profile. Samples are whole numbers, and so many that
	// the rarest of them still counts.
	weight = 1_000_000
)

// profiler makes the profile that samur is compiled with (go.dev/doc/pgo), from what the
// processes of each scene write of themselves.
type profiler struct {
	dir    string
	files  int
	scenes []*profile.Profile
}

// next names the file for the profile of the next process.
func (p *profiler) next() string {
	p.files++
	return filepath.Join(p.dir, fmt.Sprint("cpu", p.files))
}

// scene plays a scene and keeps what its processes wrote.
func (p *profiler) scene(again bool, play func() error) error {
	var all []*profile.Profile
	for samples := int64(0); samples == 0 || again && samples < enough; {
		if err := play(); err != nil {
			return err
		}
		one, err := read(filepath.Join(p.dir, fmt.Sprint("cpu", p.files)))
		if err != nil {
			return err
		}
		all, samples = append(all, one), samples+samplesOf(one)
	}
	merged, err := profile.Merge(all)
	if err != nil {
		return fmt.Errorf("merge profiles of a scene: %w", err)
	}
	p.scenes = append(p.scenes, merged)
	return nil
}

func read(file string) (prof *profile.Profile, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if prof, err = profile.Parse(f); err != nil {
		return nil, fmt.Errorf("read profile %s: %w", file, err)
	}
	return prof, nil
}

func samplesOf(p *profile.Profile) (n int64) {
	for _, s := range p.Sample {
		n += s.Value[0]
	}
	return n
}

// write writes the profile of all scenes. Each weighs the same: a round in which nothing
// is new is what a daemon does all day, and is over in a moment.
func (p *profiler) write(file string) (err error) {
	for _, s := range p.scenes {
		s.Scale(weight / float64(samplesOf(s)))
	}
	all, err := profile.Merge(p.scenes)
	if err != nil {
		return fmt.Errorf("merge profiles: %w", err)
	}
	if err := strip(all); err != nil {
		return fmt.Errorf("strip profile: %w", err)
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return all.Compact().Write(f)
}

// strip takes away what the compiler does not ask for: addresses, and when, of which file
// and how long the profile was taken.
func strip(p *profile.Profile) error {
	p.Mapping, p.Comments = nil, nil
	p.TimeNanos, p.DurationNanos = 0, 0
	for _, l := range p.Location {
		l.Mapping = nil
	}
	return p.Aggregate(true, true, true, true, false, false)
}
