package classify

import (
	"fmt"
	"html"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samur/internal/eval"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// plain is what normalising does to a description, as far as words go.
func plain(s string) string {
	s = strings.NewReplacer("</p>", "\n", "<br/>", "\n", "<br />", "\n").Replace(s)
	return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(s, " ")))
}

func labelled(t testing.TB) []eval.Labelled {
	t.Helper()
	var all []eval.Labelled
	for _, name := range []string{"dev.en.jsonl", "dev.ruaz.jsonl"} {
		f, err := os.Open("../eval/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		items, err := eval.Read(f)
		_ = f.Close() // read only
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, items...)
	}
	return all
}

func ask(c *Classifier, x *lexicon.Lexicon) func(eval.Input) eval.Prediction {
	return func(in eval.Input) eval.Prediction {
		text := plain(in.Text)
		l := lang.Detect(in.Title, text, in.Lang)
		v := c.Classify(x.Analyse(in.Title, text, l))
		p := eval.Prediction{ID: in.ID, Lang: l, Relevant: v.Relevant, Score: v.Score}
		for _, m := range v.Matches {
			p.Topics = append(p.Topics, m.Topic)
		}
		return p
	}
}

func open(t testing.TB) (*Classifier, *lexicon.Lexicon) {
	t.Helper()
	x, err := lexicon.Load(os.DirFS("../../seeds"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Options{Lexicon: x, Seeds: seedsFS()})
	if err != nil {
		t.Fatal(err)
	}
	return c, x
}

func TestReport(t *testing.T) {
	c, x := open(t)
	items := labelled(t)
	half := os.Getenv("HALF")
	switch half {
	case "0":
		items = eval.Half(items, 0)
	case "1":
		items = eval.Half(items, 1)
	}
	r := eval.Run(items, eval.System{Classify: ask(c, x)})
	t.Log("\n" + r.String())
	if half == "" {
		return
	}
	for _, it := range items {
		text := plain(it.Text)
		v := c.Classify(x.Analyse(it.Title, text, lang.Detect(it.Title, text, "")))
		want, got := map[string]bool{}, map[string]bool{}
		for _, s := range it.Topics {
			want[s] = true
		}
		for _, m := range v.Matches {
			got[m.Topic] = true
		}
		if v.Relevant == it.Relevant && maps.Equal(want, got) {
			continue
		}
		t.Logf("%s want %v %v got %.2f %v %s\n  %s\n  %s", it.ID, it.Relevant, it.Topics, v.Score, slices.Sorted(maps.Keys(got)), v.Missing, it.Title, text)
		if v.Relevant != it.Relevant {
			for _, e := range v.Evidence {
				t.Logf("     %+.2f %s %q %s (%s)", e.Points, e.Field, e.Form, e.Concept, e.Why)
			}
		}
		for _, m := range c.rate(c.look(x.Analyse(it.Title, text, lang.Detect(it.Title, text, "")))) {
			var b strings.Builder
			for _, e := range m.Evidence {
				fmt.Fprintf(&b, " %+.2f %q %s;", e.Points, e.Form, e.Concept)
			}
			t.Logf("   %v%v %s %.2f:%s", want[m.Topic], got[m.Topic], m.Topic, m.Score, b.String())
		}
	}
	_ = news.En
}

func seedsFS() []fs.FS { return []fs.FS{os.DirFS("../../seeds")} }
