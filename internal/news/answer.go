package news

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Answer is what a person said of an item. It keeps the wording it was said of, so
// that it teaches the same when the item's text is gone and the rules have changed.
type Answer struct {
	Seq   uint64 // place in the order of arrival, set by the store
	Item  string // id of the item
	Who   string
	At    time.Time
	Marks []Mark

	URL     string
	Lang    Lang
	Side    Side // of the outlet
	Title   string
	Text    string
	Verdict Verdict // what had been decided of the item when it was asked about
}

// Mark is one thing that an Answer says.
type Mark struct {
	Topic string // slug; "" for whether the item is relevant at all
	Yes   bool
}

// Relevant returns what a says of relevance; ok is false when it speaks of topics alone.
func (a Answer) Relevant() (yes, ok bool) {
	for _, m := range a.Marks {
		if m.Topic == "" {
			return m.Yes, true
		}
	}
	return false, false
}

// Opinion is what all answers together say of one item in one respect. Everybody has
// one voice, that of his last word.
type Opinion struct {
	Item  string
	Topic string // as of Mark
	Yes   int
	No    int
}

// Opinions sums answers up, by item and topic. It depends on what the answers are and
// not on their order in as.
func Opinions(as []Answer) []Opinion {
	type voice struct{ item, topic, who string }
	last := map[voice]Mark{}
	for _, a := range InOrder(as) {
		for _, m := range a.Marks {
			last[voice{a.Item, m.Topic, a.Who}] = m
		}
	}
	type subject struct{ item, topic string }
	sums := map[subject]Opinion{}
	for v, m := range last {
		k := subject{v.item, v.topic}
		o := sums[k]
		o.Item, o.Topic = v.item, v.topic
		if m.Yes {
			o.Yes++
		} else {
			o.No++
		}
		sums[k] = o
	}
	out := make([]Opinion, 0, len(sums))
	for _, o := range sums {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b Opinion) int {
		return cmp.Or(strings.Compare(a.Item, b.Item), strings.Compare(a.Topic, b.Topic))
	})
	return out
}

// InOrder returns answers in the order in which they were given.
func InOrder(as []Answer) []Answer {
	out := slices.Clone(as)
	slices.SortFunc(out, func(a, b Answer) int { return cmp.Compare(a.Seq, b.Seq) })
	return out
}

// Record is how often the program and people agreed on the items that people answered.
type Record struct {
	Answered int // items with an answer on their relevance that is no draw
	Agreed   int // of Answered: decided as people say
	Told     int // of Answered: decided to be relevant
	Right    int // of Told: relevant, people say
}

// RecordSize is how many of the items that were answered last a Record is made of where
// it is shown.
const RecordSize = 100

// String returns the record in a sentence.
func (r Record) String() string {
	s := fmt.Sprintf("of the last %d items answered %d were decided as people say", r.Answered, r.Agreed)
	if p, ok := r.Precision(); ok {
		s += fmt.Sprintf("; precision %.2f: %d of %d decided to be relevant", p, r.Right, r.Told)
	}
	return s
}

// Precision is the share of the items decided to be relevant that are; ok is false when
// there are none.
func (r Record) Precision() (share float64, ok bool) {
	if r.Told == 0 {
		return 0, false
	}
	return float64(r.Right) / float64(r.Told), true
}

// RecordOf looks at the last n items that were answered, and at what had been decided of
// them when they first were: answers that were learnt from since do not flatter it.
func RecordOf(as []Answer, n int) Record {
	said := map[string]Opinion{}
	for _, o := range Opinions(as) {
		if o.Topic == "" {
			said[o.Item] = o
		}
	}
	first := map[string]Answer{}
	ordered := InOrder(as)
	for _, a := range ordered {
		if _, met := first[a.Item]; !met {
			first[a.Item] = a
		}
	}
	var order []string // of the items, by their latest answer, newest first
	listed := map[string]bool{}
	for _, a := range slices.Backward(ordered) {
		if !listed[a.Item] && said[a.Item].Yes != said[a.Item].No {
			order = append(order, a.Item)
		}
		listed[a.Item] = true
	}
	var r Record
	for _, id := range order[:min(n, len(order))] {
		yes, told := said[id].Yes > said[id].No, first[id].Verdict.Relevant
		r.Answered++
		if told == yes {
			r.Agreed++
		}
		if told {
			r.Told++
		}
		if told && yes {
			r.Right++
		}
	}
	return r
}

// Judged returns the item that a judges, as far as it is judged by.
func (a Answer) Judged() Item {
	return Item{ID: a.Item, Title: a.Title, Text: a.Text, Lang: a.Lang, Side: a.Side}
}
