package seeds_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"samur/internal/news"
	"samur/seeds"
)

func background(text string) fstest.MapFS {
	return fstest.MapFS{"background/en.txt": {Data: []byte(text)}}
}

func TestBackgroundsReplaceByLanguage(t *testing.T) {
	got, err := seeds.Backgrounds(background("sentences 100\nthe 50\n"), background("# anew\n\nsentences 1000\nthe 400\nterm/bank 4\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		term string
		lang news.Lang
		want float64
	}{
		{"the", news.En, 0.4}, {"term/bank", news.En, 0.004}, {"sturgeon", news.En, 0.001}, {"the", news.Ru, 0.00025},
	} {
		if share := got[tt.lang].Share(tt.term); share != tt.want {
			t.Errorf("Share(%q) in %s = %v, want %v", tt.term, tt.lang, share, tt.want)
		}
	}
}

func TestBackgroundsRefuse(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no total", "the 3\n", "background/en.txt:1: the first count is that of all sentences"},
		{"no number", "sentences 9\nthe many\n", `background/en.txt:2: "the many" is no count`},
		{"nothing", "sentences 9\nthe 0\n", `background/en.txt:2: "the 0" is no count`},
		{"more than all", "sentences 9\nthe 10\n", `background/en.txt:2: "the" stands in more sentences than there are`},
		{"twice", "sentences 9\nthe 1\nthe 2\n", `background/en.txt:3: "the" comes twice`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := seeds.Backgrounds(background(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Backgrounds() error = %v, want it to say %q", err, tt.want)
			}
		})
	}
}

// The tables must know the words that stand everywhere for what they are.
func TestEmbeddedBackgrounds(t *testing.T) {
	tables, err := seeds.Backgrounds(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	for l, word := range map[news.Lang]string{news.En: "the", news.Ru: "в", news.Az: "və"} {
		b := tables[l]
		if b.Sentences < 1000 || len(b.Count) < 1000 {
			t.Errorf("background of %s has %d terms of %d sentences, want 1000 and 1000 or more", l, len(b.Count), b.Sentences)
		}
		if s := b.Share(word); s < 0.2 {
			t.Errorf("Share(%q) in %s = %.3f, want 0.2 or more", word, l, s)
		}
	}
}
