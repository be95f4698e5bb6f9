package app_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/demo"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/schedule"
	"samur/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sampleFeeds serves the demo's feeds.
func sampleFeeds(t *testing.T) string {
	t.Helper()
	var h http.Handler
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(srv.Close)
	var err error
	if h, err = demo.Handler(srv.URL, time.Now()); err != nil {
		t.Fatal(err)
	}
	return srv.URL
}

// writeConfig writes a config with the given feeds, one YAML line each.
func writeConfig(t *testing.T, dir string, feeds ...string) {
	t.Helper()
	text := fmt.Sprintf(`state: %q
web: {listen: "127.0.0.1:0"}
poll: {allow: [127.0.0.0/8], per_host_delay: 0s, jitter: 0s}
digests:
  - {name: daily, at: "0 8 * * *", to: [files]}
channels:
  - name: files
    file: {dir: %q, formats: [text]}
feeds:
%s`, filepath.Join(dir, "state"), filepath.Join(dir, "digests"), strings.Join(feeds, ""))
	if err := os.WriteFile(filepath.Join(dir, "samur.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func demoLines(base string) []string {
	var lines []string
	for _, f := range demo.Feeds(base) {
		lines = append(lines, fmt.Sprintf("  - {name: %q, url: %q, outlet: %q, side: %s}\n", f.Name, f.URL, f.Outlet, f.Side))
	}
	return lines
}

func loadConfig(t *testing.T, dir string) *config.Config {
	t.Helper()
	cfg, err := config.Load(filepath.Join(dir, "samur.yaml"), config.Options{CheckCron: schedule.Check})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// start starts an app and stops it when the test ends.
func start(t *testing.T, dir string) *app.App {
	t.Helper()
	a, err := app.New(app.Options{
		Config: loadConfig(t, dir), Version: "test", Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}, app.Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, a) })
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// stop fails the test when the app does not end. The detector of races makes reading
// the language data take ten seconds on a busy machine, and the end waits for it.
func stop(t *testing.T, a *app.App) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := a.Stop(ctx); err != nil {
		t.Errorf("Stop = %v", err)
	}
}

// eventually asks until done says yes, for at most a minute: see stop.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(time.Minute)
	for !done() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

// polled reports whether every feed of a was polled.
func polled(t *testing.T, a *app.App) bool {
	t.Helper()
	for _, f := range a.Core().Feeds {
		st, err := a.Core().Store.FeedState(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if st.LastAttempt.IsZero() {
			return false
		}
	}
	return true
}

func get(t *testing.T, a *app.App, path string) (int, string) {
	t.Helper()
	resp, err := http.Get("http://" + a.Addr().String() + path)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	http.DefaultClient.CloseIdleConnections()
	return resp.StatusCode, string(body)
}

func TestTwoAppsSideBySide(t *testing.T) {
	base := sampleFeeds(t)
	var apps []*app.App
	for range 2 {
		dir := t.TempDir()
		writeConfig(t, dir, demoLines(base)...)
		apps = append(apps, start(t, dir))
	}
	for _, a := range apps {
		eventually(t, "every feed polled", func() bool { return polled(t, a) })
		if code, body := get(t, a, "/readyz"); code != http.StatusOK {
			t.Errorf("/readyz = %d %q, want 200", code, body)
		}
		edition(t, a)
	}
}

// edition makes an edition of a and waits for its delivery.
func edition(t *testing.T, a *app.App) {
	t.Helper()
	core := a.Core()
	plan, err := core.Plan("daily")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	line, err := core.Line()
	if err != nil {
		t.Fatal(err)
	}
	e, err := line.Publisher.Make(plan, news.Slot{Digest: "daily", At: now.Truncate(time.Second)}, now)
	if err != nil {
		t.Fatal(err)
	}
	if !e.Digest.Ledger.Balances() || e.Digest.Ledger.Told == 0 {
		t.Errorf("ledger %+v: want told items and a balance", e.Digest.Ledger)
	}
	if faults, err := publish.Verify(core.Store, e.Digest); err != nil || len(faults) > 0 {
		t.Errorf("Verify = %q, %v; want no fault", faults, err)
	}
	core.Outbox.Kick()
	eventually(t, "edition delivered", func() bool {
		_, waits, err := core.Store.NextDue()
		if err != nil {
			t.Fatal(err)
		}
		files, err := os.ReadDir(filepath.Join(filepath.Dir(core.Config.State), "digests"))
		return !waits && err == nil && len(files) == 1
	})
}

func TestStopCutsOffWhatHangs(t *testing.T) {
	asked, done := make(chan struct{}), make(chan struct{})
	first := sync.OnceFunc(func() { close(asked) })
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		first() // the daemon that follows asks as well
		select {
		case <-r.Context().Done():
		case <-done:
		}
	}))
	t.Cleanup(srv.Close)
	t.Cleanup(func() { close(done) })
	dir := t.TempDir()
	writeConfig(t, dir, fmt.Sprintf("  - {name: slow, url: %q}\n", srv.URL))
	a := start(t, dir)
	<-asked
	stop(t, a)
	again := start(t, dir) // the store was let go
	st, err := again.Core().Store.FeedState("slow")
	if err != nil {
		t.Fatal(err)
	}
	if !st.LastAttempt.IsZero() {
		t.Errorf("a poll that we cut off was recorded as an attempt at %v", st.LastAttempt)
	}
}

