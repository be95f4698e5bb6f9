package article

import (
	"strings"
	"unicode"

	"samur/internal/lang"
	"samur/internal/news"
)

// Agrees reports whether a text found on a page is about what its entry says: it has
// half of the longer words of the title, or most of those of the feed's own text.
// Words are compared by their beginnings, for they are inflected. A page that asks for
// a login, or another article, has not.
func Agrees(title, own, found string, l news.Lang) bool {
	have := stems(found, l, 0)
	return share(stems(title, l, 40), have, 1) >= .5 || share(stems(own, l, 200), have, 5) >= .6
}

// share is how many of the words are in have, of 1; 0 when there are fewer than least.
func share(words, have map[string]bool, least int) float64 {
	if len(words) < least {
		return 0
	}
	n := 0
	for w := range words {
		if have[w] {
			n++
		}
	}
	return float64(n) / float64(len(words))
}

// stems returns the beginnings of the words of four letters or more, at most limit of
// them where it is not 0.
func stems(text string, l news.Lang, limit int) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if r := []rune(lang.Plain(lang.Fold(w, l))); len(r) >= 4 {
			m[string(r[:min(len(r), 5)])] = true
		}
		if limit > 0 && len(m) == limit {
			break
		}
	}
	return m
}
