package eval

import (
	"sort"

	"samur/internal/news"
)

// Prediction is a System's answer on one item.
type Prediction struct {
	ID       string
	Lang     news.Lang
	Relevant bool
	Score    float64
	Topics   []string
	Figures  []FigureKey
	Story    string // equal for items of one story; "" stands alone
}

// ByID returns the predictions by the id of their item.
func ByID(ps []Prediction) map[string]Prediction {
	m := make(map[string]Prediction, len(ps))
	for _, p := range ps {
		m[p.ID] = p
	}
	return m
}

// RelevanceScore tells how well relevant items were told from the rest.
type RelevanceScore struct {
	All      PRF
	Clear    PRF // without the items marked hard
	Lang     map[news.Lang]PRF
	LangSure map[news.Lang]PRF // per language, without hard
	Wrong    []string          // ids answered wrongly, in the order of the labels
}

// ScoreRelevance compares predictions with labels; an item without a
// prediction counts as answered "not relevant".
func ScoreRelevance(items []Labelled, got map[string]Prediction) RelevanceScore {
	s := RelevanceScore{Lang: map[news.Lang]PRF{}, LangSure: map[news.Lang]PRF{}}
	for _, it := range items {
		said := got[it.ID].Relevant
		var one PRF
		one.count(said, it.Relevant)
		s.All = s.All.Plus(one)
		s.Lang[it.Lang] = s.Lang[it.Lang].Plus(one)
		if !it.Hard {
			s.Clear = s.Clear.Plus(one)
			s.LangSure[it.Lang] = s.LangSure[it.Lang].Plus(one)
		}
		if said != it.Relevant {
			s.Wrong = append(s.Wrong, it.ID)
		}
	}
	return s
}

// TopicScore tells how well topics were given. Micro counts every pair of item
// and topic, Macro is the mean F1 of the topics that the labels hold.
type TopicScore struct {
	Micro   PRF
	Macro   float64
	Topic   map[string]PRF
	Lang    map[news.Lang]PRF
	Clear   PRF // micro, without the items marked hard
	OnTrue  PRF // micro, over items labelled relevant alone
	Exact   int // relevant items whose set of topics is exactly right
	OutOf   int // relevant items
	Unknown []string
	Wrong   []string // ids of items whose set of topics is not exactly right
}

// ScoreTopics compares topics over all items: a topic given to an item that is
// not relevant is a wrong answer.
func ScoreTopics(items []Labelled, got map[string]Prediction) TopicScore {
	s := TopicScore{Topic: map[string]PRF{}, Lang: map[news.Lang]PRF{}}
	for _, it := range items {
		p := got[it.ID]
		sum := compareSets(p.Topics, it.Topics, s.Topic)
		s.Micro = s.Micro.Plus(sum)
		s.Lang[it.Lang] = s.Lang[it.Lang].Plus(sum)
		if !it.Hard {
			s.Clear = s.Clear.Plus(sum)
		}
		exact := sum.FP+sum.FN == 0
		if !exact {
			s.Wrong = append(s.Wrong, it.ID)
		}
		if !it.Relevant {
			continue
		}
		s.OutOf++
		s.OnTrue = s.OnTrue.Plus(sum)
		if exact {
			s.Exact++
		}
	}
	n := 0
	for topic, c := range s.Topic {
		if c.Wanted() == 0 {
			s.Unknown = append(s.Unknown, topic)
			continue
		}
		s.Macro += c.F1()
		n++
	}
	if n > 0 {
		s.Macro /= float64(n)
	}
	sort.Strings(s.Unknown)
	return s
}

// compareSets counts two sets of names against each other, into per as well.
func compareSets(got, want []string, per map[string]PRF) PRF {
	wanted := make(map[string]bool, len(want))
	for _, w := range want {
		wanted[w] = true
	}
	var sum PRF
	note := func(name string, g, w bool) {
		var one PRF
		one.count(g, w)
		sum = sum.Plus(one)
		per[name] = per[name].Plus(one)
	}
	given := make(map[string]bool, len(got))
	for _, g := range got {
		if !given[g] {
			given[g] = true
			note(g, true, wanted[g])
		}
	}
	for w := range wanted {
		if !given[w] {
			note(w, false, true)
		}
	}
	return sum
}

// LanguageScore tells how often the language of an item was found.
type LanguageScore struct {
	Right, Total int
	Lang         map[news.Lang][2]int // right, total
	Wrong        []string
}

// Accuracy is the share of items whose language was found; 1 without items.
func (s LanguageScore) Accuracy() float64 {
	if s.Total == 0 {
		return 1
	}
	return float64(s.Right) / float64(s.Total)
}

// ScoreLanguage compares detected languages with the labels.
func ScoreLanguage(items []Labelled, got map[string]Prediction) LanguageScore {
	s := LanguageScore{Lang: map[news.Lang][2]int{}}
	for _, it := range items {
		c := s.Lang[it.Lang]
		c[1]++
		s.Total++
		if got[it.ID].Lang == it.Lang {
			c[0]++
			s.Right++
		} else {
			s.Wrong = append(s.Wrong, it.ID)
		}
		s.Lang[it.Lang] = c
	}
	return s
}
