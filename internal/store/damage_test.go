package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// questions asks a store everything, by name.
func questions(s *Store) map[string]func() (any, error) {
	q := map[string]func() (any, error){
		"cursor":     func() (any, error) { return s.Cursor() },
		"cursor at":  func() (any, error) { return s.CursorAt(day.Add(30 * time.Minute)) },
		"feeds":      func() (any, error) { return s.FeedStates() },
		"feed":       func() (any, error) { return s.FeedState("trend") },
		"attempts":   func() (any, error) { return s.Attempts("trend", 100) },
		"stories":    func() (any, error) { return s.Stories(StoryQuery{}) },
		"story":      func() (any, error) { return s.Story("story7") },
		"revisions":  func() (any, error) { return s.Revisions(item("feed0", 0).ID) },
		"digests":    func() (any, error) { return s.Digests("", 0) },
		"edition":    func() (any, error) { e, _ := crashEditionAt(4); return s.Edition(e.Digest.Slot) },
		"due":        func() (any, error) { return s.Due(day.Add(time.Hour)) },
		"unfinished": func() (any, error) { return s.Unfinished() },
		"delivery":   func() (any, error) { return s.Delivery("delivery4") },
		"indicators": func() (any, error) { return s.Indicators() },
		"figures":    func() (any, error) { return s.FigurePoints("trade-turnover") },
		"search": func() (any, error) {
			return s.Search(Query{Groups: [][]news.IndexTerm{terms("gas"), terms("n31", "n32")}})
		},
		"search all":  func() (any, error) { return s.Search(Query{Limit: 1000}) },
		"by url":      func() (any, error) { return s.ItemByURL(item("feed1", 6).URL) },
		"seen":        func() (any, error) { return s.Seen("feed2", item("feed2", 12).Keys) },
		"begun":       func() (any, error) { return s.Begun("daily", day) }, // stores it where it was lost
		"all items":   func() (any, error) { return collect(s, 0) },
		"late items":  func() (any, error) { return collect(s, 60) },
		"items since": func() (any, error) { return since(s, day.Add(40*time.Minute)) },
	}
	for n := range 3 {
		q[fmt.Sprint("item ", n)] = func() (any, error) { return s.Item(item(fmt.Sprint("feed", n), n*perBatch).ID) }
	}
	return q
}

func collect(s *Store, from uint64) (out []news.Item, err error) {
	err = s.ItemsBetween(from, 1<<40, func(it news.Item) bool { out = append(out, it); return true })
	return out, err
}

func since(s *Store, at time.Time) (out []news.Item, err error) {
	err = s.ItemsSince(at, func(it news.Item) bool { out = append(out, it); return true })
	return out, err
}

// crashEditionAt is here so that the tests build where the writer does not.
func crashEditionAt(n int) (news.Edition, news.Slot) {
	slot := news.Slot{Digest: "daily", At: day.Add(time.Duration(n) * time.Hour)}
	return news.Edition{Digest: news.Digest{Slot: slot, Title: fmt.Sprint("edition ", n)}, Subject: "s", Text: []byte("text"), HTML: []byte("html")}, slot
}

