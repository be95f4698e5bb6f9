package crash

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"samur/internal/hostile"
	"samur/internal/news"
	"samur/internal/store"
)

// siege makes the tests of hostile feeds long: go test ./internal/cli/crash -run Hostile
// -siege 10m -timeout 30m -v
var siege = flag.Duration("siege", 0, "how long one daemon stands before every hostile feed; 0 is a few seconds before a part of them")

// What no reading of hostile feeds may cost, server processes left out.
const (
	maxResident  = 150 << 20       // bytes, for the daemon in two rounds and for a single reading
	maxAnonymous = 120 << 20       // bytes, for the daemon however long it stands
	maxWork      = 5 * time.Second // of a processor, for a single reading

	interval = time.Minute // between two polls of a feed that is well
)

// besieged is a site that polls sound feeds and hostile ones.
type besieged struct {
	*site
	lab   *hostile.Lab
	cases map[string]hostile.Case // by name, which is the feed's
	sound *newsroom
}

// newBesieged starts the servers and writes the config. timeout is for one request.
func newBesieged(t *testing.T, cases []hostile.Case, feeds int, timeout time.Duration) *besieged {
	t.Helper()
	lab := newLab(t, cases)
	b := &besieged{lab: lab, cases: map[string]hostile.Case{}, sound: newNewsroomAt(t, "127.0.0.4", feeds/5, feeds, 0)}
	var feedLines strings.Builder
	for i, c := range cases {
		b.cases[c.Name] = c
		fmt.Fprintf(&feedLines, "  - {name: %s, url: %q, outlet: Hostile %d}\n", c.Name, lab.URL(c), i)
	}
	b.site = newSiteWith(t, fmt.Sprintf("allow: [%s/32, 127.0.0.4/32], timeout: %s", hostile.Host, timeout), b.sound.config()+feedLines.String()+`
digests: [{name: daily, at: "0 8 * * *", to: [files]}]
channels: [{name: files, file: {}}]
log: {level: info, format: text}
`)
	b.env = append(b.env, "SSL_CERT_FILE="+b.path("ca.pem"))
	if err := os.WriteFile(b.path("ca.pem"), lab.CA(), 0o600); err != nil {
		t.Fatal(err)
	}
	return b
}

// newLab serves hostile cases, and holds at the end that nothing leaked.
func newLab(t *testing.T, cases []hostile.Case) *hostile.Lab {
	t.Helper()
	lab, err := hostile.Start(cases)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, leak := range lab.Leaks() {
			t.Error(leak)
		}
		lab.Close()
	})
	return lab
}

// feedCases are the cases that a config can name: addresses that nobody may ask are
// refused in it, or met behind redirects.
func feedCases(part bool) []hostile.Case {
	var out []hostile.Case
	injected := 0
	for _, c := range hostile.Cases() {
		switch c.Group {
		case hostile.Address:
			continue
		case hostile.Injection:
			if injected++; part && injected%4 != 0 {
				continue
			}
		}
		if part && c.Heavy && !slices.Contains(costliest, c.Name) {
			continue
		}
		out = append(out, c)
	}
	return out
}

// TestHostileFeeds has the daemon poll every hostile feed and sound ones beside them, all
// due at once, and holds that the sound ones are polled in time and lose nothing, that
// memory is bounded, and that each hostile one is named with its cause. The log is text in
// the first round and JSON in the second.
func TestHostileFeeds(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the race detector takes the memory that is measured")
	}
	b := newBesieged(t, feedCases(*siege == 0), 200, 3*time.Second)
	resting := b.resting()
	for round, format := range []string{"text", "json"} {
		b.logAs(format)
		p := b.start("run", "--now", at(round))
		begun := time.Now()
		p.within(2*interval, "every feed is polled", func() bool {
			return polls(p.log.String()) >= len(b.cases)+len(b.sound.feeds)-resting[round]
		})
		took := time.Since(begun)
		p.terminate()
		b.asked(round)
		b.check()
		b.checkResident("the daemon")
		checkHarmless(t, "log", p.log.String())
		t.Logf("round %d: %d hostile and %d sound feeds in %v, %d MB", round, len(b.cases), len(b.sound.feeds), took.Round(time.Millisecond), b.peak().resident>>20)
	}
	b.sound.rest()
	b.checkFeeds()
	b.checkSound(2)
	b.checkPrinted()
}

// TestHostileSiege is TestHostileFeeds in one process that stays, with the defaults of
// the config.
func TestHostileSiege(t *testing.T) {
	if *siege == 0 {
		t.Skip("needs -siege")
	}
	b := newBesieged(t, feedCases(false), 200, 30*time.Second)
	p := b.start("run", "--now", at(0))
	select {
	case <-time.After(*siege):
	case <-p.done:
		t.Fatalf("the daemon ended by itself; it said:\n%s", p.log.String())
	}
	p.terminate()
	b.check()
	most := b.peak()
	if most.anonymous > maxAnonymous {
		t.Errorf("the daemon took %d MB of its own, want at most %d", most.anonymous>>20, maxAnonymous>>20)
	}
	checkHarmless(t, "log", p.log.String())
	t.Logf("%d polls, %d MB of its own, %d MB with the store, %v of a processor", polls(p.log.String()), most.anonymous>>20, most.resident>>20, work(p))
	b.sound.rest()
	b.checkFeeds()
	b.checkSound(int(*siege/time.Minute) - 2)
	b.checkPrinted()
}

