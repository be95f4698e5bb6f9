package seeds

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"samur/internal/news"
)

// Labelled is what labelled items of a language teach of topics: how many there are of
// each topic, and in how many of those each stem, and each concept of the lexicon by
// its id, stands.
type Labelled struct {
	Items int
	Topic map[string]Tally // by slug
	Terms map[string]Held
}

// Tally counts items; one of several topics gives each a share of its vote.
type Tally struct {
	Items int
	Votes float64
}

// Held is where a term stands.
type Held struct {
	Items int
	Topic map[string]Tally // by slug
}

// LabelledItems reads labelled/en.txt, ru.txt and az.txt of each file system in turn;
// the table of a later one takes the place of an earlier one of its language. Made by
// the command countwords under internal/classify.
func LabelledItems(fsys ...fs.FS) (map[news.Lang]Labelled, error) {
	return tables("labelled", parseLabelled, fsys)
}

// parseLabelled reads "items N", then lines of "topic SLUG ITEMS VOTES" and of
// "term TERM ITEMS" followed by a slug, items and votes for each topic it stands in.
func parseLabelled(name string, data []byte) (Labelled, error) {
	x := Labelled{Topic: map[string]Tally{}, Terms: map[string]Held{}}
	sc := bufio.NewScanner(bytes.NewReader(data))
	for line := 1; sc.Scan(); line++ {
		text := strings.TrimSpace(sc.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		if !x.take(strings.Fields(text)) {
			return x, fmt.Errorf(`%s:%d: %q is no count of labelled items; make the table anew with countwords`, name, line, text)
		}
	}
	if err := sc.Err(); err != nil {
		return x, fmt.Errorf("read %s: %w", name, err)
	}
	return x, nil
}

func (x *Labelled) take(f []string) bool {
	if len(f) < 2 {
		return false
	}
	switch f[0] {
	case "items":
		n, err := strconv.Atoi(f[1])
		x.Items = n
		return err == nil && n > 0 && len(f) == 2
	case "topic":
		return len(f) == 4 && tallies(x.Topic, f[1:])
	case "term":
		if len(f) < 6 || len(f)%3 != 0 {
			return false
		}
		n, err := strconv.Atoi(f[2])
		h := Held{Items: n, Topic: map[string]Tally{}}
		x.Terms[f[1]] = h
		return err == nil && n > 0 && n <= x.Items && tallies(h.Topic, f[3:])
	}
	return false
}

// tallies reads slug, items and votes, over and over.
func tallies(into map[string]Tally, f []string) bool {
	for ; len(f) > 0; f = f[3:] {
		n, err := strconv.Atoi(f[1])
		votes, bad := strconv.ParseFloat(f[2], 64)
		if err != nil || bad != nil || n < 1 || votes <= 0 || votes > float64(n)+0.01 {
			return false
		}
		into[f[0]] = Tally{n, votes}
	}
	return true
}
