package classify

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samur/internal/eval"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// judged makes an answer on a labelled item.
func judged(seq int, it eval.Labelled, who string, marks ...news.Mark) news.Answer {
	text := plain(it.Text)
	return news.Answer{
		Seq: uint64(seq), Item: it.ID, Who: who, Marks: marks,
		Title: it.Title, Text: text, Lang: lang.Detect(it.Title, text, it.Lang),
	}
}

var yes, no = news.Mark{Yes: true}, news.Mark{}

// score is what c gives the item that an answer is about.
func score(c *Classifier, x *lexicon.Lexicon, a news.Answer) float64 {
	return c.Classify(x.Analyse(a.Title, a.Text, a.Lang)).Score
}

// topicScore is what c gives it for a topic, 0 when nothing speaks for it.
func topicScore(c *Classifier, x *lexicon.Lexicon, a news.Answer, slug string) float64 {
	for _, m := range c.learnt.topicPoints(c.rate(c.look(x.Analyse(a.Title, a.Text, a.Lang)))) {
		if m.Topic == slug {
			return m.Score
		}
	}
	return 0
}

// someAnswers draws answers of a few people on a few items, right or wrong.
func someAnswers(rt *rapid.T, items []eval.Labelled) []news.Answer {
	var as []news.Answer
	for n := range rapid.IntRange(0, 12).Draw(rt, "answers") {
		it := items[rapid.IntRange(0, len(items)-1).Draw(rt, "item")]
		m := news.Mark{Topic: rapid.SampledFrom([]string{"", "", "trade", "energy", "transport"}).Draw(rt, "topic"), Yes: rapid.Bool().Draw(rt, "yes")}
		as = append(as, judged(n+1, it, rapid.SampledFrom([]string{"anna", "rauf"}).Draw(rt, "who"), m))
	}
	return as
}

// TestLearningIsMonotone holds that a person's yes never lowers the item it is said of,
// nor a no raises it, whatever was answered before.
func TestLearningIsMonotone(t *testing.T) {
	c, x := open(t)
	items := labelled(t)
	rapid.Check(t, func(rt *rapid.T) {
		as := someAnswers(rt, items[:60])
		it := items[rapid.IntRange(0, 59).Draw(rt, "on")]
		topic := rapid.SampledFrom([]string{"", "trade", "energy"}).Draw(rt, "of")
		says := rapid.Bool().Draw(rt, "says")
		a := judged(1000, it, rapid.SampledFrom([]string{"anna", "zaur"}).Draw(rt, "by"), news.Mark{Topic: topic, Yes: says})
		of := func(c *Classifier) float64 {
			if topic == "" {
				return score(c, x, a)
			}
			return topicScore(c, x, a, topic)
		}
		before, after := of(c.Learn(as)), of(c.Learn(append(as, a)))
		if says && after < before-1e-9 || !says && after > before+1e-9 {
			rt.Fatalf("%s: answer %q %v moved the score from %v to %v", it.ID, topic, says, before, after)
		}
	})
}

// TestLearningIsBounded holds that no answers, however many and however wrong, move a
// weight or an item further than the table allows.
func TestLearningIsBounded(t *testing.T) {
	c, x := open(t)
	items := labelled(t)
	rapid.Check(t, func(rt *rapid.T) {
		as := someAnswers(rt, items)
		for n := range rapid.IntRange(0, 40).Draw(rt, "crowd") { // all of one mind
			as = append(as, judged(2000+n, items[0], fmt.Sprint("voter ", n), no))
		}
		taught := c.Learn(as)
		for _, l := range taught.Lessons() {
			if math.Abs(l.By) > l.Bound {
				rt.Errorf("%q of topic %q moved by %v, further than %v", l.Of, l.Topic, l.By, l.Bound)
			}
		}
		it := items[rapid.IntRange(0, len(items)-1).Draw(rt, "item")]
		d := x.Analyse(it.Title, plain(it.Text), it.Lang)
		was, is := c.Classify(d), taught.Classify(d)
		if by := math.Abs(is.Score - was.Score); by > gateSlope.totalBound+1e-9 {
			rt.Errorf("%s: score moved by %v", it.ID, by)
		}
		checkVerdict(t, it.ID, d, is)
	})
}

func TestAnyOrder(t *testing.T) {
	c, _ := open(t)
	items := labelled(t)
	rapid.Check(t, func(rt *rapid.T) {
		as := someAnswers(rt, items)
		mixed := rapid.Permutation(as).Draw(rt, "order")
		a, b := c.Learn(as), c.Learn(mixed)
		if diff := cmp.Diff(a.Lessons(), b.Lessons()); diff != "" || a.version() != b.version() {
			rt.Errorf("the same answers in another order (-want +got):\n%s", diff)
		}
		if len(as) == 0 {
			return
		}
		undone := c.Learn(append(slices.Clone(as), judged(5000, items[3], "undone", yes))).Learn(as)
		if diff := cmp.Diff(a.Lessons(), undone.Lessons()); diff != "" {
			rt.Errorf("an answer that was taken back left something (-want +got):\n%s", diff)
		}
	})
}

