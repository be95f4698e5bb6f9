package lang

import (
	"samur/internal/news"
)

const (
	detectBytes = 2000 // of title and text each that letters are counted in
	modelBytes  = 400  // of the text that the model reads, behind the title
	expected    = 2    // what is read for, before anything is known, as a logarithm of odds
	declaredFor = 6    // what a declaration weighs, as a logarithm of odds
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
		return e.inCyrillic(title, text, declared)
	case e.latin*2 > e.letters:
		return e.inLatin(title, text, declared)
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
	schwa                            int // ə, in either script
	special                          int // letters outside ASCII that Azerbaijani and Turkish share
	russian                          int // ы, э, ъ, ё
	hard                             int // ъ alone, which Bulgarian has too
	azeri                            int // ҹ, ҝ, ә and others of the Azerbaijani Cyrillic alphabet
	foreign                          int // Cyrillic letters of neither
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
		e.countCyrillic(lowerTable[r])
	case isLatin(r):
		e.latin++
		switch lower(r, false) {
		case 'ə':
			e.schwa++
		case 'ı', 'ö', 'ü', 'ğ', 'ş', 'ç':
			e.special++
		}
	case r >= 0x0600 && r < 0x0780:
		e.arabic++
		switch r {
		case 'پ', 'چ', 'ژ', 'گ', 'ی', 'ک':
			e.farsi++
		}
	}
}

func (e *evidence) countCyrillic(r rune) {
	switch r {
	case 'ы', 'э', 'ё':
		e.russian++
	case 'ъ':
		e.russian++
		e.hard++
	case 'ә':
		e.schwa++
		e.azeri++
	case 'ҹ', 'ҝ', 'һ', 'ө', 'ү', 'ғ', 'ј':
		e.azeri++
	case 'қ', 'ң', 'ұ', 'ҡ', 'җ', 'ҫ', 'ӣ', 'ӯ', 'ҳ', 'ҷ', 'љ', 'њ', 'ћ', 'ђ', 'ѓ', 'ќ', 'ў', 'і', 'ї', 'є', 'ґ':
		e.foreign++
	}
}

func (e *evidence) persian() news.Lang {
	if e.farsi > 0 {
		return news.Fa
	}
	return news.Other
}

// inCyrillic tells the languages in Cyrillic letters apart. Letters that Russian lacks
// decide at once where there are many.
func (e *evidence) inCyrillic(title, text string, declared news.Lang) news.Lang {
	if letters := e.russian - e.hard; e.foreign == 0 && e.azeri == 0 && letters*60 > e.cyrillic {
		return news.Ru
	}
	m := models().cyrillic
	var sum row
	m.score(title, detectBytes, &sum)
	m.score(text, modelBytes, &sum)
	e.rule(&sum)
	switch declared {
	case news.Ru:
		sum[modelRu] += declaredFor
	case news.Uk:
		sum[modelUk] += declaredFor
	case news.Az:
		sum[modelAzCyrillic] += declaredFor
	}
	switch sum.best(modelCyrillic) {
	case modelRu:
		return news.Ru
	case modelUk:
		return news.Uk
	case modelAzCyrillic:
		return news.Az
	}
	return news.Other
}

// rule applies what letters forbid. A text without і and its kin is hardly Ukrainian, one
// without ы hardly Russian, the less the longer it is; the smaller languages show themselves by letters of their own.
func (e *evidence) rule(sum *row) {
	const never = -1000
	if e.azeri == 0 {
		sum[modelAzCyrillic] = never
	}
	sum[modelAzCyrillic] -= 12 * float32(e.foreign)
	sum[modelRu] += 2 * expected
	if e.foreign == 0 {
		sum[modelUk] -= min(0.12*float32(e.cyrillic), 12)
		sum[modelBe], sum[modelKk], sum[modelSr] = never, never, never
	} else {
		sum[modelRu] -= 4 * float32(e.foreign)
		sum[modelBg] -= 4 * float32(e.foreign)
	}
	if e.russian == e.hard {
		sum[modelRu] -= min(0.04*float32(e.cyrillic), 8)
	} else {
		sum[modelBg], sum[modelUk] = never, sum[modelUk]-4*float32(e.russian)
	}
}

// inLatin tells the languages in Latin letters apart. The letter ə is Azerbaijani; a
// text with ş and ğ but without it is not, the less the longer it is.
func (e *evidence) inLatin(title, text string, declared news.Lang) news.Lang {
	if e.schwa > 0 && e.schwa*40 > e.latin {
		return news.Az
	}
	m := models().latin
	var sum row
	m.score(title, detectBytes, &sum)
	m.score(text, modelBytes, &sum)
	if e.special > 1 {
		sum[modelAz] -= min(0.06*float32(e.latin), 10)
	}
	sum[modelAz] += expected
	sum[modelAzPlain] += expected
	sum[modelEn] += expected
	switch declared {
	case news.Az:
		sum[modelAz] += declaredFor
		sum[modelAzPlain] += declaredFor
	case news.En:
		sum[modelEn] += declaredFor
	case news.Tr:
		sum[modelTr] += declaredFor
		sum[modelTrPlain] += declaredFor
	}
	switch sum.best(modelLatin) {
	case modelAz, modelAzPlain:
		return news.Az
	case modelEn:
		return news.En
	case modelTr, modelTrPlain:
		return news.Tr
	}
	return news.Other
}
