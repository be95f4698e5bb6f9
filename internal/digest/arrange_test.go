package digest

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// lone is a story that one outlet reports, the heavier the higher its score.
func lone(t *testing.T, n int, topics string, score float64) Story {
	r := report{id: fmt.Sprintf("kura.%d", n), seq: uint64(100 + n), topics: topics, score: score, title: "Parties discuss cooperation", text: "The parties discussed cooperation between the two countries at length."}
	return tale(t, fmt.Sprintf("s%d", n), r)
}

// joint is a story that two outlets report.
func joint(t *testing.T, n int, topics string, score float64) Story {
	s := lone(t, n, topics, score)
	second := s.Items[0]
	second.ID, second.Outlet = "kuban."+second.ID, "kuban"
	s.Items = append(s.Items, second)
	m := s.Members[0]
	m.Item, m.Outlet = second.ID, second.Outlet
	s.Members = append(s.Members, m)
	return s
}

func TestSections(t *testing.T) {
	for _, c := range []struct {
		name    string
		stories []Story
		most    int
		each    int
		want    []string // section: stories
		held    []string
		books   string
	}{
		{
			"topics in the digest's order, other last",
			[]Story{lone(t, 1, ".", 6), lone(t, 2, "transport", 5), lone(t, 3, "trade", 4), lone(t, 4, "trade", 5)},
			30, 10,
			[]string{"trade: s4 s3", "transport: s2", "other: s1"},
			nil, "told 4 held 0 repeated 0 rejected 0",
		},
		{
			"a lone voice never leads",
			[]Story{lone(t, 1, "trade", 6.6), joint(t, 2, "trade", 2.2)},
			30, 10,
			[]string{"top: s2", "trade: s1"},
			nil, "told 3 held 0 repeated 0 rejected 0",
		},
		{
			"the strongest three lead",
			[]Story{joint(t, 1, "trade", 3), joint(t, 2, "trade", 6), joint(t, 3, "transport", 5), joint(t, 4, "trade", 4)},
			30, 10,
			[]string{"top: s2 s3 s4", "trade: s1"},
			nil, "told 8 held 0 repeated 0 rejected 0",
		},
		{
			"a cap for all",
			[]Story{lone(t, 1, "trade", 3), lone(t, 2, "transport", 6), lone(t, 3, "trade", 5), lone(t, 4, "trade", 4)},
			2, 10,
			[]string{"trade: s3", "transport: s2"},
			[]string{"s4", "s1"},
			"told 2 held 2 repeated 0 rejected 0",
		},
		{
			"a cap for each section",
			[]Story{lone(t, 1, "trade", 3), lone(t, 2, "trade", 6), lone(t, 3, ".", 5), lone(t, 4, ".", 4), lone(t, 5, "transport", 2.5)},
			30, 1,
			[]string{"trade: s2", "transport: s5", "other: s3"},
			[]string{"s4", "s1"},
			"told 3 held 2 repeated 0 rejected 0",
		},
		{
			"the top takes no room in its topics",
			[]Story{joint(t, 1, "trade", 6), lone(t, 2, "trade", 5), lone(t, 3, "trade", 4)},
			30, 1,
			[]string{"top: s1", "trade: s2"},
			[]string{"s3"},
			"told 3 held 1 repeated 0 rejected 0",
		},
		{
			"no caps",
			[]Story{lone(t, 1, "trade", 3), lone(t, 2, "trade", 6)},
			0, 0,
			[]string{"trade: s2 s1"},
			nil, "told 2 held 0 repeated 0 rejected 0",
		},
		{"nothing to tell", nil, 30, 10, nil, nil, "told 0 held 0 repeated 0 rejected 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(t, c.stories...)
			in.Options.Other, in.Options.MaxStories, in.Options.MaxPerTopic = true, c.most, c.each
			d := Build(in)
			var got, held []string
			for _, s := range d.Sections {
				line := s.Topic + ":"
				for _, e := range s.Entries {
					line += " " + e.Story
				}
				got = append(got, line)
			}
			for _, l := range d.Held {
				held = append(held, l.Story)
				if l.Headline.Text == "" || len(l.Items) == 0 {
					t.Errorf("held line says nothing: %+v", l)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("sections (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.held, held); diff != "" {
				t.Errorf("held (-want +got):\n%s", diff)
			}
			if got := account(d.Ledger); got != c.books {
				t.Errorf("ledger = %q, want %q", got, c.books)
			}
		})
	}
}

func TestSectionHeadings(t *testing.T) {
	in := input(t, lone(t, 1, "trade", 3), lone(t, 2, ".", 3), joint(t, 3, "trade", 5))
	in.Options.Other = true
	got := map[string]string{}
	for _, s := range Build(in).Sections {
		got[s.Topic] = s.Heading
	}
	want := map[string]string{"top": "", "trade": "Trade", "other": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
}

func TestRank(t *testing.T) {
	repeat := turnoverEn.at("absheron.1", 105)
	repeat.copyOf = "kura.1"
	held := turnoverEn.at("kura.1", 90)
	for _, c := range []struct {
		name  string
		story Story
		want  map[string]float64
	}{
		{
			"one voice", tale(t, "s", turnoverEn),
			map[string]float64{"voices": 0, "both-sides": 0, "relevance": 1, "new-figures": 0.5, "actors": 0.2, "newness": 1},
		},
		{
			"two voices of both sides, the same figure", tale(t, "s", turnoverEn, turnoverRu),
			map[string]float64{"voices": 2, "both-sides": 2, "relevance": 1, "new-figures": 0.5, "actors": 0.6, "newness": 1},
		},
		{
			"a copy adds nothing", tale(t, "s", turnoverEn, repeat),
			map[string]float64{"voices": 0, "both-sides": 0, "relevance": 1, "new-figures": 0.5, "actors": 0.2, "newness": 1},
		},
		{
			"held before", tale(t, "s", held, turnoverRu),
			map[string]float64{"voices": 2, "both-sides": 2, "relevance": 1, "new-figures": 0.5, "actors": 0.6, "newness": 0.5},
		},
		{
			"returning for the other side", toldUpto(tale(t, "s", held, turnoverRu), 90),
			map[string]float64{"voices": 0, "both-sides": 2, "relevance": 1, "new-figures": 0, "actors": 0.4, "newness": 0},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := map[string]float64{}
			for _, term := range only(t, Build(input(t, c.story))).Rank {
				got[term.Name] = term.Points
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("rank (-want +got):\n%s", diff)
			}
		})
	}
}

// Entries of a section stand in the order of the sums of their terms.
func TestRankIsTheSumOfItsTerms(t *testing.T) {
	var stories []Story
	for i := range 12 {
		stories = append(stories, lone(t, i+1, "trade", 2.2+0.3*float64(i*5%12)))
	}
	last := math.Inf(1)
	for _, e := range Build(input(t, stories...)).Sections[0].Entries {
		sum := 0.0
		for _, term := range e.Rank {
			sum += term.Points
		}
		if sum > last {
			t.Errorf("story %q with rank %v stands below %v", e.Story, sum, last)
		}
		last = sum
	}
}

func TestEdition(t *testing.T) {
	in := input(t, tale(t, "s", turnoverEn))
	in.Options.Title = "The border today"
	in.Options.Lang = news.Az
	in.Ledger.FeedsRead = 9
	for _, c := range []struct {
		name string
		now  time.Time
		late bool
	}{
		{"in time", slot.At.Add(15 * time.Minute), false},
		{"late", slot.At.Add(16 * time.Minute), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			in.Now = c.now.In(time.FixedZone("UTC+4", 4*3600))
			d := Build(in)
			if d.Late != c.late {
				t.Errorf("Late = %v, want %v", d.Late, c.late)
			}
			if d.Made != c.now {
				t.Errorf("Made = %v, want %v", d.Made, c.now)
			}
			if d.Title != in.Options.Title || d.Lang != news.Az || d.Slot != slot || d.Window != window || d.Ledger.FeedsRead != 9 {
				t.Errorf("Build = %+v, does not carry on what it was given", d)
			}
		})
	}
}
