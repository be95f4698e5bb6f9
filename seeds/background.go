package seeds

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"samur/internal/news"
)

// Background is how usual words are where no topic is spoken of: in how many sentences
// of general news each stem, and each concept of the lexicon by its id, stands.
type Background struct {
	Sentences int
	Count     map[string]int
}

// Share is the share of sentences in which a term stands. A term that is in the table
// not at all has half the share of the rarest that are.
func (b Background) Share(term string) float64 {
	n, ok := b.Count[term]
	switch {
	case ok:
		return float64(n) / float64(b.Sentences)
	case b.Sentences == 0:
		return rareShare
	}
	return max(rareShare, 1/float64(b.Sentences))
}

// rareShare is half of the share below which a table leaves terms out.
const rareShare = 1.0 / 4000

// Backgrounds reads background/en.txt, ru.txt and az.txt of each file system in turn;
// the table of a later one takes the place of an earlier one of its language. Made by
// the command countwords under internal/classify.
func Backgrounds(fsys ...fs.FS) (map[news.Lang]Background, error) {
	return tables("background", parseBackground, fsys)
}

// tables reads a table of each language from a folder of each file system in turn.
func tables[T any](folder string, parse func(name string, data []byte) (T, error), fsys []fs.FS) (map[news.Lang]T, error) {
	out := map[news.Lang]T{}
	for _, f := range fsys {
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			name := folder + "/" + string(l) + ".txt"
			data, err := fs.ReadFile(f, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read a table of words: %w", err)
			}
			if out[l], err = parse(name, data); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// parseBackground reads lines of "term count"; the first counts all sentences.
func parseBackground(name string, data []byte) (Background, error) {
	b := Background{Count: map[string]int{}}
	sc := bufio.NewScanner(bytes.NewReader(data))
	for line := 1; sc.Scan(); line++ {
		text := strings.TrimSpace(sc.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		term, count, _ := strings.Cut(text, " ")
		n, err := strconv.Atoi(count)
		switch {
		case err != nil || n < 1:
			return b, fmt.Errorf(`%s:%d: %q is no count; write "term count"`, name, line, text)
		case b.Sentences == 0 && term != "sentences":
			return b, fmt.Errorf(`%s:%d: the first count is that of all sentences; write "sentences 1000" before the terms`, name, line)
		case b.Sentences == 0:
			b.Sentences = n
		case n > b.Sentences:
			return b, fmt.Errorf("%s:%d: %q stands in more sentences than there are; count anew", name, line, term)
		case b.Count[term] > 0:
			return b, fmt.Errorf("%s:%d: %q comes twice; remove one", name, line, term)
		default:
			b.Count[term] = n
		}
	}
	if err := sc.Err(); err != nil {
		return b, fmt.Errorf("read %s: %w", name, err)
	}
	return b, nil
}
