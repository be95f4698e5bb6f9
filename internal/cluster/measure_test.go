package cluster

import (
	"cmp"
	"encoding/xml"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"samur/internal/eval"
	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// ECB+ is a public corpus of 982 news texts on 86 events in 43 pairs that look alike, two
// quakes, two stays in one clinic. It is no part of this project. Anyone can measure on it:
//
//	go test ./internal/cluster -run Measure -v -args -data DIR
//
// with its XML files in DIR or below, such as DIR/ECB+/1/1_10ecbplus.xml. The figures are
// those of topics 36 to 45, on which others report; -all takes all.
var (
	dataDir   = flag.String("data", "", "directory with ECB+ to measure on")
	allTopics = flag.Bool("all", false, "measure on all topics of ECB+")
)

// document is a text of ECB+, its tokens with the sentence of each.
type document struct {
	Name   string `xml:"doc_name,attr"`
	Tokens []struct {
		Sentence int    `xml:"sentence,attr"`
		Text     string `xml:",chardata"`
	} `xml:"token"`
}

// event is the topic of a document with the half that it belongs to: 1_10ecbplus.xml is of
// "1 ecbplus".
func (d document) event() string {
	topic, rest, _ := strings.Cut(strings.TrimSuffix(d.Name, ".xml"), "_")
	return topic + " " + strings.TrimLeft(rest, "0123456789")
}

// splitNumber is a number that the corpus has in three tokens: 4 . 6 for 4.6.
var splitNumber = regexp.MustCompile(`\b(\d+) ([.,:]) (\d+)\b`)

// item makes a news item of a text. ECB+ tells no dates: all are of one day.
func (d document) item(id string, day time.Time) news.Item {
	sentences := map[int][]string{}
	for _, t := range d.Tokens {
		sentences[t.Sentence] = append(sentences[t.Sentence], t.Text)
	}
	var lines []string
	for _, n := range sortedNumbers(sentences) {
		s := strings.Join(sentences[n], " ")
		if !strings.HasPrefix(s, "http") { // the page's address, which would name the outlet
			lines = append(lines, splitNumber.ReplaceAllString(s, "$1$2$3"))
		}
	}
	it := news.Item{ID: id, Outlet: id, Lang: news.En, Published: day, FirstSeen: day}
	if len(lines) > 0 {
		it.Title, it.Text = lines[0], strings.Join(lines[1:], "\n")
	}
	return it
}

func sortedNumbers[V any](m map[int]V) []int {
	var keys []int
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// documents reads ECB+, in order of the files' names.
func documents(t *testing.T) []document {
	t.Helper()
	if *dataDir == "" {
		t.Skip("no data to measure on: give a directory with -args -data DIR")
	}
	var out []document
	err := filepath.WalkDir(*dataDir, func(path string, e os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".xml") || !strings.Contains(path, "ecb") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var d document
		if err := xml.Unmarshal(b, &d); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		d.Name = filepath.Base(path)
		var topic int
		if _, err := fmt.Sscan(strings.Split(d.Name, "_")[0], &topic); err == nil && (*allTopics || topic >= 36) {
			out = append(out, d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Skipf("no ECB+ in %s", *dataDir)
	}
	slices.SortFunc(out, func(a, b document) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// TestMeasureECB sorts ECB+ into stories, in the order of the files' names and in five
// others, online and after a pass of Reassign.
func TestMeasureECB(t *testing.T) {
	docs := documents(t)
	day := time.Date(2025, 3, 3, 12, 0, 0, 0, time.UTC)
	lx := lex(t)
	items := make([]news.Item, len(docs))
	read := make([]*lexicon.Doc, len(docs))
	labels := make([]eval.Labelled, len(docs))
	for i, d := range docs {
		event := d.event()
		items[i] = d.item(fmt.Sprintf("%04d", i), day)
		read[i] = lx.Analyse(items[i].Title, items[i].Text, news.En)
		items[i].Figures = figures.Extract(read[i], day)
		labels[i] = eval.Labelled{ID: items[i].ID, Relevant: true, Lang: news.En, Event: &event}
	}
	order := make([]int, len(docs))
	for i := range order {
		order[i] = i
	}
	var worstOnline, worst float64 = 1, 1
	for n := range 6 {
		if n > 0 {
			rng := rand.New(rand.NewPCG(uint64(n), 0))
			rng.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		}
		online, settled := sortOnce(items, read, order)
		a, b := eval.ScoreStories(labels, online, true).BCubed, eval.ScoreStories(labels, settled, true).BCubed
		t.Logf("order %d, %d texts: B-cubed F1 online %.3f (P %.3f R %.3f), settled %.3f (P %.3f R %.3f)",
			n, len(docs), a.F1(), a.Precision, a.Recall, b.F1(), b.Precision, b.Recall)
		worstOnline, worst = min(worstOnline, a.F1()), min(worst, b.F1())
	}
	t.Logf("worst of six orders: online %.3f, settled %.3f", worstOnline, worst)
}

// sortOnce adds items in an order; it returns their stories before and after Reassign.
func sortOnce(items []news.Item, read []*lexicon.Doc, order []int) (online, settled map[string]eval.Prediction) {
	x := New(Options{})
	online, settled = map[string]eval.Prediction{}, map[string]eval.Prediction{}
	for n, i := range order {
		it := items[i]
		it.FirstSeen = it.FirstSeen.Add(time.Duration(n) * time.Second)
		r := Reduce(it, read[i])
		d := x.Assign(r)
		x.Add(r, d.Story, d.CopyOf)
		online[it.ID] = eval.Prediction{Story: d.Story}
		settled[it.ID] = online[it.ID]
	}
	for _, m := range x.Reassign() {
		for _, id := range m.Items {
			settled[id] = eval.Prediction{Story: m.Into}
		}
	}
	return online, settled
}
