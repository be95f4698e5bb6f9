package lang

import (
	"strings"
	"unicode/utf8"

	"samur/internal/news"
)

// detectBytes bounds how much of a text Detect reads: more does not change its mind.
const detectBytes = 3000

// Detect tells the language of an item from its title and text. What the feed declares
// is a prior that decides only where the words do not.
func Detect(title, text string, declared news.Lang) news.Lang {
	var e evidence
	e.read(title)
	e.read(text)
	switch {
	case e.letters == 0:
		return orOther(declared)
	case e.arabic*2 > e.letters:
		return e.persian()
	case e.cyrillic > e.latin && e.cyrillic*2 >= e.letters:
		return e.slavic(declared)
	case e.latin*2 > e.letters:
		return e.roman(declared)
	}
	return news.Other
}

func orOther(l news.Lang) news.Lang {
	if l == "" {
		return news.Other
	}
	return l
}

// evidence counts what tells languages apart.
type evidence struct {
	letters, latin, cyrillic, arabic int
	runes                            [tableSize]uint16
	farsi                            int
	words                            []string
}

func (e *evidence) read(s string) {
	if len(s) > detectBytes {
		s = s[:detectBytes]
	}
	start := -1
	for i := 0; i <= len(s); {
		r, n := rune(' '), 1
		if i < len(s) {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if c := classOf(r); c == classLower || c == classUpper || c == classMark || c == classIgnore {
			e.count(r)
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			e.words = append(e.words, s[start:i])
			start = -1
		}
		i += n
	}
}

func (e *evidence) count(r rune) {
	switch {
	case r < tableSize:
		e.runes[lowerTable[r]]++
	case r >= 0x0600 && r < 0x0780:
		e.arabic++
		switch r {
		case 'پ', 'چ', 'ژ', 'گ', 'ی', 'ک':
			e.farsi++
		}
	}
	e.letters++
	switch {
	case isCyrillic(r):
		e.cyrillic++
	case isLatin(r):
		e.latin++
	}
}

func (e *evidence) has(letters string) (n int) {
	for _, r := range letters {
		n += int(e.runes[r])
	}
	return n
}

func (e *evidence) persian() news.Lang {
	if e.farsi > 0 {
		return news.Fa
	}
	return news.Other
}

// slavic tells the languages in Cyrillic letters apart by the letters that only some
// of them have.
func (e *evidence) slavic(declared news.Lang) news.Lang {
	azeri := e.has("әҹҝғһүө") + e.has("ј")
	other := e.has("қңұҡҗҫӣӯҳҷљњћђѓќў")
	uk := e.has("їєґ")*3 + e.has("і")
	ru := e.has("ыэъё")
	switch {
	case azeri > 0 && azeri*8 >= e.cyrillic/4 && other == 0 && uk == 0:
		return news.Az
	case other > 0 && other*25 > e.cyrillic:
		return news.Other
	case uk > ru:
		return news.Uk
	}
	return news.Ru
}

func (e *evidence) roman(declared news.Lang) news.Lang {
	schwa := e.has("əә")
	if schwa > 0 && schwa*40 > e.latin {
		return news.Az
	}
	score := map[news.Lang]int{}
	for _, w := range e.words {
		w = Plain(Fold(w, news.En))
		for l, list := range common {
			if list[w] {
				score[l] += 2
			}
		}
		for l, list := range endings {
			for _, s := range list {
				if len(w) > len(s)+2 && strings.HasSuffix(w, s) {
					score[l]++
					break
				}
			}
		}
	}
	special := e.has("ğşıç")
	score[news.Az] += special + e.has("xq")
	score[news.Tr] += special
	score[news.En] += e.has("w") * 2
	score[news.Other] += e.has("äßñàèéêíìòõøåæœčěřžłńż") * 2
	score[declared]++
	best, top := news.Other, 0
	for _, l := range []news.Lang{news.En, news.Az, news.Tr, news.Other} {
		if score[l] > top {
			best, top = l, score[l]
		}
	}
	if top == 0 {
		return orOther(declared)
	}
	return best
}

var common = map[news.Lang]map[string]bool{
	news.En:    set("the of and to in for on with at by from as is are was were has have had will would be been its it that this their his her he she they we not but or an a after over into about more than new says said between against during amid"),
	news.Az:    set("ve ile bu bir ucun olan olub edib bildirib haqqinda arasinda sonra qeder gore kimi daha yeni cox deyib edir olacaq edecek terefinden uzre ise hem olaraq onun o da de ki ci cu il ilin ildir milyon manat faiz nece kecirilib gorusub muzakire melumat xeber"),
	news.Tr:    set("ve ile bu bir icin olan oldu etti olarak gibi daha sonra kadar gore arasinda cok yeni dedi ediyor olacak edecek tarafindan uzere ise hem ne da de ki yil yilinda milyon lira yuzde nasil var yok son gun turkiye cumhurbaskani bakani aciklama aciklamasi soyledi uzerinde ancak degil"),
	news.Other: set("der die das und den von mit ist nicht auf fur ein eine dem des zu im la le les des et du en que un une est pour dans par sur el los las del y por con para se una al il di che per non della e gli sono nel uz va bilan uchun haqida bo yil w z na do sie nie jest o"),
}

var endings = map[news.Lang][]string{
	news.En: {"ing", "ed", "tion", "ions", "ly", "ment", "ies", "ity", "al"},
	news.Az: {"nin", "dan", "den", "larin", "lerin", "lari", "leri", "ib", "ub", "lib", "diyi", "acaq", "ecek", "maq", "mek", "indan", "inden", "inda", "inde", "sinin", "siya", "iyi", "ligi", "nda"},
	news.Tr: {"nin", "dan", "den", "larin", "lerin", "lari", "leri", "yor", "digi", "mak", "mek", "indan", "inden", "inda", "inde", "sinin", "acak", "ecek", "ildi", "landi", "ligi", "ti", "tan", "ten", "ta", "te", "tir"},
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
