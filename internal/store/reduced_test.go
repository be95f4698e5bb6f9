package store

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// storied is a batch of six items, of which those with odd numbers are part of a story;
// of these the first two have something kept.
func storied() *Batch {
	b := batch("report", 0, 6)
	for n := 1; n < 6; n += 2 {
		b.Items[n].Story, b.Items[n].CopyOf, b.Items[n].Via = "s1", "first", "Interfax"
	}
	b.Reduced = map[string]Reduced{b.Items[1].ID: {7, []byte("one")}, b.Items[3].ID: {7, []byte("three")}}
	return b
}

// kept lists what Storied gives, by Seq, "-" where nothing is kept.
func kept(t *testing.T, s *Store, since time.Time, rules uint64) map[uint64]string {
	t.Helper()
	out := map[uint64]string{}
	_, err := s.Storied(StoriedQuery{Since: since, Rules: rules}, func(st Storied) bool {
		if out[st.Item.Seq] = "-"; st.Kept != nil {
			out[st.Item.Seq] = string(st.Kept)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestStoried(t *testing.T) {
	s := tempStore(t)
	b := storied()
	save(t, s, b)
	tests := []struct {
		name  string
		since time.Time
		rules uint64
		want  map[uint64]string
	}{
		{"all", day, 7, map[uint64]string{2: "one", 4: "three", 6: "-"}},
		{"later ones", day.Add(2 * time.Minute), 7, map[uint64]string{4: "three", 6: "-"}},
		{"by other rules", day, 8, map[uint64]string{2: "-", 4: "-", 6: "-"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, kept(t, s, tt.since, tt.rules)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	var got []Storied
	upto, err := s.Storied(StoriedQuery{After: 2, Since: day, Rules: 7}, func(st Storied) bool { got = append(got, st); return true })
	whole := b.Items[5]
	brief := b.Items[3]
	brief.Title, brief.Text, brief.Verdict = "", "", news.Verdict{Relevant: brief.Verdict.Relevant}
	if diff := cmp.Diff([]Storied{{brief, []byte("three")}, {whole, nil}}, got); diff != "" || upto != 6 || err != nil {
		t.Errorf("Storied = %d, %v (-want +got):\n%s", upto, err, diff)
	}
}

// TestStoriedMost holds that a bound gives the last ones, in order of arrival, whatever
// lies between them and how many are looked at in one transaction.
func TestStoriedMost(t *testing.T) {
	s := tempStore(t)
	const all = 2*chunkSeen + 100
	b := batch("trend", 0, all)
	var want []uint64
	for i := range b.Items {
		if i%700 == 0 || i%chunkSeen < 3 || i > all-chunk {
			b.Items[i].Story = "s1"
			want = append(want, uint64(i+1))
		}
	}
	save(t, s, b)
	for _, most := range []int{0, 1, chunk - 1, chunk, chunk + 1, len(want) - 1, len(want), len(want) + 1} {
		var got []uint64
		upto, err := s.Storied(StoriedQuery{Since: day, Most: most}, func(st Storied) bool { got = append(got, st.Item.Seq); return true })
		last := want
		if most > 0 {
			last = want[max(0, len(want)-most):]
		}
		if diff := cmp.Diff(last, got); diff != "" || upto != all || err != nil {
			t.Errorf("the last %d = up to %d, %v, want %d (-want +got):\n%s", most, upto, err, all, diff)
		}
	}
}

// What a store of before had nothing of is kept when it was made, and nothing of an item
// that has no text any more.
func TestKeepReduced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	b := storied()
	b.Reduced = nil
	save(t, s, b)
	poll(t, s, day.AddDate(1, 0, 0), 6, 7)
	if err := s.KeepReduced(map[uint64]Reduced{2: {7, []byte("new")}, 4: {8, []byte("newer")}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[uint64]string{2: "new", 4: "-", 6: "-"}, kept(t, s, day, 7)); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if _, err := s.Prune(Keep{Items: day.AddDate(0, 0, 1)}); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepReduced(map[uint64]Reduced{2: {7, []byte("late")}, 99: {7, []byte("unknown")}}); err != nil {
		t.Fatal(err)
	}
	if n := reducedIn(t, s); n != 0 {
		t.Errorf("something is kept of %d items without a text, want none", n)
	}
	if err := errors.Join(s.Close(), Check(t.Context(), path)); err != nil {
		t.Error(err)
	}
}

// reducedIn counts the items of which something is kept.
func reducedIn(t *testing.T, s *Store) (n int) {
	t.Helper()
	err := s.view(func(tx *bbolt.Tx) error {
		return in(tx, "reduced").prefixed(nil, func(_, _ []byte) error { n++; return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPruneReduced(t *testing.T) {
	for want, at := range map[int]time.Time{2: {}, 1: day.Add(2 * time.Minute), 0: day.Add(time.Hour)} {
		s := tempStore(t)
		save(t, s, storied())
		got, err := s.Prune(Keep{Reduced: at})
		if err != nil || got != (Pruned{}) {
			t.Errorf("Prune = %+v, %v, want nothing that counts", got, err)
		}
		if n := reducedIn(t, s); n != want {
			t.Errorf("before %v: something is kept of %d items, want %d", at, n, want)
		}
	}
}

func TestCheckReduced(t *testing.T) {
	for name, spoil := range map[string]func(tx *bbolt.Tx) error{
		"no item": func(tx *bbolt.Tx) error { return in(tx, "reduced").put(k64(7), encodeReduced(Reduced{}, day)) },
		"short":   func(tx *bbolt.Tx) error { return in(tx, "reduced").put(k64(2), []byte{recordV1, 1}) },
	} {
		path := filepath.Join(t.TempDir(), "samur.db")
		s := openAt(t, path)
		save(t, s, storied())
		if err := errors.Join(s.write(spoil), s.Close()); err != nil {
			t.Fatal(err)
		}
		if err := Check(t.Context(), path); !errors.Is(err, ErrDamaged) {
			t.Errorf("Check with %s = %v, want %v", name, err, ErrDamaged)
		}
	}
}

// TestOpenBeforeReduced opens a store of before anything was kept of its items.
func TestOpenBeforeReduced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	save(t, s, storied())
	err := s.write(func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("reduced")), putSchema(tx, metaSchema{Schema: cameWith["reduced"] - 1}))
	})
	if err := errors.Join(err, s.Close(), Check(t.Context(), path)); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	if diff := cmp.Diff(map[uint64]string{2: "-", 4: "-", 6: "-"}, kept(t, s, day, 7)); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}