func TestContradictionsCancelOut(t *testing.T) {
	c, _ := open(t)
	var as []news.Answer
	for i, it := range labelled(t)[:30] {
		as = append(as,
			judged(4*i+1, it, "anna", yes, news.Mark{Topic: "trade", Yes: true}), judged(4*i+2, it, "rauf", no, news.Mark{Topic: "trade"}),
			judged(4*i+3, it, "zaur", no), judged(4*i+4, it, "zaur", yes), judged(4*i+4, it, "lena", no)) // zaur changed his mind
	}
	if got := c.Learn(as).Lessons(); len(got) > 0 {
		t.Errorf("as many for as against taught %v, want nothing", got)
	}
}

func TestWhatAnAnswerTeaches(t *testing.T) {
	c, x := open(t)
	var near eval.Labelled // the item that is rejected by least
	best := math.Inf(-1)
	for _, it := range labelled(t) {
		d := x.Analyse(it.Title, plain(it.Text), it.Lang)
		if v := c.Classify(d); c.look(d).worthReading() && v.Score < c.threshold && v.Score > best {
			near, best = it, v.Score
		}
	}
	a := judged(1, near, "anna", yes)
	taught := c.Learn([]news.Answer{a})
	v := taught.Classify(x.Analyse(a.Title, a.Text, a.Lang))
	if v.Score <= best || v.Score > best+0.3 {
		t.Errorf("one yes moved an item at the line from %v to %v, want a tenth of a point or two", best, v.Score)
	}
	last := v.Evidence[len(v.Evidence)-1]
	if v := last.Why.Values(); last.Points <= 0 || last.Why.Kind() != news.GroundLearnt || len(v) < 2 || v[0] != "1" {
		t.Errorf("the reasons end in %+v, want what was learnt", last)
	}
	if v.Version == c.rules || taught.Answers() != 1 || taught.Plain().version() != c.rules {
		t.Errorf("version %q, %d answers; want the answers named", v.Version, taught.Answers())
	}
}

// TestAFewAnswers holds that a handful of wrong answers does not wreck the default.
func TestAFewAnswers(t *testing.T) {
	c, x := open(t)
	items := labelled(t)
	f1 := func(c *Classifier) float64 {
		return eval.Run(items, eval.System{Classify: ask(c, x)}).Relevance.All.F1()
	}
	base := f1(c)
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 1))
		var wrong []news.Answer
		for i, n := range r.Perm(len(items))[:5] {
			wrong = append(wrong, judged(i, items[n], "mistaken", news.Mark{Yes: !items[n].Relevant}))
		}
		if got := f1(c.Learn(wrong)); got < base-0.02 {
			t.Errorf("five wrong answers (seed %d) took F1 from %.4f to %.4f", seed, base, got)
		}
	}
}

// TestRightAnswersHelp teaches the headlines of one half of the labelled items, where the
// rules have most to learn, and looks at those of the other half.
func TestRightAnswersHelp(t *testing.T) {
	c, x := open(t)
	items := labelled(t)
	for i := range items {
		items[i].Text = ""
	}
	gain := 0.0
	for half := range 2 {
		var answers []news.Answer
		for i, it := range eval.Half(items, half) {
			answers = append(answers, judged(i, it, "reader", marksFor(c, it)...))
		}
		unseen := eval.Half(items, 1-half)
		was := eval.Run(unseen, eval.System{Classify: ask(c, x)})
		is := eval.Run(unseen, eval.System{Classify: ask(c.Learn(answers), x)})
		t.Logf("%d answers: on the other half relevance F1 %.4f -> %.4f, topics %.4f -> %.4f", len(answers),
			was.Relevance.All.F1(), is.Relevance.All.F1(), was.Topics.Micro.F1(), is.Topics.Micro.F1())
		for _, d := range []float64{is.Relevance.All.F1() - was.Relevance.All.F1(), is.Topics.Micro.F1() - was.Topics.Micro.F1()} {
			if gain += d; d < -0.005 {
				t.Errorf("right answers took a figure of the other half down by %.4f", -d)
			}
		}
	}
	if gain < 0 {
		t.Errorf("right answers changed the figures by %.4f in sum, want them to gain", gain)
	}
}

// marksFor is what a careful reader would answer.
func marksFor(c *Classifier, it eval.Labelled) []news.Mark {
	marks := []news.Mark{{Yes: it.Relevant}}
	if !it.Relevant {
		return marks
	}
	for _, t := range c.Topics() {
		marks = append(marks, news.Mark{Topic: t.Slug, Yes: slices.Contains(it.Topics, t.Slug)})
	}
	return marks
}

// BenchmarkLearn fits a thousand answers on as many items.
func BenchmarkLearn(b *testing.B) {
	c, _ := open(b)
	items := labelled(b)
	var as []news.Answer
	for n := range 1000 {
		it := items[n%len(items)]
		a := judged(n, it, "reader", news.Mark{Yes: it.Relevant}, news.Mark{Topic: "trade", Yes: slices.Contains(it.Topics, "trade")})
		a.Item = fmt.Sprint(n)
		as = append(as, a)
	}
	for b.Loop() {
		c.Learn(as)
	}
}
