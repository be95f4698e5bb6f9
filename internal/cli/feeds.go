package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/ingest"
	"samur/internal/news"
	"samur/internal/normalise"
	"samur/internal/records"
	"samur/internal/render"
	"samur/internal/store"
)

func newFeeds(env *Env) *cobra.Command {
	return group("feeds", "the sources: list, test, discover, add, remove, import, export",
		`Feeds are lines in the config file, or in a file that it includes. These commands show
how each feed does, try one without storing anything, find the feeds of a web page, and
edit the file with its comments kept. A running daemon takes edits over when it reloads:
samur reload, systemctl reload samur, or SIGHUP.`,
		"samur feeds list",
		newFeedsList(env), newFeedsTest(env), newFeedsDiscover(env), newFeedsAdd(env), newFeedsRemove(env),
		newFeedsImport(env), newFeedsExport(env))
}

func newFeedsList(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "list the feeds with their health", Args: takes(0, 0),
		Long: `Lists every feed of the config with its health: good, the cause for which it is not
read (dns, tls, protocol, timeout, status, busy, gone, not-a-feed, parse …), or what ails
a feed that is: moved, empty, undated, or stale, which is silent for much longer than it
used to be. The note says what helps. Exit 1 when a feed that was polled is in trouble;
one that has moved or gives no dates is not.`,
		Example: "  samur feeds list --json",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			var outs []records.Feed
			var hosts ingest.Shared // what they asked for
			trouble := false
			for _, f := range s.cfg.Feeds {
				state, err := st.FeedState(f.Name)
				if err != nil {
					return err
				}
				until, err := hosts.Held(st, ingest.Address(s.cfg.News(f), state), s.now())
				if err != nil {
					return err
				}
				o := awaiting(records.FeedOf(s.cfg.News(f), f.Disabled, state), until, s.now())
				trouble = trouble || state.Trouble() != news.CauseNone && state.URL == f.URL && !f.Disabled
				outs = append(outs, o)
			}
			if err := printFeeds(cmd, outs); err != nil {
				return err
			}
			if trouble {
				return errSilent
			}
			return nil
		})
	})
}

// awaiting is a feed whose host wants to be left alone until then. One that was not told so
// itself says why it waits.
func awaiting(o records.Feed, until, now time.Time) records.Feed {
	if !now.Before(until) || o.Disabled || o.State == string(news.CauseGone) {
		return o
	}
	o.HeldUntil = until
	if o.NextDue.Before(until) {
		o.NextDue = until
	}
	o.Error = cmp.Or(o.Error, "its host wants to be left alone until "+stamp(until))
	return o
}

func printFeeds(cmd *cobra.Command, outs []records.Feed) error {
	if wantJSON(cmd) {
		out := newLines(cmd.OutOrStdout())
		for _, o := range outs {
			if err := out.print(o); err != nil {
				return err
			}
		}
		return nil
	}
	t := newTable(cmd.OutOrStdout(), "FEED", "SIDE", "STATE", "LAST READ", "LAST NEW", "EVERY", "NEXT POLL", "NOTE")
	for _, o := range outs {
		t.row(o.Feed, string(o.Side), o.State, stamp(o.LastSuccess), stamp(o.LastNew), cmp.Or(o.Rhythm, "-"), stamp(o.NextDue), clip(note(o.Error, o.Advice), 160))
	}
	return t.flush()
}

// note is what is wrong with a feed and what helps.
func note(wrong, advice string) string {
	if wrong == "" || advice == "" {
		return wrong + advice
	}
	return wrong + "; " + advice
}

// remarks are what the keeper should know of a feed that can be read.
func remarks(o testOut) string {
	var said []string
	if o.MovedTo != "" {
		said = append(said, "has moved for good to "+o.MovedTo)
	}
	if o.Undated > 0 {
		said = append(said, fmt.Sprintf("%d without a date", o.Undated))
	}
	return strings.Join(append(said, o.Notes...), "; ")
}

// tester fetches and parses without a store.
func tester(cfg *config.Config) *fetch.Client {
	return fetch.New(fetch.Options{
		UserAgent: cfg.Poll.Agent(version()), Timeout: cfg.Poll.Timeout, MaxBytes: cfg.Poll.MaxBytes, Allow: cfg.Poll.Allow,
	})
}

// stranger is how an address that is no feed of the config is asked: in the way of
// poll.group, such as through its proxy, and without what that says of us.
func stranger(cfg *config.Config) news.Access {
	way := cfg.News(config.Feed{}).Route
	way.Cert, way.Key = "", ""
	return news.Access{Route: way}
}

// testOut is the trial of a feed as printed.
type testOut struct {
	Feed     string     `json:"feed"`
	URL      string     `json:"url"`
	Good     bool       `json:"good"`
	Cause    news.Cause `json:"cause,omitempty"`
	Error    string     `json:"error,omitempty"`
	Advice   string     `json:"advice,omitempty"`
	Title    string     `json:"title"`
	Language string     `json:"language"`
	Charset  string     `json:"charset"`
	Entries  int        `json:"entries"`
	Undated  int        `json:"undated"` // of them, those without a date that can be read
	Newest   time.Time  `json:"newest,omitzero"`
	Rhythm   string     `json:"rhythm,omitempty"` // usual distance between two entries
	MovedTo  string     `json:"moved_to,omitempty"`
	Notes    []string   `json:"notes,omitempty"` // what had to be repaired
}

