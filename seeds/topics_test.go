package seeds_test

import (
	"fmt"
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

// A later file adds to a topic, takes one away, or brings one with examples alone; the
// earlier file's topic is left as it is.
func TestTopicsExtendAndDisable(t *testing.T) {
	own := topicsYAML(`topics:
  - slug: energy
    extend: true
    names: {az: Enerji}
    words: {en: [oil, power], ru: [нефть]}
    threshold: 0.9
  - slug: trade
    disabled: true
  - slug: water-levels
    names: {ru: Уровень моря}
    concepts: [place/caspian-sea]
    examples:
      - The sea is falling.
`)
	got, err := seeds.Topics(topicsYAML(twoTopics), own)
	if err != nil {
		t.Fatal(err)
	}
	want := []seeds.Topic{
		{
			Slug: "energy", Names: map[news.Lang]string{news.En: "Energy", news.Ru: "Energy", news.Az: "Enerji"},
			About: map[news.Lang]string{}, Words: map[news.Lang][]string{news.En: {"oil", "power"}, news.Ru: {"нефть"}},
			Threshold: 0.9, File: "topics.yaml", Line: 5,
		},
		{
			Slug: "water-levels", Names: map[news.Lang]string{news.En: "Уровень моря", news.Ru: "Уровень моря", news.Az: "Уровень моря"},
			About: map[news.Lang]string{}, Words: map[news.Lang][]string{},
			Concepts: []seeds.Concept{{ID: "place/caspian-sea", At: "topics.yaml:11:16"}},
			Examples: []seeds.Example{{Text: "The sea is falling.", File: "topics.yaml", Line: 13}},
			File:     "topics.yaml", Line: 9,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Topics() (-want +got):\n%s", diff)
	}
}

// Passages may be labelled with a topic that a later file takes away.
func TestDocumentsKeepLabelsOfDisabledTopics(t *testing.T) {
	own := topicsYAML("topics:\n  - slug: trade\n    disabled: true\n")
	docs, err := seeds.Documents(corpus(front+"<!-- topics: trade, energy -->\nOil is sold.\n"), own)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"trade", "energy"}, docs[0].Passages[0].Topics); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

func TestCombine(t *testing.T) {
	base := []seeds.Topic{{Slug: "trade", Words: map[news.Lang][]string{news.En: {"trade"}}}, {Slug: "energy"}}
	for _, tt := range []struct {
		name string
		own  seeds.Topic
		want []string
	}{
		{"new", seeds.Topic{Slug: "wine"}, []string{"trade [trade]", "energy []", "wine []"}},
		{"new though it would extend", seeds.Topic{Slug: "wine", Extend: true}, []string{"trade [trade]", "energy []", "wine []"}},
		{"replaced", seeds.Topic{Slug: "trade"}, []string{"trade []", "energy []"}},
		{"extended", seeds.Topic{Slug: "trade", Extend: true, Words: map[news.Lang][]string{news.En: {"goods"}}}, []string{"trade [trade goods]", "energy []"}},
		{"disabled", seeds.Topic{Slug: "trade", Disabled: true}, []string{"energy []"}},
		{"nothing to disable", seeds.Topic{Slug: "wine", Disabled: true}, []string{"trade [trade]", "energy []"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, x := range seeds.Combine(base, []seeds.Topic{tt.own}) {
				got = append(got, fmt.Sprintf("%s %v", x.Slug, x.Words[news.En]))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Combine() (-want +got):\n%s", diff)
			}
			if len(base) != 2 || len(base[0].Words[news.En]) != 1 {
				t.Errorf("Combine() changed its base: %v", base)
			}
		})
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
		{"section of a digest", "topics:\n  - slug: other\n    names: {en: A}\n    words: {en: [a]}\n", `topics.yaml:2:5: slug "other" belongs to a section`},
		{"slug twice", twoTopics + "  - slug: trade\n    names: {en: A}\n    words: {en: [a]}\n", `slug "trade" is there already, in line 2`},
		{"no names", "topics:\n  - slug: a\n    words: {en: [a]}\n", "has no names"},
		{"no words", "topics:\n  - slug: a\n    names: {en: A}\n", "has no words"},
		{"empty words", "topics:\n  - slug: a\n    names: {en: A}\n    words: {en: []}\n", "topics.yaml:4:17: a list is expected"},
		{"word twice", "topics:\n  - slug: a\n    names: {en: A}\n    words: {en: [b, b]}\n", `topics.yaml:4:21: "b" comes twice`},
		{"no such concept list", "topics:\n  - slug: a\n    names: {en: A}\n    concepts: term/wine\n", "topics.yaml:4:15: a list is expected"},
		{"extends nothing", "topics:\n  - slug: a\n    extend: true\n    words: {en: [b]}\n", `topics.yaml:2:5: there is no topic "a" to extend or disable`},
		{"disables nothing", "topics:\n  - slug: a\n    disabled: true\n", `there is no topic "a" to extend or disable`},
		{"extend is a word", "topics:\n  - slug: a\n    extend: often\n", "topics.yaml:3:13: extend wants true or false"},
		{"threshold below", "topics:\n  - slug: a\n    names: {en: A}\n    words: {en: [a]}\n    threshold: 0\n", `topics.yaml:5:16: threshold "0" is no score`},
		{"threshold above", "topics:\n  - slug: a\n    names: {en: A}\n    words: {en: [a]}\n    threshold: 11\n", `threshold "11" is no score`},
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
			if n := len(topic.Words[l]); n < 25 || n > 200 {
				t.Errorf("topic %q has %d words in %q, want 25 to 200", topic.Slug, n, l)
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
			if topic.Slug == "" || len(topic.Words)+len(topic.Concepts)+len(topic.Examples) == 0 {
				t.Errorf("topic without slug or words from %q", data)
			}
		}
	})
}
