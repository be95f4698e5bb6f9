package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/news"
	"samur/seeds"
)

func newTopics(env *Env) *cobra.Command {
	return group("topics", "the subjects that items are matched against",
		`Topics are drawn from the bundled seed documents, and from documents of your own in the
directory that seeds.dir of the config names.`,
		"samur topics list",
		newTopicsList(env), newTopicsShow(env))
}

// topicOut is a topic as printed.
type topicOut struct {
	Slug     string                 `json:"slug"`
	Names    map[news.Lang]string   `json:"names"`
	About    map[news.Lang]string   `json:"about"`
	Words    map[news.Lang][]string `json:"words"`
	Passages []passageOut           `json:"passages,omitempty"`
}

type passageOut struct {
	Document string `json:"document"`
	Text     string `json:"text"`
}

func newTopicsList(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "list the topics in the order a digest tells them", Args: takes(0, 0),
		Long:    "Lists the topics with the number of words that speak for each.",
		Example: "  samur topics list --json",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		topics, err := app.Topics(s.cfg.Seeds.Dir)
		if err != nil {
			return misuse{err}
		}
		out := newLines(cmd.OutOrStdout())
		if wantJSON(cmd) {
			for _, t := range topics {
				if err := out.print(topicOut{Slug: t.Slug, Names: t.Names, About: t.About, Words: t.Words}); err != nil {
					return err
				}
			}
			return nil
		}
		t := newTable(cmd.OutOrStdout(), "TOPIC", "NAME", "WORDS", "ABOUT")
		for _, x := range topics {
			n := 0
			for _, words := range x.Words {
				n += len(words)
			}
			t.row(x.Slug, x.Names[news.En], strconv.Itoa(n), x.About[news.En])
		}
		return t.flush()
	})
}

func newTopicsShow(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "show SLUG", Short: "show what speaks for a topic: its words and its passages in the seeds", Args: takes(1, 1),
		Long:              "Shows the words of a topic in three languages and the passages of the seed documents that are labelled with it.",
		Example:           "  samur topics show energy",
		ValidArgsFunction: completeTopics(env),
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		o, err := topic(s.cfg.Seeds.Dir, args[0])
		if err != nil {
			return err
		}
		if wantJSON(cmd) {
			return newLines(cmd.OutOrStdout()).print(o)
		}
		w := cmd.OutOrStdout()
		say(w, "%s: %s", o.Slug, o.About[news.En])
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			say(w, "\n%s  %s", l, o.Names[l])
			say(w, "    %s", strings.Join(o.Words[l], ", "))
		}
		for _, p := range o.Passages {
			say(w, "\n%s:\n    %s", p.Document, p.Text)
		}
		return nil
	})
}

// topic returns a topic with the passages of the seeds that are labelled with it.
func topic(dir, slug string) (topicOut, error) {
	topics, err := app.Topics(dir)
	if err != nil {
		return topicOut{}, misuse{err}
	}
	docs, err := app.Documents(dir)
	if err != nil {
		return topicOut{}, misuse{err}
	}
	for _, t := range topics {
		if t.Slug != slug {
			continue
		}
		o := topicOut{Slug: t.Slug, Names: t.Names, About: t.About, Words: t.Words}
		for _, d := range docs {
			o.Passages = append(o.Passages, passagesOn(d, slug)...)
		}
		return o, nil
	}
	return topicOut{}, fmt.Errorf("no topic is called %q; see: samur topics list", slug)
}

func passagesOn(d seeds.Document, slug string) []passageOut {
	var out []passageOut
	for _, p := range d.Passages {
		for _, t := range p.Topics {
			if t == slug {
				out = append(out, passageOut{d.File, p.Text})
			}
		}
	}
	return out
}
