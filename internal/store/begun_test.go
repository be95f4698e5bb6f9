package store

import (
	"path/filepath"
	"testing"
	"time"

	"samur/internal/news"
)

func TestBegun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	later := day.Add(1234 * time.Hour)
	steps := []struct {
		name, digest string
		now, want    time.Time
	}{
		{"first", "daily", day, day},
		{"again", "daily", later, day},
		{"another", "weekly", later, later},
		{"a name that begins alike", "daily2", later, later},
	}
	for _, tt := range steps {
		if got, err := s.Begun(tt.digest, tt.now); err != nil || !got.Equal(tt.want) {
			t.Errorf("%s: Begun(%q) = %v, %v, want %v", tt.name, tt.digest, got, err, tt.want)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Error(err)
	}
	s = openAt(t, path)
	if got, err := s.Begun("daily", later); err != nil || !got.Equal(day) {
		t.Errorf("Begun after a restart = %v, %v, want %v", got, err, day)
	}
}

// poll saves a poll at a time, with items first seen then.
func poll(t testing.TB, s *Store, at time.Time, from, to int) {
	t.Helper()
	b := batch("trend", from, to)
	b.Attempt.At = at
	for i := range b.Items {
		b.Items[i].FirstSeen = at
	}
	save(t, s, b)
}

func TestCursorAt(t *testing.T) {
	hour := func(n int) time.Time { return day.Add(time.Duration(n) * time.Hour) }
	tests := []struct {
		name  string
		polls []int // hours at which they were made, each with three items
		at    int
		want  news.Cursor
	}{
		{"empty store", nil, 1, news.Cursor{}},
		{"before everything", []int{1, 2, 3}, 0, news.Cursor{}},
		{"after everything", []int{1, 2, 3}, 4, news.Cursor{Item: 9, Pass: 3}},
		{"between", []int{1, 3, 5, 7}, 4, news.Cursor{Item: 6, Pass: 2}},
		{"at the very time", []int{1, 3, 5, 7}, 5, news.Cursor{Item: 6, Pass: 2}},
		{"at the last", []int{1, 3, 5, 7}, 7, news.Cursor{Item: 9, Pass: 3}},
		{"clock was ahead for a while", []int{1, 2, 50, 51, 3, 4, 5, 6}, 5, news.Cursor{Item: 6, Pass: 2}},
		{"clock was behind for a while", []int{5, 6, 1, 1, 8, 9}, 8, news.Cursor{Item: 12, Pass: 4}},
		{"clock was ahead at the end", []int{1, 2, 3, 9, 3, 3}, 8, news.Cursor{Item: 9, Pass: 3}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tempStore(t)
			for n, h := range tt.polls {
				poll(t, s, hour(h), 3*n, 3*n+3)
			}
			got, err := s.CursorAt(hour(tt.at))
			if err != nil || got != tt.want {
				t.Errorf("CursorAt(hour %d) = %v, %v, want %v", tt.at, got, err, tt.want)
			}
		})
	}
}

// TestCursorAtKeepsPollsWhole sets the clock back behind a poll that brought nothing:
// the place lies before that poll, and so before the items of the one after it.
func TestCursorAtKeepsPollsWhole(t *testing.T) {
	s := tempStore(t)
	hour := func(n int) time.Time { return day.Add(time.Duration(n) * time.Hour) }
	poll(t, s, hour(2), 0, 3)
	poll(t, s, hour(4), 3, 3)
	poll(t, s, hour(2), 3, 6)
	want := news.Cursor{Item: 3, Pass: 1}
	if got, err := s.CursorAt(hour(4)); err != nil || got != want {
		t.Errorf("CursorAt = %v, %v, want %v", got, err, want)
	}
}

// TestCursorAtAfterPrune asks for a place where the numbers have holes.
func TestCursorAtAfterPrune(t *testing.T) {
	s := tempStore(t)
	old := day.Add(-300 * 24 * time.Hour)
	for n := range 40 {
		poll(t, s, old.Add(time.Duration(n)*time.Hour), 3*n, 3*n+3)
	}
	poll(t, s, day, 200, 203)
	cut := old.Add(30 * time.Hour)
	if n, err := s.Prune(Keep{Items: cut, Identities: cut, Attempts: cut}); err != nil || n.Identities != 90 || n.Attempts != 30 {
		t.Fatalf("Prune = %+v, %v, want 90 identities and 30 attempts", n, err)
	}
	for h, want := range map[int]news.Cursor{0: {}, 35: {Item: 105, Pass: 35}, 100: {Item: 120, Pass: 40}} {
		if got, err := s.CursorAt(old.Add(time.Duration(h) * time.Hour)); err != nil || got != want {
			t.Errorf("CursorAt(hour %d) = %v, %v, want %v", h, got, err, want)
		}
	}
}

// TestCursorAfter finds the items of the first polls also when these are let go.
func TestCursorAfter(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "samur.db"))
	for n := range 3 {
		poll(t, s, day.Add(time.Duration(n)*time.Hour), 3*n, 3*n+3)
	}
	for _, cut := range []time.Time{{}, day.Add(90 * time.Minute)} {
		if _, err := s.Prune(Keep{Attempts: cut}); err != nil {
			t.Fatal(err)
		}
		got, err := s.CursorAfter(2)
		if want := (news.Cursor{Item: 6, Pass: 2}); err != nil || got != want {
			t.Errorf("CursorAfter(2) = %+v, %v, want %+v", got, err, want)
		}
	}
}

// TestCursorAtAfterRetention lets go of a poll and sets the clock back for the next: its
// items belong to it, although those before them are of a later time.
func TestCursorAtAfterRetention(t *testing.T) {
	s := tempStore(t)
	poll := func(feed string, n int, at time.Time) {
		b := batch(feed, 0, n)
		b.Attempt.At = at
		for i := range b.Items {
			b.Items[i].FirstSeen = at
		}
		save(t, s, b)
	}
	poll("trend", 3, day.Add(time.Hour))
	if _, err := s.Prune(Keep{Attempts: day.Add(2 * time.Hour), Open: 2}); err != nil {
		t.Fatal(err)
	}
	poll("report", 2, day)
	want := news.Cursor{Item: 5, Pass: 2}
	if got, err := s.CursorAt(day.Add(30 * time.Minute)); err != nil || got != want {
		t.Errorf("CursorAt = %+v, %v, want %+v", got, err, want)
	}
}
