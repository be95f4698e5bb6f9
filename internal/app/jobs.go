package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"samur/internal/alert"
	"samur/internal/config"
	"samur/internal/fetch"
	"samur/internal/ingest"
	"samur/internal/metrics"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/schedule"
	"samur/internal/store"
)

// jobs are everything the daemon does by the clock.
func (a *App) jobs(core *Core) []schedule.Job {
	var js []schedule.Job
	for _, f := range core.Feeds {
		js = append(js, a.pollJob(core, f))
	}
	for _, d := range core.Config.Digests {
		js = append(js, a.digestJob(core, d))
	}
	js = append(js, a.keepJob(core))
	if len(core.Config.Notices.To) > 0 {
		js = append(js, a.noticesJob(core))
	}
	if len(core.Config.Alerts) > 0 {
		js = append(js, a.alertsJob(core))
	}
	if core.Config.Backup.At != "" {
		js = append(js, a.backupJob(core))
	}
	if a.hooks.Watchdog > 0 {
		js = append(js, a.watchdogJob(core))
	}
	return js
}

// pollName is what the job that polls a feed is called.
func pollName(feed string) string { return "feed/" + feed }

// pollJob polls one feed whenever its stored due time has come. The due time is
// read from the store at each step, so that it survives a restart and a reload.
func (a *App) pollJob(core *Core, f news.Feed) schedule.Job {
	var retry atomic.Int64 // not before, Unix seconds: after the store failed
	address := f.URL       // where it is asked; Next sets it, Place reads it
	return schedule.Job{
		Name:  pollName(f.Name),
		Place: func() (key, pace string) { return core.placeOf(address) },
		Next: func(now time.Time) time.Time {
			st, err := core.Store.FeedState(f.Name)
			if err != nil {
				return now.Add(time.Minute)
			}
			address = ingest.Address(f, st)
			due := ingest.Due(f, core.policy(), st, now)
			if due.IsZero() {
				return due
			}
			if late := !due.After(now); late && core.Config.Poll.Jitter > 0 {
				due = now.Add(schedule.Phase(f.Name, core.Config.Poll.Jitter))
			}
			held, err := core.shared.Held(core.Store, address, now)
			if err != nil {
				return now.Add(time.Minute)
			}
			return slices.MaxFunc([]time.Time{due, held, time.Unix(retry.Load(), 0)}, time.Time.Compare)
		},
		Run: func(ctx context.Context) {
			got, err := core.ingest.Feed(ctx, f, core.now())
			if err != nil && ctx.Err() == nil {
				a.lg.Error("poll not stored", "feed", f.Name, "err", err)
				retry.Store(a.now().Add(time.Minute).Unix())
			}
			if got.New > 0 && err == nil {
				a.currentRunner().Wake(alertsName) // false when there are no alerts
			}
		},
	}
}

// placeOf returns the host that a feed at address keeps busy, and the site whose polls
// keep their distance.
func (c *Core) placeOf(address string) (host, site string) {
	host = fetch.Host(address)
	if c.Config.Poll.Pause(fetch.IP(host)) > 0 {
		site = fetch.Site(host)
	}
	return host, site
}

// digestJob makes every slot that is due, and asks again a minute later when that
// failed.
func (a *App) digestJob(core *Core, d config.Digest) schedule.Job {
	plan := Plan(d)
	var retry atomic.Int64
	return schedule.Job{
		Name: "digest/" + d.Name,
		Key:  "digest", // one after the other: they share the stories
		Next: func(now time.Time) time.Time {
			at, err := core.nextSlot(plan, now)
			if err != nil {
				a.lg.Error("digest not due", "edition", plan.Name, "err", err)
				return now.Add(time.Minute)
			}
			if not := time.Unix(retry.Load(), 0); at.Before(not) {
				return not
			}
			return at
		},
		Run: func(ctx context.Context) {
			if err := core.MakeDue(ctx, plan); err != nil && ctx.Err() == nil {
				a.lg.Error("digest not made", "edition", plan.Name, "err", err)
				retry.Store(a.now().Add(time.Minute).Unix())
			}
			a.notify("STATUS=" + a.status())
		},
	}
}

// noticesJob sends the keeper word of the feeds.
func (a *App) noticesJob(core *Core) schedule.Job {
	n := core.Config.Notices
	return schedule.Job{Name: "notices", Every: n.Collect, Run: func(context.Context) {
		if err := core.SendNotices(); err != nil {
			a.lg.Error("notices not sent", "err", err)
		}
	}}
}

