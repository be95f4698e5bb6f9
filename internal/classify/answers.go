package classify

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// Answers move the weights that were set by hand, each a little way and no further.
//
// The model stays linear: a rule keeps its points times one plus what was learnt of it, a
// concept gets points of its own, and the line moves. What is learnt is the one
// set of numbers at which the answers are most likely, given that each number is drawn
// towards nothing by a prior as of a normal distribution (the maximum a posteriori of a
// logistic regression; Genkin, Lewis, Madigan, "Large-scale Bayesian logistic regression
// for text categorization", Technometrics 49, 2007) and kept within its bound. It is
// found anew from all answers each time, so that their order does not matter and one
// that is taken back leaves nothing behind.
//
// A "yes" never lowers the item it was said of, and a "no" never raises it: what makes
// an added term smaller cannot make its own item's score worse at the new optimum.
// As many voices for as against an item cancel out, and leave it to the rules.
// TestLearningIsMonotone, TestLearningIsBounded, TestAnyOrder and TestAFewAnswers try to
// break these. Measured on headlines alone: taught one half of the labelled items, the
// program is right more often on the other (TestRightAnswersHelp); a thousand answers are
// learnt in 0.15 seconds (BenchmarkLearn).

// slope says how the gate and the topics learn.
type slope struct {
	steep      float64 // how much surer a point makes the program, in log odds
	prior      float64 // how strongly a rule, a voter or the line is drawn back
	concept    float64 // … a concept
	ruleBound  float64 // the furthest that a rule's or a voter's points move, as a share of them
	lineBound  float64 // … the line, in points
	nameBound  float64 // … a concept's own points
	totalBound float64 // … an item's score
}

// The hand-set bounds of learning. One answer on an item at the line moves it by about a
// tenth of a point of the gate, and all that were ever given by no more than half a
// point, a quarter of what it takes to be relevant.
var (
	gateSlope  = slope{steep: 3, prior: 100, concept: 150, ruleBound: 0.3, lineBound: 0.2, nameBound: 0.25, totalBound: 0.5}
	topicSlope = slope{steep: 6, prior: 60, concept: 60, ruleBound: 0.4, lineBound: 0.15, nameBound: 0.15, totalBound: 0.25}
)

// Names of what can move. Behind the prefix stands the rule's reason, the concept's id
// or the language.
const (
	ofLine    = "the line"
	ofLang    = "the line of "
	ofRule    = "rule: "
	ofConcept = "concept: "
	ofVoter   = "word: "
)

// term is one thing that can move and how much of it an item has.
type term struct {
	name  string
	value float64
}

// shift is what was learnt of one decision: how far each thing moved from where it was
// set by hand.
type shift map[string]float64

// learnt is all that answers have taught.
type learnt struct {
	answers int
	name    string // part of the version of verdicts
	gate    shift
	topics  map[string]shift // by slug
}

// Lesson is one weight that answers have moved.
type Lesson struct {
	Topic string // slug; "" for the gate
	Of    string // what moved, in words
	By    float64
	Bound float64 // it moves no further, either way
}

// Learn returns a Classifier that judges as the rules of c and the answers say. It
// forgets what c has learnt before, and leaves c as it is.
func (c *Classifier) Learn(answers []news.Answer) *Classifier {
	plain := *c
	plain.learnt = nil
	out := plain
	if len(answers) == 0 {
		return &out
	}
	texts := map[string]news.Answer{}
	for _, a := range answers {
		texts[a.Item] = a
	}
	gate, topics := plain.lessons(texts, news.Opinions(answers))
	l := &learnt{answers: len(answers), gate: gateSlope.fit(gate), topics: map[string]shift{}}
	for slug, examples := range topics {
		if s := topicSlope.fit(examples); len(s) > 0 {
			l.topics[slug] = s
		}
	}
	l.name = fmt.Sprintf("%da.%08x", l.answers, l.sum())
	out.learnt = l
	return &out
}

// Plain returns c without what it has learnt.
func (c *Classifier) Plain() *Classifier { return c.Learn(nil) }

// Answers returns how many answers c has learnt from.
func (c *Classifier) Answers() int {
	if c.learnt == nil {
		return 0
	}
	return c.learnt.answers
}

// Lessons lists what answers have moved: the gate first, then topics by slug, what moved
// furthest first.
func (c *Classifier) Lessons() []Lesson {
	if c.learnt == nil {
		return nil
	}
	out := gateSlope.lessons("", c.learnt.gate)
	for _, slug := range slices.Sorted(maps.Keys(c.learnt.topics)) {
		out = append(out, topicSlope.lessons(slug, c.learnt.topics[slug])...)
	}
	return out
}

func (sl slope) lessons(topic string, s shift) []Lesson {
	var out []Lesson
	for name, by := range s {
		out = append(out, Lesson{Topic: topic, Of: name, By: by, Bound: sl.bound(name)})
	}
	slices.SortFunc(out, func(a, b Lesson) int {
		return cmp.Or(cmp.Compare(math.Abs(b.By), math.Abs(a.By)), strings.Compare(a.Of, b.Of))
	})
	return out
}

