package seeds_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"samur/internal/news"
	"samur/seeds"
)

func topicsYAML(s string) fstest.MapFS {
	return fstest.MapFS{"topics.yaml": {Data: []byte(s)}}
}

func TestTopicsReplaceBySlug(t *testing.T) {
	own := topicsYAML(`topics:
  - slug: energy
    names: {en: Power}
    words: {en: [power]}
  - slug: water-levels
    names: {en: Water}
    words: {en: [sea level]}
`)
	topics, err := seeds.Topics(topicsYAML(twoTopics), own, fstest.MapFS{}, topicsYAML("# nothing yet\n"), topicsYAML(""))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, topic := range topics {
		got = append(got, topic.Slug+" "+topic.Names[news.En])
	}
	if diff := cmp.Diff([]string{"trade Trade", "energy Power", "water-levels Water"}, got); diff != "" {
		t.Errorf("Topics() (-want +got):\n%s", diff)
	}
}

func TestTopicsRefuse(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want string }{
		{"no yaml", "topics: [", "topics.yaml:2:1: not readable as YAML"},
		{"other key", "subjects: []\n", `topics.yaml:1:1: "subjects" is not understood`},
		{"a word", "topics: trade\n", `topics.yaml:1:1: "topics" is not understood`},
		{"topic is a word", "topics: [trade]\n", "topics.yaml:1:10: a topic is no mapping"},
		{"unknown key", "topics:\n  - slug: a\n    cues: []\n", `topics.yaml:3:5: a topic does not know "cues"`},
		{"key twice", "topics:\n  - slug: a\n    slug: b\n", `topics.yaml:3:5: "slug" comes twice`},
		{"no slug", "topics:\n  - names: {en: A}\n    words: {en: [a]}\n", `slug "" is not of small letters`},
		{"capital slug", "topics:\n  - slug: Trade\n    names: {en: A}\n    words: {en: [a]}\n", `slug "Trade" is not of small letters`},
		{"slug twice", twoTopics + "  - slug: trade\n    names: {en: A}\n    words: {en: [a]}\n", `slug "trade" is there already, in line 2`},
		{"no names", "topics:\n  - slug: a\n    words: {en: [a]}\n", "has no names"},
		{"no words", "topics:\n  - slug: a\n    names: {en: A}\n", "has no words"},
		{"empty words", "topics:\n  - slug: a\n    names: {en: A}\n    words: {en: []}\n", "topics.yaml:4:17: a list is expected"},
		{"word twice", "topics:\n  - slug: a\n    names: {en: A}\n    words: {en: [b, b]}\n", `topics.yaml:4:21: "b" comes twice`},
		{"unknown language", "topics:\n  - slug: a\n    names: {tr: A}\n", `topics.yaml:3:13: language "tr" is not read`},
		{"empty name", "topics:\n  - slug: a\n    names: {en: }\n", "a word or phrase is expected"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := seeds.Topics(topicsYAML(tt.yaml))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Topics() error = %v, want it to say %q", err, tt.want)
			}
		})
	}
}

func TestEmbeddedTopics(t *testing.T) {
	topics, err := seeds.Topics(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"political-dialogue", "interparliamentary", "trade", "investment-industry", "transport", "energy", "security",
		"interregional", "culture-education", "health", "finance-customs", "digital", "agriculture",
	}
	var got []string
	for _, topic := range topics {
		got = append(got, topic.Slug)
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			if topic.Names[l] == "" || topic.About[l] == "" {
				t.Errorf("topic %q has no name or line on what it covers in %q", topic.Slug, l)
			}
			if n := len(topic.Words[l]); n < 25 || n > 60 {
				t.Errorf("topic %q has %d words in %q, want 25 to 60", topic.Slug, n, l)
			}
			for _, w := range topic.Words[l] {
				if !norm.NFC.IsNormalString(w) {
					t.Errorf("word %q of topic %q is not NFC", w, topic.Slug)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
}

func FuzzTopics(f *testing.F) {
	f.Add([]byte(twoTopics))
	f.Add([]byte("topics:\n- &a {slug: *a}\n"))
	f.Add([]byte("topics: [{slug: a, names: {en: b}, words: {en: [c]}}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		topics, err := seeds.Topics(topicsYAML(string(data)))
		if err != nil {
			return
		}
		for _, topic := range topics {
			if topic.Slug == "" || len(topic.Words) == 0 {
				t.Errorf("topic without slug or words from %q", data)
			}
		}
	})
}
