package lexicon

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

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
