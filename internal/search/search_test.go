package search

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/store"
	"samur/seeds"
)

var lex = sync.OnceValue(func() *lexicon.Lexicon {
	lx, err := lexicon.Load([]fs.FS{seeds.FS}...)
	if err != nil {
		panic(err)
	}
	return lx
})

// texts are items as they come, by the name they have in the tests.
var texts = []struct {
	name, title string
	lang        news.Lang
}{
	{"aliyev-ru", "Путин встретился с Алиевым в Баку", news.Ru},
	{"aliyev-az", "Əliyevin Moskva səfəri başa çatıb", news.Az},
	{"aliyev-en", "Aliyev's address to the parliament", news.En},
	{"harvest-az", "Şəkidə qarğıdalı məhsulu yığılır", news.Az},
	{"harvest-ru", "В Шеки собирают урожай кукурузы", news.Ru},
	{"bridge-en", "Engineers inspect the old bridge", news.En},
	{"codes-az", "az ru en", news.Az},
	{"codes-ru", "az ru en", news.Ru},
}

// TestTermer holds that what a Termer remembers of other items changes nothing.
func TestTermer(t *testing.T) {
	x := NewTermer()
	for range 2 {
		for _, tt := range texts {
			doc := lex().Analyse(tt.title, tt.title+" "+tt.title, tt.lang)
			if got, want := x.Terms(doc), Terms(doc); !slices.Equal(got, want) || !slices.IsSorted(got) {
				t.Errorf("%s: Terms = %x, want %x", tt.name, got, want)
			}
		}
	}
}

// TestSearch asks a store, as the commands and pages do.
func TestSearch(t *testing.T) {
	now := time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC)
	s, err := store.Open(store.Options{Path: filepath.Join(t.TempDir(), "samur.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := &store.Batch{State: news.FeedState{Feed: "f"}, Attempt: news.Attempt{At: now}, Terms: map[string][]news.IndexTerm{}}
	for n, it := range texts {
		id := fmt.Sprintf("%016x", n)
		b.Items = append(b.Items, news.Item{ID: id, Feed: "f", GUID: it.name, Title: it.title, Lang: it.lang, FirstSeen: now, Published: now})
		b.Terms[id] = Terms(lex().Analyse(it.title, "", it.lang))
	}
	if err := s.SaveBatch(b); err != nil {
		t.Fatal(err)
	}
	aliyev := []string{"aliyev-az", "aliyev-en", "aliyev-ru"}
	tests := []struct {
		name, question string
		want           []string
	}{
		{"russian form", "Алиевым", aliyev},
		{"azerbaijani form", "Əliyevin", aliyev},
		{"english form", "Aliyev's", aliyev},
		{"without diacritics", "Eliyevin", aliyev},
		{"upper case", "ALIYEV", aliyev},
		{"two concepts", "Путин Алиев", []string{"aliyev-ru"}},
		{"concept and word", "Aliyev parliament", []string{"aliyev-en"}},
		{"word in another form", "bridges", []string{"bridge-en"}},
		{"typed without diacritics", "qargidali", []string{"harvest-az"}},
		{"concept in another case and language", "кукуруза", []string{"harvest-az", "harvest-ru"}},
		{"name without capitals", "алиев", aliyev},
		{"no such word", "zeppelin", nil},
		{"one word of two", "bridge zeppelin", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, err := s.Search(store.Query{Groups: Parse(lex(), tt.question)})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				got = append(got, f.Item.GUID)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("Search(%q) = %q, want %q; groups %x", tt.question, got, tt.want, Parse(lex(), tt.question))
			}
		})
	}
}

// TestInOrder holds the order against one that compares, also of terms that are laid out
// side by side.
func TestInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, high := range []uint64{0, 3, 1<<8 - 1} { // values of the highest bits
		x := NewTermer()
		for n := range 400 {
			x.found = x.found[:0]
			for range n {
				term := r.Uint64N(high+1)<<(news.IndexTermBits-8) | r.Uint64N(uint64(1+n*n))
				x.found = append(x.found, news.IndexTerm(term))
			}
			want := slices.Compact(slices.Sorted(slices.Values(x.found)))
			if got := x.inOrder(); !slices.Equal(got, want) {
				t.Fatalf("%d terms with highest bits up to %d: %x, want %x", n, high, got, want)
			}
		}
	}
}

func BenchmarkTerms(b *testing.B) {
	var docs []*lexicon.Doc
	for _, tt := range texts {
		docs = append(docs, lex().Analyse(tt.title, strings.Repeat(tt.title+". ", 20), tt.lang))
	}
	b.Run("known words", func(b *testing.B) {
		b.ReportAllocs()
		x := NewTermer()
		for i := 0; b.Loop(); i++ {
			x.Terms(docs[i%len(docs)])
		}
	})
	b.Run("new words", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			Terms(docs[i%len(docs)])
		}
	})
}
