package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
	"samur/internal/store"
	"samur/internal/timeline"
)

// timelineFlags are what samur timeline is asked for.
type timelineFlags struct {
	person, place, kind, from, to, lang string
	days                                int
	ahead, csv                          bool
}

func newTimeline(env *Env) *cobra.Command {
	var f timelineFlags
	cmd := &cobra.Command{
		Use: "timeline", Short: "show meetings, visits, calls and signings, with what became of each", Args: takes(0, 0),
		Long: `Shows the events that items of the archive tell of, by day, those of the last 30 days and
all to come when no days are given: who, where, how far it has come and who told of that,
with the sentences. All reports of an event are one entry, whatever state they knew it in.
Names are found in every form and language that the lexicon knows: --person Алиевым.
What names no day stands at its first report.`,
		Example: "  samur timeline --person Overchuk --days 90",
	}
	f.register(cmd)
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		c, err := f.choice(cmd, s.now())
		if err != nil {
			return err
		}
		lx, err := s.lexicon()
		if err != nil {
			return err
		}
		if err := f.name(lx, &c); err != nil {
			return err
		}
		return s.withStore(func(st *store.Store) error {
			os, err := occasions(st, c, s.now(), f.ahead)
			if err != nil {
				return err
			}
			return f.print(cmd, teller{lx: lx, lang: news.Lang(f.lang), now: s.now()}, os)
		})
	})
}

func (f *timelineFlags) print(cmd *cobra.Command, p teller, os []news.Occasion) error {
	switch {
	case wantJSON(cmd):
		return p.json(newLines(cmd.OutOrStdout()), os)
	case f.csv:
		return p.csv(cmd.OutOrStdout(), os)
	case len(os) == 0:
		say(cmd.ErrOrStderr(), "the archive tells of no such event")
	}
	p.text(cmd.OutOrStdout(), os)
	return nil
}

func (f *timelineFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.person, "person", "", "only with this person, office, body or company, by any name")
	fs.StringVar(&f.place, "place", "", "only at this place; a country has its cities")
	fs.StringVar(&f.kind, "kind", "", "only this kind: "+strings.Join(kindNames(), ", "))
	fs.StringVar(&f.from, "from", "", "from this day on (YYYY-MM-DD)")
	fs.StringVar(&f.to, "to", "", "up to this day (YYYY-MM-DD)")
	fs.IntVar(&f.days, "days", 30, "from so many days ago on")
	fs.BoolVar(&f.ahead, "ahead", false, "only what is planned for the next two weeks")
	fs.StringVar(&f.lang, "lang", "en", "language of names: en, ru or az")
	fs.BoolVar(&f.csv, "csv", false, "print CSV")
	// Completion fails only for a flag that is not there.
	_ = cmd.RegisterFlagCompletionFunc("kind", cobra.FixedCompletions(kindNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"en", "ru", "az"}, cobra.ShellCompDirectiveNoFileComp))
}

// lexicon is the running daemon's own, or read for the command.
func (s *session) lexicon() (*lexicon.Lexicon, error) {
	if s.shared == nil {
		return app.Lexicon(s.cfg.Seeds.Dir)
	}
	line, err := s.shared.Line()
	if err != nil {
		return nil, err
	}
	return line.Lexicon, nil
}

func kindNames() []string {
	var out []string
	for _, k := range news.EventKinds() {
		out = append(out, string(k))
	}
	return out
}

// choice checks the flags and makes of them what is asked for, names left out.
func (f *timelineFlags) choice(cmd *cobra.Command, now time.Time) (timeline.Choice, error) {
	c := timeline.Choice{Kind: news.EventKind(f.kind), From: f.from, To: f.to}
	if f.csv {
		if err := oneForm(cmd, "--csv"); err != nil {
			return c, err
		}
	}
	if f.kind != "" {
		if err := oneOf("--kind", f.kind, kindNames()); err != nil {
			return c, err
		}
	}
	if err := oneOf("--lang", f.lang, []string{"en", "ru", "az"}); err != nil {
		return c, err
	}
	given := func(name string) bool { return cmd.Flags().Changed(name) }
	for _, day := range []string{"from", "to"} {
		v := cmd.Flags().Lookup(day).Value.String()
		if _, err := time.Parse(time.DateOnly, v); v != "" && err != nil {
			return c, misusef("--%s %q is not a day; write 2026-03-08", day, v)
		}
	}
	switch {
	case f.days < 0:
		return c, misusef("--days %d is below zero", f.days)
	case f.ahead && (given("from") || given("to") || given("days")):
		return c, misusef("--ahead looks two weeks ahead; leave out --from, --to and --days")
	case given("days") && (given("from") || given("to")):
		return c, misusef("--days counts from today; give it or --from and --to")
	case f.ahead:
		c.From = now.UTC().Format(time.DateOnly)
	case f.from == "" && f.to == "":
		c.From = now.UTC().AddDate(0, 0, -f.days).Format(time.DateOnly)
	}
	return c, nil
}