func TestReload(t *testing.T) {
	base := sampleFeeds(t)
	dir := t.TempDir()
	lines := demoLines(base)
	writeConfig(t, dir, lines[:1]...)
	a := start(t, dir)
	eventually(t, "first feed polled", func() bool { return polled(t, a) })

	writeConfig(t, dir, lines[:2]...)
	restart, err := a.Reload(t.Context(), loadConfig(t, dir))
	if err != nil || len(restart) != 0 {
		t.Fatalf("Reload = %v, %v; want nothing to restart for", restart, err)
	}
	if got := len(a.Core().Feeds); got != 2 {
		t.Fatalf("%d feeds in force, want 2", got)
	}
	eventually(t, "added feed polled", func() bool { return polled(t, a) })

	bad := *loadConfig(t, dir)
	bad.Seeds.Dir = filepath.Join(dir, "absent")
	bad.Feeds = bad.Feeds[:1]
	if _, err := a.Reload(t.Context(), &bad); err == nil {
		t.Error("Reload of a config whose seeds are missing succeeded")
	}
	if got := len(a.Core().Feeds); got != 2 {
		t.Errorf("after a refused reload %d feeds are in force, want the 2 of before", got)
	}

	moved := *loadConfig(t, dir)
	moved.Web.Listen = "127.0.0.1:1"
	restart, err = a.Reload(t.Context(), &moved)
	if err != nil || len(restart) != 1 || restart[0] != "web.listen" {
		t.Errorf("Reload = %v, %v; want web.listen to need a restart", restart, err)
	}
	if code, _ := get(t, a, "/healthz"); code != http.StatusOK {
		t.Errorf("/healthz = %d after the reloads, want 200", code)
	}
}

func TestNewSaysWhatIsInTheWay(t *testing.T) {
	none := "  - {name: closed, url: \"http://127.0.0.1:1/\"}\n"
	dir := t.TempDir()
	writeConfig(t, dir, none)
	a := start(t, dir)
	_, err := app.New(app.Options{Config: loadConfig(t, dir), Logger: slog.New(slog.DiscardHandler)}, app.Hooks{})
	if err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a second app on one store: %v; want it to say that the store is in use", err)
	}
	other := t.TempDir()
	writeConfig(t, other, none)
	cfg := loadConfig(t, other)
	cfg.Web.Listen = a.Addr().String()
	_, err = app.New(app.Options{Config: cfg, Logger: slog.New(slog.DiscardHandler)}, app.Hooks{})
	if err == nil || !strings.Contains(err.Error(), "web.listen") {
		t.Errorf("an address in use: %v; want it to name web.listen", err)
	}
}

// afterEdition is a log that calls a function when it is told that an edition was saved.
type afterEdition struct {
	slog.Handler
	then *func()
}

func (h afterEdition) Enabled(context.Context, slog.Level) bool { return true }

func (h afterEdition) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "edition saved" {
		(*h.then)()
	}
	return nil
}

