package lang

import (
	"slices"
	"strings"
	"unicode/utf8"

	"samur/internal/news"
)

// Parse cuts a text into tokens and sentences under the rules of its language. Hyphens
// part words ("Rusiya-Azərbaycan" is three tokens), apostrophes between letters do not
// ("NATO'nun" is one). Text whose language is not read in full is cut by the rules
// of English.
func Parse(raw string, l news.Lang) Text { return ParseIn(nil, raw, l) }

// ParseIn is Parse that puts the tokens where those of a text stood that nobody reads any
// more; room may be nil, or too small.
func ParseIn(room []Token, raw string, l news.Lang) Text {
	s := scanner{raw: raw, lang: l, tokens: room[:0]}
	s.choose()
	if n := strings.Count(raw, " ")*4/3 + 8; n > cap(room) { // with the marks of most texts
		s.tokens = make([]Token, 0, n)
	}
	s.scan()
	t := Text{Raw: raw, Lang: l, Tokens: s.tokens, Plain: s.plainAz()}
	t.Sentences = s.sentences()
	return t
}

// Sentences returns the sentences of a text, without the space around them.
func Sentences(raw string, l news.Lang) []Span {
	return Parse(raw, l).Sentences
}

// scanner holds one pass over a text.
type scanner struct {
	raw    string
	lang   news.Lang
	rules  rules
	tokens []Token
	breaks []int // indexes of tokens that begin a line
	folds  strings.Builder

	special, letters, schwas int // letters of the Azerbaijani alphabet outside ASCII
}

// choose settles whether Cyrillic words of an Azerbaijani text are Azerbaijani: they
// are when most of its letters are Cyrillic.
func (s *scanner) choose() {
	own := false
	if s.lang == news.Az {
		latin, cyrillic := 0, 0
		for i := 0; i < len(s.raw); i++ { // lead bytes tell enough
			switch b := s.raw[i]; {
			case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z':
				latin++
			case b >= 0xD0 && b <= 0xD3:
				cyrillic++
			}
		}
		own = cyrillic > latin
	}
	s.rules = foldRules(s.lang, own)
}

func (s *scanner) scan() {
	fresh := false // a line has ended since the last token
	for i := 0; i < len(s.raw); {
		r, n := decode(s.raw, i)
		c := classOf(r)
		switch c {
		case classSpace, classIgnore, classMark:
			fresh = fresh || r == '\n' || r == 0x2029
			i += n
			continue
		}
		if fresh {
			s.breaks = append(s.breaks, len(s.tokens))
			fresh = false
		}
		switch c {
		case classLower, classUpper:
			i = s.word(i, c == classUpper)
		case classDigit:
			i = s.number(i)
		default:
			s.add(Token{Start: i, End: i + n, Kind: Punct, Fold: s.raw[i : i+n]})
			i += n
		}
	}
}

