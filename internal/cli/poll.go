package cli

import (
	"cmp"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/news"
)

// attemptOut is a poll as printed.
type attemptOut struct {
	Feed     string     `json:"feed"`
	At       time.Time  `json:"at"`
	Status   int        `json:"status"`
	Cause    news.Cause `json:"cause,omitempty"`
	Error    string     `json:"error,omitempty"`
	Bytes    int64      `json:"bytes"`
	Entries  int        `json:"entries"`
	New      int        `json:"new"`
	Repeated int        `json:"repeated"`
	Revised  int        `json:"revised"`
	Archived int        `json:"archived"`
	Gap      bool       `json:"possible_gap,omitempty"`
	NextDue  time.Time  `json:"next_due,omitzero"`
}

func attemptOf(a news.Attempt) attemptOut {
	return attemptOut{a.Feed, a.At, a.Status, a.Cause, a.Error, a.Bytes, a.Entries, a.New, a.Repeated, a.Revised, a.Archived, a.Gap, a.NextDue}
}

// totalOut is what a whole round of polls came to, as printed.
type totalOut struct {
	Read     int `json:"feeds_read"`
	Failed   int `json:"feeds_failed"`
	Entries  int `json:"entries"`
	New      int `json:"new"`
	Repeated int `json:"repeated"`
	Archived int `json:"archived"`
}

func (t *totalOut) add(a news.Attempt) {
	if a.Cause == news.CauseNone {
		t.Read++
	} else {
		t.Failed++
	}
	t.Entries += a.Entries
	t.New += a.New
	t.Repeated += a.Repeated
	t.Archived += a.Archived
}

func newPoll(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "poll [FEED...]", Short: "poll every feed, or those named, once now",
		Long: `Polls every feed once, whatever its due time, stores what is new and exits. One that
answered 410, gone for good, is asked when it is named, and else not. A summary line
per feed and a total; exit 1 when no feed could be read.`,
		Example:           "  samur poll --json",
		ValidArgsFunction: completeFeeds(env),
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withCore(func(c *app.Core) error { return poll(cmd, c, args) })
	})
}

func poll(cmd *cobra.Command, c *app.Core, names []string) error {
	var total totalOut
	out := newLines(cmd.OutOrStdout())
	t := newTable(tableOut(cmd), "FEED", "STATUS", "ENTRIES", "NEW", "KNOWN", "ARCHIVED", "NOTE")
	var printErr error
	err := c.Poll(cmd.Context(), names, func(a news.Attempt) {
		total.add(a)
		t.row(a.Feed, pollStatus(a), strconv.Itoa(a.Entries), strconv.Itoa(a.New), strconv.Itoa(a.Repeated), strconv.Itoa(a.Archived), clip(pollNote(a), 100))
		if wantJSON(cmd) {
			printErr = cmp.Or(printErr, out.print(attemptOf(a)))
		}
	})
	if err := t.end(cmp.Or(err, printErr)); err != nil {
		return err
	}
	if wantJSON(cmd) {
		err = out.print(struct {
			Total totalOut `json:"total"`
		}{total})
	} else {
		say(cmd.OutOrStdout(), "%d feeds read, %d failed: %d entries, %d new (%d archived as older than the first poll's limit), %d known",
			total.Read, total.Failed, total.Entries, total.New, total.Archived, total.Repeated)
	}
	if err == nil && total.Failed > 0 && total.Read == 0 {
		return errSilent
	}
	return err
}

func pollStatus(a news.Attempt) string {
	if a.Cause != news.CauseNone {
		return string(a.Cause)
	}
	return strconv.Itoa(a.Status)
}

// pollNote is what went wrong, or may have.
func pollNote(a news.Attempt) string {
	if a.Gap {
		return cmp.Or(a.Error, "possible gap: no entry of the last poll is left in it")
	}
	return a.Error
}
