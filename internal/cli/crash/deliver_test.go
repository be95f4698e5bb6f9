package crash

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/store"
)

// TestKillWhileDelivering kills the daemon in the middle of making and sending editions,
// and holds that each is made once and reaches everybody; and that what came twice is
// the same message to the byte, whose first answer was cut off by the kill.
func TestKillWhileDelivering(t *testing.T) {
	t.Parallel()
	rng := newRand(t)
	in := newReceivers(t, rand.New(rand.NewPCG(rng.Uint64(), 0)))
	n := newNewsroom(t, 1, 6, 0)
	s := newSite(t, n.config()+in.config()+`
digests: [{name: hourly, at: "0 * * * *", to: [mail, hook, files]}]
`)
	in.begin(0, true)
	s.samur("poll", "--now", begin.Format(time.RFC3339))
	s.know("hourly", begin)
	var slots []string
	for round := range rounds() {
		touched := in.begin(round, false)
		p := s.start("run", "--now", at(round+1))
		if !p.killAfter(touched, between(rng, time.Millisecond, 200*time.Millisecond)) {
			t.Fatalf("the daemon ended by itself; it said:\n%s", p.log.String())
		}
		in.end()
		s.check()
		slots = append(slots, begin.Add(time.Duration(round+1)*time.Hour).Format(time.RFC3339))
	}
	in.begin(rounds(), true)
	// What failed and waits is due an hour later too.
	p := s.start("run", "--now", begin.Add(time.Duration(rounds()+1)*time.Hour-time.Minute).Format(time.RFC3339))
	p.eventually("it is ready", func() bool { return strings.Contains(p.log.String(), "samur ready") })
	p.within(patience+time.Duration(rounds())*time.Second, "everything is delivered", func() bool {
		return len(editions(t, s)) == len(slots) && s.samur("outbox", "list", "--json") == ""
	})
	for _, slot := range slots {
		s.samur("digest", "verify", "--slot", slot)
	}
	if diff := cmp.Diff(slots, editions(t, s)); diff != "" {
		t.Errorf("editions (-slots +made):\n%s", diff)
	}
	p.terminate()
	s.check()
	checkDelivered(t, s, in)
}

// know makes a digest known from a moment on: its slots after that are owed.
func (s *site) know(digest string, from time.Time) {
	s.t.Helper()
	st, err := store.Open(store.Options{Path: s.db()})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := st.Begun(digest, from); err != nil {
		s.t.Error(err)
	}
	if err := st.Close(); err != nil {
		s.t.Fatal(err)
	}
}

// checkDelivered compares the outbox with what the receivers took.
func checkDelivered(t *testing.T, s *site, in *receivers) {
	t.Helper()
	st := s.open()
	all, err := st.Deliveries(store.DeliveryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if want := rounds() * (len(in.to) + 2); len(all) != want { // and one hook, one file
		t.Errorf("%d deliveries are stored, want %d", len(all), want)
	}
	copies := in.copies()
	repeats := 0
	for _, d := range all {
		if d.State != news.DeliverySent {
			t.Errorf("delivery %s is %s, want sent", d.ID, d.State)
		}
		d, err := st.Delivery(d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d.Channel == "files" {
			checkFile(t, s, d)
			continue
		}
		got := copies[d.ID]
		delete(copies, d.ID)
		if len(got) == 0 {
			t.Errorf("delivery %s is sent and never came", d.ID)
			continue
		}
		for _, c := range got {
			if c.channel != d.Channel || !bytes.Equal(c.body, d.Payload) {
				t.Errorf("delivery %s came in round %d with other bytes than it was stored with", d.ID, c.round)
			}
		}
		repeats += len(got) - 1
		checkRepeats(t, in, d, got)
	}
	for id := range copies {
		t.Errorf("a message %q came that is not in the outbox", id)
	}
	t.Logf("%d deliveries, %d came again", len(all), repeats)
	leftovers, err := filepath.Glob(filepath.Join(s.path("state"), "digests", ".*"))
	if err != nil || len(leftovers) > 0 {
		t.Errorf("beside the digests lie %v, %v", leftovers, err)
	}
}

// checkFile holds that a digest's file is the one that was stored.
func checkFile(t *testing.T, s *site, d news.Delivery) {
	t.Helper()
	name := d.Slot.Digest + "-" + d.Slot.At.Format("2006-01-02T1504Z") + ".txt"
	b, err := os.ReadFile(filepath.Join(s.path("state"), "digests", name))
	if err != nil || !bytes.Equal(b, d.Payload) {
		t.Errorf("file of %s has %d bytes, %v, want the %d that are stored", d.ID, len(b), err, len(d.Payload))
	}
}

// checkRepeats holds that a message came again only because its answer was cut off: it
// was the last one to its recipient before the kill, and the outbox says so.
func checkRepeats(t *testing.T, in *receivers, d news.Delivery, got []received) {
	t.Helper()
	for i, c := range got {
		last := i == len(got)-1
		switch {
		case last && !c.answered:
			t.Errorf("delivery %s is sent, but its last message, in round %d, was not answered", d.ID, c.round)
		case !last && got[i+1].round == c.round:
			t.Errorf("delivery %s came twice in round %d", d.ID, c.round)
		case !last && in.last(c.channel, c.to, c.round) != d.ID:
			t.Errorf("delivery %s came again after round %d, where others came after it", d.ID, c.round)
		}
	}
	cut := 0
	for _, a := range d.Attempts {
		if strings.HasPrefix(a.Error, "cut off") {
			cut++
		}
	}
	if len(got)-1 > cut {
		t.Errorf("delivery %s came %d times, with %d attempts cut off: %+v", d.ID, len(got), cut, d.Attempts)
	}
}