// SendNotices puts word to the keeper into the outbox when there is any.
func (c *Core) SendNotices() error {
	line, err := c.Line()
	if err != nil {
		return err
	}
	var states []news.FeedState
	for _, f := range c.Feeds {
		st, err := c.Store.FeedState(f.Name)
		if err != nil {
			return err
		}
		states = append(states, st)
	}
	keeper := publish.Keeper{To: c.Config.Notices.To, Lang: c.Config.Notices.Language, Zone: c.Config.Zone}
	sent, err := line.Publisher.Notices(keeper, states, c.now())
	if sent > 0 {
		c.Outbox.Kick()
	}
	return err
}

// alertsName is the job that sends alerts.
const alertsName = "alerts"

// alertsJob looks for stories that go out at once: after each poll that brought
// something, and every minute for what quiet hours held and for what a crash left
// between a poll and its alerts.
func (a *App) alertsJob(core *Core) schedule.Job {
	for _, rule := range core.Config.Alerts {
		if _, err := publish.BeginAlert(core.Store, rule.Name, core.now()); err != nil {
			a.lg.Error("alerts not sent", "err", err)
		}
	}
	return schedule.Job{Name: alertsName, Every: time.Minute, Run: func(context.Context) {
		if err := core.SendAlerts(); err != nil {
			a.lg.Error("alerts not sent", "err", err)
		}
	}}
}

// SendAlerts puts the stories that the alerts of the config take into the outbox. A rule
// that fails does not keep the others from theirs.
func (c *Core) SendAlerts() error {
	line, err := c.Line()
	if err != nil {
		return err
	}
	total := 0
	var failed []error
	for _, a := range c.Config.Alerts {
		rule, err := alertRule(a)
		if err == nil {
			var n int
			n, err = line.Publisher.Alert(rule, c.now())
			total += n
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("alert %q: %w", a.Name, err))
		}
	}
	if total > 0 {
		c.Outbox.Kick()
	}
	return errors.Join(failed...)
}

// alertRule translates a configured alert.
func alertRule(a config.Alert) (alert.Rule, error) {
	zone, err := time.LoadLocation(a.Zone)
	if err != nil {
		return alert.Rule{}, err // config refused it
	}
	from, to := a.Quiet()
	return alert.Rule{
		Name: a.Name, To: a.To, Lang: a.Language, Zone: zone, Topics: a.Topics, Actors: a.Actors, Keywords: a.Keywords,
		MinVoices: a.MinVoices, BothSides: a.BothSides, MinRank: a.MinRank, MinScore: a.MinScore,
		QuietFrom: from, QuietTo: to, MostPerDay: a.MostPerDay,
	}, nil
}

// Plan translates a configured digest.
func Plan(d config.Digest) publish.Plan {
	return publish.Plan{
		Name: d.Name, At: d.At, Zone: d.Zone, Lang: d.Language, Topics: d.Topics, Title: d.Title,
		MaxStories: d.MaxStories, MaxPerTopic: d.MaxPerTopic, Quiet: d.Quiet == "none", Merge: d.Missed == "merge",
		LateAfter: d.LateAfter, Question: d.Question, To: d.To,
	}
}

// Plan returns the plan of the named digest.
func (c *Core) Plan(name string) (publish.Plan, error) { return FindPlan(c.Config, name) }

// FindPlan returns the plan of the named digest of cfg, or of the only one it has.
func FindPlan(cfg *config.Config, name string) (publish.Plan, error) {
	var names []string
	for _, d := range cfg.Digests {
		if d.Name == name || name == "" && len(cfg.Digests) == 1 {
			return Plan(d), nil
		}
		names = append(names, d.Name)
	}
	have := strings.Join(names, ", ")
	switch {
	case len(names) == 0:
		return publish.Plan{}, fmt.Errorf("the config has no digest; add one to its digests")
	case name == "":
		return publish.Plan{}, fmt.Errorf("which digest? name it with --digest: the config has %s", have)
	}
	return publish.Plan{}, fmt.Errorf("no digest is called %q; the config has %s", name, have)
}

// Due returns the slots that plan owes at now, oldest first.
func (c *Core) Due(plan publish.Plan, now time.Time) ([]news.Slot, error) {
	begun, err := c.Store.Begun(plan.Name, now)
	if err != nil {
		return nil, fmt.Errorf("read when digest %q began: %w", plan.Name, err)
	}
	return publish.Due(c.Store, plan, begun, now)
}

// nextSlot returns when plan is to be looked at next: at once when it owes a slot.
func (c *Core) nextSlot(plan publish.Plan, now time.Time) (time.Time, error) {
	owed, err := c.Due(plan, now)
	if err != nil {
		return time.Time{}, err
	}
	if len(owed) > 0 {
		return now, nil
	}
	return schedule.Next(plan.At, plan.Zone, now)
}

