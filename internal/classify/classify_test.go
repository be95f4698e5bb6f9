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
	"samur/internal/news"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// plain is what normalising does to a description, as far as words go.
func plain(s string) string {
	s = strings.NewReplacer("</p>", "\n", "<br/>", "\n", "<br />", "\n").Replace(s)
	return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(s, " ")))
}

// labelled is the items that the rules were made with.
func labelled(t testing.TB) []eval.Labelled {
	t.Helper()
	return read(t, "dev.*.jsonl")
}

func ask(c *Classifier, x *lexicon.Lexicon) func(eval.Input) eval.Prediction {
	return func(in eval.Input) eval.Prediction {
		text := plain(in.Text)
		l := lang.Detect(in.Title, text, in.Lang)
		v := c.Classify(x.Read(news.Item{Title: in.Title, Text: text, Lang: l, Side: in.Side}))
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

// TestFloors holds how well relevant items are told from the rest: of those the rules
// were made with, of those they were mended with, and of those kept aside.
func TestFloors(t *testing.T) {
	c, x := open(t)
	for _, tt := range []struct {
		set                     string
		all, lang, sure, titles float64
	}{
		{"dev", 0.98, 0.97, 0.99, 0.95},
		{"more", 0.92, 0.91, 0.94, 0.88},
		{"fresh", 0.94, 0.92, 0.94, 0.92},
	} {
		t.Run(tt.set, func(t *testing.T) {
			r := eval.Run(read(t, tt.set+".*.jsonl"), eval.System{Classify: ask(c, x)})
			for _, f := range []struct {
				name      string
				got, want float64
			}{
				{"all", r.Relevance.All.F1(), tt.all},
				{"without hard", r.Relevance.Clear.F1(), tt.sure},
				{"titles alone", r.Titles.All.F1(), tt.titles},
				{"en", r.Relevance.Lang[news.En].F1(), tt.lang},
				{"ru", r.Relevance.Lang[news.Ru].F1(), tt.lang},
				{"az", r.Relevance.Lang[news.Az].F1(), tt.lang},
			} {
				if f.got < f.want {
					t.Errorf("F1 of %s = %.3f, want %.2f or more", f.name, f.got, f.want)
				}
			}
		})
	}
}
