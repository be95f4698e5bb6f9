package store

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// TestHolds saves polls that were told to wait, and sees what is known after each, also
// when the store is opened anew.
func TestHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	tell := func(at time.Time, host string, until time.Time) {
		t.Helper()
		b := &Batch{State: news.FeedState{Feed: "trend"}, Attempt: news.Attempt{At: at}, Hold: news.Hold{Host: host, Until: until}}
		if err := s.SaveBatch(b); err != nil {
			t.Fatal(err)
		}
	}
	know := func(want ...news.Hold) {
		t.Helper()
		got, err := s.Holds()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Holds differ (-want +got):\n%s", diff)
		}
	}
	hour := func(n int) time.Time { return day.Add(time.Duration(n) * time.Hour) }
	know()
	tell(hour(0), "", time.Time{})
	know()
	tell(hour(0), "a.example", hour(4))
	tell(hour(1), "b.example:8080", hour(2))
	know(news.Hold{Host: "a.example", Until: hour(4)}, news.Hold{Host: "b.example:8080", Until: hour(2)})
	tell(hour(1), "a.example", hour(3)) // another feed of the host was told less
	know(news.Hold{Host: "a.example", Until: hour(4)}, news.Hold{Host: "b.example:8080", Until: hour(2)})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path)
	tell(hour(3), "c.example", hour(9))
	know(news.Hold{Host: "a.example", Until: hour(4)}, news.Hold{Host: "c.example", Until: hour(9)})
}
