package reading

import (
	"strings"

	"samur/internal/lang"
	"samur/internal/news"
	"samur/internal/pattern"
)

// The measure of a sentence that can be quoted.
const (
	quoteBytes = 400 // longer ones are lists or paragraphs that lost their stops
	quoteWords = 5
	quoteLower = 3 // words in small letters: datelines and captions have fewer
)

// Quotable reports whether s says something by itself: it is a whole sentence of
// fair length and no dateline, teaser, credit or reminder.
func (s *Sentence) Quotable() bool {
	if len(s.Text) > quoteBytes || strings.ContainsAny(s.Text, "\n©@") || !finished(s.Text) || reDateline().MatchString(s.Text) {
		return false
	}
	words, lower := 0, 0
	for _, t := range s.Tokens {
		if t.Kind == lang.Word {
			words++
			if !t.Upper {
				lower++
			}
		}
	}
	return words >= quoteWords && lower >= quoteLower && !s.boilerplate()
}

// finished reports whether a sentence ends as a statement does. Teasers end in
// dots or in the middle of a word, and questions state nothing.
func finished(text string) bool {
	text = strings.TrimRight(text, `"'”“»’)]`)
	if strings.HasSuffix(text, "..") {
		return false
	}
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!")
}

// reDateline matches the head of a report that its feed's cleaning left in place:
// "BAKU, March 3. /TASS/.", "МОСКВА (ТАСС) —", "BAKI, 3 mart —".
var reDateline = pattern.Lazy(`^\p{Lu}{3,}(?:[ -]\p{Lu}{2,})?(?:,[^.!?—–/]{0,40})?\.?\s*(?:\([^)]{2,20}\)\s*)?[—–/]`)

// phrases are the words by which sentences that are not news are known. They are
// folded, and without diacritics, since half of the teasers are typed so.
type phrases struct {
	anywhere []string
	openers  []string // credits and reminders
	captions []string // before a colon
	leaning  []string // first words that point at something said before
}

// phrasesOf holds the phrases of each language that is read in full.
var phrasesOf = map[news.Lang]phrases{
	news.En: {
		anywhere: []string{"read more", "read also", "click here", "subscribe", "follow us", "all rights reserved", "to be updated", "more details to follow", "download our app", "sign up for", "http", "www"},
		openers: []string{
			"see also", "earlier it was reported", "it was earlier reported",
			"as reported earlier", "as previously reported", "as earlier reported", "recall that", "to recall", "as a reminder", "this was reported", "this was announced", "this was stated",
		},
		captions: []string{"photo", "video", "source", "related", "watch"},
		leaning:  []string{"he", "she", "it", "they", "this", "that", "these", "those", "such", "there", "his", "her", "their", "its", "earlier", "also"},
	},
	news.Ru: {
		anywhere: []string{"читать далее", "читайте также", "читайте нас", "читать полностью", "подробнее на", "подписывайтесь", "подпишитесь", "наш канал", "нашем канале", "наш телеграм", "все права защищены", "при использовании материалов", "новость дополняется", "http", "www"},
		openers:  []string{"об этом", "напомним", "ранее сообщ", "как сообщалось", "отметим", "смотрите также"},
		captions: []string{"фото", "видео", "источник"},
		leaning:  []string{"он", "она", "оно", "они", "это", "этот", "эта", "эти", "такой", "такая", "такие", "там", "его", "ее", "их", "при этом", "кроме того", "по его", "по ее", "по их", "ранее", "также"},
	},
	news.Az: {
		anywhere: []string{"etrafli oxu", "davamini oxu", "ardini oxu", "abune ol", "bizi izle", "butun huquqlar qorunur", "istinad zeruridir", "istinad mutleqdir", "xeber yenilenir", "http", "www"},
		openers:  []string{"bu barede", "bu haqda", "bu haqqda", "xatirladaq", "qeyd edek", "daha evvel xeber", "evveller xeber"},
		captions: []string{"foto", "video", "menbe"},
		leaning:  []string{"o", "onlar", "bu", "bunlar", "onun", "onlarin", "bunun", "hemin", "orada", "burada", "bundan evvel", "evveller"},
	},
}

// boilerplate reports whether s is a teaser, credit, caption or reminder.
func (s *Sentence) boilerplate() bool {
	p, folded := phrasesOf[s.Item.Lang], s.Folded()
	for _, w := range p.anywhere {
		if strings.Contains(folded, " "+w) {
			return true
		}
	}
	if len(s.Tokens) > 1 && s.Tokens[1].Fold == ":" {
		return begins(folded, p.captions)
	}
	return begins(folded, p.openers)
}

// Leans reports whether s begins by pointing at something said before it.
func (s *Sentence) Leans() bool {
	folded := s.Folded()
	for _, w := range phrasesOf[s.Item.Lang].leaning {
		if strings.HasPrefix(folded, " "+w+" ") {
			return true
		}
	}
	return false
}

func begins(folded string, heads []string) bool {
	for _, h := range heads {
		if strings.HasPrefix(folded, " "+h) {
			return true
		}
	}
	return false
}

// Folded returns the words and numbers of s as phrases are written, each with a
// space before it and the last with one behind.
func (s *Sentence) Folded() string {
	var b strings.Builder
	for _, t := range s.Tokens {
		if t.Kind != lang.Punct {
			b.WriteByte(' ')
			b.WriteString(lang.Plain(t.Fold))
		}
	}
	b.WriteByte(' ')
	return b.String()
}
