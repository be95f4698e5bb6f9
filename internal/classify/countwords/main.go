// Command countwords makes a background of the seeds: it reads sentences of general
// news from stdin, one a line, and prints in how many of them each stem and each
// concept of the lexicon stands.
//
//	countwords en < sentences.txt > seeds/background/en.txt
//
// Sentences that name both Russia and Azerbaijan are left out, so that what is usual
// is told from what belongs to a topic. Stems of one sentence, or of fewer than one
// in 2,000, are left out: the reader of the table gives all of them the same small
// share. The sentences themselves are not kept.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: countwords en|ru|az < SENTENCES > TABLE")
		os.Exit(2)
	}
	if err := count(os.Stdin, os.Stdout, news.Lang(os.Args[1])); err != nil {
		fmt.Fprintln(os.Stderr, "countwords:", err)
		os.Exit(1)
	}
}

func count(r io.Reader, w io.Writer, l news.Lang) error {
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		return err
	}
	sentences := 0
	seen := map[string]int{}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		d := x.Analyse("", sc.Text(), l)
		terms, usual := termsOf(d)
		if !usual {
			continue
		}
		sentences++
		for t := range terms {
			seen[t]++
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("read sentences: %w", err)
	}
	return write(w, l, sentences, seen)
}

// termsOf returns the stems and concepts of a sentence, and whether it is usual: not
// about the two countries.
func termsOf(d *lexicon.Doc) (terms map[string]bool, usual bool) {
	terms = map[string]bool{}
	for i := range d.Body.Tokens {
		if t := &d.Body.Tokens[i]; t.Kind == lang.Word {
			terms[lang.Stem(t.Fold, d.Body.Lang)] = true
		}
	}
	var az, ru bool
	for i := range d.Hits {
		c := d.Hits[i].Concept
		terms[c.ID] = true
		az, ru = az || c.Side == news.SideAz, ru || c.Side == news.SideRu
	}
	return terms, len(terms) > 0 && !(az && ru)
}

func write(w io.Writer, l news.Lang, sentences int, seen map[string]int) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# In how many sentences of general news a stem or concept stands; made by countwords %s.\n", l)
	fmt.Fprintf(out, "sentences %d\n", sentences)
	terms := slices.SortedFunc(maps.Keys(seen), func(a, b string) int { return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(a, b)) })
	for _, t := range terms {
		if n := seen[t]; n > 1 && n*2000 >= sentences {
			fmt.Fprintf(out, "%s %d\n", t, n)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}
