package store

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samur/internal/news"
)

// Environment of a test binary that is run again as a writer to be killed.
const (
	writerPath = "STORE_TEST_WRITER" // the store it writes to
	writerFrom = "STORE_TEST_FROM"   // the first batch it writes
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writerPath); path != "" {
		if err := writeOn(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if path := os.Getenv(limited); path != "" {
		if err := writeToLimit(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// perBatch is how many items a batch of the writer has.
const perBatch = 5

// crashBatch is the n-th batch: items, a story of them, a revision of an item of the
// batch of that feed before.
func crashBatch(n int) *Batch {
	feed := fmt.Sprint("feed", n%3)
	b := batch(feed, n*perBatch, (n+1)*perBatch)
	b.State.ETag, b.Attempt.Bytes = strconv.Itoa(n), int64(n)
	st := news.Story{ID: fmt.Sprint("story", n), First: day, Last: day}
	for i := range b.Items {
		b.Items[i].Story = st.ID
		st.Members = append(st.Members, news.Member{Item: b.Items[i].ID, FirstSeen: b.Items[i].FirstSeen})
	}
	b.Stories = []news.Story{st}
	if n >= 3 {
		old := item(feed, (n-3)*perBatch)
		b.Revisions = []news.Revision{{Item: old.ID, At: day, Title: "again", TextHash: uint64(n)}}
	}
	return b
}

// crashEdition is the edition made after the n-th batch, with its delivery.
func crashEdition(n int) (news.Edition, []news.Delivery) {
	slot := news.Slot{Digest: "daily", At: day.Add(time.Duration(n) * time.Hour)}
	e := news.Edition{Subject: fmt.Sprint("edition ", n), Text: []byte("text"), Digest: news.Digest{
		Slot: slot, Title: fmt.Sprint("edition ", n),
		Sections: []news.Section{{Topic: news.SectionTop, Entries: []news.Entry{{Story: fmt.Sprint("story", n)}}}},
	}}
	return e, []news.Delivery{{ID: fmt.Sprint("delivery", n), Slot: slot, State: news.DeliveryPending, Payload: []byte(strconv.Itoa(n)), Created: day}}
}

// writeOn saves batches and editions until it is killed, and says on stdout which
// are saved. One that is there was saved by a writer killed before it could say so.
func writeOn(path string) error {
	n, err := strconv.Atoi(os.Getenv(writerFrom))
	if err != nil {
		return err
	}
	s, err := Open(Options{Path: path, Now: func() time.Time { return day }})
	if err != nil {
		return err
	}
	for ; ; n++ {
		if err := s.SaveBatch(crashBatch(n)); err != nil && !errors.Is(err, news.ErrExists) {
			return err
		}
		if n%4 == 0 {
			e, ds := crashEdition(n)
			if err := s.SaveEdition(e, ds); err != nil && !errors.Is(err, news.ErrExists) {
				return err
			}
		}
		fmt.Println(n)
	}
}

// runWriter starts a writer at batch from, kills it after some batches and a moment,
// and returns how many batches it had said were saved.
func runWriter(t *testing.T, path string, from, batches int, moment time.Duration) int {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), writerPath+"="+path, writerFrom+"="+strconv.Itoa(from))
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := from
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if said++; lines.Text() != strconv.Itoa(said-1) {
			t.Fatalf("writer said %q, want %d", lines.Text(), said-1)
		}
		if said-from == batches {
			time.AfterFunc(moment, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || complaints.Len() > 0 {
		t.Fatalf("writer ended by itself: %v %s", err, complaints.String())
	}
	return said
}

// TestKill kills a writing process ten times at random moments.
func TestKill(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "samur.db")
	said := 0
	for range 10 {
		said = runWriter(t, path, said, 1+rng.IntN(5), time.Duration(rng.IntN(8000))*time.Microsecond)
		if err := Check(t.Context(), path); err != nil {
			t.Fatalf("after batch %d: %v", said, err)
		}
	}
	checkWritten(t, openAt(t, path), said)
}

// checkWritten holds that the batches before said are in the store, whole and once,
// and what is behind them is whole as well.
func checkWritten(t *testing.T, s *Store, said int) {
	t.Helper()
	cur, err := s.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	written := int(cur.Pass)
	if written < said || written > said+1 || cur.Item != uint64(written*perBatch) {
		t.Fatalf("%d batches and %d items are stored, %d were said to be", written, cur.Item, said)
	}
	var got []news.Item
	if err := s.ItemsBetween(0, cur.Item, func(it news.Item) bool { got = append(got, it); return true }); err != nil {
		t.Fatal(err)
	}
	n := 0
	err = s.AttemptsBetween(0, cur.Pass, func(a news.Attempt) bool {
		if a.Bytes != int64(n) {
			t.Errorf("poll %d is of batch %d", n, a.Bytes)
		}
		n++
		return true
	})
	if err != nil || n != written {
		t.Fatalf("%d polls are stored, %v, want %d", n, err, written)
	}
	for n := range written {
		checkBatch(t, s, n, got[n*perBatch:(n+1)*perBatch], said, written)
	}
	for i := range min(3, written) {
		last := written - 1 - i
		if st, err := s.FeedState(fmt.Sprint("feed", last%3)); err != nil || st.ETag != strconv.Itoa(last) {
			t.Errorf("feed of batch %d has the validator %q, %v", last, st.ETag, err)
		}
	}
	ds, err := s.Due(day.Add(time.Hour))
	if editions := (said + 3) / 4; err != nil || len(ds) < editions || len(ds) > editions+1 {
		t.Errorf("%d deliveries are due, %v, want one for each of %d editions", len(ds), err, editions)
	}
}

func checkBatch(t *testing.T, s *Store, n int, got []news.Item, said, written int) {
	t.Helper()
	checkItems(t, n, got, written)
	st, err := s.Story(fmt.Sprint("story", n))
	if err != nil || len(st.Members) != perBatch || st.Members[4].Seq != uint64(n*perBatch+5) {
		t.Errorf("story of batch %d = %+v, %v", n, st, err)
	}
	if n%4 != 0 {
		return
	}
	e, ds := crashEdition(n)
	back, err := s.Edition(e.Digest.Slot)
	if n >= said && errors.Is(err, news.ErrNotFound) && len(st.Told) == 0 {
		return // killed between batch and edition
	}
	if diff := cmp.Diff(e, back, cmpopts.EquateEmpty()); diff != "" || err != nil || len(st.Told) != 1 {
		t.Errorf("edition %d: %v, told %v (-want +got):\n%s", n, err, st.Told, diff)
	}
	if d, err := s.Delivery(ds[0].ID); err != nil || string(d.Payload) != string(ds[0].Payload) {
		t.Errorf("delivery of edition %d = %+v, %v", n, d, err)
	}
}

func checkItems(t *testing.T, n int, got []news.Item, written int) {
	t.Helper()
	want := crashBatch(n).Items
	for i := range want {
		want[i].Seq = uint64(n*perBatch + i + 1)
	}
	if n+3 < written { // the batch that revises it is there
		want[0].TextHash = uint64(n + 3)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("batch %d (-want +got):\n%s", n, diff)
	}
}
