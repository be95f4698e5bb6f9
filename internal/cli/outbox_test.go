package cli

import (
	"path/filepath"
	"testing"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// TestRetryOfWhatWasTakenMeanwhile makes deliveries due by a list that is out of date:
// what the daemon took in hand since it was read is not sent again.
func TestRetryOfWhatWasTakenMeanwhile(t *testing.T) {
	now := time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC)
	st, err := store.Open(store.Options{Path: filepath.Join(t.TempDir(), "samur.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	states := map[string]news.DeliveryState{
		"sent": news.DeliverySent, "sending": news.DeliverySending, "failed": news.DeliveryFailed, "waits": news.DeliveryPending,
	}
	slot := news.Slot{Digest: "daily", At: now}
	var listed []news.Delivery
	for id := range states {
		listed = append(listed, news.Delivery{ID: id, Slot: slot, Channel: "mail", State: news.DeliveryPending, Payload: []byte("x"), Created: now, Next: now.Add(time.Hour)})
	}
	if err := st.SaveDigest(news.Digest{Slot: slot, Made: now}, listed); err != nil {
		t.Fatal(err)
	}
	for id, state := range states {
		if _, err := st.ChangeDelivery(id, func(d *news.Delivery) bool { d.State = state; return true }); err != nil {
			t.Fatal(err)
		}
	}
	if err := makeDue(st, listed, now); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]news.DeliveryState{
		"sent": news.DeliverySent, "sending": news.DeliverySending, "failed": news.DeliveryPending, "waits": news.DeliveryPending,
	} {
		if d, err := st.Delivery(id); err != nil || d.State != want {
			t.Errorf("%s: %s, %v, want %s", id, d.State, err, want)
		}
	}
}

// What the receiver said stands in the error already, and is not said twice.
func TestLastWord(t *testing.T) {
	for _, tt := range []struct{ reply, err, want string }{
		{"250 queued", "", "250 queued"},
		{"401 Unauthorized", "receiver answered 401 Unauthorized", "receiver answered 401 Unauthorized"},
		{"", "connection refused", "connection refused"},
	} {
		if got := lastWord(tt.reply, tt.err); got != tt.want {
			t.Errorf("lastWord(%q, %q) = %q, want %q", tt.reply, tt.err, got, tt.want)
		}
	}
}
