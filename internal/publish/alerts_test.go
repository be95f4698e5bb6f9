package publish_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"samur/internal/alert"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/store"
)

// urgent takes what two outlets report; it is quiet from 22 to 7 o'clock in Baku.
func urgent() alert.Rule {
	return alert.Rule{
		Name: "urgent", To: []string{"desk"}, Lang: news.En, Zone: time.FixedZone("Baku", 4*3600), MinVoices: 2, MostPerDay: 3,
		QuietFrom: 22 * time.Hour, QuietTo: 7 * time.Hour,
	}
}

func (w *world) alert(t *testing.T, r alert.Rule) int {
	t.Helper()
	n, err := w.p.Alert(r, w.now)
	if err != nil {
		t.Fatalf("Alert at %v = %v", w.now, err)
	}
	return n
}

// alerts returns the deliveries of the rule's stories.
func (w *world) alerts(t *testing.T, rule string) []news.Delivery {
	t.Helper()
	all, err := w.store.Deliveries(store.DeliveryQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var out []news.Delivery
	for _, d := range all {
		if strings.HasPrefix(d.Slot.Digest, rule+".") {
			out = append(out, d)
		}
	}
	return out
}

func TestAlertGoesOutOnce(t *testing.T) {
	w := open(t) // 07:00 in Baku
	w.now = w.now.Add(time.Hour)
	early := w.poll(t, poll{feed: "wire", topics: []string{"trade"}})
	w.poll(t, poll{feed: "other", joins: early})
	w.now = w.now.Add(time.Minute)
	if got := w.alert(t, urgent()); got != 0 {
		t.Errorf("%d stories from before the rule was known went out, want 0", got)
	}
	w.now = w.now.Add(time.Minute)
	id := w.poll(t, poll{feed: "wire", topics: []string{"trade"}})
	if got := w.alert(t, urgent()); got != 0 {
		t.Errorf("%d stories of one outlet went out, want 0", got)
	}
	w.poll(t, poll{feed: "other", joins: id})
	if got := w.alert(t, urgent()); got != 1 {
		t.Errorf("%d stories of two outlets went out, want 1", got)
	}
	w.poll(t, poll{feed: "third", joins: id})
	w.now = w.now.Add(time.Hour)
	if got := w.alert(t, urgent()); got != 0 {
		t.Errorf("%d stories went out again with a third outlet, want 0", got)
	}
	ds := w.alerts(t, "urgent")
	if len(ds) != 2 || ds[0].State != news.DeliveryPending || ds[0].Slot.Digest != "urgent."+id[0] {
		t.Fatalf("deliveries = %+v, want one for each recipient", ds)
	}
	d, err := w.store.Delivery(ds[0].ID)
	if err != nil || !strings.Contains(string(d.Payload), "Alert (urgent): Russia and Azerbaijan agree") {
		t.Errorf("payload = %q, %v", d.Payload, err)
	}
	// The digest tells it all the same.
	if e := w.make(t, daily(), w.now.Truncate(time.Hour)); e.Ledger.Stories != 2 {
		t.Errorf("the digest tells %d stories, want 2", e.Ledger.Stories)
	}
}

// TestAlertOfMergedStories merges a story that went out into one that did not.
func TestAlertOfMergedStories(t *testing.T) {
	w := open(t)
	w.alert(t, urgent())
	w.now = w.now.Add(time.Minute)
	a := w.poll(t, poll{feed: "wire", topics: []string{"trade"}})
	b := w.poll(t, poll{feed: "wire", topics: []string{"trade"}})
	w.poll(t, poll{feed: "other", joins: b})
	if got := w.alert(t, urgent()); got != 1 {
		t.Fatalf("%d stories went out, want 1", got)
	}
	into, err := w.store.Story(a[0])
	if err != nil {
		t.Fatal(err)
	}
	from, err := w.store.Story(b[0])
	if err != nil {
		t.Fatal(err)
	}
	into.Members, from.Members, from.Into = append(into.Members, from.Members...), nil, into.ID
	moves := map[string]string{}
	for _, m := range into.Members {
		moves[m.Item] = into.ID
	}
	if err := w.store.SaveStories([]news.Story{into, from}, moves); err != nil {
		t.Fatal(err)
	}
	if got := w.alert(t, urgent()); got != 0 {
		t.Errorf("%d merged stories went out, want 0", got)
	}
}

func TestAlertInQuietHours(t *testing.T) {
	w := open(t)
	w.alert(t, urgent())
	w.now = time.Date(2026, 3, 7, 21, 30, 0, 0, time.UTC) // 01:30 in Baku
	id := w.poll(t, poll{feed: "wire", topics: []string{"trade", "energy"}})
	w.poll(t, poll{feed: "other", joins: id[:1]})
	for range 3 {
		if got := w.alert(t, urgent()); got != 0 {
			t.Errorf("%d stories went out at %v, want 0", got, w.now)
		}
		w.now = w.now.Add(time.Hour)
	}
	w.now = time.Date(2026, 3, 8, 3, 0, 0, 0, time.UTC)
	if got := w.alert(t, urgent()); got != 1 {
		t.Errorf("%d stories went out at the end of the quiet hours, want the one of two outlets", got)
	}
}

func TestAlertsOfADay(t *testing.T) {
	w := open(t)
	w.alert(t, urgent())
	w.now = w.now.Add(time.Minute)
	ids := w.poll(t, poll{feed: "wire", topics: []string{"trade", "trade", "trade", "trade", "trade"}})
	w.poll(t, poll{feed: "other", joins: ids})
	w.poll(t, poll{feed: "third", joins: ids[3:]})
	if got := w.alert(t, urgent()); got != 3 {
		t.Fatalf("%d stories went out, want the 3 of a day", got)
	}
	sent := map[string]bool{}
	for _, d := range w.alerts(t, "urgent") {
		sent[strings.TrimPrefix(d.Slot.Digest, "urgent.")] = true
	}
	if !sent[ids[3]] || !sent[ids[4]] {
		t.Errorf("went out: %v, want those of three outlets, %q, among them", sent, ids[3:])
	}
	w.now = w.now.Add(23 * time.Hour)
	if got := w.alert(t, urgent()); got != 0 {
		t.Errorf("%d more stories went out on that day, want 0", got)
	}
	// What is a day old is no news.
	w.now = w.now.Add(2 * time.Hour)
	if got := w.alert(t, urgent()); got != 0 {
		t.Errorf("%d stories went out a day later, want 0", got)
	}
}

// TestAlertIsSavedWithItsDeliveries fails between the two, and sees that neither is there.
func TestAlertIsSavedWithItsDeliveries(t *testing.T) {
	w := open(t)
	w.alert(t, urgent())
	w.now = w.now.Add(time.Minute)
	id := w.poll(t, poll{feed: "wire", topics: []string{"trade"}})
	w.poll(t, poll{feed: "other", joins: id})
	w.publisher(outlet{broken: true})
	if _, err := w.p.Alert(urgent(), w.now); err == nil {
		t.Fatal("Alert through a broken channel succeeded")
	}
	st, err := w.store.Story(id[0])
	if err != nil {
		t.Fatal(err)
	}
	a := news.Alert{Rule: "urgent", Made: w.now, Entry: news.Entry{Story: id[0]}}
	if err := w.store.SaveAlert(a, []news.Delivery{{Recipient: "no id"}}); err == nil {
		t.Fatal("SaveAlert with a delivery without id succeeded")
	}
	if gone, err := w.store.Alerted("urgent", st); err != nil || gone {
		t.Errorf("Alerted after failures = %v, %v, want false", gone, err)
	}
	w.publisher(outlet{})
	if got := w.alert(t, urgent()); got != 1 {
		t.Errorf("%d stories went out after the failures, want 1", got)
	}
	if err := w.store.SaveAlert(a, nil); !errors.Is(err, news.ErrExists) {
		t.Errorf("SaveAlert of a story that went out = %v, want ErrExists", err)
	}
}

// TestAlertSettlesFirst has two stories turn out to be one before either leaves.
func TestAlertSettlesFirst(t *testing.T) {
	w := open(t)
	settled := 0
	lx, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	w.p, err = publish.New(publish.Options{
		Store: w.store, Settle: func(time.Time) error { settled++; return nil }, Lexicon: lx,
		Channels: map[string]publish.Composer{"desk": outlet{}}, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.alert(t, urgent())
	w.now = w.now.Add(time.Minute)
	id := w.poll(t, poll{feed: "wire", topics: []string{"trade"}})
	if w.alert(t, urgent()); settled != 0 {
		t.Errorf("settled %d times for nothing", settled)
	}
	w.poll(t, poll{feed: "other", joins: id})
	if got := w.alert(t, urgent()); got != 1 || settled != 1 {
		t.Errorf("%d stories went out, settled %d times; want 1 and 1", got, settled)
	}
}
