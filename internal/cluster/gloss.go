package cluster

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/news"
)

//go:embed gloss.txt
var glossText string

// meanings are the words of gloss.txt by language and beginning, folded. A key with a
// trailing dash stands for all words that begin so.
var meanings = sync.OnceValue(func() map[news.Lang]map[string]string {
	m := map[news.Lang]map[string]string{news.En: {}, news.Ru: {}, news.Az: {}}
	for line := range strings.Lines(glossText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, "|")
		meaning := strings.TrimRight(strings.Fields(parts[0])[0], "-")
		for i, l := range []news.Lang{news.En, news.Ru, news.Az} {
			for w := range strings.FieldsSeq(parts[i]) {
				for _, form := range []string{lang.Fold(w, l), lang.Plain(lang.Fold(w, l))} {
					if _, ok := m[l][form]; !ok {
						m[l][form] = meaning
					}
				}
			}
		}
	}
	return m
})

// longestWord is how many bytes a word has at most: more are encoded data, of which every
// beginning would be looked up.
const longestWord = 64

// meaningOf returns what a word means in terms that the three languages share, "" when
// gloss.txt does not have it.
func meaningOf(fold string, l news.Lang) string {
	m := meanings()[l]
	if m == nil || len(fold) > longestWord {
		return ""
	}
	if s, ok := m[fold]; ok {
		return s
	}
	for n := len(fold); n > 0; {
		if s, ok := m[fold[:n]+"-"]; ok {
			return s
		}
		_, size := utf8.DecodeLastRuneInString(fold[:n])
		n -= size
	}
	return ""
}
