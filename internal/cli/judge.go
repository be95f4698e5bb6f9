package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/classify"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

func newJudge(env *Env) *cobra.Command {
	var who string
	cmd := &cobra.Command{
		Use: "judge ID|URL yes|no|TOPIC...|not TOPIC...", Short: "say whether an item is relevant, or what it is about: samur learns from it", Args: takes(2, -1),
		Long: `Stores your answer on an item: yes or no, whether it concerns Russia and Azerbaijan
together; topics that it belongs to, which says yes as well; and behind the word "not"
topics that it does not belong to. Items that come later are judged with it, by a running
daemon too; what was decided before stays as it was.

One answer moves the points of rules, words and the line by little, and all answers
together never further than fixed bounds. Everybody has one voice on an item, that of the
last answer; as many voices for as against cancel out.`,
		Example:           "  samur judge https://example.org/news/1 trade not energy",
		ValidArgsFunction: completeAnswer(env),
	}
	cmd.Flags().StringVar(&who, "who", "", "in whose name (default: the login of who types)")
	cmd.AddCommand(newJudgeList(env), newJudgeUndo(env), newJudgeReplay(env))
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withLine(func(c *app.Core, line *app.Line) error {
			marks, err := marksOf(args[1:], line.Classifier.Topics())
			if err != nil {
				return err
			}
			it, err := findItem(c.Store, args[0])
			if err != nil {
				return err
			}
			doc := line.Lexicon.Read(it)
			before, err := c.Classifier()
			if err != nil {
				return err
			}
			a, err := c.Store.SaveAnswer(news.Answer{
				Item: it.ID, Who: cmp.Or(who, env.user(), "unknown"), At: s.now(), Marks: marks,
				URL: it.URL, Lang: it.Lang, Side: it.Side, Title: it.Title, Text: it.Text, Verdict: it.Verdict,
			})
			if err != nil {
				return err
			}
			after, err := c.Classifier()
			if err != nil {
				return err
			}
			return printJudged(cmd, a, before.Classify(doc), after.Classify(doc), after)
		})
	})
}

// completeAnswer offers what can be said of an item.
func completeAnswer(env *Env) cobra.CompletionFunc {
	topics := completeTopics(env)
	return func(cmd *cobra.Command, args []string, start string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp // an id or an address
		}
		out, how := topics(cmd, args, start)
		for _, w := range []string{"yes", "no", "not"} {
			if strings.HasPrefix(w, start) && !slices.Contains(args, w) {
				out = append(out, w)
			}
		}
		return out, how
	}
}

// marksOf reads what is said of an item.
func marksOf(words []string, topics []classify.Topic) ([]news.Mark, error) {
	var marks []news.Mark
	said := map[string]bool{}
	yes := true
	add := func(topic string, is bool) error {
		if was, twice := said[topic]; twice && was != is {
			return misusef("the answer says both yes and no to one thing; say one of them")
		} else if !twice {
			said[topic] = is
			marks = append(marks, news.Mark{Topic: topic, Yes: is})
		}
		return nil
	}
	for i, w := range words {
		var err error
		switch {
		case w == "yes" || w == "no":
			err = add("", w == "yes")
		case w == "not":
			if yes = false; i+1 == len(words) {
				err = misusef(`"not" wants a topic behind it; say no for an item that is not relevant at all`)
			}
		case !slices.ContainsFunc(topics, func(t classify.Topic) bool { return t.Slug == w }):
			err = misusef("%q is neither yes, no, not nor a topic; see: samur topics list", w)
		default:
			if yes {
				err = add("", true) // what belongs to a topic is relevant
			}
			err = errors.Join(err, add(w, yes))
		}
		if err != nil {
			return nil, err
		}
	}
	return marks, nil
}

// markOut is one thing that an answer says, as printed.
type markOut struct {
	Topic string `json:"topic,omitempty"` // none for the item's relevance
	Yes   bool   `json:"yes"`
}

// answerOut is an answer as printed.
type answerOut struct {
	Seq      uint64    `json:"answer"`
	Item     string    `json:"id"`
	URL      string    `json:"url"`
	Title    string    `json:"title"`
	Who      string    `json:"who"`
	At       time.Time `json:"at"`
	Marks    []markOut `json:"says"`
	Relevant bool      `json:"was_relevant"`
	Score    float64   `json:"was_score"`
	Version  string    `json:"was_version"`
}

func answerOf(a news.Answer) answerOut {
	o := answerOut{
		Seq: a.Seq, Item: a.Item, URL: a.URL, Title: a.Title, Who: a.Who, At: a.At,
		Relevant: a.Verdict.Relevant, Score: a.Verdict.Score, Version: a.Verdict.Version,
	}
	for _, m := range a.Marks {
		o.Marks = append(o.Marks, markOut(m))
	}
	return o
}