func decode(s string, i int) (rune, int) {
	if b := s[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

// word takes the word that begins at start and returns the offset behind it.
func (s *scanner) word(start int, upper bool) int {
	var sc scripts
	end, changed := start, false
	for i := start; i < len(s.raw); {
		if n := s.small(i, &sc); n > 0 {
			i += n
			end = i
			continue
		}
		r, n := decode(s.raw, i)
		c := classOf(r)
		switch c {
		case classLower, classUpper:
			s.count(r, &sc)
			changed = changed || c == classUpper || r < tableSize && lowerTable[r] != r
		case classDigit:
		case classMark:
			sc.marks++
			changed = true
		case classIgnore, classApos:
			if !letterAt(s.raw, i+n) {
				return s.addWord(start, end, upper, changed, sc)
			}
			changed = changed || r != '\''
		default:
			return s.addWord(start, end, upper, changed, sc)
		}
		i += n
		end = i
	}
	return s.addWord(start, end, upper, changed, sc)
}

// small counts the letter at offset i when it is a small one from a to z or from а to я,
// which most are and which folding leaves as they are, and returns its length, else 0.
func (s *scanner) small(i int, sc *scripts) int {
	switch b := s.raw[i]; {
	case b >= 'a' && b <= 'z':
		sc.latin++
		s.letters++
		return 1
	case b&^1 == 0xD0 && i+1 < len(s.raw):
		if next := s.raw[i+1]; b == 0xD0 && next >= 0xB0 && next <= 0xBF || b == 0xD1 && next >= 0x80 && next <= 0x8F {
			sc.cyrillic++
			s.letters++
			return 2
		}
	}
	return 0
}

func (s *scanner) count(r rune, sc *scripts) {
	s.letters++
	switch {
	case r < 0x80:
		sc.latin++
	case isCyrillic(r):
		sc.cyrillic++
	case isLatin(r):
		sc.latin++
		switch r {
		case 'ə', 'Ə':
			s.special++
			s.schwas++
		case 'ı', 'İ', 'ö', 'Ö', 'ü', 'Ü', 'ğ', 'Ğ', 'ş', 'Ş', 'ç', 'Ç':
			s.special++
		}
	}
}

// letterAt reports whether a letter stands at offset i, past characters that a word
// may hold but not end with.
func letterAt(raw string, i int) bool {
	for k := 0; i < len(raw) && k < 4; k++ {
		r, n := decode(raw, i)
		switch classOf(r) {
		case classLower, classUpper:
			return true
		case classIgnore, classMark:
			i += n
		default:
			return false
		}
	}
	return false
}

func (s *scanner) addWord(start, end int, upper, changed bool, sc scripts) int {
	t := Token{Start: start, End: end, Kind: Word, Upper: upper}
	word := s.raw[start:end]
	own := s.rules.latin && sc.cyrillic > 0
	switch {
	case !changed && sc.plainly() && !own:
		t.Fold = word
	case sc.plainly() && !own:
		t.Fold = s.fold(word)
	default:
		t.Fold = foldCarefully(word, s.rules, sc)
	}
	s.add(t)
	return end
}

// add adds a token. Where there is no more room, as in texts of hardly any blanks, it makes
// as much as the rest of the text takes if it is like what was read.
func (s *scanner) add(t Token) {
	if n := len(s.tokens); n == cap(s.tokens) {
		left := float64(len(s.raw)-t.Start) / float64(t.Start+1)
		s.tokens = slices.Grow(s.tokens, int(1.1*left*float64(n))+8)
	}
	s.tokens = append(s.tokens, t)
}

// fold folds a word of one script into the scanner's own buffer, one for all words.
func (s *scanner) fold(word string) string {
	if s.folds.Cap() == 0 {
		s.folds.Grow(len(s.raw)/2 + 64)
	}
	start := s.folds.Len()
	for i := 0; i < len(word); {
		r, n := decode(word, i)
		i += n
		switch {
		case r < 0x80 && r != '\'' && r != '`':
			if r == 'I' && s.rules.dotless {
				s.folds.WriteRune('ı')
				continue
			}
			s.folds.WriteByte(byte(lowerTable[r]))
			continue
		}
		switch classOf(r) {
		case classIgnore:
		case classApos:
			s.folds.WriteByte('\'')
		default:
			s.folds.WriteRune(lower(r, s.rules.dotless))
		}
	}
	return s.folds.String()[start:]
}

// number takes digits with single points and commas between them.
func (s *scanner) number(start int) int {
	i := start
	for i < len(s.raw) {
		r, n := decode(s.raw, i)
		if classOf(r) == classDigit {
			i += n
			continue
		}
		if r != '.' && r != ',' || i+1 >= len(s.raw) || s.raw[i+1] < '0' || s.raw[i+1] > '9' {
			break
		}
		i++
	}
	s.add(Token{Start: start, End: i, Kind: Number, Fold: s.raw[start:i]})
	return i
}

// plainAz reports whether an Azerbaijani text is typed without diacritics, or with e for
// ə. Properly spelt, every fourth letter is one of ə ı ö ü ğ ş ç, every tenth a ə, and
// nearly every word of five letters has one.
func (s *scanner) plainAz() bool {
	switch s.lang {
	case news.Tr:
		return true // Azerbaijani names in Turkish: e for ə
	case news.Az:
		return s.schwas == 0 && (s.letters >= 12 && s.special*25 < s.letters || s.letters >= 60)
	}
	return false
}
