package app_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"samur/internal/app"
	"samur/internal/store"
)

var (
	soakDays  = flag.Int("soak", 21, "days that TestSoak runs the daemon for")
	soakFeeds = flag.Int("soakfeeds", 4, "feeds that it polls")
)

// soakWarm is how many days it takes until retention removes as much as comes: what is
// measured then is held against what is measured at the end.
const soakWarm = 16

// TestSoak runs the whole daemon for weeks of a clock that nobody waits for: feeds that go
// on writing, some of which fail now and then, digests, backups, retention. What it holds
// of memory and goroutines at the end is what it held when the oldest items began to go,
// and so is the store, but for the identities of items, which it knows for 180 days.
func TestSoak(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		writeSoak(t, dir)
		a, err := app.New(app.Options{
			Config: loadConfig(t, dir), Version: "test", Logger: slog.New(slog.DiscardHandler), Transport: publisher{time.Now()},
		}, app.Hooks{})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(soakWarm*24*time.Hour + 11*time.Hour)
		warm := condition(t, a)
		time.Sleep(time.Duration(*soakDays-soakWarm) * 24 * time.Hour)
		end := condition(t, a)
		t.Logf("day %d: %v\nday %d: %v", soakWarm, warm, *soakDays, end)
		if end.goroutines > warm.goroutines {
			t.Errorf("%d goroutines at the end, %d before", end.goroutines, warm.goroutines)
		}
		if most := warm.heap + warm.heap/10 + 1<<20; end.heap > most {
			t.Errorf("%d bytes of heap at the end, %d before, want at most %d", end.heap, warm.heap, most)
		}
		if most := warm.used + warm.used/5 + idsOfItem*(end.items-warm.items) + bytesOfDay*int64(*soakDays-soakWarm); end.used > most {
			t.Errorf("%d bytes of the store are in use at the end, %d before, want at most %d", end.used, warm.used, most)
		}
		// As many items have a text as before, whatever came: each feed writes as much a day.
		if most := warm.items - int64(warm.pruned) + 8; end.items-int64(end.pruned) > most {
			t.Errorf("%d items have a text at the end, want at most %d", end.items-int64(end.pruned), most)
		}
		if days := uint64(*soakDays); end.polls < days*uint64(*soakFeeds)*2 || end.digests < *soakDays || end.pruned == 0 {
			t.Errorf("%d polls, %d digests, %d items let go in %d days: the daemon did not work", end.polls, end.digests, end.pruned, days)
		}
		if copies, err := filepath.Glob(filepath.Join(dir, "backups", "*.db")); err != nil || len(copies) != 2 {
			t.Errorf("backups are %v, %v, want the last two", copies, err)
		}
		if err := a.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if err := store.Check(t.Context(), filepath.Join(dir, "state", "samur.db")); err != nil {
		t.Error(err)
	}
}

// What stays in the store although all else is let go: of an item its identities, for 180
// days; of a day its digest, without the forms it was shown in.
const (
	idsOfItem  = 600
	bytesOfDay = 24 << 10
)

// writeSoak writes a config that keeps as little as may be kept.
func writeSoak(t *testing.T, dir string) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, `state: %q
web: {listen: none}
poll: {every: 6h, per_host_delay: 0s, first_poll_age: 0s}
digests: [{name: daily, at: "0 8 * * *", to: [files]}]
channels: [{name: files, file: {dir: %q, formats: [text]}}]
retention: {items: 14d, attempts: 5d, digests: 10d}
backup: {at: "30 3 * * 1", dir: %q, keep: 2}
feeds:
`, filepath.Join(dir, "state"), filepath.Join(dir, "digests"), filepath.Join(dir, "backups"))
	for i := range *soakFeeds {
		fmt.Fprintf(&b, "  - {name: feed-%d, outlet: Outlet %d, side: %s, url: \"https://feed-%d.example/rss\"}\n", i, i, []string{"az", "ru", "other"}[i%3], i)
	}
	if err := os.WriteFile(filepath.Join(dir, "samur.yaml"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// held is what a daemon holds at a moment.
type held struct {
	goroutines, digests   int
	heap, used, items     int64
	polls, failed, pruned uint64
}

func condition(t *testing.T, a *app.App) held {
	t.Helper()
	synctest.Wait()
	st, err := a.Core().Store.Stats()
	if err != nil {
		t.Fatal(err)
	}
	slots, err := a.Core().Store.Slots("daily", time.Time{}, time.Time{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.GC() // what the first one finalised
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return held{
		goroutines: runtime.NumGoroutine(), digests: len(slots), heap: int64(m.HeapAlloc), used: st.FileBytes - st.FreeBytes, items: int64(st.Items),
		polls: st.Polls, failed: st.Failed, pruned: st.Pruned,
	}
}

// publisher answers for every feed: each writes something every fourteen hours, one poll
// in twenty fails, and what has not changed is a 304.
type publisher struct{ begun time.Time }

// soakGap is the time between two entries of a feed.
const soakGap = 14 * time.Hour

func (p publisher) RoundTrip(r *http.Request) (*http.Response, error) {
	now := time.Now()
	if rand.New(rand.NewPCG(uint64(now.UnixNano()), uint64(len(r.URL.Host)))).IntN(20) == 0 {
		return nil, fmt.Errorf("dial %s: connection refused", r.URL.Host)
	}
	newest := int(now.Sub(p.begun)/soakGap) + 10
	tag := fmt.Sprintf("%q", fmt.Sprint(newest))
	resp := &http.Response{StatusCode: http.StatusNotModified, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"Etag": {tag}}, Body: http.NoBody, Request: r}
	if r.Header.Get("If-None-Match") == tag {
		return resp, nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title>`, r.URL.Host)
	for n := newest; n > newest-10; n-- {
		at := p.begun.Add(time.Duration(n-10) * soakGap)
		topic := []string{"gas transit", "the border crossing at Samur", "a ferry line on the Caspian", "detained citizens"}[n%4]
		fmt.Fprintf(&b, `<item><title>Russia and Azerbaijan discuss %s (%d)</title><link>https://%s/%d</link><guid>%s-%d</guid><pubDate>%s</pubDate>`+
			`<description>Talks on %s took place in Baku on %s. Trade between Russia and Azerbaijan reached %d.%d billion dollars in 2025, the ministry number%d said.</description></item>`,
			topic, n, r.URL.Host, n, r.URL.Host, n, at.UTC().Format(time.RFC1123Z), topic, at.UTC().Format("2 January"), 3+n%3, n%10, n)
	}
	b.WriteString(`</channel></rss>`)
	resp.StatusCode, resp.Body, resp.ContentLength = http.StatusOK, io.NopCloser(strings.NewReader(b.String())), int64(b.Len())
	resp.Header.Set("Content-Type", "application/rss+xml; charset=utf-8")
	return resp, nil
}
