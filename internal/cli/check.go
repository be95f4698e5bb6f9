package cli

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/schedule"
)

func newCheck(env *Env) *cobra.Command {
	var quiet bool
	cmd := &cobra.Command{
		Use: "check", Short: "check the config, offline, and show what it would do", Args: takes(0, 0),
		Long: `Checks the config and the seeds without touching the network or the store. Every
mistake is printed as file:line:column with the fix; exit 2 when there is one.
A good config is answered with its feeds, channels and the next run of every schedule.`,
		Example: "  samur check --config /etc/samur/samur.yaml",
	}
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "print mistakes only")
	return configured(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		if !quiet {
			for _, w := range s.cfg.Warnings {
				say(cmd.ErrOrStderr(), "warning: %s", w.Detail())
			}
		}
		u, err := app.Understand(s.cfg.Seeds.Dir, s.cfg.Seeds.Threshold, app.OwnTopics(s.cfg)...)
		if err != nil {
			return misuse{err}
		}
		if err := app.CheckChannels(s.cfg); err != nil {
			return misuse{err}
		}
		if quiet {
			return nil
		}
		return printCheck(cmd, s, len(u.Classifier.Topics()), len(u.Lexicon.Concepts()))
	})
}

// scheduleOut is the next runs of a digest, or polls of a feed that has a schedule, as
// printed.
type scheduleOut struct {
	Digest string      `json:"digest,omitempty"`
	Feed   string      `json:"feed,omitempty"`
	At     string      `json:"at"`
	Zone   string      `json:"zone"`
	Next   []time.Time `json:"next"`
	To     []string    `json:"to,omitzero"`
}

// schedules lists the schedules of a config, digests first.
func schedules(cfg *config.Config, now time.Time) ([]scheduleOut, error) {
	var outs []scheduleOut
	for _, d := range cfg.Digests {
		outs = append(outs, scheduleOut{Digest: d.Name, At: d.At, Zone: d.Zone, To: d.To})
	}
	for _, f := range cfg.NewsFeeds() {
		if f.At != "" {
			outs = append(outs, scheduleOut{Feed: f.Name, At: f.At, Zone: f.Zone})
		}
	}
	for i := range outs {
		var err error
		if outs[i].Next, err = nextRuns(outs[i].At, outs[i].Zone, now, 3); err != nil {
			return nil, misuse{err}
		}
	}
	return outs, nil
}

func printCheck(cmd *cobra.Command, s *session, topics, concepts int) error {
	outs, err := schedules(s.cfg, s.now())
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	if wantJSON(cmd) {
		out := newLines(w)
		for _, o := range outs {
			if err := out.print(o); err != nil {
				return err
			}
		}
		return nil
	}
	say(w, "%s is good: %s, %s, %s, %s; state in %s", s.cfg.Path, plural(len(s.cfg.Feeds), "feed"), plural(topics, "topic"),
		plural(concepts, "concept"), plural(len(s.cfg.Channels), "channel"), s.cfg.State)
	t := newTable(w, "DIGEST OR FEED", "SCHEDULE", "ZONE", "NEXT RUNS")
	for _, o := range outs {
		loc, err := time.LoadLocation(o.Zone)
		if err != nil {
			return misuse{err}
		}
		shown := ""
		for _, at := range o.Next {
			shown += at.In(loc).Format("Mon 2006-01-02 15:04  ")
		}
		t.row(cmp.Or(o.Digest, o.Feed), o.At, o.Zone, shown)
	}
	return t.flush()
}

// nextRuns returns the next n instants of a schedule.
func nextRuns(spec, zone string, after time.Time, n int) ([]time.Time, error) {
	var runs []time.Time
	for range n {
		at, err := schedule.Next(spec, zone, after)
		if err != nil {
			return nil, fmt.Errorf("schedule %q: %w", spec, err)
		}
		runs = append(runs, at)
		after = at
	}
	return runs, nil
}