// fill stores something of everything.
func fill(t *testing.T, path string) {
	t.Helper()
	s := openAt(t, path)
	for n := range 20 {
		feed := fmt.Sprint("feed", n%3)
		b := batch(feed, n*perBatch, (n+1)*perBatch)
		st := news.Story{ID: fmt.Sprint("story", n), First: day, Last: day}
		for i := range b.Items {
			it := &b.Items[i]
			it.Story = st.ID
			it.Figures = []news.Figure{{Indicator: "trade-turnover", Value: float64(n), Unit: "bn USD", Sentence: it.Title}}
			st.Members = append(st.Members, news.Member{Item: it.ID, FirstSeen: it.FirstSeen})
		}
		b.Stories = []news.Story{st}
		if n >= 3 {
			b.Revisions = []news.Revision{{Item: item(feed, (n-3)*perBatch).ID, At: day, Title: "again", TextHash: uint64(n)}}
		}
		save(t, s, b)
		if n%4 == 0 {
			e, slot := crashEditionAt(n)
			if err := s.SaveEdition(e, []news.Delivery{{ID: fmt.Sprint("delivery", n), Slot: slot, State: news.DeliveryPending, Payload: []byte("bytes"), Created: day}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := s.Begun("daily", day); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDamage spoils bytes of the file. Whatever is asked then, the answer is right or
// an error, and nothing panics; where an item, story or delivery only cannot be found
// any more, Check knows why.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	whole, path := filepath.Join(dir, "whole.db"), filepath.Join(dir, "samur.db")
	fill(t, whole)
	bytes, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	s := openAt(t, whole)
	right := map[string]any{}
	for name, ask := range questions(s) {
		if right[name], err = ask(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	rounds := 40
	if testing.Short() {
		rounds = 10
	}
	for round := range rounds {
		spoiled := spoil(rng, bytes)
		if err := os.WriteFile(path, spoiled, 0o600); err != nil {
			t.Fatal(err)
		}
		checkSpoiled(t, path, right)
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
}

const pageSize = 4096

// spoil flips bits of keys and records, blanks whole pages, or writes one page over
// another. It leaves the numbers alone by which bbolt finds keys within a page: those
// can lead it anywhere in the memory of the process, as the package comment says.
func spoil(rng *rand.Rand, whole []byte) []byte {
	b := append([]byte(nil), whole...)
	pages := len(b) / pageSize
	switch rng.IntN(4) {
	case 0, 1:
		soft := softParts(b)
		for range 1 + rng.IntN(20) {
			part := soft[rng.IntN(len(soft))]
			b[part[0]+rng.IntN(part[1]-part[0])] ^= 1 << rng.IntN(8)
		}
	case 2:
		at := rng.IntN(pages) * pageSize
		clear(b[at:min(at+(1+rng.IntN(3))*pageSize, len(b))])
	case 3:
		from, to := rng.IntN(pages)*pageSize, rng.IntN(pages)*pageSize
		copy(b[to:to+pageSize], b[from:from+pageSize])
	}
	return b
}

// softParts lists, as begin and end, where keys and records lie in pages of buckets.
func softParts(b []byte) (parts [][2]int) {
	for at := 2 * pageSize; at+pageSize <= len(b); {
		flags, count := binary.LittleEndian.Uint16(b[at+8:]), int(binary.LittleEndian.Uint16(b[at+10:]))
		end := at + (1+int(binary.LittleEndian.Uint32(b[at+12:])))*pageSize
		from := at + 16 + 16*count
		// A leaf (2) whose first element is no bucket (1).
		if flags == 2 && count > 0 && binary.LittleEndian.Uint32(b[at+16:])&1 == 0 && from < end && end <= len(b) {
			parts = append(parts, [2]int{from, end})
		}
		at = max(end, at+pageSize)
	}
	return parts
}

func checkSpoiled(t *testing.T, path string, right map[string]any) {
	t.Helper()
	fault := Check(t.Context(), path)
	if fault != nil && !errors.Is(fault, ErrDamaged) && !errors.Is(fault, ErrNewer) {
		t.Errorf("Check = %v, want %v", fault, ErrDamaged)
	}
	s, err := Open(Options{Path: path, Now: func() time.Time { return day }})
	if err != nil {
		if fault == nil {
			t.Errorf("Open = %v, but Check finds nothing", err)
		}
		return
	}
	defer s.Close()
	for name, ask := range questions(s) {
		got, err := ask()
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) && !errors.Is(err, news.ErrNotFound) {
				t.Errorf("%s: %v, want %v", name, err, ErrDamaged)
			}
			if fault == nil && !unindexed[name] {
				t.Errorf("%s: %v, but Check finds nothing", name, err)
			}
			continue
		}
		switch {
		case reflect.DeepEqual(right[name], got):
		case fault == nil && !unindexed[name]:
			t.Errorf("%s is wrong, and Check finds nothing (-want +got):\n%s", name, cmp.Diff(right[name], got))
		case !partial[name] && !partOf(right[name], got):
			t.Errorf("%s is wrong (-want +got):\n%s", name, cmp.Diff(right[name], got))
		}
	}
	// Writing may fail, but not take the program down.
	b := batch("feed0", 500, 505)
	_ = s.SaveBatch(b)
}

// partial names the answers that come of several records, or of none when there are
// none: they can lack what is hidden.
var partial = map[string]bool{"cursor": true, "cursor at": true, "feed": true, "edition": true}

// unindexed names the answers from buckets that no index counts: a page that has lost
// its last records there looks like one that never had them.
var unindexed = map[string]bool{
	"figures": true, "indicators": true, "revisions": true, "attempts": true, "digests": true, "edition": true, "feeds": true, "feed": true, "begun": true,
}

// partOf reports whether everything in the list got stands in the list whole.
func partOf(whole, got any) bool {
	w, g := reflect.ValueOf(whole), reflect.ValueOf(got)
	if g.Kind() != reflect.Slice {
		return g.Kind() == reflect.Map && g.Len() == 0
	}
	for i := range g.Len() {
		found := false
		for k := range w.Len() {
			found = found || reflect.DeepEqual(w.Index(k).Interface(), g.Index(i).Interface())
		}
		if !found {
			return false
		}
	}
	return true
}

// TestNotAStore opens files that are none.
func TestNotAStore(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	fill(t, other)
	whole, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		body []byte
	}{
		{"nothing", nil},
		{"one byte", []byte("x")},
		{"text", []byte("this is a letter and not a store\n")},
		{"zeros", make([]byte, 64<<10)},
		{"half a store", whole[:len(whole)/2]},
		{"no first pages", append(make([]byte, 8192), whole[8192:]...)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(dir, "samur.db")
			if err := os.WriteFile(path, tt.body, 0o600); err != nil {
				t.Fatal(err)
			}
			if s, err := Open(Options{Path: path}); err == nil {
				_, err = collect(s, 0)
				_ = s.Close()
				if !errors.Is(err, ErrDamaged) {
					t.Errorf("ItemsBetween = %v, want %v", err, ErrDamaged)
				}
			} else if !errors.Is(err, ErrDamaged) {
				t.Errorf("Open = %v, want %v", err, ErrDamaged)
			}
			if err := Check(t.Context(), path); !errors.Is(err, ErrDamaged) {
				t.Errorf("Check = %v, want %v", err, ErrDamaged)
			}
			if _, err := Restore(t.Context(), path, filepath.Join(dir, "restored.db")); !errors.Is(err, ErrDamaged) {
				t.Errorf("Restore = %v, want %v", err, ErrDamaged)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "restored.db")); err == nil {
		t.Error("a file that is no store was restored")
	}
}
