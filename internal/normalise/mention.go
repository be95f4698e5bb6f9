package normalise

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mention is a place in a text where an outlet is named, with the quotes and the
// ending about it.
type mention struct {
	start, end int // bytes
	name       string
	word       bool // the name is a word too
}

// mentioner finds the outlets that one text names, from its beginning on.
type mentioner struct {
	text   string
	barren int // no domain begins before this byte: words that are none were joined up to here
}

// mentionAtStart returns the outlet that is named by what s begins with.
func mentionAtStart(s string) (mention, bool) {
	m := mentioner{text: s}
	return m.at(0)
}

// at returns the outlet that is named at byte i, where a word begins.
func (m *mentioner) at(i int) (mention, bool) {
	s, open := m.text, 0
	if r, n := utf8.DecodeRuneInString(s[i:]); strings.ContainsRune(quotes, r) {
		open = n
	}
	forms, next := firstWord(s[i+open:])
	if len(forms) == 0 {
		return m.domainAt(i, open, next)
	}
	var begin letters
	begin.read(s[i+open:])
	for _, f := range forms {
		if len(f.text) > begin.n || !slices.Equal(begin.folded[:len(f.text)], f.text) {
			continue
		}
		end := i + open + int(begin.sizes[len(f.text)])
		o := outlets[f.outlet]
		if o.word && !isNamed(s[i+open:end]) && !slices.Contains(f.text, '.') {
			continue
		}
		if end, ok := nameEnd(s, end, open > 0); ok {
			return mention{i, end, o.name, o.word}, true
		}
	}
	return m.domainAt(i, open, next)
}

// firstWord returns the names that begin with the word that s begins with, and where
// that word ends.
func firstWord(s string) (forms []form, end int) {
	buf := make([]byte, 0, 64)
	for i, r := range s {
		if !isNameRune(r) || len(buf) > 56 {
			return formsByWord[string(buf)], i
		}
		buf = utf8.AppendRune(buf, foldRune(r))
	}
	return formsByWord[string(buf)], len(s)
}

// quotes are the marks that names stand in.
const quotes = `"“”«»„'`

// letters are the first letters of a text, folded, and the bytes that each number of
// them takes: no name is longer.
type letters struct {
	folded [32]rune
	sizes  [33]uint8
	n      int
}

// read takes the letters that s begins with, of one line.
func (l *letters) read(s string) {
	l.n = 0
	for i, r := range s {
		if l.n == len(l.folded) || r == '\n' {
			break
		}
		l.folded[l.n] = foldRune(r)
		l.n++
		l.sizes[l.n] = uint8(i + utf8.RuneLen(r))
	}
}

// isNamed reports whether a word that is a name as well is written as a name: with a
// capital.
func isNamed(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// nameEnd returns where a name ends that was found up to byte i of s: behind its
// quote and its ending. False where it goes on as another word.
func nameEnd(s string, i int, quoted bool) (int, bool) {
	closed := false
	if r, n := utf8.DecodeRuneInString(s[i:]); quoted {
		if !strings.ContainsRune(quotes, r) {
			return 0, false
		}
		i, closed = i+n, true
	}
	end := i
	if r, n := utf8.DecodeRuneInString(s[i:]); strings.ContainsRune("-’'", r) {
		i, closed = i+n, true
	}
	var tail letters
	tail.read(s[i:])
	n := wordEnd(tail.folded[:tail.n], 0)
	switch {
	case n == 0:
		return end, true
	case endings[string(tail.folded[:n])] && (closed || n <= 3):
		return i + int(tail.sizes[n]), true
	}
	return 0, false
}

// domains are the ends of names that sites of the field have.
var domains = []string{".az", ".ru", ".com", ".net", ".org", ".info", ".am", ".ge", ".tv", ".ws", ".su", ".tr", ".ua", ".media", ".news", ".kz", ".uz", ".by", ".uk", ".de", ".eu", ".ir"}

// domainAt returns the outlet that is named by a site's domain at byte i, whose first word
// is of that many bytes.
func (m *mentioner) domainAt(i, open, word int) (mention, bool) {
	s, start := m.text, i+open
	end := start + word
	if start < m.barren || word == 0 || end >= len(s) || s[end] != '.' && s[end] != '-' {
		return mention{}, false
	}
	end = joinedEnd(s, end)
	last, ok := domainEnd(s[start:end])
	if !ok {
		m.barren = end // of fewer of these words it is none either
		return mention{}, false
	}
	last += start
	name := mention{i, 0, strings.TrimPrefix(s[start:last], "www."), false}
	if name.end, ok = nameEnd(s, last, open > 0); !ok && open == 0 {
		m.barren = end
	}
	return name, ok
}

// joinedEnd returns where the words end that hyphens and points join from byte i of s on.
func joinedEnd(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isNameRune(r) && r != '-' && !(r == '.' && i+1 < len(s) && isWord(s[i+1])) {
			break
		}
		i += n
	}
	return i
}

