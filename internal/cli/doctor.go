package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/render"
	"samur/internal/schedule"
	"samur/internal/store"
)

// The degrees of a finding.
const (
	good    = "good"
	advice  = "advice"  // works, and could be better
	trouble = "trouble" // something is lost, or will be
)

// finding is what the doctor says of one thing that it looked at.
type finding struct {
	Check  string `json:"check"`
	Degree string `json:"degree"`
	Found  string `json:"found"`
	Do     string `json:"do,omitempty"` // what helps
}

// doctor is one examination. The daemon examines itself when it runs: it has the store,
// and the secrets.
type doctor struct {
	s   *session
	c   *app.Core
	now time.Time
}

func newDoctor(env *Env) *cobra.Command {
	var offline bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "examine config, store, clock, network, feeds and deliveries", Args: takes(0, 0),
		Long: `Looks at everything that a keeper would look at, and says of each what was found and
what helps: config, room on the disk, every record of the store, the clock against what
was stored and against the servers of feeds, names and mail servers that can be reached,
feeds in trouble, missed digests, deliveries that wait, and backups. Nothing is sent or
changed. Exit 1 when there is trouble.`,
		Example: "  samur doctor --offline",
	}
	cmd.Flags().BoolVar(&offline, "offline", false, "leave out what needs the network")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withCore(func(c *app.Core) error {
			d := &doctor{s: s, c: c, now: s.now()}
			checks := []func(context.Context) ([]finding, error){
				d.config, d.service, d.disk, d.store, d.clock, d.feeds, d.digests, d.outbox, d.backups,
			}
			if !offline {
				checks = append(checks, d.names, d.servers, d.serverClocks)
			}
			var all []finding
			for _, check := range checks {
				fs, err := check(cmd.Context())
				if err != nil {
					return err
				}
				all = append(all, fs...)
			}
			return printExamined(cmd, all)
		})
	})
}

// printExamined prints what was found, and fails when there is trouble.
func printExamined(cmd *cobra.Command, all []finding) error {
	out := newLines(cmd.OutOrStdout())
	count := map[string]int{}
	for _, f := range all {
		count[f.Degree]++
		if wantJSON(cmd) {
			if err := out.print(f); err != nil {
				return err
			}
			continue
		}
		say(cmd.OutOrStdout(), "%-8s %-9s %s", f.Degree, f.Check, clip(f.Found, 200))
		if f.Do != "" {
			say(cmd.OutOrStdout(), "%-18s what helps: %s", "", f.Do)
		}
	}
	say(cmd.ErrOrStderr(), "%d good, %d with advice, %d in trouble", count[good], count[advice], count[trouble])
	if count[trouble] > 0 {
		return errSilent
	}
	return nil
}

func (d *doctor) config(context.Context) ([]finding, error) {
	cfg := d.s.cfg
	fs := []finding{{Check: "config", Degree: good, Found: fmt.Sprintf("%s: %s, %s, %s", cfg.Path, plural(len(cfg.NewsFeeds()), "feed"), plural(len(cfg.Digests), "digest"), plural(len(cfg.Channels), "channel"))}}
	for _, w := range cfg.Warnings {
		fs = append(fs, finding{Check: "config", Degree: advice, Found: w.Detail()})
	}
	for _, g := range cfg.Digests {
		if len(g.To) == 0 {
			fs = append(fs, finding{"config", advice, fmt.Sprintf("digest %q goes nowhere: it stands on the pages alone", g.Name), "name channels under its to"})
		}
	}
	if cfg.Poll.Contact == "" {
		fs = append(fs, finding{"config", advice, "publishers are not told how to reach you", "set poll.contact"})
	}
	return fs, nil
}

func (d *doctor) service(context.Context) ([]finding, error) {
	if d.s.shared != nil {
		return append([]finding{{Check: "service", Degree: good, Found: "the daemon runs, samur " + version()}}, d.pages()...), nil
	}
	return []finding{{"service", advice, "no daemon runs on this state directory: nothing is polled", "systemctl start samur; journalctl -u samur -n 30 says why it does not start"}}, nil
}

// pages says where the pages are when that is not where the config has them.
func (d *doctor) pages() []finding {
	var fs []finding
	for _, at := range d.c.Pages {
		if !app.SameAddress(at.String(), d.s.cfg.Web.Listen) {
			fs = append(fs, finding{
				"service", advice, fmt.Sprintf("the pages are on %s, which systemd opened, and web.listen says %s", at, d.s.cfg.Web.Listen),
				"make them agree: systemctl edit samur.socket, or web.listen",
			})
		}
	}
	return fs
}