func newFeedsTest(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "test [FEED|URL...]", Short: "fetch and read feeds once, without storing anything",
		Long: `Fetches and reads the named feeds, or addresses, or every feed of the config, and says
what was found or what is wrong. Nothing is stored. Exit 1 when one could not be read.`,
		Example:           "  samur feeds test https://example.org/rss.xml",
		ValidArgsFunction: completeFeeds(env),
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		fs, err := chosen(s.cfg, args)
		if err != nil {
			return err
		}
		client := tester(s.cfg)
		defer client.Close()
		trials := make(map[string]testOut, len(fs))
		var mu sync.Mutex
		addresses := make([]string, len(fs))
		for i, f := range fs {
			addresses[i] = f.URL
		}
		err = app.BySite(cmd.Context(), fs, addresses, s.cfg.Poll, func(ctx context.Context, f news.Feed) error {
			o := try(ctx, client, f)
			mu.Lock()
			defer mu.Unlock()
			trials[f.Name] = o
			return ctx.Err()
		})
		if err != nil {
			return err
		}
		return printTrials(cmd, fs, trials)
	})
}

// chosen returns the feeds that args name, all that are not disabled without args.
func chosen(cfg *config.Config, args []string) ([]news.Feed, error) {
	if len(args) == 0 {
		return cfg.NewsFeeds(), nil
	}
	var fs []news.Feed
	for _, arg := range args {
		i := slices.IndexFunc(cfg.Feeds, func(f config.Feed) bool { return f.Name == arg })
		switch {
		case i >= 0:
			fs = append(fs, cfg.News(cfg.Feeds[i]))
		case strings.Contains(arg, "://"):
			fs = append(fs, news.Feed{Name: fetch.Redact(arg), URL: arg, Access: stranger(cfg)})
		default:
			return nil, misusef("%q is neither a feed of the config nor an address; see: samur feeds list", plain(arg))
		}
	}
	return fs, nil
}

func try(ctx context.Context, client *fetch.Client, f news.Feed) testOut {
	o := testOut{Feed: f.Name, URL: fetch.Redact(f.URL)}
	doc, resp, err := tryFeed(ctx, client, f)
	o.MovedTo = resp.MovedTo
	if err != nil {
		o.Error = err.Error()
		cause, advice := ingest.Diagnose(f.URL, err)
		o.Cause, o.Advice = cause, render.English(advice)
		return o
	}
	o.Good, o.Title, o.Language, o.Charset, o.Notes = true, normalise.Title(doc.Title), doc.Language, doc.Charset, doc.Notes
	o.Entries = len(doc.Entries)
	var dates []time.Time
	for _, e := range doc.Entries {
		if t := e.Published.Time; !t.IsZero() {
			dates = append(dates, t)
		}
	}
	o.Undated = len(doc.Entries) - len(dates)
	if len(dates) > 0 {
		o.Newest = slices.MaxFunc(dates, time.Time.Compare)
	}
	var st news.FeedState
	st.ArriveAt(dates)
	if r := st.Rhythm(); r > 0 {
		o.Rhythm = r.Round(time.Second).String()
	}
	return o
}

func tryFeed(ctx context.Context, client *fetch.Client, f news.Feed) (feed.Document, fetch.Response, error) {
	resp, err := client.Get(ctx, fetch.Request{URL: f.URL, Access: f.Access})
	if err != nil {
		return feed.Document{}, resp, err
	}
	doc, err := feed.Parse(resp.Body, resp.ContentType, resp.URL)
	return doc, resp, err
}

// printTrials prints the trials in the order of fs; it fails when one feed did.
func printTrials(cmd *cobra.Command, fs []news.Feed, trials map[string]testOut) error {
	out := newLines(cmd.OutOrStdout())
	t := newTable(tableOut(cmd), "FEED", "RESULT", "ENTRIES", "NEWEST", "EVERY", "TITLE", "NOTE")
	bad := false
	for _, f := range fs {
		o := trials[f.Name]
		bad = bad || !o.Good
		switch {
		case wantJSON(cmd):
			if err := out.print(o); err != nil {
				return err
			}
		case o.Good:
			t.row(o.Feed, "good", strconv.Itoa(o.Entries), stamp(o.Newest), cmp.Or(o.Rhythm, "-"), clip(o.Title, 60), clip(remarks(o), 160))
		default:
			t.row(o.Feed, string(o.Cause), "-", "-", "-", "-", clip(note(o.Error, o.Advice), 200))
		}
	}
	if err := t.flush(); err != nil {
		return err
	}
	if bad {
		return errSilent
	}
	return nil
}
