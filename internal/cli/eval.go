package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/eval"
	"samur/internal/news"
)

func newEval(env *Env) *cobra.Command {
	var dir string
	var half int
	var why bool
	cmd := &cobra.Command{
		Use: "eval FILE...", Short: "score relevance, topics, stories and figures on labelled items", Args: takes(1, -1),
		Long: `Reads labelled items (JSON Lines) and prints a table per task and language: relevance
with and without hard items and on titles alone, topics, language, stories (B-cubed, pairs,
across languages, and how many join two events of more than three items each; also on
titles alone and in the worst of five orders of arrival), figures. The predictors see no label. With --why every item
judged otherwise than its label follows, with the reasons.`,
		Example: "  samur eval labelled.jsonl",
	}
	cmd.Flags().StringVar(&dir, "seeds", "", "directory with further documents, topics and lexicon entries")
	cmd.Flags().IntVar(&half, "half", -1, "score only this half (0 or 1) of the items, split by a hash of the id")
	cmd.Flags().BoolVar(&why, "why", false, "print every item judged otherwise than its label, with the reasons")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		items, err := labelled(args)
		if err != nil {
			return err
		}
		if half >= 0 {
			items = eval.Half(items, half)
		}
		u, err := app.Understand(dir, 0)
		if err != nil {
			return err
		}
		report := eval.Run(items, system(env, u))
		if err := report.Write(cmd.OutOrStdout()); err != nil || !why {
			return err
		}
		for _, it := range items {
			printMisjudged(cmd.OutOrStdout(), it, u.Classify(rawOf(it.Input()), env.Now()).Verdict)
		}
		return nil
	}
	return cmd
}

func labelled(names []string) ([]eval.Labelled, error) {
	var all []eval.Labelled
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("open labelled items: %w", err)
		}
		items, err := eval.Read(f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, items...)
	}
	return all, nil
}

// rawOf is a labelled item as a feed would give it.
func rawOf(in eval.Input) app.RawItem {
	r := app.RawItem{ID: in.ID, Title: in.Title, Description: in.Text, URL: in.URL, Outlet: in.Outlet, Side: in.Side, Lang: in.Lang}
	if !in.Date.IsZero() {
		r.Date = in.Date.Format("2006-01-02")
	}
	return r
}

// system is samur as the evaluation sees it.
func system(env *Env, u *app.Understanding) eval.System {
	return eval.System{
		Classify: func(in eval.Input) eval.Prediction {
			it := u.Classify(rawOf(in), env.Now())
			p := eval.Prediction{Lang: it.Lang, Relevant: it.Verdict.Relevant, Score: it.Verdict.Score}
			for _, m := range it.Verdict.Matches {
				p.Topics = append(p.Topics, m.Topic)
			}
			return p
		},
		Figures: func(in eval.Input) []eval.FigureKey {
			var keys []eval.FigureKey
			for _, f := range u.Figures(rawOf(in), env.Now()).Figures {
				keys = append(keys, eval.FigureKey{Indicator: f.Indicator, Value: f.Value, Unit: f.Unit, Period: f.Period})
			}
			return keys
		},
		Cluster: func(ins []eval.Input) map[string]string { return storiesOf(ins, env, u.Cluster) },
		Arrive:  func(ins []eval.Input) map[string]string { return storiesOf(ins, env, u.ClusterAsGiven) },
	}
}

// storiesOf returns the story of each item by its id.
func storiesOf(ins []eval.Input, env *Env, sort func([]app.RawItem, time.Time) []string) map[string]string {
	rs := make([]app.RawItem, len(ins))
	for i, in := range ins {
		rs[i] = rawOf(in)
	}
	stories := make(map[string]string, len(ins))
	for i, story := range sort(rs, env.Now()) {
		stories[ins[i].ID] = story
	}
	return stories
}

// printMisjudged explains a verdict that differs from the label of its item, and
// is silent where they agree.
func printMisjudged(w io.Writer, it eval.Labelled, v news.Verdict) {
	var given []string
	for _, m := range v.Matches {
		given = append(given, m.Topic)
	}
	slices.Sort(given)
	wanted := slices.Sorted(slices.Values(it.Topics))
	if v.Relevant == it.Relevant && slices.Equal(given, wanted) {
		return
	}
	label := decided(news.Verdict{Relevant: it.Relevant})
	if it.Hard {
		label += ", hard"
	}
	say(w, "\n%s labelled %s [%s]; %s", plain(it.ID), label, strings.Join(wanted, " "), plain(it.Why))
	say(w, "  %s", plain(it.Title))
	say(w, "  %s", plain(it.Text))
	printVerdict(w, v)
	printTopics(w, v)
}
