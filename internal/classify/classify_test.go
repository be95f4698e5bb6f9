package classify

import (
	"html"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"samur/internal/eval"
	"samur/internal/lang"
	"samur/internal/lexicon"
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

func seedsFS() []fs.FS { return []fs.FS{os.DirFS("../../seeds")} }
