package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/coverage"
	"samur/internal/news"
	"samur/internal/store"
)

func newStories(env *Env) *cobra.Command {
	return group("stories", "the events, in all languages",
		`A story is all items, in any language, that report the same event. Copies of another
outlet's text belong to it but add no voice.`,
		"samur stories list --days 2",
		newStoriesList(env), newStoriesShow(env))
}

// storyOut is a story as listed.
type storyOut struct {
	ID      string          `json:"id"`
	First   time.Time       `json:"first_seen"`
	Last    time.Time       `json:"last_seen"`
	State   news.StoryState `json:"state"`
	Since   time.Time       `json:"state_since"`
	Voices  int             `json:"voices"`
	Sides   []sideOut       `json:"sides"`
	Topics  []string        `json:"topics"`
	Series  string          `json:"series,omitempty"`
	Title   string          `json:"title"`
	Told    []toldOut       `json:"told,omitempty"`
	Members []memberOut     `json:"members"`
}

type toldOut struct {
	Digest string      `json:"digest"`
	Slot   time.Time   `json:"slot"`
	Reason news.Reason `json:"reason,omitempty"` // why it returned there
}

// sideOut is what one side told of a story.
type sideOut struct {
	Side   news.Side `json:"side"`
	Outlet string    `json:"outlet"` // that was first
	Item   string    `json:"item"`
	At     time.Time `json:"at"`
	Lag    int64     `json:"lag_seconds"`
	Items  int       `json:"items"`
	Voices int       `json:"voices"`
}

type memberOut struct {
	Item   string    `json:"item"`
	Outlet string    `json:"outlet"`
	Side   news.Side `json:"side"`
	Lang   news.Lang `json:"lang"`
	At     time.Time `json:"at"` // published, as far as that can be trusted
	Seen   time.Time `json:"first_seen"`
	Title  string    `json:"title"`
	URL    string    `json:"url"`
	CopyOf string    `json:"copy_of,omitempty"`
	Why    string    `json:"why,omitempty"`

	Because *becauseOut `json:"because,omitempty"` // of one story alone
}

// storyFilter selects stories beyond what the store's index can.
type storyFilter struct {
	topic, side, outlet string
}

// takes reports whether a story has what f asks for: a report of that outlet or side, and
// one on that topic.
func (f storyFilter) takes(in coverage.Input) bool {
	return f.takesMembers(in.Story) && (f.topic == "" || slices.Contains(topicsOf(in.Items), f.topic))
}

func (f storyFilter) takesMembers(s news.Story) bool {
	return slices.ContainsFunc(s.Members, func(m news.Member) bool {
		return (f.side == "" || string(m.Side) == f.side) && (f.outlet == "" || strings.EqualFold(m.Outlet, f.outlet))
	})
}

// topicsOf returns the topics of items, the one that most of them have first.
func topicsOf(items []news.Item) []string {
	n := map[string]int{}
	topics := []string{}
	for _, it := range items {
		for _, m := range it.Verdict.Matches {
			if n[m.Topic]++; n[m.Topic] == 1 {
				topics = append(topics, m.Topic)
			}
		}
	}
	slices.SortFunc(topics, func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), strings.Compare(a, b)) })
	return topics
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
		in, corrections, err := d.read(x)
		if err != nil {
			return err
		}
		if !f.takes(in) {
			continue
		}
		n++
		o := listed(in, coverage.StateOf(in, corrections))
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
func sidesWord(sides []sideOut) string {
	names := make([]string, len(sides))
	for i, s := range sides {
		names[i] = string(s.Side)
	}
	return strings.Join(names, ", ")
}

// listed is a story for the list.
func listed(in coverage.Input, c news.Course) storyOut {
	s := in.Story
	o := storyOut{
		ID: s.ID, First: s.First, Last: s.Last, State: c.State, Since: c.Since, Voices: s.Voices(), Series: s.Series,
		Told: tellings(s), Topics: topicsOf(in.Items), Sides: []sideOut{}, Members: []memberOut{},
	}
	for _, x := range coverage.SidesOf(in) {
		o.Sides = append(o.Sides, sideOut{x.Side, x.First.Outlet, x.First.Item, x.At, int64(x.Lag.Seconds()), x.Items, x.Voices})
	}
	items := map[string]*news.Item{}
	for i := range in.Items {
		items[in.Items[i].ID] = &in.Items[i]
	}
	for _, m := range coverage.InOrder(in) {
		it := items[m.Item]
		src := m.Source(it)
		o.Members = append(o.Members, memberOut{
			Item: m.Item, Outlet: m.Outlet, Side: m.Side, Lang: m.Lang, At: coverage.PublishedAt(m, it), Seen: m.FirstSeen,
			Title: src.Title, URL: src.URL, CopyOf: m.CopyOf, Why: m.Why,
		})
		o.Title = cmp.Or(o.Title, src.Title)
	}
	return o
}

// dossiers reads what the store and the feeds know of stories.
type dossiers struct {
	core *app.Core
	line *app.Line
	now  time.Time
}

// read returns a story with its items and what was corrected in them.
func (d dossiers) read(s news.Story) (coverage.Input, []news.Correction, error) {
	in := coverage.Input{Story: s, Now: d.now, Lexicon: d.line.Lexicon}
	var corrections []news.Correction
	for _, m := range s.Members {
		it, err := d.core.Store.Item(m.Item)
		if errors.Is(err, news.ErrNotFound) {
			continue // pruned: old news of a story that goes on
		}
		if err != nil {
			return in, nil, err
		}
		in.Items = append(in.Items, it)
		revisions, err := d.core.Store.Revisions(m.Item)
		if err != nil {
			return in, nil, err
		}
		corrections = append(corrections, coverage.Corrections(d.line.Lexicon, it, revisions)...)
	}
	return in, corrections, nil
}

// polls reads how the feeds were polled while it mattered to the story: three days
// at most, however old it is.
func (d dossiers) polls(in coverage.Input) (*coverage.Polls, error) {
	states, err := d.core.Store.FeedStates()
	if err != nil {
		return nil, err
	}
	p := coverage.NewPolls(d.core.Feeds, states, d.now)
	first := coverage.Began(in)
	from, err := d.core.Store.CursorAt(first.Add(-coverage.Lookback))
	if err != nil {
		return nil, err
	}
	to, err := d.core.Store.CursorAt(first.Add(coverage.Horizon))
	if err != nil {
		return nil, err
	}
	if err := d.core.Store.AttemptsBetween(from.Pass, to.Pass, p.Add); err != nil {
		return nil, fmt.Errorf("read polls since the story began: %w", err)
	}
	return p, nil
}
