package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/coverage"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/store"
	"samur/seeds"
)

func newStories(env *Env) *cobra.Command {
	return group("stories", "the events, in all languages",
		`A story is all items, in any language, that report the same event. Copies of another
outlet's text belong to it but add no voice.`,
		"samur stories list --days 2",
		newStoriesList(env), newStoriesShow(env))
}

// storyFilter selects stories beyond what the store's index can.
type storyFilter struct {
	topic, side, outlet string
}

// takes reports whether a story has what f asks for: a report of that outlet or side, and
// one on that topic.
func (f storyFilter) takes(in coverage.Input) bool {
	return f.takesMembers(in.Story) && (f.topic == "" || slices.Contains(records.TopicsOf(in.Items), f.topic))
}

func (f storyFilter) takesMembers(s news.Story) bool {
	return slices.ContainsFunc(s.Members, func(m news.Member) bool {
		return (f.side == "" || string(m.Side) == f.side) && (f.outlet == "" || strings.EqualFold(m.Outlet, f.outlet))
	})
}

func newStoriesList(env *Env) *cobra.Command {
	var days, limit int
	var f storyFilter
	var since string
	cmd := &cobra.Command{
		Use: "list", Short: "list recent stories, newest first", Args: takes(0, 0),
		Long: `Lists the stories that had a report in the last days, told or not. STATE is new, developing,
corrected, or over when nothing was added for three days; SIDES stand in the order in
which they reported.`,
		Example: "  samur stories list --side ru --topic trade --since 2026-03-01",
	}
	fs := cmd.Flags()
	fs.IntVar(&days, "days", 7, "stories with something new in the last so many days")
	fs.StringVar(&since, "since", "", "stories with something new on or after this day (YYYY-MM-DD, UTC), in place of --days")
	fs.IntVar(&limit, "limit", 50, "at most so many")
	fs.StringVar(&f.topic, "topic", "", "only stories with a report on this topic (slug)")
	fs.StringVar(&f.side, "side", "", "only stories that an outlet of this side told: az, ru or other")
	fs.StringVar(&f.outlet, "outlet", "", "only stories that this outlet told")
	cmd.MarkFlagsMutuallyExclusive("days", "since")
	_ = cmd.RegisterFlagCompletionFunc("topic", completeTopics(env)) // fails only for a flag that is not there
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		from := s.now().AddDate(0, 0, -days)
		if since != "" {
			var err error
			if from, err = time.Parse(time.DateOnly, since); err != nil {
				return misusef("--since %q is not a day; write 2026-03-08", since)
			}
		}
		if f.side != "" {
			if err := oneOf("--side", f.side, sides); err != nil {
				return err
			}
		}
		return s.withLine(func(c *app.Core, line *app.Line) error {
			d := dossiers{core: c, line: line, now: s.now()}
			return d.list(cmd, f, from, limit)
		})
	})
}

// list prints the stories since a time that f takes.
func (d dossiers) list(cmd *cobra.Command, f storyFilter, since time.Time, limit int) error {
	found, err := d.core.Store.Stories(store.StoryQuery{Since: since})
	if err != nil {
		return err
	}
	t := newTable(tableOut(cmd), "LAST SEEN", "STORY", "STATE", "SIDES", "VOICES", "ITEMS", "TITLE")
	out := newLines(cmd.OutOrStdout())
	n := 0
	for _, x := range found {
		if limit > 0 && n == limit {
			break
		}
		if !f.takesMembers(x) {
			continue // before its items are read
		}
		in, corrections, _, err := d.reader().Story(x)
		if err != nil {
			return err
		}
		if !f.takes(in) {
			continue
		}
		n++
		o := records.StoryOf(in, coverage.StateOf(in, corrections))
		if wantJSON(cmd) {
			if err := out.print(o); err != nil {
				return err
			}
			continue
		}
		t.row(stamp(o.Last), o.ID, string(o.State), sidesWord(o.Sides), strconv.Itoa(o.Voices), strconv.Itoa(len(o.Members)), clip(o.Title, 90))
	}
	if n == 0 {
		say(cmd.ErrOrStderr(), "no story since %s is like that", stamp(since))
	}
	return t.flush()
}

// sidesWord names the sides in the order in which they reported: "az, ru".
func sidesWord(sides []records.SideTold) string {
	names := make([]string, len(sides))
	for i, s := range sides {
		names[i] = string(s.Side)
	}
	return strings.Join(names, ", ")
}

// dossiers reads what the store and the feeds know of stories.
type dossiers struct {
	core *app.Core
	line *app.Line
	now  time.Time
}

func (d dossiers) reader() records.Reader {
	return records.Reader{Store: d.core.Store, Lexicon: d.line.Lexicon, Feeds: d.core.Feeds, Seeds: d.seeds, Now: d.now}
}

// seeds returns the figures of the seed documents.
func (d dossiers) seeds() ([]news.FigurePoint, error) {
	docs, err := app.Documents(d.core.Config.Seeds.Dir)
	if err != nil {
		return nil, misuse{err}
	}
	return seeds.Points(docs), nil
}
