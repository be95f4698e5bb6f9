package lexicon

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/lang"
	"samur/internal/news"
)

// TestMemory holds that what was met in other texts changes nothing: the same words are
// forms of others in other languages, with and without a capital or diacritics.
func TestMemory(t *testing.T) {
	texts := []struct {
		text string
		lang news.Lang
	}{
		{"Rusiya prezidenti Eliyev Bakıya gəldi, görüş keçirildi, Azərbaycan", news.Az},
		{"Rusiya prezidenti eliyev Bakıya gəldi, görüş keçirildi, Azərbaycan", news.Az},
		{"Rusiya prezidenti Eliyev Bakiya geldi, gorus kechirildi, Azerbaycan", news.Az},
		{"Rusiya prezidenti Eliyev Bakiya geldi", news.En},
		{"Президент Алиев и российско-азербайджанские связи", news.Ru},
		{"Президент Алиев и российско-азербайджанские связи", news.Az},
		{"az en ru", news.Az},
		{"az en ru", news.Ru},
	}
	x := testLexicon(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				for _, tt := range texts {
					got, want := x.Analyse("", tt.text, tt.lang).Hits, testLexicon(t).Analyse("", tt.text, tt.lang).Hits
					if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *Concept) bool { return a.ID == b.ID })); diff != "" {
						t.Errorf("Analyse(%q, %s) (-fresh +used):\n%s", tt.text, tt.lang, diff)
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestRelease holds that a Doc in the room of others is the same as one of its own, also
// where texts are read at once, and that nothing of those is in its room.
func TestRelease(t *testing.T) {
	texts := []string{
		"", "Путин", "Президент Алиев и Путин в Баку. Президент Путин и Алиев. " + strings.Repeat("Алиев, Путин и другие. ", 40),
		"Azerbaijan and Russia", "Aliyev met Putin in Baku; Putin met Aliyev.", strings.Repeat("Bakıda Əliyev. ", maxRoom/2),
	}
	x := testLexicon(t)
	var want []*Doc
	for _, text := range texts {
		want = append(want, x.Analyse(text, text, news.Ru))
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for n := range 60 {
				i := n * 7 % len(texts)
				d := x.Analyse(texts[i], texts[i], news.Ru)
				if got, w := *d, *want[i]; !slices.Equal(got.Title.Tokens, w.Title.Tokens) || !slices.Equal(got.Body.Tokens, w.Body.Tokens) || !slices.Equal(got.Hits, w.Hits) {
					t.Errorf("Analyse(%.40q) = %.200v in the room of others, %.200v in its own", texts[i], got, w)
					return
				}
				for _, tok := range d.Body.Tokens[len(d.Body.Tokens):cap(d.Body.Tokens)] {
					if cap(d.Body.Tokens) <= maxRoom && tok != (lang.Token{}) {
						t.Errorf("behind the tokens of %.40q is %+v", texts[i], tok)
						return
					}
				}
				x.Release(d)
			}
		})
	}
	wg.Wait()
	s := newScratch(&x.index)
	d := x.read(s, "", texts[2], news.Ru)
	token, hit := &d.Body.Tokens[0], &d.Hits[0]
	s.room.take(d)
	if d = x.read(s, "", texts[2], news.Ru); &d.Body.Tokens[0] != token || &d.Hits[0] != hit {
		t.Error("the room of a released Doc is not used")
	}
}