// sum names what was learnt, so that two verdicts of one version were reached alike.
func (l *learnt) sum() uint32 {
	h := fnv.New32a()
	add := func(slug string, s shift) {
		for _, name := range slices.Sorted(maps.Keys(s)) {
			fmt.Fprintf(h, "%s\x00%s\x00%.6f\n", slug, name, s[name]) // a hash takes all
		}
	}
	add("", l.gate)
	for _, slug := range slices.Sorted(maps.Keys(l.topics)) {
		add(slug, l.topics[slug])
	}
	return h.Sum32()
}

// lessons turns opinions into examples, of the gate and of each topic. An item of which
// nothing speaks for a decision teaches nothing of it.
func (c *Classifier) lessons(texts map[string]news.Answer, opinions []news.Opinion) (gate []example, topics map[string][]example) {
	topics = map[string][]example{}
	var item string // opinions come by item
	var v *view
	var rated []news.Match
	for _, o := range opinions {
		net := o.Yes - o.No
		if net == 0 {
			continue
		}
		if v == nil || item != o.Item {
			a := texts[o.Item]
			v, rated, item = c.look(c.lexicon.Read(a.Judged())), nil, o.Item
		}
		if o.Topic != "" {
			if rated == nil {
				rated = c.rate(v)
			}
			for _, m := range rated {
				if m.Topic == o.Topic {
					topics[o.Topic] = append(topics[o.Topic], example{net, m.Score - c.bar(v, rated)(o.Topic), topicTerms(m)})
				}
			}
			continue
		}
		if v.worthReading() {
			v.items, v.score = nil, 0
			v.gate()
			es, score := tidy(v.items)
			gate = append(gate, example{net, score - c.threshold, gateTerms(v.doc, es)})
		}
	}
	return gate, topics
}

// gateTerms are what can move of an item's score of relevance.
func gateTerms(d *lexicon.Doc, es []news.Evidence) []term {
	ts := []term{{ofLine, 1}, {ofLang + string(langOf(d)), 1}}
	for _, e := range es {
		if e.Points == 0 {
			continue
		}
		ts = plus(ts, ofRule+string(e.Why), e.Points)
		if e.Concept != "" && !slices.ContainsFunc(ts, func(t term) bool { return t.name == ofConcept+e.Concept }) {
			ts = append(ts, term{ofConcept + e.Concept, 1})
		}
	}
	return ts
}

func langOf(d *lexicon.Doc) news.Lang {
	if len(d.Body.Tokens) > 0 {
		return d.Body.Lang
	}
	return d.Title.Lang
}

// topicTerms are what can move of an item's score of a topic.
func topicTerms(m news.Match) []term {
	ts := []term{{ofLine, 1}}
	for _, e := range m.Evidence {
		ts = plus(ts, ofVoter+e.Concept, e.Points)
	}
	return ts
}

// plus adds to the value of a term, which may be a new one.
func plus(ts []term, name string, value float64) []term {
	for i := range ts {
		if ts[i].name == name {
			ts[i].value += value
			return ts
		}
	}
	return append(ts, term{name, value})
}

// points is what was learnt says of terms, within the bound of an item, and the terms
// that weigh most in it.
func (s shift) points(ts []term, bound float64) (points float64, most []string) {
	type part struct {
		name   string
		points float64
	}
	var parts []part
	for _, t := range ts {
		if w := s[t.name]; w != 0 {
			points += w * t.value
			parts = append(parts, part{t.name, math.Abs(w * t.value)})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.points, a.points) })
	for _, p := range parts[:min(2, len(parts))] {
		most = append(most, p.name)
	}
	return max(-bound, min(points, bound)), most
}

// evidence is what was learnt as one reason.
func (l *learnt) evidence(points float64, most []string) news.Evidence {
	values := []string{strconv.Itoa(l.answers)}
	for _, name := range most {
		values = append(values, string(moved(name)))
	}
	return news.Evidence{Points: points, Why: news.Because(news.GroundLearnt, values...)}
}

// moved is what the name of a term stands for.
func moved(name string) news.Ground {
	for _, x := range []struct {
		prefix string
		kind   news.GroundKind
	}{{ofLang, news.GroundLearntLang}, {ofRule, news.GroundLearntRule}, {ofConcept, news.GroundLearntConcept}, {ofVoter, news.GroundLearntWord}} {
		if of, ok := strings.CutPrefix(name, x.prefix); ok {
			return news.Because(x.kind, of)
		}
	}
	return news.Because(news.GroundLearntLine)
}

// gatePoints adds what was learnt to an item whose rules are weighed.
func (l *learnt) gatePoints(v *view) {
	if l == nil {
		return
	}
	es, _ := tidy(v.items)
	points, most := l.gate.points(gateTerms(v.doc, es), gateSlope.totalBound)
	if points = thousandths(points); points != 0 {
		v.add(l.evidence(points, most))
	}
}

// topicPoints adds what was learnt to the topics that anything speaks for.
func (l *learnt) topicPoints(ms []news.Match) []news.Match {
	if l == nil {
		return ms
	}
	for i := range ms {
		m := &ms[i]
		points, most := l.topics[m.Topic].points(topicTerms(*m), topicSlope.totalBound)
		if points = thousandths(points); points != 0 {
			m.Evidence = append(m.Evidence, l.evidence(points, most))
			m.Score += points
		}
	}
	return ms
}

// version names the rules and what was learnt.
func (c *Classifier) version() string {
	if c.learnt == nil {
		return c.rules
	}
	return c.rules + "+" + c.learnt.name
}