// disk compares the room that is left with what the store's own upkeep takes: a copy of
// it for backups and for compaction.
func (d *doctor) disk(context.Context) ([]finding, error) {
	x, err := d.c.Store.Stats()
	if err != nil {
		return nil, err
	}
	var fs unix.Statfs_t
	if err := unix.Statfs(d.s.cfg.State, &fs); err != nil {
		return nil, fmt.Errorf("look at the disk of %s: %w", d.s.cfg.State, err)
	}
	room := int64(fs.Bavail) * fs.Bsize
	f := finding{Check: "disk", Degree: good, Found: fmt.Sprintf("%s holds a store of %s and has %s free", d.s.cfg.State, size(x.FileBytes), size(room))}
	switch {
	case room < x.FileBytes+spare:
		f.Degree, f.Do = trouble, "make room: a backup and a compaction take a copy of the store each"
	case x.FileBytes > spare && x.FreeBytes > x.FileBytes/2:
		f.Degree, f.Do = advice, "samur store compact"
	}
	return []finding{f}, nil
}

// spare is the room that should be left beside a copy of the store.
const spare = 64 << 20

// size writes bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KiB", n>>10)
}

func (d *doctor) store(ctx context.Context) ([]finding, error) {
	x, err := d.c.Store.Stats()
	if err != nil {
		return nil, err
	}
	switch err := verifyStore(ctx, d.s.cfg.State, d.c.Store); {
	case errors.Is(err, store.ErrDamaged):
		return []finding{{"store", trouble, err.Error(), "systemctl restart samur: it takes the newest good copy of " + d.s.cfg.Backup.Dir}}, nil
	case err != nil:
		return []finding{{"store", advice, "not examined: " + err.Error(), "see to it that a copy of the store can be made in " + d.s.cfg.State}}, nil
	}
	aside, err := filepath.Glob(app.StorePath(d.s.cfg) + ".before-*")
	if err != nil {
		return nil, fmt.Errorf("list what was set aside: %w", err)
	}
	if len(aside) > 0 {
		return []finding{{
			"store", advice, fmt.Sprintf("%d items, every record is what was written; beside it lies %s, set aside when this one came", x.Items, strings.Join(aside, ", ")),
			"look at the disk if it was damaged; remove it when all is well",
		}}, nil
	}
	return []finding{{Check: "store", Degree: good, Found: fmt.Sprintf("%d items, %d polls; every record is what was written", x.Items, x.Polls)}}, nil
}

// clockSlack is how far clocks may be apart before it is worth a word.
const clockSlack = 2 * time.Minute

// clock holds the clock against what was stored with it.
func (d *doctor) clock(context.Context) ([]finding, error) {
	states, err := d.c.Store.FeedStates()
	if err != nil {
		return nil, err
	}
	var last time.Time
	for _, st := range states {
		if st.LastAttempt.After(last) {
			last = st.LastAttempt
		}
	}
	if ahead := last.Sub(d.now); ahead > clockSlack {
		return []finding{{
			"clock", trouble, fmt.Sprintf("the last poll is of %s, %s ahead of the clock", stamp(last), ahead.Round(time.Second)),
			"set the clock (timedatectl); nothing is told twice or lost meanwhile, but digests keep the wrong hours",
		}}, nil
	}
	return []finding{{Check: "clock", Degree: good, Found: stamp(d.now) + "; nothing stored is of later"}}, nil
}

// feeds tells of each feed in trouble, and of many with one cause together: then it is
// seldom the feeds.
func (d *doctor) feeds(context.Context) ([]finding, error) {
	ill := map[news.Cause][]finding{}
	read, unseen, count := 0, 0, 0
	for _, f := range d.s.cfg.Feeds {
		st, err := d.c.Store.FeedState(f.Name)
		if err != nil {
			return nil, err
		}
		switch cause := st.Trouble(); {
		case f.Disabled:
		case st.LastAttempt.IsZero() || st.URL != f.URL:
			unseen++
		case cause == news.CauseNone:
			read++
		default:
			count++
			ill[cause] = append(ill[cause], finding{"feeds", trouble, fmt.Sprintf("%s: %s since %s; %s", f.Name, cause, stamp(st.TroubleSince), st.Error), cmp.Or(render.English(st.Advice), "samur feeds test "+f.Name)})
		}
	}
	sum := finding{Check: "feeds", Degree: good, Found: fmt.Sprintf("%d are read, %d in trouble, %d not polled yet", read, count, unseen)}
	if len(d.s.cfg.NewsFeeds()) == 0 {
		sum.Degree, sum.Do = trouble, "samur feeds add NAME URL"
	}
	fs := []finding{sum}
	for _, cause := range slices.Sorted(maps.Keys(ill)) {
		fs = append(fs, together(cause, ill[cause], read)...)
	}
	return fs, nil
}

// together says once what many feeds have in common, with the first of them.
func together(cause news.Cause, fs []finding, read int) []finding {
	const few = 3
	if len(fs) <= few {
		return fs
	}
	sum := finding{"feeds", trouble, fmt.Sprintf("%d feeds are in trouble by %s, such as %s", len(fs), cause, fs[0].Found), "samur feeds list names them; " + fs[0].Do}
	if read == 0 && (cause == news.CauseDNS || cause == news.CauseConnect || cause == news.CauseTimeout) {
		sum.Do = "no feed is read: look at this machine's network, its names (/etc/resolv.conf) and firewall"
	}
	return []finding{sum}
}

