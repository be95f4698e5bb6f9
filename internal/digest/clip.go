package digest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoteBytes bounds what is printed of a headline; longer ones are paragraphs that lost
// their stops.
const quoteBytes = 400

// clip returns text within n bytes, cut behind a word.
func clip(text string, n int) string {
	text = strings.TrimSpace(text)
	if len(text) <= n {
		return text
	}
	cut := text[:n]
	for len(cut) > 0 && !utf8.RuneStart(text[len(cut)]) {
		cut = cut[:len(cut)-1]
	}
	if r, _ := utf8.DecodeRuneInString(text[len(cut):]); !unicode.IsSpace(r) {
		if i := strings.LastIndexFunc(cut, unicode.IsSpace); i > 0 {
			cut = cut[:i]
		}
	}
	if short := strings.TrimRight(cut, " \t\n.,:;–—-"); short != "" {
		return short
	}
	return cut
}
