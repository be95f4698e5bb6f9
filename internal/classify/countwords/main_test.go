package main

import (
	"strings"
	"testing"

	"samur/internal/news"
)

// A table counts sentences, not words, leaves out what stands in one sentence alone, and
// does not count sentences that are about the two countries.
func TestCount(t *testing.T) {
	in := strings.Join([]string{
		"The bank, the old bank, lends money.", "A bank closed.", "Azerbaijan and Russia open a bank.", "", "...", "Rivers rise.",
	}, "\n")
	var out strings.Builder
	if err := count(strings.NewReader(in), &out, news.En); err != nil {
		t.Fatal(err)
	}
	want := "sentences 3\nbank 2\nterm/bank 2\n"
	_, got, _ := strings.Cut(out.String(), "\n")
	if got != want {
		t.Errorf("count() = %q, want %q behind its first line", got, want)
	}
	if !strings.HasPrefix(out.String(), "# ") {
		t.Errorf("count() begins with %q, want a line that says what it is", out.String())
	}
}
