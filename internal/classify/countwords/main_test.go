package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

// TestTablesAreCurrent makes the tables of labelled items anew: they change with the
// lexicon, and what a topic is drawn from should be what the program reads today.
func TestTablesAreCurrent(t *testing.T) {
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		var got bytes.Buffer
		if err := label(x, labelled(t), &got, l); err != nil {
			t.Fatal(err)
		}
		want, err := seeds.FS.ReadFile("labelled/" + string(l) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("seeds/labelled/%s.txt is not what the labelled items give now; run: make labelled", l)
		}
	}
}

// labelled is the items that rules are made with, one file behind the other.
func labelled(t *testing.T) io.Reader {
	t.Helper()
	var all []io.Reader
	for _, set := range []string{"dev", "more"} {
		names, err := filepath.Glob("../../eval/testdata/" + set + ".*.jsonl")
		if err != nil || len(names) == 0 {
			t.Fatalf("no labelled items of set %s: %v", set, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, bytes.NewReader(data))
		}
	}
	return io.MultiReader(all...)
}

func TestCountOfSentences(t *testing.T) {
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	in := "The river froze early.\nThe river rose.\nRussia and Azerbaijan share a river.\n"
	var out strings.Builder
	if err := count(x, strings.NewReader(in), &out, news.En); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nsentences 2\n", "\nriver 2\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("count = %q, want it to hold %q", out.String(), want)
		}
	}
	if strings.Contains(out.String(), "froze") {
		t.Errorf("count = %q, want no stem of one sentence", out.String())
	}
}
