// Command countwords makes tables of the seeds: how usual words are in general news,
// and in which topics they stand.
//
//	countwords en < sentences.txt > seeds/background/en.txt
//	countwords -labelled en < items.jsonl > seeds/labelled/en.txt
//
// The first reads sentences of general news, one a line, and prints in how many of them
// each stem and each concept of the lexicon stands. Sentences that name both Russia and
// Azerbaijan are left out, so that what is usual is told from what belongs to a topic.
// Stems of one sentence, or of fewer than one in 2,000, are left out: the reader of the
// table gives all of them the same small share.
//
// The second reads labelled items as `samur eval` does, and prints in how many of the
// relevant ones that have topics each term stands, by topic. Terms of one item are left
// out. `make labelled` makes the tables from the items that rules are made with. No text
// is kept.
package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"

	"samur/internal/classify"
	"samur/internal/eval"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/normalise"
	"samur/seeds"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "countwords:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	x, err := lexicon.Load(seeds.FS)
	switch {
	case err != nil:
		return err
	case len(args) == 1:
		return count(x, os.Stdin, os.Stdout, news.Lang(args[0]))
	case len(args) == 2 && args[0] == "-labelled":
		return label(x, os.Stdin, os.Stdout, news.Lang(args[1]))
	}
	return errors.New("usage: countwords [-labelled] en|ru|az < INPUT > TABLE")
}

func count(x *lexicon.Lexicon, r io.Reader, w io.Writer, l news.Lang) error {
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

// table is what labelled items teach, while it is counted.
type table struct {
	items  int
	topics map[string]seeds.Tally
	terms  map[string]seeds.Held
}

// label counts the labelled items of a language.
func label(x *lexicon.Lexicon, r io.Reader, w io.Writer, l news.Lang) error {
	c, err := classify.New(classify.Options{Lexicon: x})
	if err != nil {
		return err
	}
	items, err := eval.Read(r)
	if err != nil {
		return err
	}
	t := table{topics: map[string]seeds.Tally{}, terms: map[string]seeds.Held{}}
	for _, it := range items {
		if it.Lang == l && it.Relevant && len(it.Topics) > 0 {
			t.add(it.Topics, c.Terms(normalise.Title(it.Title)+".\n"+normalise.PlainText(it.Text), l))
		}
	}
	return t.write(w, l)
}

func (t *table) add(topics, terms []string) {
	t.items++
	share := 1 / float64(len(topics))
	vote := func(into map[string]seeds.Tally) {
		for _, slug := range topics {
			n := into[slug]
			into[slug] = seeds.Tally{Items: n.Items + 1, Votes: n.Votes + share}
		}
	}
	vote(t.topics)
	for _, term := range terms {
		h := t.terms[term]
		if h.Topic == nil {
			h.Topic = map[string]seeds.Tally{}
		}
		h.Items++
		t.terms[term] = h
		vote(h.Topic)
	}
}

func (t *table) write(w io.Writer, l news.Lang) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# In how many labelled items of each topic a stem or concept stands; made by countwords -labelled %s.\n", l)
	fmt.Fprintf(out, "items %d\n", t.items)
	for _, slug := range slices.Sorted(maps.Keys(t.topics)) {
		fmt.Fprintf(out, "topic %s\n", tally(slug, t.topics[slug]))
	}
	for _, term := range slices.Sorted(maps.Keys(t.terms)) {
		h := t.terms[term]
		if h.Items < 2 {
			continue
		}
		fmt.Fprintf(out, "term %s %d", term, h.Items)
		for _, slug := range slices.Sorted(maps.Keys(h.Topic)) {
			fmt.Fprintf(out, " %s", tally(slug, h.Topic[slug]))
		}
		fmt.Fprintln(out)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func tally(slug string, n seeds.Tally) string {
	return fmt.Sprintf("%s %d %s", slug, n.Items, strconv.FormatFloat(n.Votes, 'f', 2, 64))
}
