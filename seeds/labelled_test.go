package seeds

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestLabelledItems(t *testing.T) {
	const table = "# a note\nitems 3\ntopic trade 2 1.50\ntopic energy 2 1.5\nterm company/socar 2 energy 2 1.50 trade 1 0.50\n"
	got, err := LabelledItems(fstest.MapFS{"labelled/en.txt": {Data: []byte(table)}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[news.Lang]Labelled{news.En: {
		Items: 3,
		Topic: map[string]Tally{"trade": {2, 1.5}, "energy": {2, 1.5}},
		Terms: map[string]Held{"company/socar": {2, map[string]Tally{"energy": {2, 1.5}, "trade": {1, 0.5}}}},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("LabelledItems (-want +got):\n%s", d)
	}
}

func TestLabelledItemsRefuses(t *testing.T) {
	for _, tc := range []struct{ name, line string }{
		{"unknown line", "words 3"},
		{"no number", "items three"},
		{"more items than there are", "term gas 9 energy 9 9.00"},
		{"more votes than items", "topic trade 2 3.00"},
		{"a topic without votes", "term gas 2 energy 2"},
		{"nothing behind the term", "term gas 2"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := LabelledItems(fstest.MapFS{"labelled/ru.txt": {Data: []byte("items 3\n" + tc.line + "\n")}})
			if err == nil || !strings.HasPrefix(err.Error(), "labelled/ru.txt:2: ") || !strings.Contains(err.Error(), "countwords") {
				t.Errorf("%q gives %v, want an error of its line and how to mend it", tc.line, err)
			}
		})
	}
}
