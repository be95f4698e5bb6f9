package store

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// listedNow returns the identities that each feed lists, as an export has them, after it
// has held them against the states.
func listedNow(t *testing.T, s *Store) map[string][]uint64 {
	t.Helper()
	got := map[string][]uint64{}
	err := s.Snapshot(func(sn *Snapshot) error {
		return sn.Feeds(func(f KeptFeed) error {
			if f.State.Listed != (len(f.Listed) > 0) {
				t.Errorf("the state of %q says %v of %v", f.State.Feed, f.State.Listed, f.Listed)
			}
			if f.State.Listed {
				got[f.State.Feed] = f.Listed
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestListed follows what the last document of feeds listed through polls with and without
// a document, of a changed address and of others, and finds a list that is lost.
func TestListed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	type lists = map[string][]uint64
	for _, step := range []struct {
		name, feed string
		says       bool // what the poll says of the feed
		keys       []uint64
		foreign    bool
		want       lists
	}{
		{"no document yet", "apa", false, nil, false, lists{}},
		{"a state that has heard of one", "apa", true, nil, false, lists{}},
		{"a document", "apa", true, []uint64{1, 2}, false, lists{"apa": {1, 2}}},
		{"none", "apa", true, nil, false, lists{"apa": {1, 2}}},
		{"another feed", "trend", true, []uint64{2, 3}, false, lists{"apa": {1, 2}, "trend": {2, 3}}},
		{"another document", "apa", true, []uint64{4}, false, lists{"apa": {4}, "trend": {2, 3}}},
		{"no poll", "apa", false, nil, true, lists{"apa": {4}, "trend": {2, 3}}},
		{"another address", "apa", false, nil, false, lists{"trend": {2, 3}}},
	} {
		b := &Batch{State: news.FeedState{Feed: step.feed, Listed: step.says}, Listed: step.keys, Attempt: news.Attempt{At: day}, Foreign: step.foreign}
		if err := s.SaveBatch(b); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if diff := cmp.Diff(step.want, listedNow(t, s)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	if err := s.SaveNotices([]news.Notice{{Kind: news.NoticeHealed, Feed: "trend"}}, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lists{"trend": {2, 3}}, listedNow(t, s)); diff != "" {
		t.Errorf("after a notice (-want +got):\n%s", diff)
	}
	err := errors.Join(s.Close(), Check(t.Context(), path))
	if err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	err = s.write(func(tx *bbolt.Tx) error { return in(tx, "listed").delete([]byte("trend")) })
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); !errors.Is(err, ErrDamaged) {
		t.Errorf("Check of a store that lacks a list = %v, want %v", err, ErrDamaged)
	}
}

// TestMigrateListed opens a store whose states have the lists.
func TestMigrateListed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	fill(t, path)
	s := openAt(t, path)
	full, bare := filledFeed(), feedRecord{state: news.FeedState{Feed: "apa"}}
	full.listed = []uint64{8, 9}
	err := s.write(func(tx *bbolt.Tx) error {
		feeds := in(tx, "feeds")
		return errors.Join(
			tx.DeleteBucket([]byte("listed")), putSchema(tx, metaSchema{Schema: cameWith["listed"] - 1}),
			feeds.put([]byte("trend"), encodeFeedV2(full)), feeds.put([]byte("apa"), encodeFeedV2(bare)),
			in(tx, "moved").mark([]byte("trend")),
		)
	})
	if err := errors.Join(err, s.Close(), Check(t.Context(), path)); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	if diff := cmp.Diff(map[string][]uint64{"trend": {8, 9}}, listedNow(t, s)); diff != "" {
		t.Errorf("after the migration (-want +got):\n%s", diff)
	}
	err = s.view(func(tx *bbolt.Tx) error {
		for _, want := range []feedRecord{{last: full.last, state: full.state, sent: full.sent, sentSince: full.sentSince, sentMove: full.sentMove}, bare} {
			got, err := feedRecordOf(tx, want.state.Feed, true)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(feedRecord{})); diff != "" || err != nil {
				t.Errorf("the record of %q (-want +got):\n%s%v", want.state.Feed, diff, err)
			}
		}
		return nil
	})
	if err := errors.Join(err, s.Close(), Check(t.Context(), path)); err != nil {
		t.Error(err)
	}
}
