package eval

import (
	"math/rand/v2"
	"slices"

	"samur/internal/news"
)

// StoryScore compares two ways to sort items into stories. BCubed asks item by
// item how pure and how complete its story is; Pairs asks of every two items
// whether they are together; Cross asks that of pairs in two languages alone. Joined is the gravest fault:
// a story with items of two large events.
type StoryScore struct {
	Items  int
	BCubed BCubed
	Pairs  PRF
	Cross  PRF
	Joined int // stories that join events of more than three items each
}

// large is how many items make an event whose joining to another is counted.
const large = 4

// BCubed is the mean over items of the precision and recall of their story.
type BCubed struct {
	Precision, Recall float64
}

// F1 is the harmonic mean of b's two parts.
func (b BCubed) F1() float64 { return harmonic(b.Precision, b.Recall) }

// ScoreStories scores the stories of the items labelled relevant. An item
// whose label or prediction names no story stands alone. With variants false,
// items that retell another labelled item are left out.
func ScoreStories(items []Labelled, got map[string]Prediction, variants bool) StoryScore {
	var ms []member
	for _, it := range items {
		if !it.Relevant || (!variants && it.VariantOf != "") {
			continue
		}
		m := member{lang: it.Lang, want: "\x00" + it.ID, got: "\x00" + it.ID}
		if it.Event != nil && *it.Event != "" {
			m.want = *it.Event
		}
		if s := got[it.ID].Story; s != "" {
			m.got = s
		}
		ms = append(ms, m)
	}
	return scoreMembers(ms)
}

type member struct {
	lang      news.Lang
	want, got string
}

func scoreMembers(ms []member) StoryScore {
	s := StoryScore{Items: len(ms)}
	if len(ms) == 0 {
		s.BCubed = BCubed{Precision: 1, Recall: 1}
		return s
	}
	wants, gots, both := map[string]int{}, map[string]int{}, map[[2]string]int{}
	for _, m := range ms {
		wants[m.want]++
		gots[m.got]++
		both[[2]string{m.want, m.got}]++
	}
	for i, m := range ms {
		shared := float64(both[[2]string{m.want, m.got}])
		s.BCubed.Precision += shared / float64(gots[m.got])
		s.BCubed.Recall += shared / float64(wants[m.want])
		for _, n := range ms[:i] {
			s.Pairs.count(m.got == n.got, m.want == n.want)
			if m.lang != n.lang {
				s.Cross.count(m.got == n.got, m.want == n.want)
			}
		}
	}
	s.Joined = joined(both, wants)
	s.BCubed.Precision /= float64(len(ms))
	s.BCubed.Recall /= float64(len(ms))
	return s
}

// joined counts the stories with items of at least two large events. both counts items by
// event and story, wants by event.
func joined(both map[[2]string]int, wants map[string]int) int {
	events := map[string]int{}
	for k := range both {
		if wants[k[0]] >= large {
			events[k[1]]++
		}
	}
	n := 0
	for _, k := range events {
		if k > 1 {
			n++
		}
	}
	return n
}

// orders is how many orders of arrival are tried.
const orders = 5

// worstOrder sorts the items as they come in several orders, always the same ones, and
// returns the score of the worst by B-cubed F1.
func worstOrder(items []Labelled, inputs []Input, arrive func([]Input) map[string]string) StoryScore {
	var worst StoryScore
	for n := range orders {
		rng := rand.New(rand.NewPCG(uint64(n), 0))
		shuffled := slices.Clone(inputs)
		rng.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
		s := ScoreStories(items, inStories(arrive(shuffled)), true)
		if n == 0 || s.BCubed.F1() < worst.BCubed.F1() {
			worst = s
		}
	}
	return worst
}

// inStories makes predictions that hold a story each.
func inStories(stories map[string]string) map[string]Prediction {
	got := make(map[string]Prediction, len(stories))
	for id, s := range stories {
		got[id] = Prediction{Story: s}
	}
	return got
}