// MakeDue makes every slot that plan owes, oldest first, and wakes the outbox. When ctx
// ends it leaves those that are not begun to the next call.
func (c *Core) MakeDue(ctx context.Context, plan publish.Plan) error {
	now := c.now()
	slots, err := c.Due(plan, now)
	if err != nil {
		return err
	}
	if len(slots) == 0 {
		return nil
	}
	line, err := c.Line()
	if err != nil {
		return err
	}
	for _, slot := range slots {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := line.Publisher.Make(plan, slot, now)
		if errors.Is(err, news.ErrExists) {
			continue
		}
		if err != nil {
			return err
		}
		c.metrics.Made(e.Digest)
	}
	c.Outbox.Kick()
	return nil
}

// keepJob drops once a day what has been kept long enough.
func (a *App) keepJob(core *Core) schedule.Job {
	return schedule.Job{Name: "retention", Every: 24 * time.Hour, Jitter: 10 * time.Minute, Run: func(ctx context.Context) {
		if err := core.Keep(ctx); err != nil && ctx.Err() == nil {
			a.lg.Error("old records not dropped", "err", err)
		}
	}}
}

// Keep drops what the retention rules let go, but nothing that an edition has
// still to tell.
func (c *Core) Keep(ctx context.Context) error {
	now := c.now().UTC()
	r := c.Config.Retention
	keep := store.Keep{Items: now.Add(-r.Items), Identities: now.Add(-r.Items), Attempts: now.Add(-r.Attempts)}
	keep.Reduced = now.Add(-c.ingest.Window())
	if r.Digests > 0 {
		keep.Forms, keep.Deliveries = now.Add(-r.Digests), now.Add(-r.Digests)
	}
	for _, d := range c.Config.Digests {
		open, err := c.open(d.Name, now)
		if err != nil {
			return fmt.Errorf("drop old records: %w", err)
		}
		if keep.Untold == 0 || open.Item < keep.Untold-1 {
			keep.Untold = open.Item + 1
		}
		if keep.Open == 0 || open.Pass < keep.Open-1 {
			keep.Open = open.Pass + 1
		}
	}
	n, err := c.Store.Prune(keep)
	if err != nil {
		return fmt.Errorf("drop old records: %w", err)
	}
	if err := c.compact(ctx); err != nil {
		return err
	}
	if n != (store.Pruned{}) {
		c.lg.Info("old records dropped", "items", n.Items, "attempts", n.Attempts, "deliveries", n.Deliveries)
	}
	return nil
}

// open returns the place from which on the named digest has still to tell: where its last
// edition ended, or where it was first known of.
func (c *Core) open(digest string, now time.Time) (news.Cursor, error) {
	last, err := c.Store.LastDigest(digest)
	if err == nil {
		return last.Window.To, nil
	}
	if !errors.Is(err, news.ErrNotFound) {
		return news.Cursor{}, err
	}
	begun, err := c.Store.Begun(digest, now)
	if err != nil {
		return news.Cursor{}, err
	}
	return c.Store.CursorAt(begun)
}

// compactFrom is the size from which a file that is half empty is rewritten.
const compactFrom = 64 << 20

// compact gives space back to the disk when more than half of a large file is free.
func (c *Core) compact(ctx context.Context) error {
	st, err := c.Store.Stats()
	if err != nil {
		return fmt.Errorf("measure store: %w", err)
	}
	if st.FileBytes < compactFrom || 2*st.FreeBytes < st.FileBytes {
		return nil
	}
	if err := c.Store.Compact(ctx); err != nil {
		return err
	}
	c.lg.Info("store compacted", "bytes", st.FileBytes-st.FreeBytes)
	return nil
}

// backupJob copies the store at its times.
func (a *App) backupJob(core *Core) schedule.Job {
	return schedule.Job{
		Name: "backup",
		Next: func(now time.Time) time.Time {
			at, err := schedule.Next(core.Config.Backup.At, core.Config.Zone, now)
			if err != nil {
				return time.Time{} // config refused it
			}
			return at
		},
		Run: func(ctx context.Context) {
			path, err := Backup(ctx, core.Config, core.Store, a.now())
			if err != nil {
				a.lg.Error("backup not made", "err", err)
				return
			}
			a.lg.Info("backup made", "path", path)
		},
	}
}

