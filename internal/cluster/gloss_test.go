package cluster

import (
	"strings"
	"testing"

	"samur/internal/news"
)

// TestGlossIsWellFormed holds that every line has words of three languages and that no
// word has two meanings.
func TestGlossIsWellFormed(t *testing.T) {
	seen := [3]map[string]int{{}, {}, {}}
	n := 0
	for line := range strings.Lines(glossText) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 3 {
			t.Errorf("line %d has %d languages, want 3", n, len(parts))
			continue
		}
		for i, part := range parts {
			words := strings.Fields(part)
			if len(words) == 0 {
				t.Errorf("line %d has no word in its column %d", n, i+1)
			}
			for _, w := range words {
				if first := seen[i][w]; first != 0 {
					t.Errorf("line %d: %q stands in line %d already", n, w, first)
				}
				seen[i][w] = n
				if strings.Contains(strings.TrimSuffix(w, "-"), "-") {
					t.Errorf("line %d: %q is no single word", n, w)
				}
			}
		}
	}
}

func TestMeaningOf(t *testing.T) {
	for _, c := range []struct {
		lang news.Lang
		fold string
		want string
	}{
		{news.En, "court", "court"},
		{news.Ru, "судебного", "court"},
		{news.Az, "məhkəməsində", "court"},
		{news.Az, "mehkemesinde", "court"}, // typed without diacritics
		{news.Ru, "сад", "garden"},
		{news.Ru, "садиться", ""}, // "сад" stands for itself
		{news.Other, "court", ""},
	} {
		if got := meaningOf(c.fold, c.lang); got != c.want {
			t.Errorf("meaningOf(%q, %s) = %q, want %q", c.fold, c.lang, got, c.want)
		}
	}
}
