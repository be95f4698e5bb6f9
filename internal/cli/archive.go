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

func newExplain(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "explain URL|ID", Short: "say why an item was told or rejected", Args: takes(1, 1),
		Long: `Shows what became of an item and why: the words found, what each was worth, what was
missing, the threshold, its story and the digests that told it. The score is computed
anew from its parts, with the words of today; rejected items are explained like the
others.`,
		Example: "  samur explain https://example.org/news/1",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withCore(func(c *app.Core) error {
			it, err := findItem(c.Store, args[0])
			if err != nil {
				return err
			}
			line, err := c.Line()
			if err != nil {
				return err
			}
			fresh := line.Classifier.Classify(line.Lexicon.Analyse(it.Title, it.Text, it.Lang))
			told, err := toldOf(c.Store, it)
			if err != nil {
				return err
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(struct {
					itemOut
					Verdict  verdictOut `json:"verdict"`
					Sum      float64    `json:"sum_of_points"`
					FreshNow float64    `json:"score_now"`
					DatedBy  string     `json:"dated_by"`
					Archived bool       `json:"archived,omitempty"`
					CopyOf   string     `json:"copy_of,omitempty"`
					Told     []toldOut  `json:"told"`
				}{itemOf(it), verdict(it.ID, it), sum(it.Verdict.Evidence), fresh.Score, string(it.Dated), it.Archived, it.CopyOf, told})
			}
			printExplained(cmd.OutOrStdout(), it, fresh, told)
			return nil
		})
	})
}

// findItem looks an item up by its id or its address.
func findItem(st *store.Store, name string) (news.Item, error) {
	it, err := st.Item(name)
	if errors.Is(err, news.ErrNotFound) {
		it, err = st.ItemByURL(name)
	}
	if errors.Is(err, news.ErrNotFound) {
		return it, fmt.Errorf("no item with id or address %q is in the archive", name)
	}
	return it, err
}

// toldOf returns the digests that told the story of an item.
func toldOf(st *store.Store, it news.Item) ([]toldOut, error) {
	if it.Story == "" {
		return []toldOut{}, nil
	}
	story, err := st.Story(it.Story)
	if errors.Is(err, news.ErrNotFound) {
		return []toldOut{}, nil // retention let it go
	}
	return tellings(story), err
}

func tellings(story news.Story) []toldOut {
	told := make([]toldOut, 0, len(story.Told))
	for _, t := range story.Told {
		told = append(told, toldOut{t.Digest, t.Slot})
	}
	return told
}

func sum(es []news.Evidence) float64 {
	var total float64
	for _, e := range es {
		total += e.Points
	}
	return total
}

func printExplained(w io.Writer, it news.Item, fresh news.Verdict, told []toldOut) {
	say(w, "%s", plain(it.Title))
	say(w, "  %s, %s, %s; first seen %s, published %s (%s)", plain(it.Outlet), it.Side, it.Lang, stamp(it.FirstSeen), stamp(it.Published), it.Dated)
	say(w, "  %s", plain(it.URL))
	say(w, "  item %s of feed %s", it.ID, it.Feed)
	printGate(w, it.Verdict)
	say(w, "  sum of the points: %s; computed anew now: %s", points(sum(it.Verdict.Evidence)), points(fresh.Score))
	printMatches(w, it.Verdict.Matches)
	switch {
	case it.Archived:
		say(w, "never told: it was old when its feed was first read")
	case it.Story != "":
		say(w, "part of story %s; see: samur stories show %s", it.Story, it.Story)
		if len(told) == 0 {
			say(w, "  not told yet")
		}
	}
	for _, t := range told {
		say(w, "  told in %s of %s", t.Digest, stamp(t.Slot))
	}
	if it.CopyOf != "" {
		say(w, "repeats the text of item %s, so it adds no voice", it.CopyOf)
	}
	for _, f := range it.Figures {
		say(w, "figure: %s %s %s — %s", f.Indicator, value(f), f.Period, plain(f.Sentence))
	}
}

// printGate tells what speaks for and against the item being relevant.
func printGate(w io.Writer, v news.Verdict) {
	say(w, "%s: %s points of %s needed", standing(v.Relevant), points(v.Score), points(v.Threshold))
	if v.Missing != "" {
		say(w, "  missing: %s", plain(v.Missing))
	}
	printEvidence(w, v.Evidence)
}

func standing(relevant bool) string {
	if relevant {
		return "relevant"
	}
	return "rejected"
}

func printMatches(w io.Writer, ms []news.Match) {
	for _, m := range ms {
		say(w, "topic %s: %s points", m.Topic, points(m.Score))
		printEvidence(w, m.Evidence)
	}
}

func printEvidence(w io.Writer, es []news.Evidence) {
	for _, e := range es {
		what := ""
		if e.Form != "" {
			what = fmt.Sprintf("%q", plain(e.Form))
			if e.Concept != "" {
				what += " = " + e.Concept
			}
			what += fmt.Sprintf(" (%s, bytes %d–%d)", e.Field, e.Start, e.End)
		}
		say(w, "  %+6.2f  %s %s", e.Points, e.Why, what)
	}
}

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
