package cli

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/cluster"
	"samur/internal/coverage"
	"samur/internal/news"
	"samur/internal/records"
)

// dossier is all that is known of a story.
type dossier struct {
	records.Dossier
	akin map[string]cluster.Explanation // by item, with the earlier report that it is most like
}

func newStoriesShow(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "show ID", Short: "show a story: every report, how the sides told it, how it went on", Args: takes(1, 1),
		Long: `Shows a story as a journalist would ask for it: its state; which side reported first and
how far behind the others were; which of Baku and Moscow stayed silent although its feeds
were read without fault; numbers and key words in which the two differ; figures with the
value known before; what each report added; where it was told and why; what was reworded
since, with the old and the new wording, and whether the publisher said so; and every
report in the order of publication, copies below their original, with the earlier report
that it is most like, what the two share and what speaks against, in points that add up;
for reports of more than some days ago, with what was noted when they came.

With --json it is one object: that of "stories list" (id, first_seen, last_seen, state,
state_since, voices, sides, topics, series, title, told, members) and
  silent         [{side, outlets, configured, since}]
  figures_differ [{indicator, period, values: [{side, …a figure with its source}]}]
  words_differ   [{side, concept, form, voices, quote}]
  figures        [{…a figure with its source, previous}]
  course         [{at, item, outlet, side, lang, first_of_side, sentence, figures, actors}]
  corrections    [{item, outlet, side, url, at, kind, old, new, silent}]
and for its members
  because        {with, shared: [{name, points}], parts, margin, likelihood, line, veto, together}
Times are UTC; a quote is {text, item, outlet, lang, url}.`,
		Example: "  samur stories show s0123456789abcdef",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withLine(func(c *app.Core, line *app.Line) error {
			d := dossiers{core: c, line: line, now: s.now()}
			x, err := d.open(args[0])
			if err != nil {
				return err
			}
			if x.Story.ID != args[0] {
				say(cmd.ErrOrStderr(), "%s was merged into %s", args[0], x.Story.ID)
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(x.out())
			}
			x.print(cmd.OutOrStdout())
			return nil
		})
	})
}

// open gathers what is known of the story with an id.
func (d dossiers) open(id string) (dossier, error) {
	s, err := d.core.Store.Story(id)
	if errors.Is(err, news.ErrNotFound) {
		return dossier{}, fmt.Errorf("no story is called %q; see: samur stories list", id)
	}
	if err != nil {
		return dossier{}, err
	}
	x := dossier{}
	if x.Dossier, err = d.reader().Dossier(s); err != nil {
		return x, err
	}
	x.akin, err = d.line.Ingester.Akin(originals(x.Input), d.now)
	return x, err
}

// out is the dossier as printed with --json.
func (x dossier) out() records.StoryInFull {
	o := x.Record()
	for i, m := range o.Members {
		if e, ok := x.akin[m.Item]; ok {
			o.Members[i].Because = records.BecauseOf(e)
		}
	}
	return o
}

// originals returns the members with words of their own, in order of publication.
func originals(in coverage.Input) []string {
	var out []string
	for _, m := range coverage.InOrder(in) {
		if m.CopyOf == "" {
			out = append(out, m.Item)
		}
	}
	return out
}

// actorNames returns the names of concepts in English, for people to read.
func (x dossier) actorNames(ids []string) []string {
	var out []string
	for _, id := range ids {
		name := id
		if c, ok := x.Lexicon.Concept(id); ok {
			name = cmp.Or(c.Name(news.En), id)
		}
		out = append(out, name)
	}
	return out
}
