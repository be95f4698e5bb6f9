package eval

import "samur/internal/news"

// StoryScore compares two ways to sort items into stories. BCubed asks item by
// item how pure and how complete its story is; Pairs asks of every two items
// whether they are together; Cross asks that of pairs in two languages alone.
type StoryScore struct {
	Items  int
	BCubed BCubed
	Pairs  PRF
	Cross  PRF
}

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
	s.BCubed.Precision /= float64(len(ms))
	s.BCubed.Recall /= float64(len(ms))
	return s
}
