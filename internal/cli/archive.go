package cli

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/search"
	"samur/internal/store"
)

func newSearch(env *Env) *cobra.Command {
	var q store.Query
	var side, language, since string
	cmd := &cobra.Command{
		Use: "search WORDS...", Short: "search the archive, in three languages and all word forms", Args: takes(1, -1),
		Long: `Finds items that have every word, newest first. A name that the lexicon knows finds
its forms in all three languages: "Aliyev" finds Алиевым and Əliyevin.`,
		Example: `  samur search --side ru --since 2026-03-01 gas transit`,
	}
	fs := cmd.Flags()
	fs.StringVar(&q.Topic, "topic", "", "only this topic (slug)")
	fs.StringVar(&q.Outlet, "outlet", "", "only this outlet")
	fs.StringVar(&side, "side", "", "only outlets of this side: az, ru or other")
	fs.StringVar(&language, "language", "", "only items in this language")
	fs.StringVar(&since, "since", "", "only items published on or after this day (YYYY-MM-DD, UTC)")
	fs.IntVar(&q.Limit, "limit", 20, "at most so many")
	_ = cmd.RegisterFlagCompletionFunc("topic", completeTopics(env)) // fails only for a flag that is not there
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if side != "" {
			if err := oneOf("--side", side, sides); err != nil {
				return err
			}
		}
		q.Side, q.Lang = news.Side(side), news.Lang(language)
		if since != "" {
			day, err := time.Parse(time.DateOnly, since)
			if err != nil {
				return misusef("--since %q is not a day; write 2026-03-08", since)
			}
			q.From = day
		}
		return s.withLine(func(c *app.Core, line *app.Line) error {
			q.Groups = search.Parse(line.Lexicon, strings.Join(args, " "))
			found, err := c.Store.Search(q)
			if err != nil {
				return err
			}
			return printItems(cmd, found)
		})
	})
}

func printItems(cmd *cobra.Command, found []store.Found) error {
	if wantJSON(cmd) {
		out := newLines(cmd.OutOrStdout())
		for _, f := range found {
			if err := out.print(records.ItemOf(f.Item)); err != nil {
				return err
			}
		}
		return nil
	}
	t := newTable(cmd.OutOrStdout(), "FIRST SEEN", "ID", "LANG", "OUTLET", "SCORE", "TITLE")
	for _, f := range found {
		it := f.Item
		t.row(stamp(it.FirstSeen), it.ID, string(it.Lang), it.Outlet, points(it.Verdict.Score), clip(it.Title, 90))
	}
	if len(found) == 0 {
		say(cmd.ErrOrStderr(), "nothing in the archive has all these words")
		return nil
	}
	return t.flush()
}

func points(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