// Backup makes a verified copy in the backup directory, drops the oldest beyond
// those to keep, and returns the path of the new one.
func Backup(ctx context.Context, cfg *config.Config, st *store.Store, now time.Time) (string, error) {
	dir := cfg.Backup.Dir
	if err := store.MakeDir(dir); err != nil {
		return "", fmt.Errorf("create backup directory: %w", err)
	}
	path := filepath.Join(dir, "samur-"+now.UTC().Format("20060102T150405Z")+".db")
	if err := st.Backup(ctx, path); err != nil {
		return "", err
	}
	old, err := filepath.Glob(filepath.Join(dir, "samur-*.db"))
	if err != nil {
		return "", fmt.Errorf("list backups: %w", err)
	}
	slices.Sort(old)
	for len(old) > cfg.Backup.Keep {
		if err := os.Remove(old[0]); err != nil {
			return "", fmt.Errorf("remove old backup: %w", err)
		}
		old = old[1:]
	}
	return path, nil
}

// gaugeEvery is how old what the metrics count from the store may be.
const gaugeEvery = 15 * time.Second

// scraped answers with the metrics. What they count from the store is counted when
// somebody asks, and for nobody in between: with 5,000 feeds it takes some 50 ms.
func (a *App) scraped() http.Handler {
	var mu sync.Mutex
	var counted time.Time
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		core := a.Core()
		mu.Lock()
		if now := a.now(); now.Sub(counted).Abs() >= gaugeEvery {
			if err := core.Gauge(); err != nil {
				a.lg.Warn("metrics not refreshed", "err", err)
			}
			counted = now
		}
		mu.Unlock()
		core.metrics.Handler().ServeHTTP(w, r)
	})
}

// Gauge counts the store for the metrics.
func (c *Core) Gauge() error {
	st, err := c.Store.Stats()
	if err != nil {
		return fmt.Errorf("count store: %w", err)
	}
	s := metrics.Snapshot{StoreBytes: st.FileBytes, StoreFree: st.FreeBytes, Items: st.Items - st.Pruned}
	for _, step := range []func(*metrics.Snapshot) error{c.gaugeFeeds, c.gaugeDigests, c.gaugeOutbox} {
		if err := step(&s); err != nil {
			return err
		}
	}
	c.metrics.Gauge(s)
	return nil
}

func (c *Core) gaugeFeeds(s *metrics.Snapshot) error {
	for _, f := range c.Feeds {
		st, err := c.Store.FeedState(f.Name)
		if err != nil {
			return fmt.Errorf("count feeds: %w", err)
		}
		s.Feeds = append(s.Feeds, st)
	}
	return nil
}

func (c *Core) gaugeDigests(s *metrics.Snapshot) error {
	for _, d := range c.Config.Digests {
		made, err := c.made.last(c.Store, d.Name)
		if err != nil {
			return fmt.Errorf("count digests: %w", err)
		}
		next, err := schedule.Next(d.At, d.Zone, c.now())
		if err != nil {
			return fmt.Errorf("count digests: %w", err)
		}
		s.Digests = append(s.Digests, metrics.DigestState{Name: d.Name, Made: made, Next: next})
	}
	return nil
}

// makings remembers when the newest digest of each name was made: to find that out is to
// read all of it.
type makings struct {
	mu sync.Mutex
	of map[string]making
}

type making struct {
	slot news.Slot
	made time.Time
}

// last returns when the newest digest of a name was made, the zero time for none.
func (m *makings) last(st *store.Store, name string) (time.Time, error) {
	slots, err := st.Slots(name, time.Time{}, time.Time{}, 1)
	if err != nil || len(slots) == 0 {
		return time.Time{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if known, ok := m.of[name]; ok && known.slot == slots[0] {
		return known.made, nil
	}
	d, err := st.Digest(slots[0])
	if err != nil {
		return time.Time{}, err
	}
	if m.of == nil {
		m.of = map[string]making{}
	}
	m.of[name] = making{slots[0], d.Made}
	return d.Made, nil
}

func (c *Core) gaugeOutbox(s *metrics.Snapshot) error {
	open, err := c.Store.Deliveries(store.DeliveryQuery{States: []news.DeliveryState{
		news.DeliveryPending, news.DeliverySending, news.DeliveryFailed,
	}})
	if err != nil {
		return fmt.Errorf("count outbox: %w", err)
	}
	for _, d := range open {
		if d.State == news.DeliveryFailed {
			s.Failed++
			continue
		}
		s.Pending++
		if s.Oldest.IsZero() || d.Created.Before(s.Oldest) {
			s.Oldest = d.Created
		}
	}
	return nil
}

// watchdogJob tells the service manager that work goes on: the job runs on the
// scheduler and reads the store, so it stops when either is stuck.
func (a *App) watchdogJob(core *Core) schedule.Job {
	return schedule.Job{Name: "watchdog", Every: a.hooks.Watchdog / 3, Run: func(context.Context) {
		if _, err := core.Store.Cursor(); err != nil {
			a.lg.Error("watchdog not stroked", "err", err)
			return
		}
		a.notify("WATCHDOG=1")
	}}
}
