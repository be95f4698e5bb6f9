package classify

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

var update = flag.Bool("update", false, "write what comes out as what is wanted")

// render writes a profile down, a line for each term.
func render(p Profile) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: en %.2f, ru %.2f, az %.2f\n", p.Topic.Slug, p.Lines[news.En], p.Lines[news.Ru], p.Lines[news.Az])
	for _, t := range p.Terms {
		fmt.Fprintf(&b, "%.3f %s %s %s (%s", t.Points, t.Kind, t.Lang, t.Term, t.From)
		if t.Taken > 0 {
			fmt.Fprintf(&b, ", %.3f taken", t.Taken)
		}
		if t.Carrying != "" {
			fmt.Fprintf(&b, ", carried by %s", t.Carrying)
		}
		b.WriteString(")")
		for _, v := range t.For {
			fmt.Fprintf(&b, " +%s:%d %q", v.File, v.Line, v.Form)
		}
		for _, v := range t.Against {
			fmt.Fprintf(&b, " -%s:%d", v.File, v.Line)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// small is a corpus that no change of the bundled seeds touches.
func small() fs.FS {
	return fstest.MapFS{
		"topics.yaml": {Data: []byte(`topics:
  - slug: wine
    names: {en: Wine}
    words: {en: [vineyard, wine], ru: [вино]}
  - slug: roads
    names: {en: Roads}
    words: {en: [road]}
`)},
		"lexicon/terms.yaml": {Data: []byte(`concepts:
- id: term/wine
  kind: term
  names: {en: [wine], ru: [вино], az: [şərab]}
- id: term/bridge
  kind: term
  names: {en: [bridge], ru: [мост], az: [körpü]}
  topics: [roads, wine]
- id: country/russia
  kind: country
  side: ru
  names: {en: [Russia], ru: [Россия], az: [Rusiya]}
- id: country/azerbaijan
  kind: country
  side: az
  names: {en: [Azerbaijan], ru: [Азербайджан], az: [Azərbaycan]}
`)},
		"documents/one.md": {Data: []byte(`---
title: One
source: our notes
date: 2024
lang: en
---
<!-- topics: wine -->
Cellars in Ganja press grapes, and Smith buys them.

<!-- topics: wine, roads -->
The cellars wait for a bridge.

<!-- topics: roads -->
A bridge is built, then a second bridge for lorries.

<!-- topics: none -->
They met.
`)},
		"background/en.txt": {Data: []byte("sentences 1000\nthe 600\nand 500\nfor 300\nthey 200\nroad 90\nwait 2\n")},
	}
}

func openSmall(t testing.TB, own ...Topic) (*Classifier, *lexicon.Lexicon) {
	t.Helper()
	x, err := lexicon.Load(small())
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Options{Lexicon: x, Seeds: []fs.FS{small()}, Topics: own})
	if err != nil {
		t.Fatal(err)
	}
	return c, x
}

// The whole profile of a small corpus, to the letter: read a change of it as a diff.
func TestProfileGolden(t *testing.T) {
	c, _ := openSmall(t, Topic{Slug: "wine", Extend: true, Words: map[news.Lang][]string{news.En: {"bridge"}}})
	p, ok := c.Profile("wine")
	if !ok {
		t.Fatal("no profile of wine")
	}
	path := filepath.Join("testdata", "wine.profile")
	got := render(p)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("profile of wine (-want +got):\n%s", diff)
	}
	if _, ok := c.Profile("beer"); ok {
		t.Error("there is a profile of a topic that is not there")
	}
}

// The bundled profiles come out the same however often they are built, and every topic
// has concepts and English stems from its passages.
func TestProfilesAreReproducible(t *testing.T) {
	a, _ := open(t)
	b, _ := open(t)
	if a.rules != b.rules {
		t.Errorf("version = %q, and %q when built again", b.rules, a.rules)
	}
	for _, topic := range a.Topics() {
		p, _ := a.Profile(topic.Slug)
		q, _ := b.Profile(topic.Slug)
		if diff := cmp.Diff(render(p), render(q)); diff != "" {
			t.Errorf("%s built again (-first +second):\n%s", topic.Slug, diff)
		}
		drawn := map[string]int{}
		for _, x := range p.Terms {
			if len(x.For) > 0 {
				drawn[x.Kind]++
			}
		}
		if drawn["concept"] == 0 || drawn["stem"] == 0 {
			t.Errorf("%s draws %v from its passages, want concepts and stems", topic.Slug, drawn)
		}
	}
}

