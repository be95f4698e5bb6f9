package eval

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"text/tabwriter"
)

// Write prints r as aligned tables, wrong answers last.
func (r Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d items, %d relevant\n", r.Items, r.Relevant)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	r.relevanceTable(t)
	r.topicTable(t)
	r.languageTable(t)
	r.storyTable(t)
	r.figureTable(t)
	if err := t.Flush(); err != nil {
		return fmt.Errorf("align report: %w", err)
	}
	r.wrong(&b)
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// String returns the tables that Write prints.
func (r Report) String() string {
	var b strings.Builder
	_ = r.Write(&b) // a strings.Builder takes everything
	return b.String()
}

// head opens a table. A line without tabs ends the columns of the one before.
func head(w io.Writer, name string) {
	fmt.Fprintf(w, "\n%s\n", name)
	fmt.Fprintln(w, "\tP\tR\tF1\ttrue+\tfalse+\tmissed\t")
}

func row(w io.Writer, name string, c PRF) {
	fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t%.0f\t%.0f\t%.0f\t\n",
		name, c.Precision(), c.Recall(), c.F1(), c.TP, c.FP, c.FN)
}

func (r Report) relevanceTable(w io.Writer) {
	for _, t := range []struct {
		name string
		s    *RelevanceScore
	}{{"relevance", r.Relevance}, {"relevance, titles alone", r.Titles}} {
		if t.s == nil {
			continue
		}
		head(w, t.name)
		row(w, "all", t.s.All)
		row(w, "without hard", t.s.Clear)
		for _, l := range sortedKeys(t.s.Lang) {
			row(w, string(l), t.s.Lang[l])
			row(w, string(l)+" without hard", t.s.LangSure[l])
		}
	}
}

func (r Report) topicTable(w io.Writer) {
	for _, t := range []struct {
		name string
		s    *TopicScore
	}{{"topics", r.Topics}, {"topics, titles alone", r.Headlines}} {
		if t.s != nil {
			t.s.table(w, t.name)
		}
	}
}

// table prints the topics that occur most often first.
func (s *TopicScore) table(w io.Writer, name string) {
	head(w, name)
	row(w, "micro", s.Micro)
	row(w, "micro, without hard", s.Clear)
	row(w, "micro, relevant items", s.OnTrue)
	for _, l := range sortedKeys(s.Lang) {
		row(w, string(l), s.Lang[l])
	}
	topics := sortedKeys(s.Topic)
	sort.SliceStable(topics, func(i, j int) bool {
		return s.Topic[topics[i]].Wanted() > s.Topic[topics[j]].Wanted()
	})
	for _, t := range topics {
		row(w, t, s.Topic[t])
	}
	fmt.Fprintf(w, "\nmacro F1 %.3f; topics exactly right on %d of %d relevant items\n", s.Macro, s.Exact, s.OutOf)
}

func (r Report) languageTable(w io.Writer) {
	s := r.Language
	if s == nil {
		return
	}
	fmt.Fprintf(w, "\nlanguage %d of %d (%.3f)\n", s.Right, s.Total, s.Accuracy())
	for _, l := range sortedKeys(s.Lang) {
		c := s.Lang[l]
		fmt.Fprintf(w, "%s\t%d\tof\t%d\t\n", l, c[0], c[1])
	}
}

func (r Report) storyTable(w io.Writer) {
	for _, t := range []struct {
		name string
		s    *StoryScore
	}{
		{"stories", r.Stories},
		{"stories, originals alone", r.Originals},
		{"stories, titles alone", r.TitleStories},
		{fmt.Sprintf("stories, worst of %d orders of arrival", orders), r.WorstOrder},
	} {
		if t.s == nil {
			continue
		}
		head(w, fmt.Sprintf("%s (%d items)", t.name, t.s.Items))
		fmt.Fprintf(w, "B-cubed\t%.3f\t%.3f\t%.3f\t\t\t\t\n",
			t.s.BCubed.Precision, t.s.BCubed.Recall, t.s.BCubed.F1())
		row(w, "pairs", t.s.Pairs)
		row(w, "pairs across languages", t.s.Cross)
		fmt.Fprintf(w, "joined events\t\t\t\t\t%d\t\t\n", t.s.Joined)
	}
}

func (r Report) figureTable(w io.Writer) {
	s := r.Figures
	if s == nil {
		return
	}
	head(w, "figures")
	row(w, "all", s.All)
	row(w, "without period", s.NoPeriod)
	row(w, "value and unit", s.Value)
	for _, l := range sortedKeys(s.Lang) {
		row(w, string(l), s.Lang[l])
	}
	for _, k := range sortedKeys(s.Indicator) {
		row(w, k, s.Indicator[k])
	}
}

func (r Report) wrong(w io.Writer) {
	list := func(name string, ids []string) {
		if len(ids) > 0 {
			fmt.Fprintf(w, "\n%s: %s\n", name, strings.Join(ids, " "))
		}
	}
	if r.Relevance != nil {
		list("wrong relevance", r.Relevance.Wrong)
	}
	if r.Titles != nil {
		list("wrong relevance, titles alone", r.Titles.Wrong)
	}
	if r.Topics != nil {
		list("wrong topics", r.Topics.Wrong)
	}
	if r.Language != nil {
		list("wrong language", r.Language.Wrong)
	}
	if r.Figures != nil {
		list("wrong figures", r.Figures.Wrong)
	}
}
