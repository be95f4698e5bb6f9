package seeds_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/seeds"
)

const twoTopics = `topics:
  - slug: trade
    names: {en: Trade}
    words: {en: [trade]}
  - slug: energy
    names: {en: Energy}
    words: {en: [oil]}
`

const front = "---\ntitle: A visit\nsource: our notes\ndate: 2022-02\nlang: en\n---\n"

// corpus is a file system of one document and two topics.
func corpus(doc string) fs.FS {
	return fstest.MapFS{
		"topics.yaml":       {Data: []byte(twoTopics)},
		"documents/note.md": {Data: []byte(doc)},
	}
}

func TestDocumentsRead(t *testing.T) {
	got, err := seeds.Documents(corpus(front + `
# Heading

<!-- topics: trade, energy -->
<!-- figure: trade-turnover | more than 3.4 | bn USD | 2021 | up 16 % | by one count -->
Trade grew, and
so did oil.

<!-- a remark -->
<!-- topics: none -->
- A list item.
<!-- topics: energy -->
- Another.
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []seeds.Document{{
		File: "note.md", Title: "A visit", Source: "our notes", Date: "2022-02", Lang: news.En,
		Passages: []seeds.Passage{
			{Text: "Trade grew, and so did oil.", Topics: []string{"trade", "energy"}, Line: 12},
			{Text: "A list item.", Line: 17},
			{Text: "Another.", Topics: []string{"energy"}, Line: 19},
		},
		Figures: []seeds.FigurePoint{{
			Indicator: "trade-turnover", Value: 3.4, Approx: "more-than", Unit: "bn USD", Period: "2021",
			Change: &news.Change{Direction: "up", Percent: 16}, Note: "by one count", Line: 11,
		}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Documents() (-want +got):\n%s", diff)
	}
}

func TestDocumentsRefuse(t *testing.T) {
	for _, tt := range []struct{ name, doc, want string }{
		{"no front matter", "Text.\n", "documents/note.md:1: document does not begin"},
		{"empty file", "", "documents/note.md:1: front matter is not closed"},
		{"open front matter", "---\ntitle: A\n", "documents/note.md:2: front matter is not closed"},
		{"missing key", "---\ntitle: A\nsource: b\nlang: en\n---\n", `documents/note.md:5: front matter has no "date"`},
		{"unknown key", strings.Replace(front, "lang", "language", 1), `documents/note.md:5: front matter does not know "language: en"`},
		{"bad date", strings.Replace(front, "2022-02", "spring", 1), `documents/note.md:6: date "spring" is no date`},
		{"bad language", strings.Replace(front, "lang: en", "lang: de", 1), `lang "de" is not read`},
		{"no passage", front, "document has no passage"},
		{"unlabelled passage", front + "Text.\n", "documents/note.md:7: passage without topics"},
		{"second passage under one label", front + "<!-- topics: trade -->\nOne.\n\nTwo.\n", "documents/note.md:10: passage without topics"},
		{"unknown topic", front + "<!-- topics: trade, sea -->\nText.\n", `documents/note.md:7: topic "sea" is in no topics.yaml`},
		{"topic twice", front + "<!-- topics: trade, trade -->\nText.\n", `topic "trade" comes twice`},
		{"label without passage", front + "<!-- topics: trade -->\n<!-- topics: energy -->\nText.\n", "documents/note.md:7: no passage follows this label"},
		{"label at the end", front + "<!-- topics: trade -->\nText.\n\n<!-- topics: energy -->\n", "documents/note.md:10: no passage follows this label"},
		{"open comment", front + "<!-- topics: trade\nText.\n", "documents/note.md:7: comment is not closed"},
		{"figure too short", front + "<!-- figure: schools | 340 -->\n", "documents/note.md:7: figure"},
		{"figure without number", front + "<!-- figure: schools | many | count -->\n", `documents/note.md:7: value "many"`},
		{"figure with odd change", front + "<!-- figure: schools | 340 | count | 2022 | better -->\n", `documents/note.md:7: change "better"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := seeds.Documents(corpus(tt.doc))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Documents() error = %v, want it to say %q", err, tt.want)
			}
		})
	}
}

func TestDocumentsReplaceByFile(t *testing.T) {
	label := "<!-- topics: trade -->\n"
	own := fstest.MapFS{
		"documents/note.md":  {Data: []byte(front + label + "Ours.\n")},
		"documents/other.md": {Data: []byte(front + label + "New.\n")},
	}
	docs, err := seeds.Documents(corpus(front+label+"Theirs.\n"), own)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.File+" "+d.Passages[0].Text)
	}
	if want := []string{"note.md Ours.", "other.md New."}; !slices.Equal(got, want) {
		t.Errorf("Documents() = %q, want %q", got, want)
	}
}

// The brief of each seed document must hold what the topics need, and the figures on
// which the documents agree and disagree.
func TestEmbeddedDocuments(t *testing.T) {
	docs, err := seeds.Documents(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 5 {
		t.Errorf("%d documents, want 5", len(docs))
	}
	seen := map[string]int{}
	var turnover, regions []float64
	for _, d := range docs {
		if n := len(d.Passages); n < 12 || n > 25 {
			t.Errorf("%s has %d passages, want 12 to 25", d.File, n)
		}
		for _, p := range d.Passages {
			for _, s := range p.Topics {
				seen[s]++
			}
		}
		for _, f := range d.Figures {
			switch f.Indicator {
			case "trade-turnover":
				turnover = append(turnover, f.Value)
			case "regions":
				regions = append(regions, f.Value)
			}
		}
	}
	topics, err := seeds.Topics(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range topics {
		if seen[topic.Slug] < 3 {
			t.Errorf("topic %q stands in %d passages, want at least 3", topic.Slug, seen[topic.Slug])
		}
	}
	slices.Sort(turnover)
	slices.Sort(regions)
	if diff := cmp.Diff([]float64{3.2, 3.3, 3.4, 4}, turnover); diff != "" {
		t.Errorf("trade turnover (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float64{17, 70, 71}, regions); diff != "" {
		t.Errorf("regions (-want +got):\n%s", diff)
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add([]byte(front + "<!-- topics: trade -->\n<!-- figure: a | 1 | t -->\nText.\n"))
	f.Add([]byte("---\n---\n- x"))
	f.Add([]byte(front + "<!---->\n<!-- figure:|||||| -->"))
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, err := seeds.Documents(fstest.MapFS{
			"topics.yaml":    {Data: []byte(twoTopics)},
			"documents/x.md": {Data: data},
		})
		if err != nil {
			return
		}
		for _, p := range docs[0].Passages {
			if p.Text == "" && p.Line == 0 {
				t.Errorf("empty passage from %q", data)
			}
		}
	})
}