// The version changes with the words that decide, and with nothing else.
func TestVersionFollowsTheWords(t *testing.T) {
	plain, _ := openSmall(t)
	more, _ := openSmall(t, Topic{Slug: "wine", Extend: true, Words: map[news.Lang][]string{news.En: {"cork"}}})
	named, _ := openSmall(t, Topic{Slug: "wine", Extend: true, Names: map[news.Lang]string{news.En: "Wines"}})
	if plain.rules == more.rules {
		t.Errorf("version %q stays when a word is added", plain.rules)
	}
	if plain.rules != named.rules {
		t.Errorf("version %q becomes %q when a heading is changed", plain.rules, named.rules)
	}
}

// TestKeynessGrows holds that a further passage of a topic never makes its own words
// worth less, whatever was counted before and however many topics it shares its vote
// with.
func TestKeynessGrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes := rapid.Float64Range(0, 50).Draw(t, "votes")
		passages := votes + rapid.Float64Range(0, 100).Draw(t, "passages without")
		other := rapid.Float64Range(0, 200).Draw(t, "other")
		others := other + rapid.Float64Range(0, 500).Draw(t, "others without")
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		vote := rapid.Float64Range(0.1, 1).Draw(t, "vote")
		before := keyness(votes, passages, other, others, share, doubt)
		after := keyness(votes+vote, passages+vote, other, others, share, doubt)
		if after < before {
			t.Errorf("keyness falls from %v to %v", before, after)
		}
	})
}

// What is usual in the background is worth nothing, what other topics share is worth
// less, and what stands in more passages of the topic more.
func TestKeynessOrders(t *testing.T) {
	rare, usual := 0.0003, 0.4
	for _, tt := range []struct {
		name        string
		less, more  float64
		lessIsBelow float64
	}{
		{"usual below rare", keyness(3, 10, 5, 90, usual, doubt), keyness(3, 10, 5, 90, rare, doubt), 0},
		{"shared below own", keyness(3, 10, 20, 90, rare, doubt), keyness(3, 10, 0, 90, rare, doubt), 3},
		{"once below thrice", keyness(1, 10, 0, 90, rare, doubt), keyness(3, 10, 0, 90, rare, doubt), 2},
	} {
		if tt.less >= tt.more || tt.less >= tt.lessIsBelow {
			t.Errorf("%s: %.2f against %.2f", tt.name, tt.less, tt.more)
		}
	}
}

// A user's own topic, from words of one language, is heard in three where the lexicon
// knows the word; an example teaches its stems; a concept needs no word.
func TestOwnTopic(t *testing.T) {
	_, x := open(t)
	own := []Topic{
		{Slug: "sturgeon", Words: map[news.Lang][]string{news.En: {"sturgeon", "tomatoes"}}},
		{Slug: "sea-level", Concepts: []seeds.Concept{{ID: "place/caspian-sea", At: "samur.yaml:1:1"}}},
		{Slug: "sculpture", Examples: []seeds.Example{
			{Text: "Скульпторы вырезали фигуры из туфа.", File: "samur.yaml", Line: 5},
			{Text: "Скульпторы двух стран работали в парке.", File: "samur.yaml", Line: 6},
			{Text: "Скульпторы приехали в Баку.", File: "samur.yaml", Line: 7},
		}},
		{Slug: "trade", Disabled: true},
	}
	c, err := New(Options{Lexicon: x, Seeds: seedsFS(), Topics: own})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, title string
		lang        news.Lang
		topic       string
		want        bool
	}{
		{"its language", "Azerbaijan and Russia sign a protocol on sturgeons", news.En, "sturgeon", true},
		{"carried to Russian", "Россия приняла томаты из Азербайджана", news.Ru, "sturgeon", true},
		{"carried to Azerbaijani", "Rusiya Azərbaycandan pomidor alıb", news.Az, "sturgeon", true},
		{"not heard", "Azerbaijan and Russia sign a protocol on taxes", news.En, "sturgeon", false},
		{"not relevant", "Azerbaijan breeds sturgeons", news.En, "sturgeon", false},
		{"concept in English", "Russia and Azerbaijan discuss the Caspian Sea", news.En, "sea-level", true},
		{"concept in Azerbaijani", "Rusiya və Azərbaycan Xəzər dənizini müzakirə edib", news.Az, "sea-level", true},
		{"stem of the examples", "Скульпторам России и Азербайджана отвели мастерские", news.Ru, "sculpture", true},
		{"disabled", "Trade turnover of Russia and Azerbaijan grew", news.En, "trade", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := x.Analyse(tt.title, "", tt.lang)
			v := c.Classify(d)
			checkVerdict(t, tt.name, d, v)
			got := false
			for _, m := range v.Matches {
				got = got || m.Topic == tt.topic
			}
			if got != tt.want {
				t.Errorf("Classify(%q) has %s = %v, want %v; matches %v", tt.title, tt.topic, got, tt.want, v.Matches)
			}
		})
	}
	topics := c.Topics()
	if last := topics[len(topics)-1]; last.Slug != "sculpture" || last.Names[news.Az] != "Sculpture" {
		t.Errorf("the last topic is %q with names %v, want sculpture with a heading in each language", last.Slug, last.Names)
	}
}

