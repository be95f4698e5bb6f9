package timeline

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

var names = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load(seeds.FS) })

func lexiconOf(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	lx, err := names()
	if err != nil {
		t.Fatal(err)
	}
	return lx
}

// written is one line of testdata/sentences.*.txt: a sentence as outlets write it, and the
// events that it states.
type written struct {
	lang             news.Lang
	pub, title, text string
	want             []string
}

func readSentences(t testing.TB, l news.Lang) []written {
	t.Helper()
	name := "testdata/sentences." + string(l) + ".txt"
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []written
	for n, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 4 {
			t.Fatalf("%s:%d: %d fields, want 4", name, n+1, len(parts))
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		w := written{lang: l, pub: parts[0], title: parts[1], text: parts[2]}
		for e := range strings.SplitSeq(parts[3], ";") {
			if e = strings.TrimSpace(e); e != "" {
				w.want = append(w.want, e)
			}
		}
		out = append(out, w)
	}
	return out
}

// stated writes an event as the sentence files do.
func stated(e news.Event) string {
	tail := func(id string) string { return id[strings.Index(id, "/")+1:] }
	var who []string
	for _, id := range e.Who {
		who = append(who, tail(id))
	}
	or := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	s := fmt.Sprintf("%s %s %s %s %s", e.Kind, e.State, or(e.Day), or(tail(e.Where)), strings.Join(who, "+"))
	if e.Document != "" {
		s += " = " + e.Document
	}
	if e.Was != "" {
		s += " (from " + e.Was + ")"
	}
	return s
}

func (w written) extract(t testing.TB) []news.Event {
	t.Helper()
	pub, err := time.Parse(time.DateOnly, w.pub)
	if err != nil {
		t.Fatal(err)
	}
	it := news.Item{Title: w.title, Text: w.text, Lang: w.lang}
	return Extract(lexiconOf(t).Read(it), pub.Add(9*time.Hour))
}

// tally counts events right, wrong and missed.
type tally struct{ right, wrong, missed int }

func (a tally) f1() float64 { return 2 * float64(a.right) / float64(2*a.right+a.wrong+a.missed) }

// compare pairs what was read with what is stated, whoever is named first.
func compare(got, want []string) (c tally, diff []string) {
	left := map[string]int{}
	for _, w := range want {
		left[sorted(w)]++
	}
	for _, g := range got {
		if left[sorted(g)] > 0 {
			left[sorted(g)]--
			c.right++
			continue
		}
		c.wrong++
		diff = append(diff, "+ "+g)
	}
	for _, w := range want {
		if left[sorted(w)] > 0 {
			left[sorted(w)]--
			c.missed++
			diff = append(diff, "- "+w)
		}
	}
	return c, diff
}

// sorted puts those who are in an event in one order.
func sorted(s string) string {
	fields := strings.Fields(s)
	who := strings.Split(fields[4], "+")
	slices.Sort(who)
	fields[4] = strings.Join(who, "+")
	return strings.Join(fields, " ")
}

// TestSentences measures the reading of written sentences: an event counts when all of it
// is right, kind, state, day, place, who, and the document.
func TestSentences(t *testing.T) {
	floors := map[news.Lang]float64{news.En: 0.97, news.Ru: 0.96, news.Az: 0.96}
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		var sum tally
		for _, w := range readSentences(t, l) {
			var got []string
			for _, e := range w.extract(t) {
				got = append(got, stated(e))
			}
			c, diff := compare(got, w.want)
			sum.right, sum.wrong, sum.missed = sum.right+c.right, sum.wrong+c.wrong, sum.missed+c.missed
			if len(diff) > 0 {
				t.Logf("%s | %s | %s\n\t%s", w.pub, w.title, w.text, strings.Join(diff, "\n\t"))
			}
		}
		t.Logf("%s: right %d, wrong %d, missed %d, P %.2f R %.2f F1 %.2f", l, sum.right, sum.wrong, sum.missed,
			float64(sum.right)/float64(sum.right+sum.wrong), float64(sum.right)/float64(sum.right+sum.missed), sum.f1())
		if f := sum.f1(); f < floors[l] {
			t.Errorf("F1 in %s is %.3f, want %.2f", l, f, floors[l])
		}
	}
}