// digests looks for slots that went by without an edition.
func (d *doctor) digests(context.Context) ([]finding, error) {
	var fs []finding
	for _, g := range d.s.cfg.Digests {
		owed, err := d.c.Due(app.Plan(g), d.now)
		if err != nil {
			return nil, err
		}
		next, err := schedule.Next(g.At, g.Zone, d.now)
		if err != nil {
			return nil, err
		}
		last, err := d.c.Store.LastDigest(g.Name)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return nil, err
		}
		f := finding{Check: "digests", Degree: good, Found: fmt.Sprintf("%s: last made %s, next at %s", g.Name, stamp(last.Made), stamp(next))}
		if n := len(owed); n > 0 && d.now.Sub(owed[0].At) > g.LateAfter {
			f.Degree, f.Found = trouble, fmt.Sprintf("%s: %d slots went by without an edition, the first at %s", g.Name, n, stamp(owed[0].At))
			f.Do = "start the daemon, which makes them; journalctl -u samur SAMUR_DIGEST=" + g.Name + " says what stopped it"
		}
		if faults := d.verify(last, err == nil); len(faults) > 0 {
			fs = append(fs, finding{"digests", trouble, fmt.Sprintf("%s does not agree with the store: %s", last.Slot, strings.Join(faults, "; ")), "samur digest verify"})
		}
		fs = append(fs, f)
	}
	return fs, nil
}

// verify counts the last edition anew.
func (d *doctor) verify(last news.Digest, made bool) []string {
	if !made {
		return nil
	}
	faults, err := publish.Verify(d.c.Store, last)
	if err != nil {
		return []string{err.Error()}
	}
	return faults
}

func (d *doctor) outbox(context.Context) ([]finding, error) {
	open, err := d.c.Store.Deliveries(store.DeliveryQuery{States: []news.DeliveryState{
		news.DeliveryPending, news.DeliverySending, news.DeliveryFailed,
	}})
	if err != nil {
		return nil, err
	}
	closed, err := d.c.Store.Closures()
	if err != nil {
		return nil, err
	}
	var fs []finding
	for _, c := range closed {
		fs = append(fs, finding{"outbox", trouble, fmt.Sprintf("channel %s was closed by its receiver: %s", c.Channel, c.Reason), "change its settings, or samur outbox test " + c.Channel})
	}
	waiting := 0
	for _, v := range open {
		switch {
		case v.State == news.DeliveryFailed:
			fs = append(fs, finding{"outbox", trouble, fmt.Sprintf("%s by %s to %s failed for good: %s", v.Slot, v.Channel, v.Recipient, lastWords(v)), "samur outbox show " + v.ID + ", then samur outbox retry " + v.ID})
		case d.now.Sub(v.Created) > time.Hour:
			fs = append(fs, finding{"outbox", trouble, fmt.Sprintf("%s by %s to %s waits since %s: %s", v.Slot, v.Channel, v.Recipient, stamp(v.Created), lastWords(v)), "samur outbox show " + v.ID})
		default:
			waiting++
		}
	}
	return append(fs, finding{Check: "outbox", Degree: good, Found: fmt.Sprintf("%d deliveries are on their way", waiting)}), nil
}

// lastWords are what came of the last attempt at a delivery.
func lastWords(v news.Delivery) string {
	if n := len(v.Attempts); n > 0 {
		return cmp.Or(v.Attempts[n-1].Error, v.Attempts[n-1].Reply)
	}
	return "not tried yet"
}

func (d *doctor) backups(context.Context) ([]finding, error) {
	b := d.s.cfg.Backup
	copies, err := filepath.Glob(filepath.Join(b.Dir, "samur-*.db"))
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	if b.At == "" {
		return []finding{{"backup", advice, "no copies are made by themselves", "set backup.at, and carry the copies to another machine"}}, nil
	}
	if len(copies) == 0 {
		return []finding{{"backup", advice, "no copy was made yet in " + b.Dir, "samur backup makes one now"}}, nil
	}
	newest := filepath.Base(slices.Max(copies))
	made, err := time.Parse("samur-20060102T150405Z.db", newest)
	if err != nil {
		return nil, fmt.Errorf("read the time of backup %q: %w", newest, err)
	}
	f := finding{Check: "backup", Degree: good, Found: fmt.Sprintf("%d copies, the newest of %s", len(copies), stamp(made))}
	due, err := schedule.Next(b.At, d.s.cfg.Zone, made)
	if err != nil {
		return nil, err
	}
	if d.now.Sub(due) > time.Hour {
		f.Degree, f.Do = trouble, "journalctl -u samur -g backup says why none followed"
	}
	return []finding{f}, nil
}
