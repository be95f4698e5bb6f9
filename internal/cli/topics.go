package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/classify"
	"samur/internal/news"
	"samur/internal/records"
)

func newTopics(env *Env) *cobra.Command {
	return group("topics", "the subjects that items are matched against",
		`Topics are drawn from the bundled seed documents, from documents of your own in the
directory that seeds.dir of the config names, and from topics of the config.`,
		"samur topics list",
		newTopicsList(env), newTopicsShow(env), newTopicsTry(env))
}

func newTopicsList(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "list the topics in the order a digest tells them", Args: takes(0, 0),
		Long: `Lists the topics with how many words, concepts and stems speak for each, how many
passages they are drawn from, and the score from which an English item has it.`,
		Example: "  samur topics list --json",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		u, err := understand(s)
		if err != nil {
			return err
		}
		out := newLines(cmd.OutOrStdout())
		t := newTable(tableOut(cmd), "TOPIC", "NAME", "WORDS", "CONCEPTS", "STEMS", "PASSAGES", "LINE", "ABOUT")
		for _, topic := range u.Classifier.Topics() {
			o := records.TopicOf(u.Classifier, u.Lexicon, topic.Slug)
			if wantJSON(cmd) {
				o.Terms = nil
				if err := out.print(o); err != nil {
					return err
				}
			}
			words := 0
			for _, list := range o.Words {
				words += len(list)
			}
			t.row(o.Slug, o.Names[news.En], strconv.Itoa(words), strconv.Itoa(o.Concepts), strconv.Itoa(o.Stems),
				strconv.Itoa(len(o.Passages)), points(o.Lines[news.En]), o.About[news.En])
		}
		return t.flush()
	})
}

// understand reads seeds and topics by the config; what is wrong with them is the
// user's to mend.
func understand(s *session, trial ...classify.Topic) (*app.Understanding, error) {
	u, err := app.Understand(s.cfg.Seeds.Dir, s.cfg.Seeds.Threshold, append(app.OwnTopics(s.cfg), trial...)...)
	if err != nil {
		return nil, misuse{err}
	}
	return u, nil
}

func newTopicsShow(env *Env) *cobra.Command {
	var only string
	cmd := &cobra.Command{
		Use: "show SLUG", Short: "show what speaks for and against a topic, and which passage says so", Args: takes(1, 1),
		Long: `Shows the words, concepts and stems that speak for a topic, each with what it is worth in
a headline (elsewhere it is a share of that) and the passages of the seeds that hold it:
document, line and their words. "less" is what passages of other topics took away. The
line is the score from which an item has the topic.`,
		Example:           "  samur topics show energy --lang ru",
		ValidArgsFunction: completeTopics(env),
	}
	cmd.Flags().StringVar(&only, "lang", "", "only what is heard in this language: en, ru or az")
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if only != "" {
			if err := oneOf("--lang", only, []string{"en", "ru", "az"}); err != nil {
				return err
			}
		}
		u, err := understand(s)
		if err != nil {
			return err
		}
		if err := isTopic(u, args[0]); err != nil {
			return err
		}
		o := records.TopicOf(u.Classifier, u.Lexicon, args[0])
		if only != "" {
			o.Terms = slices.DeleteFunc(o.Terms, func(t records.Term) bool { return t.Lang != "" && t.Lang != news.Lang(only) })
		}
		if wantJSON(cmd) {
			return newLines(cmd.OutOrStdout()).print(o)
		}
		printTopic(cmd.OutOrStdout(), o, news.Lang(only))
		return nil
	})
}

func isTopic(u *app.Understanding, slug string) error {
	if slices.ContainsFunc(u.Classifier.Topics(), func(t classify.Topic) bool { return t.Slug == slug }) {
		return nil
	}
	return fmt.Errorf("no topic is called %q; see: samur topics list", slug)
}

// printTopic prints a topic; only is the language that is asked for, "" for all.
func printTopic(w io.Writer, o records.Topic, only news.Lang) {
	say(w, "%s: %s", o.Slug, plain(cmp.Or(o.About[cmp.Or(only, news.En)], o.Names[cmp.Or(only, news.En)])))
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		if only == "" || only == l {
			say(w, "%s  %s; line %s", l, plain(o.Names[l]), points(o.Lines[l]))
		}
	}
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		if lost := o.Unheard[l]; len(lost) > 0 && (only == "" || only == l) {
			say(w, "not heard in %s, for no name of the lexicon is like them: %s; add words in %s", l, plain(strings.Join(lost, ", ")), l)
		}
	}
	for _, part := range []struct{ kind, title string }{
		{"word", "words of the topic"}, {"concept", "concepts, in all languages"}, {"stem", "stems of the passages"},
	} {
		first := true
		for _, t := range o.Terms {
			if t.Kind != part.kind {
				continue
			}
			if first {
				say(w, "\n%s", part.title)
				first = false
			}
			printTerm(w, t, only)
		}
	}
	for i, p := range o.Passages {
		if i == 0 {
			say(w, "\npassages")
		}
		say(w, "  %s:%d: %s", plain(p.Document), p.Line, plain(p.Text))
	}
}

func printTerm(w io.Writer, t records.Term, only news.Lang) {
	line := fmt.Sprintf("  %+.2f  ", t.Points)
	switch t.Kind {
	case "concept":
		names := t.Names[only]
		if only == "" {
			names = strings.Join(slices.Compact([]string{t.Names[news.En], t.Names[news.Ru], t.Names[news.Az]}), " · ")
		}
		line += fmt.Sprintf("%s (%s), by the %s", t.Term, names, t.From)
	default:
		line += fmt.Sprintf("%s %s", t.Lang, t.Term)
		if t.Concept != "" {
			line += " = " + t.Concept
		}
	}
	if t.Taken >= 0.005 {
		line += fmt.Sprintf(", less %.2f", t.Taken)
	}
	say(w, "%s", plain(line))
	for _, side := range []struct {
		word string
		list []records.Place
	}{{"for", t.For}, {"against", t.Against}} {
		if len(side.list) == 0 || side.word == "against" && t.Taken < 0.005 {
			continue
		}
		var held []string
		for _, p := range side.list {
			held = append(held, fmt.Sprintf("%s:%d %q", p.Document, p.Line, p.Form))
		}
		say(w, "           %s: %s", side.word, plain(strings.Join(held, ", ")))
	}
	if t.Labelled+t.Others > 0 {
		say(w, "           labelled items: %d of the topic, %d of others", t.Labelled, t.Others)
	}
}
