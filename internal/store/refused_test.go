package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// allStates are those of posted.
var allStates = []news.DeliveryState{news.DeliverySent, news.DeliveryFailed, news.DeliveryPending, news.DeliveryDropped, news.DeliverySending}

// posted saves editions of so many days with a delivery to each of some recipients, in
// these states in turn.
func posted(tb testing.TB, s *Store, days, recipients int, states []news.DeliveryState) {
	tb.Helper()
	const name = `daily "At":"2001-02-03T04:05:06Z"`
	for i := range days {
		e := news.Edition{Digest: news.Digest{Slot: news.Slot{Digest: name, At: day.AddDate(0, 0, i)}}}
		var ds []news.Delivery
		for n := range recipients {
			ds = append(ds, news.Delivery{
				ID: fmt.Sprintf("d%03d-%06d", n%7, i*recipients+n), Slot: e.Digest.Slot, Channel: []string{"desk", "hook"}[n%2], Created: day, Next: day.AddDate(0, 0, i),
				State: states[(i+n)%len(states)], Attempts: []news.DeliveryAttempt{{At: day, Took: time.Second, Reply: "250 2.0.0 Ok: queued as 4XyZ"}},
			})
		}
		if err := s.SaveEdition(e, ds); err != nil {
			tb.Fatal(err)
		}
	}
}

// TestDeliveries holds what is chosen by lists and bounds to a look at every delivery.
func TestDeliveries(t *testing.T) {
	s := tempStore(t)
	posted(t, s, 12, 9, allStates)
	all, err := s.Deliveries(DeliveryQuery{})
	if err != nil || len(all) != 12*9 {
		t.Fatalf("Deliveries = %d, %v, want %d", len(all), err, 12*9)
	}
	for _, q := range []DeliveryQuery{
		{States: []news.DeliveryState{news.DeliveryFailed}},
		{States: []news.DeliveryState{news.DeliveryPending, news.DeliverySending, news.DeliveryFailed}},
		{States: []news.DeliveryState{news.DeliveryPending, news.DeliveryFailed}, Channel: "hook"},
		{States: []news.DeliveryState{news.DeliverySent, news.DeliveryFailed}},
		{Slot: news.Slot{At: day.AddDate(0, 0, 3)}},
		{},
	} {
		var want []news.Delivery
		for _, d := range all {
			if q.takes(deliveryHead{d.ID, d.Slot, d.Channel, d.State}) {
				want = append(want, d)
			}
		}
		for _, q.Limit = range []int{0, 1, 3, len(want), len(want) + 1} {
			got, err := s.Deliveries(q)
			bound := len(want)
			if q.Limit > 0 {
				bound = min(q.Limit, bound)
			}
			if diff := cmp.Diff(want[:bound], got); diff != "" || err != nil {
				t.Errorf("Deliveries(%+v): %v (-want +got):\n%s", q, err, diff)
			}
		}
	}
}

// TestRefused follows deliveries that are refused, tried again, refused anew and pruned,
// and a store from before there was a list of them.
func TestRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	posted(t, s, 2, 5, allStates)
	failed := DeliveryQuery{States: []news.DeliveryState{news.DeliveryFailed}}
	look := func(name string, want ...string) {
		t.Helper()
		ds, err := s.Deliveries(failed)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for _, d := range ds {
			got = append(got, d.ID)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	change := func(id string, st news.DeliveryState) {
		t.Helper()
		if _, err := s.ChangeDelivery(id, func(d *news.Delivery) bool { d.State = st; return true }); err != nil {
			t.Fatal(err)
		}
	}
	look("as saved", "d000-000005", "d001-000001")
	change("d001-000001", news.DeliveryPending)
	change("d002-000002", news.DeliveryFailed)
	look("one tried again, one refused", "d000-000005", "d002-000002")
	err := s.write(func(tx *bbolt.Tx) error { // what is sent is not read to count what is refused
		t := in(tx, "outbox")
		rec := slices.Clone(t.b.Get([]byte("d000-000000")))
		defer func() { _ = t.b.Put([]byte("d000-000000"), rec) }()
		if err := t.b.Put([]byte("d000-000000"), []byte("nothing good")); err != nil {
			return err
		}
		_, err := failed.chosen(tx)
		return err
	})
	if err != nil {
		t.Errorf("beside a damaged delivery that was sent: %v", err)
	}
	err = s.write(func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("refused")), putSchema(tx, metaSchema{Schema: cameWith["refused"] - 1}))
	})
	if err := errors.Join(err, s.Close(), Check(t.Context(), path)); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	look("after the migration", "d000-000005", "d002-000002")
	if _, err := s.Prune(Keep{Deliveries: day.AddDate(1, 0, 0)}); err != nil {
		t.Fatal(err)
	}
	look("pruned")
	if err := errors.Join(s.Close(), Check(t.Context(), path)); err != nil {
		t.Error(err)
	}
	s = openAt(t, path)
	err = s.write(func(tx *bbolt.Tx) error { return in(tx, "refused").mark([]byte("gone")) })
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); !errors.Is(err, ErrDamaged) {
		t.Errorf("Check of a list with a delivery too many = %v, want %v", err, ErrDamaged)
	}
}

// BenchmarkDeliveries asks what a scrape asks, beside a year of editions to a hundred
// recipients.
func BenchmarkDeliveries(b *testing.B) {
	s := tempStore(b)
	states := slices.Repeat([]news.DeliveryState{news.DeliverySent}, 1001)
	states[7] = news.DeliveryFailed
	posted(b, s, 365, 100, states)
	for name, q := range map[string]DeliveryQuery{
		"open":   {States: []news.DeliveryState{news.DeliveryPending, news.DeliverySending, news.DeliveryFailed}},
		"newest": {Limit: 100},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Deliveries(q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