// Common words draw the line of an own topic up, the user's threshold sets it.
func TestLines(t *testing.T) {
	_, x := open(t)
	words := func(list ...string) map[news.Lang][]string { return map[news.Lang][]string{news.En: list} }
	c, err := New(Options{Lexicon: x, Seeds: seedsFS(), Topics: []Topic{
		{Slug: "rare", Words: words("sturgeon", "caviar")},
		{Slug: "common", Words: words("people", "year", "said")},
		{Slug: "set", Words: words("people"), Threshold: 1.5},
		{Slug: "trade", Extend: true, Threshold: 0.9},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		slug string
		lang news.Lang
		want float64
	}{
		{"rare", news.En, leastLine},
		{"common", news.Ru, leastLine},
		{"set", news.Az, 1.5},
		{"set", news.Uk, 1.5},
		{"trade", news.En, 0.9},
		{"energy", news.Tr, topicLine["energy"]},
	} {
		if got := c.line(tt.slug, tt.lang); got != tt.want {
			t.Errorf("line of %s in %s = %v, want %v", tt.slug, tt.lang, got, tt.want)
		}
	}
	if rare, common := c.line("rare", news.En), c.line("common", news.En); common < rare+0.1 {
		t.Errorf("line of common words is %v, of rare ones %v; want it well above", common, rare)
	}
}

func TestUnknownConceptIsRefused(t *testing.T) {
	_, x := open(t)
	_, err := New(Options{Lexicon: x, Seeds: seedsFS(), Topics: []Topic{
		{Slug: "wine", Concepts: []seeds.Concept{{ID: "term/vine", At: "samur.yaml:7:16"}}},
	}})
	if want := `samur.yaml:7:16: no concept of the lexicon is called "term/vine"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("New() error = %v, want it to say %q", err, want)
	}
}

// Rate says of every topic what Classify does.
func TestRateAgreesWithClassify(t *testing.T) {
	c, x := open(t)
	for _, it := range labelled(t) {
		d := x.Analyse(it.Title, plain(it.Text), it.Lang)
		v := c.Classify(d)
		if !v.Relevant {
			continue
		}
		given := map[string]float64{}
		for _, m := range v.Matches {
			given[m.Topic] = m.Score
		}
		for _, topic := range c.Topics() {
			r := c.Rate(d, topic.Slug)
			score, has := given[topic.Slug]
			if r.Reached() != has || has && r.Match.Score != score {
				t.Errorf("%s: Rate(%q) = %v of %v, Classify gives it %v", it.ID, topic.Slug, r.Match.Score, r.Line, score)
			}
		}
	}
	if r := c.Rate(x.Analyse("Russia, Azerbaijan", "", news.En), "beer"); r.Reached() {
		t.Errorf("Rate() of no topic = %+v", r)
	}
}
