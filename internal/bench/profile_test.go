package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/pprof/profile"
)

// sampled is a profile of a process with as many samples of each function.
func sampled(counts map[string]int64) *profile.Profile {
	m := &profile.Mapping{ID: 1, Start: 0x1000, Limit: 0x9000, File: "/home/somebody/samur"}
	p := &profile.Profile{
		SampleType: []*profile.ValueType{{Type: "samples", Unit: "count"}, {Type: "cpu", Unit: "nanoseconds"}},
		PeriodType: &profile.ValueType{Type: "cpu", Unit: "nanoseconds"}, Period: 10_000_000, TimeNanos: 1, DurationNanos: 2,
		Mapping: []*profile.Mapping{m}, Comments: []string{"taken at home"},
	}
	for name, n := range counts {
		id := uint64(len(p.Function) + 1)
		f := &profile.Function{ID: id, Name: name, Filename: "samur/x.go", StartLine: 3}
		l := &profile.Location{ID: id, Mapping: m, Address: 0x1000 + id, Line: []profile.Line{{Function: f, Line: 7}}}
		p.Function, p.Location = append(p.Function, f), append(p.Location, l)
		p.Sample = append(p.Sample, &profile.Sample{Location: []*profile.Location{l}, Value: []int64{n, n * p.Period}})
	}
	return p
}

// TestProfile takes profiles of a long scene and of a short one, which is played until it
// has samples enough, and reads what is written of both.
func TestProfile(t *testing.T) {
	p := &profiler{dir: t.TempDir()}
	played := 0
	play := func(counts map[string]int64) func() error {
		return func() error {
			played++
			var b bytes.Buffer
			if err := sampled(counts).Write(&b); err != nil {
				return err
			}
			return os.WriteFile(p.next(), b.Bytes(), 0o600)
		}
	}
	if err := p.scene(false, play(map[string]int64{"often": 9999, "seldom": 1})); err != nil || played != 1 {
		t.Fatalf("a long scene is played %d times: %v", played, err)
	}
	played = 0
	if err := p.scene(true, play(map[string]int64{"brief": 250})); err != nil || played != 4 {
		t.Fatalf("a short scene is played %d times, want 4: %v", played, err)
	}
	file := filepath.Join(p.dir, "default.pgo")
	if err := p.write(file); err != nil {
		t.Fatal(err)
	}

	got, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{}
	for _, s := range got.Sample {
		line := s.Location[0].Line[0]
		counts[line.Function.Name] += s.Value[0]
		if line.Line != 7 || line.Function.StartLine != 3 {
			t.Errorf("a sample is of line %d of a function that begins in %d, want 7 and 3", line.Line, line.Function.StartLine)
		}
	}
	if counts["often"]+counts["seldom"] != weight || counts["brief"] != weight || counts["seldom"] != weight/10_000 {
		t.Errorf("counts are %v, want the same sum for both scenes", counts)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zr)
	if err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"somebody", "home"} {
		if bytes.Contains(text, []byte(private)) {
			t.Errorf("the profile tells of %q", private)
		}
	}
}

// TestKeptProfile reads the profile that samur is compiled with: it is of samur, and tells
// nothing of the machine it was taken on.
func TestKeptProfile(t *testing.T) {
	p, err := read(filepath.Join("..", "..", "cmd", "samur", "default.pgo"))
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for _, f := range p.Function {
		if strings.HasPrefix(f.Name, "samur/internal/") {
			ours++
		}
		if filepath.IsAbs(f.Filename) {
			t.Errorf("function %s is of %s; build with -trimpath", f.Name, f.Filename)
		}
	}
	if ours < 100 {
		t.Errorf("%d functions are samur's; make it anew: make profile", ours)
	}
	if len(p.Mapping) > 0 && p.Mapping[0].File != "" || len(p.Comments) > 0 || p.TimeNanos != 0 {
		t.Errorf("it tells of %v, %q, %d", p.Mapping, p.Comments, p.TimeNanos)
	}
}