// domainEnd returns where the domain of a site ends that joined words are: "lent.az",
// "lent.az-ın".
func domainEnd(words string) (end int, ok bool) {
	if endsInDomain(words) {
		return len(words), true
	}
	if at := strings.LastIndexByte(words, '-'); at > 0 && endsInDomain(words[:at]) && endings[foldName(words[at+1:])] {
		return at, true
	}
	return 0, false
}

// endsInDomain reports whether joined words end in one of domains behind something else.
func endsInDomain(words string) bool {
	at := strings.LastIndexByte(words, '.')
	return at > 0 && slices.Contains(domains, strings.ToLower(words[at:]))
}

// mentions lists the places of s where outlets are named.
func mentions(s string) []mention {
	var out []mention
	found := mentioner{text: s}
	joined := false // what stands at i is of one word, domain or address with what stands before it
	for i := 0; i < len(s); {
		end, may, joins := i+1, false, false
		switch {
		case s[i] == ' ':
		case nameRuneAt(s, i) > 0:
			end, may = mayName(s, i)
			joins = true
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			end, may, joins = i+n, strings.ContainsRune(quotes, r), r == '@' || r == '.'
		}
		if may && !joined {
			if m, ok := found.at(i); ok {
				out = append(out, m)
				last, _ := utf8.DecodeLastRuneInString(s[:m.end])
				i, joined = m.end, last == '@' || last == '.' || isNameRune(last)
				continue
			}
		}
		i, joined = end, joins
	}
	return out
}

// mayName reports whether the word that begins at byte i of s may be the first of an
// outlet's name, or of its domain, and where it ends: nearly none may.
func mayName(s string, i int) (end int, may bool) {
	end, letters := i, 0
	for end < len(s) {
		n := nameRuneAt(s, end)
		if n == 0 {
			break
		}
		end += n
		letters++
	}
	if end < len(s) && (s[end] == '-' || s[end] == '.' && end+1 < len(s) && isWord(s[end+1])) {
		return end, true
	}
	return end, nameOpenings.has(openingOf(s[i:end], letters)) && nameThirds.has(thirdOf(s[i:end], letters))
}

// nameRuneAt returns how many bytes the letter or digit at byte i of s has, 0 where none
// stands. Nearly all are of English, Russian or Azerbaijani.
func nameRuneAt(s string, i int) int {
	switch n := nameBytes[s[i]]; {
	case n <= 1:
		return int(n)
	case n == 2 && i+1 < len(s) && s[i+1]&0xc0 == 0x80:
		return 2
	}
	if r, n := utf8.DecodeRuneInString(s[i:]); isNameRune(r) {
		return n
	}
	return 0
}

// nameBytes tell by its first byte how long a letter or digit is: 1 of ASCII, 0 what is
// none there, 2 the letters from Ѐ to ѿ and from Ā to ʿ, and 3 what must be looked at.
var nameBytes = func() (lengths [256]uint8) {
	for c := range lengths {
		switch {
		case isWord(byte(c)):
			lengths[c] = 1
		case c < utf8.RuneSelf:
		case c == 0xd0 || c == 0xd1 || c >= 0xc4 && c <= 0xca:
			lengths[c] = 2
		default:
			lengths[c] = 3
		}
	}
	return lengths
}()

// nameOpenings and nameThirds are the first words of the names of outlets by what openingOf
// and thirdOf tell of them.
var nameOpenings, nameThirds = func() (openings, thirds sieve) {
	for word := range formsByWord {
		openings.add(openingOf(word, utf8.RuneCountInString(word)))
		thirds.add(thirdOf(word, utf8.RuneCountInString(word)))
	}
	return openings, thirds
}()

// openingOf is what is looked at first of a word of that many letters: the first two, and
// the number of them.
func openingOf(word string, letters int) uint64 {
	first, n := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[n:])
	return uint64(foldRune(first)) | uint64(foldRune(second))<<21 | uint64(letters)<<42
}

// thirdOf is what is looked at next: the third letter beside those.
func thirdOf(word string, letters int) uint64 {
	_, n := utf8.DecodeRuneInString(word)
	_, m := utf8.DecodeRuneInString(word[n:])
	third, _ := utf8.DecodeRuneInString(word[n+m:])
	return openingOf(word, letters)*31 + uint64(foldRune(third))
}