// A stop in the middle of missed slots waits for the edition under way and for no other;
// those that are left are made later.
func TestMissedSlotIsMadeOnce(t *testing.T) {
	base := sampleFeeds(t)
	dir := t.TempDir()
	writeConfig(t, dir, demoLines(base)...)
	cfg := loadConfig(t, dir)
	now := time.Date(2026, 3, 8, 3, 0, 0, 0, time.UTC) // an hour before the slot in Baku
	saved := func() {}
	o := app.Options{Config: cfg, Logger: slog.New(afterEdition{slog.DiscardHandler, &saved}), Now: func() time.Time { return now }}
	core, err := app.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := core.Close(); err != nil {
			t.Error(err)
		}
	})
	plan, err := core.Plan("daily")
	if err != nil {
		t.Fatal(err)
	}
	made := func(want int) {
		t.Helper()
		if err := core.MakeDue(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
		ds, err := core.Store.Digests("daily", 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(ds) != want {
			t.Fatalf("at %v there are %d editions, want %d", now, len(ds), want)
		}
		for i := 1; i < len(ds); i++ {
			if ds[i-1].Window.From != ds[i].Window.To {
				t.Errorf("windows do not join: %v then %v", ds[i].Window, ds[i-1].Window)
			}
		}
	}
	made(0)
	if err := core.Poll(t.Context(), nil, func(news.Attempt) {}); err != nil {
		t.Fatal(err)
	}
	now = now.Add(10 * time.Hour) // asleep over the slot
	made(1)
	now = now.Add(-6 * time.Hour) // the clock is set back
	made(1)
	now = now.Add(6 * time.Hour)
	made(1)
	now = now.AddDate(0, 0, 3) // three days off
	ctx, stop := context.WithCancel(t.Context())
	saved = stop
	if err := core.MakeDue(ctx, plan); !errors.Is(err, context.Canceled) {
		t.Errorf("MakeDue that is stopped = %v, want %v", err, context.Canceled)
	}
	if ds, err := core.Store.Digests("daily", 0); err != nil || len(ds) != 2 {
		t.Errorf("after a stop in the first of three there are %d editions, %v; want 2", len(ds), err)
	}
	made(4)
}

// A command that was begun before a reload goes on with the old config; what it
// stores must find its story among those of the new one.
func TestOldAndNewConfigShareStories(t *testing.T) {
	var published atomic.Bool
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		item := ""
		if published.Load() {
			item = fmt.Sprintf(`<item><title>Russia and Azerbaijan sign customs agreement in Baku</title><link>http://%s%s/1</link>
<description>Russia and Azerbaijan signed a customs agreement in Baku, which opens a green corridor at the Yarag-Kazmalyar crossing.</description>
<pubDate>%s</pubDate></item>`, r.Host, r.URL.Path, time.Now().UTC().Format(time.RFC1123Z))
		}
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>t</title>%s</channel></rss>`, item)
	}))
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	writeConfig(t, dir, fmt.Sprintf("  - {name: one, outlet: One, url: %q}\n  - {name: two, outlet: Two, url: %q}\n", srv.URL+"/one", srv.URL+"/two"))
	a := start(t, dir)
	eventually(t, "both feeds polled", func() bool { return polled(t, a) })
	before := a.Core()
	line, err := before.Line()
	if err != nil {
		t.Fatal(err)
	}
	if err := line.Ingester.Settle(time.Now()); err != nil { // reads the index
		t.Fatal(err)
	}
	if _, err := a.Reload(t.Context(), loadConfig(t, dir)); err != nil {
		t.Fatal(err)
	}
	published.Store(true)
	poll := func(core *app.Core, feed string) {
		t.Helper()
		if err := core.Poll(t.Context(), []string{feed}, func(news.Attempt) {}); err != nil {
			t.Fatal(err)
		}
	}
	poll(a.Core(), "one")
	poll(before, "two")
	stories, err := a.Core().Store.Stories(store.StoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if len(stories) != 1 || len(stories[0].Members) != 2 {
		t.Errorf("stories = %+v, want one that both feeds tell", stories)
	}
}

func TestPollGoesOnWhenAFeedCannotBeStored(t *testing.T) {
	base := sampleFeeds(t)
	dir := t.TempDir()
	writeConfig(t, dir, demoLines(base)[:2]...)
	core, err := app.Open(app.Options{Config: loadConfig(t, dir), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := core.Close(); err != nil { // a store that takes nothing any more
		t.Fatal(err)
	}
	err = core.Poll(t.Context(), nil, func(news.Attempt) {})
	for _, f := range core.Feeds {
		if err == nil || !strings.Contains(err.Error(), f.Name) {
			t.Errorf("Poll = %v, want it to name %q: every feed has its turn", err, f.Name)
		}
	}
}

// TestStatusTellsTheNextDigest reads the line of systemctl status: its time is that of
// the config, not of the machine.
func TestStatusTellsTheNextDigest(t *testing.T) {
	dir := t.TempDir()
	writeConfig(t, dir, "  - {name: off, url: \"http://127.0.0.1:1/\"}\n")
	said := make(chan string, 1)
	a, err := app.New(app.Options{
		Config: loadConfig(t, dir), Logger: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2026, 3, 8, 3, 0, 0, 0, time.UTC) },
	}, app.Hooks{Notify: func(state string) {
		select {
		case said <- state:
		default: // only the first is read
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer stop(t, a)
	if got, want := <-said, "READY=1\nSTATUS=1 feeds; next digest daily at 2026-03-08 08:00 Asia/Baku"; got != want {
		t.Errorf("told the service manager %q, want %q", got, want)
	}
}

// TestKeeperIsToldOnce breaks a feed and finds one message about it, in the keeper's
// language, after a restart, and no second one after another.
func TestKeeperIsToldOnce(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }))
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	writeConfig(t, dir, fmt.Sprintf("  - {name: apa, url: %q}\nnotices: {to: [files], language: ru}\n", srv.URL))
	messages := func() []string {
		found, err := filepath.Glob(filepath.Join(dir, "digests", "notices-*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	first := start(t, dir)
	eventually(t, "the feed is polled", func() bool { return polled(t, first) })
	stop(t, first)
	second := start(t, dir)
	eventually(t, "a message is written", func() bool { return len(messages()) == 1 })
	text, err := os.ReadFile(messages()[0])
	if err != nil || !strings.Contains(string(text), "1 лента неисправна") || !strings.Contains(string(text), "(бакинское время, UTC+4)") {
		t.Errorf("the message is %q, %v", text, err)
	}
	stop(t, second)
	third := start(t, dir)
	if err := third.Core().SendNotices(); err != nil {
		t.Fatal(err)
	}
	open, err := third.Core().Store.Deliveries(store.DeliveryQuery{})
	if err != nil || len(open) != 1 {
		t.Errorf("%d deliveries, %v, want the first alone", len(open), err)
	}
}
