package lang

import (
	"samur/internal/news"
)

const (
	detectBytes   = 800 // of title and text each that letters are counted in
	modelBytes    = 300 // of title and text together that the model reads
	declaredFor   = 6   // what a declaration weighs, as a logarithm of odds
	maxUnmarked   = 10  // what the want of a language's own letters weighs at most
	enoughLetters = 30  // below so many a declaration weighs more by one for each that is wanting
	foreignLetter = 5   // what a letter weighs that an alphabet has not, as a logarithm of odds
)

// Detect tells the language of an item from its title and text. What the feed declares
// is a prior that decides only where the letters do not.
func Detect(title, text string, declared news.Lang) news.Lang {
	var e evidence
	e.read(firstBytes(title, detectBytes))
	e.read(firstBytes(text, detectBytes))
	switch {
	case e.letters == 0:
		return orOther(declared)
	case e.arabic*2 > e.letters:
		return e.persian()
	case e.cyrillic*2 > e.letters:
		return cyrillicModel().read(title, text, declared)
	case e.latin*2 > e.letters:
		if e.schwa*25 > e.latin || e.turned*80 > e.latin {
			return news.Az // no other language here has ə; names have it in texts of any
		}
		return latinModel().read(title, text, declared)
	}
	return news.Other
}

func orOther(l news.Lang) news.Lang {
	if l == "" {
		return news.Other
	}
	return l
}

// evidence counts the letters that tell scripts and languages apart.
type evidence struct {
	letters, latin, cyrillic, arabic int
	farsi                            int // letters of Persian that Arabic lacks
	alien                            int // letters of Arabic, Urdu, Pashto, Kurdish or Uighur that Persian lacks
	schwa                            int // ə
	turned                           int // Cyrillic ә, with which some type ə
}

func (e *evidence) read(s string) {
	for i := 0; i < len(s); {
		if b := s[i]; b < 0x80 {
			if b|0x20 >= 'a' && b|0x20 <= 'z' {
				e.latin++
				e.letters++
			}
			i++
			continue
		}
		if b := s[i]; (b == 0xd0 || b == 0xd1) && i+1 < len(s) && s[i+1]&0xc0 == 0x80 { // from Ѐ to ѿ
			e.cyrillic++
			e.letters++
			i += 2
			continue
		}
		r, n := decode(s, i)
		i += n
		if c := classOf(r); c == classLower || c == classUpper {
			e.count(r)
		}
	}
}

func (e *evidence) count(r rune) {
	e.letters++
	switch {
	case isCyrillic(r):
		e.cyrillic++
		if r == 'ә' || r == 'Ә' {
			e.turned++
		}
	case isLatin(r):
		e.latin++
		if lower(r, false) == 'ə' {
			e.schwa++
		}
	case r >= 0x0600 && r < 0x0780:
		e.arabic++
		switch r {
		case 'پ', 'چ', 'ژ', 'گ', 'ی', 'ک':
			e.farsi++
		case 'ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ', 'ھ', 'ې', 'ۍ', 'ښ', 'ځ', 'ږ', 'ټ', 'ډ', 'ړ', 'ڕ', 'ڵ', 'ۆ', 'ێ', 'ە', 'ۈ', 'ۇ', 'ۋ', 'ڭ', 'ݢ', 'ڤ', 'ة', 'ى':
			e.alien++
		}
	}
}

func (e *evidence) persian() news.Lang {
	if e.farsi > 2*e.alien {
		return news.Fa
	}
	return news.Other
}

// read judges a text by the model of its script.
func (m *model) read(title, text string, declared news.Lang) news.Lang {
	var sum scores
	title = firstBytes(title, modelBytes)
	text = firstBytes(text, max(modelBytes-len(title), modelBytes/3))
	m.score(title, &sum)
	m.score(text, &sum)
	letters := m.alphabet(title, text, &sum)
	return m.best(&sum, declared, letters)
}
