package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/classify"
	"samur/internal/config"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
)

// diffFlags are what another judgement is made with.
type diffFlags struct {
	on        bool
	since     string
	seeds     string
	threshold float64
	plain     bool // by the rules alone
}

func (f *diffFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.BoolVar(&f.on, "diff", false, "judge the archive anew, show what would change, and write nothing")
	fs.StringVar(&f.since, "since", "30d", "with --diff: items first seen in this time, or on or after a day (YYYY-MM-DD, UTC); 0d for all")
	fs.StringVar(&f.seeds, "seeds", "", "directory with further documents, topics and lexicon entries")
	fs.Float64Var(&f.threshold, "threshold", 0, "the score from which an item is relevant (default: the config's, or the calibrated one)")
	fs.BoolVar(&f.plain, "no-answers", false, "with --diff: without what was learnt from answers")
}

// check refuses flags that would do nothing.
func (f *diffFlags) check(cmd *cobra.Command, args []string) error {
	for _, name := range []string{"since", "no-answers", "config", "now", "verbose"} {
		if !f.on && cmd.Flags().Changed(name) {
			return misusef("--%s goes with --diff: without it items come from a file and no store is read", name)
		}
	}
	if f.on && len(args) > 0 {
		return misusef("--diff judges the archive; it takes no file")
	}
	if f.threshold < 0 {
		return misusef("--threshold %v is below 0; the calibrated one is about 2", f.threshold)
	}
	return nil
}

// from returns the time that --since means.
func (f *diffFlags) from(now time.Time) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, f.since); err == nil {
		return day, nil
	}
	d, err := config.ParseDuration(f.since)
	if err != nil {
		return time.Time{}, misusef("--since: %w, or a day such as 2026-03-08", err)
	}
	if d == 0 {
		return time.Time{}, nil
	}
	return now.Add(-d), nil
}

// judges returns what the archive is judged with: what is in force, or what the flags
// say in its place.
func (f *diffFlags) judges(s *session, c *app.Core) (*lexicon.Lexicon, *classify.Classifier, error) {
	dir, threshold := s.cfg.Seeds.Dir, s.cfg.Seeds.Threshold
	if f.seeds != "" {
		var err error
		if dir, err = s.path(f.seeds); err != nil {
			return nil, nil, err
		}
	}
	if f.threshold != 0 {
		threshold = f.threshold
	}
	u, err := app.Understand(dir, threshold, app.OwnTopics(s.cfg)...)
	if err != nil {
		return nil, nil, err
	}
	if f.plain {
		return u.Lexicon, u.Classifier, nil
	}
	answers, err := c.Store.Answers()
	if err != nil {
		return nil, nil, err
	}
	return u.Lexicon, u.Classifier.Learn(answers), nil
}

// runDiff judges the archive anew. It reads items in small portions and keeps none.
func runDiff(cmd *cobra.Command, s *session, f *diffFlags) error {
	from, err := f.from(s.now())
	if err != nil {
		return err
	}
	return s.withCore(func(c *app.Core) error {
		lx, cl, err := f.judges(s, c)
		if err != nil {
			return err
		}
		d := differ{out: cmd.OutOrStdout(), json: wantJSON(cmd)}
		var failed error
		err = c.Store.ItemsSince(from, func(it news.Item) bool {
			if failed = cmd.Context().Err(); failed == nil {
				failed = d.compare(it, cl.Classify(lx.Read(it)))
			}
			return failed == nil
		})
		if err := errors.Join(err, failed); err != nil {
			return err
		}
		return d.sum()
	})
}

// diffTotal counts what a judgement would change.
type diffTotal struct {
	Items  int `json:"items"`
	Gained int `json:"gained"`
	Lost   int `json:"lost"`
	Topics int `json:"other_topics"`
	Scores int `json:"other_scores"` // alone: of the items whose decision stays
}

// differ compares verdicts one by one.
type differ struct {
	out   io.Writer
	json  bool
	total diffTotal
}

// The ways in which a verdict can change.
const (
	diffGained = "gained"
	diffLost   = "lost"
	diffTopics = "topics"
)

// compare counts an item, and prints it when its decision is another one now.
func (d *differ) compare(it news.Item, now news.Verdict) error {
	d.total.Items++
	was := it.Verdict
	change := ""
	switch {
	case !was.Relevant && now.Relevant:
		change = diffGained
		d.total.Gained++
	case was.Relevant && !now.Relevant:
		change = diffLost
		d.total.Lost++
	case !sameTopics(was, now):
		change = diffTopics
		d.total.Topics++
	case !near(was.Score, now.Score):
		d.total.Scores++
	}
	switch {
	case change == "":
		return nil
	case d.json:
		return newLines(d.out).print(diffOf(change, it, now))
	}
	d.print(change, it, now)
	return nil
}

// diffOut is an item that would change, as printed.
type diffOut struct {
	Change string          `json:"change"`
	ID     string          `json:"id"`
	URL    string          `json:"url"`
	Title  string          `json:"title"`
	Lang   news.Lang       `json:"lang"`
	Seen   time.Time       `json:"first_seen"`
	Before records.Verdict `json:"before"`
	After  records.Verdict `json:"after"`
}

func diffOf(change string, it news.Item, now news.Verdict) diffOut {
	then := it
	then.Verdict = now
	return diffOut{change, it.ID, it.URL, it.Title, it.Lang, it.FirstSeen, records.VerdictOf(it.ID, it), records.VerdictOf(it.ID, then)}
}

func (d *differ) print(change string, it news.Item, now news.Verdict) {
	say(d.out, "%-6s  %s  %s  %s", change, stamp(it.FirstSeen), it.ID, clip(plain(it.Title), 90))
	say(d.out, "  was %s", reasoned(it.Verdict))
	d.reasons("-", it.Verdict, now)
	say(d.out, "  now %s", reasoned(now))
	d.reasons("+", now, it.Verdict)
}

// reasoned is a verdict in one line with what was missing.
func reasoned(v news.Verdict) string {
	if v.Missing == "" {
		return word(v)
	}
	return word(v) + ": " + plain(render.English(v.Missing))
}

// reasons prints what speaks in a verdict and not in the other, of relevance and of the
// topics that only one of them gives.
func (d *differ) reasons(sign string, v, other news.Verdict) {
	d.without(sign, v.Evidence, other.Evidence)
	if v.Relevant != other.Relevant {
		return // topics follow from it
	}
	for _, m := range v.Matches {
		if !slices.ContainsFunc(other.Matches, func(o news.Match) bool { return o.Topic == m.Topic }) {
			d.without(sign, m.Evidence, nil)
		}
	}
}

func (d *differ) without(sign string, es, others []news.Evidence) {
	left := slices.Clone(others)
	for _, e := range es {
		if i := slices.Index(left, e); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		form := ""
		if e.Form != "" {
			form = fmt.Sprintf(" %q", plain(e.Form))
		}
		say(d.out, "    %s %+.2f  %s%s", sign, e.Points, plain(render.English(e.Why)), form)
	}
}

// sum prints the last line.
func (d *differ) sum() error {
	t := d.total
	if d.json {
		return newLines(d.out).print(struct {
			Total diffTotal `json:"total"`
		}{t})
	}
	say(d.out, "%s; nothing was written", strings.Join([]string{
		fmt.Sprintf("%d items judged anew: %d gained", t.Items, t.Gained),
		fmt.Sprintf("%d lost", t.Lost), fmt.Sprintf("%d with other topics", t.Topics), fmt.Sprintf("%d with another score alone", t.Scores),
	}, ", "))
	return nil
}
