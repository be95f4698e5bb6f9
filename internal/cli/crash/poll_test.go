package crash

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/store"
)

// TestKillWhilePolling kills the daemon, and then the command that polls, in the middle
// of their work, and holds that every entry that was ever listed is stored once.
func TestKillWhilePolling(t *testing.T) {
	t.Parallel()
	rng := newRand(t)
	feeds := 24
	if raced {
		feeds = 12
	}
	n := newNewsroom(t, 4, feeds, 8*time.Millisecond)
	s := newSite(t, n.config()+`
digests: [{name: daily, at: "0 8 * * *", to: [files]}]
channels: [{name: files, file: {}}]
`)
	pass := onePass(t, s, n)
	killed, round := 0, 1
	for _, command := range []string{"run", "poll"} {
		for range rounds() {
			begun, wait := moment(rng, round, n.round(), pass)
			if s.start(command, "--now", at(round)).killAfter(begun, wait) {
				killed++
			}
			s.check()
			round++
		}
	}
	if !n.rest() && !raced { // with the detector the few kills may all miss
		t.Error("every document that was sent was kept: no kill met a poll")
	}
	t.Logf("%d of %d processes were killed; a whole pass took %v", killed, round-1, pass)
	settle(t, s, n, round)
	s.samur("digest", "make", "--now", at(round+2))
	for _, slot := range editions(t, s) {
		s.samur("digest", "verify", "--slot", slot)
	}
	if stored := checkPolled(t, s, n); stored <= 3*len(n.feeds) && !raced { // the first pass, and the two of settle
		t.Errorf("%d polls are stored: every process was killed before it stored anything", stored)
	}
}

// onePass lets the daemon read every feed once and returns how long it took from the
// first request on: within that time a kill meets it at work.
func onePass(t *testing.T, s *site, n *newsroom) time.Duration {
	t.Helper()
	asked := n.round()
	p := s.start("run", "--now", at(0))
	select {
	case <-asked:
	case <-time.After(patience):
		t.Fatalf("samur asks for nothing; it said:\n%s", p.log.String())
	}
	began := time.Now()
	p.eventually("every feed is polled", func() bool { return len(polled(p.log.String())) == len(n.feeds) })
	took := time.Since(began)
	p.terminate()
	return took
}

// polled returns the feeds that a log tells a good poll of.
func polled(log string) map[string]bool {
	feeds := map[string]bool{}
	for line := range strings.Lines(log) {
		if _, rest, ok := strings.Cut(line, `msg="feed polled" feed=`); ok {
			name, _, _ := strings.Cut(rest, " ")
			feeds[name] = true
		}
	}
	return feeds
}

// settle lets the daemon read everything, ends it, and holds that it has the newest
// document of every feed.
func settle(t *testing.T, s *site, n *newsroom, round int) {
	t.Helper()
	p := s.start("run", "--now", at(round))
	p.eventually("every feed is polled", func() bool { return len(polled(p.log.String())) == len(n.feeds) })
	p.terminate()
	s.check()
	lines := strings.Split(strings.TrimSpace(s.samur("poll", "--json", "--now", at(round+1))), "\n")
	var last struct {
		Total struct {
			Read    int `json:"feeds_read"`
			Entries int `json:"entries"`
		} `json:"total"`
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	if last.Total.Read != len(n.feeds) || last.Total.Entries != 0 {
		t.Errorf("a poll after all is stored reads %d feeds and %d entries, want %d and 0", last.Total.Read, last.Total.Entries, len(n.feeds))
	}
}

// checkPolled compares the store with what the newsroom listed, and returns how many
// polls are stored.
func checkPolled(t *testing.T, s *site, n *newsroom) (polls int) {
	t.Helper()
	st := s.open()
	cur, err := st.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	items, got := map[pollOf]int{}, map[string]int{}
	var relevant []string
	err = st.ItemsBetween(0, cur.Item, func(it news.Item) bool {
		items[pollOf{it.Feed, it.FirstSeen}]++
		got[it.Link]++
		if it.Verdict.Relevant {
			relevant = append(relevant, it.ID)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{}
	for feed := range n.feeds {
		for _, link := range n.links(feed) {
			want[link] = 1
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries stored, by address (-listed +stored):\n%s", diff)
	}
	read := checkAttempts(t, st, cur, items)
	checkStories(t, st, relevant)
	editions := checkEditions(t, s, st, read)
	t.Logf("%d polls read %d entries: %d items, %d relevant, %d editions", cur.Pass, read, len(got), len(relevant), editions)
	return int(cur.Pass)
}

// checkEditions holds that the accounts of all editions are good and add up to the
// entries that were read, and returns how many editions there are.
func checkEditions(t *testing.T, s *site, st *store.Store, read int) int {
	t.Helper()
	digests, err := st.Digests("", 0)
	if err != nil {
		t.Fatal(err)
	}
	seen, told := 0, 0
	for _, d := range digests {
		if !d.Ledger.Balances() {
			t.Errorf("the ledger of %s does not balance: %+v", d.Slot, d.Ledger)
		}
		seen += d.Ledger.Seen
		told += d.Ledger.Told
	}
	if seen != read || told == 0 {
		t.Errorf("the editions account for %d entries and tell %d items, want %d and some", seen, told, read)
	}
	return len(digests)
}

// editions lists the slots of all editions, oldest first.
func editions(t *testing.T, s *site) []string {
	t.Helper()
	var slots []string
	for line := range strings.Lines(s.samur("digest", "list", "--json", "--limit", "1000")) {
		var e struct{ Slot string }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		slots = append(slots, e.Slot)
	}
	slices.Reverse(slots)
	return slots
}

// pollOf names a poll.
type pollOf struct {
	feed string
	at   time.Time
}

// checkAttempts holds that every poll is stored whole: it has as many items as it says,
// and no item is of a poll that is not there. It returns how many entries were read.
func checkAttempts(t *testing.T, st *store.Store, cur news.Cursor, items map[pollOf]int) int {
	t.Helper()
	read := 0
	said := map[pollOf]int{}
	next := uint64(1)
	err := st.AttemptsBetween(0, cur.Pass, func(a news.Attempt) bool {
		if a.Pass != next || a.Cause != news.CauseNone || a.Entries != a.New+a.Repeated {
			t.Errorf("poll %d is %+v", next, a)
		}
		next++
		read += a.Entries
		if a.New > 0 {
			said[pollOf{a.Feed, a.At}] += a.New // a long document is stored in parts
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	if next != cur.Pass+1 {
		t.Errorf("%d polls are stored, want %d", next-1, cur.Pass)
	}
	if diff := cmp.Diff(said, items); diff != "" {
		t.Errorf("items of each poll (-said +stored):\n%s", diff)
	}
	return read
}

// checkStories holds that every relevant item is in one story, and no other item.
func checkStories(t *testing.T, st *store.Store, relevant []string) {
	t.Helper()
	stories, err := st.Stories(store.StoryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]int{}, map[string]int{}
	for _, id := range relevant {
		want[id] = 1
	}
	for _, story := range stories {
		for _, m := range story.Members {
			got[m.Item]++
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stories of relevant items (-want +got):\n%s", diff)
	}
}
