package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/search"
	"samur/internal/store"
)

// itemOut is an item as printed.
type itemOut struct {
	ID        string      `json:"id"`
	FirstSeen time.Time   `json:"first_seen"`
	Published time.Time   `json:"published"`
	Feed      string      `json:"feed"`
	Outlet    string      `json:"outlet"`
	Side      news.Side   `json:"side"`
	Lang      news.Lang   `json:"lang"`
	Title     string      `json:"title"`
	URL       string      `json:"url"`
	Relevant  bool        `json:"relevant"`
	Score     float64     `json:"score"`
	Topics    []string    `json:"topics"`
	Story     string      `json:"story,omitempty"`
	Figures   []figureOut `json:"figures,omitempty"`
}

func itemOf(it news.Item) itemOut {
	o := itemOut{
		ID: it.ID, FirstSeen: it.FirstSeen, Published: it.Published, Feed: it.Feed, Outlet: it.Outlet, Side: it.Side,
		Lang: it.Lang, Title: it.Title, URL: it.URL, Relevant: it.Verdict.Relevant, Score: it.Verdict.Score,
		Topics: []string{}, Story: it.Story,
	}
	for _, m := range it.Verdict.Matches {
		o.Topics = append(o.Topics, m.Topic)
	}
	for _, f := range it.Figures {
		o.Figures = append(o.Figures, figureOf(f))
	}
	return o
}

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
			if err := out.print(itemOf(f.Item)); err != nil {
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

func newStories(env *Env) *cobra.Command {
	return group("stories", "the events, in all languages",
		`A story is all items, in any language, that report the same event. Copies of another
outlet's text belong to it but add no voice.`,
		"samur stories list --days 2",
		newStoriesList(env), newStoriesShow(env))
}

// storyOut is a story as printed.
type storyOut struct {
	ID      string      `json:"id"`
	First   time.Time   `json:"first_seen"`
	Last    time.Time   `json:"last_seen"`
	Voices  int         `json:"voices"`
	Series  string      `json:"series,omitempty"`
	Title   string      `json:"title"`
	Told    []toldOut   `json:"told,omitempty"`
	Members []memberOut `json:"members"`
}

type toldOut struct {
	Digest string    `json:"digest"`
	Slot   time.Time `json:"slot"`
}

type memberOut struct {
	Item   string    `json:"item"`
	Outlet string    `json:"outlet"`
	Side   news.Side `json:"side"`
	Lang   news.Lang `json:"lang"`
	Seen   time.Time `json:"first_seen"`
	Title  string    `json:"title"`
	URL    string    `json:"url"`
	CopyOf string    `json:"copy_of,omitempty"`
	Why    string    `json:"why,omitempty"`
}

func storyOf(st *store.Store, s news.Story) (storyOut, error) {
	o := storyOut{
		ID: s.ID, First: s.First, Last: s.Last, Voices: s.Voices(), Series: s.Series,
		Told: tellings(s), Members: []memberOut{},
	}
	for _, m := range s.Members {
		it, err := st.Item(m.Item)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return o, err
		}
		o.Members = append(o.Members, memberOut{m.Item, m.Outlet, m.Side, m.Lang, m.FirstSeen, it.Title, it.URL, m.CopyOf, m.Why})
		o.Title = cmp.Or(o.Title, it.Title)
	}
	return o, nil
}

func newStoriesList(env *Env) *cobra.Command {
	var days, limit int
	cmd := &cobra.Command{
		Use: "list", Short: "list recent stories, newest first", Args: takes(0, 0),
		Long:    "Lists the stories that had a report in the last days, told or not.",
		Example: "  samur stories list --days 2 --json",
	}
	cmd.Flags().IntVar(&days, "days", 7, "stories with something new in the last so many days")
	cmd.Flags().IntVar(&limit, "limit", 50, "at most so many")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			found, err := st.Stories(store.StoryQuery{Since: s.now().AddDate(0, 0, -days), Limit: limit})
			if err != nil {
				return err
			}
			t := newTable(tableOut(cmd), "LAST SEEN", "STORY", "VOICES", "ITEMS", "TITLE")
			out := newLines(cmd.OutOrStdout())
			for _, x := range found {
				o, err := storyOf(st, x)
				if err != nil {
					return err
				}
				if wantJSON(cmd) {
					if err := out.print(o); err != nil {
						return err
					}
					continue
				}
				t.row(stamp(o.Last), o.ID, strconv.Itoa(o.Voices), strconv.Itoa(len(o.Members)), clip(o.Title, 90))
			}
			return t.flush()
		})
	})
}

func newStoriesShow(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "show ID", Short: "show a story: every report, and why they are one", Args: takes(1, 1),
		Long:    "Shows every report of a story in the order they came, why each belongs to it, and where it was told.",
		Example: "  samur stories show s0123456789abcdef",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withStore(func(st *store.Store) error {
			x, err := st.Story(args[0])
			if errors.Is(err, news.ErrNotFound) {
				return fmt.Errorf("no story is called %q; see: samur stories list", args[0])
			}
			if err != nil {
				return err
			}
			o, err := storyOf(st, x)
			if err != nil {
				return err
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(o)
			}
			printStory(cmd.OutOrStdout(), o)
			return nil
		})
	})
}

func printStory(w io.Writer, o storyOut) {
	say(w, "%s  %s", o.ID, plain(o.Title))
	say(w, "first seen %s, last %s; %d independent outlets", stamp(o.First), stamp(o.Last), o.Voices)
	if o.Series != "" {
		say(w, "one of a series: %s", plain(o.Series))
	}
	for _, t := range o.Told {
		say(w, "told in %s of %s", t.Digest, stamp(t.Slot))
	}
	for _, m := range o.Members {
		say(w, "\n%s  %s (%s, %s)  %s", stamp(m.Seen), plain(m.Outlet), m.Side, m.Lang, m.Item)
		say(w, "  %s", plain(m.Title))
		say(w, "  %s", plain(m.URL))
		if m.CopyOf != "" {
			say(w, "  repeats the text of %s", m.CopyOf)
		}
		if m.Why != "" {
			say(w, "  why: %s", plain(m.Why))
		}
	}
}