// said is what an answer says, as it would be typed.
func said(a news.Answer) string {
	var relevant, yes, not []string
	for _, m := range a.Marks {
		switch {
		case m.Topic == "" && m.Yes:
			relevant = []string{"yes"}
		case m.Topic == "":
			relevant = []string{"no"}
		case m.Yes:
			yes = append(yes, m.Topic)
		default:
			not = append(not, m.Topic)
		}
	}
	if len(not) > 0 {
		not = append([]string{"not"}, not...)
	}
	return strings.Join(slices.Concat(relevant, yes, not), " ")
}

// recordOut is how much was learnt and how well it goes, as printed.
type recordOut struct {
	Answers   int      `json:"answers"`
	Items     int      `json:"answered_items"`
	Agreed    int      `json:"agreed"`
	Told      int      `json:"decided_relevant"`
	Right     int      `json:"rightly"`
	Precision *float64 `json:"precision"` // null when none was decided to be relevant
}

func recordOf(answers int, r news.Record) recordOut {
	o := recordOut{Answers: answers, Items: r.Answered, Agreed: r.Agreed, Told: r.Told, Right: r.Right}
	if p, ok := r.Precision(); ok {
		o.Precision = &p
	}
	return o
}

// recordLine says the same in a sentence.
func recordLine(answers int, r news.Record) string {
	return fmt.Sprintf("%d answers in force; %s", answers, r)
}

// wordOut is what an item comes to, as printed.
type wordOut struct {
	Relevant bool     `json:"relevant"`
	Score    float64  `json:"score"`
	Topics   []string `json:"topics"`
}

func wordOf(v news.Verdict) wordOut {
	o := wordOut{Relevant: v.Relevant, Score: v.Score, Topics: []string{}}
	for _, m := range v.Matches {
		o.Topics = append(o.Topics, m.Topic)
	}
	return o
}

// word is a verdict in one line.
func word(v news.Verdict) string {
	line := fmt.Sprintf("%s at %s of %s", decided(v), points(v.Score), points(v.Threshold))
	if o := wordOf(v); len(o.Topics) > 0 {
		line += ": " + strings.Join(o.Topics, ", ")
	}
	return line
}

func printJudged(cmd *cobra.Command, a news.Answer, before, after news.Verdict, cl *classify.Classifier) error {
	if wantJSON(cmd) {
		return newLines(cmd.OutOrStdout()).print(struct {
			answerOut
			Before wordOut `json:"before"`
			After  wordOut `json:"after"`
			Total  int     `json:"answers_in_force"`
		}{answerOf(a), wordOf(before), wordOf(after), cl.Answers()})
	}
	w := cmd.OutOrStdout()
	say(w, "%s", plain(a.Title))
	say(w, "  %s says: %s", plain(a.Who), said(a))
	say(w, "  before: %s", word(before))
	say(w, "  now:    %s", word(after))
	if yes, asked := a.Relevant(); asked && before.Score == after.Score && yes != after.Relevant {
		say(w, "  the answer cannot move this item: %s; a name or a word that the lexicon lacks may be why", cmp.Or(plain(render.English(after.Missing)), "nothing in it can be weighed otherwise"))
	}
	say(w, "answer %d is stored, %d in force; take it back with: samur judge undo %s", a.Seq, cl.Answers(), a.Item)
	return nil
}

func newJudgeList(env *Env) *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "list the answers, newest first, and how well samur did on them", Args: takes(0, 0),
		Long: `Lists what was answered, by whom, and what had been decided of the item. The last line
tells how many of the items that were answered last had been decided as people say, at the
time of the first answer: what was learnt since does not count.`,
		Example: "  samur judge list --limit 10",
	}
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			all, err := st.Answers()
			if err != nil {
				return err
			}
			out := newLines(cmd.OutOrStdout())
			t := newTable(tableOut(cmd), "AT", "WHO", "SAYS", "WAS", "ID", "TITLE")
			for _, a := range slices.Backward(all[max(0, len(all)-limit):]) {
				if !wantJSON(cmd) {
					t.row(stamp(a.At), a.Who, said(a), decided(a.Verdict)+" "+points(a.Verdict.Score), a.Item, clip(a.Title, 80))
					continue
				}
				if err := out.print(answerOf(a)); err != nil {
					return err
				}
			}
			record := news.RecordOf(all, news.RecordSize)
			if wantJSON(cmd) {
				return out.print(struct {
					Total recordOut `json:"total"`
				}{recordOf(len(all), record)})
			}
			if err := t.flush(); err != nil {
				return err
			}
			say(cmd.OutOrStdout(), "%s", recordLine(len(all), record))
			return nil
		})
	})
}