// logAs sets the form of the log.
func (b *besieged) logAs(format string) {
	b.t.Helper()
	raw, err := os.ReadFile(b.path("samur.yaml"))
	if err != nil {
		b.t.Fatal(err)
	}
	text := strings.NewReplacer("format: text", "format: "+format, "format: json", "format: "+format).Replace(string(raw))
	if err := os.WriteFile(b.path("samur.yaml"), []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// polls counts the polls that a log tells of.
func polls(log string) int {
	n := 0
	for _, message := range []string{"feed polled", "feed not read"} {
		n += strings.Count(log, `msg="`+message+`"`) + strings.Count(log, `"msg":"`+message+`"`)
	}
	return n
}

// resting returns how many feeds asked in the first round to be left alone for more than
// an hour, by round.
func (b *besieged) resting() [2]int {
	n := 0
	for _, name := range []string{"status-410", "retry-after-absurd", "retry-after-date", "retry-after-year-9999", "retry-after-on-200", "max-age-absurd", "expires-in-year-9999"} {
		if _, ok := b.cases[name]; ok {
			n++
		}
	}
	return [2]int{0, n}
}

// asked holds that every sound feed was asked in a round, and not much later than it was
// due, and that no feed was asked twice: one was every second that had asked for a day.
func (b *besieged) asked(round int) {
	b.t.Helper()
	var late time.Duration
	for name, attempts := range b.attempts() {
		if len(attempts) > round+1 {
			b.t.Errorf("%s was asked %d times by round %d", name, len(attempts), round)
		}
		if _, bad := b.cases[name]; bad {
			continue
		}
		wait := attempts[len(attempts)-1].At.Sub(begin.Add(time.Duration(round)*time.Hour + time.Minute))
		if wait < 0 {
			b.t.Errorf("%s was not asked in round %d", name, round)
		}
		late = max(late, wait)
	}
	if late > 2*interval {
		b.t.Errorf("the last sound feed was asked %v after it was due", late)
	}
	b.t.Logf("the last sound feed was asked %v after it was due", late.Round(time.Millisecond))
}

// attempts returns the polls of every feed, oldest first. No process may have the store.
func (b *besieged) attempts() map[string][]news.Attempt {
	b.t.Helper()
	all := map[string][]news.Attempt{}
	b.look(func(st *store.Store) error {
		cur, err := st.Cursor()
		if err != nil {
			return err
		}
		return st.AttemptsBetween(0, cur.Pass, func(a news.Attempt) bool {
			all[a.Feed] = append(all[a.Feed], a)
			return true
		})
	})
	return all
}

// look opens the store for fn, while no process has it.
func (b *besieged) look(fn func(*store.Store) error) {
	b.t.Helper()
	st, err := store.Open(store.Options{Path: b.db(), ReadOnly: true})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := errors.Join(fn(st), st.Close()); err != nil {
		b.t.Fatal(err)
	}
}

// checkFeeds holds that the list of feeds names every hostile one with its cause.
func (b *besieged) checkFeeds() {
	b.t.Helper()
	printed, said, _ := b.try("feeds", "list", "--json")
	got := map[string]news.Cause{}
	for line := range strings.Lines(printed) {
		var f struct {
			Feed     string
			Cause    news.Cause
			Failures int
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			b.t.Fatalf("%v in %q; %s", err, line, said)
		}
		if f.Failures > 0 {
			got[f.Feed] = f.Cause
		}
	}
	want := map[string]news.Cause{}
	for _, c := range b.cases {
		if c.Cause != "" {
			want[c.Name] = c.Cause
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		b.t.Errorf("feeds in trouble (-want +listed):\n%s", diff)
	}
}

// checkSound holds that every entry of a sound feed is stored once, and that none of them
// was polled less often or at longer distances than wished.
func (b *besieged) checkSound(least int) {
	b.t.Helper()
	got, want := map[string]int{}, map[string]int{}
	for feed := range b.sound.feeds {
		for _, link := range b.sound.links(feed) {
			want[link] = 1
		}
	}
	b.look(func(st *store.Store) error {
		return st.ItemsSince(time.Time{}, func(it news.Item) bool {
			if want[it.Link] > 0 {
				got[it.Link]++
			}
			return true
		})
	})
	if diff := gocmp.Diff(want, got); diff != "" {
		b.t.Errorf("entries of sound feeds (-listed +stored):\n%s", diff)
	}
	var longest time.Duration
	for name, attempts := range b.attempts() {
		if _, bad := b.cases[name]; bad {
			continue
		}
		if len(attempts) < least {
			b.t.Errorf("%s was polled %d times, want %d", name, len(attempts), least)
		}
		for i, a := range attempts {
			if a.Cause != news.CauseNone {
				b.t.Errorf("%s: %s", name, a.Error)
			}
			if i > 0 {
				longest = max(longest, a.At.Sub(attempts[i-1].At))
			}
		}
	}
	if *siege > 0 && longest > 2*(interval+interval/10) { // with all its jitter
		b.t.Errorf("a sound feed was not polled for %v", longest)
	}
	b.t.Logf("%d entries of sound feeds; the longest time between two polls was %v", len(want), longest.Round(time.Millisecond))
}

// checkPrinted holds that no command prints what a hostile feed put into its texts.
func (b *besieged) checkPrinted() {
	b.t.Helper()
	ids := b.hostileItems()
	commands := [][]string{
		{"feeds", "list"},
		{"search", "bridge", "--limit", "500"},
		{"stories", "list"},
		{"digest", "preview", "--now", at(2)},
		{"digest", "preview", "--form", "json", "--now", at(2)},
		{"poll", slices.Sorted(maps.Keys(b.cases))[0]},
	}
	for i := 0; i < len(ids); i += max(1, len(ids)/5) {
		commands = append(commands, []string{"explain", ids[i]})
	}
	for _, args := range commands {
		for _, form := range [][]string{nil, {"--json"}} {
			args := slices.Concat(args, form)
			printed, said, code := b.try(args...)
			if code > 1 {
				b.t.Errorf("samur %s: exit %d: %s", strings.Join(args, " "), code, said)
			}
			checkHarmless(b.t, "samur "+strings.Join(args, " "), printed+said)
		}
	}
}

// hostileItems are the ids of items of the injected feeds.
func (b *besieged) hostileItems() []string {
	b.t.Helper()
	var ids []string
	b.look(func(st *store.Store) error {
		return st.ItemsSince(time.Time{}, func(it news.Item) bool {
			if b.cases[it.Feed].Group == hostile.Injection {
				ids = append(ids, it.ID)
			}
			return true
		})
	})
	if len(ids) == 0 {
		b.t.Error("no item of a hostile feed is stored")
	}
	return ids
}

// checkHarmless holds that no line of a text steers a terminal or a log.
func checkHarmless(t *testing.T, what, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if harm := hostile.Harm(strings.TrimSuffix(line, "\n")); harm != "" {
			t.Errorf("%s: %.300q holds %s", what, line, harm)
			return
		}
	}
}

// costliest are the heavy cases that cost most, for the short form.
var costliest = []string{"long-base", "json-escapes", "gzip-bomb", "text-of-megabytes"}

// TestHostileReading has each heavy case read by a process of its own, and holds what it
// costs.
func TestHostileReading(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the race detector takes the memory that is measured")
	}
	var cases []hostile.Case
	for _, c := range hostile.Cases() {
		if c.Heavy && (*siege > 0 || slices.Contains(costliest, c.Name)) {
			cases = append(cases, c)
		}
	}
	lab := newLab(t, cases)
	s := newSite(t, "feeds: []\n")
	for _, c := range cases {
		begun := time.Now()
		p := s.start("read", "--allow", hostile.Host+"/32", lab.URL(c))
		<-p.done
		code := p.cmd.ProcessState.ExitCode()
		if bad := c.Cause != ""; bad != (code == 1) || code > 1 {
			t.Errorf("%s: exit %d; it said:\n%.2000s", c.Name, code, p.log.String())
		}
		s.checkResident(c.Name)
		if d := work(p); d > maxWork {
			t.Errorf("%s took %v of a processor, want at most %v", c.Name, d, maxWork)
		}
		checkHarmless(t, c.Name, p.log.String())
		t.Logf("%-28s %4d MB %8v of a processor %8v in all, exit %d", c.Name, s.peak().resident>>20, work(p), time.Since(begun).Round(time.Millisecond), code)
	}
}

// peak is the most memory, in bytes, that the site's last process had which ended by
// itself; zero where the system does not tell.
func (s *site) peak() (p struct{ resident, anonymous int64 }) {
	s.t.Helper()
	raw, err := os.ReadFile(s.path("peak"))
	if err == nil {
		_, err = fmt.Sscan(string(raw), &p.resident, &p.anonymous)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// work is the time that an ended process had of a processor.
func work(p *process) time.Duration {
	return (p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()).Round(time.Millisecond)
}

// checkResident holds what memory a process may take.
func (s *site) checkResident(what string) {
	s.t.Helper()
	if got := s.peak().resident; got > maxResident {
		s.t.Errorf("%s took %d MB, want at most %d", what, got>>20, maxResident>>20)
	}
}