// name finds the concepts that are asked for by name.
func (f *timelineFlags) name(lx *lexicon.Lexicon, c *timeline.Choice) error {
	if f.person != "" {
		if c.Who = timeline.Who(lx, f.person); len(c.Who) == 0 {
			return fmt.Errorf("the lexicon has no person, office or body %q%s; see: samur lexicon find %q", f.person, f.meant(lx), f.person)
		}
	}
	if f.place != "" {
		if c.Where = timeline.Where(lx, f.place); len(c.Where) == 0 {
			return fmt.Errorf("the lexicon has no place %q; see: samur lexicon find %q", f.place, f.place)
		}
	}
	return nil
}

// meant lists who may have been meant by a name that nobody has.
func (f *timelineFlags) meant(lx *lexicon.Lexicon) string {
	var names []string
	for _, c := range timeline.Near(lx, f.person) {
		names = append(names, c.Name(news.Lang(f.lang)))
	}
	if len(names) == 0 {
		return ""
	}
	return ", but " + strings.Join(names, ", ")
}

// occasions reads and merges the events around the days asked for, and selects.
func occasions(st *store.Store, c timeline.Choice, now time.Time, ahead bool) ([]news.Occasion, error) {
	ms, err := st.Mentions(c.Around())
	if err != nil {
		return nil, err
	}
	os := timeline.Merge(ms)
	if ahead {
		os = timeline.Ahead(os, now.UTC())
	}
	return slices.DeleteFunc(os, func(o news.Occasion) bool { return !c.Takes(o) }), nil
}

// teller prints occasions with the names of a language.
type teller struct {
	lx   *lexicon.Lexicon
	lang news.Lang
	now  time.Time
}

// nameOf returns the name of a concept, or its id when the lexicon has lost it.
func (p teller) nameOf(id string) string {
	if c, ok := p.lx.Concept(id); ok {
		return c.Name(p.lang)
	}
	return id
}

func (p teller) who(o news.Occasion) string {
	names := make([]string, len(o.Who))
	for i, id := range o.Who {
		names[i] = p.nameOf(id)
	}
	return strings.Join(names, ", ")
}

// day is the day of o, or that of its first report.
func (p teller) day(o news.Occasion) string {
	if o.Day != "" {
		return o.Day
	}
	return "(" + o.Mentions[0].Published.UTC().Format(time.DateOnly) + ")"
}

// history says how o came to its state: "planned (5 March, TASS) → held (8 March, Report)".
func (p teller) history(o news.Occasion) string {
	var steps []string
	for _, m := range o.History() {
		state := render.StateName(m.Event.State, p.lang)
		if m.Event.Day != "" && m.Event.Day != o.Day {
			state += " " + m.Event.Day
		}
		steps = append(steps, fmt.Sprintf("%s (%s, %s)", state, render.DayName(m.Published.UTC(), p.now, p.lang), m.Outlet))
	}
	return strings.Join(steps, " → ")
}

func (p teller) text(w io.Writer, os []news.Occasion) {
	for i, o := range os {
		if i > 0 {
			say(w, "")
		}
		line := p.day(o) + "  " + render.EventName(o.Kind, p.lang) + ": " + p.who(o)
		if o.Where != "" {
			line += " · " + p.nameOf(o.Where)
		}
		if o.Document != "" {
			line += " · " + o.Document
		}
		say(w, "%s", plain(line))
		say(w, "  %s", plain(p.history(o)))
		for _, m := range o.History() {
			say(w, "  “%s”", plain(clip(m.Event.Sentence, 300)))
			say(w, "    %s  %s", plain(m.Outlet), plain(m.URL))
		}
		if rest := len(o.Mentions) - len(o.History()); rest > 0 {
			say(w, "    reported in %s more; --json lists them", plural(rest, "place"))
		}
	}
}

func (p teller) json(out lines, os []news.Occasion) error {
	for _, o := range os {
		if err := out.print(records.OccasionOf(o, p.nameOf)); err != nil {
			return err
		}
	}
	return nil
}

func (p teller) csv(w io.Writer, os []news.Occasion) error {
	rows := [][]string{{"day", "kind", "state", "who", "where", "document", "history", "reports", "outlet", "url", "sentence"}}
	for _, o := range os {
		h := o.History()
		last := h[len(h)-1]
		where := ""
		if o.Where != "" {
			where = p.nameOf(o.Where)
		}
		rows = append(rows, []string{
			o.Day, string(o.Kind), string(o.State), records.Cell(p.who(o)), records.Cell(where), records.Cell(o.Document), records.Cell(p.history(o)), strconv.Itoa(len(o.Mentions)),
			records.Cell(last.Outlet), records.Cell(last.URL), records.Cell(last.Event.Sentence),
		})
	}
	out := csv.NewWriter(w)
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}