func newJudgeUndo(env *Env) *cobra.Command {
	var last bool
	cmd := &cobra.Command{
		Use: "undo ID|URL", Short: "take back the last answer on an item, or the very last with --last", Args: takes(0, 1),
		Long: `Takes back the last answer on an item. What it had taught is gone without a trace: the
weights are learnt anew from the answers that are left.`,
		Example: "  samur judge undo --last",
	}
	cmd.Flags().BoolVar(&last, "last", false, "the answer that was given last, on whatever item")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if last == (len(args) == 1) {
			return misusef("name the item whose last answer is taken back, or give --last")
		}
		return s.withStore(func(st *store.Store) error {
			item := ""
			if !last {
				all, err := st.Answers()
				if err != nil {
					return err
				}
				if item = answeredItem(all, args[0]); item == "" {
					return fmt.Errorf("nobody has answered on %q; see: samur judge list", args[0])
				}
			}
			a, err := st.DeleteAnswer(item)
			if errors.Is(err, news.ErrNotFound) {
				return errors.New("there is no answer to take back")
			}
			if err != nil {
				return err
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(answerOf(a))
			}
			say(cmd.OutOrStdout(), "taken back: %s had said %s of %s  %s", plain(a.Who), said(a), a.Item, clip(plain(a.Title), 80))
			return nil
		})
	})
}

// answeredItem finds the item that is meant among those that were answered, whether or
// not the archive still has it; "" when there is none.
func answeredItem(all []news.Answer, name string) string {
	for _, a := range slices.Backward(all) {
		if a.Item == name || a.URL == name {
			return a.Item
		}
	}
	return ""
}

// lessonOut is a weight that answers have moved, as printed.
type lessonOut struct {
	Topic string  `json:"topic,omitempty"` // none for relevance
	Of    string  `json:"of"`
	By    float64 `json:"moved"`
	Bound float64 `json:"bound"`
}

// turnOut is an answered item that is decided otherwise since, as printed.
type turnOut struct {
	Item  string  `json:"id"`
	Title string  `json:"title"`
	Rules wordOut `json:"by_rules"`
	Now   wordOut `json:"now"`
}

func newJudgeReplay(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "replay", Short: "learn anew from all answers, and show what they move", Args: takes(0, 0),
		Long: `Learns from all answers once more, with the rules and words of today, and shows every weight
that they move, how far it may move at most, and which of the answered items they turn. The
order of the answers does not matter. Nothing is written: samur does the same whenever an
answer comes or goes.`,
		Example: "  samur judge replay --json",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withLine(func(c *app.Core, line *app.Line) error {
			all, err := c.Store.Answers()
			if err != nil {
				return err
			}
			taught := line.Classifier.Learn(all)
			turned := turns(line, taught, all)
			if wantJSON(cmd) {
				return replayLines(newLines(cmd.OutOrStdout()), taught, turned, news.RecordOf(all, news.RecordSize))
			}
			return replayTable(cmd.OutOrStdout(), taught, turned, news.RecordOf(all, news.RecordSize))
		})
	})
}

// turns returns the answered items that the rules alone decide otherwise.
func turns(line *app.Line, taught *classify.Classifier, all []news.Answer) []turnOut {
	var out []turnOut
	met := map[string]bool{}
	for _, a := range all {
		if met[a.Item] {
			continue
		}
		met[a.Item] = true
		doc := line.Lexicon.Read(a.Judged())
		rules, now := line.Classifier.Classify(doc), taught.Classify(doc)
		if rules.Relevant != now.Relevant || !sameTopics(rules, now) {
			out = append(out, turnOut{a.Item, a.Title, wordOf(rules), wordOf(now)})
		}
	}
	return out
}

func replayLines(out lines, taught *classify.Classifier, turned []turnOut, r news.Record) error {
	for _, l := range taught.Lessons() {
		if err := out.print(lessonOut(l)); err != nil {
			return err
		}
	}
	for _, t := range turned {
		if err := out.print(t); err != nil {
			return err
		}
	}
	return out.print(struct {
		Total recordOut `json:"total"`
	}{recordOf(taught.Answers(), r)})
}

func replayTable(w io.Writer, taught *classify.Classifier, turned []turnOut, r news.Record) error {
	t := newTable(w, "OF", "MOVED", "AT MOST", "WHAT")
	for _, l := range taught.Lessons() {
		t.row(cmp.Or(l.Topic, "relevance"), fmt.Sprintf("%+.3f", l.By), strconv.FormatFloat(l.Bound, 'f', 2, 64), l.Of)
	}
	if err := t.flush(); err != nil {
		return err
	}
	for _, x := range turned {
		say(w, "turned: %s  %s", x.Item, clip(plain(x.Title), 80))
		say(w, "  by the rules alone %s; now %s", x.Rules.line(), x.Now.line())
	}
	say(w, "%s", recordLine(taught.Answers(), r))
	return nil
}

func (o wordOut) line() string {
	s := decided(news.Verdict{Relevant: o.Relevant}) + " at " + points(o.Score)
	if len(o.Topics) > 0 {
		s += " (" + strings.Join(o.Topics, ", ") + ")"
	}
	return s
}
